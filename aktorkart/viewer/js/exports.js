// What is seen of the map, to take along: as a picture or as data.

import {say} from "./dom.js";
import {map, words} from "./page.js";
import {state} from "./store.js";
import {now} from "./draw.js";
import {picture, pngOf, save, sheetOf} from "./saving.js";

const titleOf = (key) => map.filters.find((one) => one.k === key).t;

export function csv() {
  const heads = [say("from"), say("to"), titleOf("tie_kind"), say("strength_head"),
    titleOf("quality"), say("both_ways")];
  const rows = map.t
    .filter((_, at) => now.ties[at])
    .map((tie) => [map.a[tie.a].n, map.a[tie.b].n, words(tie, "tie_kind"),
      tie.s === null ? null : map.separator === ";" ? String(tie.s).replace(".", ",") : tie.s,
      words(tie, "quality"), say(tie.m ? "yes" : "no")]);
  return sheetOf([heads, ...rows]);
}

export function json() {
  const day = state.day === null ? map.when : map.days[state.day].d;
  const actors = map.a.flatMap((one, at) =>
    now.actors[at] ? [{id: one.i, name: one.n, about: Object.fromEntries(one.f)}] : []);
  const ties = map.t.flatMap((one, at) =>
    now.ties[at]
      ? [{source: map.a[one.a].i, target: map.a[one.b].i, kind: words(one, "tie_kind"),
          strength: one.s, mutual: Boolean(one.m), quality: words(one, "quality")}]
      : []);
  return JSON.stringify({title: map.title, date: day || null, lang: map.lang, actors, ties}, null, 2);
}

save("svg", "image/svg+xml", async () => picture());
save("png", "image/png", async () => pngOf(picture()));
save("csv", "text/csv", async () => csv());
save("json", "application/json", async () => json());
