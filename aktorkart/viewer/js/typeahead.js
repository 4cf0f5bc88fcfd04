// A field that finds what is meant while one types: kinds and actors, by any of their words.

import {data, made} from "./dom.js";

export const plain = (word) =>
  word.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(data.locale).trim();

const MOST = 8;

// Options have a value, a label, and words in plain letters that they are found by.
function matching(options, wanted) {
  const rank = ({label, words}) => {
    // What it is called in the reader's language comes before what else people write for it.
    if (plain(label).startsWith(wanted)) return 0;
    if (plain(label).split(/[\s,-]+/).some((one) => one.startsWith(wanted))) return 1;
    if (words.some((one) => one.startsWith(wanted))) return 2;
    return plain(label).includes(wanted) ? 3 : 4;
  };
  const ranked = options.map((one) => [rank(one), one]).filter(([at]) => at < 4);
  return ranked.sort((one, other) => one[0] - other[0]).map(([, one]) => one);
}

// `options` is asked each time. `meant` is what is meant, null for nothing, undefined for what is not known.
export function typeahead(input, list, options) {
  let shown = [];
  let at = -1;

  function show(there) {
    shown = there;
    at = shown.length ? 0 : -1;
    list.replaceChildren(...shown.map((one, place) => made("li",
      // Only when it is let go, else the map beneath is clicked; and the field keeps the keyboard.
      {role: "option", id: `${list.id}-${place}`, onmousedown: (event) => event.preventDefault(),
        onclick: () => pick(place)}, one.label)));
    mark();
  }

  function mark() {
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function pick(place) {
    input.value = shown[place].label;
    show([]);
  }

  const found = () => matching(options(), plain(input.value));

  input.addEventListener("input", () => {
    input.removeAttribute("aria-invalid");
    show(plain(input.value) ? found().slice(0, MOST) : []);
  });
  input.addEventListener("keydown", (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && !shown.length) show(found());
    else if (step) {
      at = (at + step + shown.length) % shown.length;
      mark();
      list.children[at].scrollIntoView({block: "nearest"});
    } else if (event.key === "Enter" && at >= 0) {
      pick(at); // and the form is sent
      return;
    } else if (event.key === "Escape" && shown.length) {
      show([]);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show([]));

  function meant() {
    const wanted = plain(input.value);
    if (!wanted) return null;
    const exact = options().find((one) => plain(one.label) === wanted);
    return (exact ?? found()[0])?.value;
  }
  // Show what there is, and choose none of it.
  function open() {
    show(options());
    at = -1;
    mark();
  }
  return {meant, open};
}

const kinds = Object.entries(data.kinds).map(([value, {n, w}]) => ({value, label: n, words: w.map(plain)}));
// Those that a name may mean come first.
export const kindOptions = (meant) =>
  [...kinds].sort((one, other) => meant.includes(other.value) - meant.includes(one.value));

// --- what people write for a kind, as Python reads it; a test compares

const written = (word) =>
  word.replaceAll("_", " ").toLowerCase().replace(/\s+/g, " ").replace(/^[ .:;]+|[ .:;]+$/g, "");

let known = null;
// Every word with its plural and definite forms; a form that could belong to two words belongs to none.
function forms() {
  if (known) return known;
  const exact = new Map(Object.entries(data.kinds).flatMap(([kind, {n, w}]) =>
    [n, kind, ...w].map((word) => [written(word), kind])));
  known = new Map();
  for (const [word, kind] of exact)
    for (const [end, instead] of Object.entries(data.inflections))
      if (word.endsWith(end))
        for (const ending of instead) {
          const form = word.slice(0, word.length - end.length) + ending;
          known.set(form, (known.get(form) ?? kind) === kind ? kind : null);
        }
  for (const [word, kind] of exact) known.set(word, kind);
  return known;
}

// The kind that a word is, as in a cell; undefined for a word of their own.
export const kindNamed = (word) => forms().get(written(word)) ?? undefined;

// The kinds that the words of a name say: «Fastlege Hansen», «NAV Fjordvik», «Mor (pårørende)».
// A service of another kind is none of those that have their own.
const MOST_WORDS = 8;
export function kindsIn(name) {
  const words = [...name.matchAll(/[\p{L}\p{N}]+/gu)].map((one) => [one.index, one.index + one[0].length]);
  const found = [];
  for (let long = Math.min(MOST_WORDS, words.length); long > 0; long--)
    for (let at = 0; at + long <= words.length; at++) {
      if (found.some(([from, to]) => from <= at && at + long <= to)) continue;
      const kind = kindNamed(name.slice(words[at][0], words[at + long - 1][1]));
      if (kind && kind !== "unknown") found.push([at, at + long, kind]);
    }
  const all = [...new Set(found.map(([, , kind]) => kind))];
  return all.length > 1 ? all.filter((kind) => kind !== "service") : all;
}
const either = new Intl.ListFormat(data.locale, {type: "disjunction"});
export const kindsNamed = (all) => either.format(all.map((kind) => data.kinds[kind].n));
