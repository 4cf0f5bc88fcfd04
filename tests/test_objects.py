"""Graphs of igraph, matrices and frames of ties alone, as load takes them."""

from __future__ import annotations

from typing import Any

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.errors import InvalidMap, WrongArgument
from aktorkart.files.objects import draft_of_matrix
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps


def ties(loaded: Any) -> list[tuple[str, str, float | None, bool]]:
    return [(tie.source, tie.target, tie.strength, tie.mutual) for tie in loaded.kart.ties]


def codes(loaded: Any) -> list[str]:
    return [note.code for note in loaded.notes]


# --- igraph


@settings(max_examples=30, deadline=None)
@given(actor_maps(min_size=1))
def test_our_graph_through_igraph_is_what_it_is_in_networkx(kart: ak.ActorMap) -> None:
    graph = ak.to_networkx(kart)
    through = ak.load(ig.Graph.from_networkx(graph)).kart
    assert through == ak.load(graph).kart


def test_vertices_have_names_or_numbers() -> None:
    graph = ig.Graph([(0, 1), (1, 2)], directed=True)
    assert ties(ak.load(graph)) == [("0", "1", None, False), ("1", "2", None, False)]
    graph.vs["name"] = ["nav", "dps", "kor"]
    graph.vs["label"] = ["NAV", None, float("nan")]
    graph.es["weight"] = [2, None]
    loaded = ak.load(graph)
    assert ties(loaded) == [("nav", "dps", 2, False), ("dps", "kor", None, False)]
    assert [actor.name for actor in loaded.kart.actors] == ["NAV", None, None]
    graph.vs["name"] = ["nav", "nav", "kor"]  # two of one name are two
    assert [actor.id for actor in ak.load(graph).kart.actors] == ["0", "1", "2"]


def test_mutual_where_it_is_undirected_and_a_title() -> None:
    graph = ig.Graph.Full(3)
    graph["title"] = "Nett"
    loaded = ak.load(graph)
    assert [tie[3] for tie in ties(loaded)] == [True, True, True]
    assert loaded.kart.title == "Nett"


def test_two_modes_are_people_and_arenas() -> None:
    loaded = ak.load(ig.Graph.Full_Bipartite(2, 1))
    assert [actor.kind for actor in loaded.kart.actors] == ["unknown", "unknown", "arena"]
    assert {tie.kind for tie in loaded.kart.ties} == {"membership"}
    assert codes(loaded) == ["two_modes_read"]
    assert all(loaded.notes[0].text(lang) for lang in LANGUAGES)


def test_a_loop_is_refused_with_its_name_or_left_out() -> None:
    graph = ig.Graph([(0, 0), (0, 1)])
    with pytest.raises(InvalidMap) as caught:
        ak.load(graph)
    assert caught.value.problems[0].place.item == "0 – 0"
    assert codes(ak.load(graph, repair=True)) == ["self_ties_left_out"]


# --- matrices

MATRIX = np.array([[9, 1, 2], [1, 0, np.nan], [0, 3, 0]])
EXPECTED = [("a", "b", 1, True), ("a", "c", 2, False), ("c", "b", 3, False)]


@pytest.mark.parametrize(
    "matrix",
    [
        pd.DataFrame(MATRIX, index=list("abc"), columns=list("abc")),
        pd.DataFrame(MATRIX, index=list("abc"), columns=list("abc"), dtype=object),
        pd.DataFrame(MATRIX, index=list("abc"), columns=list("abc")).astype("Int64"),
    ],
)
def test_a_frame_with_the_same_names_twice(matrix: Any) -> None:
    loaded = ak.load(matrix)
    assert ties(loaded) == EXPECTED
    assert codes(loaded) == ["square_matrix"]


def test_arrays_have_numbers_for_names() -> None:
    numbered = [
        (str("abc".index(one) + 1), str("abc".index(other) + 1), strength, mutual)
        for one, other, strength, mutual in EXPECTED
    ]
    for matrix in (MATRIX, scipy.sparse.csr_array(MATRIX), scipy.sparse.coo_matrix(MATRIX)):
        assert ties(ak.load(matrix)) == numbered
    assert ties(ak.load(np.zeros((3, 3)))) == []
    assert len(ak.load(np.zeros((3, 3))).kart.actors) == 3


