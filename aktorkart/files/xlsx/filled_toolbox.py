"""Goals, plan and checklist of a form that somebody has filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files import cells
from aktorkart.files.sheets import letters
from aktorkart.files.xlsx.asked import number_of, toolbox_field
from aktorkart.files.xlsx.called import Called, alike, line, said
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import vocabulary
from aktorkart.toolbox.new_checklist import ITEMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from aktorkart.files.xlsx.filled_sheets import Sheets

_TIMES = {"date": "date", "points": "value"}
"""The columns that stand several times, and what they are of a point."""

_LETTERS = {"goal": "g", "action": "p", "item": "c"}
"""The first letter of new ids."""


@dataclass
class _Row:
    """A row of the toolbox: what it says by field, who contributes, points by their number."""

    place: Place
    said: dict[str, str] = field(default_factory=dict)
    actors: list[tuple[str, Place]] = field(default_factory=list)
    points: dict[int | None, dict[str, Any]] = field(default_factory=dict)
    columns: dict[str, Place] = field(default_factory=dict)
    timed: dict[tuple[int | None, str], Place] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.said.get(name)


@dataclass(frozen=True)
class FilledToolbox:
    """The sheets of the toolbox; ``called`` is what their rows were called in the map."""

    sheets: Sheets
    called: Mapping[str, Called]
    own: Mapping[str, Mapping[str, str]]
    id_of: Callable[[Any, Place], Any]
    places: dict[tuple[str | int, ...], Place]
    problems: list[Problem]
    goals: Called = field(default_factory=Called)

    def content(self) -> dict[str, Any]:
        """Return what the sheets say of the map; goals first, since the plan names them."""
        found = {"goals": self._goals(), "plan": self._plan(), "checklist": self._checklist()}
        return {section: items for section, items in found.items() if items}

    def _goals(self) -> list[dict[str, Any]]:
        goals: list[dict[str, Any]] = []
        rows, there = self._rows("goals")
        for row in rows:
            id_, own = self._item("goal", row.get("title"), there, goals)
            if title := row.get("title"):
                self.goals.add(title, id_)
            goal = {
                "id": id_,
                "title": own or None,
                "direction": _of_catalogue(
                    "toolbox.direction", vocabulary.DIRECTIONS, row.get("direction")
                ),
                "area": self._area(row.get("area")),
                "note": row.get("note"),
                "actors": [self.id_of(one, place) for one, place in row.actors],
                "points": _points(row),
                "health": _yes_or_no(row.get("health")),
            }
            self._add("goals", goals, goal, row)
        return goals

    def _plan(self) -> list[dict[str, Any]]:
        plan: list[dict[str, Any]] = []
        rows, there = self._rows("plan")
        for row in rows:
            id_, own = self._item("action", row.get("title"), there, plan)
            responsible = row.get("responsible")
            action = {
                "id": id_,
                "title": own or None,
                "goal": self._goal(row.get("goal"), row.columns.get("goal", row.place)),
                "responsible": responsible and self.id_of(responsible, row.columns["responsible"]),
                "due": _date(row.get("due")),
                "done": _date(row.get("done")),
                "phase": _phase(row.get("phase")),
                "note": row.get("note"),
            }
            self._add("plan", plan, action, row)
        return plan

    def _goal(self, told: str | None, place: Place) -> str | None:
        found = self.goals.find(told or "")
        if len(found) > 1:
            values = {"value": told, "names": list(found.values())}
            self.problems.append(Problem(code="form_name_of_several", place=place, values=values))
        return next(iter(found), told)

    def _checklist(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        rows, there = self._rows("checklist")
        for row in rows:
            title, points = row.get("title"), _points(row)
            ours = _our_items().get(alike(title or ""))
            known = self.called["item"].find(title or "")
            if not points and not row.get("note") and not known and ours:
                continue  # a line that we offered and nobody used
            id_, own = self._item("item", title, there, items, ours)
            item = {
                "id": id_,
                "title": own or None,
                "phase": _phase(row.get("phase")),
                "points": points,
                "note": row.get("note"),
            }
            self._add("checklist", items, item, row)
        return items

    def _add(
        self, section: str, items: list[dict[str, Any]], item: dict[str, Any], row: _Row
    ) -> None:
        at = (section, len(items))
        self.places[at] = row.place
        for name, place in row.columns.items():
            self.places[*at, name] = place
        self.places[*at, "id"] = row.columns.get("title", row.place)
        for number, (_, place) in enumerate(row.actors):
            self.places[*at, "actors", number] = place
        stated = [of for of, point in row.points.items() if point]
        for place_of, of in enumerate(stated):
            for name, part in _TIMES.items():
                there = row.timed.get((of, name), row.place)
                self.places[*at, "points", place_of, part] = there
        items.append({name: one for name, one in item.items() if one is not None})

    def _area(self, told: str | None) -> str | None:
        known = self.called["area"].find(told or "")
        return next(iter(known), None) or _of_catalogue("toolbox.area", vocabulary.AREAS, told)

    def _item(
        self,
        what: str,
        title: str | None,
        there: Collection[str],
        items: Sequence[Mapping[str, Any]],
        ours: str | None = None,
    ) -> tuple[str, str]:
        """Return the id and the title of a row: the map's, or new ones."""
        called = self.called[what]
        known = called.known(title or "", there)
        if known is not None:
            return known, self.own[what][known]
        taken = {*called.names.values(), *(one["id"] for one in items)}
        number = len(items) + 1
        while (id_ := f"{_LETTERS[what]}{number:02d}") in taken:
            number += len(taken)
        return ours or id_, title or ""

    def _rows(self, part: str) -> tuple[list[_Row], set[str]]:
        """Return the rows of a sheet, and what they are called."""
        grid = self.sheets.parts.get(part)
        found = self.sheets.table(part) if grid is not None else None
        if grid is None or found is None:
            if grid is not None and len(grid.rows) > 1:
                place = Place(file=self.sheets.file, sheet=grid.sheet)
                raise InvalidMap(Problem(code="form_without_headings", place=place))
            return [], set()
        _, columns, below = found
        rows = []
        for number, cells_ in below:
            where = Place(file=self.sheets.file, sheet=grid.sheet, row=number)
            row = _Row(where)
            for column, heading in columns:
                place = Place(
                    file=where.file,
                    sheet=where.sheet,
                    row=number,
                    field=heading,
                    cell=f"{letters(column)}{number}",
                )
                cell = cells_[column] if column < len(cells_) else None
                field_ = str(toolbox_field(part, heading))
                if not _take(row, field_, number_of(heading), cell, place):
                    self.sheets.unread(grid, number, column)
            rows.append(row)
        return rows, {line(row.get("title") or "") for row in rows}


