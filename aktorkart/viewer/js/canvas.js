// The picture drawn from the map: marks, lines as the figures have them, names where there is room.

import {byId, data, drawn, number, say} from "./dom.js";
import {
  actorsOf, grouped, held, isMutual, kindOf, middleOf, once, otherEnd, rounded, tieKindOf, tiesById, tiesOf,
} from "./model.js";
import {actor, called, chosen, look, looked} from "./chosen.js";
import {arrowhead, lane, strokes, trimmed} from "./lines.js";
import {wrapped} from "./names.js";

const {air, page, scale, marks, ties: looks} = data.look;
const LETTERS = 12;
const marksById = new Map();
const namesById = new Map();
let lines = []; // the ties' elements, by where they stand

export const onPage = ([x, y]) => [(x + air) * scale, (page[1] - y + air) * scale];
export const fromPage = ([x, y]) => rounded([x / scale - air, page[1] + air - y / scale]);

// Places while a hand moves somebody; what is on the map otherwise.
let moved = {};
export const placeOf = (id) => (Object.hasOwn(moved, id) ? moved : held.places)[id];

const crowd = () => Math.min(1, (60 / Math.max(actorsOf(held.map).length, 1)) ** 0.45);
export const radius = () => data.look.radius * crowd() * scale;

const markOf = (one) => marks.own[one.id] && (one.line || one.level) ? marks.own[one.id] : marks.kinds[kindOf(one)];

// How far the rim of a mark is from its middle, in a direction.
function rim(one, [x, y]) {
  const {rims, at} = marks;
  const all = rims[at[markOf(one)]];
  const turn = Math.round((Math.atan2(-y, x) / (2 * Math.PI)) * all.length);
  const ring = one.id === held.map.focal ? data.look.ring : 0;
  return all[(turn + all.length) % all.length] * (data.look.radius + ring) * crowd() + 0.5 * crowd();
}

// --- ties

const path = (spots) => `M${spots.map((spot) => spot.map((one) => (one * scale).toFixed(1)).join(" ")).join("L")}`;

const strengthsOf = once((map) =>
  tiesOf(map).flatMap((one) => (one.strength === undefined ? [] : [one.strength])).sort((one, other) => one - other));

function widthOf(tie) {
  const range = held.map.strength_scale === undefined ? [1, 5] : held.map.strength_scale;
  const strengths = strengthsOf(held.map);
  const middle = strengths[Math.floor(strengths.length / 2)] ?? 1;
  if (tie.strength === undefined) return looks.width * (strengths.length ? 0.75 : 1.2);
  const share = range ? (tie.strength - range[0]) / (range[1] - range[0]) : tie.strength / (tie.strength + middle);
  return looks.width * (looks.thinnest + looks.thicker * share);
}

export const lookOf = (tie) => {
  if (tie.needed) return looks.missing;
  return looks[looks.of[tieKindOf(tie)] ?? "other"];
};

function drawTie(tie, at, bulge) {
  const [one, other] = [actor(tie.source), actor(tie.target)];
  const flat = (id) => onPage(placeOf(id)).map((part) => part / scale);
  const whole = lane(flat(tie.source), flat(tie.target), bulge);
  const way = (from, to) => [to[0] - from[0], to[1] - from[1]];
  const spots = trimmed(whole, rim(one, way(whole[0], whole[1])), rim(other, way(whole.at(-1), whole.at(-2))));
  const kind = lookOf(tie);
  const form = tie.needed ? "solid" : tie.quality;
  let width = widthOf(tie);
  if (tie.needed || tieKindOf(tie) === "conflict") width = Math.max(width, looks.warns * looks.width);
  if (kind.double) width *= looks.rail;
  const thick = width / looks.nominal;
  const parts = [drawn("path", {d: path(whole), class: "grip"})];
  let body = spots;
  if (!isMutual(tie)) {
    const long = 2.3 * crowd() + 1.6 * thick + (kind.double ? 0.7 : 0);
    parts.push(drawn("path", {d: `${path(arrowhead(spots, long, 0.85 * long))}Z`, class: `h ${kind.f}`}));
    body = trimmed(spots, 0, 0.72 * long);
  }
  const line = {double: !tie.needed && kind.double, crossed: !tie.needed && kind.crossed, form};
  const stroke = drawn("path", {d: strokes(body, line, thick).map(path).join(""), class: `no ${kind.s}`,
    "stroke-width": (width * scale) / looks.nominal});
  const wide = (width * scale) / looks.nominal;
  if (tie.needed) stroke.setAttribute("stroke-dasharray", `0 ${2.6 * wide}`);
  else if (tie.strength === undefined && (form ?? "good") === "good" && kind !== looks.conflict &&
    strengthsOf(held.map).length)
    stroke.setAttribute("stroke-dasharray", `${7 * wide} ${2.5 * wide}`);
  if (tie.needed) stroke.setAttribute("stroke-linecap", "round");
  parts.push(stroke);
  const group = drawn("g", {class: chosen.tie === at ? "t held" : "t", "data-t": at});
  group.append(...parts);
  return group;
}

