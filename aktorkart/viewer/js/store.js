// What the reader has chosen, and the way back and forth.

import {map} from "./page.js";

const first = {
  open: null, // the actor whose facts are shown
  finding: null, // the finding that is lit
  drop: false, // whether the open actor has dropped out
  tie: null, // to whom the open actor is given a tie
  off: {}, // by filter: the values that are not shown
  least: 0, // how strong ties are at the least
  size: 0, // what sizes and colours stand for
  color: 0,
  day: map.day, // of the slider's stops
  when: "now", // "before", "both" or "now"
};

export const state = structuredClone(first);
const past = [];
const coming = [];
const listeners = [];

// `what` are the parts of the state that have changed.
export const changed = (listener) => listeners.push(listener);

function put(next) {
  const what = Object.keys(next).filter(
    (key) => JSON.stringify(next[key]) !== JSON.stringify(state[key]),
  );
  Object.assign(state, structuredClone(next));
  for (const listener of listeners) listener(new Set(what));
}

export function change(part) {
  const before = JSON.stringify(state);
  if (JSON.stringify({...state, ...part}) === before) return;
  past.push(before);
  coming.length = 0;
  put(part);
}

// Return whether there was a step to take.
function step(from, to) {
  if (!from.length) return false;
  to.push(JSON.stringify(state));
  put(JSON.parse(from.pop()));
  return true;
}
export const undo = () => step(past, coming);
export const redo = () => step(coming, past);

export const canUndo = () => past.length > 0;
export const canRedo = () => coming.length > 0;

export const reset = () => change(first);

export const begin = () => {
  for (const listener of listeners) listener(new Set(Object.keys(first)));
};
