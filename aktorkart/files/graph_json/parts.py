"""Nodes and edges as JSON has them, and the sheets that they become."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.files import headings, words
from aktorkart.files.about import FIELDS
from aktorkart.files.cells import is_empty, tag
from aktorkart.files.drafted import own_draft
from aktorkart.files.faults import Faults
from aktorkart.files.positions import on_page
from aktorkart.files.sheets import Draft, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aktorkart.files.places import Mark, Spot

Record = dict[str, Any]
Way = tuple[str | int, ...]
"""The way to a value inside the file."""

ENDS = (("source", "target"), ("from", "to"))
"""What the two ends of an edge are called."""

_INSIDE = ("data", "attributes", "properties", "metadata")
"""What programs put attributes in that could stand beside it."""


@dataclass
class Parts:
    """What is in a file.

    Parameters
    ----------
    file : str
        Which.
    nodes, edges : list of dict
        Their attributes, with ``id`` and the two ends.
    node_ways, edge_ways : list of tuple
        Where each stands in the file.
    about : dict
        What the file says of the whole.
    positions : dict
        Where nodes stand, by id.
    looks : set of str
        Attributes that only concern how the program draws, or what it remembers.
    nodes_listed : bool
        Whether the file lists nodes.
    one_way : bool
        Whether edges that say nothing of direction go one way in this format.
    """

    file: str
    nodes: list[Record] = field(default_factory=list)
    edges: list[Record] = field(default_factory=list)
    node_ways: list[Way] = field(default_factory=list)
    edge_ways: list[Way] = field(default_factory=list)
    about: Record = field(default_factory=dict)
    positions: dict[str, tuple[float, float]] = field(default_factory=dict)
    looks: set[str] = field(default_factory=set)
    nodes_listed: bool = True
    one_way: bool = False
    dropped: dict[str, None] = field(default_factory=dict)
    faults: Faults = field(init=False)
    notes: Faults = field(init=False)
    wrong: list[Way] = field(default_factory=list)  # what should be a node or an edge

    def __post_init__(self) -> None:
        self.faults, self.notes = Faults(self.file), Faults(self.file)

    def fill(self, nodes: Any, edges: Any, *, at: tuple[Way, Way]) -> None:
        """Take over lists of nodes and edges; nodes may be a mapping by their ids."""
        self.nodes_listed = nodes is not None
        for node, way in _listed(nodes, at[0]):
            if isinstance(node, (dict, str, int, float)):
                self.nodes.append(node if isinstance(node, dict) else {"id": node})
                self.node_ways.append(way)
            else:
                self.wrong.append(way)
        for edge, way in _listed(edges, at[1]):
            pair = isinstance(edge, list) and len(edge) > 1
            record = dict(zip(("source", "target", "weight"), edge, strict=False)) if pair else edge
            if isinstance(record, dict):
                self.edges.append(record)
                self.edge_ways.append(way)
            else:
                self.wrong.append(way)

    # --- into sheets

    def draft(self, spot: Callable[[], Spot]) -> Draft:
        """Lay out what another program has written as sheets."""
        nodes = [self._bare(flat(node)) for node in self.nodes]
        edges = [self._bare(flat(edge)) for edge in self.edges]
        _settle_ends(nodes, edges)
        _labels_as_kinds(edges)
        self._take_places(nodes)
        draft = Draft(
            self._sheet(nodes, spot, self.node_ways, ("id",)) if self.nodes_listed else None,
            self._sheet(edges, spot, self.edge_ways, ENDS[0]),
            about=said_of(self.about),
            one_way=self.one_way,
        )
        if fitted := on_page(self.positions, up=False):
            draft.about["positions"] = fitted
        if self.dropped:
            self.notes.report("looks_left_out", names=list(self.dropped)[:12])
        draft.notes = self.notes.all()
        draft.problems = self.problems(spot)
        return draft

    def own_draft(self, spot: Callable[[], Spot], stated: Iterable[tuple[str, str]]) -> Draft:
        """Lay out what we have written ourselves as it stands."""
        draft = own_draft(
            self._sheet(self.nodes, spot, self.node_ways, ("id",)),
            self._sheet(self.edges, spot, self.edge_ways, ENDS[0]),
            list(stated),
        )
        if self.positions:
            draft.about["positions"] = self.positions
        draft.problems += self.problems(spot)
        return draft

    def problems(self, spot: Callable[[], Spot]) -> list[Any]:
        """Return what is wrong with the file itself."""
        for way in self.wrong:
            self.faults.report("not_mapping", spot().find(way)[0])
        return self.faults.all()

    def _sheet(
        self,
        records: list[Record],
        spot: Callable[[], Spot],
        ways: list[Way],
        needed: tuple[str, ...],
    ) -> Sheet:
        lines = Lines(spot, ways)
        sheet = Sheet.of(records, file=self.file, numbers=lines, lines=True, typed=True)
        if not records:
            sheet.headings, sheet.columns = list(needed), [[] for _ in needed]
        return sheet

    def _bare(self, record: Record) -> Record:
        """Leave out what only concerns the program itself."""
        kept = {}
        for name, value in record.items():
            if name in self.looks or name.partition(".")[0] in self.looks:
                if not is_empty(value):
                    self.dropped.setdefault(name.partition(".")[0])
            else:
                kept[name] = value
        return kept

    def _take_places(self, nodes: list[Record]) -> None:
        """Take coordinates for places where every node has them."""
        names = next(
            (
                pair
                for pair in (("x", "y"), ("position.x", "position.y"))
                if nodes and all(point(*map(node.get, pair)) for node in nodes)
            ),
            None,
        )
        for node in nodes if names else ():
            place = point(*(node.pop(at) for at in names or ()))
            if "id" in node and place is not None:
                self.positions[id_text(node["id"])] = place


class Lines(Sequence[int]):
    """The line of each node or edge, looked up when somebody asks: seldom, and it takes time."""

    def __init__(self, spot: Callable[[], Spot], ways: Sequence[Way]) -> None:
        self._spot, self._ways = spot, ways

    def __len__(self) -> int:
        return len(self._ways)

    def __getitem__(self, row: Any) -> Any:
        return self._spot().find(self._ways[row])[0]


def at(spot: Spot, way: Way) -> Spot | Mark:
    """Return where something stands, with what is inside it."""
    found: Spot | Mark = spot
    for step in way:
        found = found.children[step]  # type: ignore[union-attr, index]
    return found


def _listed(items: Any, way: Way) -> Iterator[tuple[Any, Way]]:
    if isinstance(items, dict):
        for name, item in items.items():
            yield ({"id": name, **item} if isinstance(item, dict) else {"id": name}), (*way, name)
    elif isinstance(items, list):
        for place, item in enumerate(items):
            yield item, (*way, place)


def flat(record: Record) -> Record:
    """Return attributes one by one: ``address: {city: Oslo}`` is ``address.city``."""
    found: Record = {}
    nested = []
    for name, value in record.items():
        if isinstance(value, dict):
            nested.append((name, value))
        elif isinstance(value, list):
            plain = not any(isinstance(one, (dict, list)) for one in value)
            found[name] = value if plain else [json.dumps(one, ensure_ascii=False) for one in value]
        else:
            found[name] = value
    for name, value in nested:
        for inner, one in flat(value).items():
            found.setdefault(inner if name in _INSIDE else f"{name}.{inner}", one)
    return found


def id_text(id_: Any) -> str:
    """Return an id as the text that it is on a map: 102.0 is 102."""
    if isinstance(id_, float) and id_.is_integer():
        id_ = int(id_)
    return " ".join(str(id_).split())


def point(x: Any, y: Any) -> tuple[float, float] | None:
    """Return a place, if both are numbers that can be coordinates."""
    for one in (x, y):
        if not isinstance(one, (int, float)) or not abs(one) < _FAR:
            return None
    return (float(x), float(y))


_FAR = 1e100


def keys_as_kinds(edges: list[Record]) -> None:
    """Take networkx' keys of parallel edges for kinds where they are words for some."""
    for edge in edges:
        key = edge.pop("key", None)
        known = words.code_of("tie_kind", key) if isinstance(key, str) else None
        if known is not None:
            edge.setdefault("kind", known)


