"""Marks in cells of their own, moved apart so that their names find room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene.labels import wrap
from aktorkart.scene.spacing import Boxes, overlaps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# What a letter and a line of a name take at their full size, and the air around, in millimetres.
_LETTER, _LINE, _AIR = 2.0, 4.0, (1.5, 0.8)
_CHARACTERS = 18
# Thousands have no room whatever is done: they are pushed less often.
_MOST_PUSHES, _LEAST_ROUNDS = 150_000, 20
_STEP = 0.7
_LONGEST_PUSH = 6.0


def boxes(names: Sequence[str], radius: float, letters: float = 1.0) -> Boxes:
    """Return the room of marks with their names beneath, whatever the letters, in millimetres."""
    found = []
    for name in names:
        lines = wrap(name, near=_CHARACTERS).split("\n")
        wide = letters * _LETTER * max(map(len, lines)) + _AIR[0]
        found.append((wide, letters * _LINE * len(lines) + _AIR[1]))
    return Boxes.beneath(found, radius + 0.5, 0.8)


def blocked(rects: Sequence[tuple[float, float, float, float]]) -> tuple[Floats, Boxes]:
    """Return places and boxes that nobody may cover, from left, bottom, right and top."""
    corners = np.array(rects, dtype=np.float64).reshape(-1, 4)
    wide = (corners[:, 2] - corners[:, 0]) / 2
    high = (corners[:, 3] - corners[:, 1]) / 2
    centres = (corners[:, :2] + corners[:, 2:]) / 2
    return centres, Boxes(wide, wide, high, high, 0.0)


def apart(  # noqa: PLR0913 - what moves, what stands still, and what keeps it in its cell
    starts: Floats,
    names: Boxes,
    hold: Callable[[Floats], Floats],
    *,
    fixed: tuple[Floats, Boxes],
    radius: float,
    bare: Callable[[Floats], Floats] | None = None,
) -> Floats:
    """Push marks with their names apart, each within its own cell.

    ``bare`` keeps marks in their cells where ``hold`` also keeps room there for names: a name
    can stand elsewhere, but no mark may lie on another.
    """
    if not len(starts):
        return starts
    places = hold(starts)
    whole = radius + 0.6
    own = np.full(len(starts), whole)
    most = max(_MOST_PUSHES // len(starts), _LEAST_ROUNDS)
    marks = Boxes(own, own, own, own, whole)
    for room, kept, rounds in ((names, hold, 300), (marks, bare or hold, 120)):
        places = _pushed(places, room, kept, fixed, min(rounds, most))
    return places.round(2)


def _pushed(
    places: Floats,
    room: Boxes,
    hold: Callable[[Floats], Floats],
    fixed: tuple[Floats, Boxes],
    rounds: int,
) -> Floats:
    spots, still = fixed
    count = len(places)
    everything = Boxes(
        np.concatenate([room.left, still.left]),
        np.concatenate([room.right, still.right]),
        np.concatenate([room.down, still.down]),
        np.concatenate([room.up, still.up]),
        room.node,
    )
    for _ in range(rounds):
        there = np.concatenate([places, spots])
        first, second, across, upward = overlaps(there, everything)
        able = (first < count) | (second < count)
        first, second, across, upward = first[able], second[able], across[able], upward[able]
        if not len(first):
            break
        shift = np.zeros_like(there)
        sideways = across <= upward
        for axis, chosen, depth in ((0, sideways, across), (1, ~sideways, upward)):
            one, other = first[chosen], second[chosen]
            gap = there[other, axis] - there[one, axis]
            ahead = np.where((gap > 0) | ((gap == 0) & (one < other)), 1.0, -1.0)
            # Where one of the two stays, the other goes the whole way.
            alone = (one >= count) | (other >= count)
            push = ahead * (depth[chosen] + 0.05) * np.where(alone, 1.0, 0.5)
            shift[:, axis] -= np.bincount(one, push, minlength=len(there))
            shift[:, axis] += np.bincount(other, push, minlength=len(there))
        np.clip(shift, -_LONGEST_PUSH, _LONGEST_PUSH, out=shift)
        places = hold(places + _STEP * shift[:count])
    return places
