"""The lines of many ties at once: cut at the rims of marks, pointed, and formed by how they work.

Straight ties, which most are on a large map, are formed together; `aktorkart.scene.lines` forms
those that are bent or have a form of their own, one by one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aktorkart.scene import lines, marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# So many directions are looked at together.
_TOGETHER = 2_000
# How broad an arrowhead is, and how far behind its tip the line ends, as shares of its length.
_BROAD, _BEHIND = 0.85, 0.72


class Paths(NamedTuple):
    """Lines by row: straight ones (n, 2, 2), and those that are bent instead."""

    straight: Floats
    bent: dict[int, Floats]


def rims(shapes: NDArray[np.str_], reach: Floats, ways: Floats) -> Floats:
    """Return how far from the middles of marks, of some shapes and radii, lines (n, 2) begin."""
    found = reach.copy()
    for shape in np.unique(shapes).tolist():
        every = np.flatnonzero(shapes == shape)
        for begin in range(0, len(every), _TOGETHER):
            those = every[begin : begin + _TOGETHER]
            found[those] *= marks.to_rim(shape, ways[those])
    return found


def pointed(
    paths: Paths, one_way: Sequence[int], lengths: Floats
) -> tuple[Paths, dict[int, Floats]]:
    """Return what is left of each path, and the arrowheads of those that go one way."""
    straight, bent = paths.straight.copy(), dict(paths.bent)
    heads = {}
    for row in sorted({*one_way} & {*bent}):
        own = float(lengths[row])
        heads[row] = lines.arrowhead(bent[row], length=own, width=_BROAD * own)
        bent[row] = lines.trimmed(bent[row], 0, _BEHIND * own)
    rows = np.array([row for row in one_way if row not in bent], dtype=np.intp)
    whole = straight[rows]
    way, length, none = whole[:, 1] - whole[:, 0], lengths[rows], np.zeros(len(rows))
    total = np.hypot(way[:, 0], way[:, 1])
    backs = lines.cut(whole, np.maximum(total - length, 0), none)[:, 0]
    tips = lines.arrowheads(whole[:, 1], backs, length, _BROAD * length)
    heads.update(zip(rows.tolist(), tips, strict=True))
    straight[rows] = lines.cut(whole, none, _BEHIND * length)
    return Paths(straight, bent), heads


class Formed(NamedTuple):
    """Lines that have as many points: whose they are, and all their strokes (m, points, 2)."""

    rows: NDArray[np.intp]
    strokes: list[Floats]


def formed(paths: Paths, forms: Sequence[lines.Line], thick: Floats, scale: float) -> list[Formed]:
    """Return the strokes of all lines, ``thick`` in millimetres and their forms at a scale."""
    rows: dict[lines.Line, list[int]] = defaultdict(list)
    found = []
    for row, form in enumerate(forms):
        if row not in paths.bent:
            rows[form].append(row)
            continue
        bent = lines.strokes(paths.bent[row], form, width=float(thick[row]), scale=scale)
        found.append(Formed(np.array([row]), [stroke[None] for stroke in bent]))
    for form, every in rows.items():
        those = np.array(every)
        straight = lines.straight_strokes(
            paths.straight[those], form, widths=thick[those], scale=scale
        )
        found += [Formed(those[own], strokes) for own, strokes in straight]
    return found
