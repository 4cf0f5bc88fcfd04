"""Levels in words: whether they fit together, and how many ties go between two of them."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

from aktorkart.care.level_alignment import level_alignment
from aktorkart.comparison.sides import reports
from aktorkart.i18n import capital, text
from aktorkart.model import vocabulary
from aktorkart.scene.lanes import band, bands_of
from aktorkart.scene.levels import note_on
from aktorkart.scene.words import told_first, troubles

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

# Sentences of organisations and their ties are long ones.
_MOST_TOLD = 2


def levels(kart: ActorMap, *, lang: str) -> str:
    """Say whether the levels fit together, and how many ties go between two of them."""
    if not kart.actors:
        return text("figure.no_actors", lang)
    sentences = [f"{text('figure.levels_title', lang)}."]
    sentences += told_first(level_alignment(kart), lang, most=_MOST_TOLD)
    counts = Counter(band(kart, one.id) for one in kart.actors)
    for name in bands_of(kart):
        level = capital(text(f"level.{name}", lang))
        actors = text("model.actors", lang, n=counts[name])
        sentences.append(text("figure.levels_alt_count", lang, level=level, actors=actors))
    between = Counter(
        frozenset({band(kart, one), band(kart, other)})
        for one, other, _ in reports(tie for tie in kart.ties_in_force if not tie.needed)
    )
    for lower, upper in itertools.combinations(vocabulary.LEVELS, 2):
        n = between[frozenset({lower, upper})]
        code = "levels_alt_ties" if n else "levels_alt_no_ties"
        names = {"lower": text(f"level.{lower}", lang), "upper": text(f"level.{upper}", lang)}
        sentences.append(text(f"figure.{code}", lang, n=n, **names))
    sentences += troubles(kart, kart.ties_in_force, lang)
    if note := note_on(kart, lang):
        sentences.append(f"{note}.")
    return " ".join(sentences)
