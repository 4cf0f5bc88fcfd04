"""What informants see differently, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.perspective_gap import perspective_gap
from aktorkart.i18n import text
from aktorkart.scene.ratings import Ratings

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

_MOST_TOLD = 5


def disagreement(kart: ActorMap, *, lang: str, found: Ratings | None = None) -> str:
    """Say how well informants agree and where least, on a map as it may be shown."""
    found = found or Ratings.of(kart)
    if not found.rows:
        return text("figure.disagreement_none", lang)
    sentences = [one.text(lang) for one in found.found.findings if one.level != "unknown"]
    gaps = [one for one in perspective_gap(kart) if one.ties]
    sentences += [one.text(lang) for one in gaps[:_MOST_TOLD]]
    if len(gaps) > _MOST_TOLD:
        sentences.append(f"{text('common.more', lang, n=len(gaps) - _MOST_TOLD)}.")
    # Of what is too little to judge by, that is what there is to say.
    return " ".join(sentences or [one.text(lang) for one in found.found.findings])
