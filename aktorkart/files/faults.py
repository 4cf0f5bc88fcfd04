"""What is wrong in a file, or worth a note: one for each cause, with the first places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from aktorkart.errors import Place, Problem

_PLACES = 3
"""How many places of one cause are told; the others are counted."""


@dataclass
class Faults:
    """Problems of one file. However many lines it has, there are few causes."""

    file: str
    found: dict[str, list[Problem]] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    def report(
        self, code: str, line: int | None = None, *, guesses: tuple[str, ...] = (), **values: Any
    ) -> None:
        """Keep a problem, or count it where it has been met before."""
        self.times[code] = self.times.get(code, 0) + 1
        if self.times[code] <= _PLACES:
            place = Place(file=self.file, line=line)
            one = Problem(code=code, place=place, values=values, guesses=guesses)
            self.found.setdefault(code, []).append(one)

    def all(self) -> list[Problem]:
        """Return a problem for each cause, in the order in which they were met."""
        return [
            replace(
                first,
                values={"n": self.times[code], **first.values},
                places=tuple(one.place for one in rest),
                more=self.times[code] - 1 - len(rest),
            )
            for code, (first, *rest) in self.found.items()
        ]
