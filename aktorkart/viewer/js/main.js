// The page begins: everything is drawn once from the state, and shown.

import {map} from "./page.js";
import {begin, changed, state} from "./store.js";
import {start} from "./panzoom.js";

// For a program around the page.
changed((what) => {
  if (!what.has("open")) return;
  const detail = state.open === null ? [] : [map.a[state.open].i];
  document.dispatchEvent(new CustomEvent("selection", {detail}));
});

begin();
start(map.a.find((one) => one.i === map.focal));
document.documentElement.dataset.ready = "";
