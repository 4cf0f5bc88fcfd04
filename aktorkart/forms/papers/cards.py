"""Cards for a wall of notes: one for each actor, and one for each tie that is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aktorkart.care.grey_zones import missing_ties
from aktorkart.forms.paper import Card, Grid, Part
from aktorkart.i18n import capital, sort_key, text
from aktorkart.model.vocabulary import LINES

if TYPE_CHECKING:
    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking
    from aktorkart.model import Actor

_BLANK, _BLANK_MISSING = 16, 8
"""Empty cards: two pages for actors, one for what is missing."""


def cards(asking: Asking) -> Paper:
    """Return the cards, line by line, and those for missing ties after them."""
    kart, lang = asking.kart, asking.lang

    def order(actor: Actor) -> tuple[int, object]:
        lines = kart.lines(actor.id)
        return min(map(LINES.index, lines), default=len(LINES)), sort_key(actor.label, lang)

    actors = [_actor(asking, one) for one in sorted(kart.actors, key=order)]
    missing = [_missing(asking, tie.source, tie.target, tie.kind) for tie in missing_ties(kart)]
    rows = tuple(_row(asking, one) for one in sorted(kart.actors, key=order))
    rows += tuple(
        (f"{one.title}", asking.said("card.missing"), *one.lines[1:], "") for one in missing
    )
    if not actors:
        lines = tuple(f"{asking.said(f'card.{one}')}: " for one in ("kind", "line"))
        actors = [Card(title=f"{asking.said('card.name')}: ", lines=lines)] * _BLANK
    if asking.blank:
        between = (asking.said("card.missing"), f"{asking.said('card.about')}: ")
        missing = [Card(title="… – …", lines=between, missing=True)] * _BLANK_MISSING
    return asking.paper(
        Part(cards=(*actors, *missing)),
        guide=asking.said("guide.cards"),
        sheets=(Part(title=asking.said("part.cards"), grid=_sheet(asking, rows)),),
    )


def _line(asking: Asking, actor: Actor) -> str:
    lines = asking.kart.lines(actor.id)
    return asking.listed([text(f"line.{one}", asking.lang) for one in lines])


def _actor(asking: Asking, actor: Actor) -> Card:
    kind = asking.kind(actor)
    # A role is called after the kind already.
    role = re.sub(r" \d+$", "", actor.label).casefold() == kind.casefold()
    said = ("" if role else kind, _line(asking, actor), actor.organisation or "")
    return Card(title=actor.label, lines=tuple(capital(one) for one in said if one))


def _missing(asking: Asking, source: str, target: str, kind: str) -> Card:
    kart = asking.kart
    title = f"{kart[source].label} – {kart[target].label}"
    about = capital(kart.tie_kind_name(kind, asking.lang))
    return Card(title=title, lines=(asking.said("card.missing"), about), missing=True)


def _row(asking: Asking, actor: Actor) -> tuple[str, ...]:
    line = _line(asking, actor)
    return actor.label, asking.said("card.actor"), asking.kind(actor), line


def _sheet(asking: Asking, rows: tuple[tuple[str, ...], ...]) -> Grid:
    """Return a row for each card, as whiteboards and labels take them."""
    columns = (
        asking.column("card", 2.0),
        asking.column("what", 1.2),
        asking.column("kind", 1.4),
        asking.column("line", 1.6),
    )
    return Grid(columns=columns, rows=rows, blank=_BLANK if not rows else 0)
