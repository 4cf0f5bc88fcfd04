"""The arcs that channels give, in order, with the channels behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from aktorkart.network.sorting import by_place, differ, sorted_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.integer[Any]]
    Told = NDArray[np.bool_]


class Pairs(NamedTuple):
    """Channels by the two at their ends, so that what is between the same two stands together.

    They come by the lower position, then the higher, then by their number, which is any.
    """

    low: Places
    high: Places
    number: Places
    both: Told  # whether it is mutual
    against: Told  # whether it goes one way, from the higher to the lower

    def some(self, places: Any) -> Pairs:
        """Return some of them."""
        low, high, number, both, against = self
        return Pairs(low[places], high[places], number[places], both[places], against[places])


class Arcs(NamedTuple):
    """Arcs by tail and head, as `Network` has them."""

    tails: NDArray[np.int64]
    heads: NDArray[np.int64]
    ties: NDArray[np.int64]
    offsets: NDArray[np.int64]
    all_mutual: bool
    returned: bool  # whether each has its return
    back: NDArray[np.int64] | None = None  # those returns, where they may be of other channels


def paired(n: int, sources: Places, targets: Places, mutual: Told) -> Pairs:
    """Put channels among n actors together by their ends; their number is where they stood."""
    against = ~mutual & (targets < sources)
    low, high, number = sorted_pairs(n, np.minimum(sources, targets), np.maximum(sources, targets))
    return Pairs(low, high, number, mutual[number], against[number])


def numbered(n: int, pairs: Pairs) -> Pairs:
    """Give channels numbers by their ends: from source to target, a mutual one from the lower.

    Among the same two they are in order, those that go against last.
    """
    forth = np.flatnonzero(~pairs.against)
    back: Places = np.flatnonzero(pairs.against)
    rising = np.bincount(pairs.low[forth], minlength=n)
    falling = np.bincount(pairs.high[back], minlength=n)
    number = np.empty(len(pairs.low), dtype=np.int64)
    # Of those from one actor, what goes to lower ones comes first.
    number[forth] = np.arange(len(forth)) + np.repeat(np.cumsum(falling), rising)
    *_, back = by_place(n, pairs.high[back], pairs.low[back], back)
    number[back] = np.arange(len(back)) + np.repeat(np.cumsum(rising) - rising, falling)
    return pairs._replace(number=number)


def arcs_of(n: int, pairs: Pairs, known: Told) -> Arcs:
    """Return the arcs of channels among n actors; ``known`` tells by number which are judged."""
    different = differ(pairs.low, pairs.high)
    if different.all() and (pairs.low != pairs.high).all():
        # As most are: one channel behind each arc, and it or none behind the return.
        tails, heads, ties = _each(n, pairs, pairs.number)
        mutual = bool(pairs.both.all())
        return Arcs(tails, heads, ties, np.arange(len(tails)), mutual, returned=mutual)
    tails, heads, at = _each(n, pairs, np.arange(len(pairs.low)))
    number, both = pairs.number[at], pairs.both[at]
    first = np.append([True], differ(tails, heads))
    begins = np.flatnonzero(first)
    tails, heads = tails[begins], heads[begins]
    # Behind an arc are its judged channels, or the first where nobody has judged any.
    judged = np.logical_or.reduceat(known[number], begins)
    behind = np.where(judged[np.cumsum(first) - 1], known[number], first)
    some = np.add.reduceat(behind, begins, dtype=np.int64)
    # An arc that nobody has judged takes those of its return, where that is judged.
    pair = np.cumsum(np.append([False], different))[at[begins]]
    back = _returns(tails, heads, pair)
    own = np.arange(len(tails))
    taken = np.where(judged | (back < 0) | ~judged[back], own, back)
    times = some[taken]
    starts = np.cumsum(some) - some
    offsets = np.cumsum(times) - times
    places = np.repeat(starts[taken] - offsets, times) + np.arange(times.sum())
    return Arcs(
        tails,
        heads,
        number[behind][places],
        offsets,
        all_mutual=bool(np.logical_or.reduceat(both, begins).all()),
        returned=bool((back >= 0).all()),
        back=back,
    )


def _each(
    n: int, pairs: Pairs, carried: Places
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return tail, head and what is carried for each way of each channel, by tail and head."""
    tails, heads, carried = by_place(n, *_both_ways(pairs, carried))
    return (
        tails.astype(np.int64, copy=False),
        heads.astype(np.int64, copy=False),
        carried.astype(np.int64, copy=False),
    )


def _both_ways(pairs: Pairs, carried: Places) -> tuple[Places, Places, Places]:
    """Return both arcs of each channel so that those of one tail come by their heads."""
    up = np.flatnonzero(~pairs.against)
    # An actor's channel to itself has one way only.
    down = np.flatnonzero((pairs.both & (pairs.low != pairs.high)) | pairs.against)
    return (
        np.concatenate([pairs.high[down], pairs.low[up]]),
        np.concatenate([pairs.low[down], pairs.high[up]]),
        np.concatenate([carried[down], carried[up]]),
    )


def _returns(
    tails: NDArray[np.int64], heads: NDArray[np.int64], pair: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return which arc goes the other way of each, −1 where none does; ``pair`` numbers the two."""
    falls = (heads < tails).astype(np.int64)
    arcs = np.arange(len(tails))
    there = np.full((2, pair.max() + 1), -1)
    there[falls, pair] = arcs
    return np.where(tails == heads, arcs, there[1 - falls, pair])
