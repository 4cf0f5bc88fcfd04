// Search: whoever is called so stands out; Enter opens the first.

import {byId, say, tell} from "./dom.js";
import {map} from "./page.js";
import {lightFound, now} from "./draw.js";
import {open} from "./card.js";
import {reveal} from "./panzoom.js";

const field = byId("search");
const plain = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(map.locale);
const facts = map.a.map((one) => plain(`${one.n} ${one.f.map((fact) => fact[1]).join(" ")}`));
const called = map.a.map((one) => plain(one.n));

function found() {
  const wanted = plain(field.value.trim());
  if (!wanted) return null;
  const by = (told) => told.flatMap((one, at) => (now.actors[at] && one.includes(wanted) ? [at] : []));
  const first = by(called);
  // Whose name begins so stands first; facts are asked only where no name fits.
  first.sort((one, other) => called[other].startsWith(wanted) - called[one].startsWith(wanted));
  return first.length ? first : by(facts);
}

field.addEventListener("input", () => {
  const there = found();
  lightFound(there);
  if (there) tell(say("found", {n: there.length}));
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && field.value) {
    field.value = "";
    lightFound(null);
    event.stopPropagation();
  }
  if (event.key !== "Enter") return;
  const there = found();
  if (!there?.length) return;
  open(there[0], field);
  reveal(map.a[there[0]]);
});
