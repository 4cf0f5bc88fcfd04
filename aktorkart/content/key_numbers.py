"""A map in a few numbers, to be set beside those of another date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.grey_zones import missing_ties
from aktorkart.content.findings_compared import count_gaps

if TYPE_CHECKING:
    from aktorkart.content.topics import Topics
    from aktorkart.finding import Finding

_CENT = 100.0

KEY_NUMBERS = (
    "actors",
    "channels",
    "density",
    "pieces",
    "isolates",
    "missing",
    "tellings",
    "needs",
    "cut_off",
    "reciprocity",
    "crossing",
    "centralization",
    "gaps",
)
"""In the order in which they are shown; density, reciprocity, crossing and centralization are in
per cent. The definitions stand in the texts ``key_number.<key>``."""


def key_numbers(topics: Topics) -> dict[str, float | None]:
    """Return a map's numbers by :data:`KEY_NUMBERS`; None is not known, or not defined."""
    kart, values = topics.kart, topics.measures
    parts = values.components
    crossing = values.ei_index(by="line")
    asked = any(tie.needed for tie in kart.ties_in_force)
    lost = sum(bool(found.numbers["cut_off"]) for found in _of(topics.care, "drop_out"))
    return {
        "actors": len(kart.actors),
        "channels": len(kart.channels),
        "density": _percent(values.density),
        "pieces": len(parts) if parts else None,
        "isolates": sum(len(part) == 1 for part in parts) if parts else None,
        # That nobody has said what is missing does not mean that nothing is.
        "missing": len(missing_ties(kart)) if asked else None,
        "tellings": _first(topics.care, "tellings", "tellings"),
        "needs": _first(topics.care, "one_door", "reachable"),
        # Without somebody in the middle there is nobody to be cut off from.
        "cut_off": lost if kart.middle is not None and kart.channels else None,
        "reciprocity": _percent(values.reciprocity),
        "crossing": _percent(None if crossing is None else (crossing + 1) / 2),
        "centralization": _percent(values.centralization["betweenness"]),
        "gaps": count_gaps(topics),
    }


def _percent(share: float | None) -> float | None:
    # Rounded where floating point ends, so that equal maps have equal numbers.
    return None if share is None else round(_CENT * share, 9)


def _of(care: list[Finding], code: str) -> list[Finding]:
    """Return what an analysis found; nothing where it has no answer."""
    return [found for found in care if found.code == code and found.level != "unknown"]


def _first(care: list[Finding], code: str, number: str) -> float | None:
    return next((found.numbers[number] for found in _of(care, code)), None)
