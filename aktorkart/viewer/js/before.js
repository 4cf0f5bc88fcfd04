// Before, now, and what has changed in between.

import {byId, say, tell} from "./dom.js";
import {change, changed, state} from "./store.js";

const choices = [...document.querySelectorAll("[name=when]")];

for (const one of choices)
  one.addEventListener("change", () => {
    change({when: one.value});
    tell(say(`when_${one.value}`));
  });

changed(() => {
  for (const one of choices) one.checked = one.value === state.when;
  if (byId("legend-change")) byId("legend-change").hidden = state.when !== "both";
});
