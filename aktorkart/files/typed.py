"""Columns whose cells all have one type, as XML formats of graphs declare them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.files import about
from aktorkart.files.nodes import own_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aktorkart.files.sheets import Draft, Sheet
    from aktorkart.model import ActorMap

# --- reading


def _boolean(text: str) -> Any:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip().lower(), text)


def _integer(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return _number(text)


def _number(text: str) -> Any:
    try:
        number = float(text)
    except ValueError:
        return text
    return None if math.isnan(number) else number


_READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("int", "integer", "long", "short", "byte"), _integer),
    **dict.fromkeys(("float", "double", "real", "bigdecimal", "biginteger"), _number),
    **dict.fromkeys(("boolean", "bool"), _boolean),
}


def read_column(column: Sequence[Any], type_: str, *, default: str | None) -> list[Any]:
    """Read the cells of a column; what does not fit its type stays text, for the rules to tell."""
    read = _READERS.get(type_, str)
    known = {text: read(text) for text in set(column) if text is not None}
    known[None] = None if default is None or not default.strip() else read(default)
    return [known[cell] for cell in column]


# --- writing


@dataclass
class Typed:
    """A column to write: its name, its type, and a text for each row that has one.

    ``type`` is boolean, integer, long, double or string.
    """

    name: str
    type: str
    texts: list[str | None]

    @classmethod
    def of(cls, name: str, column: Sequence[Any]) -> Typed:
        """Find the narrowest type that holds all cells."""
        type_ = _type([cell for cell in column if cell is not None])
        return cls(name, type_, [None if cell is None else _text(cell) for cell in column])


_LIMITS = ((2**31, "integer"), (2**63, "long"))


def _type(cells: Sequence[Any]) -> str:
    kinds = {type(cell) for cell in cells}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        most = max(map(abs, cells))
        return next((name for limit, name in _LIMITS if most < limit), "string")
    if kinds and kinds <= {int, float}:
        # A whole number of so many digits is none that a double holds.
        return "double" if all(float(cell) == cell for cell in cells) else "string"
    return "string"


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, str) else repr(cell)


def columns_to_write(kart: ActorMap, whole: Draft) -> dict[str, list[Typed]]:
    """Return the columns of actors, of ties and of the map, and what other programs look for.

    They know a node's ``label`` and an edge's ``weight``, and some of them ``x`` and ``y``.
    """
    actors, ties = (
        _typed(table, sheet, {"id", "source", "target"})
        for table, sheet in (("actors", whole.actors), ("ties", whole.ties))
    )
    places = [kart.positions.get(actor.id) for actor in kart.actors]
    extra: list[tuple[str, list[Any]]] = [
        ("label", [actor.label for actor in kart.actors]),
        *(
            (name, [None if one is None else one[at] for one in places])
            for at, name in enumerate(("x", "y"))
        ),
    ]
    actors += [
        Typed.of(name, cells) for name, cells in extra if any(cell is not None for cell in cells)
    ]
    if not all(tie.mutual for tie in kart.ties):
        # igraph takes all edges of a file for one sort, and no word for no.
        ties = [one for one in ties if one.name != "mutual"]
        ties.append(Typed.of("mutual", [tie.mutual for tie in kart.ties]))
    strengths = [tie.strength for tie in kart.ties]
    if any(strengths):
        ties.append(Typed.of("weight", strengths))
    stated = [Typed.of(name, [text]) for name, text in about.written(kart)]
    return {"map": stated, "actors": actors, "ties": ties}


def _typed(table: str, sheet: Sheet | None, leave_out: set[str]) -> list[Typed]:
    if sheet is None:
        return []
    return [
        Typed.of(own_heading(table, name), column)
        for name, column in zip(sheet.headings, sheet.columns, strict=True)
        if name not in leave_out and any(cell is not None for cell in column)
    ]
