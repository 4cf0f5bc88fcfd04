"""What stands beside a table: what its marks mean, and something above that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from aktorkart.figures.drawing.lettering import extent, writable, written
from aktorkart.figures.drawing.panels import Rect
from aktorkart.figures.drawing.paragraphs import filled
from aktorkart.figures.drawing.stage import quietly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.patches import PathPatch
    from matplotlib.text import Text

    from aktorkart.figures.drawing.pieces import Piece
    from aktorkart.scene.style import Style

# Between what stands above and the key, in the size of the letters.
_BENEATH = 1.4


@dataclass(frozen=True)
class Key:
    """A line of the key: a heading if it has no pieces."""

    said: str
    pieces: tuple[Piece, ...] = ()


class Aside(Protocol):
    """What stands above the key."""

    def onto(self, axes: Axes) -> None:
        """Add its artists."""

    def extent(self, size: float, width: float) -> tuple[float, float]:
        """Return the width and height that it takes, given how wide it may be."""

    def place(self, rect: Rect | None, size: float) -> None:
        """Put it in its place; None if there is no room."""


@dataclass(eq=False)
class Sidebar:
    """The key of a table, and what stands above it."""

    style: Style
    keys: Sequence[Key]
    aside: Aside | None = None
    _texts: list[Text] = field(default_factory=list)
    _samples: list[list[tuple[PathPatch, Piece]]] = field(default_factory=list)

    def onto(self, axes: Axes) -> None:
        """Add its artists; `place` puts them where they belong."""
        style = self.style
        for place, key in enumerate(self.keys):
            said = writable(key.said, style)
            bold = not key.pieces
            made = written(said, style, style.legend_size, color=style.ink, va="top", bold=bold)
            self._texts.append(quietly(axes, made, f"meaning:{place}"))
            self._samples.append(
                [
                    (quietly(axes, piece.patch(), f"key:{place}:{number}"), piece)
                    for number, piece in enumerate(key.pieces)
                ]
            )
        if self.aside is not None:
            self.aside.onto(axes)

    def extent(self, size: float, most: float) -> tuple[float, float]:
        """Return the width and height that it takes."""
        wide = high = 0.0
        if self.aside is not None:
            wide, high = self.aside.extent(size, most)
            high += _BENEATH * size
        most = max(most, wide)
        for key in self.keys:
            _, one = self._filled(key, size, most)
            wide = max(wide, one[0] + 2.0)
            high += max(one[1], 1.2 * size) + (0.4 if key.pieces else 1.2) * size
        return wide, high

    def _filled(self, key: Key, size: float, width: float) -> tuple[str, tuple[float, float]]:
        """Set a line of the key, and measure it with the room for its sample."""
        inset, bold = _inset(key, size), not key.pieces
        said = filled(key.said, self.style, size, width - inset, bold=bold)
        wide, high = extent(said, self.style, size, bold=bold)
        return said, (inset + wide, high)

    def place(self, rect: Rect, size: float) -> None:
        """Put it in its place, as much of it as there is room for."""
        down = 0.0
        if self.aside is not None:
            wide, high = self.aside.extent(size, rect.width)
            fits = wide <= rect.width and high <= rect.height
            room = Rect(rect.left, rect.top - high, wide, high)
            self.aside.place(room if fits else None, size)
            down += high + _BENEATH * size if fits else 0.0
        for key, words, samples in zip(self.keys, self._texts, self._samples, strict=True):
            down += 0.8 * size if not key.pieces and down else 0.0
            said, (wide, high) = self._filled(key, size, rect.width)
            seen = down + high <= rect.height and wide <= rect.width
            at = rect.left + _inset(key, size), rect.top - down
            words.set(text=writable(said, self.style), position=at, visible=seen, fontsize=size)
            for patch, piece in samples:
                middle = rect.left + 0.75 * size, rect.top - down - 0.52 * size
                patch.set_path(piece.at(*middle, (0.62 * size,) * 2))
                patch.set_visible(seen)
            down += max(high, 1.2 * size) + 0.4 * size


def _inset(key: Key, size: float) -> float:
    return 2.0 * size if key.pieces else 0.0
