// What sizes and colours stand for, and the legend that says so.

import {byId, made} from "./dom.js";
import {map} from "./page.js";
import {change, changed, state} from "./store.js";

for (const [key, choices] of [["size", map.sizes], ["color", map.colors]]) {
  const select = byId(key);
  choices.forEach((choice, at) => select.append(made("option", {value: at}, choice.t)));
  select.addEventListener("change", () => change({[key]: Number(select.value)}));
}

changed((what) => {
  byId("size").value = state.size;
  byId("color").value = state.color;
  // Our own markup, in which names are escaped.
  if (what.has("color")) byId("legend-color").innerHTML = map.colors[state.color].l;
  if (what.has("size")) byId("legend-size").innerHTML = map.sizes[state.size].l;
});
