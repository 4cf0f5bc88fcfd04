"""How wide the columns of a table are on a page of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.scene.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

_APART, _SHORT, _WIDEST = 2.0, 13, 120.0
"""Letters between two columns, in a text that is kept whole, and in the widest column."""

_LITTLE = 0.01
"""Less than this is not worth sharing, in letters."""

_LOOK, _LETTER = Style(), 0.6
"""Whose letters are measured, and how wide one is in plain text, of the size of the font."""


def widths(lines: Sequence[Sequence[str]], *, room: float) -> list[float]:
    """Return the shares of the columns in letters, where they do not go beside each other.

    Each has room for its longest word, and for all of a short text; what is left goes to those
    that hold longer texts, the more of them the more. Where all go on a line, there are none.
    """
    columns = list(zip(*lines, strict=True))
    each = [[_long(cell, head=not row) for row, cell in enumerate(cells)] for cells in columns]
    if sum(map(max, each)) + _APART * len(columns) <= room:
        return []
    least = [_least(cells) for cells in columns]
    beyond = [
        [max(min(one, _WIDEST) - few, 0.0) for one in long]
        for long, few in zip(each, least, strict=True)
    ]
    left = room - sum(least) - _APART * len(columns)
    more = _shared(max(left, 0.0), [max(one) for one in beyond], [sum(one) for one in beyond])
    return [round(few + _APART + one, 1) for few, one in zip(least, more, strict=True)]


def _shared(left: float, most: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """Share what is left as it is wanted, to none more than is of use."""
    found = [0.0] * len(most)
    open_ = [place for place, one in enumerate(most) if one > 0]
    while open_ and left > _LITTLE:
        all_ = sum(wanted[place] for place in open_)
        given = {p: min(left * wanted[p] / all_, most[p] - found[p]) for p in open_}
        for place, one in given.items():
            found[place] += one
        left -= sum(given.values())
        open_ = [place for place in open_ if most[place] - found[place] > _LITTLE]
    return found


def _least(cells: Sequence[str]) -> float:
    """Return how narrow a column may be: headings and long texts are broken between words."""
    parts = [
        (row, part)
        for row, cell in enumerate(cells)
        for part in ([cell] if row and len(cell) <= _SHORT else cell.split())
    ]
    return max((_long(part, head=not row) for row, part in parts), default=0.0)


def _long(words: str, *, head: bool) -> float:
    """Return how long a text is, in letters; that of a heading is bold."""
    from aktorkart.figures.drawing.lettering import line_width, writable

    seen = "".join(filter(str.isprintable, words))
    return line_width(writable(seen, _LOOK), _LOOK.font, 1 / _LETTER, bold=head)
