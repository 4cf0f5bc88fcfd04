"""Places in the ranking that have moved further than the uncertainty of either map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.content.topics import Topics
    from aktorkart.network.measures import Measures

RANKED = ("betweenness", "closeness", "strength")
"""Measures whose places are compared: those that strengths can move, so that firmness is known."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in a ranking, and which places are possible.

    Parameters
    ----------
    rank : int
        1 for the first.
    best, worst : int or None
        The best and the worst place, both when strengths were drawn anew, and where several
        share a place; None where nothing was drawn.
    of : int
        How many are ranked.
    """

    rank: int
    best: int | None
    worst: int | None
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
        best, worst = (
            (self.before.best, self.after.worst)
            if self.rises
            else (self.after.best, self.before.worst)
        )
        return (best or 0) - (worst or 0)


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
    moved: list[Moved] = []
    asked = []
    for name in RANKED:
        was, now = (_places(topics.apart, name) for topics in (before, after))
        if any(place.best is None for place in (*was.values(), *now.values())):
            continue
        asked.append(name)
        moved += [
            Moved(actor=id_, measure=name, before=was[id_], after=now[id_])
            for id_ in sorted(was.keys() & now.keys())
            if _apart(was[id_], now[id_])
        ]
    moved.sort(key=lambda one: (RANKED.index(one.measure), -one.size, one.actor))
    reason = None if asked else "too_large"
    return Ranks(tuple(moved), tuple(asked), len(shared), reason)


def _places(values: Measures, name: str) -> Mapping[str, Place]:
    """Return everybody's place; those who share one may have any of those they share."""
    rows = values.ranking(name)
    ranks = [row.rank for row in rows]
    return {
        row.actor: Place(
            rank=row.rank,
            best=row.lowest,
            worst=None
            if row.highest is None
            else max(row.highest, row.rank + ranks.count(row.rank) - 1),
            of=len(rows),
        )
        for row in rows
    }


def _apart(one: Place, other: Place) -> bool:
    """Tell whether two places have no possible one in common."""
    if one.best is None or one.worst is None or other.best is None or other.worst is None:
        return False
    return one.worst < other.best or other.worst < one.best
