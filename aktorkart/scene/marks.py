"""Shapes of actors' marks: pure geometry, for a radius of 1."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def _regular(corners: int, radius: float, *, turn: float = 90.0) -> Floats:
    angle = np.radians(turn) + 2 * np.pi * np.arange(corners) / corners
    return radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _pill(half_width: float, half_height: float) -> Floats:
    angle = np.linspace(-np.pi / 2, np.pi / 2, 17)
    right = half_height * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    right[:, 0] += half_width - half_height
    return np.concatenate([right, -right])


# All of about the same area as a circle of radius 1, so that size means size. A shape per
# line of service; arenas are tables to sit round, wider than high.
SHAPES: Mapping[str, Floats] = {
    "first": _regular(48, 1.0),
    "second": _regular(4, 1.25, turn=45),
    "state": _regular(6, 1.1, turn=0),
    "county": _regular(5, 1.15),
    "civil": _regular(4, 1.25),
    "private": _regular(3, 1.55, turn=-90),
    "personal": _regular(3, 1.55),
    "arena": _pill(1.4, 0.63),
    "unknown": _regular(8, 1.06, turn=22.5),
}
"""Corner points of each shape, for a radius of 1."""


# Where each side of a shape ends, for those who go along the sides.
_NEXT: Mapping[str, Floats] = {
    shape: np.roll(corners, -1, axis=0) for shape, corners in SHAPES.items()
}

# Shapes that an ellipse of the same width and height covers.
ROUND = ("first", "civil")


def power(shape: str) -> float:
    """Return how angular a shape is, as the power in |x|ᵖ + |y|ᵖ ≤ 1."""
    return 2.0 if shape in ROUND else 8.0


def _around(corners: Floats, points: int) -> Floats:
    """Go along the sides in even steps that meet every corner; the last ones may be met twice."""
    each = -(-points // len(corners))
    share = np.arange(each)[:, None, None] / each
    along = corners + share * (np.roll(corners, -1, axis=0) - corners)
    found: Floats = along.transpose(1, 0, 2).reshape(-1, 2)
    return found


# As many points on the rim of each, for those who measure how far something is from it.
_MOST_CORNERS = max(map(len, SHAPES.values()))
RIMS: Mapping[str, Floats] = {
    shape: np.resize(_around(corners, _MOST_CORNERS // 2), (_MOST_CORNERS, 2))
    for shape, corners in SHAPES.items()
}
"""Points on the rim of each shape, for a radius of 1: as many for all."""


def half_extent(shape: str) -> tuple[float, float]:
    """Return half the width and half the height of a shape of radius 1."""
    wide, high = np.abs(SHAPES[shape]).max(axis=0)
    return float(wide), float(high)


def to_rim(shape: str, directions: Floats) -> Floats:
    """Return how far it is from a shape's centre to its rim, for a radius of 1, (n, 2) ways."""
    length = np.hypot(*directions.T)
    x, y = (directions / np.where(length > 0, length, 1.0)[:, None]).T[..., None]
    # The ray meets a side where the side's two ends lie on either side of the ray.
    (start_x, start_y), (next_x, next_y) = SHAPES[shape].T, _NEXT[shape].T
    meets = (start_y * x <= start_x * y) != (next_y * x <= next_x * y)
    way_x, way_y = next_x - start_x, next_y - start_y
    across = way_x * y - way_y * x
    share = (start_y * x - start_x * y) / np.where(meets, across, 1.0)
    away = (start_x + share * way_x) * x + (start_y + share * way_y) * y
    found: Floats = np.where(meets, away, -np.inf).max(axis=1)
    return np.where(length > 0, found, 1.0)


def stripes(shape: str, count: int) -> list[Floats]:
    """Cut a shape into upright stripes of equal width: one for each colour it has."""
    corners = SHAPES[shape]
    if count == 1:
        return [corners]
    wide = float(np.abs(corners[:, 0]).max())
    edges = np.linspace(-wide, wide, count + 1)
    return [
        clipped(clipped(corners, edges[i], keep_right=True), edges[i + 1], keep_right=False)
        for i in range(count)
    ]


def centroid(corners: Floats) -> Floats:
    """Return the centre of gravity of an area."""
    after = np.roll(corners, -1, axis=0)
    cross = corners[:, 0] * after[:, 1] - after[:, 0] * corners[:, 1]
    middle: Floats = ((corners + after) * cross[:, None]).sum(axis=0) / (3 * cross.sum())
    return middle


def clipped(corners: Floats, x: float, *, keep_right: bool) -> Floats:
    """Cut an area along an upright line."""
    side = corners[:, 0] - x if keep_right else x - corners[:, 0]
    kept: list[Floats] = []
    for i, point in enumerate(corners):
        j = (i + 1) % len(corners)
        if side[i] >= 0:
            kept.append(point)
        if (side[i] > 0) != (side[j] > 0) and side[i] != side[j]:
            share = side[i] / (side[i] - side[j])
            kept.append(point + share * (corners[j] - point))
    return np.array(kept).reshape(-1, 2)


def glyph(number: int) -> list[Floats]:
    """Return the sign in the middle of a mark, for colours that look alike."""
    return _GLYPHS[number % len(_GLYPHS)]


_DOT = _regular(16, 0.26)
_BAR = np.array([(-0.5, -0.13), (0.5, -0.13), (0.5, 0.13), (-0.5, 0.13)])
_UPRIGHT = _BAR[:, ::-1]
_SLASH = _BAR @ np.array([[1.0, 1.0], [-1.0, 1.0]]) / math.sqrt(2)
_BACKSLASH = _SLASH * (-1, 1)
_GLYPHS: list[list[Floats]] = [
    [_UPRIGHT],
    [_DOT],
    [_BAR],
    [_DOT * 0.8 - (0.34, 0), _DOT * 0.8 + (0.34, 0)],
    [_BAR, _UPRIGHT],
    [_SLASH],
    [_regular(3, 0.5)],
    [_SLASH, _BACKSLASH],
    [_BAR - (0, -0.25), _BAR - (0, 0.25)],
    [_regular(3, 0.5, turn=-90)],
    [_UPRIGHT - (0.25, 0), _UPRIGHT - (-0.25, 0)],
    [_regular(4, 0.5, turn=45)],
    [_BACKSLASH],
    [_DOT * 0.8 - (0, 0.34), _DOT * 0.8 + (0, 0.34)],
    [_BAR - (0, -0.35), _UPRIGHT],
    [_DOT * 0.7 + (0, 0.36), _DOT * 0.7 - (0.34, 0.24), _DOT * 0.7 + (0.34, -0.24)],
    [_regular(4, 0.5)],
]
MOST_COLORED = 3 + len(_GLYPHS)
"""How many groups colours and signs tell apart: the first colours have no sign."""
