"""How a workbook is put together: the same bytes for the same content, in memory."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from aktorkart.errors import MissingExtra, Place, Problem, UnwritableFile
from aktorkart.files.about import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LISTS = "aktorkart"
"""The hidden sheet with what the drop-downs offer."""

MOST_LETTERS = 32_767
"""A cell holds no more; the rest would be lost without a word."""

MOST_ROWS = 1_048_576

_LAST_WHOLE = 2**53
"""A cell's number is a double, which holds no larger whole number; as text all digits stay."""

_MADE = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones; always the same
_MESSAGE = 255
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4"}
    | {"bottom": 1},
    "cell": {"text_wrap": True, "valign": "top"},
    "fill": {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B8C0"}
    | {"locked": False},
    "title": {"bold": True, "font_size": 16, "valign": "top"},
    "part": {"bold": True, "font_size": 12, "valign": "top"},
    "words": {"text_wrap": True, "valign": "top"},
    "not_asked": {"bg_color": "#D9D9D9"},
}


class Book:
    """A workbook that is being written, with the lists of its drop-downs."""

    def __init__(self, file: str) -> None:
        try:
            from xlsxwriter import Workbook
        except ImportError:
            values = {"feature": "Excel", "command": "pip install 'aktorkart[excel]'"}
            raise MissingExtra(Problem(code="missing_extra", values=values)) from None
        self.file = file
        self._stream = io.BytesIO()
        self._book = Workbook(self._stream, {"in_memory": True})
        self._book.set_properties({"created": _MADE})
        self.looks: dict[str, Format] = {
            name: self._book.add_format(dict(look)) for name, look in _LOOKS.items()
        }
        self._lists: dict[tuple[str, ...], str] = {}
        self.stated: list[tuple[str, str]] = []
        self.beside: list[tuple[str, ...]] = []
        self._too_long: list[Problem] = []

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet; it prints on pages in landscape, as wide as one."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, value: Any, look: str = "cell") -> None:
        """Write a cell as what it is; text is text, also what would look like a formula."""
        shown = self.looks[look]
        if value is None:
            sheet.write_blank(row, column, None, shown)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, shown)
        elif isinstance(value, int) and abs(value) > _LAST_WHOLE:
            sheet.write_string(row, column, str(value), shown)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, shown)
        else:
            if len(value) > MOST_LETTERS:
                values = {"n": len(value), "most": MOST_LETTERS}
                place = Place(file=self.file, sheet=sheet.get_name(), row=row + 1)
                self._too_long.append(Problem(code="cell_too_long", place=place, values=values))
                return
            sheet.write_string(row, column, value, shown)

    def source(self, choices: Sequence[str]) -> str:
        """Return where the words of a drop-down stand."""
        key = tuple(choices)
        if key not in self._lists:
            from xlsxwriter.utility import xl_col_to_name

            column = xl_col_to_name(_FIRST_LIST + len(self._lists))
            self._lists[key] = f"={LISTS}!${column}$2:${column}${len(key) + 1}"
        return self._lists[key]

    def choose(
        self,
        sheet: Worksheet,
        cells: tuple[int, int, int, int],
        source: str,
        *,
        strict: bool = False,
        hint: str | None = None,
    ) -> None:
        """Offer words in cells: first row, first column, last row, last column."""
        rule: dict[str, Any] = {"validate": "list", "source": source, "show_error": strict}
        if hint:
            rule["input_message"] = hint[:_MESSAGE]
        sheet.data_validation(*cells, rule)

    def number(
        self,
        sheet: Worksheet,
        cells: tuple[int, int, int, int],
        low: float,
        high: float,
        hint: str | None = None,
    ) -> None:
        """Allow numbers from low to high in cells."""
        rule: dict[str, Any] = {"validate": "decimal", "criteria": "between"}
        rule |= {"minimum": low, "maximum": high}
        if hint:
            rule["input_message"] = hint[:_MESSAGE]
        sheet.data_validation(*cells, rule)

    def hint(self, sheet: Worksheet, cells: tuple[int, int, int, int], hint: str) -> None:
        """Say beside cells what they take."""
        sheet.data_validation(*cells, {"validate": "any", "input_message": hint[:_MESSAGE]})

    def data(self) -> bytes:
        """Return the whole workbook."""
        if self._lists or self.stated:
            self._write_lists()
        self._book.close()
        if self._too_long:
            raise UnwritableFile(self._too_long)
        return self._stream.getvalue()

    def _write_lists(self) -> None:
        sheet = self._book.add_worksheet(LISTS)
        sheet.hide()
        if self.stated:
            for row, (name, value) in enumerate([HEADINGS, *self.stated]):
                sheet.write_string(row, 0, name)
                sheet.write_string(row, 1, value)
        for row, cells in enumerate(self.beside):
            for column, cell in enumerate(cells, start=_BESIDE):
                sheet.write_string(row, column, cell)
        for column, words in enumerate(self._lists, start=_FIRST_LIST):
            for row, word in enumerate(words, start=1):
                sheet.write_string(row, column, word)


_BESIDE = 3
"""The first column of what the prefilled rows are called in the map."""

_FIRST_LIST = 8
