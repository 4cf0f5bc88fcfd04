// What is seen, to take along: as a picture or as data.

import {byId, drawn, say, tell} from "./dom.js";
import {map, over, svg, words} from "./page.js";
import {state} from "./store.js";
import {now} from "./draw.js";

const dark = () => map.darkStyle && matchMedia("(prefers-color-scheme: dark)").matches;

// The picture with its colours and without what is hidden, as a file of its own.
export function picture() {
  const one = svg.cloneNode(true);
  const [x, y, wide, high] = one.getAttribute("viewBox").split(" ");
  const page = (look) => drawn("rect", {x, y, width: wide, height: high, class: look});
  const top = [...over.cloneNode(true).childNodes];
  const group = drawn("g", {"font-family": over.getAttribute("font-family")});
  group.append(...top);
  if (over.classList.contains("veil")) one.append(page("veiled"));
  one.append(group);
  for (const part of one.querySelectorAll(`.off,.hit,#here${one.classList.contains("closer") ? "" : ",.near"}`)) part.remove();
  for (const part of one.querySelectorAll("[tabindex]")) part.removeAttribute("tabindex");
  one.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  one.setAttribute("width", wide);
  one.setAttribute("height", high);
  one.setAttribute("role", "img");
  const style = drawn("style");
  style.textContent = dark() ? map.darkStyle : map.style;
  one.prepend(style, page("page"));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(one)}`;
}

async function png() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture())}`;
  await image.decode();
  const scale = Math.min(3, 8000 / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => {
    canvas.toBlob(done, "image/png");
  });
}

const titleOf = (key) => map.filters.find((one) => one.k === key).t;

function cell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  // A spreadsheet would take it for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[";\n,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv() {
  const heads = [say("from"), say("to"), titleOf("tie_kind"), say("strength_head"),
    titleOf("quality"), say("both_ways")];
  const rows = map.t
    .filter((_, at) => now.ties[at])
    .map((tie) => [map.a[tie.a].n, map.a[tie.b].n, words(tie, "tie_kind"),
      tie.s === null ? null : map.separator === ";" ? String(tie.s).replace(".", ",") : tie.s,
      words(tie, "quality"), say(tie.m ? "yes" : "no")]);
  // A mark in front says that letters are UTF-8.
  return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(map.separator)).join("\r\n")}\r\n`;
}

export function json() {
  const day = state.day === null ? map.when : map.days[state.day].d;
  const actors = map.a.flatMap((one, at) =>
    now.actors[at] ? [{id: one.i, name: one.n, about: Object.fromEntries(one.f)}] : []);
  const ties = map.t.flatMap((one, at) =>
    now.ties[at]
      ? [{source: map.a[one.a].i, target: map.a[one.b].i, kind: words(one, "tie_kind"),
          strength: one.s, mutual: Boolean(one.m), quality: words(one, "quality")}]
      : []);
  return JSON.stringify({title: map.title, date: day || null, lang: map.lang, actors, ties}, null, 2);
}

const WAYS = {
  svg: ["image/svg+xml", async () => picture()],
  png: ["image/png", png],
  csv: ["text/csv", async () => csv()],
  json: ["application/json", async () => json()],
};

for (const [ending, [type, content]] of Object.entries(WAYS))
  byId(`save-${ending}`).addEventListener("click", async () => {
    const address = URL.createObjectURL(new Blob([await content()], {type}));
    const link = document.createElement("a");
    link.href = address;
    link.download = `${map.file}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    byId("save").open = false;
    byId("save").firstElementChild.focus();
    tell(say("saved", {file: link.download}));
  });
byId("print").addEventListener("click", () => {
  byId("save").open = false;
  print();
});
