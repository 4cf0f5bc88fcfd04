from __future__ import annotations

import math
import random
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice, pairwise, product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart import examples
from aktorkart.errors import InvalidMap, UnknownActor, UnknownName
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap
from aktorkart.network import communities, scores, structure
from aktorkart.network import variants as firmness
from aktorkart.network import whole_map as overall
from aktorkart.network.measures import Measures, measures
from aktorkart.network.network import Channel, Network
from aktorkart.network.paths import shortest_paths
from aktorkart.network.scores import RANKABLE


def random_network(n: int, ties: int, *, seed: int, directed: bool, offset: int = 0) -> Network:
    """Make a map of n actors; ``offset`` turns the ids round, so that they sort otherwise."""
    dice = random.Random(seed)  # noqa: S311 - a fair die, not a secret
    ids = [f"{(i + offset) % n:03}" for i in range(n)]
    channels = []
    for _ in range(ties if n > 1 else 0):
        source, target = dice.sample(ids, 2)
        one_way = directed and dice.random() < 0.6
        channels.append(Channel(source, target, dice.randint(1, 5), not one_way))
    return Network.from_channels(ids, channels)


networks = st.builds(
    lambda n, density, seed, directed: random_network(
        n, int(n * density), seed=seed, directed=directed
    ),
    n=st.integers(1, 16),
    density=st.floats(0, 3),
    seed=st.integers(0, 10**6),
    directed=st.booleans(),
)


def nx_graph(network: Network) -> Any:
    """Make the networkx graph of a network, with whole lengths."""
    graph: Any = nx.DiGraph() if network.directed else nx.Graph()
    graph.add_nodes_from(network.ids)
    lengths = network.lengths()
    for tail, head, strength, length in zip(
        network.tails.tolist(),
        network.heads.tolist(),
        network.strengths.tolist(),
        lengths.values.tolist(),
        strict=True,
    ):
        graph.add_edge(network.ids[tail], network.ids[head], weight=strength, length=length)
    graph.graph["scale"] = lengths.scale
    return graph


def column(m: Measures, name: str) -> dict[str, float]:
    return {id_: value for id_ in m if (value := m.value(name, id_)) is not None}


# --- agreement with networkx


@settings(max_examples=60, deadline=None)
@given(network=networks)
def test_agrees_with_networkx(network: Network) -> None:
    m, graph = measures(network), nx_graph(network)
    n, scale = len(network.ids), graph.graph["scale"]
    if n > 2:
        between = nx.betweenness_centrality(graph, weight="length")
        assert column(m, "betweenness") == pytest.approx(between)
    out = graph.reverse() if network.directed else graph
    near = nx.closeness_centrality(out, distance="length")
    assert column(m, "closeness") == pytest.approx({k: v * scale for k, v in near.items() if v})
    harmonic = nx.harmonic_centrality(out, distance="length")
    expected = {id_: value * scale / max(n - 1, 1) for id_, value in harmonic.items()}
    assert column(m, "harmonic") == pytest.approx(expected)
    rank = nx.pagerank(graph, weight="weight", tol=1e-14, max_iter=1000)
    assert column(m, "pagerank") == pytest.approx(rank, abs=1e-9)
    undirected = graph.to_undirected()
    assert {id_: m[id_].core for id_ in m} == nx.core_number(undirected)
    assert {id_ for id_ in m if m[id_].cut_point} == set(nx.articulation_points(undirected))
    parts = {frozenset(part) for part in nx.connected_components(undirected)}
    assert {frozenset(part) for part in m.components} == parts
    if not network.directed:
        constraint = nx.constraint(graph, weight="weight")
        expected = {id_: value for id_, value in constraint.items() if not math.isnan(value)}
        assert column(m, "constraint") == pytest.approx(expected)
        # All nodes at once is wrong in networkx 3.6 where there are weights (A3).
        tied = [id_ for id_ in graph if graph.degree(id_)]
        size = nx.effective_size(graph, nodes=tied, weight="weight") if tied else {}
        assert column(m, "effective_size") == pytest.approx(size)


def clustering(network: Network, id_: str) -> float | None:
    """Compute Barrat et al.'s clustering as their formula stands, pair by pair."""
    weight: dict[tuple[str, str], float] = {}
    ends = zip(network.tails.tolist(), network.heads.tolist(), network.strengths, strict=True)
    for tail, head, strength in ends:
        pair = network.ids[tail], network.ids[head]
        for key in (pair, pair[::-1]):
            weight[key] = max(weight.get(key, 0.0), float(strength))
    near = [other for other in network.ids if (id_, other) in weight]
    if len(near) < 2:
        return None
    total = sum(weight[id_, other] for other in near)
    closed = sum(
        (weight[id_, one] + weight[id_, other]) / 2
        for one in near
        for other in near
        if (one, other) in weight
    )
    return closed / (total * (len(near) - 1))


