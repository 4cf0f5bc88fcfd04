"""Where names stand: beside their actor, on top of nothing.

Pure geometry in points (1/72 inch), y upwards; no figure is needed. Every actor gets
candidates all around its rim at growing distances; a candidate costs what it would cover.
The best-connected actors choose first, and then all of them choose again, a few times over; those
who still stand badly ask their neighbours to give way (`aktorkart.scene.standing`).
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene.joints import parted
from aktorkart.scene.standing import NOWHERE, Standing, clashes, crossings, overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ANGLES = 24
GAPS = (1.5, 5.0, 10.0, 17.0, 26.0)
# Only for names that would otherwise cover something: far away, with a leader line.
FAR_GAPS = (36.0, 50.0, 70.0, 95.0, 130.0, 170.0)

OFF_PAGE, NODE, EDGE = 1000.0, 300.0, 12.0
# In a part of the page where another actor would belong.
ELSEWHERE = 290.0
# A name that could be read as a neighbour's.
UNCLEAR = 150.0
# … and one that stands nearly as near to a neighbour, within so many points.
DOUBTFUL = 14.0
_CLEARLY, _DOUBT = 0.6, 5.0
# After the first few ties under a name another one matters less.
_FEW_TIES, MORE_EDGES = 2, 4.0
# More names without room than this, and than this share of all, are a crowd.
_FEW_BAD, _CROWDED = 4, 0.2
# What marks and ties weigh where names cannot but cover many: less than standing near one's own.
_TRIFLE = 0.002
# What a point of distance costs: near the mark, a step away as much as a covered tie; far off,
# never as much as a covered mark.
GAP_PER_POINT, FAR_GAP_PER_POINT, NEAR = 2.0, 0.5, 20.0
LEADER_FROM = 8.0
# To break a name into other lines than reads best.
ANOTHER_WAY = 6.0
LONGEST_WORD = 28
# More would be too many ways to break a name.
_MOST_PIECES = 14
# A line that ends within a word reads worse than one that is some letters too long.
_WITHIN_A_WORD = 4
_JOINER, _SOFT = "\u2060", "\u00ad"
# After a slash or a hyphen, with at least three letters on either side.
_BREAKS = re.compile(r"(?<=\w{3}[/-])(?=\w{3})")


@dataclass(frozen=True)
class Placement:
    """Where the labels ended up."""

    centres: Floats
    gaps: Floats
    leaders: tuple[tuple[int, tuple[float, float], tuple[float, float]], ...]
    covering: int
    doubtful: NDArray[np.bool_]  # which stand nearer to another's mark than to their own
    shapes: NDArray[np.intp]  # which of its sizes each label has


def wrap(name: str, *, near: int = 18, lines: int = 4) -> str:
    """Break a name into lines of about equal length."""
    words = _pieces(name, near)
    if len(words) > _MOST_PIECES:
        words = _pieces(name, LONGEST_WORD)
    if not words:
        return ""
    total = sum(len(word) + 1 for word in words) - 1
    least = max(1, min(math.ceil(total / near) - 1, len(words), lines))
    best = None
    # Too wide lines are worst, then more lines than needed; among equals the evenest wins.
    for number in range(least, min(least + 2, len(words), lines) + 1):
        for cuts in _cuts(len(words), number):
            rows = [
                _joined(words[start:stop])
                for start, stop in itertools.pairwise((0, *cuts, len(words)))
            ]
            widest = max(map(len, rows))
            within = sum(words[cut - 1].endswith(_SOFT) for cut in cuts)
            worst = max(0, widest - near) + _WITHIN_A_WORD * within
            cost = (worst, number, widest, sum(len(row) ** 2 for row in rows))
            if best is None or cost < best[0]:
                best = (cost, rows)
        if best is not None and best[0][0] == 0:
            break
    return "\n".join(best[1]) if best else name


def _cuts(words: int, lines: int) -> Sequence[tuple[int, ...]]:
    if words <= _MOST_PIECES:
        return list(itertools.combinations(range(1, words), lines - 1))
    # A name that long is a sentence: even cuts are good enough.
    return [tuple(round(words * line / lines) for line in range(1, lines))]


def _pieces(name: str, near: int) -> list[str]:
    """Split into words; a line may end after a slash or a hyphen, and within a long word."""
    pieces: list[str] = []
    for word in name.replace(_SOFT, "").replace(_JOINER, "").split():
        start = len(pieces)
        for part in _BREAKS.split(word):
            chunks = [
                piece
                for joined in (parted(part) if len(part) > near else (part,))
                for piece in _evenly(joined)
            ]
            pieces += [chunk + _SOFT for chunk in chunks[:-1]] + chunks[-1:]
        pieces[start + 1 :] = [_JOINER + piece for piece in pieces[start + 1 :]]
    return pieces


def _evenly(word: str) -> list[str]:
    """Break a word without end where no joint is known."""
    step = math.ceil(len(word) / math.ceil(len(word) / LONGEST_WORD))
    return [word[at : at + step] for at in range(0, len(word), step)]


def _joined(words: Sequence[str]) -> str:
    line = "".join(
        word if word.startswith(_JOINER) or not place else " " + word
        for place, word in enumerate(words)
    )
    line = line.replace(_JOINER, "")
    # A soft hyphen is seen only where the line ends.
    return line[:-1].replace(_SOFT, "") + line[-1:].replace(_SOFT, "-")


def place(  # noqa: PLR0913 - each is a different thing on the page
    centres: Floats,
    halves: Floats,
    sizes: Floats,
    *,
    bounds: tuple[float, float, float, float],
    segments: Floats | None = None,
    owners: NDArray[np.intp] | None = None,
    importance: Floats | None = None,
    obstacles: Floats | None = None,
    labelled: NDArray[np.intp] | None = None,
    powers: Floats | None = None,
    rooms: Floats | None = None,
    over_marks: bool = False,
) -> Placement:
    """Find a place for every label; sizes (n, k, 2) are ways to set it, the best one first."""
    chosen = np.arange(len(centres)) if labelled is None else labelled
    if len(chosen) == 0:
        return Placement(
            np.empty((0, 2)), np.empty(0), (), 0, np.empty(0, dtype=bool), np.empty(0, dtype=int)
        )
    if segments is None or owners is None:
        segments, owners = np.empty((0, 4)), np.empty(0, dtype=np.intp)
    ground = _Ground(
        centres,
        halves,
        bounds,
        segments,
        owners,
        np.empty((0, 4)) if obstacles is None else obstacles,
        np.full(len(centres), 2.0) if powers is None else powers,
        np.tile(bounds, (len(centres), 1)) if rooms is None else rooms,
        _TRIFLE if over_marks else 1.0,
    )
    ways = sizes if sizes.ndim > 2 else sizes[:, None]  # noqa: PLR2004 - one way for each
    boxes, costs, gaps, leads = ground.candidates(chosen, ways[:, 0], GAPS)
    rank = np.zeros(len(chosen)) if importance is None else importance[chosen]
    order = np.lexsort((chosen, -rank))
    standing = Standing(boxes, costs, gaps, leads)
    standing.sweep(order)
    bad = ground.covered(standing.taken) | clashes(standing.taken)
    # Where so many have no room, moving some does not help: letters or names must be fewer.
    crowded = int(bad.sum()) > max(_FEW_BAD, _CROWDED * len(chosen))
    if not crowded:
        standing.give_way(order)
        bad = ground.covered(standing.taken) | clashes(standing.taken)
    shapes = np.zeros(len(chosen), dtype=np.intp)
    wrong = np.flatnonzero(bad | ground.doubtful(standing.taken, chosen))
    if len(wrong):
        standing.farther(wrong, ground.more_candidates(chosen[wrong], ways[wrong]))
        if not crowded:
            standing.give_way(wrong)
        first, each = ANGLES * len(GAPS + FAR_GAPS), ANGLES * len(GAPS)
        shapes[wrong] = np.maximum(0, (standing.picked[wrong] - first) // each + 1)
    result, distance = standing.taken, standing.distances()
    middle = np.stack(
        [(result[:, 0] + result[:, 2]) / 2, (result[:, 1] + result[:, 3]) / 2], axis=1
    )
    covering = int((ground.covered(result) | clashes(result)).sum())
    doubtful = ground.doubtful(result, chosen)
    leaders = tuple(
        (int(chosen[i]), *_leader(centres[chosen[i]], halves[chosen[i]], result[i]))
        for i in range(len(chosen))
        if distance[i] >= LEADER_FROM
    )
    return Placement(middle, distance, leaders, covering, doubtful, shapes)


class _Ground:
    """What must not be covered."""

    def __init__(  # noqa: PLR0913, PLR0917 - see place
        self,
        centres: Floats,
        halves: Floats,
        bounds: tuple[float, float, float, float],
        segments: Floats,
        owners: NDArray[np.intp],
        obstacles: Floats,
        powers: Floats,
        rooms: Floats,
        weight: float,
    ) -> None:
        self.centres, self.halves, self.bounds = centres, halves, bounds
        self.powers, self.rooms, self.weight = powers, rooms, weight
        self.segments, self.owners, self.obstacles = segments, owners, obstacles

    def candidates(
        self, chosen: NDArray[np.intp], sizes: Floats, gaps: Sequence[float]
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Return boxes (n, k, 4), their costs (n, k), gaps (n, k) and leaders (n, k, 4)."""
        turn = 2 * math.pi * np.arange(ANGLES) / ANGLES - math.pi / 2
        angle, gap = (grid.ravel() for grid in np.meshgrid(turn, gaps))
        way = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        # The side or corner of the box that faces the actor touches its rim.
        lean = np.clip(1.6 * way, -1, 1)
        rim = self.centres[chosen, None] + way * (self.halves[chosen, None] + gap[None, :, None])
        middle = rim + lean * sizes[:, None] / 2
        boxes = np.concatenate([middle - sizes[:, None] / 2, middle + sizes[:, None] / 2], axis=2)
        # Below reads best, then beside and above, and aslant only if it must be.
        liking = np.abs(np.sin(2 * angle)) + 0.3 * (1 + np.sin(angle))
        far = np.maximum(gap - NEAR, 0.0)
        away = GAP_PER_POINT * (gap - far) + FAR_GAP_PER_POINT * far
        costs = np.broadcast_to(away + liking, boxes.shape[:2]).copy()
        costs += OFF_PAGE * _beyond(boxes, np.array(self.bounds))
        costs += ELSEWHERE * (_beyond(boxes, self.rooms[chosen, None]) > 0)
        costs += self.weight * NODE * self._node_hits(boxes, 1.0)
        for row, actor in enumerate(chosen.tolist()):
            own, other = self._nearest(boxes[row], actor)
            # Nearer to another actor than to its own, a name is read as the other's.
            costs[row] += self.weight * UNCLEAR * (other < own + _CLEARLY)
            costs[row] += self.weight * DOUBTFUL * np.clip(1 - (other - own) / _DOUBT, 0, 1)
            under = self._ties_under(boxes[row])
            costs[row] += self.weight * EDGE * np.minimum(under, _FEW_TIES)
            costs[row] += self.weight * MORE_EDGES * np.maximum(under - _FEW_TIES, 0)
        start = self.centres[chosen, None] + way * self.halves[chosen, None]
        leads = np.concatenate([start, np.clip(start, boxes[..., :2], boxes[..., 2:])], axis=2)
        # Without a leader line there is nothing that could cross a name.
        leads[:, gap < LEADER_FROM] = NOWHERE
        return boxes, costs, np.broadcast_to(gap, boxes.shape[:2]), leads

    def covered(self, boxes: Floats) -> NDArray[np.bool_]:
        """Tell which boxes cover an actor or an obstacle, or stand outside the page."""
        wide = boxes[:, None]
        hits = _beyond(wide, np.array(self.bounds))
        if self.weight == 1.0:
            hits += self._node_hits(wide, 1.0)
        return (hits > 0)[:, 0]

    def more_candidates(self, chosen: NDArray[np.intp], ways: Floats) -> tuple[Floats, ...]:
        """Return places farther off, and near ones for the other ways to set a label."""
        found = [self.candidates(chosen, ways[:, 0], GAPS + FAR_GAPS)]
        for way in range(1, ways.shape[1]):
            boxes, costs, *rest = self.candidates(chosen, ways[:, way], GAPS)
            found.append((boxes, costs + ANOTHER_WAY, *rest))  # type: ignore[arg-type]
        return tuple(np.concatenate(parts, axis=1) for parts in zip(*found, strict=True))

    def doubtful(self, boxes: Floats, chosen: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Tell which names stand nearer to another's mark than to their own."""
        away = [
            self._nearest(box[None], own) for box, own in zip(boxes, chosen.tolist(), strict=True)
        ]
        return np.array([bool(other[0] < own[0]) for own, other in away], dtype=bool)

    def _node_hits(self, boxes: Floats, margin: float | Floats) -> Floats:
        """Count the marks and obstacles that are under a box or as near as the margin."""
        hits = np.zeros(boxes.shape[:-1])
        margins = np.broadcast_to(margin, hits.shape[-1:])
        most = self.halves + margins.max()
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
            hits[row] = self._marks_met(around, margins, near)
            if len(self.obstacles):
                hits[row] += overlap(around, self.obstacles).sum(axis=1)
        return hits

    def _nearest(self, boxes: Floats, own: int) -> tuple[Floats, Floats]:
        """Return how far boxes are from their own mark, and from the nearest of others."""
        reach = _DOUBT + GAPS[-1]
        left, bottom = boxes[:, :2].min(axis=0) - reach
        right, top = boxes[:, 2:].max(axis=0) + reach
        around = self.centres, self.halves
        met = (around[0] + around[1] > (left, bottom)) & (around[0] - around[1] < (right, top))
        near: NDArray[np.bool_] = met[:, 0] & met[:, 1]
        near[own] = False
        those = np.r_[own, np.flatnonzero(near)]
        centres, halves = self.centres[those], self.halves[those]
        box = boxes[:, None]
        off = np.abs(np.clip(centres, box[..., :2], box[..., 2:]) - centres)
        square = np.hypot(*np.maximum(off - halves, 0.0).transpose(2, 0, 1))
        # Towards a round mark it is farther than towards its box.
        far = np.hypot(*off.transpose(2, 0, 1))
        share = np.hypot(*(off / halves).transpose(2, 0, 1))
        ring = far - far / np.maximum(share, 1e-9)
        away = np.where(self.powers[those] > 2, square, np.maximum(ring, 0.0))  # noqa: PLR2004 - an ellipse
        return away[:, 0], away[:, 1:].min(axis=1, initial=np.inf)

    def _marks_met(self, boxes: Floats, margins: Floats, near: NDArray[np.intp]) -> Floats:
        """Count the marks among some that are as near to each box as its margin."""
        centres, powers = self.centres[near], self.powers[near]
        reach = self.halves[near] + margins[:, None, None]
        box = boxes[:, :, None]
        away = np.abs(np.clip(centres.T, box[:, :2], box[:, 2:]) - centres.T)
        away /= reach.transpose(0, 2, 1)
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

    def _ties_under(self, boxes: Floats) -> Floats:
        """Count the ties that run under each box."""
        around = np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])
        near = np.flatnonzero(crossings(around[None], self.segments)[0])
        if len(near) == 0:
            return np.zeros(len(boxes))
        hits = crossings(boxes, self.segments[near])
        owners = self.owners[near]
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        if len(starts) < len(owners):
            # A tie counts once, however many of its pieces are under the box.
            hits = np.logical_or.reduceat(hits, starts, axis=1)
        under: Floats = hits.sum(axis=1).astype(float)
        return under


