"""A communication plan in Ihlen and Robstad's ten steps, begun from the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.content.contents import contents
from aktorkart.forms.paper import Column, Grid, Line, Part
from aktorkart.forms.papers.questions import questions
from aktorkart.grunig.communication_plan import communication_plan
from aktorkart.grunig.priorities import PRIORITY_GROUPS
from aktorkart.i18n import text

if TYPE_CHECKING:
    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking

_WRITTEN = ("message", "strategy", "channels", "timing")
_GAPS, _NAMED = 3, 12


def communication(asking: Asking) -> Paper:
    """Return the plan: where we are, whom to reach with what, and how we see that it worked."""
    parts = (
        Part(title=asking.said("part.ground"), lines=_ground(asking)),
        Part(title=asking.said("part.groups"), words=_why_empty(asking), grid=_groups(asking)),
        Part(title=asking.said("part.after"), lines=_lines(asking, "budget", "evaluation")),
    )
    guide = asking.said("guide.communication")
    return asking.paper(
        Part(lines=asking.about()), *parts, guide=guide, landscape=True, sheets=parts
    )


def _lines(asking: Asking, *steps: str, **known: list[str]) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{text(f'grunig.plan.{step}', asking.lang)}\n{asking.said(f'ask.{step}')}",
            "\n".join(known.get(step, ())),
            room=3,
        )
        for step in steps
    )


def _ground(asking: Asking) -> tuple[Line, ...]:
    """Return the first three steps; what the map says stands there already."""
    kart, lang = asking.kart, asking.lang
    known: dict[str, list[str]] = {}
    if not asking.blank:
        holds = [one.brief(lang) for one in contents(kart) if one.case in {"holds", "holds_none"}]
        gaps = [one.found[0].brief(lang) for one in questions(kart).asked if one.level == "gap"]
        known = {"situation": holds, "problem": gaps[:_GAPS]}
        known["goals"] = [goal.title or goal.id for goal in kart.goals]
    return _lines(asking, "situation", "problem", "goals", **known)


def _groups(asking: Asking) -> Grid:
    lang = asking.lang
    table = communication_plan(asking.kart, lang=lang).to_records() if not asking.blank else []
    groups = tuple(text(f"grunig.plan_group.{one}", lang) for one in PRIORITY_GROUPS)
    several = len({row["issue"] for row in table}) > 1
    columns = [
        Column(title=text("grunig.plan.target_group", lang), share=1.2, offered=groups),
        Column(title=text("grunig.plan.actors", lang), share=2.0),
        *(Column(title=text(f"grunig.plan.{one}", lang), share=1.5) for one in _WRITTEN),
    ]
    if several:
        columns.insert(0, Column(title=text("grunig.plan.issue", lang), share=1.2))
    rows = []
    for row in table:
        names = [asking.kart[id_].label for id_ in row["actors"]]
        cells = [row["target_group_label"], asking.listed(names, most=_NAMED)]
        cells += [row[one] or "" for one in _WRITTEN]
        rows.append((*([row["issue_label"]] if several else []), *cells))
    return Grid(columns=tuple(columns), rows=tuple(rows), blank=6 if not rows else 2)


def _why_empty(asking: Asking) -> tuple[str, ...]:
    """Say why everybody stands in one row, where nobody could be placed."""
    if asking.blank or not asking.kart.actors:
        return ()
    placed = communication_plan(asking.kart, lang=asking.lang).to_records()
    if any(row["target_group"] != "not_placed" for row in placed):
        return ()
    return (asking.said("words.not_placed"),)
