"""Square tables of who × whom, and the names and numbers in the cells of any table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aktorkart.files import cells, headings, words
from aktorkart.files.cells import alike, text_of
from aktorkart.files.rows import counts_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.sheets import Grid

SUMS = frozenset({"sum", "total", "totalt", "summa", "i alt", "sammen", "totals"})
"""What stands before a row of sums."""

MOST_OF = 0.6
"""How many of the names in a table must be known for it to be about them."""


_TITLES = 10
"""How many rows of guidance and sums may stand beside those of a matrix."""

_PAIR = 2
"""Of so few numbers it cannot be told that they are a matrix."""

_TITLE = 2
"""How many cells of a row are filled at most where it is a title."""


@dataclass
class Matrix:
    """A square table of who × whom."""

    names: list[str]
    numbers: list[int]  # the row of each
    values: list[list[Any]]
    beside: dict[str, list[Any]] = field(default_factory=dict)  # what else is said of each
    top: int = 0  # how many rows stand above it
    sums: list[int] = field(default_factory=list)  # rows of sums
    summed: list[str] = field(default_factory=list)  # columns of sums
    nameless: list[int] = field(default_factory=list)  # rows with cells, and no name before them
    footers: list[str] = field(default_factory=list)  # what stands below that is no name
    twice: list[str] = field(default_factory=list)  # names that stand more than once

    def ties(self, kind: str | None) -> tuple[list[dict[str, Any]], list[int]]:
        """Return a tie for each two who are tied: mutual where both cells are equal."""
        records: list[dict[str, Any]] = []
        numbers: list[int] = []
        marks = {value for line in self.values for value in line} <= {0, 1}
        extra = {} if kind is None else {"kind": kind}
        over = list(zip(*self.values, strict=True))
        for place in range(len(self.names)):
            both = zip(self.values[place][place + 1 :], over[place][place + 1 :], strict=True)
            for other, (there, back) in enumerate(both, start=place + 1):
                if there == 0 and back == 0:
                    continue
                mutual = there == back
                ends = ((place, other, there), (other, place, 0 if mutual else back))
                for source, target, value in ends:
                    if value != 0:
                        tie = {"source": self.names[source], "target": self.names[target]}
                        tie |= {"mutual": mutual, **extra}
                        records.append(tie if marks else {**tie, "strength": value})
                        numbers.append(self.numbers[source])
        return records, numbers


def matrix_of(grid: Grid, *, headed: bool) -> Matrix | None:
    """Find a square matrix: the same names over the columns and before the rows.

    Where there are headings that are known, names over it alone are none.
    """
    if (bare := _without_names(grid)) is not None:
        return bare
    for top in range(min(len(grid.rows), 10)):
        row = grid.rows[top][1]
        for left in range(min(len(row), 3)):
            found = _labelled(grid, top, left)
            if found is not None:
                found.top = top
                return found
        if sum(not cells.is_empty(cell) for cell in row) > _TITLE:
            break
    return None if headed else _named_above(grid)


def _labelled(grid: Grid, top: int, left: int) -> Matrix | None:
    heading, rows = grid.rows[top][1], grid.rows[top + 1 :]
    over = [
        (place, name)
        for place, cell in enumerate(heading)
        if place > left and (name := text_of(cell))
    ]
    if len(over) < 2 or not MOST_OF * len(over) <= len(rows) <= _TITLES + len(over) / MOST_OF:  # noqa: PLR2004 - a pair
        return None
    lines, sums, nameless = _sorted(rows, left)
    there = {alike(name) for _, name, _ in lines}
    summed = [name for _, name in over if headings.simple(name) in SUMS]
    apart = [place for place in range(left) if _says_more(rows, place)]
    apart += [place for place, name in over if alike(name) not in there and _has_words(rows, place)]
    over = [(place, name) for place, name in over if name not in summed and place not in apart]
    columns = {alike(name): place for place, name in reversed(over)}
    footers = [
        line for line in lines if alike(line[1]) not in columns and _is_blank(line[2][left + 1 :])
    ]
    lines = [line for line in lines if line not in footers]
    rows_of = {alike(name): (number, row) for number, name, row in reversed(lines)}
    shared = columns.keys() & rows_of.keys()
    if len(shared) < 2 or len(shared) < MOST_OF * max(len(columns), len(rows_of)):  # noqa: PLR2004 - a pair
        return None
    named = [*(name for _, name, _ in lines), *(name for _, name in over)]
    names = {alike(name): name for name in named}
    none: tuple[int, list[Any]] = (grid.rows[top][0], [])
    found = [rows_of.get(key, none) for key in names]
    places = [columns.get(key) for key in names]
    none_at = len(heading)  # where there is no column
    at = [none_at if place is None else place for place in places]
    values = []
    for _, row in found:
        known = {cell: value_of(cell) for cell in {*row}}
        line = [known[cell] for cell in row[:none_at]]
        line += [0] * (none_at + 1 - len(line))
        values.append([line[place] for place in at])
    matrix = _matrix(list(names.values()), [number for number, _ in found], values)
    if matrix is None:
        return None
    matrix.beside = {
        text_of(_at(heading, place)) or "": [_at(row, place) for _, row in found] for place in apart
    }
    matrix.sums, matrix.summed, matrix.nameless = sums, summed, nameless
    matrix.footers = [name for _, name, _ in footers]
    columns_, rows_ = [name for _, name in over], [name for _, name, _ in lines]
    matrix.twice = list(dict.fromkeys(_twice(rows_) + _twice(columns_)))
    return matrix


def _sorted(
    rows: Sequence[tuple[int, list[Any]]], left: int
) -> tuple[list[tuple[int, str, list[Any]]], list[int], list[int]]:
    """Tell the rows with names from those of sums, and from those with neither."""
    lines, sums, nameless = [], [], []
    for number, row in rows:
        name = text_of(_at(row, left))
        if name is None:
            nameless.append(number)
        elif headings.simple(name) in SUMS:
            sums.append(number)
        else:
            lines.append((number, name, row))
    return lines, sums, nameless


def _at(row: Sequence[Any], place: int | None) -> Any:
    return row[place] if place is not None and place < len(row) else None


def _is_blank(column: Sequence[Any]) -> bool:
    return all(map(cells.is_empty, column))


def _says_more(rows: Sequence[tuple[int, list[Any]]], place: int) -> bool:
    """Tell whether a column before the names says something, and does not only number the rows."""
    column = [_at(row, place) for _, row in rows]
    return not _is_blank(column) and not counts_up(column)


def _has_words(rows: Sequence[tuple[int, list[Any]]], place: int) -> bool:
    """Tell whether something else than numbers and crosses stands in a column."""
    return any(value_of(_at(row, place)) is None for _, row in rows)


def _twice(names: Sequence[str]) -> list[str]:
    """Return the names that stand more than once."""
    count = Counter(map(alike, names))
    return [name for name in names if count[alike(name)] > 1]


def _matrix(
    names: list[str], numbers: list[int], values: list[list[float | None]]
) -> Matrix | None:
    """Make a matrix of its cells, all of which must be numbers or crosses; none of its diagonal."""
    if any(None in line for line in values):
        return None
    for place, line in enumerate(values):
        line[place] = 0
    return Matrix(names, numbers, values)


def _named_above(grid: Grid) -> Matrix | None:
    """Find a square of numbers with names over it only."""
    (_, first), *inside = grid.rows
    names = [name for cell in first if (name := text_of(cell)) is not None]
    words_ = len(names) == len(first) and all(value_of(name) is None for name in names)
    if not words_ or not len({*names}) == len(names) == len(inside) > _PAIR:
        return None
    return _matrix(names, [number for number, _ in inside], _square(inside))


def _without_names(grid: Grid) -> Matrix | None:
    """Find a square of numbers without any names: nobody is tied to themselves."""
    n = len(grid.rows)
    filled = n > _PAIR and not any(
        len(row) != n or any(map(cells.is_empty, row)) for _, row in grid.rows
    )
    if not filled:
        return None
    values = _square(grid.rows)
    if any(None in line or line[place] for place, line in enumerate(values)):
        return None
    names = [str(place + 1) for place in range(n)]
    return _matrix(names, [number for number, _ in grid.rows], values)


def _square(rows: Sequence[tuple[int, list[Any]]]) -> list[list[float | None]]:
    """Read the cells of as many columns as there are rows; none where there are too few."""
    return [
        [value_of(cell) for cell in row[: len(rows)]] + [None] * (len(rows) - len(row))
        for _, row in rows
    ]


def value_of(cell: Any) -> float | None:
    """Read a cell of a matrix as a number; None if it is something else."""
    if isinstance(cell, str):
        return _value_of_word(cell)
    if cells.is_empty(cell):
        return 0
    if isinstance(cell, bool):
        return int(cell)
    return cell if isinstance(cell, (int, float)) else _value_of_word(str(cell))


@lru_cache(maxsize=4096)
def _value_of_word(cell: str) -> float | None:
    word = cell.strip()
    if not word or word.casefold() in words.NOT_KNOWN:
        return 0
    number = cells.read_number(word)
    if isinstance(number, float):
        return number
    answer = cells.read_boolean(word)
    return int(answer) if isinstance(answer, bool) else None


def mark_of(cell: Any) -> bool | None:
    """Tell whether somebody is a member; None if the cell is no mark."""
    value = value_of(cell)
    return bool(value) if value in (0, 1) else None
