"""Threat and cooperation as they follow from an actor's power and stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.grunig.influence import MIDDLE

if TYPE_CHECKING:
    from aktorkart.model import Actor


def stance_and_power(actor: Actor) -> tuple[bool | None, bool | None]:
    """Judge threat and cooperation from what the map has: power and stance.

    Parameters
    ----------
    actor : Actor
        The actor.

    Returns
    -------
    tuple of bool or None
        Whether its potential for threat is high, and that for cooperation.

    Notes
    -----
    This judgement is ours. Threat is about what an actor *can* do, so it follows power:
    above the middle is high. Cooperation is about what it is willing to, so it follows
    stance: for is high, against is low, neutral or unknown is unknown.

    Examples
    --------
    >>> from aktorkart.model import Actor
    >>> stance_and_power(Actor(id="nav", power=4, stance=-1))
    (True, False)
    """
    threat = None if actor.power is None else actor.power > MIDDLE
    return threat, actor.stance > 0 if actor.stance else None
