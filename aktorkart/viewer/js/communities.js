// The page of a large map: all communities, one that is open, and an actor of it.

import {WAYS} from "./arrows.js";
import {byId, data, listed, made, number, say, tell} from "./dom.js";
import {
  awayOf, communities, communityOf, count, degreeOf, drawnOf, factsOf, idOf, membersOf, nameOf, others, search,
  tiesOf, told,
} from "./crowd.js";
import {inside, overview, sizeOf} from "./looks.js";
import {draw, go, keep, next, point, spotOf} from "./plane.js";
import {dragged, dragging, fit, pan, reveal, zoom} from "./panzoom.js";
import {picture, pngOf, save, sheetOf} from "./saving.js";

const ROWS = 12; // so many are listed at a time
const SURE = 0.7; // what is found again less well is not to be built on
const state = {community: null, actor: null};
let placed = []; // the actors who are drawn
let back = null; // who gets the focus when the card is closed
let opened = -Infinity; // when the last community was

const [card, about, hits, field] = ["card", "about", "hits", "search"].map(byId);

const link = (words, onclick) => made("button", {type: "button", class: "link", onclick}, words);
const soft = (words) => made("span", {class: "soft"}, words);
const rows = (all) => made("dl", {}, ...all.flatMap(([key, value]) => [made("dt", {}, key), made("dd", {}, value)]));
const list = (all, shown) => made("ul", {class: "ties"}, ...all.map((one) => made("li", {}, ...shown(one))));

// As many as can be read at once, and a button for the others.
function long(all, shown) {
  const place = made("div", {}, list(all.slice(0, ROWS), shown));
  if (all.length > ROWS)
    place.append(made("button", {type: "button", onclick: (event) => {
      event.target.previousSibling.append(...list(all.slice(ROWS), shown).children);
      event.target.previousSibling.children[ROWS].querySelector("button").focus();
      event.target.remove();
    }}, say("more", {n: all.length - ROWS})));
  return place;
}

// --- what is open

function show(community) {
  if (community === state.community && community !== null) return;
  Object.assign(state, {community, actor: null});
  placed = community === null ? [] : drawnOf(community);
  const level = community === null ? overview() : inside(community);
  const from = Math.max(0, placed.indexOf(data.focal));
  draw(level, from);
  fit();
  const one = communities[community];
  const title = one ? one.n : say("all");
  byId("where").textContent = title;
  byId("count").textContent = one ? sizeOf(one).join(" · ")
    : [say("actors", {n: count}), say("communities", {n: data.count})].join(" · ");
  byId("map").setAttribute("aria-label", `${title}. ${byId("count").textContent}.`);
  byId("all").hidden = !one;
  byId("why").hidden = Boolean(one);
  byId("legend-all").hidden = Boolean(one);
  byId("legend-one").hidden = !one;
  byId("one").replaceChildren(...(one ? ofCommunity(one, community) : []));
  showCard();
  table();
}

// Open a community; the focus goes on where it came from, on the map or beside it.
function open(community, {onMap = false} = {}) {
  show(community);
  opened = performance.now();
  const one = communities[community];
  tell(say("opened_one", {community: one.n, sizes: listed.format(sizeOf(one))}));
  about.parentElement.scrollTop = 0;
  if (onMap) go(Math.max(0, placed.indexOf(data.focal)), {alone: false});
  else byId("where").focus();
}

function shut() {
  const was = state.community;
  if (was === null) return;
  show(null);
  tell(say("all_shown"));
  go(was, {alone: false});
}

function openActor(actor, from = null) {
  show(communityOf(actor));
  state.actor = actor;
  back = from;
  const at = placed.indexOf(actor);
  keep(at < 0 ? null : at);
  if (at >= 0) reveal({x: data.a.x[actor], y: data.a.y[actor]});
  showCard();
  byId("called").focus({preventScroll: true});
  tell(say("opened", {actor: nameOf(actor), n: degreeOf(actor)}));
}

function close() {
  const at = placed.indexOf(state.actor);
  state.actor = null;
  keep(null);
  showCard();
  if (back?.isConnected) back.focus();
  else if (at >= 0) go(at);
  else byId("where").focus();
}

