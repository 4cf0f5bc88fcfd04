"""Who links lines of service that otherwise have no contact."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from aktorkart.finding import Coded, Finding, Who, finding, named
from aktorkart.model.vocabulary import LINES
from aktorkart.network.graph import neighbours
from aktorkart.network.groups import group_of

if TYPE_CHECKING:
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures


MOST_BRIDGES = 3
"""So many go-betweens are said in sentences, each with the two lines it joins most."""

Bridge = tuple[str, str, str, int]
"""A go-between, two groups, and how many pairs across them it alone or among others joins."""


def bridge_counts(kart: ActorMap) -> list[Bridge]:
    """Count, per actor and pair of lines, the unlinked pairs it stands between."""
    near = neighbours(kart.channels)
    group = {actor.id: group_of(kart, actor.id, "line") for actor in kart.actors}
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
    if cut := [id_ for id_ in every if id_ != kart.person]:
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
    elif not every and len(measures.components) == 1:
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
    known = {group_of(kart, actor.id, "line") for actor in kart.actors} - {None}
    several = 2
    if not counts and len(known) >= several:
        found.append(_none(kart))
    return found


def _none(kart: ActorMap) -> Finding:
    """Say that nobody links two lines, unless somebody in contact with others may have one."""
    ends = {end for tie in kart.channels for end in tie.ends if kart[end].kind != "arena"}
    unsure = sorted(id_ for id_ in ends if group_of(kart, id_, "line") is None)
    if not unsure:
        return finding(kart, "bridges", "none", "note")
    about: dict[str, Any] = {"numbers": {"n": len(unsure)}, "words": {"actors": named(unsure)}}
    return finding(kart, "bridges", "none_known", "unknown", actors=tuple(unsure), **about)
