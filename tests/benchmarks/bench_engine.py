"""What large maps take besides paths: tables, cohesion, findings, edits, reading.

Run it as ``python tests/benchmarks/bench_engine.py``. It needs numba and igraph. Each row is
processor time, beside that of a yardstick in the same run, and fails above its limit: so many
times the yardstick.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import igraph
from maps import judged

import aktorkart as ak
from aktorkart.network.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTRY, REGION = 25_050, 2_420
RUNS = 3


class Row(NamedTuple):
    """One thing that is timed, and how many times its yardstick it may take."""

    what: str
    ours: Callable[[], object]
    yardstick: str
    theirs: Callable[[], object]
    most: float


def worked(run: Callable[[], object]) -> float:
    """Return the least processor time of some runs, after one that does not count."""
    run()
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return min(taken)


def rows(folder: Path) -> list[Row]:
    """Make the maps and say what is done with them."""
    country, region = judged(COUNTRY), judged(REGION)
    network = Network.from_map(country)
    arcs = list(zip(network.tails.tolist(), network.heads.tolist(), strict=True))
    graph = igraph.Graph(COUNTRY, arcs, directed=True)
    ids = [actor.id for actor in country.actors]
    own = {actor.id: actor.id for actor in region.actors}
    path = folder / "kart.json"
    ak.write(country, path)
    text = path.read_text("utf-8")

    def igraphs() -> object:
        return graph.constraint(), graph.pagerank(), graph.transitivity_local_undirected()

    return [
        Row(
            "a network of a map, 25 050",
            lambda: Network.from_map(country),
            "igraph.Graph of its arcs",
            lambda: igraph.Graph(COUNTRY, arcs, directed=True),
            15,
        ),
        Row(
            "table(paths=False), 25 050",
            lambda: ak.measures(network).table(paths=False),
            "three of its measures in igraph",
            igraphs,
            6,
        ),
        Row(
            "cohesion with a group each, 2 420",
            lambda: ak.measures(region, group=own).cohesion,
            "its network",
            lambda: Network.from_map(region),
            4,
        ),
        Row(
            "findings, 2 420",
            lambda: ak.findings(region),
            "those of 25 050, with exponent 1.15",
            lambda: ak.findings(country),
            (REGION / COUNTRY) ** 1.15,
        ),
        Row(
            "with_tie, 25 050",
            lambda: country.with_tie(source=ids[5], target=ids[20_000], strength=2),
            "the whole check",
            lambda: country.with_(title="Et annet kart"),
            0.05,
        ),
        Row(
            "with_actor, 25 050",
            lambda: country.with_actor(id="ny", kind="nav"),
            "the whole check",
            lambda: country.with_(title="Et annet kart"),
            0.05,
        ),
        Row(
            "JSON to map, 25 050", lambda: ak.read(path), "json.loads", lambda: json.loads(text), 10
        ),
    ]


def main() -> int:
    """Print every row; return 1 if one is above its limit."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder)):
            ours, theirs = worked(row.ours), worked(row.theirs)
            missed += ours > row.most * theirs
            print(
                f"{row.what:34} {ours:7.3f} s; {row.yardstick:35} {theirs:7.3f} s; "
                f"ratio {ours / theirs:6.2f}, at most {row.most:.2f}"
            )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
