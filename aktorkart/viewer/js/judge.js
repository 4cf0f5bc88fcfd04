// Power and interest: who is placed where in a grid; and the issues that actors are judged on.

import {byId, data, made, say, tell} from "./dom.js";
import {actorsOf, change, changed, held, newId, oneLine, withFields} from "./model.js";
import {actor, byName, called, looked} from "./chosen.js";
import {setActor} from "./deeds.js";

const dialog = byId("grid");
const STEPS = [1, 2, 3, 4, 5];
const near = (value) => Math.min(5, Math.max(1, Math.round(value)));
let dragged = null;
let picked = null; // who goes where is pressed next

const isPlaced = (one) => one.power !== undefined && one.interest !== undefined;
// The step of the grid that an actor stands on: of power, and of interest; none where it is not placed.
const stepsOf = (one) => (isPlaced(one) ? [near(one.power), near(one.interest)] : []);

function put(id, power, interest) {
  picked = null;
  setActor(id, {power, interest});
  dialog.querySelector(`[data-chip="${CSS.escape(id)}"]`)?.focus();
  tell(power === undefined ? data.words.grid_out : say("grid_at", {power, interest}));
}

function chip(one) {
  const [power, interest] = stepsOf(one);
  const where = power ? say("grid_at", {power, interest}) : data.words.grid_out;
  return made("button", {type: "button", class: "chip", "data-chip": one.id,
    "aria-label": `${called(one)}. ${where}`, "aria-pressed": String(picked === one.id),
    onkeydown: (event) => step(event, one),
    onpointerdown: (event) => {
      dragged = one.id;
      event.target.releasePointerCapture?.(event.pointerId);
    }}, called(one));
}

const WAYS = {ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1]};
function step(event, one) {
  const way = WAYS[event.key];
  if (way && isPlaced(one)) put(one.id, near(one.power + way[0]), near(one.interest + way[1]));
  else if (way || event.key === "Enter" || event.key === " ") {
    if (!isPlaced(one)) put(one.id, 3, 3);
  } else if (event.key === "Delete" || event.key === "Backspace") put(one.id, undefined, undefined);
  else return;
  event.preventDefault();
}

const cellAt = (place) => place?.closest("[data-power],#unplaced");
const stepsAt = ({dataset}) => (dataset.power ? [Number(dataset.power), Number(dataset.interest)] : []);

dialog.addEventListener("pointerup", (event) => {
  if (dragged === null) return;
  const id = dragged;
  dragged = null;
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const cell = cellAt(under);
  if (cell && String(stepsAt(cell)) !== String(stepsOf(actor(id)))) put(id, ...stepsAt(cell));
  else if (under?.dataset.chip === id) {
    picked = picked === id ? null : id;
    show();
  }
});
dialog.addEventListener("click", ({target}) => {
  const cell = target.closest(".chip") ? null : cellAt(target);
  if (picked !== null && cell) put(picked, ...stepsAt(cell));
});

function show() {
  if (!dialog.open) return;
  const all = byName(actorsOf(held.map));
  byId("unplaced").replaceChildren(...all.filter((one) => !isPlaced(one)).map(chip));
  byId("cells").replaceChildren(
    ...[...STEPS].reverse().map((power) => made("tr", {}, made("th", {scope: "row"}, String(power)),
      ...STEPS.map((interest) => made("td", {"data-power": power, "data-interest": interest},
        ...all.filter((one) => String(stepsOf(one)) === `${power},${interest}`).map(chip))))),
    made("tr", {}, made("td", {}), ...STEPS.map((interest) => made("th", {scope: "col"}, String(interest)))));
  byId("issues").replaceChildren(...(held.map.issues ?? []).map((one) => made("li", {}, one.title ?? one.id)));
}

export function openGrid() {
  dialog.showModal();
  show();
  dialog.querySelector(".chip")?.focus();
}

byId("grid-close").addEventListener("click", () => dialog.close());
byId("new-issue").addEventListener("submit", (event) => {
  event.preventDefault();
  const title = oneLine(byId("issue-title").value);
  if (!title) return;
  const issues = held.map.issues ?? [];
  const id = newId(title, new Set(issues.map((one) => one.id)));
  change(withFields(held.map, {issues: [...issues, {id, title}]}));
  byId("issue-title").value = "";
  tell(say("issue_added", {issue: title}));
});

changed(show);
looked(show);
