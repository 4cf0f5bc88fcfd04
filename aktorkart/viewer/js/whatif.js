// What the numbers are now, and what they would be: looked up, never worked out here.

import {made, say} from "./dom.js";
import {map} from "./page.js";

const LABELS = ["tellings", "cut_off", "reached"];

// The numbers with a tie between two, as they are now where none of them changes.
export function tried(one, other) {
  const found = map.w.ties.find(
    ([first, second]) =>
      (first === one && second === other) || (first === other && second === one),
  );
  return found ? found.slice(2) : map.w.now;
}

export function numbers(after) {
  const before = map.w.now;
  const rows = LABELS.flatMap((label, at) => {
    const [was, is] = [before[at], after[at]];
    if (was === null && is === null) return [];
    const written = (value, of) =>
      value === null ? say("unknown") : at === 2 ? say("of", {n: value, of}) : String(value);
    const same = was === is && (at !== 2 || before[3] === after[3]);
    return [
      made("tr", {class: same ? "same" : "other"},
        made("th", {scope: "row"}, say(label)),
        made("td", {}, written(was, before[3])),
        made("td", {}, written(is, after[3])),
      ),
    ];
  });
  if (!rows.length) return made("p", {}, say("nothing_known"));
  const head = made("tr", {}, made("th", {scope: "col"}, say("number")),
    made("th", {scope: "col"}, say("is")), made("th", {scope: "col"}, say("becomes")));
  const unchanged = rows.every((row) => row.className === "same");
  return made("div", {},
    made("table", {class: "numbers"}, made("thead", {}, head), made("tbody", {}, ...rows)),
    unchanged ? made("p", {class: "soft"}, say("no_change")) : null,
  );
}