// Ties that would run through somebody else bend around them: as little as will do.
const BENDS = [0, 4, -4, 8, -8, 13, -13];
function bend(source, target, wide) {
  const [[x, y], [endX, endY]] = [placeOf(source), placeOf(target)];
  const long = Math.hypot(endX - x, endY - y) || 1;
  const [wayX, wayY] = [(endX - x) / long, (endY - y) / long];
  const others = actorsOf(held.map).flatMap(({id}) => {
    const [awayX, awayY] = [placeOf(id)[0] - x, placeOf(id)[1] - y];
    const along = (awayX * wayX + awayY * wayY) / long;
    return along > 0.02 && along < 0.98 ? [[along, awayY * wayX - awayX * wayY]] : [];
  });
  const near = 1.3 * data.look.radius * crowd() + 0.8 + wide;
  const met = (bulge) =>
    others.filter(([along, aside]) => Math.abs(aside - 4 * bulge * along * (1 - along)) < near).length;
  const cost = (bulge) => met(bulge) + Math.abs(bulge) / 1000 + (Math.abs(bulge) > 0.22 * long);
  return BENDS.reduce((best, next) => (cost(next) < cost(best) ? next : best));
}

// Where the ties between the same two stand.
const endsOf = (tie) => [tie.source, tie.target].sort();
const pairsOf = once((map) =>
  [...grouped(tiesOf(map).keys(), (at) => endsOf(tiesOf(map)[at]).join("\n")).values()]);

// Those between two, beside each other; return the element of each.
function drawPair(all) {
  const ties = tiesOf(held.map);
  const [one, other] = endsOf(ties[all[0]]);
  const aside = bend(one, other, 2.5 * (all.length - 1));
  return all.map((at, place) => {
    const bulge = aside + 5 * (place - (all.length - 1) / 2);
    // The page's y grows downwards.
    return [at, drawTie(ties[at], at, ties[at].source === one ? -bulge : bulge)];
  });
}

function drawTies() {
  const ties = tiesOf(held.map);
  lines = [];
  for (const [at, line] of pairsOf(held.map).flatMap(drawPair)) lines[at] = line;
  const order = [...lines.keys()].sort((one, other) => (one === chosen.tie) - (other === chosen.tie) ||
    (ties[one].strength ?? 0) - (ties[other].strength ?? 0));
  byId("ties").replaceChildren(...order.map((at) => lines[at]));
}

// --- actors

// What is read aloud of an actor: its name, and its ties, the strongest first.
const MOST = 20;
function aloud(one) {
  const own = tiesById(held.map).get(one.id).map((at) => tiesOf(held.map)[at]);
  own.sort((first, second) => (second.strength ?? 0) - (first.strength ?? 0));
  const told = own.slice(0, MOST).map((tie) =>
    [called(actor(otherEnd(tie, one.id))),
      ...(tie.strength === undefined ? [] : [say("strength", {value: number(tie.strength)})]),
      ...(tie.needed ? [data.words.needed] : [])].join(", "));
  if (own.length > MOST) told.push(say("more", {n: own.length - MOST}));
  const name = {actor: called(one)};
  return told.length ? say("aloud", {...name, ties: told.join("; ")}) : say("aloud_alone", name);
}

