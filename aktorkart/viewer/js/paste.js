// A list of names, or cells from a spreadsheet: looked at first, then put on the map.

import {byId, data, made, say, tell} from "./dom.js";
import {actorsOf, change, held, oneLine, sameTie, withTies} from "./model.js";
import {add} from "./deeds.js";
import {kindNamed, kindsIn, kindsNamed, plain} from "./typeahead.js";

const dialog = byId("pasting");
const area = byId("pasted");
let found = {actors: [], ties: []};

const clean = (cell) => oneLine(cell).replace(/^"(.*)"$/, "$1");
const heading = (cell) => Object.entries(data.headings).find(([, words]) => words.includes(plain(cell)))?.[0];

const nameOf = (one) => plain(one.name || one.id);

// Rows of cells; the first row may say what they are: else name, kind and organisation, or from, to, strength.
function read(words) {
  const rows = words.split(/\r?\n/).map((row) => row.split(/\t|;/).map(clean)).filter((row) => row.some(Boolean));
  const heads = rows[0]?.map(heading) ?? [];
  const isHead = heads.filter(Boolean).length >= Math.min(2, heads.length) && heads[0] !== undefined;
  const columns = isHead ? heads : ["name", "kind", "organisation"];
  const cells = (isHead ? rows.slice(1) : rows).map((row) =>
    Object.fromEntries(columns.flatMap((name, at) => (name && row[at] ? [[name, row[at]]] : []))));
  return columns.includes("source") && columns.includes("target") ? readTies(cells) : readActors(cells);
}

function fresh() {
  const there = new Set(actorsOf(held.map).map(nameOf));
  return (name) => Boolean(name) && !there.has(plain(name)) && Boolean(there.add(plain(name)));
}

function kindMeant(name) {
  const all = kindsIn(name);
  return all.length === 1 ? all[0] : undefined;
}

function readActors(cells) {
  const isNew = fresh();
  const actors = cells.filter((row) => isNew(row.name)).map(({name, kind, organisation}) => {
    const meant = kind ? kindNamed(kind) : kindMeant(name);
    return {name, organisation, kind: meant === "unknown" ? undefined : meant};
  });
  return {actors, ties: []};
}

function readTies(cells) {
  const isNew = fresh();
  const rows = cells.filter((row) => row.source && row.target && plain(row.source) !== plain(row.target));
  const names = rows.flatMap((row) => [row.source, row.target]).filter(isNew);
  const actors = names.map((name) => ({name, kind: kindMeant(name)}));
  const [low, high] = held.map.strength_scale ?? [1, 5];
  const ties = rows.map(({source, target, strength = ""}) => {
    const value = Number(strength.replace(",", "."));
    return {source, target, strength: strength && value >= low && value <= high ? value : undefined};
  });
  return {actors, ties};
}

function show() {
  found = read(area.value);
  byId("paste-told").textContent = say("paste_found", {actors: found.actors.length, ties: found.ties.length});
  byId("paste-rows").replaceChildren(...found.actors.map(({name, kind}) => {
    const several = kind ? [] : kindsIn(name);
    const words = several.length > 1 ? `${kindsNamed(several)}?` : data.kinds[kind ?? "unknown"].n;
    return made("li", {}, name, made("span", {class: "soft"}, ` ${words}`));
  }));
  byId("paste-add").disabled = !found.actors.length && !found.ties.length;
}

export function openPaste(words = "") {
  dialog.showModal();
  area.value = words;
  show();
  (words ? byId("paste-add") : area).focus();
}

area.addEventListener("input", show);
byId("paste-open").addEventListener("click", () => openPaste());
byId("paste-close").addEventListener("click", () => dialog.close());
byId("paste-add").addEventListener("click", () => {
  dialog.close();
  if (found.actors.length) add(found.actors);
  const ids = new Map(actorsOf(held.map).map((one) => [nameOf(one), one.id]));
  const ties = [];
  for (const {source, target, strength} of found.ties) {
    const tie = {source: ids.get(plain(source)), target: ids.get(plain(target)), strength};
    if (sameTie(withTies(held.map, ties), tie) < 0) ties.push(tie);
  }
  if (ties.length) change(withTies(held.map, ties));
  tell(say("pasted", {actors: found.actors.length, ties: ties.length}));
});

addEventListener("paste", (event) => {
  if (event.target.closest?.("input,textarea,select,dialog")) return;
  const words = event.clipboardData?.getData("text/plain") ?? "";
  if (!words.trim()) return;
  event.preventDefault();
  openPaste(words);
});
