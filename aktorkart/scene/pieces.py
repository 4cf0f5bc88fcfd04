"""Lines in straight pieces, sorted by where they are: how many lines run under a box."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

# How wide the cells are that pieces are sorted into, in points, and how many stand in a row.
_CELL, _MOST = 16.0, 200
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
        self._low, self._high = self._centres - half, self._centres + half
        piece, cell = self._cells(self._low, self._high)
        low = self._corner + self._cell * np.stack([cell % self._across, cell // self._across], 1)
        pairs = np.arange(len(piece))
        met = self._meet(low - _SLACK, low + self._cell + _SLACK, pairs, piece)
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
        found = np.zeros(len(boxes))
        # Box by box as many as there is memory for: a line may be met in several cells.
        sums = np.bincount(box, counts, minlength=len(boxes))
        part = np.cumsum(np.maximum(sums, self._lines)) // _TOGETHER
        ends = np.searchsorted(part, np.arange(int(part[-1]) + 2)) if len(part) else [0]
        for start, stop in pairwise(ends):
            pairs = slice(*np.searchsorted(box, [start, stop]))
            pair, place = _expanded(counts[pairs])
            piece = self._sorted[self._starts[cell[pairs]][pair] + place]
            mine = box[pairs][pair]
            hit = self._meet(boxes[:, :2], boxes[:, 2:], mine, piece)
            met = np.zeros((stop - start, self._lines), dtype=bool)
            met[mine[hit] - start, self._owners[piece[hit]]] = True
            found[start:stop] = met.sum(axis=1)
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

    def _meet(self, low: Floats, high: Floats, box: Ints, piece: Ints) -> NDArray[np.bool_]:
        """Tell, pair by pair, which pieces run through which boxes: as `standing.crossings`."""
        middle, reach = (low + high) / 2, (high - low) / 2
        # A box and a piece are apart where a line along x, along y or along the piece parts them.
        near = np.ones(len(box), dtype=bool)
        for axis in (0, 1):
            near &= (middle - reach)[box, axis] <= self._high[piece, axis]
            near &= (middle + reach)[box, axis] >= self._low[piece, axis]
        found = np.flatnonzero(near)
        box, piece = box[found], piece[found]
        (x, y), (across, up) = (self._centres[piece] - middle[box]).T, self._ways[piece].T
        wide, tall = reach[box].T
        near[found] = np.abs(x * up - y * across) <= wide * np.abs(up) + tall * np.abs(across)
        return near


def _expanded(counts: Ints) -> tuple[Ints, Ints]:
    """Return for so many of each which one it is of, and its number among those."""
    of = np.repeat(np.arange(len(counts)), counts)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
