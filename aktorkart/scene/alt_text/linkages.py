"""Grunig and Hunt's linkages, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.i18n import capital, text
from aktorkart.model import vocabulary
from aktorkart.scene.words import Words

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def linkages(kart: ActorMap, *, lang: str) -> str:
    """Say who is linked to the focal actor, and how, on a map as it may be shown."""
    words = Words(kart, lang)
    if around_a_person(kart):
        return words.say("linkages_person")
    rows = grunig.linkages(kart).rows
    if not rows:
        return words.say("linkages_empty")
    sentences = [f"{title(words)}."]
    empty = []
    for linkage in vocabulary.LINKAGES:
        name = text(f"linkage.{linkage}", lang)
        linked = [kart[row.actor] for row in rows if linkage in row.linkages]
        if linked:
            actors = words.named(linked)
            sentences.append(words.say("linkages_alt", linkage=capital(name), actors=actors))
        else:
            empty.append(name)
    if empty:
        sentences.append(words.say("linkages_alt_none", linkages=empty))
    linked_rows = [row for row in rows if row.linkages]
    if assumed := sum(row.basis == "kind" for row in linked_rows):
        told = words.say("linkages_alt_assumed", n=assumed, of=len(linked_rows))
        sentences.insert(1, told)
    if unknown := [kart[row.actor] for row in rows if not row.linkages]:
        name = words.say("linkages_unknown")
        sentences.append(words.say("linkages_alt", linkage=name, actors=words.named(unknown)))
    return " ".join(sentences)


def around_a_person(kart: ActorMap) -> bool:
    """Tell whether linkages have no meaning: they are seen from a service (METHOD 2)."""
    return kart.scope == "individual" or kart.person is not None


def title(words: Words) -> str:
    """Return what the figure is called where nobody has chosen a title."""
    kart = words.kart
    if kart.focal is None:
        return words.say("linkages_untitled")
    return words.say("linkages_title", actor=kart[kart.focal].label)
