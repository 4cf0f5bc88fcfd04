// The findings as a list: each lights up the actors and ties that it is about.

import {byId, made, say, tell} from "./dom.js";
import {map} from "./page.js";
import {change, changed, state} from "./store.js";

const buttons = [];

for (const level of ["gap", "strength", "note"]) {
  const own = map.f.flatMap((one, at) => (one.l === level ? [at] : []));
  if (!own.length) continue;
  byId("findings").append(
    made("h2", {}, say(level === "strength" ? "works" : level)),
    made("ul", {class: "findings"}, ...own.map((at) => made("li", {class: level}, button(at)))),
  );
}
if (!map.f.length) byId("findings").append(made("p", {}, say("no_findings")));

function button(at) {
  const one = map.f[at];
  buttons[at] = made(
    "button",
    {type: "button", "aria-pressed": "false", onclick: () => {
      const off = state.finding === at;
      change({finding: off ? null : at, open: null, drop: false, tie: null});
      if (!off) tell(say("lit", {n: new Set([...one.a, ...one.n.flat()]).size}));
    }},
    made("span", {class: "sign", "aria-hidden": "true"}, one.s),
    one.x,
  );
  return buttons[at];
}

changed(() =>
  buttons.forEach((one, at) => one.setAttribute("aria-pressed", String(state.finding === at))),
);
