"""What a filled form says of the map itself, and who has filled it in."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem
from aktorkart.files import about, cells, words
from aktorkart.files.sheets import letters
from aktorkart.files.xlsx.asked import SCOPES, form_titled
from aktorkart.files.xlsx.filled_sheets import questions_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aktorkart.files.sheets import Grid
    from aktorkart.files.xlsx.filled_sheets import Sheets

_SEVERAL = re.compile(r"[;|\n]")


@dataclass
class About:
    """The fields of the map, the respondent's id, and where each was asked."""

    content: dict[str, Any] = field(default_factory=dict)
    respondent: str | None = None
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def about_in(
    sheets: Sheets, stated: Sequence[tuple[int, str, str]], id_of: Callable[[Any, Place], Any]
) -> About:
    """Read what is stated in the hidden sheet, and what is answered in that about the map."""
    found = About()
    rows = {name: (number, name, value) for number, name, value in stated}
    grid = sheets.parts.get("about")
    for number, name, value, place in _answers(sheets, grid) if grid is not None else ():
        found.places[name] = place
        if name == "respondent":
            found.respondent = id_of(value, place)
        elif value is not None:
            # An apostrophe is a letter here; the table of a map takes it for a sign.
            rows[name] = (number, name, cells.write_text(_value(name, value, place, id_of)))
    found.content, _, problems = about.read(rows.values())
    found.problems = [
        dataclasses.replace(one, place=found.places.get(str(one.place.field), one.place))
        for one in problems
    ]
    return found


def _answers(sheets: Sheets, grid: Grid) -> list[tuple[int, str, str | None, Place]]:
    """Return row, field, answer and its place; what stands elsewhere on the sheet is said."""
    asked: dict[int, tuple[int, str]] = {}
    met: set[str] = set()
    for number, place, name in questions_on(grid):
        if number not in asked and name not in met:
            asked[number] = (place, name)
            met.add(name)
    found = []
    for number, row in grid.rows:
        place, name = asked.get(number, (-1, ""))
        for column, cell in enumerate(row):
            ours = column == place or form_titled(str(cell)) is not None
            answer = name and column == place + 1
            if not (ours or answer or cells.is_empty(cell)):
                sheets.unread(grid, number, column)
        if name:
            value = cells.native(row[place + 1]) if place + 1 < len(row) else None
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            where = Place(
                file=sheets.file,
                sheet=grid.sheet,
                row=number,
                cell=f"{letters(place + 1)}{number}",
            )
            found.append(
                (number, name, None if cells.is_empty(value) else str(value).strip(), where)
            )
    return found


def _value(name: str, value: str, place: Place, id_of: Callable[[Any, Place], Any]) -> str:
    if name == "focal":
        return str(id_of(value, place))
    if name == "scope":
        return words.code_of("scope", value) or value
    if name == "consent.seen_by":
        told = [one.strip() for one in _SEVERAL.split(value) if one.strip()]
        ids = [str(id_of(one, place)) for one in told]
        # An id with a bar would be read as several; the name says who it is.
        return "|".join(w if "|" in id_ else id_ for w, id_ in zip(told, ids, strict=True))
    return value


def may_be_around_a_person(sheets: Sheets, found: About, *, has_user: bool) -> bool:
    """Tell whether a form that does not say what it is about has to be taken as one person's.

    Whoever was asked and did not answer has said nothing of a person, unless the form has a user
    or a consent. Where the question itself is gone, nobody knows what was answered.
    """
    if "scope" in found.content:
        return False
    if sheets.form in SCOPES:
        found.content["scope"] = SCOPES[sheets.form]
        return False
    return "scope" not in found.places or has_user or "consent" in found.content
