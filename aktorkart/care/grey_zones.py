"""What falls between services: needed ties, and tasks with no owner or several. METHOD 6.6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.comparison.sides import (
    goes_one_way,
    named_ties,
    order,
    reports,
    sorted_findings,
)
from aktorkart.finding import Finding, Quoted, finding, named, some
from aktorkart.model import expect_map
from aktorkart.toolbox.plan import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap, Tie


def grey_zones(kart: ActorMap) -> list[Finding]:
    """Say what falls between: ties that are needed, and tasks with no owner or several.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        Code ``grey_zones``, each with the number ``missing``: needed ties that are not there.

    Notes
    -----
    METHOD 6.6. A needed tie is not there unless a channel of the same kind goes the same way.
    Owners are the actors that have the task among their ``tasks``; two spellings that differ
    only in case are one task. A map has no list of all tasks that somebody ought to have, so
    of tasks without an owner it knows only the actions in the plan that are not done and have
    nobody responsible.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> both = [Actor(id=id_, tasks=["medisiner"]) for id_ in ("bolig", "hjemmetjeneste")]
    >>> print(grey_zones(ActorMap(actors=both))[0].text("en"))
    'medisiner' is a task of 2 actors: bolig and hjemmetjeneste. The map does not say who answers
    for what.
    """
    expect_map(kart)
    missing = missing_ties(kart)
    found: list[Finding] = []

    def add(case: str, level: str, n: int, **fields: Any) -> None:
        numbers = {"missing": len(missing), "n": n}
        found.append(finding(kart, "grey_zones", case, level, numbers=numbers, **fields))

    if missing:
        ties = tuple(tie.key for tie in missing)
        add("missing", "gap", len(missing), ties=ties, words={"ties": named_ties(missing)})
    elif not any(tie.needed for tie in kart.ties_in_force):
        add("no_needed", "unknown", 0)
    owners = _owners(kart)
    for task, ids in owners.values():
        if len(ids) > 1:
            words = {"task": Quoted(task), "actors": named(ids)}
            add("several_owners", "gap", len(ids), actors=tuple(ids), words=words)
    adrift = sorted(
        step.title
        for step in plan(kart).steps
        if step.responsible is None and step.status != "done"
    )
    if adrift:
        words = {"actions": some([Quoted(title) for title in adrift])}
        add("no_owner", "gap", len(adrift), words=words)
    if not owners:
        add("no_tasks", "unknown", 0)
    return sorted_findings(found)


def missing_ties(kart: ActorMap) -> list[Tie]:
    """Return the needed ties that no channel of the same kind answers, each once.

    Several informants may miss the same tie, and each way of it may be told by itself.
    """
    needed = sorted((tie for tie in kart.ties_in_force if tie.needed), key=order)
    pairs = {tie.pair for tie in needed}
    there = {(arc, tie.kind) for tie in kart.channels if tie.pair in pairs for arc in tie.arcs}
    asked = [tie for tie in needed if any((arc, tie.kind) not in there for arc in tie.arcs)]
    return [_both_ways(told) for told in reports(asked).values()]


def _both_ways(told: Sequence[Tie]) -> Tie:
    """Return a tie that stands for all that is told of it: mutual where it goes both ways."""
    if goes_one_way(told):
        return told[0]
    mutual = next((tie for tie in told if tie.mutual), None)
    return mutual or told[0].model_copy(update={"mutual": True})


def _owners(kart: ActorMap) -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    for actor in sorted(kart.actors, key=lambda actor: actor.id):
        for task in {task.casefold(): task for task in actor.tasks}.values():
            found.setdefault(task.casefold(), (task, []))[1].append(actor.id)
    return dict(sorted(found.items()))
