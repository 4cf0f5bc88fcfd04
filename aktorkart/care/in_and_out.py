"""In and out of a life: how services follow each other. METHOD 6.7."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aktorkart.comparison.sides import order, other_end, sorted_findings
from aktorkart.errors import at_least
from aktorkart.finding import Finding, Period, Who, finding, named
from aktorkart.model import expect_map
from aktorkart.model.fields import first_day, has_begun, has_ended, last_day
from aktorkart.model.vocabulary import PERSONAL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aktorkart.model import ActorMap, Tie

WITHIN = 365
"""Days: what begins later than this after something else has ended does not take over from it."""

NOT_SERVICES = PERSONAL_KINDS | {"arena", "community"}
"""The personal network and the places where services meet: nobody is handed over to these."""


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A time in which a service was in contact with the user."""

    service: str
    since: dt.date | None  # None where nobody knows when it began
    known: dt.date | None  # the earliest day it is known to have begun by
    until: dt.date | None
    written: tuple[str | None, str | None]  # its first and last date as they stand on the map
    tie: Tie


def in_and_out(kart: ActorMap, *, within: int = WITHIN) -> list[Finding]:
    """Say how services follow each other in the user's life.

    Parameters
    ----------
    kart : ActorMap
        The map; all its dated ties count, also those that have ended. What begins after its
        date is told as planned, and what ends after it as going on: days are counted up to it.
        Without a date all is told as it stands.
    within : int
        Days. What begins later than this after something has ended does not take over from it.

    Returns
    -------
    list of Finding
        Code ``in_and_out``. For each handover ``gap_days``, the days between the last day of
        the one and the first of the other, or ``overlap_days``, the days they share; how many
        days the first and the second line were there at the same time; what was in place on
        each day of discharge, or is to be; and who is to come.

    Notes
    -----
    METHOD 6.7. Channels between the user and services count; the personal network,
    volunteers and arenas do not. When a service's time ends, it hands over to those it has
    a referral to, and without referrals to the one in the same line, or else in any, whose
    time begins nearest to that day and lasts longer. A month or a year begins on its first
    day and ends on its last: then a gap is at least, and an overlap at most, what is said.
    What has no date at all cannot be placed in time and is left out of the handovers, and days
    with the second line are counted only for those whose start is known.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> kart = ActorMap(
    ...     actors=[Actor(id="bruker", kind="user"), Actor(id="sykehus", kind="hospital"),
    ...             Actor(id="dps", kind="dps")],
    ...     ties=[Tie(source="bruker", target="sykehus", until="2025-10-24"),
    ...           Tie(source="bruker", target="dps", since="2025-11-17")],
    ... )
    >>> in_and_out(kart)[0].numbers["gap_days"]
    23
    """
    expect_map(kart)
    at_least(within, 0, option="within")
    user = kart.user
    if user is None:
        return [finding(kart, "in_and_out", "no_user", "unknown")]
    ties = serving_ties(kart, user)
    if not any(tie.since or tie.until for tie in ties):
        return [finding(kart, "in_and_out", "no_dates", "unknown")]
    times = times_of(ties, user, by=kart.date)
    stays = stays_of(times)
    undated = sorted({other_end(tie, user) for tie in ties if not (tie.since or tie.until)})
    found = [handover(kart, stays, *pair) for pair in handovers(kart, stays, within)]
    found += _at_the_same_time(kart, times, undated)
    found += _to_come(kart, times, times_of(ties, user), undated)
    for when in sorted(set(kart.discharge)):
        if has_begun(when, kart.date):
            found += _discharge(kart, when, stays, undated, within)
        else:
            found.append(_planned_discharge(kart, when, stays_of(times_of(ties, user))))
    return sorted_findings(found, by="gap_days")


def serving_ties(kart: ActorMap, user: str) -> list[Tie]:
    """Return the channels between the user and services, in a fixed order."""
    return [
        tie
        for tie in sorted(kart.ties, key=order)
        if tie.is_channel
        and user in tie.pair
        and kart[other_end(tie, user)].kind not in NOT_SERVICES
    ]


