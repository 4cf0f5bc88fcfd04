"""Tiltaksplan: for which goal, what, who, by when, and how it is seen that it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.forms.paper import Grid, Part
from aktorkart.forms.toolbox_rows import area_word
from aktorkart.i18n import period, text
from aktorkart.model import vocabulary
from aktorkart.toolbox.goals import goals
from aktorkart.toolbox.plan import STATUSES
from aktorkart.toolbox.plan import plan as plan_of

if TYPE_CHECKING:
    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking
    from aktorkart.toolbox.goals import Progress
    from aktorkart.toolbox.plan import Step


def plan(asking: Asking) -> Paper:
    """Return the plan of action."""
    parts = (Part(lines=asking.about()), plan_part(asking))
    return asking.paper(*parts, guide=asking.said("guide.plan"), landscape=True)


def plan_part(asking: Asking, *, title: bool = False) -> Part:
    """Return the plan as a table, goal by goal; a goal that nobody has planned for has a row."""
    lang = asking.lang
    statuses = tuple(text(f"toolbox.status.{one}", lang) for one in STATUSES if one != "unknown")
    columns = (
        asking.column("toolbox.column.goal", 1.5),
        asking.column("toolbox.column.action", 2.0),
        asking.column("toolbox.column.responsible", 1.3),
        asking.column("toolbox.column.due", 1.0),
        asking.column("toolbox.column.status", 0.9, offered=statuses),
        asking.column("measure", 1.6),
    )
    steps = plan_of(asking.kart).steps
    told: dict[str | None, Progress | None] = {one.id: one for one in goals(asking.kart).goals}
    rows = []
    for goal, progress in [*told.items(), (None, None)]:
        here = [step for step in steps if step.goal == goal]
        rows += [_row(asking, step, progress) for step in here]
        if progress is not None and not here:
            rows.append((progress.title, "", "", "", "", measured(progress, lang)))
    empty = asking.empty if not rows else 4
    heading = text("form.title.plan", lang) if title else ""
    return Part(title=heading, grid=Grid(columns=columns, rows=tuple(rows), blank=empty))


def _row(asking: Asking, step: Step, goal: Progress | None) -> tuple[str, ...]:
    lang = asking.lang
    status = text(f"toolbox.status.{step.status}", lang)
    if step.status == "done" and step.done is not None:
        status = f"{status}, {period(step.done, lang, short=True)}"
    return (
        step.goal_title or "",
        step.title,
        step.responsible_label or "",
        period(step.due, lang, short=True) if step.due else "",
        "" if step.status == "unknown" else status,
        measured(goal, lang) if goal is not None else "",
    )


def measured(goal: Progress, lang: str) -> str:
    """Say how a goal is measured: its points so far, and which way is better."""
    better = text(f"toolbox.direction.{goal.direction}", lang)
    if goal.last is None:
        return text("form.paper.points_none", lang, better=better)
    points = {"last": goal.last.value, "better": better}
    if goal.first is None or goal.change is None:
        return text("form.paper.points_once", lang, **points)
    return text("form.paper.points_twice", lang, first=goal.first.value, **points)


def goals_part(asking: Asking) -> Part:
    """Return what matters, and who contributes."""
    kart, lang = asking.kart, asking.lang
    areas = tuple(area_word(one, lang) for one in vocabulary.AREAS)
    columns = (
        asking.column("toolbox.column.goal", 2.0),
        asking.column("toolbox.column.area", 1.2, offered=areas),
        asking.column("contributes", 1.8),
        asking.column("measure", 1.5),
        asking.column("today", 0.8, numeric=True),
    )
    told = {one.id: one for one in goals(kart).goals}
    rows = tuple(
        (
            goal.title or goal.id,
            area_word(goal.area, lang) if goal.area else "",
            asking.listed([kart[id_].label for id_ in goal.actors]),
            measured(progress, lang),
            "",
        )
        for goal in kart.goals
        for progress in [told[goal.id]]
    )
    grid = Grid(columns=columns, rows=rows, blank=2 if rows else 5)
    return Part(title=asking.said("part.goals"), grid=grid)
