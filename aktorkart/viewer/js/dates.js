// The date: ties come and go as the slider moves, by hand or by itself.

import {byId, say, tell} from "./dom.js";
import {map} from "./page.js";
import {change, changed, state} from "./store.js";
import {now} from "./draw.js";

const slider = byId("day");
const STEP = 1200; // milliseconds
let playing = null;

function stop() {
  clearInterval(playing);
  playing = null;
  byId("play").textContent = say("play");
}

function step() {
  if (state.day >= map.days.length - 1) stop();
  else change({day: state.day + 1});
}

if (slider) {
  slider.addEventListener("input", () => {
    stop();
    change({day: Number(slider.value)});
    tell(`${map.days[state.day].x}. ${say("ties", {n: now.ties.filter(Boolean).length})}`);
  });
  byId("play").addEventListener("click", () => {
    if (playing) {
      stop();
      return;
    }
    if (state.day >= map.days.length - 1) change({day: 0});
    byId("play").textContent = say("pause");
    playing = setInterval(step, STEP);
  });
  changed(() => {
    slider.value = state.day;
    slider.setAttribute("aria-valuetext", map.days[state.day].x);
    byId("day-told").textContent = map.days[state.day].x;
  });
}
