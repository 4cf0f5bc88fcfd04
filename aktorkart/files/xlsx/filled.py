"""A form that somebody has filled in: words become codes, names become ids."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files import about, cells, headings, words
from aktorkart.files.rows import FIELDS
from aktorkart.files.sheets import Draft, Sheet, letters
from aktorkart.files.xlsx.asked import ASKED, PAPERS, about_fields, ours, part_of
from aktorkart.files.xlsx.filled_toolbox import FilledToolbox, alike, said
from aktorkart.files.xlsx.own import read_tag
from aktorkart.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.files.sheets import Grid

_BESIDE = slice(3, 7)
"""Where the hidden sheet has what rows were called in the map: of what, shown as, id, name."""

_SEVERAL = re.compile(r"[;|\n]")


def draft_of_form(
    grids: Sequence[Grid], beside: Grid, stated: Sequence[tuple[int, str, str]]
) -> Draft:
    """Return what a filled form says of a map."""
    return _Filled(grids, beside, stated).draft()


class _Filled:
    def __init__(
        self, grids: Sequence[Grid], beside: Grid, stated: Sequence[tuple[int, str, str]]
    ) -> None:
        self.file = beside.file
        self.parts: dict[str, Grid] = {}
        for grid in grids:
            part = part_of(str(grid.sheet))
            if part is not None:
                self.parts.setdefault(part, grid)
        self.form = next((value for _, name, value in stated if name == "form"), "")
        self.stated = [row for row in stated if row[1] != "form"]
        self.called: dict[str, dict[str, tuple[str, str]]] = {}
        for _, row in beside.rows:
            what, shown, id_, name = ([*row, *[None] * 7][_BESIDE])[:4]
            if what and shown and id_:
                self.called.setdefault(what, {})[alike(str(shown))] = (str(id_), str(name or ""))
        self.ids = {shown: id_ for shown, (id_, _) in self.called.get("actor", {}).items()}
        self.problems: list[Problem] = []
        self.places: dict[tuple[str | int, ...], Place] = {}

    def draft(self) -> Draft:
        if self.form in PAPERS:
            place, values = Place(file=self.file), {"forms": list(ASKED)}
            raise InvalidMap(Problem(code="form_is_no_map", place=place, values=values))
        if not self.parts.keys() & {"actors", "partners"}:
            values = {"names": [str(text("workbook.actors", lang)) for lang in LANGUAGES]}
            raise InvalidMap(
                Problem(code="form_without_actors", place=Place(file=self.file), values=values)
            )
        sheet = "partners" if "partners" in self.parts else "actors"
        actors = self._table(sheet)
        self._name(actors)
        content, respondent = self._about()
        if sheet == "partners":
            ties = self._chosen(actors, respondent)
        else:
            ties = self._ties()
            if respondent is not None and len(ties):
                self._tell_informant(ties, respondent)
        content |= FilledToolbox(
            self.parts, self.called, self._id, self.file, self.places
        ).content()
        return Draft(actors, ties, about=content, problems=self.problems, place_of=self._placed)

    def _placed(self, problem: Problem) -> Problem | None:
        path = problem.place.path
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                place = dataclasses.replace(self.places[path[:end]], path=path)
                return dataclasses.replace(problem, place=place)
        return None

    # --- actors and ties

    def _table(self, part: str) -> Sheet:
        """Return the rows below the headings of a sheet."""
        grid = self.parts[part]
        table = "ties" if part == "ties" else "actors"
        known = [FIELDS[table], *([FIELDS["ties"]] if part == "partners" else [])]

        def score(row: Sequence[Any]) -> int:
            names = [str(cell) for cell in row if isinstance(cell, str) and len(cell) < _LONG]
            return sum(_field(name, known) is not None for name in names)

        heads = [(score(row), -place) for place, (_, row) in enumerate(grid.rows[:_HEAD])]
        best = max(heads, default=(0, 0))
        if not best[0]:
            place = Place(file=self.file, sheet=grid.sheet)
            raise InvalidMap(Problem(code="form_without_headings", place=place))
        number, over = grid.rows[-best[1]]
        below = grid.rows[1 - best[1] :]
        found = [
            (place, _field(str(name), known) or str(name))
            for place, name in enumerate(over)
            if name is not None
        ]
        names = [
            # The heading itself, where it is one that the rules for rows know too.
            str(over[place])
            if headings.field_of(FIELDS[table], str(over[place])) == field
            else field
            for place, field in found
        ]
        read = [
            [_read(field, row[place] if place < len(row) else None) for _, row in below]
            for place, field in found
        ]
        return Sheet(
            names,
            read,
            file=self.file,
            sheet=grid.sheet,
            numbers=[one for one, _ in below],
            heading_row=number,
            typed=True,
            letters=[letters(place) for place, _ in found],
        )

    def _name(self, sheet: Sheet) -> None:
        """Give each row the id that it has in the map, or else its name as one."""
        place = next(
            (
                place
                for place, name in enumerate(sheet.headings)
                if headings.field_of(FIELDS["actors"], name) == "name"
            ),
            None,
        )
        if place is None:
            where = sheet.place()
            raise InvalidMap(Problem(code="form_without_headings", place=where))
        ids: list[str | None] = []
        names: list[str | None] = []
        for cell in sheet.columns[place]:
            shown = said(cell)
            id_, name = self.called.get("actor", {}).get(alike(shown or ""), (shown, ""))
            ids.append(id_)
            names.append(name or None)
            if shown and id_:
                self.ids[alike(shown)] = id_
        sheet.columns[place] = names
        sheet.headings.insert(0, "id")
        sheet.columns.insert(0, ids)
        sheet.letters = [letters(place), *(sheet.letters or ())]
        filled = [
            row
            for row in range(len(sheet))
            if any(column[row] is not None for column in sheet.columns)
        ]
        sheet.columns = [[column[row] for row in filled] for column in sheet.columns]
        sheet.numbers = [(sheet.numbers or ())[row] for row in filled]

    def _id(self, cell: Any) -> Any:
        shown = said(cell)
        return shown and self.ids.get(alike(shown), shown)

    def _ties(self) -> Sheet:
        if "ties" not in self.parts:
            return Sheet(["source", "target"], [[], []], file=self.file)
        sheet = self._table("ties")
        for place, name in enumerate(sheet.headings):
            if headings.field_of(FIELDS["ties"], name) in {"source", "target", "informant"}:
                sheet.columns[place] = [self._id(cell) for cell in sheet.columns[place]]
        mutual = "mutual" in {headings.field_of(FIELDS["ties"], one) for one in sheet.headings}
        if not mutual:
            self._add(sheet, "mutual", [True] * len(sheet))
        return sheet

    def _add(self, sheet: Sheet, name: str, column: list[Any]) -> None:
        sheet.headings.append(name)
        sheet.columns.append(column)
        sheet.letters = [*(sheet.letters or ()), letters(len(sheet.headings))]

    def _tell_informant(self, ties: Sheet, respondent: str) -> None:
        fields = [headings.field_of(FIELDS["ties"], one) for one in ties.headings]
        if "informant" not in fields:
            self._add(ties, "informant", [None] * len(ties))
            fields.append("informant")
        place = fields.index("informant")
        ties.columns[place] = [cell or respondent for cell in ties.columns[place]]

    def _chosen(self, actors: Sheet, respondent: str | None) -> Sheet:
        """Return a tie to each partner that was chosen, as it was rated."""
        rated = [
            place
            for place, name in enumerate(actors.headings)
            if headings.field_of(FIELDS["actors"], name) not in {"id", "name", "kind"}
            and headings.field_of(FIELDS["ties"], name) not in {None, "kind"}
        ]
        chosen = next(
            (
                column
                for name, column in zip(actors.headings, actors.columns, strict=True)
                if name == "chosen"
            ),
            [None] * len(actors),
        )
        ids = actors.columns[0]
        rows = [
            row
            for row in range(len(actors))
            if _is_yes(chosen[row])
            or (
                chosen[row] is None
                and any(actors.columns[place][row] is not None for place in rated)
            )
        ]
        if rows and respondent is None:
            place = self.places.get(("respondent",), Place(file=self.file))
            self.problems.append(Problem(code="form_without_respondent", place=place))
        if respondent is not None and respondent not in ids:
            for name, column in zip(actors.headings, actors.columns, strict=True):
                column.append(respondent if name == "id" else None)
            actors.numbers = [*(actors.numbers or ()), actors.heading_row or 1]
        ties = Sheet(
            [
                "source",
                "target",
                "mutual",
                "informant",
                *(actors.headings[place] for place in rated),
            ],
            [
                [respondent or ids[row] for row in rows],
                [ids[row] for row in rows],
                [False] * len(rows),
                [respondent] * len(rows),
                *([actors.columns[place][row] for row in rows] for place in rated),
            ],
            file=self.file,
            sheet=actors.sheet,
            numbers=[(actors.numbers or ())[row] for row in rows],
            heading_row=actors.heading_row,
            typed=True,
        )
        over = actors.letters or ()
        ties.letters = [*[over[0]] * 4, *(over[place] for place in rated)]
        kept = [
            place
            for place, name in enumerate(actors.headings)
            if place not in rated and name != "chosen"
        ]
        actors.headings = [actors.headings[place] for place in kept]
        actors.columns = [actors.columns[place] for place in kept]
        actors.letters = [over[place] for place in kept]
        return ties

    # --- the map itself

    def _about(self) -> tuple[dict[str, Any], str | None]:
        """Return the fields of the map, and who has filled in the form."""
        grid = self.parts.get("about")
        rows = {name: (number, name, value) for number, name, value in self.stated}
        respondent = None
        where: dict[str, Place] = {}
        for number, row in grid.rows if grid is not None else ():
            label, cell = ([*row, None, None])[:2]
            field = about_fields().get(str(label))
            if field is None:
                continue
            where[field] = Place(
                file=self.file, sheet=grid.sheet if grid else None, row=number, cell=f"B{number}"
            )
            value = cells.native(cell)
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            value = None if cells.is_empty(value) else str(value).strip()
            if field == "respondent":
                respondent = self._id(value)
                self.places["respondent",] = where[field]
            elif value is not None:
                # An apostrophe is a letter here; the table of a map takes it for a sign.
                written = cells.write_text(self._about_value(field, value))
                rows[field] = (number, field, written)
        content, _, problems = about.read(rows.values())
        self.problems += [
            dataclasses.replace(one, place=where.get(str(one.place.field), one.place))
            for one in problems
        ]
        for field, place in where.items():
            self.places[tuple(field.split("."))] = place
        return content, respondent

    def _about_value(self, field: str, value: str) -> str:
        if field == "focal":
            return str(self._id(value))
        if field == "scope":
            return words.code_of("scope", value) or value
        if field == "consent.seen_by":
            told = [one.strip() for one in _SEVERAL.split(value) if one.strip()]
            ids = [str(self._id(one)) for one in told]
            # An id with a bar would be read as several; the name says who it is.
            return "|".join(w if "|" in id_ else id_ for w, id_ in zip(told, ids, strict=True))
        return value


_HEAD = 20
_LONG = 80


def _field(heading: str, known: Sequence[Mapping[str, tuple[str, ...]]]) -> str | None:
    """Tell the field of a heading of a form."""
    found = ours().get(headings.simple(heading))
    return found or next(
        (field for table in known if (field := headings.field_of(table, heading))), None
    )


def _read(field: str, cell: Any) -> Any:
    if field == "tags.essential" and isinstance(cell, str):
        return cells.read_boolean(cell.strip())
    known = field in FIELDS["actors"] or field in FIELDS["ties"] or field == "chosen"
    return cell if known or not isinstance(cell, str) else read_tag(cell)


def _is_yes(cell: Any) -> bool:
    answer = cells.read_boolean(cell.strip()) if isinstance(cell, str) else cell
    return bool(answer) and not isinstance(answer, str)
