"""Who is the go-between, how firmly, and who knows the most others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.finding import MOST_NAMED, Between, Finding, Moved, Who, finding, named, some
from aktorkart.network.network import ordered_channels
from aktorkart.network.overturned_by import overturned_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.network.variants import Rank


MOST_SEARCHED = 60
"""Actors up to which a report searches for what overturns the first place (METHOD 8)."""


def is_searched(first: Sequence[Rank], actors: int) -> bool:
    """Tell whether what takes a first place from the one who has it is searched for."""
    drawn = len(first) == 1 and first[0].held is not None and first[0].value > 0
    return drawn and actors <= MOST_SEARCHED


def _broker(
    kart: ActorMap, measures: Measures, first: Sequence[Rank], rows: Sequence[Rank]
) -> Finding:
    """Say who stands first as a go-between, all who share the place, and how often it held."""
    ids = [row.actor for row in first]
    leader = first[0]
    rivals = [row.actor for row in rows if row.rank > 1 and row.lowest == 1]
    held = min((row.held for row in first if row.held is not None), default=None)
    if len(first) > 1:
        case = "shared_broker" if held is not None else "shared_broker_undrawn"
    elif held is None:
        case = "broker"
    else:
        case = "firm_broker" if held == leader.draws else "uncertain_broker"
    searched = is_searched(first, len(kart.actors))
    return finding(
        kart,
        "centrality",
        case,
        "note",
        more=_overturned(kart, measures, leader.actor) if searched else (),
        actors=(*ids, *rivals),
        numbers={
            "share": measures.paths_through(leader.actor),
            "n": len(first),
            "held": held,
            "draws": leader.draws,
            "lowest": leader.lowest,
            "highest": leader.highest,
        },
        words={
            "actor": Who(leader.actor),
            "actors": named(ids),
            "others": named(rivals),
        },
    )


def _overturned(kart: ActorMap, measures: Measures, leader: str) -> tuple[Finding, ...]:
    """Say the smallest change found that takes the first place; what is not found is not said."""
    steps = overturned_by(measures.network, leader, alpha=measures.alpha)
    if not steps or len(steps) > MOST_NAMED:  # so many at once tell nobody anything
        return ()
    ties = ordered_channels(kart)
    moved = [
        Moved(Between(tie.source, tie.target, tie.mutual), old, new)
        for tie, old, new in ((ties[step.tie], step.old, step.new) for step in steps)
    ]
    keys = tuple(ties[step.tie].key for step in steps)
    return (
        finding(
            kart,
            "centrality",
            "overturned",
            "note",
            actors=(leader,),
            ties=keys,
            numbers={"n": len(steps)},
            words={"changes": some(moved)},
        ),
    )


def centrality(kart: ActorMap, measures: Measures) -> list[Finding]:
    """Say who the go-between is, how firmly, and who knows the most others."""
    smallest_with_a_between = 3
    if len(kart.actors) < smallest_with_a_between:
        return []
    rows = measures.ranking("betweenness")
    found: list[Finding] = []
    first = [row for row in rows if row.rank == 1]
    if not first or not first[0].value:
        found.append(finding(kart, "centrality", "no_broker", "note"))
    else:
        found.append(_broker(kart, measures, first, rows))
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
