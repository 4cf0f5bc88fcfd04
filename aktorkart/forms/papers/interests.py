"""Interessentanalyse: power, interest, how they are involved, attitude, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.forms.paper import Grid, Part
from aktorkart.i18n import number, sort_key

if TYPE_CHECKING:
    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking
    from aktorkart.model import Actor

_RATINGS, _STANCES = range(5, 0, -1), range(2, -3, -1)


def interests(asking: Asking) -> Paper:
    """Return the stakeholders, the most powerful first."""
    lang = asking.lang
    ratings, stances = (tuple(number(one, lang) for one in steps) for steps in (_RATINGS, _STANCES))
    columns = (
        asking.column("stakeholder", 2.1),
        asking.field("power", 0.8, offered=ratings, numeric=True),
        asking.field("interest", 1.0, offered=ratings, numeric=True),
        asking.field("tags.affected", 1.6),
        asking.field("stance", 1.0, offered=stances, numeric=True),
        asking.field("wanted_stance", 1.0, offered=stances, numeric=True),
        asking.field("tags.measure", 2.0),
        asking.column("toolbox.column.responsible", 1.2),
    )

    def order(actor: Actor) -> tuple[float, float, object]:
        ratings = (actor.power or 0, actor.interest or 0)
        return -ratings[0], -ratings[1], sort_key(actor.label, lang)

    rows = tuple(
        (
            one.label,
            *(asking.figure(value) for value in (one.power, one.interest)),
            str(one.tags.get("affected") or ""),
            *(asking.figure(value) for value in (one.stance, one.wanted_stance)),
            str(one.tags.get("measure") or ""),
            "",
        )
        for one in sorted(asking.kart.actors, key=order)
        if one.id != asking.kart.middle
    )
    grid = Grid(columns=columns, rows=rows, blank=asking.empty)
    guide = asking.said("guide.interests")
    return asking.paper(Part(lines=asking.about()), Part(grid=grid), guide=guide, landscape=True)
