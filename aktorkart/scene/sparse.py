"""Stress layouts of large maps: over ties and a few pivots, with groups kept apart.

All pairs of thousands of actors are too many. Here each actor minds its neighbours, and some
pivots that speak for the rest (Ortmann, Klimenta & Brandes 2017). As in ``stress``, only
operations that IEEE 754 fixes are used, in a fixed order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from aktorkart.network import graph
from aktorkart.scene import stress

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Arcs = tuple[Ints, Ints, Floats]

# How many pivots, and steps of majorisation.
_PIVOTS: Final = 120
_ROUNDS: Final = 80
# Multiples of it, whole numbers left out, spread evenly over 0 to 1 however many there are.
_GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0
# Actors that are moved at once: with all pivots they fit the processor's cache.
_BLOCK: Final = 256
# Rumours told in a map, and how often they are passed on, to tell groups from one another.
_RUMOURS: Final = 24
_TELLINGS: Final = 20
# Ties within a group are at least this share of their length, those between groups so many times.
_CLOSEST: Final = 1.0 / 3.0
_FARTHEST: Final = 8.0
_SMALL: Final = 1e-12


def _both_ways(tails: Ints, heads: Ints, lengths: Floats) -> Arcs:
    """Return every tie both ways, sorted by tail."""
    both, other = np.concatenate([tails, heads]), np.concatenate([heads, tails])
    order = np.lexsort((other, both))
    return both[order], other[order], np.concatenate([lengths, lengths])[order]


def grouped(count: int, tails: Ints, heads: Ints, lengths: Floats) -> Floats:
    """Make ties within groups shorter and those between longer, as a large map needs."""
    tail, head, length = _both_ways(tails, heads, lengths)
    first = np.searchsorted(tail, np.arange(count))
    share = 1.0 / length
    share /= np.add.reduceat(share, first)[tail]
    heard = _rumours(count)
    for _ in range(_TELLINGS):
        for rumour in range(_RUMOURS):
            told = np.bincount(tail, share * heard[head, rumour], minlength=count)
            heard[:, rumour] = (heard[:, rumour] + told) / 2.0
    heard -= heard.sum(axis=0) / count
    size = np.zeros(count)
    for rumour in range(_RUMOURS):
        size += heard[:, rumour] * heard[:, rumour]
    heard /= np.maximum(np.sqrt(size), _SMALL)[:, None]
    apart = np.zeros(len(tails))
    for rumour in range(_RUMOURS):
        gap = heard[tails, rumour] - heard[heads, rumour]
        apart += gap * gap
    apart /= max(_SMALL, float(np.sort(apart)[len(apart) // 2]))
    # To the power of three quarters, by roots alone.
    root = np.sqrt(apart)
    longer: Floats = np.minimum(np.maximum(root * np.sqrt(root), _CLOSEST), _FARTHEST)
    return lengths * longer


def _rumours(count: int) -> Floats:
    """Give everyone numbers that follow no pattern, from −1 to 1, by integer arithmetic alone."""
    mixed = np.arange(1, 1 + count * _RUMOURS, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    # The finishing steps of splitmix64 (Steele, Lea & Flood 2014).
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    heard: Floats = (mixed >> np.uint64(11)).astype(np.float64) / 2.0**52 - 1.0
    return heard.reshape(count, _RUMOURS)


def laid_out(count: int, tails: Ints, heads: Ints, lengths: Floats) -> Floats:
    """Lay out a large connected component over its ties and a few pivots."""
    arcs = _both_ways(tails, heads, lengths)
    table, pivots = _pivots(count, arcs)
    layout = _pivot_scaling(table) + 0.02 * float(table.max()) * stress.scatter(count, 5).T
    # A pivot speaks for the actors nearest to it: its term weighs as many as lie within half way.
    region = np.argmin(table, axis=0)
    weights = np.zeros(table.shape)
    for pivot, row in enumerate(table):
        own = np.sort(row[region == pivot], kind="stable")
        weights[pivot] = np.searchsorted(own, row / 2.0, side="right")
    weights /= np.where(table > 0.0, table * table, np.inf)
    tie_weights = 1.0 / (arcs[2] * arcs[2])
    total = weights.sum(axis=0) + np.bincount(arcs[0], tie_weights, minlength=count)
    pull = weights * table
    room = np.empty((4, len(pivots), min(_BLOCK, count)))
    for _ in range(_ROUNDS):
        moved = np.empty_like(layout)
        tied = layout[:, arcs[0]] - layout[:, arcs[1]]
        long = np.maximum(np.sqrt(tied[0] * tied[0] + tied[1] * tied[1]), _SMALL)
        for side in (0, 1):
            wished = tie_weights * (layout[side, arcs[1]] + arcs[2] * tied[side] / long)
            moved[side] = np.bincount(arcs[0], wished, minlength=count)
        for first in range(0, count, _BLOCK):
            some = slice(first, min(first + _BLOCK, count))
            across, up, drawn, spare = room[:, :, : some.stop - first]
            for side, gap in enumerate((across, up)):
                np.subtract(layout[side, None, some], layout[side, pivots, None], out=gap)
            np.multiply(across, across, out=drawn)
            np.multiply(up, up, out=spare)
            drawn += spare
            np.sqrt(drawn, out=drawn)
            np.maximum(drawn, _SMALL, out=drawn)
            np.divide(pull[:, some], drawn, out=drawn)
            for side, gap in enumerate((across, up)):
                np.multiply(gap, drawn, out=gap)
                np.multiply(weights[:, some], layout[side, pivots, None], out=spare)
                np.add(gap, spare, out=gap)
                moved[side, some] += gap.sum(axis=0)
        # Everyone moves at once: half way is what keeps neighbours from changing places for ever.
        layout = 0.5 * (layout + moved / total)
    return np.ascontiguousarray(layout.T)


def _pivots(count: int, arcs: Arcs) -> tuple[Floats, Ints]:
    """Choose pivots, rather far from each other; return distances (pivots × count) and who."""
    busy = np.bincount(arcs[0], minlength=count)
    chosen = [int(np.argmax(busy))]
    rows = [graph.distances_from(chosen[0], count, arcs)]
    nearest = rows[0].copy()
    # The farthest of all would be those at the rim, who speak for few. As likely as they are far
    # from the pivots there are, they lie both there and where many are.
    while len(chosen) < min(_PIVOTS, count):
        up_to = np.cumsum(nearest)
        share = len(chosen) * _GOLDEN % 1.0
        chosen.append(int(np.searchsorted(up_to, share * up_to[-1], side="right")))
        rows.append(graph.distances_from(chosen[-1], count, arcs))
        np.minimum(nearest, rows[-1], out=nearest)
    return np.stack(rows), np.array(chosen)


def _pivot_scaling(table: Floats) -> Floats:
    """Classical scaling seen from the pivots (Brandes & Pich 2007): 2 × count coordinates."""
    width, count = table.shape
    squares = table * table
    # Summed along the first axis, so that the order is fixed.
    means = np.ascontiguousarray(squares.T).sum(axis=0) / count
    whole = math.fsum(means.tolist()) / width
    centred = -0.5 * (squares - squares.sum(axis=0) / width - means[:, None] + whole)
    tall = np.ascontiguousarray(centred.T)
    product = np.stack([(tall * tall[:, [pivot]]).sum(axis=0) for pivot in range(width)])
    layout = np.stack([(centred * axis[:, None]).sum(axis=0) for axis in stress.axes(product, 2)])
    widest = math.sqrt(math.fsum((layout[0] * layout[0]).tolist()) / count)
    return layout / max(_SMALL, widest) * math.sqrt(whole) * 0.5
