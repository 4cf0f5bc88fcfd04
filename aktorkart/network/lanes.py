"""Shortest paths from 32 sources side by side, for lengths that fit 16 bits.

Sources that stand together reach the rest along much the same ties: `lane_order` puts them beside
each other, whatever they are called. So each actor has a row of 32 distances, a lane for each
source, and a tie is looked at once for all of them, as the processor's wide registers do it.
Actors wait in buckets as wide as the shortest tie, as in `aktorkart.network.paths`; one that was
taken out is taken out again where any of its lanes has become shorter. Then which ties are on
shortest paths is a bit for each lane, and counts and shares go through the same buckets forth and
back: a predecessor lies in an earlier one. Most actors lead nowhere in most lanes, and have no
turn there.

Where an inner loop goes ``across`` the lanes, their number is kept from the compiler: it would
write out 32 steps one by one.

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

BITS = np.uint32(1) << np.arange(LANES, dtype=np.uint32)
"""The bit of each lane."""

NOWHERE = 65535
"""A distance longer than any, and the limit of all of them."""

MOST_APART = 16
"""Where the longest tie is more times the shortest, a source alone is as quick."""

ALIKE = 4 * LANES
"""So many sources are put in a single order; more are parted first."""

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


def lane_room(actors: int, arcs: int, width: int) -> tuple[list[NDArray[Any]], ...]:
    """Return what the two kernels work in, both and each: 325 bytes an actor and 4 an arc."""
    both: list[NDArray[Any]] = [
        np.zeros((actors, LANES), np.uint16),
        np.full(NOWHERE // width + 1, -1, np.int32),
        np.zeros(actors, np.int32),
    ]
    walking: list[NDArray[Any]] = [np.zeros(actors, np.bool_), np.zeros((3, LANES))]
    sharing: list[NDArray[Any]] = [
        np.zeros((actors, LANES)),
        np.zeros(arcs, np.uint32),
        np.zeros(LANES),
    ]
    return both, walking, sharing


def lane_distances(  # noqa: PLR0913, PLR0917 - as paths.kernel
    starts: Any,
    heads: Any,
    lengths: Any,
    sources: Any,
    width: int,
    far: Any,
    distance: Any,
    buckets: Any,
    following: Any,
    waiting: Any,
    sums: Any,
    farness: Any,
    reached: Any,
    harmonic: Any,
) -> bool:
    """Tell how far everyone is from some sources, at most one for each lane.

    False if a path is too long: distances below ``far`` are real, no tie makes them overflow.
    ``width`` is the shortest tie.
    """
    across = distance.shape[1]
    nowhere = np.uint16(NOWHERE)
    zero = np.uint16(0)
    wide = np.uint32(width)
    top: Any = 0

    # An actor waits in the bucket of the nearest of the lanes that need it.
    distance[:] = far
    for lane, source in enumerate(sources):
        distance[source, lane] = 0
        following[source] = buckets[0]
        buckets[0] = source
        waiting[source] = True
    bucket = 0
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
                place = max(np.int64(np.uint32(nearest) // wide), bucket)
                following[head] = buckets[place]
                buckets[place] = head
                top = max(top, place)

    sums[:] = 0.0
    furthest = zero
    total, met, near = sums[0], sums[1], sums[2]
    for actor in range(len(distance)):
        row = distance[actor]
        for lane in range(across):
            there = row[lane]
            real = there < far
            furthest = max(furthest, there if real else zero)
            total[lane] += there if real else zero
            met[lane] += 1.0 if real else 0.0
            near[lane] += 1.0 / there if real & (there > zero) else 0.0
    for lane in range(len(sources)):
        farness[lane] = sums[0, lane]
        reached[lane] = np.int64(sums[1, lane]) - 1  # without itself
        harmonic[lane] = sums[2, lane]
    return bool(furthest < far - (nowhere - far))


def lane_shares(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - as paths.kernel
    starts: Any,
    heads: Any,
    lengths: Any,
    sources: Any,
    width: int,
    far: Any,
    distance: Any,
    buckets: Any,
    following: Any,
    value: Any,
    tight: Any,
    shares: Any,
    betweenness: Any,
) -> None:
    """Add to betweenness what goes through everyone, from the distances that were found.

    It is no finite number where there are more paths than can be counted.
    """
    n = len(starts) - 1
    across = distance.shape[1]
    nowhere = np.uint16(NOWHERE)
    zero = np.uint16(0)
    one = np.uint16(1)
    none = np.uint32(0)
    wide = np.uint32(width)
    top: Any = 0

    # Which ties are on a shortest path of which lane.
    for tail in range(n):
        row = distance[tail]
        for arc in range(starts[tail], starts[tail + 1]):
            other = distance[heads[arc]]
            length = lengths[arc]
            bits = none
            for lane in range(across):
                bits |= BITS[lane] if np.uint16(row[lane] + length) == other[lane] else none
            tight[arc] = bits

    # In which bucket each actor has its first lane, of those in which it leads anywhere.
    for tail in range(n):
        bits = none
        for arc in range(starts[tail], starts[tail + 1]):
            bits |= tight[arc]
        row = distance[tail]
        nearest = nowhere
        for lane in range(across):
            there = row[lane] if bits & BITS[lane] else nowhere
            row[lane] = there
            nearest = min(nearest, there)
        if nearest < far:
            place = np.int64(np.uint32(nearest) // wide)
            following[tail] = buckets[place]
            buckets[place] = tail
            top = max(top, place)

    # How many shortest paths there are.
    value[:] = 0.0
    for lane, source in enumerate(sources):
        value[source, lane] = 1.0
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
        bits = none
        later = nowhere
        for lane in range(LANES):
            there = row[lane]
            bits |= BITS[lane] if (there >= begin) & (there < end) else none
            later = min(later, there if there >= end else nowhere)
        if later < far:
            place = np.int64(np.uint32(later) // wide)
            following[tail] = buckets[place]
            buckets[place] = tail
            top = max(top, place)
        for arc in range(starts[tail], starts[tail + 1]):
            both = tight[arc] & bits
            if both:
                head = heads[arc]
                for lane in range(LANES):
                    if both & BITS[lane]:
                        value[head, lane] += value[tail, lane]

    # Which share of them goes through whom: a value becomes (1 + share) / count.
    for actor in range(n):
        row = distance[actor]
        after = zero  # one more than the last distance, so that 0 is none
        for lane in range(across):
            there = row[lane]
            after = max(after, np.uint16(there + one) if there < far else zero)
            count = value[actor, lane]
            ends = (there == nowhere) & (count > 0.0)
            # Its share is 0; 0 times a count without end is no number, as below.
            value[actor, lane] = (1.0 + 0.0 * count) / count if ends else count
        if after > zero:
            place = np.int64(np.uint32(after - one) // wide)
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
        bits = none
        after = zero
        for lane in range(LANES):
            there = row[lane]
            bits |= BITS[lane] if (there >= begin) & (there < end) & (there > zero) else none
            after = max(after, np.uint16(there + one) if there < begin else zero)
            shares[lane] = 0.0
        if after > zero:
            place = np.int64(np.uint32(after - one) // wide)
            following[tail] = buckets[place]
            buckets[place] = tail
        for arc in range(starts[tail], starts[tail + 1]):
            both = tight[arc] & bits
            if both:
                head = heads[arc]
                for lane in range(LANES):
                    shares[lane] += value[head, lane] if both & BITS[lane] else 0.0
        for lane in range(LANES):
            here = bits & BITS[lane]
            count = value[tail, lane]
            share = count * shares[lane]
            value[tail, lane] = (1.0 + share) / count if here else count
            shares[lane] = share if here else 0.0
        half = LANES // 2
        while half > 0:
            for lane in range(half):
                shares[lane] += shares[lane + half]
            half //= 2
        betweenness[tail] += shares[0]


def lane_order(distance: Any, order: Any, along: Any) -> None:  # noqa: C901 - loops over arrays
    """Put actors in an order in which those that are as far from some sources stand together.

    They are parted in two along the way in which they differ most, again and again. All numbers
    are whole, so that the order is the same everywhere; ``along`` has a place for each actor.
    """
    across = distance.shape[1]
    middle = np.zeros(across, np.int64)
    way = np.zeros(across, np.int64)
    begin = 0
    ends = [len(order)]
    while ends:
        end = ends[-1]
        middle[:] = 0
        for actor in order[begin:end]:
            for lane in range(across):
                middle[lane] += distance[actor, lane]
        middle //= end - begin
        way[:] = 0
        for actor in order[begin:end]:
            for lane in range(across):
                way[lane] += abs(distance[actor, lane] - middle[lane])
        most = way.argmax()
        way[:] = 0
        for actor in order[begin:end]:
            apart = distance[actor, most] - middle[most]
            for lane in range(across):
                way[lane] += apart * (distance[actor, lane] - middle[lane])
        way //= max(np.abs(way).max() >> 10, 1)  # so that what is along it is not too large
        for at in range(begin, end):
            along[at] = 0
            for lane in range(across):
                along[at] += way[lane] * distance[order[at], lane]
        order[begin:end] = order[begin:end][np.argsort(along[begin:end], kind="mergesort")]
        if end - begin > ALIKE:
            ends.append(begin + (end - begin) // (2 * LANES) * LANES)
        else:
            begin = ends.pop()
