"""Coverage: whether somebody works on what matters to the user. METHOD 6.11."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from aktorkart.care.in_and_out import NOT_SERVICES
from aktorkart.care.serving import serving
from aktorkart.comparison.sides import sorted_findings
from aktorkart.finding import Finding, Quoted, finding, named, some
from aktorkart.model import expect_map
from aktorkart.model.called import titled
from aktorkart.toolbox.goals import goals as goals_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.model import ActorMap


def coverage(kart: ActorMap) -> list[Finding]:
    """Say whether somebody works on what matters to the user, and whether it gets better.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        Code ``coverage``, each with the numbers ``goals`` and ``without_actor``: goals that
        nobody works on.

    Notes
    -----
    METHOD 6.11. Those who work on a goal are its ``actors`` and whoever is responsible for an
    action in the plan that serves it. Actors without a goal are counted among the services
    with a channel to the user. Points run from the goal's first to its last date, turned so
    that more is better; a change of 2 points counts (METHOD 5).

    Examples
    --------
    >>> from aktorkart.model import ActorMap, Goal
    >>> kart = ActorMap(goals=[Goal(id="musikk", title="Spille i korps", direction="higher")])
    >>> print(coverage(kart)[0].text("en"))
    Nobody on the map works on 1 of 1 goal: 'Spille i korps'.
    """
    expect_map(kart)
    goals = sorted(kart.goals, key=lambda goal: goal.id)
    working = {goal.id: set(goal.actors) for goal in goals}
    for action in kart.plan:
        if action.goal is not None and action.responsible is not None:
            working[action.goal].add(action.responsible)
    without = [goal for goal in goals if not working[goal.id]]
    numbers = {"goals": len(goals), "without_actor": len(without)}

    def say(case: str, level: str, n: int, **fields: Any) -> Finding:
        more = fields.pop("numbers", {})
        return finding(kart, "coverage", case, level, numbers={**numbers, "n": n, **more}, **fields)

    if not goals:
        return [say("no_goals", "unknown", 0)]
    if without:
        called = titled(goals)
        words = {"titles": some([Quoted(called[goal.id]) for goal in without])}
        found = [say("nobody", "gap", len(without), words=words)]
    else:
        found = [say("somebody", "strength", len(goals))]
    if idle := _without_goal(kart, set().union(*working.values())):
        words = {"actors": named(idle)}
        found.append(say("no_goal", "note", len(idle), actors=tuple(idle), words=words))
    found.append(_points(kart, say))
    judged = [goal for goal in goals if goal.health is not None]
    if judged:
        outside = [goal for goal in judged if not goal.health]
        share = {"outside": len(outside), "share": len(outside) / len(judged)}
        found.append(say("outside_health", "note", len(judged), numbers=share))
    else:
        found.append(say("no_health", "unknown", 0))
    return sorted_findings(found)


def _without_goal(kart: ActorMap, working: set[str]) -> list[str]:
    user = kart.user
    services = serving(kart, user, left_out=NOT_SERVICES) if user is not None else []
    return [id_ for id_ in services if id_ not in working]


def _points(kart: ActorMap, say: Callable[..., Finding]) -> Finding:
    progress = goals_of(kart)
    if not progress.changed:
        return say("no_points", "unknown", 0)
    outcomes = Counter(goal.outcome for goal in progress.goals)
    better, worse = outcomes["better"], outcomes["worse"]
    level = "gap" if worse else "strength" if better else "note"
    numbers = {
        "better": better,
        "worse": worse,
        "same": outcomes["unclear"],
        "change": progress.change,
    }
    return say("points", level, progress.changed, numbers=numbers)
