"""Paths and numbers of SVG, as short as they go: hundredths of a point are finer than printers."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.uint8]
    Flags = NDArray[np.bool_]
    Ints = NDArray[np.intp]

_OF_PATH = re.compile(r"([MLCQZz])|(-?\d+(?:\.\d+)?)")
_SIGNS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
_CODES = {sign: code for code, sign in _SIGNS.items()}
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}
# How far from a long line its points may be to be left out, in points: less than can be seen.
_STRAIGHT = 0.03
# Paths of so few points have none to leave out, and only those of straight pieces are looked at.
_SHORT, _CURVES = 4, (Path.CURVE3, Path.CURVE4)


def steps(path: str) -> str:
    """Write a path in steps from point to point, which takes half the signs."""
    values: list[int] = []
    signs: list[str] = []
    sign = "M"
    for command, value in _OF_PATH.findall(path):
        if command in {"Z", "z"}:
            signs.append("Z")
            values += (0, 0)
        elif command:
            sign = command
        else:
            values.append(round(100 * float(value)))
            if len(values) % 2 == 0:
                signs.append(sign)
    return _written(signs, values)


def stepped(paths: Sequence[tuple[Floats, Codes]]) -> list[str]:
    """Write paths of matplotlib's in steps, without points that cannot be told from a line."""
    sizes = np.array([len(codes) for _, codes in paths], dtype=np.intp)
    corners = np.concatenate([np.zeros((0, 2)), *(one for one, _ in paths)])
    codes = np.concatenate([np.zeros(0, dtype=np.uint8), *(one for _, one in paths)])
    kept = _bends(corners, codes, sizes)
    values = (corners[kept] * 100).round().astype(int).ravel().tolist()
    signs = [_SIGNS.get(code, "Z") for code in codes[kept].tolist()]
    ends = np.append(0, np.cumsum(kept))[np.append(0, np.cumsum(sizes))].tolist()
    return [
        _written(signs[start:end], values[2 * start : 2 * end]) for start, end in pairwise(ends)
    ]


def _bends(corners: Floats, codes: Codes, sizes: Ints) -> Flags:
    """Tell which points matter: others are so near the line between those about them.

    ``sizes`` says how many corners each path has. All lines are looked at together, and then the
    halves of all those that bend (Douglas and Peucker 1973).
    """
    kept = np.ones(len(codes), dtype=bool)
    path = np.repeat(np.arange(len(sizes)), sizes)
    curved = np.bincount(path[np.isin(codes, _CURVES)], minlength=len(sizes)) > 0
    moves = np.flatnonzero(codes == Path.MOVETO)
    last = np.append(moves[1:], len(codes)) - 1
    last -= codes[last] == Path.CLOSEPOLY
    looked_at = ((sizes > _SHORT) & ~curved)[path[moves]]
    one, other = moves[looked_at], last[looked_at]
    # Nothing is between neighbours.
    while len(wide := np.flatnonzero(other - one > 1)):
        one, other = one[wide], other[wide]
        between = other - one - 1
        starts = np.cumsum(between) - between
        piece = np.repeat(np.arange(len(one)), between)
        place = np.arange(len(piece)) + (one + 1 - starts)[piece]
        way = corners[other] - corners[one]
        (across, up), (right, above) = way[piece].T, (corners[place] - corners[one][piece]).T
        long = np.hypot(across, up)
        off = np.hypot(right, above)
        np.divide(np.abs(above * across - right * up), long, out=off, where=long > 0)
        # One that goes back beyond an end matters as well.
        along = right * across + above * up
        beyond = np.logical_or.reduceat((along < 0) | (along > long * long), starts)
        most = np.maximum.reduceat(off, starts)
        bent = beyond | (most > _STRAIGHT)
        kept[place[~bent[piece]]] = False
        farthest = np.flatnonzero(off == most[piece])
        farthest = place[farthest[np.unique(piece[farthest], return_index=True)[1]]][bent]
        one, other = np.append(one[bent], farthest), np.append(farthest, other[bent])
    return kept


def _written(signs: Sequence[str], values: Sequence[int]) -> str:
    """Write points, in hundredths, each with the sign of what leads to it."""
    parts: list[str] = []
    x = y = first_x = first_y = 0
    last, at = "", 0
    while at < len(signs):
        sign = signs[at]
        if sign == "Z":
            parts.append("z")
            x, y, last = first_x, first_y, "z"
            at += 1
            continue
        stop = at + _POINTS[sign]
        lead = "" if sign == last != "M" else sign.lower()
        for place in range(2 * at, 2 * stop, 2):
            across, down = values[place] - x, values[place + 1] - y
            parts.append(f"{lead}{_hundredths(across) if lead else _after(across)}{_after(down)}")
            lead = ""
        x, y = values[2 * stop - 2], values[2 * stop - 1]
        at, last = stop, sign
        if sign == "M":
            first_x, first_y = x, y
    return "".join(parts)


def shortest(paths: Iterable[str]) -> str:
    """Join paths in steps to one; each but the first begins where it did alone."""
    return "".join(path.replace("m", "M", 1) for path in paths)


def number(value: float) -> str:
    """Write a number with no more than two decimals, and no zeros that say nothing."""
    return _hundredths(round(100 * float(value)))


@lru_cache(maxsize=1 << 15)
def _hundredths(value: int) -> str:
    said = f"{value / 100:.2f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", said) if said != "-0" else "0"


@lru_cache(maxsize=1 << 15)
def _after(value: int) -> str:
    """Put a space only before what would be read as part of the number before it."""
    word = _hundredths(value)
    return word if word.startswith("-") else f" {word}"
