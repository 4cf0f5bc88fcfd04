"""What was found in the sheets of actors and ties, on its way to a map."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aktorkart.files.rows import Columns
    from aktorkart.files.sheets import Draft, Reading, Sheet

Item = dict[str, Any]
"""Fields of an actor or a tie."""

EXAMPLES = 3
"""How many of several are named in a note."""

SIDES = ("source", "target")
"""The two ends of a tie."""


@dataclass
class Found:
    """The actors and ties of a draft, and what is said of them.

    Parameters
    ----------
    draft : Draft
        What a reader found.
    reading : Reading
        How it is to be read.
    columns : mapping of str to Columns
        What the columns of each sheet mean; actors' only where there is a sheet of them.
    actors, ties : list of dict
        Fields of each.
    rows : dict of str to sequence of int
        The row in its sheet of each actor and tie; −1 for an actor that has none.
    content : dict
        Fields of the map itself.
    notes, problems : list of Problem
        What was understood, and what is wrong.
    said : list of bool
        Whether the sheet says which way each tie goes.
    aside : list of (dict, int)
        Ties that are refused as a whole, and their rows.
    """

    draft: Draft
    reading: Reading
    columns: Mapping[str, Columns]
    actors: list[Item]
    ties: list[Item]
    rows: dict[str, Sequence[int]]
    content: dict[str, Any]
    notes: list[Problem]
    problems: list[Problem]
    said: list[bool] = field(default_factory=list)
    aside: list[tuple[Item, int]] = field(default_factory=list)

    def sheet(self, table: str) -> Sheet:
        """Return the sheet of a table; that of the ties where the actors have none."""
        return self.columns[table if table in self.columns else "ties"].sheet

    def whole(self, table: str, heading: str | None = None) -> Place:
        """Say where a table stands, or a column of it."""
        sheet = self.sheet(table)
        return Place(file=sheet.file, sheet=sheet.sheet, field=heading)

    def note(
        self,
        code: str,
        table: str,
        rows: Iterable[int] = (),
        *,
        heading: str | None = None,
        guesses: tuple[str, ...] = (),
        **values: Any,
    ) -> None:
        """Say what was done with a table, or with some of its rows."""
        found = list(rows)
        places = tuple(
            dataclasses.replace(self.sheet(table).place(row), file=None, sheet=None)
            for row in found[:EXAMPLES]
        )
        more = len(found) - len(places)
        place = self.whole(table, heading)
        said = Problem(
            code=code, place=place, values=values, guesses=guesses, places=places, more=more
        )
        self.notes.append(said)

    def refuse(
        self, code: str, table: str, row: int, *, heading: str | None = None, **values: Any
    ) -> None:
        """Say what is wrong in a row."""
        place = self.sheet(table).place(row, heading)
        self.problems.append(Problem(code=code, place=place, values=values))

    def drop_ties(self, places: Iterable[int], refused: Iterable[int] = ()) -> None:
        """Leave some of the ties out; those of them that are refused may have other mistakes."""
        out = set(places)
        for place in refused:
            self.aside.append((self.ties[place], self.rows["ties"][place]))
        kept = [place for place in range(len(self.ties)) if place not in out]
        self.ties = [self.ties[place] for place in kept]
        self.rows["ties"] = [self.rows["ties"][place] for place in kept]
        if self.said:
            self.said = [self.said[place] for place in kept]
