"""Answers to «whom do you work with»: several names in a cell, or in columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aktorkart.files import cells, headings, words
from aktorkart.files.cells import alike, text_of
from aktorkart.files.matrices import MOST_OF
from aktorkart.files.rows import FIELDS, NEEDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.sheets import Sheet
    from aktorkart.files.table import Table

_ASKS = re.compile(
    r"samarbeid|kontakt|partner|nomin|hvem|kven|vilka|vem|works? with|collaborat|names?\b|alter",
    re.IGNORECASE,
)
_ASKS_WHOM = re.compile(
    r"^(hvem|kven|vem|vilka|hvilke|whom?|which)\b.*\b(du|dere|de|dykk|ni|deg|dem|you)\b.*\S",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*[;|\n]\s*|\s*,\s+|,")


def nominations(table: Table) -> tuple[Sheet, Sheet, list[str]] | None:
    """Read answers to «whom do you work with»: several names in a cell, or in columns."""
    fields = [headings.field_of(FIELDS["actors"], name) for name in table.names]
    own = next((fields.index(one) for one in ("id", "name") if one in fields), None)
    if own is None or len(table.names) < 2:  # noqa: PLR2004 - a name and whom it names
        return None
    ways = {fields.index(one) for one in ("id", "name") if one in fields}
    whos = {alike(cell) for way in ways for cell in table.column(way)} - {""}
    asking = [
        place
        for place, name in enumerate(table.names)
        if place not in ways and _names_others(table.column(place), whos, name)
    ]
    if not asking:
        return None
    # Where one question is answered with names, those asked in the same way are too.
    asking = [
        place
        for place, name in enumerate(table.names)
        if place in asking or (place not in ways and _ASKS_WHOM.search(name))
    ]
    several = len(asking) > 1
    named = [[_named_in(cell, whos) for cell in table.column(place)] for place in asking]
    single = not several and all(len(names) <= 1 for names in named[0])
    of_ties = {
        place: name
        for place, name in enumerate(table.names)
        if single and place not in asking and table.names.count(name) == 1 and _only_of_ties(name)
        # What is said of a tie needs one.
        if all(
            names or cells.is_empty(cell)
            for names, cell in zip(named[0], table.column(place), strict=True)
        )
    }
    records = []
    for line, (number, row) in enumerate(table.rows):
        who = text_of(row[own]) if own < len(row) else None
        also = {name: row[place] for place, name in of_ties.items() if place < len(row)}
        for place, names in zip(asking, named, strict=True):
            kind = _kind_asked(table.names[place]) if several else None
            for name in names[line]:
                tie = {"source": who, "target": name, **({"kind": kind} if kind else {})}
                records.append((number, tie | also))
    rest = [place for place in range(len(fields)) if place not in {*asking, *of_ties}]
    sheet = table.sheet()
    sheet.headings = [table.names[place] for place in rest]
    sheet.columns = [table.column(place) for place in rest]
    if table.letters is not None:
        sheet.letters = [table.letters[place] for place in rest]
    ties = table.listed([tie for _, tie in records], [number for number, _ in records])
    ties.typed = table.grid.typed
    return sheet, ties, [table.names[place] for place in asking]


def _names_others(column: Sequence[Any], whos: set[str], heading: str) -> bool:
    """Tell whether the cells of a column name those who are in the rows."""
    named = [name for cell in column for name in _named_in(cell, whos)]
    if not named or any(isinstance(cell, (int, float)) for cell in column):
        return False
    known = sum(name.casefold() in whos for name in named)
    asks = _ASKS.search(heading) is not None
    if headings.field_of(FIELDS["actors"], heading) not in {None, "cooperation"}:
        return False
    return (known > 1 and known >= MOST_OF * len(named)) or (asks and known > 0)


def _only_of_ties(heading: str) -> bool:
    """Tell whether a column says something of a tie that cannot be said of an actor."""
    of_tie = headings.field_of(FIELDS["ties"], heading)
    of_tie = None if of_tie in NEEDED["ties"] else of_tie
    return of_tie is not None and headings.field_of(FIELDS["actors"], heading) is None


def _named_in(cell: Any, whos: set[str]) -> list[str]:
    """Split the names in a cell; a name with a comma that is known stays whole."""
    name = text_of(cell) if not isinstance(cell, str) else cell.strip()
    if not name:
        return []
    if name.casefold() in whos:
        return [name]
    parts = [one for one in (text_of(part) for part in _SEVERAL.split(name)) if one]
    return list(dict.fromkeys(parts))


def _kind_asked(heading: str) -> str | None:
    """Tell the kind of tie that a question asks for, by its words."""
    found = (words.code_of("tie_kind", word) for word in re.findall(r"\w+", heading))
    return next((code for code in found if code is not None), None)
