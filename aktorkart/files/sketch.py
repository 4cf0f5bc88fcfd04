"""What a program that draws for itself is told: names, lines and the words beside them.

Nothing is said by a colour alone: how a tie works, and what it is, stands on its line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.errors import language
from aktorkart.files.plainly import out_of_force, told, unplaced
from aktorkart.i18n import text

if TYPE_CHECKING:
    from aktorkart.errors import Problem
    from aktorkart.model import ActorMap, Tie

SHOWN = (
    *("title", "lang", "date", "strength_scale", "focal", "scope", "consent", "kinds", "tie_kinds"),
    *("actors.id", "actors.name", "actors.kind", "ties.source", "ties.target", "ties.strength"),
    *("ties.kind", "ties.mutual", "ties.needed", "ties.quality", "ties.since", "ties.until"),
)
"""Fields that such a picture shows, or that only say how it is to be made."""


@dataclass(frozen=True)
class Stroke:
    """A line between two actors.

    Parameters
    ----------
    source, target : int
        The actors, by their place.
    mutual : bool
        Whether it has no arrow.
    form : {"solid", "unknown", "strained", "broken", "missing"}
        How it is drawn.
    width : float
        In points.
    words : str
        What stands on it; empty for a contact that works.
    """

    source: int
    target: int
    mutual: bool
    form: str
    width: float
    words: str


def strokes(kart: ActorMap) -> list[Stroke]:
    """Return a line for each tie in force."""
    lang = language(None, kart.lang)
    places = {actor.id: place for place, actor in enumerate(kart.actors)}
    most = max((tie.strength for tie in kart.ties_in_force if tie.strength), default=1.0)
    return [
        Stroke(
            places[tie.source],
            places[tie.target],
            tie.mutual,
            _form(tie),
            round(_width(tie, kart, most), 2),
            _words(tie, kart, lang),
        )
        for tie in kart.ties_in_force
    ]


def _form(tie: Tie) -> str:
    if tie.needed:
        return "missing"
    if tie.quality in {"strained", "broken"}:
        return str(tie.quality)
    return "unknown" if tie.strength is None else "solid"


def _width(tie: Tie, kart: ActorMap, most: float) -> float:
    """Return the width: on a scale from its ends, of counts from the highest."""
    if tie.needed or tie.strength is None:
        return 1.0
    low, high = kart.strength_scale or (0.0, most)
    return math.sqrt(1 + 15 * (tie.strength - low) / (high - low)) if high > low else 4.0


def _words(tie: Tie, kart: ActorMap, lang: str) -> str:
    words = [] if tie.kind == "contact" else [kart.tie_kind_name(tie.kind, lang)]
    if tie.needed:
        words.append(text("figure.missing", lang))
    elif tie.quality in {"strained", "broken"}:
        words.append(text(f"quality.{tie.quality}", lang))
    elif tie.strength is None and any(other.strength for other in kart.ties_in_force):
        words.append(text("figure.strength_unknown", lang))
    return ", ".join(words)


def left_out(kart: ActorMap, path: str, *, what: str) -> tuple[Problem, ...]:
    """List what the picture does not show."""
    ended = told(kart, "not_in_force_left_out", out_of_force(kart), path)
    return (*ended, *unplaced(kart, path, what=what, held=SHOWN))
