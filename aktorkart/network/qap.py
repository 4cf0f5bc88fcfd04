"""How alike two networks are, and how often chance makes them as alike: QAP (Krackhardt 1988)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.model import expect_map
from aktorkart.network.network import Network
from aktorkart.network.shuffles import FEWEST_TESTED, all_tried, orders

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SAME = 1e-9
"""Correlations within this are equal: sums in another order are no higher."""

_LARGEST_SQUARE = 4000  # actors; 128 MB


@dataclass(frozen=True, kw_only=True)
class Qap:
    """How the ties of two maps go together.

    Parameters
    ----------
    correlation : float or None
        Pearson's, from −1 to 1, of the strengths of all ordered pairs of the shared actors;
        None if it is not defined.
    p : float or None
        Share of the permutations, the maps as they are included, whose correlation is at
        least as high; None where there is no correlation.
    n : int
        How many actors the maps share.
    active : int
        How many of these have a channel with another of them on one of the maps.
    permutations : int
        How many were tried.
    exact : bool
        Whether these are all there are.
    reason : str or None
        Why there is no correlation: ``too_few_shared`` (fewer than two shared actors) or
        ``all_alike`` (on one of the maps all pairs have the same strength). The sentence is
        ``reason.<code>`` in the catalogues.
    """

    correlation: float | None
    p: float | None
    n: int
    active: int
    permutations: int
    exact: bool
    reason: str | None = None

    @property
    def tested(self) -> bool:
        """Whether there are enough actors with channels for p to be said: six (METHOD 6)."""
        return self.p is not None and self.active >= FEWEST_TESTED


def qap(before: ActorMap | Network, after: ActorMap | Network) -> Qap:
    """Correlate the ties of two maps, and tell how often chance gives as much.

    Parameters
    ----------
    before, after : ActorMap or Network
        Two years' maps, or those of two informants. Actors are the same if their ids are;
        those that only one of them has are left out. The order does not matter.

    Returns
    -------
    Qap
        The correlation, its p, and what they rest on.

    Raises
    ------
    WrongArgument
        If one of them is something else.

    Notes
    -----
    METHOD 6 and 9, after Krackhardt (1988). A pair without channel has strength 0, an unjudged
    channel the strength that it has in all measures. The actors of one map are permuted: in
    all ways where there are at most 40 320, else 5 000 times with a fixed seed.

    Examples
    --------
    >>> from aktorkart.network.network import Channel
    >>> one = Network.from_channels("abc", [Channel("a", "b", 4), Channel("b", "c", 2)])
    >>> other = Network.from_channels("abc", [Channel("a", "b", 5), Channel("b", "c", 1)])
    >>> found = qap(one, other)
    >>> round(found.correlation, 3), round(found.p * 6)
    (0.945, 1)
    """
    networks = [_network(kart) for kart in (before, after)]
    shared = sorted(networks[0].index.keys() & networks[1].index.keys())
    # The same side is permuted whichever comes first: that with more arcs.
    sparse, dense = sorted(
        (_arcs(network, shared) for network in networks),
        key=lambda arcs: (len(arcs[0]), *(part.tolist() for part in arcs)),
    )
    n = len(shared)
    ends = {*sparse[0].tolist(), *sparse[1].tolist(), *dense[0].tolist(), *dense[1].tolist()}
    reason, pairs = None, n * (n - 1)
    spread = [_spread(arcs[2], pairs) for arcs in (sparse, dense)] if pairs else []
    if not pairs:
        reason = "too_few_shared"
    elif not all(spread):
        reason = "all_alike"
    if reason is not None:
        return Qap(
            correlation=None,
            p=None,
            n=n,
            active=len(ends),
            permutations=0,
            exact=True,
            reason=reason,
        )
    strength = _looked_up(dense, n)
    products = np.concatenate(
        [
            strength(part[:, sparse[0]], part[:, sparse[1]]) @ sparse[2]
            for part in orders(n, looked_up=len(sparse[0]))
        ]
    )
    expected = float(sparse[2].sum()) * float(dense[2].sum()) / pairs
    correlations = (products - expected) / (spread[0] * spread[1]) ** 0.5
    return Qap(
        correlation=float(np.clip(correlations[0], -1, 1)),
        p=float((correlations >= correlations[0] - SAME).mean()),
        n=n,
        active=len(ends),
        permutations=len(correlations),
        exact=all_tried(n),
    )


def _network(kart: ActorMap | Network) -> Network:
    if isinstance(kart, Network):
        return kart
    expect_map(kart)
    return Network.from_map(kart)


def _arcs(network: Network, shared: list[str]) -> tuple[Ints, Ints, Floats]:
    """Return the arcs among some actors, by their places there."""
    place = np.full(len(network.ids), -1)
    place[[network.index[id_] for id_ in shared]] = np.arange(len(shared))
    tails, heads = place[network.tails], place[network.heads]
    among = (tails >= 0) & (heads >= 0)
    strengths = network.strengths[among]
    if len(strengths):
        # Correlations do not change, squares cannot overflow, and halving rounds nothing.
        strengths = np.ldexp(strengths, -np.frexp(strengths.max())[1])
    return tails[among], heads[among], strengths


def _spread(strengths: Floats, pairs: int) -> float:
    """Return the sum of squares about the mean; 0 only if all pairs are exactly alike."""
    if len(strengths) in {0, pairs} and len(set(strengths.tolist())) < 2:  # noqa: PLR2004
        return 0.0
    mean = float(strengths.sum()) / pairs
    return float(((strengths - mean) ** 2).sum() + (pairs - len(strengths)) * mean**2)


def _looked_up(arcs: tuple[Ints, Ints, Floats], n: int) -> Callable[[Ints, Ints], Floats]:
    """Return what gives the strengths of ordered pairs, 0 where there is no arc."""
    if n <= _LARGEST_SQUARE:
        square = np.zeros((n, n))
        square[arcs[0], arcs[1]] = arcs[2]
        return lambda tails, heads: np.asarray(square[tails, heads])
    keys = arcs[0] * n + arcs[1]  # ascending: arcs are sorted

    def searched(tails: Ints, heads: Ints) -> Floats:
        wanted = tails * n + heads
        found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[found] == wanted, arcs[2][found], 0.0)

    return searched
