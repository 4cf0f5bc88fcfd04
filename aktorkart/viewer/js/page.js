// What the page holds: its elements, the map as data, and the texts in the reader's language.

export const byId = (id) => document.getElementById(id);

export const map = JSON.parse(byId("data").textContent);

const decimal = new Intl.NumberFormat(map.locale, {maximumFractionDigits: 3});
export const number = (value) => decimal.format(value);

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

// A text with its values; `n` chooses between one and several.
export function say(code, values = {}) {
  const forms = map.words[code];
  const form = typeof forms === "string" ? forms : values.n === 1 ? forms.one : forms.other;
  return form.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const listed = new Intl.ListFormat(map.locale, {type: "conjunction"});
export const sorted = (actors) =>
  [...actors].sort((one, other) => map.a[one].n.localeCompare(map.a[other].n, map.locale));
export const named = (actors) => listed.format(sorted(actors).map((one) => map.a[one].n));

// Make an element: text is never taken for markup.
export function made(tag, attributes = {}, ...children) {
  const one = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) one.addEventListener(key.slice(2), value);
    else if (value === true) one.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) one.setAttribute(key, value);
  }
  one.append(...children.filter((child) => child !== null));
  return one;
}

export function drawn(tag, attributes = {}) {
  const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

let waiting;
// Tell those who do not see it what has happened; of several things at once the last.
export function tell(words) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    byId("status").textContent = words;
  }, 150);
}
