// What is open as a picture: marks, the lines between them, and names where there is room.

import {byId, drawn} from "./dom.js";
import {nearest} from "./arrows.js";
import {wrapped} from "./names.js";
import {inSight, reveal, sheet} from "./panzoom.js";

const LETTERS = 12; // pixels, however close one looks
const EDGE = 8; // pixels from the frame within which nobody is out of sight
const LEAST = 400; // points that are seen at the least, so that few marks are not drawn huge
const TRIED = 500; // so many names look for room at a time
const pen = document.createElement("canvas").getContext("2d");
const [over, ring] = ["over", "here"].map(byId);

// Spots have a name, a place, a radius and what is drawn there; lines the numbers of their ends and
// what their paths are.
let spots = [];
let lines = [];
let marks = [];
let names = new Map();
let lit = null; // who stands out, and with whom
let kept = null; // … while nobody is pointed at
let here = 0;
let scale = 1;

function boxOf() {
  if (!spots.length) return null;
  const at = (axis, most, way, air) => most(...spots.map((one) => one[axis] + way * (one.r + air)));
  const [left, right] = [at("x", Math.min, -1, 60), at("x", Math.max, 1, 60)];
  const [top, low] = [at("y", Math.min, -1, 45), at("y", Math.max, 1, 45)];
  const [wide, high] = [Math.max(right - left, LEAST), Math.max(low - top, LEAST)];
  return {x: (left + right) / 2, y: (top + low) / 2, wide, high};
}

export function draw(next, place = 0) {
  ({spots, lines} = next);
  [lit, kept] = [null, null];
  const box = boxOf();
  sheet.box = () => box;
  marks = spots.map((one, at) => {
    const mark = drawn("g", {class: "a", role: "button", tabindex: -1, "data-a": at, "aria-label": one.said,
      transform: `translate(${one.x} ${one.y})`});
    mark.append(...one.parts);
    return mark;
  });
  // Thousands of lines are drawn as few paths: those that look alike are one.
  const alike = new Map();
  for (const {d, ...look} of lines.flatMap((one) => one.parts)) {
    const key = JSON.stringify(look);
    if (!alike.has(key)) alike.set(key, [look, []]);
    alike.get(key)[1].push(d);
  }
  byId("marks").replaceChildren(...marks);
  byId("ties").replaceChildren(...[...alike.values()].map(([look, all]) => drawn("path", {...look, d: all.join("")})));
  light(null);
  ring.classList.add("off");
  if (marks.length) roam(place);
}

// --- names

const meet = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];

function written(rows, [x, y], k) {
  const text = drawn("text", {class: "n", "font-size": LETTERS, transform: `translate(${x} ${y}) scale(${1 / k})`});
  text.append(...rows.map((row, at) => {
    const line = drawn("tspan", {x: 0, y: (at + 0.8) * 1.15 * LETTERS});
    line.textContent = row;
    return line;
  }));
  return text;
}

// Around the mark, beneath it first, where neither a name nor another mark is.
const SIDES = [[0, 1], [0, -1], [1, 0], [-1, 0], [0.8, 0.8], [-0.8, 0.8], [0.8, -0.8], [-0.8, -0.8]];
sheet.drawn = (k) => {
  pen.font = `${LETTERS}px ${byId("names").getAttribute("font-family")}`;
  const {x: left, y: top, width, height} = byId("map").viewBox.baseVal;
  const near = spots.flatMap((one, at) => (inSight(one, -60) ? [at] : []));
  const taken = near.map((at) => [spots[at].x - spots[at].r, spots[at].y - spots[at].r,
    spots[at].x + spots[at].r, spots[at].y + spots[at].r, at]);
  names = new Map();
  for (const at of near.slice(0, TRIED)) {
    const {n, x, y, r} = spots[at];
    const rows = wrapped(n);
    const wide = Math.max(...rows.map((row) => pen.measureText(row).width)) / k;
    const high = (rows.length * 1.15 * LETTERS) / k;
    const boxes = SIDES.map(([across, down]) => {
      const middle = x + across * (r + 2 / k + (Math.abs(across) * wide) / 2);
      const over = y + down * (r + 2 / k + high / 2) - high / 2;
      return [middle - wide / 2, over, middle + wide / 2, over + high];
    });
    const box = boxes.find((one) => one[0] > left && one[1] > top && one[2] < left + width && one[3] < top + height &&
      !taken.some((other) => other[4] !== at && meet(one, other)));
    if (!box) continue;
    taken.push(box);
    const text = written(rows, [(box[0] + box[2]) / 2, box[1]], k);
    text.dataset.a = at;
    names.set(at, text);
  }
  byId("names").replaceChildren(...names.values());
  for (const text of byId("map").querySelectorAll(".inside"))
    text.classList.toggle("off", text.dataset.r * k < 11);
  scale = k;
  raise();
};

// --- who stands out

const around = (at) => {
  const own = lines.flatMap((one, place) => (one.a === at || one.b === at ? [place] : []));
  return {lines: own, spots: [...new Set([at, ...own.flatMap((place) => [lines[place].a, lines[place].b])])]};
};

function raise() {
  const k = scale;
  // Whoever stands out has a name, room or not.
  const called = (at) => names.get(at) ??
    (at === lit.at ? written(wrapped(spots[at].n), [spots[at].x, spots[at].y + spots[at].r], k) : null);
  const raised = lit ? [...lit.lines.flatMap((at) => lines[at].parts.map((part) => drawn("path", part))),
    ...lit.spots.map((at) => marks[at]), ...lit.spots.map(called)] : [];
  byId("front").replaceChildren(...raised.filter((one) => one).map((one) => {
    const copy = one.cloneNode(true);
    for (const key of ["tabindex", "role", "aria-label", "data-a"]) copy.removeAttribute(key);
    copy.classList.remove("a");
    return copy;
  }));
  over.classList.toggle("veil", lit !== null);
}

function light(at) {
  lit = at === null ? null : {at, ...around(at)};
  raise();
}
export const point = (at) => light(at ?? kept);
export function keep(at) {
  kept = at;
  light(at);
  ringed(at);
}

function ringed(at) {
  ring.classList.toggle("off", at === null);
  if (at === null) return;
  for (const [key, value] of [["cx", spots[at].x], ["cy", spots[at].y], ["r", spots[at].r + 4]])
    ring.setAttribute(key, value);
}

// --- by keyboard: one of them can be reached with Tab, the others with arrows

function roam(at) {
  marks[here]?.setAttribute("tabindex", "-1");
  here = at;
  marks[here].setAttribute("tabindex", "0");
}

let quiet = false;
// Go to somebody; `alone` where the others are still to be seen.
export function go(at, {alone = true} = {}) {
  if (at === null) return;
  roam(at);
  quiet = !alone;
  marks[at].focus({preventScroll: true});
  quiet = false;
  reveal(spots[at], EDGE);
}

// Who is nearest in a direction.
export function next(way) {
  const others = spots.flatMap(({x, y}, at) => (at === here ? [] : [[at, [x, y]]]));
  return nearest(way, [spots[here].x, spots[here].y], others);
}

export const spotOf = (target) => {
  const at = target.closest?.(".a,.n")?.dataset.a;
  return at === undefined ? null : Number(at);
};

byId("map").addEventListener("focusin", (event) => {
  const at = spotOf(event.target);
  if (at === null) return;
  roam(at);
  ringed(at);
  if (!quiet && event.target.matches(":focus-visible")) point(at);
});
byId("map").addEventListener("focusout", () => {
  point(null);
  ringed(kept);
});
