"""Key-player sets (Borgatti 2006): who together hold a network, or reach it, the most."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.errors import at_least, one_of
from aktorkart.network.graph import connected_pairs, distances, fragmentation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aktorkart.network.graph import Graph

BY = ("holding", "reaching")
"""What a set can be key to."""

MOST_SETS = 2_000_000
"""So many sets are tried one by one; beyond that the search is greedy, with exchanges."""

SAME = 1e-9
"""Values nearer than this are equally good."""


@dataclass(frozen=True, kw_only=True)
class KeyPlayers:
    """The sets of a size that matter most.

    Parameters
    ----------
    sets : tuple of tuple of str
        Ids of each set that is as good as the best, sorted; of a search that is not exact, the
        one that was found.
    value : float or None
        Holding: fragmentation among those who remain, from 0 to 1. Reaching: the mean of
        1/distance to those outside, from 0 to 1. None where nobody would be left.
    exact : bool
        Whether every set was tried.
    """

    sets: tuple[tuple[str, ...], ...]
    value: float | None
    exact: bool


def key_players(ids: Sequence[str], near: Graph, size: int, *, by: str) -> KeyPlayers:
    """Find the best sets; ``near`` has the neighbours of each actor, without direction."""
    one_of(by, BY, option="by")
    at_least(size, 1, option="size")
    tied = [place for place, others in enumerate(near) if others]
    number = {place: at for at, place in enumerate(tied)}
    graph: Graph = [[number[other] for other in near[place]] for place in tied]
    n = len(tied)
    enough = 2 if by == "holding" else 1
    if n - size < enough:
        return KeyPlayers(sets=(), value=None, exact=True)
    value = _fragmentation(graph) if by == "holding" else _reach(graph)
    exact = math.comb(n, size) <= MOST_SETS
    found = _all_best(n, size, value) if exact else [_searched(n, size, value)]
    best = value(found[0])
    sets = sorted(tuple(sorted(ids[tied[at]] for at in one)) for one in found)
    return KeyPlayers(sets=tuple(sets), value=best, exact=exact)


def _fragmentation(graph: Graph) -> Callable[[tuple[int, ...]], float]:
    """Return how far the rest falls apart without a set (METHOD 6.4)."""
    masks = [sum(1 << other for other in others) for others in graph]
    everyone = (1 << len(graph)) - 1

    def value(chosen: tuple[int, ...]) -> float:
        left = everyone & ~sum(1 << at for at in chosen)
        n, sizes = left.bit_count(), []
        while left:
            part = front = left & -left
            while front:
                bit = front & -front
                new = masks[bit.bit_length() - 1] & left & ~part
                part |= new
                front = (front ^ bit) | new
            left &= ~part
            sizes.append(part.bit_count())
        return fragmentation(connected_pairs(sizes), n) or 0.0

    return value


def _reach(graph: Graph) -> Callable[[tuple[int, ...]], float]:
    """Return how near a set is to those outside it: the mean of 1/steps, 0 without a path."""
    closeness = []
    for at in range(len(graph)):
        steps = distances(graph, [at])
        closeness.append(
            [1 / steps[other] if steps.get(other) else 0.0 for other in range(len(graph))]
        )

    def value(chosen: tuple[int, ...]) -> float:
        best = [max(column) for column in zip(*(closeness[at] for at in chosen), strict=True)]
        return (math.fsum(best) - math.fsum(best[at] for at in chosen)) / (len(graph) - len(chosen))

    return value


def _all_best(
    n: int, size: int, value: Callable[[tuple[int, ...]], float]
) -> list[tuple[int, ...]]:
    best, found = -1.0, []
    for chosen in itertools.combinations(range(n), size):
        this = value(chosen)
        if this > best + SAME:
            best, found = this, [chosen]
        elif this > best - SAME:
            found.append(chosen)
    return found


def _searched(n: int, size: int, value: Callable[[tuple[int, ...]], float]) -> tuple[int, ...]:
    """Add the best one at a time, and then exchange as long as that is better."""
    chosen: tuple[int, ...] = ()
    for _ in range(size):
        rest = [at for at in range(n) if at not in chosen]
        chosen = max(((*chosen, at) for at in rest), key=value)
    while True:
        others = [at for at in range(n) if at not in chosen]
        swaps = [
            (*chosen[:place], at, *chosen[place + 1 :]) for place in range(size) for at in others
        ]
        better = max(swaps, key=value)
        if value(better) <= value(chosen) + SAME:
            return chosen
        chosen = better
