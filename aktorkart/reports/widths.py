"""How wide the columns of a table are on a page of paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_APART, _SHORT, _WIDEST = 3, 13, 300
"""Letters between two columns, in a text that is kept whole, and in the widest column."""

_LINES_OF_HEAD = 3
"""A heading may stand on so many lines before its column is made wider for it."""

_BOLD = 1.15
"""So much wider are letters of a heading."""


def widths(lines: Sequence[Sequence[str]], *, room: int) -> list[int]:
    """Return the shares of the columns in letters, where they do not go beside each other.

    Each has room for its longest word, and for all of a short text; what is left goes to those
    that hold longer texts. Where all go on a line, there are none.
    """
    columns = list(zip(*lines, strict=True))
    whole = [max(map(len, cells)) + _APART for cells in columns]
    if sum(whole) <= room:
        return []
    least = [_least(cells) for cells in columns]
    wanted = [
        max(math.ceil(len(head) / _LINES_OF_HEAD), *map(len, cells), 0) + _APART
        for head, *cells in columns
    ]
    more = [max(min(one, _WIDEST) - few, 0) for one, few in zip(wanted, least, strict=True)]
    left = max(room - sum(least), 0)
    return [
        few + round(left * min(one / max(sum(more), 1), 1))
        for few, one in zip(least, more, strict=True)
    ]


def _least(cells: Sequence[str]) -> int:
    """Return how narrow a column may be: a heading is bold, and broken between words."""
    head, *rest = ([len(word) for word in cell.split()] or [0] for cell in cells)
    below = [max(words) for words in rest]
    below += [len(cell) for cell in cells[1:] if len(cell) <= _SHORT]
    return _APART + max(math.ceil(max(head) * _BOLD), *below, 0)
