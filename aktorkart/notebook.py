"""What a map looks like in a notebook cell: the drawn map, the counts, what is missing."""

from __future__ import annotations

import zlib
from html import escape
from typing import TYPE_CHECKING, Any

from aktorkart import figures
from aktorkart.content import Topics, of_level
from aktorkart.content.counted import counted
from aktorkart.errors import language
from aktorkart.privacy import shown

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

MOST_DRAWN = 300
"""A map with more actors is counted and not drawn: a cell should not take its time."""

_STYLE = "max-width:70rem;font:0.95rem/1.5 system-ui,sans-serif"


def map_bundle(kart: ActorMap) -> dict[str, Any]:
    """Return what a notebook shows for a map."""
    lang = language(None, kart.lang)
    seen = shown(kart, names=None, lang=lang).kart
    topics = Topics(seen)
    found = of_level(topics.about("contents", "reach"), "gap", "unknown")
    counts = counted(seen, lang)
    title = escape(seen.title or "")
    parts = [f"<p><strong>{title}</strong> {escape(', '.join(counts))}</p>"]
    if 0 < len(seen.actors) <= MOST_DRAWN:
        axes = figures.network(
            seen,
            ax=figures.sheet(),
            lang=lang,
            names=True,
            consent="ignore",
            measures=topics.measures,
            title="",
        )
        # Ids that no other map on the page has, and that are the same at every run.
        mark = zlib.crc32(seen.model_dump_json().encode())
        svg = figures.svg_text(axes, prefix=f"map-{mark:x}-")
        parts.append(svg.replace("<svg", '<svg style="width:100%;height:auto"', 1))
    if found:
        sentences = "".join(f"<li>{escape(finding.text(lang))}</li>" for finding in found)
        parts.append(f"<ul>{sentences}</ul>")
    return {
        "text/html": f'<div lang="{lang}" style="{_STYLE}">{"".join(parts)}</div>',
        "text/plain": repr(seen),
    }
