"""The stage that each pair has come to, with both partners' ratings kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.comparison.sides import existing
from aktorkart.comparison.views import informant_of
from aktorkart.model import expect_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.model import ActorMap


@dataclass(frozen=True, kw_only=True)
class Staged:
    """Two actors, and how far each rating says that their collaboration has come.

    Parameters
    ----------
    one, other : str
        Ids of the two, sorted.
    ratings : tuple of tuple
        Who, and the stage from 0 to 5: by an actor's id, a name from outside the map, or None
        where nobody is said to have given it. The first partner's first, then the other's.
    """

    one: str
    other: str
    ratings: tuple[tuple[str | None, int], ...]

    @property
    def lowest(self) -> int:
        """The lowest stage that was given."""
        return min(stage for _, stage in self.ratings)

    @property
    def highest(self) -> int:
        """The highest stage that was given."""
        return max(stage for _, stage in self.ratings)

    @property
    def apart(self) -> int | None:
        """How many stages lie between the lowest and the highest; None for a single rating."""
        return self.highest - self.lowest if len(self.ratings) > 1 else None


@dataclass(frozen=True, kw_only=True)
class Stages:
    """The stages of collaboration on a map.

    Parameters
    ----------
    pairs : tuple of Staged
        Those that have a rating: the highest stage first, then those whose lowest is highest.
    without : int
        Number of pairs that have a tie and no rating.
    """

    pairs: tuple[Staged, ...]
    without: int


def stages(kart: ActorMap) -> Stages:
    """Return the stage that each pair of actors has come to, as each rating says (Frey 2006).

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    Stages
        Of the ties in force on the map's date. Two partners' unequal ratings are kept, each
        with who gave it (the tie's ``informant``), and never averaged.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> ends = {"source": "nav", "target": "dps"}
    >>> kart = ActorMap(
    ...     actors=[{"id": "nav"}, {"id": "dps"}, {"id": "gp"}],
    ...     ties=[{**ends, "stage": 3, "informant": "nav"},
    ...           {**ends, "stage": 1, "informant": "dps"},
    ...           {"source": "gp", "target": "nav"}],
    ... )
    >>> (pair,) = stages(kart).pairs
    >>> pair.ratings, pair.apart, stages(kart).without
    ((('dps', 1), ('nav', 3)), 2, 1)
    """
    expect_map(kart)
    found: dict[tuple[str, str], set[tuple[str | None, int]]] = {}
    for tie in kart.ties_in_force:
        if tie.stage is not None:
            found.setdefault(tie.pair, set()).add((informant_of(kart, tie), tie.stage))
    pairs = [
        Staged(one=one, other=other, ratings=tuple(sorted(ratings, key=_order(one, other))))
        for (one, other), ratings in found.items()
    ]
    pairs.sort(key=lambda pair: (-pair.highest, -pair.lowest, pair.one, pair.other))
    without = {tie.pair for tie in existing(kart)} - found.keys()
    return Stages(pairs=tuple(pairs), without=len(without))


def _order(one: str, other: str) -> Callable[[tuple[str | None, int]], tuple[int, str, int]]:
    """Return a key that sorts the two partners' ratings first, those by nobody said last."""

    def key(rating: tuple[str | None, int]) -> tuple[int, str, int]:
        who, stage = rating
        place = {one: 0, other: 1, None: 3}.get(who, 2)
        return place, who or "", stage

    return key
