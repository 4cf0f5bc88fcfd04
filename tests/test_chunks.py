"""Chunks elsewhere: sent once, in order, killed, stopped, and gone on with another day."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import weakref
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import aktorkart as ak
from aktorkart.network import chunks, compiling, paths
from aktorkart.network.chunks import in_order, summed
from aktorkart.progress import listening
from test_paths import random_network, same_bits, walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future


@dataclass(frozen=True)
class Squares:
    """A task that does something odd with one of its chunks: once, in another process."""

    odd: int = -1
    mark: str = ""
    fingerprint: str = "squares"
    key: str = "squares"

    def __call__(  # noqa: D102 - as chunks.Task
        self, chunk: int, stop: threading.Event | None = None
    ) -> dict[str, tuple[Any, Any]]:
        del stop
        if chunk == self.odd and not Path(self.mark).exists():
            Path(self.mark).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return {"sum": (0, 0.1 * chunk**2)}


def added(task: Squares, parts: range, *, executor: Executor | None = None) -> float:
    totals = {"sum": np.zeros(1)}
    summed(task, parts, totals, None, executor=executor)
    return float(totals["sum"][0])


class Counting(Executor):
    """Another executor, and how often it was handed what all chunks share."""

    def __init__(self, inner: Executor) -> None:
        self.inner = inner
        self.calls = self.carried = 0

    def submit(  # noqa: D102 - as Executor
        self, fn: Callable[..., Any], /, *args: Any, **options: Any
    ) -> Future[Any]:
        self.calls += 1
        self.carried += args[1] is not None
        return self.inner.submit(fn, *args, **options)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    """Cut small maps into many chunks."""
    monkeypatch.setattr(paths, "SMALLEST_CHUNK", 32)
    return 32


@pytest.mark.usefixtures("small")
def test_what_chunks_share_is_sent_once_to_each_process() -> None:
    network = random_network(500, 900, seed=5)
    alone = walk(network, compile=False)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        first, again = Counting(pool), Counting(pool)
        assert same_bits(alone, walk(network, executor=first, compile=False))
        assert same_bits(alone, walk(network, executor=again, compile=False))
    assert 1 <= first.carried <= 3  # one may have been sent to a process that had it already
    assert again.carried <= 1


def test_a_worker_that_is_killed_costs_nothing_but_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = added(Squares(), range(40))
    task = Squares(odd=17, mark=str(tmp_path / "killed"))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert added(task, range(40), executor=pool) == whole
    assert (tmp_path / "killed").exists()
    assert "the rest is computed here" in caplog.text


def _shut() -> Executor:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    return pool


def test_an_executor_that_is_shut_down_costs_nothing_but_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert added(Squares(), range(9), executor=_shut()) == added(Squares(), range(9))
    assert list(chunks.each(pow, [2, 3], [2, 1], executor=_shut())) == [4, 3]
    assert caplog.text.count("the rest is computed here") == 2
    kart = ak.examples.two_brokers()
    apart, here = ak.measures(kart, executor=_shut()), ak.measures(kart)
    assert apart.table().rows == here.table().rows


def _ends(number: int, parent: int) -> int:
    if number == 3 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def test_what_a_killed_process_has_not_done_is_done_here() -> None:
    numbers = list(range(8))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = chunks.each(_ends, numbers, [os.getpid()] * 8, executor=pool)
        assert list(found) == [number * number for number in numbers]


def test_they_come_in_order_and_are_told_of() -> None:
    told: list[tuple[str, int, int]] = []
    with (
        listening(lambda *at: told.append(at)),
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool,
    ):
        found = [part["sum"][1] for part in in_order(Squares(), range(9), "pairs", executor=pool)]
    assert found == [0.1 * chunk**2 for chunk in range(9)]
    assert told == [("pairs", done, 9) for done in range(1, 10)]


class Heavy(dict[str, Any]):
    """What a chunk amounts to, of which one can see whether it is still there."""


@pytest.mark.parametrize("threads", [False, True])
def test_what_has_been_summed_is_not_kept(threads: bool) -> None:  # noqa: FBT001 - as in_order
    there: weakref.WeakValueDictionary[int, Heavy] = weakref.WeakValueDictionary()

    @dataclass(frozen=True)
    class Task(Squares):
        def __call__(self, chunk: int, stop: threading.Event | None = None) -> Heavy:
            del stop
            made = Heavy(sum=(0, 1.0))
            there[chunk] = made
            return made

    with closing(in_order(Task(), range(8), None, threads=threads)) as results:
        for at, _ in zip(range(5), results, strict=False):
            assert [chunk for chunk in there if chunk < at - 1] == []


def test_a_process_forgets_what_it_has_not_met_for_long() -> None:
    keys = [f"task {number}" for number in range(5)]
    for key in keys:
        chunks._worked(key, Squares(key=key), 1, 0)  # noqa: SLF001 - as a worker is called
    known = [key for key in keys if chunks._worked(key, None, 1, 0)[1]]  # noqa: SLF001
    assert known == keys[-chunks.KEPT_AT_MOST :]


def test_compiling_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    numba = pytest.importorskip("numba")
    compiling._say_compiling.cache_clear()  # noqa: SLF001 - as in a new process
    compiling._tell_of_compiling()  # noqa: SLF001
    caplog.set_level("INFO", "aktorkart")

    def ours(x: int) -> int:
        return x + 1

    def theirs(x: int) -> int:
        return x + 2

    ours.__module__ = "aktorkart.network.paths"
    assert numba.njit(theirs)(1) == 3
    assert caplog.messages == []
    assert numba.njit(ours)(1) == 2
    assert numba.njit(ours)(1.0) == 2.0
    assert len(caplog.messages) == 1


# --- stopped, and gone on with


def stop_at(done: int) -> Callable[[str, int, int], None]:
    def told(phase: str, now: int, of: int) -> None:
        del phase, of
        if now == done:
            raise KeyboardInterrupt

    return told


@pytest.mark.parametrize("compile", [False, True])
def test_ctrl_c_leaves_no_thread_and_no_half_sum(
    compile: bool,  # noqa: A002, FBT001 - as shortest_paths
    tmp_path: Path,
    small: int,
) -> None:
    network = random_network(500, 900, seed=6)
    alone = walk(network, compile=compile)
    file = str(tmp_path / "paths.npz")
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt), listening(stop_at(9)):
        walk(network, compile=compile, checkpoint=file)
    assert threading.active_count() == before
    saved = int(np.load(file)["chunks"])
    assert 0 < saved < 9
    told: list[int] = []
    with listening(lambda _, now, __: told.append(now)):
        assert same_bits(alone, walk(network, compile=compile, checkpoint=file))
    assert len(told) == -(-500 // small) - saved
    told.clear()
    with listening(lambda _, now, __: told.append(now)):
        assert same_bits(alone, walk(network, compile=compile, checkpoint=file))
    assert told == []


KILLED = """
import os, signal, sys
import aktorkart as ak
from aktorkart.network import chunks, compiling, paths
sys.path.insert(0, {tests!r})
from test_paths import random_network

