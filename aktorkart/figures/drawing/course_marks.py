"""What stands in rows along time: bars, signs, and small pictures that explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from aktorkart.scene.style import mixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.scene.style import Style

_TICK = ((-0.75, 0.05), (-0.2, -0.6), (0.85, 0.8), (-0.2, -0.6), (-0.75, 0.05))
_BUBBLE = (
    (-1, 0.8),
    (1, 0.8),
    (1, -0.35),
    (-0.1, -0.35),
    (-0.7, -1),
    (-0.6, -0.35),
    (-1, -0.35),
    (-1, 0.8),
)
SAYS = ("told", "hears")
SIGNS: dict[str, Any] = {
    "due": "D",
    "overdue": "D",
    "done": _TICK,
    "point": "o",
    "told": _BUBBLE,
    "hears": _BUBBLE,
}
# How wide a line is, and its dashes.
_LINES: Mapping[str, tuple[float, tuple[float, ...]]] = {
    "link": (1.1, ()),
    "apart": (1.1, (2.5, 1.5)),
    "today": (1.1, (1, 1.5)),
    "discharge": (1.1, (4, 2)),
    "open": (1.8, (0.9, 1.3)),
}


def ruled(color: str, width: float, *, look: str = "", zorder: float = 1) -> Line2D:
    """Make a line, with the dashes that its look has."""
    dashes = _LINES[look][1] if look in _LINES else ()
    style: Any = (0, dashes) if dashes else "-"
    return Line2D([], [], color=color, linewidth=width, linestyle=style, marker="", zorder=zorder)


def bar_look(style: Style, look: str, *, sure: bool) -> dict[str, Any]:
    """Return how a time is drawn: what is sure of it, or what may be."""
    if look == "waits":
        return {
            "facecolor": style.background,
            "edgecolor": style.ink,
            "hatch": "...",
            "linewidth": 0.7,
            "linestyle": "-" if sure else (0, (2, 1.5)),
        }
    if look == "troubled":
        return {
            "facecolor": style.background,
            "edgecolor": style.ink,
            "hatch": "////",
            "linewidth": 0.8,
            "linestyle": "-" if sure else (0, (2, 1.5)),
        }
    fill = style.plain if sure else mixed(style.plain, style.background, 0.7)
    return {
        "facecolor": fill,
        "edgecolor": style.ink,
        "linewidth": 0.8,
        "linestyle": "-" if sure else (0, (2, 1.5)),
    }


def sign(style: Style, look: str) -> Line2D:
    """Make the mark of something that happens."""
    hollow = look in {"due", "point"}
    return Line2D(
        [],
        [],
        linestyle="",
        marker=SIGNS[look],
        markerfacecolor=style.background if hollow else style.ink,
        markeredgecolor=style.background if look in SAYS else style.ink,
        markeredgewidth=1.6 if look == "done" else 0.8,
        zorder=4.2 if look == "done" else 4,
    )


def key(style: Style, look: str) -> Line2D | Polygon:
    """Make a small picture of what is explained."""
    if look in SIGNS:
        return sign(style, look)
    if look in _LINES:
        return ruled(style.ink, _LINES[look][0], look=look)
    kind = look if look in {"waits", "troubled"} else "works"
    return Polygon([(0, 0)], closed=True, zorder=2, **bar_look(style, kind, sure=look != "rough"))


def outline(
    start: float, end: float, y: float, half: float, *, pointed: bool
) -> list[tuple[float, float]]:
    """Return the corners of a bar, the last of them a point where it goes on."""
    tip = min(half, max(end - start, 0.0)) if pointed else 0.0
    corners = [(start, y - half), (end - tip, y - half)]
    if pointed:
        corners.append((end, y))
    return [*corners, (end - tip, y + half), (start, y + half)]
