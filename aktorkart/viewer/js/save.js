// The map as a file again: into the same file where the browser can, else as a download.

import {byId, data, made, say, tell} from "./dom.js";
import {changed, change, held, newId} from "./model.js";
import {called} from "./chosen.js";
import {tieName} from "./deeds.js";
import {keep, put} from "./keep.js";
import {toJson, toYaml} from "./yaml.js";

const TYPES = {yaml: ["application/yaml", toYaml], json: ["application/json", toJson]};
let saved = held.map;
let handle = null;
let written = null; // when the file was last written by us
let file = ""; // what it is called where it was last saved

// As the file that it is, else by its title: no more of a person than must be stands in a folder.
const stem = (name) => name.replace(/\.[^.]*$/, "");
const FORBIDDEN = new Set(["con", "prn", "aux", "nul"]); // as names of files on Windows
const LONG = 60;
function named(ending) {
  const {title, scope} = held.map;
  const called = title && scope !== "individual" ? newId(title.slice(0, LONG), FORBIDDEN) : data.file.usual;
  return `${stem(file || data.file.own || "") || called}.${ending}`;
}
const endingOf = (name) => (name.endsWith(".json") ? "json" : "yaml");
export const dirty = () => held.map !== saved;

function done(map, name) {
  saved = map;
  file = name;
  if (!offered) byId("told").replaceChildren();
  state();
  tell(say("saved", {file}));
}

// What somebody must know, or answer.
function told(words, ...parts) {
  byId("told").replaceChildren(made("span", {}, words), ...parts);
}

function download(ending) {
  const [type, write] = TYPES[ending];
  const address = URL.createObjectURL(new Blob([write(held.map)], {type}));
  const link = made("a", {href: address, download: named(ending)});
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  done(held.map, link.download);
}

// Somebody else may have written the file since: then it is left as it is.
async function into(place) {
  const map = held.map;
  const now = await place.getFile();
  if (place === handle && written !== null && now.lastModified !== written)
    return told(data.words.file_changed, elsewhere());
  const stream = await place.createWritable();
  await stream.write(TYPES[endingOf(place.name)][1](map));
  await stream.close();
  handle = place;
  written = (await place.getFile()).lastModified;
  return done(map, place.name);
}

const answer = (words, deed = () => {}) => made("button", {type: "button", onclick: () => {
  byId("told").replaceChildren();
  deed();
}}, words);
const elsewhere = () => made("button", {type: "button", onclick: () => saveAs("yaml")}, data.words.save_elsewhere);

export async function saveAs(ending) {
  if (!window.showSaveFilePicker) return download(ending);
  try {
    tell(data.words.choosing);
    const accept = {[TYPES[ending][0]]: [`.${ending}`]};
    const place = await window.showSaveFilePicker({suggestedName: named(ending), types: [{accept}]});
    handle = null;
    return await into(place);
  } catch (error) {
    if (error.name !== "AbortError") download(ending);
    return null;
  }
}

// A problem is placed by where it stands in what was sent: here everybody has a name.
const placed = (map, problem) =>
  problem.replace(/^(actors|ties)\[(\d+)\]\.?([^:]*):/, (whole, list, at, field) => {
    const one = map[list]?.[at];
    if (!one) return whole;
    const name = list === "actors" ? called(one) : tieName(Number(at));
    return field ? `${name} (${field}):` : `${name}:`;
  });

async function toServer() {
  const map = held.map;
  const {saved: isSaved, why, problems = []} = await put(toJson(map));
  if (isSaved) done(map, data.file.own);
  if (isSaved && !problems.length) return;
  const list = made("ul", {}, ...problems.map((one) => made("li", {}, placed(map, one))));
  if (isSaved) told(say("saved", {file}), list, answer(data.words.close));
  else if (problems.length) told(data.words.not_saved_said, list, elsewhere());
  else told(data.words[`not_saved_${why}`], elsewhere());
}

export async function save() {
  if (keep) return toServer();
  if (!handle) return saveAs("yaml");
  try {
    return await into(handle);
  } catch {
    return told(data.words.not_saved_refused, elsewhere());
  }
}

addEventListener("beforeunload", (event) => {
  if (dirty()) event.preventDefault();
});

// --- a copy in the browser, off by default around a person

const key = `aktorkart:${location.pathname}`;
const box = byId("copying");

function stored(deed) {
  try {
    return deed(localStorage);
  } catch {
    return null; // there is no such place, as in a frame of its own
  }
}

let offered = false; // a copy from another time: it stays until somebody has said what to do with it
function copy() {
  if (offered) return;
  const kept = JSON.stringify({map: held.map, places: held.places});
  if (box.checked && dirty()) stored((store) => store.setItem(key, kept));
  else stored((store) => store.removeItem(key));
}

export function recall() {
  box.checked = data.map.scope !== "individual";
  const left = stored((store) => JSON.parse(store.getItem(key)));
  offered = left !== null && JSON.stringify(left.map) !== JSON.stringify(held.map);
  const said = (words, deed) => answer(words, () => {
    offered = false;
    deed();
  });
  if (offered)
    told(data.words.copy_left, said(data.words.copy_take, () => change(left.map, left.places)),
      said(data.words.copy_drop, copy));
  box.addEventListener("change", copy);
}

function state() {
  byId("state").textContent = dirty() ? data.words.not_saved : file && say("saved", {file});
  copy();
}
let {scope} = data.map;
changed(() => {
  if (held.map.scope !== scope && held.map.scope === "individual") box.checked = false;
  scope = held.map.scope;
  state();
});

byId("save-now").addEventListener("click", save);
for (const ending of ["yaml", "json"])
  byId(`save-${ending}`).addEventListener("click", () => saveAs(ending));
