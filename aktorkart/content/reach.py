"""Whether everyone hangs together, and who stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.finding import Finding, finding, named

if TYPE_CHECKING:
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures


def reach(kart: ActorMap, measures: Measures) -> list[Finding]:
    """Say whether everyone hangs together, and who stands alone."""
    if not kart.actors:
        return []
    if len(measures) == 1:
        return [finding(kart, "reach", "alone", "note")]
    parts = [part for part in measures.components if len(part) > 1]
    isolates = sorted(id_ for part in measures.components if len(part) == 1 for id_ in part)
    found: list[Finding] = []
    if len(parts) == 1 and not isolates:
        numbers = {"n": len(measures)}
        found.append(finding(kart, "reach", "one_piece", "strength", numbers=numbers))
    elif len(parts) > 1:
        sizes = [len(part) for part in parts]
        numbers = {"n": len(parts), "largest": max(sizes), "tops": sizes.count(max(sizes))}
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
    arcs = {arc for tie in kart.channels for arc in tie.arcs}
    # Two ties that answer each other go both ways.
    if one_way := sum(arc[::-1] not in arcs for arc in arcs):
        found.append(finding(kart, "reach", "one_way", "note", numbers={"n": one_way}))
    return found
