"""Which maps stand out among the others, and whether firmly (METHOD 7 and 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.content.firmness import EACH
from aktorkart.model.actormap import retied
from aktorkart.network import whole_map
from aktorkart.network.measures import measures
from aktorkart.network.network import ordered_channels
from aktorkart.network.scores import DRAWS
from aktorkart.network.variants import drawn_strengths, thinned
from aktorkart.portfolios.key_figures import BY_KEY, Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aktorkart.model import ActorMap

ENOUGH = 5
"""From so many maps on it is said that one stands out."""

BEYOND = 1.5
"""A map stands out beyond the quartiles by so many times their distance (Tukey 1977)."""

ONE_OF = 10
"""No more than one of so many (and one of fewer) stands out to a side: else they are a group."""

LEFT_OUT = 0.1
"""The share of the ties that is left out to see whether a map still stands out."""

FIRM = 0.95
"""It does so firmly where it held in so many of the variants of every kind that was tried."""


@dataclass(frozen=True, kw_only=True)
class Outlier:
    """A map that is far from the others on a key figure.

    Parameters
    ----------
    name : str
        The map.
    figure : str
        The key figure.
    value, median : float
        Its value, and the middle one of all.
    side : {"high", "low"}
        To which side it stands out.
    held : mapping of str to tuple of int
        In how many variants it still did, and of how many, by family; empty where it is only
        counted and nothing was tried.
    """

    name: str
    figure: str
    value: float
    median: float
    side: str
    held: Mapping[str, tuple[int, int]] = field(hash=False)

    @property
    def firm(self) -> bool | None:
        """Whether it stood out in nearly all of the variants; None where none was tried."""
        if not self.held:
            return None
        return all(held >= FIRM * variants for held, variants in self.held.values())


@dataclass(frozen=True)
class Fences:
    """What lies within is as usual."""

    low: float
    high: float

    def beyond(self, value: float) -> str | None:
        """Return to which side a value is beyond them."""
        if value > self.high:
            return "high"
        return "low" if value < self.low else None


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the quartiles, between two values in proportion (Hyndman & Fan's type 7)."""
    one, two, three = np.percentile(np.sort(values), (25, 50, 75)).tolist()
    # 4.000000000000001 is no other number of actors than 4.
    return round(one, 9), round(two, 9), round(three, 9)


def outside(values: Mapping[str, float]) -> tuple[Fences | None, dict[str, str]]:
    """Return where it is usual to be, and who is beyond it to which side."""
    if len(values) < ENOUGH:
        return None, {}
    low, _, high = quartiles(list(values.values()))
    fences = Fences(low - BEYOND * (high - low), high + BEYOND * (high - low))
    sides = {name: fences.beyond(value) for name, value in values.items()}
    most = max(1, len(values) // ONE_OF)
    told = {
        side for side in ("high", "low") if 0 < sum(one == side for one in sides.values()) <= most
    }
    return fences, {name: side for name, side in sides.items() if side in told}


def held(kart: ActorMap, key: str, fences: Fences, side: str) -> dict[str, tuple[int, int]]:
    """Count in how many variants of a map it still stands out, by family; the others stay."""
    return {
        family: (sum(fences.beyond(value) == side for value in values), len(values))
        for family in BY_KEY[key].families
        if (values := list(_TRIED[family](kart, key)))
    }


def _fewer_ties(kart: ActorMap, key: str) -> Iterator[float]:
    """Return a figure each time a tenth of the ties is left out; what is then unknown is none."""
    channels = ordered_channels(kart)
    drawn = set(map(id, kart.channels))
    others = [tie for tie in kart.ties if id(tie) not in drawn]
    if not channels:
        return
    for row in thinned([tie.kind for tie in channels], LEFT_OUT, EACH):
        kept = [channels[at] for at in np.flatnonzero(row)]
        number = BY_KEY[key].of(Seen(retied(kart, [*others, *kept]))).number
        yield float("nan") if number is None else number


def _other_strengths(kart: ActorMap, key: str) -> Iterator[float]:
    """Return a figure each time every strength is a step weaker, as it was, or stronger."""
    found = measures(kart)
    network, n = found.network, found.n
    if key == "centralization":
        rows = found.drawn("betweenness")
        attained = (n - 1) ** 2 * (n - 2)
        shares = (whole_map.centralization(row, attained) for row in rows)
    else:
        drawn = network.arc_strengths(drawn_strengths(network, DRAWS))
        shares = (whole_map.reciprocity(network, row) for row in drawn)
    yield from (round(100.0 * share, 9) for share in shares if share is not None)


_TRIED = {"steps": _other_strengths, "ties_missing": _fewer_ties}
"""METHOD 8's kinds of variants that move a key figure."""
