"""What a map holds and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.comparison.sides import named_ties, reports
from aktorkart.content.counted import beside, working
from aktorkart.finding import Finding, Period, finding, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap, Tie


def linked_pairs(kart: ActorMap) -> tuple[int, int]:
    """Count the pairs with a channel, and those of them where nobody has judged a strength."""
    linked = {frozenset(tie.ends) for tie in kart.channels}
    judged = {frozenset(tie.ends) for tie in kart.channels if tie.strength is not None}
    return len(linked), len(linked - judged)


def contents(kart: ActorMap) -> list[Finding]:
    """Say what a map holds and what it lacks."""
    if not kart.actors:
        return [finding(kart, "content", "empty", "unknown")]
    aside = beside(kart)
    troubled = [
        tie
        for key in ("strained", "broken", "conflict")
        for told in aside[key].values()
        for tie in told
    ]
    needed = [tie for told in aside["needed"].values() for tie in told]
    found = [
        finding(
            kart,
            "content",
            "holds" if kart.channels else "holds_none",
            "note",
            numbers={
                "actors": len(kart.actors),
                "channels": working(kart),
            },
        ),
        *_about_ties(kart, "needed", "gap", needed),
        *_about_ties(kart, "troubled", "gap", troubled),
    ]
    outside = len(aside["not_in_force"])
    if outside and kart.date is not None:
        found.append(
            finding(
                kart,
                "content",
                "not_in_force",
                "note",
                numbers={"n": outside},
                words={"date": Period(kart.date)},
            )
        )
    if unjudged := linked_pairs(kart)[1]:
        found.append(
            finding(kart, "content", "unknown_strength", "unknown", numbers={"n": unjudged})
        )
    without = sorted(actor.id for actor in kart.actors if actor.kind == "unknown")
    if without:
        found.append(
            finding(
                kart,
                "content",
                "unknown_kind",
                "unknown",
                actors=tuple(without),
                numbers={"n": len(without)},
                words={"actors": named(without)},
            )
        )
    found += [
        finding(kart, "content", case, "unknown")
        for case, lacks in (("no_date", kart.date is None), ("no_focal", kart.focal is None))
        if lacks
    ]
    return found


def _about_ties(kart: ActorMap, case: str, level: str, ties: Sequence[Tie]) -> list[Finding]:
    if not ties:
        return []
    ordered = sorted(ties, key=lambda tie: tie.key)
    return [
        finding(
            kart,
            "content",
            case,
            level,
            ties=tuple(dict.fromkeys(tie.key for tie in ordered)),
            numbers={"n": len(reports(ties))},
            words={"ties": named_ties(ordered)},
        )
    ]
