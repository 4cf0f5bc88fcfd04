"""GEXF 1.1, 1.2 and 1.3, read and written: Gephi's format, with direction told for each edge.

What we wrote ourselves has the map's own fields inside ``meta``, in a namespace of their own.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.files.drafted import carried, drafted, needed_drawn, own_draft
from aktorkart.files.elements import Elements, attributes, escaped
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.making import made
from aktorkart.files.nodes import (
    Cells,
    Graph,
    Parts,
    drafted_parts,
    own_sheets,
    say,
    with_places,
)
from aktorkart.files.plainly import told
from aktorkart.files.typed import columns_to_write, read_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aktorkart.files.decoding import File
    from aktorkart.files.nodes import Named
    from aktorkart.files.sheets import Draft, Reading
    from aktorkart.files.typed import Typed
    from aktorkart.model import ActorMap

_OURS = "urn:aktorkart:map"
_LOOKS = ("color", "size", "shape", "thickness")


def load(file: File, reading: Reading | None = None) -> Loaded:
    """Read a graph."""
    return made(draft(file), reading)


def draft(file: File) -> Draft:
    """Lay out the nodes and edges of a file as sheets."""
    return _Reader(file).draft()


@dataclass
class _Attribute:
    """What an ``attribute`` says of the values that name it."""

    name: str
    type: str
    default: str | None = None


@dataclass
class _Reader:
    file: File
    known: dict[str, dict[str, _Attribute]] = field(
        default_factory=lambda: {"node": {}, "edge": {}}
    )
    of: str = "node"  # whose attributes are being defined
    defines: _Attribute | None = None
    mutual: bool | None = None  # of edges that do not say
    dates: bool = False
    nodes: list[int] = field(default_factory=list)  # the rows of the nodes that are open
    edge: int | None = None
    told: dict[str, Cells] = field(default_factory=lambda: {"node": Cells(), "edge": Cells()})
    parents: dict[int, str] = field(default_factory=dict)
    spells: dict[int, list[dict[str, str | None]]] = field(default_factory=dict)
    meta: list[tuple[str, str]] = field(default_factory=list)
    own: list[tuple[str, str]] = field(default_factory=list)
    own_name: str = ""
    changes: dict[int, None] = field(default_factory=dict)  # lines of values that another follows
    left_out: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = Parts(self.file.name, up=True)
        self.xml = Elements(
            self.file,
            root="gexf",
            starts={
                "graph": self._start_graph,
                "attributes": self._start_attributes,
                "attribute": self._start_attribute,
                "default": lambda _: self.xml.listen(),
                "description": lambda _: self.xml.listen(),
                "field": self._start_field,
                "node": self._start_node,
                "edge": self._start_edge,
                "attvalue": self._value,
                "spell": self._spell,
                "parent": self._parent,
                "position": self._position,
                **{name: self._looks(name) for name in _LOOKS},
            },
            ends={
                "attribute": self._end_attribute,
                "default": self._end_default,
                "description": lambda: self.meta.append(("description", self.xml.heard())),
                "field": lambda: self.own.append((self.own_name, self.xml.heard())),
                "node": self._end_node,
                "edge": self._end_edge,
            },
        )

    # --- what the file says of itself

    def _start_field(self, said: dict[str, str]) -> None:
        self.own_name = said.get("name", "")
        self.xml.listen()

    def _start_graph(self, said: dict[str, str]) -> None:
        self.mutual = _MUTUAL.get(said.get("defaultedgetype", ""))
        self.dates = said.get("timeformat", "").lower() in {"date", "datetime"}
        self.parts.graphs.append(Graph(said.get("id"), self.xml.line, said))

    def _start_attributes(self, said: dict[str, str]) -> None:
        self.of = said.get("class", "node")

    def _start_attribute(self, said: dict[str, str]) -> None:
        id_ = said.get("id", "")
        name, type_ = said.get("title", id_), said.get("type", "string").lower()
        self.defines = _Attribute(name, type_)
        self.known.setdefault(self.of, {}).setdefault(id_, self.defines)

    def _end_attribute(self) -> None:
        self.defines = None

    def _end_default(self) -> None:
        text = self.xml.heard()
        if self.defines is not None:
            self.defines.default = text

    # --- nodes and edges

    def _start_node(self, said: dict[str, str]) -> None:
        nodes = self.parts.nodes
        row = len(nodes.lines)
        nodes.lines.append(self.xml.line)
        nodes.ids.append(said.get("id"))
        nodes.graphs.append(max(len(self.parts.graphs) - 1, 0))
        if label := said.get("label"):
            nodes.labels[row] = label
        if self.nodes:
            self.parts.inside[row] = self.nodes[-1]
        elif parent := said.get("pid"):
            self.parents[row] = parent
        for name in ("start", "end"):
            if name in said:
                self.told["node"].put(row, name, self._when(said[name]))
        self.nodes.append(row)

    def _end_node(self) -> None:
        if self.nodes:
            self.nodes.pop()

    def _start_edge(self, said: dict[str, str]) -> None:
        edges = self.parts.edges
        self.edge = row = len(edges.lines)
        edges.lines.append(self.xml.line)
        edges.sources.append(said.get("source"))
        edges.targets.append(said.get("target"))
        edges.graphs.append(max(len(self.parts.graphs) - 1, 0))
        edges.mutual.append(
            _MUTUAL.get(said["type"], self.mutual) if "type" in said else self.mutual
        )
        if label := said.get("label"):
            edges.labels[row] = label
        told = self.told["edge"]
        if "weight" in said:
            told.put(row, "weight", said["weight"])
        if "kind" in said:
            told.put(row, "kind", said["kind"])
        for name in ("start", "end"):
            if name in said:
                told.put(row, name, self._when(said[name]))

    def _end_edge(self) -> None:
        self.edge = None

    def _value(self, said: dict[str, str]) -> None:
        name = said.get("for") or said.get("id") or ""
        data, row = self._current()
        if row is not None and not data.put(row, name, said.get("value")):
            self.changes[self.xml.line] = None

    def _current(self) -> tuple[Cells, int | None]:
        if self.edge is not None:
            return self.parts.edges.data, self.edge
        return self.parts.nodes.data, self.nodes[-1] if self.nodes else None

    def _spell(self, said: dict[str, str]) -> None:
        times: dict[str, str | None] = {
            name: self._when(said[name]) for name in ("start", "end") if name in said
        }
        if self.edge is not None:
            self.spells.setdefault(self.edge, []).append(times)
        elif self.nodes:
            self.left_out.setdefault("spell", []).append(self.xml.line)

    def _parent(self, said: dict[str, str]) -> None:
        if self.nodes and self.nodes[-1] not in self.parents:
            self.parents[self.nodes[-1]] = said.get("for", "")
        else:
            self.left_out.setdefault("parent", []).append(self.xml.line)

    def _position(self, said: dict[str, str]) -> None:
        if not self.nodes or self.edge is not None:
            return
        try:
            place = (float(said.get("x", "")), float(said.get("y", "")))
        except ValueError:
            return
        if all(map(math.isfinite, place)):
            self.parts.places[self.nodes[-1]] = place

    def _looks(self, name: str) -> Any:
        return lambda _: self.parts.looks.setdefault(name)

    def _when(self, text: str) -> str | None:
        """Return a day, or a year where the file counts in numbers; an open end is none."""
        if text.strip("+-").casefold().startswith("inf"):
            return None
        if self.dates:
            return text.partition("T")[0]
        return re.sub(r"^(\d{4})\.0+$", r"\1", text)

    # --- all of it

    def draft(self) -> Draft:
        """Read the file and lay it out."""
        self.xml.run()
        parts = self.parts
        actors = self._columns("node", parts.nodes.data, len(parts.nodes.lines))
        if any(name == "aktorkart" for name, _ in self.own):
            ties = self._columns("edge", parts.edges.data, len(parts.edges.lines))
            sheets = own_sheets(parts, actors, ties)
            return with_places(own_draft(*sheets, self.own), parts, actors)
        self._find_parents()
        self._take_spells()
        ties = self._columns("edge", parts.edges.data, len(parts.edges.lines))
        for what, lines in self.left_out.items():
            parts.report("part_left_out", lines, value=what)
        if self.changes:
            parts.report("values_over_time", list(self.changes))
        result = drafted_parts(parts, actors, ties)
        say(result, self.meta)
        return result

    def _find_parents(self) -> None:
        rows = {id_: row for row, id_ in enumerate(self.parts.nodes.ids)}
        for row, parent in self.parents.items():
            if parent in rows and rows[parent] != row:
                self.parts.inside.setdefault(row, rows[parent])
            else:
                self.left_out.setdefault("pid", []).append(self.parts.nodes.lines[row])

    def _take_spells(self) -> None:
        """Make a row of each period of an edge: it is a tie that was there several times."""
        edges, told = self.parts.edges, self.told["edge"]
        for row, spells in self.spells.items():
            for place, times in enumerate(spells):
                at = row
                if place:
                    at = edges.again(row)
                    for name, column in told.items():
                        if row < len(column) and name not in {"start", "end"}:
                            told.put(at, name, column[row])
                for name, when in times.items():
                    told.put(at, name, when)

    def _columns(self, table: str, data: Cells, rows: int) -> list[Named]:
        """Return the attributes of nodes or edges, read as the type that they are declared as."""
        told = self.told[table]
        found: list[Named] = [
            (name, read_column(told.column(name, rows), _TYPE_OF.get(name, "string"), default=None))
            for name in told
        ]
        known = self.known[table]
        for id_ in dict.fromkeys([*known, *data]):
            one = known.get(id_, _Attribute(id_, "string"))
            if id_ in data or one.default is not None:
                column = read_column(data.column(id_, rows), one.type, default=one.default)
                found.append((one.name, column))
        return found


_TYPE_OF = {"weight": "double"}
_MUTUAL = {"directed": False, "undirected": True, "mutual": True}


# --- writing


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a map as GEXF 1.3."""
    data = ("\n".join(_written(kart, drafted(kart))) + "\n").encode()
    # An edge without weight has the weight 1 in GEXF.
    unjudged = [tie for tie in kart.ties if tie.strength is None and not tie.needed]
    out = (*needed_drawn(kart, path), *told(kart, "unjudged_are_one", unjudged, path))
    return carried(kart, Dumped({path: data}, out), path, load, what="GEXF")


