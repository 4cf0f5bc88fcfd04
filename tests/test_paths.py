from __future__ import annotations

import pickle
import random
import sys
import tracemalloc
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal, localcontext
from itertools import pairwise
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.network import lanes, paths
from aktorkart.network.compiling import compiled
from aktorkart.network.network import Channel, Network
from aktorkart.network.paths import Paths, kernel, shortest_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

RESULTS = ("betweenness", "farness", "reached", "harmonic")


def random_network(
    n: int, ties: int, *, seed: int, strengths: Sequence[float] = (1, 2, 3, 4, 5)
) -> Network:
    """Make a map where a third of the ties go one way, and some actors are left alone."""
    dice = random.Random(seed)  # noqa: S311 - a fair die, not a secret
    ids = [f"{i:04}" for i in range(n)]
    channels = []
    for _ in range(ties):
        source, target = dice.sample(ids[: n - 2], 2)
        channels.append(Channel(source, target, dice.choice(strengths), dice.random() < 0.67))
    return Network.from_channels(ids, channels, scale=None)


def walk(network: Network, alpha: float = 1, **options: Any) -> Paths:
    lengths = network.lengths(alpha)
    options = {"tolerance": lengths.tolerance} | options
    return shortest_paths(network.starts, network.heads, lengths.values, **options)


def same_bits(one: Paths, other: Paths) -> bool:
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in RESULTS)


def reference(network: Network, alpha: float) -> tuple[list[float], list[float]]:
    """Compute betweenness and farness with 80 decimals, where equal is within 60."""
    n = len(network.ids)
    with localcontext(prec=80):
        near = Decimal(10) ** -60
        lengths = {
            (tail, head): Decimal(repr(strength)) ** -Decimal(repr(float(alpha)))
            for tail, head, strength in zip(
                network.tails.tolist(),
                network.heads.tolist(),
                network.strengths.tolist(),
                strict=True,
            )
        }
        after: list[list[int]] = [[] for _ in range(n)]
        for tail, head in lengths:
            after[tail].append(head)
        betweenness, farness = [0.0] * n, [0.0] * n
        for source in range(n):
            distance = {source: Decimal(0)}
            todo = dict(distance)
            order = []
            while todo:
                tail = min(todo, key=lambda actor: (todo[actor], actor))
                del todo[tail]
                order.append(tail)
                for head in after[tail]:
                    there = distance[tail] + lengths[tail, head]
                    if head not in distance or there < distance[head]:
                        distance[head] = todo[head] = there
            tight = [
                (tail, head)
                for tail in order
                for head in after[tail]
                if abs(distance[tail] + lengths[tail, head] - distance[head]) < near
            ]
            count = dict.fromkeys(order, 0)
            count[source] = 1
            for tail, head in tight:
                count[head] += count[tail]
            share = dict.fromkeys(order, 0.0)
            for tail, head in reversed(tight):
                share[tail] += count[tail] / count[head] * (1 + share[head])
            for actor in order:
                betweenness[actor] += share[actor] if actor != source else 0
            farness[source] = float(sum(distance.values()))
    return betweenness, farness


@pytest.mark.parametrize("alpha", [0, 0.5, 1, 1.5, 2])
@pytest.mark.parametrize("seed", [1, 2])
def test_message_counts_against_an_exact_reference(alpha: float, seed: int) -> None:
    """METHOD 7: "Tried on directed message counts 2–559 … no actor wrong"."""
    # Counts that are multiples of each other make many paths equal.
    dice = random.Random(seed)  # noqa: S311 - a fair die, not a secret
    counts = [dice.choice([2, 3, 4, 6, 8, 12, 24, 48, 96, 559, 558, 279]) for _ in range(60)]
    network = random_network(26, 130, seed=seed, strengths=counts)
    found = walk(network, alpha)
    betweenness, farness = reference(network, alpha)
    assert found.betweenness.tolist() == pytest.approx(betweenness, rel=1e-12, abs=1e-9)
    scaled = found.farness / network.lengths(alpha).scale
    assert scaled.tolist() == pytest.approx(farness, rel=1e-12)


@pytest.mark.parametrize("alpha", [0, 0.5, 1, 1.5, 2])
def test_float_strengths_are_read_as_decimals(alpha: float) -> None:
    """METHOD 7: "Take strengths as exact decimals"."""
    tenths = (0.1, 0.2, 0.3, 0.4, 0.6, 1.2, 2.4)
    network = random_network(22, 90, seed=3, strengths=tenths)
    betweenness, _ = reference(network, alpha)
    assert walk(network, alpha).betweenness.tolist() == pytest.approx(betweenness, abs=1e-9)


