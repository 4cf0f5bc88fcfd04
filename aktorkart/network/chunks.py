"""Work in chunks, in one thread, in many, in other processes or on other machines.

Chunks are the same whoever computes them, and come out in their order: what is summed of them is
the same, bit for bit. Any `concurrent.futures.Executor` will do. The arrays that all chunks share
go to each of its processes once: a chunk carries only their fingerprint, and a process that does
not know it yet answers so, and is sent the arrays with the next chunk.
"""

from __future__ import annotations

import io
import logging
import os
import socket
import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from zipfile import BadZipFile

import numpy as np

from aktorkart.atomic import write_bytes
from aktorkart.errors import Place, Problem, UnreadableFile
from aktorkart.progress import told

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from numpy.typing import NDArray

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
P_contra = TypeVar("P_contra", contravariant=True)

LOG = logging.getLogger("aktorkart")

KEPT_AT_MOST = 2
"""So many tasks a process keeps: a map that is worked on, and the one before."""

MISSED_AT_MOST = 3
"""A chunk that was answered so often by processes without its arrays takes them along."""

SAVED_EVERY = 10.0
"""Seconds between two savings of a checkpoint."""


class Task(Protocol[P_contra, T_co]):
    """What chunks have in common: called with a chunk, it gives what that amounts to.

    ``stop`` is set when nobody waits for the answer any more; what is then returned is not used.
    """

    @property
    def fingerprint(self) -> str:
        """Tell it from whatever gives other results."""

    @property
    def key(self) -> str:
        """Tell it from all others."""

    def __call__(self, chunk: P_contra, /, stop: threading.Event | None = None) -> T_co:
        """Work on a chunk."""


def fingerprint(kind: str, *parts: Any) -> str:
    """Return a text that no other content has."""
    digest = sha256(kind.encode())
    for part in parts:
        array = np.ascontiguousarray(part)
        digest.update(f"{array.dtype.str}{array.shape}".encode())
        digest.update(array.data)
    return digest.hexdigest()


class Rooms:
    """What tasks work in, made once for each thread that works at the same time.

    A room is clean when it is given back; one where work was broken off is not given back. It
    lives as long as its task, and stays where it is when that goes to another process.
    """

    def __init__(self) -> None:
        self._free: list[Any] = []

    def __reduce__(self) -> tuple[type[Rooms], tuple[()]]:
        return Rooms, ()

    def take(self, make: Callable[[], T]) -> T:
        """Return a room that is free, or a new one."""
        try:
            found: T = self._free.pop()
        except IndexError:
            return make()
        return found

    def give_back(self, room: Any) -> None:
        """Leave a room to the next chunk."""
        self._free.append(room)


# --- computing


def in_order(
    task: Task[P_contra, T_co],
    chunks: Sequence[P_contra],
    phase: str | None,
    *,
    executor: Executor | None = None,
    threads: bool = False,
) -> Generator[T_co]:
    """Go through what chunks amount to, in their order; tell of a phase how many are done."""
    if executor is not None:
        return _elsewhere(task, chunks, phase, executor)
    if threads and len(chunks) > 1 and (count := os.cpu_count() or 1) > 1:
        return _in_threads(task, chunks, phase, count)
    return _here(task, chunks, phase)


def _here(
    task: Task[P_contra, T_co], chunks: Sequence[P_contra], phase: str | None
) -> Generator[T_co]:
    for done, chunk in enumerate(chunks, start=1):
        found = task(chunk)
        _tell(phase, done, len(chunks))
        yield found


def _tell(phase: str | None, done: int, of: int) -> None:
    if phase is not None:
        told(phase, done, of)


def _in_threads(
    task: Task[P_contra, T_co], chunks: Sequence[P_contra], phase: str | None, count: int
) -> Generator[T_co]:
    stop = threading.Event()
    pool = ThreadPoolExecutor(count)
    try:
        futures = deque(pool.submit(task, chunk, stop) for chunk in chunks)
        while futures:
            # What has been given is not kept: of a million actors a chunk is eight megabytes.
            found = futures.popleft().result()
            _tell(phase, len(chunks) - len(futures), len(chunks))
            yield found
    finally:
        # Compiled code does not hear Ctrl-C: it is asked to stop, and waited for.
        stop.set()
        pool.shutdown(cancel_futures=True)


_KNOWN: dict[str, Any] = {}
"""The tasks that this process knows, by their keys, the last met last."""


def _keep(task: Any) -> None:
    _KNOWN.pop(task.key, None)
    _KNOWN[task.key] = task
    for key in list(_KNOWN)[:-KEPT_AT_MOST]:
        _KNOWN.pop(key, None)


def _worked(key: str, carried: Any, chunk: Any, attempt: int) -> tuple[str, bool, Any]:
    """Work on a chunk in another process; say who it was, and whether it knew the task."""
    del attempt  # Dask takes two calls with the same arguments for one
    who = f"{socket.gethostname()} {os.getpid()}"
    if carried is not None:
        _keep(carried)
    task = _KNOWN.get(key)
    return (who, False, None) if task is None else (who, True, task(chunk))


