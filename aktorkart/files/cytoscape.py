"""Cytoscape's JSON, for the program and for pages that draw with cytoscape.js."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files.drafted import carried, drafted, needed_drawn, records
from aktorkart.files.formats import Dumped
from aktorkart.files.json import as_json, load

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

__all__ = ["dump", "load"]

TAKEN = frozenset({"id", "name", "unnamed", "interaction", "source", "target", "parent"})
"""Attributes that mean something to the program, or that we write for it."""


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write elements, with names for those who have none, since the program shows no ids."""
    whole = drafted(kart, lists=True)
    actors, ties = records(whole, TAKEN)
    content = {
        "format_version": "1.0",
        "generated_by": "aktorkart",
        "target_cytoscapejs_version": "~3.0",
        "data": {"name": kart.title or "aktorkart", **whole.about},
        "elements": {
            "nodes": [_node(kart, actor) for actor in actors],
            "edges": [{"data": _edge(place, tie)} for place, tie in enumerate(ties)],
        },
    }
    data = as_json(content)
    out = needed_drawn(kart, path)
    return carried(kart, Dumped({path: data}, out), path, load, what="Cytoscape")


def _node(kart: ActorMap, actor: dict[str, Any]) -> dict[str, Any]:
    data = named(actor)
    if actor["id"] not in kart.positions:
        return {"data": data}
    x, y = kart.positions[actor["id"]]
    return {"data": data, "position": {"x": x, "y": y}}


def named(actor: dict[str, Any]) -> dict[str, Any]:
    """Give somebody without a name the id for one, and say so."""
    return actor if "name" in actor else {**actor, "name": actor["id"], "unnamed": True}


def _edge(place: int, tie: dict[str, Any]) -> dict[str, Any]:
    kind = tie.pop("kind", "contact")
    return {"id": f"e{place}", **tie, "interaction": kind}
