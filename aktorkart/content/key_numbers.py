"""A map in a few numbers, to be set beside those of another date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.grey_zones import missing_ties
from aktorkart.content.counted import working
from aktorkart.content.findings_compared import count_gaps

if TYPE_CHECKING:
    from aktorkart.content.topics import Topics
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures

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
    lost = sum(bool(found.numbers["cut_off"]) for found in _of(topics.care, "drop_out"))
    return {
        "actors": len(kart.actors),
        "channels": working(kart),
        "density": percent(values.density),
        # Those with no tie that works are counted by themselves.
        "pieces": sum(len(part) > 1 for part in parts) if parts else None,
        "isolates": sum(len(part) == 1 for part in parts) if parts else None,
        "missing": missing(kart),
        "tellings": _first(topics.care, "tellings", "tellings"),
        "needs": _first(topics.care, "one_door", "reachable"),
        # Without somebody in the middle there is nobody to be cut off from.
        "cut_off": lost if kart.middle is not None and kart.channels else None,
        "reciprocity": percent(values.reciprocity),
        "crossing": percent(crossing(values)),
        "centralization": percent(values.centralization["betweenness"]),
        "gaps": count_gaps(topics),
    }


def percent(share: float | None) -> float | None:
    """Return a share in per cent, rounded where floating point ends: equal maps, equal numbers."""
    return None if share is None else round(100.0 * share, 9)


def missing(kart: ActorMap) -> int | None:
    """Count the ties needed and not there; that nobody has said so does not mean that none is."""
    asked = any(tie.needed for tie in kart.ties_in_force)
    return len(missing_ties(kart)) if asked else None


def crossing(measures: Measures) -> float | None:
    """Return the share of the linked pairs that are of two lines, from the E-I index."""
    index = measures.ei_index(by="line")
    return None if index is None else (index + 1) / 2


def _of(care: list[Finding], code: str) -> list[Finding]:
    """Return what an analysis found; nothing where it has no answer."""
    return [found for found in care if found.code == code and found.level != "unknown"]


def _first(care: list[Finding], code: str, number: str) -> float | None:
    return next((found.numbers[number] for found in _of(care, code)), None)
