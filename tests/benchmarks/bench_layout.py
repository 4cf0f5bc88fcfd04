"""Layout: time, stress, drift and scale, beside networkx and igraph measured in the same run.

Run it as ``python tests/benchmarks/bench_layout.py``.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import igraph
import networkx as nx
import numpy as np

from aktorkart import examples
from aktorkart.figures import network, save, sheet
from aktorkart.model import Actor, Tie
from aktorkart.network.graph import all_distances
from aktorkart.scene import sparse, stress
from aktorkart.scene.layout import PAGE, _component, _parts, _ties, layout

sys.path.insert(0, str(Path(__file__).parent.parent))
from test_layout import built, county, restarts, togetherness, town

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from aktorkart.model import ActorMap


def seconds(run: object, *, times: int = 3) -> float:
    """Take the shortest of some runs."""
    spent = []
    for _ in range(times):
        begin = time.perf_counter()
        run()  # type: ignore[operator]
        spent.append(time.perf_counter() - begin)
    return min(spent)


def speed() -> None:
    """Compare with networkx's spring and Kamada–Kawai layouts."""
    for count in (40, 60, 150):
        kart = built(count, town(count, count))
        graph = nx.Graph((tie.source, tie.target) for tie in kart.ties)
        own = seconds(lambda kart=kart: layout(kart))
        spring = seconds(lambda graph=graph: nx.spring_layout(graph, seed=1))
        kamada = seconds(lambda graph=graph: nx.kamada_kawai_layout(graph))
        print(
            f"{count} actors: {own:.3f} s; spring × {own / spring:.1f}, "
            f"Kamada-Kawai × {own / kamada:.2f}"
        )


def large() -> None:
    """Lay out 2 500 actors of average degree 11 in 50 municipalities, and tell them apart."""
    for inside in (0.7, 0.9):
        ties = county(50, 50, inside=inside)
        kart = built(2500, ties)
        placed = layout(kart).positions
        places = np.array([placed[actor.id] for actor in kart.actors])
        tails, heads, strengths = np.array(ties).T
        steps = sparse.laid_out(2500, tails, heads, 1.3 - 0.6 * (strengths - 1.0) / 4.0)
        print(
            f"2500 actors, {inside:.0%} of ties within: {seconds(lambda k=kart: layout(k)):.1f} s; "
            f"distance within municipalities to that between {togetherness(places, 50):.2f}, "
            f"by steps alone {togetherness(steps, 50):.2f}"
        )


def drawn() -> None:
    """Lay out 2 500 actors and write the picture, beside igraph and networkx with no names."""
    kart = built(2500, county(50, 50, inside=0.9))
    graph = nx.Graph((tie.source, tie.target) for tie in kart.ties)
    number = {actor: place for place, actor in enumerate(graph)}
    pairs = [(number[one], number[other]) for one, other in graph.edges]

    def own(path: Path) -> None:
        axes = network(kart, ax=sheet())
        save(axes, path, dpi=150)

    def others(path: Path) -> None:
        made = igraph.Graph(pairs)
        places = dict(zip(graph, made.layout("auto").coords, strict=True))
        axes = sheet()
        size = np.array(list(nx.betweenness_centrality(graph, k=200, seed=1).values()))
        nx.draw_networkx(
            graph, places, ax=axes, with_labels=False, node_size=3 + 300 * size, width=0.2
        )
        axes.figure.savefig(path, dpi=150)  # type: ignore[union-attr]

    with tempfile.TemporaryDirectory() as folder:
        spent = seconds(lambda: own(Path(folder, "own.png")), times=2)
        theirs = seconds(lambda: others(Path(folder, "others.png")), times=2)
    print(
        f"2500 actors laid out, measured and drawn to PNG: {spent:.1f} s; igraph's layout drawn by "
        f"networkx, betweenness from 200 sources × {spent / theirs:.2f}"
    )


def sample() -> Iterator[tuple[str, ActorMap]]:
    """Yield maps and the set each is of: towns, towns of 10 to 120 actors, the examples."""
    for seed in range(40):
        count = 10 + 2 * seed % 52
        yield "40 towns", built(count, town(count, seed))
    for seed in range(200):
        count = 10 + seed * 41 % 111
        yield "200 towns of 10-120 actors", built(count, town(count, seed))
    for name in examples.names():
        yield "examples", examples.read(name)


def tables(kart: ActorMap) -> Iterator[npt.NDArray[np.float64]]:
    """Distances within each component of a map, in which stress is measured."""
    ids = sorted(actor.id for actor in kart.actors)
    graph = _ties(kart, {actor: place for place, actor in enumerate(ids)})
    part = _parts(len(ids), *graph[:2])
    for first in np.unique(part):
        members = np.flatnonzero(part == first)
        if len(members) > 3:  # three always fit
            yield all_distances(len(members), *_component(graph, members))


def quality() -> None:
    """Compare stress with the best of twenty random restarts run to the end."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for seed, (name, kart) in enumerate(sample()):
        for table in tables(kart):
            own = stress.stress(stress.majorize(table, stress.starts(table)), table)
            best = restarts(table, seed)
            # Trees can be drawn with no stress at all: there nothing is left to compare.
            ratios[name].append(own / best if best > 1e-3 else 1.0)
    for name, found in ratios.items():
        print(
            f"stress against the best of 20 restarts, {name}: median "
            f"{statistics.median(found):.3f}, worst {max(found):.3f}, "
            f"within 1 % in {sum(ratio < 1.01 for ratio in found)} of {len(found)}"
        )


def stability() -> None:
    """Add three actors to forty and see how far the others move."""
    old = built(40, town(40, 40))
    new = old
    for newcomer, other in (("x", "a0001"), ("y", "a0005"), ("z", "a0009")):
        new = new.with_actor(Actor(id=newcomer)).with_tie(Tie(source=newcomer, target=other))
    before = layout(old).positions
    for said, after in (("like=", layout(new, like=old)), ("afresh", layout(new))):
        moved = [np.subtract(after.positions[actor], place) for actor, place in before.items()]
        drift = statistics.mean(float(np.sqrt((gap * gap).sum())) for gap in moved)
        print(f"mean drift {said}: {drift / PAGE[0]:.4f} of the width")


if __name__ == "__main__":
    speed()
    quality()
    stability()
    large()
    drawn()
