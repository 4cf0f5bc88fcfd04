"""From the rows of a table of actors or ties to the fields of a map."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, guesses
from aktorkart.files import cells, headings
from aktorkart.model import Actor, Tie
from aktorkart.model.scales import STEPPED, SUPPORTS, judgement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "actors": headings.ACTORS,
    "ties": headings.TIES,
}
NEEDED = {"actors": ("id",), "ties": ("source", "target")}
LISTS = {"line", "level", "linkage", "open", "tasks", "changed_practice", *SUPPORTS}
_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(
        ("power", "interest", "legitimacy", "urgency", "threat", "cooperation"), cells.read_number
    ),
    **dict.fromkeys(("stance", "strength", *STEPPED), cells.read_number),
    **dict.fromkeys(("mutual", "needed"), cells.read_boolean),
    **dict.fromkeys(("since", "until"), cells.read_date),
}


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
        if means not in self.fields:
            means = ".".join(map(str, path[:2]))  # an item of a scale
        return self.headings[self.fields.index(means)] if means in self.fields else None

    def scale(self) -> tuple[float, float] | None:
        """Return the scale that the heading of the strengths states; 1 to 5 without one."""
        heading = self.heading(["strength"])
        return headings.scale_of(heading) if heading else (1.0, 5.0)

    def item(self, row: Sequence[Any], *, typed: bool = False) -> dict[str, Any]:
        """Read one row; ``typed`` where its values are more than text, as in a frame."""
        found: dict[str, Any] = {}
        for means, cell in zip(self.fields, row, strict=False):
            if means is None or cells.is_empty(cell):
                continue
            if isinstance(means, tuple):
                plain = not isinstance(cell, str) or typed
                value = cells.native(cell) if plain else cells.read_tag(cell)
                found.setdefault("tags", {})[means[1]] = value
            elif "." in means:
                scale, _, item = means.partition(".")
                found.setdefault(scale, {})[item] = self._value(means, cell, typed=typed)
            else:
                found[means] = self._value(means, cell, typed=typed)
        return found

    def _value(self, means: str, cell: Any, *, typed: bool) -> Any:
        if not isinstance(cell, str):
            return cells.native(cell)
        word = cell if typed else cells.read_text(cell.strip())
        if means in LISTS:
            if means in SUPPORTS and cells.is_none(word):
                return []
            parts = [part.strip() for part in word.split("|")]
            return [headings.code_of(self.table, means, part) for part in parts if part]
        read = _READERS.get(means)
        return read(word) if read else headings.code_of(self.table, means, word)


def used(table: str, items: Sequence[Actor | Tie]) -> list[str]:
    """List the fields to write as columns: those in use, and those that everybody expects."""
    always = (
        {"id", "name", "kind"} if table == "actors" else {"source", "target", "strength", "kind"}
    )
    return [
        name
        for name in FIELDS[table]
        if name in always or any(is_stated(one, name) for one in items)
    ]


def held(item: Actor | Tie, name: str) -> Any:
    """Return what an actor or a tie has in a column."""
    return judgement(item, name) if isinstance(item, Tie) and "." in name else getattr(item, name)


def is_stated(item: Actor | Tie, name: str) -> bool:
    """Tell whether that is anything else than what holds when nothing is said."""
    default = None if "." in name else type(item).model_fields[name].default
    return bool(held(item, name) != default)


def tag_heading(table: str, name: str) -> str:
    """Return the heading for a tag, told apart from the fields' headings."""
    taken = headings.field_of(FIELDS[table], name) or name.startswith(("tags.", "publics."))
    return f"tags.{name}" if taken else name


def tags(items: Sequence[Actor | Tie]) -> list[str]:
    """List the tags in use, each a column."""
    return list(dict.fromkeys(tag for item in items for tag in item.tags))
