"""Whom we work with: first chosen, then rated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.files.xlsx.asked import ASKED, over
from aktorkart.forms.paper import Column, Grid, Part, Tick
from aktorkart.i18n import capital
from aktorkart.model import vocabulary
from aktorkart.model.scales import STEPPED

if TYPE_CHECKING:
    from aktorkart.forms.paper import Cell, Paper
    from aktorkart.forms.papers.asking import Asking


def partners(asking: Asking) -> Paper:
    """Return partners to choose among, and what to rate of those that are chosen."""
    lang = asking.lang
    rated = [field for field in ASKED["partners"]["partners"] if field in STEPPED]
    steps = vocabulary.SCALES["trust"]
    offered = tuple(str(one) for one in range(steps.high, steps.low - 1, -1))
    columns = (
        asking.column("partner", 1.8),
        asking.field("chosen", 1.35),
        asking.column("strength", 0.9, offered=asking.steps, numeric=True, scale=asking.scale),
        *(
            Column(
                title=capital(over("partners", field, lang)),
                share=1.35,
                offered=offered,
                numeric=True,
            )
            for field in rated
        ),
        asking.field("note", 1.3),
    )
    empty: tuple[Cell, ...] = ("", Tick(), *[""] * (len(columns) - 2))
    rows = tuple((one.label, *empty[1:]) for one in asking.kart.actors)
    grid = Grid(columns=columns, rows=rows, blank=asking.empty, empty=empty)
    words = asking.said("words.rated", low=steps.low, high=steps.high)
    return asking.paper(
        Part(lines=asking.about()),
        Part(words=(words,), grid=grid),
        guide=asking.said("guide.partners"),
        landscape=True,
    )
