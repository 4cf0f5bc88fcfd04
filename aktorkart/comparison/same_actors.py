"""Actors of several maps that may be the same under other spellings: proposed, never joined."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Problem, WrongArgument, guesses
from aktorkart.model import ActorMap, expect_map
from aktorkart.model.fields import letters_of
from aktorkart.model.walk import changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import Actor
    from aktorkart.model.walk import Spot

_NEAR = 0.85
"""How alike two names are from which they are proposed, as difflib measures it."""

_SHORTEST = 5
"""Shorter names are too easily alike: NAV and NOV."""


def same_actors(maps: Mapping[str, ActorMap]) -> dict[str, tuple[str, ...]]:
    """Propose which actors of several maps are the same under other ids.

    Parameters
    ----------
    maps : mapping of str to ActorMap
        Each informant's map.

    Returns
    -------
    dict of str to tuple of str
        For an id, the others that may be the same actor. The id that stays is the one that
        most maps have, then the first in order.

    Raises
    ------
    WrongArgument
        If these are no maps by the name of their informant.

    Notes
    -----
    Proposed are ids or names that are equal without case, spaces and punctuation; that are
    nearly so (difflib's ratio at least 0.85, from five letters on); or of which one is the
    other and more, where both are of the same known kind. Two who stand on one map are never
    proposed: whoever drew it told them apart.

    Examples
    --------
    >>> from aktorkart.model import Actor
    >>> same_actors({
    ...     "nav": ActorMap(actors=[Actor(id="NAV"), Actor(id="dps", name="DPS Nord")]),
    ...     "dps": ActorMap(actors=[Actor(id="nav"), Actor(id="d", name="D.P.S. nord")]),
    ... })
    {'NAV': ('nav',), 'd': ('dps',)}
    """
    if not isinstance(maps, Mapping):
        raise WrongArgument(Problem(code="not_maps", values={"value": type(maps).__name__}))
    found: dict[str, list[Actor]] = {}
    where: dict[str, set[str]] = {}
    for name in sorted(maps):
        expect_map(maps[name])
        for actor in maps[name].actors:
            found.setdefault(actor.id, []).append(actor)
            where.setdefault(actor.id, set()).add(name)
    likely = sorted(
        (-likeness, one, other)
        for one, other in combinations(sorted(found), 2)
        if not where[one] & where[other]
        and (likeness := max(_likeness(a, b) for a in found[one] for b in found[other]))
    )
    groups = {id_: {id_} for id_ in found}
    for _, one, other in likely:
        if groups[one] is groups[other]:
            continue
        on = [name for id_ in (*groups[one], *groups[other]) for name in where[id_]]
        if len(on) == len(set(on)):
            groups[one] |= groups[other]
            for id_ in groups[other]:
                groups[id_] = groups[one]
    proposed = {}
    for group in {id(group): group for group in groups.values() if len(group) > 1}.values():
        first, *others = sorted(group, key=lambda id_: (-len(where[id_]), id_))
        proposed[first] = tuple(sorted(others))
    return dict(sorted(proposed.items()))


def _likeness(one: Actor, other: Actor) -> float:
    """Return how alike two actors are called, 0 for what is not proposed."""
    best = 0.0
    for first in {one.id, one.label}:
        for second in {other.id, other.label}:
            a, b = letters_of(first), letters_of(second)
            if a == b:
                return 1.0
            if min(len(a), len(b)) >= _SHORTEST:
                ratio = difflib.SequenceMatcher(None, a, b).ratio()
                best = max(best, ratio if ratio >= _NEAR else 0.0)
            if one.kind == other.kind != "unknown" and _more_words(first, second):
                best = max(best, _NEAR)
    return best


def _more_words(one: str, other: str) -> bool:
    words, more = sorted((_words(one), _words(other)), key=len)
    return bool(words) and words < more


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


def as_same(maps: Mapping[str, ActorMap], same: Mapping[str, Sequence[str]]) -> dict[str, ActorMap]:
    """Return the maps with one id for actors that are said to be the same."""
    known = {actor.id for kart in maps.values() for actor in kart.actors}
    _refuse_unknown(same, known)
    whom = {other: id_ for id_, others in same.items() for other in others}
    return {name: _renamed(kart, whom) for name, kart in maps.items()}


def _refuse_unknown(same: Mapping[str, Sequence[str]], known: set[str]) -> None:
    said = [one for id_, others in same.items() for one in (id_, *others)]
    problems = [
        Problem(code="unknown_actor", values={"value": one}, guesses=guesses(one, known))
        for one in dict.fromkeys(said)
        if one not in known
    ]
    twice = {one for one in said if said.count(one) > 1}
    problems += [Problem(code="same_twice", values={"value": one}) for one in sorted(twice)]
    if problems:
        raise WrongArgument(problems)


def _renamed(kart: ActorMap, whom: Mapping[str, str]) -> ActorMap:
    def change(spot: Spot) -> Any:
        return whom.get(spot.value, spot.value) if isinstance(spot.value, str) else spot.value

    here = {actor.id for actor in kart.actors}
    if not here & whom.keys():
        return kart
    clash = [
        Problem(code="same_on_one_map", values={"one": old, "other": new})
        for old, new in whom.items()
        if {old, new} <= here or (old in here and [*map(whom.get, here)].count(new) > 1)
    ]
    if clash:
        raise WrongArgument(clash)
    return kart.with_(**changed(kart, change, frozenset({"actor", "end", "need", "who"})))
