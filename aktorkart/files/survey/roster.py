"""Who there is, and whom a name means that somebody has written: never joined by a guess."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from aktorkart.model import Actor, ActorMap
from aktorkart.model.fields import letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEAR = 0.8
"""How alike two names are from which they are asked about, as difflib measures it."""

_SHORTEST = 5
"""Shorter names are too easily alike: NAV and NOV."""


class Roster:
    """The actors that are given, and those that are named beside them."""

    def __init__(self, given: ActorMap | Iterable[str] | None) -> None:
        self.actors: dict[str, Actor] = {}
        self.by_letters: dict[str, set[str]] = {}
        self._by_name: dict[str, str] = {}
        self._by_pair: dict[str, list[str]] = {}  # names by their neighbouring letters
        self.given = given is not None
        if isinstance(given, ActorMap):
            for actor in given.actors:
                self._add(actor)
        else:
            for name in given or ():
                self.named(name)

    def _add(self, actor: Actor) -> None:
        self.actors[actor.id] = actor
        for name in {actor.label, actor.id}:
            self._by_name[name] = actor.id
            self.by_letters.setdefault(letters_of(name), set()).add(actor.id)
            for pair in _pairs(name):
                self._by_pair.setdefault(pair, []).append(name)

    def named(self, name: str) -> str:
        """Return the id for a name, which is a new actor's if nobody has it."""
        found = self.find(name)
        if found is None:
            actor = Actor(id=name)
            self._add(actor)
            found = actor.id
        return found

    def told_apart(self, names: Iterable[str]) -> None:
        """Make actors of names that share their letters, and that somebody has told apart."""
        found: dict[str, dict[str, None]] = {}
        for name in names:
            found.setdefault(letters_of(name), {})[name] = None
        for same in found.values():
            for name in same if len(same) > 1 else ():
                if name not in self._by_name:
                    self._add(Actor(id=name))

    def find(self, name: str) -> str | None:
        """Return whom a name means: the one of that name, or of the same letters if only one is."""
        if name in self._by_name:
            return self._by_name[name]
        same = self.by_letters.get(letters_of(name), set()) if letters_of(name) else set()
        return next(iter(same)) if len(same) == 1 else None

    def near(self, name: str) -> tuple[str, ...]:
        """Return the actors that a name nobody has is nearly, the likeliest first."""
        wanted = letters_of(name)
        same = self.by_letters.get(wanted, set()) if wanted else set()
        if len(same) > 1:
            return tuple(sorted(same))[:2]
        pairs = _pairs(name)
        shared = Counter(one for pair in pairs for one in self._by_pair.get(pair, ()))
        # Names that share few of their neighbouring letters are not near.
        alike = sorted(
            (-_ratio(wanted, letters_of(one)), one)
            for one, n in shared.items()
            if 3 * n >= 2 * min(len(pairs), len(one) - 1) and _is_near(name, one)
        )
        likely = dict.fromkeys(
            self._by_name[one] for one in (*(one for _, one in alike), *self._with_words(name))
        )
        return tuple(likely)[:2]

    def _with_words(self, name: str) -> list[str]:
        """Return the one that is this name and more, or less: «NAV» where there is «NAV Storvik».

        Only where it is known who there is: else both may be.
        """
        if not self.given:
            return []
        said = _words(name)
        found = [
            one
            for one, more in ((one, _words(one)) for one in self._by_name)
            if more and said and (more < said or said < more)
        ]
        return found if len({self._by_name[one] for one in found}) == 1 else []


def _pairs(name: str) -> set[str]:
    """Return the neighbouring letters of a name, with its figures: others are no near ones."""
    word, digits, _ = _parts(name)
    return {word[place : place + 2] + digits for place in range(len(word) - 1)}


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


def _is_near(name: str, other: str) -> bool:
    """Tell whether two names are probably one, misspelt or in another form.

    Where they have as many words, each that differs has to be near the other: «avdeling A» and
    «avdeling B» are two.
    """
    (one, digits, words), (two, others, theirs) = _parts(name), _parts(other)
    if digits != others or min(len(one), len(two)) < _SHORTEST:
        return False
    if len(words) == len(theirs):
        apart = [pair for pair in zip(words, theirs, strict=True) if pair[0] != pair[1]]
        return all(
            min(map(len, pair)) >= _SHORTEST - 1 and _ratio(*pair) >= _NEAR for pair in apart
        )
    return _ratio(one, two) >= _NEAR


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the letters of a name, its figures and its words."""
    plain = letters_of(name)
    return plain, re.sub(r"\D", "", plain), tuple(re.findall(r"\w+", name.casefold()))


def _ratio(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one, two).ratio()
