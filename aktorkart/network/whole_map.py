"""What holds for a map as a whole: cohesion, centralisation, reciprocity, E–I.

Pure functions over a network and the groups of its actors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.network.network import returns
from aktorkart.network.shuffles import FEWEST_TESTED, orders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from aktorkart.network.network import Network
    from aktorkart.network.structure import Neighbours


@dataclass(frozen=True)
class Cohesion:
    """How tightly two groups, or one group within itself, hang together.

    Parameters
    ----------
    density : float or None
        Linked pairs divided by possible pairs; None if there are none possible.
    strength : float or None
        Mean strength of the linked pairs; None if none is linked.
    linked, possible : int
        Number of pairs: ordered in a directed map.
    """

    density: float | None
    strength: float | None
    linked: int
    possible: int


class Cohesions(Mapping[tuple[str, str], Cohesion]):
    """Ties within and between groups, by pair of groups.

    Only pairs that are linked are kept, so that maps of many groups need no room for the
    square of their number; what is asked for is made when it is asked for.

    Parameters
    ----------
    network : Network
        The map.
    groups : sequence of str or None
        The group of each actor; those without one are left out.
    """

    def __init__(self, network: Network, groups: Sequence[str | None]) -> None:
        self._directed = network.directed
        self._sizes = dict(sorted(Counter(one for one in groups if one is not None).items()))
        self._strengths: dict[tuple[str, str], list[float]] = {}
        for tail, head, strength in zip(
            network.tails.tolist(), network.heads.tolist(), network.strengths.tolist(), strict=True
        ):
            one, other = groups[tail], groups[head]
            if one is None or other is None:
                continue
            if self._directed or one <= other:
                self._strengths.setdefault((one, other), []).append(strength)

    def __getitem__(self, pair: tuple[str, str]) -> Cohesion:
        """Return how two groups hang together; in an undirected map named in order."""
        try:
            one, other = pair
        except (TypeError, ValueError):
            raise KeyError(pair) from None
        if other < one and not self._directed:
            raise KeyError(pair)
        strengths = self._strengths.get(pair, ())
        linked = len(strengths)
        possible = self._sizes[one] * (self._sizes[other] - (one == other))
        if one == other and not self._directed:
            linked, possible = linked // 2, possible // 2
        return Cohesion(
            density=linked / possible if possible else None,
            strength=sum(strengths) / len(strengths) if strengths else None,
            linked=linked,
            possible=possible,
        )

    def __repr__(self) -> str:
        """Say how much there is, without making any."""
        return f"Cohesions({len(self._sizes)} groups, {len(self._strengths)} pairs linked)"

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Go through all pairs of groups, linked or not, sorted."""
        if self._directed:
            return product(self._sizes, self._sizes)
        return combinations_with_replacement(self._sizes, 2)

    def __len__(self) -> int:
        """Return how many pairs of groups there are."""
        count = len(self._sizes)
        return count * count if self._directed else count * (count + 1) // 2


def centralization(values: NDArray[np.float64], most: float) -> float:
    """Return Freeman's centralisation: how far the most central stands out (Freeman 1979)."""
    return float((values.max() - values).sum() / most)


def reciprocity(network: Network, strengths: NDArray[np.float64]) -> float:
    """Return Σ min(w_ij, w_ji)/Σ w_ij over arcs (Squartini et al. 2013)."""
    back = returns(len(network.ids), network.tails, network.heads)
    answer = np.where(back >= 0, strengths[back], 0.0)
    return float(np.minimum(strengths, answer).sum() / strengths.sum())


def ei_index(around: Neighbours, groups: Sequence[str | None]) -> float | None:
    """Return (external − internal)/all over linked pairs (Krackhardt & Stern 1988)."""
    between = within = 0
    for tail, head in zip(around.tails.tolist(), around.heads.tolist(), strict=True):
        one, other = groups[tail], groups[head]
        if tail < head and one is not None and other is not None:
            within += one == other
            between += one != other
    return (between - within) / (between + within) if between + within else None


def expected_ei_index(groups: Iterable[str | None]) -> float | None:
    """Return the E–I index if everyone were linked to everyone."""
    sizes = Counter(group for group in groups if group is not None).values()
    pairs = sum(sizes) * (sum(sizes) - 1) // 2
    within = sum(size * (size - 1) // 2 for size in sizes)
    return (pairs - 2 * within) / pairs if pairs else None


def ei_permutation(around: Neighbours, groups: Sequence[str | None]) -> float | None:
    """Return the two-sided p of the E–I index when groups are shuffled (METHOD 6)."""
    known = [place for place, group in enumerate(groups) if group is not None]
    number = {place: at for at, place in enumerate(known)}
    links = [
        (number[tail], number[head])
        for tail, head in zip(around.tails.tolist(), around.heads.tolist(), strict=True)
        if tail < head and tail in number and head in number
    ]
    codes = np.unique([str(groups[place]) for place in known], return_inverse=True)[1]
    if len(known) < FEWEST_TESTED or not links or not codes.any():
        return None
    one, other = np.array(links).T
    # Each actor's short codes in all shuffles stand together: with many links, most of the time
    # is to fetch them.
    short = codes.astype(np.uint32)
    shuffled = (
        np.ascontiguousarray(short[part].T) for part in orders(len(known), looked_up=len(links))
    )
    between = np.concatenate([(each[one] != each[other]).sum(axis=0) for each in shuffled])
    # Whole numbers all the way: |x − mean| times the number of shuffles.
    apart = np.abs(between * len(between) - between.sum())
    return float((apart >= apart[0]).mean())
