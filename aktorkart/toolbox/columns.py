"""What the tables of the toolbox share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.i18n import text
from aktorkart.model.vocabulary import PHASES
from aktorkart.tables import Column

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERIC = frozenset({"first", "last", "change", "mean", "count", "days"})


def columns(keys: Iterable[str], lang: str, **values: str) -> tuple[Column, ...]:
    """Return columns with headings in a language."""
    return tuple(
        Column(
            key=key, title=text(f"toolbox.column.{key}", lang, **values), numeric=key in _NUMERIC
        )
        for key in keys
    )


def phase_place(phase: str | None) -> int:
    """Return the place of a phase of improvement among the five; last if there is none."""
    return PHASES.index(phase) if phase is not None else len(PHASES)