def _date(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def times_of(ties: Iterable[Tie], user: str, *, by: str | None = None) -> list[Stay]:
    """Return the dated times with each service, one for each tie, as they are by a date.

    What has not begun then is no time yet, and what ends later goes on.
    """
    found = []
    for tie in ties:
        if not (tie.since or tie.until) or not has_begun(tie.since, by):
            continue
        until = tie.until if has_ended(tie.until, by) else None
        found.append(
            Stay(
                service=other_end(tie, user),
                since=_date(first_day(tie.since)) if tie.since else None,
                known=_date(first_day(tie.since)) if tie.since else None,
                until=_date(last_day(until)) if until else None,
                written=(tie.since, until),
                tie=tie,
            )
        )
    return found


def stays_of(times: Iterable[Stay]) -> list[Stay]:
    """Return the times with each service, those without a pause between joined."""
    by_service: dict[str, list[Stay]] = defaultdict(list)
    for stay in times:
        by_service[stay.service].append(stay)
    return [stay for service in sorted(by_service) for stay in _joined(by_service[service])]


def is_day(when: str | None) -> bool:
    """Tell whether a date says the day, not only the month or the year."""
    return when is not None and when.count("-") > 1


def _joined(stays: list[Stay]) -> list[Stay]:
    found: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: (_begins(stay), _ends(stay), order(stay.tie))):
        last = found[-1] if found else None
        if last is None or (_begins(stay) - _ends(last)).days > 1:
            found.append(stay)
        else:
            found[-1] = _together(last, stay)
    return found


def _together(last: Stay, stay: Stay) -> Stay:
    """Join two times with no pause between; an unknown start stays unknown, a known one known."""
    known = min((one for one in (last.known, stay.known) if one is not None), default=None)
    joined = replace(last, known=known)
    if _ends(stay) > _ends(last):
        joined = replace(joined, until=stay.until, written=(last.written[0], stay.written[1]))
    return joined


def _begins(stay: Stay) -> dt.date:
    return stay.since or dt.date.min


def _ends(stay: Stay) -> dt.date:
    return stay.until or dt.date.max


def handovers(
    kart: ActorMap, stays: Sequence[Stay], within: int = WITHIN
) -> Iterator[tuple[Stay, Stay]]:
    """Return which time of a service hands over to which time of another."""
    refers = {
        arc for tie in kart.ties if tie.kind == "referral" and tie.is_channel for arc in tie.arcs
    }
    for one in stays:
        if one.until is None:
            continue
        until = one.until

        def distance(other: Stay, until: dt.date = until) -> int:
            return abs((_begins(other) - until).days)

        able = [
            other
            for other in stays
            if other.since is not None
            and _begins(other) > _begins(one)
            and _ends(other) > until
            and (_begins(other) - until).days <= within
        ]
        referred = [other for other in able if (one.service, other.service) in refers]
        lines = set(kart.lines(one.service))
        same_line = [other for other in able if lines & set(kart.lines(other.service))]
        nearest = sorted(same_line or able, key=lambda other: (distance(other), other.service))
        for other in referred or nearest[:1]:
            # One who is there already, by another time of theirs, takes over without a gap.
            if one.service == other.service or not _covered(stays, other, until):
                yield one, other


def _covered(stays: Sequence[Stay], other: Stay, day: dt.date) -> bool:
    """Tell whether a service was there the day after, in another of its times."""
    after = day + dt.timedelta(days=1) if day < dt.date.max else day
    return any(
        stay is not other
        and stay.service == other.service
        and (stay.known or _begins(stay)) <= after <= _ends(stay)
        for stay in stays
    )


def _without(stays: Sequence[Stay], one: Stay, other: Stay) -> int:
    """Count the days between two times on which neither of the two services was there."""
    last, first = _ends(one), _begins(other)
    taken = [
        (max(_begins(stay), last), min(_ends(stay), first))
        for stay in stays
        if stay.service in {one.service, other.service}
        and _begins(stay) <= first
        and _ends(stay) >= last
    ]
    days = 0
    reached = last
    for begins, ends in sorted(taken):
        days += max((begins - reached).days - 1, 0)
        reached = max(reached, ends)
    return days


