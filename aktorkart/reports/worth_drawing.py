"""Which figures say something about a map: what a report asks before it shows them."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from aktorkart.care.pathway import pathway
from aktorkart.grunig import priorities, salience
from aktorkart.model.fields import has_begun
from aktorkart.scene.alt_text.timeline import around_user
from aktorkart.scene.ratings import Ratings
from aktorkart.scene.seats import Seats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aktorkart.model import ActorMap


def _always(_: ActorMap) -> bool:
    return True


def _several(groups: Iterable[tuple[str, ...]]) -> bool:
    """Tell whether two groups have two members each, so that there is something to compare."""
    counts = Counter(chain.from_iterable(groups))
    return sum(count > 1 for count in counts.values()) > 1


def _arenas(kart: ActorMap) -> bool:
    return bool(Seats.of(kart).rows)


def _levels(kart: ActorMap) -> bool:
    return _several(kart.levels(actor.id) for actor in kart.actors)


def _matrix(kart: ActorMap) -> bool:
    return _several(kart.lines(actor.id) for actor in kart.actors)


def _timeline(kart: ActorMap) -> bool:
    return len(around_user(kart)) > 1


def _pathway(kart: ActorMap) -> bool:
    found = pathway(kart)
    return found.dated and bool(found.referrals or len(found.stays) > 1)


def _salience(kart: ActorMap) -> bool:
    return sum(row.salience is not None for row in salience(kart).rows) > 1


def _priorities(kart: ActorMap) -> bool:
    first = kart.issues[0].id if kart.issues else None
    return any(row.groups for row in priorities(kart, issue=first).rows)


def _linkages(kart: ActorMap) -> bool:
    # What a person is linked to is no matter of an organisation's publics.
    return kart.focal is not None and kart.person is None


def _influence(kart: ActorMap) -> bool:
    return any(actor.power and actor.interest for actor in kart.actors)


def _publics(kart: ActorMap) -> bool:
    return any(actor.publics for actor in kart.actors)


def _goals(kart: ActorMap) -> bool:
    return any(has_begun(one.date, kart.date) for goal in kart.goals for one in goal.points)


def _stages(kart: ActorMap) -> bool:
    return any(tie.stage is not None for tie in kart.ties_in_force)


def _disagreement(kart: ActorMap) -> bool:
    return bool(Ratings.of(kart).rows)


WORTH_DRAWING: Mapping[str, Callable[[ActorMap], bool]] = {
    "ranking": _always,
    "arenas": _arenas,
    "levels": _levels,
    "matrix": _matrix,
    "timeline": _timeline,
    "pathway": _pathway,
    "linkages": _linkages,
    "influence": _influence,
    "salience": _salience,
    "publics": _publics,
    "priorities": _priorities,
    "goals": _goals,
    "stages": _stages,
    "disagreement": _disagreement,
    "missing": _always,
}
"""Whether a figure would show something, by its name."""


def _actors(kart: ActorMap) -> int:
    return len(kart.actors)


def _seated(kart: ActorMap) -> int:
    return len(Seats.of(kart).rows)


_ONE_BY_ONE: Mapping[str, Callable[[ActorMap], int]] = {
    "arenas": _seated,
    "levels": _actors,
    "linkages": _actors,
    "matrix": _actors,
    "missing": _actors,
}
"""How many actors there are in the figures that give each a row or a mark to be told apart."""

MOST_ON_A_PAGE = 150
"""With more than these a row is thinner than a letter is high, and marks cover each other."""


def too_small(key: str, kart: ActorMap) -> int | None:
    """Return how many actors a figure would have, where they are too many for a page."""
    n = _ONE_BY_ONE[key](kart) if key in _ONE_BY_ONE else 0
    return n if n > MOST_ON_A_PAGE else None
