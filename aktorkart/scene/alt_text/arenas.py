"""Who sits together where, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.scene.seats import Seats
from aktorkart.scene.words import Words

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def arenas(kart: ActorMap, *, lang: str) -> str:
    """Say who sits in most arenas and where no user is heard, on a map as it may be shown."""
    words, seats = Words(kart, lang), Seats.of(kart)
    if not seats.voices:
        return words.say("arenas_none")
    sentences = [words.say("arenas") + ".", words.say("arenas_alt", n=len(seats.voices))]
    most = max(seats.counts.values(), default=0)
    if most > 1:
        best = [kart[id_] for id_, count in seats.counts.items() if count == most]
        sentences.append(
            words.say("arenas_alt_most", n=len(best), actors=words.named(best), count=most)
        )
    for code, case in (("unheard", "none"), ("users", "user")):
        if found := [kart[id_] for id_, voice in seats.voices.items() if voice == case]:
            labels = [actor.label for actor in words.sorted(found)]
            sentences.append(words.say(f"arenas_alt_{code}", arenas=labels))
    if {"representative"} == set(seats.voices.values()) - {"no_members"}:
        sentences.append(words.say("arenas_alt_heard"))
    return " ".join(one for one in (*sentences, seats.note(words)) if one)
