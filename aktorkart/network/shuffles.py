"""The orders that permutation tests try: all of them where that can be, else seeded ones."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FEWEST_TESTED = 6
"""Actors with data from which a permutation test is said (METHOD 6)."""

CLEAR = 0.05
"""Up to this p something is said to be more than chance gives (METHOD 6)."""

PERMUTATIONS = 5000
"""Shuffles where there are too many to try them all, the map itself included."""

SEED = 20150615
"""Where the shuffles begin; any number would do, as long as it stays."""

_ALL_TRIED = 8  # 8! = 40 320
_AT_ONCE = 2_000_000
_KEPT_UP_TO = 100


def all_tried(n: int) -> bool:
    """Tell whether all orders of n are tried."""
    return n <= _ALL_TRIED


def orders(n: int, *, looked_up: int) -> Iterator[NDArray[np.int64]]:
    """Give the orders of n in parts, an order in each row, the one that changes nothing first.

    So many rows come at once that ``looked_up`` values for each of them fit in memory.
    """
    rows = max(1, _AT_ONCE // max(n, looked_up, 1))
    if all_tried(n):
        every = itertools.permutations(range(n))
        while part := list(itertools.islice(every, rows)):
            yield np.array(part, dtype=np.int64).reshape(len(part), n)
        return
    yield np.arange(n)[None]
    if n <= _KEPT_UP_TO:
        every_row = _shuffled_whole(n)
        for first in range(0, len(every_row), rows):
            yield every_row[first : first + rows]
        return
    yield from _shuffled(n, rows)


def _shuffled(n: int, rows: int) -> Iterator[NDArray[np.int64]]:
    """Give the shuffles, so many at a time; the same whatever that number."""
    # Raw bits, because numpy keeps only these the same from version to version.
    bits = np.random.PCG64(SEED)
    left = PERMUTATIONS - 1
    while left:
        part_rows = min(rows, left)
        drawn = np.asarray(bits.random_raw((part_rows, n)))
        yield _order(drawn)
        left -= part_rows


def _order(drawn: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the order of each row, those that are equal as they stand."""
    found = np.argsort(drawn, axis=1)  # in a third of the time
    ordered = np.take_along_axis(drawn, found, axis=1)
    if (ordered[:, 1:] == ordered[:, :-1]).any():
        found = np.argsort(drawn, axis=1, kind="stable")
    return found


@lru_cache(maxsize=2)
def _shuffled_whole(n: int) -> NDArray[np.int64]:
    """Return all shuffles of a few; variants of a map ask for the same ones again and again."""
    found = np.concatenate(list(_shuffled(n, PERMUTATIONS)))
    found.flags.writeable = False
    return found
