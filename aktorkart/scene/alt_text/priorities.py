"""Whom to talk with about an issue, and how, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart import grunig

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def priorities(kart: ActorMap, *, lang: str, issue: str | None = None) -> str:
    """Say who is in which group, on a map as it may be shown; about its first issue if left out."""
    chosen = kart.issues[0].id if issue is None and kart.issues else issue
    return " ".join(one.text(lang) for one in grunig.priorities(kart, issue=chosen).findings)
