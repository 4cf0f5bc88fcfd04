"""Names on a crowded page: each right at its own mark, and as many of them as can stand.

Pure geometry: a box is left, bottom, right, top, in points. Nobody stands badly here: a name has a
place that is clear, or none. Who finds none asks others to move on, and those others in turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene.standing import AIR, NOWHERE, limits_of, sides_of, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LEFT_OUT = -1
# How many places those try who find none free, and then those whom they ask to move.
_TRIES = (40, 10, 4)
# Rounds in which those without a place try again, and in which all look for a better one.
_ROUNDS, _SWEEPS = 3, 2
_NOBODY = (NOWHERE, NOWHERE, NOWHERE, NOWHERE)


class Crowd:
    """Who stands where; each name has its own list of clear places, the best of them first."""

    def __init__(self, boxes: Floats, costs: Floats, clear: Flags) -> None:
        self.places: list[NDArray[np.intp]] = []
        self.boxes: list[Floats] = []
        self.picked = np.full(len(boxes), LEFT_OUT)
        self.taken = np.full((len(boxes), 4), NOWHERE)
        # What is compared to tell who stands in whose way.
        self._sides: list[Floats] = []
        self._reach = np.full((len(boxes), 4), NOWHERE)
        self._limits = limits_of(self.taken, AIR)
        for label in range(len(boxes)):
            self.places.append(np.empty(0, dtype=np.intp))
            self.boxes.append(np.empty((0, 4)))
            self._sides.append(np.empty((0, 4)))
            self.offer(label, boxes[label], costs[label], clear[label])

    def offer(self, label: int, boxes: Floats, costs: Floats, clear: Flags) -> None:
        """Give a name places to choose among."""
        found = np.flatnonzero(clear)
        found = found[np.argsort(costs[found], kind="stable")]
        self.places[label], self.boxes[label] = found, boxes[found]
        self._sides[label] = sides_of(self.boxes[label])
        if len(found):
            self._reach[label] = self._sides[label].min(axis=0)

    def seat(self, order: NDArray[np.intp]) -> None:
        """Let names take their places, in an order, and those who find none ask others to move."""
        for label in order.tolist():
            self._sits(label, (), frozenset())
        for _ in range(_ROUNDS):
            waiting = [label for label in order.tolist() if self.picked[label] == LEFT_OUT]
            found = [self._sits(label, _TRIES, frozenset()) for label in waiting]
            if not any(found):
                break
        for _ in range(_SWEEPS):
            for label in order.tolist():
                if self.picked[label] != LEFT_OUT:
                    self._sits(label, (), frozenset())

    def _sits(self, label: int, tries: Sequence[int], asked: frozenset[int]) -> bool:
        """Put a name on the best of its places that is free, or can be made so."""
        if not len(self.boxes[label]):
            return False
        near = within(self._reach[label], self._limits)
        near[label] = False
        others = np.flatnonzero(near)
        met = within(self._sides[label][:, None], self._limits[others])
        count = met.sum(axis=1)
        free = int(np.argmin(count))
        if count[free] == 0:
            self._put(label, free)
            return True
        if not tries:
            return False
        for place in np.flatnonzero(count == 1)[: tries[0]].tolist():
            other = int(others[np.argmax(met[place])])
            if other in asked:
                continue
            was = int(self.picked[other])
            self._put(other, LEFT_OUT)
            self._put(label, place)
            if self._sits(other, tries[1:], asked | {label}):
                return True
            self._put(label, LEFT_OUT)
            self._put(other, was)
        return False

    def _put(self, label: int, place: int) -> None:
        self.picked[label] = place
        self.taken[label] = _NOBODY if place == LEFT_OUT else self.boxes[label][place]
        self._limits[label] = limits_of(self.taken[label], AIR)

    def chosen(self) -> NDArray[np.intp]:
        """Return which of the places first given each has, or that it is left out."""
        return np.array(
            [
                LEFT_OUT if place == LEFT_OUT else self.places[label][place]
                for label, place in enumerate(self.picked.tolist())
            ],
            dtype=np.intp,
        )
