"""Many maps side by side, and what may be shared of them."""

from __future__ import annotations

from aktorkart.portfolios.gathering import Failure
from aktorkart.portfolios.learning import Lesson, Shared
from aktorkart.portfolios.portfolio import Member, Portfolio, portfolio
from aktorkart.portfolios.profile import Then
from aktorkart.portfolios.shareable import shareable
from aktorkart.portfolios.spread import Spread
from aktorkart.portfolios.standing_out import Outlier

__all__ = [
    "Failure",
    "Lesson",
    "Member",
    "Outlier",
    "Portfolio",
    "Shared",
    "Spread",
    "Then",
    "portfolio",
    "shareable",
]
