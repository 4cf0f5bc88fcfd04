"""Names choose among their places, given where the others stand, and give way to each other.

Pure geometry: a box is left, bottom, right, top, in points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SWEEPS = 4
# Rounds in which neighbours give way, places that are tried (and in turn by those who give way),
# neighbours that may have to move, what it must be worth, and what is good enough.
_ROUNDS, _TRIES, _DEEPER, _MOST_ASKED, _WORTH_IT, _CONTENT = 3, 12, (4,), 2, 0.5, 12.0
# Who stands by another's mark, or on something, tries more.
_BADLY, _MORE_TRIES = 120.0, (40, 4)
# Among more names than this they give way once only, and nobody in turn: it takes long.
_MANY, _FEW_TRIES = 100, (12,)

# So many of a name's places are asked first, of which the best tells what others are worth asking.
_SOME = 16

# A name across a name, and a leader line across a name.
LABEL, LEADER = 400.0, 60.0
# Air between names in points: two right above each other would be read as one.
_ASIDE, _ABOVE = 1.2, 2.2
NOWHERE = -1e9
"""Where a leader line is that is not drawn."""


class Standing:
    """Where the names stand now, and what each of its places would cost each of them."""

    def __init__(self, boxes: Floats, costs: Floats, gaps: Floats, leads: Floats) -> None:
        self.boxes, self.costs, self.gaps, self.leads = map(list, (boxes, costs, gaps, leads))
        self.picked: NDArray[np.intp] = np.argmin(costs, axis=1)
        rows = np.arange(len(boxes))
        self.taken, self.lines = boxes[rows, self.picked], leads[rows, self.picked]
        self.reach = np.array([_around(one, led) for one, led in zip(boxes, leads, strict=True)])

    def distances(self) -> Floats:
        """Return how far each name is from its mark, in points."""
        return np.array([gaps[at] for gaps, at in zip(self.gaps, self.picked, strict=True)])

    def farther(self, those: NDArray[np.intp], found: tuple[Floats, ...]) -> None:
        """Give some names places that are farther away, and the best of all of these."""
        for row, label in enumerate(those.tolist()):
            mine = (self.boxes, self.costs, self.gaps, self.leads)
            for own, new in zip(mine, found, strict=True):
                own[label] = new[row]
            self.reach[label] = _around(self.boxes[label], self.leads[label])
            self.put(label, self.cheapest(label, self.others(label))[0])

    def others(self, label: int) -> NDArray[np.bool_]:
        """Return those who could ever be in the way of a name."""
        mine = self.reach[label]
        met = (self.reach[:, :2] < mine[2:]) & (self.reach[:, 2:] > mine[:2])
        found: NDArray[np.bool_] = met[:, 0] & met[:, 1]
        found[label] = False
        return found

    def sweep(self, order: NDArray[np.intp]) -> None:
        """Let each name take its cheapest place, given where the others stand."""
        placed = np.zeros(len(self.boxes), dtype=bool)
        for number in range(1 + SWEEPS):
            moved = False
            for label in order.tolist():
                # In the first round only those who have chosen already are in the way.
                standing = self.others(label)
                standing = standing & placed if number == 0 else standing
                best, _ = self.cheapest(label, standing)
                moved |= best != self.picked[label]
                placed[label] = True
                self.put(label, best)
            if number and not moved:
                break

    def put(self, label: int, place: int) -> None:
        """Move a name."""
        self.picked[label] = place
        self.taken[label], self.lines[label] = self.boxes[label][place], self.leads[label][place]

    def cost(
        self, label: int, standing: NDArray[np.bool_], places: NDArray[np.intp] | None = None
    ) -> Floats:
        """Return what each place, or each of some, costs a name, given those who stand already."""
        boxes, leads = self.boxes[label], self.leads[label]
        cost: Floats = self.costs[label]
        if places is not None:
            boxes, leads, cost = boxes[places], leads[places], cost[places]
        others = self.taken[standing]
        cost = cost + LABEL * overlap(boxes, others).sum(axis=1)
        led = leads[:, 0] > NOWHERE
        if len(others) and led.any():
            cost[led] += LEADER * crossings(others, leads[led]).sum(axis=0)
        between = self.lines[standing]
        between = between[between[:, 0] > NOWHERE]
        if len(between):
            cost += LEADER * crossings(boxes, between).sum(axis=1)
        return cost

    def cheapest(self, label: int, standing: NDArray[np.bool_]) -> tuple[int, float]:
        """Return a name's cheapest place and what it costs, given those who stand already."""
        own = self.costs[label]
        some = np.argpartition(own, min(_SOME, len(own) - 1))[:_SOME]
        # Nobody makes a place cheaper: those that are dearer than the best of some are not asked.
        places = np.flatnonzero(own <= self.cost(label, standing, some).min())
        costs = self.cost(label, standing, places)
        best = int(np.argmin(costs))
        return int(places[best]), float(costs[best])

    def give_way(self, order: NDArray[np.intp]) -> None:
        """Let neighbours move for those who stand badly, where that costs less altogether."""
        for _ in range(_ROUNDS if len(self.boxes) <= _MANY else 1):
            moved = False
            for label in order.tolist():
                moved |= self._asks(label)
            if not moved:
                break

    def _asks(self, label: int) -> bool:
        """Try the places that would suit a name best, if a few others were not there."""
        now = self._now(label)
        if now < _CONTENT:
            return False
        tries: Sequence[int] = _MORE_TRIES if now >= _BADLY else (_TRIES, *_DEEPER)
        tries = tries if len(self.boxes) <= _MANY else _FEW_TRIES
        return self._better(label, now, frozenset({label}), tries) > _WORTH_IT

    def _better(self, label: int, now: float, asked: frozenset[int], tries: Sequence[int]) -> float:
        """Move a name and those in its way to the first place that gains something; return it."""
        own = self.costs[label]
        wanted = np.flatnonzero(own < now - _WORTH_IT)
        wanted = wanted[np.argsort(own[wanted], kind="stable")][: tries[0]]
        full = self.cost(label, self.others(label), wanted)
        before = self.picked.copy()
        for place, cost in zip(wanted.tolist(), full.tolist(), strict=True):
            met = self._met(label, place)
            gain: float = now - (cost - LABEL * len(met))
            if len(met) > _MOST_ASKED or asked & set(met) or gain <= _WORTH_IT:
                continue
            self.put(label, place)
            for other in met:
                gain -= self._gives_way(other, asked | set(met), gain, tries[1:])
                if gain <= _WORTH_IT:
                    break
            else:
                return gain
            for other in np.flatnonzero(self.picked != before).tolist():
                self.put(other, int(before[other]))
        return 0.0

    def _gives_way(
        self, label: int, asked: frozenset[int], most: float, tries: Sequence[int]
    ) -> float:
        """Move a name out of the way, and return what that costs it."""
        was = self._now(label) - LABEL
        best, least = self.cheapest(label, self.others(label))
        self.put(label, best)
        if tries and least - was >= most:
            # Not alone: somebody else moves in turn.
            least -= self._better(label, least, asked, tries)
        return least - was

    def _now(self, label: int) -> float:
        """Return what a name's place costs it now."""
        return float(self.cost(label, self.others(label), self.picked[[label]])[0])

    def _met(self, label: int, place: int) -> list[int]:
        met = overlap(self.boxes[label][place][None], self.taken)[0]
        met[label] = False
        found: list[int] = np.flatnonzero(met).tolist()
        return found