@settings(max_examples=60, deadline=None)
@given(network=networks)
def test_clustering_is_barrats(network: Network) -> None:
    m = measures(network)
    for id_ in m:
        expected = clustering(network, id_)
        assert m[id_].clustering == (None if expected is None else pytest.approx(expected))
        if expected is None:
            assert m[id_].reasons["clustering"] in {"isolate", "one_neighbour", "alone"}


def test_clustering_of_alike_strengths_is_the_unweighted_one() -> None:
    graph: Any = nx.gnm_random_graph(20, 50, seed=3)
    alone: Any = nx.clustering(graph)
    channels = [Channel(str(a), str(b), 0.7) for a, b in graph.edges]
    m = measures(Network.from_channels(map(str, graph), channels))
    assert column(m, "clustering") == pytest.approx(
        {str(k): v for k, v in alone.items() if graph.degree(k) > 1}
    )


def test_a_strong_closed_pair_counts_more() -> None:
    """By hand: pairs bc (closed, strengths 5 and 5), bd and cd (open); (5 + 5)/(11 · 2)."""
    ties = [("a", "b", 5), ("a", "c", 5), ("a", "d", 1), ("b", "c", 1)]
    m = measures(Network.from_channels("abcd", [Channel(*tie) for tie in ties]))
    assert m["a"].clustering == pytest.approx(10 / 22)


def test_eigenvector_agrees_with_networkx() -> None:
    """METHOD 7: "of (W+Wᵀ)/2 on the largest component, maximum 1"."""
    network = random_network(30, 60, seed=1, directed=False)
    m = measures(network)
    part = nx_graph(network).subgraph(m.components[0])
    vector = nx.eigenvector_centrality_numpy(part, weight="weight")
    largest = max(vector.values())
    assert column(m, "eigenvector") == pytest.approx({k: v / largest for k, v in vector.items()})


def test_eigenvector_of_a_large_map(monkeypatch: pytest.MonkeyPatch) -> None:
    network = random_network(60, 150, seed=2, directed=True)
    dense = column(measures(network), "eigenvector")
    rank = column(measures(network), "pagerank")
    monkeypatch.setattr("aktorkart.network.structure.DENSE", 10)
    assert column(measures(network), "eigenvector") == pytest.approx(dense, abs=1e-9)
    assert column(measures(network), "pagerank") == pytest.approx(rank, rel=1e-14)


@pytest.mark.parametrize("arcs", [40, 150])
def test_what_ties_say_is_compiled_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch, arcs: int
) -> None:
    pytest.importorskip("numba")
    network = random_network(60, arcs, seed=3, directed=True)
    plain = measures(network)
    names = ("constraint", "effective_size", "clustering", "core")
    before = [column(plain, name) for name in names], plain.cut_points
    monkeypatch.setattr("aktorkart.network.structure.worth_compiling", lambda _: True)
    monkeypatch.setattr("aktorkart.network.graph.worth_compiling", lambda _: True)
    compiled = measures(network)
    assert ([column(compiled, name) for name in names], compiled.cut_points) == before
    assert 0 < sum(plain.cut_points.values()) < 30


# --- what must not matter


