"""Communities by Louvain's method (Blondel et al. 2008), on symmetrised strengths.

Actors are asked in a random order, and move to the neighbouring group that gains most modularity;
those tied to one who moved are asked again (Traag, Waltman & van Eck 2019), until nobody wants to.
Then groups become the actors of a smaller map, and so on; and at last every actor is asked anew
(Rotta & Noack 2011). The moves are a plain function over sequences, which numba compiles for large
maps, to the same groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from aktorkart.network.compiling import compiled
from aktorkart.network.paths import worth_compiling

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from aktorkart.network.network import Network
    from aktorkart.network.structure import Neighbours

SEEDS = range(20)
"""The groups depend on the order in which actors are visited; these are tried."""

VISITS = 10
"""How often an actor is asked with each seed, about."""

FEW_KEYS = 16
"""Keys below so many times their number are counted in a table, which takes no sorting."""

SAME_MODULARITY = 1e-12
"""The same partition, summed in another order, is no better."""


@dataclass(frozen=True)
class Communities:
    """Groups that have more to do with each other than with the rest.

    Parameters
    ----------
    groups : tuple of tuple of str
        Ids, the largest group first.
    stability : tuple of float
        For each group how well it is found again with other seeds: the mean over all seeds
        of the best Jaccard overlap, 1 if it is the same every time.
    modularity : float
        How much more is tied within groups than by chance (Newman 2006).
    seed : int
        The seed that found it.
    """

    groups: tuple[tuple[str, ...], ...]
    stability: tuple[float, ...]
    modularity: float
    seed: int


def moves(  # noqa: C901, PLR0913, PLR0917 - a plain function over arrays, for numba too
    starts: Any,
    heads: Any,
    weights: Any,
    degree: Any,
    least: float,
    queue: Any,
    waiting: Any,
    group: Any,
    total: Any,
    toward: Any,
    met: Any,
) -> int:
    """Move actors between groups until nobody gains; return how many moves there were."""
    n = len(starts) - 1
    whole = 0.0
    for actor in range(n):
        whole += degree[actor]
    moved = 0
    left = n
    first = 0
    while left > 0:
        actor = queue[first] + 0
        first = first + 1 if first + 1 < n else 0
        left -= 1
        waiting[actor] = 0
        own = group[actor] + 0
        count = 0
        for arc in range(starts[actor], starts[actor + 1]):
            if heads[arc] != actor:
                other = group[heads[arc]]
                if toward[other] == 0.0:
                    met[count] = other
                    count += 1
                toward[other] += weights[arc]
        total[own] -= degree[actor]
        share = degree[actor] / whole
        best = own
        most = toward[own] - total[own] * share + least
        for place in range(count):
            other = met[place]
            gain = toward[other] - total[other] * share
            if gain > most:
                best = other
                most = gain
            toward[other] = 0.0
        total[best] += degree[actor]
        if best != own:
            group[actor] = best
            moved += 1
            # Those tied to it who are in other groups may want to follow.
            for arc in range(starts[actor], starts[actor + 1]):
                head = heads[arc] + 0
                if waiting[head] == 0 and group[head] != best:
                    waiting[head] = 1
                    place = first + left
                    queue[place if place < n else place - n] = head
                    left += 1
    return moved


def communities(network: Network, around: Neighbours) -> Communities:
    """Find groups with every seed, and keep the best."""
    n = len(network.ids)
    own_map = _tied(around.starts, around.tails, around.heads, around.summed / 2.0)
    found = [_partition(own_map, seed) for seed in SEEDS]
    best, chosen = -1.0, 0
    for seed, partition in enumerate(found):
        modularity = _modularity(own_map, partition)
        if modularity > best + SAME_MODULARITY:
            best, chosen = modularity, seed
    own = found[chosen]
    size = np.bincount(own)
    overlap = np.zeros(len(size))
    for other in found:
        pairs, shared = _tallied(own * n + other)
        one, two = np.divmod(pairs, n)
        jaccard = shared / (size[one] + np.bincount(other)[two] - shared)
        most = np.zeros(len(size))
        np.maximum.at(most, one, jaccard)
        overlap += most
    members: list[list[str]] = [[] for _ in size]
    for id_, group in zip(network.ids, own.tolist(), strict=True):
        members[group].append(id_)
    largest = sorted(range(len(size)), key=lambda group: (-len(members[group]), members[group]))
    return Communities(
        groups=tuple(tuple(members[group]) for group in largest),
        stability=tuple(float(overlap[group] / len(found)) for group in largest),
        modularity=best,
        seed=chosen,
    )


class _Tied(NamedTuple):
    """Actors, or groups that have become actors, and how much there is between them."""

    starts: NDArray[np.int64]
    tails: NDArray[np.int64]
    heads: NDArray[np.int64]
    weights: NDArray[np.float64]
    degree: NDArray[np.float64]


def _tied(
    starts: NDArray[np.int64],
    tails: NDArray[np.int64],
    heads: NDArray[np.int64],
    weights: NDArray[np.float64],
) -> _Tied:
    degree: Any = np.bincount(tails, weights, minlength=len(starts) - 1)
    return _Tied(starts, tails, heads, weights, degree)


def _partition(own: _Tied, seed: int) -> NDArray[np.int64]:
    """Return the group of each actor, numbered from 0, as found with one seed."""
    # Raw bits, because numpy keeps only these the same from version to version.
    dice = np.random.PCG64(seed)
    # What counts as a gain must be more than what rounding makes.
    least = SAME_MODULARITY * float(own.weights.sum())
    found = np.arange(len(own.degree))
    while True:
        # Where whole groups have moved some actors may gain by leaving theirs: ask them again.
        found, moved = _moved(own, found, dice, least)
        if not moved:
            return found
        while moved:
            fewer = _joined(own, found)
            group, moved = _moved(fewer, np.arange(len(fewer.degree)), dice, least)
            found = group[found]


def _joined(own: _Tied, group: NDArray[np.int64]) -> _Tied:
    """Make groups the actors of a smaller map; what is tied within one is a tie to itself."""
    n = int(group.max()) + 1
    pairs, summed = _tallied(group[own.tails] * n + group[own.heads], own.weights)
    tails, heads = np.divmod(pairs, n)
    return _tied(np.searchsorted(tails, np.arange(n + 1)).astype(np.int64), tails, heads, summed)


def _tallied(
    keys: NDArray[np.int64], weights: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return which keys there are, and how many or how much of each, added as they come."""
    if keys.max(initial=0) < FEW_KEYS * len(keys):
        there = np.bincount(keys)
        found = np.flatnonzero(there)
        return found, (there if weights is None else np.bincount(keys, weights))[found]
    found, place = np.unique(keys, return_inverse=True)
    return found, np.bincount(place, weights)


