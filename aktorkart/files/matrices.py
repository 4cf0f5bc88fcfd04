"""Square tables of who × whom, and the names and numbers in the cells of any table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.files import cells, headings, words

if TYPE_CHECKING:
    from aktorkart.files.sheets import Grid

SUMS = frozenset({"sum", "total", "totalt", "summa", "i alt", "sammen", "totals"})
"""What stands before a row of sums."""

MOST_OF = 0.6
"""How many of the names in a table must be known for it to be about them."""


def text_of(cell: Any) -> str | None:
    """Return what a cell says as one line; None if it says nothing."""
    if cells.is_empty(cell):
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(cells.read_text(str(cells.native(cell)).strip()).split()) or None


def alike(cell: Any) -> str:
    """Return what two spellings of a name in cells share."""
    return (text_of(cell) or "").casefold()


_TITLES = 10
"""How many rows of guidance and sums may stand beside those of a matrix."""


@dataclass
class Matrix:
    """A square table of who × whom."""

    names: list[str]
    numbers: list[int]  # the row of each
    values: list[list[Any]]

    def ties(self, kind: str | None) -> tuple[list[dict[str, Any]], list[int]]:
        """Return a tie for each two who are tied: mutual where both cells are equal."""
        records, numbers = [], []
        marks = all(
            value in (0, 1)
            for row in self.values
            for value in row
            if isinstance(value, (int, float))
        )
        extra = {} if kind is None else {"kind": kind}
        for place, name in enumerate(self.names):
            for other in range(place + 1, len(self.names)):
                there, back = self.values[place][other], self.values[other][place]
                for source, target, value, answer in (
                    (name, self.names[other], there, back),
                    (self.names[other], name, back, there),
                ):
                    if value == 0 or (value == answer and source is not name):
                        continue
                    tie = {"source": source, "target": target, "mutual": value == answer, **extra}
                    records.append(tie if marks else {**tie, "strength": value})
                    numbers.append(self.numbers[place if source is name else other])
        return records, numbers


def matrix_of(grid: Grid) -> Matrix | None:
    """Find a square matrix: the same names over the columns and before the rows."""
    for top in range(min(len(grid.rows), 10)):
        row = grid.rows[top][1]
        for left in range(min(len(row), 3)):
            found = _labelled(grid, top, left)
            if found is not None:
                return found
    return _unlabelled(grid)


def _labelled(grid: Grid, top: int, left: int) -> Matrix | None:
    over = [
        (place, name)
        for place, cell in enumerate(grid.rows[top][1])
        if place > left and (name := text_of(cell))
    ]
    rows = grid.rows[top + 1 :]
    if len(over) < 2 or not MOST_OF * len(over) <= len(rows) <= _TITLES + len(over) / MOST_OF:  # noqa: PLR2004 - a pair
        return None
    before = []
    for number, row in rows:
        name = text_of(row[left]) if left < len(row) else None
        if name is not None and headings.simple(name) not in SUMS:
            before.append((number, name, row))
    over = [(place, name) for place, name in over if headings.simple(name) not in SUMS]
    columns = {alike(name): place for place, name in reversed(over)}
    lines = {alike(name): (number, row) for number, name, row in reversed(before)}
    shared = columns.keys() & lines.keys()
    if len(shared) < 2 or len(shared) < MOST_OF * max(len(columns), len(lines)):  # noqa: PLR2004 - a pair
        return None
    names = {
        alike(name): name for name in [*(one for _, one, _ in before), *(one for _, one in over)]
    }
    values = []
    for key in names:
        row = lines[key][1] if key in lines else []
        line = []
        for other in names:
            place = columns.get(other)
            cell = row[place] if place is not None and place < len(row) else None
            line.append(0 if other == key else value_of(cell))
        values.append(line)
    if any(value is None for line in values for value in line):
        return None
    numbers = [lines[key][0] if key in lines else grid.rows[top][0] for key in names]
    return Matrix(list(names.values()), numbers, values)


def _unlabelled(grid: Grid) -> Matrix | None:
    """Find a square of numbers with names over it only, or with none."""
    rows = grid.rows
    names = [text_of(cell) for cell in rows[0][1]]
    words_ = all(name is not None and value_of(name) is None for name in names)
    if words_ and len({*names}) == len(names) == len(rows) - 1 > 1:
        inside = rows[1:]
    elif len(names) == len(rows) > 2 and not words_:  # noqa: PLR2004 - two numbers are no matrix
        inside, names = rows, [str(place + 1) for place in range(len(rows))]
    else:
        return None
    values = [[value_of(cell) for cell in row[: len(names)]] for _, row in inside]
    if any(len(line) < len(names) or None in line for line in values):
        return None
    if any(values[place][place] for place in range(len(names))) and not words_:
        return None
    for place, line in enumerate(values):
        line[place] = 0
    return Matrix([str(name) for name in names], [number for number, _ in inside], values)


def value_of(cell: Any) -> float | None:
    """Read a cell of a matrix as a number; None if it is something else."""
    if cells.is_empty(cell):
        return 0
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, (int, float)):
        return cell
    word = str(cell).strip()
    if word.casefold() in words.NOT_KNOWN:
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
