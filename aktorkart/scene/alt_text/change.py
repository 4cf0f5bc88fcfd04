"""What has changed between two maps, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.content.counted import counted
from aktorkart.i18n import listing, period, text
from aktorkart.scene.footer import DOT, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import ActorMap
    from aktorkart.scene.change import Changed

_MOST_NAMED = 5

# What the comparison's own sentences do not say.
_OWN = ("mended", "broken", "conflict", "settled")


def change(changed: Changed, *, lang: str) -> str:
    """Say what has changed, on maps as they may be shown."""
    found = changed.change
    sentences = [one.text(lang) for one in found.findings if one.case not in {"alike", "unlike"}]
    for case in _OWN:
        ties = changed.ties(case)
        if not ties:
            continue
        pairs = sorted({f"{_name(found.labels, *tie.pair)}" for tie in ties})
        more = len(pairs) - _MOST_NAMED
        told = [*pairs[:_MOST_NAMED], *([text("common.more", lang, n=more)] if more > 0 else [])]
        sentences.append(text(f"figure.change_alt.{case}", lang, ties=listing(told, lang)))
    return " ".join(sentences)


def title(before: ActorMap, after: ActorMap, lang: str) -> str:
    """Return what the figure is called where nobody has chosen a title."""
    if before.date and after.date and before.date != after.date:
        dates = {"before": period(before.date, lang), "after": period(after.date, lang)}
        return text("figure.change_title_dates", lang, **dates)
    return text("figure.change_title", lang)


def foot(changed: Changed, *, lang: str) -> str:
    """Return the line below: the sentence, and what each of the maps holds."""
    found = changed.change
    first = found.findings[0].text(lang)
    parts = [first.removesuffix(".")]
    if {"mended", "broken"} & {*changed.cases.values()}:
        parts.append(text("figure.change_note", lang))
    for code, kart in (("before", found.before), ("after", found.after)):
        # Actors and ties; the line is short.
        held = [*counted(kart, lang)[:2], *([period(kart.date, lang)] if kart.date else [])]
        parts.append(text(f"figure.change_{code}", lang, held=", ".join(held)))
    parts += source_of(found.after, lang)
    return DOT.join(parts)


def _name(labels: Mapping[str, str], one: str, other: str) -> str:
    return f"{labels[one]} – {labels[other]}"
