"""Which sheet of a filled form is which, and what of the sheets is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files import cells, headings
from aktorkart.files.rows import FIELDS
from aktorkart.files.sheets import letters
from aktorkart.files.xlsx.asked import (
    ASKED,
    about_field,
    form_titled,
    ours,
    part_of,
    toolbox_field,
)
from aktorkart.files.xlsx.book import LISTS
from aktorkart.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from aktorkart.files.sheets import Grid

HEAD = 20
"""Among how many rows the headings are looked for."""

_LONG = 80
_EXAMPLES = 3
_QUESTIONS = 2
"""So many of our questions on a sheet make it the one about the map."""

_TELLING: dict[str, set[str]] = {
    "ties": {"source", "target"},
    "partners": {"name", "chosen"},
    "goals": {"title", "direction"},
    "plan": {"title", "responsible"},
    "checklist": {"title", "points"},
    "actors": {"name", "kind"},
}
"""The headings by which a sheet is known again whose name has been changed."""


def field_of(part: str, heading: str) -> str | None:
    """Tell the field of a heading on a sheet of a form."""
    if part in _TOOLBOX:
        return toolbox_field(part, heading)
    known = [FIELDS["ties" if part == "ties" else "actors"]]
    known += [FIELDS["ties"]] if part == "partners" else []
    found = ours().get(headings.simple(heading))
    return found or next(
        (field for table in known if (field := headings.field_of(table, heading))), None
    )


_TOOLBOX = ("goals", "plan", "checklist")


class Sheets:
    """The sheets of a form: those that are read, and what there is to say of the others.

    ``left_out`` are the names of those that are not shown or not to be read, which is said
    already. A form that has lost its hidden sheet has none beside.
    """

    def __init__(
        self, shown: Sequence[Grid], left_out: Iterable[str], form: str, beside: Grid
    ) -> None:
        self.file = beside.file
        self.parts: dict[str, Grid] = {}
        self.notes: list[Problem] = []
        self._unread: dict[str | None, list[Place]] = {}
        others: list[Grid] = []
        for grid in shown:
            part = part_of(str(grid.sheet))
            if part is None or part in self.parts:
                others.append(grid)
            else:
                self.parts[part] = grid
        self.form = form or self._titled()
        self.lang = self._language()
        self._recognise([grid for grid in others if _says(grid)])
        asked = {"about", *ASKED.get(self.form, ())}
        gone = asked - self.parts.keys() - {part_of(name) for name in left_out}
        names = [str(text(f"workbook.{part}", self.lang)) for part in sorted(gone)]
        names += [] if beside.sheet is not None else [LISTS]
        if names:
            self._note("form_sheets_gone", names=names, n=len(names))
        if "guidance" in self.parts:
            self._look_beside_guidance(self.parts["guidance"])

    def _titled(self) -> str:
        """Return the form that stands over its sheets."""
        over = [grid.rows[0][1][:1] for grid in self.parts.values() if grid.rows]
        return next((form for (cell,) in over if (form := form_titled(str(cell)))), "")

    def _language(self) -> str:
        names = {str(grid.sheet) for grid in self.parts.values()}
        counts = {
            lang: sum(text(f"workbook.{part}", lang) in names for part in self.parts)
            for lang in LANGUAGES
        }
        return max(counts, key=lambda lang: counts[lang])

    def _recognise(self, others: Sequence[Grid]) -> None:
        """Know sheets by their headings where the name has been changed; say which are not read."""
        found: dict[str, list[Grid]] = {}
        for grid in others:
            part = looks_like(grid)
            if part is not None and part not in self.parts:
                found.setdefault(part, []).append(grid)
        unsure = []
        for part, grids in found.items():
            name = str(text(f"workbook.{part}", self.lang))
            if len(grids) == 1:
                self.parts[part] = grids[0]
                if part != "guidance":
                    self._note("form_sheet_renamed", grids[0], name=name)
            elif part != "guidance":
                names = [str(grid.sheet) for grid in grids]
                values = {"name": name, "names": names}
                place = Place(file=self.file)
                unsure.append(Problem(code="form_sheet_of_several", place=place, values=values))
        if unsure:
            raise InvalidMap(unsure)
        read = {id(grid) for grid in self.parts.values()}
        names = [str(grid.sheet) for grid in others if id(grid) not in read]
        if names:
            self._note("form_sheets_not_read", names=names, n=len(names))

    def _note(self, code: str, grid: Grid | None = None, **values: Any) -> None:
        place = Place(file=self.file, sheet=grid.sheet if grid is not None else None)
        self.notes.append(Problem(code=code, place=place, values=values))

    # --- cells that are not read

    def unread(self, grid: Grid, number: int, place: int) -> None:
        """Say that something stands in a cell where nothing is asked."""
        cell = Place(row=number, cell=f"{letters(place)}{number}")
        self._unread.setdefault(grid.sheet, []).append(cell)

    def table(
        self, part: str
    ) -> tuple[int, list[tuple[int, str]], list[tuple[int, list[Any]]]] | None:
        """Return the row of headings, the columns that have one, and the rows that say something.

        None where no heading is known. What stands anywhere else is said.
        """
        grid = self.parts[part]
        rows = [(number, [_filled(cell) for cell in row]) for number, row in grid.rows]
        top = _top(part, rows)
        if top is None:
            return None
        number, over = rows[top]
        columns = [(column, str(cell)) for column, cell in enumerate(over) if cell is not None]
        read = {column for column, name in columns if part not in _TOOLBOX or field_of(part, name)}
        for above, row in rows[:top]:
            self._unread_of(grid, above, row, lambda _, cell: part_of(str(cell)) is None)
        said: set[int] = set()
        kept = []
        for below, row in rows[top + 1 :]:
            self._unread_of(grid, below, row, lambda column, _: column not in read)
            here = {column for column, cell in enumerate(row) if cell is not None} & read
            said |= here
            if here:
                kept.append((below, row))
        for column, name in columns:
            if column not in said and field_of(part, name) is None:  # over nothing
                self.unread(grid, number, column)
        return number, [one for one in columns if one[0] in read], kept

    def _unread_of(
        self, grid: Grid, number: int, row: Sequence[Any], unread: Callable[[int, Any], bool]
    ) -> None:
        for column, cell in enumerate(row):
            if cell is not None and unread(column, cell):
                self.unread(grid, number, column)

    def _look_beside_guidance(self, grid: Grid) -> None:
        """Say what somebody has written on the page of guidance, where all else is ours."""
        for number, row in grid.rows:
            for column, cell in enumerate(row):
                text_ = cells.text_of(cell)
                ours_ = column == 0 and (number in _GUIDANCE or str(text_).startswith("•"))
                if text_ and not ours_:
                    self.unread(grid, number, column)

    def all_notes(self) -> list[Problem]:
        """Return what there is to say of sheets and cells that are not read as they stand."""
        return [
            *self.notes,
            *(
                Problem(
                    code="form_cells_not_read",
                    place=Place(file=self.file, sheet=sheet),
                    values={"n": len(places)},
                    places=tuple(places[:_EXAMPLES]),
                    more=max(len(places) - _EXAMPLES, 0),
                )
                for sheet, places in self._unread.items()
            ),
        ]


_GUIDANCE = {1, 2, 4}
"""The rows of the page of guidance that have text and no bullet."""


def _top(part: str, rows: Sequence[tuple[int, Sequence[Any]]]) -> int | None:
    """Return the place of the row of headings; None where none is known."""

    def known(row: Iterable[Any]) -> int:
        names = [cell for cell in row if isinstance(cell, str) and len(cell) < _LONG]
        return sum(field_of(part, name) is not None for name in names)

    score, place = max(
        ((known(row), -at) for at, (_, row) in enumerate(rows[:HEAD])), default=(0, 0)
    )
    return -place if score else None


def _filled(cell: Any) -> Any:
    return None if cells.is_empty(cell) else cell


def _says(grid: Grid) -> bool:
    return any(not cells.is_empty(cell) for _, row in grid.rows for cell in row)


def questions_on(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Find our questions about the map: row, place of the column, field."""
    for number, row in grid.rows:
        for place, cell in enumerate(row):
            field = about_field(cell) if isinstance(cell, str) else None
            if field is not None:
                yield number, place, field


def looks_like(grid: Grid) -> str | None:
    """Tell which sheet of a form it is by what stands on it; None where it may be another."""
    if len({field for _, _, field in questions_on(grid)}) >= _QUESTIONS:
        return "about"
    first = [cells.text_of(row[0]) if row else None for _, row in grid.rows]
    if form_titled(str(first[0])) and any(str(cell).startswith("•") for cell in first):
        return "guidance"
    for part, needed in _TELLING.items():
        for _, row in grid.rows[:HEAD]:
            names = [cell for cell in row if isinstance(cell, str) and len(cell) < _LONG]
            if needed <= {field_of(part, name) for name in names}:
                return part
    return None
