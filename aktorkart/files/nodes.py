"""Nodes and edges as XML formats have them, and the sheets that they become.

What the two formats share: attributes that some nodes have and others not, nodes inside nodes,
places on a canvas, words on lines, and what a program keeps for itself.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem
from aktorkart.files import cells, headings, words
from aktorkart.files.positions import on_page
from aktorkart.files.sheets import Draft, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXAMPLES = 3
"""How many of several are named in a note."""

Named = tuple[str, list[Any]]
"""A column with its heading; two may have the same."""


class Cells(dict[str, list[Any]]):
    """A column for each attribute that one of them has, as long as the last that has it."""

    def put(self, row: int, name: str, value: Any) -> bool:
        """Set a cell; tell whether it is the first value there."""
        column = self.get(name)
        if column is None:
            column = self[name] = []
        gap = row - len(column)
        if gap < 0:
            first = column[row] is None
            column[row] = value
            return first
        if gap:
            column.extend([None] * gap)
        column.append(value)
        return True

    def column(self, name: str, rows: int) -> list[Any]:
        """Return a column with a cell for each row."""
        found = self.get(name, [])
        return found + [None] * (rows - len(found)) if len(found) < rows else found


@dataclass
class Nodes:
    """Nodes as they are met: lines, ids, graphs, and what some of them have."""

    lines: list[int] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)
    graphs: list[int] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    data: Cells = field(default_factory=Cells)


@dataclass
class Edges:
    """Edges as they are met: lines, ends, graphs, and what the format says of direction."""

    lines: list[int] = field(default_factory=list)
    sources: list[str | None] = field(default_factory=list)
    targets: list[str | None] = field(default_factory=list)
    mutual: list[bool | None] = field(default_factory=list)
    graphs: list[int] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    data: Cells = field(default_factory=Cells)

    def again(self, row: int) -> int:
        """Repeat an edge as a row of its own."""
        at = len(self.lines)
        self.lines.append(self.lines[row])
        self.sources.append(self.sources[row])
        self.targets.append(self.targets[row])
        self.mutual.append(self.mutual[row])
        self.graphs.append(self.graphs[row])
        if row in self.labels:
            self.labels[at] = self.labels[row]
        for name, column in self.data.items():
            if row < len(column):
                self.data.put(at, name, column[row])
        return at


@dataclass
class Graph:
    """A graph in a file.

    Parameters
    ----------
    name : str, optional
        What it is called.
    line : int
        Where it begins.
    stated : mapping
        Its attributes.
    """

    name: str | None
    line: int
    stated: dict[str, str] = field(default_factory=dict)


@dataclass
class Parts:
    """What is in a file, in the order in which it is met.

    Parameters
    ----------
    file : str
        Which.
    nodes, edges : Nodes, Edges
        Those that are read.
    inside : mapping of int to int
        The node that a node lies in, by their rows.
    groups : set of int
        Nodes that stand for those inside them and for nobody else.
    places : mapping of int to pair of float
        Where a node stands on the program's canvas.
    up : bool
        Whether y grows upwards there.
    graphs : list of Graph
        The graphs that are not inside a node.
    looks : mapping
        What only concerns the program itself, by name.
    notes : list of Problem
        What was understood or left out.
    """

    file: str
    nodes: Nodes = field(default_factory=Nodes)
    edges: Edges = field(default_factory=Edges)
    inside: dict[int, int] = field(default_factory=dict)
    groups: set[int] = field(default_factory=set)
    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    up: bool = False
    graphs: list[Graph] = field(default_factory=list)
    looks: dict[str, None] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)

    def report(self, code: str, lines: Sequence[int] = (), **values: Any) -> None:
        """Keep a note with the first of the lines that it is about."""
        places = [Place(file=self.file, line=line) for line in lines]
        first = places[0] if places else Place(file=self.file)
        rest = tuple(dataclasses.replace(one, file=None) for one in places[1:_EXAMPLES])
        more = max(len(places) - _EXAMPLES, 0)
        values = {"n": len(lines), **values}
        self.notes.append(Problem(code=code, place=first, values=values, places=rest, more=more))


_TOOLS = frozenset(
    {
        *("suid", "shared name", "shared interaction", "selected", "networkmetadata"),
        *("__annotations", "networkcanvasuuid", "networkcanvassourceuuid"),
        *("networkcanvastargetuuid", "networkcanvasegouuid"),
    }
)
"""What Cytoscape and Network Canvas keep for themselves."""

_ENDS = ("id", "source", "target")
_COLOURS = ("r", "g", "b")
_SIZES = ("size", "alpha", "z")
_LABELS = ("label", "edge label", "edgelabel")


def drafted_parts(parts: Parts, actors: list[Named], ties: list[Named]) -> Draft:
    """Lay out nodes and edges of another program as sheets.

    ``actors`` and ``ties`` are the attributes with their names, beside what `Parts` says.
    """
    nodes, edges = parts.nodes, parts.edges
    ids, ends = nodes.ids, (edges.sources, edges.targets)
    if nodes.labels:
        actors.insert(0, ("label", [nodes.labels.get(row) for row in range(len(ids))]))
    if edges.labels:
        ties.insert(0, ("label", [edges.labels.get(row) for row in range(len(edges.lines))]))
    actors, ties = _without_tools(parts, actors, ties)
    out = _groups(parts)
    if parts.inside and nodes.lines:
        actors.append(("organisation", _organisations(parts, actors)))
    places = _places(parts, actors)
    ties = _with_words(parts, ties)
    if len(parts.graphs) > 1:
        names = _graph_names(parts)
        parts.report("several_graphs", n=len(names), names=cells.examples(names))
        ties.append((_of_graphs(parts, ties), [names[one] for one in edges.graphs]))
    mutual = _mutual(parts, ties)
    gone = {ids[row] for row in out} - {one for row, one in enumerate(ids) if row not in out}
    kept = [row for row in range(len(ids)) if row not in out]
    tied = [row for row, both in enumerate(zip(*ends, strict=True)) if gone.isdisjoint(both)]
    if len(tied) < len(edges.lines):
        lost = sorted({*range(len(edges.lines))} - {*tied})
        parts.report("group_ties_left_out", [edges.lines[row] for row in lost])
    both_ends = [("source", ends[0]), ("target", ends[1])]
    draft = Draft(
        _sheet(parts, nodes.lines, [("id", ids), *actors], kept),
        _sheet(parts, edges.lines, [*both_ends, *mutual, *ties], tied),
    )
    if tied and not kept:
        draft.actors = None
    standing = {str(ids[row]): places[row] for row in kept if row in places}
    if fitted := on_page(standing, up=parts.up):
        draft.about["positions"] = fitted
    if parts.looks:
        parts.report("looks_left_out", names=list(parts.looks))
    draft.notes = parts.notes
    return draft


def own_sheets(parts: Parts, actors: list[Named], ties: list[Named]) -> tuple[Sheet, Sheet]:
    """Lay out nodes and edges that we wrote as they stand."""
    nodes, edges = parts.nodes, parts.edges
    mutual = _mutual(parts, ties)
    both_ends = [("source", edges.sources), ("target", edges.targets)]
    actors = [one for one in actors if one[0] not in EXTRA["actors"]]
    ties = [one for one in ties if one[0] not in EXTRA["ties"]]
    return (
        _sheet(parts, nodes.lines, [("id", nodes.ids), *actors], range(len(nodes.lines))),
        _sheet(parts, edges.lines, [*both_ends, *mutual, *ties], range(len(edges.lines))),
    )


def _sheet(
    parts: Parts,
    lines: Sequence[int],
    columns: Sequence[tuple[str, list[Any]]],
    kept: Sequence[int],
) -> Sheet:
    if len(kept) < len(lines):
        columns = [(name, [column[row] for row in kept]) for name, column in columns]
        columns = [one for one in columns if one[0] in _ENDS or any(c is not None for c in one[1])]
        lines = [lines[row] for row in kept]
    return Sheet(
        [name for name, _ in columns],
        [column for _, column in columns],
        file=parts.file,
        numbers=lines,
        lines=True,
        typed=True,
    )


EXTRA: Mapping[str, tuple[str, ...]] = {
    "actors": ("label", "x", "y"),
    "ties": ("weight", "label"),
}
"""What we write beside the fields, for programs that know other names."""


def own_heading(table: str, heading: str) -> str:
    """Return a heading to write, told apart from what stands there for other programs."""
    taken = heading in EXTRA[table] or heading in {"id", "source", "target"}
    return f"tags.{heading}" if taken else heading


# --- what a program keeps for itself


def _without_tools(
    parts: Parts, actors: Sequence[Named], ties: Sequence[Named]
) -> tuple[list[Named], list[Named]]:
    """Leave out what a program keeps for itself, and what nobody has."""
    names = {name.casefold() for name, _ in actors}
    of_actors, of_ties = set(_TOOLS), set(_TOOLS)
    if {"suid", "shared name"} & names:
        of_ties.add("name")  # Cytoscape calls an edge «NAV (interacts with) DPS»
    if {*_COLOURS} <= names:  # Gephi
        of_actors.update((*_COLOURS, *_SIZES))
    return _without(parts, actors, of_actors), _without(parts, ties, of_ties)


def _without(parts: Parts, columns: Sequence[Named], drop: set[str]) -> list[Named]:
    kept = []
    for name, column in columns:
        if all(cell is None for cell in column):
            continue
        if name.casefold() in drop:
            parts.looks.setdefault(name)
        else:
            kept.append((name, column))
    return kept


# --- nodes inside nodes


def _groups(parts: Parts) -> set[int]:
    """Return the nodes that only stand for those inside them."""
    around = set(parts.inside.values()) - parts.groups
    if not around:
        return parts.groups
    ends = {*parts.edges.sources, *parts.edges.targets}
    return parts.groups | {row for row in around if parts.nodes.ids[row] not in ends}


def _organisations(parts: Parts, actors: Sequence[Named]) -> list[str | None]:
    """Return what the node around each node is called."""
    ids = parts.nodes.ids
    named = [
        column for name, column in actors if headings.field_of(headings.ACTORS, name) == "name"
    ]

    def called(row: int) -> str | None:
        return next((str(column[row]) for column in named if column[row]), ids[row])

    found = [called(parts.inside[row]) if row in parts.inside else None for row in range(len(ids))]
    names = list(dict.fromkeys(name for name in found if name))
    parts.report("groups_are_organisations", n=len(names), names=cells.examples(names))
    return found


# --- places


def _places(parts: Parts, actors: list[Named]) -> dict[int, tuple[float, float]]:
    """Return where the nodes stand, and take their columns away."""
    if parts.places:
        return parts.places
    for x_name, y_name, up in (("x", "y", True), *_layouts(actors)):
        x, y = ([one for name, one in actors if name == at] for at in (x_name, y_name))
        if x and y:
            places = {
                row: (float(across), float(along))
                for row, (across, along) in enumerate(zip(x[0], y[0], strict=True))
                if isinstance(across, (int, float)) and isinstance(along, (int, float))
            }
            if places:
                actors[:] = [one for one in actors if one[0] not in {x_name, y_name}]
                parts.up = up
                return places
    return {}


def _layouts(actors: Sequence[Named]) -> list[tuple[str, str, bool]]:
    """Return the names of Network Canvas' layouts, whose y grows downwards."""
    names = [name for name, _ in actors]
    return [
        (name, f"{name[:-2]}_Y", False)
        for name in names
        if name.endswith("_X") and f"{name[:-2]}_Y" in names
    ]


