"""What is needed and not there, and what would help most, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.i18n import text
from aktorkart.scene.missing import Missing

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

_MOST_NAMED = 8


def missing(kart: ActorMap, *, lang: str, found: Missing | None = None) -> str:
    """Say which ties are missing and which steps change most, on a map as it may be shown."""
    found = found or Missing.of(kart)
    needed = [tie for tie in found.kart.ties_in_force if tie.needed]
    if not needed and not found.findings:
        return text("figure.missing_none", lang)
    pairs = sorted({" – ".join(kart[end].label for end in tie.pair) for tie in needed})
    more = len(pairs) - _MOST_NAMED
    told = [*pairs[:_MOST_NAMED], *([text("common.more", lang, n=more)] if more > 0 else [])]
    sentences = [
        text("figure.alt_ties.missing", lang, ties=told)
        if pairs
        else text("figure.missing_no_needed", lang)
    ]
    sentences += [one.text(lang) for one in found.findings]
    if not found.findings:
        sentences.append(text("figure.missing_no_steps", lang))
    return " ".join(sentences)
