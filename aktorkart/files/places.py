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
    """Where a mapping or list stands, and where the values inside it stand.

    Parameters
    ----------
    mark : Mark
        Where it begins.
    children : dict or list
        The values inside a mapping, by key, or inside a list, in order; for those that hold
        no others the mark alone, since most values of a large map are such.
    keys : dict
        Where the keys of a mapping stand.
    """

    mark: Mark
    children: dict[str, Spot | Mark] | list[Spot | Mark]
    keys: dict[str, Mark] = field(default_factory=dict)

    def find(self, path: Iterable[str | int], *, key: bool = False) -> Mark:
        """Find the mark of a value, or of the nearest one around it.

        Parameters
        ----------
        path : iterable of str and int
            Way to the value, as ``("ties", 3, "strength")``.
        key : bool
            Whether the key itself is meant rather than its value.

        Returns
        -------
        Mark
            Line and column.

        Examples
        --------
        >>> Spot((1, 1), {"ties": (2, 3)}).find(("ties", 3, "strength"))
        (2, 3)
        """
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


def locate(problems: Iterable[Problem], spots: Spot, *, name: str) -> list[Problem]:
    """Give problems that know their way in the map their line in the file.

    Parameters
    ----------
    problems : iterable of Problem
        As the model found them.
    spots : Spot
        Where the values stand.
    name : str
        Name of the file.

    Returns
    -------
    list of Problem
        In the order of the file.

    Examples
    --------
    >>> found = Problem(code="missing", place=Place(path=("title",)), values={"field": "title"})
    >>> locate([found], Spot((4, 1), {}), name="kart.yaml")[0].place.line
    4
    """
    located = []
    for problem in problems:
        mark = spots.find(problem.place.path, key=problem.code == "unknown_field")
        line, column = mark
        place = Place(file=name, line=line, column=column, path=problem.place.path)
        located.append(dataclasses.replace(problem, place=place))
    return sorted(located, key=lambda one: (one.place.line or 0, one.place.column or 0))
