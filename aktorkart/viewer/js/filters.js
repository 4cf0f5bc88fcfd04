// What is shown: actors by line, level and kind, ties by kind, quality, informant and strength.

import {byId, made, number, say, tell} from "./dom.js";
import {map} from "./page.js";
import {change, changed, state} from "./store.js";
import {now} from "./draw.js";

const boxes = [];

for (const filter of map.filters) {
  if (filter.v.length < 2) continue;
  const set = made("details", {class: "filter"}, made("summary", {}, filter.t));
  const group = made("div", {role: "group", "aria-label": filter.t});
  filter.v.forEach((word, value) => {
    const box = made("input", {type: "checkbox", checked: true, "data-filter": filter.k,
      "data-value": value});
    box.addEventListener("change", () => {
      const off = new Set(state.off[filter.k] ?? []);
      if (box.checked) off.delete(value);
      else off.add(value);
      const all = {...state.off, [filter.k]: [...off].sort((one, other) => one - other)};
      if (!off.size) delete all[filter.k];
      change({off: all});
      tellSeen();
    });
    boxes.push([box, filter.k, value]);
    group.append(made("label", {class: "check"}, box, word));
  });
  set.append(group);
  byId("filters").append(set);
}

const range = byId("least");
if (range)
  range.addEventListener("input", () => {
    const value = Number(range.value);
    change({least: value > Number(range.min) ? value : 0});
    tellSeen();
  });

export function tellSeen() {
  const [actors, ties] = [now.actors, now.ties].map((one) => one.filter(Boolean).length);
  tell(say("seen", {actors, ties}));
}

changed(() => {
  for (const [box, key, value] of boxes) box.checked = !(state.off[key] ?? []).includes(value);
  if (range) {
    range.value = state.least || range.min;
    byId("least-told").textContent =
      state.least ? say("at_least", {value: number(state.least)}) : say("all_strengths");
  }
  const [actors, ties] = [now.actors, now.ties].map((one) => one.filter(Boolean).length);
  byId("seen").textContent = say("seen", {actors, ties});
  // On paper too it is said what stands out, and that this is not all of the map.
  const less = Object.keys(state.off).length || state.least;
  byId("told").textContent = [
    state.drop ? say("gone", {actor: map.a[state.open].n}) : "",
    state.finding === null ? "" : map.f[state.finding].x,
    less ? say("seen", {actors, ties}) : "",
  ].join(" ");
});
