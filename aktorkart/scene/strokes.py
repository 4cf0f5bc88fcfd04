"""The lines of many ties at once: cut at the rims of marks, pointed, and formed by how they work.

Straight ties, which most are on a large map, are formed together; `aktorkart.scene.lines` forms
those that are bent or have a form of their own, one by one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene import lines, marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# So many directions are looked at together.
_TOGETHER = 2_000
# Points of a straight line; how broad an arrowhead is, and how far behind its tip the line ends, as
# shares of its length.
_STRAIGHT = 2
_BROAD, _BEHIND = 0.85, 0.72


def rims(shapes: Sequence[str], reach: Floats, ways: Floats) -> Floats:
    """Return how far from the middles of marks, of some shapes and radii, lines (n, 2) begin."""
    found = reach.copy()
    rows: dict[str, list[int]] = defaultdict(list)
    for row, shape in enumerate(shapes):
        rows[shape].append(row)
    for shape, every in rows.items():
        for begin in range(0, len(every), _TOGETHER):
            those = every[begin : begin + _TOGETHER]
            found[those] *= marks.to_rim(shape, ways[those])
    return found


def pointed(
    paths: Sequence[Floats], one_way: Sequence[int], lengths: Floats
) -> tuple[list[Floats], dict[int, Floats]]:
    """Return what is left of each path, and the arrowheads of those that go one way."""
    bodies, heads = list(paths), {}
    straight = [row for row in one_way if len(paths[row]) == _STRAIGHT]
    for row in sorted({*one_way} - {*straight}):
        own = float(lengths[row])
        heads[row] = lines.arrowhead(paths[row], length=own, width=_BROAD * own)
        bodies[row] = lines.trimmed(paths[row], 0, _BEHIND * own)
    whole = _stacked(paths, straight)
    way, length, none = whole[:, 1] - whole[:, 0], lengths[straight], np.zeros(len(straight))
    total = np.hypot(way[:, 0], way[:, 1])
    backs = lines.cut(whole, np.maximum(total - length, 0), none)[:, 0]
    tips = lines.arrowheads(whole[:, 1], backs, length, _BROAD * length)
    heads.update(zip(straight, tips, strict=True))
    for row, body in zip(straight, lines.cut(whole, none, _BEHIND * length), strict=True):
        bodies[row] = body
    return bodies, heads


def formed(
    bodies: Sequence[Floats], forms: Sequence[lines.Line], thick: Floats, scale: float
) -> list[list[Floats]]:
    """Return the strokes of each line, ``thick`` in millimetres and its form at a scale."""
    plain, double = lines.Line(), lines.Line(double=True)
    rows = [
        row
        for row, (body, form) in enumerate(zip(bodies, forms, strict=True))
        if form == double and len(body) == _STRAIGHT
    ]
    rails = lines.rails(_stacked(bodies, rows), lines.beside(thick[rows], scale))
    both = dict(zip(rows, zip(*rails, strict=True), strict=True))
    found = []
    for row, (body, form) in enumerate(zip(bodies, forms, strict=True)):
        if row in both:
            found.append(list(both[row]))
        elif form == plain:
            found.append([body])
        else:
            found.append(lines.strokes(body, form, width=float(thick[row]), scale=scale))
    return found


def _stacked(paths: Sequence[Floats], rows: Sequence[int]) -> Floats:
    return np.array([paths[row] for row in rows]).reshape(-1, 2, 2)
