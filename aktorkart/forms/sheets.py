"""A form on paper as a workbook, for those who would rather fill it in there; it is no map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aktorkart.files.schema import SCHEMA
from aktorkart.files.xlsx.book import Book
from aktorkart.forms.filling import TOP, fill, guide, height, height_of
from aktorkart.forms.paper import Tick
from aktorkart.i18n import text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from aktorkart.forms.paper import Cell, Column, Grid, Line, Paper

_WIDTH = 16
_LABEL, _ANSWER = 42, 70
_NAME = 31
_UNFIT = re.compile(r"[\[\]:*?/\\]")


def xlsx(paper: Paper, form: str, lang: str) -> bytes:
    """Return the workbook: guidance first, then a sheet for each part."""
    book = Book(f"{form}.xlsx")
    lines = [(paper.title, "title"), *((one, "words") for one in paper.facts)]
    lines += [(one, "part") for one in paper.remarks] + [("", "words"), (paper.guide, "words")]
    lines += [(note, "words") for note in paper.notes]
    guide(book, book.sheet(text("workbook.guidance", lang)), lines)
    for part in paper.sheets:
        sheet = book.sheet(_UNFIT.sub(" ", part.title)[:_NAME])
        if part.grid is not None:
            _table(book, sheet, part.grid)
        else:
            _lines(book, sheet, part.lines)
    # Whoever reads it as a map is told that it is none.
    book.stated = [("aktorkart", str(SCHEMA)), ("form", form), ("lang", lang)]
    return book.data()


def _lines(book: Book, sheet: Worksheet, lines: tuple[Line, ...]) -> None:
    sheet.set_column(0, 0, _LABEL)
    sheet.set_column(1, 1, _ANSWER)
    sheet.hide_gridlines(2)
    book.put(sheet, 0, 0, sheet.get_name(), "title")
    for row, line in enumerate(lines, start=TOP):
        value = _value(line.value)
        sheet.set_row(
            row, max(height([line.label, value], (_LABEL, _ANSWER)), height_of(line.room))
        )
        book.put(sheet, row, 0, line.label, "heading")
        book.put(sheet, row, 1, value, "fill")


def _table(book: Book, sheet: Worksheet, grid: Grid) -> None:
    rows = [
        [_known(cell, one) for cell, one in zip(row, grid.columns, strict=True)]
        for row in grid.all_rows
    ]
    columns = [(one.title, max(8, round(_WIDTH * one.share))) for one in grid.columns]
    fill(book, sheet, columns, rows, TOP + len(rows))
    for place, column in enumerate(grid.columns):
        if column.offered and rows:
            cells = (TOP + 1, place, TOP + len(rows), place)
            book.choose(sheet, cells, book.source(column.offered))


def _known(cell: Cell, column: Column) -> str | int | None:
    value = _value(cell)
    return int(value) if value and column.numeric and value.isdecimal() else value


def _value(cell: Cell) -> str | None:
    return None if isinstance(cell, Tick) else cell or None
