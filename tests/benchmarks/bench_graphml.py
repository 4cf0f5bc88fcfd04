"""How fast is GraphML of 25 000 actors and 140 000 ties? Beside networkx' reader in the same run.

Run with ``python tests/benchmarks/bench_graphml.py``; it fails if the nodes and edges take longer
to be laid out as sheets than networkx needs for its graph. The map that is made of them, checked
and with all its objects, is told beside.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from aktorkart.files.decoding import File
from aktorkart.files.graphml import draft
from aktorkart.files.making import made

if TYPE_CHECKING:
    from collections.abc import Callable

NODES, EDGES = 25_000, 140_000
TARGET = 1.0


def seconds(run: Callable[[], object], *, times: int = 3) -> float:
    """Return the median processor time of several runs."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def national() -> Any:
    """Return a graph of the size of a country's services."""
    draw = random.Random(1)  # noqa: S311 - no secret
    graph: Any = nx.Graph()
    for node in range(NODES):
        kind = draw.choice(["gp", "nav", "dps", "school"])
        graph.add_node(f"n{node}", label=f"Tjeneste {node}", kind=kind)
    edges = 0
    while edges < EDGES:
        ends = [f"n{node}" for node in draw.sample(range(NODES), 2)]
        if not graph.has_edge(*ends):
            edges += 1
            kind = draw.choice(["contact", "referral"])
            graph.add_edge(*ends, weight=draw.randint(1, 5), kind=kind)
    return graph


def main() -> int:
    """Measure, and tell whether the target is met."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kart.graphml")
        nx.write_graphml(national(), path)
        theirs = seconds(lambda: nx.read_graphml(path))
        ours = seconds(lambda: draft(File(str(path))))
        found = draft(File(str(path)))
        whole = seconds(lambda: made(found), times=1)
    print(f"networkx {theirs:.2f} s, sheets {ours:.2f} s ({ours / theirs:.2f} ×), and the map of")
    print(f"them {whole:.2f} s more: {(ours + whole) / theirs:.2f} × in all")
    return int(ours > TARGET * theirs)


if __name__ == "__main__":
    sys.exit(main())
