"""Maps from and to graphs of networkx."""

from __future__ import annotations

import contextlib
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from aktorkart.errors import AktorkartError, InvalidMap
from aktorkart.files.graphs import from_networkx, to_networkx
from aktorkart.model import Actor, ActorMap, Judgement, Tie


def full(*, mutual: bool) -> ActorMap:
    fields: dict[str, Any] = {
        "title": "Kart",
        "focal": "b",
        "date": "2026",
        "scope": "individual",
        "consent": {"given": "2026-02-20", "seen_by": ["a"]},
        "issues": [{"id": "bolig"}],
        "kinds": {"fiskemottak": {"line": "private"}},
        "goals": [{"id": "sove", "direction": "higher", "points": [{"date": "2026", "value": 3}]}],
        "positions": {"a": (10, 20)},
        "tags": {"county": "Troms"},
        "actors": [
            Actor(id="c", kind="fiskemottak", publics={"bolig": Judgement(problem="high")}),
            Actor(id="b", name="B", tags={"size": 3, "name": "other", "areas": ("x", "y")}),
            Actor(id="a", line=("first", "state")),
        ],
        "ties": [
            Tie(source="b", target="a", strength=2.5, tags={"reverse": True, "hours": 4}),
            Tie(source="c", target="b", kind="referral", quality="strained", since="2025"),
            Tie(source="a", target="b", kind="referral", mutual=mutual, changed_practice=("a",)),
        ],
    }
    return ActorMap(**fields)


@pytest.mark.parametrize("mutual", [True, False])
def test_there_and_back_again(mutual: bool) -> None:  # noqa: FBT001 - a parameter of the test
    kart = full(mutual=mutual)
    graph = to_networkx(kart)
    assert type(graph) is (nx.MultiGraph if mutual else nx.MultiDiGraph)
    assert from_networkx(graph) == kart
    assert from_networkx(to_networkx(ActorMap(strength_scale=None))).strength_scale is None


def test_algorithms_see_a_mutual_tie_from_both_sides() -> None:
    graph = to_networkx(full(mutual=False))
    assert graph.has_edge("a", "b")
    assert graph.has_edge("b", "a")
    assert graph.edges["a", "b", 0]["weight"] == 2.5


@pytest.mark.parametrize(
    ("weights", "scale"),
    [([1, 5], (1, 5)), ([1.0, 3], (1, 5)), ([1, 6], None), ([2.5], None), ([None], None)],
)
def test_which_scale_weights_are_on(weights: list[float | None], scale: Any) -> None:
    graph: nx.Graph[int] = nx.path_graph(len(weights) + 1)
    for place, weight in enumerate(weights):
        graph.edges[place, place + 1]["weight"] = weight
    kart = from_networkx(graph)
    assert kart.strength_scale == scale
    assert [tie.strength for tie in kart.ties] == weights


def test_strength_goes_before_weight_and_unknown_attributes_become_tags() -> None:
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_node(1, label="NAV", size=np.int64(4), members={"b", "a"}, nothing=None, odd=1j)
    graph.add_edge(1, 2, strength=2, weight=9, wieght=5)
    kart = from_networkx(graph)
    assert kart["1"].name == "NAV"
    assert kart["1"].tags == {"size": 4, "members": ("a", "b"), "odd": "1j"}
    assert kart.ties == (Tie(source="1", target="2", strength=2, mutual=False, tags={"wieght": 5}),)


def test_keys_of_a_multigraph_may_be_kinds() -> None:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_edge("a", "b", key="referral")
    graph.add_edge("a", "b", key="contact")
    assert {tie.kind for tie in from_networkx(graph).ties} == {"referral", "contact"}


@pytest.mark.parametrize(
    "edges",
    [[("a", "a", {})], [("a", "b", {"weight": -1})], [("a", "b", {"strength": "much"})]],
)
def test_graphs_that_are_no_maps(edges: list[tuple[str, str, dict[str, Any]]]) -> None:
    with pytest.raises(InvalidMap) as caught:
        from_networkx(nx.Graph(edges))
    assert str(caught.value.problems[0].place.item) in {"a – a", "a – b"}


@pytest.mark.parametrize("field", ["tags", "kinds", "tie_kinds", "consent", "positions"])
@pytest.mark.parametrize("value", ["urban", None, [], 3])
def test_odd_attributes_are_a_map_or_one_of_our_errors(field: str, value: Any) -> None:
    graph: Any = nx.Graph([("a", "b")])
    graph.graph[field] = value
    graph.nodes["a"]["tags"] = value
    with contextlib.suppress(AktorkartError):
        assert len(from_networkx(graph).actors) == 2


@pytest.mark.parametrize(
    "weight",
    [pd.NA, pd.NaT, float("nan"), np.array([1, 2]), np.array(2.0), [1], {}, "x", object(), 10**400],
)
def test_odd_weights_are_unknown_or_told(weight: object) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", weight=weight)
    told: list[Any] = []
    with contextlib.suppress(InvalidMap):
        told.append(from_networkx(graph).ties[0].strength)
    if not told:
        with pytest.raises(InvalidMap) as caught:
            from_networkx(graph)
        told = [caught.value.problems[0].place.path]
    assert told[0] in {None, 2.0, ("ties", 0, "strength")}
