"""How many ties a map has: the one way of counting in texts, tables and under figures.

The number of ties is that of two actors and a kind with a channel between them (METHOD 7): two
who tell of the same tie tell of one. Ties that are strained, broken or a conflict, needed ones
that are not there, and those that do not hold on the map's date are counted beside them, each
by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.grey_zones import missing_ties
from aktorkart.comparison.sides import reports
from aktorkart.i18n import text

if TYPE_CHECKING:
    from aktorkart.comparison.sides import TieKey
    from aktorkart.model import ActorMap, Tie

BESIDE = ("strained", "broken", "conflict", "needed", "not_in_force")
"""What is counted beside the channels, in this order."""


def working(kart: ActorMap) -> int:
    """Return how many ties work: the number of ties, wherever one is told."""
    return len(reports(kart.channels))


def beside(kart: ActorMap) -> dict[str, dict[TieKey, list[Tie]]]:
    """Return what is told of the ties that are no channels, by why not."""
    found: dict[str, list[Tie]] = {key: [] for key in BESIDE}
    for tie in kart.ties_in_force:
        if not tie.is_channel and not tie.needed:
            found["conflict" if tie.kind == "conflict" else str(tie.quality)].append(tie)
    found["needed"] = missing_ties(kart)
    # What was otherwise at another time, and is there now, is not left out.
    there = reports(kart.ties_in_force)
    found["not_in_force"] = [tie for tie in kart.ties if (*tie.pair, tie.kind) not in there]
    return {key: reports(ties) for key, ties in found.items()}


def counted(kart: ActorMap, lang: str) -> list[str]:
    """Say how many actors and ties a map has, and what is counted beside them."""
    parts = [
        text("model.actors", lang, n=len(kart.actors)),
        text("model.ties", lang, n=working(kart)),
    ]
    others = beside(kart)
    return parts + [
        text(f"counted.{key}", lang, n=len(ties)) for key, ties in others.items() if ties
    ]
