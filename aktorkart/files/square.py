"""Cells of a table of who × whom, kept as those that are not empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Cells = dict[tuple[int, int], float | None]
"""What stands in row and column; None where there is a tie and no number."""


def ties_of(cells: Mapping[tuple[int, int], float | None]) -> Iterable[dict[str, Any]]:
    """Yield a tie for each two, mutual where both cells are equal; ends are rows and columns.

    Where only one of the cells is filled nothing is said of direction, so that the reader of a
    half or of a list of pairs may be told.
    """
    for (row, column), value in cells.items():
        answer = (column, row) in cells
        equal = answer and cells[column, row] == value
        if equal and row > column:
            continue
        mutual = equal if answer else None
        yield {"source": row, "target": column, "weight": value, "mutual": mutual}
