// Moving and enlarging: a transform of the wrapper while it lasts, drawn sharp when it ends.

import {byId, say, tell} from "./dom.js";

const [frame, stage, svg, over] = ["frame", "stage", "map", "over"].map(byId);
const [wide, high] = svg.getAttribute("viewBox").split(" ").slice(2).map(Number);
const SMALL = 0.55; // pixels to a point below which names cannot be read
const READABLE = 0.9; // … and at which they can
const MOST = 12;
const PAUSE = 200; // milliseconds
const CLOSER = 1.7; // how much larger than the whole map names without room are shown

// The middle of what is seen, in the map's points, and pixels to a point: as drawn, and as moved.
let drawn = {x: wide / 2, y: high / 2, k: 1};
let view = {...drawn};
let waiting = 0;
let moving = 0;

// Fingers on the map, and how the first of them has moved.
const places = new Map();
let held = null;
let tapped = 0;
let all = true; // whether all of the map is to be in sight, however large the frame is

// What is seen of the map when all of it is: the page, or what somebody else says; and who is told
// how many pixels a point has when it is drawn sharp.
export const sheet = {box: () => null, drawn: () => {}};
const box = () => sheet.box() ?? {x: wide / 2, y: high / 2, wide, high};
const size = () => [frame.clientWidth || 1, frame.clientHeight || 1];
const whole = () => Math.min(size()[0] / box().wide, (size()[1] - foot()) / box().high);
// What the buttons take at the foot: nobody stands beneath them when all of the map is in sight.
const buttons = document.querySelector(".zoom");
const foot = () =>
  buttons.offsetHeight && frame.getBoundingClientRect().bottom - buttons.getBoundingClientRect().top;

function put() {
  const scale = view.k / drawn.k;
  const [x, y] = [(drawn.x - view.x) * view.k, (drawn.y - view.y) * view.k];
  stage.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  moving = 0;
}

const framed = (box) => {
  for (const one of [svg, over]) one.setAttribute("viewBox", box);
};

function sharpen() {
  const [across, down] = size();
  drawn = {...view};
  const [w, h] = [across / view.k, down / view.k];
  framed(`${view.x - w / 2} ${view.y - h / 2} ${w} ${h}`);
  stage.style.transform = "";
  svg.classList.toggle("closer", view.k > CLOSER * whole());
  sheet.drawn(view.k);
}

function move(next, {now = false, whole: fits = false} = {}) {
  all = fits;
  const k = Math.min(Math.max(next.k ?? view.k, 0.5 * whole()), MOST);
  const [across, down] = size();
  // Some of the map stays in sight.
  const within = (value, most, room) =>
    Math.min(Math.max(value, Math.min(room / k / 2, most / 2) - 0.4 * (room / k)),
      most - Math.min(room / k / 2, most / 2) + 0.4 * (room / k));
  view = {x: within(next.x ?? view.x, wide, across), y: within(next.y ?? view.y, high, down), k};
  if (now) {
    sharpen();
    return;
  }
  moving ||= requestAnimationFrame(put);
  clearTimeout(waiting);
  // Drawing anew takes time on large maps: not while a finger is still on it.
  if (!places.size) waiting = setTimeout(sharpen, PAUSE);
}

// Enlarge around a place of the frame, in pixels from its middle.
export function zoom(factor, x = 0, y = 0, options = {}) {
  const k = Math.min(Math.max(view.k * factor, 0.5 * whole()), MOST);
  const [awayX, awayY] = [x / view.k - x / k, y / view.k - y / k];
  move({x: view.x + awayX, y: view.y + awayY, k}, options);
}

export const pan = (x, y) => move({x: view.x + x / view.k, y: view.y + y / view.k}, {now: true});

export function fit() {
  const {x, y, high: down} = box();
  const k = whole();
  const below = (size()[1] - k * down) / 2;
  move({x, y: y + Math.max(foot() - below, 0) / k, k}, {now: true, whole: true});
}

// All of the map, where its names are too small as they are and become larger so.
export function clearer() {
  if (view.k < READABLE && whole() > view.k) fit();
}

