"""Several maps: what different people see, and what has become of it all since last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aktorkart.care.levels import members
from aktorkart.compare import compare
from aktorkart.compare.sides import (
    FAR_APART,
    existing,
    key_of,
    pair_of,
    said_ties,
    sorted_findings,
)
from aktorkart.compare.views import disagreements, informant_of, informants, views_in, views_of
from aktorkart.fields import first_day, last_day
from aktorkart.findings import Coded, Finding, Who, finding
from aktorkart.model import Actor, ActorMap
from aktorkart.toolbox import checklist as checklist_of
from aktorkart.vocabulary import PHASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aktorkart.model import Tie


# --- 9. perspective gap


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
    too. Nobody denies a tie that stands on the map without an informant. One map, or several
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
        named_maps = maps if isinstance(maps, Mapping) else _called(maps)
        kart, views, shared = _all_actors(named_maps), views_of(named_maps), []
        comparable = len({one.strength_scale for one in named_maps.values()}) < 2  # noqa: PLR2004
    if len(views) < 2:  # noqa: PLR2004 - it takes two to disagree
        return [finding(kart, "perspective_gap", "one_view", "unknown")]
    found = [
        one
        for one in disagreements(kart, views, shared=shared)
        if one.case != "strength" or (comparable and (one.numbers["steps"] or 0) >= FAR_APART)
    ]
    if not comparable:
        found.append(finding(kart, "perspective_gap", "scales", "unknown"))
    if found:
        return sorted_findings(found, by="steps")
    pairs = [{pair_of(tie) for tie in view.ties} for view in views]
    common = {pair for one, other in combinations(pairs, 2) for pair in one & other}
    words = {"names": informants(kart, (view.name for view in views))}
    case, level = ("agreed", "strength") if common else ("nothing_shared", "unknown")
    numbers = {"n": len(common)}
    return [finding(kart, "perspective_gap", case, level, numbers=numbers, words=words)]


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


# --- 12. improvement delta


def improvement(before: ActorMap, after: ActorMap | None = None) -> list[Finding]:
    """Say what has become of the network since the earlier map.

    Parameters
    ----------
    before : ActorMap
        The earlier map.
    after : ActorMap, optional
        The later map; without it nothing can be said.

    Returns
    -------
    list of Finding
        Code ``improvement``, each with the numbers ``gained``, ``lost``, ``stronger`` and
        ``weaker``.

    Notes
    -----
    METHOD 6.12, from :func:`aktorkart.compare.compare`. More ties are not better by
    themselves, so they are noted without praise. *Idle* is a tie that works on neither map, or
    is at the weakest end of the scale on both. An arena connects nobody if all of its members
    have a direct channel with each other on the later map anyway. Points on the checklist are
    the latest of each item that both maps have, up to each map's date, as means by phase.

    Examples
    --------
    >>> [found.case for found in improvement(ActorMap())]
    ['one_map']
    """
    if after is None:
        numbers = dict.fromkeys(("gained", "lost", "stronger", "weaker"))
        return [finding(before, "improvement", "one_map", "unknown", numbers=numbers)]
    change = compare(before, after)

    def say(case: str, level: str, n: float, **fields: Any) -> Finding:
        numbers = {**change.numbers, "n": n, **fields.pop("numbers", {})}
        said = finding(after, "improvement", case, level, numbers=numbers, **fields)
        return replace(said, labels=change.labels)

    found = []
    if idle := _idle(before, after):
        ties = tuple(map(key_of, idle))
        found.append(say("idle", "gap", len(idle), ties=ties, words={"ties": said_ties(idle)}))
    for arena, count in _idle_arenas(after):
        found.append(say("idle_arena", "note", count, actors=(arena,), words={"arena": Who(arena)}))
    for phase, n, was, now in _checklist(before, after):
        numbers = {"before": was, "after": now}
        found.append(say("checklist", "note", n, numbers=numbers, words={"phase": Coded(phase)}))
    gaps = [one for one in found if one.level == "gap"]
    return [*gaps, *change.findings, *found[len(gaps) :]]


def _idle(before: ActorMap, after: ActorMap) -> list[Tie]:
    """Return the ties that stand on both maps and do nothing on either."""

    def asleep(kart: ActorMap) -> dict[tuple[tuple[str, str], str], list[Tie]]:
        groups: dict[tuple[tuple[str, str], str], list[Tie]] = defaultdict(list)
        for tie in existing(kart):
            groups[pair_of(tie), tie.kind].append(tie)
        weakest = kart.strength_scale[0] if kart.strength_scale else 0.0
        return {
            key: ties
            for key, ties in groups.items()
            if all(not tie.is_channel or tie.strength == weakest for tie in ties)
        }

    was, now = asleep(before), asleep(after)
    return [now[key][0] for key in sorted(was.keys() & now.keys())]


def _idle_arenas(kart: ActorMap) -> Iterator[tuple[str, int]]:
    linked = {pair_of(tie) for tie in kart.channels}
    for arena in sorted(actor.id for actor in kart.actors if actor.kind == "arena"):
        there = [id_ for id_, _ in members(kart, arena)]
        if there and all(pair in linked for pair in combinations(there, 2)):
            yield arena, len(there)


def _checklist(before: ActorMap, after: ActorMap) -> Iterator[tuple[str, int, float, float]]:
    was_by_id, now_by_id = _latest(before), _latest(after)
    by_phase: dict[str | None, list[tuple[float, float]]] = defaultdict(list)
    for id_ in sorted(was_by_id.keys() & now_by_id.keys()):
        (_, was), (phase, now) = was_by_id[id_], now_by_id[id_]
        by_phase[phase].append((was, now))
    for phase in (*PHASES, None):
        if pairs := by_phase.get(phase):
            mean_was, mean_now = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
            code = f"toolbox.phase.{phase}" if phase else "compare.no_phase"
            yield code, len(pairs), mean_was, mean_now


def _latest(kart: ActorMap) -> dict[str, tuple[str | None, float]]:
    """Return each item's phase and its latest points up to the map's date."""
    found = {}
    for item in checklist_of(kart).items:
        points = [
            point
            for point in item.series
            if kart.date is None or first_day(point.date) <= last_day(kart.date)
        ]
        if points:
            found[item.id] = item.phase, points[-1].value
    return found
