"""What overturns a first place: a directed search for a small change of the strengths (METHOD 8).

Each tie is at most one step from where it is. The search is no proof: what it does not find may
be there all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aktorkart.network.variants import SAME, drawn_paths, moved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aktorkart.network.network import Network

    Floats = NDArray[np.float64]


MOST_VARIANTS = 300
"""Variants that a search tries at the most, unless asked otherwise (METHOD 8)."""


class Step(NamedTuple):
    """A channel whose strength is moved a step."""

    tie: int  # as in `Network.tie_strengths`
    old: float
    new: float


class _Search:
    """The lead of one actor in betweenness, in as many variants as may be tried."""

    def __init__(self, network: Network, leader: int, alpha: float, most: int) -> None:
        self.network, self.leader, self.alpha, self.left = network, leader, alpha, most
        self.known = network.tie_strengths
        self.down, self.up = moved(network, -1), moved(network, 1)

    def leads(self, variants: Sequence[Floats]) -> Floats:
        """Return how far the leader is before the best other; below 0 it is overturned."""
        self.left -= len(variants)
        strengths = self.network.arc_strengths(np.array(variants))
        paths, _ = drawn_paths(self.network, strengths, self.alpha)
        own = paths.betweenness[:, self.leader]
        best = np.delete(paths.betweenness, self.leader, axis=1).max(axis=1)
        lead: Floats = own - best
        lead[np.abs(lead) <= SAME * np.maximum(1.0, np.maximum(own, best))] = 0.0
        # Between nobody is not first, whoever else is between nobody too.
        lead[(own == 0) & (lead == 0)] = -SAME
        return lead

    def forward(self) -> Floats | None:
        """Move one tie at a time, always the one that leaves the smallest lead."""
        now = self.known.copy()
        while True:
            places = [
                (tie, target[tie])
                for tie in range(len(now))
                for target in (self.down, self.up)
                if now[tie] == self.known[tie] != target[tie]
            ]
            if not places or len(places) > self.left:
                return None
            variants = [_with(now, tie, value) for tie, value in places]
            leads = self.leads(variants)
            at = int(np.argmin(leads))
            now = variants[at]
            if leads[at] < 0:
                return now

    def backward(self, own: NDArray[np.bool_]) -> Floats | None:
        """Move all ties against the leader, and take back what is not needed."""
        now = np.where(own, self.down, self.up)
        if self.left < 1 or self.leads([now])[0] >= 0:
            return None
        while True:
            places = np.flatnonzero(now != self.known)
            if not len(places) or len(places) > self.left:
                return now
            variants = [_with(now, int(tie), float(self.known[tie])) for tie in places]
            leads = self.leads(variants)
            at = int(np.argmin(leads))
            if leads[at] >= 0:
                return now
            now = variants[at]


def _with(strengths: Floats, tie: int, value: float) -> Floats:
    changed = strengths.copy()
    changed[tie] = value
    return changed


def overturned_by(
    network: Network, leader: str, *, alpha: float = 1.0, most: int = MOST_VARIANTS
) -> tuple[Step, ...] | None:
    """Search for a small change that takes the first place in betweenness from an actor.

    Parameters
    ----------
    network : Network
        The channels.
    leader : str
        Who stands first.
    alpha : float
        As in `aktorkart.measures`.
    most : int
        How many variants may be tried.

    Returns
    -------
    tuple of Step or None
        The shorter of what the forward and the backward search have found; None if neither has
        found anything, which is no proof that there is nothing.

    Notes
    -----
    METHOD 8. Forward: change one tie at a time by one step, always the change that leaves the
    smallest lead over the best other. Backward: every tie of the leader a step down and all
    others a step up, then take back one at a time, always the one that leaves the leader
    furthest behind, as long as somebody is strictly above it, or it is between nobody.

    Examples
    --------
    >>> from aktorkart.network.network import Channel, Network
    >>> ties = [Channel("s", "b", 4), Channel("b", "t", 4), Channel("s", "c", 3),
    ...         Channel("c", "t", 4)]
    >>> overturned_by(Network.from_channels("sbct", ties), "b")
    (Step(tie=0, old=4.0, new=3.0),)
    """
    if not len(network.tie_strengths):
        return None
    place = network.index[leader]
    own = np.zeros(len(network.tie_strengths), dtype=np.bool_)
    for arc in np.flatnonzero((network.tails == place) | (network.heads == place)):
        ends = [*network.arc_offsets[arc : arc + 2].tolist(), len(network.arc_ties)]
        own[network.arc_ties[ends[0] : ends[1]]] = True
    search = _Search(network, place, alpha, most // 2)
    found = [search.forward()]
    search.left = most - most // 2
    found.append(search.backward(own))
    changes = [
        tuple(
            Step(int(tie), float(network.tie_strengths[tie]), float(one[tie]))
            for tie in np.flatnonzero(one != network.tie_strengths)
        )
        for one in found
        if one is not None
    ]
    return min(changes, key=len, default=None)
