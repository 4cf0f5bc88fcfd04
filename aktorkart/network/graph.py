"""Who is tied to whom, who reaches whom, how far, and what falls apart when someone is gone.

The one place for it: the analyses, the measures and the layout ask here. By id a graph is a
mapping to those at the other end; by position, `Graph`, it is a list for each actor. The paths
that measures are made of, with exact lengths, are in `aktorkart.network.paths`.
"""

from __future__ import annotations

import sys
from collections import deque
from functools import partial
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from aktorkart.network.compiling import compiled
from aktorkart.network.paths import worth_compiling

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.model import Tie

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]
    Arcs = tuple[Ints, Ints, Floats]

Graph = list[list[int]]
"""For each actor, by position, the positions of those it has an arc to."""

# Beyond so many actors it is quicker to go on from the nearest than from all.
_MANY = 5_000
# Distances wait in this many buckets at the most, and three.
_MOST_BUCKETS = 4_096


# --- from ties


def neighbours(ties: Iterable[Tie], *, without: str | None = None) -> dict[str, set[str]]:
    """Return who has a tie with whom, either way, perhaps with one actor left out."""
    found: dict[str, set[str]] = {}
    for tie in ties:
        if without not in tie.ends:
            found.setdefault(tie.source, set()).add(tie.target)
            found.setdefault(tie.target, set()).add(tie.source)
    return found


def arcs_among(ties: Iterable[Tie], *, both_ways: Collection[str] = ()) -> dict[str, set[str]]:
    """Return where ties lead from each actor; those of some kinds always both ways."""
    found: dict[str, set[str]] = {}
    for tie in ties:
        found.setdefault(tie.source, set()).add(tie.target)
        if tie.mutual or tie.kind in both_ways:
            found.setdefault(tie.target, set()).add(tie.source)
    return found


def as_graph(ids: Sequence[str], arcs: dict[str, set[str]]) -> Graph:
    """Return the arcs among some actors as lists of positions."""
    index = {id_: place for place, id_ in enumerate(ids)}
    return [sorted(index[other] for other in arcs.get(id_, ()) if other in index) for id_ in ids]


def linked(count: int, pairs: Iterable[tuple[int, int]]) -> Graph:
    """Return pairs as neighbours either way."""
    found: Graph = [[] for _ in range(count)]
    for one, other in pairs:
        found[one].append(other)
        found[other].append(one)
    return found


# --- how far


def distances(out: Graph, starts: Iterable[int], *, steps: int | None = None) -> dict[int, int]:
    """Return how many arcs away each actor that can be reached is."""
    found = dict.fromkeys(starts, 0)
    queue = list(found)
    for actor in queue:
        if steps is not None and found[actor] >= steps:
            break
        for other in out[actor]:
            if other not in found:
                found[other] = found[actor] + 1
                queue.append(other)
    return found


def shortest_path(start: str, goals: set[str], heads: Mapping[str, set[str]]) -> list[str]:
    """Return a shortest path to any of the goals; the first by id among equals."""
    came: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here in goals:
            path = [here]
            while (before := came[path[-1]]) is not None:
                path.append(before)
            return path[::-1]
        for head in sorted(heads.get(here, ())):
            if head not in came:
                came[head] = here
                queue.append(head)
    return []


def reachable(start: str, heads: Mapping[str, set[str]]) -> set[str]:
    """Return everyone that arcs lead to, the start included."""
    found, queue = {start}, [start]
    for here in queue:
        more = heads.get(here, set()) - found
        found |= more
        queue += more
    return found


def all_distances(count: int, tails: Ints, heads: Ints, lengths: Floats) -> Floats:
    """Find the shortest distance between every pair, ties taken both ways (Floyd and Warshall)."""
    table = np.full((count, count), np.inf)
    for tail, head, length in zip(tails.tolist(), heads.tolist(), lengths.tolist(), strict=True):
        table[tail, head] = table[head, tail] = min(length, table[tail, head])
    table[np.arange(count), np.arange(count)] = 0.0
    for middle in range(count):
        np.minimum(table, table[:, middle, None] + table[None, middle, :], out=table)
    return table


