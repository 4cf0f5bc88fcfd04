// The map by hand: pointer, touch and keys.

import {byId, data, drawn, tell} from "./dom.js";
import {nearest} from "./arrows.js";
import {actorsOf, canRedo, canUndo, changed, held, middleOf, otherEnd, tiesById, tiesOf} from "./model.js";
import {choose, chosen, look, looked, turn} from "./chosen.js";
import {CIRCLE, carry, draw, focusOn, fromPage, onPage, placeOf} from "./canvas.js";
import {
  isUsual, join, move, nextKind, nextQuality, nextWay, remove, scale, setStrength, takeBack, takeUp, turnNeeded,
} from "./deeds.js";
import {askName, askNew, askTie, hide} from "./forms.js";
import {openCard} from "./inspect.js";
import {openGrid} from "./judge.js";
import {save} from "./save.js";
import {dragged, fit, pan, reveal, zoom} from "./panzoom.js";

const svg = byId("map");

const markAt = (target) => target.closest?.("[data-a]")?.dataset.a ?? null;
const tieAt = (target) => {
  const one = target.closest?.("[data-t]");
  return one ? Number(one.dataset.t) : null;
};

function spotOf(event) {
  const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [spot.x, spot.y];
}

// --- by pointer: from inside a mark it is moved, from its rim a tie is drawn

const RIM = {mouse: ".reach,.knob", pen: ".reach,.knob", touch: ".knob"};
const FAR = 5; // pixels before it is a drag
let drag = null;
let taken = false; // whether the click that comes after is no click on what lies there now

svg.addEventListener("pointerdown", (event) => {
  const id = markAt(event.target);
  taken = id !== null;
  if (id === null || event.button) return;
  event.stopPropagation();
  hide();
  const rim = event.target.matches(RIM[event.pointerType] ?? RIM.mouse);
  drag = {id, rim, from: spotOf(event), at: [event.clientX, event.clientY], far: false};
  svg.setPointerCapture(event.pointerId);
});

const targetAt = (event) => {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  return under && svg.contains(under) ? markAt(under) : null;
};

const mine = (id) => (chosen.ids.has(id) ? [...chosen.ids] : [id]);
const step = (event) => {
  const spot = spotOf(event);
  return [(spot[0] - drag.from[0]) / data.look.scale, (drag.from[1] - spot[1]) / data.look.scale];
};

svg.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.far ||= Math.hypot(event.clientX - drag.at[0], event.clientY - drag.at[1]) > FAR;
  if (!drag.far) return;
  if (drag.rim) {
    const [from, to] = [onPage(placeOf(drag.id)), spotOf(event)];
    byId("more").replaceChildren(drawn("path", {class: "come", d: `M${from.join(" ")}L${to.join(" ")}`}));
    return;
  }
  const [x, y] = step(event);
  carry(Object.fromEntries(mine(drag.id).map((id) => [id, [held.places[id][0] + x, held.places[id][1] + y]])));
});

svg.addEventListener("pointerup", (event) => {
  if (!drag) return;
  const {id, rim, far} = drag;
  const moved = step(event);
  drag = null;
  byId("more").replaceChildren();
  if (!far) return press(event, id);
  if (!rim) {
    moveTo(mine(id), moved);
    return chosen.ids.has(id) ? null : choose([id]);
  }
  const target = targetAt(event);
  if (target !== null && target !== id) join([id], target);
  return null;
});
svg.addEventListener("pointercancel", () => {
  drag = null;
  byId("more").replaceChildren();
  draw();
});

function press(event, id) {
  if (event.shiftKey || event.ctrlKey || event.metaKey) toggle(id);
  else choose([id]);
  focusOn(id);
}

function toggle(id) {
  const ids = new Set(chosen.ids);
  if (!ids.delete(id)) ids.add(id);
  choose(ids);
  chosen.here = id;
}

// In the circles a place is a strength: of the tie with the middle, where there is one alone.
function moveTo(ids, by) {
  move(ids, by);
  const middle = middleOf(held.map);
  if (!look.circles || !middle || ids.length !== 1 || ids[0] === middle || !isUsual()) return;
  const own = tiesById(held.map).get(ids[0]).filter((at) => otherEnd(tiesOf(held.map)[at], ids[0]) === middle);
  const [[x, y], [otherX, otherY]] = [held.places[ids[0]], held.places[middle]];
  const strength = Math.min(5, Math.max(1, 6 - Math.ceil(Math.hypot(x - otherX, y - otherY) / CIRCLE)));
  if (own.length === 1 && tiesOf(held.map)[own[0]].strength !== strength) setStrength(own[0], strength);
}

svg.addEventListener("click", (event) => {
  if (dragged() || taken) return;
  hide();
  choose([], tieAt(event.target));
});