def _take(row: _Row, name: str, number: int | None, cell: Any, place: Place) -> bool:
    """Put a cell where it belongs in its row; tell whether nothing else stands there."""
    if name in _TIMES:
        row.timed.setdefault((number, name), place)
        point = row.points.setdefault(number, {})
        if cell is None:
            return True
        value = cells.native(cell)
        if name == "points":
            read = cells.read_number(value.strip()) if isinstance(value, str) else value
        else:
            read = _date(said(value))
        return point.setdefault(_TIMES[name], read) is read
    told = said(cell)
    if name == "actor":
        row.actors += [(told, place)] if told is not None else []
        return True
    row.columns.setdefault(name, place)
    return told is None or row.said.setdefault(name, told) is told


def _date(told: str | None) -> str | None:
    return told and cells.read_date(told)


def _yes_or_no(told: str | None) -> bool | str | None:
    return told and cells.read_boolean(told)


def _points(row: _Row) -> list[dict[str, Any]]:
    return [point for point in row.points.values() if point]


def _of_catalogue(prefix: str, codes: Sequence[str], told: str | None) -> str | None:
    """Return the code of a word in any of the four languages; the word where there is none."""
    for code in codes if told is not None else ():
        if alike(told or "") in {alike(text(f"{prefix}.{code}", lang)) for lang in LANGUAGES}:
            return code
    return told


def _phase(told: str | None) -> str | None:
    return _of_catalogue("toolbox.phase", vocabulary.PHASES, told)


def _our_items() -> dict[str, str]:
    return {alike(text(f"toolbox.item.{id_}", lang)): id_ for id_, _ in ITEMS for lang in LANGUAGES}
