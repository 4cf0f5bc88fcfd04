"""How large names are written on a map, and which of them where there is no room for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene import labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

# On a crowded page letters become smaller in steps of this share, and by a few steps where one may
# doubt whose more than a few names are.
_STEP = 0.92
_DOUBTFUL = 0.01
# So few names may touch another's mark, of all.
_FEW = 0.04
_MOST_STEPS = 3
# Points from a mark at which a name is looked for in vain.
_FAR = 60.0
# Of so many marks and fewer, one can tell whose a name is that stands a little off.
_MANY = 60
# Of a room, names take this much at the most, with so much air around each, in points.
_HELD, _AIR = 0.5, 4.0
# So often the least important of the names that cover something are left out together.
_ROUNDS = 12


@dataclass(frozen=True)
class Named:
    """Whose names are written, how large, and where."""

    numbers: Ints
    size: float
    extents: Floats
    found: labels.Placement

    def unclear(self, *, of: int) -> NDArray[np.bool_]:
        """Tell which names are none to keep where some of many are written: one may doubt whose."""
        some = len(self.numbers) < of and of > _MANY
        return some & (self.found.doubtful | (self.found.gaps > _FAR))


def largest(
    place: Callable[[Ints, float], Named], numbers: Ints, size: float, least: float
) -> Named:
    """Find the largest letters at which no name covers anything, down to the smallest."""
    size = max(size, least)
    best = place(numbers, size)
    if best.found.covering:
        smaller = []
        while size > least:
            size = max(size * _STEP, least)
            smaller.append(size)
        # By halving: every try costs as much as a whole page.
        low, high = 0, len(smaller)
        while low < high:
            middle = (low + high) // 2
            tried = place(numbers, smaller[middle])
            if tried.found.covering == 0:
                best, high = tried, middle
            else:
                low = middle + 1
                best = tried if best.found.covering else best
    few, size = _DOUBTFUL * len(numbers), best.size
    for _ in range(0 if best.found.covering else _MOST_STEPS):
        size *= _STEP
        if _strays(best) <= few or size < least:
            break
        nearer = place(numbers, size)
        if not nearer.found.covering and _strays(nearer) < _strays(best):
            best = nearer
    return best


def holding(numbers: Ints, extents: Floats, importance: Floats, room: float) -> Ints:
    """Return those whose names a room holds at all, the most important of them first chosen."""
    order = np.argsort(-importance[numbers], kind="stable")
    taken = np.cumsum((extents[order] + _AIR).prod(axis=1))
    return np.sort(numbers[order[taken <= _HELD * room]])


def fewer(
    place: Callable[[Ints, float], Named],
    named: Named,
    importance: Floats,
    covered: Callable[[Named], NDArray[np.bool_]],
) -> Named:
    """Leave out names, the least important first, until none covers anything."""
    for attempt in range(_ROUNDS):
        wrong = np.flatnonzero(covered(named))
        few = len(wrong) <= _FEW * len(named.numbers)
        if not len(named.numbers) or (few and not named.found.covering):
            return named
        if not len(wrong):
            wrong = np.arange(len(named.numbers))
        # A third of them at a time: where one goes, another one finds room; at last all of them.
        order = wrong[np.argsort(importance[named.numbers[wrong]], kind="stable")]
        count = len(order) if attempt == _ROUNDS - 1 else -(-len(order) // 3)
        kept = np.delete(named.numbers, order[:count])
        named = place(kept, named.size)
    while named.found.covering and len(named.numbers):
        kept = named.numbers[np.argsort(-importance[named.numbers], kind="stable")]
        named = place(np.sort(kept[: len(kept) // 2]), named.size)
    return named


def _strays(placed: Named) -> int:
    """Count the names of whom one may doubt whose they are."""
    return int((placed.found.doubtful.astype(int) + (placed.found.gaps >= labels.NEAR)).sum())
