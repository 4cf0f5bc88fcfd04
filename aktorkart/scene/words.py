"""What a figure says of its map, in a language: sentences and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.i18n import listing, sort_key, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import Actor, ActorMap

# As many as fill a field of a figure: who stands where is what it shows.
_MOST_NAMED = 12


@dataclass(frozen=True)
class Words:
    """A map as it may be shown, and the language in which it is told."""

    kart: ActorMap
    lang: str

    def say(self, code: str, **values: object) -> str:
        """Return a text of the figures' section."""
        return text(f"figure.{code}", self.lang, **values)

    def sorted(self, actors: Sequence[Actor]) -> list[Actor]:
        """Sort actors by name, as the language does."""
        return sorted(actors, key=lambda actor: (sort_key(actor.label, self.lang), actor.id))

    def named(self, actors: Sequence[Actor]) -> str:
        """Name a few actors, count many."""
        if len(actors) > _MOST_NAMED:
            return text("model.actors", self.lang, n=len(actors))
        return listing([actor.label for actor in self.sorted(actors)], self.lang)


def capital(sentence: str) -> str:
    """Begin with a capital letter, whatever follows it."""
    return sentence[:1].upper() + sentence[1:]


def sentence(heading: str) -> str:
    """Return a heading as a sentence: with a full stop, unless it asks."""
    return heading if not heading or heading.endswith("?") else f"{heading}."
