"""The five phases of improvement in the tables of the toolbox."""

from __future__ import annotations

from aktorkart.i18n import text
from aktorkart.model.vocabulary import PHASES


def phase_order(phase: str | None) -> int:
    """Return where a phase of improvement comes among the five; last if there is none."""
    return PHASES.index(phase) if phase is not None else len(PHASES)


def phase_name(phase: str | None, lang: str) -> str | None:
    """Return what a phase is called; None if there is none."""
    return text(f"toolbox.phase.{phase}", lang) if phase else None