// --- beside the map

const entry = (at) =>
  [link(communities[at].n, () => open(at)), soft(sizeOf(communities[at], ["leaving"]).join(" · "))];

function ofCommunity(one, at) {
  const ties = others(at);
  const facts = one.f.map(([label, ...values]) => [label,
    values.map(([value, n]) => `${value} (${number(n)})`).join(", ")]);
  if (one.s !== null) facts.push([say("stability"), number(one.s) + (one.s < SURE ? ` · ${say("unsure")}` : "")]);
  if (one.miss) facts.push([say("missing"), number(one.miss)]);
  return [
    one.drawn < one.size ? made("p", {}, say("capped", {drawn: number(one.drawn)})) : "",
    rows(facts),
    made("h2", {}, say("best")),
    long(membersOf(at), (actor) => [link(nameOf(actor), (event) => openActor(actor, event.target)),
      soft([say("ties", {n: degreeOf(actor)}), ...(awayOf(actor) ? [say("leaving", {n: awayOf(actor)})] : [])]
        .join(" · "))]),
    made("h2", {}, say("to_others")),
    ties.length ? long(ties, ([other, n]) => [link(communities[other].n, () => open(other)), soft(say("ties", {n}))])
      : made("p", {}, say("no_leaving")),
  ];
}

function showCard() {
  const actor = state.actor;
  card.hidden = actor === null;
  about.hidden = actor !== null;
  document.dispatchEvent(new CustomEvent("selection", {detail: actor === null ? [] : [idOf(actor)]}));
  if (actor === null) {
    card.replaceChildren();
    return;
  }
  const own = tiesOf(actor).sort((one, other) => (other.s ?? 0) - (one.s ?? 0));
  const end = (tie) => (tie.a === actor ? tie.b : tie.a);
  const here = own.filter((tie) => communityOf(end(tie)) === state.community);
  const out = own.filter((tie) => communityOf(end(tie)) !== state.community);
  const shown = (tie) => {
    const far = communityOf(end(tie));
    const words = told(tie);
    if (far !== state.community) words.push(say("elsewhere", {community: communities[far].n}));
    const way = tie.m ? "" : tie.a === actor ? "→ " : "← ";
    return [link(way + nameOf(end(tie)), () => openActor(end(tie), back)), soft(words.join(" · "))];
  };
  const part = (head, ties) => (ties.length ? [made("h3", {}, head), long(ties, shown)] : []);
  card.replaceChildren(
    made("div", {class: "head"}, made("h2", {id: "called", tabindex: "-1"}, nameOf(actor)),
      made("button", {type: "button", id: "close", onclick: close}, say("close"))),
    rows(factsOf(actor)),
    ...part(say("in_community", {n: here.length}), here),
    ...part(say("leaving", {n: out.length}), out),
    ...(own.length ? [] : [made("p", {}, say("no_ties"))]),
  );
  card.scrollTop = card.parentElement.scrollTop = 0;
}

// --- the same as a table

function tableOf() {
  if (state.community === null)
    return [say("communities", {n: data.count}),
      [say("name"), say("actors_head"), say("within_head"), say("leaving_head")],
      communities.map((one, at) => [one.n, [one.size, one.t, one.out], () => open(at)])];
  const actors = membersOf(state.community);
  return [say("actors", {n: actors.length}), [say("name"), say("about"), say("within_head"), say("leaving_head")],
    actors.map((actor) => [nameOf(actor),
      [factsOf(actor).slice(0, 3).map((fact) => fact[1]).join(" · "), degreeOf(actor) - awayOf(actor), awayOf(actor)],
      (event) => openActor(actor, event.target)])];
}