@settings(max_examples=30, deadline=None)
@given(
    n=st.integers(1, 14),
    density=st.floats(0, 3),
    seed=st.integers(0, 10**6),
    directed=st.booleans(),
)
def test_relabelling_moves_the_numbers_along(
    n: int,
    density: float,
    seed: int,
    directed: bool,  # noqa: FBT001 - drawn
) -> None:
    ties = int(n * density)
    here = measures(random_network(n, ties, seed=seed, directed=directed))
    there = measures(random_network(n, ties, seed=seed, directed=directed, offset=n // 2))
    for name in RANKABLE:
        moved = {f"{(int(id_) + n // 2) % n:03}": v for id_, v in column(here, name).items()}
        assert column(there, name) == pytest.approx(moved, abs=1e-9), name
    assert here.reciprocity == there.reciprocity
    assert here.centralization == pytest.approx(dict(there.centralization))


def workshop(*, seed: int | None = None) -> ActorMap:
    """Make a map with lines, tags and parallel ties; with a seed in another order."""
    actors: list[Any] = [
        {"id": "bruker", "kind": "user"},
        {"id": "fastlege", "kind": "gp", "organisation": "kommunen", "tags": {"by": "Tromsø"}},
        {"id": "team", "kind": "mental_health_team", "organisation": "kommunen"},
        {"id": "nav", "kind": "nav", "tags": {"by": ("Oslo", "Tromsø")}},
        {"id": "dps", "kind": "dps", "organisation": "foretaket"},
        {"id": "alene"},
    ]
    ties: list[Any] = [
        {"source": "bruker", "target": "fastlege", "strength": 4},
        {"source": "bruker", "target": "team", "strength": 5},
        {"source": "team", "target": "fastlege"},
        {"source": "fastlege", "target": "dps", "strength": 2, "kind": "referral", "mutual": False},
        {"source": "fastlege", "target": "dps", "strength": 1},
        {"source": "team", "target": "nav", "strength": 3},
    ]
    if seed is not None:
        dice = random.Random(seed)  # noqa: S311 - a fair die, not a secret
        dice.shuffle(actors)
        dice.shuffle(ties)
    return ActorMap(actors=actors, ties=ties)


def everything(m: Measures) -> Any:
    return (
        m.table().to_records(),
        m.components,
        dict(m.cohesion),
        dict(m.centralization),
        m.communities,
        m.ranking("betweenness"),
        m.ranking("pagerank"),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_in_the_file_changes_nothing(seed: int) -> None:
    """INTERFACES: "Order of actors in the file never changes a result"; not even the last bit."""
    assert everything(measures(workshop(seed=seed))) == everything(measures(workshop()))


def test_a_map_and_its_network_measure_alike() -> None:
    groups = {"bruker": "a", "team": "a", "nav": "b"}
    kart = workshop()
    of_map = measures(kart, group=groups)
    assert everything(measures(Network.from_map(kart), group=groups)) == everything(of_map)


def test_the_executor_changes_nothing() -> None:
    network = random_network(150, 500, seed=4, directed=True)
    with ThreadPoolExecutor(2) as threads:
        m = measures(network, executor=threads)
        assert column(m, "betweenness") == column(measures(network), "betweenness")


# --- lazy, and shared by threads


def test_density_does_not_walk_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    """DESIGN: "asking for density does not compute paths"."""
    walks = []

    def walk(*_: Any, **__: Any) -> None:
        walks.append(1)
        raise AssertionError

    monkeypatch.setattr(scores, "shortest_paths", walk)
    m = measures(workshop())
    assert m.density == pytest.approx(10 / 30)
    assert m["dps"].degree == pytest.approx(1 / 5)
    assert m["dps"].constraint == 1
    assert not walks


def test_threads_share_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    walks = []

    def walk(*arguments: Any, **options: Any) -> Any:
        walks.append(threading.get_ident())
        return shortest_paths(*arguments, **options)

    monkeypatch.setattr(scores, "shortest_paths", walk)
    m = measures(random_network(60, 200, seed=5, directed=True))
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: column(m, "betweenness"), range(16)))
    assert len(walks) == 1
    assert all(each == found[0] for each in found)


def test_heavy_libraries_stay_away() -> None:
    """The whole report of 40 actors must be quick: no networkx, scipy or numba for it."""
    script = (
        "import sys\n"
        "from aktorkart.network.measures import measures\n"
        "from aktorkart.model import ActorMap\n"
        "m = measures(ActorMap(actors=[{'id': 'a'}, {'id': 'b'}],"
        " ties=[{'source': 'a', 'target': 'b'}]))\n"
        "m.table(), m.ranking('betweenness'), m.cohesion, m.centralization, m.reasons\n"
        # Draws of so many would be compiled; none are asked for.
        "ids = [f'a{place}' for place in range(160)]\n"
        "ties = [{'source': 'a0', 'target': id} for id in ids[1:]]\n"
        "m = measures(ActorMap(actors=[{'id': id} for id in ids], ties=ties))\n"
        "m.ranking('betweenness', draws=0)\n"
        "print([name for name in ('networkx', 'scipy', 'numba') if name in sys.modules])\n"
    )
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script], check=True, stdout=subprocess.PIPE, text=True
    )
    assert done.stdout.strip() == "[]"


# --- small and torn maps: None with a reason, never NaN


def reasons_of(m: Measures) -> set[str]:
    found = set(m.reasons.values())
    for id_ in m:
        found |= set(m[id_].reasons.values())
    return found


def test_an_empty_map_measures_to_nothing() -> None:
    m = measures(ActorMap())
    assert (len(m), list(m), m.n, m.ties) == (0, [], 0, 0)
    assert m.components == ()
    assert [m.density, m.reciprocity, m.binary_reciprocity, m.communities] == [None] * 4
    assert [m.ei_index(), m.expected_ei_index()] == [None, None]
    assert set(m.centralization.values()) == {None}
    assert m.table().rows == ()
    assert all(m.ranking(name) == () for name in RANKABLE)
    assert m.reasons["density"] == m.reasons["centralization.degree"] == "empty"


