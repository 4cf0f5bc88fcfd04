"""GraphML, read and written: of yEd, Cytoscape, Gephi, visone, igraph, networkx, Network Canvas.

yEd keeps names, arrows and places in elements of its own; its groups are no actors, but what
those inside belong to. What we wrote ourselves has the map's own fields as data of the graph.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.files import network_canvas
from aktorkart.files.drafted import carried, drafted, needed_drawn, own_draft
from aktorkart.files.elements import Elements, attributes, escaped, local
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.making import made
from aktorkart.files.nodes import (
    Graph,
    Parts,
    drafted_parts,
    own_sheets,
    say,
    with_places,
)
from aktorkart.files.typed import Typed, columns_to_write, read_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aktorkart.files.decoding import File
    from aktorkart.files.nodes import Cells, Named
    from aktorkart.files.sheets import Draft, Reading
    from aktorkart.model import ActorMap


def load(file: File, reading: Reading | None = None) -> Loaded:
    """Read a graph."""
    return made(draft(file), reading)


def draft(file: File) -> Draft:
    """Lay out the nodes and edges of all graphs in a file as sheets."""
    return _Reader(file).draft()


@dataclass
class _Key:
    """What a ``key`` says of the data that name it."""

    name: str
    type: str
    of: str  # node, edge, graph, all …
    graphics: bool = False  # yEd's own elements are in it
    default: str | None = None


@dataclass
class _Around:
    """A graph that is being read, and what it is in."""

    edges_mutual: bool | None
    node: int | None  # the row of the node that it is in
    place: int  # the number of the outermost graph


@dataclass
class _Reader:
    file: File
    keys: dict[str, _Key] = field(default_factory=dict)
    stated: list[dict[str, str]] = field(default_factory=list)  # data of each outermost graph
    around: list[_Around] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)  # the rows of the nodes that are open
    edge: int | None = None
    key: str | None = None  # of the data that are being read
    defines: _Key | None = None  # the key that is being read
    labelled: bool = False  # a label is being read
    left_out: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = Parts(self.file.name)
        self.xml = Elements(
            self.file,
            root="graphml",
            starts={
                "key": self._start_key,
                "default": self._start_default,
                "graph": self._start_graph,
                "node": self._start_node,
                "edge": self._start_edge,
                "data": self._start_data,
                "port": lambda _: self._leave_out("port"),
                "hyperedge": lambda _: self._leave_out("hyperedge"),
                # yEd's, and those of what came after it
                "NodeLabel": self._start_label,
                "EdgeLabel": self._start_label,
                "Label.Text": self._start_label,
                "Geometry": self._geometry,
                "RectD": self._geometry,
                "Arrows": self._arrows,
            },
            ends={
                "key": self._end_key,
                "default": self._end_default,
                "graph": self._end_graph,
                "node": self._end_node,
                "edge": self._end_edge,
                "data": self._end_data,
                "NodeLabel": self._end_label,
                "EdgeLabel": self._end_label,
                "Label.Text": self._end_label,
            },
        )

    # --- keys

    def _start_key(self, said: dict[str, str]) -> None:
        plain = {local(name): value for name, value in said.items()}
        id_ = plain.get("id", "")
        graphics = "yfiles.type" in plain or plain.get("attr.type") == "complex"
        self.defines = self.keys[id_] = _Key(
            name=plain.get("attr.name", id_),
            type=plain.get("attr.type", "string").lower(),
            of=plain.get("for", "all"),
            graphics=graphics,
        )

    def _end_key(self) -> None:
        self.defines = None

    def _start_default(self, _: dict[str, str]) -> None:
        if self.defines is not None:
            self.xml.listen()

    def _end_default(self) -> None:
        if self.defines is not None:
            self.defines.default = self.xml.heard()

    # --- graphs, nodes, edges

    def _start_graph(self, said: dict[str, str]) -> None:
        node = self.nodes[-1] if self.nodes else None
        mutual = {"directed": False, "undirected": True}.get(said.get("edgedefault", ""))
        if self.around and node is None:
            mutual = self.around[-1].edges_mutual if mutual is None else mutual
        if not self.around:
            plain = {local(name): value for name, value in said.items()}
            self.parts.graphs.append(Graph(plain.get("id"), self.xml.line, plain))
            self.stated.append({})
        self.around.append(_Around(mutual, node, len(self.parts.graphs) - 1))

    def _end_graph(self) -> None:
        if self.around:
            self.around.pop()

    def _start_node(self, said: dict[str, str]) -> None:
        if self.key is not None or not self.around:
            return
        nodes, graph = self.parts.nodes, self.around[-1]
        row = len(nodes.lines)
        nodes.lines.append(self.xml.line)
        nodes.ids.append(said.get("id"))
        nodes.graphs.append(graph.place)
        self.nodes.append(row)
        if graph.node is not None:
            self.parts.inside[row] = graph.node
        if len(said) > 1 and said.get("yfiles.foldertype") in {"group", "folder"}:
            self.parts.groups.add(row)

    def _end_node(self) -> None:
        if self.key is None and self.nodes:
            self.nodes.pop()

    def _start_edge(self, said: dict[str, str]) -> None:
        if self.key is not None or not self.around:
            return
        edges, graph = self.parts.edges, self.around[-1]
        self.edge = len(edges.lines)
        edges.lines.append(self.xml.line)
        edges.sources.append(said.get("source"))
        edges.targets.append(said.get("target"))
        edges.graphs.append(graph.place)
        stated = said.get("directed")
        mutual = graph.edges_mutual if stated is None else _MUTUAL.get(stated.strip().lower())
        edges.mutual.append(mutual)
        if "sourceport" in said or "targetport" in said:
            self._leave_out("port")

    def _end_edge(self) -> None:
        if self.key is None:
            self.edge = None

    def _leave_out(self, what: str) -> None:
        if self.key is None:
            self.left_out.setdefault(what, []).append(self.xml.line)

    # --- data

    def _start_data(self, said: dict[str, str]) -> None:
        if self.key is None:
            self.key = said.get("key", "")
            self.xml.listen()

    def _end_data(self) -> None:
        key, self.key = self.key, None
        text = self.xml.heard()
        if key is None or not self.around or (not text or text.isspace()):
            return
        if self.edge is not None:
            self.parts.edges.data.put(self.edge, key, text)
        elif self.nodes and self.around[-1].node != self.nodes[-1]:
            self.parts.nodes.data.put(self.nodes[-1], key, text)
        elif len(self.around) == 1:
            self.stated[-1].setdefault(key, text)

    # --- what yEd draws

    def _start_label(self, _: dict[str, str]) -> None:
        if self.key is not None and not self.labelled:
            self.labelled = True
            self.xml.listen()

    def _end_label(self) -> None:
        if not self.labelled:
            return
        self.labelled = False
        text = " ".join(self.xml.heard().split())
        if text and self.edge is not None:
            self.parts.edges.labels.setdefault(self.edge, text)
        elif text and self.nodes:
            self.parts.nodes.labels.setdefault(self.nodes[-1], text)
        self.xml.listen()  # the rest of the data

    def _geometry(self, said: dict[str, str]) -> None:
        if self.key is None or self.edge is not None or not self.nodes:
            return
        try:
            x, y, width, height = (
                float(said.get(name, said.get(name.capitalize(), "")))
                for name in ("x", "y", "width", "height")
            )
        except ValueError:
            return
        place = (x + width / 2, y + height / 2)
        if all(map(math.isfinite, place)):
            self.parts.places.setdefault(self.nodes[-1], place)

    def _arrows(self, said: dict[str, str]) -> None:
        """Turn an edge with one arrow, at its source; with none or two it goes both ways."""
        if self.key is None or self.edge is None:
            return
        edges, row = self.parts.edges, self.edge
        at_source, at_target = (said.get(end, "none") != "none" for end in ("source", "target"))
        edges.mutual[row] = at_source == at_target
        if at_source and not at_target:
            edges.sources[row], edges.targets[row] = edges.targets[row], edges.sources[row]

    # --- all of it

    def draft(self) -> Draft:
        """Read the file and lay it out."""
        self.xml.run()
        parts = self.parts
        actors = self._columns("node", parts.nodes.data, len(parts.nodes.lines))
        ties = self._columns("edge", parts.edges.data, len(parts.edges.lines))
        stated = [[(self._name(key), text) for key, text in one.items()] for one in self.stated]
        if stated and any(name == "aktorkart" for name, _ in stated[0]):
            sheets = own_sheets(parts, actors, ties)
            return with_places(own_draft(*sheets, stated[0]), parts, actors)
        for what, lines in self.left_out.items():
            parts.report("part_left_out", lines, value=what)
        egos = (
            network_canvas.settle(parts, actors, ties, stated)
            if network_canvas.made_it(parts, actors)
            else []
        )
        result = drafted_parts(parts, actors, ties)
        if egos:
            network_canvas.around(result, egos)
        elif len(stated) == 1:
            say(result, stated[0])
        return result

    def _name(self, key: str) -> str:
        known = self.keys.get(key)
        return known.name if known is not None else key

    def _columns(self, table: str, data: Cells, rows: int) -> list[Named]:
        """Return the attributes of nodes or edges, read as the type that their key has."""
        found: list[Named] = []
        for id_ in dict.fromkeys([*self.keys, *data]):
            key = self.keys.get(id_, _Key(id_, "string", "all"))
            default = key.default if key.of in {table, "all"} else None
            if not key.graphics and (id_ in data or default is not None):
                column = data.column(id_, rows)
                found.append((key.name, read_column(column, key.type, default=default)))
        return found


_MUTUAL = {"true": False, "1": False, "false": True, "0": True}


# --- writing


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a map: ties that go both ways as undirected edges, in one graph with the others."""
    data = ("\n".join(_written(kart, drafted(kart))) + "\n").encode()
    out = needed_drawn(kart, path)
    return carried(kart, Dumped({path: data}, out), path, load, what="GraphML")


