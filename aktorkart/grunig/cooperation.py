"""Cooperation: who could be a threat and who would work with us, after Savage and colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.expected import expect
from aktorkart.grunig.wording import Weighed, labels, stakeholders, table, unrated
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import HIGH
from aktorkart.tables import coded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import Actor, ActorMap
    from aktorkart.tables import Cell, Table

RATINGS = ("threat", "cooperation")
"""The two ratings: judgements of their own, never read off power or stance."""

COOPERATION_TYPES: Mapping[tuple[bool, bool], tuple[str, str]] = MappingProxyType(
    {
        (True, True): ("mixed_blessing", "collaborate"),
        (True, False): ("non_supportive", "defend"),
        (False, True): ("supportive", "involve"),
        (False, False): ("marginal", "monitor"),
    }
)
"""Savage and colleagues' types with their strategies, from high threat and cooperation."""


@dataclass(frozen=True, kw_only=True)
class ActorCooperation:
    """An actor's place by threat and cooperation.

    Parameters
    ----------
    actor : str
        Its id.
    threat, cooperation : float or None
        The ratings, 1 to 5.
    type : str or None
        One of Savage and colleagues' four; None where a rating is missing.
    strategy : {"collaborate", "defend", "involve", "monitor"} or None
        What they advise for that type.
    missing : tuple of str
        The ratings that are missing.
    """

    actor: str
    threat: float | None
    cooperation: float | None
    type: str | None
    strategy: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cooperation(Weighed[ActorCooperation]):
    """The actors of a map by threat and cooperation.

    Parameters
    ----------
    threshold : float
        The rating from which each counts as high.
    rows : tuple of ActorCooperation
        In the order of the actors' ids; without arenas and the focal actor.
    findings : tuple of Finding
        Code ``cooperation``.
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
            Actor, threat, cooperation, the type and its strategy.
        """

        def word(what: str, name: str | None) -> Cell:
            return coded(f"grunig.cooperation_{what}", name, lang)

        return table(
            lang,
            (
                (
                    self.labels[row.actor],
                    row.threat,
                    row.cooperation,
                    word("type", row.type),
                    word("strategy", row.strategy),
                )
                for row in self.rows
            ),
            *("actor@", "threat#", "cooperation#", "cooperation_type@", "strategy@"),
        )


def cooperation(kart: ActorMap, *, threshold: float = HIGH) -> Cooperation:
    """Return the actors by their potential for threat and for cooperation.

    Parameters
    ----------
    kart : ActorMap
        The map.
    threshold : float
        The rating, 1 to 5, from which threat or cooperation counts as high.

    Returns
    -------
    Cooperation
        A missing rating leaves the type unknown.

    Notes
    -----
    Savage, Nix, Whitehead and Blair's (1991) four types. The two axes, an actor's potential
    for threat and for cooperation, are judgements of their own: the fields ``threat`` and
    ``cooperation``. They are not power and stance, and are never read off them. That 4 or more
    is high is our choice.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="gp", threat=4, cooperation=5), Actor(id="nav", power=5)])
    >>> gp, nav = cooperation(kart).rows
    >>> gp.type, gp.strategy, nav.missing
    ('mixed_blessing', 'collaborate', ('threat', 'cooperation'))
    """
    expect_map(kart)
    expect("number", threshold=threshold)
    rows = tuple(_cooperation(actor, threshold) for actor in stakeholders(kart))
    found = unrated(kart, "cooperation", rows)
    return Cooperation(threshold=threshold, rows=rows, findings=tuple(found), labels=labels(kart))


def _cooperation(actor: Actor, threshold: float) -> ActorCooperation:
    kind, strategy = None, None
    if actor.threat is not None and actor.cooperation is not None:
        high = actor.threat >= threshold, actor.cooperation >= threshold
        kind, strategy = COOPERATION_TYPES[high]
    return ActorCooperation(
        actor=actor.id,
        threat=actor.threat,
        cooperation=actor.cooperation,
        type=kind,
        strategy=strategy,
        missing=tuple(name for name in RATINGS if getattr(actor, name) is None),
    )
