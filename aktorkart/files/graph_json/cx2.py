"""CX2, in which NDEx and Cytoscape exchange networks: a list of aspects."""

from __future__ import annotations

from typing import Any

from aktorkart.files.graph_json.cytoscape import without_name
from aktorkart.files.graph_json.parts import Parts, Record, Way, id_text, point

Fragments = list[tuple[Any, Way]]


def read(content: Any, file: str) -> Parts | None:
    """Return what is in it, if it says that it is CX2."""
    if not isinstance(content, list) or not content or not isinstance(content[0], dict):
        return None
    if "CXVersion" not in content[0]:
        return None
    declared: Record = {}
    for one, _ in _aspect(content, "attributeDeclarations"):
        declared |= {name: value for name, value in one.items() if isinstance(value, dict)}
    parts = Parts(file)
    for stated, _ in _aspect(content, "networkAttributes"):
        parts.about |= stated
    for node, way in _aspect(content, "nodes"):
        record = _values(node, declared.get("nodes", {}))
        if place := point(node.get("x"), node.get("y")):
            parts.positions[id_text(node.get("id"))] = place
        parts.nodes.append({**record, "id": node.get("id")})
        parts.node_ways.append(way)
    for edge, way in _aspect(content, "edges"):
        record = _values(edge, declared.get("edges", {}))
        parts.edges.append({**record, "source": edge.get("s"), "target": edge.get("t")})
        parts.edge_ways.append(way)
    return _own(parts) if "aktorkart" in parts.about else parts


def _aspect(content: list[Any], name: str) -> Fragments:
    """Return the items of an aspect, which may stand in several pieces."""
    return [
        (item, (place, name, order))
        for place, fragment in enumerate(content)
        if isinstance(fragment, dict) and isinstance(fragment.get(name), list)
        for order, item in enumerate(fragment[name])
        if isinstance(item, dict)
    ]


def _values(item: Record, declared: Record) -> Record:
    """Return attributes by their full names, with what holds where nothing is said."""
    inside = item.get("v")
    values: Record = inside if isinstance(inside, dict) else {}
    short: dict[str, str] = {
        spec["a"]: name
        for name, spec in declared.items()
        if isinstance(spec, dict) and isinstance(spec.get("a"), str)
    }
    usual: Record = {
        name: spec["v"]
        for name, spec in declared.items()
        if isinstance(spec, dict) and spec.get("v") is not None
    }
    return usual | {short.get(str(name), name): value for name, value in values.items()}


def _own(parts: Parts) -> Parts:
    """Give actors the ids that they have with us; CX2 knows numbers only."""
    ids = {id_text(node["id"]): node.pop("actor", node["id"]) for node in parts.nodes}
    parts.positions = {id_text(ids[one]): place for one, place in parts.positions.items()}
    for node in parts.nodes:
        node["id"] = ids[id_text(node["id"])]
        without_name(node)
    for edge in parts.edges:
        edge["kind"] = edge.pop("interaction", "contact")
        for end in ("source", "target"):
            edge[end] = ids.get(id_text(edge[end]), edge[end])
    return parts
