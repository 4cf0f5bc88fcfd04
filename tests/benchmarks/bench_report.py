"""Whole reports, beside the least that networkx and matplotlib could do, in the same run.

The yardstick is a whole process: it computes weighted betweenness of the municipal example and
saves one figure of ``nx.draw``. Ours are whole processes too, from reading to writing:

- the report as HTML: measures, ranks with intervals, a dozen figures and plain words;
- all five renderings (HTML, Word, PDF, Markdown, JSON) of the same report;
- a portfolio of 61 municipalities as HTML;
- the HTML report of a map of 465 actors with judgements (`maps.judged`).

What is compared is the processor's time, not the clock's: other programs do not change it much.

Run it as ``python tests/benchmarks/bench_report.py [runs]``.
"""

# ruff: noqa: T201, S603  benchmarks print, and time our own programs
from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import aktorkart as ak

RUNS = 5
MOST = 2.0
"""So many times the yardstick the HTML report may take (issue 15); it takes more today."""

LARGEST = 400_000
"""Bytes of the municipal example as HTML."""

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

FIVE = """
import sys
import aktorkart as ak
report = ak.report(ak.read(sys.argv[1]))
for ending in (".html", ".docx", ".pdf", ".md", ".json"):
    report.to_bytes(ending)
"""

PORTFOLIO = """
import sys
import aktorkart as ak
ak.portfolio(ak.examples.municipalities()).report().save(sys.argv[1])
"""

LARGE = """
import sys
sys.path.insert(0, sys.argv[1])
import aktorkart as ak
from maps import judged
ak.report(judged(465)).save(sys.argv[2])
"""


def seconds(*words: str) -> float:
    """Return the processor's time that a whole process takes."""
    # As for a user, nobody's byte code is made anew each time.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=env)
    after = os.times()
    return sum(after[at] - before[at] for at in (2, 3))


def main() -> int:
    """Alternate, so that whatever else the machine does strikes all of them."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory() as folder:
        kart, ties = Path(folder, "kart.yaml"), Path(folder, "ties.json")
        kart.write_text(ak.examples.source("municipal_service"), "utf-8")
        channels = ak.read(kart).channels
        ties.write_text(json.dumps([(t.source, t.target, t.strength or 3) for t in channels]))
        page, many = Path(folder, "r.html"), Path(folder, "p.html")
        here = str(Path(__file__).parent)
        programs = {
            "networkx betweenness and one nx.draw": (
                *("-c", YARDSTICK, str(ties)),
                str(Path(folder, "y.png")),
            ),
            "report, HTML, 40 actors": (
                *("-m", "aktorkart.cli", "report", str(kart)),
                *("-o", str(page)),
            ),
            "report, five renderings": ("-c", FIVE, str(kart)),
            "portfolio of 61, HTML": ("-c", PORTFOLIO, str(many)),
            "report, HTML, 465 actors": ("-c", LARGE, here, str(Path(folder, "l.html"))),
        }
        first, second, *rest = programs
        for name in (first, second):
            seconds(*programs[name])  # byte code, the font cache
        found: dict[str, list[float]] = {name: [] for name in programs}
        for run in range(runs):
            # What takes long is timed once.
            for name in (first, second, *(rest if not run else ())):
                found[name].append(seconds(*programs[name]))
        sizes = {name: path.stat().st_size for name, path in ((second, page), (rest[1], many))}
    yard = statistics.median(found[first])
    print(f"{'':<38}{'s':>7} {'ratio':>7} {'KB':>7}")
    for name, times in found.items():
        took = statistics.median(times)
        size = f"{sizes[name] / 1000:7.0f}" if name in sizes else ""
        print(f"{name:<38}{took:7.2f} {took / yard:7.2f} {size}")
    ratio = statistics.median(found[second]) / yard
    print(f"report, HTML: at most {MOST} times the yardstick and {LARGEST // 1000} KB")
    return int(ratio > MOST or sizes[second] > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
