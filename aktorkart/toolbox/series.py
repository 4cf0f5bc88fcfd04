"""Points over time: the goals and the checklist of a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.i18n import period
from aktorkart.model.fields import first_day, has_begun, last_day
from aktorkart.tables import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.model import Point
    from aktorkart.tables import Cell

DIGITS = 9
"""Differences of points as people write them, without what floats add in the last place."""

COURSE = ("first#", "first_date/", "last#", "last_date/", "change#")
"""Columns of :func:`course`."""


@dataclass(frozen=True)
class Dated:
    """Points on a date.

    Parameters
    ----------
    date : str
        The day, month or year, as it is written on the map.
    value : float
        0 to 10.
    n : int
        How many were put together in a mean.
    """

    date: str
    value: float
    n: int = 1


def date_order(when: str) -> tuple[str, str, str]:
    """Return a key that sorts days, months and years, the earliest first."""
    return first_day(when), last_day(when), when


def means(points: Iterable[tuple[str, float]]) -> tuple[Dated, ...]:
    """Return the mean on each date, the earliest first."""
    by_date: dict[str, list[float]] = {}
    for date, value in points:
        by_date.setdefault(date, []).append(value)
    return tuple(
        Dated(date, round(sum(sorted(values)) / len(values), DIGITS), len(values))
        for date, values in sorted(by_date.items(), key=lambda item: date_order(item[0]))
    )


def over_time(points: Sequence[Point], date: str | None) -> tuple[Dated, ...]:
    """Return points, 0 to 10, in the order of their dates, those of one date as a mean.

    Points after the map's date are left out: nobody can have given them yet.
    """
    return means((point.date, point.value) for point in points if has_begun(point.date, date))


def difference(series: Sequence[Dated]) -> float | None:
    """Return the last points less the first; None with fewer than two dates."""
    several = 2
    return round(series[-1].value - series[0].value, DIGITS) if len(series) >= several else None


def dated(date: str | None, lang: str) -> Labelled | None:
    """Return a date as a cell of a table; None where there is none."""
    return None if date is None else Labelled(period(date, lang, short=True), date)


def course(series: Sequence[Dated], change: float | None, lang: str) -> tuple[Cell, ...]:
    """Return first points and date, last points and date (if there is a change), and the change."""

    def cells(points: Sequence[Dated]) -> tuple[Cell, ...]:
        return (points[0].value, dated(points[0].date, lang)) if points else (None, None)

    return *cells(series[:1]), *cells(() if change is None else series[-1:]), change
