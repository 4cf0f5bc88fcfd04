"""Salience: how much claims weigh by power, legitimacy and urgency, after Mitchell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.expected import expect
from aktorkart.grunig.wording import Weighed, about, labels, stakeholders, unrated
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import HIGH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import Actor, ActorMap
    from aktorkart.tables import Table

ATTRIBUTES = ("power", "legitimacy", "urgency")
"""Mitchell, Agle and Wood's three attributes."""

SALIENCE_CLASSES: Mapping[tuple[bool, bool, bool], str] = MappingProxyType(
    {
        (True, True, True): "definitive",
        (True, True, False): "dominant",
        (True, False, True): "dangerous",
        (False, True, True): "dependent",
        (True, False, False): "dormant",
        (False, True, False): "discretionary",
        (False, False, True): "demanding",
        (False, False, False): "nonstakeholder",
    }
)
"""From having power, legitimacy and urgency to the class."""


@dataclass(frozen=True, kw_only=True)
class ActorSalience:
    """How much an actor's claims weigh.

    Parameters
    ----------
    actor : str
        Its id.
    power, legitimacy, urgency : float or None
        The ratings, 1 to 5.
    salience : str or None
        One of :data:`SALIENCE_CLASSES`; None where a rating is missing.
    attributes : int or None
        How many of the three it has.
    missing : tuple of str
        The ratings that are missing.
    """

    actor: str
    power: float | None
    legitimacy: float | None
    urgency: float | None
    salience: str | None
    attributes: int | None
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Salience(Weighed[ActorSalience]):
    """How much the claims of the actors of a map weigh.

    Parameters
    ----------
    threshold : float
        From which rating on an actor has an attribute.
    rows : tuple of ActorSalience
        In the order of the actors' ids; without arenas and, unless it is a user, the focal
        actor.
    findings : tuple of Finding
        Code ``salience``.
    labels : mapping of str to str
        What the actors are called, by id.
    """

    def table(self, lang: str) -> Table:
        """Return a row for each actor.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Actor, the three ratings, and the class.
        """
        return self._table(lang, ATTRIBUTES, "salience", "salience")


def salience(kart: ActorMap, *, threshold: float = HIGH) -> Salience:
    """Return how much the actors' claims weigh: power, legitimacy and urgency together.

    Parameters
    ----------
    kart : ActorMap
        The map.
    threshold : float
        From which rating on, 1 to 5, an actor has an attribute.

    Returns
    -------
    Salience
        A missing rating leaves the class unknown.

    Notes
    -----
    Mitchell, Agle and Wood's (1997) classes; that a rating of four or more counts as having
    the attribute is our choice. Those who have legitimacy and urgency without power are
    *dependent*: they are reported as a power gap, not as of low priority. Users often are.
    A user is weighed also when the map is drawn around it.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> user = Actor(id="kari", kind="user", power=1, legitimacy=5, urgency=5)
    >>> salience(ActorMap(actors=[user])).rows[0].salience
    'dependent'
    """
    expect_map(kart)
    expect("number", threshold=threshold)
    weighed = stakeholders(kart)
    if kart.focal is not None and kart[kart.focal].kind == "user":
        weighed = sorted((*weighed, kart[kart.focal]), key=lambda actor: actor.id)
    rows = tuple(_salience(actor, threshold) for actor in weighed)
    dependent = sorted(
        (row.actor for row in rows if row.salience == "dependent"),
        key=lambda id_: (kart[id_].kind != "user", id_),
    )
    found = [
        replace(one, numbers={**one.numbers, "threshold": threshold})
        for one in about(kart, ("salience", "power_gap", "gap"), dependent, len(rows))
    ]
    found += unrated(kart, "salience", rows)
    return Salience(threshold=threshold, rows=rows, findings=tuple(found), labels=labels(kart))


def _salience(actor: Actor, threshold: float) -> ActorSalience:
    ratings = (actor.power, actor.legitimacy, actor.urgency)
    missing = tuple(name for name, value in zip(ATTRIBUTES, ratings, strict=True) if value is None)
    power, legitimacy, urgency = (value is not None and value >= threshold for value in ratings)
    return ActorSalience(
        actor=actor.id,
        power=actor.power,
        legitimacy=actor.legitimacy,
        urgency=actor.urgency,
        salience=None if missing else SALIENCE_CLASSES[power, legitimacy, urgency],
        attributes=None if missing else power + legitimacy + urgency,
        missing=missing,
    )
