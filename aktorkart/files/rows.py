"""From the rows of a table of actors or ties to the fields of a map."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, guesses
from aktorkart.files import headings
from aktorkart.files.yaml_reading import plain_value
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, Tie

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "actors": headings.ACTORS,
    "ties": headings.TIES,
}
NEEDED = {"actors": ("id",), "ties": ("source", "target")}
LISTS = {"line", "level", "linkage", "open", "tasks", "changed_practice"}
NUMBERS = {"power", "interest", "legitimacy", "urgency", "stance", "strength"}
BOOLEANS = {"mutual", "needed"}
DATES = {"since", "until"}
GUARDED = "=+-@\t\r"
"""What a spreadsheet would run as a formula; such text is written with an apostrophe before."""


@dataclass
class Columns:
    """What the columns of a table mean."""

    table: str
    headings: list[str]
    fields: list[str | tuple[str, str] | None] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        seen: dict[Any, str] = {}
        for heading in self.headings:
            means = self._meaning(heading)
            if means is not None and means in seen:
                self._report("csv_same_column", heading, other=seen[means])
                means = None
            elif means is not None:
                seen[means] = heading
            self.fields.append(means)
        # A list of names is a list of actors too: the names are their ids.
        if self.table == "actors" and "id" not in seen and "name" in seen:
            self.fields[self.fields.index("name")] = "id"
            seen["id"] = seen["name"]
        for needed in NEEDED[self.table]:
            if needed not in seen:
                names = dict.fromkeys(FIELDS[self.table][needed])
                near = [one for name in names for one in guesses(name, filter(None, self.headings))]
                self.problems.append(
                    Problem(
                        code="csv_no_column",
                        values={"field": needed, "known": list(names)},
                        guesses=tuple(dict.fromkeys(near)),
                    )
                )

    def _meaning(self, heading: str) -> str | tuple[str, str] | None:
        name = " ".join(heading.split())
        if not name:
            return None
        if name.startswith("tags."):
            return ("tags", name.removeprefix("tags."))
        return headings.field_of(FIELDS[self.table], name) or ("tags", name)

    def _report(self, code: str, heading: str, **values: Any) -> None:
        place = Place(field=heading)
        self.problems.append(Problem(code=code, place=place, values={"field": heading, **values}))

    def heading(self, path: Sequence[str | int]) -> str | None:
        """Return the heading of the column that a value came from."""
        means: Any = tuple(path[:2]) if path and path[0] == "tags" else path[0] if path else None
        return self.headings[self.fields.index(means)] if means in self.fields else None

    def scale(self) -> tuple[float, float] | None:
        """Return the scale that the heading of the strengths states; 1 to 5 without one."""
        heading = self.heading(["strength"])
        return headings.scale_of(heading) if heading else (1.0, 5.0)

    def item(self, cells: Sequence[Any], *, typed: bool = False) -> dict[str, Any]:
        """Read one row."""
        found: dict[str, Any] = {}
        for means, cell in zip(self.fields, cells, strict=False):
            if means is None or is_empty(cell):
                continue
            if isinstance(means, tuple):
                value = tag(cell) if isinstance(cell, str) and not typed else _native(cell)
                found.setdefault("tags", {})[means[1]] = value
            else:
                found[means] = self._value(means, cell, typed=typed)
        return found

    def _value(self, means: str, cell: Any, *, typed: bool) -> Any:
        if not isinstance(cell, str):
            return _native(cell)
        said = cell if typed else unguarded(cell.strip())
        if means in LISTS:
            parts = [part.strip() for part in said.split("|")]
            return [headings.code_of(self.table, means, part) for part in parts if part]
        if means in NUMBERS:
            return number(said)
        if means in BOOLEANS:
            return boolean(said)
        if means in DATES:
            return day(said)
        return headings.code_of(self.table, means, said)


def is_empty(cell: Any) -> bool:
    """Tell whether a cell says nothing: None, blank text, NaN or a frame's NaT."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return True
    if isinstance(cell, (list, tuple, dict)) or hasattr(cell, "tolist"):
        return False
    # NaN and NaT are the values that do not equal themselves; pandas' NA says neither.
    equal = cell == cell  # noqa: PLR0124
    return not isinstance(equal, bool) or not equal


def _native(cell: Any) -> Any:
    """Turn a frame's own kinds of value into Python's."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if hasattr(cell, "tolist"):
        return cell.tolist()
    return cell


def unguarded(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:2] and cell[1] in GUARDED + "'" else cell


def tag(cell: str) -> Any:
    """Read a cell of a column that has no field of its own."""
    said = cell.strip()
    if said.startswith("'") and (said[1:2] in tuple(GUARDED + "'") or is_ambiguous(said[1:])):
        return said[1:]
    if "|" in said:
        parts = said.split("|")
        return [part.strip() for part in (parts if parts[-1].strip() else parts[:-1])]
    if re.fullmatch(r"-?[0-9]+,[0-9]+", said):
        return number(said)
    value = plain_value(said)
    return said if value is None else value


def is_ambiguous(said: str) -> bool:
    """Tell whether text would be read as something else than text from a tag's cell."""
    bare = said.strip()
    if "|" in bare or re.fullmatch(r"-?[0-9]+,[0-9]+", bare):
        return True
    return isinstance(plain_value(bare), (int, float))


def number(said: str) -> float | str:
    """Read a number with a decimal comma or point, and spaces between thousands."""
    bare = re.sub(r"(?<=\d)\s(?=\d{3}(\D|$))", "", said.replace("\N{MINUS SIGN}", "-"))
    if re.fullmatch(r"[-+]?[0-9]+([.,][0-9]+)?(e[-+]?[0-9]+)?", bare):
        return float(bare.replace(",", "."))
    return said


def boolean(said: str) -> bool | str:
    """Read yes or no in any of the four languages, true or false, 1 or 0, or a cross."""
    word = said.casefold()
    for answer, words in _answers().items():
        if word in words:
            return answer
    return said


@cache
def _answers() -> dict[bool, set[str]]:
    return {
        True: {"x", "1", "true", *(text("common.yes", lang) for lang in LANGUAGES)},
        False: {"0", "false", *(text("common.no", lang) for lang in LANGUAGES)},
    }


def day(said: str) -> str:
    """Read a date as the Nordic countries and spreadsheets write it."""
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", said):
        first, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(first):02}"
    return re.sub(r"[T ]00:00(:00)?$", "", said)


def used(table: str, items: Sequence[Actor | Tie]) -> list[str]:
    """List the fields to write as columns: those in use, and those that everybody expects."""
    model = Actor if table == "actors" else Tie
    always = (
        {"id", "name", "kind"} if table == "actors" else {"source", "target", "strength", "kind"}
    )
    return [
        name
        for name, info in model.model_fields.items()
        if name in FIELDS[table]
        and (name in always or any(getattr(one, name) != info.default for one in items))
    ]


def tag_heading(table: str, name: str) -> str:
    """Return the heading for a tag, told apart from the fields' headings."""
    taken = headings.field_of(FIELDS[table], name) or name.startswith(("tags.", "publics."))
    return f"tags.{name}" if taken else name
