"""User voice: who hears users, and who is only spoken to. METHOD 6.10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.comparison.sides import order, sorted_findings
from aktorkart.finding import Finding, Who, finding, named
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import VOICES
from aktorkart.network.graph import arcs_among, shortest_path
from aktorkart.network.memberships import arenas_of, seat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aktorkart.model import ActorMap, Tie


HEARD = frozenset({"user", "peer", "next_of_kin"})
"""Kinds that should not only be spoken to (METHOD 6.10)."""


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
    expect_map(kart)
    kinds = {actor.id: actor.kind for actor in sorted(kart.actors, key=lambda actor: actor.id)}
    heads = arcs_among(kart.channels)
    heard = set().union(*heads.values())
    found = [*_arenas(kart, kinds), *_organisations(kart, kinds, heads)]
    silent = [id_ for id_, kind in kinds.items() if kind in HEARD and id_ in heard - heads.keys()]
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


def members(kart: ActorMap, arena: str) -> list[tuple[str, Tie]]:
    """Return the members of an arena, each with the tie that makes it one."""
    found: dict[str, Tie] = {}
    for tie in sorted(kart.channels, key=order):
        taken = seat(kart, tie)
        if taken is not None and taken[1] == arena:
            found.setdefault(taken[0], tie)
    return sorted(found.items())


def _arenas(kart: ActorMap, kinds: dict[str, str]) -> Iterator[Finding]:
    arenas = arenas_of(kart)
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
        path = shortest_path(organisation, steering, heads)
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
