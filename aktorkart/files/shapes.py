"""What a table of somebody's is: a list of actors, of ties, a matrix, members of arenas, answers.

People keep who works with whom in many shapes. Each is recognised by its headings and by what
stands under them, turned into the two sheets that the rules for rows read, and said.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files import cells, headings, words
from aktorkart.files.cells import text_of
from aktorkart.files.matrices import SUMS, Matrix, mark_of, matrix_of, value_of
from aktorkart.files.nominations import nominations
from aktorkart.files.rows import FIELDS
from aktorkart.files.rules.found import EXAMPLES
from aktorkart.files.sheets import Draft, Sheet
from aktorkart.files.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.files.sheets import Grid, Reading

_HEAD = 20
"""Among how many rows the headings are looked for: titles and guidance may stand above."""

_FULL = 5
"""Among how many rows the fullest is taken for headings, where none is known."""

_BLANK = (None, "")
_LONG = 60  # no heading and no word for a sum is longer


def drafted_from(grids: Sequence[Grid], reading: Reading) -> Draft:
    """Find the actors and the ties in the tables of a file, or of several."""
    shaper = _Shaper(reading)
    for grid in grids:
        shaper.take(grid)
    return shaper.draft(grids)


class _Shaper:
    def __init__(self, reading: Reading) -> None:
        named = {field: headings.simple(name) for field, name in reading.columns.items()}
        self.ends = [named.get("source"), named.get("target")]
        self.named = set(named.values())
        self.notes: list[Problem] = []
        self.problems: list[Problem] = []
        self.tables: list[Table] = []
        self.matrices: list[tuple[Grid, Matrix]] = []

    def take(self, grid: Grid) -> None:
        """Find the tables of a grid."""
        grid.rows = [
            one for one in grid.rows if any(one[1]) or any(cell not in _BLANK for cell in one[1])
        ]
        if not grid.rows:
            return
        heads = self._heads(grid)
        # Those who stand over a matrix may be called as the ends of ties are: actor 1, actor 2.
        found = matrix_of(grid, headed=bool(heads))
        if found is not None and (heads or grid.table != "actors"):
            self._tell_above(grid, found.top)
            self.matrices.append((grid, found))
            return
        if not heads and grid.table is not None:
            heads = {_fullest(grid): (0, grid.table == "ties")}
        places = sorted(heads) or [_fullest(grid)]
        self._tell_above(grid, places[0])
        for index, place in enumerate(places):
            number, row = grid.rows[place]
            until = places[index + 1] if index + 1 < len(places) else len(grid.rows)
            table = Table(
                grid,
                number,
                [text_of(cell) or "" for cell in row],
                grid.rows[place + 1 : until],
                heads.get(place, (0, False))[1],
            )
            self._tidy(table)
            self.tables.append(table)

    def _tell_above(self, grid: Grid, top: int) -> None:
        """Say what stands above the headings."""
        above = [text_of(cell) for _, row in grid.rows[:top] for cell in row]
        texts = [one if len(one) < _LONG else f"{one[:_LONG]}…" for one in above if one]
        if texts:
            more = ["…"] if len(texts) > EXAMPLES else []
            self._note("rows_above", grid, texts=[*texts[:EXAMPLES], *more])

    def _heads(self, grid: Grid) -> dict[int, tuple[int, bool]]:
        """Find the rows of headings: the best at the top, and those of another table below."""
        scored = {}
        below = set(chain.from_iterable(row[:12] for _, row in grid.rows[_HEAD:]))
        last = None if headings.may_be_among(one for one in below if type(one) is str) else _HEAD
        for place, (_, row) in enumerate(grid.rows[:last]):
            if place >= _HEAD and sum(map(headings.may_be, row[:12])) < 2:  # noqa: PLR2004 - two ends
                continue
            score = self._score(_headings(row))
            if score[0]:
                scored[place] = score
        top = {place: score for place, score in scored.items() if place < _HEAD}
        if not top:
            return {}
        first = max(top, key=lambda place: (top[place][1], top[place][0], -place))
        # A list of actors above one of ties has its own headings.
        above = [place for place in top if place < first and not top[place][1]]
        above = [place for place in above if top[place][0] > 1 or first - place > 1]
        heads = {first: top[first]}
        if above and top[first][1]:
            before = max(above, key=lambda place: (top[place][0], -place))
            heads[before] = top[before]
        first_names = _headings(grid.rows[first][1])
        for place, score in scored.items():
            names = _headings(grid.rows[place][1])
            other = score[1] != top[first][1] and score[0] > 1
            if place > first and other and names != first_names:
                heads[place] = score
                break
        return heads

    def _score(self, names: Sequence[str]) -> tuple[int, bool]:
        """Count the headings that are known, and tell whether there are two ends."""
        simple = [headings.simple(name) for name in names]
        of_ties = {headings.field_of(FIELDS["ties"], name) for name in names if name}
        ends = {"source", "target"} <= of_ties or all(end in simple for end in self.ends)
        ends = ends or any(one in simple and other in simple for one, other, _ in headings.PAIRS)
        asked = sum(name in self.named for name in simple)
        if ends:
            return len(of_ties - {None}) + asked + 2, True
        of_actors = {headings.field_of(FIELDS["actors"], name) for name in names if name}
        known = of_actors - {None}
        return (len(known) + asked, False) if known & {"id", "name"} or asked else (0, False)

    def _tidy(self, table: Table) -> None:
        """Leave out sums and repeated headings, and say so."""
        names = [headings.simple(name) for name in _headings(table.names)]
        kept, sums, again = [], [], []
        starts = {name[:1] for name in (*names, *SUMS)}
        for number, row in table.rows:
            first = row[0] or next(filter(None, row), None)
            word = ""  # few of many rows are looked at closely
            if isinstance(first, str) and first.lstrip(" _*#\t")[:1].casefold() in starts:
                word = headings.simple(first[:_LONG])
            if word in SUMS:
                sums.append(number)
            elif word in names and _headings_of(row)[: len(names)] == names:
                again.append(number)
            else:
                kept.append((number, row))
        table.rows = kept
        for code, numbers in (("sum_rows_left_out", sums), ("headings_again", again)):
            if numbers:
                self._note(code, table.grid, numbers, n=len(numbers))
        while table.names and not table.names[-1] and _is_blank(table.column(len(table.names) - 1)):
            table.names.pop()
        self._check_width(table)

    def _check_width(self, table: Table) -> None:
        width = len(table.names)
        beyond = [
            (number, cell)
            for number, row in table.rows
            if len(row) > width
            for cell in row[width:]
            if not cells.is_empty(cell)
        ]
        if beyond and table.grid.typed:
            more = max(len(row) for _, row in table.rows) - width
            table.names = [*table.names, *[""] * more]
        elif beyond:
            number, cell = beyond[0]
            place = Place(file=table.grid.file, sheet=table.grid.sheet, row=number)
            values = {"value": str(cell).strip()}
            problem = Problem(
                code="csv_extra_cell", place=place, values=values, more=len(beyond) - 1
            )
            self.problems.append(problem)

    def _note(self, code: str, grid: Grid, numbers: Iterable[int] = (), **values: Any) -> None:
        place = Place(file=grid.file, sheet=grid.sheet)
        where = tuple(Place(row=number) for number in list(numbers)[:3])
        self.notes.append(Problem(code=code, place=place, values=values, places=where))

    # --- which table is which

    def draft(self, grids: Sequence[Grid]) -> Draft:
        """Choose the sheets of actors and of ties."""
        ties = [table for table in self.tables if table.is_ties]
        others = [table for table in self.tables if not table.is_ties and table.rows]
        actors = self._actors(others, has_ties=bool(ties or self.matrices))
        if self.matrices:
            return self._from_matrices(actors)
        if ties:
            if actors is None and not any(table.rows for table in ties):
                self._note("no_rows", ties[0].grid)
            return self._drafted(actors.sheet() if actors else None, _together(ties))
        for table in others:
            for shape in (self._two_mode, self._answers, self._bare_list):
                found = shape(table)
                if found is not None:
                    return found
        if actors is not None and any(
            headings.field_of(FIELDS["actors"], name) in {"id", "name"} for name in actors.names
        ):
            self._note("no_ties_found", actors.grid)
            nothing = Sheet(["source", "target"], [[], []], file=actors.grid.file)
            return self._drafted(actors.sheet(), nothing)
        raise InvalidMap([*self.problems, *(self._not_known(grids))])

    def _drafted(self, actors: Sheet | None, ties: Sheet, **how: Any) -> Draft:
        return Draft(actors, ties, notes=self.notes, problems=self.problems, **how)

    def _actors(self, tables: Sequence[Table], *, has_ties: bool) -> Table | None:
        """Choose the list of actors: the one with most headings that are known."""
        said = [table for table in tables if table.grid.table == "actors"]
        if said:
            return said[0]
        scored = [(self._score(table.names)[0], table) for table in tables]
        known = [one for one in scored if one[0]] or (scored if not has_ties else [])
        if not known:
            for _, table in scored:
                self._note("sheet_not_read", table.grid)
            return None
        best = max(known, key=lambda one: one[0])[1]
        for _, table in scored:
            if table is not best and has_ties:
                self._note("sheet_not_read", table.grid)
        return best

    def _not_known(self, grids: Sequence[Grid]) -> list[Problem]:
        if not any(grid.rows for grid in grids):
            return [Problem(code="empty_file", place=Place(file=grids[0].file))]
        # What stands over marks may be one too, as x and y are: the first full row is asked about.
        rows = [_headings(row) for _, row in grids[0].rows[:_FULL]]
        fullest = max(rows, key=lambda row: sum(map(bool, row)), default=[])
        known = [name for name in fullest if name][:12]
        place = Place(file=grids[0].file, sheet=grids[0].sheet)
        return [Problem(code="no_table_known", place=place, values={"known": known})]

    # --- shapes

    def _from_matrices(self, actors: Table | None) -> Draft:
        records: list[dict[str, Any]] = []
        numbers: list[int] = []
        for grid, matrix in self.matrices:
            kind = words.code_of("tie_kind", grid.sheet or "") if len(self.matrices) > 1 else None
            found, where = matrix.ties(kind)
            records += found
            numbers += where
            self._note("square_matrix", grid, n=len(matrix.names))
            self._tell_left_out(grid, matrix)
        grid = self.matrices[0][0]
        base = Table(grid, None, [], [])
        ties = base.listed(records, numbers) if records else Sheet(["source", "target"], [[], []])
        ties.file = grid.file
        if actors is not None and self._score(actors.names)[0]:
            return self._drafted(actors.sheet(), ties, matrix=True)
        people = base.listed(*self._people())
        return self._drafted(people, ties, matrix=True)

    def _tell_left_out(self, grid: Grid, matrix: Matrix) -> None:
        """Say what of a matrix is neither names nor ties."""
        for code, numbers in (
            ("sum_rows_left_out", matrix.sums),
            ("rows_without_name", matrix.nameless),
        ):
            if numbers:
                self._note(code, grid, numbers, n=len(numbers))
        if matrix.summed:
            self._note("sum_columns_left_out", grid, columns=matrix.summed)
        if matrix.footers:
            self._note("matrix_names_left_out", grid, names=matrix.footers)
        for name in matrix.twice:
            place = Place(file=grid.file, sheet=grid.sheet)
            self.problems.append(Problem(code="matrix_twice", place=place, values={"value": name}))

    def _people(self) -> tuple[list[dict[str, Any]], list[int]]:
        """List those who stand in the matrices, with what stands beside their names."""
        people: dict[str, dict[str, Any]] = {}
        numbers: list[int] = []
        for _, matrix in self.matrices:
            for place, name in enumerate(matrix.names):
                if name not in people:
                    numbers.append(matrix.numbers[place])
                person = people.setdefault(name, {"id": name})
                for heading, column in matrix.beside.items():
                    person.setdefault(heading, column[place])
        return list(people.values()), numbers

    def _two_mode(self, table: Table) -> Draft | None:
        """Read people × arenas: a cross, a one or a yes where somebody is a member."""
        if len(table.names) < 3 or len(table.rows) < 2:  # noqa: PLR2004 - a corner and two by two
            return None
        fields = [headings.field_of(FIELDS["actors"], name) for name in table.names]
        if fields[0] not in {"id", "name", None} or any(fields[1:]) or not all(table.names[1:]):
            return None
        people = [text_of(cell) for cell in table.column(0)]
        inside = [table.column(place) for place in range(1, len(table.names))]
        marks = [mark_of(cell) for column in inside for cell in column]
        if None in marks or not any(marks) or not all(people) or len(set(people)) < len(people):
            return None
        arenas = table.names[1:]
        actors = [{"id": one} for one in people] + [{"id": one, "kind": "arena"} for one in arenas]
        ties = [
            (number, {"source": person, "target": arena, "kind": "membership"})
            for (number, _), person, row in zip(
                table.rows, people, zip(*inside, strict=True), strict=True
            )
            for arena, cell in zip(arenas, row, strict=True)
            if mark_of(cell)
        ]
        numbers = [number for number, _ in table.rows] + [table.row or 1] * len(arenas)
        self._note("two_mode_matrix", table.grid, people=len(people), arenas=len(arenas))
        return self._drafted(
            table.listed(actors, numbers),
            table.listed([tie for _, tie in ties], [number for number, _ in ties]),
        )

    def _answers(self, table: Table) -> Draft | None:
        """Read answers to «whom do you work with»."""
        found = nominations(table)
        if found is None:
            return None
        actors, ties, asked = found
        self._note("nominations", table.grid, columns=asked)
        return self._drafted(actors, ties, one_way=True, more_actors=True)

    def _bare_list(self, table: Table) -> Draft | None:
        """Read two columns that share names as the ends of ties, whatever they are called."""
        if len(table.names) < 2 or self._score(table.names)[0]:  # noqa: PLR2004 - two ends
            return None
        rows = [(table.row or 1, list(table.names)), *table.rows]
        one, other = (
            [text_of(row[side]) if side < len(row) else None for _, row in rows] for side in (0, 1)
        )
        shared = ({*one} & {*other}) - {None}
        if None in one[1:] or None in other[1:]:
            return None
        text = all(
            not isinstance(row[side], float)
            for _, row in table.rows
            for side in (0, 1)
            if side < len(row)
        )
        if not shared or not text:
            return None
        headed = not {table.names[0], table.names[1]} & {*one[1:], *other[1:]}
        names = ["source", "target", *table.names[2:]]
        if not headed:
            table.rows = rows
            names[2:] = ["strength", *[""] * (len(names) - 3)] if len(names) > 2 else []  # noqa: PLR2004
        if headed:
            self._note("ends_guessed", table.grid, columns=table.names[:2])
        else:
            self._note("no_headings", table.grid)
        sheet = table.sheet()
        sheet.headings = names
        return self._drafted(None, sheet)


def _is_blank(column: Sequence[Any]) -> bool:
    return all(map(cells.is_empty, column))


def _headings_of(row: Sequence[Any]) -> list[str]:
    return [headings.simple(str(cell or "")) for cell in row]


def _headings(row: Sequence[Any]) -> list[str]:
    names = [text_of(cell) or "" for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _fullest(grid: Grid) -> int:
    """Take the first of the fullest rows at the top as headings where none is known."""
    rows = [row for _, row in grid.rows[:_FULL]]
    filled = [sum(not cells.is_empty(cell) for cell in row) for row in rows]
    # Over the names of a table there may be no heading, and no numbers are headings.
    heading = [all(cells.is_empty(cell) or value_of(cell) is None for cell in row) for row in rows]
    near = [place for place, one in enumerate(filled) if heading[place] and one >= max(filled) - 1]
    return near[0] if near else filled.index(max(filled))


def _together(tables: Sequence[Table]) -> Sheet:
    """Put several lists of ties under one set of headings."""
    if len(tables) == 1:
        return tables[0].sheet()
    names = list(dict.fromkeys(name for table in tables for name in table.names))
    sheets = [table.sheet() for table in tables]
    made = Sheet(
        names,
        [[] for _ in names],
        file=sheets[0].file,
        sheet=sheets[0].sheet,
        numbers=[number for sheet in sheets for number in sheet.numbers or ()],
        heading_row=sheets[0].heading_row,
        typed=sheets[0].typed,
        sheets=[sheet.sheet for sheet in sheets for _ in range(len(sheet))],
    )
    for sheet in sheets:
        for name, column in zip(names, made.columns, strict=True):
            there = name in sheet.headings
            column.extend(
                sheet.columns[sheet.headings.index(name)] if there else [None] * len(sheet)
            )
    return made
