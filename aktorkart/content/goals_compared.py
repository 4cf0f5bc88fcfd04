"""Goals and plan on two maps: points then and now, what is done since, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.model.called import titled
from aktorkart.toolbox.goals import THRESHOLD
from aktorkart.toolbox.plan import plan
from aktorkart.toolbox.series import DIGITS, over_time

if TYPE_CHECKING:
    from aktorkart.model import ActorMap, Goal
    from aktorkart.toolbox.plan import Step
    from aktorkart.toolbox.series import Dated

OUTCOMES = ("better", "worse", "unclear", "new", "gone", "unknown")
"""What has become of a goal; ``unclear`` is a change that is smaller than the usual threshold."""

PLANNED = ("done", "new", "gone", "left")
"""What has become of an action: ``gone`` is no longer in the plan, and was not done."""


@dataclass(frozen=True, kw_only=True)
class GoalCompared:
    """A goal on two maps.

    Parameters
    ----------
    id, title : str
        The goal, and what the later map calls it that has it.
    before, after : Dated or None
        Its latest points up to each map's date.
    change : float or None
        Points now less points then, + is better; None without points on both maps, or where
        the points are those of the same date.
    outcome : str
        One of :data:`OUTCOMES`.
    """

    id: str
    title: str
    before: Dated | None
    after: Dated | None
    change: float | None
    outcome: str


@dataclass(frozen=True, kw_only=True)
class StepCompared:
    """An action in the plans of two maps.

    Parameters
    ----------
    id, title : str
        The action, and what the later map calls it that has it.
    before, after : Step or None
        The action in each plan.
    outcome : str
        One of :data:`PLANNED`.
    """

    id: str
    title: str
    before: Step | None
    after: Step | None
    outcome: str


def goals_compared(before: ActorMap, after: ActorMap) -> tuple[GoalCompared, ...]:
    """Compare the points of the goals of two maps, each map's latest up to its date, by id.

    A change of 2 points is the usual threshold (METHOD 5).
    """
    was, now = ({goal.id: goal for goal in kart.goals} for kart in (before, after))
    called = titled((was | now).values())
    found = []
    for id_ in sorted(called):
        old, new = was.get(id_), now.get(id_)
        then, today = _latest(before, old), _latest(after, new)
        change = _change(old, new, then, today)
        found.append(
            GoalCompared(
                id=id_,
                title=called[id_],
                before=then,
                after=today,
                change=change,
                outcome=_outcome(old, new, change),
            )
        )
    return tuple(found)


def _latest(kart: ActorMap, goal: Goal | None) -> Dated | None:
    """Return a goal's latest points up to the map's date."""
    series = over_time(goal.points, kart.date) if goal is not None else ()
    return series[-1] if series else None


def _change(
    old: Goal | None, new: Goal | None, then: Dated | None, today: Dated | None
) -> float | None:
    if old is None or new is None or then is None or today is None:
        return None
    if then.date == today.date or old.direction != new.direction:
        return None
    sign = 1 if new.direction == "higher" else -1
    # Not -0.0 where nothing has changed.
    return round(sign * (today.value - then.value), DIGITS) + 0.0


def _outcome(old: Goal | None, new: Goal | None, change: float | None) -> str:
    if old is None or new is None:
        return "new" if old is None else "gone"
    if change is None:
        return "unknown"
    if abs(change) < THRESHOLD:
        return "unclear"
    return "better" if change > 0 else "worse"


def plans_compared(before: ActorMap, after: ActorMap) -> tuple[StepCompared, ...]:
    """Compare the plans of two maps, by id."""
    was, now = ({step.id: step for step in plan(kart).steps} for kart in (before, after))
    called = titled((was | now).values())
    found = []
    for id_ in sorted(called):
        old, new = was.get(id_), now.get(id_)
        if _is_done(old):
            # What was done then is no news, whether it is still written down or not.
            continue
        if new is None:
            outcome = "gone"
        elif _is_done(new):
            outcome = "done"
        else:
            outcome = "new" if old is None else "left"
        found.append(
            StepCompared(
                id=id_,
                title=called[id_],
                before=old,
                after=new,
                outcome=outcome,
            )
        )
    return tuple(found)


def _is_done(step: Step | None) -> bool:
    return step is not None and step.status == "done"