def _written(kart: ActorMap, whole: Draft) -> Iterator[str]:
    tables = columns_to_write(kart, whole)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    spaces = 'xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"'
    yield f'<gexf {spaces} version="1.3">'
    yield f'  <meta>\n    <creator>aktorkart</creator>\n    <map xmlns="{_OURS}">'
    for column in tables["map"]:
        text = escaped(column.texts[0] or "")
        yield f"      <field{attributes({'name': column.name})}>{text}</field>"
    yield "    </map>\n  </meta>"
    default = "undirected" if all(tie.mutual for tie in kart.ties) else "directed"
    yield f'  <graph defaultedgetype="{default}">'
    actors = [one for one in tables["actors"] if one.name not in {"label", "x", "y"}]
    ties = [one for one in tables["ties"] if one.name != "weight"]
    for of, columns in (("node", actors), ("edge", ties)):
        if columns:
            yield f'    <attributes class="{of}">'
            for place, column in enumerate(columns):
                stated = {"id": str(place), "title": column.name, "type": column.type}
                yield f"      <attribute{attributes(stated)}/>"
            yield "    </attributes>"
    yield "    <nodes>"
    for row, actor in enumerate(kart.actors):
        yield f"      <node{attributes({'id': actor.id, 'label': actor.label})}>"
        yield from _values(actors, row)
        if actor.id in kart.positions:
            x, y = (repr(one) for one in kart.positions[actor.id])
            yield f'        <viz:position x="{x}" y="{y}"/>'
        yield "      </node>"
    yield "    </nodes>\n    <edges>"
    for row, tie in enumerate(kart.ties):
        said: dict[str, str | None] = {
            "id": str(row),
            "source": tie.source,
            "target": tie.target,
            "type": "undirected" if tie.mutual else "directed",
            "weight": None if tie.strength is None else repr(tie.strength),
        }
        yield f"      <edge{attributes(said)}>"
        yield from _values(ties, row)
        yield "      </edge>"
    yield "    </edges>\n  </graph>\n</gexf>"


def _values(columns: Sequence[Typed], row: int) -> Iterator[str]:
    said = [
        f"          <attvalue{attributes({'for': str(place), 'value': column.texts[row]})}/>"
        for place, column in enumerate(columns)
        if column.texts[row] is not None
    ]
    if said:
        yield "        <attvalues>"
        yield from said
        yield "        </attvalues>"
