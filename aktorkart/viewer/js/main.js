// The page begins: everything is drawn once from the state, and shown.

import {map} from "./page.js";
import {begin} from "./store.js";
import {start} from "./panzoom.js";

begin();
start(map.a.find((one) => one.i === map.focal));
document.documentElement.dataset.ready = "";