def handover(kart: ActorMap, stays: Sequence[Stay], one: Stay, other: Stay) -> Finding:
    """Say what lies between the end of one time and the beginning of another."""
    days = (_begins(other) - _ends(one)).days
    if days > 1:
        days = _without(stays, one, other) + 1
    exact = is_day(one.written[1]) and is_day(other.written[0])
    words = {
        "one": Who(one.service),
        "other": Who(other.service),
        "until": Period(str(one.written[1])),
        "since": Period(str(other.written[0])),
    }
    if one.service == other.service:
        case, level, numbers = "pause", "gap", {"gap_days": days - 1}
    elif days > 1:
        case, level, numbers = "gap", "gap", {"gap_days": days - 1}
    elif days == 1:
        case, level, numbers = "seamless", "strength", {"gap_days": 0}
    else:
        case, level, numbers = "overlap", "strength", {"overlap_days": 1 - days}
    if not exact:
        # At least so many days lie between: a gap stays one, all else is only possible.
        case = {"gap": "gap_at_least", "pause": "pause_at_least"}.get(case, "perhaps")
        level = "gap" if level == "gap" else "unknown"
    return finding(
        kart,
        "in_and_out",
        case,
        level,
        actors=tuple(dict.fromkeys((one.service, other.service))),
        ties=tuple(dict.fromkeys((one.tie.key, other.tie.key))),
        numbers={**numbers, "n": next(iter(numbers.values()))},
        words=words,
    )


Times = list[tuple[dt.date, dt.date]]


def _merged(times: Iterable[tuple[dt.date, dt.date]]) -> Times:
    """Return times that do not overlap, in order."""
    found: Times = []
    for since, end in sorted(time for time in times if time[0] <= time[1]):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((since, end))
    return found


