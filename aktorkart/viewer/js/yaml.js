// The map as a file: JSON, or the YAML that people read, written as Python writes it.

import {data} from "./dom.js";

const WIDTH = 120;

// Numbers that a browser would write in another way come as text in an object of its own.
const isExact = (value) => value !== null && typeof value === "object" && typeof value.$ === "string";

const MARK = "\u0001";
export function toJson(map) {
  const written = JSON.stringify(map, (_, value) => (isExact(value) ? MARK + value.$ : value), 2);
  return `${written.replace(/"\\u0001([^"]*)"/g, "$1")}\n`;
}

// What some reader of YAML takes for something else than text.
const ELSEWHERE = new RegExp(
  "^(?:y|n|yes|no|on|off|true|false|null|none|~|=|<<|[-+]?\\.?(?:inf|nan)|[-+]?0[box]?[0-9a-f_]+" +
    "|[-+]?[0-9._,]*[0-9][0-9._,]*(?:e[-+]?[0-9_]+)?|[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\\.[0-9_]*)?" +
    "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\\s].*)?)$",
  "i",
);
const UNPRINTABLE = /(?! )[\p{C}\p{Z}]/u;
const ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"'};

function escaped(letter) {
  if (ESCAPES[letter]) return ESCAPES[letter];
  if (!UNPRINTABLE.test(letter)) return letter;
  const code = letter.codePointAt(0).toString(16).toUpperCase();
  const [kind, digits] = [["x", 2], ["u", 4], ["U", 8]].find(([, most]) => code.length <= most);
  return `\\${kind}${code.padStart(digits, "0")}`;
}

const isSafe = (word) =>
  word !== "" && word === word.trim() && !"-?:,[]{}#&*!|>'\"%@`=".includes(word[0]) &&
  !word.startsWith("...") && !/:(\s|$|[,[\]{}])|\s#/.test(word) && !ELSEWHERE.test(word);

function text(word, inside = true) {
  if (UNPRINTABLE.test(word)) return `"${[...word].map(escaped).join("")}"`;
  if (isSafe(word) && !(inside && /[,?[\]{}]/.test(word))) return word;
  return /["\\]/.test(word) ? `'${word.replaceAll("'", "''")}'` : `"${word}"`;
}

function flow(value, key, inside = true) {
  if (isExact(value)) return value.$;
  if (Array.isArray(value)) return `[${value.map((one) => flow(one, key)).join(", ")}]`;
  if (value !== null && typeof value === "object")
    return `{${pairs(value).map(([name, one]) => `${text(name)}: ${flow(one, within(key, name))}`).join(", ")}}`;
  if (typeof value !== "string") return String(value);
  return data.fields.dates.includes(key) ? value : text(value, inside);
}

// A tag that is called as a field of dates holds whatever it holds.
const within = (key, name) => (key === "tags" ? "" : name);
const pairs = (value) => Object.entries(value);

function isParagraphs(value) {
  const body = value.replace(/\n$/, "");
  const lines = body.split("\n");
  return (
    lines.length > 1 && lines[0].trim() !== "" && lines.at(-1).trim() !== "" && !lines[0].startsWith(" ") &&
    lines.every((line) => !UNPRINTABLE.test(line) && line === line.trimEnd())
  );
}

function field(key, value, indent, holds = key) {
  const head = `${indent}${text(key)}:`;
  if (typeof value === "string" && isParagraphs(value)) {
    const body = value.replace(/\n$/, "").split("\n").map((line) => (line ? `${indent}  ${line}` : ""));
    return [`${head} ${value.endsWith("\n") ? "|" : "|-"}`, ...body];
  }
  const line = `${head} ${flow(value, holds, false)}`;
  const long = [...line].length > WIDTH;
  if (!long || value === null || typeof value !== "object" || isExact(value) || !pairs(value).length) return [line];
  if (Array.isArray(value)) return [head, ...value.map((one) => `${indent}  - ${flow(one, key)}`)];
  return [head, ...pairs(value).flatMap(([name, one]) => field(name, one, `${indent}  `, within(key, name)))];
}

function item(one, key) {
  const line = `  - ${flow(one, key)}`;
  const broken = Object.values(one).some((value) => typeof value === "string" && value.includes("\n"));
  if ([...line].length <= WIDTH && !broken) return [line];
  const lines = pairs(one).flatMap(([name, value]) => field(name, value, "    "));
  return [`  - ${lines[0].slice(4)}`, ...lines.slice(1)];
}

export function toYaml(map) {
  const lines = pairs(map).flatMap(([key, value]) =>
    Array.isArray(value) && typeof value[0] === "object" && !Array.isArray(value[0])
      ? [`${key}:`, ...value.flatMap((one) => item(one, key))]
      : field(key, value, ""));
  return `${lines.join("\n")}\n`;
}
