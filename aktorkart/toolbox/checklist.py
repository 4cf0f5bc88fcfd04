"""The checklist for collaboration: its points over time, by item and by phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.i18n import period, text
from aktorkart.model import expect_map
from aktorkart.model.called import titled
from aktorkart.model.fields import FrozenDict
from aktorkart.tables import Column, Labelled, Table, columns
from aktorkart.toolbox.new_checklist import ITEMS
from aktorkart.toolbox.phases import phase_name, phase_order
from aktorkart.toolbox.series import COURSE, Dated, course, date_order, difference, means, over_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import ActorMap


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the checklist, with its points over time.

    Parameters
    ----------
    id, title : str
        The item, and what it says.
    phase : str, optional
        One of the five phases of improvement.
    series : tuple of Dated
        Its points, the earliest first.
    change : float, optional
        Last points less first; None with points on fewer than two dates.
    """

    id: str
    title: str | None
    phase: str | None
    series: tuple[Dated, ...]
    change: float | None


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The checklist for collaboration, with points over time.

    Parameters
    ----------
    items : tuple of Item
        By phase, then by id.
    phases : mapping of str or None to tuple of Dated
        Mean on each date over the items of a phase, and how many these are, in the phases'
        order; None holds items without one.

    Examples
    --------
    >>> from aktorkart.model import ActorMap, ChecklistItem
    >>> one = ChecklistItem(id="same_plan", phase="plan", points=[{"date": "2026-01", "value": 4}])
    >>> print(checklist(ActorMap(checklist=[one])).means_table("en").to_text())
    Phase  Jan 2026
    plan          4
    """

    items: tuple[Item, ...]
    phases: Mapping[str | None, tuple[Dated, ...]]

    def table(self, lang: str) -> Table:
        """Return first and last points and the change, item by item.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Columns phase, item, first, first_date, last, last_date and change. An item of
            ours without a title of its own is said in the language.
        """
        rows = tuple(
            (
                phase_name(item.phase, lang),
                Labelled(_title(item, lang), item.id),
                *course(item.series, item.change, lang),
            )
            for item in self.items
        )
        headings = columns(lang, "phase@", "item@", *COURSE, prefix="toolbox.column")
        return Table(columns=headings, rows=rows, lang=lang)

    def means_table(self, lang: str) -> Table:
        """Return the mean of each phase on each date.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            A row for each phase and a column for each date, whose key is the date as it is
            written on the map.
        """
        dates = sorted(
            {mean.date for series in self.phases.values() for mean in series}, key=date_order
        )
        rows = []
        for phase, series in self.phases.items():
            by_date = {mean.date: mean.value for mean in series}
            rows.append((phase_name(phase, lang), *(by_date.get(date) for date in dates)))
        dated = tuple(
            Column(key=date, title=period(date, lang, short=True), numeric=True) for date in dates
        )
        return Table(
            columns=columns(lang, "phase@", prefix="toolbox.column") + dated,
            rows=tuple(rows),
            lang=lang,
        )


def _title(item: Item, lang: str) -> str:
    if item.title is not None:
        return item.title
    return text(f"toolbox.item.{item.id}", lang) if item.id in dict(ITEMS) else item.id


def checklist(kart: ActorMap) -> Checklist:
    """Return the checklist's points over time, by item and by phase.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    Checklist
        The points up to the map's date, or all on a map without one. Higher points are better
        on every item.

    Examples
    --------
    >>> from aktorkart.model import ActorMap, ChecklistItem
    >>> points = [{"date": "2025", "value": 2}, {"date": "2026", "value": 6}]
    >>> kart = ActorMap(checklist=[ChecklistItem(id="same_plan", points=points)])
    >>> checklist(kart).items[0].change
    4.0
    """
    expect_map(kart)
    called = titled(kart.checklist)
    items = [
        Item(
            id=item.id,
            title=called[item.id] if item.title else None,
            phase=item.phase,
            series=(series := over_time(item.points, kart.date)),
            change=difference(series),
        )
        for item in kart.checklist
    ]
    items.sort(key=lambda item: (phase_order(item.phase), item.id))
    phases: dict[str | None, tuple[Dated, ...]] = {
        phase: means(
            (point.date, point.value)
            for item in items
            if item.phase == phase
            for point in item.series
        )
        for phase in dict.fromkeys(item.phase for item in items)
    }
    return Checklist(items=tuple(items), phases=FrozenDict(phases))
