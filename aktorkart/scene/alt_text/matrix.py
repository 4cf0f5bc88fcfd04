"""Who has a channel to whom, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.network.measures import Measures
from aktorkart.network.measures import measures as compute
from aktorkart.scene.channels import Channels
from aktorkart.scene.words import Words, troubles

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def matrix(
    kart: ActorMap, *, lang: str, group: str = "line", measures: Measures | None = None
) -> str:
    """Say how many channels there are within and between groups, on a map as it may be shown."""
    words = Words(kart, lang)
    if nothing := too_few(words):
        return nothing
    found = Channels.of(words, compute(kart) if measures is None else measures, group)
    n, channels = len(kart.actors), len(found.pairs)
    sentences = [words.say("matrix") + "."]
    possible = n * (n - 1)
    sentences.append(
        words.say("matrix_alt", n=channels, possible=possible, share=channels / possible)
    )
    if len(found.used) > 1 and channels:
        inside = [(share, at) for at in found.used if (share := found.share(at, at)) is not None]
        if inside:
            share, at = max(inside, key=lambda one: (one[0], -one[1]))
            sentences.append(words.say("matrix_alt_most", group=found.groups[at], share=share))
        apart = sum(
            found.share(one, other) == 0 and found.share(other, one) == 0
            for one in found.used
            for other in found.used
            if one < other
        )
        if apart:
            sentences.append(words.say("matrix_alt_apart", n=apart))
    sentences += troubles(kart, kart.ties_in_force, lang)
    return " ".join(sentences)


def too_few(words: Words) -> str:
    """Say that there are no two who could be in contact; nothing where there are."""
    actors = words.kart.actors
    if len(actors) > 1:
        return ""
    return words.say("one_actor", actor=actors[0].label) if actors else words.say("no_actors")
