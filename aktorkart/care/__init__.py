"""The twelve analyses that no general tool offers, each a function from map to findings.

Definitions are METHOD 6's. An analysis never fails on a valid map: where the map does not
hold what it needs, it says in one line what could be learnt by filling it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.course import coverage, improvement, in_and_out, perspective_gap
from aktorkart.care.flow import coordinator, drop_out, one_door, tellings
from aktorkart.care.relations import equality, grey_zones, level_alignment, user_voice

if TYPE_CHECKING:
    from aktorkart.findings import Finding
    from aktorkart.model import ActorMap

__all__ = [
    "coordinator",
    "coverage",
    "drop_out",
    "equality",
    "findings",
    "grey_zones",
    "improvement",
    "in_and_out",
    "level_alignment",
    "one_door",
    "perspective_gap",
    "tellings",
    "user_voice",
]

_TWELVE = (
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
