"""A form that somebody has filled in: words become codes, names become ids."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files import cells, headings
from aktorkart.files.rows import FIELDS
from aktorkart.files.sheets import Draft, Sheet, letters
from aktorkart.files.xlsx.asked import ASKED, PAPERS, over
from aktorkart.files.xlsx.called import Called, line, said
from aktorkart.files.xlsx.filled_about import about_in, may_be_around_a_person
from aktorkart.files.xlsx.filled_sheets import Sheets, field_of
from aktorkart.files.xlsx.filled_toolbox import FilledToolbox
from aktorkart.files.xlsx.own import read_tag
from aktorkart.files.xlsx.package import place_of
from aktorkart.i18n import capital, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.files.sheets import Grid

_BESIDE = slice(3, 7)
"""Where the hidden sheet has what rows were called in the map: of what, shown as, id, name."""


@dataclasses.dataclass
class Filled:
    """What a filled form says of a map, its language and names, and what is not read of it."""

    draft: Draft
    lang: str
    names: dict[str, str]
    lost: list[Problem]


def filled(
    shown: Sequence[Grid],
    left_out: Iterable[str],
    beside: Grid,
    stated: Sequence[tuple[int, str, str]],
) -> Filled:
    """Read the sheets of a form that are shown, with what stands beside them in the hidden one."""
    return _Filled(shown, left_out, beside, stated).filled()


class _Filled:
    def __init__(
        self,
        shown: Sequence[Grid],
        left_out: Iterable[str],
        beside: Grid,
        stated: Sequence[tuple[int, str, str]],
    ) -> None:
        self.file = beside.file
        form = next((value for _, name, value in stated if name == "form"), "")
        if form in PAPERS:
            place, values = Place(file=self.file), {"forms": list(ASKED)}
            raise InvalidMap(Problem(code="form_is_no_map", place=place, values=values))
        self.sheets = Sheets(shown, left_out, form, beside)
        self.parts = self.sheets.parts
        self.lang = next((value for _, name, value in stated if name == "lang"), self.sheets.lang)
        self.stated = [row for row in stated if row[1] != "form"]
        self.called: dict[str, Called] = defaultdict(Called)
        self.own: dict[str, dict[str, str]] = defaultdict(dict)
        for _, row in beside.rows:
            what, shown_as, id_, name = ([*row, *[None] * 7][_BESIDE])[:4]
            if what and shown_as and id_:
                self.called[what].add(str(shown_as), str(id_))
                self.own[what][str(id_)] = str(name or "")
        self.actors = Called()
        self.unsure: set[tuple[str, Place]] = set()
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.places: dict[tuple[str | int, ...], Place] = {}

    def filled(self) -> Filled:
        try:
            draft = self._draft()
        except InvalidMap as error:
            raise InvalidMap([*error.problems, *self.sheets.all_notes()]) from None
        lost = self.sheets.all_notes()
        draft.notes += lost
        names = {id_: name for name, id_ in self.actors.names.items()}
        return Filled(draft, self.lang, names, lost)

    def _draft(self) -> Draft:
        part = "partners" if "partners" in self.parts else "actors"
        if part not in self.parts:
            asked = "partners" if self.sheets.form == "partners" else "actors"
            values = {"name": text(f"workbook.{asked}", self.lang)}
            raise InvalidMap(
                Problem(code="form_without_actors", place=Place(file=self.file), values=values)
            )
        actors = self._table(part)
        self._name(actors)
        ties = self._ties() if part == "actors" else None
        about = about_in(self.sheets, self.stated, self._id)
        self.problems += about.problems
        for name, place in about.places.items():
            self.places[tuple(name.split("."))] = place
        if may_be_around_a_person(self.sheets, about, has_user=_has_user(actors)):
            about.content["scope"] = "individual"
            place = about.places.get("scope", Place(file=self.file))
            self.notes.append(Problem(code="form_taken_as_individual", place=place))
        if ties is None:
            ties = self._chosen(actors, about.respondent)
        elif about.respondent is not None and len(ties):
            self._tell_informant(ties, about.respondent)
        if about.respondent is not None and not len(ties):  # then no tie says who it was
            about.content.setdefault("source", about.respondent)
        about.content |= FilledToolbox(
            self.sheets, self.called, self.own, self._id, self.places, self.problems
        ).content()
        return Draft(
            actors,
            ties,
            about=about.content,
            notes=self.notes,
            problems=self.problems,
            place_of=self._placed,
            asked=True,
        )

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
        found = self.sheets.table(part)
        if found is None:
            place = Place(file=self.file, sheet=grid.sheet)
            raise InvalidMap(Problem(code="form_without_headings", place=place))
        number, columns, below = found
        means = [(place, field_of(part, name) or name) for place, name in columns]
        if part == "ties":
            means = _with_ends(means)
        names = [
            # The heading itself, where it is one that the rules for rows know too.
            name if headings.field_of(FIELDS[table], name) == field else field
            for (_, name), (_, field) in zip(columns, means, strict=True)
        ]
        read = [
            [_read(field, row[place] if place < len(row) else None) for _, row in below]
            for place, field in means
        ]
        sheet = Sheet(
            names,
            read,
            file=self.file,
            sheet=grid.sheet,
            numbers=[one for one, _ in below],
            heading_row=number,
            typed=True,
            letters=[letters(place) for place, _ in columns],
        )
        self._tell_gone(part, sheet, {field for _, field in means})
        return sheet

    def _tell_gone(self, part: str, sheet: Sheet, there: set[str]) -> None:
        """Say which columns are gone, where another that was not asked for may be one of them."""
        gone = [one for one in ASKED.get(self.sheets.form, {}).get(part, ()) if one not in there]
        others = [
            name
            for name, column in zip(sheet.headings, sheet.columns, strict=True)
            if field_of(part, name) is None and any(cell is not None for cell in column)
        ]
        if gone and others:
            values = {
                "fields": [capital(over(part, one, self.lang)) for one in gone],
                "names": others,
            }
            self.notes.append(Problem(code="form_columns", place=sheet.place(), values=values))

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
        shown = [said(cell) for cell in sheet.columns[place]]
        there = {line(one) for one in shown if one is not None}
        called = self.called["actor"]
        known = [one and called.known(one, there) for one in shown]
        taken = {one for one in known if one}
        used = {*taken}
        ids: list[str | None] = []
        names: list[str | None] = []
        for one, before in zip(shown, known, strict=True):
            id_ = before
            if one and not before:
                id_ = self.actors.names.get(line(one)) or _unused(one, used)
                used.add(id_)
            ids.append(id_)
            own = self.own["actor"].get(id_ or "", "") if id_ in taken else one
            names.append(own if own and own != id_ else None)
            if one and id_:
                self.actors.add(one, id_)
        sheet.columns[place] = names
        sheet.headings.insert(0, "id")
        sheet.columns.insert(0, ids)
        sheet.letters = [(sheet.letters or ())[place], *(sheet.letters or ())]

    def _id(self, cell: Any, place: Place) -> Any:
        """Return the id of whom a cell names; what it says where that is nobody."""
        shown = said(cell)
        if shown is None:
            return None
        found = self.actors.find(shown)
        if len(found) > 1 and (shown, place) not in self.unsure:
            self.unsure.add((shown, place))
            values = {"value": shown, "names": list(found.values())}
            self.problems.append(Problem(code="form_name_of_several", place=place, values=values))
        # Of several any, or the map would say beside that nobody is called so.
        return next(iter(found), shown)

    def _ties(self) -> Sheet:
        if "ties" not in self.parts:
            return Sheet(["source", "target"], [[], []], file=self.file)
        sheet = self._table("ties")
        for place, name in enumerate(sheet.headings):
            if headings.field_of(FIELDS["ties"], name) in {"source", "target", "informant"}:
                sheet.columns[place] = [
                    self._id(cell, sheet.place(row, name))
                    for row, cell in enumerate(sheet.columns[place])
                ]
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
        answers = (
            [*map(_answer, column)]
            for name, column in zip(actors.headings, actors.columns, strict=True)
            if name == "chosen"
        )
        chosen = next(answers, [None] * len(actors))
        ids = actors.columns[0]
        rows = []
        for row, answer in enumerate(chosen):
            told = [place for place in rated if actors.columns[place][row] is not None]
            if answer is True or (answer is None and told):
                rows.append(row)
            elif isinstance(answer, str):
                where = actors.place(row, "chosen")
                where = dataclasses.replace(where, field=over("partners", "chosen", self.lang))
                values = {"value": answer}
                self.problems.append(Problem(code="not_boolean", place=where, values=values))
            else:  # of those who were not chosen nothing is kept
                grid, number = self.parts["partners"], (actors.numbers or ())[row]
                for place in told:
                    self.sheets.unread(grid, number, place_of((actors.letters or ())[place]))
        if rows and respondent is None:
            asked = self.places.get(("respondent",), Place(file=self.file))
            self.problems.append(Problem(code="form_without_respondent", place=asked))
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
                [respondent] * len(rows),
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
        columns = actors.letters or ()
        ties.letters = [*[columns[0]] * 4, *(columns[place] for place in rated)]
        kept = [
            place
            for place, name in enumerate(actors.headings)
            if place not in rated and name != "chosen"
        ]
        actors.headings = [actors.headings[place] for place in kept]
        actors.columns = [actors.columns[place] for place in kept]
        actors.letters = [columns[place] for place in kept]
        return ties


def _with_ends(means: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Know the two ends of ties where their headings are ends only together: who, with whom."""
    if {"source", "target"} & {field for _, field in means}:
        return means
    simple = [headings.simple(field) for _, field in means]
    for one, other, _ in headings.PAIRS:
        if one in simple and other in simple:
            ends = {simple.index(one): "source", simple.index(other): "target"}
            return [(place, ends.get(at, name)) for at, (place, name) in enumerate(means)]
    return means


def _has_user(actors: Sheet) -> bool:
    """Tell whether somebody on a sheet of actors is a user."""
    kinds = [
        column
        for name, column in zip(actors.headings, actors.columns, strict=True)
        if headings.field_of(FIELDS["actors"], name) == "kind"
    ]
    return any(
        headings.code_of("actors", "kind", str(cell)) == "user" for one in kinds for cell in one
    )


def _unused(name: str, taken: set[str]) -> str:
    """Return an id for a name that is new: the name, unless somebody else has it as id."""
    id_, number = name, 1
    while id_ in taken:
        number += 1
        id_ = f"{name} ({number})"
    return id_


def _read(field: str, cell: Any) -> Any:
    if field == "tags.essential" and isinstance(cell, str):
        return cells.read_boolean(cell.strip())
    known = field in FIELDS["actors"] or field in FIELDS["ties"] or field == "chosen"
    return cell if known or not isinstance(cell, str) else read_tag(cell)


def _answer(cell: Any) -> bool | str | None:
    """Return yes or no; what else stands there as it is."""
    told = said(cell)
    return cell if isinstance(cell, bool) else told and cells.read_boolean(told)
