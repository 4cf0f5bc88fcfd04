"""The network map around somebody in words: what holds, who is close, and what is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.tellings import tellings
from aktorkart.content.strong_ties import strong_ties
from aktorkart.i18n import capital, listing, sort_key, text
from aktorkart.model.actormap import retied
from aktorkart.scene.circle import division
from aktorkart.scene.ego import around, best_connected, notes_on, rings_around
from aktorkart.scene.words import told_first, troubles

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

_MOST_NAMED = 5


def ego(kart: ActorMap, *, lang: str, actor: str | None = None) -> str:
    """Say what holds around somebody, who is close, and which parts of life are empty."""
    centre = actor or kart.focal or best_connected(kart)
    notes = notes_on(kart, centre, asked=actor is not None, lang=lang)
    if centre is None:
        return " ".join(f"{note}." for note in notes)
    found = rings_around(kart, centre, lang)
    if not any(ring.members for ring in found):
        return text("figure.ego_alone", lang, actor=kart[centre].label)
    drawn = around(kart, centre)
    _, sectors = division(drawn, found, lang=lang)
    sentences = [f"{text('figure.ego_title', lang, actor=kart[centre].label)}."]
    own = [tie for tie in drawn.ties if centre in tie.ends]
    sentences += told_first(
        tellings(kart) if centre == kart.user else strong_ties(retied(drawn, own)), lang
    )
    for ring in found:
        if not ring.members:
            continue
        labels = sorted(
            (kart[id_].label for id_ in ring.members), key=lambda label: sort_key(label, lang)
        )
        actors = (
            listing(labels, lang)
            if len(labels) <= _MOST_NAMED
            else text("model.actors", lang, n=len(labels))
        )
        if ring.kind == "known":
            sentences.append(text("figure.ego_alt_ring", lang, ring=ring.name, actors=actors))
        else:
            sentences.append(f"{capital(text(f'figure.ego_{ring.kind}_ring', lang))}: {actors}.")
    empty = [sector.name for sector in sectors if not sector.actors]
    if empty:
        sentences.append(text("figure.ego_alt_empty", lang, spheres=empty))
    sentences += troubles(drawn, drawn.ties_in_force, lang)
    sentences += [f"{note}." for note in notes]
    return " ".join(sentences)
