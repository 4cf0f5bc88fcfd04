"""Cytoscape's JSON (of the program and of cytoscape.js), and the exchange format CX2."""

from __future__ import annotations

from typing import Any

from aktorkart.files.cells import examples
from aktorkart.files.graph_json.parts import Parts, Record, Way, id_text, keys_as_kinds, point

_LOOKS = {
    *("SUID", "selected", "shared name", "shared interaction", "networkMetadata", "id_original"),
    *("__Annotations", "timeStamp"),
}
_BESIDE = {
    *("data", "position", "group", "renderedPosition", "selected", "selectable", "locked"),
    *("grabbable", "pannable", "removed", "scratch", "style", "css"),
}
"""What stands beside the data of an element, and none of it is known of it."""


def read(content: Any, file: str) -> Parts | None:
    """Return what is in it, if it is elements with data."""
    stated: Record = {}
    way: Way = ()
    if isinstance(content, dict):
        data = content.get("data")
        stated = dict(data) if isinstance(data, dict) else _pairs(data)
        content, way, whole = content.get("elements"), ("elements",), content
    else:
        whole = {}
    found = _sorted(content, way)
    if found is None:
        return None
    nodes, edges = found
    own = "aktorkart" in stated
    parts = Parts(file, about=_without(stated), looks=set() if own else _LOOKS)
    parts.node_ways, parts.edge_ways = ([way for _, way in some] for some in (nodes, edges))
    parts.nodes = [_data(one) for one, _ in nodes]
    parts.edges = [_data(one) for one, _ in edges]
    for (element, _), node in zip(nodes, parts.nodes, strict=True):
        position = element.get("position")
        known = position if isinstance(position, dict) else {}
        if place := point(known.get("x"), known.get("y")):
            parts.positions[id_text(node.get("id"))] = place
    directed = whole.get("directed")
    for edge in parts.edges:
        edge.pop("id", None)
        if isinstance(directed, bool) and not own:
            edge.setdefault("mutual", not directed)
    if own:
        return _own(parts)
    _of_tools(parts)
    _groups(parts)
    return parts


def _pairs(data: Any) -> Record:
    """Read what networkx writes of a graph's attributes: a list of pairs."""
    listed = data if isinstance(data, list) else []
    pairs = (one for one in listed if isinstance(one, list) and len(one) == 2)  # noqa: PLR2004 - name and value
    return {str(name): value for name, value in pairs}


def _without(stated: Record) -> Record:
    return {name: value for name, value in stated.items() if name not in _LOOKS}


def _sorted(elements: Any, way: Way) -> list[list[tuple[Record, Way]]] | None:
    """Tell nodes and edges apart, in one list or in two."""
    found: list[list[tuple[Record, Way]]] = [[], []]
    if isinstance(elements, dict) and isinstance(elements.get("nodes"), list):
        for side, name in enumerate(("nodes", "edges")):
            listed = elements.get(name)
            for order, one in enumerate(listed if isinstance(listed, list) else ()):
                if not isinstance(one, dict) or not isinstance(one.get("data"), dict):
                    return None
                found[side].append((one, (*way, name, order)))
        return found
    if not isinstance(elements, list) or not elements:
        return None
    for order, one in enumerate(elements):
        if not isinstance(one, dict) or not isinstance(one.get("data"), dict):
            return None
        is_edge = one.get("group") == "edges" or {"source", "target"} <= one["data"].keys()
        found[is_edge].append((one, (*way, order)))
    return found


def _data(element: Record) -> Record:
    beside = {name: value for name, value in element.items() if name not in _BESIDE}
    return {**beside, **element["data"]}


def _own(parts: Parts) -> Parts:
    """Undo what we add for the program, and what the program has added since."""
    ids: dict[str, Any] = {}
    for node in parts.nodes:
        # The program gives numbers of its own, and keeps ours beside them.
        was = id_text(node.get("id"))
        node["id"] = ids[was] = node.get("id_original", node.get("id"))
    parts.positions = {id_text(ids[one]): place for one, place in parts.positions.items()}
    for node in parts.nodes:
        without_name(node)
    for edge in parts.edges:
        edge["kind"] = edge.pop("interaction", "contact")
        edge.pop("name", None)
        for end in ("source", "target"):
            edge[end] = ids.get(id_text(edge.get(end)), edge.get(end))
    for item in (*parts.nodes, *parts.edges):
        for name in _LOOKS & item.keys():
            del item[name]
    return parts


def without_name(node: Record) -> None:
    """Take away the name that we give those without one, since others show no id."""
    if node.pop("unnamed", False) is True:
        node.pop("name", None)


def _of_tools(parts: Parts) -> None:
    """Leave out what networkx and Cytoscape say twice."""
    for name in ("value", "name"):
        if all(id_text(node.get(name)) == id_text(node.get("id")) for node in parts.nodes):
            for node in parts.nodes:
                node.pop(name, None)
    keys_as_kinds(parts.edges)
    for edge in parts.edges:
        said = edge.get("name")
        if isinstance(said, str) and f"({edge.get('interaction', '')})" in said:
            del edge["name"]
            parts.dropped.setdefault("name")


def _groups(parts: Parts) -> None:
    """Let a node around others be their organisation, unless it has ties of its own."""
    tied = {id_text(edge.get(end)) for edge in parts.edges for end in ("source", "target")}
    named = {id_text(node.get("id")): node for node in parts.nodes}
    around: dict[str, str] = {}
    for node in parts.nodes:
        parent = node.pop("parent", None)
        if parent is None or id_text(parent) not in named:
            continue
        outer = named[id_text(parent)]
        label = outer.get("name") or outer.get("label") or outer.get("id")
        node.setdefault("organisation", label)
        if id_text(parent) not in tied:
            around[id_text(parent)] = str(label)
    if around:
        kept = [
            place for place, node in enumerate(parts.nodes) if id_text(node.get("id")) not in around
        ]
        parts.nodes = [parts.nodes[place] for place in kept]
        parts.node_ways = [parts.node_ways[place] for place in kept]
        names = examples(around.values())
        parts.notes.report("groups_are_organisations", n=len(around), names=names)
