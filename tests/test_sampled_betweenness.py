"""Estimates from drawn pairs: whole paths, honest bounds, the same everywhere."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import chain, permutations
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.network import sampled_betweenness as module
from aktorkart.network.network import Channel, Network
from aktorkart.network.pairs import FAR, pair_kernel
from aktorkart.network.sampled_betweenness import drawn_pairs
from test_paths import diamonds, random_network, walk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aktorkart.network.sampled_betweenness import SampledBetweenness

# The benchmarks' maps, which their programs know by another name.
_MAPS: Any = import_module("benchmarks.maps")
judged, realistic = _MAPS.judged, _MAPS.realistic


def shares(network: Network, pairs: Sequence[tuple[int, int]], alpha: float) -> tuple[Any, int]:
    """Add up what the kernel gives each actor of some pairs."""
    lengths = network.lengths(alpha)
    task = module._task(network, alpha, 0, [])  # noqa: SLF001 - the arcs as the kernel takes them
    n = len(network.ids)
    work: list[Any] = [[FAR] * (2 * n), [0.0] * (2 * n), [False] * (2 * n), [0] * (2 * n)]
    work += [[0.0] * (2 * n), [0.0] * n, [0.0] * n]
    arcs = [part.tolist() for part in (*task.ahead, *task.behind)]
    run: Any = pair_kernel
    connected = run(*arcs, list(chain(*pairs)), lengths.tolerance, *work)
    assert set(work[0]) <= {FAR}
    assert not any(chain(*work[2:5]))
    return work[5], connected


@settings(max_examples=80, deadline=None)
@given(
    n=st.integers(4, 24),
    density=st.floats(0, 3),
    seed=st.integers(0, 10**6),
    alpha=st.sampled_from([0, 0.5, 1, 2]),
    strengths=st.sampled_from([(1, 2, 3, 4, 5), (1,), (1, 40), (2, 3, 4, 6, 8, 559), (0.3, 1.2)]),
)
def test_all_pairs_together_are_betweenness(
    n: int, density: float, seed: int, alpha: float, strengths: Sequence[float]
) -> None:
    """Directed and in pieces, lengths exact and rounded: nothing is missed or counted twice."""
    network = random_network(n, int(n * density), seed=seed, strengths=strengths)
    exact = walk(network, alpha, compile=False)
    found, connected = shares(network, list(permutations(range(n), 2)), alpha)
    assert found == pytest.approx(exact.betweenness.tolist(), rel=1e-9, abs=1e-9)
    assert connected == exact.reached.sum()


def exact(kart: Any, **options: Any) -> dict[str, float]:
    m = ak.measures(kart, **options)
    return {id_: m.value("betweenness", id_) or 0.0 for id_ in m}


def held(found: SampledBetweenness, truth: dict[str, float]) -> bool:
    """Tell whether all bounds hold, of those told and of who is said to belong."""
    order = sorted(truth.values(), reverse=True)
    least = order[min(found.top, len(order)) - 1]
    among = {id_ for id_, value in truth.items() if value >= least}
    return (
        all(row.low <= truth[row.actor] <= row.high for row in found.ranking)
        and {*found.certain} <= among <= {*found.possible}
        and all(
            row.lowest <= 1 + sum(value > truth[row.actor] for value in order) <= row.highest
            for row in found.ranking
        )
    )


@pytest.mark.parametrize("draws", [100, 3000])
def test_bounds_hold_as_often_as_promised(draws: int) -> None:
    """All bounds at once, over 40 seeds, for all actors of the map."""
    network = realistic(60)
    truth = exact(network)
    m = ak.measures(network)
    found = [
        m.sampled_betweenness(top=60, confidence=0.9, draws=draws, seed=seed) for seed in range(40)
    ]
    assert sum(held(one, truth) for one in found) >= 36
    assert all(len(one.ranking) == 60 for one in found)


@pytest.mark.parametrize(
    ("kart", "options"),
    [
        (judged(60), {}),
        (judged(465), {"alpha": 0.5, "normalized": False}),
        (realistic(465), {"alpha": 0}),
        (realistic(2420), {"normalized": False}),
        (random_network(300, 500, seed=3, strengths=(0.5, 7, 31)), {}),
        (random_network(300, 90, seed=4), {"normalized": False}),
    ],
)
def test_bounds_hold_on_maps_of_all_kinds(kart: Any, options: dict[str, Any]) -> None:
    """Undirected and directed, unknown strengths, in pieces, counts, any alpha."""
    found = ak.measures(kart, **options).sampled_betweenness(top=20, draws=4000)
    assert held(found, exact(kart, **options))
    first = max(exact(kart, **options).values())
    assert found.ranking[0].high >= first >= found.ranking[0].low


def test_more_draws_say_more() -> None:
    m = ak.measures(realistic(465))
    few, many = (m.sampled_betweenness(top=10, draws=draws) for draws in (500, 50_000))
    assert few.ranking[0].high - few.ranking[0].low > many.ranking[0].high - many.ranking[0].low
    assert {*few.certain} <= {*many.certain}
    assert len(many.possible) < len(few.possible)
    assert len(many.certain) > 0


def test_it_stops_when_it_is_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chance is divided among all the times that it might have been looked."""
    star = Network.from_channels("abcde", [Channel("c", other) for other in "abde"])
    m = ak.measures(star)
    found = m.sampled_betweenness(top=1)
    assert (found.certain, found.possible, found.draws) == (("c",), ("c",), module.FIRST)
    asked = m.sampled_betweenness(top=1, draws=module.FIRST)
    width = asked.ranking[0].high - asked.ranking[0].low
    assert found.ranking[0].high - found.ranking[0].low > width
    alike = Network.from_channels("abcd", [Channel(*ends) for ends in ("ab", "bc", "cd", "da")])
    monkeypatch.setattr(module, "LOOKS", 3)
    never = ak.measures(alike).sampled_betweenness(top=2)
    assert (never.draws, never.certain, len(never.possible)) == (module.FIRST * 4, (), 4)