def _written(kart: ActorMap, whole: Draft) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    tables = columns_to_write(kart, whole)
    keys: dict[str, list[str]] = {table: [] for table in tables}
    for table, of in (("map", "graph"), ("actors", "node"), ("ties", "edge")):
        for place, column in enumerate(tables[table]):
            id_ = f"{of[0]}{place}"
            keys[table].append(id_)
            said = {"id": id_, "for": of, "attr.name": column.name}
            yield f"  <key{attributes({**said, 'attr.type': _TYPES[column.type]})}/>"
    default = "undirected" if all(tie.mutual for tie in kart.ties) else "directed"
    yield f'  <graph edgedefault="{default}">'
    yield from _data(keys["map"], tables["map"], 0, "    ")
    for row, actor in enumerate(kart.actors):
        yield f"    <node{attributes({'id': actor.id})}>"
        yield from _data(keys["actors"], tables["actors"], row, "      ")
        yield "    </node>"
    for row, tie in enumerate(kart.ties):
        way = None if default == "undirected" else "false" if tie.mutual else "true"
        ends = {"source": tie.source, "target": tie.target}
        yield f"    <edge{attributes({**ends, 'directed': way})}>"
        yield from _data(keys["ties"], tables["ties"], row, "      ")
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


_TYPES = {
    "boolean": "boolean",
    "integer": "int",
    "long": "long",
    "double": "double",
    "string": "string",
}


def _data(keys: Sequence[str], columns: Sequence[Typed], row: int, indent: str) -> Iterator[str]:
    for key, column in zip(keys, columns, strict=True):
        text = column.texts[row]
        if text is not None:
            yield f'{indent}<data key="{key}">{escaped(text)}</data>'
