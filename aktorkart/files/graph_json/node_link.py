"""Lists of nodes and of links: networkx, D3, vis.js, graphology, and lists of links alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aktorkart.files import headings
from aktorkart.files.graph_json.parts import ENDS, Parts, Record, Way, keys_as_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

_D3 = {"vx", "vy", "fx", "fy", "index"}
_VIS = {
    *("color", "font", "shape", "icon", "image", "physics", "hidden", "fixed", "margin", "size"),
    *("borderWidth", "borderWidthSelected", "chosen", "mass", "scaling", "shadow", "smooth"),
    *("dashes", "width", "widthConstraint", "heightConstraint", "shapeProperties", "length"),
    *("arrowStrikethrough", "hoverWidth", "selectionWidth", "labelHighlightBold", "opacity"),
}
_SIGMA = {
    *("color", "size", "hidden", "forceLabel", "highlighted", "zIndex", "borderColor", "image"),
    "labelColor",
}
_DRAWN_AS = {"circle", "border", "image", "square", "line", "arrow", "curve", "curved", "point"}
"""Sigma's types of nodes and edges: how they are drawn."""

_KNOWN = {
    *("nodes", "links", "edges", "directed", "multigraph", "graph", "attributes", "options"),
    *("adjacency", "type"),
}


def read(content: Any, file: str) -> Parts | None:
    """Return what is in it, if it is a list of nodes and one of links."""
    if isinstance(content, list):
        return _links_alone(content, (), file)
    if not isinstance(content, dict):
        return None
    nodes = content.get("nodes")
    key = next((one for one in ("links", "edges") if isinstance(content.get(one), list)), None)
    if key is None:
        return _adjacency(content, file)
    if nodes is None:
        return _links_alone(content[key], (key,), file)
    if not isinstance(nodes, (list, dict)):
        return None
    parts = Parts(file, about=_stated(content))
    parts.fill(nodes, content[key], at=(("nodes",), (key,)))
    _say_left_out(parts, content)
    if parts.about.get("aktorkart") is not None:
        for edge in parts.edges:
            edge.setdefault("mutual", content.get("directed") is not True)
        return parts
    if "options" in content or any("attributes" in node for node in parts.nodes):
        _graphology(parts, content)
    elif any(_has(edge, ENDS[1]) for edge in parts.edges):
        _vis(parts)
    else:
        parts.looks = _D3
        _networkx(parts, content)
    return parts


def _has(edge: Record, ends: tuple[str, str]) -> bool:
    return edge.keys() >= set(ends)


def _stated(content: Record) -> Record:
    """Return what the file says of the graph as a whole."""
    about: Record = {}
    for name in ("graph", "attributes"):
        stated = content.get(name)
        if isinstance(stated, dict):
            about |= stated
        elif isinstance(stated, list):  # networkx before version 2
            pairs = (one for one in stated if isinstance(one, list) and len(one) == 2)  # noqa: PLR2004 - name and value
            about |= {str(one): value for one, value in pairs}
    return about | {
        name: value
        for name, value in content.items()
        if name not in _KNOWN and not isinstance(value, (dict, list))
    }


def _say_left_out(parts: Parts, content: Record) -> None:
    names = [
        name
        for name, value in content.items()
        if name not in _KNOWN and isinstance(value, (dict, list)) and value
    ]
    if names:
        parts.notes.report("part_left_out", value=", ".join(names))


def _networkx(parts: Parts, content: Record) -> None:
    directed = content.get("directed")
    keys_as_kinds(parts.edges)
    for edge in parts.edges:
        if isinstance(directed, bool):
            edge.setdefault("mutual", not directed)


def _graphology(parts: Parts, content: Record) -> None:
    options = content.get("options")
    stated = options.get("type") if isinstance(options, dict) else None
    silent = not isinstance(options, dict)
    parts.looks = _SIGMA
    for node in parts.nodes:
        if "key" in node:
            node["id"] = node.pop("key")
        _without_look(parts, node)
    for edge in parts.edges:
        edge.pop("key", None)
        _without_look(parts, edge)
        undirected = edge.pop("undirected", None)
        if undirected is True or stated == "undirected":
            edge["mutual"] = True
        elif not silent or undirected is False:
            edge["mutual"] = False


def _without_look(parts: Parts, item: Record) -> None:
    inside = item.get("attributes")
    for record in (item, inside if isinstance(inside, dict) else {}):
        if isinstance(record.get("type"), str) and record["type"] in _DRAWN_AS:
            del record["type"]
            parts.dropped.setdefault("type")


def _vis(parts: Parts) -> None:
    parts.looks = _VIS | _D3
    for edge in parts.edges:
        edge.pop("id", None)
        way = edge.pop("arrows", None)
        if isinstance(way, dict):
            shown = {
                end
                for end, one in way.items()
                if one is True or (isinstance(one, dict) and one.get("enabled", True) is True)
            }
        else:
            shown = set(re.split(r"[\s,;]+", way)) if isinstance(way, str) else set()
        ends = shown & {"to", "from"}
        if ends:
            edge["mutual"] = len(ends) > 1
        if ends == {"from"}:
            edge["from"], edge["to"] = edge.get("to"), edge.get("from")


def _links_alone(links: Sequence[Any], way: Way, file: str) -> Parts | None:
    """Read a list of links without one of nodes: the records of a table."""
    if not links or not all(isinstance(one, dict) for one in links):
        return None
    fields = {headings.field_of(headings.TIES, name) for one in links for name in one}
    if not {"source", "target"} <= fields:
        return None
    parts = Parts(file)
    parts.fill(None, links, at=((), way))
    return parts


def _adjacency(content: Record, file: str) -> Parts | None:
    """Read networkx' lists of neighbours, one for each node."""
    nodes, beside = content.get("nodes"), content.get("adjacency")
    if not isinstance(nodes, list) or not isinstance(beside, list) or len(nodes) != len(beside):
        return None
    parts = Parts(file, about=_stated(content))
    parts.fill(nodes, None, at=(("nodes",), ()))
    seen: set[Any] = set()
    directed = content.get("directed") is True
    for place, (node, neighbours) in enumerate(zip(nodes, beside, strict=True)):
        source = node.get("id") if isinstance(node, dict) else node
        for order, one in enumerate(neighbours if isinstance(neighbours, list) else ()):
            if not isinstance(one, dict):
                parts.wrong.append(("adjacency", place, order))
                continue
            edge = {name: value for name, value in one.items() if name != "id"}
            edge |= {"source": source, "target": one.get("id")}
            # Each undirected edge stands with both of its ends.
            ends = (frozenset(map(str, (source, one.get("id")))), str(edge.get("key")))
            if directed or ends not in seen:
                seen.add(ends)
                parts.edges.append(edge)
                parts.edge_ways.append(("adjacency", place, order))
    _networkx(parts, {"directed": directed})
    return parts
