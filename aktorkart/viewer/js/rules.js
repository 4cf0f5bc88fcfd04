// What the map says at once: Python's analyses of coordinator, tellings and grey zones, once more.
// A test runs both on the same maps and compares.

import {data} from "./dom.js";
import {actorsOf, firstDay, isMutual, kindOf, lastDay, otherEnd, tieKindOf, tiesOf, userOf} from "./model.js";

// As Python sorts text: by the numbers of the letters.
export function byLetter(one, other) {
  const [first, second] = [[...one], [...other]];
  const at = first.findIndex((letter, place) => letter !== second[place]);
  if (at < 0) return first.length - second.length;
  return at < second.length ? first[at].codePointAt(0) - second[at].codePointAt(0) : 1;
}
const sorted = (ids) => [...ids].sort(byLetter);

function inForce(tie, date) {
  if (!date) return true;
  const day = lastDay(date);
  return (!tie.since || firstDay(tie.since) <= day) && (!tie.until || lastDay(tie.until) >= day);
}

const isChannel = (tie) =>
  !tie.needed && tieKindOf(tie) !== "conflict" && tie.quality !== "strained" && tie.quality !== "broken";

const arcs = (tie) =>
  isMutual(tie) ? [[tie.source, tie.target], [tie.target, tie.source]] : [[tie.source, tie.target]];

function joined(pairs) {
  const found = new Map();
  for (const [one, other] of pairs) {
    if (!found.has(one)) found.set(one, new Set());
    found.get(one).add(other);
  }
  return (id) => found.get(id) ?? new Set();
}

// All that a rule needs of a map.
function ground(map) {
  const ties = tiesOf(map).filter((tie) => inForce(tie, map.date));
  const channels = ties.filter(isChannel);
  const kinds = new Map(actorsOf(map).map((one) => [one.id, kindOf(one)]));
  const user = userOf(map);
  const near = new Set(
    channels.flatMap((tie) => (tie.source === user || tie.target === user ? [otherEnd(tie, user)] : [])),
  );
  const serving = sorted([...near].filter((id) => !data.rules.personal.includes(kinds.get(id))));
  return {map, ties, channels, kinds, user, serving};
}

// --- tellings

function reach(starts, out) {
  const found = new Set(starts);
  for (const id of found) for (const other of out(id)) found.add(other);
  return found;
}

// One from each group that nobody else tells, and how far the story has to go from there.
function tellings({channels, kinds, user, serving}) {
  const said = (case_, level, actors, numbers) => [{code: "tellings", case: case_, level, actors,
    ties: [], numbers, words: {user: {who: user}, whom: actors.map((who) => ({who}))}}];
  if (user === null) return said("no_user", "unknown", [], {tellings: null});
  const arenas = new Set([...kinds.keys()].filter((id) => kinds.get(id) === "arena"));
  const carried = channels.filter((tie) =>
    data.rules.story.includes(tieKindOf(tie)) && tie.source !== user && tie.target !== user);
  // Whichever way a membership is drawn, the member hears and is heard.
  const all = joined(carried.flatMap((tie) => arcs(tieKindOf(tie) === "membership" ? {...tie, mutual: true} : tie)));
  const carriers = new Set([...serving, ...arenas]);
  const out = (id) => [...all(id)].filter((other) => carriers.has(other));
  const mapped = [...carriers].some((id) => out(id).length);
  const known = reach(serving, out);
  const told = [...serving, ...sorted([...arenas].filter((id) => !serving.includes(id)))].filter((id) => known.has(id));
  const reached = new Map(told.map((id) => [id, reach([id], out)]));
  const groups = [];
  const seen = new Set();
  for (const id of told) {
    if (seen.has(id)) continue;
    const group = told.filter((other) => reached.get(id).has(other) && reached.get(other).has(id));
    for (const one of group) seen.add(one);
    if (told.some((other) => reached.get(other).has(id) && !group.includes(other))) continue;
    groups.push(group.filter((one) => serving.includes(one)));
  }
  const strength = (id) => Math.max(0, ...channels.flatMap((tie) =>
    [tie.source, tie.target].includes(user) && otherEnd(tie, user) === id ? [tie.strength ?? 0] : []));
  const first = (one, other) =>
    (kinds.get(other) === "coordinator") - (kinds.get(one) === "coordinator") ||
    strength(other) - strength(one) || byLetter(one, other);
  const whom = sorted(groups.map((group) => [...group].sort(first)[0]));
  const numbers = {
    tellings: groups.length,
    n: groups.length,
    serving: serving.filter((id) => !arenas.has(id)).length,
    steps: mapped && serving.length > 1 ? steps(whom, serving, arenas, out) : null,
  };
  if (!numbers.serving) return said("nobody", "unknown", whom, numbers);
  if (serving.length === 1) return said("only_one", "note", whom, numbers);
  if (!mapped) return said("at_most", "unknown", whom, numbers);
  return groups.length === 1 ? said("once", "strength", whom, numbers) : said("count", "gap", whom, numbers);
}

// How many times it is passed on before the last one has it; what is said in an arena is heard there.
function steps(whom, serving, arenas, out) {
  const found = new Map(whom.map((id) => [id, 0]));
  let now = whom;
  for (let step = 0; now.length; step++) {
    const heard = [...now];
    for (const id of heard)
      for (const other of out(id))
        if (arenas.has(other) && !found.has(other)) {
          found.set(other, step);
          heard.push(other);
        }
    now = [...new Set(heard.flatMap(out))].filter((id) => !found.has(id));
    for (const id of now) found.set(id, step + 1);
  }
  return Math.max(...serving.map((id) => found.get(id)));
}

