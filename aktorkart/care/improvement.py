"""Improvement: what has become of the network since the earlier map. METHOD 6.12."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aktorkart.care.user_voice import members
from aktorkart.comparison.compare import compare
from aktorkart.comparison.sides import (
    existing,
    named_ties,
    order,
)
from aktorkart.finding import Coded, Finding, Who, finding
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import PHASES
from aktorkart.toolbox.checklist import checklist as checklist_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.model import ActorMap, Tie


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
    >>> from aktorkart.model import ActorMap
    >>> [found.case for found in improvement(ActorMap())]
    ['one_map']
    """
    expect_map(before)
    if after is None:
        numbers = dict.fromkeys(("gained", "lost", "stronger", "weaker"))
        return [finding(before, "improvement", "one_map", "unknown", numbers=numbers)]
    change = compare(before, after)

    def say(case: str, level: str, n: float, **fields: Any) -> Finding:
        numbers = {"n": n, **fields.pop("numbers", {})}
        return change.finding(case, level, numbers=numbers, **fields)

    found = []
    if idle := _idle(before, after):
        ties = tuple(tie.key for tie in idle)
        found.append(say("idle", "gap", len(idle), ties=ties, words={"ties": named_ties(idle)}))
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
        for tie in sorted(existing(kart), key=order):
            groups[tie.pair, tie.kind].append(tie)
        weakest = kart.strength_scale[0] if kart.strength_scale else 0.0
        return {
            key: ties
            for key, ties in groups.items()
            if all(not tie.is_channel or tie.strength == weakest for tie in ties)
        }

    was, now = asleep(before), asleep(after)
    return [now[key][0] for key in sorted(was.keys() & now.keys())]


def _idle_arenas(kart: ActorMap) -> Iterator[tuple[str, int]]:
    linked = {tie.pair for tie in kart.channels}
    for arena, seated in members(kart).items():
        there = [id_ for id_, _ in seated]
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
    return {
        item.id: (item.phase, item.series[-1].value)
        for item in checklist_of(kart).items
        if item.series
    }