def nx_graph(network: Network) -> nx.DiGraph[int]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(network.ids)))
    graph.add_weighted_edges_from(
        zip(
            network.tails.tolist(),
            network.heads.tolist(),
            network.lengths().values.tolist(),
            strict=True,
        )
    )
    return graph


@settings(max_examples=60, deadline=None)
@given(n=st.integers(3, 24), density=st.floats(0, 3), seed=st.integers(0, 10**6))
def test_agrees_with_networkx_on_whole_lengths(n: int, density: float, seed: int) -> None:
    network = random_network(max(n, 4), int(n * density), seed=seed)
    graph = nx_graph(network)
    found = walk(network)
    betweenness = nx.betweenness_centrality(graph, normalized=False, weight="weight")
    assert found.betweenness.tolist() == pytest.approx(list(betweenness.values()), abs=1e-9)
    for source, distance in nx.all_pairs_dijkstra_path_length(graph):
        others = [d for d in distance.values() if d]
        assert found.reached[source] == len(others)
        assert found.farness[source] == sum(others)
        assert found.harmonic[source] == pytest.approx(sum(1 / d for d in others))


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(4, 24),
    density=st.floats(0.3, 3),
    seed=st.integers(0, 10**6),
    alpha=st.sampled_from([0.5, 1, 1.5]),
    strengths=st.lists(st.integers(1, 5_000).map(lambda count: count / 100), min_size=1),
)
def test_a_heap_finds_what_buckets_find(
    n: int, density: float, seed: int, alpha: float, strengths: list[float]
) -> None:
    """Buckets are as wide as the shortest tie, and those that stand empty are stepped over."""
    network = random_network(n, int(n * density), seed=seed, strengths=strengths)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "BUCKETS_PER_ARC", 10**6)
        by_buckets = walk(network, alpha)
        patch.setattr(paths, "FEW_BUCKETS", 0)
        patch.setattr(paths, "BUCKETS_PER_ARC", 0)
        by_heap = walk(network, alpha)
    assert by_heap.farness.tolist() == pytest.approx(by_buckets.farness.tolist(), rel=1e-13)
    assert by_heap.reached.tolist() == by_buckets.reached.tolist()
    assert by_heap.betweenness.tolist() == pytest.approx(by_buckets.betweenness.tolist(), rel=1e-13)


def test_ties_of_very_different_lengths_wait_in_a_heap() -> None:
    """No ring of buckets is made that would be larger than the map is worth."""
    channels = [Channel("a", "b", 1e-6), Channel("b", "c", 1e6), Channel("a", "c", 1.0)]
    network = Network.from_channels("abc", channels, scale=None)
    found = walk(network)
    assert found.reached.tolist() == [2, 2, 2]
    assert found.betweenness.tolist() == [0, 0, 2]


@pytest.mark.parametrize("alpha", [1, 0.5])
def test_compiled_and_plain_are_the_same_bits(alpha: float) -> None:
    """The numbers do not depend on whether numba is installed: buckets (1) and heap (.5)."""
    pytest.importorskip("numba")
    network = random_network(150, 500, seed=6)
    assert same_bits(walk(network, alpha, compile=False), walk(network, alpha, compile=True))


def alike(one: Paths, other: Paths) -> bool:
    return all(
        getattr(one, name).tolist()
        == pytest.approx(getattr(other, name).tolist(), rel=1e-12, nan_ok=True)
        for name in RESULTS
    )


@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(4, 40),
    density=st.floats(0.3, 3),
    seed=st.integers(0, 10**6),
    strengths=st.sampled_from([(1, 2, 3, 4, 5), (1,), (1, 40), (3, 7, 11)]),
)
def test_lanes_find_what_one_source_at_a_time_finds(
    n: int, density: float, seed: int, strengths: Sequence[float]
) -> None:
    """As plain Python here."""
    network = random_network(n, 1 + int(n * density), seed=seed, strengths=strengths)
    expected = walk(network, compile=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "fits", lambda *_: True)
        patch.setattr(paths, "compiled", lambda function: function)
        patch.setattr(paths, "kernel", lambda *_: pytest.fail("one source at a time"))
        assert alike(walk(network, compile=True), expected)


def test_compiled_lanes_are_the_same_bits_as_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    network = random_network(70, 300, seed=11)
    monkeypatch.setattr(paths, "fits", lambda *_: True)
    quick = walk(network, compile=True)
    monkeypatch.setattr(paths, "compiled", lambda function: function)
    assert same_bits(walk(network, compile=True), quick)


