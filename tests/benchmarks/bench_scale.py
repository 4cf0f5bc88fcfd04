"""From sixty actors to a whole country: every time beside its yardstick's, in the same run.

The maps are `maps.judged` (all kinds of actors, ties, arenas, judgements and dates) and, for
shortest ways alone, `maps.realistic`. Seconds are the clock's, the shortest of four runs, of more
where one is over in no time, or of a single one where it takes long. A ratio is how many times as
long ours takes as the yardstick: below 1 we are quicker.

Run it as ``python tests/benchmarks/bench_scale.py [sizes …] [--write]``; with ``--write`` the table
takes its place in ``docs/method/speed.md``, and below it how times grow from 2 420 to 25 050
actors. It needs numba, igraph, s_gd2 and what ``dev`` brings, and takes about ten minutes for all
sizes.
"""

# ruff: noqa: T201, S603  benchmarks print, and time our own programs
from __future__ import annotations

import argparse
import csv as csv_of_python
import io
import json
import math
import os
import subprocess
import sys
import tempfile
import time
import warnings
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import igraph
import networkx as nx
import numba  # noqa: F401 - loaded, as where several maps are worked on
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import s_gd2
import yaml
from bench_report import YARDSTICK
from maps import judged, realistic
from pyarrow import csv, parquet

