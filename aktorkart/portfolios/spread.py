"""How a key figure is spread over many maps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aktorkart.model.fields import FrozenDict
from aktorkart.portfolios.standing_out import ENOUGH, quartiles
from aktorkart.portfolios.suppression import FEW, suppressed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.portfolios.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How a key figure is spread over the maps that have it.

    Parameters
    ----------
    figure : str
        The key figure.
    n : int or None
        How many maps have it; None where that is hidden.
    least, low, median, high, most : float or None
        The smallest value, the quartiles and the greatest; None where no map has one, or it is
        hidden, and for quartiles of fewer than five maps.
    reasons : mapping of str to int
        Why the others have none: code to number of maps.
    """

    figure: str
    n: int | None
    least: float | None = None
    low: float | None = None
    median: float | None = None
    high: float | None = None
    most: float | None = None
    reasons: Mapping[str, int] = field(default_factory=dict, hash=False)

    def hidden(self, maps: int) -> Spread:
        """Return it without what would tell of few: no value has so few on either side."""
        n = self.n or 0
        half, quarter = n // 2 > FEW, n // 4 > FEW
        known, _ = suppressed([n, maps - n], sum_known=True)
        return replace(
            self,
            n=known,
            least=None,
            low=self.low if quarter else None,
            median=self.median if half else None,
            high=self.high if quarter else None,
            most=None,
            reasons=FrozenDict({}),
        )


def spread(figure: str, profiles: Mapping[str, Profile]) -> Spread:
    """Return how a key figure is spread."""
    values = [one.values[figure] for one in profiles.values()]
    known = sorted(one.number for one in values if one.number is not None)
    reasons = Counter(one.reason for one in values if one.reason is not None)
    told = FrozenDict(dict(sorted(reasons.items())))
    if not known:
        return Spread(figure=figure, n=0, reasons=told)
    low, median, high = quartiles(known)
    enough = len(known) >= ENOUGH
    return Spread(
        figure=figure,
        n=len(known),
        least=known[0],
        low=low if enough else None,
        median=median,
        high=high if enough else None,
        most=known[-1],
        reasons=told,
    )
