// The fields on the map: a new actor, the other end of a tie, another name.

import {byId, data, made, say, tell} from "./dom.js";
import {actorsOf, held, oneLine} from "./model.js";
import {actor, byName, called, calledBy, choose, chosen, look} from "./chosen.js";
import {focusOn} from "./canvas.js";
import {add, join, rename} from "./deeds.js";
import {kindIn, kindOptions, plain, typeahead} from "./typeahead.js";

const fields = ["adding", "tying", "naming"].map(byId);
let place = null;
let sources = [];
let renamed = null;

function show(form, ...inputs) {
  for (const one of fields) one.hidden = one !== form;
  form.querySelector(".wrong")?.remove();
  for (const one of inputs) {
    one.value = "";
    one.removeAttribute("aria-invalid");
  }
  form.querySelector("input").focus();
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
const kindMeant = typeahead(kind, byId("new-kinds"), kindOptions);

export function askNew(at = null) {
  place = at;
  kind.placeholder = data.words.kind_usual;
  show(byId("adding"), name, kind);
}

name.addEventListener("input", () => {
  const found = kindIn(name.value);
  kind.placeholder = found ? data.kinds[found].n : data.words.kind_usual;
});

byId("adding").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = oneLine(name.value);
  const meant = kindMeant();
  if (meant === undefined) return wrong(kind, say("no_kind", {word: kind.value}));
  const found = meant ?? kindIn(words);
  const called = words || (found ? data.kinds[found].n : "");
  if (!called) return wrong(name, data.words.no_name);
  hide();
  const one = {name: called.charAt(0).toUpperCase() + called.slice(1)};
  add([found && found !== "unknown" ? {...one, kind: found} : one], place);
  return null;
});

function wrong(input, words) {
  input.setAttribute("aria-invalid", "true");
  input.form.querySelector(".wrong")?.remove();
  input.form.lastElementChild.before(made("p", {class: "wrong"}, words));
  input.focus();
  tell(words);
}

// --- a tie

const others = () =>
  byName(actorsOf(held.map).filter((one) => !sources.includes(one.id)))
    .map((one) => ({value: one.id, label: called(one), words: plain(called(one)).split(/[\s-]+/)}));
const end = byId("other-end");
const endMeant = typeahead(end, byId("other-ends"), others);

export function askTie() {
  sources = chosen.ids.size ? [...chosen.ids] : chosen.here === null ? [] : [chosen.here];
  if (sources.length === 2) return join([sources[0]], sources[1]);
  if (!sources.length || actorsOf(held.map).length < 2) return tell(data.words.two_needed);
  byId("tying-from").textContent = say("from_whom", {actor: sources.map(calledBy).join(", ")});
  show(byId("tying"), end);
  return null;
}

byId("tying").addEventListener("submit", (event) => {
  event.preventDefault();
  const target = endMeant();
  if (!target) return wrong(end, say("nobody", {word: end.value}));
  hide();
  join(sources, target);
  focusOn(sources[0]);
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

byId("naming").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = oneLine(byId("other-name").value);
  if (!words) return wrong(byId("other-name"), data.words.no_name);
  if (words !== called(actor(renamed))) rename(renamed, words);
  back();
  tell(say("renamed", {actor: words}));
  return null;
});
