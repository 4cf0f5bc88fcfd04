"""Paths and numbers of SVG, as short as they go: hundredths of a point are finer than printers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

_OF_PATH = re.compile(r"([MLCQZz])|(-?\d+(?:\.\d+)?)")
_SIGNS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
_CODES = {sign: code for code, sign in _SIGNS.items()}
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


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


def stepped(corners: NDArray[np.float64], codes: Sequence[int] | NDArray[np.uint8]) -> str:
    """Write the points of a path of matplotlib's in steps."""
    signs = [_SIGNS.get(code, "Z") for code in list(codes)]
    return _written(signs, (corners * 100).round().astype(int).ravel().tolist())


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
        words: list[str] = []
        for place in range(at, stop):
            words.append(_hundredths(values[2 * place] - x))
            words.append(_hundredths(values[2 * place + 1] - y))
        x, y = values[2 * stop - 2], values[2 * stop - 1]
        at = stop
        if sign == "M":
            first_x, first_y = x, y
        parts.append(("" if sign == last != "M" else sign.lower()) + _joined(words))
        last = sign
    return _joined(parts)


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


def _joined(words: Sequence[str]) -> str:
    """Put a space only before what would be read as part of the number before it."""
    return "".join(
        f" {word}" if at and word[0] in "0123456789." else word for at, word in enumerate(words)
    )
