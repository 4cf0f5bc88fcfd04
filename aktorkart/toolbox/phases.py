"""The five phases of improvement in the tables of the toolbox."""

from __future__ import annotations

from aktorkart.model.vocabulary import PHASES
from aktorkart.tables import Labelled, coded


def phase_order(phase: str | None) -> int:
    """Return where a phase of improvement comes among the five; last if there is none."""
    return PHASES.index(phase) if phase is not None else len(PHASES)


def phase_name(phase: str | None, lang: str) -> Labelled | None:
    """Return a phase as a cell of a table; None if there is none."""
    return coded("toolbox.phase", phase, lang)
