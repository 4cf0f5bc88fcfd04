"""What the ranking shows, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.i18n import text
from aktorkart.network.measures import Measures
from aktorkart.network.measures import measures as compute
from aktorkart.scene.counts import told, written
from aktorkart.scene.words import Words

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
    """Say who ranks highest, with what value and how firmly, on a map as it may be shown."""
    if measures is None:
        measures = compute(kart)
    words, ranked = Words(kart, lang), measures.ranking(measure)
    if not ranked[:most]:
        return text("figure.ranking_empty", lang)
    sentences = [text("figure.alt_ranking", lang, measure=text(f"measure.{measure}.name", lang))]
    places = sorted({row.rank for row in ranked[: min(most, _NAMED)]})
    for rank in places:
        rows = [row for row in ranked if row.rank == rank]
        first = rows[0]
        value = written(
            measure,
            told(measure, first.value, measures),
            lang,
            normalized=measures.normalized,
        )
        if len(rows) > 1:
            names = words.named([kart[row.actor] for row in rows])
            shared = words.say("alt_ranking_shared", actors=names, rank=rank, value=value)
            sentences.append(shared)
            continue
        code = "alt_ranking_firm" if first.lowest == first.highest else "alt_ranking_row"
        if first.lowest is None or not first.draws:
            code = "alt_ranking_place"
        sentences.append(
            words.say(
                code,
                actor=f"{kart[first.actor].label} ({value})",
                rank=rank,
                best=first.lowest,
                worst=first.highest,
                draws=first.draws,
            )
        )
    if kart.middle is not None and kart.middle not in measures:
        sentences.append(words.say("ranking_apart", middle=kart[kart.middle].label))
    return " ".join(sentences)
