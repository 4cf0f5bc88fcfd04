"""The measures of one actor: what ``m["nav"]`` has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.network.measures import Measures


@dataclass(frozen=True, eq=False)
class ActorMeasures:
    """The measures of one actor; each is computed when it is first asked for.

    Parameters
    ----------
    id : str
        The actor.
    """

    id: str
    _all: Measures

    def __repr__(self) -> str:
        """Say whose measures these are, without computing any."""
        return f"ActorMeasures({self.id!r})"

    @property
    def degree(self) -> float | None:
        """Number of distinct neighbours either way; a share of the others if normalised."""
        return self._all.value("degree", self.id)

    @property
    def in_degree(self) -> float | None:
        """Number of actors with a channel to this one; a share if normalised."""
        return self._all.value("in_degree", self.id)

    @property
    def out_degree(self) -> float | None:
        """Number of actors that this one has a channel to; a share if normalised."""
        return self._all.value("out_degree", self.id)

    @property
    def strength(self) -> float | None:
        """Sum over neighbours of the strength of the stronger direction."""
        return self._all.value("strength", self.id)

    @property
    def degree_alpha(self) -> float | None:
        """k^(1−α)·s^α of degree k and strength s (Opsahl, Agneessens & Skvoretz 2010)."""
        return self._all.value("degree_alpha", self.id)

    @property
    def closeness(self) -> float | None:
        """(r/(n−1))·(r/Σd) over the r actors reached along outgoing arcs; raw 1/farness.

        None if nobody is reached; may exceed 1 where strengths do (Wasserman & Faust 1994).
        """
        return self._all.value("closeness", self.id)

    @property
    def harmonic(self) -> float | None:
        """Sum of 1/distance to those reached, divided by n−1 if normalised; 0 for an isolate."""
        return self._all.value("harmonic", self.id)

    @property
    def farness(self) -> float | None:
        """Sum of the distances to all others; None unless all are reached."""
        return self._all.value("farness", self.id)

    @property
    def betweenness(self) -> float | None:
        """Share of the others' shortest paths that pass here (Freeman 1977); raw: their number.

        Over ordered pairs in a directed map, unordered ones otherwise.
        """
        return self._all.value("betweenness", self.id)

    @property
    def eigenvector(self) -> float | None:
        """Tied to those who are well tied (Bonacich 1972): maximum 1, in the largest component."""
        return self._all.value("eigenvector", self.id)

    @property
    def pagerank(self) -> float | None:
        """How often a wanderer along the ties comes by (Brin & Page 1998): sum 1, damping .85."""
        return self._all.value("pagerank", self.id)

    @property
    def core(self) -> int:
        """Largest k such that the actor is in a group where all have k neighbours (Seidman)."""
        return int(self._all.value("core", self.id) or 0)

    @property
    def constraint(self) -> float | None:
        """How far the actor's ties lead back to the same people (Burt 1992), weighted."""
        return self._all.value("constraint", self.id)

    @property
    def effective_size(self) -> float | None:
        """Neighbours less the overlap between them (Burt 1992), weighted."""
        return self._all.value("effective_size", self.id)

    @property
    def clustering(self) -> float | None:
        """How far the actor's neighbours are linked to each other (Barrat et al. 2004): 0 to 1.

        Each linked pair of neighbours counts with the mean strength of the actor's ties to the
        two, the stronger direction as in ``strength``. None for fewer than two neighbours.
        """
        return self._all.value("clustering", self.id)

    @property
    def roles(self) -> Mapping[str, int] | None:
        """How often the actor goes between two who are not tied, by Gould and Fernandez' role."""
        return self._all.roles[self.id]

    @property
    def cut_point(self) -> bool:
        """Whether the others fall apart without the actor."""
        return self._all.cut_points[self.id]

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why a measure is None: measure to code; the sentence is ``reason.<code>``."""
        return self._all.actor_reasons(self.id)
