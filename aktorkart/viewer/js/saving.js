// What is seen, to take along: as a picture, or as rows of a spreadsheet.

import {byId, data, drawn, say, tell} from "./dom.js";

const [svg, over] = ["map", "over"].map(byId);
const dark = () => data.darkStyle && matchMedia("(prefers-color-scheme: dark)").matches;

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
  style.textContent = dark() ? data.darkStyle : data.style;
  one.prepend(style, page("page"));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(one)}`;
}

export async function pngOf(picture) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`;
  await image.decode();
  const scale = Math.min(3, 8000 / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => {
    canvas.toBlob(done, "image/png");
  });
}

function cell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  // A spreadsheet would take it for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[";\n,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// Rows as a file for spreadsheets; a mark in front says that letters are UTF-8.
export const sheetOf = (rows) =>
  `\uFEFF${rows.map((row) => row.map(cell).join(data.separator)).join("\r\n")}\r\n`;

export function save(ending, type, content) {
  byId(`save-${ending}`).addEventListener("click", async () => {
    const address = URL.createObjectURL(new Blob([await content()], {type}));
    const link = document.createElement("a");
    link.href = address;
    link.download = `${data.file}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    byId("save").open = false;
    byId("save").firstElementChild.focus();
    tell(say("saved", {file: link.download}));
  });
}

byId("print").addEventListener("click", () => {
  byId("save").open = false;
  print();
});
