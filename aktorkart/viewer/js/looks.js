// What communities, actors and ties look like: what is drawn of each, and what is read aloud.

import {data, drawn, number, say} from "./dom.js";
import {
  awayOf, communities, degreeOf, drawnOf, membersOf, nameOf, others, pairs, placeOf, tiesWithin, told,
} from "./crowd.js";
import {arrowhead, lane, strokes, trimmed} from "./lines.js";

const {scale, marks, ties: looks} = data.look;
const ALOUD = 20; // so many ties are read aloud
const MANY = 20; // … and so many between two communities are no thin line

// --- communities

export const sizeOf = (one, parts = ["within", "leaving"]) => {
  const ties = {within: one.t, leaving: one.out};
  return [say("actors", {n: one.size}), ...parts.flatMap((part) => (ties[part] ? [say(part, {n: ties[part]})] : []))];
};

function aloud(one, at) {
  const ties = others(at);
  const found = ties.slice(0, ALOUD).map(([other, n]) => `${communities[other].n}, ${n}`);
  if (ties.length > ALOUD) found.push(say("more", {n: ties.length - ALOUD}));
  const actor = `${one.n}. ${sizeOf(one).join(", ")}`;
  return found.length ? say("aloud", {actor, ties: found.join("; ")}) : `${actor}.`;
}

function mark(one) {
  const disc = drawn("circle", {r: one.r, class: one.k === "own" ? "disc" : "disc loose"});
  const said = drawn("text", {class: "inside", "font-size": Math.min(12, 0.62 * one.r), y: "0.35em", "data-r": one.r});
  said.textContent = number(one.size);
  return [disc, said];
}

export function overview() {
  const most = Math.max(...pairs.map((one) => one[2]), MANY);
  const faint = Math.min(1, Math.max(0.25, Math.sqrt(60 / pairs.length)));
  return {
    spots: communities.map((one, at) => ({...one, said: aloud(one, at), parts: mark(one)})),
    lines: [...pairs].sort((one, other) => one[2] - other[2]).map(([a, b, n]) => {
      const [one, other] = [communities[a], communities[b]];
      return {a, b, parts: [{d: `M${one.x} ${one.y}L${other.x} ${other.y}`, class: "no tied",
        "stroke-width": (0.6 + 7 * Math.sqrt(n / most)).toFixed(1), "stroke-opacity": faint.toFixed(2)}]};
    }),
  };
}

// --- actors

const strengths = data.t.s.filter((one) => one !== null).sort((one, other) => one - other);
const middle = strengths[Math.floor(strengths.length / 2)] ?? 1;
function widthOf({s}) {
  if (s === null) return looks.width * (strengths.length ? 0.75 : 1.2);
  const [least, most] = data.scale ?? [0, 0];
  const share = data.scale ? (most > least ? (s - least) / (most - least) : 1) : s / (s + middle);
  return looks.width * (looks.thinnest + looks.thicker * Math.min(Math.max(share, 0), 1));
}

// How far the rim of a mark is from its middle, in a direction.
function rim(spot, [x, y]) {
  const all = marks.rims[marks.at[spot.mark]];
  const turn = Math.round((Math.atan2(-y, x) / (2 * Math.PI)) * all.length);
  return (all[(turn + all.length) % all.length] * spot.r) / scale + 0.4;
}

const path = (spots) => `M${spots.map((spot) => spot.map((one) => (one * scale).toFixed(1)).join(" ")).join("L")}`;

