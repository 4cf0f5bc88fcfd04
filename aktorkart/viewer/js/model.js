// The map as it is edited: the object that our JSON holds, never changed in place, and the way back.

import {data} from "./dom.js";
import {toJson} from "./yaml.js";

// What is shown now: the map, and where everyone stands in millimetres of the page, y upwards.
export const held = {map: data.map, places: data.places};
const past = [];
const coming = [];
const listeners = [];

export const changed = (listener) => listeners.push(listener);
export const canUndo = () => past.length > 0;
export const canRedo = () => coming.length > 0;

function put(next) {
  Object.assign(held, next);
  for (const listener of listeners) listener();
  const text = toJson(held.map); // in which numbers are whole that JavaScript would round
  document.dispatchEvent(Object.assign(new CustomEvent("map", {detail: JSON.parse(text)}), {text}));
}

// `places` are of those who have moved or come; then everyone's place is written down.
export function change(map, places = null) {
  if (places === null && JSON.stringify(map) === JSON.stringify(held.map)) return;
  past.push({...held});
  coming.length = 0;
  if (places === null) put({map});
  else {
    const all = {...held.places, ...places};
    const there = map.actors ?? [];
    const positions = Object.fromEntries(there.map((one) => [one.id, all[one.id]]));
    put({map: withFields(map, {positions}), places: positions});
  }
}

function step(from, to) {
  if (!from.length) return false;
  to.push({...held});
  put(from.pop());
  return true;
}
export const undo = () => step(past, coming);
export const redo = () => step(coming, past);

// An item with other fields, in the order of the file. What is as usual is said by leaving it out;
// what nobody has changed stays as it is.
function tidy(item, fields, kind) {
  const {order, usual} = data.fields[kind];
  const isUsual = (key, value) =>
    value === undefined || value === usual[key] || (typeof value === "object" && !Object.keys(value).length);
  const all = {...item, ...fields};
  return Object.fromEntries(order.flatMap((key) =>
    !(key in all) || (key in fields && isUsual(key, all[key])) ? [] : [[key, all[key]]]));
}

// One line of what people write or paste, without signs that nobody sees.
const UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff";
const unseen = new RegExp(`[${UNSEEN}\\p{Cs}]`, "gu");
export const oneLine = (words) =>
  words.normalize("NFC").replace(unseen, "").replace(/[\s\p{Cc}]+/gu, " ").trim();

// The same of several lines, each by itself.
export const lined = (words) => words.split(/\r\n|[\r\n]/).map(oneLine).join("\n").trim();

export const rounded = (place) => place.map((one) => Math.round(10 * one) / 10);

export function grouped(all, key) {
  const found = new Map();
  for (const one of all) found.set(key(one), [...(found.get(key(one)) ?? []), one]);
  return found;
}

// What is worked out of a map once, since a map is never changed.
export function once(work) {
  const known = new WeakMap();
  return (map) => {
    if (!known.has(map)) known.set(map, work(map));
    return known.get(map);
  };
}

export const actorsOf = (map) => map.actors ?? [];
export const tiesOf = (map) => map.ties ?? [];
export const actorsById = once((map) => new Map(actorsOf(map).map((one) => [one.id, one])));
// Of each actor: where its ties stand.
export const tiesById = once((map) => {
  const found = new Map(actorsOf(map).map((one) => [one.id, []]));
  tiesOf(map).forEach((tie, at) => new Set([tie.source, tie.target]).forEach((id) => found.get(id)?.push(at)));
  return found;
});
export const kindOf = (actor) => actor.kind ?? "unknown";
export const tieKindOf = (tie) => tie.kind ?? "contact";
export const isMutual = (tie) => tie.mutual !== false;
export const otherEnd = (tie, id) => (tie.source === id ? tie.target : tie.source);

