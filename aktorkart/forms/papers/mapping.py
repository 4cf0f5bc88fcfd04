"""Aktørkartlegging: who they are, how to reach them, how close they are, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.grey_zones import missing_ties
from aktorkart.forms.paper import Grid, Part
from aktorkart.forms.papers.asking import kinds
from aktorkart.forms.papers.checklist import checklist_part
from aktorkart.forms.papers.plan import goals_part, plan_part
from aktorkart.i18n import text
from aktorkart.model.vocabulary import QUALITIES

if TYPE_CHECKING:
    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking
    from aktorkart.model import Actor, Tie


def mapping(asking: Asking) -> Paper:
    """Return the form with the least there is to ask."""
    parts = (Part(lines=asking.about("focal")), _actors(asking), _missing(asking))
    return asking.paper(*parts, guide=asking.said("guide.mapping"), landscape=True)


def whole(asking: Asking) -> Paper:
    """Return the form around a service or a user: goals, plan and checklist too."""
    parts = (
        Part(lines=asking.about("focal")),
        _actors(asking),
        _missing(asking),
        goals_part(asking),
        plan_part(asking, title=True),
        checklist_part(asking, title=True),
    )
    return asking.paper(
        *parts, guide=text(f"form.guide.{asking.form}", asking.lang), landscape=True
    )


def _actors(asking: Asking) -> Part:
    kart, middle = asking.kart, asking.kart.middle
    label = None if middle is None else kart[middle].label
    tie = asking.column("tie", 1.7)
    if asking.kart.actors:
        tie = (
            asking.column("nearest", 1.7)
            if label is None
            else asking.column("tie_to", 1.7, who=label)
        )
    columns = (
        asking.column("actor", 1.7),
        asking.column("kind", 1.3, offered=kinds(asking.lang)),
        asking.column("contact", 1.5),
        tie,
        asking.column("strength", 1.0, offered=asking.steps, numeric=True, scale=asking.scale),
        asking.column("missing", 1.8),
    )
    rows = tuple(_row(asking, one) for one in kart.actors if one.id != middle)
    grid = Grid(columns=columns, rows=rows, blank=asking.empty)
    return Part(title=asking.said("part.actors"), grid=grid)


def _row(asking: Asking, actor: Actor) -> tuple[str, ...]:
    kart = asking.kart
    told, strength = _tie(asking, actor)
    missing = [
        _other(asking, tie, actor.id) for tie in missing_ties(asking.kart) if actor.id in tie.ends
    ]
    hours = [text(f"open.{one}", asking.lang) for one in actor.open or ()]
    contact = "\n".join(filter(None, (actor.organisation, asking.listed(hours))))
    return (
        actor.label,
        asking.kind(actor),
        contact,
        told if kart.ties else "",
        asking.figure(strength),
        asking.listed(missing, most=3),
    )


def _tie(asking: Asking, actor: Actor) -> tuple[str, float | None]:
    """Return what the tie to the one in the middle is, or with whom the closest one is."""
    kart, middle = asking.kart, asking.kart.middle
    ties = [tie for tie in kart.ties_in_force if actor.id in tie.ends and not tie.needed]
    if middle is not None:
        ties = [tie for tie in ties if middle in tie.ends]
        strengths = [tie.strength for tie in ties if tie.strength is not None]
        words = list(dict.fromkeys(_said(asking, tie) for tie in ties))
        told = ", ".join(words) or asking.said("no_tie")
        return told, max(strengths, default=None)
    channels = [tie for tie in kart.channels if actor.id in tie.ends]
    best = max((tie.strength for tie in channels if tie.strength is not None), default=None)
    near = [tie for tie in channels if tie.strength == best]
    names = list(dict.fromkeys(_other(asking, tie, actor.id) for tie in near))
    return asking.listed(names, most=3) or asking.said("no_tie"), best


def _said(asking: Asking, tie: Tie) -> str:
    kind = asking.kart.tie_kind_name(tie.kind, asking.lang)
    if tie.quality is None or tie.quality == QUALITIES[0]:
        return kind
    return f"{kind} ({text(f'quality.{tie.quality}', asking.lang)})"


def _other(asking: Asking, tie: Tie, id_: str) -> str:
    source, target = tie.ends
    return asking.kart[target if id_ == source else source].label


def _missing(asking: Asking) -> Part:
    """Ask about the ties that should be there, and who sees to them."""
    kart = asking.kart
    columns = (
        asking.column("from", 1.5),
        asking.column("to", 1.5),
        asking.column("about", 1.2),
        asking.column("who_calls", 1.4),
        asking.column("toolbox.column.due", 0.9),
    )
    rows = tuple(
        (
            kart[tie.source].label,
            kart[tie.target].label,
            kart.tie_kind_name(tie.kind, asking.lang),
            "",
            "",
        )
        for tie in missing_ties(asking.kart)
    )
    grid = Grid(columns=columns, rows=rows, blank=4)
    return Part(title=asking.said("part.missing"), words=(asking.said("words.missing"),), grid=grid)
