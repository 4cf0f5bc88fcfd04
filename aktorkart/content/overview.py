"""What any map says first: what it holds, who is central, who bridges, how it hangs together.

Each function takes a map and its measures and returns findings; the report puts them in
order. Nothing here depends on a language.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from aktorkart.finding import Between, Coded, Finding, Who, finding, named, some
from aktorkart.model.vocabulary import LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap, Tie
    from aktorkart.network.measures import Measures

MOST_BRIDGES = 3
"""So many go-betweens are said in sentences, each with the two lines it joins most."""

CLEAR = 0.05
"""Shares across lines that differ less from the expected are called as expected."""


def _key(tie: Tie) -> tuple[str, str, str]:
    return tie.source, tie.target, tie.kind


def _about_ties(kart: ActorMap, case: str, level: str, ties: Sequence[Tie]) -> list[Finding]:
    if not ties:
        return []
    ordered = sorted(ties, key=_key)
    pairs = [Between(tie.source, tie.target, tie.mutual) for tie in ordered]
    return [
        finding(
            kart,
            "content",
            case,
            level,
            ties=tuple(map(_key, ordered)),
            numbers={"n": len(ties)},
            words={"ties": some(pairs)},
        )
    ]


def day(when: str) -> str | dt.date:
    """Return a whole day as a date, so that it is written as the language does."""
    return dt.date.fromisoformat(when) if when.count("-") > 1 else when


def troubled(tie: Tie) -> bool:
    """Tell whether a tie exists but lets nothing through."""
    return not tie.is_channel and not tie.needed


def content(kart: ActorMap) -> list[Finding]:
    """Say what a map holds and what it lacks."""
    if not kart.actors:
        return [finding(kart, "content", "empty", "unknown")]
    in_force = kart.ties_in_force
    found = [
        finding(
            kart,
            "content",
            "holds",
            "note",
            numbers={
                "actors": len(kart.actors),
                "ties": len(kart.ties),
                "channels": len(kart.channels),
            },
        ),
        *_about_ties(kart, "needed", "gap", [tie for tie in in_force if tie.needed]),
        *_about_ties(kart, "troubled", "gap", [tie for tie in in_force if troubled(tie)]),
    ]
    outside = len(kart.ties) - len(in_force)
    if outside and kart.date is not None:
        found.append(
            finding(
                kart,
                "content",
                "not_in_force",
                "note",
                numbers={"n": outside},
                words={"date": day(kart.date)},
            )
        )
    if unjudged := sum(tie.strength is None for tie in kart.channels):
        found.append(
            finding(kart, "content", "unknown_strength", "unknown", numbers={"n": unjudged})
        )
    without = sorted(actor.id for actor in kart.actors if actor.kind == "unknown")
    if without:
        found.append(
            finding(
                kart,
                "content",
                "unknown_kind",
                "unknown",
                actors=tuple(without),
                numbers={"n": len(without)},
                words={"actors": named(without)},
            )
        )
    found += [
        finding(kart, "content", case, "unknown")
        for case, lacks in (("no_date", kart.date is None), ("no_focal", kart.focal is None))
        if lacks
    ]
    return found


def centrality(kart: ActorMap, measures: Measures) -> list[Finding]:
    """Say who the go-between is, how firmly, and who knows the most others."""
    smallest_with_a_between = 3
    if len(kart.actors) < smallest_with_a_between:
        return []
    rows = measures.ranking("betweenness")
    found: list[Finding] = []
    first = rows[0] if rows else None
    if first is None or not first.value:
        found.append(finding(kart, "centrality", "no_broker", "note"))
    else:
        rivals = [row.actor for row in rows[1:] if row.lowest == 1]
        case = "uncertain_broker" if rivals else "firm_broker"
        found.append(
            finding(
                kart,
                "centrality",
                case if first.lowest is not None else "broker",
                "note",
                actors=(first.actor, *rivals),
                numbers={"share": first.value, "lowest": first.lowest, "highest": first.highest},
                words={
                    "actor": Who(first.actor),
                    "others": named(rivals),
                },
            )
        )
    degrees = {id_: round((measures[id_].degree or 0) * (len(kart.actors) - 1)) for id_ in measures}
    most = max(degrees.values())
    if most:
        best = sorted(id_ for id_, degree in degrees.items() if degree == most)
        found.append(
            finding(
                kart,
                "centrality",
                "most_ties",
                "note",
                actors=tuple(best),
                numbers={"degree": most, "total": len(kart.actors) - 1, "n": len(best)},
                words={"actors": named(best)},
            )
        )
    focal = next((row for row in rows if row.actor == kart.focal), None)
    if focal is not None and focal.rank > 1 and focal.value:
        found.append(
            finding(
                kart,
                "centrality",
                "focal",
                "note",
                actors=(focal.actor,),
                numbers={"rank": focal.rank, "total": len(rows)},
                words={"actor": Who(focal.actor)},
            )
        )
    return found


Bridge = tuple[str, str, str, int]
"""A go-between, two groups, and how many pairs across them it alone or among others joins."""


def group_of(kart: ActorMap, id_: str) -> str | None:
    """Return the line an actor counts in: its first."""
    lines = kart.lines(id_)
    return lines[0] if lines else None


def bridge_counts(kart: ActorMap) -> list[Bridge]:
    """Count, per actor and pair of lines, the unlinked pairs it stands between."""
    near: dict[str, set[str]] = {actor.id: set() for actor in kart.actors}
    for tie in kart.channels:
        near[tie.source].add(tie.target)
        near[tie.target].add(tie.source)
    group = {actor.id: group_of(kart, actor.id) for actor in kart.actors}
    counts: Counter[tuple[str, str, str]] = Counter()
    for broker, known in near.items():
        ordered = sorted(known)
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 :]:
                groups = group[one], group[other]
                if other not in near[one] and None not in groups and groups[0] != groups[1]:
                    first, second = sorted(map(str, groups), key=LINES.index)
                    counts[broker, first, second] += 1
    found = [(broker, one, other, n) for (broker, one, other), n in counts.items()]
    return sorted(found, key=lambda bridge: (-bridge[3], bridge[:3]))


def bridges(kart: ActorMap, measures: Measures) -> list[Finding]:
    """Say who links lines that otherwise have no contact, and whose loss splits the map."""
    if not kart.channels:
        return []
    found: list[Finding] = []
    every = [id_ for id_ in measures if measures[id_].cut_point]
    # That a person's network falls apart without the person says nothing about the network.
    person = kart.user if kart.scope == "individual" else None
    if cut := [id_ for id_ in every if id_ != person]:
        found.append(
            finding(
                kart,
                "bridges",
                "cut_points",
                "gap",
                actors=tuple(cut),
                numbers={"n": len(cut)},
                words={"actors": named(cut)},
            )
        )
    elif not every:
        found.append(finding(kart, "bridges", "no_cut_points", "strength"))
    counts = bridge_counts(kart)
    told: set[str] = set()
    for broker, one, other, n in counts:
        if broker in told or len(told) == MOST_BRIDGES:
            continue
        told.add(broker)
        found.append(
            finding(
                kart,
                "bridges",
                "between",
                "note",
                actors=(broker,),
                numbers={"n": n},
                words={
                    "actor": Who(broker),
                    "one": Coded(f"line_in_text.{one}"),
                    "other": Coded(f"line_in_text.{other}"),
                },
            )
        )
    if not counts:
        found.append(finding(kart, "bridges", "none", "note"))
    return found


def cohesion(kart: ActorMap, measures: Measures) -> list[Finding]:
    """Say whether contact stays within the lines or crosses them."""
    if not kart.channels:
        return []
    sizes = Counter(line for actor in kart.actors if (line := group_of(kart, actor.id)))
    if not sizes:
        return [finding(kart, "cohesion", "unknown", "unknown")]
    if len(sizes) == 1:
        words = {"group": Coded(f"line_in_text.{next(iter(sizes))}")}
        return [finding(kart, "cohesion", "one_group", "unknown", words=words)]
    found: list[Finding] = []
    index, by_chance = measures.ei_index(by="line"), measures.expected_ei_index(by="line")
    if index is not None and by_chance is not None:
        between, expected = (1 + index) / 2, (1 + by_chance) / 2
        case = "as_expected"
        if abs(between - expected) > CLEAR:
            case = "outward" if between > expected else "inward"
        found.append(
            finding(
                kart,
                "cohesion",
                case,
                "note",
                numbers={"between": between, "expected": expected},
            )
        )
    linked = {
        frozenset((group_of(kart, tie.source), group_of(kart, tie.target))) for tie in kart.channels
    }
    # A line with a single actor has few to know: silence there says nothing about the line.
    several = sorted((line for line, size in sizes.items() if size > 1), key=LINES.index)
    apart = [
        (one, other)
        for place, one in enumerate(several)
        for other in several[place + 1 :]
        if frozenset((one, other)) not in linked
    ]
    found += [
        finding(
            kart,
            "cohesion",
            "unlinked",
            "gap",
            numbers={"n": sizes[one] + sizes[other]},
            words={"pairs": (Coded(f"line_in_text.{one}"), Coded(f"line_in_text.{other}"))},
        )
        for one, other in apart
    ]
    return found


def reach(kart: ActorMap, measures: Measures) -> list[Finding]:
    """Say whether everyone hangs together, and who stands alone."""
    if not kart.actors:
        return []
    if len(kart.actors) == 1:
        return [finding(kart, "reach", "alone", "note")]
    parts = [part for part in measures.components if len(part) > 1]
    isolates = sorted(id_ for part in measures.components if len(part) == 1 for id_ in part)
    found: list[Finding] = []
    if len(parts) == 1 and not isolates:
        numbers = {"n": len(kart.actors)}
        found.append(finding(kart, "reach", "one_piece", "strength", numbers=numbers))
    elif len(parts) > 1:
        numbers = {"n": len(parts), "largest": max(map(len, parts))}
        found.append(finding(kart, "reach", "pieces", "gap", numbers=numbers))
    if isolates:
        found.append(
            finding(
                kart,
                "reach",
                "isolates",
                "gap",
                actors=tuple(isolates),
                numbers={"n": len(isolates)},
                words={"actors": named(isolates)},
            )
        )
    if measures.density is not None:
        numbers_ = {"share": measures.density}
        found.append(finding(kart, "reach", "density", "note", numbers=numbers_))
    if one_way := sum(not tie.mutual for tie in kart.channels):
        found.append(finding(kart, "reach", "one_way", "note", numbers={"n": one_way}))
    return found
