"""CX2, the exchange format of NDEx and Cytoscape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files.cytoscape import TAKEN, named
from aktorkart.files.drafted import carried, drafted, needed_drawn, records
from aktorkart.files.formats import Dumped
from aktorkart.files.json import as_json, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.model import ActorMap

__all__ = ["dump", "load"]

_Record = dict[str, Any]
_ASPECTS = ("attributeDeclarations", "networkAttributes", "nodes", "edges")
_LONGEST = 2**63


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write aspects: what attributes there are, the network's own, nodes and edges."""
    whole = drafted(kart, lists=True)
    actors, ties = records(whole, TAKEN | {"actor"})
    numbers = {actor["id"]: place for place, actor in enumerate(actors)}
    nodes: list[_Record] = []
    edges: list[_Record] = []
    for place, actor in enumerate(actors):
        node: _Record = {"id": place}
        if actor["id"] in kart.positions:
            node["x"], node["y"] = kart.positions[actor["id"]]
        values = named(actor)
        nodes.append({**node, "v": {"actor": values.pop("id"), **values}})
    for place, tie in enumerate(ties):
        ends = {"s": numbers[tie.pop("source")], "t": numbers[tie.pop("target")]}
        kind = tie.pop("kind", "contact")
        edges.append({"id": place, **ends, "v": {**tie, "interaction": kind}})
    about = {"name": kart.title or "aktorkart", **whole.about}
    declared: _Record = {
        "networkAttributes": {name: {"d": "string"} for name in about},
        "nodes": _declared([node["v"] for node in nodes]),
        "edges": _declared([edge["v"] for edge in edges]),
    }
    content: list[_Record] = [{"CXVersion": "2.0", "hasFragments": False}]
    found: tuple[list[_Record], ...] = ([declared], [about], nodes, edges)
    aspects = dict(zip(_ASPECTS, found, strict=True))
    content.append(
        {"metaData": [{"name": one, "elementCount": len(items)} for one, items in aspects.items()]}
    )
    content += [{name: items} for name, items in aspects.items()]
    content.append({"status": [{"error": "", "success": True}]})
    data = as_json(content)
    out = needed_drawn(kart, path)
    return carried(kart, Dumped({path: data}, out), path, load, what="CX2")


def _declared(records: Sequence[_Record]) -> dict[str, dict[str, str]]:
    """Declare the type of each attribute; where values differ in type they become text."""
    names = dict.fromkeys(name for record in records for name in record)
    declared = {}
    for name in names:
        found = [record[name] for record in records if name in record]
        type_ = _type(found)
        declared[name] = {"d": type_}
        for record in records if type_ == "string" else ():
            if name in record and not isinstance(record[name], str):
                value = record[name]
                record[name] = "|".join(value) if isinstance(value, list) else str(value)
    return declared


def _type(values: Iterable[Any]) -> str:
    types = {type(value) for value in values}
    if types == {bool}:
        return "boolean"
    if types == {list}:
        return "list_of_string"
    if types == {int} and all(abs(value) < _LONGEST for value in values):
        return "long"
    if types and types <= {int, float} and all(abs(value) < _LONGEST for value in values):
        return "double"
    return "string"
