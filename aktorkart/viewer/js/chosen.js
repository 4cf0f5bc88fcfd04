// Who and what is in hand, how the map is looked at, and what actors are called.

import {data} from "./dom.js";
import {actorsById, actorsOf, changed, grouped, held, kindOf, once, tiesOf} from "./model.js";

// Ids of the actors, the place of the tie, who has the keyboard, and whether it was led there.
const first = held.map.focal ?? actorsOf(held.map)[0]?.id ?? null;
export const chosen = {ids: new Set(), tie: null, led: false, here: first};
// Whether roles stand for names, letters are large, and circles lie around the middle.
export const look = {roles: false, large: false, circles: false};

const listeners = [];
export const looked = (listener) => listeners.push(listener);
const told = () => listeners.forEach((listener) => listener());

export function choose(ids, tie = null) {
  const before = [...chosen.ids].join("\n");
  chosen.ids = new Set(ids);
  chosen.tie = tie;
  if (chosen.ids.size) chosen.here = [...chosen.ids].at(-1);
  // Keys go to the tie from one of its ends, whoever was in hand before.
  const ends = tie === null ? [] : [tiesOf(held.map)[tie].source, tiesOf(held.map)[tie].target];
  if (ends.length && !ends.includes(chosen.here)) [chosen.here] = ends;
  if (before !== [...chosen.ids].join("\n"))
    document.dispatchEvent(new CustomEvent("selection", {detail: [...chosen.ids]}));
  told();
}

export function turn(what) {
  look[what] = !look[what];
  told();
  return look[what];
}

export const begin = told;

export const actor = (id) => actorsById(held.map).get(id);

// What is chosen may be gone.
changed(() => {
  const there = actorsById(held.map);
  if (!there.has(chosen.here)) chosen.here = held.map.focal ?? actorsOf(held.map)[0]?.id ?? null;
  const tie = chosen.tie !== null && chosen.tie < tiesOf(held.map).length ? chosen.tie : null;
  choose([...chosen.ids].filter((id) => there.has(id)), tie);
});

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
export const kindName = (kind) => data.kinds[kind]?.n ?? kind;

// Roles as Python gives them: by kind, numbered in the order of the ids.
const rolesOf = once((map) => new Map([...grouped(actorsOf(map), kindOf)].flatMap(([kind, all]) => {
  const ids = all.map((one) => one.id).sort();
  return ids.map((id, at) => [id, capital(kindName(kind)) + (ids.length > 1 ? ` ${at + 1}` : "")]);
})));

export const called = (one) => (look.roles ? rolesOf(held.map).get(one.id) : one.name || one.id);
export const calledBy = (id) => {
  const one = actor(id);
  return one ? called(one) : id;
};
const alphabet = new Intl.Collator(data.locale, {numeric: true});
export const inOrder = (words) => [...words].sort(alphabet.compare);
export const byName = (all) => [...all].sort((one, other) => alphabet.compare(called(one), called(other)));
