// The page begins: the map is drawn, and waits for hands.

import {data} from "./dom.js";
import {begin} from "./chosen.js";
import {recall} from "./save.js";
import {start} from "./panzoom.js";

begin();
start(null);
recall();
document.documentElement.dataset.ready = data.lang;
