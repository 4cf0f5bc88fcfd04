"""Shortest paths from 32 sources side by side, for lengths that fit 16 bits.

Sources that stand together reach the rest along much the same ties. So each actor has a row
of 32 distances, a lane for each source, and a tie is looked at once for all of them, as the
processor's wide registers do it. Actors wait in buckets as wide as the shortest tie, as in
`aktorkart.network.paths`; one that was taken out is taken out again where any of its lanes has
become shorter. Then which ties are on shortest paths is a bit for each lane, and counts and
shares go through the same buckets forth and back: a predecessor lies in an earlier one.

The sums are those of `aktorkart.network.paths` in another order: equal to a relative 1e-12, and
the same bits on every machine and with any number of threads. It is worth its while only
where numba compiles it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LANES = 32
"""So many sources side by side: a bit for each in 32 bits, a register for their distances."""

NOWHERE = 65535
"""A distance longer than any, and the limit of all of them."""

MOST_APART = 16
"""Where the longest tie is more times the shortest, a source alone is as quick."""

FEWEST_ARCS = 4
"""So many for each actor at the least: where there are fewer ways, lanes go apart."""

LEAST_WORK = 10_000_000
"""Actors times arcs, in all draws together, from which numba is loaded for a map.

With less, what else is loaded decides whether one source at a time is compiled, and its bits are
the same either way: those of lanes are not, and a map's last digits are to be the same each time.
"""


def fits(actors: int, lengths: NDArray[np.int64], tolerance: int, draws: int = 1) -> bool:
    """Tell whether a map is large, and its lengths whole, small and near enough to each other."""
    if tolerance or len(lengths) < FEWEST_ARCS * actors:
        return False
    if actors * len(lengths) * draws < LEAST_WORK:
        return False
    shortest, longest = int(lengths.min()), int(lengths.max())
    return longest <= min(NOWHERE // 4, MOST_APART * shortest)


def lane_room(actors: int, arcs: int, width: int) -> list[NDArray[Any]]:
    """Return what `lane_kernel` works in: 325 bytes for each actor and 4 for each arc."""
    return [
        np.zeros((actors, LANES), np.uint16),
        np.zeros((actors, LANES)),
        np.full(NOWHERE // width + 1, -1, np.int32),
        np.zeros(actors, np.int32),
        np.zeros(actors, np.bool_),
        np.zeros(arcs, np.uint32),
        np.zeros(LANES),
    ]


def lane_kernel(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - as paths.kernel
    starts: Any,
    heads: Any,
    lengths: Any,
    first: int,
    last: int,
    width: int,
    far: Any,
    distance: Any,
    value: Any,
    buckets: Any,
    following: Any,
    waiting: Any,
    tight: Any,
    lanes: Any,
    betweenness: Any,
    farness: Any,
    reached: Any,
    harmonic: Any,
) -> bool:
    """Add what the sources ``first`` to ``last - 1`` contribute; False if a path is too long.

    Results are as those of `aktorkart.network.paths.kernel`. Betweenness is no finite number
    where there are more paths than can be counted. Distances
    below ``far`` are real: no tie makes them overflow. ``width`` is the shortest tie.
    """
    n = len(starts) - 1
    top: Any
    nowhere = np.uint16(NOWHERE)
    zero = np.uint16(0)
    one = np.uint16(1)
    longest = nowhere - far
    for batch in range(first, last, LANES):
        sources = min(LANES, last - batch)

        # How far: an actor waits in the bucket of the nearest of the lanes that need it.
        for actor in range(n):
            for lane in range(LANES):
                distance[actor, lane] = far
                value[actor, lane] = 0.0
        for lane in range(sources):
            source = batch + lane
            distance[source, lane] = 0
            value[source, lane] = 1.0
            following[source] = buckets[0]
            buckets[0] = source
            waiting[source] = True
        bucket = 0
        top = 0
        while bucket <= top:
            tail = buckets[bucket]
            if tail < 0:
                bucket += 1
                continue
            buckets[bucket] = following[tail]
            waiting[tail] = False
            row = distance[tail]
            for arc in range(starts[tail], starts[tail + 1]):
                head = heads[arc]
                other = distance[head]
                length = lengths[arc]
                nearest = nowhere
                for lane in range(LANES):
                    there = np.uint16(row[lane] + length)
                    known = other[lane]
                    other[lane] = min(there, known)
                    nearest = min(nearest, there if there < known else nowhere)
                if nearest < far and not waiting[head]:
                    waiting[head] = True
                    place = max(np.int64(nearest) // width, bucket)
                    following[head] = buckets[place]
                    buckets[place] = head
                    top = max(top, place)

        # Which ties are on a shortest path of which lane.
        for tail in range(n):
            row = distance[tail]
            for arc in range(starts[tail], starts[tail + 1]):
                other = distance[heads[arc]]
                length = lengths[arc]
                bits = np.uint32(0)
                for lane in range(LANES):
                    there = np.uint16(row[lane] + length)
                    bits |= np.uint32(np.uint32(there == other[lane]) << np.uint32(lane))
                tight[arc] = bits

        # How near everyone is, and in which bucket each actor has its first lane.
        for lane in range(LANES):
            lanes[lane] = 0.0
        top = 0
        furthest = zero
        for actor in range(n):
            row = distance[actor]
            nearest = far
            for lane in range(LANES):
                there = row[lane]
                nearest = min(nearest, there)
                furthest = max(furthest, there if there < far else zero)
                lanes[lane] += 1.0 / there if (there > zero) & (there < far) else 0.0
            if nearest < far:
                place = np.int64(nearest) // width
                following[actor] = buckets[place]
                buckets[place] = actor
                top = max(top, place)
        for lane in range(sources):
            harmonic[batch - first + lane] += lanes[lane]
        for lane in range(LANES):
            lanes[lane] = 0.0
        for actor in range(n):
            row = distance[actor]
            for lane in range(LANES):
                lanes[lane] += row[lane] if row[lane] < far else zero
        for lane in range(sources):
            farness[batch - first + lane] += lanes[lane]
            lanes[lane] = -1.0  # without itself
        for actor in range(n):
            row = distance[actor]
            for lane in range(LANES):
                lanes[lane] += 1.0 if row[lane] < far else 0.0
        for lane in range(sources):
            reached[batch - first + lane] += np.int64(lanes[lane])
        if furthest >= far - longest:
            return False

        # How many shortest paths there are.
        bucket = 0
        while bucket <= top:
            tail = buckets[bucket]
            if tail < 0:
                bucket += 1
                continue
            buckets[bucket] = following[tail]
            row = distance[tail]
            begin = np.uint16(bucket * width)
            end = np.uint16((bucket + 1) * width)
            bits = np.uint32(0)
            later = nowhere
            for lane in range(LANES):
                there = row[lane]
                here = (there >= begin) & (there < end)
                bits |= np.uint32(np.uint32(here) << np.uint32(lane))
                later = min(later, there if there >= end else nowhere)
            if later < far:
                place = np.int64(later) // width
                following[tail] = buckets[place]
                buckets[place] = tail
                top = max(top, place)
            for arc in range(starts[tail], starts[tail + 1]):
                both = tight[arc] & bits
                if both:
                    head = heads[arc]
                    for lane in range(LANES):
                        if (both >> np.uint32(lane)) & np.uint32(1):
                            value[head, lane] += value[tail, lane]

        # Which share of them goes through whom: a value becomes (1 + share) / count.
        for actor in range(n):
            row = distance[actor]
            last_one = zero  # one more than the distance, so that 0 is none
            for lane in range(LANES):
                last_one = max(last_one, np.uint16(row[lane] + one) if row[lane] < far else zero)
            if last_one > zero:
                place = (np.int64(last_one) - 1) // width
                following[actor] = buckets[place]
                buckets[place] = actor
        bucket = top
        while bucket >= 0:
            tail = buckets[bucket]
            if tail < 0:
                bucket -= 1
                continue
            buckets[bucket] = following[tail]
            row = distance[tail]
            begin = np.uint16(bucket * width)
            end = np.uint16((bucket + 1) * width)
            bits = np.uint32(0)
            before = zero
            for lane in range(LANES):
                there = row[lane]
                here = (there >= begin) & (there < end) & (there > zero)
                bits |= np.uint32(np.uint32(here) << np.uint32(lane))
                before = max(before, np.uint16(there + one) if there < begin else zero)
                lanes[lane] = 0.0
            if before > zero:
                place = (np.int64(before) - 1) // width
                following[tail] = buckets[place]
                buckets[place] = tail
            for arc in range(starts[tail], starts[tail + 1]):
                both = tight[arc] & bits
                if both:
                    head = heads[arc]
                    for lane in range(LANES):
                        here = (both >> np.uint32(lane)) & np.uint32(1)
                        lanes[lane] += value[head, lane] if here else 0.0
            for lane in range(LANES):
                here = (bits >> np.uint32(lane)) & np.uint32(1)
                count = value[tail, lane]
                share = count * lanes[lane]
                value[tail, lane] = (1.0 + share) / count if here else count
                lanes[lane] = share if here else 0.0
            half = LANES // 2
            while half > 0:
                for lane in range(half):
                    lanes[lane] += lanes[lane + half]
                half //= 2
            betweenness[tail] += lanes[0]
    return True
