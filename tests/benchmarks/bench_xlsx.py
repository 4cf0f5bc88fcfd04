"""A workbook of 2 500 actors and 6 000 ties: read, checked and located, and without all that.

The goal is 1.5 × what calamine alone takes, and making the same actors, ties and map.
Run it with ``python tests/benchmarks/bench_xlsx.py``.
"""

from __future__ import annotations

import io
import random
from time import perf_counter
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from aktorkart import Actor, ActorMap, Tie
from aktorkart.files import load_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ACTORS, TIES = 2500, 6000
KINDS = ("gp", "nav", "dps", "school", "housing", "arena")
WORDS = ("Fastlege", "NAV", "DPS", "Skole", "Bolig", "Samarbeidsarena")
ROUNDS = 5


def records() -> tuple[list[list[Any]], list[list[Any]]]:
    """Return rows of actors and of ties, as somebody keeps them."""
    draw = random.Random(1)  # noqa: S311 - a benchmark
    actors = [
        [f"a{n}", f"Aktør {n}", draw.choice(WORDS), "Fjordvik kommune"] for n in range(ACTORS)
    ]
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < TIES:
        one, other = sorted(draw.sample(range(ACTORS), 2))
        pairs[one, other] = None
    ties = [[f"a{one}", f"a{other}", draw.randint(1, 5), "samarbeid"] for one, other in pairs]
    return actors, ties


def written(actors: Sequence[Sequence[Any]], ties: Sequence[Sequence[Any]]) -> bytes:
    """Return the workbook."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        for name, head, rows in (
            ("Aktører", ("Id", "Navn", "Type", "Organisasjon"), actors),
            ("Relasjoner", ("Fra", "Til", "Styrke", "Type"), ties),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate((head, *rows)):
                sheet.write_row(number, 0, row)
    return stream.getvalue()


def bare(data: bytes) -> list[list[list[Any]]]:
    """Read the cells and nothing else."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def made(data: bytes) -> ActorMap:
    """Read the cells and make the same map of them, knowing what they are."""
    actors, ties = bare(data)
    known = dict(zip(WORDS, KINDS, strict=True))
    return ActorMap(
        actors=[
            Actor(id=id_, name=name, kind=known[kind], organisation=of)
            for id_, name, kind, of in actors[1:]
        ],
        ties=[
            Tie(source=source, target=target, strength=strength, kind="collaboration")
            for source, target, strength, _ in ties[1:]
        ],
    )


def best(call: Callable[[bytes], Any], data: bytes) -> float:
    """Return the shortest of some rounds, in seconds."""
    took = []
    for _ in range(ROUNDS):
        start = perf_counter()
        call(data)
        took.append(perf_counter() - start)
    return min(took)


def main() -> None:
    """Print the times and what they are in proportion."""
    data = written(*records())
    loaded = load_bytes(data, name="kart.xlsx", format="xlsx").kart
    assert loaded == made(data)
    cells, objects = best(bare, data), best(made, data)
    whole = best(lambda one: load_bytes(one, name="kart.xlsx", format="xlsx"), data)
    print(f"calamine alone        {cells:6.3f} s")  # noqa: T201
    print(f"calamine and objects  {objects:6.3f} s")  # noqa: T201
    print(f"aktorkart             {whole:6.3f} s = {whole / objects:.2f} ×")  # noqa: T201


if __name__ == "__main__":
    main()
