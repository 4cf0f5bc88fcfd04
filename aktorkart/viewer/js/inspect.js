// The card of what is in hand: an actor's or a tie's fields, each with its key.

import {byId, data, made, number, say, tell} from "./dom.js";
import {
  actorsOf, held, isDate, isMutual, kindOf, lined, oneLine, otherEnd, tieKindOf, tiesById, tiesOf,
} from "./model.js";
import {actor, called, calledBy, choose, chosen, inOrder, look, looked} from "./chosen.js";
import {
  QUALITIES, isUsual, remove, rename, setActor, setKind, setMap, setQuality, setStrength, setTie, setWay, tieName,
  turnNeeded,
} from "./deeds.js";
import {boxOf, focusOn} from "./canvas.js";
import {askTie} from "./forms.js";
import {pan} from "./panzoom.js";

const card = byId("card");
const kbd = (key) => made("kbd", {"aria-hidden": "true"}, key);

const keyed = (tag, label, key, attributes = {}) =>
  made(tag, attributes, label, ...(key ? [" ", kbd(key)] : []));

export const field = (id, label, input, key = null) => {
  input.id = id;
  return made("label", {class: "field", for: id}, keyed("span", label, key), input);
};

// A text that is taken when it is left or Enter is pressed.
export const typed = (value, taken, attributes = {}) =>
  made("input", {type: "text", value, autocomplete: "off", ...attributes,
    onchange: (event) => taken(oneLine(event.target.value))});

function selected(options, value, taken) {
  return made("select", {onchange: (event) => taken(event.target.value)},
    ...options.map(([each, label]) => made("option", {value: each, selected: each === value}, label)));
}

const button = (words, onclick, key = null, attributes = {}) =>
  keyed("button", words, key, {type: "button", onclick, ...attributes});

const kindChoices = () => {
  const names = Object.entries(data.kinds).map(([kind, {n}]) => [kind, n]);
  const order = inOrder(names.map(([, name]) => name));
  return names.sort((one, other) => order.indexOf(one[1]) - order.indexOf(other[1]));
};

function judged(one, issue) {
  const own = one.publics?.[issue.id] ?? {};
  const set = (key, value) => {
    const next = {...own, [key]: value || undefined};
    const publics = {...one.publics, [issue.id]: Object.fromEntries(Object.entries(next).filter(([, each]) => each))};
    if (!Object.keys(publics[issue.id]).length) delete publics[issue.id];
    setActor(one.id, {publics});
  };
  const levels = [["", data.words.unknown], ["high", data.words.high], ["low", data.words.low]];
  return made("fieldset", {class: "issue"}, made("legend", {}, issue.title ?? issue.id),
    ...["problem", "constraint", "involvement"].map((key) =>
      field(`${key}-${issue.id}`, data.words[key], selected(levels, own[key] ?? "", (value) => set(key, value)))));
}

const RATED = [1, 2, 3, 4, 5];
function rated(one, key) {
  const options = [["", data.words.unknown], ...RATED.map((value) => [String(value), number(value)])];
  const own = one[key] === undefined ? "" : String(one[key]);
  if (own && !RATED.includes(one[key])) options.push([own, number(one[key])]);
  return field(`rated-${key}`, data.words[key],
    selected(options, own, (value) => setActor(one.id, {[key]: value ? Number(value) : undefined})));
}

// `taken` says no where it is not to be had.
function dated(value, taken) {
  const input = typed(value ?? "", (words) => {
    const isOne = !words || isDate(words);
    if (!isOne) tell(data.words.no_date);
    if (isOne && taken(words || undefined)) return;
    input.setAttribute("aria-invalid", "true");
  }, {placeholder: "2026-03-01"});
  return input;
}

const noted = (value, taken) => {
  const area = made("textarea", {rows: 2, onchange: () => taken(lined(area.value) || undefined)}, value ?? "");
  return look.roles ? null : field("card-note", data.words.remark, area);
};

function parted(words) {
  const all = words.split(";").map((word) => word.trim()).filter((word) => word);
  return all.length ? [...new Set(all)] : undefined;
}

function onActor(one) {
  const own = tiesById(held.map).get(one.id);
  const middle = held.map.focal === one.id;
  return [
    look.roles ? null : field("card-name", data.words.name,
      typed(called(one), (name) => name && rename(one.id, name)), "F2"),
    field("card-kind", data.words.kind, selected(kindChoices(), kindOf(one), (kind) =>
      setActor(one.id, {kind: kind === "unknown" ? undefined : kind}))),
    look.roles ? null : field("card-organisation", data.words.organisation,
      typed(one.organisation ?? "", (words) => setActor(one.id, {organisation: words || undefined}))),
    look.roles ? null : field("card-tasks", data.words.tasks,
      typed((one.tasks ?? []).join("; "), (words) => setActor(one.id, {tasks: parted(words)}))),
    made("div", {class: "row"}, button(data.words.tie_new, askTie, "R"),
      button(data.words.middle, () => setMap({focal: middle ? undefined : one.id}), null,
        {"aria-pressed": String(middle)}),
      button(data.words.remove, remove, "Delete")),
    made("h3", {}, say("ties", {n: own.length})),
    made("ul", {class: "ties"}, ...own.map((at) => made("li", {},
      button(calledBy(otherEnd(tiesOf(held.map)[at], one.id)), () => choose([], at), null, {class: "link"}),
      made("span", {class: "soft"}, told(tiesOf(held.map)[at]))))),
    made("h3", {}, data.words.judged),
    made("div", {class: "pair"}, rated(one, "power"), rated(one, "interest")),
    ...(held.map.issues ?? []).map((issue) => judged(one, issue)),
    noted(one.note, (note) => setActor(one.id, {note})),
  ];
}

