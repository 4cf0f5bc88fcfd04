"""Figures: one function for each, drawn into matplotlib axes."""

from __future__ import annotations

from aktorkart.figures.alt_text import alt_text
from aktorkart.figures.arenas import arenas
from aktorkart.figures.change import change
from aktorkart.figures.disagreement import disagreement
from aktorkart.figures.drawing.saving import save, svg_text, to_bytes
from aktorkart.figures.drawing.sheet import sheet
from aktorkart.figures.drop_out import drop_out
from aktorkart.figures.ego import ego
from aktorkart.figures.goals import goals
from aktorkart.figures.influence import influence
from aktorkart.figures.levels import levels
from aktorkart.figures.linkages import linkages
from aktorkart.figures.matrix import matrix
from aktorkart.figures.missing import missing
from aktorkart.figures.network import network
from aktorkart.figures.pathway import pathway
from aktorkart.figures.priorities import priorities
from aktorkart.figures.publics import publics
from aktorkart.figures.ranking import ranking
from aktorkart.figures.salience import salience
from aktorkart.figures.small_multiples import small_multiples
from aktorkart.figures.stages import stages
from aktorkart.figures.timeline import timeline
from aktorkart.scene.style import Style

__all__ = [
    "Style",
    "alt_text",
    "arenas",
    "change",
    "disagreement",
    "drop_out",
    "ego",
    "goals",
    "influence",
    "levels",
    "linkages",
    "matrix",
    "missing",
    "network",
    "pathway",
    "priorities",
    "publics",
    "ranking",
    "salience",
    "save",
    "sheet",
    "small_multiples",
    "stages",
    "svg_text",
    "timeline",
    "to_bytes",
]
