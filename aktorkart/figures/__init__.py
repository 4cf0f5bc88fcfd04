"""Figures: one function for each, drawn into matplotlib axes."""

from __future__ import annotations

from aktorkart.figures.bands import levels
from aktorkart.figures.cells import matrix
from aktorkart.figures.charts import ranking
from aktorkart.figures.maps import network
from aktorkart.figures.page.saving import save, svg_text
from aktorkart.figures.page.stage import sheet
from aktorkart.figures.page.style import Style
from aktorkart.figures.page.words import alt_text
from aktorkart.figures.progress import goals
from aktorkart.figures.ratings import influence
from aktorkart.figures.rings import ego
from aktorkart.figures.seats import arenas
from aktorkart.figures.situations import publics
from aktorkart.figures.stakeholders import linkages

__all__ = [
    "Style",
    "alt_text",
    "arenas",
    "ego",
    "goals",
    "influence",
    "levels",
    "linkages",
    "matrix",
    "network",
    "publics",
    "ranking",
    "save",
    "sheet",
    "svg_text",
]
