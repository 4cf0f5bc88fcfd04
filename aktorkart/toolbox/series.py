"""Points over time: the goals and the checklist of a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.model.fields import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.model import Point

# Differences of points as people write them, without what floats add in the last place.
_DIGITS = 9


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


def _in_order(when: str) -> tuple[str, str, str]:
    return first_day(when), last_day(when), when


def _means(points: Iterable[tuple[str, float]]) -> tuple[Dated, ...]:
    """Return the mean on each date, the earliest first."""
    by_date: dict[str, list[float]] = {}
    for date, value in points:
        by_date.setdefault(date, []).append(value)
    return tuple(
        Dated(date, round(sum(sorted(values)) / len(values), _DIGITS), len(values))
        for date, values in sorted(by_date.items(), key=lambda item: _in_order(item[0]))
    )


def _over_time(points: Sequence[Point]) -> tuple[Dated, ...]:
    return _means((point.date, point.value) for point in points)


def _difference(series: Sequence[Dated]) -> float | None:
    several = 2
    return round(series[-1].value - series[0].value, _DIGITS) if len(series) >= several else None