function used(mark, size, width) {
  const made = drawn("use", {href: `#m${mark}`, transform: `scale(${size})`, "stroke-width": width / size});
  const dashes = [2.6, 1.6].map((one) => (one * width) / size).join(" ");
  if (marks.dashed.includes(mark)) made.setAttribute("stroke-dasharray", dashes);
  return made;
}

// Where a tie is drawn from: the ring, or by touch the knob, since a finger has no room for a ring.
function rimOf(size) {
  const [ring, aside] = [drawn("g", {class: "rim"}), (size + 6) * Math.SQRT1_2];
  const title = drawn("title");
  title.textContent = data.words.drag_tie;
  ring.append(title, drawn("circle", {class: "reach", r: size + 2}),
    drawn("circle", {class: "knob", cx: aside, cy: -aside, r: 5}));
  return ring;
}

const shifted = (by) => `translate(${by.join(" ")})`;

function drawActors() {
  const all = actorsOf(held.map);
  const size = radius();
  const there = new Set(all.map((one) => one.id));
  for (const [id, mark] of marksById)
    if (!there.has(id)) {
      mark.remove();
      marksById.delete(id);
    }
  for (const one of all) {
    let mark = marksById.get(one.id);
    if (!mark) {
      mark = drawn("g", {role: "button", "data-a": one.id});
      marksById.set(one.id, mark);
      byId("actors").append(mark);
    }
    const kind = markOf(one);
    const parts = [used(kind, size, data.look.edge * crowd())];
    if (one.id === held.map.focal)
      parts.push(used(marks.outlines[kind], size + data.look.ring * crowd() * scale, data.look.focal * crowd()));
    if (chosen.ids.has(one.id)) parts.push(drawn("circle", {class: "mine", r: size + 6}));
    mark.replaceChildren(...parts, rimOf(size));
    mark.setAttribute("transform", shifted(onPage(placeOf(one.id))));
    mark.setAttribute("class", "a");
    mark.setAttribute("aria-label", aloud(one));
    mark.setAttribute("aria-pressed", String(chosen.ids.has(one.id)));
    mark.setAttribute("tabindex", one.id === chosen.here ? "0" : "-1");
  }
}

export const focusOn = (id) => marksById.get(id)?.focus({preventScroll: true});
export const boxOf = (id) => marksById.get(id).getBoundingClientRect();

// --- names

const pen = document.createElement("canvas").getContext("2d");

// How much of a line lies within a box.
function within([x, y, wide, high], [left, top, right, low]) {
  if (x + Math.max(0, wide) < left || x + Math.min(0, wide) > right) return 0;
  if (y + Math.max(0, high) < top || y + Math.min(0, high) > low) return 0;
  const [first, second] = [[(left - x) / wide, (right - x) / wide], [(top - y) / high, (low - y) / high]];
  const from = Math.max(0, Math.min(...first), Math.min(...second));
  const to = Math.min(1, Math.max(...first), Math.max(...second));
  return to > from ? (to - from) * Math.hypot(wide, high) : 0;
}