def apart(
    wanted: Sequence[float], sizes: Sequence[float], *, low: float, high: float
) -> list[float]:
    """Move things along a line as little as needed for them not to overlap."""
    if not sizes:
        return []
    # Without the room that those before it take, each may not stand before another one.
    before = [sum(sizes[:place]) + sizes[place] / 2 for place in range(len(sizes))]
    pools: list[tuple[float, int]] = []
    for place, offset in zip(wanted, before, strict=True):
        mean, count = place - offset, 1
        while pools and pools[-1][0] >= mean:
            other, others = pools.pop()
            mean = (mean * count + other * others) / (count + others)
            count += others
        pools.append((mean, count))
    most = max(low, high - sum(sizes))
    levels = [min(max(mean, low), most) for mean, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, before, strict=True)]


def _beyond(boxes: Floats, rooms: Floats) -> Floats:
    """Count the sides of a room that each box reaches beyond."""
    found: Floats = (boxes[..., :2] < rooms[..., :2]).sum(axis=-1, dtype=float)
    found += (boxes[..., 2:] > rooms[..., 2:]).sum(axis=-1)
    return found


def _leader(
    centre: Floats, half: Floats, box: Floats
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Draw a line from the rim of the mark to the nearest point of the label's box."""
    end = np.clip(centre, box[:2], box[2:])
    way = end - centre
    length = math.hypot(*way)
    rim = centre + way / max(length, 1e-9) * math.hypot(*(half * way / max(length, 1e-9)))
    return (float(rim[0]), float(rim[1])), (float(end[0]), float(end[1]))
