"""A small table that can be shown, exported and handed to pandas.

Titles and words in a table are already in the reader's language; the keys of the columns
are stable English, so that another program can rely on them. A cell may hold an id, a code or
a date beside the words for it: people see the words, programs get both.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from aktorkart.errors import MissingExtra, Problem, one_of
from aktorkart.expected import expect
from aktorkart.i18n import number, percent, text

if TYPE_CHECKING:
    from collections.abc import Iterable

Code = str | float | tuple[str, ...] | None
"""An id, a code, a judgement or a date as it is on the map, or several of them."""


class Labelled(str):
    """A text that people read, with the id, code or date that programs read.

    Parameters
    ----------
    label : str
        What people read; it is this text, wherever a text is asked for.
    code : str or tuple of str or None
        What programs read; None where there is no such thing, as for an informant who is not
        on the map.

    Examples
    --------
    >>> cell = Labelled("Fastlegen", "gp")
    >>> cell.upper(), cell.code
    ('FASTLEGEN', 'gp')
    """

    __slots__ = ("code",)

    code: Code

    def __new__(cls, label: str, code: Code) -> Self:
        """Make a text of the label that holds the code."""
        made = super().__new__(cls, label)
        made.code = code
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, Code]]:
        return type(self), (str(self), self.code)


Cell = str | float | int | bool | None
"""None is unknown or undefined, and is shown as a dash. A text may be :class:`Labelled`."""


def coded(prefix: str, code: str | None, lang: str) -> Labelled | None:
    """Return a code with the text ``<prefix>.<code>``; None where there is none."""
    return None if code is None else Labelled(text(f"{prefix}.{code}", lang), code)


def several(label: str | None, codes: Iterable[str]) -> Labelled | None:
    """Return several codes with what people read for all of them; None where there are none."""
    return Labelled(label, tuple(codes)) if label else None


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
    coded : bool
        Whether its texts stand for ids or codes (see :class:`Labelled`). In records, frames and
        CSV it is two columns then: ``actor`` holds the id, ``actor_label`` what people read.
    dated : bool
        Whether its texts stand for dates; two columns likewise.
    """

    key: str
    title: str
    digits: int = 2
    numeric: bool = False
    percent: bool = False
    coded: bool = False
    dated: bool = False


_MARKS = "#%@/"


def columns(lang: str, *keys: str, prefix: str, **values: object) -> tuple[Column, ...]:
    """Return columns headed by the texts ``<prefix>.<key>``.

    A ``#`` after the key marks those of numbers, a ``%`` those of shares, a ``@`` those of ids
    and codes, and a ``/`` those of dates.
    """
    return tuple(
        column(key, text(prefix + "." + key.rstrip(_MARKS), lang, **values)) for key in keys
    )


