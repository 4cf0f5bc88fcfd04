// The same as a table: who is seen, and the ties that are.

import {byId, made, say} from "./dom.js";
import {map, sorted} from "./page.js";
import {changed} from "./store.js";
import {now} from "./draw.js";
import {open, told} from "./card.js";

const place = byId("table");

const row = (head, ...cells) =>
  made("tr", {}, made("th", {scope: "row"}, head), ...cells.map((cell) => made("td", {}, cell)));

function table(caption, heads, rows) {
  return made(
    "div",
    {class: "scroll", tabindex: "0", role: "region", "aria-label": caption},
    made("table", {},
      made("caption", {}, caption),
      made("thead", {}, made("tr", {}, ...heads.map((head) => made("th", {scope: "col"}, head)))),
      made("tbody", {}, ...rows),
    ),
  );
}

function show() {
  if (!byId("as-table").open) return;
  const actors = sorted(map.a.flatMap((_, at) => (now.actors[at] ? [at] : [])));
  const ties = map.t.filter((_, at) => now.ties[at]);
  place.replaceChildren(
    table(say("actors", {n: actors.length}), [say("name"), say("about"), say("ties_head")],
      actors.map((at) => {
        const go = made("button", {type: "button", class: "link",
          onclick: (event) => open(at, event.target)}, map.a[at].n);
        const own = map.t.filter((tie, place) => now.ties[place] && (tie.a === at || tie.b === at));
        return row(go, map.a[at].f.slice(0, 3).map((fact) => fact[1]).join(" · "),
          String(own.length));
      })),
    table(say("ties", {n: ties.length}), [say("from"), say("to"), say("about")],
      ties.map((tie) =>
        row(map.a[tie.a].n, `${tie.m ? "" : "→ "}${map.a[tie.b].n}`, told(tie)))),
  );
}

byId("as-table").addEventListener("toggle", show);
changed(show);
