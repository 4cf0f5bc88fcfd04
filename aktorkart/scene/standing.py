"""Names choose among their places, given where the others stand, and give way to each other.

Pure geometry: a box is left, bottom, right, top, in points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

SWEEPS = 4
# Rounds in which neighbours give way, places that are tried (and in turn by those who give way),
# neighbours that may have to move, what it must be worth, and what is good enough.
_ROUNDS, _TRIES, _DEEPER, _MOST_ASKED, _WORTH_IT, _CONTENT = 3, 12, (4,), 2, 0.5, 12.0
# Who stands by another's mark, or on something, tries more.
_BADLY, _MORE_TRIES = 120.0, (40, 4)
# Among more names than this they give way once only, and nobody in turn: it takes long.
_MANY, _FEW_TRIES = 100, (12,)

# A name across a name, and a leader line across a name.
LABEL, LEADER = 400.0, 60.0
# Air between names in points: two right above each other would be read as one.
AIR, NO_AIR = np.array([1.2, 2.2]), np.zeros(2)
# Four flags of a byte each.
_ALL_FOUR = 0x01010101
NOWHERE = -1e9
"""Where a leader line is that is not drawn."""


class Standing:
    """Where the names stand now, and what each of its places would cost each of them.

    The places of all names stand in one row, name by name. What those who stand make each of them
    dearer is kept up to date: somebody moves far more seldom than somebody asks.
    """

    def __init__(self, boxes: Floats, costs: Floats, gaps: Floats, leads: Floats) -> None:
        self.boxes, self.costs, self.gaps, self.leads = map(list, (boxes, costs, gaps, leads))
        self.picked: NDArray[np.intp] = np.argmin(costs, axis=1)
        rows = np.arange(len(boxes))
        self.taken = boxes[rows, self.picked]
        self._stands = np.zeros(len(boxes), dtype=bool)
        self._lay_out()

    def _lay_out(self) -> None:
        """Put all places in a row, and forget what was known of them."""
        self._all_boxes, self._all_leads = np.concatenate(self.boxes), np.concatenate(self.leads)
        # Most places are so near their marks that no line leads to them.
        self._led = np.flatnonzero(self._all_leads[:, 0] > NOWHERE)
        self._sides = sides_of(self._all_boxes)
        self._led_sides = sides_of(_box(self._all_leads[self._led]))
        sizes = np.array([len(one) for one in self.costs])
        ends = np.cumsum(sizes)
        self._starts = ends - sizes
        self._rows = [slice(start, stop) for start, stop in zip(self._starts, ends, strict=True)]
        self._known: dict[tuple[int, int], tuple[NDArray[np.intp], NDArray[np.int64]]] = {}
        self._dearer = np.zeros(int(sizes.sum()), dtype=np.int64)
        for label in np.flatnonzero(self._stands).tolist():
            self._count(label, 1)

    def distances(self) -> Floats:
        """Return how far each name is from its mark, in points."""
        return np.array([gaps[at] for gaps, at in zip(self.gaps, self.picked, strict=True)])

    def farther(self, those: NDArray[np.intp], found: tuple[Floats, ...]) -> None:
        """Give some names places that are farther away, after those they had, and the best."""
        for row, label in enumerate(those.tolist()):
            mine = (self.boxes, self.costs, self.gaps, self.leads)
            for own, new in zip(mine, found, strict=True):
                own[label] = new[row]
        self._lay_out()
        for label in those.tolist():
            self.put(label, self.cheapest(label)[0])

    def sweep(self, order: NDArray[np.intp]) -> None:
        """Let each name take its cheapest place, given where the others stand."""
        for number in range(1 + SWEEPS):
            moved = False
            for label in order.tolist():
                # In the first round only those who have chosen already are in the way.
                best, _ = self.cheapest(label)
                moved |= best != self.picked[label]
                self.put(label, best)
            if number and not moved:
                break

    def put(self, label: int, place: int) -> None:
        """Move a name."""
        if self._stands[label]:
            if place == self.picked[label]:
                return
            self._count(label, -1)
        self.picked[label], self._stands[label] = place, True
        self.taken[label] = self.boxes[label][place]
        self._count(label, 1)

    def _count(self, label: int, sign: int) -> None:
        """Add what a name makes the places of others dearer where it stands, or take it away."""
        place = int(self.picked[label])
        if (label, place) not in self._known:
            self._known[label, place] = self._in_the_way(label, place)
        rows, dearer = self._known[label, place]
        self._dearer[rows] += sign * dearer

    def _in_the_way(self, label: int, place: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Return the places of others that a name would make dearer, and by how much."""
        box, lead = self.boxes[label][place], self.leads[label][place]
        dearer = np.zeros(len(self._all_boxes), dtype=np.int64)
        dearer[within(self._sides, limits_of(box, AIR))] += int(LABEL)
        led = self._led[within(self._led_sides, limits_of(box), touching=True)]
        dearer[led[_run_through(box, self._all_leads[led])]] += int(LEADER)
        if lead[0] > NOWHERE:
            near = np.flatnonzero(within(self._sides, limits_of(_box(lead)), touching=True))
            dearer[near[_run_through(self._all_boxes[near], lead)]] += int(LEADER)
        dearer[self._rows[label]] = 0
        met = np.flatnonzero(dearer)
        return met, dearer[met]

    def cost(self, label: int) -> Floats:
        """Return what each place costs a name, given those who stand already."""
        return np.asarray(self.costs[label] + self._dearer[self._rows[label]])

    def cheapest(self, label: int) -> tuple[int, float]:
        """Return a name's cheapest place and what it costs, given those who stand already."""
        costs = self.cost(label)
        best = int(costs.argmin())
        return best, float(costs[best])

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
        full = self.cost(label)[wanted]
        before = self.picked.copy()
        in_the_way = overlap(self.boxes[label][wanted], self.taken)
        in_the_way[:, label] = False
        gains = now - (full - LABEL * in_the_way.sum(axis=1))
        for row in np.flatnonzero(gains > _WORTH_IT).tolist():
            place, gain = int(wanted[row]), float(gains[row])
            met: list[int] = np.flatnonzero(in_the_way[row]).tolist()
            if len(met) > _MOST_ASKED or asked & set(met):
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
        best, least = self.cheapest(label)
        self.put(label, best)
        if tries and least - was >= most:
            # Not alone: somebody else moves in turn.
            least -= self._better(label, least, asked, tries)
        return least - was

    def _now(self, label: int) -> float:
        """Return what a name's place costs it now."""
        place = int(self.picked[label])
        return float(self.costs[label][place] + self._dearer[self._starts[label] + place])


