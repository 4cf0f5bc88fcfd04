"""A whole report, beside the least that networkx and matplotlib could do, in the same run.

Both are whole processes on the municipal example: ours reads the file, measures, ranks with
intervals, draws two figures and writes HTML in plain words; the yardstick computes weighted
betweenness and saves one figure of ``nx.draw``.

Run it as ``python tests/benchmarks/bench_report.py``.
"""

# ruff: noqa: T201, S603  benchmarks print, and time our own programs
from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aktorkart as ak

RUNS = 7
MOST = 2.5

YARDSTICK = """
import json, sys
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import networkx as nx
graph = nx.Graph()
for source, target, strength in json.load(open(sys.argv[1])):
    graph.add_edge(source, target, weight=strength, distance=1 / strength)
nx.betweenness_centrality(graph, weight="distance")
nx.draw(graph, pos=nx.spring_layout(graph, seed=1), with_labels=True)
plt.savefig(sys.argv[2])
"""


def seconds(*words: str) -> float:
    """Time a whole process."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return time.perf_counter() - begin


def main() -> int:
    """Alternate, so that whatever else the machine does strikes both."""
    with tempfile.TemporaryDirectory() as folder:
        kart, ties = Path(folder, "kart.yaml"), Path(folder, "ties.json")
        kart.write_text(ak.examples.source("municipal_service"), "utf-8")
        channels = ak.read(kart).channels
        ties.write_text(json.dumps([(t.source, t.target, t.strength or 3) for t in channels]))
        report = ("-m", "aktorkart.cli", "report", str(kart), "-o", str(Path(folder, "r.html")))
        draw = ("-c", YARDSTICK, str(ties), str(Path(folder, "y.png")))
        for words in (report, draw):
            seconds(*words)  # byte code, the font cache
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(seconds(*report))
            theirs.append(seconds(*draw))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"aktorkart report                        {statistics.median(ours):6.2f} s")
    print(f"networkx betweenness and one nx.draw    {statistics.median(theirs):6.2f} s")
    print(f"ratio {ratio:.2f}, at most {MOST}")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
