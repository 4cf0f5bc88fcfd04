"""GraphML: of yEd, Cytoscape, Gephi, igraph, networkx and Network Canvas, and our own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.errors import InvalidMap
from aktorkart.files.decoding import File
from aktorkart.files.graphml import draft, dump, load
from aktorkart.files.sheets import Reading
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from pathlib import Path

    from aktorkart.files.sheets import Draft

HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml">'


def file(*parts: str, head: str = HEAD) -> File:
    return File("kart.graphml", "\n".join((head, *parts, "</graphml>")).encode())


def sheet(found: Draft, table: str) -> dict[str, list[Any]]:
    one = getattr(found, table)
    return dict(zip(one.headings, one.columns, strict=True))


def codes(found: Draft) -> list[str]:
    return [note.code for note in found.notes]


# --- yEd


def shape(id_: str, label: str, x: float, y: float, more: str = "") -> str:
    return (
        f'<node id="{id_}"{more}><data key="d6"><y:ShapeNode>'
        f'<y:Geometry height="30" width="30" x="{x}" y="{y}"/>'
        f'<y:NodeLabel textColor="#000000">{label}<y:LabelModel/></y:NodeLabel>'
        "</y:ShapeNode></data></node>"
    )


def line(id_: str, source: str, target: str, arrows: str, label: str = "") -> str:
    said = f"<y:EdgeLabel>{label}</y:EdgeLabel>" if label else ""
    return (
        f'<edge id="{id_}" source="{source}" target="{target}"><data key="d10">'
        f"<y:PolyLineEdge>{arrows}{said}</y:PolyLineEdge></data></edge>"
    )


def arrows(source: str, target: str) -> str:
    return f'<y:Arrows source="{source}" target="{target}"/>'


YED = (
    '<key for="node" id="d4" attr.name="url" attr.type="string"/>',
    '<key for="node" id="d6" yfiles.type="nodegraphics"/>',
    '<key for="edge" id="d10" yfiles.type="edgegraphics"/>',
    '<key for="graphml" id="d7" yfiles.type="resources"/>',
    '<graph edgedefault="directed" id="G"><data key="d0"/>',
    shape("n0", "Fastlegen", 10, 20),
    shape("n1", "NAV\nFjordvik", 100, 20),
    (
        '<node id="n2" yfiles.foldertype="group"><data key="d6"><y:ProxyAutoBoundsNode>'
        '<y:Realizers active="0"><y:GroupNode><y:Geometry height="9" width="9" x="0" y="0"/>'
        "<y:NodeLabel>Kommunen</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode>"
        '</data><graph edgedefault="directed" id="n2:">'
    ),
    shape("n2::n0", "Boligkontoret", 5, 95),
    "</graph></node>",
)


def test_yed_as_it_is_drawn() -> None:
    """Issue 11: labels, groups as organisations, arrows, labels of edges, places."""
    found = draft(
        file(
            *YED,
            line("e0", "n0", "n1", arrows("none", "standard"), "henviser"),
            line("e1", "n1", "n2::n0", arrows("none", "none")),
            line("e2", "n0", "n2::n0", arrows("delta", "none"), "avtale"),
            line("e3", "n2::n0", "n1", arrows("standard", "standard")),
            line("e4", "n2", "n1", arrows("none", "none")),
            "</graph><data key='d7'><y:Resources/></data>",
        )
    )
    assert sheet(found, "actors") == {
        "id": ["n0", "n1", "n2::n0"],
        "label": ["Fastlegen", "NAV Fjordvik", "Boligkontoret"],
        "organisation": [None, None, "Kommunen"],
    }
    assert sheet(found, "ties") == {
        "source": ["n0", "n1", "n2::n0", "n2::n0"],
        "target": ["n1", "n2::n0", "n0", "n1"],
        "mutual": [False, True, False, True],
        "kind": ["henviser", None, "avtale", None],
    }
    assert codes(found) == ["groups_are_organisations", "labels_are_kinds", "group_ties_left_out"]
    assert found.notes[-1].place.line == 17
    places = found.about["positions"]
    assert set(places) == {"n0", "n1", "n2::n0"}
    assert places["n0"][1] == places["n1"][1] > places["n2::n0"][1]  # yEd's y grows downwards
    assert places["n2::n0"][0] < places["n0"][0] < places["n1"][0]
    kart = load(file(*YED, "</graph>")).kart
    assert kart["n2::n0"].organisation == "Kommunen"
    assert "n2" not in kart


@pytest.mark.parametrize(
    ("labels", "heading", "code"),
    [
        (["henviser", "samarbeid", "egen"], "kind", "labels_are_kinds"),
        (["barter", "barter", "gossip", "gossip"], "kind", "labels_are_kinds"),
        (["4", "2,5", "1"], "weight", "labels_are_numbers"),
        (["møtes hver mandag", "ringer sjelden"], "note", "labels_are_notes"),
    ],
)
def test_words_on_lines_are_what_they_look_like(labels: list[str], heading: str, code: str) -> None:
    edges = [
        line(f"e{at}", "n0", "n1", arrows("none", "standard"), label)
        for at, label in enumerate(labels)
    ]
    found = draft(file(*YED, *edges, "</graph>"))
    assert sheet(found, "ties")[heading] == labels
    assert code in codes(found)


# --- what the standard has


def test_keys_inside_the_graph_defaults_and_types() -> None:
    found = draft(
        file(
            '<graph edgedefault="undirected">',
            '<key id="name" for="node" attr.name="name" attr.type="string"/>',
            '<key id="id" for="node" attr.name="members" attr.type="int">',
            '<default>4</default></key><key id="w" for="edge" attr.name="weight"',
            'attr.type="double"><default>1.5</default></key>',
            '<key id="b" for="edge" attr.name="needed" attr.type="boolean"/>',
            '<node id="1"><data key="name">Gatejuristen &amp; co</data>',
            '<data key="own">x</data></node>',
            '<node id="2"><data key="id">7</data><port name="north"/></node>',
            '<edge source="1" target="2"><data key="w">2</data><data key="b">true</data></edge>',
            '<edge source="2" target="1" directed="true" sourceport="north"/>',
            '<edge source="2" target="1" directed="false"><data key="w">much</data></edge>',
            '<hyperedge><endpoint node="1"/><endpoint node="2"/></hyperedge></graph>',
        )
    )
    assert sheet(found, "actors") == {
        "id": ["1", "2"],
        "name": ["Gatejuristen & co", None],
        "members": [4, 7],
        "own": ["x", None],
    }
    assert sheet(found, "ties") == {
        "source": ["1", "2", "2"],
        "target": ["2", "1", "1"],
        "mutual": [True, False, True],
        "weight": [2, 1.5, "much"],
        "needed": [True, None, None],
    }
    assert [(note.code, note.values["value"], note.values["n"]) for note in found.notes] == [
        ("part_left_out", "port", 2),
        ("part_left_out", "hyperedge", 1),
    ]


def test_a_graph_that_does_not_say_which_way_lets_the_reader_say() -> None:
    nodes = '<node id="a"/><node id="b"/><edge source="a" target="b"/>'
    for said, directed, mutual in (
        ("", None, True),
        ("", True, False),
        (' edgedefault="undirected"', True, True),
        (' edgedefault="directed"', None, False),
    ):
        source = file(f"<graph{said}>", nodes, "</graph>")
        (tie,) = load(source, Reading(directed=directed)).kart.ties
        assert tie.mutual is mutual


def test_several_graphs_are_all_read() -> None:
    """Issue 11: networkx and igraph read the first only, without a word."""
    nodes = '<node id="a"/><node id="b"/>'
    first = '<graph id="tillit" edgedefault="directed">' + nodes
    second = '<graph id="råd" edgedefault="undirected">'
    edge = '<edge source="a" target="b"/></graph>'
    loaded = load(file(first, edge, second, edge))
    assert [(tie.kind, tie.mutual) for tie in loaded.kart.ties] == [
        ("tillit", False),
        ("råd", True),
    ]
    assert "several_graphs" in [note.code for note in loaded.notes]
    again = load(file(first, edge, second + nodes, edge)).kart
    assert (again.ties, len(again.actors)) == (loaded.kart.ties, 2)
    apart = load(
        file(
            first, edge, second, '<node id="c"/><node id="d"/><edge source="c" target="d"/></graph>'
        )
    ).kart
    assert [(tie.kind, dict(tie.tags)) for tie in apart.ties] == [
        ("contact", {"graph": "tillit"}),
        ("contact", {"graph": "råd"}),
    ]


def test_a_node_with_a_graph_inside_is_an_actor_only_where_it_has_ties() -> None:
    inside = '<node id="k"><graph><node id="a"/><node id="b"/></graph></node>'
    plain = sheet(draft(file('<graph edgedefault="undirected">', inside, "</graph>")), "actors")
    assert plain == {"id": ["a", "b"], "organisation": ["k", "k"]}
    tied = '<node id="c"/><edge source="c" target="k"/></graph>'
    found = sheet(draft(file('<graph edgedefault="undirected">', inside, tied)), "actors")
    assert found == {"id": ["k", "a", "b", "c"], "organisation": [None, "k", "k", None]}


def test_what_is_wrong_has_its_line() -> None:
    source = file(
        '<graph edgedefault="directed"><node id="fastlege"/>',
        '<node id="nav"/>',
        '<edge source="fastlgee" target="nav"/>',
        '<edge target="nav"/>',
        "</graph>",
    )
    with pytest.raises(InvalidMap) as caught:
        load(source)
    assert [(one.code, one.place.line, one.guesses) for one in caught.value.problems] == [
        ("unknown_actor", 4, ("fastlege",)),
        ("missing", 5, ()),
    ]


# --- other programs


def test_what_cytoscape_and_gephi_keep_for_themselves_is_left_out_and_said() -> None:
    cytoscape = draft(
        file(
            *(
                f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="string"/>'
                for of, name in (("node", "SUID"), ("node", "name"), ("edge", "interaction"))
            ),
            '<graph edgedefault="directed"><data key="name">Nettverk</data>',
            '<node id="62"><data key="SUID">62</data><data key="name">NAV</data></node>',
            '<node id="63"><data key="shared name">DPS</data><data key="name">DPS</data></node>',
            '<edge source="62" target="63"><data key="interaction">samarbeid</data>',
            '<data key="shared interaction">samarbeid</data><data key="name">NAV (x) DPS</data>',
            '<data key="selected">false</data></edge></graph>',
        )
    )
    assert sheet(cytoscape, "actors") == {"id": ["62", "63"], "name": ["NAV", "DPS"]}
    assert set(sheet(cytoscape, "ties")) == {"source", "target", "mutual", "interaction"}
    assert cytoscape.about == {"title": "Nettverk"}
    (note,) = cytoscape.notes
    assert set(note.values["names"]) >= {"SUID", "shared name", "selected"}
    colours = "".join(
        f'<key id="{one}" for="node" attr.name="{one}" attr.type="int"/>' for one in "rgb"
    )
    gephi = draft(
        file(
            colours,
            '<key id="x" for="node" attr.name="x" attr.type="float"/>',
            '<key id="y" for="node" attr.name="y" attr.type="float"/>',
            '<key id="label" for="node" attr.name="label" attr.type="string"/>',
            '<graph edgedefault="directed">',
            *(
                f'<node id="{at}"><data key="label">N{at}</data><data key="r">{at}</data>'
                f'<data key="g">{at}</data><data key="b">9</data><data key="size">4.0</data>'
                f'<data key="x">{at}</data><data key="y">{-at}</data></node>'
                for at in range(3)
            ),
            "</graph>",
        )
    )
    assert sheet(gephi, "actors") == {"id": ["0", "1", "2"], "label": ["N0", "N1", "N2"]}
    assert gephi.about["positions"]["0"][1] > gephi.about["positions"]["2"][1]


def interview(place: int, names: list[str]) -> str:
    people = "".join(
        f'<node id="{at}"><data key="networkCanvasUUID">u{place}{at}</data>'
        f'<data key="networkCanvasType">person</data><data key="label">{name}</data></node>'
        for at, name in enumerate(names, start=1)
    )
    return (
        f'<graph edgedefault="undirected" nc:caseId="P{place}" nc:sessionUUID="s{place}">'
        f'<data key="networkCanvasUUID">ego{place}</data><data key="age">\n  44\n</data>{people}'
        f'<edge id="9" source="1" target="2"><data key="networkCanvasType">friends</data>'
        f'<data key="networkCanvasSourceUUID">u{place}1</data>'
        f'<data key="networkCanvasTargetUUID">u{place}2</data></edge></graph>'
    )


def test_an_interview_of_network_canvas_has_the_one_who_was_asked_in_it() -> None:
    head = HEAD.replace(">", ' xmlns:nc="http://schema.networkcanvas.com/xmlns">')
    loaded = load(file(interview(1, ["Kari", "Node"]), head=head))
    kart = loaded.kart
    assert kart.scope == "individual"
    assert kart.focal == "ego1"
    assert [(one.id, one.name, one.kind) for one in kart.actors] == [
        ("1", "Kari", "person"),
        ("2", None, "person"),
        ("ego1", "P1", "unknown"),
    ]
    assert [(tie.source, tie.target, tie.kind, tie.mutual) for tie in kart.ties] == [
        ("1", "2", "friends", True),
        ("ego1", "1", "contact", False),
        ("ego1", "2", "contact", False),
    ]
    assert "egos_added" in [note.code for note in loaded.notes]
    several = load(
        file(interview(1, ["Kari", "Ola"]), interview(2, ["Per", "Pål"]), head=head)
    ).kart
    assert {actor.id for actor in several.actors} == {
        *("u11", "u12", "u21", "u22", "ego1", "ego2"),
    }
    assert len(several.ties) == 6
    assert (several.scope, several.focal) == ("individual", None)


cells = st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text("aå <&\"'", max_size=4)


NAMES = ("weight", "ærlig", "id & x")


@st.composite
def graphs(draw: st.DrawFn) -> Any:
    """Draw graphs of networkx whose attributes are of any type."""
    kind = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph]))
    graph: Any = kind()
    some = st.dictionaries(st.sampled_from(NAMES), cells)
    for node in range(draw(st.integers(0, 5))):
        graph.add_node(node, **draw(some))
    one = st.sampled_from(list(graph)) if graph else st.nothing()
    for tail, head in draw(st.lists(st.tuples(one, one), max_size=6)) if graph else []:
        graph.add_edge(tail, head, **draw(some))
    return graph


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_files_of_networkx_are_read_as_it_reads_them(graph: Any) -> None:
    """An independent reader: of its own files networkx knows every node, edge and cell."""
    stream = io.BytesIO()
    nx.write_graphml(graph, stream)
    stream.seek(0)
    again: Any = nx.read_graphml(stream)
    found = draft(File("x.graphml", stream.getvalue()))
    actors, ties = sheet(found, "actors"), sheet(found, "ties")
    assert actors["id"] == list(again.nodes)
    assert attributes(found.actors) == [stated(one) for one in again.nodes.values()]
    ends = sorted(zip(ties["source"], ties["target"], strict=True))
    assert len(ends) == again.number_of_edges()
    if graph.is_directed():
        assert ends == sorted((tail, head) for tail, head, *_ in again.edges)
    if not graph.is_multigraph():
        assert attributes(found.ties) == [stated(one) for one in again.edges.values()]
    assert set(ties.get("mutual", [])) <= {not graph.is_directed()}


def attributes(one: Any) -> list[dict[str, Any]]:
    """Put the columns of one name together: of cells of two types networkx makes two keys."""
    told: list[dict[str, Any]] = [{} for _ in range(len(one))]
    for heading, column in zip(one.headings, one.columns, strict=True):
        for row, cell in enumerate(column):
            if heading in NAMES and cell is not None:
                told[row][heading] = cell
    return told


def stated(item: dict[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in item.items() if str(cell).strip()}


def test_files_of_igraph(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph([(0, 1), (1, 2)], directed=True)
    graph.vs["name"] = ["NAV", "Øst", "DPS"]
    graph.es["weight"] = [4.0, 2.0]
    graph.write_graphml(str(tmp_path / "kart.graphml"))
    kart = load(File(str(tmp_path / "kart.graphml"))).kart
    assert [actor.label for actor in kart.actors] == ["NAV", "Øst", "DPS"]
    assert [(tie.source, tie.target, tie.strength, tie.mutual) for tie in kart.ties] == [
        ("n0", "n1", 4, False),
        ("n1", "n2", 2, False),
    ]


# --- our own


MIXED = ActorMap(
    title="Kart",
    actors=[Actor(id="a", name="<A> & «Å»"), Actor(id="b", tags={"x": 1, "label": "l"})],
    ties=[
        Tie(source="a", target="b", strength=4),
        Tie(source="b", target="a", kind="referral", mutual=False, tags={"weight": 2}),
        Tie(source="a", target="b", kind="information", needed=True),
    ],
    positions={"a": (10.5, 20), "b": (100, 200)},
)


def test_direction_places_and_what_is_needed_come_back() -> None:
    made = dump(MIXED, "kart.graphml")
    assert load(File("kart.graphml", made.files["kart.graphml"])).kart == MIXED
    assert [(note.code, note.values["items"]) for note in made.notes] == [
        ("needed_drawn", ["<A> & «Å» – b"])
    ]


@pytest.mark.parametrize("mutual", [True, False])
def test_networkx_reads_what_we_write(mutual: bool) -> None:  # noqa: FBT001 - a parameter
    kart = MIXED.with_(
        ties=[
            Tie(source="a", target="b", strength=4, mutual=mutual),
            Tie(source="b", target="a", kind="referral", mutual=mutual),
        ]
    )
    graph: Any = nx.read_graphml(io.BytesIO(dump(kart, "x").files["x"]))
    assert graph.is_directed() is not mutual
    assert graph.nodes["a"]["label"] == "<A> & «Å»"
    assert [data.get("weight") for _, _, data in graph.edges(data=True)] == [4, None]


def test_igraph_reads_what_we_write(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    path = tmp_path / "kart.graphml"
    path.write_bytes(dump(MIXED, "x").files["x"])
    graph = igraph.Graph.Read_GraphML(str(path))
    assert graph.vs["label"] == ["<A> & «Å»", "b"]
    assert graph.es["kind"] == ["", "referral", "information"]
    assert graph.es["needed"] == [False, False, True]
    assert graph.es["mutual"] == [True, False, True]
