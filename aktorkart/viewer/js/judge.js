// Power and interest: who is placed where in a grid; and the issues that actors are judged on.

import {byId, data, made, say, tell} from "./dom.js";
import {actorsOf, change, changed, held, newId, oneLine, withFields} from "./model.js";
import {byName, called, looked} from "./chosen.js";
import {setActor} from "./deeds.js";

const dialog = byId("grid");
const STEPS = [1, 2, 3, 4, 5];
const near = (value) => Math.min(5, Math.max(1, Math.round(value)));
let held_ = null;

const isPlaced = (one) => one.power !== undefined && one.interest !== undefined;

function put(id, power, interest) {
  setActor(id, {power, interest});
  dialog.querySelector(`[data-chip="${CSS.escape(id)}"]`)?.focus();
  tell(power === undefined ? data.words.grid_out : say("grid_at", {power, interest}));
}

function chip(one) {
  const where = isPlaced(one) ? say("grid_at", {power: near(one.power), interest: near(one.interest)}) : data.words.grid_out;
  return made("button", {type: "button", class: "chip", "data-chip": one.id, "aria-label": `${called(one)}. ${where}`,
    onkeydown: (event) => step(event, one),
    onpointerdown: (event) => {
      held_ = one.id;
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

dialog.addEventListener("pointerup", (event) => {
  if (held_ === null) return;
  const id = held_;
  held_ = null;
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-power],#unplaced");
  if (!under) return;
  const [power, interest] = [under.dataset.power, under.dataset.interest].map((value) => (value ? Number(value) : undefined));
  const one = actorsOf(held.map).find((each) => each.id === id);
  if (power !== (isPlaced(one) ? near(one.power) : undefined) || interest !== (isPlaced(one) ? near(one.interest) : undefined))
    put(id, power, interest);
});

function show() {
  if (!dialog.open) return;
  const all = byName(actorsOf(held.map));
  byId("unplaced").replaceChildren(...all.filter((one) => !isPlaced(one)).map(chip));
  byId("cells").replaceChildren(
    ...[...STEPS].reverse().map((power) => made("tr", {}, made("th", {scope: "row"}, String(power)),
      ...STEPS.map((interest) => made("td", {"data-power": power, "data-interest": interest},
        ...all.filter((one) => isPlaced(one) && near(one.power) === power && near(one.interest) === interest).map(chip))))),
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