def _around(boxes: Floats, leads: Floats) -> Floats:
    """Return the box around all places of a name, and the air that it needs."""
    led = leads[leads[:, 0] > NOWHERE]
    ends = np.concatenate([boxes[:, :2], boxes[:, 2:], led[:, :2], led[:, 2:]])
    return np.concatenate([ends.min(axis=0) - _ABOVE, ends.max(axis=0) + _ABOVE])


def crossings(boxes: Floats, segments: Floats) -> NDArray[np.bool_]:
    """Tell which straight pieces run through which boxes."""
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    reach = (boxes[:, 2:] - boxes[:, :2]) / 2
    centre = (segments[:, :2] + segments[:, 2:]) / 2
    way = (segments[:, 2:] - segments[:, :2]) / 2
    wide, high = np.abs(way).T
    # A box and a piece are apart where a line along x, along y or along the piece parts them.
    found: NDArray[np.bool_] = _near(middle[:, 0], reach[:, 0], centre[:, 0], wide)
    found &= _near(middle[:, 1], reach[:, 1], centre[:, 1], high)
    box, piece = np.nonzero(found)
    x, y = (centre[piece] - middle[box]).T
    off = np.abs(x * way[piece, 1] - y * way[piece, 0])
    found[box, piece] = off <= reach[box, 0] * high[piece] + reach[box, 1] * wide[piece]
    return found


def _near(middles: Floats, reach: Floats, centres: Floats, half: Floats) -> NDArray[np.bool_]:
    """Tell which stretches of one axis meet: every first one with every other one."""
    low, high = centres - half, centres + half
    return ((middles - reach)[:, None] <= high) & ((middles + reach)[:, None] >= low)


def overlap(boxes: Floats, others: Floats) -> NDArray[np.bool_]:
    """Tell which boxes cover which others, or stand too near to be told apart."""
    one, two = boxes[:, None], others[None]
    found: NDArray[np.bool_] = (
        (one[..., 0] < two[..., 2] + _ASIDE)
        & (one[..., 2] > two[..., 0] - _ASIDE)
        & (one[..., 1] < two[..., 3] + _ABOVE)
        & (one[..., 3] > two[..., 1] - _ABOVE)
    )
    return found


def clashes(boxes: Floats) -> NDArray[np.bool_]:
    """Tell which boxes cover another one."""
    met = overlap(boxes, boxes)
    np.fill_diagonal(met, val=False)
    return np.asarray(met.any(axis=1))