// --- coordinator

function coordinator({channels, kinds, user, serving}) {
  const appointed = sorted([...kinds.keys()].filter((id) => kinds.get(id) === "coordinator"));
  const numbers = {appointed: appointed.length, reached: null, active: null};
  const said = (case_, level, actors, more = {}, words = {}) => ({code: "coordinator", case: case_, level, actors,
    ties: [], numbers: {...numbers, ...more},
    words: {user: {who: user}, actors: appointed.map((who) => ({who})), ...words}});
  if (user === null) return [said("no_user", "unknown", [])];
  const near = joined(channels.filter((tie) => tie.source !== user && tie.target !== user)
    .flatMap((tie) => arcs({...tie, mutual: true})));
  const active = serving.filter((id) => !appointed.includes(id) && kinds.get(id) !== "arena");
  const missing = active.filter((id) => !appointed.some((one) => near(id).has(one)));
  Object.assign(numbers, {reached: active.length - missing.length, active: active.length});
  const n = {n: appointed.length};
  if (!appointed.length) {
    const unsure = active.filter((id) => kinds.get(id) === "unknown");
    if (!unsure.length) return [said("none", "gap", [], n)];
    return [said("none_known", "unknown", unsure, {n: unsure.length}, {actors: unsure.map((who) => ({who}))})];
  }
  const found = [];
  if (appointed.length > 1) found.push(said("several", "gap", appointed, n));
  if (!appointed.some((id) => serving.includes(id))) found.push(said("no_channel", "gap", appointed, n));
  if (!active.length) return found;
  const words = {missing: missing.map((who) => ({who}))};
  if (!missing.length) found.push(said("reaches_all", "strength", appointed, n, words));
  else {
    const case_ = missing.length < active.length ? "reaches_some" : "reaches_nobody";
    found.push(said(case_, "gap", [...appointed, ...missing], n, words));
  }
  return found;
}

// --- grey zones

const pairOf = (tie) => (isMutual(tie) ? sorted([tie.source, tie.target]) : [tie.source, tie.target]);

function before(one, other) {
  const key = (tie) => [...sorted([tie.source, tie.target]), tieKindOf(tie), isMutual(tie) ? "1" : "0",
    tie.source, tie.informant ?? "", tie.since ?? "", tie.until ?? ""];
  const [first, second] = [key(one), key(other)];
  const at = first.findIndex((value, place) => value !== second[place]);
  return at < 0 ? 0 : byLetter(first[at], second[at]);
}

function greyZones({map, ties, channels}) {
  const written = (parts) => JSON.stringify(parts);
  const there = new Set(channels.flatMap((tie) => arcs(tie).map((arc) => written([arc, tieKindOf(tie)]))));
  const asked = new Map();
  for (const tie of ties.filter((one) => one.needed).sort(before)) {
    const key = written([pairOf(tie), tieKindOf(tie), isMutual(tie)]);
    const lacks = arcs(tie).some((arc) => !there.has(written([arc, tieKindOf(tie)])));
    if (lacks && !asked.has(key)) asked.set(key, tie);
  }
  const missing = [...asked.values()];
  const found = [];
  const add = (case_, level, n, fields = {}) => found.push({code: "grey_zones", case: case_, level,
    actors: [], ties: [], numbers: {missing: missing.length, n}, words: {}, ...fields});
  if (missing.length) {
    const pairs = new Map(missing.map((tie) => [written([pairOf(tie), isMutual(tie)]), tie]));
    const between = [...pairs.values()].map((tie) => ({between: pairOf(tie), mutual: isMutual(tie)}));
    const keys = missing.map((tie) => [tie.source, tie.target, tieKindOf(tie)]);
    add("missing", "gap", missing.length, {ties: keys, words: {ties: between}});
  } else if (!ties.some((tie) => tie.needed)) add("no_needed", "unknown", 0);
  const owners = new Map();
  for (const one of [...actorsOf(map)].sort((a, b) => byLetter(a.id, b.id)))
    for (const [key, task] of new Map((one.tasks ?? []).map((task) => [task.toLowerCase(), task]))) {
      if (!owners.has(key)) owners.set(key, {task, ids: []});
      owners.get(key).ids.push(one.id);
    }
  for (const {task, ids} of owners.values())
    if (ids.length > 1)
      add("several_owners", "gap", ids.length, {actors: ids,
        words: {task: {quoted: task}, actors: ids.map((who) => ({who}))}});
  const done = (action) => action.done && (!map.date || firstDay(action.done) <= lastDay(map.date));
  const adrift = sorted((map.plan ?? []).flatMap((one) =>
    one.responsible || done(one) ? [] : [one.title ?? one.id]));
  if (adrift.length) add("no_owner", "gap", adrift.length, {words: {actions: adrift.map((quoted) => ({quoted}))}});
  if (!owners.size) add("no_tasks", "unknown", 0);
  return found;
}

const LEVELS = ["gap", "note", "strength", "unknown"];

export function rules(map) {
  const all = ground(map);
  const found = [...coordinator(all), ...tellings(all), ...greyZones(all)];
  return found.sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
}
