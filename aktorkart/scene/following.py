"""How a large layout follows its pivots and its ties, one pull after another.

The pulls are those of `aktorkart.scene.sparse`. numba, where something else has loaded it, goes
through them in one go; otherwise numpy takes a pivot, or a share of the ties, at once. Both do the
same operations in the same order, so that the bits are the same.
"""

from __future__ import annotations

import math
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from aktorkart.network.compiling import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

_SMALL: Final = 1e-12


class Pivots(NamedTuple):
    """Those who speak for the rest: who, how far from all, how much each pull weighs."""

    who: Ints
    table: Floats  # (pivots, count)
    weights: Floats  # (pivots, count)


class Shares(NamedTuple):
    """Ties in shares that are followed one after another, each at once."""

    cuts: Ints  # where each share begins, and the last one ends
    tails: Ints
    heads: Ints
    lengths: Floats
    weights: Floats
    # Where several of a share meet in an actor, it goes the middle of their ways.
    tail_parts: Floats
    head_parts: Floats


def shared(  # noqa: PLR0913, PLR0917 - ties, and which share each is in
    count: int, tails: Ints, heads: Ints, lengths: Floats, share: NDArray[Any], shares: int
) -> Shares:
    """Sort ties among so many actors by the share that each is in."""
    order = np.argsort(share, kind="stable")
    cuts = np.searchsorted(share[order], np.arange(shares + 1))
    tails, heads, lengths = tails[order], heads[order], lengths[order]
    tail_parts, head_parts = np.empty((2, len(order)))
    for first, last in pairwise(cuts.tolist()):
        own = slice(first, last)
        met = np.bincount(np.concatenate([tails[own], heads[own]]), minlength=count)
        tail_parts[own], head_parts[own] = 1.0 / met[tails[own]], 1.0 / met[heads[own]]
    return Shares(cuts, tails, heads, lengths, 1.0 / (lengths * lengths), tail_parts, head_parts)


def follow(  # noqa: PLR0913, PLR0917 - who pulls, how hard and in which order
    places: Floats, pivots: Pivots, ties: Shares, rates: Floats, turns: Ints, tie_turns: Ints
) -> None:
    """Move places (2, count) as they are pulled, at each rate by all pivots and all ties.

    ``turns`` and ``tie_turns`` say for each rate in which order pivots and shares of ties pull.
    """
    run: Callable[..., None] = following
    if "numba" in sys.modules:
        run = compiled(following_kernel) or run
    run(places, *pivots, *ties, rates, turns, tie_turns)


def following(  # noqa: PLR0913, PLR0917 - what `follow` has, as arrays
    places: Floats,
    who: Ints,
    table: Floats,
    weights: Floats,
    cuts: Ints,
    tails: Ints,
    heads: Ints,
    lengths: Floats,
    tie_weights: Floats,
    tail_parts: Floats,
    head_parts: Floats,
    rates: Floats,
    turns: Ints,
    tie_turns: Ints,
) -> None:
    """Follow each pivot, and each share of the ties, by all at once."""
    count = places.shape[1]
    way, square = np.empty((2, 2, count))
    drawn, share = np.empty((2, count))
    for rate, pivots, shares in zip(0.5 * rates, turns, tie_turns, strict=True):
        for pivot in pivots:
            np.subtract(places, places[:, who[pivot], None], out=way)
            np.multiply(way, way, out=square)
            np.add(square[0], square[1], out=drawn)
            np.sqrt(drawn, out=drawn)
            np.maximum(drawn, _SMALL, out=drawn)
            np.divide(table[pivot], drawn, out=drawn)
            drawn -= 1.0
            # Half of what is asked for at the most, as among two who both move.
            np.multiply(weights[pivot], rate, out=share)
            np.minimum(share, 0.5, out=share)
            share *= drawn
            way *= share
            places += way
        for some in shares:
            own = slice(cuts[some], cuts[some + 1])
            tail, head = tails[own], heads[own]
            gap = places[:, tail] - places[:, head]
            length = np.maximum(np.sqrt(gap[0] * gap[0] + gap[1] * gap[1]), _SMALL)
            gap *= np.minimum(tie_weights[own] * rate, 0.5) * (lengths[own] / length - 1.0)
            ends = np.concatenate([tail, head])
            for side, shift in zip(places, gap, strict=True):
                both = np.concatenate([shift * tail_parts[own], -shift * head_parts[own]])
                np.add(side, np.bincount(ends, both, count), out=side)


def following_kernel(  # noqa: PLR0913, PLR0917 - as `following`
    places: Floats,
    who: Ints,
    table: Floats,
    weights: Floats,
    cuts: Ints,
    tails: Ints,
    heads: Ints,
    lengths: Floats,
    tie_weights: Floats,
    tail_parts: Floats,
    head_parts: Floats,
    rates: Floats,
    turns: Ints,
    tie_turns: Ints,
) -> None:
    """Follow each pivot, and each share of the ties, actor by actor and tie by tie."""
    count = places.shape[1]
    x, y = places[0], places[1]
    across, up = np.empty(len(tails)), np.empty(len(tails))
    shift_x, shift_y = np.empty(count), np.empty(count)
    for sweep in range(len(rates)):
        rate = 0.5 * rates[sweep]
        for turn in range(turns.shape[1]):
            pivot = turns[sweep, turn]
            own_x, own_y = x[who[pivot]], y[who[pivot]]
            far, weight = table[pivot], weights[pivot]
            for actor in range(count):
                way_x, way_y = x[actor] - own_x, y[actor] - own_y
                drawn = max(math.sqrt(way_x * way_x + way_y * way_y), _SMALL)
                share = min(weight[actor] * rate, 0.5) * (far[actor] / drawn - 1.0)
                x[actor] += way_x * share
                y[actor] += way_y * share
        for turn in range(tie_turns.shape[1]):
            some = tie_turns[sweep, turn]
            shift_x[:] = 0.0
            shift_y[:] = 0.0
            for tie in range(cuts[some], cuts[some + 1]):
                tail, head = tails[tie], heads[tie]
                way_x, way_y = x[tail] - x[head], y[tail] - y[head]
                drawn = max(math.sqrt(way_x * way_x + way_y * way_y), _SMALL)
                share = min(tie_weights[tie] * rate, 0.5) * (lengths[tie] / drawn - 1.0)
                across[tie], up[tie] = way_x * share, way_y * share
                shift_x[tail] += across[tie] * tail_parts[tie]
                shift_y[tail] += up[tie] * tail_parts[tie]
            # First all tails, then all heads, as numpy adds them.
            for tie in range(cuts[some], cuts[some + 1]):
                shift_x[heads[tie]] += -across[tie] * head_parts[tie]
                shift_y[heads[tie]] += -up[tie] * head_parts[tie]
            for actor in range(count):
                x[actor] += shift_x[actor]
                y[actor] += shift_y[actor]
