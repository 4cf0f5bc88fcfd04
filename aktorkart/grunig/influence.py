"""Salience and influence: who weighs how much, from the ratings of the actors."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.grunig.wording import column, labels, stakeholders, unrated
from aktorkart.i18n import text
from aktorkart.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.finding import Finding
    from aktorkart.model import Actor, ActorMap

MIDDLE = 3.0
"""The middle of 1 to 5: what lies above is high, the middle itself is not."""

INFLUENCE_CELLS: Mapping[tuple[bool, bool], str] = MappingProxyType(
    {
        (True, True): "key_player",
        (True, False): "keep_satisfied",
        (False, True): "keep_informed",
        (False, False): "minimal_effort",
    }
)
"""Mendelow's cells, from power and interest above the middle."""


# --- influence


@dataclass(frozen=True, kw_only=True)
class ActorInfluence:
    """An actor's place by power and interest.

    Parameters
    ----------
    actor : str
        Its id.
    power, interest : float or None
        The ratings, 1 to 5.
    cell : str or None
        One of :data:`INFLUENCE_CELLS`; None where a rating is missing.
    missing : tuple of str
        The ratings that are missing.
    """

    actor: str
    power: float | None
    interest: float | None
    cell: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Influence:
    """The actors of a map by power and interest.

    Parameters
    ----------
    threshold : float
        What lies above is high.
    rows : tuple of ActorInfluence
        In the order of the actors' ids; without arenas and the focal actor.
    findings : tuple of Finding
        Code ``influence``.
    labels : mapping of str to str
        What the actors are called, by id.
    """

    threshold: float
    rows: tuple[ActorInfluence, ...]
    findings: tuple[Finding, ...] = field(repr=False)
    labels: Mapping[str, str] = field(repr=False, compare=False)

    def table(self, lang: str) -> Table:
        """Return a row for each actor.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Actor, power, interest, and what Mendelow's cell asks for.
        """
        return Table(
            columns=(
                column("actor", lang),
                column("power", lang, numeric=True),
                column("interest", lang, numeric=True),
                column("influence", lang),
            ),
            rows=tuple(
                (
                    self.labels[row.actor],
                    row.power,
                    row.interest,
                    text(f"grunig.influence.{row.cell}", lang) if row.cell else None,
                )
                for row in self.rows
            ),
            lang=lang,
        )


def influence(kart: ActorMap, *, threshold: float = MIDDLE) -> Influence:
    """Return the actors by power and interest.

    Parameters
    ----------
    kart : ActorMap
        The map.
    threshold : float
        Ratings above it are high; the middle of 1 to 5 by default.

    Returns
    -------
    Influence
        A missing rating leaves the cell unknown.

    Notes
    -----
    Mendelow's matrix of power and interest (1991).

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="gp", power=4, interest=3)])
    >>> influence(kart).rows[0].cell
    'keep_satisfied'
    """
    rows = tuple(_influence(actor, threshold) for actor in stakeholders(kart))
    found = unrated(kart, "influence", rows)
    return Influence(threshold=threshold, rows=rows, findings=tuple(found), labels=labels(kart))


def _influence(actor: Actor, threshold: float) -> ActorInfluence:
    power, interest = actor.power, actor.interest
    cell = None
    if power is not None and interest is not None:
        cell = INFLUENCE_CELLS[power > threshold, interest > threshold]
    return ActorInfluence(
        actor=actor.id,
        power=power,
        interest=interest,
        cell=cell,
        missing=tuple(name for name in ("power", "interest") if getattr(actor, name) is None),
    )
