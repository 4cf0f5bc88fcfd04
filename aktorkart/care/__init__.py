"""The twelve analyses that no general tool offers, each a function from map to findings.

Definitions are METHOD 6's. An analysis never fails on a valid map: where the map does not
hold what it needs, it says in one line what could be learnt by filling it in.
"""

from __future__ import annotations

from aktorkart.care.arenas import Arena, Arenas, arenas
from aktorkart.care.care_density import care_density
from aktorkart.care.continuity_of_care import continuity_of_care
from aktorkart.care.coordinator import coordinator
from aktorkart.care.coverage import coverage
from aktorkart.care.drop_out import drop_out
from aktorkart.care.equality import equality
from aktorkart.care.findings import findings
from aktorkart.care.grey_zones import grey_zones
from aktorkart.care.improvement import improvement
from aktorkart.care.in_and_out import in_and_out
from aktorkart.care.level_alignment import level_alignment
from aktorkart.care.modified_continuity import modified_continuity
from aktorkart.care.next_steps import next_steps
from aktorkart.care.one_door import one_door
from aktorkart.care.perspective_gap import perspective_gap
from aktorkart.care.tellings import tellings
from aktorkart.care.user_voice import user_voice
from aktorkart.care.usual_provider import usual_provider

__all__ = [
    "Arena",
    "Arenas",
    "arenas",
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
    "next_steps",
    "one_door",
    "perspective_gap",
    "tellings",
    "user_voice",
    "usual_provider",
]
