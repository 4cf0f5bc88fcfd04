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

// `options` is asked each time; return what is meant, null for nothing, undefined for what is not known.
export function typeahead(input, list, options) {
  let shown = [];
  let at = -1;

  function show(there) {
    shown = there;
    at = shown.length ? 0 : -1;
    list.replaceChildren(...shown.map((one, place) => made("li",
      {role: "option", id: `${list.id}-${place}`, onpointerdown: (event) => {
        event.preventDefault();
        pick(place);
      }}, one.label)));
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

  return () => {
    const wanted = plain(input.value);
    if (!wanted) return null;
    const exact = options().find((one) => plain(one.label) === wanted);
    return (exact ?? found()[0])?.value;
  };
}

const kinds = Object.entries(data.kinds).map(([value, {n, w}]) => ({value, label: n, words: w.map(plain)}));
export const kindOptions = () => kinds;

// The kind that a word is, as in a cell; undefined for a word of their own.
export function kindNamed(word) {
  const wanted = plain(word);
  return kinds.find(({value, label, words}) => [value, plain(label), ...words].includes(wanted))?.value;
}

// The kind that a name begins with: «Fastlegen» is a fastlege, «NAV Fjordvik» NAV.
export function kindIn(name) {
  const wanted = plain(name);
  const begins = (word) =>
    word.length > 2 && wanted.startsWith(word) && !/^\p{L}{4}/u.test(wanted.slice(word.length));
  const found = kinds.flatMap(({value, label, words}) =>
    [plain(label), ...words].filter(begins).map((word) => [word.length, value]));
  return found.sort((one, other) => other[0] - one[0])[0]?.[1];
}
