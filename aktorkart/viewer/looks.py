"""The colours of the page around the map, from those of a style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.scene.colors import contrast
from aktorkart.scene.style import READABLE, mixed

if TYPE_CHECKING:
    from aktorkart.scene.style import Style

_GREEN = "#00785A"
_STEPS = 10

_VEIL = "CC"
"""How much of the page lies over those who do not stand out, of FF."""


def variables(style: Style) -> dict[str, str]:
    """Return what the style sheets call each colour."""
    page, ink = style.background, style.ink
    accent = readable(style.strong[0], style)
    return {
        "page": page,
        "veil": mixed(page, ink, 0) + _VEIL,
        "ink": ink,
        "muted": readable(style.muted, style),
        "rule": style.rule,
        "edge": mixed(page, ink, 0.52),
        "raised": mixed(page, ink, 0.035),
        "accent": accent,
        "link": accent,
        "tint": mixed(page, style.strong[0], 0.1),
        "gap": readable(style.conflict, style),
        "strength": readable(_GREEN, style),
    }


def sheet_of(where: str, style: Style, rules: str) -> str:
    """Return a style's colours for an element, and the rules that go with them."""
    colors = "".join(f"--{name}:{color};" for name, color in variables(style).items())
    return f"{where}{{{colors}}}{rules}"


def is_dark(style: Style) -> bool:
    """Tell whether light letters stand on a dark page."""
    return contrast(style.background, "#FFFFFF") > contrast(style.background, "#000000")


def readable(color: str, style: Style) -> str:
    """Return a colour, as much nearer to the ink as it must be to be read."""
    shades = (mixed(color, style.ink, step / _STEPS) for step in range(_STEPS))
    page = mixed(style.background, style.strong[0], 0.1)
    return next((one for one in shades if contrast(one, page) >= READABLE), style.ink)