function table() {
  if (!byId("as-table").open) return;
  const [caption, heads, all] = tableOf();
  const written = (value) => (typeof value === "number" ? number(value) : value);
  byId("table").replaceChildren(made("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption},
    made("table", {}, made("caption", {}, caption),
      made("thead", {}, made("tr", {}, ...heads.map((head) => made("th", {scope: "col"}, head)))),
      made("tbody", {}, ...all.map(([name, cells, onclick]) => made("tr", {},
        made("th", {scope: "row"}, link(name, onclick)), ...cells.map((cell) => made("td", {}, written(cell)))))))));
}
byId("as-table").addEventListener("toggle", table);

// --- search

const openHit = (hit) => {
  field.value = "";
  showHits();
  if (hit.community === undefined) openActor(hit.actor, field);
  else open(hit.community);
};

function showHits() {
  const found = search(field.value);
  const first = (found ?? []).slice(0, ROWS);
  hits.hidden = !found;
  hits.replaceChildren(...first.map((hit) => {
    const {n, size} = communities[hit.community ?? communityOf(hit.actor)];
    const [name, more] = hit.community === undefined ? [nameOf(hit.actor), n] : [n, say("actors", {n: size})];
    return made("li", {}, made("button", {type: "button", onclick: () => openHit(hit)}, name, soft(more)));
  }));
  if (!found) return first;
  if (found.length > ROWS || !found.length)
    hits.append(made("li", {class: "soft"}, found.length ? say("more", {n: found.length - ROWS}) : say("nobody")));
  tell(found.length ? say("found", {n: found.length}) : say("nobody"));
  return first;
}

field.addEventListener("input", showHits);
byId("search").parentElement.addEventListener("keydown", (event) => {
  const all = [field, ...hits.querySelectorAll("button")];
  const at = all.indexOf(event.target);
  if (event.key === "Escape" && field.value) {
    field.value = "";
    showHits();
    field.focus();
  } else if (event.key === "Enter" && event.target === field) {
    const [hit] = showHits();
    if (hit) openHit(hit);
  } else if (event.key === "ArrowDown" && at < all.length - 1) all[at + 1].focus();
  else if (event.key === "ArrowUp" && at > 0) all[at - 1].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".search")) hits.hidden = true;
});

// --- by pointer and by keyboard

const map = byId("map");
const chosen = (at) => (state.community === null ? open(at, {onMap: true}) : openActor(placed[at]));

map.addEventListener("click", (event) => {
  // The second click of two is not meant for whoever stands there now.
  if (dragged() || performance.now() - opened < 400) return;
  const at = spotOf(event.target);
  if (at !== null) chosen(at);
  else if (state.actor !== null) close();
});
map.addEventListener("dblclick", (event) => {
  if (spotOf(event.target) !== null || performance.now() - opened < 1000) event.stopPropagation();
});
map.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "touch" && !dragging()) point(spotOf(event.target));
});
map.addEventListener("pointerleave", () => point(null));

map.addEventListener("keydown", (event) => {
  const at = spotOf(event.target);
  if (at === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in WAYS && event.shiftKey) pan(...WAYS[event.key].map((one) => 60 * one));
  else if (event.key in WAYS) go(next(WAYS[event.key]));
  else if (event.key === "Enter" || event.key === " ") chosen(at);
  else return;
  event.preventDefault();
});

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input,select,textarea,dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && state.actor !== null) close();
  else if (event.key === "Escape") shut();
  else if (event.key === "+") zoom(1.5, 0, 0, {now: true});
  else if (event.key === "-") zoom(1 / 1.5, 0, 0, {now: true});
  else if (event.key === "0") fit();
  else if (event.key === "/") field.focus();
  else if (event.key === "?") byId("help").showModal();
  else return;
  event.preventDefault();
});

byId("all").addEventListener("click", shut);
byId("ask").addEventListener("click", () => byId("help").showModal());
byId("help-close").addEventListener("click", () => byId("help").close());

// --- to take along

save("svg", "image/svg+xml", async () => picture());
save("png", "image/png", async () => pngOf(picture()));
save("csv", "text/csv", async () => {
  const [, heads, all] = tableOf();
  return sheetOf([heads, ...all.map(([name, cells]) => [name, ...cells])]);
});

byId("list").append(long(communities.map((_, at) => at), entry));
show(null);
document.documentElement.dataset.ready = "";
