"""The one shortest-path kernel: betweenness, farness and harmonic closeness in a single pass.

The same function serves maps of ten actors and of a whole country. It is a plain function
over sequences and a range of sources: small maps run it on lists, large ones on arrays,
compiled by numba where that is installed. The numbers are the same, bit for bit, because the
order of every sum is: sources are taken in chunks whose bounds depend on the map alone, and
the chunks are added in order whoever computed them. Large maps of strengths such as 1–5 go
through `aktorkart.network.lanes` instead where numba is, and are the same to 1e-12.

Lengths are integers (see `aktorkart.network`), so equal paths are equal. Actors wait in buckets
(Dial 1969), each as wide as the largest power of two that the shortest tie spans: no path that
begins in a bucket can shorten another in it, so their order inside does not matter, and no heap
is needed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

import numpy as np

from aktorkart.network.chunks import Checkpoint, Rooms, fingerprint, summed
from aktorkart.network.compiling import compiled
from aktorkart.network.lanes import (
    LANES,
    LEAST_WORK,
    NOWHERE,
    fits,
    lane_distances,
    lane_order,
    lane_room,
    lane_shares,
)

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from aktorkart.network.chunks import Parts

FAR = 1 << 62
"""A distance longer than any path: lengths are chosen so that paths stay below it."""

FEW_BUCKETS = 64
"""Where no tie is longer than this there is a bucket for every distance."""

BUCKETS_PER_ARC = 4
"""More buckets than this, most of them empty, and a heap is quicker."""

BLOCK = 64
"""So many buckets are stepped over at once where all of them are empty."""

CHUNKS = 64
"""Large maps are cut into about so many chunks of full lanes, very large ones into more."""

SMALLEST_CHUNK, LARGEST_CHUNK = 64, 1024
"""Fewer sources cost more to send than to compute; more are too much to lose, or to wait for."""

SLICE = 64
"""So many sources between two looks at whether somebody still waits for them."""

WORTH_COMPILING = LEAST_WORK
"""Actors times arcs from which loading numba (about a second) is quicker than plain Python."""

WORTH_CALLING = 20_000
"""Actors times arcs from which numba, already loaded, is quicker than plain Python."""


RESULTS = ("betweenness", "farness", "reached", "harmonic")
"""What is summed of shortest paths."""


@dataclass(frozen=True, eq=False)
class Paths:
    """What the shortest paths of a map say about each actor."""

    betweenness: NDArray[np.float64]
    farness: NDArray[np.float64]
    reached: NDArray[np.int64]
    harmonic: NDArray[np.float64]


def kernel(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - one function, so that numba compiles one
    starts: Any,
    heads: Any,
    lengths: Any,
    sources: Any,
    tolerance: int,
    shift: int,
    span: int,
    distance: Any,
    counts: Any,
    share: Any,
    order: Any,
    buckets: Any,
    filled: Any,
    following: Any,
    waiting_actor: Any,
    arc_tail: Any,
    arc_head: Any,
    arc_end: Any,
    betweenness: Any,
    farness: Any,
    reached: Any,
    harmonic: Any,
) -> None:
    """Add what the sources contribute to the four results.

    Betweenness has a place for each actor, and what is about the sources one for each of them.
    """
    for at, source in enumerate(sources):
        heap = [(0, source)]
        distance[source] = 0
        if span > 0:
            buckets[0] = 0
            following[0] = -1
            waiting_actor[0] = source
            filled[0] = 1
        pushed = 1
        waiting = 1
        now = 0
        bucket = 0
        slot = 0
        settled = 0
        candidates = 0
        while waiting > 0:
            if span > 0:
                entry = buckets[slot]
                if entry < 0:
                    step = 1
                    if slot % BLOCK == 0 and filled[slot // BLOCK] == 0:
                        step = BLOCK
                    bucket += step
                    slot += step
                    if slot == span:
                        slot = 0
                    continue
                buckets[slot] = following[entry]
                filled[slot // BLOCK] -= 1
                tail = waiting_actor[entry] + 0
                waiting -= 1
                now = distance[tail] + 0
                if now >> shift != bucket:
                    continue  # a shorter way was found after this entry was made
            else:
                now, tail = heappop(heap)
                waiting -= 1
                if distance[tail] != now:
                    continue
            order[settled] = tail
            settled += 1
            for arc in range(starts[tail], starts[tail + 1]):
                head = heads[arc] + 0
                there = now + lengths[arc]
                known = distance[head]
                if there <= known + tolerance:
                    # Distances only shrink, so whatever is too long now will not be tight.
                    arc_tail[candidates] = tail
                    arc_head[candidates] = head
                    arc_end[candidates] = there
                    candidates += 1
                    if there < known:
                        distance[head] = there
                        if span == 0:
                            heappush(heap, (there, head))
                            waiting += 1
                        elif there >> shift != known >> shift:
                            place = slot + (there >> shift) - bucket
                            if place >= span:
                                place -= span
                            following[pushed] = buckets[place]
                            waiting_actor[pushed] = head
                            buckets[place] = pushed
                            filled[place // BLOCK] += 1
                            pushed += 1
                            waiting += 1

        total = 0.0
        nearness = 0.0
        for i in range(1, settled):
            actor = order[i]
            counts[actor] = 0.0
            total += distance[actor]
            nearness += 1.0 / distance[actor]
        farness[at] += total
        harmonic[at] += nearness
        reached[at] += settled - 1

        counts[source] = 1.0
        tight = 0
        for i in range(candidates):
            head = arc_head[i]
            if arc_end[i] - distance[head] <= tolerance:
                tail = arc_tail[i]
                counts[head] += counts[tail]
                arc_tail[tight] = tail
                arc_head[tight] = head
                tight += 1
        for i in range(tight - 1, -1, -1):
            tail = arc_tail[i]
            head = arc_head[i]
            share[tail] += counts[tail] / counts[head] * (1.0 + share[head])
        share[source] = 0.0
        for i in range(settled):
            actor = order[i]
            betweenness[actor] += share[actor]
            share[actor] = 0.0
            distance[actor] = FAR


def worth_compiling(work: int) -> bool:
    """Tell whether numba is the quicker way, counting the time that loading it takes."""
    least = WORTH_CALLING if "numba" in sys.modules else WORTH_COMPILING
    return work >= least and compiled(kernel) is not None


@dataclass(frozen=True, eq=False)
class _Task:
    """All that a chunk of sources needs, so that it can be sent to another process."""

    starts: NDArray[np.int64]
    heads: NDArray[np.uint32]
    lengths: NDArray[np.int64]
    tolerance: int
    compile: bool
    draws: int = 1
    lanes: Rooms = field(default_factory=Rooms, init=False)
    alone: Rooms = field(default_factory=Rooms, init=False)

    @cached_property
    def fingerprint(self) -> str:
        """Tell these paths from those of another map, or with other lengths."""
        return fingerprint("paths", self.starts, self.heads, self.lengths, self.tolerance)

    @property
    def key(self) -> str:
        """Tell this from all other tasks, also from another way to the same."""
        return f"{self.fingerprint} {self.compile} {self.draws}"

    def __call__(self, bounds: tuple[int, int], stop: threading.Event | None = None) -> Parts:
        sources = self.sources[slice(*bounds)]
        betweenness, *own = self._side_by_side(sources, stop) or self._one_by_one(sources, stop)
        about = zip(RESULTS[1:], own, strict=True)
        return {RESULTS[0]: (slice(None), betweenness)} | {
            name: (sources, values) for name, values in about
        }

    @cached_property
    def sources(self) -> NDArray[np.int64]:
        """All actors, in the order in which they are walked from."""
        actors = len(self.starts) - 1
        order = np.arange(actors)
        if self._for_lanes is None:
            return order
        walk, put = compiled(lane_distances), compiled(lane_order)
        if walk is None or put is None:
            return order
        arcs, limits = self._for_lanes
        some = order[:: -(-actors // LANES)]
        both, walking, _ = lane_room(actors, 0, limits[0])
        if walk(*arcs, some, *limits, *both, *walking, *_nothing(0, LANES)[1:]):
            put(both[0], order, np.zeros_like(order))
        return order

    def _one_by_one(self, sources: NDArray[np.int64], stop: threading.Event | None) -> list[Any]:
        shift, span = _buckets(self.lengths, self.tolerance)
        run: Any = compiled(kernel) if self.compile else None
        given: list[Any] = [self.starts, self.heads, self.lengths]
        plain = run is None
        if plain:
            # Lists are several times quicker than arrays to plain Python.
            run = kernel
        room = self.alone.take(lambda: _room(given, span, plain=plain))
        betweenness, *own = _nothing(len(self.starts) - 1, len(sources))
        passing = betweenness.tolist() if plain else betweenness
        for these in _slices(len(sources), SLICE, stop):
            parts = [values[these] for values in own]
            about = [part.tolist() for part in parts] if plain else parts
            some = sources[these].tolist() if plain else sources[these]
            run(*room[:3], some, self.tolerance, shift, span, *room[3:], passing, *about)
            if plain:
                for part, values in zip(parts, about, strict=True):
                    part[:] = values
        self.alone.give_back(room)
        return [np.asarray(passing), *own]

    @cached_property
    def _for_lanes(self) -> tuple[tuple[Any, ...], tuple[int, Any]] | None:
        """Return arcs, shortest tie and limit of distances; None if lanes are not for this map."""
        actors = len(self.starts) - 1
        if not self.compile or not fits(actors, self.lengths, self.tolerance, self.draws):
            return None
        # Of signed numbers, numba looks each time whether they count from the end.
        arcs = self.starts.view(np.uint64), self.heads, self.lengths.astype(np.uint16)
        return arcs, (int(self.lengths.min()), np.uint16(NOWHERE - self.lengths.max()))

    def _side_by_side(
        self, sources: NDArray[np.int64], stop: threading.Event | None
    ) -> list[Any] | None:
        """Return what lanes find; None where they are not for this map, or numba is missing.

        Nor are they where a path is too long, or there are too many to count.
        """
        if self._for_lanes is None:
            return None
        walk, share = compiled(lane_distances), compiled(lane_shares)
        if walk is None or share is None:
            return None
        arcs, limits = self._for_lanes
        actors = len(self.starts) - 1
        room = self.lanes.take(lambda: lane_room(actors, len(self.heads), limits[0]))
        both, walking, sharing = room
        betweenness, *own = _nothing(actors, len(sources))
        for these in _slices(len(sources), LANES, stop):
            options = *arcs, sources[these], *limits, *both
            if not walk(*options, *walking, *(values[these] for values in own)):
                return None
            share(*options, *sharing, betweenness)
        self.lanes.give_back(room)
        return [betweenness, *own] if np.isfinite(betweenness).all() else None


def _room(given: list[Any], span: int, *, plain: bool) -> list[Any]:
    """Return arcs and what `kernel` works in: 28 bytes for each actor and 24 for each arc.

    Where ties are of very different lengths, 4 more for each bucket.
    """
    actors, arcs = len(given[0]) - 1, len(given[1])
    room = [
        *given,
        np.full(actors, FAR),
        np.zeros(actors),
        np.zeros(actors),
        np.zeros(actors, np.uint32),
        np.full(span, -1, np.int32),
        np.zeros(span // BLOCK, np.int32),
        np.zeros(arcs + 1, np.int32),
        np.zeros(arcs + 1, np.uint32),
        np.zeros(arcs, np.uint32),
        np.zeros(arcs, np.uint32),
        np.zeros(arcs, np.int64),
    ]
    return [array.tolist() for array in room] if plain else room


def _slices(count: int, size: int, stop: threading.Event | None) -> Iterator[slice]:
    """Go through so many sources as long as somebody waits for them."""
    for begin in range(0, count, size):
        if stop is not None and stop.is_set():
            return
        yield slice(begin, begin + size)


def _nothing(actors: int, sources: int) -> list[Any]:
    """Return the four results before any source has added to them."""
    return [np.zeros(actors), np.zeros(sources), np.zeros(sources, np.int64), np.zeros(sources)]


def _buckets(lengths: NDArray[np.int64], tolerance: int) -> tuple[int, int]:
    """Return how wide buckets are, as a power of two, and how many (0: a heap is quicker)."""
    shortest, longest = int(lengths.min(initial=FAR)), int(lengths.max(initial=0))
    # Half as wide where there is a tolerance: it may make an actor come before a nearer one.
    shift = 0 if longest <= FEW_BUCKETS else shortest.bit_length() - (2 if tolerance else 1)
    span = ((longest >> shift) // BLOCK + 2) * BLOCK
    few = longest <= FEW_BUCKETS or span <= len(lengths) * BUCKETS_PER_ARC
    return shift, span if few else 0


def shortest_paths(  # noqa: PLR0913 - three arrays, five options
    starts: NDArray[np.int64],
    heads: NDArray[np.int64],
    lengths: NDArray[np.int64],
    *,
    tolerance: int = 0,
    executor: Executor | None = None,
    compile: bool | None = None,  # noqa: A002 - it says what it does
    threads: bool = True,
    draws: int = 1,
    checkpoint: str | None = None,
) -> Paths:
    """Compute betweenness, farness, reach and harmonic closeness of every actor.

    Without ``threads`` of its own, for those who walk many ``draws`` side by side. What work there
    is in all decides whether sources go in lanes, not what happens to be loaded: the last digits
    of a map are the same each time.
    """
    actors = len(starts) - 1
    if compile is None:
        compile = worth_compiling(actors * len(heads))  # noqa: A001 - as above
    task = _Task(starts, heads.astype(np.uint32), lengths, tolerance, compile, draws)
    order = task.sources  # made once: it goes along to threads and processes
    size = min(max(SMALLEST_CHUNK, -(-actors // CHUNKS // LANES) * LANES), LARGEST_CHUNK)
    chunks = [(first, min(first + size, actors)) for first in range(0, actors, size)]
    totals = dict(zip(RESULTS, _nothing(actors, actors), strict=True))
    begin, saved = 0, None
    if checkpoint is not None:
        saved = Checkpoint(checkpoint, fingerprint(task.fingerprint, order, np.array(chunks)))
        begin = saved.read_into(totals)
    summed(
        task,
        chunks[begin:],
        totals,
        "paths" if draws == 1 else None,
        executor=executor,
        threads=threads and compile,
        checkpoint=saved,
    )
    return Paths(**totals)
