"""Cooperation: who could be a threat and who would work with us, after Savage and colleagues."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aktorkart.grunig.influence import MIDDLE
from aktorkart.grunig.stance_and_power import stance_and_power
from aktorkart.grunig.wording import about, labels, stakeholders, table, unrated
from aktorkart.i18n import listing, text
from aktorkart.model import expect_map

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aktorkart.finding import Finding
    from aktorkart.model import Actor, ActorMap
    from aktorkart.tables import Table

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
    threat, cooperation : bool or None
        Whether each is high; None where unknown.
    threat_basis, cooperation_basis : {"tag", "derived"} or None
        Whether the actor's tag says so, or it was derived from stance and power.
    type : str or None
        One of Savage and colleagues' four.
    strategy : {"collaborate", "defend", "involve", "monitor"} or None
        What they advise for that type.
    """

    actor: str
    threat: bool | None
    cooperation: bool | None
    threat_basis: str | None
    cooperation_basis: str | None
    type: str | None
    strategy: str | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the two are unknown."""
        pairs = (("threat", self.threat), ("cooperation", self.cooperation))
        return tuple(name for name, value in pairs if value is None)


@dataclass(frozen=True, kw_only=True)
class Cooperation:
    """The actors of a map by threat and cooperation.

    Parameters
    ----------
    rows : tuple of ActorCooperation
        In the order of the actors' ids; without arenas and the focal actor.
    findings : tuple of Finding
        Code ``cooperation``.
    labels : mapping of str to str
        What the actors are called, by id.
    """

    rows: tuple[ActorCooperation, ...]
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
            Actor, threat and cooperation, the type with its strategy, and the basis.
        """

        def height(value: bool | None) -> str | None:  # noqa: FBT001 - a cell, not an option
            return None if value is None else text(f"grunig.{'high' if value else 'low'}", lang)

        def basis(row: ActorCooperation) -> str | None:
            used = dict.fromkeys(
                one for one in (row.threat_basis, row.cooperation_basis) if one is not None
            )
            return listing([text(f"grunig.basis.{one}", lang) for one in used], lang) or None

        keys = ("actor", "threat", "cooperation", "cooperation_type", "strategy", "basis")
        return table(
            lang,
            (
                (
                    self.labels[row.actor],
                    height(row.threat),
                    height(row.cooperation),
                    text(f"grunig.cooperation_type.{row.type}", lang) if row.type else None,
                    text(f"grunig.cooperation_strategy.{row.strategy}", lang)
                    if row.strategy
                    else None,
                    basis(row),
                )
                for row in self.rows
            ),
            *keys,
        )


def cooperation(
    kart: ActorMap,
    *,
    judge: Callable[[Actor], tuple[bool | None, bool | None]] = stance_and_power,
) -> Cooperation:
    """Return the actors by their potential for threat and for cooperation.

    Parameters
    ----------
    kart : ActorMap
        The map.
    judge : callable
        From an actor to whether threat and cooperation are high, None where unknown. It is
        asked where the actor has no tag of its own.

    Returns
    -------
    Cooperation
        With the basis of each judgement.

    Notes
    -----
    Savage and colleagues' (1991) four types. The map has no fields for the two, so the tags
    ``threat`` and ``cooperation`` are read first: ``high`` or ``low``, true or false, or a
    number from 1 to 5 where more than 3 is high. A tag that says something else is unknown
    and is not guessed at.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> row = cooperation(ActorMap(actors=[Actor(id="gp", power=4, stance=1)])).rows[0]
    >>> row.type, row.strategy, row.threat_basis
    ('mixed_blessing', 'collaborate', 'derived')
    """
    expect_map(kart)
    rows = tuple(_cooperation(actor, judge(actor)) for actor in stakeholders(kart))
    derived = [row.actor for row in rows if row.type and "derived" in _bases(row)]
    found = about(kart, ("cooperation", "derived", "note"), derived, len(rows))
    found += unrated(kart, "cooperation", rows)
    return Cooperation(rows=rows, findings=tuple(found), labels=labels(kart))


def _bases(row: ActorCooperation) -> tuple[str | None, str | None]:
    return row.threat_basis, row.cooperation_basis


def _cooperation(actor: Actor, judged: tuple[bool | None, bool | None]) -> ActorCooperation:
    threat, threat_basis = _tagged(actor, "threat", judged[0])
    cooperates, cooperation_basis = _tagged(actor, "cooperation", judged[1])
    kind, strategy = (
        (None, None)
        if threat is None or cooperates is None
        else COOPERATION_TYPES[threat, cooperates]
    )
    return ActorCooperation(
        actor=actor.id,
        threat=threat,
        cooperation=cooperates,
        threat_basis=threat_basis,
        cooperation_basis=cooperation_basis,
        type=kind,
        strategy=strategy,
    )


def _tagged(actor: Actor, tag: str, judged: bool | None) -> tuple[bool | None, str | None]:  # noqa: FBT001 - what was judged, not an option
    if tag in actor.tags:
        high = _high(actor.tags[tag])
        return high, None if high is None else "tag"
    return judged, None if judged is None else "derived"


def _high(tag: Any) -> bool | None:
    lowest, highest = 1, 5
    if isinstance(tag, bool):
        return tag
    if isinstance(tag, (int, float)):
        return tag > MIDDLE if lowest <= tag <= highest else None
    return {"high": True, "low": False}.get(str(tag).strip().lower())
