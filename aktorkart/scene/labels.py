"""Where names stand: beside their actor, on top of nothing.

Pure geometry in points (1/72 inch), y upwards; no figure is needed. Every actor gets
candidates all around its rim at growing distances; a candidate costs what it would cover.
The best-connected actors choose first, and then all of them choose again, a few times over; those
who still stand badly ask their neighbours to give way (`aktorkart.scene.standing`). On a crowded
page names stand right at their own marks or not at all (`aktorkart.scene.crowd`): where one has no
room, a number may stand for it.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aktorkart.scene import marks
from aktorkart.scene.crowd import LEFT_OUT, Crowd
from aktorkart.scene.joints import parted
from aktorkart.scene.standing import NOWHERE, Standing, clashes, crossings, overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

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
    # Which of its sizes each label has; in a crowd also that of a number, or that it is left out.
    shapes: NDArray[np.intp]


class Candidates(NamedTuple):
    """Places for names: (n, k, …) each."""

    boxes: Floats
    costs: Floats
    gaps: Floats
    leads: Floats
    clear: Flags  # those where a name covers nothing but ties, and nobody doubts whose it is


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
    rims: Floats | None = None,
    rooms: Floats | None = None,
    over_marks: bool = False,
    number: tuple[float, float] | None = None,
    hurried: bool = False,
) -> Placement:
    """Find a place for every label; sizes (n, k, 2) are ways to set it, the best one first.

    Where the size of a number is given, the page is taken for crowded. In a hurry, places farther
    off are not looked for on a crowded page: smaller letters are tried next.
    """
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
        centres[:, None] + halves[:, None] * marks.RIMS["first"] if rims is None else rims,
        np.tile(bounds, (len(centres), 1)) if rooms is None else rooms,
        _TRIFLE if over_marks else 1.0,
        crowded=number is not None,
    )
    ways = sizes if sizes.ndim > 2 else sizes[:, None]  # noqa: PLR2004 - one way for each
    rank = np.zeros(len(chosen)) if importance is None else importance[chosen]
    order = np.lexsort((chosen, -rank))
    if number is not None:
        return _crowded(ground, chosen, ways, order, np.array(number))
    standing = Standing(*ground.candidates(chosen, ways[:, 0], GAPS)[:4])
    standing.sweep(order)
    bad = ground.covered(standing.taken) | clashes(standing.taken)
    # Where so many have no room, moving some does not help: letters or names must be fewer.
    crowded = int(bad.sum()) > max(_FEW_BAD, _CROWDED * len(chosen))
    if not crowded:
        standing.give_way(order)
        bad = ground.covered(standing.taken) | clashes(standing.taken)
    shapes = np.zeros(len(chosen), dtype=np.intp)
    wrong = np.flatnonzero(bad | ground.doubtful(standing.taken, chosen))
    if len(wrong) and not (crowded and hurried):
        standing.farther(wrong, ground.more_candidates(chosen[wrong], ways[wrong])[:4])
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


def _crowded(
    ground: _Ground,
    chosen: NDArray[np.intp],
    ways: Floats,
    order: NDArray[np.intp],
    number: Floats,
) -> Placement:
    """Put as many names as can stand at their own marks, and numbers at those of the others."""
    names = ground.ways_to_stand(chosen, ways, NEAR_GAPS)
    crowd = Crowd(names.boxes, names.costs, names.clear)
    crowd.seat(order)
    waiting = np.flatnonzero(crowd.picked == LEFT_OUT)
    short = ground.candidates(chosen[waiting], np.tile(number, (len(waiting), 1)), NEAR_GAPS)
    for row, label in enumerate(waiting.tolist()):
        crowd.offer(label, short.boxes[row], short.costs[row], short.clear[row])
    crowd.seat(order)
    picked = crowd.chosen()
    shapes = picked // (ANGLES * len(NEAR_GAPS))
    shapes[waiting] = np.where(picked[waiting] == LEFT_OUT, LEFT_OUT, ways.shape[1])
    gaps = names.gaps[np.arange(len(chosen)), picked]
    gaps[waiting] = short.gaps[np.arange(len(waiting)), picked[waiting]]
    here = (crowd.taken[:, :2] + crowd.taken[:, 2:]) / 2
    return Placement(
        np.where((shapes == LEFT_OUT)[:, None], ground.centres[chosen], here),
        gaps,
        (),
        0,
        np.zeros(len(chosen), dtype=bool),
        shapes,
    )


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
        rims: Floats,
        rooms: Floats,
        weight: float,
        *,
        crowded: bool,
    ) -> None:
        self.centres, self.halves, self.bounds = centres, halves, bounds
        self.powers, self.rims, self.rooms, self.weight = powers, rims, rooms, weight
        self.segments, self.owners, self.obstacles = segments, owners, obstacles
        self.crowded = crowded

    def candidates(
        self, chosen: NDArray[np.intp], sizes: Floats, gaps: Sequence[float]
    ) -> Candidates:
        """Return the places all around some marks."""
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
        hits = self._node_hits(boxes, 1.0)
        costs += OFF_PAGE * outside + ELSEWHERE * elsewhere + self.weight * NODE * hits
        clear = ~elsewhere & (outside + hits == 0)
        for row, actor in enumerate(chosen.tolist()):
            # In a crowd nobody asks what the other places would cost.
            asked = np.flatnonzero(clear[row]) if self.crowded else slice(None)
            mine = boxes[row, asked]
            own, other = self._nearest(mine, actor)
            # Nearer to another actor than to its own, a name is read as the other's.
            unclear = other < own + _CLEARLY
            clear[row, asked] &= ~unclear
            cost = UNCLEAR * unclear + DOUBTFUL * np.clip(1 - (other - own) / _DOUBT, 0, 1)
            under = self._ties_under(mine)
            cost += EDGE * np.minimum(under, _FEW_TIES)
            cost += MORE_EDGES * np.maximum(under - _FEW_TIES, 0)
            costs[row, asked] += self.weight * cost
        start = self.centres[chosen, None] + way * self.halves[chosen, None]
        leads = np.concatenate([start, np.clip(start, boxes[..., :2], boxes[..., 2:])], axis=2)
        # Without a leader line there is nothing that could cross a name.
        leads[:, gap < LEADER_FROM] = NOWHERE
        return Candidates(boxes, costs, np.broadcast_to(gap, boxes.shape[:2]), leads, clear)

    def _within(self, chosen: NDArray[np.intp], middle: Floats, sizes: Floats) -> Floats:
        """Slide names that reach a little beyond the page, or their own part of it, back there."""
        rooms = self.rooms[chosen, None]
        low = np.maximum(rooms[..., :2], self.bounds[:2]) + sizes / 2
        high = np.minimum(rooms[..., 2:], self.bounds[2:]) - sizes / 2
        moved = np.clip(middle, low, np.maximum(low, high))
        slid: Floats = np.where(np.abs(moved - middle) < sizes / 2, moved, middle)
        return slid

    def covered(self, boxes: Floats) -> NDArray[np.bool_]:
        """Tell which boxes cover an actor or an obstacle, or stand outside the page."""
        wide = boxes[:, None]
        hits = _beyond(wide, np.array(self.bounds))
        if self.weight == 1.0:
            hits += self._node_hits(wide, 1.0)
        return (hits > 0)[:, 0]

    def more_candidates(self, chosen: NDArray[np.intp], ways: Floats) -> Candidates:
        """Return places farther off, and near ones for the other ways to set a label."""
        first = self.candidates(chosen, ways[:, 0], GAPS + FAR_GAPS)
        return _joined_up([first, *self._other_ways(chosen, ways, GAPS)])

    def ways_to_stand(
        self, chosen: NDArray[np.intp], ways: Floats, gaps: Sequence[float]
    ) -> Candidates:
        """Return places for every way to set a label."""
        first = self.candidates(chosen, ways[:, 0], gaps)
        return _joined_up([first, *self._other_ways(chosen, ways, gaps)])

    def _other_ways(
        self, chosen: NDArray[np.intp], ways: Floats, gaps: Sequence[float]
    ) -> list[Candidates]:
        found = [self.candidates(chosen, ways[:, way], gaps) for way in range(1, ways.shape[1])]
        return [one._replace(costs=one.costs + ANOTHER_WAY) for one in found]

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
        left, bottom, right, top = boxes.T
        # Letters are drawn a little narrower than the room that is kept for them.
        spare = _SPARE * (right - left)
        sides = left + spare, bottom, right - spare, top
        away = _to_rim(sides, self.rims[own, :, 0], self.rims[own, :, 1])
        # Only those can be nearer, or nearly as near, whose own box is.
        x, y = self.centres.T
        wide, high = self.halves.T
        reach = float(away.max(initial=0.0)) + _DOUBT
        near = (x + wide > left.min(initial=np.inf) - reach) & (
            x - wide < right.max(initial=-np.inf) + reach
        )
        near &= (y + high > bottom.min(initial=np.inf) - reach) & (
            y - high < top.max(initial=-np.inf) + reach
        )
        near[own] = False
        those = np.flatnonzero(near)
        bound = tuple(side[:, None] for side in sides)
        far = _off(bound, x[those], y[those], wide[those], high[those])
        box, mark = np.nonzero(far < away[:, None] + _DOUBT)
        other = np.full(len(boxes), np.inf)
        rims = self.rims[those[mark]]
        found = _to_rim(tuple(side[box] for side in sides), rims[..., 0], rims[..., 1])
        np.minimum.at(other, box, found)
        return away, other

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
        if len(boxes) == 0:
            return np.zeros(0)
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


def _off(
    sides: Sequence[Floats], x: Floats, y: Floats, wide: Floats | float, high: Floats | float
) -> Floats:
    """Return how far boxes are from others, given by their middles and half their sizes."""
    left, bottom, right, top = sides
    across = np.maximum(np.maximum(left - x, x - right) - wide, 0.0)
    upward = np.maximum(np.maximum(bottom - y, y - top) - high, 0.0)
    found: Floats = np.sqrt(across * across + upward * upward)
    return found


def _to_rim(sides: Sequence[Floats], x: Floats, y: Floats) -> Floats:
    """Return how far each box is from the nearest point of a rim."""
    found: Floats = _off([side[:, None] for side in sides], x, y, 0.0, 0.0).min(
        axis=1, initial=np.inf
    )
    return found


def _joined_up(found: Sequence[Candidates]) -> Candidates:
    return Candidates(*(np.concatenate(parts, axis=1) for parts in zip(*found, strict=True)))


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
