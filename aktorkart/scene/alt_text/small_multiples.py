"""What each panel of a figure holds, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aktorkart.comparison.sides import reports
from aktorkart.i18n import listing, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.scene.panels import Panel

_MOST_NAMED = 3


def small_multiples(panels: Sequence[Panel], *, lang: str) -> str:
    """Say how much each panel holds and who has most ties there, on maps as they may be shown."""
    if not panels:
        return text("figure.small_none", lang)
    return " ".join(_panel(panel, lang) for panel in panels)


def _panel(panel: Panel, lang: str) -> str:
    held = {
        "panel": panel.name,
        "ties": text("model.ties", lang, n=len(reports(panel.ties))),
        "actors": text("model.actors", lang, n=len({e for tie in panel.ties for e in tie.ends})),
    }
    degree = Counter(end for pair in {tie.pair for tie in panel.ties} for end in pair)
    most = max(degree.values(), default=0)
    first = sorted(panel.kart[id_].label for id_, count in degree.items() if count == most)
    if most > 1 and len(first) <= _MOST_NAMED:
        who = listing(first, lang)
        return text("figure.small_alt_most", lang, **held, most=who, n=most)
    return text("figure.small_alt", lang, **held)
