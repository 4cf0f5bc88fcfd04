// A large map as data: communities, and actors and ties as columns of numbers.

import {data, number, say} from "./dom.js";

export const communities = data.c;
const {a: all, t: ties, b: between} = data;
export const count = all.n.length;

// Actors stand in the order of their communities.
const first = communities.reduce((found, one) => [...found, found.at(-1) + one.size], [0]);
export const communityOf = (actor) => first.findLastIndex((start) => start <= actor);
export const membersOf = (at) => Array.from({length: communities[at].size}, (_, place) => first[at] + place);
export const drawnOf = (at) => membersOf(at).slice(0, communities[at].drawn);

export const nameOf = (actor) => all.n[actor];
export const idOf = (actor) => all.i[actor] || all.n[actor];
export const placeOf = (actor) => ({x: all.x[actor], y: all.y[actor], mark: all.m[actor]});
// Labels and values take turns.
export function factsOf(actor) {
  const found = all.f[actor];
  return found.flatMap((at, place) => (place % 2 ? [] : [[all.labels[at], all.values[found[place + 1]]]]));
}

export const tie = (at) => ({a: ties.a[at], b: ties.b[at], s: ties.s[at], ...ties.looks[ties.l[at]]});
const tiesWhere = (wanted) => {
  const found = [];
  for (let at = 0; at < ties.a.length; at += 1) if (wanted(ties.a[at], ties.b[at])) found.push(tie(at));
  return found;
};
export const tiesOf = (actor) => tiesWhere((a, b) => a === actor || b === actor);
export function tiesWithin(at) {
  const [from, to] = [first[at], first[at] + communities[at].drawn];
  return tiesWhere((a, b) => a >= from && a < to && b >= from && b < to);
}
// How many ties somebody has that are there, and how many of them to other communities.
const degree = new Uint32Array(count);
const away = new Uint32Array(count);
for (let at = 0; at < ties.a.length; at += 1) {
  if (ties.looks[ties.l[at]].needed) continue;
  const out = communityOf(ties.a[at]) !== communityOf(ties.b[at]);
  for (const end of [ties.a[at], ties.b[at]]) {
    degree[end] += 1;
    away[end] += out;
  }
}
export const degreeOf = (actor) => degree[actor];
export const awayOf = (actor) => away[actor];

// Other communities and the ties to them, most first.
export const others = (at) => between
  .flatMap(([one, other, n]) => (one === at ? [[other, n]] : other === at ? [[one, n]] : []))
  .sort((one, other) => other[1] - one[1]);
export const pairs = between;

export function told(one) {
  return [one.n, ...(one.s === null ? [] : [say("strength", {value: number(one.s)})]), ...(one.q ? [one.q] : [])];
}

// Whoever is called so, those whose name begins so first; facts are asked where no name fits.
const plain = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(data.locale);
let called;
let known;
export function search(words) {
  const wanted = plain(words.trim());
  if (!wanted) return null;
  called ??= [...communities.map((one) => one.n), ...all.n].map(plain);
  known ??= all.values.map(plain);
  const fits = called.flatMap((name, at) => (name.includes(wanted) ? [at] : []));
  fits.sort((one, other) => called[other].startsWith(wanted) - called[one].startsWith(wanted));
  const found = fits.map((at) => at < communities.length
    ? {community: at} : {actor: at - communities.length});
  if (found.length) return found;
  const values = new Set(known.flatMap((value, at) => (value.includes(wanted) ? [at] : [])));
  return all.f.flatMap((facts, actor) =>
    facts.some((at, place) => place % 2 && values.has(at)) ? [{actor}] : []);
}