# --- words on lines


def _with_words(parts: Parts, ties: list[Named]) -> list[Named]:
    """Take what stands on the lines for what it is: kinds, numbers, or notes."""
    place = next((at for at, (name, _) in enumerate(ties) if name.casefold() in _LABELS), None)
    if place is None:
        return ties
    said = [str(cell).strip() for cell in ties[place][1] if not cells.is_empty(cell)]
    taken = {headings.field_of(headings.TIES, name) for name, _ in ties}
    meant = _meant(said)
    if meant in taken:
        meant = "note"
    if meant in taken:
        return ties
    code, heading = _LABELS_ARE[meant]
    parts.report(code, n=len(said))
    return [(heading if at == place else name, column) for at, (name, column) in enumerate(ties)]


_LABELS_ARE = {
    "kind": ("labels_are_kinds", "kind"),
    "strength": ("labels_are_numbers", "weight"),
    "note": ("labels_are_notes", "note"),
}


def _meant(said: Sequence[str]) -> str:
    if all(isinstance(cells.read_number(one), float) for one in said):
        return "strength"
    known = sum(words.code_of("tie_kind", one) is not None for one in said)
    few = 2 * len({one.casefold() for one in said}) <= len(said)
    return "kind" if 2 * known >= len(said) or few else "note"