_GIVEN_UP = "the executor has lost a process or been shut down; the rest is computed here"
"""Both are a RuntimeError, the first a BrokenExecutor; one of the task's own comes again here."""


def _elsewhere(  # noqa: C901 - one conversation
    task: Task[P_contra, T_co], chunks: Sequence[P_contra], phase: str | None, executor: Executor
) -> Generator[T_co]:
    key = task.key
    missed = [0] * len(chunks)
    ready: dict[int, T_co] = {}
    sent_to: set[str] = set()
    running: dict[Future[Any], tuple[int, str | None]] = {}
    # Threads, and processes that are forked from this one, know the task without being sent it.
    _keep(task)
    done = given = 0
    try:
        try:
            for at, chunk in enumerate(chunks):
                running[executor.submit(_worked, key, None, chunk, 0)] = at, None
            while running:
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    at, meant_for = running[future]
                    who, knew, found = future.result()
                    del running[future]
                    if meant_for is not None:
                        sent_to.discard(meant_for)  # it may have gone to another one
                    if knew:
                        ready[at] = found
                        done += 1
                        _tell(phase, done, len(chunks))
                        continue
                    missed[at] += 1
                    carries = who not in sent_to or missed[at] > MISSED_AT_MOST
                    sent_to.add(who)
                    carried = task if carries else None
                    again = executor.submit(_worked, key, carried, chunks[at], missed[at])
                    running[again] = at, who if carries else None
                while given in ready:
                    yield ready.pop(given)
                    given += 1
        except RuntimeError:
            LOG.warning(_GIVEN_UP)
        for at in range(given, len(chunks)):
            if at not in ready:
                ready[at] = task(chunks[at])
                done += 1
                _tell(phase, done, len(chunks))
            yield ready.pop(at)
    finally:
        for future in running:
            future.cancel()
        _KNOWN.pop(key, None)


def each(
    work: Callable[..., T], *columns: Sequence[Any], executor: Executor | None = None
) -> Iterator[T]:
    """Do as ``map`` does, in an executor as long as that works."""
    done = 0
    if executor is not None:
        try:
            for found in executor.map(work, *columns):
                yield found
                done += 1
        except RuntimeError:
            LOG.warning(_GIVEN_UP)
    yield from map(work, *(column[done:] for column in columns))


# --- sums, and going on with them another day


Parts = dict[str, tuple[Any, Any]]
"""By name of a sum: where a chunk adds to it, and what."""


def summed(  # noqa: PLR0913 - one function for all ways to compute
    task: Task[P_contra, Parts],
    chunks: Sequence[P_contra],
    totals: Mapping[str, NDArray[Any]],
    phase: str | None,
    *,
    executor: Executor | None = None,
    threads: bool = False,
    checkpoint: Checkpoint | None = None,
) -> None:
    """Add chunks to ``totals``, and so to the checkpoint that those so far were read from."""
    whole = False
    try:
        with closing(in_order(task, chunks, phase, executor=executor, threads=threads)) as results:
            for parts in results:
                whole = False
                for name, (where, what) in parts.items():
                    totals[name][where] += what
                whole = True
                if checkpoint is not None:
                    checkpoint.finished += 1
                    checkpoint.at_times(totals)
    finally:
        # Ctrl-C may have come in the middle of a sum.
        if checkpoint is not None and whole:
            checkpoint.write(totals)


class Checkpoint:
    """A file with the sums of the first chunks, whole at any time."""

    def __init__(self, path: str, key: str) -> None:
        self.path = path
        self.key = key
        self.finished = 0
        self.last = time.monotonic()

    def read_into(self, totals: Mapping[str, NDArray[Any]]) -> int:
        """Fill in the sums, if there are any; return how many chunks are in them."""
        try:
            data = Path(self.path).read_bytes()
        except FileNotFoundError:
            return 0
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise self._refused("checkpoint_unreadable", reason=reason) from None
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as found:
                own = str(found["fingerprint"]) == self.key
                if own:
                    for name, total in totals.items():
                        total[:] = found[name]
                    self.finished = int(found["chunks"])
                    return self.finished
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, TypeError):
            raise self._refused("checkpoint_damaged") from None
        raise self._refused("checkpoint_of_another")

    def _refused(self, code: str, **values: str) -> UnreadableFile:
        return UnreadableFile(Problem(code=code, place=Place(file=self.path), values=values))

    def at_times(self, totals: Mapping[str, NDArray[Any]]) -> None:
        """Save, unless that was done a moment ago."""
        if time.monotonic() - self.last >= SAVED_EVERY:
            self.write(totals)
            self.last = time.monotonic()

    def write(self, totals: Mapping[str, NDArray[Any]]) -> None:
        """Save the sums, over what was saved before."""
        file = io.BytesIO()
        held: Any = {"fingerprint": self.key, "chunks": self.finished, **totals}
        np.savez(file, **held)
        write_bytes(self.path, file.getvalue(), private=True)
