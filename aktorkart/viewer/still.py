"""The map as a picture, for places that show no frames and run no scripts."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

_DPI = 100


def still(kart: ActorMap, lang: str) -> str:
    """Return an element with the picture of a map that may be shown, and what it shows in words."""
    from aktorkart.figures import network, sheet
    from aktorkart.figures.drawing.described import in_words
    from aktorkart.figures.drawing.saving import to_bytes

    axes = network(kart, ax=sheet(), lang=lang, names=True, consent="ignore")
    picture = b64encode(to_bytes(axes, ".png", dpi=_DPI)).decode()
    alt = in_words(axes.figure.canvas.figure)[1]
    data = f"data:image/png;base64,{picture}"
    return f'<img style="width:100%" alt="{escape(alt)}" src="{data}">'
