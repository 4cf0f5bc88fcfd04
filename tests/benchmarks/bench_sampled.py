"""From a hundred thousand actors to a million: betweenness by drawn pairs, and what all paths take.

The maps are made as `maps.realistic` makes them (municipalities around a few services, district
centres, trusts, five national bodies; strengths 1–5), but as columns, and somewhat denser: 6.2 ties
for each actor. Each size has a process of its own, so that its memory is its own.

Run it as ``python tests/benchmarks/bench_sampled.py [sizes …] [--write]``; with ``--write`` the
table takes its place in ``docs/method/large.md``. It needs numba. Seconds are the clock's and, in
brackets, the processors' together: on a machine that has other things to do the second says more.
Walking all paths is timed from some actors, on one processor, and multiplied.
"""

# ruff: noqa: T201  benchmarks print, and time our own programs
from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numba  # noqa: F401 - loaded, as where several maps are worked on
import numpy as np

import aktorkart as ak
from aktorkart.network.network import Network
from aktorkart.network.paths import _Task

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SIZES = (100_000, 250_000, 1_000_000)
PAGE = Path(__file__).parents[2] / "docs" / "method" / "large.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
MEMBERS, CENTRES, TRUSTS, NATIONAL = 55, 1 / 6, 1 / 3, 5
TIES_PER_ACTOR = 7
STRENGTHS = np.array([1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 4.0, 5.0])
HEADS = (
    *("actors", "ties", "made: seconds, GiB", "pairs", "sampled: seconds (of processors)"),
    *("GiB", "certain, possible of 100", "first", "hundredth", "all paths: processor hours"),
)
SOURCES = 128
"""From so many actors all paths are walked."""


def columns(n: int, *, seed: int = 1) -> Network:
    """Make a map of n actors."""
    dice = np.random.default_rng(seed)
    towns = int(n / (MEMBERS + CENTRES + CENTRES * TRUSTS))
    centres = round(towns * CENTRES)
    trusts = round(centres * TRUSTS)
    centre = n - centres - trusts - NATIONAL
    trust, nation = centre + centres, n - NATIONAL
    town = np.arange(centre) * towns // centre
    first = np.searchsorted(town, np.arange(towns + 1))
    # A few services know nearly everyone; the rest know some.
    weights = np.cumsum(12.0 / (1 + np.arange(2 * MEMBERS)) + 1)
    one = np.repeat(np.arange(centre), TIES_PER_ACTOR)
    own = town[one]
    chance = dice.random(len(one)) * weights[np.diff(first)[own] - 1]
    each, leader = np.arange(towns), first[:-1]
    district = centre + np.minimum(each * centres // towns, centres - 1)
    regional = trust + np.arange(centres) * trusts // centres
    pairs = [
        (one, first[own] + np.searchsorted(weights, chance)),
        *((leader + place, district) for place in range(MEMBERS // 4)),
        (leader, dice.integers(trust, nation, towns)),
        (leader, dice.integers(nation, n, towns)),
        (leader + 1, leader[dice.integers(0, towns, towns)] + 1),
        (np.arange(centre, trust), regional),
        (np.repeat(np.arange(trust, nation), NATIONAL), np.tile(np.arange(nation, n), trusts)),
    ]
    ends = np.sort(np.hstack(pairs), axis=0)
    source, target = np.divmod(np.unique((ends[0] * n + ends[1])[ends[0] != ends[1]]), n)
    ids = tuple(f"{place:07}" for place in range(n))
    strengths = STRENGTHS[dice.integers(0, len(STRENGTHS), len(source))]
    mutual = np.ones(len(source), dtype=np.bool_)
    return Network.from_columns(ids, source, target, strengths, mutual, scale=(1.0, 5.0))


def measured(n: int) -> str:
    """Measure one size; return its row."""
    # What is compiled is compiled before.
    ak.measures(columns(2000)).sampled_betweenness(draws=3000)
    network, _, made = timed(lambda: columns(n))
    held = memory()
    found, taken, busy = timed(lambda: ak.measures(network).sampled_betweenness())
    most = memory()
    lengths = network.lengths().values
    task = _Task(network.starts, network.heads.astype(np.uint32), lengths, 0, compile=True)
    task((0, 32))
    _, _, walked = timed(lambda: task((0, SOURCES)))
    hundredth = found.ranking[99]
    cells = (
        number(n),
        number(len(network.tie_strengths)),
        f"{made:.0f}, {held:.1f}",
        number(found.draws),
        f"{taken:.0f} ({busy:.0f})",
        f"{most:.1f}",
        f"{len(found.certain)}, {number(len(found.possible))}",
        f"{found.ranking[0].value:.4f} ({found.ranking[0].low:.4f}–{found.ranking[0].high:.4f})",
        f"{hundredth.value:.5f} ({hundredth.low:.5f}–{hundredth.high:.5f})",
        f"{walked / SOURCES * n / 3600:.1f}",
    )
    return "| " + " | ".join(cells) + " |"


def timed(run: Callable[[], T]) -> tuple[T, float, float]:
    """Return what something gives, the seconds of the clock, and those of all processors."""
    clock, busy = time.perf_counter(), time.process_time()
    found = run()
    return found, time.perf_counter() - clock, time.process_time() - busy


def memory() -> float:
    """Return the most memory that was held so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def number(value: int) -> str:
    """Write a number with thin spaces."""
    return f"{value:,}".replace(",", "\u202f")


def main() -> int:
    """Print every row as it is measured, and write the table if asked to."""
    asked = argparse.ArgumentParser()
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES)
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--one", action="store_true", help="this size, in this process")
    given = asked.parse_args()
    if given.one:
        print(measured(given.sizes[0]), flush=True)
        return 0
    rows = [f"| {' | '.join(HEADS)} |", "|" + "--:|" * len(HEADS)]
    for n in given.sizes:
        command = [sys.executable, __file__, str(n), "--one"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        rows.append(done.stdout.strip())
        print(rows[-1], flush=True)
    if given.write:
        page = PAGE.read_text("utf-8")
        before, rest = page.split(BEGIN)
        after = rest.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{chr(10).join(rows)}\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
