"""From a workbook to grids of cells: what is hidden, merged or wrong in it is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, MissingExtra, Place, Problem, UnreadableFile
from aktorkart.files.about import HEADINGS, place_of, read
from aktorkart.files.making import made
from aktorkart.files.shapes import drafted_from
from aktorkart.files.sheets import Draft, Grid, Reading, letters
from aktorkart.files.xlsx.asked import part_of
from aktorkart.files.xlsx.filled import filled
from aktorkart.files.xlsx.filled_sheets import looks_like
from aktorkart.files.xlsx.filled_words import InFormWords
from aktorkart.files.xlsx.own import draft_of_own
from aktorkart.files.xlsx.package import Inside, TooLarge, inside
from aktorkart.files.xlsx.package import place_of as column_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aktorkart.files.decoding import File
    from aktorkart.files.formats import Loaded

_EXAMPLES = 3
_IGNORED = ("ignore", "ignorer", "ignorera")
"""What in brackets after the name of a sheet says that it is not to be read, as Kumu has it."""

_LEFT_OUT = frozenset(
    {"hidden_sheets", "ignored_sheets", "hidden_rows", "cells_wrong", "cells_uncalculated"}
)
"""Notes on what was not read, which may be what is missing where something is."""

_OLD = b"\xd0\xcf\x11\xe0"


def load(file: File, reading: Reading | None = None) -> Loaded:
    """Read a workbook: one that we wrote, a form that was filled in, or any tables."""
    reading = reading or Reading()
    found = _opened(file)
    said = next((grid for grid, _ in found if _is_map(grid)), None)
    try:
        if _is_form(found, said):
            return _form(file, found, said, reading)
        if said is None:
            return made(_draft(_shown(found), reading), reading)
        return _own(file, found, said, reading)
    except InvalidMap as error:
        raise InvalidMap(_with_reasons(error.problems, [grid for grid, _ in found])) from None


def _own(file: File, found: Sequence[tuple[Grid, bool]], said: Grid, reading: Reading) -> Loaded:
    """Read a workbook with a sheet that says what the map is about, as we write it."""
    seen = [grid for grid, hidden in found if grid is not said and not hidden]
    draft = draft_of_own(seen) or drafted_from(seen, reading)
    draft.notes[:0] = [note for grid in seen for note in grid.notes]
    content, places, problems = read(_stated(said))
    draft.about |= content
    draft.problems += [dataclasses.replace(one, place=_on(said, one.place)) for one in problems]

    def placed(problem: Problem) -> Problem | None:
        where = place_of(problem, places, file=file.name)
        return where and dataclasses.replace(where, place=_on(said, where.place))

    draft.place_of = placed
    return made(draft, reading)


def _is_form(found: Sequence[tuple[Grid, bool]], said: Grid | None) -> bool:
    """Tell whether it is a form: one that has lost its hidden sheet asks about the map still."""
    if said is not None:
        return any(name == "form" for _, name, _ in _stated(said))
    return any(looks_like(grid) == "about" for grid, _ in found)


def _form(
    file: File, found: Sequence[tuple[Grid, bool]], said: Grid | None, reading: Reading
) -> Loaded:
    """Read a form; what is said of it is said in its own words."""
    beside = said or Grid(file.name, None, [])
    sheets = [one for one in found if one[0] is not said and one[0].rows]
    guided = [one for one in sheets if not (one[1] and part_of(str(one[0].sheet)) == "guidance")]
    shown = _shown(guided) if guided else []
    seen = {id(grid) for grid in shown}
    left_out = [str(grid.sheet) for grid, _ in sheets if id(grid) not in seen]
    form = filled(shown, left_out, beside, _stated(said) if said is not None else ())
    form.draft.notes[:0] = [note for grid in shown for note in grid.notes]
    try:
        # What a form asks is known: a one in it is a judgement.
        loaded = made(form.draft, dataclasses.replace(reading, weights="given"))
    except InvalidMap as error:
        speak = InFormWords(form.lang, form.names)
        told = _once(error.problems)
        problems = sorted(map(speak, told), key=_in_order([grid for grid, _ in found]))
        raise InvalidMap([*problems, *form.lost]) from None
    # Notes have roles where names are hidden.
    return dataclasses.replace(loaded, notes=tuple(map(InFormWords(form.lang, {}), loaded.notes)))


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Leave out that each tie to a partner lacks an end, where nobody has said whose form it is."""
    if not any(one.code == "form_without_respondent" for one in problems):
        return [*problems]
    return [one for one in problems if one.code != "missing" or one.place.path[-1:] != ("source",)]


