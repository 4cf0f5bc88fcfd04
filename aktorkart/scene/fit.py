"""Letters as large as a room allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.scene.labels import wrap

if TYPE_CHECKING:
    from aktorkart.scene.letters import Letters

_STEP, _WIDEST, _NARROWEST = 0.96, 30, 6


def fit(  # noqa: PLR0913 - a text, its room and its letters
    text: str,
    letters: Letters,
    room: tuple[float, float],
    size: float,
    *,
    least: float,
    bold: bool = False,
) -> tuple[str, float] | None:
    """Break a text so that its letters fill a room (points), and return it with their size.

    None where even the smallest letters have no room.
    """
    whole = letters.writable(text)
    ways = dict.fromkeys(wrap(whole, near=near) for near in range(_WIDEST, _NARROWEST - 1, -1))
    while True:
        for lines in ways:
            wide, high = letters.extent(lines, size, bold=bold)
            if wide <= room[0] and high <= room[1]:
                return lines, size
        if size <= least:
            return None
        size = max(size * _STEP, least)
