"""Goals, plan and checklist as rows to fill in, with the words that their columns take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.i18n import text
from aktorkart.model import vocabulary
from aktorkart.toolbox.new_checklist import new_checklist

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.model import ActorMap
    from aktorkart.model.values import Point

_TIMES, _WHO = 3, 3
"""So many columns for points over time, and for who contributes; more where the map has more."""


@dataclass(frozen=True)
class ToolboxRows:
    """A sheet of the toolbox: its columns' fields with their numbers, rows, and words offered."""

    heads: list[tuple[str, int | None]]
    body: list[list[Any]]
    offered: Mapping[str, tuple[str, ...]]


def toolbox_rows(
    part: str,
    kart: ActorMap,
    titles: Mapping[str, Sequence[str]],
    names: Mapping[str, str],
    lang: str,
) -> ToolboxRows:
    """Return goals, plan or checklist of a map; ``titles`` and ``names`` are what rows are called.

    The columns are those of ``files.xlsx.asked.TOOLBOX``.
    """
    if part == "goals":
        return _goals(kart, titles["goals"], names, lang)
    return _plan(kart, titles, names, lang) if part == "plan" else _checklist(kart, titles, lang)


def _goals(
    kart: ActorMap, titles: Sequence[str], names: Mapping[str, str], lang: str
) -> ToolboxRows:
    times = max([_TIMES, *(len(one.points) for one in kart.goals)])
    who = max([_WHO, *(len(one.actors) for one in kart.goals)])
    body = [
        [
            title,
            area_word(goal.area, lang) if goal.area else None,
            text(f"toolbox.direction.{goal.direction}", lang),
            None if goal.health is None else text(f"common.{_YES[goal.health]}", lang),
            *_padded([names[one] for one in goal.actors], who),
            *_padded(_over_time(goal.points), 2 * times),
            goal.note,
        ]
        for title, goal in zip(titles, kart.goals, strict=True)
    ]
    heads: list[tuple[str, int | None]] = [("title", None), ("area", None)]
    heads += [("direction", None), ("health", None)]
    heads += [("actor", number + 1) for number in range(who)] + _timed(times) + [("note", None)]
    offered = {
        "area": tuple(area_word(one, lang) for one in vocabulary.AREAS),
        "direction": tuple(text(f"toolbox.direction.{one}", lang) for one in vocabulary.DIRECTIONS),
        "health": (text("common.yes", lang), text("common.no", lang)),
    }
    return ToolboxRows(heads, body, offered)


def _plan(
    kart: ActorMap, titles: Mapping[str, Sequence[str]], names: Mapping[str, str], lang: str
) -> ToolboxRows:
    goals = dict(zip((goal.id for goal in kart.goals), titles["goals"], strict=True))
    body = [
        [
            title,
            goals[action.goal] if action.goal else None,
            names[action.responsible] if action.responsible else None,
            text(f"toolbox.phase.{action.phase}", lang) if action.phase else None,
            action.due,
            action.done,
            action.note,
        ]
        for title, action in zip(titles["plan"], kart.plan, strict=True)
    ]
    heads = ("title", "goal", "responsible", "phase", "due", "done", "note")
    return ToolboxRows([(one, None) for one in heads], body, {"phase": _phases(lang)})


def _checklist(kart: ActorMap, titles: Mapping[str, Sequence[str]], lang: str) -> ToolboxRows:
    items = kart.checklist or new_checklist(lang)
    times = max([_TIMES, *(len(one.points) for one in items)])
    body = [
        [
            title,
            text(f"toolbox.phase.{item.phase}", lang) if item.phase else None,
            *_padded(_over_time(item.points), 2 * times),
            item.note if kart.checklist else None,
        ]
        for title, item in zip(
            titles["checklist"] or [one.title or one.id for one in items], items, strict=True
        )
    ]
    heads: list[tuple[str, int | None]] = [("title", None), ("phase", None)]
    return ToolboxRows([*heads, *_timed(times), ("note", None)], body, {"phase": _phases(lang)})


_YES = {True: "yes", False: "no"}


def area_word(area: str, lang: str) -> str:
    """Return what an area of life is called: ours in the language, others as they are."""
    return text(f"toolbox.area.{area}", lang) if area in vocabulary.AREAS else area


def _phases(lang: str) -> tuple[str, ...]:
    return tuple(text(f"toolbox.phase.{one}", lang) for one in vocabulary.PHASES)


def _over_time(points: Sequence[Point]) -> list[Any]:
    return [cell for point in points for cell in (point.date, point.value)]


def _padded(known: Sequence[Any], length: int) -> list[Any]:
    return [*known, *[None] * (length - len(known))]


def _timed(times: int) -> list[tuple[str, int | None]]:
    return [(name, number + 1) for number in range(times) for name in ("date", "points")]
