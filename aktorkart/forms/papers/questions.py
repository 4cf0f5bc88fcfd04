"""What to talk about at the next meeting: what is missing, what would help, what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.content.topics import TOPICS, Topics, of_level
from aktorkart.finding import FEW_NAMED
from aktorkart.i18n import sort_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap

MOST = 5
"""So many questions have room in a meeting of an hour."""

_STEPS, _MAP, _OTHER = "steps", "map", "other"

THEMES: dict[str, tuple[str, ...]] = {
    "tellings": ("tellings",),
    "coordinator": ("coordinator", "toolbox.plan_without_coordinator"),
    "goals": ("coverage", "toolbox.goal_without_action", "toolbox.many_goals"),
    "handover": ("in_and_out",),
    "troubled": ("content.troubled",),
    "missing": ("content.needed",),
    "plan": ("toolbox",),
    "door": ("one_door",),
    "voice": ("user_voice",),
    "agreement": ("level_alignment",),
    "apart": ("equality", "perspective_gap", "communication", "informants"),
    "meeting": ("arenas",),
    "alone": ("reach", "cohesion"),
    "tasks": ("grey_zones",),
    "drop_out": ("drop_out", "bridges"),
    "power": (
        *("salience", "publics", "influence", "linkages", "priorities", "cooperation"),
        "stakeholders",
    ),
    "change": ("improvement",),
    "map": ("content",),
}
"""What to talk about, the person first; each with the findings that it is about, by code and, where
that is not enough, case."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing to talk about: its theme, what is behind it, and what that means."""

    theme: str
    level: str  # gap, note (a next step) or unknown
    found: tuple[Finding, ...]

    def actors(self, kart: ActorMap, lang: str) -> tuple[str, ...]:
        """Return whom it is about, the most important first; of many ties those that are named."""

        def said(tie: tuple[str, str, str]) -> tuple[tuple[int, ...], str]:
            return sort_key(f"{kart[tie[0]].label} – {kart[tie[1]].label}", lang)

        ids: list[str] = []
        for one in self.found:
            few = len(one.ties) <= FEW_NAMED
            told = one.ties if few else sorted(one.ties, key=said)[: FEW_NAMED - 1]
            ends = [end for tie in told for end in tie[:2]]
            # Of a next step those that it is for, and not all who could take it as well.
            ids += ends if one.code == "next_steps" else [*one.actors, *ends]
        return tuple(dict.fromkeys(ids))


@dataclass(frozen=True, kw_only=True)
class Questions:
    """What to talk about, and how many of each there are on the map."""

    asked: tuple[Question, ...]
    gaps: int
    steps: int
    unknown: int


def questions(kart: ActorMap, *, most: int = MOST) -> Questions:
    """Return the questions of a map: each theme once, what is missing before what is unknown.

    What would help is one question, of the three best steps; it has a place whatever is missing.
    """
    topics = Topics(kart)
    told = [one for one in topics.about(*TOPICS) if one.code != "next_steps"]
    steps = tuple(one for one in topics.about("next_steps") if one.case != "too_many")
    gaps, unknown = of_level(told, "gap"), of_level(told, "unknown")
    asked = _by_theme(gaps)
    kept = asked[: most - 1] if steps else asked[:most]
    if steps:
        kept.append(Question(theme=_STEPS, level="note", found=steps))
    taken = {one.theme for one in kept}
    kept += [one for one in _by_theme(unknown) if one.theme not in taken][: most - len(kept)]
    return Questions(asked=tuple(kept), gaps=len(gaps), steps=len(steps), unknown=len(unknown))


def _by_theme(found: Sequence[Finding]) -> list[Question]:
    """Return a question for each theme, about the first finding of it."""
    first: dict[str, Finding] = {}
    for one in found:
        first.setdefault(_theme(one), one)
    # What the map itself does not say comes before what follows from that.
    order = (_MAP, *(theme for theme in THEMES if theme != _MAP), _OTHER)
    return [
        Question(theme=theme, level=first[theme].level, found=(first[theme],))
        for theme in order
        if theme in first
    ]


def _theme(found: Finding) -> str:
    exact = f"{found.code}.{found.case}"
    for key in (exact, found.code):
        for theme, keys in THEMES.items():
            if key in keys:
                return theme
    return _OTHER