def test_large_maps_go_through_lanes(monkeypatch: pytest.MonkeyPatch) -> None:
    """ISSUE 15: several sources side by side; the same numbers to 1e-12, whatever the threads."""
    pytest.importorskip("numba")
    network = random_network(1200, 6000, seed=12)
    found = walk(network, compile=True)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert same_bits(found, walk(network, compile=True))
    monkeypatch.setattr(paths, "fits", lambda *_: False)
    one_by_one = walk(network, compile=True)
    assert alike(found, one_by_one)
    assert not same_bits(found, one_by_one)  # so they are what was tried


def test_sources_that_are_near_go_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """ISSUE 15: also where ids say nothing of who stands together."""
    pytest.importorskip("numba")
    monkeypatch.setattr(paths, "fits", lambda *_: True)
    ids = [f"{number:03}" for number in range(320)]
    random.Random(3).shuffle(ids)  # noqa: S311 - a fair die, not a secret
    places = [ids[first : first + lanes.LANES] for first in range(0, 320, lanes.LANES)]
    channels = [Channel(place[0], other, 5) for place in places for other in place[1:]]
    channels += [Channel(one[0], other[0], 1) for one, other in pairwise(places)]
    network = Network.from_channels(ids, channels)
    arcs = network.starts, network.heads.astype(np.uint32), network.lengths().values
    task = paths._Task(*arcs, tolerance=0, compile=True)  # noqa: SLF001
    found = [network.ids[at] for at in task.sources]
    batches = [found[first : first + lanes.LANES] for first in range(0, 320, lanes.LANES)]
    assert sorted(map(sorted, batches)) == sorted(map(sorted, places))
    expected = walk(network, compile=False)
    assert alike(walk(network, compile=True), expected)


def test_the_order_of_sources_is_the_same_compiled_or_not() -> None:
    pytest.importorskip("numba")
    distance = np.random.default_rng(1).integers(0, 60_000, (300, lanes.LANES), np.uint16)
    run = compiled(lanes.lane_order)
    assert run is not None
    orders = [np.arange(300), np.arange(300)]
    for order, one in zip(orders, (lanes.lane_order, run), strict=True):
        one(distance, order, np.zeros(300, np.int64))
    assert sorted(orders[0].tolist()) == list(range(300))
    assert orders[0].tolist() == orders[1].tolist()


def traced(run: Callable[[], object]) -> tuple[int, int]:
    """Return how many bytes something takes at the most, and how many it leaves behind."""
    tracemalloc.start()
    try:
        run()
        left, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return most, left


@pytest.mark.parametrize(
    ("strengths", "lanes_fit"),
    [
        ((1, 2, 3, 4, 5), True),
        ((1, 2, 3, 4, 5), False),
        (tuple(k / 100 for k in range(100, 501)), False),
        (tuple(range(1, 5001)), False),
    ],
)
def test_a_thread_works_in_400_bytes_an_actor_made_once(
    monkeypatch: pytest.MonkeyPatch, strengths: Sequence[float], *, lanes_fit: bool
) -> None:
    """ISSUE 15: with eleven arcs an actor, as on the map of a country."""
    pytest.importorskip("numba")
    monkeypatch.setattr(paths, "fits", lambda *_: lanes_fit)
    network = random_network(3000, 19800, seed=12, strengths=strengths)
    n = len(network.ids)
    assert len(network.tails) == pytest.approx(11 * n, rel=0.02)
    lengths = network.lengths()
    task = paths._Task(  # noqa: SLF001 - what a chunk of it takes
        network.starts,
        network.heads.astype(np.uint32),
        lengths.values,
        lengths.tolerance,
        compile=True,
    )
    task((0, 64))
    fresh = pickle.loads(pickle.dumps(task))  # noqa: S301 - our own; no rooms go along
    most, left = traced(lambda: fresh((0, 64)))
    assert 250 * n < left < most < 400 * n
    most, left = traced(lambda: fresh((64, 128)))
    assert 8 * n < most < 20 * n  # what it found, and its look at the lengths
    assert left < n
    most, _ = traced(lambda: task((0, 64)))
    assert most < 20 * n


@pytest.mark.parametrize("compiling", [True, False])
def test_as_many_rooms_as_threads(monkeypatch: pytest.MonkeyPatch, *, compiling: bool) -> None:
    network = random_network(600, 2400, seed=12)
    made: list[object] = []

    def room(*given: Any, plain: bool) -> list[Any]:
        made.append(given)
        return make(*given, plain=plain)

    make = paths._room  # noqa: SLF001
    monkeypatch.setattr(paths, "_room", room)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(paths, "SMALLEST_CHUNK", 10)
    walk(network, compile=compiling)
    assert 1 <= len(made) <= 2


