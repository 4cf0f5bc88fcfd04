"""Who is how close to somebody, and in which part of life: what the network map shows."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aktorkart.i18n import number, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap

SPHERES = ("first", "second", "public", "other", "work", "civil", "personal")
"""The spheres of a life, clockwise from the top: services to the right, one's own to the left."""

_WORK = ("employer", "school")
_OF_LINE = {
    "personal": "personal",
    "civil": "civil",
    "first": "first",
    "second": "second",
    "state": "public",
    "county": "public",
}
_UNKNOWN, _MISSING = "unknown", "missing"

_MOST_STEPS, _QUANTILES = 5, 4


class Ring(NamedTuple):
    """One ring: what is written on it, and who belongs there."""

    name: str
    members: tuple[str, ...]
    kind: str = "known"


def sphere(kart: ActorMap, id_: str) -> str:
    """Return the part of life that an actor belongs to."""
    if kart[id_].kind in _WORK:
        return "work"
    lines = kart.lines(id_)
    return _OF_LINE.get(lines[0], "other") if lines else "other"


def rings(kart: ActorMap, centre: str, *, lang: str) -> list[Ring]:
    """Sort those tied to somebody by how close they are, the closest first."""
    there: dict[str, float | None] = {}
    missing: set[str] = set()
    for tie in kart.ties_in_force:
        if centre not in {tie.source, tie.target}:
            continue
        other = tie.target if tie.source == centre else tie.source
        if tie.needed:
            missing.add(other)
        elif (known := there.get(other)) is None or (tie.strength or 0) > known:
            there[other] = tie.strength if tie.strength is not None else known
    strengths = {id_: strength for id_, strength in there.items() if strength is not None}
    outside = [
        Ring(text("figure.ego_unknown", lang), tuple(sorted(there.keys() - strengths)), _UNKNOWN),
        Ring(text("figure.ego_missing", lang), tuple(sorted(missing - there.keys())), _MISSING),
    ]
    inside = []
    for low, high, name in steps(kart, sorted(set(strengths.values())), lang):
        members = sorted(id_ for id_, strength in strengths.items() if low <= strength < high)
        inside.append(Ring(name, tuple(members)))
    return [*inside, *(ring for ring in outside if ring.members)]


def steps(kart: ActorMap, known: Sequence[float], lang: str) -> list[tuple[float, float, str]]:
    """Return lower and upper bound of each ring's strengths, and what the ring is called."""
    if kart.strength_scale is None:
        if not known:
            return []
        parts = np.array_split(np.array(known), min(_QUANTILES, len(known)))
        bounds = [(float(part[0]), float(part[-1])) for part in parts][::-1]
        uppers = [math.inf, *(low for low, _ in bounds)]
        return [
            (low, upper, _span(low, high, lang))
            for (low, high), upper in zip(bounds, uppers, strict=False)
        ]
    low, high = kart.strength_scale
    whole = float(low).is_integer() and float(high).is_integer()
    if whole and high - low < _MOST_STEPS:
        return [
            (step - 0.5, step + 0.5, number(step, lang))
            for step in range(int(high), int(low) - 1, -1)
        ]
    edges = np.linspace(low, high, _MOST_STEPS + 1).tolist()[::-1]
    return [
        (below, math.inf if place == 0 else above, _span(below, above, lang))
        for place, (above, below) in enumerate(itertools.pairwise(edges))
    ]


def _span(low: float, high: float, lang: str) -> str:
    if low == high:
        return number(low, lang)
    return f"{number(low, lang)}–{number(high, lang)}"
