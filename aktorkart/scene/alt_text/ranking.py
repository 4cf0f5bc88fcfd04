"""What the ranking shows, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.i18n import text
from aktorkart.network.measures import Measures
from aktorkart.network.measures import measures as compute

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

_NAMED = 3


def ranking(
    kart: ActorMap,
    *,
    lang: str,
    measure: str = "betweenness",
    most: int = 15,
    measures: Measures | None = None,
) -> str:
    """Say who ranks highest, and how firm each rank is, on a map as it may be shown."""
    rows = (compute(kart) if measures is None else measures).ranking(measure)[:most]
    if not rows:
        return text("figure.ranking_empty", lang)
    sentences = [text("figure.alt_ranking", lang, measure=text(f"measure.{measure}.name", lang))]
    for row in rows[:_NAMED]:
        code = "alt_ranking_firm" if row.lowest == row.highest else "alt_ranking_row"
        if row.lowest is None or not row.draws:
            code = "alt_ranking_place"
        sentences.append(
            text(
                f"figure.{code}",
                lang,
                actor=kart[row.actor].label,
                rank=row.rank,
                best=row.lowest,
                worst=row.highest,
                draws=row.draws,
            )
        )
    return " ".join(sentences)
