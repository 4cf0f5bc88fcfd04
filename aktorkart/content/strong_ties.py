"""Which ties are strong: what works where no analysis has found more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aktorkart.comparison.sides import FAR_APART, steps_apart
from aktorkart.finding import Between, Finding, finding, some
from aktorkart.model.vocabulary import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.model import ActorMap, Tie


def strong_ties(kart: ActorMap) -> list[Finding]:
    """Name the pairs with a channel at most one step from the top of the scale: 4 of 5.

    An open-ended scale has no top, and nothing is said. A tie that somebody else rates far lower
    is a disagreement, and no strength.
    """
    if kart.strength_scale is None:
        return []
    low, high = kart.strength_scale
    least = high - (high - low) / STEPS
    rated = [tie for tie in kart.channels if tie.strength is not None]
    disputed = _disputed(rated, kart.strength_scale)
    strong = [tie for tie in rated if (tie.strength or 0) >= least and id(tie) not in disputed]
    arcs = {arc for tie in strong for arc in tie.arcs}
    if not arcs:
        return []
    # One tie for each pair: both ways where any of them answers it.
    pairs = [
        Between(one, other, (other, one) in arcs)
        for one, other in sorted(arcs)
        if one < other or (other, one) not in arcs
    ]
    return [
        finding(
            kart,
            "content",
            "strong_ties",
            "strength",
            ties=tuple(sorted({tie.key for tie in strong})),
            numbers={"n": len(pairs), "least": least, "most": high},
            words={"ties": some(pairs)},
        )
    ]


def _disputed(rated: Iterable[Tie], scale: tuple[float, float]) -> set[int]:
    """Return those that somebody else rates far higher or lower, by who they are."""
    groups: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for tie in rated:
        for source, target in tie.arcs:
            groups[source, target, tie.kind].append(tie)
    found: set[int] = set()
    for ties in groups.values():
        strengths = [tie.strength or 0.0 for tie in ties]
        if steps_apart(min(strengths), max(strengths), scale) >= FAR_APART:
            found |= set(map(id, ties))
    return found
