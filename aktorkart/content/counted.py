"""How many ties a map has: the one way of counting in texts, tables and under figures.

The number of ties is the number of channels (METHOD 7). Ties that are strained, broken or a
conflict, needed ones that are not there, and those that do not hold on the map's date are
counted beside them, each by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.grey_zones import missing_ties
from aktorkart.i18n import text

if TYPE_CHECKING:
    from aktorkart.model import ActorMap, Tie

BESIDE = ("strained", "broken", "conflict", "needed", "not_in_force")
"""What is counted beside the channels, in this order."""


def beside(kart: ActorMap) -> dict[str, list[Tie]]:
    """Return the ties that are no channels, by why not."""
    found: dict[str, list[Tie]] = {key: [] for key in BESIDE}
    for tie in kart.ties_in_force:
        if not tie.is_channel and not tie.needed:
            found["conflict" if tie.kind == "conflict" else str(tie.quality)].append(tie)
    found["needed"] = missing_ties(kart)
    there = set(map(id, kart.ties_in_force))
    found["not_in_force"] = [tie for tie in kart.ties if id(tie) not in there]
    return found


def counted(kart: ActorMap, lang: str) -> list[str]:
    """Say how many actors and ties a map has, and what is counted beside them."""
    parts = [
        text("model.actors", lang, n=len(kart.actors)),
        text("model.ties", lang, n=len(kart.channels)),
    ]
    others = beside(kart)
    return parts + [
        text(f"counted.{key}", lang, n=len(ties)) for key, ties in others.items() if ties
    ]
