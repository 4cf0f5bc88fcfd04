"""What the ties around each actor say, without paths: cores, cut points, brokerage, standing.

Pure functions over a `Network`. Those that read strengths take them as an argument, so that
random draws (see `aktorkart.network.variants`) go through the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from aktorkart.network.compiling import compiled
from aktorkart.network.paths import worth_compiling
from aktorkart.network.sorting import differ, sorted_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from aktorkart.network.network import Network

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")
"""Gould and Fernandez' five roles of a go-between."""

DAMPING = 0.85
"""PageRank: the chance of going on along a tie rather than starting anywhere."""

DENSE = 100
"""Up to so many actors it is quicker to do without scipy's sparse matrices."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Linked pairs either way, each from both sides, sorted."""

    starts: NDArray[np.int64]
    heads: NDArray[np.int64]
    summed: NDArray[np.float64]
    strongest: NDArray[np.float64]

    @property
    def tails(self) -> NDArray[np.int64]:
        """The actor that each neighbour belongs to."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def lists(self) -> list[list[int]]:
        """Return the neighbours of each actor."""
        heads, starts = self.heads.tolist(), self.starts.tolist()
        return [heads[a:b] for a, b in pairwise(starts)]

    def total(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum over each actor's neighbours."""
        sums = np.bincount(self.tails, weights=values, minlength=len(self.starts) - 1)
        return sums.astype(np.float64)


def neighbours(network: Network, strengths: NDArray[np.float64]) -> Neighbours:
    """Find who is linked to whom, either way."""
    n = len(network.ids)
    tails, heads, order = sorted_pairs(
        n,
        np.concatenate([network.tails, network.heads]),
        np.concatenate([network.heads, network.tails]),
    )
    both = np.concatenate([strengths, strengths])[order]
    if not len(tails):
        empty = np.zeros(0)
        return Neighbours(np.zeros(n + 1, np.int64), np.zeros(0, np.int64), empty, empty)
    first = np.flatnonzero(np.append([True], differ(tails, heads)))
    # At most two arcs join a pair, and a sum of two has no order.
    return Neighbours(
        starts=np.searchsorted(tails[first], np.arange(n + 1)).astype(np.int64),
        heads=heads[first].astype(np.int64, copy=False),
        summed=np.add.reduceat(both, first),
        strongest=np.maximum.reduceat(both, first),
    )


def core_kernel(  # noqa: PLR0913, PLR0917 - a plain function over arrays, for numba too
    starts: Any,
    heads: Any,
    left: Any,
    of_degree: Any,
    following: Any,
    who: Any,
    core: Any,
) -> None:
    """Peel off those with the fewest neighbours left; ``core`` is -1 for those still there.

    An actor stands in the list of every degree it has had; the lowest is met first.
    """
    entries = len(core)
    for actor in range(entries):
        following[actor] = of_degree[left[actor]]
        of_degree[left[actor]] = actor
        who[actor] = actor
    for k in range(len(of_degree)):
        while of_degree[k] >= 0:
            entry = of_degree[k]
            of_degree[k] = following[entry]
            actor = who[entry]
            if core[actor] >= 0:
                continue
            core[actor] = k
            for arc in range(starts[actor], starts[actor + 1]):
                other = heads[arc]
                if core[other] < 0 and left[other] > k:
                    left[other] -= 1
                    following[entries] = of_degree[left[other]]
                    of_degree[left[other]] = entries
                    who[entries] = other
                    entries += 1


def core_numbers(around: Neighbours) -> NDArray[np.float64]:
    """Return the largest k for which an actor is in a k-core (Seidman 1983)."""
    left = np.diff(around.starts)
    entries = len(left) + len(around.heads)
    arrays: list[Any] = [
        around.starts,
        around.heads,
        left,
        np.full(left.max(initial=0) + 1, -1),
        np.zeros(entries, np.int64),
        np.zeros(entries, np.int64),
        np.full(len(left), -1),
    ]
    run: Callable[..., None] = core_kernel
    if worth_compiling(entries):
        run = compiled(core_kernel) or run
    else:
        arrays = [array.tolist() for array in arrays]
    run(*arrays)
    return np.array(arrays[-1], dtype=np.float64)


def holes_kernel(  # noqa: PLR0913, PLR0917 - a plain function over arrays, for numba too
    starts: Any,
    heads: Any,
    summed: Any,
    strongest: Any,
    total: Any,
    largest: Any,
    part: Any,
    constraint: Any,
    effective: Any,
    closed: Any,
) -> None:
    """Fill in Burt's measures and closed triads, one walk over each neighbourhood."""
    for i in range(len(starts) - 1):
        for k in range(starts[i], starts[i + 1]):
            part[heads[k]] = summed[k] / total[i]
        for k in range(starts[i], starts[i + 1]):
            j = heads[k]
            indirect = 0.0
            redundant = 0.0
            shared = 0
            for other in range(starts[j], starts[j + 1]):
                # part is 0 for those that i has no tie to, and for i itself
                p = part[heads[other]]
                if p > 0.0:
                    indirect += p * summed[other] / total[heads[other]]
                    redundant += p * summed[other] / largest[j]
                    shared += 1
            invested = part[j] + indirect
            constraint[i] += invested * invested
            effective[i] += 1.0 - redundant
            closed[i] += strongest[k] * shared
        for k in range(starts[i], starts[i + 1]):
            part[heads[k]] = 0.0


