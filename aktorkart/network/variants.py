"""What might be otherwise: random variants of strengths, of ties and of actors.

A strength given in a workshop is a judgement. So it is drawn anew 200 times, each a step
weaker, as it was, or a step stronger, and the ranks are taken each time (METHOD 7). What else a
statement is asked to survive is METHOD 8's.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.model.vocabulary import STEP_FACTOR, STEPS
from aktorkart.network.chunks import fingerprint, in_order
from aktorkart.network.compiling import compiled
from aktorkart.network.paths import Paths, kernel, shortest_paths, worth_compiling

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from aktorkart.network.network import Network

SEED = 20150615
"""Where the random draws begin; any number would do, as long as it stays."""

_DECIMALS = 9
SAME = 1e-9
"""Values nearer than this (relative to values above 1) share a rank."""

BATCHED_AT_MOST = 200
"""Actors up to which numpy over many draws at once beats plain Python draw by draw."""

DRAWS_WORTH_LOADING, DRAWS_WORTH_CALLING = 200_000_000, 5_000_000
"""Actors to the third times draws from which numba is quicker: with loading it, or loaded."""

BATCH = 60_000
"""Pairs at a time, over so many draws, so that the tables stay in the processor's cache."""


@dataclass(frozen=True)
class Rank:
    """One row of a ranking.

    Parameters
    ----------
    actor : str
        Id of the actor.
    value : float
        Its value.
    rank : int
        1 for the first; equal values share the better rank.
    lowest, highest : int or None
        The least and the greatest rank number met in the draws, the map itself included:
        ``lowest`` is the best case. In a draw in which all have 0 nobody is first, unless all
        have it on the map itself. None where strengths were not drawn.
    held : int or None
        In how many of the draws nobody who was not above it is above it.
    draws : int
        How many draws there were.
    """

    actor: str
    value: float
    rank: int
    lowest: int | None
    highest: int | None
    held: int | None = None
    draws: int = 0

    @property
    def is_first(self) -> bool:
        """Whether nobody is above it; who has nothing of a measure is first in nothing."""
        return self.rank == 1 and self.value > 0


def moved(network: Network, steps: NDArray[np.int64] | int) -> NDArray[np.float64]:
    """Return the strengths of all channels so many steps from where they are, within the scale."""
    if network.scale is None:
        with np.errstate(over="ignore"):
            found = network.tie_strengths * np.power(STEP_FACTOR, steps)
    else:
        low, high = network.scale
        found = np.clip(network.tie_strengths + (high - low) / STEPS * steps, low, high)
    return _as_meant(found)


