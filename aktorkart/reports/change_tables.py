"""The tables and sections on what has changed from one map to the next."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from aktorkart.content.compared import SECTIONS, begun
from aktorkart.i18n import period, text
from aktorkart.reports.sections import Section
from aktorkart.tables import coded, headed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from aktorkart.content.compared import Compared
    from aktorkart.content.goals_compared import GoalCompared, StepCompared
    from aktorkart.finding import Finding
    from aktorkart.model import Tie
    from aktorkart.tables import Cell, Table
    from aktorkart.toolbox.plan import Step
    from aktorkart.toolbox.series import Dated

_TABLES = {
    "changed_goals": ("changed_goals", "changed_plan"),
    "then_now": ("then_now",),
}
"""Tables that stand in their sections: short, and read as they are."""

_BEHIND = {
    "changed_ties": ("changed_ties",),
    "changed_ranks": ("changed_ranks",),
}
"""Tables that stand in the appendix, by the section that is told from them."""

_BEHIND_LACKING = ("gaps_then_now", "remaining_changed")
"""Those on what is lacking: the last section that says something of it names them."""

_FIGURES = {"summary": ("change",)}

_LACKING = ("closed", "opened", "remaining")
"""Sections that are one part of a report on a change."""


def change_tables(compared: Compared, lang: str) -> dict[str, Table]:
    """Make the tables on a change, those with something in them."""
    seen = {"names": True, "consent": "ignore"}  # the maps are as they may be shown
    tables = {
        "changed_ties": compared.change.table(lang, **seen),  # type: ignore[arg-type]
        "changed_ranks": _ranks(compared, lang),
        "gaps_then_now": _gaps(compared, lang),
        "remaining_changed": _remaining(compared, lang),
        "changed_goals": _goals(compared.goals, lang),
        "changed_plan": _plan(compared.plan, lang),
        "then_now": _numbers(compared, lang),
    }
    return {key: table for key, table in tables.items() if len(table)}


def change_sections(compared: Compared, tables: Mapping[str, Table]) -> tuple[Section, ...]:
    """Make the sections on a change, those with something in them; each thing is said once.

    Long tables come last, under the heading of the appendix.
    """
    sections = []
    said: set[Finding] = set()
    for code in SECTIONS:
        told = [found for found in compared.about(code) if found not in said]
        said |= {*told, *chain.from_iterable(found.more for found in told)}
        keys, behind = (
            tuple(key for key in of.get(code, ()) if key in tables) for of in (_TABLES, _BEHIND)
        )
        if told or keys or behind:
            sections.append(
                Section(
                    code=code,
                    part="lacking" if code in _LACKING else code,
                    findings=tuple(told),
                    figures=_FIGURES.get(code, ()),
                    tables=keys,
                    see=behind,
                    # In full they stand in the table.
                    brief=code == "remaining",
                )
            )
    lacking = tuple(key for key in _BEHIND_LACKING if key in tables)
    places = [place for place, one in enumerate(sections) if one.code in _LACKING]
    if places:
        sections[places[-1]] = replace(sections[places[-1]], see=lacking)
    last = chain(*_BEHIND.values(), lacking)
    return (*sections, *_appended(key for key in last if key in tables))


def _appended(keys: Iterable[str]) -> Iterator[Section]:
    """Return a section of the appendix for each table."""
    return (Section(code=f"table_{key}", part="appendix", tables=(key,)) for key in keys)


_IN_A_REPORT = {"summary": "since"} | {code: code for code in SECTIONS if code not in _LACKING[1:]}
"""Sections that a report on a map has of what has changed since an earlier one, as they are there.

What is lacking now stands under its own headings there.
"""


def sections_since(
    compared: Compared, tables: Mapping[str, Table], *, parts: Container[str]
) -> list[Section]:
    """Make the sections that a report on a map has of what has changed; tables come last."""
    since = [
        replace(one, code=_IN_A_REPORT[one.code], part="time", tables=(), see=one.see + one.tables)
        for one in change_sections(compared, tables)
        if one.code in _IN_A_REPORT
    ]
    said = {found for one in since for found in one.findings}
    new = tuple(found for found in begun(compared) if found not in said)
    if new:
        # Said in full where it belongs: here briefly, and that it is new.
        since.insert(_place(since), Section(code="opened", part="time", findings=new, brief=True))
    since += _appended(tables)
    return [one for one in since if one.part in parts]


def _place(since: Sequence[Section]) -> int:
    """Return where what has begun to be lacking stands: before what comes after it otherwise."""
    before = SECTIONS[: SECTIONS.index("opened")]
    return sum(one.code in {"since", *before} for one in since)


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


def _gaps(compared: Compared, lang: str) -> Table:
    """Show everything that one of the maps lacks, and what has become of it."""
    gaps, needed = compared.gaps, compared.needed
    told: dict[str, list[Finding]] = {
        "gone": [*gaps.closed],
        "new": [*gaps.opened],
        "changed": [one.after for one in gaps.remaining if one.moved],
        "left": [one.after for one in gaps.remaining if not one.moved],
        "unsure": [*gaps.unsure_before, *gaps.unsure_after],
    }
    ties = {"gone": "met", "new": "new", "left": "still", "unsure": "unsaid"}
    rows = [
        (gap, coded("compare.gap_outcome", outcome, lang))
        for outcome, found in told.items()
        for gap in (
            *(_needed(compared, tie, lang) for tie in needed.get(ties.get(outcome, ""), ())),
            *(one.text(lang) for one in found),
        )
    ]
    return headed(lang, rows, "gap", "outcome@", prefix="compare.column")


def _needed(compared: Compared, tie: Tie, lang: str) -> str:
    labels = compared.change.labels
    ends = f"{labels[tie.source]} {'–' if tie.mutual else '→'} {labels[tie.target]}"
    kind = compared.after.tie_kind_name(tie.kind, lang)
    return text("compare.needed_tie", lang, tie=ends, kind=kind)


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
            coded("compare.goal_outcome", goal.outcome, lang),
        )
        for goal in goals
    ]
    keys = ("before#", "before_date", "after#", "after_date", "points#", "outcome@")
    return headed(lang, rows, "goal@", *keys, prefix="compare.column")


def _plan(steps: tuple[StepCompared, ...], lang: str) -> Table:
    def status(step: Step | None) -> Cell:
        return coded("toolbox.status", step.status if step is not None else None, lang)

    rows = [
        (
            step.title,
            status(step.before),
            status(step.after),
            coded("compare.plan_outcome", step.outcome, lang),
        )
        for step in steps
    ]
    return headed(lang, rows, "action@", "before@", "after@", "outcome@", prefix="compare.column")


def _numbers(compared: Compared, lang: str) -> Table:
    rows = [
        (text(f"key_number.{key}", lang), *(None if n is None else round(n, 1) for n in both))
        for key, both in compared.numbers.items()
        if any(n is not None for n in both)
    ]
    return headed(lang, rows, "number", "before#", "after#", prefix="compare.column")
