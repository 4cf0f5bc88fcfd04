"""What a map looks like in a notebook cell: the drawn map, the counts, what is missing."""

from __future__ import annotations

import zlib
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING, Any

from aktorkart import figures
from aktorkart.content import Topics, of_level
from aktorkart.content.counted import counted
from aktorkart.errors import language
from aktorkart.figures.drawing.described import in_words
from aktorkart.figures.drawing.saving import to_bytes
from aktorkart.privacy import shown

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

MOST_DRAWN = 300
"""A map with more actors is counted and not drawn: a cell should not take its time."""

# Enough for the width of a page.
_DPI = 120
_STYLE = "max-width:70rem;font:0.95rem/1.5 system-ui,sans-serif"


def map_bundle(kart: ActorMap) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook shows for a map, and what is known of that.

    A page shows the HTML; an export to LaTeX or PDF, which has no use for it, the picture.
    """
    lang = language(None, kart.lang)
    seen = shown(kart, names=None, lang=lang).kart
    topics = Topics(seen)
    found = of_level(topics.about("contents", "reach"), "gap", "unknown")
    counts = counted(seen, lang)
    title = escape(seen.title or "")
    bundle: dict[str, Any] = {}
    about: dict[str, Any] = {}
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
        bundle["image/png"] = b64encode(to_bytes(axes, ".png", dpi=_DPI)).decode()
        about["image/png"] = {"alt": in_words(axes.figure.canvas.figure)[1]}
        parts.append(svg.replace("<svg", '<svg style="width:100%;height:auto"', 1))
    if found:
        sentences = "".join(f"<li>{escape(finding.text(lang))}</li>" for finding in found)
        parts.append(f"<ul>{sentences}</ul>")
    bundle |= {
        "text/html": f'<div lang="{lang}" style="{_STYLE}">{"".join(parts)}</div>',
        "text/plain": repr(seen),
    }
    return bundle, about
