"""Points over time: the goals and the checklist of a map."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.i18n import period, text
from aktorkart.tables import Column, Table
from aktorkart.toolbox.columns import columns, phase_place
from aktorkart.toolbox.goals import _said
from aktorkart.toolbox.new_checklist import ITEMS
from aktorkart.toolbox.series import Dated, _difference, _in_order, _means, _over_time

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
    phases: Mapping[str | None, tuple[Dated, ...]] = field(hash=False)

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
                text(f"toolbox.phase.{item.phase}", lang) if item.phase else None,
                _title(item, lang),
                *_said(item.series[0] if item.series else None, lang),
                *_said(item.series[-1] if item.change is not None else None, lang),
                item.change,
            )
            for item in self.items
        )
        keys = ("phase", "item", "first", "first_date", "last", "last_date", "change")
        return Table(columns=columns(keys, lang), rows=rows, lang=lang)

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
            {mean.date for means in self.phases.values() for mean in means}, key=_in_order
        )
        rows = []
        for phase, means in self.phases.items():
            by_date = {mean.date: mean.value for mean in means}
            name = text(f"toolbox.phase.{phase}", lang) if phase else None
            rows.append((name, *(by_date.get(date) for date in dates)))
        dated = tuple(
            Column(key=date, title=period(date, lang, short=True), numeric=True) for date in dates
        )
        return Table(columns=columns(("phase",), lang) + dated, rows=tuple(rows), lang=lang)


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
        Higher points are better on every item.

    Examples
    --------
    >>> from aktorkart.model import ActorMap, ChecklistItem
    >>> points = [{"date": "2025", "value": 2}, {"date": "2026", "value": 6}]
    >>> kart = ActorMap(checklist=[ChecklistItem(id="same_plan", points=points)])
    >>> checklist(kart).items[0].change
    4.0
    """
    items = [
        Item(
            id=item.id,
            title=item.title,
            phase=item.phase,
            series=(series := _over_time(item.points)),
            change=_difference(series),
        )
        for item in kart.checklist
    ]
    items.sort(key=lambda item: (phase_place(item.phase), item.id))
    phases: dict[str | None, tuple[Dated, ...]] = {
        phase: _means(
            (point.date, point.value)
            for item in items
            if item.phase == phase
            for point in item.series
        )
        for phase in dict.fromkeys(item.phase for item in items)
    }
    return Checklist(items=tuple(items), phases=phases)