def test_a_single_actor() -> None:
    m = measures(ActorMap(actors=(Actor(id="a"),)))
    a = m["a"]
    assert a.betweenness == a.harmonic == a.strength == a.core == 0  # METHOD: 0 for an isolate
    assert a.pagerank == 1
    assert not a.cut_point
    undefined = (
        *("degree", "closeness", "farness", "eigenvector"),
        *("constraint", "effective_size", "clustering"),
    )
    for name in undefined:
        assert getattr(a, name) is None, name
        assert a.reasons[name] == "alone", name
    assert a.roles is None
    assert a.reasons["roles"] == "no_group"
    assert m.components == (("a",),)
    assert measures(m.network, normalized=False)["a"].degree == 0
    assert m.reasons["centralization.closeness"] == "alone"


def test_a_pair() -> None:
    m = measures(Network.from_channels("ab", [Channel("a", "b", 2)]))
    assert m["a"].closeness == m["a"].harmonic == 2  # may exceed 1 where strengths do
    assert m["a"].betweenness is None
    assert m["a"].reasons == {
        "betweenness": "too_few",
        "clustering": "one_neighbour",
        "roles": "no_group",
    }
    assert measures(m.network, normalized=False)["a"].betweenness == 0
    assert m.reasons["centralization.degree"] == "too_few"


def test_an_isolate_beside_others() -> None:
    m = measures(workshop())
    assert m["alene"].betweenness == m["alene"].harmonic == m["alene"].degree == 0
    assert m["alene"].degree_alpha == 0
    assert m["alene"].pagerank is not None
    assert dict(m["alene"].reasons) == {
        "closeness": "isolate",
        "farness": "not_all_reached",
        "eigenvector": "outside_largest",
        "constraint": "isolate",
        "effective_size": "isolate",
        "clustering": "isolate",
        "roles": "no_group",
    }
    assert m["nav"].reasons["farness"] == "not_all_reached"
    assert m["nav"].closeness is not None
    assert m.centralization["closeness"] is None
    assert m.reasons["centralization.closeness"] == "not_connected"


def test_incoming_ties_only() -> None:
    """METHOD 7: "Paths follow outgoing arcs"; "closeness … None if r = 0"."""
    m = measures(Network.from_channels("abc", [Channel("a", "b", 1, mutual=False)]))
    assert m["b"].closeness is None
    assert m["b"].reasons["closeness"] == "reaches_nobody"
    assert m["a"].closeness == pytest.approx(1 / 2)
    assert m["b"].constraint == 1
    assert m["b"].in_degree == 1 / 2
    assert m["b"].out_degree == 0


def test_components_that_tie_for_largest() -> None:
    """METHOD 7: eigenvector "None elsewhere, or where components tie for largest"."""
    m = measures(Network.from_channels("abcd", [Channel("a", "b"), Channel("c", "d")]))
    assert m["a"].eigenvector is None
    assert m["a"].reasons["eigenvector"] == "components_tie"
    assert measures(Network.from_channels("ab", []))["a"].reasons["eigenvector"] == "no_channels"


def test_more_paths_than_can_be_counted() -> None:
    """Sixteen ways in each of 300 steps: 16^300 is more than a float can hold."""
    steps, width = 300, 16
    channels = [
        channel
        for step in range(steps)
        for lane in range(width)
        for channel in (
            Channel(f"k{step:03}", f"l{step:03}-{lane:02}", 1),
            Channel(f"l{step:03}-{lane:02}", f"k{step + 1:03}", 1),
        )
    ]
    ids = {end for tie in channels for end in (tie.source, tie.target)}
    pytest.importorskip("numba")  # plain Python would need a minute for so large a map
    m = measures(Network.from_channels(ids, channels))
    assert m["k150"].betweenness is None
    assert m["k150"].reasons["betweenness"] == "too_many_paths"
    assert m["k150"].farness is not None


@settings(max_examples=40, deadline=None)
@given(network=networks, alpha=st.sampled_from([0, 0.5, 1, 1.5, 2]), normalized=st.booleans())
def test_never_nan_and_always_a_reason(
    network: Network,
    alpha: float,
    normalized: bool,  # noqa: FBT001 - drawn
) -> None:
    """METHOD 7: "What is undefined is None with a reason, never NaN and never 0"."""
    m = measures(network, alpha=alpha, normalized=normalized)
    for id_ in m:
        undefined = {name for name in RANKABLE if m.value(name, id_) is None}
        assert set(m[id_].reasons) == undefined | {"roles"}
        for name in set(RANKABLE) - undefined:
            assert math.isfinite(m.value(name, id_) or 0), name
    for code in reasons_of(m):
        for lang in LANGUAGES:
            assert text(f"reason.{code}", lang)


