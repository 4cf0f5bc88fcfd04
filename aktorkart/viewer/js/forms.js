// The fields on the map: a new actor, the other end of a tie, another name.

import {byId, data, made, say, tell} from "./dom.js";
import {actorsOf, held, oneLine} from "./model.js";
import {actor, byName, called, calledBy, choose, chosen, look} from "./chosen.js";
import {focusOn} from "./canvas.js";
import {add, join, rename} from "./deeds.js";
import {kindOptions, kindsIn, kindsNamed, plain, typeahead} from "./typeahead.js";

const fields = ["adding", "tying", "naming"].map(byId);
let place = null;
let sources = [];
let renamed = null;

function show(form, ...inputs) {
  for (const one of fields) one.hidden = one !== form;
  right(form);
  for (const one of inputs) one.value = "";
  inputs[0].focus();
}

function right(form) {
  form.querySelector(".wrong")?.remove();
  for (const one of form.querySelectorAll("input")) one.removeAttribute("aria-invalid");
}

export function hide() {
  for (const one of fields) one.hidden = true;
}

function back() {
  hide();
  if (chosen.here !== null) focusOn(chosen.here);
  else byId("add").focus();
}

for (const form of fields) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    right(form);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") back();
    event.stopPropagation();
  });
  // What is done in a field does not move the map beneath it.
  for (const what of ["pointerdown", "wheel", "dblclick"])
    form.addEventListener(what, (event) => event.stopPropagation());
}
for (const one of document.querySelectorAll(".cancel")) one.addEventListener("click", back);

// --- a new actor

const [name, kind] = ["new-name", "new-kind"].map(byId);
let likely = []; // the kinds that the name says
let byHand = false; // whether somebody has chosen the kind, or chosen none
const ofKind = typeahead(kind, byId("new-kinds"), () => kindOptions(likely));

function guess() {
  const before = String(likely);
  likely = kindsIn(oneLine(name.value));
  if (byHand) return;
  kind.value = likely.length === 1 ? data.kinds[likely[0]].n : "";
  byId("kind-why").textContent =
    likely.length > 1 ? say("kind_which", {kinds: kindsNamed(likely)}) : likely.length ? data.words.kind_guessed : "";
  if (likely.length && String(likely) !== before)
    tell(likely.length > 1 ? byId("kind-why").textContent : `${data.words.kind}: ${kind.value}`);
}

export function askNew(at = null) {
  place = at;
  byHand = false;
  show(byId("adding"), name, kind);
  guess();
}

name.addEventListener("input", guess);
kind.addEventListener("focus", () => kind.select());
kind.addEventListener("input", () => {
  byHand = true;
  byId("kind-why").textContent = "";
});

byId("adding").addEventListener("submit", () => {
  const words = oneLine(name.value);
  const found = ofKind.meant();
  if (found === undefined) return wrong(kind, say("no_kind", {word: kind.value}));
  // Where two kinds fit, it is asked once which.
  if (found === null && !byHand && likely.length > 1) {
    byHand = true;
    kind.focus();
    return ofKind.open();
  }
  const called = words || (found ? data.kinds[found].n : "");
  if (!called) return wrong(name, data.words.no_name);
  hide();
  const one = {name: called.charAt(0).toUpperCase() + called.slice(1)};
  add([found && found !== "unknown" ? {...one, kind: found} : one], place);
  return null;
});

function wrong(input, words) {
  input.setAttribute("aria-invalid", "true");
  input.form.lastElementChild.before(made("p", {class: "wrong"}, words));
  input.focus();
  tell(words);
}

// --- a tie

const [first, other] = ["first-end", "other-end"].map(byId);
const allBut = (ids) =>
  byName(actorsOf(held.map).filter((one) => !ids.includes(one.id)))
    .map((one) => ({value: one.id, label: called(one), words: plain(called(one)).split(/[\s-]+/)}));
const firstEnd = typeahead(first, byId("first-ends"), () => allBut([]));
const from = () => (byId("first").hidden ? sources : [firstEnd.meant()]);
const otherEnd = typeahead(other, byId("other-ends"), () => allBut(from()));

export function askTie() {
  // Keys go to whoever has them, or has a tie in hand; else it is asked from whom.
  const here = chosen.tie !== null || document.activeElement.closest("[data-a]") ? [chosen.here] : [];
  sources = chosen.ids.size ? [...chosen.ids] : here;
  if (sources.length === 2) return join([sources[0]], sources[1]);
  if (actorsOf(held.map).length < 2) return tell(data.words.two_needed);
  byId("first").hidden = sources.length > 0;
  byId("tying-from").textContent =
    sources.length ? say("from_whom", {actor: sources.map(calledBy).join(", ")}) : data.words.to_whom;
  show(byId("tying"), ...(sources.length ? [] : [first]), other);
  return null;
}

byId("tying").addEventListener("submit", () => {
  const ends = from();
  if (!ends[0]) return wrong(first, say("nobody", {word: first.value}));
  if (!other.value) return other.focus();
  const target = otherEnd.meant();
  if (!target) return wrong(other, say("nobody", {word: other.value}));
  hide();
  join(ends, target);
  focusOn(ends[0]);
  return null;
});

// --- another name

export function askName() {
  if (chosen.here === null) return;
  if (look.roles) {
    tell(data.words.roles_on);
    return;
  }
  renamed = chosen.here;
  choose([renamed]);
  show(byId("naming"), byId("other-name"));
  byId("other-name").value = calledBy(renamed);
  byId("other-name").select();
}

byId("naming").addEventListener("submit", () => {
  const words = oneLine(byId("other-name").value);
  if (!words) return wrong(byId("other-name"), data.words.no_name);
  if (words !== called(actor(renamed))) rename(renamed, words);
  back();
  tell(say("renamed", {actor: words}));
  return null;
});
