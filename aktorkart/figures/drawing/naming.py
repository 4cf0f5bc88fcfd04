"""How large names are written on a map, and which of them where there is no room for all.

On a crowded map each name stands right at its own mark; a number stands for one that cannot, and
the lines at the foot say whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.i18n import sort_key
from aktorkart.scene.crowd import LEFT_OUT
from aktorkart.scene.footer import DOT
from aktorkart.scene.places import NEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.scene import labels

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
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
# Up to so many names may stand a little off, with a leader; more are a crowd from the first.
_MANY = 60
# So few names, of all, may be read as another's before the page is taken for a crowd.
_UNCLEAR = 0.03
# So many numbers in place of names are as bad as one name read as another's.
_WORSE = 3
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
    ways: int = 1  # that there are to set each name; a shape beyond them is a number

    @property
    def unclear(self) -> Flags:
        """Which names are none to keep: one may doubt whose they are."""
        return self.found.doubtful | (self.found.gaps > _FAR)

    @property
    def whole(self) -> Flags:
        """Which names are written, not told by a number and not left out."""
        written: Flags = (self.found.shapes != LEFT_OUT) & (self.found.shapes < self.ways)
        return written

    @property
    def short(self) -> Flags:
        """Which names a number stands for."""
        numbered: Flags = self.found.shapes == self.ways
        return numbered


def readable(  # noqa: PLR0913 - two ways to place names, and what decides between them
    place: Callable[[Ints, float], Named],
    crowd: Callable[[Ints, float], Named],
    numbers: Ints,
    sizes: tuple[float, float],
    wrong: Callable[[Named], Flags],
    *,
    crowded: bool,
) -> Named:
    """Write all names where each is read as its own, else as many as can stand at their marks.

    Where they were too many with more room already, they are now.
    """
    size, least = max(sizes), sizes[1]
    beside = None
    if len(numbers) <= _MANY and not crowded:
        beside = largest(place, numbers, size, least)
        if wrong(beside).sum() <= _UNCLEAR * len(numbers):
            return beside
        size = beside.size
    best = crowd(numbers, size)
    # Larger letters are worth a few names, not many.
    if size > least and (~best.whole).sum() > _UNCLEAR * len(numbers):
        best = crowd(numbers, least)
    if beside is None or beside.found.covering:
        return best
    # A number is a step to the lines at the foot; a name that is read as another's is wrong.
    return beside if _WORSE * wrong(beside).sum() < (~best.whole).sum() else best


def told_below(
    names: Mapping[int, str],
    importance: Floats,
    width: Callable[[str], float],
    room: tuple[float, int],
    lang: str,
) -> tuple[dict[int, str], list[str]]:
    """Give names numbers in their order, and list them in lines of a width, as many as it holds."""
    kept = sorted(names, key=lambda one: (-importance[one], one))
    while kept:
        order = sorted(kept, key=lambda one: (sort_key(names[one], lang), one))
        told = {one: str(place) for place, one in enumerate(order, start=1)}
        rows = _rows([f"{told[one]}: {names[one]}" for one in order], width, room[0])
        if len(rows) <= room[1]:
            return told, rows
        kept = kept[: min(len(kept) - 1, len(kept) * room[1] // len(rows) + 1)]
    return {}, []


def _rows(parts: Sequence[str], width: Callable[[str], float], most: float) -> list[str]:
    """Put parts into lines, none of them broken."""
    rows: list[str] = []
    wide, between = most, width(DOT)
    for part in parts:
        own = width(part)
        if wide + between + own > most:
            rows.append(part)
            wide = own
        else:
            rows[-1] += DOT + part
            wide += between + own
    return rows


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
        if _strays(best) <= few or size <= least:
            break
        size = max(size * _STEP, least)
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
    covered: Callable[[Named], Flags],
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
    return int((placed.found.doubtful.astype(int) + (placed.found.gaps >= NEAR)).sum())