# --- the map as a whole


@pytest.mark.parametrize("strength", [1, 3])
@pytest.mark.parametrize("n", [3, 8])
def test_a_star_is_fully_centralised(n: int, strength: float) -> None:
    star = [Channel("hub", f"leaf{place}", strength) for place in range(n - 1)]
    ids = {end for tie in star for end in (tie.source, tie.target)}
    found = measures(Network.from_channels(ids, star)).centralization
    assert dict(found) == pytest.approx({"degree": 1, "closeness": 1, "betweenness": 1})


def test_a_ring_is_not_centralised() -> None:
    ring = [Channel(f"{i}", f"{(i + 1) % 6}", 2) for i in range(6)]
    found = measures(Network.from_channels("012345", ring)).centralization
    assert dict(found) == pytest.approx({"degree": 0, "closeness": 0, "betweenness": 0})


def test_cohesion_within_and_between() -> None:
    """METHOD 7: "cohesion (density and mean strength) within and between groups"."""
    groups = dict(zip("abcde", "xxyyy", strict=True))
    channels = [Channel("a", "b", 4), Channel("a", "c", 2), Channel("b", "d", 1)]
    found = measures(Network.from_channels("abcde", channels), group=groups).cohesion
    assert found == {
        ("x", "x"): overall.Cohesion(1, 4, 1, 1),
        ("x", "y"): overall.Cohesion(2 / 6, 1.5, 2, 6),
        ("y", "y"): overall.Cohesion(0, None, 0, 3),
    }
    one_way = [Channel("a", "c", 2, mutual=False)]
    directed = measures(Network.from_channels("abcde", one_way), group=groups).cohesion
    assert directed["x", "y"] == overall.Cohesion(1 / 6, 2, 1, 6)
    assert directed["y", "x"] == overall.Cohesion(0, None, 0, 6)


