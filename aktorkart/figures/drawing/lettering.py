"""Letters: fonts, how much room a text takes, and what can be written at all."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from aktorkart.i18n import text
from aktorkart.scene import footer

if TYPE_CHECKING:
    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Style

Extent = tuple[float, float, float]
LINE_SPACING = 1.08
# How much wider than in theory letters may be drawn, and smaller ones, in points, for each point.
_WIDER, _WIDER_SMALL, _WIDEST, _SMALL = 1.03, 0.04, 1.1, 8.0
# Beside a line, in points.
_ROOM = 0.6
# The size at which letters are measured; what Latin alphabets have, with dashes, quotes and dots.
_MEASURED, _LATIN = 10, re.compile("[\u0020-\u024f\u2010-\u2027\u2030-\u205e]*")
# So many words of a font are remembered.
_MOST_KEPT = 20_000


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


def _is_worth_telling(record: logging.LogRecord) -> bool:
    """Tell all but that a fallback has no bold letters: nobody can do anything about it."""
    return "Failed to find font weight" not in str(record.msg)


logging.getLogger("matplotlib.font_manager").addFilter(_is_worth_telling)


@lru_cache(maxsize=8)
def _letters(family: str) -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    found: set[int] = set()
    for one in _families(family):
        found |= get_font(findfont(FontProperties(family=[one]))).get_charmap().keys()
    return frozenset(found)


FONTS_BESIDE = ("Verdana", "'Noto Sans'", "sans-serif")
"""Beside the font itself: Verdana is nearly as wide, and is on most machines that lack it."""

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


class _Face:
    """The letters of a font, measured word by word: the same words come in many lines."""

    def __init__(self, family: str, *, bold: bool) -> None:
        properties = FontProperties(
            family=list(_families(family)), size=_MEASURED, weight="bold" if bold else "normal"
        )
        self._measure = partial(
            text_to_path.get_text_width_height_descent, prop=properties, ismath=False
        )
        self._lines: dict[str, Extent] = {}
        self._words: dict[str, Extent] = {}
        self._gaps: dict[tuple[str, str], float] = {}
        self.letters = self._word("lp")

    def extent(self, line: str) -> Extent:
        """Return width, height and depth of a line, in the size of its letters."""
        known = self._lines.get(line)
        if known is None:
            if len(self._lines) >= _MOST_KEPT:
                self._lines.clear()
            known = self._lines[line] = self._measured(line)
        return known

    def width(self, line: str) -> float:
        """Return how wide a line is, in the size of its letters."""
        return self.extent(line)[0]

    def _measured(self, line: str) -> Extent:
        if " " in line and (line.isascii() or _is_latin(line)):
            words = line.split(" ")
            each = [self._word(word) for word in words]
            wide = sum(word[0] for word in each)
            wide += sum(self._gap(*ends) for ends in pairwise(words))
            depth = max(word[2] for word in each)
            return wide, max(word[1] - word[2] for word in each) + depth, depth
        return self._word(line)

    def _word(self, word: str) -> Extent:
        if word not in self._words:
            if len(self._words) >= _MOST_KEPT:
                self._words.clear()
            width, height, depth = self._measure(word)
            self._words[word] = width / _MEASURED, height / _MEASURED, depth / _MEASURED
        return self._words[word]

    def _gap(self, before: str, after: str) -> float:
        """Return what a space takes between two words: next to some letters it is narrower."""
        ends = before[-1:], after[:1]
        if ends not in self._gaps:
            whole = self._word(f"{ends[0]} {ends[1]}")
            self._gaps[ends] = whole[0] - sum(self._word(end)[0] for end in ends)
        return self._gaps[ends]


def _is_latin(line: str) -> bool:
    """Tell whether the words of a line are set one after another, whatever is beside them."""
    return line.isprintable() and _LATIN.fullmatch(line) is not None


@lru_cache(maxsize=8)
def _face(family: str, bold: bool) -> _Face:  # noqa: FBT001 - a cache key
    return _Face(family, bold=bold)


def line_extent(line: str, family: str, *, bold: bool = False) -> Extent:
    """Measure width, height and depth of a line, as theory has them, in the size of its letters."""
    return _face(family, bold).extent(line)


def line_width(line: str, family: str, size: float, *, bold: bool = False) -> float:
    """Measure a line in points, as wide as theory has it."""
    return _face(family, bold).width(line) * size


def extent(words: str, style: Style, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Measure a text in points, the same for every file format."""
    return text_extent(words, style.font, size, bold=bold)


def text_extent(words: str, family: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Measure a text in points, given the family of its letters."""
    lines = words.split("\n")
    face = _face(family, bold)
    width = max(map(face.width, lines))
    _, height, descent = face.letters
    step = (height - descent) * LINE_SPACING + descent
    # Lines are as high as the font's size, or as their letters where those are higher.
    high = max(height + (len(lines) - 1) * step, LINE_SPACING * len(lines))
    return width * size * _wider(size) + _ROOM, high * size + 0.4


def longest(width: float, size: float) -> float:
    """Return how long a line may be, in the size of its letters, for `extent` to be a width."""
    return (width - _ROOM) / (size * _wider(size))


def _wider(size: float) -> float:
    """Return how much wider letters may be than in theory, where they are fitted to pixels."""
    return min(max(_WIDER + _WIDER_SMALL * (_SMALL - size), _WIDER), _WIDEST)


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
