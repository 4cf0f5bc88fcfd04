"""Actors of one name, told apart before anything is drawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import Actor, ActorMap


def told_apart(kart: ActorMap, lang: str) -> ActorMap:
    """Return a map on which those who share a name have more of it, in brackets.

    Their organisation where that tells them apart, else the kind of actor, else the id.
    """
    shared = {label for label, n in Counter(actor.label for actor in kart.actors).items() if n > 1}
    if not shared:
        return kart
    more: dict[str, str] = {}
    for label in sorted(shared):
        more |= _more(kart, [actor for actor in kart.actors if actor.label == label], lang)
    return kart.with_(
        actors=tuple(
            actor.model_copy(update={"name": f"{actor.label} ({more[actor.id]})"})
            if actor.id in more
            else actor
            for actor in kart.actors
        )
    )


def _more(kart: ActorMap, actors: Sequence[Actor], lang: str) -> dict[str, str]:
    organisations = {actor.id: actor.organisation or "" for actor in actors}
    kinds = {actor.id: kart.kind_name(actor.kind, lang) for actor in actors}
    for found in (organisations, kinds):
        if all(found.values()) and len(set(found.values())) == len(actors):
            return found
    return {actor.id: actor.id for actor in actors}
