"""Sheets of a workbook that people fill in: a page of guidance, and tables with empty rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from aktorkart.files.xlsx.book import Book

TOP = 2
"""Rows above the headings: what the sheet asks, and a blank one."""

_LINE = 15
_PAGE = 90
_MOST_LINES = 20


def guide(book: Book, sheet: Worksheet, lines: Iterable[tuple[str, str]]) -> None:
    """Write a page of guidance: lines, each with its look."""
    sheet.set_column(0, 0, _PAGE)
    sheet.hide_gridlines(2)
    for row, (line, look) in enumerate(lines):
        book.put(sheet, row, 0, line, look)
        if look == "title":
            sheet.set_row(row, 2 * _LINE)
        if look == "words":
            sheet.set_row(row, height([line], [_PAGE]))
    sheet.protect()


def fill(
    book: Book,
    sheet: Worksheet,
    columns: Sequence[tuple[str, float]],
    body: Sequence[Sequence[Any]],
    last: int,
) -> None:
    """Write a table to fill in, down to a last row: headings with widths, what is known, cells."""
    over, widths = zip(*columns, strict=True)
    book.put(sheet, 0, 0, sheet.get_name(), "title")
    sheet.set_row(0, 2 * _LINE)
    sheet.set_row(TOP, height(over, widths))
    for row, cells in enumerate(body, start=TOP + 1):
        sheet.set_row(row, height(cells, widths))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, head in enumerate(over):
        book.put(sheet, TOP, column, head, "heading")
        for row in range(TOP + 1, last + 1):
            known = body[row - TOP - 1][column] if row - TOP <= len(body) else None
            book.put(sheet, row, column, known, "fill")
    sheet.freeze_panes(TOP + 1, 1)
    sheet.repeat_rows(TOP)


def height(cells: Sequence[Any], widths: Sequence[float]) -> float:
    """Return the height of a row in points: as many lines as its longest text takes."""
    lines = [1.0]
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, str):
            lines.append(sum(len(line) // width + 1 for line in cell.split("\n")))
    return height_of(min(max(lines), _MOST_LINES))


def height_of(lines: float) -> float:
    """Return the height of so many lines in points."""
    return _LINE * lines
