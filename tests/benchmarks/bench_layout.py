"""Layout: time, stress, drift and scale, beside networkx measured in the same run.

Run it as ``python tests/benchmarks/bench_layout.py``.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import networkx as nx
import numpy as np

from aktorkart import stress
from aktorkart.layout import PAGE, layout
from aktorkart.model import Actor, Tie

sys.path.insert(0, str(Path(__file__).parent.parent))
from test_layout import built, restarts, town


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
    """Lay out 2 500 actors of average degree about 11."""
    random = np.random.default_rng(1)
    count = 2500
    pairs = {(int(random.integers(0, actor)), actor) for actor in range(1, count)}
    while len(pairs) < count * 11 // 2:
        one = int(random.integers(0, count))
        # A municipality of fifty holds together; one tie in ten leaves it.
        near = one // 50 * 50 + int(random.integers(0, 50))
        other = near if random.random() < 0.9 else int(random.integers(0, count))
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    kart = built(count, [(one, other, 1 + (one + other) % 5) for one, other in sorted(pairs)])
    print(f"{count} actors: {seconds(lambda: layout(kart), times=1):.1f} s")


def quality() -> None:
    """Compare stress with the best of twenty random restarts run to the end."""
    ratios = []
    for seed in range(40):
        count = 10 + 2 * seed % 52
        pairs = np.array(town(count, seed))
        lengths = 1.3 - 0.6 * (pairs[:, 2] - 1.0) / 4.0
        table = stress.all_distances(count, pairs[:, 0], pairs[:, 1], lengths)
        own = stress.stress(stress.majorize(table, stress.starts(table)), table)
        ratios.append(own / restarts(table, seed))
    within = sum(ratio < 1.01 for ratio in ratios)
    print(
        f"stress against the best of 20 restarts, 40 maps: median {statistics.median(ratios):.3f}, "
        f"worst {max(ratios):.3f}, within 1 % in {within}"
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