def _in_order(grids: Sequence[Grid]) -> Callable[[Problem], tuple[int, int, int]]:
    """Return what sorts problems as the sheets, rows and cells go."""
    sheets = {grid.sheet: place for place, grid in enumerate(grids)}

    def key(problem: Problem) -> tuple[int, int, int]:
        cell = problem.place.cell
        column = column_of(cell.rstrip("0123456789")) if cell is not None else -1
        return sheets.get(problem.place.sheet, -1), problem.place.row or 0, column

    return key


def _with_reasons(problems: Sequence[Problem], grids: Sequence[Grid]) -> list[Problem]:
    """Say of cells that were read as empty why, and beside the problems what was left out."""
    empty = {(grid.sheet, cell): code for grid in grids for cell, code in grid.empty.items()}
    told = []
    for one in problems:
        code = empty.get((one.place.sheet, str(one.place.cell)))
        told.append(one if code is None else Problem(code=code, place=one.place, values={"n": 1}))
    there = {(one.place.sheet, one.code) for one in told}
    notes = [note for grid in grids for note in grid.notes if note.code in _LEFT_OUT]
    return [*told, *(one for one in notes if (one.place.sheet, one.code) not in there)]


def grids(file: File) -> list[Grid]:
    """Return the sheets that somebody looking at the workbook would see, cell by cell.

    Numbers, dates and yes or no are what they are. What was left out or filled in is in the
    notes of each grid.
    """
    return _shown(_opened(file))


def _draft(shown: Sequence[Grid], reading: Reading) -> Draft:
    draft = drafted_from(shown, reading)
    draft.notes[:0] = [note for grid in shown for note in grid.notes]
    return draft


def _on(grid: Grid, place: Place) -> Place:
    cell = None if place.row is None else f"B{place.row}"
    return dataclasses.replace(place, file=grid.file, sheet=grid.sheet, cell=cell)


def _is_map(grid: Grid) -> bool:
    """Tell whether a sheet says what the map is about, as we write it."""
    first = tuple(grid.rows[0][1][:2]) if grid.rows else ()
    return first == HEADINGS and any(row[:1] == ["aktorkart"] for _, row in grid.rows)


def _stated(grid: Grid) -> list[tuple[int, str, str]]:
    """Return the rows about the map: number, field, value."""
    found = []
    for number, row in grid.rows[1:]:
        name, value = (_as_text(cell) for cell in (*row, None)[:2])
        if name and value:
            found.append((number, name, value))
    return found


def _as_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


# --- which sheets


def _shown(found: Sequence[tuple[Grid, bool]]) -> list[Grid]:
    """Leave out the sheets that are hidden, or are to be ignored by their name; say which."""
    shown: list[Grid] = []
    left_out: dict[str, list[str]] = {"hidden_sheets": [], "ignored_sheets": []}
    for grid, hidden in found:
        if hidden and grid.rows:
            left_out["hidden_sheets"].append(str(grid.sheet))
        elif _is_ignored(str(grid.sheet)):
            left_out["ignored_sheets"].append(str(grid.sheet))
        else:
            shown.append(grid)
    place = Place(file=found[0][0].file)
    if not shown:
        names = [name for listed in left_out.values() for name in listed]
        raise InvalidMap(Problem(code="no_sheet_shown", place=place, values={"names": names}))
    shown[0].notes[:0] = [
        Problem(code=code, place=place, values={"names": names, "n": len(names)})
        for code, names in left_out.items()
        if names
    ]
    return shown


