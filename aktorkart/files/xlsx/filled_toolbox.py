"""Goals, plan and checklist of a form that somebody has filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place
from aktorkart.files import cells
from aktorkart.files.xlsx.asked import toolbox_fields
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import vocabulary
from aktorkart.toolbox.new_checklist import ITEMS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aktorkart.files.sheets import Grid


@dataclass(frozen=True)
class FilledToolbox:
    """The sheets of the toolbox; ``called`` is what their rows were called in the map."""

    parts: Mapping[str, Grid]
    called: Mapping[str, Mapping[str, tuple[str, str]]]
    id_of: Callable[[Any], Any]
    file: str
    places: dict[tuple[str | int, ...], Place]
    goals: dict[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """Return what the sheets say of the map; goals first, since the plan names them."""
        found = {"goals": self._goals(), "plan": self._plan(), "checklist": self._checklist()}
        return {section: items for section, items in found.items() if items}

    def _goals(self) -> list[dict[str, Any]]:
        goals: list[dict[str, Any]] = []
        for record, place in self._records("goals"):
            title = record.get("title")
            id_, own = self._item("goal", title, "g", goals)
            self.goals.setdefault(alike(title or ""), id_)
            goal = {
                "id": id_,
                "title": own or None,
                "direction": _of_catalogue(
                    "toolbox.direction", vocabulary.DIRECTIONS, record.get("direction")
                ),
                "area": self._area(record.get("area")),
                "note": record.get("note"),
                "actors": [self.id_of(one) for one in record["actor"]],
                "points": _points(record),
                "health": _yes_or_no(record.get("health")),
            }
            self._add("goals", goals, goal, place)
        return goals

    def _plan(self) -> list[dict[str, Any]]:
        plan: list[dict[str, Any]] = []
        for record, place in self._records("plan"):
            id_, own = self._item("action", record.get("title"), "p", plan)
            goal = record.get("goal")
            action = {
                "id": id_,
                "title": own or None,
                "goal": goal and self.goals.get(alike(goal), goal),
                "responsible": self.id_of(record.get("responsible")),
                "due": _date(record.get("due")),
                "done": _date(record.get("done")),
                "phase": _phase(record.get("phase")),
                "note": record.get("note"),
            }
            self._add("plan", plan, action, place)
        return plan

    def _checklist(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for record, place in self._records("checklist"):
            title, points = record.get("title"), _points(record)
            ours = _our_items().get(alike(title or ""))
            if (
                not points
                and not record.get("note")
                and alike(title or "") not in self.called.get("item", {})
                and ours
            ):
                continue  # a line that we offered and nobody used
            id_, own = self._item("item", title, "c", items, ours)
            item = {
                "id": id_,
                "title": own or None,
                "phase": _phase(record.get("phase")),
                "points": points,
                "note": record.get("note"),
            }
            self._add("checklist", items, item, place)
        return items

    def _add(
        self, section: str, items: list[dict[str, Any]], item: dict[str, Any], place: Place
    ) -> None:
        self.places[section, len(items)] = place
        items.append({name: one for name, one in item.items() if one is not None})

    def _area(self, said: str | None) -> str | None:
        known = self.called.get("area", {}).get(alike(said or ""))
        return known[0] if known else _of_catalogue("toolbox.area", vocabulary.AREAS, said)

    def _item(
        self,
        what: str,
        title: str | None,
        letter: str,
        items: Sequence[Mapping[str, Any]],
        ours: str | None = None,
    ) -> tuple[str, str]:
        """Return the id and the title of a row: the map's, or new ones."""
        called = self.called.get(what, {})
        known = called.get(alike(title or ""))
        if known is not None:
            return known
        taken = {id_ for id_, _ in called.values()}
        number = len(items) + 1
        while (id_ := f"{letter}{number:02d}") in taken:
            number += len(taken)
        return ours or id_, title or ""

    def _records(self, part: str) -> list[tuple[dict[str, Any], Place]]:
        """Return the rows of a sheet, with lists of what stands several times."""
        grid = self.parts.get(part)
        if grid is None:
            return []
        known = toolbox_fields(part)

        def field(cell: Any) -> str | None:
            return known.get(re.sub(r" \d+$", "", str(cell).strip()).casefold())

        heads = [sum(field(cell) is not None for cell in row) for _, row in grid.rows]
        if not heads or not max(heads):
            return []
        top = heads.index(max(heads))
        means = [field(cell) for cell in grid.rows[top][1]]
        found = []
        for number, row in grid.rows[top + 1 :]:
            record: dict[str, Any] = {"actor": [], "date": [], "points": []}
            for name, cell in zip(means, row, strict=False):
                value = cells.native(cell)
                if name in {"date", "points"}:
                    record[name].append(value)
                elif name is not None and not cells.is_empty(value):
                    told = said(value) or ""
                    if name == "actor":
                        record["actor"].append(told)
                    else:
                        record[name] = told
            if any(not cells.is_empty(one) for one in (*row,)):
                place = Place(file=self.file, sheet=grid.sheet, row=number)
                found.append((record, place))
        return found


def said(cell: Any) -> str | None:
    """Return what a cell says as text; None if it says nothing."""
    value = cells.native(cell)
    if cells.is_empty(value):
        return None
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value).strip()


def alike(name: str) -> str:
    """Return what spellings of a name share in a form, where an apostrophe is a letter."""
    return " ".join(name.split()).casefold()


def _date(told: str | None) -> str | None:
    return told and cells.read_date(told)


def _yes_or_no(told: str | None) -> bool | str | None:
    return told and cells.read_boolean(told)


def _points(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for when, value in zip(record["date"], record["points"], strict=False):
        if cells.is_empty(when) and cells.is_empty(value):
            continue
        number = cells.read_number(value.strip()) if isinstance(value, str) else value
        point = {"date": _date(said(when)), "value": number}
        found.append({name: one for name, one in point.items() if not cells.is_empty(one)})
    return found


def _of_catalogue(prefix: str, codes: Sequence[str], told: str | None) -> str | None:
    """Return the code of a word in any of the four languages; the word where there is none."""
    for code in codes if told is not None else ():
        if told in {text(f"{prefix}.{code}", lang) for lang in LANGUAGES}:
            return code
    return told


def _phase(told: str | None) -> str | None:
    return _of_catalogue("toolbox.phase", vocabulary.PHASES, told)


def _our_items() -> dict[str, str]:
    return {alike(text(f"toolbox.item.{id_}", lang)): id_ for id_, _ in ITEMS for lang in LANGUAGES}
