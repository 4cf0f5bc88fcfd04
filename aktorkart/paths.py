"""The one shortest-path kernel: betweenness, farness and harmonic closeness in a single pass.

The same function serves maps of ten actors and of a whole country. It is a plain function
over sequences and a range of sources: small maps run it on lists, large ones on arrays,
compiled by numba where that is installed. The numbers are the same, bit for bit, because the
order of every sum is: sources are taken in chunks whose bounds depend on the map alone, and
the chunks are added in order whoever computed them.

Lengths are integers (see `aktorkart.network`), so equal paths are equal.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor

    from numpy.typing import NDArray

FAR = 1 << 30
"""A distance longer than any path: lengths are chosen so that paths stay below it."""

LONGEST_IN_BUCKETS = 4096
"""Buckets are kept for every distance up to the longest tie; beyond this a heap is quicker."""

CHUNKS = 64
"""Large maps are cut into at most so many chunks of sources."""

SMALLEST_CHUNK = 64
"""Chunks of fewer sources than this cost more to send than to compute."""

WORTH_COMPILING = 10_000_000
"""Actors times arcs from which loading numba (about a second) is quicker than plain Python."""

WORTH_CALLING = 20_000
"""Actors times arcs from which numba, already loaded, is quicker than plain Python."""


@dataclass(frozen=True, eq=False)
class Paths:
    """What the shortest paths of a map say about each actor.

    Parameters
    ----------
    betweenness : numpy.ndarray
        Sum over ordered pairs of the share of shortest paths that pass through the actor.
    farness : numpy.ndarray
        Sum of the distances from the actor to those it reaches, in the lengths' unit.
    reached : numpy.ndarray
        How many others the actor reaches.
    harmonic : numpy.ndarray
        Sum of 1/distance to those it reaches.
    """

    betweenness: NDArray[np.float64]
    farness: NDArray[np.float64]
    reached: NDArray[np.int64]
    harmonic: NDArray[np.float64]


def kernel(  # noqa: C901, PLR0912, PLR0913, PLR0915 - one function, so that numba compiles one
    starts: Any,
    heads: Any,
    lengths: Any,
    first: int,
    last: int,
    tolerance: int,
    span: int,
    distance: Any,
    counts: Any,
    share: Any,
    order: Any,
    buckets: Any,
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
    """Add what the sources ``first`` to ``last - 1`` contribute to the four results.

    Dijkstra's algorithm settles the actors in order of distance; a second walk over the arcs
    counts paths along those that lie on a shortest path; a walk back over these shares out
    the dependencies (Brandes 2001). All sequences are lists, or all are arrays.

    Parameters
    ----------
    starts, heads, lengths : sequence of int
        Arcs by tail: those of actor i stand at ``starts[i]`` up to ``starts[i + 1]``.
    first, last : int
        The chunk of sources.
    tolerance : int
        Two distances that differ by no more than this are equal.
    span : int
        One more than the longest arc: as many buckets are used (Dial 1969). 0: use a heap.
    distance, counts, share, order : sequence
        Workspace per actor; ``distance`` is `FAR` throughout, ``share`` 0.
    buckets, following, waiting_actor : sequence
        Workspace of the buckets: ``buckets`` is -1 throughout.
    arc_tail, arc_head, arc_end : sequence
        Workspace per arc.
    betweenness, farness, reached, harmonic : sequence
        The results, added to in place.
    """
    for source in range(first, last):
        heap = [(0, source)]
        distance[source] = 0
        if span > 0:
            buckets[0] = 0
            following[0] = -1
            waiting_actor[0] = source
        pushed = 1
        waiting = 1
        now = 0
        slot = 0
        settled = 0
        candidates = 0
        while waiting > 0:
            if span > 0:
                entry = buckets[slot]
                if entry < 0:
                    now += 1
                    slot += 1
                    if slot == span:
                        slot = 0
                    continue
                buckets[slot] = following[entry]
                tail = waiting_actor[entry] + 0
            else:
                now, tail = heappop(heap)
            waiting -= 1
            if distance[tail] != now:
                continue  # a shorter way was found after this entry was made
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
                        waiting += 1
                        if span > 0:
                            place = slot + lengths[arc]
                            if place >= span:
                                place -= span
                            following[pushed] = buckets[place]
                            waiting_actor[pushed] = head
                            buckets[place] = pushed
                            pushed += 1
                        else:
                            heappush(heap, (there, head))

        total = 0.0
        nearness = 0.0
        for i in range(1, settled):
            actor = order[i]
            counts[actor] = 0.0
            total += distance[actor]
            nearness += 1.0 / distance[actor]
        farness[source] += total
        harmonic[source] += nearness
        reached[source] += settled - 1

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