def _moved(
    own: _Tied, group: NDArray[np.int64], dice: np.random.PCG64, least: float
) -> tuple[NDArray[np.int64], int]:
    """Let actors move on from the groups they are in; number the groups anew."""
    n = len(own.degree)
    given: list[Any] = [own.starts, own.heads, own.weights, own.degree]
    work: list[Any] = [
        np.argsort(dice.random_raw(n), kind="stable"),
        np.ones(n, np.int64),
        group.copy(),
        np.bincount(group, own.degree, minlength=n),
        np.zeros(n),
        np.zeros(n, np.int64),
    ]
    run: Callable[..., int] = moves
    if worth_compiling(len(own.heads) * len(SEEDS) * VISITS):
        run = compiled(moves) or run
    else:
        # Lists are several times quicker than arrays to plain Python.
        given = [array.tolist() for array in given]
        work = [array.tolist() for array in work]
    moved = run(*given, least, *work)
    if not moved:
        return group, 0
    found = np.asarray(work[2])
    number = np.cumsum(np.bincount(found) > 0) - 1
    return number[found], moved


def _modularity(own: _Tied, group: NDArray[np.int64]) -> float:
    """Return how much more is tied within groups than by chance (Newman 2006)."""
    at = group[own.tails]
    whole = float(own.weights.sum())
    within = float(own.weights[at == group[own.heads]].sum()) / whole
    total = np.bincount(at, own.weights) / whole
    return within - float((total * total).sum())
