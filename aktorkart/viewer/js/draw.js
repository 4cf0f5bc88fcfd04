// The state put on the picture: what is there, what stands out, sizes, colours, ties to come.

import {byId, drawn} from "./dom.js";
import {lines, map, marks, names, over, svg} from "./page.js";
import {changed, state} from "./store.js";
import {lit, lost, seen} from "./seen.js";

export const now = seen();
let pointed = null;
let found = null;
let focused = null;

function put(elements, there) {
  elements.forEach((one, at) => one.classList.toggle("off", !there[at]));
}

// Who stands out is drawn once more, on top of all others, which are faint behind a veil.
let raised = [];
function raise(out) {
  for (const one of raised) one.classList.remove("lit");
  const those = (all, elements, there) =>
    [...new Set(all)].filter((at) => there[at]).map((at) => elements[at]);
  const [ties, actors, called] = out
    ? [
        those(out.ties, lines, now.ties),
        those(out.actors, marks, now.actors),
        those(out.actors, names, now.actors),
      ]
    : [[], [], []];
  raised = [...ties, ...actors, ...called];
  const copies = raised.map((one) => {
    const copy = drawn(one.tagName);
    for (const key of ["class", "transform", "font-size"])
      if (one.hasAttribute(key)) copy.setAttribute(key, one.getAttribute(key));
    copy.classList.remove("a", "near");
    copy.append(...[...one.childNodes].map((part) => part.cloneNode(true)));
    return copy;
  });
  for (const one of raised) one.classList.add("lit");
  byId("front").replaceChildren(...copies);
  over.classList.toggle("veil", out !== null);
}

export const radiusOf = (at) => map.a[at].r[state.size];

function sized() {
  marks.forEach((mark, at) => {
    const radius = radiusOf(at);
    for (const use of mark.querySelectorAll("use")) {
      const full = radius + (use.dataset.out ? Number(use.dataset.out) : 0);
      use.setAttribute("transform", `scale(${full})`);
      const width = (use.dataset.w ?? map.edge) / full;
      use.setAttribute("stroke-width", width);
      if (use.dataset.dash)
        use.setAttribute("stroke-dasharray", use.dataset.dash.split(" ").map((one) => one * width));
    }
    const usual = map.a[at].r[0];
    const down = radius - usual;
    if (names[at].classList.contains("near"))
      names[at].setAttribute("transform", `translate(0 ${down})`);
  });
  map.t.forEach((tie, at) => {
    if (state.size) lines[at].setAttribute("transform", fitted(tie));
    else lines[at].removeAttribute("transform");
  });
}

// Where a tie meets marks of another size: turned and stretched a little, so that its ends do.
function fitted(tie) {
  const [x, y, endX, endY] = tie.e;
  const [nearX, nearY] = met(tie.a, x, y);
  const [farX, farY] = met(tie.b, endX, endY);
  const [wide, high] = [endX - x, endY - y];
  const square = wide * wide + high * high || 1;
  const a = ((farX - nearX) * wide + (farY - nearY) * high) / square;
  const b = ((farY - nearY) * wide - (farX - nearX) * high) / square;
  return `matrix(${a} ${b} ${-b} ${a} ${nearX - a * x + b * y} ${nearY - b * x - a * y})`;
}

function met(actor, x, y) {
  const one = map.a[actor];
  const away = Math.hypot(x - one.x, y - one.y) || 1;
  const share = 1 + (radiusOf(actor) - one.r[0]) / away;
  return [one.x + (x - one.x) * share, one.y + (y - one.y) * share];
}

function colored() {
  marks.forEach((mark, at) =>
    mark.querySelector("use").setAttribute("href", `#m${map.a[at].m[state.color]}`),
  );
}

// Ties that are not there, and rings around those who are cut off.
function added() {
  const pairs = state.finding === null ? [] : [...map.f[state.finding].n];
  if (state.open !== null && state.tie !== null) pairs.push([state.open, state.tie]);
  const parts = pairs.map(([one, other]) => {
    const [from, to] = [map.a[one], map.a[other]];
    const long = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [x, y] = [(to.x - from.x) / long, (to.y - from.y) / long];
    const [start, end] = [radiusOf(one) + 2, radiusOf(other) + 2];
    return drawn("path", {
      class: "come",
      d: `M${from.x + x * start} ${from.y + y * start}L${to.x - x * end} ${to.y - y * end}`,
    });
  });
  if (state.drop)
    for (const at of lost())
      parts.push(
        drawn("circle", {class: "cut", cx: map.a[at].x, cy: map.a[at].y, r: radiusOf(at) + 4}),
      );
  byId("more").replaceChildren(...parts);
}

function ringed() {
  const at = focused ?? state.open;
  const ring = byId("here");
  ring.classList.toggle("off", at === null || !now.actors[at]);
  if (at === null) return;
  ring.setAttribute("cx", map.a[at].x);
  ring.setAttribute("cy", map.a[at].y);
  ring.setAttribute("r", radiusOf(at) + 5);
}

export function draw() {
  Object.assign(now, seen());
  put(marks, now.actors);
  put(names, now.actors);
  put(lines, now.ties);
  raise(lit(pointed, found));
  added();
  ringed();
}

// Who is under the pointer or has the focus stands out for as long.
const pointers = [];
export const pointing = (listener) => pointers.push(listener);
export function point(actor) {
  if (pointed === actor) return;
  pointed = actor;
  for (const listener of pointers) listener(actor);
  raise(lit(pointed, found));
}

export function focus(actor) {
  focused = actor;
  ringed();
}

export function lightFound(actors) {
  found = actors;
  raise(lit(pointed, found));
}

changed((what) => {
  if (what.has("size")) sized();
  if (what.has("color")) colored();
  for (const one of [svg, over]) one.classList.toggle("compared", state.when === "both");
  draw();
});
