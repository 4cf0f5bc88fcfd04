"""What stands in the cells of a table: shades, signs and shapes, from -1 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from aktorkart.figures.drawing.area import parts
from aktorkart.figures.drawing.legends import compound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.figures.drawing.area import Mark
    from aktorkart.scene.style import Style

SQUARE = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)])
_SIGNS: Mapping[str, Sequence[Sequence[tuple[float, float]]]] = {
    # The same manners as the map's lines: jagged, interrupted, crossed, dotted.
    "strained": [[(-0.8, -0.4), (-0.4, 0.45), (0.0, -0.45), (0.4, 0.45), (0.8, -0.4)]],
    "broken": [
        [(-0.8, 0.0), (-0.25, 0.0)],
        [(-0.25, -0.6), (-0.25, 0.6)],
        [(0.25, -0.6), (0.25, 0.6)],
        [(0.25, 0.0), (0.8, 0.0)],
    ],
    "conflict": [[(-0.6, -0.6), (0.6, 0.6)], [(-0.6, 0.6), (0.6, -0.6)]],
    "missing": [
        [
            (x - 0.15, -0.15),
            (x + 0.15, -0.15),
            (x + 0.15, 0.15),
            (x - 0.15, 0.15),
            (x - 0.15, -0.15),
        ]
        for x in (-0.6, 0.0, 0.6)
    ],
    "unknown": [
        [(-1.0, 0.0), (0.0, 1.0)],
        [(-1.0, -1.0), (1.0, 1.0)],
        [(0.0, -1.0), (1.0, 0.0)],
    ],
}


@dataclass(frozen=True, eq=False)
class Sign:
    """Something that stands in a cell."""

    name: str
    path: Path
    look: Mapping[str, Any]
    fills: bool = False

    def patch(self) -> PathPatch:
        """Return an artist of it: what fills its cell lies beneath the others."""
        return PathPatch(self.path, zorder=2 if self.fills else 3, **self.look)

    def at(self, x: float, y: float, half: tuple[float, float]) -> Path:
        """Return its outline in a cell of this middle and half this width and height."""
        scale = half if self.fills else (min(half),) * 2
        return Path(np.asarray(self.path.vertices) * scale + (x, y), self.path.codes)


def square(name: str, fill: str, edge: str) -> Sign:
    """Make a sign that fills its cell with a colour."""
    look = {"facecolor": fill, "edgecolor": edge, "linewidth": 0.4}
    return Sign(name, Path(SQUARE), look, fills=True)


def sign(name: str, color: str) -> Sign:
    """Make a sign of strokes: strained, broken, conflict, missing, or unknown strength."""
    dots = name == "missing"
    look = {
        "facecolor": color if dots else "none",
        "edgecolor": "none" if dots else color,
        "linewidth": 0.6 if name == "unknown" else 1.2,
        "capstyle": "butt",
        "joinstyle": "miter",
    }
    return Sign(
        f"{name}:{color}",
        compound([np.array(stroke) for stroke in _SIGNS[name]]),
        look,
        fills=name == "unknown",
    )


def shape(mark: Mark, style: Style) -> Sign:
    """Make a sign that is an actor's mark."""
    corners, look = parts(mark, style)[0]
    outline = np.concatenate([corners, corners[:1]]) * 0.78
    return Sign(f"{mark.shape}:{mark.fill}", Path(outline), look)
