"""What would happen if somebody dropped out, or if a tie were there: worked out beforehand.

The numbers are those of ``care.drop_out``, ``care.next_steps`` and ``care.coordinator``; the page
only looks them up.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from aktorkart.care.coordinator import unreached
from aktorkart.care.drop_out import losses
from aktorkart.care.next_steps import next_steps
from aktorkart.care.outcome import Ground
from aktorkart.model import Tie
from aktorkart.model.actormap import retied

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.model import ActorMap

MOST_FOR_ALL = 60
"""Up to so many actors every tie that is not there has been tried; beyond, the next steps."""

MOST_FOR_TIES = 500
"""Beyond so many actors no tie is tried: it takes too long."""

KIND = "information"
"""What kind of tie is tried: one that carries what must else be told anew."""


def what_if(kart: ActorMap) -> dict[str, Any]:
    """Return the numbers now, without each actor, and with each tie that would change some.

    A map as it may be shown. Actors are numbered as they stand on it.
    """
    at = {actor.id: place for place, actor in enumerate(kart.actors)}
    appointed = frozenset(actor.id for actor in kart.actors if actor.kind == "coordinator")
    ground = Ground(kart)
    before = ground.before
    now = [before.tellings, before.cut_off, *_reached(kart, appointed)]
    found: dict[str, Any] = {
        "now": now,
        "all": len(at) <= MOST_FOR_ALL,
        "drops": _drops(kart, at, appointed),
        "ties": [],
    }
    if len(at) <= MOST_FOR_TIES:
        near = {kart.user, *appointed}
        for one, other in _pairs(kart):
            after = ground.after(one, other, KIND)
            reached = now[2:]
            if {one, other} & near:
                new = Tie(source=one, target=other, kind=KIND)
                reached = _reached(retied(kart, (*kart.ties, new)), appointed)
            numbers = [after.tellings, after.cut_off, *reached]
            if numbers != now:
                found["ties"].append([at[one], at[other], *numbers])
    return found


def _reached(kart: ActorMap, appointed: frozenset[str]) -> list[int | None]:
    """Return how many of those who serve the user the coordinator reaches, and how many there are.

    Without a user, or with nobody appointed, there is nothing to reach.
    """
    if kart.user is None or not appointed:
        return [None, None]
    active, missing = unreached(kart, kart.user, appointed)
    return [len(active) - len(missing), len(active)]


def _drops(kart: ActorMap, at: dict[str, int], appointed: frozenset[str]) -> list[Any]:
    """Return for each actor who may leave the tellings after, who is cut off, and who is reached.

    None for the one whom the map is about, and for the user: nobody asks what is left without.
    """
    found: list[Any] = [None] * len(at)
    if not kart.channels:
        return found
    user = kart.user
    for loss in losses(kart):
        if loss.id == user:
            continue
        cut_off = None if loss.cut_off is None else [at[one] for one in loss.cut_off]
        reached: list[int | None] = [None, None]
        if appointed and user is not None:
            without, still = retied(kart, kart.ties, without={loss.id}), appointed - {loss.id}
            active, missing = unreached(without, user, still)
            reached = [len(active) - len(missing), len(active)]
        found[at[loss.id]] = [loss.after, cut_off, *reached]
    return found


def _pairs(kart: ActorMap) -> Iterable[tuple[str, str]]:
    """Yield the pairs between whom a tie is tried: those that share no information yet."""
    there = {tie.pair for tie in kart.channels if tie.kind == KIND}
    if len(kart.actors) <= MOST_FOR_ALL:
        everyone = sorted(actor.id for actor in kart.actors)
        return [pair for pair in combinations(everyone, 2) if pair not in there]
    steps = [tie for found in next_steps(kart) for tie in found.ties]
    wanted = {(min(tie[:2]), max(tie[:2])) for tie in steps if tie[2] == KIND}
    return sorted(wanted - there)