@pytest.mark.parametrize("mutual", [True, False])
def test_cohesion_of_many_groups_holds_linked_pairs_only(*, mutual: bool) -> None:
    ids = [f"{number:05}" for number in range(3000)]
    ties = [Channel(one, other, 2, mutual) for one, other in pairwise(ids)]
    found = measures(
        Network.from_channels(ids, ties), group=dict(zip(ids, ids, strict=True))
    ).cohesion
    assert len(found) == (3000 * 3001 // 2 if mutual else 3000 * 3000)
    assert list(islice(found, 2)) == [(ids[0], ids[0]), (ids[0], ids[1])]
    assert found[ids[0], ids[1]] == overall.Cohesion(1, 2, 1, 1)
    assert found[ids[0], ids[9]] == overall.Cohesion(0, None, 0, 1)
    assert ((ids[1], ids[0]) in found) is not mutual
    strange: list[Any] = [ids[0], 7, (ids[0], "nowhere")]
    assert not any(one in found for one in strange)
    assert "2999 pairs linked" in repr(found)


def test_groups_by_what_the_map_says() -> None:
    """METHOD 7: "those without group left out, an actor with two lines counted by the first"."""
    m = measures(workshop())
    assert set(m.cohesion) >= {("first", "first"), ("first", "state")}
    assert m.ei_index("organisation") == 0  # team – fastlege within, fastlege – dps between
    assert m.ei_index("by") is None
    assert m.expected_ei_index("by") == 1  # fastlege in Tromsø, nav in Oslo
    assert m.ei_index({"bruker": "a", "fastlege": "b"}) == 1
    assert set(measures(workshop(), group="kind").roles) == set(m)
    assert measures(workshop(), group="community")["team"].roles is not None
    assert measures(workshop(), group="level").cohesion


def test_unknown_groups_actors_and_measures() -> None:
    with pytest.raises(UnknownName, match="organisation"):
        measures(workshop(), group="organization")
    with pytest.raises(UnknownActor, match="fastlege"):
        measures(workshop(), group={"fastlegen": "x"})
    with pytest.raises(UnknownActor, match="fastlege"):
        measures(workshop())["fastlegen"]
    with pytest.raises(UnknownActor, match="fastlege"):
        measures(Network.from_map(workshop()))["fastlegen"]
    with pytest.raises(UnknownName, match="betweenness"):
        measures(workshop()).ranking("betweeness")
    with pytest.raises(InvalidMap):
        measures(workshop(), alpha=-1)


def test_roles_count_ordered_pairs() -> None:
    """METHOD 7: "always over ordered pairs, a→v→b without a→b"."""
    groups = {"a": "x", "v": "x", "b": "y"}
    m = measures(Network.from_channels("avb", [Channel("a", "v"), Channel("v", "b")]), group=groups)
    assert m["v"].roles is not None
    assert {role: count for role, count in m["v"].roles.items() if count} == {
        "representative": 1,
        "gatekeeper": 1,
    }


def role_by_the_book(first: str | None, middle: str | None, last: str | None) -> str:
    """Name the role as METHOD 7 does, after Gould and Fernandez (1989)."""
    if first == last:
        return "coordinator" if first == middle else "consultant"
    if middle == last:
        return "gatekeeper"
    return "representative" if first == middle else "liaison"


@settings(max_examples=60, deadline=None)
@given(network=networks, seed=st.integers(0, 99))
def test_roles_are_the_same_however_they_are_counted(network: Network, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a fair die, not a secret
    groups = [dice.choice(["x", "y", "z", None]) for _ in network.ids]
    arcs = set(zip(network.tails.tolist(), network.heads.tolist(), strict=True))
    expected = {(v, role): 0 for v in range(len(groups)) for role in structure.ROLES}
    for (a, v), (w, b) in product(arcs, arcs):
        of = groups[a], groups[v], groups[b]
        if v == w and a != b and (a, b) not in arcs and None not in of:
            expected[v, role_by_the_book(*of)] += 1
    with pytest.MonkeyPatch.context() as patch:
        for compiling in (False, True):
            patch.setattr(structure, "worth_compiling", lambda _, on=compiling: on)
            found = structure.roles(network, groups).ravel()
            assert found.tolist() == list(expected.values())


def test_reciprocity_needs_a_directed_tie() -> None:
    """METHOD 7: "mutual ties counted both ways, None if no tie is directed"."""
    mutual = Channel("a", "b", 3)
    m = measures(Network.from_channels("abc", [mutual]))
    assert m.reciprocity is None
    assert m.reasons["reciprocity"] == "all_mutual"
    m = measures(Network.from_channels("abc", [mutual, Channel("b", "c", 2, mutual=False)]))
    assert m.reciprocity == pytest.approx(6 / 8)
    assert m.binary_reciprocity == pytest.approx(2 / 3)


def test_communities_are_found_again() -> None:
    """METHOD 7: "stability = mean best Jaccard over the seeds"."""
    channels = [Channel("c", "d", 1)]
    for trio in ("abc", "def"):
        channels += [Channel(trio[i], trio[(i + 1) % 3], 5) for i in range(3)]
    found = measures(Network.from_channels("abcdef", channels)).communities
    assert found is not None
    assert found.groups == (("a", "b", "c"), ("d", "e", "f"))
    assert found.stability == (1.0, 1.0)
    assert found.seed == 0
    assert found.modularity == pytest.approx(30 / 31 - 0.5)


@settings(max_examples=40, deadline=None)
@given(
    n=st.integers(2, 30),
    pairs=st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), min_size=1, max_size=90),
    strengths=st.lists(st.sampled_from([0.1, 1.0, 2.0, 3.5, 5.0, 700.0]), min_size=1, max_size=5),
)
def test_nobody_gains_by_leaving_a_community(
    n: int, pairs: list[tuple[int, int]], strengths: list[float]
) -> None:
    """Nobody would gain by moving, the modularity is true, and everyone is in one group."""
    linked = sorted({(min(a % n, b % n), max(a % n, b % n)) for a, b in pairs if a % n != b % n})
    channels = [
        Channel(f"{one:02}", f"{other:02}", strengths[place % len(strengths)])
        for place, (one, other) in enumerate(linked)
    ]
    ids = [f"{place:02}" for place in range(n)]
    found = measures(Network.from_channels(ids, channels, scale=None)).communities
    if not channels:
        assert found is None
        return
    assert found is not None
    assert sorted(id_ for group in found.groups for id_ in group) == ids
    assert all(1 / n <= share <= 1 + 1e-12 for share in found.stability)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_weighted_edges_from((one, other, weight) for one, other, weight, _ in channels)
    modularity = nx.community.modularity
    groups = [set(group) for group in found.groups]
    assert found.modularity == pytest.approx(modularity(graph, groups), abs=1e-12)
    home = {id_: place for place, group in enumerate(found.groups) for id_ in group}
    for id_ in ids:
        for place in {home[other] for other in graph[id_]} - {home[id_]}:
            moved = [group - {id_} for group in groups]
            moved[place].add(id_)
            assert modularity(graph, [g for g in moved if g]) <= found.modularity + 1e-9


