"""Ties as they are drawn: one by one, or thousands as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from aktorkart.scene.strokes import Formed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from aktorkart.model import Tie
    from aktorkart.scene import lines

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]


@dataclass(frozen=True)
class TieLook:
    """How a tie is drawn; ties of the same look share a collection on large maps."""

    color: str
    line: lines.Line
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnTie:
    """A tie as it is drawn: where it runs, and the strokes that make its line."""

    tie: Tie
    gid: str
    look: TieLook
    width: float
    path: Floats
    strokes: list[Floats]
    head: Floats | None


class Flat(NamedTuple):
    """The strokes of many lines, one after another."""

    points: Floats  # (points, 2)
    begins: NDArray[np.bool_]  # where a stroke begins
    ends: list[int]  # of each line


@dataclass(frozen=True, eq=False)
class DrawnTies(Sequence[DrawnTie]):
    """Ties as they are drawn, as columns: each is made when it is asked for."""

    ties: list[Tie]
    gids: list[str]
    looks: list[TieLook]
    widths: Floats
    straight: Floats  # the path of each, (n, 2, 2), but of those that are bent
    bent: Mapping[int, Floats]
    formed: Sequence[Formed]
    heads: Mapping[int, Floats]

    def __post_init__(self) -> None:
        groups, places = np.zeros((2, len(self)), dtype=np.intp)
        for number, (rows, _) in enumerate(self.formed):
            groups[rows], places[rows] = number, np.arange(len(rows))
        object.__setattr__(self, "_where", (groups, places))

    @classmethod
    def of(cls, ties: Sequence[DrawnTie]) -> DrawnTies:
        """Return ties that were drawn one by one as columns."""
        if isinstance(ties, cls):
            return ties
        return cls(
            [one.tie for one in ties],
            [one.gid for one in ties],
            [one.look for one in ties],
            np.array([one.width for one in ties]),
            np.zeros((len(ties), 2, 2)),
            {row: one.path for row, one in enumerate(ties)},
            [
                Formed(np.array([row]), [stroke[None] for stroke in one.strokes])
                for row, one in enumerate(ties)
            ],
            {row: one.head for row, one in enumerate(ties) if one.head is not None},
        )

    @classmethod
    def ties_of(cls, ties: Sequence[DrawnTie]) -> list[Tie]:
        """Return the ties alone, without making a drawn one of each."""
        return ties.ties if isinstance(ties, cls) else [one.tie for one in ties]

    def __len__(self) -> int:
        return len(self.ties)

    @overload
    def __getitem__(self, row: int) -> DrawnTie: ...
    @overload
    def __getitem__(self, row: slice) -> list[DrawnTie]: ...
    def __getitem__(self, row: int | slice) -> DrawnTie | list[DrawnTie]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        row = range(len(self))[row]
        groups, places = self._where  # type: ignore[attr-defined]
        return DrawnTie(
            self.ties[row],
            self.gids[row],
            self.looks[row],
            float(self.widths[row]),
            self.bent.get(row, self.straight[row]),
            [stroke[places[row]] for stroke in self.formed[groups[row]].strokes],
            self.heads.get(row),
        )

    def flat(self, order: Ints) -> Flat:
        """Return the strokes of all, in some order."""
        sizes = np.zeros(len(self), dtype=np.intp)
        for rows, strokes in self.formed:
            sizes[rows] = sum(stroke.shape[1] for stroke in strokes)
        ends = np.cumsum(sizes[order])
        first = np.empty_like(ends)
        first[order] = ends - sizes[order]
        total = int(sizes.sum())
        points, begins = np.empty((total, 2)), np.zeros(total, dtype=np.bool_)
        for rows, strokes in self.formed:
            at = first[rows]
            for stroke in strokes:
                begins[at] = True
                points[at[:, None] + np.arange(stroke.shape[1])] = stroke
                at += stroke.shape[1]
        return Flat(points, begins, ends.tolist())