chunks.SAVED_EVERY = 0.0

def told(phase, done, of):
    if done == 7:
        os.kill(os.getpid(), signal.SIGKILL)

network = random_network(700, 1200, seed=6)
ak.measures(network, checkpoint={file!r}, progress=told).value("betweenness", "0001")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal on Windows")
def test_after_a_kill_it_goes_on_where_it_was(tmp_path: Path) -> None:
    file = tmp_path / "paths.npz"
    program = KILLED.format(tests=str(Path(__file__).parent), file=str(file))
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603 - our own
    assert done.returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.iterdir()] == ["paths.npz"]
    assert int(np.load(file)["chunks"]) == 6
    network = random_network(700, 1200, seed=6)
    alone = ak.measures(network)
    resumed = ak.measures(network, checkpoint=file)
    for name in ("betweenness", "farness", "harmonic", "closeness"):
        assert [resumed.value(name, id_) for id_ in network.ids] == [
            alone.value(name, id_) for id_ in network.ids
        ]


def test_a_checkpoint_is_of_one_map_and_one_alpha(tmp_path: Path) -> None:
    file = tmp_path / "paths.npz"
    ak.measures(ak.examples.kite(), checkpoint=file).value("farness", "7")
    saved = file.read_bytes()
    for kart, alpha in ((ak.examples.kite(), 2.0), (ak.examples.two_brokers(), 1.0)):
        m = ak.measures(kart, alpha=alpha, checkpoint=file)
        assert m.density is not None  # asks for no path
        if alpha == 2.0:
            m = ak.measures(random_network(30, 60, seed=1), alpha=alpha, checkpoint=file)
        with pytest.raises(ak.UnreadableFile) as caught:
            m.value("betweenness", next(iter(m)))
        assert caught.value.problems[0].code == "checkpoint_of_another"
        assert caught.value.problems[0].place.file == str(file)
    assert file.read_bytes() == saved


