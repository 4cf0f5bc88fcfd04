"""Dealings levels: whether agreements and practice fit together. METHOD 6.8."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from aktorkart.care.user_voice import members
from aktorkart.comparison.sides import named_ties, order, reports, sorted_findings
from aktorkart.finding import Finding, finding, named
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import CARRYING, LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aktorkart.model import ActorMap, Tie


Homes = tuple[str, str]
"""Two organisations, sorted."""


@dataclass(kw_only=True)
class Dealings:
    """What goes on between two organisations."""

    agreements: list[Tie]
    practice: list[Tie]
    middle: list[Tie]


def fit(*, agreements: bool, practice: bool, middle: bool) -> str | None:
    """Return how agreements and practice fit together; None where there is neither."""
    if not practice:
        return "no_practice" if agreements else None
    if not agreements:
        return "no_agreement"
    return "aligned" if middle else "missing_middle"


def adds(kind: str, levels: Collection[str], others: Collection[str]) -> list[str]:
    """Return what a channel of a kind is between two organisations, by its ends' levels."""
    if kind == "agreement":
        steering = all(not {*LEVELS[1:]}.isdisjoint(at) for at in (levels, others))
        return ["agreements"] if steering else []
    practice = kind in CARRYING and "individual" in levels and "individual" in others
    middle = "service" in levels and "service" in others
    return [*(["practice"] if practice else []), *(["middle"] if middle else [])]


def level_alignment(kart: ActorMap) -> list[Finding]:
    """Say where agreements and practice between organisations do not fit together.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        Code ``level_alignment``, one for each pair of organisations that have something
        between them, with the numbers ``agreements``, ``practice`` and ``middle``.

    Notes
    -----
    METHOD 6.8. Agreements are channels of that kind between actors at governance or service
    level; practice is information, referral, collaboration and coordination between actors
    at individual level; the middle is any other channel than an agreement between actors at
    service level, or an arena at that level where both are members. An actor with several
    levels counts at each of them. Where the map has no agreement between any organisations,
    practice without one is not called a gap.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> [found.case for found in level_alignment(ActorMap())]
    ['no_organisations']
    """
    expect_map(kart)
    home = homes_of(kart)
    if len(set(home.values())) < 2:  # noqa: PLR2004 - a pair
        return [finding(kart, "level_alignment", "no_organisations", "unknown")]
    between = between_organisations(kart)
    found = [
        _aligned(kart, pair, what)
        for pair, what in sorted(between.items())
        if what.practice or what.agreements
    ]
    if not any(what.agreements for what in between.values()):
        unpaired = [one for one in found if one.numbers["practice"]]
        across = [tie for tie in kart.channels if two_homes(*map(home.get, tie.ends)) is not None]
        unplaced = sorted({id_ for tie in across for id_ in tie.ends if not kart.levels(id_)})
        if unplaced and (not unpaired or any(tie.kind == "agreement" for tie in across)):
            return [
                finding(
                    kart,
                    "level_alignment",
                    "no_levels",
                    "unknown",
                    actors=tuple(unplaced),
                    numbers={"n": len(unplaced)},
                    words={"actors": named(unplaced)},
                )
            ]
        pairs = {"n": len(unpaired)}
        case = "no_agreements" if unpaired else "no_practice_either"
        return [finding(kart, "level_alignment", case, "unknown", numbers=pairs)]
    return sorted_findings(found)


def between_organisations(kart: ActorMap) -> dict[Homes, Dealings]:
    """Return what goes on between organisations that have any channel between them."""
    found: dict[Homes, Dealings] = defaultdict(
        lambda: Dealings(agreements=[], practice=[], middle=[])
    )
    home = homes_of(kart)
    across = [
        (two, tie)
        for tie in kart.channels
        if (two := two_homes(*map(home.get, tie.ends))) is not None
    ]
    for two, tie in sorted(across, key=lambda one: order(one[1])):
        for way in adds(tie.kind, *map(kart.levels, tie.ends)):
            getattr(found[two], way).append(tie)
    for two, ties in _meeting(kart, home):
        found[two].middle += ties
    return found


def _meeting(kart: ActorMap, home: Mapping[str, str]) -> Iterator[tuple[Homes, list[Tie]]]:
    """Return the organisations that meet in an arena at service level."""
    for arena, seated in members(kart).items():
        if "service" in kart.levels(arena):
            for (one, tie), (other, another) in combinations(seated, 2):
                if (two := two_homes(home.get(one), home.get(other))) is not None:
                    yield two, [tie, another]


def homes_of(kart: ActorMap) -> dict[str, str]:
    """Return the organisation of each actor that has one."""
    return {actor.id: actor.organisation for actor in kart.actors if actor.organisation}


def two_homes(one: str | None, other: str | None) -> Homes | None:
    """Return two organisations, sorted; None unless they are two."""
    if one is None or other is None or one == other:
        return None
    return min(one, other), max(one, other)


def _aligned(kart: ActorMap, pair: Homes, what: Dealings) -> Finding:
    case = fit(
        agreements=bool(what.agreements), practice=bool(what.practice), middle=bool(what.middle)
    )
    ties = [*what.agreements, *what.practice]
    return finding(
        kart,
        "level_alignment",
        str(case),
        "strength" if case == "aligned" else "gap",
        actors=tuple(sorted({end for tie in ties for end in tie.pair})),
        ties=tuple(dict.fromkeys(tie.key for tie in ties)),
        numbers={
            "agreements": len(reports(what.agreements)),
            "practice": len(reports(what.practice)),
            "middle": len(reports(what.middle)),
            "n": len(reports(ties)),
        },
        words={"one": pair[0], "other": pair[1], "ties": named_ties(what.practice or ties)},
    )