def test_compiled_plain_and_elsewhere_are_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads, processes and what is installed decide nothing; nor how many are drawn at once."""
    network = realistic(200)
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(module, "worth_compiling", lambda _: False)
    plain = ak.measures(network, progress=lambda *at: told.append(at)).sampled_betweenness(
        draws=1100
    )
    assert told == [("pairs", done, 5) for done in range(1, 6)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        away = ak.measures(network, executor=processes).sampled_betweenness(draws=1100)
    assert away.ranking == plain.ranking
    pytest.importorskip("numba")
    monkeypatch.setattr(module, "worth_compiling", lambda _: True)
    assert ak.measures(network).sampled_betweenness(draws=1100).ranking == plain.ranking


KILLED = """
import os, signal, sys
import aktorkart as ak
from aktorkart.network import chunks, sampled_betweenness
sys.path[:0] = {folders!r}
from benchmarks.maps import realistic

chunks.SAVED_EVERY = 0.0
sampled_betweenness.FIRST = 500
told = 0

def heard(phase, done, of):
    global told
    told += 1
    if told == {at}:
        os.kill(os.getpid(), signal.SIGKILL)

ak.measures(realistic(200), checkpoint={file!r}, progress=heard).sampled_betweenness(top=10)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal on Windows")
@pytest.mark.parametrize("at", [2, 3, 8])
def test_after_a_kill_the_same_pairs_are_gone_on_with(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ISSUE 15: "resume from a checkpoint after a kill", to the same bits: looks at 2, 4, 8 …."""
    file = tmp_path / "pairs.npz"
    program = KILLED.format(folders=sys.path, file=str(file), at=at)
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603 - our own
    assert done.returncode == -signal.SIGKILL
    assert int(np.load(file)["chunks"]) == at - 1
    monkeypatch.setattr(module, "FIRST", 500)
    network = realistic(200)
    whole = ak.measures(network).sampled_betweenness(top=10)
    heard: list[int] = []
    m = ak.measures(network, checkpoint=file, progress=lambda _, now, __: heard.append(now))
    found = m.sampled_betweenness(top=10)
    assert (found.ranking, found.certain, found.possible) == (
        whole.ranking,
        whole.certain,
        whole.possible,
    )
    assert (found.draws, found.connected) == (whole.draws, whole.connected)
    assert len(heard) == -(-whole.draws // module.CHUNK) - (at - 1)
    # When all is done, nothing is drawn again; asked otherwise, the file is left as it is.
    heard.clear()
    again = ak.measures(network, checkpoint=file, progress=lambda _, now, __: heard.append(now))
    assert again.sampled_betweenness(top=10).ranking == whole.ranking
    assert heard == []
    saved = file.read_bytes()
    for options in ({"top": 9}, {"top": 10, "confidence": 0.9}, {"top": 10, "draws": 500}):
        with pytest.raises(ak.UnreadableFile) as caught:
            again.sampled_betweenness(**options)
        assert caught.value.problems[0].code == "checkpoint_of_another"
    with pytest.raises(ak.UnreadableFile):
        again.value("betweenness", network.ids[0])
    assert file.read_bytes() == saved


def test_pairs_are_those_of_the_seed() -> None:
    pairs = drawn_pairs(7, 3, 0, 20_000).reshape(-1, 2)
    assert np.array_equal(pairs[:100].ravel(), drawn_pairs(7, 3, 0, 100))
    assert not np.array_equal(pairs[:100].ravel(), drawn_pairs(7, 3, 1, 100))
    assert not np.array_equal(pairs[:100].ravel(), drawn_pairs(7, 4, 0, 100))
    numbers = np.bincount(pairs[:, 0] * 7 + pairs[:, 1], minlength=49).reshape(7, 7)
    assert not numbers.diagonal().any()
    # 476 of each of 42 pairs are expected, give or take 22.
    assert 380 < numbers[~np.eye(7, dtype=bool)].min() < numbers.max() < 570


@pytest.mark.parametrize("n", [0, 1, 2])
def test_nobody_is_between_two(n: int) -> None:
    ids = "ab"[:n]
    channels = [Channel("a", "b")] if n == 2 else []
    found = ak.measures(Network.from_channels(ids, channels)).sampled_betweenness()
    assert (found.ranking, found.certain, found.possible, found.draws) == ((), (), (), 0)
    assert found.table().rows == ()


def test_no_channels_leave_all_at_zero() -> None:
    found = ak.measures(Network.from_channels("abc", [])).sampled_betweenness(draws=50)
    assert [(row.value, row.low, row.rank) for row in found.ranking] == [(0.0, 0.0, 1)] * 3
    assert found.connected == 0


def test_a_table_has_names_and_a_frame_ids() -> None:
    pytest.importorskip("pandas")
    kart = ak.examples.kite().with_actor(id="7", name="Sjuende")
    found = ak.measures(kart).sampled_betweenness(top=2)
    table = found.table(lang="en")
    assert [column.title for column in table.columns][:3] == ["Place", "Actor", "Estimate"]
    assert table.rows[0][1] == "Sjuende"
    frame = found.to_frame()
    assert frame["actor"].tolist() == ["7", found.ranking[1].actor]
    assert frame["certain"].tolist() == [row.actor in found.certain for row in found.ranking]
    assert "draws=" in repr(found)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"top": 0}, "at_least"),
        ({"draws": 1}, "at_least"),
        ({"seed": -1}, "at_least"),
        ({"confidence": 1.0}, "not_a_share"),
        ({"confidence": 95}, "not_a_share"),
        ({"confidence": "0.9"}, "not_a_share"),
    ],
)
def test_what_cannot_be_asked_for(options: dict[str, Any], code: str) -> None:
    m = ak.measures(ak.examples.kite())
    with pytest.raises(ak.WrongArgument) as caught:
        m.sampled_betweenness(**options)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_more_paths_than_can_be_counted_are_refused() -> None:
    with pytest.raises(ak.InvalidMap) as caught:
        ak.measures(diamonds(2200)).sampled_betweenness(draws=40)
    assert caught.value.problems[0].code == "too_many_paths"


class Looked(list[int]):
    """A list that counts how often something is looked up in it."""

    times = 0

    def __getitem__(self, at: Any) -> Any:
        self.times += 1
        return super().__getitem__(at)


def test_a_hub_in_the_middle_is_not_searched() -> None:
    ids = [f"{number:04}" for number in range(2000)]
    star = Network.from_channels(ids, [Channel(ids[0], other) for other in ids[1:]])
    task = module._task(star, 1.0, 0, [])  # noqa: SLF001 - the arcs as the kernel takes them
    starts, heads, lengths = (part.tolist() for part in task.ahead)
    looked = Looked(heads)
    work: list[Any] = [[FAR] * 4000, [0.0] * 4000, [False] * 4000, [0] * 4000, [0.0] * 4000]
    work += [[0.0] * 2000, [0.0] * 2000]
    run: Any = pair_kernel
    assert run(starts, looked, lengths, starts, looked, lengths, [7, 1234], 0, *work) == 1
    assert work[5][0] == 1.0
    assert looked.times < 5
