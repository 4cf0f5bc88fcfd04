"""The order of pairs of actors, for millions of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Run = tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]], NDArray[np.integer[Any]]]

_MANY = 1 << 20
"""From so many rows on, loading scipy takes less time than it saves."""
_DIGIT = 16
"""Bits of the numbers that numpy sorts by counting them."""


def sorted_pairs(n: int, one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]) -> Run:
    """Return pairs among n by the first and then the second, and where each stood.

    The same two stay in the order they have.
    """
    other, one, order = by_place(n, other, one, np.arange(len(one), dtype=one.dtype))
    return by_place(n, one, other, order)


def by_place(
    n: int,
    places: NDArray[np.integer[Any]],
    other: NDArray[np.integer[Any]],
    last: NDArray[np.integer[Any]],
) -> Run:
    """Return three columns by the first; those of one place stay in the order they have.

    The first two are positions among n. Nothing is compared: it is counted how many stand where.
    """
    if n <= 1 << _DIGIT or len(places) < _MANY:
        order = _order_of(n, places)
        return places[order], other[order], last[order]
    from scipy.sparse import coo_array  # type: ignore[import-untyped]

    table = coo_array((last, (places, other)), shape=(n, n))
    table.has_canonical_format = True  # it may not be, but nothing is to be added up
    rows = table.tocsr()
    sorted_places = np.repeat(np.arange(n, dtype=places.dtype), np.diff(rows.indptr))
    return sorted_places, rows.indices, rows.data


def _order_of(n: int, places: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    order = np.argsort(places.astype(np.uint16), kind="stable")
    for shift in range(_DIGIT, max(n - 1, 1).bit_length(), _DIGIT):
        digit = (places[order] >> shift).astype(np.uint16)
        order = order[np.argsort(digit, kind="stable")]
    return order


def differ(one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Tell of each pair but the first whether it is another than the one before."""
    different: NDArray[np.bool_] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    return different
