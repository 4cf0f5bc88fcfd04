"""What is lost when somebody leaves, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.i18n import text
from aktorkart.scene.leaving import Leaving

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def drop_out(
    kart: ActorMap, *, lang: str, actor: str | None = None, found: Leaving | None = None
) -> str:
    """Say what is lost without somebody, on a map as it may be shown."""
    found = found or Leaving.of(kart, actor)
    who = kart[found.actor].label if found.actor is not None else ""
    if found.finding is not None:
        return found.finding.text(lang)
    return text(f"figure.drop_out_{found.reason}", lang, actor=who)
