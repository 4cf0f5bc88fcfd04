"""Lines in straight pieces, sorted by where they are: how many lines run under a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

# How wide the cells are that pieces are sorted into, in points, and how many stand in a row.
_CELL, _MOST = 24.0, 100
# Nothing is missed for a rounding, in points.
_SLACK = 1e-6
# So many pairs of boxes and pieces are looked at together.
_TOGETHER = 500_000


class Pieces:
    """Straight pieces (n, 4), and which line each belongs to."""

    def __init__(self, segments: Floats, owners: Ints) -> None:
        self._owners, self._lines = owners, int(owners.max(initial=-1)) + 1
        self._centres = (segments[:, :2] + segments[:, 2:]) / 2
        self._ways = (segments[:, 2:] - segments[:, :2]) / 2
        ends = segments.reshape(-1, 2)
        self._corner = ends.min(axis=0) if len(ends) else np.zeros(2)
        size = ends.max(axis=0) - self._corner if len(ends) else np.zeros(2)
        self._cell = np.maximum(_CELL, size / _MOST)
        self._across, self._up = ((size + _SLACK) // self._cell).astype(np.intp) + 1
        half = np.abs(self._ways)
        piece, cell = self._cells(self._centres - half, self._centres + half)
        low = self._corner + self._cell * np.stack([cell % self._across, cell // self._across], 1)
        met = self._meet(low - _SLACK, low + self._cell + _SLACK, piece)
        piece, cell = piece[met], cell[met]
        self._sorted = piece[np.argsort(cell, kind="stable")]
        self._counts = np.bincount(cell, minlength=self._across * self._up)
        self._starts = np.cumsum(self._counts) - self._counts

    def under(self, boxes: Floats) -> Floats:
        """Count the lines that run under each box, however many of their pieces do."""
        if not len(self._owners):
            return np.zeros(len(boxes))
        box, cell = self._cells(boxes[:, :2] - _SLACK, boxes[:, 2:] + _SLACK)
        counts = self._counts[cell]
        met = [
            self._lines_met(boxes, box[part], cell[part], counts[part])
            for part in np.split(np.arange(len(box)), _cuts(counts))
        ]
        # A line may have been met in two cells, of one part or of two.
        lines = np.unique(np.concatenate(met))
        return np.bincount(lines // self._lines, minlength=len(boxes)).astype(float)

    def _lines_met(self, boxes: Floats, box: Ints, cell: Ints, counts: Ints) -> Ints:
        """Return box and line as one number, for each line in a cell that runs under its box."""
        pair, place = _expanded(counts)
        piece = self._sorted[self._starts[cell][pair] + place]
        mine = box[pair]
        hit = self._meet(boxes[mine, :2], boxes[mine, 2:], piece)
        found: Ints = np.unique(mine[hit] * self._lines + self._owners[piece[hit]])
        return found

    def _cells(self, low: Floats, high: Floats) -> tuple[Ints, Ints]:
        """Return which boxes meet which cells, pair by pair."""
        most = np.array([self._across, self._up]) - 1
        first = np.clip(((low - self._corner) // self._cell).astype(np.intp), 0, most)
        last = np.clip(((high - self._corner) // self._cell).astype(np.intp), 0, most)
        wide, tall = (last - first + 1).T
        box, place = _expanded(wide * tall)
        across = first[box, 0] + place % wide[box]
        return box, across + self._across * (first[box, 1] + place // wide[box])

    def _meet(self, low: Floats, high: Floats, piece: Ints) -> NDArray[np.bool_]:
        """Tell which boxes each their piece runs through, as `standing.crossings` does."""
        middle, reach = (low + high) / 2, (high - low) / 2
        centre, way = self._centres[piece], self._ways[piece]
        half = np.abs(way)
        near = ((middle - reach <= centre + half) & (middle + reach >= centre - half)).all(axis=1)
        x, y = (centre - middle).T
        off = np.abs(x * way[:, 1] - y * way[:, 0])
        found: NDArray[np.bool_] = near & (
            off <= reach[:, 0] * half[:, 1] + reach[:, 1] * half[:, 0]
        )
        return found


def _expanded(counts: Ints) -> tuple[Ints, Ints]:
    """Return for so many of each which one it is of, and its number among those."""
    of = np.repeat(np.arange(len(counts)), counts)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)


def _cuts(counts: Ints) -> Ints:
    """Return where to cut a list, so that its parts hold about as many as there is memory for."""
    part = np.cumsum(counts) // _TOGETHER
    return np.flatnonzero(np.diff(part)) + 1
