"""How much room letters take: measured by whoever draws them, and handed in."""

from __future__ import annotations

from typing import Protocol

# Points per millimetre of the nominal page where line widths are exactly what Style says:
# an A4 sheet with a legend.
NOMINAL_SCALE = 2.25


class Letters(Protocol):
    """Letters of one font."""

    def extent(self, text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
        """Return width and height of a text, in the unit of its size."""

    def writable(self, text: str) -> str:
        """Put a box in place of each sign that the font does not have."""
