// The map by keyboard and by pointer: one actor can be reached with Tab, the others with arrows.

import {byId, say, tell} from "./dom.js";
import {WAYS, nearest} from "./arrows.js";
import {map, marks, svg} from "./page.js";
import {canRedo, canUndo, change, changed, redo, reset, state, undo} from "./store.js";
import {focus, now, point} from "./draw.js";
import {close, open} from "./card.js";
import {dragged, dragging, fit, pan, reveal, zoom} from "./panzoom.js";

let here = Math.max(0, map.a.findIndex((one) => one.i === map.focal));

const actorOf = (target) => {
  const one = target.closest?.(".a,.n");
  return one && one.dataset.a !== undefined ? Number(one.dataset.a) : null;
};

function roam(at) {
  marks[here]?.setAttribute("tabindex", "-1");
  here = at;
  marks[here].setAttribute("tabindex", "0");
}

// Who is nearest in a direction, of those who are shown.
function next(way) {
  const others = map.a.flatMap(({x, y}, at) => (at === here || !now.actors[at] ? [] : [[at, [x, y]]]));
  return nearest(way, [map.a[here].x, map.a[here].y], others);
}

function go(at) {
  if (at === null) return;
  roam(at);
  marks[at].focus({preventScroll: true});
  reveal(map.a[at]);
}

svg.addEventListener("focusin", (event) => {
  const at = actorOf(event.target);
  if (at === null) return;
  if (at !== here) roam(at);
  focus(at);
  if (event.target.matches(":focus-visible")) point(at);
});
svg.addEventListener("focusout", () => {
  focus(null);
  point(null);
});

svg.addEventListener("keydown", (event) => {
  const at = actorOf(event.target);
  if (at === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in WAYS) {
    if (event.shiftKey) pan(...WAYS[event.key].map((one) => 60 * one));
    else go(next(WAYS[event.key]));
  } else if (event.key === "Enter" || event.key === " ") {
    open(at, marks[at]);
    byId("called").focus();
  } else if (event.key === "Home") {
    go(map.a.findIndex((one, place) => one.i === map.focal && now.actors[place]));
  } else return;
  event.preventDefault();
});

svg.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "touch" && !dragging()) point(actorOf(event.target));
});
svg.addEventListener("pointerleave", () => point(null));
svg.addEventListener("click", (event) => {
  if (dragged()) return;
  const at = actorOf(event.target);
  if (at !== null) {
    roam(at);
    open(at, marks[at]);
  } else if (state.open !== null || state.finding !== null) {
    change({open: null, finding: null, drop: false, tie: null});
  }
});

function takeBack() {
  if (undo()) tell(say("taken_back"));
}

function takeUp() {
  if (redo()) tell(say("taken_up"));
}

byId("undo").addEventListener("click", takeBack);
byId("redo").addEventListener("click", takeUp);
byId("reset").addEventListener("click", () => {
  reset();
  fit();
  tell(say("reset"));
});

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input,select,textarea,dialog");
  const command = event.ctrlKey || event.metaKey;
  const letter = command && !typing ? event.key.toLowerCase() : "";
  if (letter === "z" && !event.shiftKey) takeBack();
  else if (letter === "z" || letter === "y") takeUp();
  else if (event.key === "Escape" && !typing) {
    if (state.open !== null) close();
    else change({finding: null});
  } else if (command || event.altKey || (typing && !typing.matches("[type=checkbox]"))) return;
  else if (event.key === "+") zoom(1.5, 0, 0, {now: true});
  else if (event.key === "-") zoom(1 / 1.5, 0, 0, {now: true});
  else if (event.key === "0") fit();
  else if (event.key === "/") byId("search").focus();
  else if (event.key === "?") byId("help").showModal();
  else return;
  event.preventDefault();
});

byId("ask").addEventListener("click", () => byId("help").showModal());
byId("help-close").addEventListener("click", () => byId("help").close());

changed(() => {
  byId("undo").disabled = !canUndo();
  byId("redo").disabled = !canRedo();
  // Tab always leads to somebody who is there.
  if (marks.length && !now.actors[here]) {
    const there = now.actors.indexOf(true);
    if (there >= 0) roam(there);
  }
});
if (marks.length) roam(here);
