"""The way from service to service: who refers to whom, where one waits, where one tells again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.care.in_and_out import NOT_SERVICES, Stay, serving_ties, stays_of, times_of
from aktorkart.care.serving import serving
from aktorkart.care.tellings import tellings
from aktorkart.comparison.sides import order, other_end
from aktorkart.model.fields import first_day, has_begun, last_day
from aktorkart.model.vocabulary import STORY
from aktorkart.network.graph import arcs_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aktorkart.model import ActorMap, Tie


@dataclass(frozen=True, kw_only=True)
class Referral:
    """One service sends the user on to another."""

    source: str
    target: str
    since: str | None  # as it stands on the map
    received: str | None  # when the contact that followed began
    wait: tuple[int, int] | None  # days between, the fewest and the most; None where unknown
    there: bool  # whether the other was in contact with the user already


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """What a map says of the way from service to service."""

    stays: tuple[Stay, ...]  # with the user, the earliest first; those without a start come first
    referrals: tuple[Referral, ...]
    told: Mapping[str, bool | None]  # who is told everything anew; None where nobody knows
    undated: tuple[str, ...]  # in contact with the user, and nobody knows when
    planned: tuple[str, ...]  # whose contact with the user begins after the map's date
    steps: Mapping[str, int]  # how many referrals lead there, the longest way, from 0

    @property
    def dated(self) -> bool:
        """Whether anything of it can be placed in time."""
        return bool(self.stays or any(one.since for one in self.referrals))


def pathway(kart: ActorMap) -> Pathway:
    """Follow the user from service to service, or on a map without one the referrals.

    What begins after the map's date has not happened, and is left out but for its names.

    A wait is the days between a referral's ``since`` and that of the receiving service's next
    tie with the user. A service is told everything anew if no service that was there before it
    has a tie that carries the story to it, itself or through arenas, on the day it begins.
    """
    user = kart.user
    ties = serving_ties(kart, user) if user is not None else []
    times = times_of(ties, user, by=kart.date) if user is not None else []
    stays = sorted(stays_of(times), key=lambda stay: (stay.since or dt.date.min, stay.service))
    placed = {stay.service for stay in stays}
    there = {
        other_end(tie, user) for tie in ties if user is not None and has_begun(tie.since, kart.date)
    }
    referrals = _referrals(kart, stays)
    return Pathway(
        stays=tuple(stays),
        referrals=tuple(referrals),
        told=_told(kart, stays) if stays else _to_tell(kart, user),
        undated=tuple(sorted(there - placed)),
        planned=tuple(sorted({other_end(tie, user) for tie in ties if user} - there)),
        steps=_steps(
            there | {id_ for one in referrals for id_ in (one.source, one.target)}, referrals
        ),
    )


def _day(when: str) -> dt.date:
    return dt.date.fromisoformat(when)


def _referrals(kart: ActorMap, stays: Sequence[Stay]) -> list[Referral]:
    users = {actor.id for actor in kart.actors if actor.kind in NOT_SERVICES}
    found = {
        (source, target, tie.since): _referral(source, target, tie.since, stays)
        for tie in sorted(kart.ties, key=order)
        if tie.kind == "referral" and tie.is_channel and not users.intersection(tie.ends)
        if has_begun(tie.since, kart.date)
        for source, target in tie.arcs
    }
    return list(found.values())


def _referral(source: str, target: str, since: str | None, stays: Sequence[Stay]) -> Referral:
    mine = [stay for stay in stays if stay.service == target]
    received, wait, there = None, None, False
    if since is not None:
        first, last = _day(first_day(since)), _day(last_day(since))
        there = any(
            stay.known is not None and stay.known < first and (stay.until or dt.date.max) >= first
            for stay in mine
        )
        later = [
            begun
            for stay in mine
            if (begun := stay.written[0]) is not None and _day(last_day(begun)) >= first
        ]
        if later and not there:
            received = min(later, key=first_day)
            fewest = max((_day(first_day(received)) - last).days, 0)
            wait = fewest, (_day(last_day(received)) - first).days
    return Referral(
        source=source, target=target, since=since, received=received, wait=wait, there=there
    )


def _told(kart: ActorMap, stays: Sequence[Stay]) -> dict[str, bool | None]:
    """Tell who is told everything anew when its first time begins."""
    arenas = {actor.id for actor in kart.actors if actor.kind == "arena"}
    carrying = [
        tie
        for tie in kart.ties
        if tie.is_channel and tie.kind in STORY and kart.user not in tie.ends
    ]
    found: dict[str, bool | None] = {}
    known: set[str] = set()
    for stay in stays:
        if stay.since is None:
            # Nobody knows whether anybody was there before it.
            found.setdefault(stay.service, None)
        elif stay.service not in known and stay.service not in found:
            day = last_day(str(stay.written[0]))
            heard = _heard(_by(carrying, day), known, arenas)
            # The first of all is told, but not anew.
            found[stay.service] = bool(known) and stay.service not in heard
        known.add(stay.service)
    return found


def _by(ties: Iterable[Tie], day: str) -> dict[str, set[str]]:
    """Return who passes things on to whom by ties that had begun by a day."""
    begun = [tie for tie in ties if tie.since is None or first_day(tie.since) <= day]
    return arcs_among(begun, both_ways=("membership",))


def _heard(arcs: Mapping[str, set[str]], known: set[str], arenas: set[str]) -> set[str]:
    """Return whom those who know the story reach, themselves or through arenas."""
    reached: set[str] = set()
    waiting = sorted(known)
    while waiting:
        new = arcs.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += sorted(new & arenas)
    return reached


def _to_tell(kart: ActorMap, user: str | None) -> dict[str, bool | None]:
    """Return whom the user must tell, where nobody knows who came first: METHOD 6.1."""
    if user is None:
        return {}
    found = tellings(kart)[0]
    helping = serving(kart, user)
    if found.level == "unknown":
        return dict.fromkeys(helping)
    return {id_: id_ in found.actors for id_ in helping}


def _steps(ids: set[str], referrals: Iterable[Referral]) -> dict[str, int]:
    """Return the longest way of referrals to each; in a circle the first by id begins."""
    into: dict[str, set[str]] = defaultdict(set)
    for one in referrals:
        into[one.target].add(one.source)
    found: dict[str, int] = {}
    left = set(ids)
    while left:
        ready = [id_ for id_ in left if not (into[id_] & left) - {id_}] or [min(left)]
        # Those of one round do not lead to each other, so none of them waits for another.
        found |= {
            id_: max((found[one] for one in into[id_] if one in found), default=-1) + 1
            for id_ in ready
        }
        left.difference_update(ready)
    return found
