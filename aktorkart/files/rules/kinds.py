"""Kinds that are the map's own: those that no known word means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aktorkart.model import KindSpec, vocabulary

if TYPE_CHECKING:
    from aktorkart.files.rules.found import Found


def declare_kinds(found: Found) -> None:
    """Declare the kinds that are the map's own, and name them where they are not ours to know."""
    for table, section, known, items in (
        ("actors", "kinds", vocabulary.KINDS, found.actors),
        ("ties", "tie_kinds", vocabulary.TIE_KINDS, found.ties),
    ):
        there = found.content.get(section) or {}
        if not isinstance(there, Mapping):
            continue  # the map itself says what is wrong
        met = dict.fromkeys(str(kind) for item in items if _is_word(kind := item.get("kind")))
        new = [kind for kind in met if kind not in known and kind not in there]
        spec = KindSpec() if section == "kinds" else None
        if there or new:
            found.content[section] = {**there, **dict.fromkeys(new, spec)}
        if new and not found.draft.own:
            heading = found.columns[table].heading(["kind"]) if table in found.columns else None
            found.note("kinds_declared", table, heading=heading, kinds=new, n=len(new))


def _is_word(kind: object) -> bool:
    return kind is not None and not isinstance(kind, (dict, list))
