"""The order of pairs of actors, for millions of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Run = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]

_WORD = 64
"""Bits in which three numbers are sorted as one."""


def sorted_pairs(n: int, *runs: Run) -> Run:
    """Return pairs among n by the first, the second and then a number of their own, sorted.

    Each run of them is three arrays. One that is in order already takes hardly any time.
    """
    side = max(n - 1, 1).bit_length()
    rest = max(int(last.max(initial=0)) for *_, last in runs).bit_length()
    if 2 * side + rest > _WORD:
        return _sorted_apart(n, *map(np.concatenate, zip(*runs, strict=True)))
    keys = np.empty(sum(len(last) for *_, last in runs), dtype=np.uint64)
    end = 0
    for one, other, last in runs:  # a number for each is sorted in a tenth of the time
        run = keys[end : end + len(last)]
        end += len(last)
        run[:] = one
        run <<= np.uint64(side)
        run |= other.view(np.uint64)
        run <<= np.uint64(rest)
        run |= last.view(np.uint64)
        if (run[1:] < run[:-1]).any():
            _sort(run)
    if len(runs) > 1:
        keys.sort(kind="stable")  # which merges what is in order
    third = keys & np.uint64((1 << rest) - 1)
    keys >>= np.uint64(rest)
    second = keys & np.uint64((1 << side) - 1)
    keys >>= np.uint64(side)
    return keys.view(np.int64), second.view(np.int64), third.view(np.int64)


_MANY = 1 << 20
"""From so many keys on two threads sort sooner than one."""


def _sort(keys: NDArray[np.uint64]) -> None:
    """Sort keys where they stand."""
    if len(keys) < _MANY:
        keys.sort()
        return
    with ThreadPoolExecutor(2) as threads:
        [*threads.map(np.ndarray.sort, np.array_split(keys, 2))]
    keys.sort(kind="stable")


def _sorted_apart(
    n: int, one: NDArray[np.int64], other: NDArray[np.int64], last: NDArray[np.int64]
) -> Run:
    """Sort pairs where the three numbers have no room in one."""
    order = np.argsort(last, kind="stable")
    order = order[order_of(other[order], n)]
    order = order[order_of(one[order], n)]
    return one[order], other[order], last[order]


_SHORT = 1 << 16
"""Numbers below this are sorted by their digits, in the time that it takes to look at each."""


def order_of(places: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return the order of positions among n; those of one stay in the order they have."""
    if n <= _SHORT:
        return np.argsort(places.astype(np.uint16), kind="stable")
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    # From rows to columns is a count of each column: a million are not to be compared.
    row = np.arange(len(places) + 1, dtype=np.int32)
    marks = csr_array(
        (np.ones(len(places), dtype=np.int8), places.astype(np.int32), row),
        shape=(len(places), n),
    )
    return np.asarray(marks.tocsc().indices, dtype=np.int64)


def differ(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of each pair but the first whether it is another than the one before."""
    different: NDArray[np.bool_] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    return different
