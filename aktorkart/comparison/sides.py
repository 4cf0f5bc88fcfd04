"""What looking at both sides of a tie needs: which exist, how far ratings are apart, words."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aktorkart.finding import LEVELS, Between, Coded, Finding, Value, Word, some
from aktorkart.i18n import has_text
from aktorkart.model.scales import SUPPORTS, step_code
from aktorkart.model.vocabulary import STEP_FACTOR, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.model import ActorMap, Tie

TieKey = tuple[str, str, str]
"""Two actors, sorted by id, and the kind of tie between them."""

FAR_APART = 2
"""From so many steps on, two ratings are far apart (METHOD 6.5)."""

JUDGEMENTS = (
    "kind",
    "line",
    "level",
    "linkage",
    "organisation",
    "power",
    "interest",
    "legitimacy",
    "urgency",
    "threat",
    "cooperation",
    "stance",
    "wanted_stance",
)
"""What may be judged differently about an actor."""


def steps_apart(one: float, other: float, scale: tuple[float, float] | None) -> float:
    """Return how many steps there are between two strengths."""
    # Rounding keeps 2 steps from being 1.9999999999999996.
    if scale is not None:
        return round(abs(one - other) / ((scale[1] - scale[0]) / STEPS), 9)
    return round(abs(math.log(one) - math.log(other)) / math.log(STEP_FACTOR), 9)


def sorted_findings(found: Iterable[Finding], *, by: str = "n") -> list[Finding]:
    """Sort findings: gaps first, then by size, then by actors."""
    return sorted(
        found,
        key=lambda one: (
            LEVELS.index(one.level),
            -(one.numbers.get(by) or 0),
            one.actors,
            one.ties,
            one.case,
        ),
    )


def existing(kart: ActorMap) -> list[Tie]:
    """Return the ties that are there on the map's date, also those that do not work well."""
    return [tie for tie in kart.ties_in_force if not tie.needed and tie.kind != "conflict"]


def other_end(tie: Tie, one: str) -> str:
    """Return whom a tie joins one of its ends with."""
    return tie.target if tie.source == one else tie.source


def in_touch(kart: ActorMap, one: str) -> set[str]:
    """Return those who have a channel with an actor, one way or the other."""
    return {other_end(tie, one) for tie in kart.channels if one in tie.ends}


def order(tie: Tie) -> tuple[Any, ...]:
    """Return a key that sorts ties whatever their order in the file."""
    one, other = source, target = tie.source, tie.target
    if other < one:
        one, other = target, source
    when = tie.since or "", tie.until or ""
    return (one, other, tie.kind, tie.mutual, source, tie.informant or "", *when)


def reports(ties: Iterable[Tie]) -> dict[TieKey, list[Tie]]:
    """Return what is told of each tie, by its two actors (sorted) and its kind.

    This is what sentences and tables count. However many tell of it, and whether as one mutual
    tie or as one each way, it is one tie: what counts are the arcs (METHOD 7).
    """
    found: dict[TieKey, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[*tie.pair, tie.kind].append(tie)
    return found


def goes_one_way(told: Iterable[Tie]) -> bool:
    """Tell whether a tie goes one way only, by all that is told of it."""
    return len({arc for tie in told for arc in tie.arcs}) == 1


def named_ties(ties: Iterable[Tie]) -> tuple[Word, ...]:
    """Return ties to be said by name, each pair once and as many as fit in a sentence."""
    pairs = dict.fromkeys(
        (told[0].ends, False) if goes_one_way(told) else (told[0].pair, True)
        for told in reports(ties).values()
    )
    return some([Between(*ends, mutual) for ends, mutual in pairs])


def worded(name: str, value: Any) -> Value:
    """Return a judgement as words: from the catalogues where it is one of ours."""
    if value is None:
        return Coded("common.unknown")
    if isinstance(value, tuple):
        return tuple(_word(name, item) for item in value) or Coded("common.none")
    return _word(name, value)


def _word(name: str, value: Any) -> Word:
    if isinstance(value, bool):
        return Coded("common.yes" if value else "common.no")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int):
        return Coded(step_code(name, value))
    if name in SUPPORTS:
        return Coded(f"scale.support.{value}")
    code = {
        "kind": f"kind.{value}",
        "line": f"line.{value}",
        "level": f"level.{value}",
        "linkage": f"linkage.{value}",
        "quality": f"quality.{value}",
        "communication": f"communication.{value}",
        "bound_to": f"compare.binding.{value}",
    }.get(name, "")
    return Coded(code) if code and has_text(code) else str(value)
