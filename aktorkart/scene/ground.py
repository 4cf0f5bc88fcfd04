"""What a scene stands on, as data: rings or bands, the lines between, and what is written there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.scene.labels import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.scene.legend import Key

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in millimetres."""

# What a letter and a line of a caption take, in millimetres, on the smallest page where letters
# keep their size; bold letters are wider.
_LETTER, _BOLD, _LINE, _AIR = 2.1, 2.35, 4.5, 0.9


@dataclass(frozen=True)
class Area:
    """A ring around the middle, by its radii, or a band, by its box."""

    gid: str
    fill: str
    edge: str
    ring: tuple[float, float] | None = None  # inner and outer, millimetres
    box: Box | None = None
    width: float = 0.6  # of its edge, points
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A line between two areas."""

    gid: str
    start: tuple[float, float]
    end: tuple[float, float]
    color: str


@dataclass(frozen=True)
class Caption:
    """What is written into a room of its own: letters become as small as they must be."""

    gid: str
    text: str
    box: Box
    color: str
    bold: bool = False
    fill: str | None = None  # behind the letters

    @property
    def kind(self) -> str:
        """What it names: captions of a kind have letters of one size."""
        return self.gid.rsplit(":", 1)[0]


@dataclass(frozen=True)
class Ground:
    """What a scene stands on."""

    page: Box
    areas: tuple[Area, ...] = ()
    rules: tuple[Rule, ...] = ()
    captions: tuple[Caption, ...] = ()
    taken: tuple[Box, ...] = ()  # where no name may stand
    rooms: Mapping[str, Box] = field(default_factory=dict)  # where an actor's name should stand
    keys: tuple[Key, ...] = ()  # above the others in the legend
    last: tuple[Key, ...] = ()  # below them


def room_of(
    captions: Iterable[str], *, near: int, bold: bool = False, letters: float = 1.0
) -> tuple[float, float]:
    """Return a width and a height in millimetres that are enough for any of some captions.

    ``letters`` is how much larger letters are than on the smallest page where they keep their size.
    """
    letter, line = letters * (_BOLD if bold else _LETTER), letters * _LINE
    sizes = []
    for caption in captions:
        lines = wrap(caption, near=near).split("\n")
        sizes.append((letter * max(map(len, lines)) + _AIR, line * len(lines) + _AIR))
    return max(wide for wide, _ in sizes), max(high for _, high in sizes)
