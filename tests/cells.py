"""A notebook's cell with a widget in it, as a page of its own."""

from __future__ import annotations

import json
from typing import Any

_CELL = """<!DOCTYPE html><meta charset="utf-8"><script type="module">
const given = GIVEN;
window.model = {
  state: given.state,
  saved: 0,
  get(name) { return this.state[name]; },
  set(name, value) { this.state[name] = value; },
  save_changes() { this.saved += 1; },
};
const esm = new Blob([given.esm], {type: "text/javascript"});
const {default: widget} = await import(URL.createObjectURL(esm));
const taken = await widget.render({model, el: document.body});
window.take = {away: taken};
</script>"""


def cell_of(widget: Any) -> str:
    """Return a page in which the widget's own script runs, with a model that keeps what it is told.

    ``model`` is that model, and ``take.away()`` is what ends the widget.
    """
    everything = widget.get_state()
    state = {name: everything[name] for name in ("html", "title", "height")}
    given = json.dumps({"state": state, "esm": everything["_esm"]})
    return _CELL.replace("GIVEN", given.replace("<", r"\u003c"), 1)