// The person the map is about: the focal actor if it is a user, else the only user.
export function userOf(map) {
  const users = actorsOf(map).flatMap((one) => (kindOf(one) === "user" ? [one.id] : []));
  if (users.includes(map.focal)) return map.focal;
  return users.length === 1 ? users[0] : null;
}
export const middleOf = (map) => map.focal ?? userOf(map);

export const withFields = (map, fields) => tidy(map, fields, "map");

export function withActor(map, id, fields) {
  const actors = actorsOf(map).map((one) => (one.id === id ? tidy(one, fields, "actor") : one));
  return {...map, actors};
}

export const withActors = (map, actors) =>
  withFields(map, {actors: [...actorsOf(map), ...actors.map((one) => tidy({}, one, "actor"))]});

// An id as the field's files have them: plain letters, and nobody else's.
export function newId(name, taken) {
  const plain = [...name.toLowerCase()].map((letter) => data.letters[letter] ?? letter).join("");
  const word = plain.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, "-");
  const base = word.replace(/^-|-$/g, "") || "a";
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
  return id;
}

// What points to somebody goes with them, as in Python's `without_actor`.
function pruned(value, path, gone) {
  const [step, ...rest] = path;
  if (step === undefined) return gone(value) ? undefined : value;
  if (step === "*") return value.map((one) => pruned(one, rest, gone)).filter((one) => one !== undefined);
  if (step === "@") return Object.fromEntries(Object.entries(value).filter(([key]) => !gone(key)));
  if (value[step] === undefined || value[step] === null) return value;
  const inside = pruned(value[step], rest, gone);
  const {[step]: _, ...others} = value;
  return inside === undefined || !Object.keys(inside).length ? others : {...value, [step]: inside};
}

export function withoutActors(map, ids) {
  const ties = tiesOf(map).filter((tie) => !ids.has(tie.source) && !ids.has(tie.target));
  const actors = actorsOf(map).filter((one) => !ids.has(one.id));
  let found = withFields(map, {actors, ties});
  for (const path of data.pointers) {
    const kinds = path[0] === "needs" ? data.kinds : {};
    found = pruned(found, path, (value) => ids.has(value) && !(value in kinds));
  }
  return found;
}

// The first and the last day of what may be a month or a year.
export const firstDay = (when) => `${when}-01-01`.slice(0, 10);
export function lastDay(when) {
  const [year, month = "12", day] = when.split("-");
  const last = () => new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  return `${year}-${month}-${day ?? last()}`;
}

export function isDate(word) {
  if (!/^(?!0000)\d{4}(-\d\d){0,2}$/.test(word)) return false;
  const day = new Date(`${firstDay(word)}T00:00Z`);
  return !Number.isNaN(Number(day)) && day.toISOString().startsWith(firstDay(word));
}

// Two ties are the same with an equal ordered pair, kind, informant and a day in common.
function same(one, other) {
  const arcs = (tie) => (isMutual(tie) ? 2 : 1);
  const way = one.source === other.source && one.target === other.target;
  const back = one.source === other.target && one.target === other.source;
  const meets = (first, second) =>
    !first.since || !second.until || firstDay(first.since) <= lastDay(second.until);
  return (
    (way || (back && arcs(one) + arcs(other) > 2)) &&
    tieKindOf(one) === tieKindOf(other) &&
    (one.informant ?? null) === (other.informant ?? null) &&
    meets(one, other) && meets(other, one)
  );
}

// Where the same tie stands already, if it does; `but` is the place of the tie itself.
export const sameTie = (map, tie, but = -1) =>
  tiesOf(map).findIndex((one, at) => at !== but && same(one, tie));

export function withTie(map, at, fields) {
  const ties = tiesOf(map).map((one, place) => (place === at ? tidy(one, fields, "tie") : one));
  return {...map, ties};
}

export const withTies = (map, ties) =>
  withFields(map, {ties: [...tiesOf(map), ...ties.map((one) => tidy({}, one, "tie"))]});

export const withoutTie = (map, at) =>
  withFields(map, {ties: tiesOf(map).filter((_, place) => place !== at)});