def distances_from(count: int, arcs: Arcs) -> Callable[[int], Floats]:
    """Return what finds the distance from one actor to all; arcs are sorted by tail.

    However it is found, it is the same to the last bit, since sums along a way are the same.
    """
    first = np.searchsorted(arcs[0], np.arange(count + 1))
    run = compiled(buckets_kernel) if "numba" in sys.modules else None
    if run is not None:
        return partial(_by_buckets, run, first, *arcs[1:])
    if count <= _MANY:
        return partial(_by_fronts, first[:-1], *arcs[1:])
    from scipy.sparse import csr_array  # type: ignore[import-untyped]
    from scipy.sparse.csgraph import dijkstra  # type: ignore[import-untyped]

    # From the nearest on.
    ends = arcs[1].astype(np.int32), first.astype(np.int32)  # as older scipy wants them
    table = csr_array((arcs[2], *ends), shape=(count, count))
    return lambda source: dijkstra(table, indices=source)


def _by_buckets(
    run: Callable[..., None], first: Ints, heads: Ints, lengths: Floats, source: int
) -> Floats:
    """Go on from those in the nearest bucket; all that wait are within the longest tie of it."""
    count, shortest, longest = len(first) - 1, lengths.min(initial=np.inf), lengths.max(initial=0.0)
    reached = np.full(count, np.inf)
    buckets = np.full(min(int(longest / shortest), _MOST_BUCKETS) + 3, -1)
    wide = max(shortest, longest / _MOST_BUCKETS)
    waiting = np.full((3, count), -1)
    run(first, heads, lengths, source, wide, reached, buckets, *waiting)
    return reached


def buckets_kernel(  # noqa: C901, PLR0913, PLR0917 - a plain function over arrays, for numba
    first: Any,
    heads: Any,
    lengths: Any,
    source: Any,
    wide: Any,
    reached: Any,
    buckets: Any,
    after: Any,
    before: Any,
    where: Any,
) -> None:
    """Fill in how far everyone is; those who wait are chained in buckets so wide (Dial 1969).

    Whoever comes nearer after having been taken out waits again, so that the order in a bucket
    does not matter.
    """
    reached[source] = 0.0
    buckets[0], where[source] = source, 0
    waiting, here = 1, 0
    while waiting:
        actor = buckets[here]
        if actor < 0:
            here = (here + 1) % len(buckets)
            continue
        buckets[here] = after[actor]
        if after[actor] >= 0:
            before[after[actor]] = -1
        where[actor] = -1
        waiting -= 1
        for arc in range(first[actor], first[actor + 1]):
            other, away = heads[arc], reached[actor] + lengths[arc]
            if away >= reached[other]:
                continue
            reached[other] = away
            bucket = int(away / wide) % len(buckets)
            if where[other] == bucket:
                continue
            if where[other] < 0:
                waiting += 1
            else:
                # Out of the farther bucket.
                if before[other] >= 0:
                    after[before[other]] = after[other]
                else:
                    buckets[where[other]] = after[other]
                if after[other] >= 0:
                    before[after[other]] = before[other]
            after[other], before[other], where[other] = buckets[bucket], -1, bucket
            if after[other] >= 0:
                before[after[other]] = other
            buckets[bucket] = other


def _by_fronts(first: Ints, heads: Ints, lengths: Floats, source: int) -> Floats:
    """Go on from everybody at once until nobody comes nearer (Bellman and Ford)."""
    reached = np.full(len(first), np.inf)
    reached[source] = 0.0
    while True:
        nearer = np.minimum(reached, np.minimum.reduceat(reached[heads] + lengths, first))
        if np.array_equal(nearer, reached):
            return reached
        reached = nearer


# --- what hangs together


