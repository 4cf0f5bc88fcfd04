"""Graphs against networkx, of several sizes, and under other numbers for the same actors."""

from __future__ import annotations

import random
import sys
from typing import Any

import networkx as nx
import numpy as np
import pytest

from aktorkart.network import graph as graphs
from aktorkart.network.graph import (
    connected_pairs,
    distances,
    only_through,
    pieces_without,
    sources,
    strong_components,
)

SIZES = [(n, arcs, seed) for n, arcs in ((1, 0), (8, 10), (30, 40), (200, 260)) for seed in (1, 2)]
SIZES.append((4000, 5000, 3))


def some(n: int, arcs: int, seed: int) -> Any:
    """Return a graph of networkx with so many arcs, in no order."""
    graph: Any = nx.gnm_random_graph(n, arcs, seed=seed, directed=True)
    return graph


def lists(graph: Any) -> list[list[int]]:
    """Return where arcs lead from each actor."""
    return [sorted(graph[actor]) for actor in range(len(graph))]


def grouped(component: list[int]) -> set[frozenset[int]]:
    """Return who has the same number."""
    members: dict[int, set[int]] = {}
    for place, number in enumerate(component):
        members.setdefault(number, set()).add(place)
    return set(map(frozenset, members.values()))


@pytest.mark.parametrize(("n", "arcs", "seed"), SIZES[:-1])
def test_directed(n: int, arcs: int, seed: int) -> None:
    graph = some(n, arcs, seed)
    out = lists(graph)
    strong = set(map(frozenset, nx.strongly_connected_components(graph)))
    assert grouped(strong_components(out)) == strong
    fed = {part for part in strong if any(set(graph.pred[member]) - part for member in part)}
    assert sources(out) == sorted(sorted(part) for part in strong - fed)
    assert distances(out, [0]) == dict(nx.single_source_shortest_path_length(graph, 0))
    near = nx.single_source_shortest_path_length(graph, 0, cutoff=2)
    assert distances(out, [0], steps=2) == dict(near)
    above = nx.immediate_dominators(graph, 0)
    through: list[set[int]] = [set() for _ in out]
    for member in nx.descendants(graph, 0):
        gone = above[member]
        while gone != 0:
            through[gone].add(member)
            gone = above[gone]
    assert only_through(out, 0) == [sorted(members) for members in through]


@pytest.mark.parametrize("compiling", [False, True])
@pytest.mark.parametrize(("n", "arcs", "seed"), SIZES[:-1])
def test_undirected(
    monkeypatch: pytest.MonkeyPatch, n: int, arcs: int, seed: int, *, compiling: bool
) -> None:
    monkeypatch.setattr(graphs, "worth_compiling", lambda _: compiling)
    graph = some(n, arcs, seed).to_undirected()
    pieces = pieces_without(lists(graph))
    assert {actor for actor in graph if len(pieces[actor]) > 1} == set(
        nx.articulation_points(graph)
    )
    for actor in graph:
        part = nx.node_connected_component(graph, actor) - {actor}
        sizes = sorted(len(piece) for piece in nx.connected_components(graph.subgraph(part)))
        assert sorted(pieces[actor]) == sizes


def test_connected_pairs() -> None:
    graph = some(12, 9, 4).to_undirected()
    sizes = [len(piece) for piece in nx.connected_components(graph)]
    pairs = [(one, other) for one in graph for other in graph if one != other]
    assert connected_pairs(sizes) == sum(nx.has_path(graph, *pair) for pair in pairs)


@pytest.mark.parametrize(("n", "arcs", "seed"), SIZES)
def test_other_numbers_for_the_same_actors_change_nothing_else(
    n: int, arcs: int, seed: int
) -> None:
    graph = some(n, arcs, seed)
    new = list(range(n))
    random.Random(seed).shuffle(new)  # noqa: S311 - a fair die, not a secret
    turned = nx.relabel_nodes(graph, dict(enumerate(new)))

    def renamed(groups: Any) -> set[frozenset[int]]:
        return {frozenset(new[member] for member in group) for group in groups}

    one, other = lists(graph), lists(turned)
    assert renamed(grouped(strong_components(one))) == grouped(strong_components(other))
    assert renamed(sources(one)) == set(map(frozenset, sources(other)))
    far, again = distances(one, [0]), distances(other, [new[0]])
    assert {new[actor]: steps for actor, steps in far.items()} == again
    both = lists(graph.to_undirected()), lists(turned.to_undirected())
    pieces, moved = map(pieces_without, both)
    assert all(sorted(pieces[actor]) == sorted(moved[new[actor]]) for actor in range(n))
    through, there = only_through(one, 0), only_through(other, new[0])
    for actor in range(n):
        assert sorted(new[member] for member in through[actor]) == there[new[actor]]


@pytest.mark.parametrize("mutual", [False, True])
def test_a_long_chain(*, mutual: bool) -> None:
    n = 1500  # deeper than Python lets functions call themselves
    out = [[place + 1] for place in range(n - 1)] + [[]]
    if mutual:
        out = [sorted({*([place - 1] if place else []), *out[place]}) for place in range(n)]
        assert pieces_without(out)[100] == [n - 101, 100]
        assert len(set(strong_components(out))) == 1
    else:
        assert len(set(strong_components(out))) == n
        assert sources(out) == [[0]]
        assert only_through(out, 0)[n - 3] == [n - 2, n - 1]
    assert distances(out, [0])[n - 1] == n - 1


def test_distances_of_many_are_to_the_last_bit_those_of_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dice = np.random.default_rng(5)
    tails, heads = dice.integers(0, 300, (2, 900))
    tails, heads = (
        np.concatenate([tails, np.arange(299)]),
        np.concatenate([heads, np.arange(1, 300)]),
    )
    lengths = dice.uniform(0.2, 9, len(tails))
    both, other = np.concatenate([tails, heads]), np.concatenate([heads, tails])
    order = np.lexsort((other, both))
    arcs = both[order], other[order], np.tile(lengths, 2)[order]
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    few = graphs.distances_from(300, arcs)
    monkeypatch.setattr(graphs, "_MANY", 0)
    many = graphs.distances_from(300, arcs)
    monkeypatch.setitem(sys.modules, "numba", pytest.importorskip("numba"))
    compiled = graphs.distances_from(300, arcs)
    monkeypatch.setattr(graphs, "_MOST_BUCKETS", 5)  # fewer than the shortest tie asks for
    wide = graphs.distances_from(300, arcs)
    for source in (0, 7, 299):
        for found in (many, compiled, wide):
            assert np.array_equal(few(source), found(source))
