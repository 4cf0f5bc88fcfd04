// The side panel's card: an actor's facts, ties and findings, and what if it drops out.

import {byId, made, number, say, tell} from "./dom.js";
import {map, marks, named, otherEnd, sorted, tiesOf, words} from "./page.js";
import {change, changed, state} from "./store.js";
import {now, point, pointing} from "./draw.js";
import {seen} from "./seen.js";
import {numbers, tried} from "./whatif.js";

const card = byId("card");
let back = null;

// Open an actor; `from` gets the focus again when the card is closed.
export function open(at, from = null) {
  back = from;
  change({open: at, drop: false, tie: null, finding: null});
  if (at !== null) tell(say("opened", {actor: map.a[at].n, n: tiesThere(at).length}));
}

export function close() {
  open(null, back);
  if (back) back.focus();
}

// Those that are seen, or would be if nobody had dropped out.
let there = now.ties;
const tiesThere = (at) => tiesOf[at].filter((tie) => there[tie]);

// What is read aloud of an actor: its name, and the ties that are seen, the strongest first.
const MOST = 20;
function aloud(at) {
  const own = strongest(at);
  const ties = own.slice(0, MOST).map((place) => {
    const tie = map.t[place];
    const parts = [map.a[otherEnd(tie, at)].n];
    if (tie.s !== null) parts.push(say("strength", {value: number(tie.s)}));
    if (tie.q) parts.push(tie.q);
    return parts.join(", ");
  });
  if (own.length > MOST) ties.push(say("more", {n: own.length - MOST}));
  const actor = map.a[at].n;
  return ties.length ? say("aloud", {actor, ties: ties.join("; ")}) : say("aloud_alone", {actor});
}

const strongest = (at) =>
  tiesThere(at).sort((one, other) => (map.t[other].s ?? 0) - (map.t[one].s ?? 0));

// How a tie is told: to whom, how strong, what kind, how it works.
export function told(tie) {
  const parts = [words(tie, "tie_kind")];
  if (tie.s !== null) parts.push(say("strength", {value: number(tie.s)}));
  if (tie.q) parts.push(tie.q);
  if (tie.c) parts.push(map.cases[tie.c]);
  return parts.join(" · ");
}

function ties(at) {
  const own = strongest(at);
  if (!own.length) return made("p", {}, say("no_ties"));
  return made(
    "ul",
    {class: "ties"},
    ...own.map((place) => {
      const tie = map.t[place];
      const other = otherEnd(tie, at);
      const way = tie.m ? "" : tie.a === at ? "→ " : "← ";
      const go = made(
        "button",
        {
          type: "button",
          class: "link",
          onclick: () => open(other, back),
          onpointerenter: () => point(other),
          onpointerleave: () => point(null),
        },
        way + map.a[other].n,
      );
      return made("li", {}, go, made("span", {class: "soft"}, told(tie)));
    }),
  );
}

function findings(at) {
  const own = map.f.flatMap((one, place) => (one.a.includes(at) ? [place] : []));
  if (!own.length) return null;
  return made(
    "section",
    {},
    made("h3", {}, say("findings")),
    made(
      "ul",
      {class: "findings"},
      ...own.map((place) =>
        made(
          "li",
          {class: map.f[place].l},
          made(
            "button",
            {type: "button", onclick: () => change({finding: place, open: null, drop: false, tie: null})},
            made("span", {class: "sign", "aria-hidden": "true"}, map.f[place].s),
            map.f[place].x,
          ),
        ),
      ),
    ),
  );
}

function what(at) {
  const parts = [];
  if (map.w.drops[at] !== null && map.w.drops[at] !== undefined) {
    parts.push(
      made(
        "button",
        {type: "button", class: "wide", id: "drop", "aria-pressed": String(state.drop),
          onclick: () => change({drop: !state.drop, tie: null, finding: null})},
        say("if_gone"),
      ),
    );
    if (state.drop) parts.push(dropped(at));
  }
  if (map.w.all || map.w.ties.some((one) => one[0] === at || one[1] === at)) parts.push(...joined(at));
  if (!parts.length) return null;
  if (state.day !== map.day) parts.push(made("p", {class: "soft"}, say("on_date", {date: map.date})));
  return made("section", {}, made("h3", {}, say("what_if")), ...parts);
}

function dropped(at) {
  const [tellings, gone, reached, of] = map.w.drops[at];
  const rows = numbers([tellings, gone === null ? null : map.w.now[1] + gone.length, reached, of]);
  const lines = [rows];
  if (gone?.length) lines.push(made("p", {}, say("cut_off_who", {actors: named(gone)})));
  return made("div", {id: "dropped"}, ...lines);
}

function joined(at) {
  const near = new Set(tiesOf[at].map((tie) => otherEnd(map.t[tie], at)));
  const possible = map.w.all
    ? map.a.flatMap((one, other) => (other === at || one.c === "lost" ? [] : [other]))
    : map.w.ties.flatMap((one) => (one[0] === at ? [one[1]] : one[1] === at ? [one[0]] : []));
  const others = sorted(possible).sort((one, other) => near.has(one) - near.has(other));
  const select = made(
    "select",
    {id: "with", onchange: (event) => {
      const value = event.target.value;
      change({tie: value === "" ? null : Number(value), drop: false, finding: null});
    }},
    made("option", {value: ""}, say("choose")),
    ...others.map((other) =>
      made("option", {value: other, selected: other === state.tie}, map.a[other].n),
    ),
  );
  const parts = [made("label", {class: "field", for: "with"}, say("if_tie"), select)];
  if (state.tie !== null) parts.push(made("div", {id: "joined"}, numbers(tried(at, state.tie))));
  return parts;
}

// Whoever is pointed at is shown for as long, where there is room beside the map.
const WAIT = 200; // milliseconds
const wide = matchMedia("(min-width: 52.01rem)");
let pointed = null;
let waiting;
let scrolled = 0;

function show() {
  const looked = state.finding === null && wide.matches ? pointed : null;
  const at = state.open ?? looked;
  const panel = card.parentElement;
  if (card.hidden && at !== null) scrolled = panel.scrollTop;
  const shown = !card.hidden;
  card.hidden = at === null;
  byId("tabs").hidden = at !== null;
  if (at === null) {
    card.replaceChildren();
    if (shown) panel.scrollTop = scrolled;
    return;
  }
  const one = map.a[at];
  const kept = document.activeElement?.id;
  const opened = state.open !== null;
  card.replaceChildren(
    made("div", {class: "head"},
      made("h2", {id: "called", tabindex: "-1"}, one.n),
      opened ? made("button", {type: "button", id: "close", onclick: close}, say("close")) : null,
    ),
    made("dl", {}, ...one.f.flatMap(([key, value]) => [made("dt", {}, key), made("dd", {}, value)])),
    made("section", {}, made("h3", {}, say("ties", {n: tiesThere(at).length})), ties(at)),
    ...[opened ? what(at) : null, findings(at)].filter((part) => part !== null),
  );
  if (kept && byId(kept) && card.contains(byId(kept))) byId(kept).focus();
}

pointing((at) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    pointed = at;
    if (state.open === null) show();
  }, WAIT);
});

const TOLD = ["off", "least", "day", "when"];
changed((parts) => {
  there = state.drop ? seen({drop: false}).ties : now.ties;
  if (TOLD.some((part) => parts.has(part)))
    marks.forEach((mark, at) => mark.setAttribute("aria-label", aloud(at)));
  if (parts.has("open")) pointed = null;
  show();
  if (parts.has("open") && state.open !== null) card.parentElement.scrollTop = card.scrollTop = 0;
});
