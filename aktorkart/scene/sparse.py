"""Stress layouts of large maps: over ties and a few pivots, with groups kept apart.

All pairs of thousands of actors are too many. Here each actor minds its neighbours, and some
pivots that speak for the rest (Ortmann, Klimenta & Brandes 2017). One pivot or one share of the
ties after another is followed, at first as far as it asks for and then ever less (stochastic
gradient descent: Zheng, Pawar & Goodman 2019): that finds its way out of poor arrangements which
steps of majorisation stay in, and takes a tenth of the time. As in ``stress``, only operations
that IEEE 754 fixes are used, in a fixed order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from aktorkart.network import graph
from aktorkart.scene import stress
from aktorkart.scene.following import Pivots, follow, shared

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Arcs = tuple[Ints, Ints, Floats]

# How many pivots, and shares of the ties that are followed at once.
_PIVOTS: Final = 200
_CLASSES: Final = 16
# Between the first sweep over them all and the last, the rate is halved in logarithm so often, and
# once less among so many that it changes nothing, …
_HALVINGS: Final = 5
_MANY: Final = 10_000
# … down to where the strongest pull is followed by this share.
_LAST_RATE: Final = 0.03
# Multiples of it, whole numbers left out, spread evenly over 0 to 1 however many there are.
_GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0
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
    every = _rumours(count)
    size = np.zeros(count)
    for heard in every:
        for _ in range(_TELLINGS):
            told = np.bincount(tail, share * heard[head], minlength=count)
            np.divide(np.add(heard, told, out=told), 2.0, out=heard)
        np.subtract(heard, np.cumsum(heard)[-1] / count, out=heard)
        size += heard * heard
    every /= np.maximum(np.sqrt(size), _SMALL)
    apart = np.zeros(len(tails))
    for heard in every:
        gap = heard[tails] - heard[heads]
        apart += gap * gap
    apart /= max(_SMALL, float(np.sort(apart)[len(apart) // 2]))
    # To the power of three quarters, by roots alone.
    root = np.sqrt(apart)
    longer: Floats = np.minimum(np.maximum(root * np.sqrt(root), _CLOSEST), _FARTHEST)
    return lengths * longer


def _rumours(count: int) -> Floats:
    """Give everyone numbers that follow no pattern, from −1 to 1: (rumours, count)."""
    heard: Floats = (_mixed(count * _RUMOURS) >> np.uint64(11)).astype(np.float64)
    return (heard / 2.0**52 - 1.0).reshape(count, _RUMOURS).T.copy()


def _mixed(count: int, after: int = 0) -> npt.NDArray[np.uint64]:
    """Return whole numbers that follow no pattern, by integer arithmetic alone."""
    first = 1 + after
    mixed = np.arange(first, first + count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    # The finishing steps of splitmix64 (Steele, Lea & Flood 2014).
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def _order(count: int, after: int) -> Ints:
    """Return 0 … count − 1 in an order that follows no pattern."""
    return np.argsort(_mixed(count, after))


def laid_out(count: int, tails: Ints, heads: Ints, lengths: Floats) -> Floats:
    """Lay out a large connected component over its ties and a few pivots."""
    table, pivots = _pivots(count, _both_ways(tails, heads, lengths))
    weights = _weights(table)
    ties = shared(count, tails, heads, lengths, _mixed(len(tails)) % np.uint64(_CLASSES), _CLASSES)
    rates = np.array(_rates(weights, ties.weights, halvings=_HALVINGS - (count > _MANY)))
    orders = []
    for sweep in range(len(rates)):
        told = sweep * (len(pivots) + _CLASSES)
        orders.append((_order(len(pivots), told), _order(_CLASSES, told + len(pivots))))
    turns = [np.array(turn) for turn in zip(*orders, strict=True)]
    places = (0.5 * float(table.max()) * stress.scatter(count, 5)).T.copy()
    follow(places, Pivots(pivots, table, weights), ties, rates, turns[0], turns[1])
    return places.T.copy()


def _weights(table: Floats) -> Floats:
    """Weigh each pivot's pull on everyone: it speaks for the actors nearest to it.

    Its term weighs as many of them as lie within half way.
    """
    region = np.argmin(table, axis=0)
    weights = np.empty(table.shape)
    for pivot, row in enumerate(table):
        own = np.sort(row[region == pivot], kind="stable")
        half_way = np.searchsorted(own, row / 2.0, side="right")
        weights[pivot] = half_way / np.where(row > 0.0, row * row, np.inf)
    return weights


def _rates(*weights: Floats, halvings: int) -> list[float]:
    """Return the rates of all sweeps: at the first even the weakest pull is followed."""
    least = min(float(some.min(where=some > 0.0, initial=np.inf)) for some in weights)
    most = max(float(some.max()) for some in weights)
    falls = _LAST_RATE * least / most
    # Roots are the same everywhere, powers are not.
    for _ in range(halvings):
        falls = math.sqrt(falls)
    rates = [1.0 / least]
    for _ in range(2**halvings):
        rates.append(rates[-1] * falls)
    return rates


def _pivots(count: int, arcs: Arcs) -> tuple[Floats, Ints]:
    """Choose pivots, rather far from each other; return distances (pivots × count) and who."""
    busy = np.bincount(arcs[0], minlength=count)
    chosen = [int(np.argmax(busy))]
    table = np.empty((min(_PIVOTS, count), count))
    distances = graph.distances_from(count, arcs)
    table[0] = distances(chosen[0])
    nearest = table[0].copy()
    # The farthest of all would be those at the rim, who speak for few. As likely as they are far
    # from the pivots there are, they lie both there and where many are.
    while len(chosen) < len(table):
        up_to = np.cumsum(nearest)
        share = len(chosen) * _GOLDEN % 1.0
        pivot = int(np.searchsorted(up_to, share * up_to[-1], side="right"))
        table[len(chosen)] = distances(pivot)
        np.minimum(nearest, table[len(chosen)], out=nearest)
        chosen.append(pivot)
    return table, np.array(chosen)
