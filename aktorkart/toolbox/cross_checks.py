"""Checks across goals, plan and ties that no form can make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.comparison.sides import in_touch
from aktorkart.finding import Coded, Finding, Period, Quoted, Who, finding, some
from aktorkart.model import expect_map
from aktorkart.model.called import titled
from aktorkart.model.fields import has_begun
from aktorkart.toolbox.goals import USUAL
from aktorkart.toolbox.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.finding import Word
    from aktorkart.model import ActorMap
    from aktorkart.toolbox.plan import Step

_CODE = "toolbox"


def cross_checks(kart: ActorMap) -> list[Finding]:
    """Say where goals, plan and ties do not fit together.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        Code ``toolbox``. Gaps first: ``overdue`` (one for each action; numbers ``days``),
        ``goal_without_action``, ``action_without_responsible``,
        ``responsible_without_channel`` (one for each actor) and ``plan_without_coordinator``.
        Then the note ``many_goals``, and what is unknown: ``coordinator_unknown``, ``no_user``,
        ``no_date``, ``rough_date``, ``no_due``, ``after_date`` (points, or what is done),
        ``no_plan``, ``no_checklist`` and ``nothing``.
        Only actions that are not done count, except as actions for a goal.

    Notes
    -----
    A responsible actor has a channel to the user if one goes either way between them: in force
    on the map's date, not strained, broken, needed or a conflict (METHOD 7). A map without a
    plan has no gaps of this kind: what it lacks is unknown.

    Examples
    --------
    >>> from aktorkart.model import Action, Actor, ActorMap
    >>> kart = ActorMap(
    ...     actors=[Actor(id="kari", kind="user"), Actor(id="nav")],
    ...     plan=[Action(id="job", title="Work training", responsible="nav", due="2026")],
    ...     date="2026-12-31",
    ... )
    >>> cross_checks(kart)[0].text("en")
    "nav is responsible for 'Work training', but has no working tie to the user."
    """
    expect_map(kart)
    found: list[Finding] = []
    if kart.plan:
        waiting = [step for step in plan(kart).steps if step.status != "done"]
        found += [
            *_overdue(kart, waiting),
            *_idle_goals(kart),
            *_unowned(kart, waiting),
            *_out_of_touch(kart, waiting),
            *_without_coordinator(kart),
            *_many_goals(kart),
            *_no_user(kart, waiting),
            *_undecided(kart, waiting),
        ]
    else:
        found += _many_goals(kart)
    found += _after_the_date(kart)
    if not kart.plan:
        case = "no_plan" if kart.checklist else "nothing"
        found.append(finding(kart, _CODE, case, "unknown"))
    elif not kart.checklist:
        found.append(finding(kart, _CODE, "no_checklist", "unknown"))
    return found


def _quoted(titles: Iterable[str]) -> tuple[Word, ...]:
    return some([Quoted(title) for title in titles])


def _responsible(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the ids of those who are responsible, each once."""
    return tuple(sorted({step.responsible for step in steps if step.responsible}))


def _overdue(kart: ActorMap, waiting: Sequence[Step]) -> list[Finding]:
    late = [step for step in waiting if step.status == "overdue"]
    late.sort(key=lambda step: (-(step.days or 0), step.id))
    return [
        finding(
            kart,
            _CODE,
            "overdue",
            "gap",
            actors=_responsible([step]),
            numbers={"days": step.days},
            words={
                "action": Quoted(step.title),
                "due": Period(step.due or ""),
                "date": Period(kart.date or ""),
                "responsible": Who(step.responsible)
                if step.responsible
                else Coded("toolbox.nobody"),
            },
        )
        for step in late
    ]


def _idle_goals(kart: ActorMap) -> list[Finding]:
    planned = {action.goal for action in kart.plan}
    idle = sorted((goal for goal in kart.goals if goal.id not in planned), key=lambda g: g.id)
    if not idle:
        return []
    actors = {id_ for goal in idle for id_ in goal.actors}
    called = titled(kart.goals)
    return [
        finding(
            kart,
            _CODE,
            "goal_without_action",
            "gap",
            actors=tuple(sorted(actors)),
            numbers={"n": len(idle), "goals": len(kart.goals)},
            words={"titles": _quoted(called[goal.id] for goal in idle)},
        )
    ]


def _unowned(kart: ActorMap, waiting: Sequence[Step]) -> list[Finding]:
    unowned = sorted((step for step in waiting if step.responsible is None), key=lambda s: s.id)
    if not unowned:
        return []
    return [
        finding(
            kart,
            _CODE,
            "action_without_responsible",
            "gap",
            numbers={"n": len(unowned)},
            words={"actions": _quoted(step.title for step in unowned)},
        )
    ]


def _out_of_touch(kart: ActorMap, waiting: Sequence[Step]) -> list[Finding]:
    user = kart.user
    if user is None:
        return []
    near = {user, *in_touch(kart, user)}
    tasks = {
        id_: sorted((step for step in waiting if step.responsible == id_), key=lambda s: s.id)
        for id_ in _responsible(waiting)
        if id_ not in near
    }
    return [
        finding(
            kart,
            _CODE,
            "responsible_without_channel",
            "gap",
            actors=(id_,),
            numbers={"n": len(tasks[id_])},
            words={"actor": Who(id_), "actions": _quoted(step.title for step in tasks[id_])},
        )
        for id_ in sorted(tasks, key=lambda id_: (-len(tasks[id_]), id_))
    ]


def _without_coordinator(kart: ActorMap) -> list[Finding]:
    kinds = {actor.kind for actor in kart.actors}
    if (kart.scope != "individual" and kart.person is None) or "coordinator" in kinds:
        return []
    numbers = {"n": len(kart.plan)}
    if "unknown" in kinds:
        return [finding(kart, _CODE, "coordinator_unknown", "unknown", numbers=numbers)]
    return [finding(kart, _CODE, "plan_without_coordinator", "gap", numbers=numbers)]


def _many_goals(kart: ActorMap) -> list[Finding]:
    least, most = USUAL
    if len(kart.goals) <= most:
        return []
    numbers = {"n": len(kart.goals), "least": least, "most": most}
    return [finding(kart, _CODE, "many_goals", "note", numbers=numbers)]


def _no_user(kart: ActorMap, waiting: Sequence[Step]) -> list[Finding]:
    if kart.user is not None or not _responsible(waiting):
        return []
    return [finding(kart, _CODE, "no_user", "unknown")]


def _undecided(kart: ActorMap, waiting: Sequence[Step]) -> list[Finding]:
    found = []
    if unknown := sum(step.status == "unknown" for step in waiting):
        case = "no_date" if kart.date is None else "rough_date"
        words = {} if kart.date is None else {"date": Period(kart.date)}
        found.append(finding(kart, _CODE, case, "unknown", numbers={"n": unknown}, words=words))
    if undated := sum(step.due is None for step in waiting):
        found.append(finding(kart, _CODE, "no_due", "unknown", numbers={"n": undated}))
    return found


def _after_the_date(kart: ActorMap) -> list[Finding]:
    """Say how many points and actions done have a date that the map has not come to."""
    dates = [point.date for goal in kart.goals for point in goal.points]
    dates += [point.date for item in kart.checklist for point in item.points]
    dates += [action.done for action in kart.plan if action.done]
    later = sum(not has_begun(when, kart.date) for when in dates)
    if not later:
        return []
    words = {"date": Period(str(kart.date))}
    return [finding(kart, _CODE, "after_date", "unknown", numbers={"n": later}, words=words)]
