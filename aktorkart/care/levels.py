"""Between levels: agreements and practice that fit together, and how far users are heard."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aktorkart.checks import orders
from aktorkart.compare.sides import key_of, order, pair_of, said_ties, sorted_findings
from aktorkart.findings import Finding, Who, finding, named
from aktorkart.vocabulary import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aktorkart.model import ActorMap, Tie

PRACTICE = frozenset({"information", "referral", "collaboration", "coordination"})
"""Ties in which two organisations work together around users (METHOD 6.8)."""

VOICES = frozenset({"peer", "user_organisation"})
"""Kinds that speak for users in an arena (METHOD 6.10)."""

HEARD = frozenset({"user", "peer", "next_of_kin"})
"""Kinds that should not only be spoken to (METHOD 6.10)."""

Homes = tuple[str, str]
"""Two organisations, sorted."""


# --- 8. level alignment


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
        if tie.kind in PRACTICE and all("individual" in at for at in both):
            what.practice.append(tie)
        if all("service" in at for at in both):
            what.middle.append(tie)
    for homes, ties in _meeting(kart, home):
        found[homes].middle += ties
    return found


def _meeting(kart: ActorMap, home: Mapping[str, str]) -> Iterator[tuple[Homes, list[Tie]]]:
    """Return the organisations that meet in an arena at service level."""
    for arena in sorted(actor.id for actor in kart.actors if actor.kind == "arena"):
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
        actors=tuple(sorted({end for tie in ties for end in pair_of(tie)})),
        ties=tuple(dict.fromkeys(map(key_of, ties))),
        numbers={
            "agreements": len(what.agreements),
            "practice": len(what.practice),
            "middle": len({key_of(tie) for tie in what.middle}),
            "n": len(ties),
        },
        words={"one": pair[0], "other": pair[1], "ties": said_ties(what.practice or ties)},
    )


# --- 10. user voice


def user_voice(kart: ActorMap) -> list[Finding]:
    """Say where users are heard, and who is only spoken to.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        Code ``user_voice``: for each arena whether a peer or a user organisation is a member;
        for each user organisation whether a directed path of channels leads to somebody at
        governance level, and in how many ``steps``; and the users, peers and next of kin that
        have incoming channels only.

    Notes
    -----
    METHOD 6.10. Members have a membership channel with the arena, either way; between two arenas
    it goes from the member. At governance level are actors that have that level, but neither
    arenas nor user organisations.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> actors = [Actor(id="ansvarsgruppe", kind="arena"), Actor(id="nav", kind="nav")]
    >>> ties = [Tie(source="nav", target="ansvarsgruppe", kind="membership")]
    >>> user_voice(ActorMap(actors=actors, ties=ties))[0].case
    'not_in_arena'
    """
    kinds = {actor.id: actor.kind for actor in sorted(kart.actors, key=lambda actor: actor.id)}
    heads, tails = defaultdict(set), defaultdict(set)
    for tie in kart.channels:
        for tail, head in orders(tie):
            heads[tail].add(head)
            tails[head].add(tail)
    found = [*_arenas(kart, kinds), *_organisations(kart, kinds, heads)]
    silent = [id_ for id_, kind in kinds.items() if kind in HEARD and tails[id_] and not heads[id_]]
    if silent:
        found.append(
            finding(
                kart,
                "user_voice",
                "only_spoken_to",
                "gap",
                actors=tuple(silent),
                numbers={"n": len(silent)},
                words={"actors": named(silent)},
            )
        )
    return sorted_findings(found)


def seat(kart: ActorMap, tie: Tie) -> tuple[str, str] | None:
    """Tell who is a member of which arena by a tie, whichever way it is drawn.

    Where an arena is a member of an arena, the tie goes from the member.

    Parameters
    ----------
    kart : ActorMap
        The map.
    tie : Tie
        One of its ties, working or not.

    Returns
    -------
    tuple of str, or None
        The member and the arena; None if the tie is no membership of an arena.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> kart = ActorMap(actors=[Actor(id="forum", kind="arena"), Actor(id="nav", kind="nav")])
    >>> seat(kart, Tie(source="forum", target="nav", kind="membership"))
    ('nav', 'forum')
    """
    if tie.kind == "membership":
        for member, arena in ((tie.source, tie.target), (tie.target, tie.source)):
            if kart[arena].kind == "arena":
                return member, arena
    return None


def members(kart: ActorMap, arena: str) -> list[tuple[str, Tie]]:
    """Return the members of an arena, each with the tie that makes it one.

    Parameters
    ----------
    kart : ActorMap
        The map.
    arena : str
        Id of the arena.

    Returns
    -------
    list of tuple
        Ids, sorted, and ties.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> actors = [Actor(id="forum", kind="arena"), Actor(id="gruppe", kind="arena")]
    >>> ties = [Tie(source="gruppe", target="forum", kind="membership")]
    >>> kart = ActorMap(actors=actors, ties=ties)
    >>> [id for id, _ in members(kart, "forum")], members(kart, "gruppe")
    (['gruppe'], [])
    """
    found: dict[str, Tie] = {}
    for tie in sorted(kart.channels, key=order):
        taken = seat(kart, tie)
        if taken is not None and taken[1] == arena:
            found.setdefault(taken[0], tie)
    return sorted(found.items())


def _arenas(kart: ActorMap, kinds: dict[str, str]) -> Iterator[Finding]:
    arenas = [id_ for id_, kind in kinds.items() if kind == "arena"]
    if not arenas:
        yield finding(kart, "user_voice", "no_arenas", "unknown")
    for arena in arenas:
        there = [id_ for id_, _ in members(kart, arena)]
        voices = [id_ for id_ in there if kinds[id_] in VOICES]
        words: dict[str, Any] = {"arena": Who(arena), "actors": named(voices)}
        numbers = {"n": len(there), "voices": len(voices)}
        if not there:
            case, level = "no_members", "unknown"
        elif voices:
            case, level = "in_arena", "strength"
        else:
            case, level = "not_in_arena", "gap"
        yield finding(
            kart,
            "user_voice",
            case,
            level,
            actors=(arena, *voices),
            numbers=numbers,
            words=words if voices else {"arena": Who(arena)},
        )


def _organisations(
    kart: ActorMap, kinds: dict[str, str], heads: Mapping[str, set[str]]
) -> Iterator[Finding]:
    organisations = [id_ for id_, kind in kinds.items() if kind == "user_organisation"]
    steering = {
        id_
        for id_, kind in kinds.items()
        if "governance" in kart.levels(id_) and kind not in {"user_organisation", "arena"}
    }
    if not organisations or not steering:
        case = "no_governance" if organisations else "no_organisation"
        yield finding(kart, "user_voice", case, "unknown")
        return
    for organisation in organisations:
        path = _shortest(organisation, steering, heads)
        if not path:
            yield finding(
                kart,
                "user_voice",
                "no_path",
                "gap",
                actors=(organisation,),
                words={"actor": Who(organisation)},
            )
            continue
        between = path[1:-1]
        words: dict[str, Any] = {"actor": Who(organisation), "target": Who(path[-1])}
        if between:
            words["through"] = tuple(map(Who, between))
        yield finding(
            kart,
            "user_voice",
            "path" if between else "direct",
            "strength",
            actors=tuple(path),
            numbers={"steps": len(path) - 1},
            words=words,
        )


def _shortest(start: str, goals: set[str], heads: Mapping[str, set[str]]) -> list[str]:
    """Return a shortest path to any of the goals; the first by id among equals."""
    came: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here in goals:
            path = [here]
            while (before := came[path[-1]]) is not None:
                path.append(before)
            return path[::-1]
        for head in sorted(heads.get(here, ())):
            if head not in came:
                came[head] = here
                queue.append(head)
    return []
