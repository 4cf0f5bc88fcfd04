"""Texts set in lines of a width, broken where words may be."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING

from aktorkart.figures.drawing.lettering import extent, fitted
from aktorkart.scene.labels import wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.scene.style import Style

SPACING = 1.25
"""Between the lines at the foot of a figure, in the size of their letters."""


def filled(label: str, style: Style, size: float, width: float, *, bold: bool = False) -> str:
    """Fill lines of a given width with a text."""

    def fits(line: str) -> bool:
        # Letters fitted to pixels make lines wider, the more so the smaller they are.
        return extent(line, style, size, bold=bold)[0] <= width * (1 - 0.45 / size)

    words = label.split()
    if fits(whole := " ".join(words)):
        return whole
    lines: list[str] = []
    for word in words:
        together = f"{lines[-1]} {word}" if lines else word
        if fits(together):
            lines[-1:] = [together]
        elif fits(word):
            lines.append(word)
        else:
            share = width / extent(word, style, size, bold=bold)[0]
            lines += _broken(word, fits, near=math.ceil(share * len(word)))
    return "\n".join(lines)


def is_broken(lines: str, label: str) -> bool:
    """Tell whether a line ends within a word, with a hyphen that is not its own."""
    return "".join(lines.split()) != "".join(label.split())


def _broken(word: str, fits: Callable[[str], bool], *, near: int) -> list[str]:
    for letters in range(min(near, len(word) - 1), 3, -1):
        lines = wrap(word, near=letters, lines=4).split("\n")
        if all(map(fits, lines)):
            return lines
    return [word]


def cut(label: str, fits: Callable[[str], bool]) -> str:
    """Cut a name that is too long, at the end of a word or else within it."""
    if fits(label):
        return label
    words = label.split(" ")
    cuts = [" ".join(words[:count]) for count in range(len(words) - 1, 0, -1)]
    cuts += [words[0][:count] for count in range(len(words[0]) - 1, 0, -1)]
    # Each is shorter than the one before, so that few of them need to be measured.
    first = bisect_left(cuts, 1, key=lambda one: fits(f"{one} …"))
    return f"{cuts[first]} …" if first < len(cuts) else ""


def shortened(label: str, style: Style, size: float, width: float, *, lines: int) -> str:
    """Fill so many lines, and leave out the last words of what is longer."""
    rows = filled(label, style, size, width).split("\n")
    if len(rows) <= lines:
        return "\n".join(rows)
    kept = rows[:lines]
    # One word too many makes the line too long, whatever the next line holds.
    kept[-1] = fitted(f"{kept[-1]} {rows[lines]}", style, size, width) or kept[-1]
    return "\n".join(kept)
