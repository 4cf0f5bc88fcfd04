// What the page holds: the picture, and the map as data.

import {byId, data, listed} from "./dom.js";

export const map = data;

// Where an actor's or a tie's own values stand among those of its filters.
for (const filter of map.filters)
  filter.at = map.filters.filter((one) => one.of === filter.of).indexOf(filter);
for (const one of [...map.a, ...map.t]) one.g = one.g.map((values) => [values].flat());
export const words = (one, key) => {
  const filter = map.filters.find((each) => each.k === key);
  return one.g[filter.at].map((value) => filter.v[value]).join(", ");
};
// What an actor is comes first, then what else is known of it.
for (const one of map.a)
  one.f = [
    ...["kind", "line", "level"].map((key) => [map.filters.find((each) => each.k === key).t, words(one, key)]),
    ...one.f.map(([label, value]) => [map.labels[label], value]),
  ];

// The picture, and what lies on it: who stands out, rings, ties that are not there. Only the second
// is drawn anew when somebody is pointed at.
export const svg = byId("map");
export const over = byId("over");

export const marks = [...svg.querySelectorAll(".a")];
export const lines = [...svg.querySelectorAll(".t")];
export const names = [...svg.querySelectorAll(".n")];
for (const elements of [marks, names])
  elements.forEach((one, at) => {
    one.dataset.a = at;
  });
for (const one of marks) one.tabIndex = -1;

// The ties of each actor, and who is at their other end.
export const tiesOf = map.a.map(() => []);
map.t.forEach((tie, at) => {
  tiesOf[tie.a].push(at);
  if (tie.b !== tie.a) tiesOf[tie.b].push(at);
});
export const otherEnd = (tie, actor) => (tie.a === actor ? tie.b : tie.a);

export const sorted = (actors) =>
  [...actors].sort((one, other) => map.a[one].n.localeCompare(map.a[other].n, map.locale));
export const named = (actors) => listed.format(sorted(actors).map((one) => map.a[one].n));
