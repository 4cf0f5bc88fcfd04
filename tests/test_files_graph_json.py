"""JSON of other programs: which it is, what is in it, and what is said of the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import igraph as ig
import networkx as nx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from networkx.readwrite import json_graph

from aktorkart.errors import AktorkartError, InvalidMap
from aktorkart.files import load, load_bytes
from aktorkart.files.graphs import to_networkx
from aktorkart.files.sheets import Reading
from aktorkart.i18n import LANGUAGES
from aktorkart.model import ActorMap
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from aktorkart.files import Loaded
    from aktorkart.model import Tie


def read(content: Any, **options: Any) -> Loaded:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return load_bytes(data, name="nett.json", format="json", reading=Reading(**options))


def told(loaded: Loaded) -> list[str]:
    for note in loaded.notes:
        assert all(note.text(lang) for lang in LANGUAGES)
    return [note.code for note in loaded.notes]


def ties(kart: ActorMap) -> list[tuple[str, str, str, float | None, bool]]:
    return [(tie.source, tie.target, tie.kind, tie.strength, tie.mutual) for tie in kart.ties]


PAIR = [{"id": "a", "name": "Fastlegen"}, {"id": "b"}]

SAMPLES: dict[str, tuple[Any, list[tuple[str, str, str, float | None, bool]], list[str]]] = {
    "D3": (
        {"nodes": PAIR, "links": [{"source": "a", "target": "b", "value": 3}]},
        [("a", "b", "contact", 3, True)],
        [],
    ),
    "D3, by place in the list": (
        {
            "nodes": [{"name": "A", "group": 1}, {"name": "B", "group": 2}],
            "links": [{"source": 1, "target": 0}],
        },
        [("B", "A", "contact", None, True)],
        [],
    ),
    "D3, after it was drawn": (
        {
            "nodes": [
                {"id": "a", "x": 1, "y": 2, "vx": 0.5, "vy": 0.1, "index": 0},
                {"id": "b", "x": 3, "y": 2, "vx": 0.5, "vy": 0.1, "index": 1},
            ],
            "links": [{"source": {"id": "a", "x": 1}, "target": {"id": "b"}, "index": 0}],
        },
        [("a", "b", "contact", None, True)],
        ["looks_left_out"],
    ),
    "vis.js": (
        {
            "nodes": [{"id": 1, "label": "A", "color": "red"}, {"id": 2, "label": "B"}],
            "edges": [
                {"from": 1, "to": 2, "arrows": "from", "label": "henvisning"},
                {"from": 1, "to": 2, "arrows": {"to": {"enabled": True}, "from": True}},
            ],
        },
        [("2", "1", "referral", None, False), ("1", "2", "contact", None, True)],
        ["looks_left_out"],
    ),
    "graphology": (
        {
            "attributes": {"name": "Nett"},
            "options": {"type": "mixed", "multi": False},
            "nodes": [
                {"key": "a", "attributes": {"label": "A", "x": 1, "y": 2, "size": 3}},
                {"key": "b", "attributes": {"label": "B", "x": 4, "y": 3}},
                {"key": "c", "attributes": {"x": 0, "y": 3}},
            ],
            "edges": [
                {"key": "e", "source": "a", "target": "b", "attributes": {"type": "arrow"}},
                {"source": "b", "target": "c", "undirected": True, "attributes": {"weight": 4}},
            ],
        },
        [("a", "b", "contact", None, False), ("b", "c", "contact", 4, True)],
        ["looks_left_out"],
    ),
    "JGF 2": (
        {
            "graph": {
                "label": "Nett",
                "nodes": {"a": {"label": "A"}, "b": {"metadata": {"kind": "nav"}}},
                "edges": [
                    {"source": "a", "target": "b", "relation": "henviser", "directed": True},
                    {"source": "a", "target": "b", "relation": "avtale", "directed": False},
                ],
            }
        },
        [("a", "b", "referral", None, False), ("a", "b", "agreement", None, True)],
        [],
    ),
    "JGF 1, two graphs": (
        {
            "graphs": [
                {
                    "directed": False,
                    "nodes": [{"id": "a"}, {"id": "b"}],
                    "edges": [{"source": "a", "target": "b", "metadata": {"strength": 2}}],
                },
                {"nodes": []},
            ]
        },
        [("a", "b", "contact", 2, True)],
        ["first_network_read"],
    ),
    "JGF that says nothing of direction": (
        {"graph": {"nodes": {"a": {}, "b": {}}, "edges": [{"source": "a", "target": "b"}]}},
        [("a", "b", "contact", None, False)],
        ["read_one_way"],
    ),
    "Cytoscape's program": (
        {
            "data": {"name": "Nett", "SUID": 7, "selected": True},
            "elements": {
                "nodes": [
                    {
                        "data": {"id": "71", "SUID": 71, "name": "NAV", "shared name": "NAV"},
                        "position": {"x": 0, "y": 5},
                        "selected": False,
                    },
                    {"data": {"id": "72", "name": "DPS"}, "position": {"x": 9, "y": 5}},
                ],
                "edges": [
                    {
                        "data": {
                            "id": "90",
                            "source": "71",
                            "target": "72",
                            "interaction": "avtale",
                            "name": "NAV (avtale) DPS",
                        }
                    }
                ],
            },
        },
        [("71", "72", "agreement", None, True)],
        ["looks_left_out"],
    ),
    "cytoscape.js, a list with a group": (
        [
            {"data": {"id": "g", "label": "HF"}},
            {"data": {"id": "a", "parent": "g"}, "classes": "x"},
            {"data": {"id": "b"}, "position": {"x": 1, "y": 2}},
            {"data": {"source": "a", "target": "b"}},
        ],
        [("a", "b", "contact", None, True)],
        ["groups_are_organisations"],
    ),
    "CX2": (
        [
            {"CXVersion": "2.0", "hasFragments": True},
            {
                "attributeDeclarations": [
                    {
                        "nodes": {"name": {"d": "string", "a": "n"}},
                        "edges": {"kind": {"d": "string", "v": "agreement"}},
                    }
                ]
            },
            {"networkAttributes": [{"name": "Nett"}]},
            {"nodes": [{"id": 1, "x": 1, "y": 2, "v": {"n": "A"}}]},
            {"nodes": [{"id": 2, "x": 3, "y": 2, "v": {"n": "B"}}]},
            {"edges": [{"id": 1, "s": 1, "t": 2, "v": {"weight": 2}}]},
            {"status": [{"success": True}]},
        ],
        [("1", "2", "agreement", 2, True)],
        [],
    ),
    "Kumu": (
        {
            "elements": [{"label": "Fastlegen", "type": "Lege"}, {"label": "NAV"}],
            "connections": [
                {"from": "Fastlegen", "to": "NAV", "direction": "mutual"},
                {"from": "NAV", "to": "Fastlegen", "direction": "directed", "type": "Henvisning"},
            ],
        },
        [
            ("Fastlegen", "NAV", "contact", None, True),
            ("NAV", "Fastlegen", "referral", None, False),
        ],
        [],
    ),
    "a project of Kumu": (
        {
            "elements": [
                {"_id": "e1", "attributes": {"label": "A", "element type": "NAV", "tags": ["x"]}},
                {"_id": "e2", "attributes": {"label": "B"}},
                {"_id": "e3", "attributes": {"label": "C"}},
            ],
            "connections": [
                {
                    "_id": "c1",
                    "from": "e1",
                    "to": ["e2", "e3"],
                    "direction": "directed",
                    "reversed": False,
                    "attributes": {"connection type": "Avtaler"},
                }
            ],
            "loops": [{"label": "R1"}],
        },
        [("e1", "e2", "agreement", None, False), ("e1", "e3", "agreement", None, False)],
        ["loops_left_out", "looks_left_out", "ends_split"],
    ),
    "links alone": (
        [{"fra": "a", "til": "b", "styrke": 3}, {"fra": "b", "til": "c", "styrke": 2}],
        [("a", "b", "contact", 3, True), ("b", "c", "contact", 2, True)],
        ["actors_from_ties"],
    ),
    "pairs": (
        {"nodes": ["a", "b", "c"], "edges": [["a", "b"], ["b", "c"]]},
        [("a", "b", "contact", None, True), ("b", "c", "contact", None, True)],
        [],
    ),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples(sample: str) -> None:
    content, expected, notes = SAMPLES[sample]
    loaded = read(content)
    assert ties(loaded.kart) == expected
    assert told(loaded) == notes


def test_what_nodes_bring() -> None:
    kart = read(SAMPLES["D3"][0]).kart
    assert (kart["a"].name, kart["b"].name) == ("Fastlegen", None)
    kart = read(SAMPLES["cytoscape.js, a list with a group"][0]).kart
    assert [(actor.id, actor.organisation) for actor in kart.actors] == [("a", "HF"), ("b", None)]
    assert kart["a"].tags == {"classes": "x"}
    kart = read(SAMPLES["a project of Kumu"][0]).kart
    assert (kart["e1"].name, kart["e1"].kind, kart["e1"].tags) == ("A", "nav", {"tags": ("x",)})
    kart = read(SAMPLES["Cytoscape's program"][0]).kart
    assert kart.title == "Nett"
    assert not kart.tags
    assert kart["71"].tags == {}


@pytest.mark.parametrize("sample", ["Cytoscape's program", "CX2", "graphology"])
def test_places_stand_on_our_page_as_they_stood(sample: str) -> None:
    positions = read(SAMPLES[sample][0]).kart.positions
    assert len(positions) > 1
    assert all(0 <= x <= 297 and 0 <= y <= 210 for x, y in positions.values())
    first, second = list(positions.values())[:2]
    assert first[0] < second[0]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b'{"foo": [1, 2]}', "json_no_network", None),
        (b"[1, 2]", "json_no_network", None),
        (b"[]", "top_is_list", 1),
        (b'{"nodes": {"a": 1}, "links": 3}', "json_no_network", None),
        (b'{"titel": 1, "title": "x"}', "unknown_field", 1),
        (b'{"nodes": ["a", "b"], "links": [\n["a", "b"],\n3]}', "not_mapping", 3),
        (
            b'{"nodes": ["a", "b"], "links": [\n{"source": "a",\n "target": "c"}]}',
            "unknown_actor",
            2,
        ),
        (b'{"nodes": ["a"], "links": [\n{"source": "a", "target": "a"}]}', "row_to_itself", 2),
        (
            b'{"nodes": [{"id": "a", "size": 1},\n{"id": "a", "size": 2}], "links": []}',
            "duplicate_actor",
            2,
        ),
        (b'{"nodes": [{"name": "a"}], "links": [{"source": 0, "target": 1}]}', "unknown_actor", 1),
        (b'{"nodes": ["a"], "nodes": ["a"], "links": []}', "duplicate_key", 1),
        (b'{"nodes": [], "links": [', "json_end", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(content: bytes, code: str, line: int | None) -> None:
    with pytest.raises(InvalidMap) as caught:
        read(content)
    assert code in [problem.code for problem in caught.value.problems]
    problem = next(one for one in caught.value.problems if one.code == code)
    assert problem.place.line == line
    assert all(caught.value.text(lang) for lang in LANGUAGES)


def test_options_reach_the_rules() -> None:
    content = {"nodes": ["a", "b"], "links": [{"source": "a", "target": "a"}, ["a", "b", 1]]}
    loaded = read(content, repair=True, directed=True)
    assert ties(loaded.kart) == [("a", "b", "contact", 1, False)]
    assert set(told(loaded)) == {"self_ties_left_out"}
    everywhere_one = {"nodes": ["a", "b", "c"], "links": [["a", "b", 1], ["b", "c", 1]]}
    assert [tie.strength for tie in read(everywhere_one).kart.ties] == [None, None]
    assert [tie.strength for tie in read(everywhere_one, weights="given").kart.ties] == [1, 1]
    named = {"nodes": ["a", "b"], "links": [{"source": "a", "target": "b", "collab": 3}]}
    assert read(named, columns={"strength": "collab"}).kart.ties[0].strength == 3


def test_ids_for_names_of_attributes_fill_no_memory() -> None:
    nodes = [{"id": place, f"to {place}": 1} for place in range(6000)]
    with pytest.raises(InvalidMap) as caught:
        read({"nodes": nodes, "links": []})
    assert [problem.code for problem in caught.value.problems] == ["too_many_attributes"]


# --- what the real programs write


@st.composite
def graphs(draw: st.DrawFn) -> Any:
    made: Any = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiDiGraph]))()
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=5, unique=True))
    made.add_nodes_from(names)
    for one in made.nodes:
        made.nodes[one]["size"] = draw(st.integers(0, 9))
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(
        lambda pair: pair[0] != pair[1]
    )
    for tail, head in draw(st.lists(pairs, max_size=5, unique=True)):
        if not made.has_edge(tail, head):
            made.add_edge(tail, head, weight=draw(st.integers(1, 5)))
    return made


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_networkx_writes_what_from_networkx_reads(graph: nx.Graph[str]) -> None:
    expected = load(graph).kart
    for content in (
        json_graph.node_link_data(graph, edges="links"),
        json_graph.node_link_data(graph, edges="edges"),
        json_graph.adjacency_data(graph),
        json_graph.cytoscape_data(graph),
    ):
        kart = read(content).kart
        assert kart.actors == expected.actors
        assert kart.strength_scale == expected.strength_scale
        assert set(map(_without_order, ties(kart))) == set(map(_without_order, ties(expected)))


def _without_order(tie: tuple[str, str, str, float | None, bool]) -> Any:
    return (*sorted(tie[:2]), *tie[2:]) if tie[4] else tie


@settings(max_examples=40, deadline=None)
@given(actor_maps())
def test_our_graph_written_by_networkx_is_the_map_again(kart: ActorMap) -> None:
    written = json_graph.node_link_data(to_networkx(kart), edges="links")
    again = read(written).kart
    for name in ActorMap.model_fields:
        if name != "ties":
            assert getattr(again, name) == getattr(kart, name)
    # networkx turns an undirected edge as it likes.
    assert list(map(_turned, again.ties)) == list(map(_turned, kart.ties))


def _turned(tie: Tie) -> dict[str, Any]:
    ends = sorted((tie.source, tie.target)) if tie.mutual else [tie.source, tie.target]
    return tie.model_dump() | dict(zip(("source", "target"), ends, strict=True))


def test_igraph_through_networkx() -> None:
    graph = ig.Graph.TupleList([("a", "b"), ("b", "c")], directed=True).to_networkx()
    content = json_graph.node_link_data(graph, edges="links")
    assert [tie.mutual for tie in read(content).kart.ties] == [False, False]


# --- anything at all


def map_or_words(content: bytes) -> None:
    """Read anything; any other exception than ours is a failure."""
    words: list[str] = []
    try:
        words += [note.text(lang) for note in read(content).notes for lang in LANGUAGES]
    except AktorkartError as error:
        words += [error.text(lang) for lang in LANGUAGES]
    assert all(words)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("nodes", "links", "edges", "elements", "connections", "data", "id", "source"),
                    *(
                        "target",
                        "from",
                        "to",
                        "graph",
                        "graphs",
                        "metadata",
                        "attributes",
                        "position",
                    ),
                    *(
                        "x",
                        "y",
                        "label",
                        "v",
                        "s",
                        "t",
                        "CXVersion",
                        "directed",
                        "adjacency",
                        "key",
                    ),
                    *(
                        "parent",
                        "value",
                        "kind",
                        "strength",
                        "aktorkart",
                        "options",
                        "maps",
                        "arrows",
                    ),
                ]
            ),
            inside,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=40, deadline=None)
@given(_VALUES)
@example({"nodes": [{"id": 10**400, "x": 10**400, "y": 1}], "links": []})
@example({"nodes": [{"id": {}}], "links": [{"source": [], "target": {}}]})
@example({"elements": {"nodes": [{"data": {}}], "edges": [{"data": {"source": []}}]}})
@example([{"CXVersion": 2}, {"nodes": [{"id": []}]}, {"networkAttributes": [{"aktorkart": "1"}]}])
@example({"graph": {"aktorkart": 1}, "nodes": [{}], "links": [{"reverse": True}]})
def test_anything_is_a_map_or_one_of_our_errors(content: Any) -> None:
    map_or_words(json.dumps(content, allow_nan=True).encode())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_samples_with_something_changed(sample: str, data: st.DataObject) -> None:
    content = json.loads(json.dumps(SAMPLES[sample][0]))
    spot: Any = content
    while True:
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(spot[key], (dict, list)) or not spot[key] or data.draw(st.booleans()):
            break
        spot = spot[key]
    spot[key] = data.draw(_VALUES)
    map_or_words(json.dumps(content).encode())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 400), st.binary(max_size=3))
def test_samples_cut_or_with_bytes_changed(sample: str, place: int, noise: bytes) -> None:
    whole = json.dumps(SAMPLES[sample][0]).encode()
    for content in (whole[:place], whole[:place] + noise + whole[place + len(noise) :]):
        map_or_words(content)