// Beneath, above, right or left of the mark: where least lies beneath it.
function drawNames() {
  const size = look.large ? 1.6 * LETTERS : LETTERS;
  const away = radius() + 5;
  pen.font = `${size}px ${byId("names").getAttribute("font-family")}`;
  const boxes = [];
  const spots = actorsOf(held.map).map((one) => [one, ...onPage(placeOf(one.id))]);
  const straight = tiesOf(held.map).map((tie) => {
    const [[x, y], [endX, endY]] = [tie.source, tie.target].map((id) => onPage(placeOf(id)));
    return [x, y, endX - x, endY - y];
  });
  const meets = (box, x, y, around) =>
    x > box[0] - around && x < box[2] + around && y > box[1] - around && y < box[3] + around;
  const overlap = (box, other) =>
    box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1];
  const cost = (box) =>
    boxes.filter((other) => overlap(box, other)).length * 30 +
    spots.filter(([, x, y]) => meets(box, x, y, away - 5)).length * 20 +
    straight.reduce((sum, line) => sum + within(line, box), 0) / 8;
  namesById.clear();
  byId("names").replaceChildren(...spots.sort((one, other) => one[2] - other[2]).map(([one, x, y]) => {
    const rows = wrapped(called(one));
    const wide = Math.max(...rows.map((row) => pen.measureText(row).width));
    const high = rows.length * size * 1.15;
    const ringed = one.id === held.map.focal ? 5 : 0;
    const far = away + ringed;
    const choices = [
      [x, y + far, 0],
      [x, y - far - high, 1],
      [x + far + wide / 2, y - high / 2, 2],
      [x - far - wide / 2, y - high / 2, 2],
    ];
    const boxed = choices.map(([middle, top, dear]) => {
      const box = [middle - wide / 2 - 2, top, middle + wide / 2 + 2, top + high];
      return [cost(box) + dear, middle, top, box];
    });
    const [, middle, top, box] = boxed.reduce((best, next) => (next[0] < best[0] ? next : best));
    boxes.push(box);
    const text = drawn("text", {class: one.id === held.map.focal ? "n b" : "n", "font-size": size, "data-a": one.id});
    namesById.set(one.id, text);
    text.append(...rows.map((row, at) => {
      const line = drawn("tspan", {x: middle, y: top + (at + 0.85) * size * 1.15});
      line.textContent = row;
      return line;
    }));
    return text;
  }));
}

// Circles around the middle: a step of strength from one to the next, the closest inside.
export const CIRCLE = 17; // millimetres
function drawCircles() {
  const middle = look.circles && middleOf(held.map) ? onPage(placeOf(middleOf(held.map))) : null;
  byId("circles").replaceChildren(...(middle ? [5, 4, 3, 2, 1] : []).flatMap((strength) => {
    const far = CIRCLE * (6 - strength) * scale;
    const label = drawn("text", {class: "c", x: middle[0], y: middle[1] - far - 3, "font-size": 11});
    label.textContent = strength;
    return [drawn("circle", {cx: middle[0], cy: middle[1], r: far}), label];
  }));
}

// The box around everybody and their names, to be seen as a whole; few are not made huge.
const AIR = 16;
export function around() {
  if (!marksById.size) return null;
  const boxes = ["actors", "names"].map((id) => byId(id).getBBox());
  const [left, top] = ["x", "y"].map((side) => Math.min(...boxes.map((one) => one[side])) - AIR);
  const right = Math.max(...boxes.map((one) => one.x + one.width)) + AIR;
  const low = Math.max(...boxes.map((one) => one.y + one.height)) + AIR;
  const [wide, high] = [Math.min(800, innerWidth), Math.min(570, 0.8 * innerHeight)];
  const [x, y] = [(left + right) / 2, (top + low) / 2];
  return {x, y, wide: Math.max(right - left, wide), high: Math.max(low - top, high)};
}

// While a hand moves some, their ties and names go with them; all else waits until it lets go.
export function carry(places) {
  moved = places;
  for (const id of Object.keys(places)) {
    const [to, from] = [onPage(places[id]), onPage(held.places[id])];
    marksById.get(id).setAttribute("transform", shifted(to));
    namesById.get(id).setAttribute("transform", shifted([to[0] - from[0], to[1] - from[1]]));
  }
  const goes = ([at]) => endsOf(tiesOf(held.map)[at]).some((id) => Object.hasOwn(places, id));
  for (const [at, line] of pairsOf(held.map).filter(goes).flatMap(drawPair)) {
    lines[at].replaceWith(line);
    lines[at] = line;
  }
  if (look.circles) drawCircles();
}

// Who is chosen is seen of the actors alone; ties and names are drawn when something of them is another.
let was = {};
export function draw() {
  const now = {...held, tie: chosen.tie, ...look};
  const isOther = (...keys) => Object.keys(moved).length > 0 || keys.some((key) => now[key] !== was[key]);
  const [ties, names] = [isOther("map", "places", "tie"), isOther("map", "places", "roles", "large")];
  [moved, was] = [{}, now];
  drawCircles();
  if (ties) drawTies();
  drawActors();
  if (names) drawNames();
  byId("empty").hidden = actorsOf(held.map).length > 0;
}

looked(draw);