def _labels_as_kinds(edges: list[Record]) -> None:
    """Take the words on edges for their kinds where some of them are words for kinds."""
    names = {headings.field_of(headings.TIES, name) for edge in edges for name in edge}
    said = [one for edge in edges if isinstance(one := edge.get("label"), str)]
    if "kind" not in names and any(words.code_of("tie_kind", one) for one in said):
        for edge in edges:
            if "label" in edge:
                edge["kind"] = edge.pop("label")


def _settle_ends(nodes: list[Record], edges: list[Record]) -> None:
    """Let ends that are places in the list of nodes, or whole nodes, be ids (as D3 has them)."""
    ends = next((pair for pair in ENDS if any(pair[0] in edge for edge in edges)), ENDS[0])
    for edge in edges:
        for end in ends:
            for inner in ("id", "name", "index"):  # D3 puts the node itself there
                if end not in edge and f"{end}.{inner}" in edge:
                    edge[end] = edge[f"{end}.{inner}"]
        for name in [name for name in edge if name.startswith(tuple(f"{one}." for one in ends))]:
            del edge[name]
    ends = next((pair for pair in ENDS if any(pair[0] in edge for edge in edges)), ends)
    ids = {id_text(node["id"]) for node in nodes if "id" in node}
    found = [edge[end] for edge in edges for end in ends if end in edge]
    by_place = bool(found) and all(
        type(one) is int and 0 <= one < len(nodes) and str(one) not in ids for one in found
    )
    if by_place and (not ids or len(ids) == len(nodes)):
        keys = _keys(nodes)
        for edge in edges:
            edge.update({end: keys[edge[end]] for end in ends if end in edge})


def _keys(nodes: list[Record]) -> list[Any]:
    """Return a name for each node by which nobody else is called, and make it the id."""
    for name in ("id", "name", "label"):
        keys = [node.get(name) for node in nodes]
        if len({id_text(key) for key in keys if not is_empty(key)}) == len(nodes):
            return keys
    for place, node in enumerate(nodes):
        node["id"] = place
    return list(range(len(nodes)))


def stated(about: Record) -> list[tuple[str, str]]:
    """Return the rows that we wrote of a map, without what a program has put beside them."""
    known = {*FIELDS, "aktorkart", "consent"}
    return [
        (name, value)
        for name, value in about.items()
        if isinstance(value, str) and (name in known or name.startswith("tags."))
    ]


_TITLES = ("title", "name", "label")


def said_of(stated: Record) -> Record:
    """Let what another program says of the whole be the title, the note and tags."""
    about: Record = {}
    for name, value in flat(stated).items():
        if is_empty(value):
            continue
        words = " ".join(value.split()) if isinstance(value, str) else ""
        if words and name.casefold() in _TITLES and "title" not in about:
            about["title"] = words
        elif words and name.casefold() == "description":
            about["note"] = value.strip()
        else:
            about.setdefault("tags", {})[name] = tag(value)
    return about
