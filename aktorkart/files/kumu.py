"""Kumu's JSON: elements and connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files.drafted import carried, drafted, needed_drawn, records
from aktorkart.files.formats import Dumped
from aktorkart.files.json import as_json, load

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

__all__ = ["dump", "load"]

_TAKEN = frozenset(
    {
        *("id", "_id", "label", "type", "description", "tags", "attributes", "image", "unnamed"),
        *("from", "to", "direction", "element type", "connection type", "reversed", "delayed"),
    }
)
"""Fields that mean something to Kumu."""


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a blueprint: Kumu's names for our fields, and the others as fields of its own."""
    whole = drafted(kart, lists=True)
    actors, ties = records(whole, _TAKEN)
    content = {
        "aktorkart": whole.about,
        "elements": [_element(actor) for actor in actors],
        "connections": [_connection(tie) for tie in ties],
    }
    data = as_json(content)
    out = needed_drawn(kart, path)
    return carried(kart, Dumped({path: data}, out), path, load, what="Kumu")


def _element(actor: dict[str, Any]) -> dict[str, Any]:
    label = {"label": actor["name"]} if "name" in actor else {"label": actor["id"], "unnamed": True}
    return {"id": actor["id"], **label, **_others(actor, "id", "name", kind="unknown")}


def _connection(tie: dict[str, Any]) -> dict[str, Any]:
    way = "mutual" if tie.get("mutual", True) else "directed"
    ends = {"from": tie["source"], "to": tie["target"], "direction": way}
    return {**ends, **_others(tie, "source", "target", kind="contact")}


def _others(item: dict[str, Any], *out: str, kind: str) -> dict[str, Any]:
    named = {"type": item.get("kind", kind)}
    named |= {"description": item["note"]} if "note" in item else {}
    return named | {
        name: value for name, value in item.items() if name not in {*out, "kind", "note"}
    }
