"""Where names could stand around their marks, and what each place would cover.

Pure geometry in points (1/72 inch), y upwards. What a place costs depends on marks and lines
alone: it is worked out once, however often names are tried together.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aktorkart.scene import marks
from aktorkart.scene.pieces import Pieces
from aktorkart.scene.standing import NOWHERE, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Ints = NDArray[np.intp]

ANGLES = 24
GAPS = (1.5, 5.0, 10.0, 17.0, 26.0)
# Only for names that would otherwise cover something: far away, with a leader line.
FAR_GAPS = (36.0, 50.0, 70.0, 95.0, 130.0, 170.0)
# In a crowd, so near that nothing has to lead from a name to its mark.
NEAR_GAPS = (0.8, 2.0, 3.5, 6.0)

OFF_PAGE, NODE, EDGE = 1000.0, 300.0, 12.0
# In a part of the page where another actor would belong.
ELSEWHERE = 290.0
# A name that could be read as a neighbour's.
UNCLEAR = 150.0
# … and one that stands nearly as near to a neighbour, within so many points.
DOUBTFUL = 14.0
_CLEARLY, _DOUBT, _SPARE = 0.6, 5.0, 0.035
# After the first few ties under a name another one matters less.
_FEW_TIES, MORE_EDGES = 2, 4.0
# What marks and ties weigh where names cannot but cover many: less than standing near one's own.
_TRIFLE = 0.002
# What a point of distance costs: near the mark, a step away as much as a covered tie; far off,
# never as much as a covered mark.
GAP_PER_POINT, FAR_GAP_PER_POINT, NEAR = 2.0, 0.5, 20.0
LEADER_FROM = 8.0
# To break a name into other lines than reads best.
ANOTHER_WAY = 6.0
# So many pairs of places and marks are looked at together, and so many points of a rim first.
_TOGETHER, _SOME = 400_000, 12


class Candidates(NamedTuple):
    """Places for names: (n, k, …) each."""

    boxes: Floats
    costs: Floats
    gaps: Floats
    leads: Floats
    clear: Flags  # those where a name covers nothing but ties, and nobody doubts whose it is


class Ground:
    """What must not be covered: marks, lines, captions and the edge of the page.

    ``powers`` and ``rims`` say what shapes the marks have, ``rooms`` which part of the page is
    each actor's own. With ``over_marks`` names cannot but cover many of them.
    """

    def __init__(  # noqa: PLR0913 - each is a different thing on the page
        self,
        centres: Floats,
        halves: Floats,
        *,
        bounds: tuple[float, float, float, float],
        segments: Floats | None = None,
        owners: Ints | None = None,
        obstacles: Floats | None = None,
        powers: Floats | None = None,
        rims: Floats | None = None,
        rooms: Floats | None = None,
        over_marks: bool = False,
    ) -> None:
        self.centres, self.halves, self.bounds = centres, halves, bounds
        self.powers = np.full(len(centres), 2.0) if powers is None else powers
        first = marks.RIMS["first"]
        self.rims = centres[:, None] + halves[:, None] * first if rims is None else rims
        self.rooms = np.tile(bounds, (len(centres), 1)) if rooms is None else rooms
        self.weight = _TRIFLE if over_marks else 1.0
        self.obstacles = np.empty((0, 4)) if obstacles is None else obstacles
        if segments is None or owners is None:
            segments, owners = np.empty((0, 4)), np.empty(0, dtype=np.intp)
        self._pieces = Pieces(segments, owners)
        self._known: dict[tuple[object, ...], tuple[Floats, ...]] = {}

    def candidates(
        self, chosen: Ints, sizes: Floats, gaps: Sequence[float], *, crowded: bool = False
    ) -> Candidates:
        """Return the places all around some marks.

        In a crowd nobody asks what places cost that are not clear.
        """
        keys = [
            (actor, wide, high, gaps, crowded)
            for actor, (wide, high) in zip(chosen.tolist(), sizes.tolist(), strict=True)
        ]
        new = [row for row, key in enumerate(keys) if key not in self._known]
        if new or not keys:
            found = self._found(chosen[new], sizes[new], gaps, crowded=crowded)
            rows = zip(*found, strict=True)
            self._known |= dict(zip((keys[row] for row in new), rows, strict=True))
            if len(new) == len(keys):
                return found
        parts = zip(*(self._known[key] for key in keys), strict=True)
        return Candidates(*(np.stack(part) for part in parts))

    def _found(
        self, chosen: Ints, sizes: Floats, gaps: Sequence[float], *, crowded: bool
    ) -> Candidates:
        turn = 2 * math.pi * np.arange(ANGLES) / ANGLES - math.pi / 2
        angle, gap = (grid.ravel() for grid in np.meshgrid(turn, gaps))
        way = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        # The side or corner of the box that faces the actor touches its rim.
        lean = np.clip(1.6 * way, -1, 1)
        rim = self.centres[chosen, None] + way * (self.halves[chosen, None] + gap[None, :, None])
        middle = self._within(chosen, rim + lean * sizes[:, None] / 2, sizes[:, None])
        boxes = np.concatenate([middle - sizes[:, None] / 2, middle + sizes[:, None] / 2], axis=2)
        # Below reads best, then beside and above, and aslant only if it must be.
        liking = np.abs(np.sin(2 * angle)) + 0.3 * (1 + np.sin(angle))
        far = np.maximum(gap - NEAR, 0.0)
        away = GAP_PER_POINT * (gap - far) + FAR_GAP_PER_POINT * far
        costs = np.broadcast_to(away + liking, boxes.shape[:2]).copy()
        outside = _beyond(boxes, np.array(self.bounds))
        elsewhere = _beyond(boxes, self.rooms[chosen, None]) > 0
        hits = self._node_hits(boxes)
        costs += OFF_PAGE * outside + ELSEWHERE * elsewhere + self.weight * NODE * hits
        clear = ~elsewhere & (outside + hits == 0)
        if self.weight == 1.0:
            # Where names lie on marks anyhow, lines and whose mark is nearest weigh nothing.
            rows, places = np.nonzero(clear if crowded else np.ones_like(clear))
            cost, unclear = self._near_others(boxes[rows, places], chosen[rows])
            costs[rows, places] += cost
            clear[rows, places] &= ~unclear
        start = self.centres[chosen, None] + way * self.halves[chosen, None]
        leads = np.concatenate([start, np.clip(start, boxes[..., :2], boxes[..., 2:])], axis=2)
        # Without a leader line there is nothing that could cross a name.
        leads[:, gap < LEADER_FROM] = NOWHERE
        return Candidates(boxes, costs, np.broadcast_to(gap, boxes.shape[:2]), leads, clear)

    def _near_others(self, boxes: Floats, own: Ints) -> tuple[Floats, Flags]:
        """Return what it costs that others' marks and ties are near, and who is read as another."""
        away, other = self._nearest(boxes, own)
        # Nearer to another actor than to its own, a name is read as the other's.
        unclear = other < away + _CLEARLY
        cost = UNCLEAR * unclear + DOUBTFUL * np.clip(1 - (other - away) / _DOUBT, 0, 1)
        under = self._pieces.under(boxes)
        cost += EDGE * np.minimum(under, _FEW_TIES)
        cost += MORE_EDGES * np.maximum(under - _FEW_TIES, 0)
        return cost, unclear

    def _within(self, chosen: Ints, middle: Floats, sizes: Floats) -> Floats:
        """Slide names that reach a little beyond the page, or their own part of it, back there."""
        rooms = self.rooms[chosen, None]
        low = np.maximum(rooms[..., :2], self.bounds[:2]) + sizes / 2
        high = np.minimum(rooms[..., 2:], self.bounds[2:]) - sizes / 2
        moved = np.clip(middle, low, np.maximum(low, high))
        slid: Floats = np.where(np.abs(moved - middle) < sizes / 2, moved, middle)
        return slid

    def covered(self, boxes: Floats) -> Flags:
        """Tell which boxes cover an actor or an obstacle, or stand outside the page."""
        wide = boxes[:, None]
        hits = _beyond(wide, np.array(self.bounds))
        if self.weight == 1.0:
            hits += self._node_hits(wide)
        return (hits > 0)[:, 0]

    def more_candidates(self, chosen: Ints, ways: Floats) -> Candidates:
        """Return places farther off, and near ones for the other ways to set a label."""
        first = self.candidates(chosen, ways[:, 0], GAPS + FAR_GAPS)
        return _joined_up([first, *self._other_ways(chosen, ways, GAPS, crowded=False)])

    def ways_to_stand(self, chosen: Ints, ways: Floats, gaps: Sequence[float]) -> Candidates:
        """Return places in a crowd, for every way to set a label."""
        first = self.candidates(chosen, ways[:, 0], gaps, crowded=True)
        return _joined_up([first, *self._other_ways(chosen, ways, gaps, crowded=True)])

    def _other_ways(
        self, chosen: Ints, ways: Floats, gaps: Sequence[float], *, crowded: bool
    ) -> list[Candidates]:
        found = [
            self.candidates(chosen, ways[:, way], gaps, crowded=crowded)
            for way in range(1, ways.shape[1])
        ]
        return [one._replace(costs=one.costs + ANOTHER_WAY) for one in found]

    def doubtful(self, boxes: Floats, chosen: Ints) -> Flags:
        """Tell which names stand nearer to another's mark than to their own, where some do not."""
        if self.weight < 1.0:
            return np.zeros(len(boxes), dtype=bool)
        own, other = self._nearest(boxes, chosen)
        nearer: Flags = other < own
        return nearer

    def _node_hits(self, boxes: Floats) -> Floats:
        """Count the marks and obstacles that are under a box or as near as a point."""
        hits = np.zeros(boxes.shape[:-1])
        most = self.halves + 1.0
        # Row by row, with those in its neighbourhood only, keeps large maps quick.
        for row, around in enumerate(boxes):
            left, bottom = around[:, :2].min(axis=0)
            right, top = around[:, 2:].max(axis=0)
            near = np.flatnonzero(
                (self.centres[:, 0] + most[:, 0] > left)
                & (self.centres[:, 0] - most[:, 0] < right)
                & (self.centres[:, 1] + most[:, 1] > bottom)
                & (self.centres[:, 1] - most[:, 1] < top)
            )
            hits[row] = self._marks_met(around, near)
            if len(self.obstacles):
                hits[row] += overlap(around, self.obstacles).sum(axis=1)
        return hits

    def _marks_met(self, boxes: Floats, near: Ints) -> Floats:
        """Count the marks among some that are as near to each box as a point."""
        centres, powers = self.centres[near], self.powers[near]
        reach = self.halves[near] + 1.0
        box = boxes[:, :, None]
        away = np.abs(np.clip(centres.T, box[:, :2], box[:, 2:]) - centres.T)
        away /= reach.T
        across, upward = away[:, 0], away[:, 1]
        inside = across * across + upward * upward < 1
        angular = np.flatnonzero(powers > 2)  # noqa: PLR2004 - an ellipse
        # What is beyond the box of a mark is beyond the mark: powers are slow.
        met, mark = np.nonzero((across[:, angular] < 1) & (upward[:, angular] < 1))
        mark = angular[mark]
        power = powers[mark]
        inside[:, angular] = False
        inside[met, mark] = across[met, mark] ** power + upward[met, mark] ** power < 1
        found: Floats = inside.sum(axis=1).astype(float)
        return found

    def _nearest(self, boxes: Floats, own: Ints) -> tuple[Floats, Floats]:
        """Return how far boxes are from their own mark, and from the nearest of others.

        Of others, only so far as it matters: whether one is nearer, or nearly as near.
        """
        left, bottom, right, top = boxes.T
        # Letters are drawn a little narrower than the room that is kept for them.
        spare = _SPARE * (right - left)
        sides = np.stack([left + spare, bottom, right - spare, top])
        away, other = np.empty(len(boxes)), np.full(len(boxes), np.inf)
        for part in _parts(len(boxes), _TOGETHER // max(len(self.centres), 1)):
            mine = sides[:, part]
            away[part] = _to_rim(mine, self.rims[own[part]])
            other[part] = self._others(mine, own[part], away[part])
        return away, other

    def _others(self, sides: Floats, own: Ints, away: Floats) -> Floats:
        """Return how far boxes are from the nearest mark that is not their own."""
        (x, y), (wide, high) = self.centres.T, self.halves.T
        far = _off(sides[..., None], x, y, wide, high)
        far[np.arange(len(own)), own] = np.inf
        # Only those can be nearer, or nearly as near, whose own box is.
        box, mark = np.nonzero(far < away[:, None] + _DOUBT)
        other = np.full(len(own), np.inf)
        # A point of a rim that is nearer than the own mark says enough.
        np.minimum.at(other, box, _to_rim(sides[:, box], self.rims[mark, ::_SOME]))
        open_ = np.flatnonzero(other[box] >= away[box])
        box, mark = box[open_], mark[open_]
        np.minimum.at(other, box, _to_rim(sides[:, box], self.rims[mark]))
        return other


def _parts(count: int, most: int) -> Iterator[slice]:
    """Divide what is to be looked at into parts of a size."""
    size = max(most, 1)
    for start in range(0, count, size):
        yield slice(start, start + size)


def _off(sides: Floats, x: Floats, y: Floats, wide: Floats | float, high: Floats | float) -> Floats:
    """Return how far boxes are from others, given by their middles and half their sizes."""
    left, bottom, right, top = sides
    across = np.maximum(np.maximum(left - x, x - right) - wide, 0.0)
    upward = np.maximum(np.maximum(bottom - y, y - top) - high, 0.0)
    found: Floats = np.sqrt(across * across + upward * upward)
    return found


def _to_rim(sides: Floats, rims: Floats) -> Floats:
    """Return how far each box is from the nearest point of its rim."""
    found: Floats = _off(sides[..., None], rims[..., 0], rims[..., 1], 0.0, 0.0).min(
        axis=1, initial=np.inf
    )
    return found


def _joined_up(found: Sequence[Candidates]) -> Candidates:
    return Candidates(*(np.concatenate(parts, axis=1) for parts in zip(*found, strict=True)))


def _beyond(boxes: Floats, rooms: Floats) -> Floats:
    """Count the sides of a room that each box reaches beyond."""
    found: Floats = (boxes[..., :2] < rooms[..., :2]).sum(axis=-1, dtype=float)
    found += (boxes[..., 2:] > rooms[..., 2:]).sum(axis=-1)
    return found
