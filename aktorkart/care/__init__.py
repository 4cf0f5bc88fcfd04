"""The twelve analyses that no general tool offers, each a function from map to findings.

Definitions are METHOD 6's. An analysis never fails on a valid map: where the map does not
hold what it needs, it says in one line what could be learnt by filling it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.continuity import (
    care_density,
    continuity_of_care,
    modified_continuity,
    usual_provider,
)
from aktorkart.care.course import coverage, in_and_out
from aktorkart.care.flow import drop_out, tellings
from aktorkart.care.guides import coordinator, one_door
from aktorkart.care.levels import level_alignment, user_voice
from aktorkart.care.maps import improvement, perspective_gap
from aktorkart.care.relations import equality, grey_zones

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.findings import Finding
    from aktorkart.model import ActorMap

__all__ = [
    "care_density",
    "continuity_of_care",
    "coordinator",
    "coverage",
    "drop_out",
    "equality",
    "findings",
    "grey_zones",
    "improvement",
    "in_and_out",
    "level_alignment",
    "modified_continuity",
    "one_door",
    "perspective_gap",
    "tellings",
    "user_voice",
    "usual_provider",
]

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
