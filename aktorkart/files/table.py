"""A part of a grid that is one table: its headings and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.files.sheets import Sheet, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.sheets import Grid


@dataclass
class Table:
    """A part of a grid that is one table: its headings and its rows."""

    grid: Grid
    row: int | None  # number of the row of headings
    names: list[str]
    rows: list[tuple[int, list[Any]]]
    is_ties: bool = False

    def column(self, place: int) -> list[Any]:
        """Return the cells under a heading."""
        return [cells_[place] if place < len(cells_) else None for _, cells_ in self.rows]

    def sheet(self) -> Sheet:
        """Return the whole table as a sheet."""
        columns = [self.column(place) for place in range(len(self.names))]
        return Sheet(
            self.names,
            columns,
            file=self.grid.file,
            sheet=self.grid.sheet,
            numbers=[number for number, _ in self.rows],
            heading_row=self.row,
            typed=self.grid.typed,
            letters=self.letters,
        )

    @property
    def letters(self) -> list[str] | None:
        """The letters of the columns, where a workbook has them."""
        if self.grid.sheet is None:
            return None
        return [letters(place) for place in range(len(self.names))]

    def listed(self, records: Sequence[dict[str, Any]], numbers: Sequence[int]) -> Sheet:
        """Return a sheet of what was found in this table, with the rows it was found in."""
        return Sheet.of(
            records,
            file=self.grid.file,
            sheet=self.grid.sheet,
            numbers=numbers,
            heading_row=self.row,
            typed=True,
        )
