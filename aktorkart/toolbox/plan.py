"""The plan: who is responsible for what, by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.model import expect_map
from aktorkart.model.called import titled
from aktorkart.model.fields import first_day, has_begun, last_day
from aktorkart.tables import Labelled, coded, headed
from aktorkart.toolbox.phases import phase_name, phase_order
from aktorkart.toolbox.series import dated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import Action, ActorMap
    from aktorkart.tables import Table

STATUSES = ("done", "open", "overdue", "unknown")
"""What an action in the plan can be on the map's date."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One action of the plan, as it stands on the map's date.

    Parameters
    ----------
    id, title : str
        The action, and what people call it.
    goal, goal_title : str, optional
        Id and title of the goal that it is for.
    responsible, responsible_label : str, optional
        Id and name of the actor who is responsible.
    phase : str, optional
        One of the five phases of improvement.
    due, done : str, optional
        When it is to be done, and when it was, if it is done by the map's date.
    status : str
        One of :data:`STATUSES`.
    days : int, optional
        Days from the last day that was in time to the first that the map is true for; None
        unless the action is overdue.
    """

    id: str
    title: str
    goal: str | None
    goal_title: str | None
    responsible: str | None
    responsible_label: str | None
    phase: str | None
    due: str | None
    done: str | None
    status: str
    days: int | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The plan as it stands on the map's date.

    Parameters
    ----------
    steps : tuple of Step
        By phase, then by due date, then by id; those without come last.
    date : str, optional
        The map's date.

    Examples
    --------
    >>> from aktorkart.model import Action, ActorMap
    >>> kart = ActorMap(date="2026-03-01", plan=[Action(id="crisis plan", due="2026-02-01")])
    >>> print(plan(kart).table("en").to_text())
    Phase  Action       Goal  Responsible  Due         Done  Status   Days overdue
    –      crisis plan  –     –            1 Feb 2026  –     overdue            28
    """

    steps: tuple[Step, ...]
    date: str | None

    @property
    def counts(self) -> Mapping[str, int]:
        """How many actions have each status."""
        return {status: sum(step.status == status for step in self.steps) for status in STATUSES}

    def table(self, lang: str) -> Table:
        """Return the plan as a table.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Columns phase, action, goal, responsible, due, done, status and days.
        """
        rows = tuple(
            (
                phase_name(step.phase, lang),
                Labelled(step.title, step.id),
                step.goal_title and Labelled(step.goal_title, step.goal),
                step.responsible_label and Labelled(step.responsible_label, step.responsible),
                dated(step.due, lang),
                dated(step.done, lang),
                coded("toolbox.status", step.status, lang),
                step.days,
            )
            for step in self.steps
        )
        keys = ("phase@", "action@", "goal@", "responsible@", "due/", "done/", "status@", "days#")
        return headed(lang, rows, *keys, prefix="toolbox.column")


def plan(kart: ActorMap) -> Plan:
    """Return the plan as it stands on the map's date.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    Plan
        Each action with its status: ``done`` if it is marked so by the map's date,
        ``overdue`` if its due date is past then, ``open`` if not, and ``unknown`` where the
        dates cannot tell: it is not done, has a due date, and the map has no date or one so
        rough that the due date lies inside it.

    Notes
    -----
    Today's date is never asked for: the same map says the same on any day. Without a date on
    the map, what is marked as done is done.

    Examples
    --------
    >>> from aktorkart.model import Action, ActorMap
    >>> steps = [Action(id="call", due="2026-02"), Action(id="visit", due="2026-04")]
    >>> [step.status for step in plan(ActorMap(date="2026-03-01", plan=steps)).steps]
    ['overdue', 'open']
    """
    expect_map(kart)
    called, goals = titled(kart.plan), titled(kart.goals)
    steps = [_step(kart, action, called[action.id], goals) for action in kart.plan]

    def order(step: Step) -> tuple[int, str, str]:
        return phase_order(step.phase), last_day(step.due) if step.due else "~", step.id

    return Plan(steps=tuple(sorted(steps, key=order)), date=kart.date)


def _step(kart: ActorMap, action: Action, called: str, goals: Mapping[str, str]) -> Step:
    status = _status(action, kart.date)
    days = None
    if status == "overdue" and action.due is not None and kart.date is not None:
        last = dt.date.fromisoformat(last_day(action.due))
        days = (dt.date.fromisoformat(first_day(kart.date)) - last).days
    responsible = action.responsible
    return Step(
        id=action.id,
        title=called,
        goal=action.goal,
        goal_title=goals[action.goal] if action.goal else None,
        responsible=responsible,
        responsible_label=kart[responsible].label if responsible else None,
        phase=action.phase,
        due=action.due,
        # A day that the map has not come to is no day on which something was done.
        done=action.done if status == "done" else None,
        status=status,
        days=days,
    )


def _status(action: Action, today: str | None) -> str:
    if action.done is not None and has_begun(action.done, today):
        return "done"
    if action.due is None:
        return "open"
    if today is None:
        return "unknown"
    due = last_day(action.due)
    if due < first_day(today):
        return "overdue"
    return "open" if due >= last_day(today) else "unknown"
