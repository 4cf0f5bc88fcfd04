"""Who is the go-between, how firmly, and who knows the most others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.finding import Finding, Who, finding, named

if TYPE_CHECKING:
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures


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
