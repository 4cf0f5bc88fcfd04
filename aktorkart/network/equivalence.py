"""Structural equivalence: who stands alike towards everybody else (Lorrain & White 1971)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from aktorkart.errors import Problem, UnknownActor, WrongArgument, guesses, language
from aktorkart.i18n import text
from aktorkart.tables import Column, Labelled, Table

if TYPE_CHECKING:
    from aktorkart.network.network import Network


@dataclass(frozen=True)
class Alike:
    """How alike somebody stands.

    Parameters
    ----------
    actor : str
        Id of the other one.
    correlation : float
        From −1 to 1.
    """

    actor: str
    correlation: float


@dataclass(frozen=True, eq=False, repr=False)
class Equivalence:
    """Who has channels with the same others, as strong; each pair is computed when asked for.

    Parameters
    ----------
    network : Network
        The channels.

    Notes
    -----
    The correlation (Pearson's) of two actors' rows and columns of W, the matrix of strengths
    with 0 where there is no channel, without the pair's own cells: w_ik and w_ki against w_jk
    and w_kj over all others k. Sums are exact.
    """

    network: Network

    def __repr__(self) -> str:
        """Say how much there is, without computing anything."""
        return f"Equivalence({len(self.network.ids)} actors)"

    def correlation(self, one: str, other: str) -> float | None:
        """Return how alike two actors stand towards the others.

        Parameters
        ----------
        one, other : str
            Ids of two actors.

        Returns
        -------
        float or None
            From −1 to 1, which is alike. None where one of the two has the same strength from
            and to all others, or none with any of them: there is nothing to correlate.

        Raises
        ------
        UnknownActor
            If one of them is not on the map.
        WrongArgument
            If they are the same.
        """
        if one == other:
            raise WrongArgument(Problem(code="same_actor", values={"value": str(one)}))
        return self._pearson(self._place(one), self._place(other))

    def most_alike(self, id: str) -> tuple[Alike, ...]:  # noqa: A002 - it is the actor's id
        """Rank the others by how alike they stand to an actor.

        Parameters
        ----------
        id : str
            The actor.

        Returns
        -------
        tuple of Alike
            The most alike first, then by id; without those for whom it is undefined.

        Raises
        ------
        UnknownActor
            If it is not on the map.
        """
        place = self._place(id)
        found = [
            Alike(name, value)
            for other, name in enumerate(self.network.ids)
            if other != place and (value := self._pearson(place, other)) is not None
        ]
        return tuple(sorted(found, key=lambda one: (-one.correlation, one.actor)))

    def table(self, *, lang: str | None = None) -> Table:
        """Return all pairs, those who are most alike first.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            Language of the headings; bokmål if left out.

        Returns
        -------
        Table
            Columns actor, other and correlation, which is None where it is undefined.

        Raises
        ------
        UnknownName
            If there is no such language.
        """
        lang = language(lang)
        ids = [Labelled(id_, id_) for id_ in self.network.ids]  # a network has no other labels
        rows = [
            (ids[one], ids[other], self._pearson(one, other))
            for one, other in combinations(range(len(ids)), 2)
        ]
        rows.sort(key=lambda row: (row[2] is None, -(row[2] or 0.0), row[:2]))
        return Table(
            columns=(
                Column(key="actor", title=text("measure.actor.name", lang), coded=True),
                Column(key="other", title=text("measure.other.name", lang), coded=True),
                Column(
                    key="correlation",
                    title=text("measure.structural_equivalence.name", lang),
                    digits=3,
                    numeric=True,
                ),
            ),
            rows=tuple(rows),
            lang=lang,
        )

    def _place(self, id: str) -> int:  # noqa: A002 - it is the actor's id
        try:
            return self.network.index[id]
        except KeyError:
            near = guesses(id, self.network.ids)
            raise UnknownActor(
                Problem(code="unknown_actor", values={"value": id}, guesses=near)
            ) from None

    @cached_property
    def _cells(self) -> list[dict[int, int]]:
        """Each actor's strengths to others (even keys) and from them (odd), as whole numbers."""
        network = self.network
        exact = [Fraction(Decimal(repr(one))) for one in network.strengths.tolist()]
        common = math.lcm(*(one.denominator for one in exact))
        cells: list[dict[int, int]] = [{} for _ in network.ids]
        ends = zip(network.tails.tolist(), network.heads.tolist(), exact, strict=True)
        for tail, head, strength in ends:
            cells[tail][2 * head] = cells[head][2 * tail + 1] = int(strength * common)
        return cells

    def _pearson(self, one: int, other: int) -> float | None:
        count = 2 * (len(self.network.ids) - 2)
        mine, yours = self._cells[one], self._cells[other]
        total, square = _sums(mine, other)
        their_total, their_square = _sums(yours, one)
        # Nobody has cells of their own, so that the pair's own meet nothing here.
        shared = sum(mine[key] * yours[key] for key in mine.keys() & yours.keys())
        spread = count * square - total**2
        their_spread = count * their_square - their_total**2
        if not spread or not their_spread:
            return None
        together = count * shared - total * their_total
        size = math.sqrt(Fraction(together**2, spread * their_spread))
        return math.copysign(size, together) if together else 0.0


def _sums(cells: dict[int, int], without: int) -> tuple[int, int]:
    """Return the sum of the cells and of their squares, without those of one other actor."""
    kept = [value for key, value in cells.items() if key // 2 != without]
    return sum(kept), sum(value * value for value in kept)
