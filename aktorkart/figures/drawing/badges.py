"""Signs in small discs on ties: what is told by colour is told by a sign too."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from aktorkart.figures.drawing.stage import quietly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.patches import Patch
    from numpy.typing import NDArray

    from aktorkart.scene.scene import Badge
    from aktorkart.scene.style import Style

# How much of the disc's radius a sign reaches from its middle.
_REACH = 0.62
# Above ties, beneath names.
_ZORDER = 2.3


@lru_cache(maxsize=32)
def _sign(sign: str) -> Path:
    """Return a sign as an outline around (0, 0), in the font that comes with matplotlib."""
    made = TextPath((0, 0), sign, size=10, prop=FontProperties(family="DejaVu Sans", weight="bold"))
    corners = np.asarray(made.vertices)
    low, high = corners.min(axis=0), corners.max(axis=0)
    return Path((corners - (low + high) / 2) / (max(high - low) / 2), made.codes)


def disc(sign: str, color: str, at: tuple[float, float], radius: float, page: str) -> list[Patch]:
    """Make the disc of the page's colour and the sign in it; nothing without a sign."""
    if not sign:
        return []
    ground = Circle(at, radius, facecolor=page, edgecolor=color, linewidth=0.9)
    outline = _sign(sign)
    path = Path(np.asarray(outline.vertices) * (_REACH * radius) + at, outline.codes)
    return [ground, PathPatch(path, facecolor=color, edgecolor="none", linewidth=0)]


def draw_badges(axes: Axes, badges: Sequence[Badge], style: Style) -> NDArray[np.float64]:
    """Draw signs where they stand, and return the boxes that no name may cover."""
    for badge in badges:
        ground, sign = disc(badge.sign, badge.color, badge.at, badge.radius, style.background)
        ground.set_zorder(_ZORDER)
        sign.set_zorder(_ZORDER + 0.05)
        quietly(axes, ground, f"badge:{badge.gid}")
        quietly(axes, sign, f"sign:{badge.gid}")
    spots = np.array([one.at for one in badges]).reshape(-1, 2)
    radii = np.array([one.radius for one in badges]).reshape(-1, 1)
    return np.hstack([spots - radii, spots + radii])
