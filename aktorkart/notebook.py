"""What a map looks like in a notebook cell: the drawn map, the counts, what is missing."""

from __future__ import annotations

import zlib
from html import escape
from typing import TYPE_CHECKING, Any

from aktorkart import figures
from aktorkart.content import overview
from aktorkart.errors import language
from aktorkart.i18n import text
from aktorkart.network.measures import measures
from aktorkart.privacy.shown import shown

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

MOST_DRAWN = 300
"""A map with more actors is counted and not drawn: a cell should not take its time."""

_STYLE = "max-width:70rem;font:0.95rem/1.5 system-ui,sans-serif"


def map_bundle(kart: ActorMap) -> dict[str, Any]:
    """Return what a notebook shows for a map."""
    lang = language(None, kart.lang)
    kart = shown(kart, lang=lang).kart
    values = measures(kart)
    found = [
        finding
        for finding in (*overview.content(kart), *overview.reach(kart, values))
        if finding.level in {"gap", "unknown"}
    ]
    counts = f"{text('model.actors', lang, n=len(kart.actors))}, " + text(
        "model.ties", lang, n=len(kart.ties)
    )
    parts = [f"<p><strong>{escape(kart.title or '')}</strong> {escape(counts)}</p>"]
    if 0 < len(kart.actors) <= MOST_DRAWN:
        axes = figures.network(
            kart, ax=figures.sheet(), lang=lang, names=True, measures=values, title=""
        )
        # Ids that no other map on the page has, and that are the same at every run.
        mark = zlib.crc32(kart.model_dump_json().encode())
        svg = figures.svg_text(axes, prefix=f"map-{mark:x}-")
        parts.append(svg.replace("<svg", '<svg style="width:100%;height:auto"', 1))
    if found:
        sentences = "".join(f"<li>{escape(finding.text(lang))}</li>" for finding in found)
        parts.append(f"<ul>{sentences}</ul>")
    return {
        "text/html": f'<div lang="{lang}" style="{_STYLE}">{"".join(parts)}</div>',
        "text/plain": repr(kart),
    }
