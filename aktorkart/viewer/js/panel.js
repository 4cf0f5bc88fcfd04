// Beside the map: what it says right now, and its own fields.

import {byId, data, made, say, tell} from "./dom.js";
import {changed, held, isDate, oneLine, tieKindOf, tiesOf} from "./model.js";
import {choose, look, looked} from "./chosen.js";
import {setMap} from "./deeds.js";
import {field, typed} from "./inspect.js";
import {rules} from "./rules.js";
import {sentence} from "./said.js";

const HEADS = {gap: "gap", note: "note", strength: "works", unknown: "not_known"};

function light(finding) {
  const [first] = finding.ties;
  const at = first ? tiesOf(held.map).findIndex((tie) =>
    tie.source === first[0] && tie.target === first[1] && tieKindOf(tie) === first[2]) : -1;
  if (finding.actors.length) choose(finding.actors);
  else if (at >= 0) choose([], at);
}

function show() {
  // That nobody is the user is said once.
  const found = rules(held.map).filter((one) => one.code !== "coordinator" || one.case !== "no_user");
  byId("findings").replaceChildren(...Object.entries(HEADS).flatMap(([level, head]) => {
    const own = found.filter((one) => one.level === level);
    if (!own.length) return [];
    return [made("h2", {}, data.words[head]), made("ul", {class: "findings"}, ...own.map((one) =>
      made("li", {class: level}, one.actors.length || one.ties.length
        ? made("button", {type: "button", onclick: () => light(one)}, sign(level), sentence(one))
        : made("p", {}, sign(level), sentence(one)))))];
  }));
  const [first] = found.filter((one) => one.level !== "unknown");
  byId("says").textContent = first ? sentence(first) : "";
}

const sign = (level) => made("span", {class: "sign", "aria-hidden": "true"}, data.signs[level]);

const fields = ["title", "date"].map((key) => [key, byId(`map-${key}`)]);
for (const [key, input] of fields)
  input.addEventListener("change", () => {
    const value = oneLine(input.value);
    if (key === "date" && value && !isDate(value)) {
      input.setAttribute("aria-invalid", "true");
      tell(data.words.no_date);
      return;
    }
    input.removeAttribute("aria-invalid");
    setMap({[key]: value || undefined});
  });
byId("map-scope").addEventListener("change", (event) => setMap({scope: event.target.value}));

function filled() {
  for (const [key, input] of fields)
    if (input !== document.activeElement) input.value = look.roles && key === "title" ? "" : (held.map[key] ?? "");
  byId("map-title").disabled = look.roles;
  const goals = held.map.goals ?? [];
  if (!byId("goals").contains(document.activeElement))
    byId("goals").replaceChildren(...(look.roles ? [] : goals).map(({id, title}, at) =>
      field(`goal-${at}`, say("goal", {n: at + 1}), typed(title ?? "", (words) => setMap({goals: goals.map((one) => {
        const {title: _, ...others} = one;
        // A title stands after the id.
        return one.id === id && words !== (title ?? "") ? {id, ...(words ? {title: words} : {}), ...others} : one;
      })})))));
  byId("map-scope").value = held.map.scope ?? "service";
}

changed(filled);
looked(filled);
looked(show);
