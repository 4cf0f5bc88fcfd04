"""Who is the go-between, how firmly, and who knows the most others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.finding import MOST_NAMED, Between, Coded, Finding, Moved, Who, finding, named, some
from aktorkart.network.network import ordered_channels
from aktorkart.network.overturned_by import overturned_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.network.network import Network
    from aktorkart.network.overturned_by import Step
    from aktorkart.network.variants import Rank


MOST_SEARCHED = 60
"""Actors up to which a report searches for what overturns the first place (METHOD 8)."""


FEW_PAIRS = 10
"""A share of the paths of so few pairs says how few they are."""


def is_searched(kart: ActorMap, apart: Measures) -> bool:
    """Tell whether what takes the first place from the one who has it is searched for."""
    first = [row for row in apart.ranking("betweenness") if row.is_first]
    drawn = len(first) == 1 and first[0].held is not None
    # Where an arena is no actor, links stand on the map that are nobody's ties to name.
    return drawn and apart.arenas == "actors" and len(kart.actors) <= MOST_SEARCHED


def first_overturned(kart: ActorMap, apart: Measures) -> tuple[Step, ...] | None:
    """Search for the smallest change that takes the first place; None where none is found."""
    if not is_searched(kart, apart):
        return None
    return overturned_by(apart.network, apart.ranking("betweenness")[0].actor, alpha=apart.alpha)


def how_drawn(network: Network) -> Coded:
    """Say what the draws do with the strengths of a network: what nobody knows is not moved."""
    unknown = network.tie_unknown
    # Counts have no scale to be anywhere on.
    counts = network.scale is None
    if not unknown.any():
        how = "moved"
    elif unknown.all():
        how = "equal" if counts else "unknown"
    else:
        how = "among" if counts else "both"
    return Coded(f"finding.firmness.drawn.{how}")


def _broker(
    kart: ActorMap, apart: Measures, rows: Sequence[Rank], steps: Sequence[Step] | None
) -> tuple[str, dict[str, Any], list[Finding]]:
    """Say who stands first as a go-between, all who share the place, and how often it held."""
    first = [row for row in rows if row.is_first]
    ids = [row.actor for row in first]
    leader = first[0]
    rivals = [row.actor for row in rows if not row.is_first and row.lowest == 1]
    held = min((row.held for row in first if row.held is not None), default=None)
    if held is None:
        case = "undrawn"
    elif len(first) > 1:
        case = "each_always" if held == leader.draws else "each"
    else:
        case = "uncertain" if rivals else "uncertain_alone"
        case = "firm" if held == leader.draws else case
    pairs = apart.pairs_of_others(leader.actor)
    numbers = {
        "share": apart.paths_through(leader.actor),
        "pairs": pairs,
        "n": len(first),
        "held": held,
        "draws": leader.draws,
        "lowest": leader.lowest,
        "highest": leader.highest,
    }
    words = {"actor": Who(leader.actor), "actors": named(ids), "others": named(rivals)}
    words["how"] = how_drawn(apart.network)
    about = {"actors": (*ids, *rivals), "numbers": numbers, "words": words}
    more = [finding(kart, "centrality", case, "note", **about)]
    if pairs <= FEW_PAIRS:
        few = "few_ways" if apart.network.directed else "few_pairs"
        more.insert(0, finding(kart, "centrality", few, "note", numbers={"n": pairs}))
    if steps and len(steps) <= MOST_NAMED:  # so many at once tell nobody anything
        more.append(_overturned(kart, leader.actor, steps))
    return "broker" if len(first) == 1 else "shared_broker", about, more


def _overturned(kart: ActorMap, leader: str, steps: Sequence[Step]) -> Finding:
    """Say the smallest change found that takes the first place; what is not found is not said."""
    ties = ordered_channels(kart, without=kart.middle)
    moved = [
        Moved(Between(tie.source, tie.target, tie.mutual), old, new)
        for tie, old, new in ((ties[step.tie], step.old, step.new) for step in steps)
    ]
    keys = tuple(ties[step.tie].key for step in steps)
    return finding(
        kart,
        "centrality",
        "overturned",
        "note",
        actors=(leader,),
        ties=keys,
        numbers={"n": len(steps)},
        words={"changes": some(moved)},
    )


def _with_middle(kart: ActorMap, measures: Measures) -> list[Finding]:
    """Say where the one whom the map was gathered around stands when it is counted as well."""
    rows = measures.ranking("betweenness", draws=0)
    own = next((row for row in rows if row.actor == kart.middle), None)
    if own is None or not own.value:
        return []
    ahead = [row.actor for row in rows if row.is_first]
    case = "with_first" if own.is_first else "with_other"
    if own.is_first and len(ahead) > 1:
        case, ahead = "with_shared", [id_ for id_ in ahead if id_ != kart.middle]
    return [
        finding(
            kart,
            "centrality",
            case,
            "note",
            actors=(own.actor,),
            numbers={
                "share": measures.paths_through(own.actor),
                "rank": own.rank,
                "total": len(rows),
                "n": len(ahead),
            },
            words={"middle": Who(own.actor), "actors": named(ahead)},
        )
    ]


def centrality(
    kart: ActorMap, measures: Measures, apart: Measures, steps: Sequence[Step] | None
) -> list[Finding]:
    """Say who the go-between is, how firmly, and who knows the most others.

    The one whom the map was gathered around is in the middle because of that: first it is told
    who stands where without it, ``apart``, then where it stands itself (METHOD 7). ``steps``
    are what `first_overturned` finds.
    """
    smallest_with_a_between = 3
    if len(apart) < smallest_with_a_between:
        return []
    without = "_apart" if kart.middle else ""
    middle = {"middle": Who(kart.middle)} if kart.middle else {}
    found: list[Finding] = []

    def add(case: str, *, more: Sequence[Finding] = (), **about: Any) -> None:
        about["words"] = about.get("words", {}) | middle
        case += without
        found.append(finding(kart, "centrality", case, "note", more=tuple(more), **about))

    rows = apart.ranking("betweenness")
    first = [row for row in rows if row.is_first]
    and_with = _with_middle(kart, measures) if middle else []
    if not first:
        add("no_broker", more=and_with)
    else:
        case, about, more = _broker(kart, apart, rows, steps)
        add(case, more=[*more, *and_with], **about)
    others = len(apart) - 1
    degrees = {id_: round((apart[id_].degree or 0) * others) for id_ in apart}
    if most := max(degrees.values()):
        best = sorted(id_ for id_, degree in degrees.items() if degree == most)
        add(
            "most_ties",
            actors=tuple(best),
            numbers={"degree": most, "total": others, "n": len(best)},
            words={"actors": named(best)},
        )
    return found
