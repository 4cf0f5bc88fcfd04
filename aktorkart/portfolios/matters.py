"""Matters that maps can be compared by: what one lacks and another has, by code and case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.content.topics import Topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap

Case = tuple[str, str]


@dataclass(frozen=True)
class Matter:
    """Something that analyses find a gap in on one map, and a strength on another."""

    key: str
    gaps: frozenset[Case]
    strengths: frozenset[Case]

    def seen(self, found: Iterable[Case]) -> str | None:
        """Return what the findings of a map say of it; a gap outweighs a strength beside it."""
        cases = {*found}
        if cases & self.gaps:
            return "gap"
        return "strength" if cases & self.strengths else None


def _matter(key: str, code: str, gaps: str, strengths: str) -> Matter:
    return Matter(
        key,
        frozenset((code, case) for case in gaps.split()),
        frozenset((code, case) for case in strengths.split()),
    )


_NAMED = "reaches_all reaches_some reaches_nobody"
"""Cases that are only found where a coordinator is named."""

MATTERS = (
    _matter("tellings", "tellings", "count", "once"),
    _matter("doors", "one_door", "never", "all"),
    _matter("coordinator", "coordinator", "none several no_channel", _NAMED),
    _matter("contacts", "coordinator", "reaches_some reaches_nobody", "reaches_all"),
    _matter("alone", "bridges", "cut_points", "no_cut_points"),
    _matter("whole", "reach", "isolates pieces", "one_piece"),
    _matter("views", "equality", "apart", "close"),
    _matter("agreements", "level_alignment", "no_agreement no_practice missing_middle", "aligned"),
    _matter("voice", "user_voice", "not_in_arena", "in_arena"),
    _matter("heard", "user_voice", "no_path", "path direct"),
    _matter("goals", "coverage", "nobody", "somebody"),
    _matter("handovers", "in_and_out", "gap pause gap_at_least pause_at_least", "seamless overlap"),
    _matter("meeting", "arenas", "meet_nowhere", "all_meet"),
)
"""In the order in which they are told: what concerns the user first."""

TOPICS = ("care", "reach", "bridges", "arenas")
"""The topics of a map in which the cases above are found."""


def findings_of(kart: ActorMap) -> list[Finding]:
    """Return what the analyses find of the matters, gaps and strengths alone."""
    told = Topics(kart).about(*TOPICS)
    cases = frozenset[Case]().union(*(one.gaps | one.strengths for one in MATTERS))
    return [found for found in told if (found.code, found.case) in cases]
