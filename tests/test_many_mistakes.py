"""A large table with mistakes is told all of them, in memory that does not grow with them."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

import aktorkart as ak
from aktorkart.files import sieve

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 16_000


def table(path: Path, mistakes: int) -> Path:
    """Write a table of ties, of which some are wrong in one of four ways."""
    lines = ["Fra;Til;Styrke;Type;Siden"]
    for at in range(ROWS):
        one, other = at % 5_000, (at % 5_000 + 1 + at // 5_000) % 5_000
        strength, since = str(1 + at % 5), "2025-01"
        if at * mistakes // ROWS != (at + 1) * mistakes // ROWS:
            match at * mistakes // ROWS % 4:
                case 0:
                    other = one
                case 1:
                    strength = "tja"
                case 2:
                    since = "2025-13"
                case _:
                    strength = "0"
        lines.append(f"a{one};a{other};{strength};samarbeid;{since}")
    path.write_text("\n".join(lines), "utf-8")
    return path


def told(path: Path) -> tuple[tuple[str, ...], int]:
    """Return what is wrong with a table, and how much memory that takes at most."""
    tracemalloc.start()
    try:
        with pytest.raises(ak.InvalidMap) as caught:
            ak.load(path)
        return tuple(map(repr, caught.value.problems)), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_mistakes_take_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (table(tmp_path / f"{some}.csv", some) for some in (8, 400))
    told(few)  # what is loaded once is loaded
    (least, little), (most, much) = told(few), told(many)
    assert (len(least), len(most)) == (8, 400)
    assert much < 1.1 * little
    assert much < 30 * many.stat().st_size
    monkeypatch.setattr(sieve, "LARGE", 10 * ROWS)
    every, before = told(many)
    assert every == most
    assert much < before / 2
