"""Perspective gap: what informants see differently, by name. METHOD 6.9."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from aktorkart.comparison.sides import (
    FAR_APART,
    existing,
    sorted_findings,
)
from aktorkart.comparison.views import disagreements, informant_of, informants, views_in, views_of
from aktorkart.finding import Finding, finding
from aktorkart.model import Actor, ActorMap, expect_map


def perspective_gap(
    maps: ActorMap | Mapping[str, ActorMap] | Sequence[ActorMap],
) -> list[Finding]:
    """Say what informants see differently, by name, as an agenda.

    Parameters
    ----------
    maps : ActorMap, mapping of str to ActorMap, or sequence of ActorMap
        One map with ties from several informants, or each informant's map; those of a
        sequence are called by their titles.

    Returns
    -------
    list of Finding
        Code ``perspective_gap``: ties that one sees and another does not, ties that work for
        one and not for another, strengths two or more ``steps`` apart.

    Notes
    -----
    METHOD 6.9. Silence is disagreement only where the informant would have to know: about its
    own ties, and about ties between actors that it has told of where it draws others' ties
    too. Nobody denies a tie that stands on the map without an informant. Strengths, and whether
    a tie works, are compared within one kind of tie, never across kinds. One map, or several
    informants who have told of nothing in common: unknown.

    Examples
    --------
    >>> [found.case for found in perspective_gap(ActorMap())]
    ['one_view']
    """
    if isinstance(maps, ActorMap):
        kart, views, comparable = maps, views_in(maps), True
        shared = [tie for tie in existing(maps) if informant_of(maps, tie) is None]
    else:
        if isinstance(maps, str) or not isinstance(maps, Mapping | Sequence):
            expect_map(maps)
        for one_map in maps.values() if isinstance(maps, Mapping) else maps:
            expect_map(one_map)
        named_maps = maps if isinstance(maps, Mapping) else _called(maps)
        kart, views, shared = _all_actors(named_maps), views_of(named_maps), []
        comparable = len({one.strength_scale for one in named_maps.values()}) < 2  # noqa: PLR2004
    if len(views) < 2:  # noqa: PLR2004 - it takes two to disagree
        return [finding(kart, "perspective_gap", "one_view", "unknown")]
    found = [
        one
        for one in disagreements(kart, views, shared=shared)
        if one.case not in {"strength", "stage"}
        or ((comparable or one.case == "stage") and (one.numbers["steps"] or 0) >= FAR_APART)
    ]
    if not comparable:
        found.append(finding(kart, "perspective_gap", "scales", "unknown"))
    if found:
        return sorted_findings(found, by="steps")
    told = [{(tie.pair, tie.kind) for tie in view.ties} for view in views]
    common = {tie for one, other in combinations(told, 2) for tie in one & other}
    words = {"names": informants(kart, (view.name for view in views))}
    if not common:
        return [finding(kart, "perspective_gap", "nothing_shared", "unknown", words=words)]
    rated = [
        {(tie.pair, tie.kind) for tie in view.ties if tie.strength is not None} for view in views
    ]
    close = {tie for one, other in combinations(rated, 2) for tie in one & other}
    more = [finding(kart, "perspective_gap", "close", "strength", numbers={"n": len(close)})]
    return [
        finding(
            kart,
            "perspective_gap",
            "agreed",
            "strength",
            numbers={"n": len(common)},
            words=words,
            more=tuple(more) if close else (),
        )
    ]


def _called(maps: Sequence[ActorMap]) -> dict[str, ActorMap]:
    titles = [kart.title or "" for kart in maps]
    distinct = all(titles) and len(set(titles)) == len(titles)
    return {
        title if distinct else str(number): kart
        for number, (title, kart) in enumerate(zip(titles, maps, strict=True), start=1)
    }


def _all_actors(maps: Mapping[str, ActorMap]) -> ActorMap:
    """Return a map with everybody's actors, which knows what they are called."""
    actors = {
        actor.id: Actor(id=actor.id, name=actor.name)
        for name in sorted(maps)
        for actor in maps[name].actors
    }
    scale = next((one.strength_scale for one in maps.values()), None)
    return ActorMap(actors=[actors[id_] for id_ in sorted(actors)], strength_scale=scale)
