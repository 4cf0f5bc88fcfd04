"""User voice: who hears users, and who is only spoken to. METHOD 6.10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.comparison.sides import order, sorted_findings
from aktorkart.finding import Finding, Who, finding, named
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import VOICES
from aktorkart.network.graph import arcs_among, reachable, shortest_path
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
    arenas nor user organisations. Where it rests on somebody whose kind or level is not
    known, it is unknown.

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
    spoken_to = set().union(*heads.values()) - heads.keys()
    found = [*_arenas(kart, kinds), *_organisations(kart, kinds, heads)]
    silent = [id_ for id_, kind in kinds.items() if kind in HEARD and id_ in spoken_to]
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


def members(kart: ActorMap) -> dict[str, list[tuple[str, Tie]]]:
    """Return the members of each arena, each with the tie that makes it one; all sorted."""
    found: dict[str, dict[str, Tie]] = {arena: {} for arena in arenas_of(kart)}
    for tie in sorted((tie for tie in kart.channels if tie.kind == "membership"), key=order):
        if (taken := seat(kart, tie)) is not None:
            member, arena = taken
            found[arena].setdefault(member, tie)
    return {arena: sorted(there.items()) for arena, there in found.items()}


def _arenas(kart: ActorMap, kinds: dict[str, str]) -> Iterator[Finding]:
    arenas = members(kart)
    if not arenas:
        yield finding(kart, "user_voice", "no_arenas", "unknown")
    for arena, seated in arenas.items():
        there = [id_ for id_, _ in seated]
        voices = [id_ for id_ in there if kinds[id_] in VOICES]
        unsure = [id_ for id_ in there if kinds[id_] == "unknown"] if not voices else []
        words: dict[str, Any] = {"arena": Who(arena), "actors": named(voices or unsure)}
        numbers = {"n": len(there), "voices": len(voices)}
        if not there:
            case, level = "no_members", "unknown"
        elif voices:
            case, level = "in_arena", "strength"
        elif unsure:
            case, level = "in_arena_unknown", "unknown"
        else:
            case, level = "not_in_arena", "gap"
        yield finding(
            kart,
            "user_voice",
            case,
            level,
            actors=(arena, *voices, *unsure),
            numbers=numbers,
            words=words if voices or unsure else {"arena": Who(arena)},
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
    untyped = [id_ for id_, kind in kinds.items() if kind == "unknown"]
    unplaced = [
        id_
        for id_, kind in kinds.items()
        if kind not in {"user_organisation", "arena"} and not kart.levels(id_)
    ]
    if not organisations:
        yield _lacking(kart, "no_organisation", "organisation_unknown", untyped)
        return
    if not steering:
        yield _lacking(kart, "no_governance", "governance_unknown", unplaced)
        return
    for organisation in organisations:
        path = shortest_path(organisation, steering, heads)
        if not path:
            reached = reachable(organisation, heads)
            met = [id_ for id_ in unplaced if id_ in reached]
            yield finding(
                kart,
                "user_voice",
                "no_path_known" if met else "no_path",
                "unknown" if met else "gap",
                actors=(organisation, *met),
                numbers={"n": len(met)} if met else {},
                words={"actor": Who(organisation)} | ({"actors": named(met)} if met else {}),
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


def _lacking(kart: ActorMap, case: str, unsure: str, who: list[str]) -> Finding:
    """Say that the map has nobody of a sort, or that it does not say whether some are."""
    if not who:
        return finding(kart, "user_voice", case, "unknown")
    about: dict[str, Any] = {"numbers": {"n": len(who)}, "words": {"actors": named(who)}}
    return finding(kart, "user_voice", unsure, "unknown", actors=tuple(who), **about)
