"""What is taken of one map among many: done apart for each, so that processes can share it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from aktorkart.care.grey_zones import missing_ties
from aktorkart.comparison.compare import compare
from aktorkart.model.vocabulary import KINDS
from aktorkart.portfolios.key_figures import key_figures
from aktorkart.portfolios.matters import MATTERS, findings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap, Tie
    from aktorkart.portfolios.key_figures import Value

KindPair = tuple[str, str]
"""Two kinds of actors, in the order of the vocabulary."""


@dataclass(frozen=True)
class Then:
    """What has changed in a map since an earlier one.

    Parameters
    ----------
    when : str or None
        The earlier map's date.
    gained, lost : int
        How many working ties are new, and gone, as `aktorkart.compare` counts them.
    stronger, weaker : int or None
        How many have another strength; None where the scales differ.
    closed, opened : tuple of str
        Matters that were a gap and are a strength, and the other way round.
    values : mapping of str to float or None
        The earlier map's key figures.
    """

    when: str | None
    gained: int
    lost: int
    stronger: int | None
    weaker: int | None
    closed: tuple[str, ...]
    opened: tuple[str, ...]
    values: Mapping[str, float | None]


@dataclass(frozen=True)
class Profile:
    """What is taken of one map."""

    values: Mapping[str, Value]
    matters: Mapping[str, str]
    findings: tuple[Finding, ...]
    needed: frozenset[KindPair]
    linked: frozenset[KindPair]
    then: Then | None


def profile(kart: ActorMap, earlier: ActorMap | None = None) -> Profile:
    """Take of a map what it is set beside others by."""
    found = findings_of(kart)
    matters = _matters(found)
    needed = frozenset(_kinds(kart, missing_ties(kart)))
    return Profile(
        values=key_figures(kart),
        matters=matters,
        findings=tuple(found),
        needed=needed,
        linked=frozenset(_kinds(kart, kart.channels)) - needed,
        then=None if earlier is None else _then(earlier, kart, matters),
    )


def _matters(found: Iterable[Finding]) -> dict[str, str]:
    cases = [(one.code, one.case) for one in found]
    seen = ((one.key, one.seen(cases)) for one in MATTERS)
    return {key: level for key, level in seen if level is not None}


def _kinds(kart: ActorMap, ties: Iterable[Tie]) -> Iterable[KindPair]:
    """Return the kinds at both ends; a map's own kinds are no one else's."""
    order = list(KINDS)
    for tie in ties:
        one, other = (kart[end].kind for end in tie.ends)
        if "unknown" not in {one, other} and {one, other} <= {*KINDS}:
            first, second = sorted((one, other), key=order.index)
            yield first, second


def _then(before: ActorMap, after: ActorMap, now: Mapping[str, str]) -> Then:
    was = _matters(findings_of(before))
    change = compare(before, after)
    both = [one.key for one in MATTERS if one.key in was and one.key in now]
    numbers = change.numbers
    return Then(
        when=before.date,
        gained=numbers["gained"] or 0,
        lost=numbers["lost"] or 0,
        stronger=numbers["stronger"],
        weaker=numbers["weaker"],
        closed=tuple(key for key in both if (was[key], now[key]) == ("gap", "strength")),
        opened=tuple(key for key in both if (was[key], now[key]) == ("strength", "gap")),
        values={key: value.number for key, value in key_figures(before).items()},
    )


def kinds_of(maps: Iterable[Profile]) -> list[KindPair]:
    """Return the pairs of kinds that some map needs a tie between, in the vocabulary's order."""
    order = list(KINDS)
    found = set(chain.from_iterable(one.needed for one in maps))
    return sorted(found, key=lambda pair: tuple(map(order.index, pair)))
