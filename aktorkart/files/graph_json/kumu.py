"""Kumu's JSON: what people write for it, and what it gives of a whole project."""

from __future__ import annotations

from typing import Any

from aktorkart.files.graph_json.parts import Parts, Record, id_text, point

_NAMES = {
    "actors": {"_id": "id", "element type": "type", "description": "note"},
    "ties": {"connection type": "type", "description": "note"},
}
"""What Kumu calls some fields."""

_LOOKS = {"_id", "reversed", "delayed", "created_at", "updated_at", "image", "flags"}
_KNOWN = {"elements", "connections", "loops", "maps", "aktorkart"}


def read(content: Any, file: str) -> Parts | None:
    """Return what is in it, if it has elements and connections."""
    if not isinstance(content, dict):
        return None
    elements, connections = content.get("elements"), content.get("connections")
    if not isinstance(elements, list) or not isinstance(connections, list):
        return None
    own = content.get("aktorkart")
    parts = Parts(file, about=own if isinstance(own, dict) else {}, looks=_LOOKS)
    parts.fill(elements, connections, at=(("elements",), ("connections",)))
    for table, items in (("actors", parts.nodes), ("ties", parts.edges)):
        items[:] = [_named(item, _NAMES[table]) for item in items]
    if "aktorkart" in parts.about:
        return _own(parts)
    for edge in parts.edges:
        edge.pop("id", None)
    parts.about = {
        name: value
        for name, value in content.items()
        if name not in _KNOWN and not isinstance(value, (dict, list))
    }
    if isinstance(content.get("loops"), list) and content["loops"]:
        parts.notes.report("loops_left_out", n=len(content["loops"]))
    _take_places(parts, content.get("maps"))
    return parts


def _named(item: Record, names: Record) -> Record:
    """Put what stands inside an item beside the rest, under the names that we know."""
    inside = item.get("attributes")
    both = {**(inside if isinstance(inside, dict) else {}), **item}
    both.pop("attributes", None)
    return {
        (new if (new := names.get(name, name)) not in both else name): value
        for name, value in both.items()
    }


def _take_places(parts: Parts, maps: Any) -> None:
    """Take the places of the first map that has any."""
    for one in maps if isinstance(maps, list) else ():
        listed = one.get("elements") if isinstance(one, dict) else None
        for element in listed if isinstance(listed, list) else ():
            position = element.get("position") if isinstance(element, dict) else None
            known = position if isinstance(position, dict) else {}
            if place := point(known.get("x"), known.get("y")):
                parts.positions[id_text(element.get("element"))] = place
        if parts.positions:
            return


def _own(parts: Parts) -> Parts:
    """Undo the names that Kumu has for our fields."""
    for node in parts.nodes:
        label = node.pop("label", None)
        if node.pop("unnamed", False) is not True:
            node["name"] = label
        node["kind"] = node.pop("type", "unknown")
    for edge in parts.edges:
        edge["source"], edge["target"] = edge.pop("from", None), edge.pop("to", None)
        edge["kind"] = edge.pop("type", "contact")
        edge.pop("direction", None)
    return parts
