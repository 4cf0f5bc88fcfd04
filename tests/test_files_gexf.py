"""GEXF 1.1, 1.2 and 1.3, as Gephi and networkx write it, and our own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.files.decoding import File
from aktorkart.files.gexf import draft, dump, load
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from aktorkart.files.sheets import Draft

SPACES = {
    "1.1": 'xmlns="http://www.gephi.org/gexf/1.1draft" xmlns:viz="http://www.gephi.org/gexf/viz"',
    "1.2": 'xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz"',
    "1.3": 'xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"',
}


def file(graph: str, *parts: str, version: str = "1.2", meta: str = "") -> File:
    head = f'<gexf {SPACES[version]} version="{version}">'
    return File(
        "x.gexf", "\n".join((head, meta, f"<graph {graph}>", *parts, "</graph></gexf>")).encode()
    )


def sheet(found: Draft, table: str) -> dict[str, list[Any]]:
    one = getattr(found, table)
    return dict(zip(one.headings, one.columns, strict=True))


def codes(found: Draft) -> list[str]:
    return [note.code for note in found.notes]


@pytest.mark.parametrize("version", SPACES)
def test_attributes_direction_places_and_weights(version: str) -> None:
    """Issue 11: GEXF 1.1–1.3, mixed direction, positions, several weights."""
    which = "id" if version == "1.1" else "for"
    found = draft(
        file(
            'mode="static" defaultedgetype="directed"',
            '<attributes class="node"><attribute id="0" title="members" type="integer">',
            "<default>3</default></attribute>",
            '<attribute id="1" title="open" type="boolean"/></attributes><attributes class="edge">',
            '<attribute id="0" title="weight" type="double"/></attributes>',
            '<nodes count="2"><node id="a" label="NAV"><attvalues>',
            f'<attvalue {which}="1" value="true"/></attvalues>',
            '<viz:size value="4"/><viz:color r="1" g="2" b="3"/>',
            '<viz:position x="-10" y="5" z="0"/></node>',
            f'<node id="b"><attvalues><attvalue {which}="0" value="7"/></attvalues>',
            '<viz:position x="10" y="-5" z="0"/></node></nodes>',
            '<edges count="4"><edge id="0" source="a" target="b" weight="2.0" kind="referral">',
            f'<attvalues><attvalue {which}="0" value="9"/></attvalues></edge>',
            '<edge id="1" source="b" target="a" type="undirected" label="avtale"/>',
            '<edge id="2" source="b" target="a" type="mutual" weight="1.5" kind="information"/>',
            '<edge id="3" source="b" target="a" type="directed" kind="referral"/></edges>',
            version=version,
        )
    )
    assert sheet(found, "actors") == {
        "id": ["a", "b"],
        "label": ["NAV", None],
        "members": [3, 7],
        "open": [True, None],
    }
    assert found.ties.headings == ["source", "target", "mutual", "note", "weight", "kind", "weight"]
    assert found.ties.columns[2:] == [
        [False, True, True, False],
        [None, "avtale", None, None],
        [2.0, None, 1.5, None],
        ["referral", None, "information", "referral"],
        [9.0, None, None, None],
    ]
    places = found.about["positions"]
    assert places["a"][0] < places["b"][0]
    assert places["a"][1] > places["b"][1]
    assert codes(found) == ["labels_are_notes", "looks_left_out"]
    assert set(found.notes[1].values["names"]) == {"size", "color"}


def test_periods() -> None:
    """Issue 11: start, end and spells are since and until where they are dates."""
    nodes = '<nodes><node id="a" start="2024-01-01"/><node id="b"/></nodes><edges>'
    kart = load(
        file(
            'mode="dynamic" timeformat="date" defaultedgetype="undirected"',
            nodes,
            '<edge source="a" target="b" start="2025-01-01" end="2025-03-01"/>',
            '<edge source="a" target="b" kind="referral" weight="4"><spells>',
            '<spell end="2024-06-01T10:00:00"/><spell start="2025-01-01" end="Infinity"/>',
            "</spells></edge>",
            '<edge source="a" target="b" kind="funding" start="-Infinity"/></edges>',
        )
    ).kart
    assert [(tie.kind, tie.strength, tie.since, tie.until) for tie in kart.ties] == [
        ("contact", None, "2025-01-01", "2025-03-01"),
        ("referral", 4, None, "2024-06-01"),
        ("funding", None, None, None),
        ("referral", 4, "2025-01-01", None),
    ]
    assert kart["a"].tags == {"start": "2024-01-01"}
    counted = load(
        file(
            'mode="dynamic" timeformat="double"',
            nodes,
            '<edge source="a" target="b" start="2019.0"/>',
            '<edge source="a" target="b" kind="referral" start="2020.0" end="2021"/></edges>',
        )
    ).kart
    assert [(tie.since, tie.until) for tie in counted.ties] == [("2019", None), ("2020", "2021")]
    ticks = load(
        file(
            'mode="dynamic" timeformat="double"',
            nodes,
            '<edge source="a" target="b" start="0.5"/>',
            '<edge source="a" target="b" kind="referral" start="7.0"/></edges>',
        )
    ).kart
    assert [(tie.since, str(tie.tags["start"])) for tie in ticks.ties] == [
        (None, "0.5"),
        (None, "7.0"),
    ]


def test_values_that_change_are_said() -> None:
    found = draft(
        file(
            'mode="dynamic" timeformat="date"',
            '<attributes class="node" mode="dynamic">',
            '<attribute id="p" title="power" type="float"/></attributes>',
            '<nodes><node id="a"><attvalues>',
            '<attvalue for="p" value="1" end="2024-01-01"/>',
            '<attvalue for="p" value="4" start="2024-01-01"/></attvalues></node></nodes>',
        )
    )
    assert sheet(found, "actors")["power"] == [4.0]
    assert codes(found) == ["values_over_time"]
    assert found.notes[0].place.line == 8


def test_nodes_inside_nodes_belong_to_them() -> None:
    nested = '<nodes><node id="k" label="Kommunen"><nodes><node id="a"/></nodes></node>'
    for inside in (
        nested + '<node id="b"/></nodes>',
        '<nodes><node id="a" pid="k"/><node id="k" label="Kommunen"/><node id="b"/></nodes>',
        (
            '<nodes><node id="a"><parents><parent for="k"/></parents></node>'
            '<node id="k" label="Kommunen"/><node id="b"/></nodes>'
        ),
    ):
        found = draft(
            file(
                'defaultedgetype="directed"', inside, '<edges><edge source="a" target="b"/></edges>'
            )
        )
        assert sheet(found, "actors") == {"id": ["a", "b"], "organisation": ["Kommunen", None]}
        assert codes(found) == ["groups_are_organisations"]
    lost = draft(file("", '<nodes><node id="a" pid="x"/></nodes>'))
    assert [(note.code, note.values["value"]) for note in lost.notes] == [("part_left_out", "pid")]


def test_an_edge_without_direction_in_a_file_without_one() -> None:
    nodes = '<nodes><node id="a"/><node id="b"/></nodes>'
    found = draft(file("", nodes, '<edges><edge source="a" target="b"/></edges>'))
    assert "mutual" not in found.ties.headings
    described = draft(file("", nodes, meta="<meta><description>Høsten 2025</description></meta>"))
    assert described.about == {"note": "Høsten 2025"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_files_of_networkx_are_read_as_it_reads_them(data: st.DataObject) -> None:
    graph: Any = data.draw(st.sampled_from([nx.Graph, nx.DiGraph]))()
    types = {"n": st.integers(-9, 9), "x": st.floats(-9, 9), "t": st.text("aå<&\"'", min_size=1)}
    for node in range(data.draw(st.integers(0, 5))):
        graph.add_node(node, **{one: data.draw(cell) for one, cell in types.items()})
    nodes = list(graph)
    for _ in range(data.draw(st.integers(0, 6)) if nodes else 0):
        ends = data.draw(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)))
        graph.add_edge(*ends, weight=data.draw(st.floats(0.1, 9)))
    stream = io.BytesIO()
    nx.write_gexf(graph, stream)
    found = draft(File("x.gexf", stream.getvalue()))
    actors, ties = sheet(found, "actors"), sheet(found, "ties")
    assert actors["id"] == [str(node) for node in nodes]
    for name in types if nodes else ():
        assert actors[name] == [graph.nodes[node][name] for node in nodes]
    told = zip(ties["source"], ties["target"], ties.get("weight", []), strict=False)
    assert [(int(a), int(b), w) for a, b, w in told] == list(graph.edges(data="weight"))
    assert set(ties.get("mutual", [])) <= {not graph.is_directed()}


MIXED = ActorMap(
    title="Kart",
    actors=[Actor(id="a", name="<A> & «Å»"), Actor(id="b", tags={"x": 1, "label": "l"})],
    ties=[
        Tie(source="a", target="b", strength=4),
        Tie(source="b", target="a", kind="referral", mutual=False, tags={"weight": 2, "end": 3}),
        Tie(source="a", target="b", kind="information", needed=True),
    ],
    positions={"a": (10.5, 20), "b": (100, 200)},
)


def test_direction_places_and_what_is_needed_come_back() -> None:
    made = dump(MIXED, "x")
    assert load(File("x", made.files["x"])).kart == MIXED
    assert [(note.code, note.values["items"]) for note in made.notes] == [
        ("needed_drawn", ["<A> & «Å» – b"]),
        ("unjudged_are_one", ["b – <A> & «Å»"]),
    ]


@pytest.mark.parametrize("mutual", [True, False])
def test_networkx_reads_what_we_write(mutual: bool) -> None:  # noqa: FBT001 - a parameter
    ties = [Tie(source="a", target="b", strength=4, mutual=mutual)]
    written = dump(MIXED.with_(ties=ties), "x").files["x"]
    # networkx 3 knows of 1.1 and 1.2; 1.3 has the same elements.
    older = written.replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
    graph: Any = nx.read_gexf(io.BytesIO(older.replace(b'version="1.3"', b'version="1.2"')))
    assert graph.is_directed() is not mutual
    assert graph.nodes["a"]["label"] == "<A> & «Å»"
    assert graph.nodes["a"]["viz"]["position"] == {"x": 10.5, "y": 20.0, "z": 0.0}
    assert graph.edges["a", "b"]["weight"] == 4
