"""Where every value of a file stands, so that a problem in the map becomes a line in the file."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

Mark = tuple[int, int]
"""Line and column, counted from 1."""


@dataclass(slots=True)
class Spot:
    """Where a mapping or list stands, and where the values inside it stand."""

    mark: Mark
    children: dict[str, Spot | Mark] | list[Spot | Mark]
    keys: dict[str, Mark] = field(default_factory=dict)

    def find(self, path: Iterable[str | int], *, key: bool = False) -> Mark:
        """Find the mark of a value, or of the nearest one around it."""
        spot, mark = self, self.mark
        for step in path:
            inside = spot.children
            if isinstance(inside, dict) and isinstance(step, str) and step in inside:
                found = inside[step]
                named = spot.keys.get(step) if key else None
            elif isinstance(inside, list) and isinstance(step, int) and step < len(inside):
                found, named = inside[step], None
            else:
                return spot.mark
            if not isinstance(found, Spot):
                return named or found
            spot, mark = found, named or found.mark
        return mark


def located(problems: Iterable[Problem], spot: Spot, *, name: str) -> list[Problem]:
    """Give problems that know their way in the map their line in the file."""
    found = []
    for problem in problems:
        line, column = spot.find(problem.place.path, key=problem.code == "unknown_field")
        place = Place(file=name, line=line, column=column, path=problem.place.path)
        found.append(dataclasses.replace(problem, place=place))
    return in_order(found)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems as they stand in the file."""
    return sorted(problems, key=lambda one: (one.place.line or 0, one.place.column or 0))
