"""All twelve analyses at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.coordinator import coordinator
from aktorkart.care.coverage import coverage
from aktorkart.care.drop_out import drop_out
from aktorkart.care.equality import equality
from aktorkart.care.grey_zones import grey_zones
from aktorkart.care.improvement import improvement
from aktorkart.care.in_and_out import in_and_out
from aktorkart.care.level_alignment import level_alignment
from aktorkart.care.one_door import one_door
from aktorkart.care.perspective_gap import perspective_gap
from aktorkart.care.tellings import tellings
from aktorkart.care.user_voice import user_voice
from aktorkart.paused import collector_paused

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap

_TWELVE: tuple[Callable[[ActorMap], list[Finding]], ...] = (
    tellings,
    one_door,
    coordinator,
    drop_out,
    equality,
    grey_zones,
    in_and_out,
    level_alignment,
    perspective_gap,
    user_voice,
    coverage,
    improvement,
)
"""In METHOD's order."""


SAID_ELSEWHERE = frozenset(
    {("grey_zones", "missing"), ("grey_zones", "no_owner"), ("perspective_gap", "strength")}
)
"""Findings that repeat others where everything is told together: needed ties are among a
map's contents, actions without owner among the toolbox's checks, and two ratings far apart
are told by equality."""


@collector_paused()
def findings(kart: ActorMap) -> list[Finding]:
    """Run all twelve analyses.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        In METHOD's order, analysis by analysis.

    Examples
    --------
    >>> import aktorkart as ak
    >>> found = ak.findings(ak.examples.user_network())
    >>> found[0].code
    'tellings'
    """
    return [found for analysis in _TWELVE for found in analysis(kart)]
