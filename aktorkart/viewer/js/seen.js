// Who and what is seen, and what stands out: worked out from the state alone.

import {map, otherEnd, tiesOf} from "./page.js";
import {state} from "./store.js";

const GONE = new Set(["lost", "settled"]);
const NEW = new Set(["gained", "conflict"]);

function thereWhen(one) {
  if (state.when === "both") return true;
  return !(state.when === "now" ? GONE : NEW).has(one.c);
}

function thereOn(tie) {
  const day = state.day === null ? null : map.days[state.day].d;
  if (!day || !tie.d) return true;
  return (!tie.d[0] || tie.d[0] <= day) && (!tie.d[1] || tie.d[1] >= day);
}

function chosen(one, of) {
  return map.filters.every((filter) => {
    const off = state.off[filter.k];
    return filter.of !== of || !off || !one.g[filter.at].every((value) => off.includes(value));
  });
}

// Return for each actor and each tie whether it is there.
export function seen({drop = state.drop} = {}) {
  const actors = map.a.map((one, at) => {
    if (drop && at === state.open) return false;
    return thereWhen(one) && chosen(one, "a");
  });
  const ties = map.t.map((one) => {
    if (!actors[one.a] || !actors[one.b]) return false;
    if (!thereWhen(one) || !thereOn(one) || !chosen(one, "t")) return false;
    return !state.least || (one.s !== null && one.s >= state.least);
  });
  return {actors, ties};
}

export const around = (actor) => ({
  actors: [actor, ...tiesOf[actor].map((at) => otherEnd(map.t[at], actor))],
  ties: tiesOf[actor],
});

export const lost = () => map.w.drops[state.open]?.[1] ?? [];

// Return the actors and ties that stand out, or nothing if all are alike.
export function lit(pointed, found) {
  if (pointed !== null) return around(pointed);
  if (state.open !== null && state.drop) return lost().length ? {actors: lost(), ties: []} : null;
  if (state.open !== null && state.tie !== null)
    return {actors: [state.open, state.tie], ties: []};
  if (state.finding !== null) {
    const one = map.f[state.finding];
    const ends = one.t.flatMap((at) => [map.t[at].a, map.t[at].b]);
    return {actors: [...one.a, ...one.n.flat(), ...ends], ties: one.t};
  }
  if (state.open !== null) return around(state.open);
  if (found !== null) return {actors: found, ties: []};
  if (state.when === "both") {
    const ties = map.t.flatMap((one, at) => (one.c ? [at] : []));
    const actors = map.a.flatMap((one, at) => (one.c ? [at] : []));
    return {actors: [...actors, ...ties.flatMap((at) => [map.t[at].a, map.t[at].b])], ties};
  }
  return null;
}