// Begin with all of the map where its names can be read so, else with what is around somebody.
export function start(at) {
  if (whole() >= SMALL || !at) fit();
  else move({x: at.x, y: at.y, k: READABLE}, {now: true});
}

// Bring somebody into sight who stands outside of it.
export function reveal(one, air) {
  if (!inSight(one, air)) move({x: one.x, y: one.y}, {now: true});
}
export function inSight(one, air = 30) {
  const [across, down] = size();
  const [x, y] = [Math.abs(one.x - view.x) * view.k, Math.abs(one.y - view.y) * view.k];
  return x <= across / 2 - air && y <= down / 2 - air;
}

// A drag is told from a click: who is pressed upon opens only where nothing has moved.
export const dragged = () => held !== null && held.far;
export const dragging = () => places.size > 0 && held.far;

function measured() {
  const {left, top, width, height} = frame.getBoundingClientRect();
  const found = [...places.values()];
  const middle = found.reduce(
    (sum, one) => [sum[0] + one.x / found.length, sum[1] + one.y / found.length],
    [-left - width / 2, -top - height / 2],
  );
  const apart =
    found.length > 1 ? Math.hypot(found[0].x - found[1].x, found[0].y - found[1].y) : null;
  return {x: middle[0], y: middle[1], apart};
}

frame.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  places.set(event.pointerId, {x: event.clientX, y: event.clientY});
  held = {...measured(), far: places.size > 1, from: [event.clientX, event.clientY]};
});

addEventListener("pointermove", (event) => {
  if (!places.has(event.pointerId)) return;
  places.set(event.pointerId, {x: event.clientX, y: event.clientY});
  const next = measured();
  held.far ||= Math.hypot(event.clientX - held.from[0], event.clientY - held.from[1]) > 5;
  if (!held.far) return;
  // Nobody is asked who is under the pointer, which takes time on large maps.
  if (!frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
  move({x: view.x - (next.x - held.x) / view.k, y: view.y - (next.y - held.y) / view.k});
  if (next.apart && held.apart) zoom(next.apart / held.apart, next.x, next.y);
  Object.assign(held, next);
});

for (const what of ["pointerup", "pointercancel"])
  addEventListener(what, (event) => {
    if (!places.delete(event.pointerId)) return;
    if (places.size) Object.assign(held, measured(), {far: true});
    else if (held.far) waiting = setTimeout(sharpen, PAUSE);
    if (event.pointerType === "touch" && !places.size && !held.far && !event.target.closest(".a,.n")) {
      // Where the map is built, two taps put somebody there.
      if (event.timeStamp - tapped < 300 && !byId("adding")) zoom(2, held.x, held.y);
      tapped = event.timeStamp;
    }
  });

frame.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const {left, top, width, height} = frame.getBoundingClientRect();
    const [x, y] = [event.clientX - left - width / 2, event.clientY - top - height / 2];
    const step = event.deltaMode ? 30 * event.deltaY : event.deltaY;
    zoom(Math.exp(-Math.min(Math.max(step, -240), 240) / (event.ctrlKey ? 100 : 400)), x, y);
  },
  {passive: false},
);

frame.addEventListener("dblclick", (event) => {
  const {left, top, width, height} = frame.getBoundingClientRect();
  zoom(event.shiftKey ? 0.5 : 2, event.clientX - left - width / 2, event.clientY - top - height / 2, {now: true});
});

byId("in").addEventListener("click", () => zoom(1.5, 0, 0, {now: true}));
byId("out").addEventListener("click", () => zoom(1 / 1.5, 0, 0, {now: true}));
byId("fit").addEventListener("click", () => {
  fit();
  tell(say("whole"));
});

new ResizeObserver(() => {
  if (all) fit();
  else move({}, {now: true});
}).observe(frame);

// On paper all of the map is seen, wherever the reader was.
addEventListener("beforeprint", () => {
  const {x, y, wide: across, high: down} = box();
  framed(`${x - across / 2} ${y - down / 2} ${across} ${down}`);
});
addEventListener("afterprint", sharpen);
