"""Our own workbooks: what their sheets are called, and how their cells are read again.

Cells are words and numbers as people read them. A text is a text, whatever it begins with; only
a list among a map's own attributes needs a sign, a bar, and a text with a bar an apostrophe.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from aktorkart.files import headings
from aktorkart.files.rows import FIELDS
from aktorkart.files.sheets import Draft, Sheet
from aktorkart.files.table import Table
from aktorkart.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.sheets import Grid

SHEETS = ("actors", "ties", "map")
"""In the order in which they are written."""


def sheet_name(part: str, lang: str) -> str:
    """Return what the sheet for a part of the map is called."""
    return text(f"workbook.{part}", lang)


@cache
def part_of(name: str) -> str | None:
    """Tell which part of the map a sheet has, by its name in any of the four languages."""
    return next(
        (part for part in SHEETS for lang in LANGUAGES if sheet_name(part, lang) == name), None
    )


def draft_of_own(grids: Sequence[Grid]) -> Draft | None:
    """Return the sheets as they stand; None where they are not those that we wrote."""
    found = {part_of(str(grid.sheet)): grid for grid in grids if grid.rows}
    if not {"actors", "ties"} <= found.keys():
        return None
    return Draft(_sheet("actors", found["actors"]), _sheet("ties", found["ties"]), own=True)


def _sheet(table: str, grid: Grid) -> Sheet:
    (row, over), *below = grid.rows
    names = [_field(table, str(heading or "")) for heading in over]
    sheet = Table(grid, row, names, below).sheet()
    sheet.columns = [
        [_read(name, cell) for cell in column]
        for name, column in zip(names, sheet.columns, strict=True)
    ]
    return sheet


def _field(table: str, heading: str) -> str:
    return headings.field_of(FIELDS[table], heading) or heading


def _read(name: str, cell: Any) -> Any:
    known = name in FIELDS["actors"] or name in FIELDS["ties"]
    return cell if known or not isinstance(cell, str) else read_tag(cell)


def read_tag(cell: str) -> str | list[str]:
    """Read text of an attribute of the map's own: a list has bars, and one of one ends with it."""
    if cell.startswith("'"):
        return cell[1:]
    parts = cell.split("|")
    return cell if len(parts) == 1 else parts if parts[-1] else parts[:-1]


def written_tag(value: Any) -> Any:
    """Write an attribute of the map's own so that it is read as what it is."""
    if isinstance(value, tuple):
        short = not value[1:] or not value[-1]
        return "|".join(value) + ("|" if short else "")
    return f"'{value}" if isinstance(value, str) and ("|" in value or value[:1] == "'") else value