def components(lists: list[list[int]]) -> list[list[int]]:
    """Return who hangs together when directions are ignored."""
    found = []
    seen = [False] * len(lists)
    for start in range(len(lists)):
        if seen[start]:
            continue
        seen[start] = True
        members = [start]
        for actor in members:
            for other in lists[actor]:
                if not seen[other]:
                    seen[other] = True
                    members.append(other)
        found.append(sorted(members))
    return sorted(found, key=lambda members: (-len(members), members[0]))


def strong_components(out: Graph) -> list[int]:
    """Tell which actors can reach each other both ways (Tarjan 1972)."""
    n = len(out)
    component = [-1] * n
    met = [-1] * n
    low = [n] * n  # the earliest actor that it or those beyond it lead back to
    waiting: list[int] = []
    found = 0
    for actor, parent in _depth_first(out, range(n), met):
        back = (met[other] for other in out[actor] if component[other] < 0)
        low[actor] = min(met[actor], low[actor], *back)
        waiting.append(actor)
        if low[actor] == met[actor]:
            while waiting and met[waiting[-1]] >= met[actor]:
                component[waiting.pop()] = found
            found += 1
        elif parent >= 0:
            low[parent] = min(low[parent], low[actor])
    return component


def sources(out: Graph) -> list[list[int]]:
    """Return the strong components that no arc leads into from outside."""
    component = strong_components(out)
    fed = {
        component[other]
        for actor, others in enumerate(out)
        for other in others
        if component[other] != component[actor]
    }
    members: dict[int, list[int]] = {}
    for actor, number in enumerate(component):
        if number not in fed:
            members.setdefault(number, []).append(actor)
    return list(members.values())


def tree_kernel(  # noqa: PLR0913, PLR0917 - a plain function over arrays, for numba too
    starts: Any,
    heads: Any,
    coming: Any,
    met: Any,
    parent: Any,
    low: Any,
    below: Any,
) -> None:
    """Go in depth from each actor that is not met yet; ``coming`` is where its arcs go on."""
    clock = 0
    for root in range(len(met)):
        actor = root
        if met[root] < 0:
            met[root] = low[root] = clock
            clock += 1
        else:
            actor = -1
        while actor >= 0:
            arc = coming[actor]
            if arc < starts[actor + 1]:
                coming[actor] = arc + 1
                other = heads[arc]
                if met[other] < 0:
                    met[other] = low[other] = clock
                    clock += 1
                    parent[other] = actor
                    actor = other
                elif met[other] < low[actor]:
                    low[actor] = met[other]
            else:
                before = parent[actor]
                if before >= 0:
                    low[before] = min(low[before], low[actor])
                    below[before] += below[actor]
                actor = before


class _Loose(NamedTuple):
    """What hangs on one actor alone, in the order in which a search met it."""

    whose: NDArray[np.int64]
    sizes: NDArray[np.int64]
    rest: NDArray[np.int64]
    """For each actor, how many its component has besides it and those."""


def _loose(starts: Any, heads: Any) -> _Loose:
    """Find what each actor's component loses with it (Hopcroft & Tarjan 1973)."""
    n = len(starts) - 1
    arrays: list[Any] = [np.asarray(starts), np.asarray(heads, dtype=np.int64)]
    arrays += [
        arrays[0][:-1].copy(),
        np.full(n, -1),  # when the search met each actor
        np.full(n, -1),  # from whom
        np.zeros(n, np.int64),  # the earliest actor that those met through it are tied to
        np.ones(n, np.int64),  # how many it is with those met through it
    ]
    run: Callable[..., None] = tree_kernel
    if worth_compiling(len(heads)):
        run = compiled(tree_kernel) or run
    else:
        arrays = [array.tolist() for array in arrays]
    run(*arrays)
    met, parent, low, below = map(np.asarray, arrays[3:])
    order = np.argsort(met)
    roots = parent[order] < 0
    component = np.empty(n, np.int64)
    component[order] = below[order][roots][np.cumsum(roots) - 1]
    children = order[~roots]
    apart = children[low[children] >= met[parent[children]]]
    gone = np.bincount(parent[apart], weights=below[apart], minlength=n).astype(np.int64)
    return _Loose(parent[apart], below[apart], component - 1 - gone)