function line(tie, one, other, crowd, bulge) {
  const flat = ({x, y}) => [x / scale, y / scale];
  const whole = lane(flat(one), flat(other), bulge);
  const way = (from, to) => [to[0] - from[0], to[1] - from[1]];
  const spots = trimmed(whole, rim(one, way(whole[0], whole[1])), rim(other, way(whole.at(-1), whole.at(-2))));
  const look = tie.needed ? looks.missing : looks[looks.of[tie.k] ?? "other"];
  const warns = tie.needed || tie.k === "conflict";
  const width = crowd * (look.double ? looks.rail : 1) * Math.max(widthOf(tie), warns ? looks.warns * looks.width : 0);
  const thick = width / looks.nominal;
  const parts = [];
  let body = spots;
  if (!tie.m) {
    const long = 2.3 * crowd + 1.6 * thick + (look.double ? 0.7 : 0);
    parts.push({d: `${path(arrowhead(spots, long, 0.85 * long))}Z`, class: `h ${look.f}`});
    body = trimmed(spots, 0, 0.72 * long);
  }
  const form = {double: !tie.needed && look.double, crossed: !tie.needed && look.crossed, form: tie.form ?? "solid"};
  const wide = (width * scale) / looks.nominal;
  const stroke = {d: strokes(body, form, thick).map(path).join(""), class: `no ${look.s}`,
    "stroke-width": wide.toFixed(2)};
  if (tie.needed) Object.assign(stroke, {"stroke-dasharray": `0 ${(2.6 * wide).toFixed(1)}`, "stroke-linecap": "round"});
  else if (tie.s === null && !tie.form && !look.crossed && strengths.length)
    stroke["stroke-dasharray"] = `${(7 * wide).toFixed(1)} ${(2.5 * wide).toFixed(1)}`;
  return [...parts, stroke];
}

function used(at, size, width) {
  const made = drawn("use", {href: `#m${at}`, transform: `scale(${size.toFixed(2)})`,
    "stroke-width": (width / size).toFixed(3)});
  if (marks.dashed.includes(at))
    made.setAttribute("stroke-dasharray", [2.6, 1.6].map((one) => (one * width) / size).join(" "));
  return made;
}

function said(actor, own) {
  const found = own.slice(0, ALOUD).map(({tie, other}) => [nameOf(other), ...told(tie).slice(1)].join(", "));
  if (own.length > ALOUD) found.push(say("more", {n: own.length - ALOUD}));
  if (awayOf(actor)) found.push(say("leaving", {n: awayOf(actor)}));
  const name = {actor: nameOf(actor)};
  return found.length ? say("aloud", {...name, ties: found.join("; ")}) : say("aloud_alone", name);
}

export function inside(at) {
  const [begin] = membersOf(at);
  const actors = drawnOf(at);
  const crowd = Math.min(1, (60 / actors.length) ** 0.45);
  const most = Math.max(...actors.map(degreeOf), 1);
  const spots = actors.map((actor) => ({n: nameOf(actor), ...placeOf(actor),
    r: data.look.radius * crowd * scale * (0.65 + 0.85 * Math.sqrt(degreeOf(actor) / most))}));
  const ties = tiesWithin(at);
  const own = actors.map(() => []);
  for (const tie of ties) {
    own[tie.a - begin].push({tie, other: tie.b});
    own[tie.b - begin].push({tie, other: tie.a});
  }
  for (const [place, spot] of spots.entries()) {
    own[place].sort((one, other) => (other.tie.s ?? 0) - (one.tie.s ?? 0));
    spot.said = said(actors[place], own[place]);
    spot.parts = [used(spot.mark, spot.r, data.look.edge * crowd)];
    if (actors[place] === data.focal)
      spot.parts.push(
        used(marks.outlines[spot.mark], spot.r + data.look.ring * crowd * scale, data.look.focal * crowd));
  }
  // Parallel ties lie beside each other.
  const beside = new Map();
  for (const tie of ties) {
    const key = `${Math.min(tie.a, tie.b)} ${Math.max(tie.a, tie.b)}`;
    beside.set(key, [...(beside.get(key) ?? []), tie]);
  }
  const lines = [...beside.values()].flatMap((all) => all.map((tie, place) => {
    const bulge = 5 * crowd * (place - (all.length - 1) / 2) * (tie.a < tie.b ? -1 : 1);
    const [a, b] = [tie.a - begin, tie.b - begin];
    return {a, b, s: tie.s ?? 0, parts: line(tie, spots[a], spots[b], crowd, bulge)};
  }));
  return {spots, lines: lines.sort((one, other) => one.s - other.s)};
}
