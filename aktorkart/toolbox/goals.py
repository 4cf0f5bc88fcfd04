"""Goals: what matters to the user, and how it goes by the points over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.expected import expect_if_given
from aktorkart.i18n import text
from aktorkart.model import expect_map
from aktorkart.model.called import titled
from aktorkart.tables import Labelled, Table, coded, columns
from aktorkart.toolbox.series import (
    COURSE,
    DIGITS,
    Dated,
    course,
    dated,
    difference,
    means,
    over_time,
)
from aktorkart.toolbox.wheel import Area, wheel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap, Goal

THRESHOLD = 2.0
"""Points that a goal usually has to change for the change to count as clear (METHOD 5)."""

USUAL = (3, 5)
"""So many goals are usual: the Patient-Specific Functional Scale asks for three to five."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How one goal goes.

    Parameters
    ----------
    id, title : str
        The goal, and what people call it.
    area : str, optional
        Where in the user's life it belongs.
    direction : {"higher", "lower"}
        Which points are better.
    series : tuple of Dated
        Its points, the earliest first; several on the same date are put together as a mean.
    change : float, optional
        Last points less first, with the sign so that + is better; None with points on fewer
        than two dates.
    """

    id: str
    title: str
    area: str | None
    direction: str
    series: tuple[Dated, ...]
    change: float | None

    @property
    def first(self) -> Dated | None:
        """The earliest points."""
        return self.series[0] if self.series else None

    @property
    def last(self) -> Dated | None:
        """The latest points."""
        return self.series[-1] if self.series else None

    @property
    def clear(self) -> bool | None:
        """Whether the change, for better or worse, reaches the threshold; None if unknown."""
        return None if self.change is None else abs(self.change) >= THRESHOLD

    @property
    def outcome(self) -> str:
        """One of ``better``, ``worse``, ``unclear`` (below the threshold) and ``unknown``."""
        if self.change is None:
            return "unknown"
        if not self.clear:
            return "unclear"
        return "better" if self.change > 0 else "worse"


@dataclass(frozen=True, kw_only=True)
class Goals:
    """How the goals of a map go.

    Parameters
    ----------
    goals : tuple of Progress
        By id.
    direction : {"higher", "lower"}
        Which means are better: the goals' own direction where they share one. Otherwise
        points of goals where lower is better count as 10 less the points, and higher is
        better.
    means : tuple of Dated
        Mean over the goals that have points on a date, and how many these are.
    change : float, optional
        Mean change of the goals that have one, + is better.
    changed : int
        How many goals that is.
    areas : tuple of Area, optional
        Areas of the wheel that name the goals' areas; None for ours.

    Examples
    --------
    >>> from aktorkart.model import ActorMap, Goal
    >>> points = [{"date": "2025", "value": 3}, {"date": "2026", "value": 6}]
    >>> kart = ActorMap(goals=[Goal(id="sleep", direction="higher", points=points)])
    >>> print(goals(kart).table("en").to_text())
    Goal   Area  Better is  First  Date  Last  Date  Change (+ is better)  That is
    sleep  –     higher         3  2025     6  2026                     3  clearly better
    """

    goals: tuple[Progress, ...]
    direction: str
    means: tuple[Dated, ...]
    change: float | None
    changed: int
    areas: tuple[Area, ...] | None = None

    def table(self, lang: str) -> Table:
        """Return first and last points, change and what it means, goal by goal.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Columns goal, area, direction, first, first_date, last, last_date, change and
            outcome.
        """
        named = {area.id: area.title for area in self.areas or wheel(lang)}
        rows = tuple(
            (
                Labelled(goal.title, goal.id),
                Labelled(named.get(goal.area, goal.area), goal.area) if goal.area else None,
                coded("toolbox.direction", goal.direction, lang),
                *course(goal.series, goal.change, lang),
                coded("toolbox.outcome", goal.outcome, lang),
            )
            for goal in self.goals
        )
        keys = ("goal@", "area@", "direction@", *COURSE, "outcome@")
        headings = columns(lang, *keys, prefix="toolbox.column")
        return Table(columns=headings, rows=rows, lang=lang)

    def means_table(self, lang: str) -> Table:
        """Return the mean on each date.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Columns date, mean and count.
        """
        rows = tuple((dated(mean.date, lang), mean.value, mean.n) for mean in self.means)
        better = text(f"toolbox.direction.{self.direction}", lang)
        keys = ("date/", "mean#", "count#")
        headings = columns(lang, *keys, prefix="toolbox.column", better=better)
        return Table(columns=headings, rows=rows, lang=lang)


def goals(kart: ActorMap, *, areas: Sequence[Area] | None = None) -> Goals:
    """Return how the goals of a map go.

    Parameters
    ----------
    kart : ActorMap
        The map.
    areas : sequence of Area, optional
        The team's own wheel, to name areas that goals give by id; ours if left out.

    Returns
    -------
    Goals
        One :class:`Progress` for each goal, means and the mean change, by the points up to
        the map's date; all points on a map without one.

    Notes
    -----
    METHOD 5, after the Patient-Specific Functional Scale: 0 to 10 for each activity, the mean
    over activities, and a change of 2 points as the usual threshold. Norwegian versions run in
    opposite directions, so each goal says its own.

    Examples
    --------
    >>> from aktorkart.model import ActorMap, Goal
    >>> worry = Goal(id="worry", direction="lower",
    ...              points=[{"date": "2026-01", "value": 8}, {"date": "2026-03", "value": 5}])
    >>> found = goals(ActorMap(goals=[worry])).goals[0]
    >>> found.change, found.outcome
    (3.0, 'better')
    """
    expect_map(kart)
    expect_if_given("several", areas=areas)
    called = titled(kart.goals)
    found = tuple(
        _progress(goal, called[goal.id], kart.date)
        for goal in sorted(kart.goals, key=lambda goal: goal.id)
    )
    ways = {goal.direction for goal in found}
    shared = ways.pop() if len(ways) == 1 else "higher"
    mean_points = means(
        (point.date, point.value if goal.direction == shared else 10 - point.value)
        for goal in found
        for point in goal.series
    )
    changes = [goal.change for goal in found if goal.change is not None]
    return Goals(
        goals=found,
        direction=shared,
        means=mean_points,
        change=round(sum(sorted(changes)) / len(changes), DIGITS) if changes else None,
        changed=len(changes),
        areas=None if areas is None else tuple(areas),
    )


def _progress(goal: Goal, called: str, date: str | None) -> Progress:
    series = over_time(goal.points, date)
    change = difference(series)
    if change is not None and goal.direction == "lower":
        # Not -0.0 where nothing has changed.
        change = 0.0 - change
    return Progress(
        id=goal.id,
        title=called,
        area=goal.area,
        direction=goal.direction,
        series=series,
        change=change,
    )
