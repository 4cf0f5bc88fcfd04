"""What happens when, row by row: what a figure over time or over steps is made of.

Along it things stand at numbers: days, as `datetime.date.toordinal` counts them, a day from its
number to the next; or steps, from 0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.i18n import period
from aktorkart.model.fields import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ALONG = ("time", "steps")
"""What a pathway can run along."""

LANES = ("actor", "line")
"""What the lanes of a pathway can be ordered by."""

# So many of the dates may stand before the page begins, where that makes the rest far clearer.
_BEFORE, _COST, _CLEARER, _NEAR = 0.3, 4.0, 0.5, 0.1


@dataclass(frozen=True, kw_only=True)
class Span:
    """A time in which something goes on; what is not sure of it is drawn lighter."""

    gid: str
    start: float | None  # the earliest it may have begun; None where nobody knows
    sure: tuple[float, float]  # on these days it certainly went on; nothing if they are turned
    end: float
    goes_on: bool = False
    look: str = "works"  # or "troubled", "waits"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Something that happens at a time, or is to happen."""

    gid: str
    at: float
    look: str  # "due", "overdue", "done", "point", "told"
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the figure: its name, what goes on, what happens, and a remark."""

    gid: str
    label: str
    shape: str = ""
    spans: tuple[Span, ...] = ()
    signs: tuple[Sign, ...] = ()
    bar: tuple[float, float] | None = None  # a thin line from one of its signs to another
    remark: str = ""
    bold: bool = False
    head: bool = False  # a heading over those that follow


@dataclass(frozen=True, kw_only=True)
class Link:
    """An arrow from one row to another."""

    gid: str
    source: str  # gids of rows
    target: str
    start: float
    turn: float  # where it goes from row to row
    end: float
    look: str = "plain"  # or "apart", where there are days between


@dataclass(frozen=True, kw_only=True)
class Upright:
    """A line through all rows."""

    gid: str
    at: float
    label: str
    look: str  # "today", "discharge"


@dataclass(frozen=True, kw_only=True)
class Course:
    """All rows, with what joins them, and the part of time that is drawn."""

    rows: tuple[Row, ...]
    start: float
    stop: float
    links: tuple[Link, ...] = ()
    uprights: tuple[Upright, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()  # what is drawn, and what it means
    notes: tuple[str, ...] = ()
    steps: tuple[str, ...] = field(default=())  # what the steps are called; none along time


def begins(when: str) -> float:
    """Return where a day, a month or a year begins."""
    return float(dt.date.fromisoformat(first_day(when)).toordinal())


def ends(when: str) -> float:
    """Return where a day, a month or a year ends."""
    return float(dt.date.fromisoformat(last_day(when)).toordinal() + 1)


def middle(when: str) -> float:
    """Return the middle of a day, a month or a year."""
    return (begins(when) + ends(when)) / 2


def span(gid: str, since: str | None, until: str | None, now: float, *, look: str) -> Span:
    """Return a time by its dates as they stand on the map; without a last one it goes on."""
    end = ends(until) if until else max(now, ends(since) if since else now)
    sure = (ends(since) - 1 if since else end - 1, begins(until) + 1 if until else end)
    start = begins(since) if since else None
    return Span(gid=gid, start=start, sure=sure, end=end, goes_on=not until, look=look)


def drawn_part(dates: Sequence[float]) -> tuple[float, float]:
    """Return from when to when time is drawn, so that early dates do not push all together.

    The first day is chosen so that days are as wide as they can be for how few dates stand
    before it: at most three in ten, and only if the rest becomes at least twice as wide.
    """
    days = sorted(dates)
    stop = days[-1] + 1
    whole = stop - days[0]
    best = days[0]
    least = whole
    for place, day in enumerate(days[: int(_BEFORE * len(days)) + 1]):
        weight = (stop - day) * (1 + _COST * place / len(days))
        if stop - day <= _CLEARER * whole and weight < least:
            best, least = day, weight
    # What stands just before it is not worth a remark.
    for day in reversed([one for one in days if one < best]):
        if best - day > _NEAR * (stop - best):
            break
        best = day
    margin = max(0.02 * (stop - best), 1.0)
    return best - margin, stop + margin


def drawn_time(stated: Sequence[tuple[str, float]], now: float) -> tuple[float, float]:
    """Return from when to when time is drawn, given dates and where each of them stands.

    It is `drawn_part`, and all of a month or year of which something is in it.
    """
    start, stop = drawn_part([*(at for _, at in stated), now])
    rough = [when for when, at in stated if at >= start and when.count("-") < 2]  # noqa: PLR2004
    low, high = (
        min([start, *map(begins, rough)]),
        max([stop, *(ends(when) + 1 for when in rough)]),
    )
    margin = max(0.02 * (high - low), 1.0)
    return low - margin * (low < start), high + margin * (high > stop)


_DAYS, _MONTHS, _YEARS = (1, 2, 7, 14), (1, 2, 3, 6), (1, 2, 5, 10, 20, 50, 100, 200, 500)


def ticks(
    start: float, stop: float, lang: str, fits: Callable[[Sequence[tuple[float, str]]], bool]
) -> list[tuple[float, str]]:
    """Return days, months or years with their names: as many as fit beside each other."""
    for found in _ticks(start, stop, lang):
        if found and fits(found):
            return found
    return []


def _ticks(start: float, stop: float, lang: str) -> Iterator[list[tuple[float, str]]]:
    first, last = (dt.date.fromordinal(_in_calendar(one)) for one in (start, stop))
    few = 60
    for step in _DAYS:
        if (stop - start) / step <= few:
            days = range(-(-first.toordinal() // step) * step, last.toordinal() + 1, step)
            yield _named([dt.date.fromordinal(day).isoformat() for day in days], start, stop, lang)
    for step in _MONTHS:
        if (stop - start) / (30 * step) <= few:
            months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
            whole = [f"{one // 12:04}-{one % 12 + 1:02}" for one in months if one % step == 0]
            yield _named(whole, start, stop, lang)
    for step in _YEARS:
        years = [f"{year:04}" for year in range(first.year, last.year + 1) if year % step == 0]
        yield _named(years, start, stop, lang)


def _in_calendar(day: float) -> int:
    return min(max(int(day), 1), dt.date.max.toordinal())


def _named(whens: Sequence[str], start: float, stop: float, lang: str) -> list[tuple[float, str]]:
    return [
        (begins(when), period(when, lang, short=True))
        for when in whens
        if start <= begins(when) <= stop
    ]
