"""How the values of a measure are told: the same in figures, tables and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.i18n import integer, percent, significant

if TYPE_CHECKING:
    from aktorkart.network.measures import Measures

COUNTS = frozenset({"degree", "in_degree", "out_degree"})
"""Measures whose names say that they are counts, whatever they are divided by."""

_SHARE = "betweenness"


def told(measure: str, value: float, measures: Measures) -> float:
    """Return a measure's value as figures show it: whole counts for degrees."""
    if measure in COUNTS and measures.normalized:
        return float(round(value * (measures.n - 1)))
    return value


def written(measure: str, value: float, lang: str, *, normalized: bool = True) -> str:
    """Write a value that is told: counts as whole numbers, shares as per cent."""
    if measure == _SHARE and normalized:
        return percent(value, lang) if value else "0"
    if measure in COUNTS or float(value).is_integer():
        return integer(round(value), lang)
    return significant(value, lang)
