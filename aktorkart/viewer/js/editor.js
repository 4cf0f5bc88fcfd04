// The page begins: the map is drawn, and waits for hands.

import {data} from "./dom.js";
import {begin} from "./chosen.js";
import {recall} from "./save.js";
import {around, onPage} from "./canvas.js";
import {held, middleOf} from "./model.js";
import {sheet, start} from "./panzoom.js";

begin();
sheet.box = around;
const middle = held.places[middleOf(held.map)];
const [x, y] = middle ? onPage(middle) : [];
start(middle ? {x, y} : null);
recall();
document.documentElement.dataset.ready = data.lang;