@pytest.mark.parametrize(
    "content", [b"", b"aktorkart: 1\n", b"PK\x03\x04", np.arange(3).tobytes(), None]
)
def test_what_is_no_checkpoint_is_left_alone(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "paths.npz"
    whole = ak.measures(ak.examples.kite(), checkpoint=file)
    whole.value("farness", "7")
    data = file.read_bytes()[:-40] if content is None else content  # cut short, or something else
    file.write_bytes(data)
    with pytest.raises(ak.UnreadableFile) as caught:
        ak.measures(ak.examples.kite(), checkpoint=file).value("farness", "7")
    assert caught.value.problems[0].code == "checkpoint_damaged"
    assert file.read_bytes() == data


def test_a_checkpoint_must_have_a_place(tmp_path: Path) -> None:
    with pytest.raises(ak.UnreadableFile) as caught:
        ak.measures(ak.examples.kite(), checkpoint=tmp_path).value("farness", "7")
    assert caught.value.problems[0].code == "checkpoint_unreadable"
    with pytest.raises(ak.UnwritableFile):
        ak.measures(ak.examples.kite(), checkpoint=tmp_path / "no" / "a.npz").value("farness", "7")
    with pytest.raises(ak.WrongArgument):
        ak.measures(ak.examples.kite(), checkpoint=3)  # type: ignore[arg-type]


def test_who_listens_does_not_go_to_another_process(tmp_path: Path) -> None:
    told: list[str] = []
    file = tmp_path / "paths.npz"
    m = ak.measures(ak.examples.kite(), progress=lambda *at: told.append(at[0]), checkpoint=file)
    copied = pickle.loads(pickle.dumps(m))  # noqa: S301 - our own
    assert copied.value("farness", "7") == ak.measures(ak.examples.kite()).value("farness", "7")
    assert not told
    assert not file.exists()
    assert m.value("farness", "7") == copied.value("farness", "7")
    assert told == ["paths"]


# --- Dask


@pytest.mark.usefixtures("small")
def test_dask_loses_a_worker_and_finds_the_same(tmp_path: Path) -> None:
    """On a cluster of this machine's processes, of which one is killed in the middle."""
    distributed = pytest.importorskip("distributed", reason="needs aktorkart[scale]")
    network = random_network(500, 900, seed=6)
    alone = walk(network, compile=False)
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=str(tmp_path),
            silence_logs=50,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        workers = client.run(os.getpid)
        killed: list[int] = []

        def told(phase: str, done: int, of: int) -> None:
            del phase, of
            if done == 4:
                killed.append(next(iter(workers.values())))
                os.kill(killed[0], signal.SIGKILL)

        counted = Counting(client.get_executor())
        with listening(told):
            found = walk(network, executor=counted, compile=False)
        assert same_bits(alone, found)
        assert killed
        assert counted.carried < counted.calls / 3
