"""Rows and columns of a table, and where they are: groups of them are set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aktorkart.figures.drawing.pieces import Piece

    Floats = NDArray[np.float64]

# How far apart groups are, in the size of the letters.
_GAP = 0.35


@dataclass(frozen=True)
class Row:
    """A row."""

    id: str
    said: str
    group: int
    rank: int
    total: str
    number: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Column:
    """A column."""

    id: str
    said: str
    group: int
    total: str
    foot: tuple[Piece, ...] = ()


Lines = Sequence[Row] | Sequence[Column]
"""Rows, or columns."""


@dataclass(frozen=True)
class Spans:
    """Where rows or columns are: the middle of each, and half their size."""

    middles: Floats
    half: float

    def band(self, members: Sequence[int]) -> tuple[float, float]:
        """Return where a group of them begins and ends."""
        ends = self.middles[[members[0], members[-1]]]
        return float(ends.min() - self.half), float(ends.max() + self.half)


def members(lines: Lines) -> list[list[int]]:
    """Return the places of each group's members, group by group."""
    found: dict[int, list[int]] = {}
    for place, group in enumerate(_groups(lines)):
        found.setdefault(group, []).append(place)
    return list(found.values())


def gaps(lines: Lines, size: float) -> float:
    """Return the room between all groups together."""
    return _GAP * size * sum(_changes(lines))


def spread(lines: Lines, start: float, length: float, size: float, *, way: int) -> Spans:
    """Give each the same room, and groups a gap between them."""
    each = (length - gaps(lines, size)) / max(len(lines), 1)
    before = np.cumsum([0, *_changes(lines)])[: len(lines)]
    along = (np.arange(len(lines)) + 0.5) * each + before * _GAP * size
    return Spans(start + way * along, each / 2)


def _changes(lines: Lines) -> list[bool]:
    return [one != other for one, other in pairwise(_groups(lines))]


def _groups(lines: Lines) -> list[int]:
    return [one.group for one in lines]