def _is_ignored(name: str) -> bool:
    bare, _, bracket = name.strip().casefold().rpartition("(")
    return (bracket.rstrip(") ") if bare else bracket) in _IGNORED


# --- cells


def _opened(file: File) -> list[tuple[Grid, bool]]:
    """Return the sheets of a workbook, and whether each is hidden."""
    data = file.data()
    place = Place(file=file.name)
    if data.startswith(_OLD):
        raise UnreadableFile(Problem(code="old_or_locked_workbook", place=place))
    try:
        about = inside(data)
        cells = _cells(data)
    except TooLarge:
        raise UnreadableFile(Problem(code="workbook_too_large", place=place)) from None
    except MissingExtra:
        raise
    # The readers are other programs', and what they make of a broken file is their own.
    except Exception:  # noqa: BLE001
        raise UnreadableFile(Problem(code="broken_workbook", place=place)) from None
    found = [
        (_grid(file.name, name, rows, about.get(name, Inside())), hidden)
        for name, hidden, rows in cells
    ]
    if not any(grid.rows for grid, _ in found):
        raise InvalidMap(Problem(code="empty_file", place=place))
    return found


def _cells(data: bytes) -> list[tuple[str, bool, list[list[Any]]]]:
    """Return the name of each sheet, whether it is hidden, and all its cells from A1 on."""
    try:
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
    except ImportError:
        values = {"feature": "Excel", "command": "pip install 'aktorkart[excel]'"}
        raise MissingExtra(Problem(code="missing_extra", values=values)) from None
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        (
            sheet.name,
            sheet.visible != SheetVisibleEnum.Visible,
            book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
        )
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _grid(file: str, sheet: str, rows: list[list[Any]], about: Inside) -> Grid:
    """Take the cells as a reader sees them."""
    place = Place(file=file, sheet=sheet)
    notes = []
    filled = _fill(rows, about)
    said = {number: row for number, row in enumerate(rows, start=1) if row.count("") < len(row)}
    hidden = sorted(about.hidden & said.keys())
    kept = [
        (number, [cell if cell.__class__ in _PLAIN and cell != "" else _cell(cell) for cell in row])
        for number, row in said.items()
        if number not in about.hidden
    ]
    for code, addresses in (
        ("cells_merged", filled),
        ("cells_wrong", about.wrong),
        ("cells_uncalculated", about.unknown),
        ("cells_commented", about.commented),
    ):
        if addresses:
            notes.append(_note(code, place, [Place(cell=one) for one in addresses]))
    if hidden:
        notes.append(_note("hidden_rows", place, [Place(row=number) for number in hidden]))
    empty = dict.fromkeys(about.unknown, "cells_uncalculated")
    empty |= dict.fromkeys(about.wrong, "cells_wrong")
    return Grid(file, sheet, kept, typed=True, notes=notes, empty=empty)


def _note(code: str, place: Place, places: Sequence[Place]) -> Problem:
    first = tuple(places[:_EXAMPLES])
    values = {"n": len(places)}
    more = len(places) - len(first)
    return Problem(code=code, place=place, values=values, places=first, more=more)


def _fill(rows: list[list[Any]], about: Inside) -> list[str]:
    """Write what stands in merged cells into each row that they span; return where."""
    filled = []
    for column, first, last in about.merged:
        if first > len(rows) or column >= len(rows[first - 1]) or rows[first - 1][column] == "":
            continue
        for number in range(first + 1, min(last, len(rows)) + 1):
            rows[number - 1][column] = rows[first - 1][column]
        filled.append(f"{letters(column)}{first}")
    return filled


_PLAIN = {str, float}  # what most cells are, and what stays as it is


def _cell(cell: Any) -> Any:
    """Return what a cell holds; a date without time is a day."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    if isinstance(cell, (dt.time, dt.timedelta)):
        return str(cell)
    return cell
