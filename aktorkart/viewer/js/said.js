// Findings as sentences: the catalogues' own, filled in as Python fills them.

import {data, number, say} from "./dom.js";
import {calledBy, inOrder} from "./chosen.js";

const FEW = 4;
const MANY = 8;
const more = (n) => say("more", {n});

function word(one) {
  if (one.who !== undefined) return calledBy(one.who);
  if (one.between) return one.between.map(calledBy).join(one.mutual ? " – " : " → ");
  return filled(data.words.quoted, {value: one.quoted});
}

const joined = (words) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${data.words.and} ${words.at(-1)}`;

// As many names as can be read at once; the others are counted.
function some(all) {
  const kept = all.length > MANY ? all.slice(0, MANY - 1) : all;
  const counted = all.length - kept.length;
  const words = kept.map(word);
  if (kept[0]?.quoted !== undefined) return joined(counted ? [...words, more(counted)] : words);
  const names = inOrder(words);
  if (names.length + counted <= FEW) return joined(names);
  return joined([...names.slice(0, FEW - 1), more(all.length - FEW + 1)]);
}

function filled(template, values) {
  return template.replace(/\{(\w+)(?::(=?)([^|}]*)\|([^}]*))?\}/g, (_, name, only, one, other) => {
    const value = values[name];
    if (one === undefined) return typeof value === "number" ? number(value) : value;
    const noun = value === 1 ? one : other;
    if (one.includes("#") || other.includes("#")) return noun.replace("#", number(value));
    return only ? noun : `${number(value)} ${noun}`;
  });
}

export function sentence(finding) {
  const template = data.rules.texts[finding.code][finding.case];
  const form = typeof template === "string" ? template : template[finding.numbers.n === 1 ? "one" : "other"];
  const words = Object.fromEntries(
    Object.entries(finding.words).map(([key, value]) => [key, Array.isArray(value) ? some(value) : word(value)]));
  return filled(form, {...finding.numbers, ...words});
}