# --- direction, and graphs beside each other


def _mutual(parts: Parts, ties: list[Named]) -> list[Named]:
    """Return what the format says of direction; an attribute of that name knows better."""
    column = parts.edges.mutual
    for at, (name, stated) in enumerate(ties):
        if name == "mutual" and all(isinstance(one, (bool, type(None))) for one in stated):
            column = [two if one is None else one for one, two in zip(stated, column, strict=True)]
            del ties[at]
            break
    return [("mutual", list(column))] if any(one is not None for one in column) else []


def _graph_names(parts: Parts) -> list[str]:
    """Name the graphs, each differently."""
    names: dict[str, None] = {}
    for place, graph in enumerate(parts.graphs, start=1):
        name = graph.name or str(place)
        names.setdefault(name if name not in names else f"{name} {place}")
    return list(names)


def _of_graphs(parts: Parts, ties: Sequence[Named]) -> str:
    """Tell what a graph is to its ties: their kind, where it joins the same as another does."""
    nodes, edges = parts.nodes, parts.edges
    found: dict[str | None, int] = {}
    met = [
        (one, graph)
        for listed, graphs in (
            (nodes.ids, nodes.graphs),
            (edges.sources, edges.graphs),
            (edges.targets, edges.graphs),
        )
        for one, graph in zip(listed, graphs, strict=True)
    ]
    shared = any(found.setdefault(one, graph) != graph for one, graph in met)
    kinds = any(headings.field_of(headings.TIES, name) == "kind" for name, _ in ties)
    return "kind" if shared and not kinds else "graph"


# --- the map itself


def with_places(draft: Draft, parts: Parts, actors: Sequence[Named]) -> Draft:
    """Put the places of a file of our own where they were."""
    x, y = (next((column for name, column in actors if name == at), None) for at in ("x", "y"))
    places = parts.places
    if x is not None and y is not None:
        places = {row: both for row, both in enumerate(zip(x, y, strict=True)) if None not in both}
    if places:
        ids = parts.nodes.ids
        draft.about["positions"] = {str(ids[row]): place for row, place in places.items()}
    return draft


_TITLES = ("title", "name", "label")
_NOTES = ("desc", "description", "comment", "note")


def say(draft: Draft, stated: Sequence[tuple[str, str]]) -> None:
    """Let what another program says of the whole be the map's title, note and tags."""
    for name, text in stated:
        word = " ".join(text.split())
        if not word or name.casefold() in _TOOLS:
            continue
        if name.casefold() in _TITLES and "title" not in draft.about:
            draft.about["title"] = word
        elif name.casefold() in _NOTES and "note" not in draft.about:
            draft.about["note"] = text.strip()
        else:
            draft.about.setdefault("tags", {})[name] = cells.read_tag(text)
