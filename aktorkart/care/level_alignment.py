"""Between levels: whether agreements and practice fit together. METHOD 6.8."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from aktorkart.care.user_voice import members
from aktorkart.comparison.sides import named_ties, order, sorted_findings
from aktorkart.finding import Finding, finding, named
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import CARRYING, LEVELS
from aktorkart.network.memberships import arenas_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aktorkart.model import ActorMap, Tie


Homes = tuple[str, str]
"""Two organisations, sorted."""


@dataclass(kw_only=True)
class _Between:
    """What goes on between two organisations."""

    agreements: list[Tie]
    practice: list[Tie]
    middle: list[Tie]


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
    home = {actor.id: actor.organisation for actor in kart.actors if actor.organisation}
    if len(set(home.values())) < 2:  # noqa: PLR2004 - a pair
        return [finding(kart, "level_alignment", "no_organisations", "unknown")]
    between = _between_organisations(kart, home)
    found = [
        _aligned(kart, pair, what)
        for pair, what in sorted(between.items())
        if what.practice or what.agreements
    ]
    if not any(what.agreements for what in between.values()):
        unpaired = [one for one in found if one.numbers["practice"]]
        across = [tie for tie in kart.channels if _homes(home, *tie.ends) is not None]
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


def _between_organisations(kart: ActorMap, home: Mapping[str, str]) -> dict[Homes, _Between]:
    found: dict[Homes, _Between] = defaultdict(
        lambda: _Between(agreements=[], practice=[], middle=[])
    )
    for tie in sorted(kart.channels, key=order):
        homes = _homes(home, tie.source, tie.target)
        if homes is None:
            continue
        what = found[homes]
        both = set(kart.levels(tie.source)), set(kart.levels(tie.target))
        if tie.kind == "agreement":
            if all(at & set(LEVELS[1:]) for at in both):
                what.agreements.append(tie)
            continue
        if tie.kind in CARRYING and all("individual" in at for at in both):
            what.practice.append(tie)
        if all("service" in at for at in both):
            what.middle.append(tie)
    for homes, ties in _meeting(kart, home):
        found[homes].middle += ties
    return found


def _meeting(kart: ActorMap, home: Mapping[str, str]) -> Iterator[tuple[Homes, list[Tie]]]:
    """Return the organisations that meet in an arena at service level."""
    for arena in arenas_of(kart):
        if "service" in kart.levels(arena):
            for (one, tie), (other, another) in combinations(members(kart, arena), 2):
                if (homes := _homes(home, one, other)) is not None:
                    yield homes, [tie, another]


def _homes(home: Mapping[str, str], one: str, other: str) -> Homes | None:
    """Return the two actors' organisations, sorted; None unless they are two."""
    homes = sorted({home[id_] for id_ in (one, other) if id_ in home})
    return (homes[0], homes[1]) if len(homes) > 1 else None


def _aligned(kart: ActorMap, pair: Homes, what: _Between) -> Finding:
    if not what.practice:
        case, level = "no_practice", "gap"
    elif not what.agreements:
        case, level = "no_agreement", "gap"
    elif not what.middle:
        case, level = "missing_middle", "gap"
    else:
        case, level = "aligned", "strength"
    ties = [*what.agreements, *what.practice]
    return finding(
        kart,
        "level_alignment",
        case,
        level,
        actors=tuple(sorted({end for tie in ties for end in tie.pair})),
        ties=tuple(dict.fromkeys(tie.key for tie in ties)),
        numbers={
            "agreements": len(what.agreements),
            "practice": len(what.practice),
            "middle": len({tie.key for tie in what.middle}),
            "n": len(ties),
        },
        words={"one": pair[0], "other": pair[1], "ties": named_ties(what.practice or ties)},
    )