def _sure(stay: Stay, now: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days on which a service was certainly there, up to a day."""
    since, until = stay.written
    begins = _date(last_day(since)) if since else _ends(stay)
    ends = _date(first_day(until)) if until else dt.date.max
    return begins, min(ends, now)


def _told(stay: Stay, now: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days that the map's dates speak of: from the first known, to the last possible."""
    return stay.since or _ends(stay), min(_ends(stay), now)


def _both(ones: Times, others: Times) -> Times:
    return [
        (max(one[0], other[0]), min(one[1], other[1]))
        for one in ones
        for other in others
        if max(one[0], other[0]) <= min(one[1], other[1])
    ]


def _length(times: Iterable[tuple[dt.date, dt.date]]) -> int:
    return sum((end - since).days + 1 for since, end in times)


def _at_the_same_time(
    kart: ActorMap, stays: Sequence[Stay], undated: Sequence[str]
) -> Iterator[Finding]:
    """Count the days with the second line, and on how many of them the first was there too.

    The fewest are those on which both certainly were, the most those on which both may have
    been: from an unknown start on, within a month given without a day, or without any date.
    Days of the second line are counted where its start is known.
    """
    first, second = (
        [stay for stay in stays if line in kart.lines(stay.service)] for line in ("first", "second")
    )
    known = [stay for stay in second if stay.since is not None]
    open_ = {stay.service for stay in second if stay.since is None}
    open_ |= {service for service in undated if "second" in kart.lines(service)}
    if kart.date is not None:
        now = _date(last_day(kart.date))
    else:
        days = [day for stay in stays for day in (stay.since, stay.until) if day is not None]
        now = max(days, default=dt.date.max)
    told = _merged(_told(stay, now) for stay in known)
    services = tuple(sorted({stay.service for stay in (*first, *second)} | open_))
    fields: dict[str, Any] = {"actors": services, "words": {"date": now}}
    if open_:
        fields["words"]["actors"] = named(sorted(open_))
    if not told:
        if open_:
            fields["numbers"] = {"n": len(open_)}
            yield finding(kart, "in_and_out", "uncounted", "unknown", **fields)
        return
    fewest = _length(
        _both(_merged(_sure(one, now) for one in first), _merged(_sure(one, now) for one in known))
    )
    total = _length(told)
    if any("first" in kart.lines(service) for service in undated):
        most = total
    else:
        most = _length(_both(_merged((_begins(one), min(_ends(one), now)) for one in first), told))
    fields["numbers"] = {
        "n": total,
        "together": fewest,
        "together_at_most": most,
        "alone": total - most,
    }
    if open_:
        case = "uncounted_more" if fewest == most else "uncounted_between"
        level = "unknown"
    elif fewest == total:
        case, level = "together", "strength"
    elif fewest == most:
        case, level = "alone", "note"
    else:
        case, level = "together_at_least", "unknown"
    yield finding(kart, "in_and_out", case, level, **fields)


def _to_come(
    kart: ActorMap, times: Sequence[Stay], all_times: Sequence[Stay], undated: Sequence[str]
) -> Iterator[Finding]:
    """Say who is to come after the map's date, and is not there on it."""
    there = {stay.service for stay in times if stay.until is None} | set(undated)
    later = [
        stay
        for stay in all_times
        if stay.service not in there and not has_begun(stay.written[0], kart.date)
    ]
    if not later:
        return
    services = sorted({stay.service for stay in later})
    soonest = min(later, key=lambda stay: (_begins(stay), stay.service))
    yield finding(
        kart,
        "in_and_out",
        "to_come",
        "note",
        actors=tuple(services),
        numbers={"n": len(services)},
        words={
            "date": Period(str(kart.date)),
            "actors": named(services),
            "first": Who(soonest.service),
            "since": Period(str(soonest.written[0])),
        },
    )


def _on_the_day(stays: Sequence[Stay], when: str) -> set[str]:
    """Return who is there on a day of discharge, as far as is known, and stays on."""
    day, last = _date(first_day(when)), _date(last_day(when))
    known = [stay for stay in stays if stay.known is not None and stay.known <= day]
    return {stay.service for stay in known if _ends(stay) > last}


def _planned_discharge(kart: ActorMap, when: str, stays: Sequence[Stay]) -> Finding:
    """Say who is to be in place on a day of discharge that is after the map's date."""
    there = sorted(_on_the_day(stays, when))
    date = {"date": Period(when)}
    return finding(
        kart,
        "in_and_out",
        "discharge_planned" if there else "discharge_unplanned",
        "note",
        actors=tuple(there),
        numbers={"n": len(there)},
        words={**date, "actors": named(there)} if there else date,
    )


def _discharge(
    kart: ActorMap, when: str, stays: Sequence[Stay], undated: Sequence[str], within: int
) -> Iterator[Finding]:
    """Say who was there on a day of discharge and stayed on, and who came only afterwards."""
    last = _date(last_day(when))
    there = sorted(_on_the_day(stays, when))
    # Who has no known start, and left only afterwards, may have been there.
    perhaps = {stay.service for stay in stays if stay.since is None and _ends(stay) > last} - set(
        there
    )
    later = [
        stay
        for stay in stays
        if stay.service not in there
        and stay.since is not None
        and 0 < (stay.since - last).days <= within
    ]
    date = {"date": Period(when)}
    unplaced = [*undated, *sorted(perhaps)]
    if there:
        first = any("first" in kart.lines(service) for service in (*there, *unplaced))
        case, level = ("discharge", "note") if first else ("discharge_second", "gap")
    else:
        case, level = ("discharge_unknown", "unknown") if unplaced else ("discharge_nobody", "gap")
    yield finding(
        kart,
        "in_and_out",
        case,
        level,
        actors=tuple(there),
        numbers={"n": len(there)},
        words={**date, "actors": named(there)} if there else date,
    )
    if later:
        soonest = min(later, key=lambda stay: (_begins(stay), stay.service))
        services = sorted({stay.service for stay in later})
        yield finding(
            kart,
            "in_and_out",
            "after_discharge",
            "note",
            actors=tuple(services),
            numbers={"n": len(services), "days": (_begins(soonest) - last).days},
            words={**date, "actors": named(services), "first": Who(soonest.service)},
        )
