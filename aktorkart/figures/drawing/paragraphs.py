"""Texts set in lines of a width, broken where words may be."""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from aktorkart.figures.drawing.lettering import fitted, line_extent, longest, text_extent
from aktorkart.scene.labels import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aktorkart.scene.style import Style

SPACING = 1.25
"""Between the lines at the foot of a figure, in the size of their letters."""


def filled(label: str, style: Style, size: float, width: float, *, bold: bool = False) -> str:
    """Fill lines of a given width with a text."""
    return _filled(label, style.font, size, width, bold)


@lru_cache(maxsize=4096)
def _filled(label: str, family: str, size: float, width: float, bold: bool) -> str:  # noqa: FBT001 - a cache key
    # Letters fitted to pixels make lines wider, the more so the smaller they are.
    room = longest(width * (1 - 0.45 / size), size)

    def wide(line: str) -> float:
        return line_extent(line, family, bold=bold)[0]

    words = label.split()
    whole = " ".join(words)
    if wide(whole) <= room:
        return whole
    lines: list[str] = []
    taken = 0.0
    for word in words:
        own = together = wide(word)
        if lines:
            # Next to some letters a space is narrower.
            last = lines[-1].rpartition(" ")[2]
            together = taken + wide(f"{last} {word}") - wide(last)
        if lines and together <= room:
            lines[-1] += f" {word}"
            taken = together
        elif own <= room:
            lines.append(word)
            taken = own
        else:
            share = width / text_extent(word, family, size, bold=bold)[0]
            near = math.ceil(share * len(word))
            lines += _broken(word, lambda line: wide(line) <= room, near=near)
            taken = wide(lines[-1])
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


def cut(label: str, fits: Callable[[str], bool], *, others: Iterable[str] = ()) -> str:
    """Cut a name that is too long, at the end of a word or else within it.

    Where one of ``others`` begins alike, what tells them apart is kept: the name is cut in its
    middle.
    """
    if fits(label):
        return label
    kept = _begun(label, fits)
    alike = [one for one in others if one != label and one.startswith(kept.removesuffix(" …"))]
    words = label.split(" ")
    for count in range(1, len(words) if alike else 0):
        end = f" … {' '.join(words[-count:])}"
        if not any(one.endswith(end[2:]) for one in alike):
            break
    else:
        return kept
    head = _begun(" ".join(words[:-count]), lambda one: fits(one.removesuffix(" …") + end))
    return head.removesuffix(" …") + end if head else kept


def _begun(label: str, fits: Callable[[str], bool]) -> str:
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
