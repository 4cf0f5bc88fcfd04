"""The order of names, and where others stand among them, for millions of them.

Arrow finds them too, and takes three times as long: it looks at each name by itself. Short ones
are compared here as whole numbers of eight bytes, a block of rows at a time.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Words = list[NDArray[np.uint64]]

_MOST_WORDS = 4
_BLOCK = 1 << 18
_ROOM = 4
"""So many times as many slots as names: then nine in ten have one of their own."""
_MOST_TABLES = 24
_ODD = 0x9E3779B97F4A7C15
"""2^64 over the golden ratio, which spreads numbers that follow each other."""


class _Table(NamedTuple):
    """Names by their hash; those that share one with a later name stand in the next table."""

    factors: Sequence[np.uint64]  # one for each word
    shift: np.uint64
    slots: NDArray[np.int32]

    def slot(self, words: Words) -> NDArray[np.int64]:
        """Return the slot of each name."""
        mixed = words[0] * self.factors[0]
        for word, factor in zip(words[1:], self.factors[1:], strict=True):
            mixed += word * factor
        mixed >>= self.shift
        return mixed.view(np.int64)  # which numpy looks up without a copy


def places_among(names: Any, columns: Sequence[Any]) -> list[NDArray[np.int32]]:
    """Return where the names of each column stand among others, −1 where they do not.

    All are arrays of Arrow without nulls; no name is there twice among those that are looked in.
    """
    find = partial(_by_arrow, names)
    if count := _count(names, *columns):
        words = _words(names, 0, len(names), count)
        if tables := _tables(words):
            find = partial(_by_words, words, tables)
    with ThreadPoolExecutor(2) as threads:
        return [*threads.map(find, columns)]


def order_of_names(names: Any) -> NDArray[np.int64]:
    """Return the order of names in an array of Arrow without nulls, by code point."""
    if count := _count(names):
        # The first byte weighs most, and nothing weighs less than any.
        words = [word.byteswap() for word in _words(names, 0, len(names), count)]
        return np.lexsort(words[::-1]) if count > 1 else np.argsort(words[0])
    from pyarrow import compute  # type: ignore[import-untyped]

    return np.asarray(compute.sort_indices(names).to_numpy(), dtype=np.int64)


def _count(*columns: Any) -> int:
    """Return in how many words each name has room; 0 where that is too many, or not sure."""
    longest = max(int(np.diff(_offsets(one)).max(initial=0)) for one in columns)
    sure = longest <= 8 * _MOST_WORDS and not any(map(_has_nul, columns))
    return max(-(-longest // 8), 1) if sure else 0


def _by_arrow(names: Any, column: Any) -> NDArray[np.int32]:
    from pyarrow import compute

    found = compute.index_in(column, value_set=names).fill_null(-1)
    return np.asarray(found.to_numpy(), dtype=np.int32)


def _tables(words: Words) -> list[_Table]:
    """Give each name a slot in one of some tables; none where that takes too many."""
    tables: list[_Table] = []
    left = np.arange(len(words[0]), dtype=np.int32)
    odd = _ODD
    while len(left) and len(tables) < _MOST_TABLES:
        factors = []
        for _ in words:
            factors.append(np.uint64(odd))
            odd = odd * (_ODD | 2) % (1 << 64)
        bits = (_ROOM * len(left)).bit_length()
        table = _Table(factors, np.uint64(64 - bits), np.zeros(1 << bits, dtype=np.int32))
        slots = table.slot([word[left] for word in words])
        table.slots[slots] = left
        left = left[table.slots[slots] != left]
        tables.append(table)
    return tables if not len(left) else []


def _by_words(words: Words, tables: Sequence[_Table], column: Any) -> NDArray[np.int32]:
    found = np.empty(len(column), dtype=np.int32)
    for begin in range(0, len(column), _BLOCK):
        block = found[begin : begin + _BLOCK]
        asked = _words(column, begin, begin + len(block), len(words))
        left: NDArray[np.int64] | slice = slice(None)
        for table in tables:
            there = table.slots[table.slot(asked)]
            other = words[0][there] != asked[0]
            for word, one in zip(words[1:], asked[1:], strict=True):
                other |= word[there] != one
            there[other] = -1
            block[left] = there
            more = np.flatnonzero(other)
            if not len(more):
                break
            asked = [word[more] for word in asked]
            left = more if isinstance(left, slice) else left[more]
    return found


def _words(column: Any, begin: int, end: int, count: int) -> Words:
    """Return the names of some rows as whole numbers, with zeros after their last byte."""
    offsets = _offsets(column)[begin : end + 1]
    first, last = int(offsets[0]), int(offsets[-1])
    signs = np.zeros(last - first + 8 * count, dtype=np.uint8)
    signs[: last - first] = _signs(column)[first:last]
    at, long = offsets[:-1] - first, np.diff(offsets)
    # Eight bytes from each place on, of which those of the next name are left out.
    from_each = np.ndarray((len(signs) - 7,), "<u8", signs, strides=(1,))
    masks = np.array([(1 << 8 * some) - 1 for some in range(9)], dtype=np.uint64)
    return [
        from_each[at + 8 * word].astype(np.uint64) & masks[np.clip(long - 8 * word, 0, 8)]
        for word in range(count)
    ]


def _offsets(column: Any) -> NDArray[Any]:
    """Return where each name begins among the bytes of all, and where the last ends."""
    kind = np.int64 if str(column.type) == "large_string" else np.int32
    offsets = np.frombuffer(column.buffers()[1], dtype=kind)
    return offsets[column.offset : column.offset + len(column) + 1]


def _signs(column: Any) -> NDArray[np.uint8]:
    data = column.buffers()[2]
    return np.frombuffer(data if data is not None else b"", dtype=np.uint8)


def _has_nul(column: Any) -> bool:
    """Tell whether there is a byte that could not be told from those after the last."""
    offsets = _offsets(column)
    return not _signs(column)[offsets[0] : offsets[-1]].all()
