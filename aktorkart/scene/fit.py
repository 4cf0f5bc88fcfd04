"""Letters as large as a room allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.scene.labels import wrap

if TYPE_CHECKING:
    from aktorkart.scene.letters import Letters

SMALLEST = 3.0
"""Not even where there is no room are letters smaller, in points."""

_STEP, _WIDEST, _NARROWEST = 0.96, 30, 6


def fit(
    text: str, letters: Letters, room: tuple[float, float], size: float, *, bold: bool = False
) -> tuple[str, float]:
    """Break a text so that its letters fill a room (points), and return it with their size."""
    whole = letters.writable(text)
    ways = dict.fromkeys(wrap(whole, near=near) for near in range(_WIDEST, _NARROWEST - 1, -1))
    while True:
        for lines in ways:
            wide, high = letters.extent(lines, size, bold=bold)
            if wide <= room[0] and high <= room[1]:
                return lines, size
        if size * _STEP < SMALLEST:
            return min(ways, key=lambda one: letters.extent(one, size, bold=bold)[0]), size
        size *= _STEP
