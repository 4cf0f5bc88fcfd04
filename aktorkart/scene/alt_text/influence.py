"""Mendelow's power and interest, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.comparison.informants import informants
from aktorkart.i18n import capital, text
from aktorkart.scene.words import Words

if TYPE_CHECKING:
    from aktorkart.model import Actor, ActorMap


def influence(kart: ActorMap, *, lang: str) -> str:
    """Say who stands in which field of power and interest, on a map as it may be shown."""
    words = Words(kart, lang)
    fields: dict[str, list[Actor]] = {}
    found = grunig.influence(kart)
    rows = found.rows
    for row in rows:
        if row.cell is not None:
            fields.setdefault(row.cell, []).append(kart[row.actor])
    sentences = [f"{words.say('influence_title')}."]
    sentences += [
        words.say("influence_alt", quadrant=cell_name(cell, lang), actors=words.named(fields[cell]))
        for cell in grunig.INFLUENCE_CELLS.values()
        if cell in fields
    ]
    sentences += [one.text(lang) for one in found.findings if one.case in {"to_move", "wanted"}]
    if not fields:
        sentences.append(words.say("influence_empty"))
    if apart := least_alike(kart, lang):
        sentences.append(apart)
    if missing := sum(row.cell is None for row in rows):
        sentences.append(words.say("influence_alt_not_judged", n=missing))
    return " ".join(sentences)


def least_alike(kart: ActorMap, lang: str) -> str:
    """Say about whose ties informants disagree most; nobody's, where there is nothing to tell."""
    found = informants(kart).findings
    return " ".join(one.text(lang) for one in found if one.case == "dispersion")


def cell_name(cell: str, lang: str) -> str:
    """Return what a field is called."""
    return capital(text(f"grunig.influence.{cell}", lang))