svg.addEventListener("dblclick", (event) => {
  event.stopPropagation();
  if (markAt(event.target) !== null) askName();
  else askNew(fromPage(spotOf(event)));
});

// --- by keyboard

const WAYS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};
const STEP = 5; // millimetres

// Who is nearest in a direction.
function next(way) {
  const others = actorsOf(held.map).flatMap(({id}) => (id === chosen.here ? [] : [[id, held.places[id]]]));
  return nearest(way, held.places[chosen.here], others);
}

function go(id) {
  if (id === null) return;
  choose([id]);
  focusOn(id);
  const [x, y] = onPage(held.places[id]);
  reveal({x, y});
}

svg.addEventListener("focusin", (event) => {
  const id = markAt(event.target);
  if (id === null || chosen.ids.has(id) || chosen.led || drag) return;
  const tie = chosen.tie === null ? {} : tiesOf(held.map)[chosen.tie];
  if (tie.source === id || tie.target === id) return; // it stays in hand
  if (event.target.matches(":focus-visible")) choose([id]);
});

function byArrow(event) {
  const way = WAYS[event.key];
  if (event.shiftKey) {
    const ids = chosen.ids.size ? chosen.ids : [chosen.here];
    moveTo([...ids], way.map((one) => one * STEP));
    tell(data.words.moved);
  } else go(next(way));
}

svg.addEventListener("keydown", (event) => {
  const id = markAt(event.target);
  if (id === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in WAYS) byArrow(event);
  else if (event.key === " ") toggle(id);
  else if (event.key === "Enter") openCard();
  else return;
  event.preventDefault();
  event.stopPropagation();
});

// Keys for a tie in hand.
function onTie(key) {
  const at = chosen.tie;
  if (at === null) return false;
  if (/^[1-5]$/.test(key)) {
    const [low, high] = scale() ?? [1, 5];
    setStrength(at, low + ((Number(key) - 1) / 4) * (high - low));
  } else if (key === "?" || key === "0") setStrength(at, undefined);
  else if (key === "t") nextKind(at);
  else if (key === "d") nextWay(at);
  else if (key === "q") nextQuality(at);
  else if (key === "m") turnNeeded(at);
  else return false;
  return true;
}

function present(what) {
  const on = turn(what);
  const nobody = what === "circles" && on && middleOf(held.map) === null;
  tell(data.words[nobody ? "circles_nobody" : `${what}_${on ? "on" : "off"}`]);
  if (what === "large") requestAnimationFrame(fit);
}

const KEYS = {
  n: () => askNew(),
  r: askTie,
  g: openGrid,
  c: () => present("circles"),
  p: () => present("large"),
  a: () => present("roles"),
  h: () => byId("help").showModal(),
  "?": () => byId("help").showModal(),
  F2: askName,
  Delete: remove,
  Backspace: remove,
  "+": () => zoom(1.5, 0, 0, {now: true}),
  "-": () => zoom(1 / 1.5, 0, 0, {now: true}),
  "0": fit,
  Escape: () => choose([]),
};

const COMMANDS = {z: takeBack, y: takeUp, s: save, a: () => choose(actorsOf(held.map).map((one) => one.id))};

addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const typing = event.target.closest?.("input:not([type=checkbox],[type=radio]),select,textarea,dialog");
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    if (!(key in COMMANDS) || (typing && key !== "s")) return;
    if (key === "z" && event.shiftKey) takeUp();
    else COMMANDS[key]();
  } else if (typing || event.altKey) return;
  else if (event.shiftKey && event.key in WAYS) pan(...WAYS[event.key].map((one, at) => (at ? -60 : 60) * one));
  else if (onTie(key)) focusOn(chosen.here);
  else if (key in KEYS) KEYS[key]();
  else return;
  event.preventDefault();
});

const BUTTONS = {
  undo: takeBack,
  redo: takeUp,
  add: () => askNew(),
  tie: askTie,
  "grid-open": openGrid,
  "circles-on": KEYS.c,
  "large-on": KEYS.p,
  "roles-on": KEYS.a,
  ask: KEYS.h,
  "help-close": () => byId("help").close(),
};
for (const [id, deed] of Object.entries(BUTTONS)) byId(id).addEventListener("click", deed);
byId("save").addEventListener("click", (event) => {
  if (event.target.closest("button")) byId("save").open = false;
});

function buttons() {
  byId("undo").disabled = !canUndo();
  byId("redo").disabled = !canRedo();
  byId("tie").disabled = actorsOf(held.map).length < 2;
  byId("circles-how").hidden = !look.circles || middleOf(held.map) === null;
  for (const what of ["circles", "large", "roles"]) byId(`${what}-on`).setAttribute("aria-pressed", String(look[what]));
  document.documentElement.classList.toggle("large", look.large);
  byId("title").textContent = document.title = look.roles ? data.words.untitled : held.map.title || data.words.untitled;
}
changed(buttons);
looked(buttons);
