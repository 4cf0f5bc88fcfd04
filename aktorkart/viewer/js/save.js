// The map as a file again: into the same file where the browser can, else as a download.

import {byId, data, made, say, tell} from "./dom.js";
import {changed, change, held} from "./model.js";
import {keep, put} from "./keep.js";
import {toJson, toYaml} from "./yaml.js";

const TYPES = {yaml: ["application/yaml", toYaml], json: ["application/json", toJson]};
let saved = held.map;
let handle = null;
let written = null; // when the file was last written by us

const named = (ending) => `${data.file}.${ending}`;
const endingOf = (name) => (name.endsWith(".json") ? "json" : "yaml");
export const dirty = () => held.map !== saved;

function done(map, file) {
  saved = map;
  state();
  told(say("saved", {file}));
}

function told(words, ...buttons) {
  byId("told").replaceChildren(words, ...buttons);
  tell(words);
}

function download(ending) {
  const [type, write] = TYPES[ending];
  const address = URL.createObjectURL(new Blob([write(held.map)], {type}));
  const link = made("a", {href: address, download: named(ending)});
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  done(held.map, named(ending));
}

// Somebody else may have written the file since: then it is left as it is.
async function into(file) {
  const map = held.map;
  const now = await file.getFile();
  if (file === handle && written !== null && now.lastModified !== written)
    return told(data.words.file_changed, elsewhere());
  const stream = await file.createWritable();
  await stream.write(TYPES[endingOf(file.name)][1](map));
  await stream.close();
  handle = file;
  written = (await file.getFile()).lastModified;
  return done(map, file.name);
}

const elsewhere = () => made("button", {type: "button", onclick: () => saveAs("yaml")}, data.words.save_elsewhere);

export async function saveAs(ending) {
  if (!window.showSaveFilePicker) return download(ending);
  try {
    told(data.words.choosing);
    const accept = {[TYPES[ending][0]]: [`.${ending}`]};
    const file = await window.showSaveFilePicker({suggestedName: named(ending), types: [{accept}]});
    handle = null;
    return await into(file);
  } catch (error) {
    byId("told").replaceChildren();
    if (error.name !== "AbortError") download(ending);
    return null;
  }
}

async function toServer() {
  const map = held.map;
  const {saved: isSaved, why, problems = []} = await put(toJson(map));
  if (isSaved) return done(map, data.file);
  return told([data.words[`not_saved_${why}`], ...problems].join(" "), elsewhere());
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
  const answer = (words, deed) => made("button", {type: "button", onclick: () => {
    offered = false;
    byId("told").replaceChildren();
    deed();
  }}, words);
  if (offered)
    told(data.words.copy_left, answer(data.words.copy_take, () => change(left.map, left.places)),
      answer(data.words.copy_drop, copy));
  box.addEventListener("change", copy);
}

function state() {
  byId("state").textContent = dirty() ? data.words.not_saved : "";
  copy();
}
let {scope} = data.map;
changed(() => {
  if (held.map.scope !== scope && held.map.scope === "individual") box.checked = false;
  scope = held.map.scope;
  // What was said of the file is not so any more; what is asked stays.
  if (!byId("told").querySelector("button")) byId("told").replaceChildren();
  state();
});

byId("save-now").addEventListener("click", save);
for (const ending of ["yaml", "json"])
  byId(`save-${ending}`).addEventListener("click", () => saveAs(ending));
