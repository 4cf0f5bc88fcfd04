"""Nodes and edges as JSON has them, and the sheets that they become."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem
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
Columns = dict[str, list[Any]]
Way = tuple[str | int, ...]
"""The way to a value inside the file."""

ENDS = (("source", "target"), ("from", "to"))
"""What the two ends of an edge are called."""

_MANY, _MOST_CELLS = 1000, 20_000_000
"""So many attributes, for so many nodes, are no attributes but something else's names."""

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
        nodes, edges = self._columns(self.nodes), self._columns(self.edges)
        _settle_ends(nodes, edges, len(self.nodes))
        _labels_as_kinds(edges)
        for table, fields in ((nodes, headings.ACTORS), (edges, headings.TIES)):
            for name in table:
                if name in ENDS[1] or headings.field_of(fields, name) in _TEXTS:
                    table[name] = list(map(_as_text, table[name]))
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
            self._sheet(columns_of(self.nodes), spot, self.node_ways, ("id",)),
            self._sheet(columns_of(self.edges), spot, self.edge_ways, ENDS[0]),
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
        self, columns: Columns, spot: Callable[[], Spot], ways: list[Way], needed: tuple[str, ...]
    ) -> Sheet:
        columns = columns or {name: [] for name in needed}
        lines = Lines(spot, ways)
        names, cells = list(columns), list(columns.values())
        return Sheet(names, cells, file=self.file, numbers=lines, lines=True, typed=True)

    def _columns(self, records: list[Record]) -> Columns:
        """Return a column for each attribute, without what only concerns the program itself."""
        kept = {}
        for name, column in self._apart([flat(record) for record in records]).items():
            whole = name.partition(".")[0]
            if name not in self.looks and whole not in self.looks:
                kept[name] = column
            elif not all(map(is_empty, column)):
                self.dropped.setdefault(whole)
        return kept

    def _apart(self, records: list[Record]) -> Columns:
        names = {name for record in records for name in record}
        if len(names) * len(records) > _MOST_CELLS and len(names) > _MANY:
            values = {"n": len(names), "most": _MANY}
            place = Place(file=self.file)
            raise InvalidMap(Problem(code="too_many_attributes", place=place, values=values))
        return columns_of(records)

    def _take_places(self, nodes: Columns) -> None:
        """Take coordinates for places where every node has them."""
        for names in (("x", "y"), ("position.x", "position.y")):
            if not nodes.keys() >= {"id", *names}:
                continue
            places = [point(*both) for both in zip(*map(nodes.get, names), strict=True)]
            found = [place for place in places if place is not None]
            if len(found) == len(places):
                self.positions |= dict(zip(map(id_text, nodes["id"]), found, strict=True))
                for name in names:
                    del nodes[name]


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
            yield {**(item if isinstance(item, dict) else {}), "id": name}, (*way, name)
    elif isinstance(items, list):
        for place, item in enumerate(items):
            yield item, (*way, place)


def flat(record: Record) -> Record:
    """Return attributes one by one: ``address: {city: Oslo}`` is ``address.city``."""
    if not any(isinstance(value, (dict, list)) for value in record.values()):
        return record
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


def columns_of(records: list[Record]) -> Columns:
    """Return a column for each attribute that one of them has."""
    names = dict.fromkeys(name for record in records for name in record)
    return {name: [record.get(name) for record in records] for name in names}


def id_text(id_: Any) -> str:
    """Return an id as the text that it is on a map: 102.0 is 102."""
    if isinstance(id_, float) and id_.is_integer():
        id_ = int(id_)
    return " ".join(str(id_).split())


_TEXTS = frozenset({"id", "name", *ENDS[0]})
"""Fields that are one text."""


def _as_text(cell: Any) -> Any:
    """Return several ids in one place as a table has them."""
    return "|".join(map(str, cell)) if isinstance(cell, list) else cell


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


def _labels_as_kinds(edges: Columns) -> None:
    """Take the words on edges for their kinds where some of them are words for kinds."""
    names = {headings.field_of(headings.TIES, name) for name in edges}
    said = {one for one in edges.get("label", ()) if isinstance(one, str)}
    if "kind" not in names and any(words.code_of("tie_kind", one) for one in said):
        edges["kind"] = edges.pop("label")


def _settle_ends(nodes: Columns, edges: Columns, size: int) -> None:
    """Let ends that are places in the list of nodes, or whole nodes, be ids (as D3 has them)."""
    for end in (end for pair in ENDS for end in pair):
        inside = {name: edges.pop(name) for name in [*edges] if name.startswith(f"{end}.")}
        known = next((name for one in _CALLED if (name := f"{end}.{one}") in inside), None)
        if known is not None:  # D3 puts the node itself there
            beside = edges.get(end, [None] * len(inside[known]))
            pairs = zip(beside, inside[known], strict=True)
            edges[end] = [other if one is None else one for one, other in pairs]
    ends = next((pair for pair in ENDS if edges.keys() >= {*pair}), None)
    if ends is None or not all(
        type(one) is int and 0 <= one < size for end in ends for one in edges[end]
    ):
        return
    listed = nodes.get("id", [])
    ids = set(map(id_text, listed))
    if None in listed or any(str(one) in ids for end in ends for one in edges[end]):
        return
    keys = _keys(nodes, size)
    for end in ends:
        edges[end] = [keys[one] for one in edges[end]]


_CALLED = ("id", "name", "index")


def _keys(nodes: Columns, size: int) -> list[Any]:
    """Return a name for each node by which nobody else is called; a number if there is none."""
    for name in ("id", "name", "label"):
        keys = nodes.get(name, [])
        if len({id_text(key) for key in keys if not is_empty(key)}) == size:
            return keys
    nodes["id"] = list(range(size))
    return nodes["id"]


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