import aktorkart as ak
from aktorkart.network.network import Network
from aktorkart.network.paths import shortest_paths
from aktorkart.scene.layout import _component, _parts, _ties, _unscaled, _wanted, layout
from aktorkart.scene.sparse import laid_out as laid
from aktorkart.scene.stress import DENSE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (60, 465, 2420, 25050, 1_000_000)
PAGE = Path(__file__).parents[2] / "docs" / "method" / "speed.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
_RUNS = 4
_SHORT = 0.2
"""Seconds that whatever is short is timed for: it is quicker when it has just been done."""
_LONG = 2.0
"""Seconds after which something is timed once."""
_FEW_SOURCES = 250
"""From so many actors igraph's shortest ways are timed where all of them would take minutes."""
_PIVOTS = 50
REGION, COUNTRY = 2420, 25050
GROWS = {
    "shortest ways, whole strengths 1–5": 2.2,
    "all findings": 1.15,
    "layout": 1.15,
    "network as PNG, from the map on": 1.15,
}
"""What is to grow with such a power of the number of actors at the most."""
_PICTURE = """
import sys
import aktorkart as ak
ak.figures.save(ak.figures.network(ak.read(sys.argv[1])), sys.argv[2], dpi=150)
print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""
"""Draws a map, and says how many KiB it has held at the most; only Linux tells."""


class Row(NamedTuple):
    """What was measured; without a yardstick there is nothing that does the same."""

    what: str
    n: int
    ours: float
    yardstick: str = ""
    theirs: float | None = None
    goal: str = ""


def seconds(run: Callable[[], object], *, runs: int | None = None) -> float:
    """Time something, a number of times or so often as there is time for."""
    times: list[float] = []
    while len(times) < (runs or _RUNS) or (runs is None and sum(times) < _SHORT):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
        if times[-1] > _LONG:
            break
    return min(times)


def process(*words: str) -> str:
    """Run a program, and return what it says."""
    # As for a user, nobody's byte code is made anew each time.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, *words], check=True, capture_output=True, text=True, env=env
    )
    return done.stdout


@cache
def kart(n: int) -> ak.ActorMap:
    """Return the map of a size, made once."""
    return judged(n)


@cache
def as_igraph(n: int) -> igraph.Graph:
    """Return the channels of a map as igraph has them."""
    network = Network.from_map(kart(n))
    forward = network.tails < network.heads
    return igraph.Graph(n, np.column_stack([network.tails, network.heads])[forward].tolist())


def paths(n: int) -> Iterator[Row]:
    """Time closeness, harmonic, farness and betweenness beside igraph's betweenness alone."""
    network = realistic(n)
    dice = np.random.default_rng(1)
    forward = network.tails < network.heads
    ends = np.column_stack([network.tails, network.heads])[forward]
    number = {tuple(pair): at for at, pair in enumerate(ends.tolist())}
    of = [number[min(p), max(p)] for p in zip(network.tails, network.heads, strict=True)]
    graph = igraph.Graph(n, ends.tolist())
    whole = network.strengths
    for what, strengths, alpha, goal in (
        ("whole strengths 1–5", whole, 1.0, "≤ 1/12"),
        ("hundredths", dice.integers(100, 501, len(ends))[of] / 100, 1.0, "≤ 1/5"),
        ("counts 1–5 000", dice.integers(1, 5001, len(ends))[of].astype(float), 1.0, "≤ 1/5"),
        ("α = ½", whole, 0.5, "≤ 1/5"),
    ):
        lengths = network.lengths(alpha, strengths=strengths)
        weights = lengths.values[forward].tolist()

        def ours(lengths: Any = lengths) -> object:
            return shortest_paths(
                network.starts, network.heads, lengths.values, tolerance=lengths.tolerance
            )

        some = min(n, _FEW_SOURCES) if n > 10 * _FEW_SOURCES else n
        sources = list(range(0, n, n // some))[:some]

        def theirs(weights: Any = weights, sources: Any = sources) -> object:
            return graph.betweenness(weights=weights, directed=False, sources=sources)

        said = "igraph betweenness" + ("" if some == n else f", {some} sources × {n // some}")
        yield Row(
            f"shortest ways, {what}", n, seconds(ours), said, seconds(theirs) * n / some, goal
        )


def structure(n: int) -> Iterator[Row]:
    """Time all that needs no shortest way, and groups."""
    graph, own = as_igraph(n), kart(n)
    warnings.simplefilter("ignore", RuntimeWarning)  # igraph's, on actors without ties

    def theirs() -> None:
        graph.constraint()
        graph.coreness()
        graph.pagerank()
        graph.eigenvector_centrality()

    yield Row(
        "all measures but those of paths",
        n,
        seconds(lambda: ak.measures(own).table(paths=False)),
        "igraph: constraint, core, PageRank, eigenvector",
        seconds(theirs),
        "≤ .5 s at 25 050",
    )
    yield Row(
        "communities, 20 seeds",
        n,
        seconds(lambda: ak.measures(own).communities),
        "igraph Louvain, one run",
        seconds(graph.community_multilevel),
        "≤ 60",
    )
    each = {actor.id: actor.id for actor in own.actors}
    yield Row(
        "cohesion, everybody a group",
        n,
        seconds(lambda: ak.measures(own, group=each).cohesion),
        "the network of the map",
        seconds(lambda: Network.from_map(own)),
        "linear in linked pairs",
    )


def said(n: int) -> Iterator[Row]:
    """Time what a map says, and how firm a rank is."""
    own = kart(n)
    if n <= 465:
        for measure in ("betweenness", "eigenvector"):
            yield Row(
                f"ranks by {measure}, 200 draws",
                n,
                seconds(partial(_ranked, own, measure)),
                goal="≤ .05 s at 60, 2 s at 465" if measure == "betweenness" else "≤ 2 s at 465",
            )
    # A map remembers what was looked up in it: a new one for each.
    runs = _RUNS if n <= REGION else 3
    new = iter([judged(n) for _ in range(runs)])
    found = seconds(lambda: ak.findings(next(new)), runs=runs)
    yield Row("all findings", n, found, goal="≤ 1 s at 2 420")


def _ranked(own: ak.ActorMap, measure: str) -> None:
    ak.measures(own).ranking(measure)


def laid_out(n: int) -> Iterator[Row]:
    """Time where everybody stands; its stress is that before the page has its say.

    Both are given the same lengths, and are told by distances along them: in a large map, those of
    ties within groups are shorter. Stress along lengths that follow strengths alone stands behind.
    """
    own = kart(n)
    ids = sorted(actor.id for actor in own.actors)
    graph = _ties(own, {id_: at for at, id_ in enumerate(ids)})
    part = _parts(n, *graph[:2])
    members = np.flatnonzero(part == np.bincount(part).argmax())
    wanted, plain = _wanted(graph, members), _component(graph, members)

    def theirs(tails: Any, heads: Any, lengths: Any) -> Any:
        ends = tails.astype(np.int32), heads.astype(np.int32)
        return s_gd2.layout_sparse(*ends, min(_PIVOTS, len(members)), lengths, random_seed=1)

    table = _table(wanted, len(members))
    found = [stress(_unscaled(graph, members), table), stress(theirs(*wanted), table)]
    said = "stress {:.3f}, theirs {:.3f}".format(*found)
    if len(members) > DENSE_LIMIT:
        table = _table(plain, len(members))
        found = [stress(places, table) for places in (laid(len(members), *plain), theirs(*plain))]
        said += "; groups not drawn apart {:.3f}, theirs {:.3f}".format(*found)
    yield Row(
        f"layout; {said}",
        n,
        seconds(lambda: layout(own)),
        f"s_gd2, {_PIVOTS} pivots",
        seconds(lambda: theirs(*wanted)),
        "≤ 2, stress ≤ theirs",
    )


def _table(ties: Any, count: int) -> Any:
    """Return the distances along ties from some actors to all."""
    graph = igraph.Graph(count, np.column_stack(ties[:2]).tolist())
    sources = list(range(0, count, -(-count // _FEW_SOURCES)))
    return np.array(graph.distances(sources, weights=ties[2].tolist()))


def stress(places: Any, table: Any) -> float:
    """Return the normalised stress of a layout at its best scale, seen from some of its actors."""
    sources = np.arange(0, len(places), -(-len(places) // _FEW_SOURCES))
    way = places[sources][:, None] - places[None]
    away = np.hypot(way[..., 0], way[..., 1])
    known = table > 0
    share = away[known] / table[known]
    scale = share.sum() / (share * share).sum()
    return float(((scale * share - 1) ** 2).mean())


def drawn(n: int) -> Iterator[Row]:
    """Time the map as a PNG: measured, laid out, drawn and named; networkx writes no names."""
    own = kart(n)
    graph = nx.Graph(tie.ends for tie in own.ties)
    found = layout(own).positions
    places = {id_: found[id_] for id_ in graph}

    def theirs() -> None:
        axes = ak.figures.sheet()
        nx.draw_networkx(graph, places, ax=axes, with_labels=False, node_size=10, width=0.2)
        axes.figure.savefig(io.BytesIO(), dpi=150)  # type: ignore[union-attr]

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kart.json")
        ak.write(own, path)
        held = int(process("-c", _PICTURE, str(path), str(Path(folder, "kart.png")))) * 1024 / 1e6
    yield Row(
        f"network as PNG, from the map on; a process from file to file holds {held:.0f} MB",
        n,
        seconds(lambda: ak.figures.to_bytes(ak.figures.network(own), ".png", dpi=150)),
        "networkx with places given, no names",
        seconds(theirs),
        "≤ 15 s, 500 MB at 25 050",
    )


def reported(n: int) -> Iterator[Row]:
    """Time the whole report as HTML."""
    if n <= 2420:
        yield Row(
            "report as HTML",
            n,
            seconds(lambda: ak.report(kart(n)).to_bytes(".html")),
            goal="≤ 3 s at 465, 15 s at 2 420",
        )


def example() -> Row:
    """Time the report of the municipal example, as a process, and the least that others could."""
    with tempfile.TemporaryDirectory() as folder:
        path, ties = Path(folder, "kart.yaml"), Path(folder, "ties.json")
        path.write_text(ak.examples.source("municipal_service"), "utf-8")
        own = ak.read(path)
        ties.write_text(json.dumps([(t.source, t.target, t.strength or 3) for t in own.channels]))
        ours = ("-m", "aktorkart.cli", "report", str(path), "-o", str(Path(folder, "r.html")))
        theirs = ("-c", YARDSTICK, str(ties), str(Path(folder, "y.png")))
        return Row(
            "report of the municipal example as HTML, a process",
            len(own.actors),
            seconds(lambda: process(*ours, "--force"), runs=3),
            "networkx: betweenness and one figure, a process",
            seconds(lambda: process(*theirs), runs=3),
            "≤ 2",
        )


def files(n: int) -> Iterator[Row]:
    """Time reading what was written, and one more tie."""
    own = kart(n)
    with tempfile.TemporaryDirectory() as folder:
        for ending, theirs, goal in (
            (".json", json.loads, "≤ 10"),
            (".yaml", lambda said: yaml.load(said, yaml.CSafeLoader), "≤ ½"),
        ):
            path = Path(folder, f"kart{ending}")
            ak.write(own, path)
            said = path.read_text("utf-8")
            yield Row(
                f"{ending} to a map",
                n,
                seconds(partial(ak.read, path)),
                "json" if ending == ".json" else "PyYAML's C loader",
                seconds(partial(theirs, said)),
                goal,
            )
    network = Network.from_map(own)
    arcs = np.column_stack([network.tails, network.heads]).tolist()
    yield Row(
        "a map to its network",
        n,
        seconds(lambda: Network.from_map(own)),
        "igraph.Graph of its arcs",
        seconds(lambda: igraph.Graph(n, arcs, directed=True)),
    )
    one, other = own.actors[0].id, own.actors[-1].id
    yield Row(
        "one more tie",
        n,
        seconds(lambda: own.with_tie(source=one, target=other, kind="agreement")),
        goal="≤ .05 s at 25 050",
    )


def networks(n: int) -> Iterator[Row]:
    """Time files and frames straight into a network."""
    own = kart(n)
    with tempfile.TemporaryDirectory() as folder:
        for ending, yardstick, theirs, goal in (
            (".json", "json", _json, "≤ 2.5"),
            (".parquet", "pyarrow reads the tables", _parquet, "≤ .1 s at 25 050"),
            (".csv", "pyarrow reads the tables", _csv, "≤ .1 s at 25 050"),
        ):
            path = Path(folder, f"kart{ending}")
            ak.write(own, path)
            yield Row(
                f"{ending} to a network",
                n,
                seconds(partial(ak.read_network, path)),
                yardstick,
                seconds(partial(theirs, path)),
                goal,
            )
    frames = ak.to_frames(own)
    what, goal = "pandas frames to a network", "≤ .1 s at 25 050"
    yield Row(what, n, seconds(partial(ak.read_network, frames)), goal=goal)


def _json(path: Path) -> object:
    return json.loads(path.read_text("utf-8"))


def _parquet(path: Path) -> object:
    return [parquet.read_table(one) for one in _pair(path)]


def _csv(path: Path) -> object:
    apart = csv.ParseOptions(delimiter=";")
    return [csv.read_csv(one, parse_options=apart) for one in _pair(path)]


def _pair(path: Path) -> list[Path]:
    return [path.with_name(f"{path.stem}_{table}{path.suffix}") for table in ("actors", "ties")]


def millions(n: int) -> Iterator[Row]:
    """Time a register of a million: six ties for each actor, most of them near by."""
    dice = np.random.default_rng(1)
    ids = np.array([f"a{number:07d}" for number in range(n)], dtype=object)
    dice.shuffle(ids)
    drawn = dice.integers(0, n, 7 * n)
    near = (drawn + dice.geometric(0.001, 7 * n)) % n
    _, first = np.unique(np.minimum(drawn, near) * n + np.maximum(drawn, near), return_index=True)
    first = np.sort(first[drawn[first] != near[first]])[: 6 * n]
    ties = {
        "source": ids[drawn[first]],
        "target": ids[near[first]],
        "strength": dice.integers(1, 6, len(first)).astype(float),
        "kind": np.array(["contact", "referral"], dtype=object)[dice.integers(0, 2, len(first))],
        "mutual": dice.random(len(first)) < 0.8,
    }
    with tempfile.TemporaryDirectory() as folder:
        parquet.write_table(pa.table({"id": ids}), Path(folder, "kart_actors.parquet"))
        parquet.write_table(pa.table(ties), Path(folder, "kart_ties.parquet"))
        path = Path(folder, "kart.parquet")
        yield Row(
            ".parquet to a network",
            n,
            seconds(partial(ak.read_network, path)),
            "pyarrow reads the tables",
            seconds(partial(_parquet, path)),
            "≤ 3 s at a million",
        )


_MISTAKES = 10_000
_TELLING = """
import sys, time, aktorkart as ak
begun = time.perf_counter()
try:
    ak.load(sys.argv[1])
except ak.InvalidMap as error:
    print(len(error.problems), time.perf_counter() - begun)
    print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""
"""Tells what is wrong in a table, and the KiB; getrusage would tell those of who started it."""


def mistaken(n: int) -> Iterator[Row]:
    """Time a table of so many rows in which one in a hundred is wrong, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lenker.csv")
        lines = ["Fra;Til;Styrke;Siden"]
        for at in range(n):
            one, other = at % (n // 5), (at % (n // 5) + 1 + at // (n // 5)) % (n // 5)
            wrong = at % (n // _MISTAKES) == 0
            strength, since = [("tja", "2025"), ("4", "2025-13")][at // (n // _MISTAKES) % 2]
            lines.append(f"a{one};a{other};" + (f"{strength};{since}" if wrong else "4;2025"))
        path.write_text("\n".join(lines), "utf-8")
        told, ours, most = process("-c", _TELLING, str(path)).split()
        held = f"{int(most) * 1024 / 1e6:.0f} MB held, {path.stat().st_size / 1e6:.0f} MB read"
        yield Row(
            f"a table of which one row in {n // _MISTAKES} is wrong; {told} told, {held}",
            n,
            float(ours),
            "csv reads the rows",
            seconds(partial(_rows, path)),
        )


def _rows(path: Path) -> object:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv_of_python.reader(lines, delimiter=";"))


PARTS = (paths, structure, said, laid_out, drawn, reported, files, networks)
_LARGEST = 100_000
"""More actors are only read: no map is made of them."""


def written(rows: list[Row]) -> str:
    """Return the table as Markdown."""
    lines = [
        "| what | actors | seconds | yardstick | seconds | ratio | to reach |",
        "|---|--:|--:|---|--:|--:|---|",
    ]
    for row in rows:
        theirs = "" if row.theirs is None else _number(row.theirs)
        ratio = "" if row.theirs is None else _number(row.ours / row.theirs)
        cells = (row.what, f"{row.n:,}".replace(",", "\u202f"), _number(row.ours), row.yardstick)
        lines.append("| " + " | ".join((*cells, theirs, ratio, row.goal)) + " |")
    return "\n".join(lines)


def grown(rows: list[Row]) -> str:
    """Return with which power of the number of actors times have grown, as Markdown."""
    lines = ["| what | grows as actors to the power of | to reach |", "|---|--:|---|"]
    for what, most in GROWS.items():
        times = {row.n: row.ours for row in rows if row.what.split(";")[0] == what}
        if {REGION, COUNTRY} <= times.keys():
            power = math.log(times[COUNTRY] / times[REGION]) / math.log(COUNTRY / REGION)
            lines.append(f"| {what} | {power:.2f} | ≤ {most} |")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def main() -> int:
    """Print every row as it is measured, and write the table if asked to."""
    asked = argparse.ArgumentParser()
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    rows = []
    for n in given.sizes:
        for part in PARTS if n <= _LARGEST else (millions, mistaken):
            for row in part(n):
                rows.append(row)
                print(written([row]).splitlines()[-1], flush=True)
    rows.append(example())
    print(written(rows[-1:]).splitlines()[-1], flush=True)
    # By what was measured, the sizes below each other; stress in a layout's words differs.
    order = list(dict.fromkeys(row.what.split(";")[0] for row in rows))
    rows.sort(key=lambda row: order.index(row.what.split(";")[0]))
    if given.write:
        page = PAGE.read_text("utf-8")
        before, rest = page.split(BEGIN)
        after = rest.split(END)[1]
        tables = f"{written(rows)}\n\n{grown(rows)}"
        PAGE.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
