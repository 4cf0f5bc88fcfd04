"""Which ties are strong: what works where no analysis has found more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aktorkart.comparison.sides import FAR_APART, steps_apart
from aktorkart.finding import Between, Finding, finding, some
from aktorkart.model.vocabulary import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    rated: dict[tuple[tuple[str, str], str], list[Tie]] = defaultdict(list)
    for tie in kart.channels:
        if tie.strength is not None:
            rated[tie.pair, tie.kind].append(tie)
    strong = [
        tie
        for ties in rated.values()
        if _agreed([tie.strength or 0.0 for tie in ties], kart.strength_scale)
        for tie in ties
        if (tie.strength or 0.0) >= least
    ]
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


def _agreed(strengths: Sequence[float], scale: tuple[float, float]) -> bool:
    return steps_apart(min(strengths), max(strengths), scale) < FAR_APART
