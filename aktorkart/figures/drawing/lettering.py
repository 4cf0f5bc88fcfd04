"""Letters: fonts, how much room a text takes, and what can be written at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from aktorkart.i18n import text
from aktorkart.scene import footer

if TYPE_CHECKING:
    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Style

LINE_SPACING = 1.08
# How much wider than in theory letters may be drawn, and smaller ones, in points, for each point.
_WIDER, _WIDER_SMALL, _WIDEST, _SMALL = 1.03, 0.04, 1.1, 8.0


def font(style: Style, size: float, *, bold: bool = False) -> FontProperties:
    """Return the font of a text."""
    return FontProperties(
        family=list(_families(style.font)), size=size, weight="bold" if bold else "normal"
    )


_OURS = "DejaVu Sans"
"""The family that comes with matplotlib."""

_FALLBACKS = (
    *("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari"),
    *("Noto Sans Thai", "Noto Sans Ethiopic", "Noto Sans Tamil", "Arial Unicode MS"),
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Hiragino Sans", "PingFang SC", "Yu Gothic"),
    *("Microsoft YaHei", "Malgun Gothic", "WenQuanYi Zen Hei", "Droid Sans Fallback"),
    *("Nirmala UI", "Segoe UI", "Segoe UI Symbol", "Noto Sans Symbols 2", "Noto Emoji"),
    "Symbola",
)
"""Families that are asked, in this order, for letters that the others do not have."""


@lru_cache(maxsize=8)
def _families(wanted: str) -> tuple[str, ...]:
    """Return the families that letters are taken from: those of the list that are installed.

    A family that is not installed is left out here: matplotlib would write to the log each time.
    """
    from matplotlib.font_manager import font_family_aliases, fontManager

    installed = {font.name.casefold() for font in fontManager.ttflist} | font_family_aliases
    asked = dict.fromkeys((wanted, _OURS, *_FALLBACKS))
    return tuple(family for family in asked if family.casefold() in installed) or (_OURS,)


@lru_cache(maxsize=8)
def _letters(family: str) -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    found: set[int] = set()
    for one in _families(family):
        found |= get_font(findfont(FontProperties(family=[one]))).get_charmap().keys()
    return frozenset(found)


_BOX = "\N{WHITE SQUARE}"
_JOINERS = frozenset(map(chr, (0x200C, 0x200D, *range(0xFE00, 0xFE10))))
"""Signs that say how others are to look: without a glyph of their own they are not missed."""


def writable(words: str, style: Style) -> str:
    """Put a box in place of each sign that none of the fonts has."""
    # Our own font has the Latin letters; most texts need no look at the fonts.
    latin = 0x180
    if all(ord(letter) < latin for letter in words):
        return words
    known = _letters(style.font)
    box = _BOX if ord(_BOX) in known else "?"
    seen = (letter for letter in words if letter not in _JOINERS or ord(letter) in known)
    return "".join(letter if letter == "\n" or ord(letter) in known else box for letter in seen)


def boxes_note(kart: ActorMap, style: Style, lang: str) -> str:
    """Say how many signs of the map's names and title none of the fonts has; else nothing."""
    words = " ".join([kart.title or "", *(actor.label for actor in kart.actors)])
    n = writable(words, style).count(_BOX) - words.count(_BOX)
    return text("figure.boxes", lang, n=n) if n > 0 else ""


@lru_cache(maxsize=4096)
def _line_extent(line: str, family: str, bold: bool) -> tuple[float, float, float]:  # noqa: FBT001 - a cache key
    properties = FontProperties(
        family=list(_families(family)), size=10, weight="bold" if bold else "normal"
    )
    width, height, descent = text_to_path.get_text_width_height_descent(
        line, properties, ismath=False
    )
    return float(width) / 10, float(height) / 10, float(descent) / 10


def line_width(line: str, family: str, size: float, *, bold: bool = False) -> float:
    """Measure a line in points, as wide as theory has it."""
    return _line_extent(line, family, bold)[0] * size


def extent(words: str, style: Style, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Measure a text in points, the same for every file format."""
    lines = words.split("\n")
    width = max(_line_extent(line, style.font, bold)[0] for line in lines)
    _, height, descent = _line_extent("lp", style.font, bold)
    step = (height - descent) * LINE_SPACING + descent
    # Lines are as high as the font's size, or as their letters where those are higher.
    high = max(height + (len(lines) - 1) * step, LINE_SPACING * len(lines))
    # Renderers that fit letters to pixels make some of them a little wider, small ones most.
    wider = min(max(_WIDER + _WIDER_SMALL * (_SMALL - size), _WIDER), _WIDEST)
    return width * size * wider + 0.6, high * size + 0.4


def fitted(words: str, style: Style, size: float, width: float) -> str:
    """Leave out the last words of a line that is too long."""
    return footer.fitted(words, Lettering(style), size, width)


@dataclass(frozen=True)
class Lettering:
    """The letters of a style, measured by matplotlib: what `aktorkart.scene.letters` asks for."""

    style: Style

    def extent(self, text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
        """Return width and height of a text, in the unit of its size."""
        return extent(text, self.style, size, bold=bold)

    def writable(self, text: str) -> str:
        """Put a box in place of each sign that none of the fonts has."""
        return writable(text, self.style)


def written(  # noqa: PLR0913 - a text has that many sides
    words: str,
    style: Style,
    size: float,
    *,
    color: str,
    at: tuple[float, float] = (0.0, 0.0),
    ha: str = "left",
    va: str = "center",
    bold: bool = False,
    zorder: float = 5,
) -> Text:
    """Make a text, to be added to the axes or put elsewhere when they are arranged."""
    return Text(
        *at,
        words,
        fontproperties=font(style, size, bold=bold),
        color=color,
        ha=ha,
        va=va,
        linespacing=LINE_SPACING,
        zorder=zorder,
        parse_math=False,
        usetex=False,
    )
