"""The tables and sections on what has changed from one map to the next."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from aktorkart.content.compared import SECTIONS
from aktorkart.i18n import period, text
from aktorkart.reports.sections import Section
from aktorkart.tables import headed

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from aktorkart.content.compared import Compared
    from aktorkart.content.goals_compared import GoalCompared, StepCompared
    from aktorkart.tables import Cell, Table
    from aktorkart.toolbox.plan import Step
    from aktorkart.toolbox.series import Dated

_TABLES = {
    "changed_ties": ("changed_ties",),
    "changed_ranks": ("changed_ranks",),
    "changed_goals": ("changed_goals", "changed_plan"),
}
"""Tables of the sections that have some."""

_ALONE = {"remaining": "remaining_changed", "incomparable": "then_now"}
"""Tables that have a section of their own, and after which one: they say all by themselves."""

_FIGURES = {"summary": ("change",)}


def change_tables(compared: Compared, lang: str) -> dict[str, Table]:
    """Make the tables on a change, those with something in them."""
    seen = {"names": True, "consent": "ignore"}  # the maps are as they may be shown
    tables = {
        "changed_ties": compared.change.table(lang, **seen),  # type: ignore[arg-type]
        "changed_ranks": _ranks(compared, lang),
        "remaining_changed": _remaining(compared, lang),
        "changed_goals": _goals(compared.goals, lang),
        "changed_plan": _plan(compared.plan, lang),
        "then_now": _numbers(compared, lang),
    }
    return {key: table for key, table in tables.items() if len(table)}


def change_sections(compared: Compared, tables: Mapping[str, Table]) -> tuple[Section, ...]:
    """Make the sections on a change, those with something in them; each thing is said once."""
    sections = []
    said = set()
    for code in SECTIONS:
        told = [found for found in compared.about(code) if found not in said]
        said |= {*told, *chain.from_iterable(found.more for found in told)}
        keys = tuple(key for key in _TABLES.get(code, ()) if key in tables)
        if told or keys:
            figures = _FIGURES.get(code, ())
            sections.append(
                Section(code=code, part=code, findings=tuple(told), figures=figures, tables=keys)
            )
        if (alone := _ALONE.get(code, "")) in tables:
            sections.append(Section(code=alone, part=alone, tables=(alone,)))
    return tuple(sections)


_IN_A_REPORT = {"summary": "since"} | {
    code: code for code in SECTIONS if code not in {"summary", "opened", "remaining"}
}
"""Sections that a report on a map has of what has changed since an earlier one.

What is lacking now stands under its own headings there.
"""


def sections_since(
    compared: Compared, tables: Mapping[str, Table], *, parts: Container[str]
) -> list[Section]:
    """Make the sections that a report on a map has of what has changed; tables come last."""
    since = [
        replace(one, code=_IN_A_REPORT[one.code], part="time", tables=(), see=one.tables)
        for one in change_sections(compared, tables)
        if one.code in _IN_A_REPORT
    ]
    since += [Section(code=f"table_{key}", part="appendix", tables=(key,)) for key in tables]
    return [one for one in since if one.part in parts]


def _ranks(compared: Compared, lang: str) -> Table:
    labels = compared.change.labels
    rows: list[tuple[Cell, ...]] = [
        (
            labels[one.actor],
            text(f"measure.{one.measure}.name", lang),
            *(cell for place in (one.before, one.after) for cell in (place.rank, place.possible)),
        )
        for one in compared.ranks.moved
    ]
    keys = ("rank_before#", "places_before", "rank_after#", "places_after")
    return headed(lang, rows, "actor", "measure", *keys, prefix="compare.column")


def _remaining(compared: Compared, lang: str) -> Table:
    """Show what is still lacking, and is another than it was."""
    rows = [
        (one.before.text(lang), one.after.text(lang))
        for one in compared.gaps.remaining
        if one.moved
    ]
    return headed(lang, rows, "before", "after", prefix="compare.column")


def _goals(goals: tuple[GoalCompared, ...], lang: str) -> Table:
    def cells(points: Dated | None) -> tuple[Cell, ...]:
        if points is None:
            return None, None
        return points.value, period(points.date, lang, short=True)

    rows = [
        (
            goal.title,
            *cells(goal.before),
            *cells(goal.after),
            goal.change,
            text(f"compare.goal_outcome.{goal.outcome}", lang),
        )
        for goal in goals
    ]
    keys = ("before#", "before_date", "after#", "after_date", "points#", "outcome")
    return headed(lang, rows, "goal", *keys, prefix="compare.column")


def _plan(steps: tuple[StepCompared, ...], lang: str) -> Table:
    def status(step: Step | None) -> str | None:
        return text(f"toolbox.status.{step.status}", lang) if step is not None else None

    rows = [
        (
            step.title,
            status(step.before),
            status(step.after),
            text(f"compare.plan_outcome.{step.outcome}", lang),
        )
        for step in steps
    ]
    return headed(lang, rows, "action", "before", "after", "outcome", prefix="compare.column")


def _numbers(compared: Compared, lang: str) -> Table:
    rows = [
        (text(f"key_number.{key}", lang), was, now)
        for key, (was, now) in compared.numbers.items()
        if was is not None or now is not None
    ]
    return headed(lang, rows, "number", "before#", "after#", prefix="compare.column")
