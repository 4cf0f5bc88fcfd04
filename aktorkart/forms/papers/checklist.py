"""Sjekkliste for samhandling: what is in place, and what to do about the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.forms.paper import Grid, Part, Tick
from aktorkart.i18n import number, period, text
from aktorkart.model import ActorMap
from aktorkart.toolbox.checklist import checklist as checklist_of
from aktorkart.toolbox.new_checklist import new_checklist

if TYPE_CHECKING:
    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking


def checklist(asking: Asking) -> Paper:
    """Return the checklist for collaboration."""
    parts = (Part(lines=asking.about()), checklist_part(asking))
    return asking.paper(*parts, guide=text("form.guide.checklist", asking.lang))


def checklist_part(asking: Asking, *, title: bool = False) -> Part:
    """Return the map's items, or ours where it has none, with their last points."""
    lang = asking.lang
    items = asking.kart.checklist or new_checklist(lang)
    found = checklist_of(ActorMap(checklist=items))
    columns = (
        asking.column("toolbox.column.phase", 1.1),
        asking.column("toolbox.column.item", 3.0),
        asking.column("last", 1.2, numeric=True),
        asking.column("today", 0.8, numeric=True),
        asking.column("in_place", 0.9),
        asking.column("we_do", 2.0),
    )
    rows = []
    for item, cells in zip(found.items, found.table(lang).shown(), strict=True):
        last = item.series[-1] if item.series else None
        points = ""
        if last is not None:
            points = f"{number(last.value, lang)}\n{period(last.date, lang, short=True)}"
        phase = cells[0] if item.phase else ""
        rows.append((phase, cells[1], points, "", Tick(), ""))
    grid = Grid(columns=columns, rows=tuple(rows), blank=2, empty=("", "", "", "", Tick(), ""))
    heading = text("form.title.checklist", lang) if title else ""
    return Part(title=heading, grid=grid)