def diamonds(count: int) -> Network:
    """Make a chain in which there are two shortest ways across every diamond."""
    names = [f"{i:05}" for i in range(3 * count + 1)]
    ties = []
    for i in range(0, 3 * count, 3):
        ties += [Channel(names[i], names[i + k], 5) for k in (1, 2)]
        ties += [Channel(names[i + k], names[i + 3], 5) for k in (1, 2)]
    return Network.from_channels(names, ties)


def steps(longest: float) -> Network:
    """Make a chain of 400 with lengths from 60 to 420, and a tie that makes them 11 × longer."""
    ids = [f"{i:04}" for i in range(400)]
    ties = [Channel(one, other, 1 + i % 7) for i, (one, other) in enumerate(pairwise(ids))]
    return Network.from_channels(ids, [*ties, Channel(ids[0], ids[9], longest)], scale=None)


@pytest.mark.parametrize(("make", "of"), [(steps, 11), (diamonds, 1100)])
def test_lanes_leave_too_long_and_too_many_paths_to_others(
    make: Callable[[float], Network], of: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    network = make(of)
    expected = walk(network, compile=True)
    monkeypatch.setattr(paths, "fits", lambda *_: True)
    assert alike(walk(network, compile=True), expected)


def test_who_goes_through_lanes() -> None:
    """Large maps of short whole lengths that are not too far apart, and dense enough."""
    lengths = np.array([12, 15, 20, 30, 60] * 1000)
    assert lanes.fits(1000, lengths, 0, 2)
    assert not lanes.fits(1000, lengths, 0, 1)  # what is loaded would decide
    assert not lanes.fits(1000, lengths, 1000, 2)
    assert not lanes.fits(2000, lengths, 0, 2)
    assert not lanes.fits(1000, lengths * 1000, 0, 2)
    assert not lanes.fits(1000, np.append(lengths, 1), 0, 2)
    assert not lanes.fits(0, lengths[:0], 0)


def test_the_executor_changes_nothing() -> None:
    """DESIGN: "Chunk boundaries do not depend on the executor and are summed in order"."""
    network = random_network(150, 500, seed=7)
    alone = walk(network, compile=False)
    with ThreadPoolExecutor(3) as threads:
        assert same_bits(alone, walk(network, executor=threads, compile=False))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert same_bits(alone, walk(network, executor=processes, compile=False))


def test_chunks_are_summed_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    network = random_network(150, 500, seed=8)
    chunked = walk(network, compile=False)
    monkeypatch.setattr(paths, "SMALLEST_CHUNK", 1000)
    whole = walk(network, compile=False)
    assert chunked.betweenness.tolist() == pytest.approx(whole.betweenness.tolist(), rel=1e-13)
    assert chunked.harmonic.tolist() == whole.harmonic.tolist()


def test_a_long_chain() -> None:
    """Distances of thousands of ties do not wear out the buckets."""
    n = 400
    ids = [f"{i:04}" for i in range(n)]
    chain = Network.from_channels(ids, map(Channel, ids, ids[1:], [1.0, 5.0] * n))
    found = walk(chain)
    expected = [2 * place * (n - 1 - place) for place in range(n)]
    assert found.betweenness.tolist() == expected
    assert (found.reached == n - 1).all()


@pytest.mark.parametrize("n", [0, 1, 3])
def test_no_channels(n: int) -> None:
    found = walk(Network.from_channels([str(i) for i in range(n)], []))
    for name in RESULTS:
        assert getattr(found, name).tolist() == [0] * n


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget what has been compiled, before and after."""
    compiled.cache_clear()
    yield
    compiled.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_without_numba_the_plain_function_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    network = random_network(20, 60, seed=9)
    expected = walk(network, compile=False)
    monkeypatch.setitem(sys.modules, "numba", None)
    assert compiled(kernel) is None
    assert not paths.worth_compiling(10**12)
    assert same_bits(walk(network, compile=True), expected)


@pytest.mark.usefixtures("fresh")
def test_no_folder_for_compiled_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """DESIGN: "`cache=True` raises where package and cache folders are read-only"."""
    numba = pytest.importorskip("numba")
    asked = []

    def njit(*, cache: bool = False, **_: Any) -> Any:
        asked.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(numba, "njit", njit)
    assert compiled(kernel) is kernel
    assert asked == [True, False]


def test_small_maps_do_not_wait_for_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    assert not paths.worth_compiling(40 * 40 * 39)


def test_arrays_of_arcs_are_left_as_they_were() -> None:
    network = random_network(20, 60, seed=10)
    lengths = network.lengths().values
    before = lengths.copy(), network.heads.copy()
    shortest_paths(network.starts, network.heads, lengths, compile=False)
    assert np.array_equal(lengths, before[0])
    assert np.array_equal(network.heads, before[1])
