"""A small table that can be shown, exported and handed to pandas.

Titles and words in a table are already in the reader's language; the keys of the columns
are stable English, so that another program can rely on them.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aktorkart.errors import MissingExtra, Problem
from aktorkart.i18n import number, percent, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Cell = str | float | int | bool | None
"""None is unknown or undefined, and is shown as a dash."""

_DASH = "–"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MADE = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    key : str
        Stable English name.
    title : str
        Heading in the reader's language.
    digits : int
        Decimals shown at the most.
    numeric : bool
        Whether it holds numbers, which stand to the right.
    percent : bool
        Whether its numbers are shares, shown as per cent.
    """

    key: str
    title: str
    digits: int = 2
    numeric: bool = False
    percent: bool = False


def columns(lang: str, *keys: str, prefix: str, **values: object) -> tuple[Column, ...]:
    """Return columns headed by the texts ``<prefix>.<key>``.

    A ``#`` after the key marks those of numbers, a ``%`` those of shares.
    """
    return tuple(
        Column(
            key=(name := key.rstrip("#%")),
            title=text(prefix + "." + name, lang, **values),
            numeric=key != name,
            percent=key.endswith("%"),
        )
        for key in keys
    )


def headed(lang: str, rows: Iterable[tuple[Cell, ...]], *keys: str, prefix: str) -> Table:
    """Make a table of rows under such columns."""
    return Table(columns=columns(lang, *keys, prefix=prefix), rows=tuple(rows), lang=lang)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns and rows, with the language that they are written in.

    Parameters
    ----------
    columns : tuple of Column
        The columns.
    rows : tuple of tuple
        The cells, row by row.
    lang : {"nb", "nn", "en", "sv"}
        The language, which decides the decimal sign.

    Examples
    --------
    >>> table = Table(
    ...     columns=(Column(key="actor", title="Aktør"),
    ...              Column(key="degree", title="Grad", numeric=True)),
    ...     rows=(("NAV", 2.5), ("DPS", None)),
    ...     lang="nb",
    ... )
    >>> print(table.to_text())
    Aktør  Grad
    NAV     2,5
    DPS       –
    >>> table.to_records()
    [{'actor': 'NAV', 'degree': 2.5}, {'actor': 'DPS', 'degree': None}]
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lang: str = "en"

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, places: Iterable[int]) -> Table:
        """Return the table with some of its columns.

        Parameters
        ----------
        places : iterable of int
            Which columns, from 0.

        Returns
        -------
        Table
            With all rows.
        """
        kept = tuple(places)
        return replace(
            self,
            columns=tuple(self.columns[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
        )

    def _shown(self) -> Iterator[list[str]]:
        for row in self.rows:
            yield [self._cell(cell, col) for cell, col in zip(row, self.columns, strict=True)]

    def _cell(self, cell: Cell, column: Column) -> str:
        if cell is None:
            return _DASH
        if isinstance(cell, bool):
            return text("common.yes" if cell else "common.no", self.lang)
        if isinstance(cell, (int, float)):
            if column.percent:
                return percent(cell, self.lang)
            return number(cell, self.lang, digits=column.digits)
        return cell

    def to_text(self) -> str:
        """Return the table as aligned text, for a terminal.

        Returns
        -------
        str
            A line for the headings and one for each row.
        """
        lines = [[column.title for column in self.columns], *self._shown()]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if column.numeric else cell.ljust(width)
                for cell, width, column in zip(line, widths, self.columns, strict=True)
            ).rstrip()
            for line in lines
        )

    def to_markdown(self) -> str:
        """Return the table in Markdown.

        Returns
        -------
        str
            A pipe table; pipes and line breaks in the cells are escaped.
        """

        def line(cells: list[str]) -> str:
            escaped = (markdown_escaped(cell).replace("|", "\\|") for cell in cells)
            return f"| {' | '.join(escaped)} |"

        rule = ["---:" if column.numeric else "---" for column in self.columns]
        return "\n".join(
            [
                line([column.title for column in self.columns]),
                f"| {' | '.join(rule)} |",
                *(line(cells) for cells in self._shown()),
            ]
        )

    def to_html(self) -> str:
        """Return the table in HTML.

        Returns
        -------
        str
            A ``table`` element; everything in it is escaped.
        """

        def row(cells: list[str], tag: str) -> str:
            written = []
            for index, (cell, column) in enumerate(zip(cells, self.columns, strict=True)):
                name = "th" if tag == "th" or index == 0 else "td"
                scope = {"th": ' scope="col"'}.get(tag, ' scope="row"') if name == "th" else ""
                align = ' class="number"' if column.numeric else ""
                written.append(f"<{name}{scope}{align}>{html.escape(cell)}</{name}>")
            return f"<tr>{''.join(written)}</tr>"

        head = row([column.title for column in self.columns], "th")
        body = "\n".join(row(cells, "td") for cells in self._shown())
        return f"<table>\n<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_csv(self) -> str:
        """Return the table as CSV that a spreadsheet in the table's language opens.

        Returns
        -------
        str
            Semicolons and decimal commas in the Nordic languages, commas and points in
            English. Text that a spreadsheet would take for a formula gets an apostrophe.
        """
        nordic = self.lang != "en"
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";" if nordic else ",", lineterminator="\n")
        writer.writerow([column.title for column in self.columns])
        for row in self.rows:
            cells: list[str] = []
            for cell in row:
                if isinstance(cell, str):
                    cells.append(f"'{cell}" if cell.startswith(_FORMULA) else cell)
                elif isinstance(cell, bool):
                    cells.append(text("common.yes" if cell else "common.no", self.lang))
                else:
                    value = "" if cell is None else repr(cell)
                    cells.append(value.replace(".", ",") if nordic else value)
            writer.writerow(cells)
        return out.getvalue()

    def to_xlsx(self) -> bytes:
        """Return the table as an Excel workbook with one sheet.

        Returns
        -------
        bytes
            Numbers as numbers, the rest as text, also what would look like a formula.

        Raises
        ------
        MissingExtra
            If XlsxWriter is not installed.
        """
        try:
            from xlsxwriter import Workbook
        except ImportError:
            raise MissingExtra(
                Problem(
                    code="missing_extra",
                    values={"feature": "Excel", "command": "pip install 'aktorkart[excel]'"},
                )
            ) from None
        out = io.BytesIO()
        book = Workbook(out, {"in_memory": True})
        # The same table gives the same bytes, whenever it is written.
        book.set_properties({"created": _MADE})
        plain = {"text_wrap": True, "valign": "top"}
        cell_look, percent = (
            book.add_format(plain),
            book.add_format({**plain, "num_format": "0 %"}),
        )
        quoted = book.add_format({**plain, "quote_prefix": True})
        bold = book.add_format({**plain, "bold": True})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self.columns):
            sheet.write_string(0, place, _CONTROL.sub(_REPLACED, column.title), bold)
            widest = max(len(column.title), *(len(cells[place]) for cells in self._shown()), 8)
            sheet.set_column(place, place, min(widest, 40) + 2)
            for row, cells in enumerate(self.rows, start=1):
                cell = cells[place]
                if isinstance(cell, bool):
                    word = text("common.yes" if cell else "common.no", self.lang)
                    sheet.write_string(row, place, word, cell_look)
                elif isinstance(cell, str):
                    # A text that is kept as one when somebody edits it, too.
                    look = quoted if cell.startswith(_FORMULA) else cell_look
                    sheet.write_string(row, place, _CONTROL.sub(_REPLACED, cell), look)
                elif cell is not None:
                    sheet.write_number(row, place, cell, percent if column.percent else cell_look)
        book.close()
        return out.getvalue()

    def to_records(self) -> list[dict[str, Cell]]:
        """Return the rows as dictionaries by the columns' keys.

        Returns
        -------
        list of dict
            Values as they are, None where there is none.
        """
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]

    def to_frame(self) -> Any:
        """Return the table as a pandas DataFrame.

        Returns
        -------
        pandas.DataFrame
            With the columns' keys as names.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise MissingExtra(
                Problem(
                    code="missing_extra",
                    values={"feature": "DataFrame", "command": "pip install 'aktorkart[frames]'"},
                )
            ) from None
        return pd.DataFrame(self.to_records(), columns=[column.key for column in self.columns])


_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#&~$@^"})
_MARKDOWN_START = re.compile(r"^(\d+)?([-+=.):])")
_MARKDOWN_ADDRESS = re.compile(r":(?=\S)|(?<=\w)\.(?=[^\W\d_])|//")


def markdown_escaped(words: str) -> str:
    r"""Make text safe in Markdown: no markup, lists or links of its own, one line.

    Examples
    --------
    >>> markdown_escaped("1. avdeling & co")
    '1\\. avdeling \\& co'
    """
    line = " ".join(words.split()).translate(_MARKDOWN)
    line = _MARKDOWN_ADDRESS.sub(lambda found: f"\\{found.group()}", line)
    return _MARKDOWN_START.sub(r"\1\\\2", line)
