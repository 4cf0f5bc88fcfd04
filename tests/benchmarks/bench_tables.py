"""A pair of CSV and a matrix: read, understood and located, and the same objects made without.

A pair of 2 500 actors and 6 000 ties, somebody's and ours, and a matrix of 300 actors. The goal
is 1.3 × what making the same actors, ties and map takes. Run it with
``python tests/benchmarks/bench_tables.py``.
"""

from __future__ import annotations

import gc
import random
import sys
from functools import partial
from time import process_time
from typing import TYPE_CHECKING, Any

from aktorkart import Actor, ActorMap, Tie
from aktorkart.files.csv import dump, load
from aktorkart.files.decoding import File

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ACTORS, TIES, SQUARE = 2500, 6000, 300
WORDS = ("Fastlege", "NAV", "DPS", "Skole", "Bolig", "Samarbeidsarena")
GOAL = 1.3
ROUNDS = 15


def somebodys() -> list[File]:
    """Return a pair as somebody keeps it."""
    draw = random.Random(1)  # noqa: S311 - a benchmark
    actors = [
        [f"a{n}", f"Aktør {n}", draw.choice(WORDS), "Fjordvik kommune"] for n in range(ACTORS)
    ]
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < TIES:
        one, other = sorted(draw.sample(range(ACTORS), 2))
        pairs[one, other] = None
    ties = [[f"a{one}", f"a{other}", draw.randint(1, 5), "samarbeid"] for one, other in pairs]
    return [
        _file("noder.csv", [["Id", "Navn", "Type", "Organisasjon"], *actors]),
        _file("lenker.csv", [["Fra", "Til", "Styrke", "Type"], *ties]),
    ]


def ours() -> list[File]:
    """Return the same pair as we write it."""
    written = dump(load(*somebodys()).kart, "kart.csv").files
    return [File(name, data) for name, data in written.items()]


def matrix() -> list[File]:
    """Return a table of who × whom, in which one in ten are tied."""
    draw = random.Random(1)  # noqa: S311 - a benchmark
    names = [f"Aktør {n}" for n in range(SQUARE)]
    pairs = [(one, other) for one in range(SQUARE) for other in range(one)]
    cells = {pair: draw.randint(1, 5) for pair in draw.sample(pairs, len(pairs) // 10)}
    rows = [
        [name, *(cells.get((max(n, m), min(n, m)), "") for m in range(SQUARE))]
        for n, name in enumerate(names)
    ]
    return [_file("matrise.csv", [["", *names], *rows])]


def _file(name: str, rows: Sequence[Sequence[Any]]) -> File:
    return File(name, "\n".join(";".join(map(str, row)) for row in rows).encode())


def objects(kart: ActorMap) -> Callable[[], ActorMap]:
    """Return what makes the same actors, ties and map of plain values."""
    actors, ties = (
        [one.model_dump(exclude_defaults=True) for one in some] for some in (kart.actors, kart.ties)
    )

    def made() -> ActorMap:
        return ActorMap(
            actors=[Actor(**one) for one in actors],
            ties=[Tie(**one) for one in ties],
            strength_scale=kart.strength_scale,
            kinds=kart.kinds,
        )

    return made


def seconds(*works: Callable[[], object]) -> list[float]:
    """Return the least time of several rounds of each, in turn: what slows one slows all."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, times in zip(works, taken, strict=True):
            gc.collect()  # what the one leaves behind is not the other's to clear away
            begun = process_time()
            work()
            times.append(process_time() - begun)
    return [min(times) for times in taken]


def main() -> int:
    """Print the ratios; return 1 if the goal is missed."""
    met = True
    for name, files in (("a pair", somebodys()), ("our pair", ours()), ("a matrix", matrix())):
        kart = load(*files).kart
        read, make = seconds(partial(load, *files), objects(kart))
        met &= read / make <= GOAL
        size = f"{name:9} {len(kart.actors):5} actors, {len(kart.ties):5} ties"
        taken = f"read {read * 1000:6.1f} ms, objects alone {make * 1000:6.1f} ms"
        print(f"{size}: {taken}, ratio {read / make:.2f} (goal {GOAL})")  # noqa: T201
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
