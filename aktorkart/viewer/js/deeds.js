// What is done to the map: each changes it once, tells it, and can be undone.

import {data, number, say, tell} from "./dom.js";
import {
  actorsOf, change, firstDay, held, isMutual, lastDay, middleOf, newId, otherEnd, redo, rounded, sameTie, tieKindOf,
  tiesOf, undo, withActor, withActors, withFields, withTie, withTies, withoutActors, withoutTie,
} from "./model.js";
import {calledBy, choose, chosen} from "./chosen.js";
import {focusOn, onPage} from "./canvas.js";
import {clearer, fit, inSight} from "./panzoom.js";

const MARGIN = 18;
const ROOM = 40;
const inside = ([x, y]) => x > MARGIN && y > MARGIN && x < data.look.page[0] - MARGIN && y < data.look.page[1] - MARGIN;

// Somewhere free, as near as can be; `others` are places that are taken too.
export function freePlace(near, others = []) {
  const taken = [...Object.values(held.places), ...others];
  const room = ([x, y]) => Math.min(ROOM, ...taken.map(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY)));
  let [best, most] = [near, -1];
  for (let far = 0; far < 300; far += 6) {
    for (let turn = 0; turn < 16; turn++) {
      const angle = (2 * Math.PI * (turn + 0.5)) / 16;
      const place = [near[0] + far * Math.cos(angle), near[1] + 0.8 * far * Math.sin(angle)];
      if (!inside(place) || room(place) <= most) continue;
      [best, most] = [place, room(place)];
      if (most >= ROOM) return rounded(best);
    }
  }
  return rounded(best);
}

const middle = () => held.places[middleOf(held.map)] ?? data.look.page.map((one) => one / 2);

// Put people on the map, each with a name and perhaps more, and choose them.
export function add(all, place = null) {
  const taken = new Set(actorsOf(held.map).map((one) => one.id));
  const places = {};
  const made = all.map((one) => {
    const id = newId(one.name, taken);
    taken.add(id);
    const near = place && all.length === 1 ? place : freePlace(middle(), Object.values(places));
    places[id] = near;
    return {...one, id};
  });
  change(withActors(held.map, made), places);
  choose(made.map((one) => one.id));
  focusOn(made.at(-1).id);
  const spots = Object.values(places).map(onPage);
  if (spots.every(([x, y]) => inSight({x, y}))) clearer();
  else fit();
  tell(made.length === 1 ? say("added", {actor: calledBy(made[0].id)}) : say("added_many", {n: made.length}));
}

export function rename(id, name) {
  change(withActor(held.map, id, {name: name === id ? undefined : name}));
}

export const setActor = (id, fields) => change(withActor(held.map, id, fields));
export const setMap = (fields) => change(withFields(held.map, fields));

// Tie some to one; a tie that stands there already is taken in hand.
export function join(sources, target, fields = {}) {
  const others = sources.filter((id) => id !== target);
  if (!others.length) return;
  const wanted = others.map((source) => ({source, target, ...fields}));
  // Who ties two once more, with their tie in hand, wants one of another kind.
  if (wanted.length === 1 && chosen.tie !== null && sameTie(held.map, wanted[0]) === chosen.tie)
    wanted[0].kind = freeKind(wanted[0]);
  const fresh = wanted.filter((tie) => sameTie(held.map, tie) < 0);
  if (fresh.length) change(withTies(held.map, fresh));
  const at = sameTie(held.map, wanted.at(-1));
  choose([], at);
  tell(say(fresh.length ? "tied" : "tied_already", {tie: tieName(at)}));
}

export const tieName = (at) => {
  const tie = tiesOf(held.map)[at];
  return `${calledBy(tie.source)} ${isMutual(tie) ? "–" : "→"} ${calledBy(tie.target)}`;
};

