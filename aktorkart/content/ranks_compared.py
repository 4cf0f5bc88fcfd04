"""Places in the ranking that have moved further than the uncertainty of either map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.network.variants import SAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.content.topics import Topics
    from aktorkart.network.measures import Measures

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

RANKED = ("betweenness", "closeness", "strength")
"""Measures whose places are compared: those that strengths can move, so that firmness is known."""


MOST_DRAWN = 500
"""Actors up to which strengths are drawn anew to compare places (METHOD 8)."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place among those who are on both maps, and which places are possible.

    Parameters
    ----------
    rank : int
        1 for the first.
    best, worst : int
        The best and the worst place, when strengths were drawn anew and as they are; those who
        share a place may have any of those they share.
    of : int
        How many are ranked on both maps: who comes or leaves moves nobody else.
    """

    rank: int
    best: int
    worst: int
    of: int

    @property
    def possible(self) -> str:
        """The possible places, to be read."""
        return str(self.best) if self.best == self.worst else f"{self.best}–{self.worst}"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """An actor whose place is another, firmly.

    Parameters
    ----------
    actor : str
        Its id.
    measure : str
        One of :data:`RANKED`.
    before, after : Place
        The place on each map. The possible ones do not overlap.
    """

    actor: str
    measure: str
    before: Place
    after: Place

    @property
    def rises(self) -> bool:
        """Whether the later place is the better."""
        return self.after.rank < self.before.rank

    @property
    def size(self) -> int:
        """How many places there are between the possible ones of the two maps."""
        if self.rises:
            return self.before.best - self.after.worst
        return self.after.best - self.before.worst


@dataclass(frozen=True)
class Ranks:
    """Who has another place, and by which measures that can be said.

    Parameters
    ----------
    moved : tuple of Moved
        The furthest first.
    asked : tuple of str
        Measures that both maps have with how firm their places are.
    shared : int
        How many actors have a place on both maps.
    reason : str or None
        Why no places are compared: ``other_middle`` (each is gathered around somebody else),
        ``too_large`` (how firm places are takes too long) or ``nobody``.
    """

    moved: tuple[Moved, ...] = ()
    asked: tuple[str, ...] = ()
    shared: int = 0
    reason: str | None = None


def ranks_compared(before: Topics, after: Topics) -> Ranks:
    """Compare the places of actors on both maps, where these are firm (METHOD 7).

    Both are told without whom the map is gathered around, as everywhere.
    """
    if before.kart.middle != after.kart.middle:
        return Ranks(reason="other_middle")
    shared = before.apart.network.index.keys() & after.apart.network.index.keys()
    if not shared:
        return Ranks(reason="nobody")
    if max(len(topics.apart) for topics in (before, after)) > MOST_DRAWN:
        return Ranks(shared=len(shared), reason="too_large")
    moved: list[Moved] = []
    asked = []
    for name in RANKED:
        values = [topics.apart for topics in (before, after)]
        ranked = [{row.actor for row in one.ranking(name, draws=0)} for one in values]
        ids = sorted(ranked[0] & ranked[1])
        was, now = (_places(one, name, ids) for one in values)
        if was is None or now is None:
            continue
        asked.append(name)
        moved += [
            Moved(actor=id_, measure=name, before=was[id_], after=now[id_])
            for id_ in ids
            if was[id_].worst < now[id_].best or now[id_].worst < was[id_].best
        ]
    moved.sort(key=lambda one: (RANKED.index(one.measure), -one.size, one.actor))
    reason = None if asked else "too_large"
    return Ranks(tuple(moved), tuple(asked), len(shared), reason)


def _places(values: Measures, name: str, ids: Sequence[str]) -> Mapping[str, Place] | None:
    """Return everybody's place among some; None where how firm it is takes too long."""
    draws = values.drawn(name)
    if not len(draws):
        return None
    own = {row.actor: row.value for row in values.ranking(name, draws=0)}
    # The map as it stands is the first row; within a row a constant factor ranks nobody anew.
    rows = [
        np.array([own[id_] for id_ in ids]),
        *draws[:, [values.network.index[id_] for id_ in ids]],
    ]
    best, worst = (np.array(ends) for ends in zip(*map(_ends, rows), strict=True))
    return {
        id_: Place(
            rank=int(best[0, at]),
            best=int(best[:, at].min()),
            worst=int(worst[:, at].max()),
            of=len(ids),
        )
        for at, id_ in enumerate(ids)
    }


def _ends(row: Floats) -> tuple[Ints, Ints]:
    """Return the first and the last place of those who share one, highest values first."""
    ordered, room = np.sort(row), SAME * np.maximum(1.0, np.abs(row))
    best = len(row) - np.searchsorted(ordered, row + room, side="right") + 1
    worst = len(row) - np.searchsorted(ordered, row - room, side="left")
    return best, worst
