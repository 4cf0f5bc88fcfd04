// What the side panel shows when nobody is open.

import {byId} from "./dom.js";

const tabs = [...byId("tablist").children];

function choose(tab, focused = true) {
  for (const one of tabs) {
    const on = one === tab;
    one.setAttribute("aria-selected", String(on));
    one.tabIndex = on ? 0 : -1;
    byId(one.getAttribute("aria-controls")).hidden = !on;
  }
  if (focused) tab.focus();
}

for (const [at, tab] of tabs.entries()) {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    choose(tabs[(at + step + tabs.length) % tabs.length]);
    event.preventDefault();
  });
}
choose(tabs[0], false);