class Holes(NamedTuple):
    """What the ties among each actor's neighbours say; what is undefined is 0 or NaN here."""

    constraint: NDArray[np.float64]
    effective_size: NDArray[np.float64]
    clustering: NDArray[np.float64]


def holes(around: Neighbours) -> Holes:
    """Compute constraint and effective size (Burt 1992) and clustering (Barrat et al. 2004)."""
    n = len(around.starts) - 1
    largest = np.zeros(n)
    np.maximum.at(largest, around.tails, around.summed)
    arrays: list[Any] = [
        around.starts,
        around.heads,
        around.summed,
        around.strongest,
        around.total(around.summed),
        largest,
        np.zeros(n),
    ]
    result: list[Any] = [np.zeros(n), np.zeros(n), np.zeros(n)]
    run: Callable[..., None] = holes_kernel
    walk = int(np.sum(np.diff(around.starts) ** 2))
    if worth_compiling(walk):
        run = compiled(holes_kernel) or run
    else:
        arrays = [array.tolist() for array in arrays]
        result = [array.tolist() for array in result]
    run(*arrays, *result)
    constraint, effective, closed = map(np.array, result)
    possible = around.total(around.strongest) * (np.diff(around.starts) - 1)
    several = possible > 0
    share = np.where(several, closed, np.nan) / np.where(several, possible, 1.0)
    # Sums of decimals may be a last digit too high.
    return Holes(constraint, effective, np.minimum(share, 1.0))


def pagerank(network: Network, strengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute PageRank (Brin & Page 1998): how often a wanderer along the ties comes by."""
    n = len(network.ids)
    if n == 0:
        return np.zeros(0)
    out = np.bincount(network.tails, weights=strengths, minlength=n)
    share = strengths / out[network.tails]
    dangling = out == 0.0
    step = _step(network, share)
    rank = np.full(n, 1.0 / n)
    enough = 1e-14
    for _ in range(1000):
        came = step(rank)
        following = DAMPING * (came + rank[dangling].sum() / n) + (1.0 - DAMPING) / n
        change = np.abs(following - rank).sum()
        rank = following
        if change < enough:
            break
    return np.asarray(rank / rank.sum())


def _step(network: Network, share: NDArray[np.float64]) -> Callable[[NDArray[np.float64]], Any]:
    """Return what finds how much comes to each actor along its arcs, added in their order."""
    n, tails, heads = len(network.ids), network.tails, network.heads
    if n <= DENSE:
        return lambda rank: np.bincount(heads, weights=rank[tails] * share, minlength=n)
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    table = csr_array((share, (heads, tails)), shape=(n, n))
    return lambda rank: table @ rank


def eigenvector(around: Neighbours, members: Sequence[int]) -> NDArray[np.float64]:
    """Compute eigenvector centrality (Bonacich 1972) within one component."""
    n = len(around.starts) - 1
    place = np.full(n, -1)
    place[list(members)] = np.arange(len(members))
    inside = place[around.tails] >= 0
    rows, columns = place[around.tails][inside], place[around.heads][inside]
    weights = around.summed[inside] / 2
    size = len(members)
    if size <= DENSE:
        dense = np.zeros((size, size))
        dense[rows, columns] = weights
        vector = np.linalg.eigh(dense)[1][:, -1]
    else:
        from scipy.sparse import csr_array
        from scipy.sparse.linalg import eigsh  # type: ignore[import-untyped]

        sparse = csr_array((weights, (rows, columns)), shape=(size, size))
        vector = eigsh(sparse, k=1, which="LA", v0=np.ones(size))[1][:, 0]
    # The leading vector of a connected component has one sign; which one is chance.
    vector = np.abs(vector)
    values = np.full(n, np.nan)
    values[list(members)] = vector / vector.max()
    return values


def roles_kernel(starts: Any, heads: Any, group: Any, seen: Any, counts: Any) -> None:
    """Count each role of each actor, going two arcs on from each first; -1 is no group."""
    for first in range(len(starts) - 1):
        own = group[first]
        if own < 0:
            continue
        seen[first] = first
        for arc in range(starts[first], starts[first + 1]):
            seen[heads[arc]] = first
        for arc in range(starts[first], starts[first + 1]):
            middle = heads[arc]
            if group[middle] < 0:
                continue
            for other in range(starts[middle], starts[middle + 1]):
                last = heads[other]
                if seen[last] == first or group[last] < 0:
                    continue
                if group[last] == own:
                    role = 0 if group[middle] == own else 1
                elif group[middle] == group[last]:
                    role = 2
                else:
                    role = 3 if group[middle] == own else 4
                counts[len(ROLES) * middle + role] += 1


def roles(network: Network, groups: Sequence[str | None]) -> NDArray[np.int64]:
    """Count how often each actor goes between two others who are not tied themselves.

    A row for each actor, a column for each of `ROLES`.
    """
    n = len(network.ids)
    code = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    group = np.array([-1 if one is None else code[one] for one in groups], dtype=np.int64)
    counts: Any = np.zeros(n * len(ROLES), np.int64)
    arrays: list[Any] = [network.starts, network.heads, group, np.full(n, -1)]
    run: Callable[..., None] = roles_kernel
    if worth_compiling(int(np.diff(network.starts)[network.heads].sum())):
        run = compiled(roles_kernel) or run
    else:
        arrays, counts = [array.tolist() for array in arrays], counts.tolist()
    run(*arrays, counts)
    return np.array(counts, dtype=np.int64).reshape(n, len(ROLES))
