"""Graphs that hold everything a map does: as our own JSON, node for actor and link for tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files.graph_json.parts import Parts, Record, at
from aktorkart.files.places import Spot
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.files.places import Mark

_FOR_OTHERS = ("weight", "reverse", "key")
"""What stands on a link for other programs."""


def own_content(parts: Parts) -> Record:
    """Return the fields of a map; the links of ``parts`` are put in the map's order.

    A tie that goes both ways has a link each way where the graph is directed.
    """
    known = {*ActorMap.model_fields, "aktorkart"}
    content = _sorted(parts.about, known)
    order = [place for place, edge in enumerate(parts.edges) if edge.get("reverse") is not True]
    keys = [parts.edges[place].get("key") for place in order]
    if all(type(key) is int for key in keys) and len({*keys}) == len(keys):
        order.sort(key=lambda place: parts.edges[place]["key"])
    parts.edges = [parts.edges[place] for place in order]
    parts.edge_ways = [parts.edge_ways[place] for place in order]
    content["actors"] = [_sorted(node, set(Actor.model_fields)) for node in parts.nodes]
    content["ties"] = [
        _sorted(
            {name: value for name, value in edge.items() if name not in _FOR_OTHERS},
            set(Tie.model_fields),
        )
        for edge in parts.edges
    ]
    return content


def _sorted(item: Record, known: set[str]) -> Record:
    """Put what is no field among the tags, where it was before."""
    others = {name: value for name, value in item.items() if name not in known}
    fields = {name: value for name, value in item.items() if name in known}
    tags = fields.get("tags", {})
    if others and isinstance(tags, dict):
        fields["tags"] = {**tags, **others}
    return fields


def own_spot(parts: Parts, spot: Callable[[], Spot]) -> Callable[[], Spot]:
    """Tell where the fields of the map stand in the file."""

    def found() -> Spot:
        top = spot()
        lists: dict[str, Spot | Mark] = {
            name: Spot(top.mark, [_inside(at(top, way)) for way in ways])
            for name, ways in (("actors", parts.node_ways), ("ties", parts.edge_ways))
        }
        return Spot(top.mark, {**_whole(top), **lists})

    return found


def _inside(spot: Spot | Mark) -> Spot | Mark:
    """Return where the attributes of a node or a link stand."""
    if isinstance(spot, Spot) and isinstance(spot.children, dict):
        data = spot.children.get("metadata")
        if isinstance(data, Spot) and isinstance(data.children, dict):
            return Spot(spot.mark, {**spot.children, **data.children})
    return spot


def _whole(top: Spot) -> dict[str, Any]:
    graph = top.children.get("graph") if isinstance(top.children, dict) else None
    inside = _inside(graph) if graph is not None else top
    return (
        dict(inside.children)
        if isinstance(inside, Spot) and isinstance(inside.children, dict)
        else {}
    )
