"""The columns of well-formed CSV files as Arrow has them, for what needs no row of its own.

Arrow reads a text many times sooner than row by row. It says less of what is wrong, is more
forgiving of quotation marks, and knows nothing of titles above a table or sums below it: so it is
given only what both would read alike, and there is None for everything else.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from aktorkart.errors import AktorkartError
from aktorkart.files import headings
from aktorkart.files.csv import delimiter_of, draft_of_grids, grid, is_about
from aktorkart.files.matrices import SUMS
from aktorkart.files.sheets import Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aktorkart.files.decoding import File
    from aktorkart.files.sheets import Draft, Reading, Sheet

_HEAD = 64
"""So many rows tell what a table is, if it is no wider than `_WIDEST`: then it is no matrix."""
_WIDEST = 20
_LONGEST = csv.field_size_limit()  # of a cell, for Python's reader
_BLOCK = 1 << 20


def draft_of_columns(
    files: Sequence[File], reading: Reading
) -> tuple[Draft, dict[str, Callable[[int], Any]]] | None:
    """Find the actors and the ties in the first rows, and what gives the whole of a column."""
    grids, columns = {}, {}
    try:
        for file in files:
            source = file.text(fallback="cp1252")
            if is_about(file.name) and len(files) > 1:
                grids[file.name] = grid(file.name, source)
                continue
            found = _columns_of(source, delimiter_of(source))
            if found is None:
                return None
            names, columns[file.name] = found
            top = zip(*(one.slice(0, _HEAD).to_pylist() for one in found[1]), strict=True)
            rows = [names, *map(list, top)]
            grids[file.name] = Grid(file.name, None, [*enumerate(rows, start=1)])
        draft = draft_of_grids(grids, reading)
    except AktorkartError:
        return None  # it is said with its place by who reads row by row
    cells_of: dict[str, Callable[[int], Any]] = {}
    for table, sheet in (("actors", draft.actors), ("ties", draft.ties)):
        if sheet is not None:
            cells = columns.pop(str(sheet.file), None)
            if cells is None or not (draft.own or _is_all(sheet, cells)) or draft.notes:
                return None
            cells_of[table] = cells.__getitem__
    return draft, cells_of


def _columns_of(source: str, delimiter: str) -> tuple[list[str], list[Any]] | None:
    """Return what stands in the first row of a text, and the cells below it, column by column."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import compute
        from pyarrow import csv as arrow
    except ImportError:
        return None
    quoted = '"' in source
    first = source.lstrip("\r\n").partition("\n")[0]
    plain = first.strip() and first[0] != "\ufeff" and not first.startswith("sep=")
    if not plain or delimiter == " " or "\0" in source or len(first) > _LONGEST:
        return None
    if source.count("\r") != source.count("\r\n"):
        return None
    if quoted and not _are_whole(source, delimiter):
        return None
    wide = len(next(csv.reader([first], delimiter=delimiter)))
    try:
        table = arrow.read_csv(
            pa.BufferReader(source.encode()),
            read_options=arrow.ReadOptions(autogenerate_column_names=True, block_size=_BLOCK),
            parse_options=arrow.ParseOptions(delimiter=delimiter, newlines_in_values=quoted),
            convert_options=arrow.ConvertOptions(  # 0301 is text, and so is NA
                column_types={f"f{place}": pa.string() for place in range(wide)},
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowException, ValueError):  # rows of different length, a cell beyond the block
        return None
    columns = [pa.concat_arrays(column.chunks) for column in table.columns]
    longest = [compute.max(compute.binary_length(column)).as_py() or 0 for column in columns]
    blank = compute.equal(compute.utf8_trim_whitespace(columns[0]), "")  # of the row too, maybe
    if table.num_columns != wide or max(longest) > _LONGEST or compute.any(blank).as_py():
        return None
    return [column[0].as_py() for column in columns], [column.slice(1) for column in columns]


def _are_whole(source: str, delimiter: str) -> bool:
    """Tell whether quotation marks stand around whole cells only, or are doubled inside of such."""
    sign = re.escape(delimiter)
    cells = rf'(?:[^"]++|(?<![^{sign}\r\n])"(?:[^"]++|"")*+"(?![^{sign}\r\n]))*+'
    return re.fullmatch(cells, source) is not None


def _is_all(sheet: Sheet, columns: Sequence[Any]) -> bool:
    """Tell whether a table goes from the first row to the last, as its first rows say."""
    from pyarrow import compute

    if len(sheet.headings) != len(columns) or len(columns) > _WIDEST:
        return False
    if sheet.heading_row != 1 or len(sheet) != min(len(columns[0]), _HEAD) or len(sheet) < _HEAD:
        return False
    different = [compute.unique(column).to_pylist() for column in columns[:12]]
    if headings.may_be_among(cell for column in different for cell in column):
        return False
    names = {headings.simple(name) for name in sheet.headings} | SUMS
    starts = {name[:1] for name in names}
    return not any(
        cell.lstrip(" _*#\t")[:1].casefold() in starts and headings.simple(cell[:60]) in names
        for cell in different[0]
    )