def _as_meant(strengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return strengths with the decimals that a person means: 2.3 + 1 is not 3.3 in floating point.

    None becomes 0, or larger than there are numbers.
    """
    found = np.minimum(strengths, np.finfo(np.float64).max)
    usual = (strengths >= 10.0 ** (2 - _DECIMALS)) & (strengths < 10.0**_DECIMALS)
    found[usual] = np.round(strengths[usual], _DECIMALS)
    small = strengths < 10.0 ** (2 - _DECIMALS)
    found[small] = [float(f"{value:.{_DECIMALS}g}") for value in strengths[small].tolist()]
    return found


def random_bits(*size: int) -> NDArray[np.uint64]:
    """Return the same random whole numbers every time."""
    # Raw bits, because numpy keeps only these the same from version to version.
    return np.asarray(np.random.PCG64(SEED).random_raw(size))


def drawn_strengths(network: Network, draws: int, *, steps: bool = True) -> NDArray[np.float64]:
    """Draw the strengths of all channels, each a step weaker, the same or a step stronger.

    Unknown ones may be anywhere on the scale; without steps they alone are drawn.
    """
    bits = random_bits(draws, len(network.tie_strengths))
    drawn = moved(network, (bits % 3).astype(np.int64) - 1 if steps else np.zeros_like(bits, int))
    unknown = network.tie_unknown
    if network.scale is None:
        known = np.unique(network.tie_strengths[~unknown])
        anywhere = known if len(known) else np.ones(1)
    else:
        anywhere = np.linspace(*network.scale, STEPS + 1)
    drawn[:, unknown] = anywhere[(bits[:, unknown] % len(anywhere)).astype(np.int64)]
    return _as_meant(drawn)


def thinned(groups: Sequence[str], share: float, draws: int) -> NDArray[np.bool_]:
    """Draw what is kept when a share is left out at random, evenly from every group (METHOD 8).

    Left out are max(1, round(share · n)) each time.
    """
    n = len(groups)
    gone = min(n, max(1, round(share * n)))
    group = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)[1]
    kept = np.ones((draws, n), dtype=np.bool_)
    for row, bits in zip(kept, random_bits(draws, n + 1), strict=True):
        # Group by group, in random order within each, every so-manyth from a random start.
        order = np.lexsort((bits[:n], group))
        start = float(bits[n]) / 2.0**64
        row[order[((np.arange(gone) + start) * n / gone).astype(np.int64)]] = False
    return kept


def ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return competition ranks, the highest value first; near-equal values share one."""
    rows = np.atleast_2d(values)
    order = np.argsort(-rows, axis=1, kind="stable")
    ordered = np.take_along_axis(rows, order, axis=1)
    apart = ordered[:, :-1] - ordered[:, 1:] > SAME * np.maximum(1.0, np.abs(ordered[:, :-1]))
    place = np.ones(rows.shape, dtype=np.int64)
    place[:, 1:] = np.where(apart, np.arange(2, rows.shape[1] + 1), 1)
    result = np.empty_like(place)
    np.put_along_axis(result, order, np.maximum.accumulate(place, axis=1), axis=1)
    return result.reshape(np.shape(values))


def firsts(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell who is first in each row: who has nothing is first in nothing, whoever else has."""
    found: NDArray[np.bool_] = (ranks(values) == 1) & (values > 0)
    return found


@dataclass(frozen=True, eq=False)
class _Draws:
    """All that the draws of a map have in common; called with the lengths of one."""

    starts: NDArray[np.int64]
    heads: NDArray[np.int64]
    tolerance: int
    compile: bool
    draws: int

    @cached_property
    def fingerprint(self) -> str:
        """Tell these ties from those of another map."""
        return fingerprint("draws", self.starts, self.heads, self.tolerance)

    @property
    def key(self) -> str:
        """Tell this from all other tasks."""
        return f"{self.fingerprint} {self.compile} {self.draws}"

    def __call__(self, lengths: NDArray[np.int64], stop: threading.Event | None = None) -> Paths:
        del stop  # a draw is short
        return shortest_paths(
            self.starts,
            self.heads,
            lengths,
            tolerance=self.tolerance,
            compile=self.compile,
            threads=False,
            draws=self.draws,
        )


def drawn_paths(
    network: Network,
    strengths: NDArray[np.float64],
    alpha: float,
    executor: Executor | None = None,
) -> tuple[Paths, float]:
    """Walk the shortest paths of many draws."""
    lengths = network.lengths(alpha, strengths=strengths)
    n = len(network.ids)
    compiling = _is_compiled(n, len(network.tails), len(strengths))
    batched = n <= BATCHED_AT_MOST and not compiling
    # The longest path there could be decides how few bytes are enough.
    if batched and int(lengths.values.max(initial=0)) * n < np.iinfo(np.int32).max // 4:
        kind: type[np.signedinteger] = np.int32
    else:
        kind = np.int64
    parts: list[Paths] = []
    if batched:
        size = max(1, BATCH // max(n * n, 1))
        for first in range(0, len(strengths), size):
            part = lengths.values[first : first + size].astype(kind)
            distance = _nowhere(len(part), n, part.dtype)
            distance[:, network.tails, network.heads] = part
            parts.append(_all_pairs(distance, lengths.tolerance))
    else:
        # Draw by draw, not part by part of each: there is less to wait for.
        draws = _Draws(
            network.starts, network.heads, lengths.tolerance, compiling, len(lengths.values)
        )
        parts = list(
            in_order(draws, list(lengths.values), "draws", executor=executor, threads=compiling)
        )
    names = ("betweenness", "farness", "reached", "harmonic")
    return Paths(
        *(np.vstack([np.atleast_2d(getattr(part, name)) for part in parts]) for name in names)
    ), lengths.scale


def _is_compiled(n: int, arcs: int, draws: int) -> bool:
    """Tell whether numba is the quickest way for so many draws."""
    if n > BATCHED_AT_MOST:
        return worth_compiling(n * arcs * draws)
    least = DRAWS_WORTH_CALLING if "numba" in sys.modules else DRAWS_WORTH_LOADING
    return n**3 * draws >= least and compiled(kernel) is not None


def _nowhere(draws: int, n: int, kind: np.dtype[np.signedinteger]) -> NDArray[np.signedinteger]:
    """Return tables in which nobody reaches anybody, with room to add two distances."""
    return np.full((draws, n, n), np.iinfo(kind).max // 2, dtype=kind)


def between(networks: Sequence[Network], alpha: float) -> NDArray[np.float64]:
    """Return raw betweenness in networks of the same actors: one row for each, ordered pairs."""
    if not networks:
        return np.zeros((0, 0))
    n = len(networks[0].ids)
    most = max(len(network.tails) for network in networks)
    compiling = _is_compiled(n, most, len(networks))
    if compiling or n > BATCHED_AT_MOST:
        return np.array([_between_one(one, alpha, compiling=compiling) for one in networks])
    rows = []
    size = max(1, BATCH // max(n * n, 1))
    for first in range(0, len(networks), size):
        some = networks[first : first + size]
        ends = np.cumsum([0, *(len(one.tails) for one in some)])
        lengths = networks[0].lengths(alpha, strengths=np.concatenate([o.strengths for o in some]))
        distance = _nowhere(len(some), n, np.dtype(np.int64))
        for place, one in enumerate(some):
            distance[place, one.tails, one.heads] = lengths.values[ends[place] : ends[place + 1]]
        rows.append(_all_pairs(distance, lengths.tolerance).betweenness)
    return np.vstack(rows)


def _between_one(network: Network, alpha: float, *, compiling: bool) -> NDArray[np.float64]:
    lengths = network.lengths(alpha)
    paths = shortest_paths(
        network.starts,
        network.heads,
        lengths.values,
        tolerance=lengths.tolerance,
        compile=compiling,
        threads=False,
    )
    return paths.betweenness


def _all_pairs(distance: NDArray[np.signedinteger], tolerance: int) -> Paths:
    """Compute the paths of a few draws at once from tables of all arcs (Floyd 1962)."""
    draws, n, _ = distance.shape
    far = np.iinfo(distance.dtype).max // 2
    paths = (distance < far).astype(np.float64)
    tied = (distance < far).any(axis=0)
    # Who has a single neighbour stands between nobody.
    middle = np.flatnonzero((tied | tied.T).sum(axis=1) > 1).tolist()
    for k in middle:
        by_k = distance[:, :, k, None] + distance[:, None, k, :]
        count = paths[:, :, k, None] * paths[:, None, k, :]
        gain = distance - by_k
        paths *= gain <= tolerance
        count *= gain >= -tolerance
        paths += count
        np.minimum(distance, by_k, out=distance)
        # No shortest path comes back to where it began.
        own = np.arange(n)
        distance[:, own, own] = far
        paths[:, own, own] = 0.0
    reached = distance < far
    per_path = np.divide(1.0, paths, out=np.zeros_like(paths), where=paths > 0)
    betweenness = np.zeros((draws, n))
    for k in middle:
        by_k = distance[:, :, k, None] + distance[:, None, k, :]
        share = paths[:, :, k, None] * paths[:, None, k, :]
        share *= per_path
        share *= by_k - distance <= tolerance
        betweenness[:, k] = share.sum(axis=(1, 2))
    near = np.divide(1.0, distance, out=np.zeros(distance.shape), where=reached)
    return Paths(
        betweenness=betweenness,
        farness=np.where(reached, distance, 0).sum(axis=2, dtype=np.float64),
        reached=reached.sum(axis=2),
        harmonic=near.sum(axis=2),
    )