@pytest.mark.parametrize("name", examples.names())
def test_communities_are_as_good_as_those_of_networkx(name: str) -> None:
    network = Network.from_map(examples.read(name))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(network.ids)))
    arcs = zip(network.tails.tolist(), network.heads.tolist(), strict=True)
    for (one, other), strength in zip(arcs, network.strengths.tolist(), strict=True):
        known = graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
        graph.add_edge(one, other, weight=known + strength / 2)
    best = max(
        nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed))
        for seed in communities.SEEDS
    )
    found = measures(network).communities
    assert found is not None
    assert found.modularity >= best - 1e-12


def test_communities_are_the_same_whether_compiled_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    network = random_network(120, 400, seed=4, directed=True)
    found = []
    for compiling in (False, True):
        monkeypatch.setattr(communities, "worth_compiling", lambda _, yes=compiling: yes)
        found.append(measures(network).communities)
    assert found[0] == found[1]


# --- how firm the ranks are


def test_ranks_share_places() -> None:
    """METHOD 7: "Competition ranks, values within 1e-9 tied"."""
    values = np.array([[3.0, 1.0, 3.0 - 1e-12, 2.0], [0.0, 0.0, 0.0, 1.0]])
    assert firmness.ranks(values).tolist() == [[1, 4, 1, 3], [2, 2, 2, 1]]
    assert firmness.ranks(np.array([1.0, 1.0 + 1e-6])).tolist() == [2, 1]
    assert firmness.ranks(np.zeros((3, 0))).tolist() == [[], [], []]


@pytest.mark.parametrize("name", RANKABLE)
@pytest.mark.parametrize("directed", [True, False])
def test_every_measure_is_ranked(name: str, directed: bool) -> None:  # noqa: FBT001 - a parameter
    m = measures(random_network(12, 24, seed=6, directed=directed))
    rows = m.ranking(name, draws=20)
    shown = column(m, name)
    assert {row.actor: row.value for row in rows} == shown
    for row in rows:
        assert row.lowest is not None
        assert row.highest is not None
        assert 1 <= row.lowest <= row.rank <= row.highest <= len(rows)
        ahead = [
            value
            for value in shown.values()
            if (value < row.value if name in scores.LOW_FIRST else value > row.value)
            and not math.isclose(value, row.value, rel_tol=1e-9)
        ]
        assert row.rank == len(ahead) + 1
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)
    if name in {"degree", "in_degree", "out_degree", "core"}:
        assert all(row.lowest == row.rank == row.highest for row in rows)


def test_intervals_hold_what_each_draw_gives() -> None:
    """METHOD 7: "the interval runs from best to worst, the undisturbed map included"."""
    network = random_network(14, 30, seed=7, directed=True)
    draws = firmness.drawn_strengths(network, 25)
    met: dict[str, list[int]] = {id_: [] for id_ in network.ids}
    for strengths in [network.tie_strengths, *draws]:
        channels = [
            Channel(
                network.ids[network.tails[arc]],
                network.ids[network.heads[arc]],
                float(network.arc_strengths(strengths)[arc]),
                mutual=False,
            )
            for arc in range(len(network.tails))
        ]
        redrawn = measures(Network.from_channels(network.ids, channels))
        for row in redrawn.ranking("betweenness", draws=0):
            met[row.actor].append(row.rank)
    for row in measures(network).ranking("betweenness", draws=25):
        assert (row.lowest, row.highest) == (min(met[row.actor]), max(met[row.actor]))


@pytest.mark.parametrize("alpha", [1, 0.5])
def test_large_and_small_maps_draw_alike(alpha: float, monkeypatch: pytest.MonkeyPatch) -> None:
    network = random_network(20, 50, seed=8, directed=True)
    batched = measures(network, alpha=alpha).ranking("betweenness", draws=30)
    harmonic = measures(network, alpha=alpha).ranking("harmonic", draws=30)
    monkeypatch.setattr(firmness, "BATCHED_AT_MOST", 0)
    one_by_one = measures(network, alpha=alpha)
    assert one_by_one.ranking("betweenness", draws=30) == batched
    assert one_by_one.ranking("harmonic", draws=30) == harmonic


