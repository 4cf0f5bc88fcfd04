"""How the goals go, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.coverage import coverage
from aktorkart.i18n import period, text
from aktorkart.scene.words import told_first
from aktorkart.toolbox.goals import goals as over_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap
    from aktorkart.toolbox import Progress

# The alternative text stays one that can be listened to.
_MOST_TOLD = 10


def goals(kart: ActorMap, *, lang: str) -> str:
    """Say how the points of the goals go over time, on a map as it may be shown."""
    found = over_time(kart).goals
    drawn = [goal for goal in found if goal.series]
    if not drawn:
        return f"{nothing(found, lang)}."
    sentences = [text("figure.goals_alt", lang, n=len(drawn))]
    sentences += told_first([one for one in coverage(kart) if one.case == "points"], lang)
    for goal in drawn[:_MOST_TOLD]:
        first, last = goal.series[0], goal.series[-1]
        sentences.append(
            text(
                "figure.goals_alt_once" if goal.change is None else "figure.goals_alt_row",
                lang,
                goal=goal.title,
                first=first.value,
                first_date=period(first.date, lang),
                last=last.value,
                last_date=period(last.date, lang),
                direction=text(f"figure.goals_{goal.direction}", lang),
                change=change(goal, lang),
            )
        )
    if len(drawn) > _MOST_TOLD:
        sentences.append(f"{text('common.more', lang, n=len(drawn) - _MOST_TOLD)}.")
    if without := [goal.title for goal in found if not goal.series]:
        sentences.append(text("figure.goals_without_points", lang, goals=without))
    return " ".join(sentences)


def nothing(found: Sequence[Progress], lang: str) -> str:
    """Say that there are no goals, or that none has points."""
    return text("figure.goals_no_points" if found else "figure.goals_none", lang)


def change(goal: Progress, lang: str) -> str:
    """Say how much better or worse a goal stands than at first."""
    if goal.change is None:
        return text("figure.goals_once", lang)
    if goal.change == 0:
        return text("figure.goals_same", lang)
    code = "goals_better" if goal.change > 0 else "goals_worse"
    return text(f"figure.{code}", lang, change=abs(goal.change))