def pieces_without(lists: Graph) -> list[list[int]]:
    """Return, for each actor, the sizes of the pieces that its component leaves without it."""
    starts = list(accumulate(map(len, lists), initial=0))
    loose = _loose(starts, list(chain.from_iterable(lists)))
    found: list[list[int]] = [[] for _ in lists]
    for actor, size in zip(loose.whose.tolist(), loose.sizes.tolist(), strict=True):
        found[actor].append(size)
    for pieces, rest in zip(found, loose.rest.tolist(), strict=True):
        if rest:
            pieces.append(rest)
    return found


def cut_points(starts: NDArray[np.int64], heads: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which actors hold a component together; those an arc leads to have one back."""
    loose = _loose(starts, heads)
    return np.bincount(loose.whose, minlength=len(loose.rest)) + (loose.rest > 0) > 1


def only_through(out: Graph, start: int) -> list[list[int]]:
    """Return, for each actor, those that can be reached from the start only through it."""
    order = list(distances(out, [start]))
    place = {actor: number for number, actor in enumerate(order)}
    before: dict[int, list[int]] = {actor: [] for actor in order}
    for actor in order:
        for other in out[actor]:
            before[other].append(actor)
    above = {start: start}
    waiting, changed = order[1:], True
    while changed:
        changed = False
        for actor in waiting:
            known = (other for other in before[actor] if other in above)
            new = next(known)
            for other in known:
                if new == start:
                    break
                new = _meeting(above, place, new, other)
            if above.get(actor) != new:
                above[actor] = new
                changed = True
        # Who can be reached in two ways that meet nowhere can be so whatever else is found.
        waiting = [actor for actor in waiting if above[actor] != start]
    dominated: list[list[int]] = [[] for _ in out]
    for actor in waiting:
        other = above[actor]
        while other != start:
            dominated[other].append(actor)
            other = above[other]
    return [sorted(members) for members in dominated]


def _depth_first(out: Graph, roots: Iterable[int], met: list[int]) -> Iterable[tuple[int, int]]:
    """Yield each actor in reach after all that were met through it, with the one before it (−1).

    ``met``, at first −1 for everyone, numbers the actors in the order in which they are met.
    """
    clock = 0
    for root in roots:
        if met[root] >= 0:
            continue
        met[root] = clock
        clock += 1
        stack = [(root, -1, iter(out[root]))]
        while stack:
            actor, parent, rest = stack[-1]
            for other in rest:
                if met[other] < 0:
                    met[other] = clock
                    clock += 1
                    stack.append((other, actor, iter(out[other])))
                    break
            else:
                stack.pop()
                yield actor, parent


def _meeting(above: dict[int, int], place: dict[int, int], one: int, other: int) -> int:
    """Return the nearest actor that stands above both."""
    while one != other:
        if place[one] > place[other]:
            one = above[one]
        else:
            other = above[other]
    return one


def parts_around(near: Mapping[str, set[str]], leaving: str) -> list[list[str]]:
    """Return what those around somebody fall into without them, the largest part first."""
    seen = {leaving}
    parts: list[list[str]] = []
    for start in sorted(near[leaving]):
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for id_ in part:
            more = near[id_] - seen
            seen |= more
            part += more
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def parted(parts: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the parts that are left by the rest: all but the largest, or all if none is that.

    The parts come as from `parts_around`. Which of equally large ones is *the rest* nobody knows.
    """
    two = 2
    even = len(parts) >= two and len(parts[0]) == len(parts[1])
    return list(parts if even else parts[1:])


def fragmentation(pairs: int, left: int) -> float | None:
    """Return F = 1 − Σs(s − 1)/(n(n − 1)), given the pairs that hang together (Borgatti 2006)."""
    return None if left <= 1 else 1 - pairs / (left * (left - 1))


def connected_pairs(sizes: Sequence[int]) -> int:
    """Return how many ordered pairs hang together, given the sizes of the pieces."""
    return sum(size * (size - 1) for size in sizes)