function told(tie) {
  const parts = [data.ties[tieKindOf(tie)]];
  if (tie.strength !== undefined) parts.push(say("strength", {value: number(tie.strength)}));
  if (tie.needed) parts.push(data.words.needed);
  if (tie.quality) parts.push(data.qualities[tie.quality]);
  return parts.join(" · ");
}

function strengths(at) {
  const {strength} = tiesOf(held.map)[at];
  if (!isUsual()) {
    const input = typed(strength ?? "", (value) => {
      const given = Number(value.replace(",", "."));
      if (!value) setStrength(at, undefined);
      else if (given > 0) setStrength(at, given);
    }, {inputmode: "decimal"});
    return field("card-strength", data.words.strength_head, input);
  }
  return made("fieldset", {class: "strengths"}, made("legend", {}, data.words.strength_how),
    ...[1, 2, 3, 4, 5, undefined].map((value) => button(value ?? "?", () => setStrength(at, value), null,
      {id: `strength-${value ?? 0}`, "aria-pressed": String(strength === value),
        "aria-label": value ? say("strength", {value}) : data.words.strength_unknown})));
}

function onTie(at) {
  const tie = tiesOf(held.map)[at];
  const [one, other] = [tie.source, tie.target].map(calledBy);
  const ways = [["both", `${one} – ${other}`], ["forth", `${one} → ${other}`], ["back", `${other} → ${one}`]];
  const qualities = QUALITIES.map((value) => [value ?? "", value ? data.qualities[value] : data.words.quality_unknown]);
  return [
    strengths(at),
    field("card-kind", data.words.kind, selected(Object.entries(data.ties), tieKindOf(tie), (kind) => {
      if (!setKind(at, kind)) show();
    }), "T"),
    field("card-way", data.words.way, selected(ways, isMutual(tie) ? "both" : "forth", (way) => setWay(at, way)), "D"),
    field("card-quality", data.words.quality,
      selected(qualities, tie.quality ?? "", (value) => setQuality(at, value || undefined)), "Q"),
    made("label", {class: "check"}, made("input", {type: "checkbox", id: "card-needed",
      checked: Boolean(tie.needed), onchange: () => turnNeeded(at)}), keyed("span", data.words.needed_said, "M")),
    made("div", {class: "pair"}, ...["since", "until"].map((key) =>
      field(`card-${key}`, data.words[key], dated(tie[key], (when) => setTie(at, {[key]: when}))))),
    noted(tie.note, (note) => setTie(at, {note})),
    made("div", {class: "row"}, button(data.words.remove, remove, "Delete")),
  ];
}

function onSeveral(ids) {
  return [made("p", {}, inOrder([...ids].map(calledBy)).join(", ")),
    made("div", {class: "row"}, ...(ids.size === 2 ? [button(data.words.tie_new, askTie, "R")] : []),
      button(data.words.remove, remove, "Delete")),
    made("p", {class: "soft by-keys"}, data.words.several_how)];
}

// Where the card lies over the map, whoever is in hand is not left beneath it.
const BENEATH = 40; // pixels for a name
function uncover() {
  if (getComputedStyle(card).position !== "fixed") return;
  const hidden = boxOf(chosen.here).bottom + BENEATH - card.getBoundingClientRect().top;
  if (hidden > 0) pan(0, hidden);
}

function show() {
  const {ids, tie} = chosen;
  const one = ids.size === 1 ? actor([...ids][0]) : null;
  card.hidden = tie === null && !ids.size;
  byId("tabs").hidden = !card.hidden;
  const kept = card.contains(document.activeElement) ? document.activeElement.id || "called" : null;
  const title = tie === null ? (one ? called(one) : say("chosen", {n: ids.size})) : tieName(tie);
  if (card.hidden) {
    card.replaceChildren();
    return;
  }
  const parts = tie === null ? (one ? onActor(one) : onSeveral(ids)) : onTie(tie);
  card.replaceChildren(
    made("div", {class: "head"}, made("h2", {id: "called", tabindex: "-1"}, title),
      made("button", {type: "button", id: "close", onclick: close}, data.words.close)),
    ...parts.filter((part) => part !== null));
  uncover();
  if (!kept) return;
  const field = card.querySelector(`#${CSS.escape(kept)}`) ?? byId("called");
  field.focus();
  if (field.matches("input[type=text]")) field.select();
}

// Who goes from one text field to another, or to a button, gets there before the card is made anew.
const isText = (one) => one.matches("input[type=text],textarea") && card.contains(one);
let [pressed, leaving, stale] = [false, false, false];
function settle(left = null) {
  const now = document.activeElement;
  if (!leaving || pressed || (isText(now) && now !== left)) return;
  leaving = false;
  if (stale) show();
  stale = false;
}
const settled = () => setTimeout(settle);
card.addEventListener("change", ({target}) => {
  if (!isText(target)) return;
  leaving = true;
  setTimeout(settle, 0, target);
}, true);
card.addEventListener("focusout", settled);
card.addEventListener("pointerdown", () => {
  pressed = true;
});
for (const what of ["pointerup", "pointercancel"])
  addEventListener(what, () => {
    pressed = false;
    settled();
  });

function close() {
  const here = chosen.here;
  choose([]);
  if (actorsOf(held.map).length) focusOn(here);
}

export function openCard() {
  if (!chosen.ids.size && chosen.tie === null) choose([chosen.here]);
  card.querySelector("input,select,button:not(#close)")?.focus();
}

card.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  focusOn(chosen.here);
});

looked(() => {
  if (leaving) stale = true;
  else show();
});
