"""From the coordinates of another program to places on our page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = (297.0, 210.0)
"""Width and height of the page that a map's positions are on, in millimetres."""

_MARGIN = 20.0

Point = tuple[float, float]


def on_page(points: Mapping[str, Point], *, up: bool) -> dict[str, Point]:
    """Fit points into the page, in the same proportions; ``up`` says that y grows upwards.

    Points that all are in one place are none: that is what programs write that know no places.
    """
    known = {one: point for one, point in points.items() if all(map(math.isfinite, point))}
    if len(set(known.values())) < 2:  # noqa: PLR2004 - one place
        return {}
    sides = list(zip(*known.values(), strict=True))
    sizes = [max(side) - min(side) for side in sides]
    if not all(map(math.isfinite, sizes)):
        return {}
    room = [length - 2 * _MARGIN for length in PAGE]
    scale = min(have / size for have, size in zip(room, sizes, strict=True) if size)
    if not math.isfinite(scale):
        return {}
    middles = [min(side) + size / 2 for side, size in zip(sides, sizes, strict=True)]
    turn = 1 if up else -1
    return {
        one: (
            round(PAGE[0] / 2 + (x - middles[0]) * scale, 3),
            round(PAGE[1] / 2 + turn * (y - middles[1]) * scale, 3),
        )
        for one, (x, y) in known.items()
    }