def column(key: str, title: str, **given: Any) -> Column:
    """Return a column by its marked key and its heading."""
    return Column(
        key=key.rstrip(_MARKS),
        title=title,
        **{
            "numeric": key[-1] in "#%",
            "percent": key[-1] == "%",
            "coded": key[-1] == "@",
            "dated": key[-1] == "/",
            **given,
        },
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

    def of(self, keys: Iterable[str]) -> Table:
        """Return the table with some of its columns.

        Parameters
        ----------
        keys : iterable of str
            The keys of those columns, in the order they are to stand in.

        Returns
        -------
        Table
            With all rows.

        Raises
        ------
        UnknownName
            If there is no such column.
        WrongArgument
            If the keys are one text or nothing that holds several.
        """
        expect("several", keys=keys)
        there = [column.key for column in self.columns]
        kept = [there.index(one_of(key, there, option="keys")) for key in keys]
        return replace(
            self,
            columns=tuple(self.columns[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
        )

    def shown(self) -> list[list[str]]:
        """Return the cells as people read them.

        Returns
        -------
        list of list of str
            Row by row, in the table's language; a dash where there is nothing.
        """
        return [
            [self._cell(cell, column) for cell, column in zip(row, self.columns, strict=True)]
            for row in self.rows
        ]

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
        lines = [[column.title for column in self.columns], *self.shown()]
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
                *(line(cells) for cells in self.shown()),
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
        body = "\n".join(row(cells, "td") for cells in self.shown())
        return f"<table>\n<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_latex(self) -> str:
        r"""Return the table in LaTeX, as a ``tabular`` that needs no package.

        Returns
        -------
        str
            Numbers to the right, long texts wrapped; everything in it is escaped.

        Examples
        --------
        >>> print(Table(columns=(Column(key="x", title="R&D"),), rows=(("50 %",),)).to_latex())
        \begin{tabular}{l}
        \hline
        R\&D \\
        \hline
        50 \% \\
        \hline
        \end{tabular}
        """
        return latex(self.columns, [[column.title for column in self.columns], *self.shown()])

    def _for_programs(self) -> tuple[list[Column], list[list[Cell | Code]]]:
        """Return the columns and rows that programs get: codes, with what people read beside."""
        heads: list[Column] = []
        for column in self.columns:
            if column.coded or column.dated:
                said = "table.date" if column.dated else "table.code"
                heads += [
                    replace(column, title=text(said, self.lang, title=column.title)),
                    Column(key=f"{column.key}_label", title=column.title),
                ]
            else:
                heads.append(column)
        rows: list[list[Cell | Code]] = []
        for row in self.rows:
            cells: list[Cell | Code] = []
            for cell, column in zip(row, self.columns, strict=True):
                if column.coded or column.dated:
                    cells.append(cell.code if isinstance(cell, Labelled) else None)
                cells.append(str(cell) if isinstance(cell, str) else cell)
            rows.append(cells)
        return heads, rows

    def to_csv(self) -> str:
        """Return the table as CSV that a spreadsheet in the table's language opens.

        Returns
        -------
        str
            Semicolons and decimal commas in the Nordic languages, commas and points in
            English. Text that a spreadsheet would take for a formula gets an apostrophe. Ids,
            codes and dates as they are on the map stand before what people read; several in a
            cell have ``|`` between them.
        """
        nordic = self.lang != "en"
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";" if nordic else ",", lineterminator="\n")
        heads, rows = self._for_programs()
        writer.writerow([column.title for column in heads])
        for row in rows:
            cells: list[str] = []
            for value in row:
                cell = "|".join(value) if isinstance(value, tuple) else value
                if isinstance(cell, str):
                    cells.append(f"'{cell}" if cell.startswith(_FORMULA) else cell)
                elif isinstance(cell, bool):
                    cells.append(text("common.yes" if cell else "common.no", self.lang))
                else:
                    figure = "" if cell is None else repr(cell)
                    cells.append(figure.replace(".", ",") if nordic else figure)
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
            widest = max(len(column.title), *(len(cells[place]) for cells in self.shown()), 8)
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

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries by the columns' keys.

        Returns
        -------
        list of dict
            Values as they are, None where there is none. What stands for an id, a code or a
            date has two keys: ``actor`` and ``actor_label``; several ids are a list, and a date
            is written as it is on the map.

        Examples
        --------
        >>> actor = Column(key="actor", title="Actor", coded=True)
        >>> Table(columns=(actor,), rows=((Labelled("Our GP", "gp"),),)).to_records()
        [{'actor': 'gp', 'actor_label': 'Our GP'}]
        """
        heads, rows = self._for_programs()
        keys = [column.key for column in heads]
        return [
            {
                key: list(cell) if isinstance(cell, tuple) else cell
                for key, cell in zip(keys, row, strict=True)
            }
            for row in rows
        ]

    def to_frame(self) -> Any:
        """Return the table as a pandas DataFrame.

        Returns
        -------
        pandas.DataFrame
            With the keys of :meth:`to_records` as names. Dates are dates: a month or a year is
            its first day, and the label beside says which it is. What is missing is missing:
            NaN among decimals, NaT among dates, None beside lists, else ``pandas.NA``.

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
        heads, _ = self._for_programs()
        records = self.to_records()
        made = {
            column.key: _series(pd, column, [record[column.key] for record in records])
            for column in heads
        }
        return pd.DataFrame(made, columns=[column.key for column in heads])


def _series(pd: Any, column: Column, cells: list[Any]) -> Any:
    """Return the cells of a column, of one type where they are of one."""
    if column.dated:
        days = [pd.NaT if cell is None else pd.Timestamp(cell).date() for cell in cells]
        return pd.Series(days, dtype="datetime64[s]")
    known = [cell for cell in cells if cell is not None]
    if column.numeric and all(isinstance(cell, (int, float)) for cell in known):
        whole = bool(known) and all(isinstance(cell, int) for cell in known)
        return pd.Series(cells, dtype="Int64" if whole else "float64")
    if known and all(isinstance(cell, bool) for cell in known):
        return pd.Series(cells, dtype="boolean")
    if all(isinstance(cell, str) for cell in known):
        return pd.Series(cells, dtype="string")
    return pd.Series(cells, dtype="object")


_LINE = 90
_WORD = 16
"""About how many letters go on a line of a page, and how long a text is that is never wrapped."""

_LATEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        # Braces keep a row that begins with one of these from being an option of the line break.
        **{sign: f"{{{sign}}}" for sign in "[]*"},
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        "<": "\\textless{}",
        ">": "\\textgreater{}",
        "|": "\\textbar{}",
        "`": "\\textasciigrave{}",
        '"': "\\char34{}",  # babel gives the sign itself a meaning in Norwegian
        "\N{MINUS SIGN}": "$-$",
        "\N{NO-BREAK SPACE}": "~",
        "\N{NARROW NO-BREAK SPACE}": "\\,",
    }
)


def latex_escaped(words: str) -> str:
    r"""Make text safe in LaTeX: no commands, ligatures or lines of its own.

    Examples
    --------
    >>> print(latex_escaped("100 % -- a_b"))
    100 \% -{}-{} a\_b
    """
    line = _CONTROL.sub(_REPLACED, re.sub(r"[^\S\xa0\u202f]+", " ", words)).strip()
    return re.sub(r"-(?=-)|(?<=-)-", "-{}", line.translate(_LATEX))


def latex(columns: tuple[Column, ...], lines: list[list[str]]) -> str:
    """Write headings and rows as a tabular."""
    widest = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    wide = sum(widest) > _LINE
    wraps = [
        wide and not one.numeric and width > _WORD
        for one, width in zip(columns, widest, strict=True)
    ]
    kept = sum(width for width, wrapped in zip(widest, wraps, strict=True) if not wrapped)
    weights = [
        min(width, _LINE // 2) if wrapped else 0
        for width, wrapped in zip(widest, wraps, strict=True)
    ]
    room = max(1 - kept / _LINE - 0.02 * len(columns), 0.3) / max(sum(weights), 1)
    kinds = [
        f"p{{{weight * room:.2f}\\linewidth}}" if weight else "r" if one.numeric else "l"
        for one, weight in zip(columns, weights, strict=True)
    ]
    head, *body = [f"{' & '.join(map(latex_escaped, cells))} \\\\" for cells in lines]
    rule = "\\hline"
    return "\n".join(
        [
            f"\\begin{{tabular}}{{{''.join(kinds)}}}",
            *(rule, head, rule),
            *([*body, rule] if body else []),
            "\\end{tabular}",
        ]
    )


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
