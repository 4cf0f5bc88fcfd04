"""The map itself: actors, the ties between them, and what belongs to them."""

from __future__ import annotations

from aktorkart.model.actormap import ActorMap, expect_map
from aktorkart.model.values import (
    Action,
    Actor,
    ChecklistItem,
    Consent,
    Goal,
    Issue,
    Judgement,
    KindSpec,
    Point,
    Tie,
)

__all__ = [
    "Action",
    "Actor",
    "ActorMap",
    "ChecklistItem",
    "Consent",
    "Goal",
    "Issue",
    "Judgement",
    "KindSpec",
    "Point",
    "Tie",
    "expect_map",
]
