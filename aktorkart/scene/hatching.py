"""Hatching of marks, where colours are not at hand: pure geometry."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene.marks import clipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_APART = 0.46
_HALF_BAR = 0.065
_DOT = 0.13


def hatched(corners: Floats, pattern: str) -> list[Floats]:
    """Hatch an area without hollows, in geometry: alike in every file format and at every size."""
    if pattern == "crossed":
        return [*hatched(corners, "rising"), *hatched(corners, "falling")]
    steps = _APART * (np.arange(8) - 3.5)
    if pattern == "dots":
        angle = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        dot = _DOT * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        spots = [np.array((x, y)) for x in steps for y in steps]
        return [dot + spot for spot in spots if _inside(spot, corners, 1.5 * _DOT)]
    turn = np.radians({"upright": 0, "rising": 45, "level": 90, "falling": 135}[pattern])
    across = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    # Element by element: a matrix product differs between processors.
    turned = (corners[:, None, :] * across.T[None]).sum(axis=2)
    bars = [
        clipped(clipped(turned, at - _HALF_BAR, keep_right=True), at + _HALF_BAR, keep_right=False)
        for at in steps
    ]
    return [(bar[:, None, :] * across[None]).sum(axis=2) for bar in bars if len(bar)]


def _inside(point: Floats, corners: Floats, room: float) -> bool:
    """Tell whether a point is that far inside an area whose corners go against the clock."""
    way = np.roll(corners, -1, axis=0) - corners
    away = point - corners
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    return bool(((way[:, 0] * away[:, 1] - way[:, 1] * away[:, 0]) / length >= room).all())