// Another tie of the same kind may stand there, or it may end before it begins: then nothing is changed.
export function setTie(at, fields, words = null) {
  const tie = {...tiesOf(held.map)[at], ...fields};
  const backwards = tie.since && tie.until && lastDay(tie.until) < firstDay(tie.since);
  if (backwards || sameTie(held.map, tie, at) >= 0) {
    tell(data.words[backwards ? "ends_before" : "tie_there"]);
    return false;
  }
  change(withTie(held.map, at, fields));
  if (words) tell(words);
  return true;
}

export const scale = () => (held.map.strength_scale === undefined ? [1, 5] : held.map.strength_scale);
export const isUsual = () => String(scale()) === "1,5";

export function setStrength(at, value) {
  const words = value === undefined ? data.words.strength_unknown : say("strength", {value: number(value)});
  setTie(at, {strength: value}, words);
}

export function setKind(at, kind) {
  return setTie(at, {kind: kind === "contact" ? undefined : kind}, data.ties[kind]);
}

// The next kind of tie that does not stand between the two already.
function freeKind(tie, at = -1) {
  const kinds = Object.keys(data.ties);
  const from = kinds.indexOf(tieKindOf(tie));
  const order = kinds.map((_, step) => kinds[(from + step + 1) % kinds.length]);
  return order.find((kind) => sameTie(held.map, {...tie, kind}, at) < 0);
}
export function nextKind(at) {
  const free = freeKind(tiesOf(held.map)[at], at);
  if (free) setKind(at, free);
}

export const WAYS = ["both", "forth", "back"];
export function setWay(at, way) {
  const {source, target} = tiesOf(held.map)[at];
  const turned = way === "back" ? {source: target, target: source} : {};
  setTie(at, {mutual: way === "both" ? undefined : false, ...turned}, data.words[way]);
}
// Both ways, then from the one to the other, then back, and both ways again.
let began = null;
export function nextWay(at) {
  const {source, mutual} = tiesOf(held.map)[at];
  if (mutual !== false) {
    began = source;
    setWay(at, "forth");
  } else setWay(at, source === began ? "back" : "both");
}

export const QUALITIES = [undefined, "good", "strained", "broken"];
export const setQuality = (at, quality) =>
  setTie(at, {quality}, quality ? data.qualities[quality] : data.words.quality_unknown);
export const nextQuality = (at) =>
  setQuality(at, QUALITIES[(QUALITIES.indexOf(tiesOf(held.map)[at].quality) + 1) % QUALITIES.length]);

export function turnNeeded(at) {
  const needed = !tiesOf(held.map)[at].needed;
  setTie(at, {needed: needed || undefined}, data.words[needed ? "needed" : "there"]);
}

// The keyboard goes on from somebody who is not in hand: a second Delete takes nobody else away.
function lead(id) {
  chosen.here = id;
  choose([]);
  chosen.led = true;
  focusOn(id);
  chosen.led = false;
}

export function remove() {
  if (chosen.tie !== null) {
    const {source} = tiesOf(held.map)[chosen.tie];
    const words = say("tie_removed", {tie: tieName(chosen.tie)});
    change(withoutTie(held.map, chosen.tie));
    lead(source);
    tell(words);
  } else if (chosen.ids.size) {
    const gone = new Set(chosen.ids);
    const near = tiesOf(held.map).find((tie) => gone.has(tie.source) !== gone.has(tie.target));
    const next = near ? otherEnd(near, gone.has(near.source) ? near.source : near.target) : null;
    change(withoutActors(held.map, gone));
    lead(next ?? chosen.here);
    tell(say("removed", {n: gone.size}));
  }
}

export function move(ids, [x, y]) {
  const places = Object.fromEntries([...ids].map((id) => {
    const [fromX, fromY] = held.places[id];
    return [id, rounded([fromX + x, fromY + y])];
  }));
  change(held.map, places);
}

export function takeBack() {
  tell(undo() ? data.words.taken_back : data.words.nothing_back);
}
export function takeUp() {
  tell(redo() ? data.words.taken_up : data.words.nothing_up);
}