def sides_of(boxes: Floats) -> Floats:
    """Write boxes so that those that meet another one are below its `limits_of` on all sides."""
    return np.concatenate([boxes[..., :2], -boxes[..., 2:]], axis=-1)


def limits_of(boxes: Floats, air: Floats = NO_AIR) -> Floats:
    """Return what the sides of a box are below that meets these, or comes as near as that."""
    return np.concatenate([boxes[..., 2:] + air, air - boxes[..., :2]], axis=-1)


def within(sides: Floats, limits: Floats, *, touching: bool = False) -> Flags:
    """Tell which boxes meet which others, given how `sides_of` and `limits_of` write them."""
    below = sides <= limits if touching else sides < limits
    # Four answers that are yes are one number.
    found: Flags = below.view(np.uint32)[..., 0] == _ALL_FOUR
    return found


def _box(segments: Floats) -> Floats:
    """Return the boxes around straight pieces."""
    one, two = segments[..., :2], segments[..., 2:]
    return np.concatenate([np.minimum(one, two), np.maximum(one, two)], axis=-1)


def _run_through(boxes: Floats, segments: Floats) -> Flags:
    """Tell, one by one, which straight pieces are not beside the boxes that theirs meet."""
    reach = (boxes[..., 2:] - boxes[..., :2]) / 2
    way = (segments[..., 2:] - segments[..., :2]) / 2
    off = (segments[..., :2] + segments[..., 2:] - boxes[..., :2] - boxes[..., 2:]) / 2
    across, up = way[..., 0], way[..., 1]
    aside = np.abs(off[..., 0] * up - off[..., 1] * across)
    found: Flags = aside <= reach[..., 0] * np.abs(up) + reach[..., 1] * np.abs(across)
    return found


def crossings(boxes: Floats, segments: Floats) -> Flags:
    """Tell which straight pieces run through which boxes."""
    # A box and a piece are apart where a line along x, along y or along the piece parts them.
    found = within(sides_of(_box(segments)), limits_of(boxes)[:, None], touching=True)
    box, piece = np.nonzero(found)
    found[box, piece] = _run_through(boxes[box], segments[piece])
    return found


def overlap(boxes: Floats, others: Floats, *, air: Floats = AIR) -> Flags:
    """Tell which boxes cover which others, or stand too near to be told apart."""
    return within(sides_of(boxes)[:, None], limits_of(others, air))


def clashes(boxes: Floats) -> Flags:
    """Tell which boxes cover another one."""
    met = overlap(boxes, boxes)
    np.fill_diagonal(met, val=False)
    return np.asarray(met.any(axis=1))