@pytest.mark.parametrize("alpha", [1, 0.5])
def test_small_maps_draw_alike_where_numba_is_loaded(
    alpha: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    network = random_network(20, 50, seed=8, directed=True)
    batched = measures(network, alpha=alpha).ranking("betweenness", draws=30)
    apart = firmness.between([network, network], alpha)
    monkeypatch.setattr(firmness, "DRAWS_WORTH_LOADING", 0)
    monkeypatch.setattr(firmness, "DRAWS_WORTH_CALLING", 0)
    compiled = measures(network, alpha=alpha).ranking("betweenness", draws=30)
    for one, other in zip(compiled, batched, strict=True):
        assert one.value == pytest.approx(other.value, rel=1e-12)
        assert replace(one, value=0.0) == replace(other, value=0.0)
    assert firmness.between([network, network], alpha) == pytest.approx(apart, rel=1e-12)


def test_draws_stay_on_the_scale() -> None:
    """METHOD 7: "every tie is moved −1/0/+1 step, clipped to the scale … unknown anywhere"."""
    channels = [Channel("a", f"x{place}", place) for place in range(1, 6)] + [Channel("a", "y")]
    ids = {end for tie in channels for end in (tie.source, tie.target)}
    drawn = firmness.drawn_strengths(Network.from_channels(ids, channels), 400)
    allowed = [{1, 2}, {1, 2, 3}, {2, 3, 4}, {3, 4, 5}, {4, 5}, {1, 2, 3, 4, 5}]
    assert [set(values) for values in drawn.T.tolist()] == allowed
    counts = Counter(drawn[:, 2].tolist())
    assert all(90 < count < 180 for count in counts.values())


def test_draws_of_counts() -> None:
    """METHOD 7: "open-ended: ×.8, 1, 1.25"."""
    channels = [Channel("a", "b", 100), Channel("b", "c", 7), Channel("a", "c")]
    drawn = firmness.drawn_strengths(Network.from_channels("abc", channels, scale=None), 200)
    assert [set(values) for values in drawn.T.tolist()] == [
        {80, 100, 125},
        {5.6, 7, 8.75},
        {7, 100},
    ]
    unknown = Network.from_channels("ab", [Channel("a", "b")], scale=None)
    assert set(firmness.drawn_strengths(unknown, 10).ravel().tolist()) == {1}


def test_the_arcs_of_a_mutual_tie_move_together() -> None:
    """METHOD 7: "the arcs of a mutual tie together"."""
    network = random_network(10, 20, seed=9, directed=False)
    drawn = network.arc_strengths(firmness.drawn_strengths(network, 50))
    arcs = {
        pair: place for place, pair in enumerate(zip(network.tails, network.heads, strict=True))
    }
    for (tail, head), place in arcs.items():
        assert np.array_equal(drawn[:, place], drawn[:, arcs[head, tail]])


# --- how it is shown


def test_the_table() -> None:
    table = measures(workshop()).table(lang="en")
    assert [column.key for column in table.columns][:2] == ["actor", "degree"]
    records = {record["actor"]: record for record in table.to_records()}
    assert records["alene"]["closeness"] is None
    assert records["team"]["cut_point"] is True
    assert records["team"]["coordinator"] is not None


def test_the_table_without_paths_walks_none(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = measures(workshop()).table()
    monkeypatch.setattr(scores, "shortest_paths", lambda *_, **__: pytest.fail("paths were walked"))
    table = measures(workshop()).table(paths=False)
    kept = [c for c in whole.columns if c.key not in scores.PATH_MEASURES]
    assert list(table.columns) == kept
    places = [whole.columns.index(c) for c in kept]
    assert list(table.rows) == [tuple(row[place] for place in places) for row in whole.rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_has_a_name_and_a_definition(lang: str) -> None:
    m = measures(workshop())
    for column_ in m.table(lang=lang).columns:
        assert column_.title
        assert text(f"measure.{column_.key}.definition", lang).endswith((".", ")."))


def test_looking_costs_nothing() -> None:
    m = measures(workshop())
    assert repr(m) == "Measures(6 actors, 6 ties, alpha=1.0)"
    assert repr(m["nav"]) == "ActorMeasures('nav')"
    assert "nav" in m
    assert m == m  # noqa: PLR0124 - two are never compared value by value
    assert hash(m)


@pytest.mark.parametrize("pair", [(1e-300, 1.0), (1.0, 1e300), (5e-324, 1.0), (1e-9, 1e9)])
def test_strengths_too_far_apart_are_those_on_the_map(pair: tuple[float, float]) -> None:
    """Draws move strengths: none becomes 0 or larger than there are numbers, and none is told."""
    kart = ak.ActorMap(
        strength_scale=None,
        actors=[ak.Actor(id=id_) for id_ in "abc"],
        ties=[
            ak.Tie(source=one, target="c", strength=strength)
            for one, strength in zip("ab", pair, strict=True)
        ],
    )
    with pytest.raises(ak.InvalidMap) as caught:
        ak.measures(kart).ranking("betweenness")
    with pytest.raises(ak.InvalidMap):
        ak.report(kart)
    assert [caught.value.problems[0].values[end] for end in ("low", "high")] == [*pair]