def test_crosses_are_no_judgements() -> None:
    for matrix in (np.array([[0, 1], [0, 0]]), np.array([[False, True], [False, False]])):
        assert ties(ak.load(matrix)) == [("1", "2", None, False)]


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 5).flatmap(lambda n: st.lists(st.integers(0, 5), min_size=n * n, max_size=n * n))
)
def test_a_matrix_is_the_graph_that_networkx_makes_of_it(cells: list[int]) -> None:
    size = int(len(cells) ** 0.5)
    matrix = np.array(cells).reshape(size, size)
    arcs = {
        arc: tie.strength
        for tie in ak.load(matrix).kart.ties
        for arc in ((tie.source, tie.target), (tie.target, tie.source))[: 2 if tie.mutual else 1]
    }
    graph: Any = nx.from_numpy_array(matrix, create_using=nx.DiGraph)
    expected = {
        (str(tail + 1), str(head + 1)): weight
        for tail, head, weight in graph.edges(data="weight")
        if tail != head
    }
    assert arcs.keys() == expected.keys()
    if set(expected.values()) - {1}:
        assert arcs == expected


@pytest.mark.parametrize(
    ("matrix", "labels", "code"),
    [
        (np.zeros((2, 3)), None, "not_a_matrix"),
        (np.array([["a", "b"], ["c", "d"]]), None, "not_a_matrix"),
        (np.array([[1j, 0], [0, 0]]), None, "not_a_matrix"),
        (scipy.sparse.csr_array(np.array([[1j, 0], [0, 0]])), None, "not_a_matrix"),
        (np.zeros((2, 2)), ["a"], "not_as_many_names"),
        (np.zeros((2, 2)), ["a", "a"], "not_as_many_names"),
    ],
)
def test_what_is_no_matrix(matrix: Any, labels: Any, code: str) -> None:
    with pytest.raises(WrongArgument) as caught:
        draft_of_matrix(matrix, labels)
    assert caught.value.problems[0].code == code
    assert all(caught.value.text(lang) for lang in LANGUAGES)


# --- frames, and what is nothing of all this


@pytest.mark.parametrize("library", [pd, pl])
def test_a_frame_of_ties_alone(library: Any) -> None:
    loaded = ak.load(library.DataFrame({"fra": ["nav"], "til": ["dps"], "styrke": [3]}))
    assert ties(loaded) == [("nav", "dps", 3, True)]
    assert codes(loaded) == ["actors_from_ties"]


@pytest.mark.parametrize("value", [3, None, {"a": 1}, np.zeros(3), [("a", "b")], object()])
def test_something_else(value: Any) -> None:
    with pytest.raises(WrongArgument) as caught:
        ak.load(value)
    assert caught.value.problems[0].code == "not_a_source"


def test_networkx_is_named_where_it_is_wanted() -> None:
    for value in ([("a", "b")], ig.Graph.Full(2), {"a": ["b"]}):
        with pytest.raises(WrongArgument, match="networkx"):
            ak.from_networkx(value)  # type: ignore[arg-type]


# --- attributes of nodes and edges


def test_what_frames_have_for_nothing_is_unknown_in_graphs() -> None:
    graph: Any = nx.Graph([("a", "b"), ("b", "c")])
    graph.nodes["b"].update(name=np.nan, organisation=pd.NA, note=pd.NaT, by=None, size=np.nan)
    graph.edges["a", "b"].update(weight=np.nan, kind=None, since=pd.NaT)
    kart = ak.from_networkx(graph)
    assert kart["b"] == ak.Actor(id="b")
    assert kart.ties[0] == ak.Tie(source="a", target="b")


def test_ours_through_gml_whose_yes_is_1() -> None:
    kart = ak.ActorMap(
        actors=[ak.Actor(id=one) for one in "abc"],
        ties=[
            ak.Tie(source="a", target="b", strength=3),
            ak.Tie(source="b", target="c", mutual=False, needed=True),
        ],
    )
    again = ak.from_networkx(nx.parse_gml("\n".join(nx.generate_gml(ak.to_networkx(kart)))))
    assert again.ties == kart.ties


def test_loops_of_a_graph_are_left_out_on_request() -> None:
    graph = nx.Graph([("NAV", "NAV", {"collab": 41}), ("NAV", "DPS", {"collab": 3})])
    with pytest.raises(InvalidMap) as caught:
        ak.from_networkx(graph)
    assert [(one.code, one.place.item) for one in caught.value.problems] == [
        ("row_to_itself", "NAV – NAV")
    ]
    with pytest.warns(ak.MapNote):
        kart = ak.from_networkx(graph, repair=True, columns={"strength": "collab"})
    assert [tie.strength for tie in kart.ties] == [3]


def test_tags_by_any_name() -> None:
    names = ("key", "u_for_edge", "node_for_adding", "weight", "reverse", "aktorkart", "label")
    tags = dict.fromkeys(names, 1)
    kart = ak.ActorMap(
        tags=tags,
        actors=[ak.Actor(id="a", tags=tags), ak.Actor(id="b")],
        ties=[ak.Tie(source="a", target="b", tags=tags)],
    )
    assert ak.from_networkx(ak.to_networkx(kart)) == kart
