"""KS' «Lokalt aktørkart» in three steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.forms.paper import Grid, Part, Tick
from aktorkart.forms.papers.asking import FEW, kinds

if TYPE_CHECKING:
    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking


def ks(asking: Asking) -> Paper:
    """Return whom one would have with, whom one cannot do without, and how to succeed."""
    kart = asking.kart
    actors = [one for one in kart.actors if one.id != kart.middle]
    ideal = Grid(
        columns=(
            asking.column("actor", 2.0),
            asking.column("kind", 1.5, offered=kinds(asking.lang)),
            asking.column("contributes_with", 2.0),
            asking.field("tags.essential", 0.9),
        ),
        rows=tuple(
            (one.label, asking.kind(one), "", Tick(one.tags.get("essential") is True))
            for one in actors
        ),
        blank=asking.empty,
        empty=("", "", "", Tick()),
    )
    kept = [one for one in actors if one.tags.get("essential") is True]
    way = Grid(
        columns=(
            asking.column("actor", 1.6),
            asking.field("tags.how", 2.6),
            asking.column("toolbox.column.responsible", 1.2),
            asking.column("toolbox.column.due", 0.9),
        ),
        rows=tuple((one.label, str(one.tags.get("how") or ""), "", "") for one in kept),
        blank=asking.empty if not kept else FEW,
    )
    parts = (
        Part(lines=asking.about("focal")),
        Part(
            title=asking.said("part.ks_whom"),
            words=(asking.said("words.ks_whom"), asking.said("words.ks_essential")),
            grid=ideal,
        ),
        Part(title=asking.said("part.ks_how"), words=(asking.said("words.ks_how"),), grid=way),
    )
    return asking.paper(*parts, guide=asking.said("guide.ks"))
