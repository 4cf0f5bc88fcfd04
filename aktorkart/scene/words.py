"""What a figure says of its map, in a language: sentences and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.comparison.sides import reports
from aktorkart.i18n import listing, sort_key, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.finding import Finding
    from aktorkart.model import Actor, ActorMap, Tie

# As many as fill a field of a figure: who stands where is what it shows.
_MOST_NAMED = 12
# Ties that do not work stand beside much else.
_MOST_TIES = 5


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


def troubles(kart: ActorMap, ties: Iterable[Tie], lang: str) -> list[str]:
    """Say which ties are strained, broken, conflicts or missing: by name, or how many they are."""
    told = list(ties)
    there = [tie for tie in told if not tie.needed]
    sentences = []
    for code, found in (
        ("strained", [tie for tie in there if tie.quality == "strained"]),
        ("broken", [tie for tie in there if tie.quality == "broken"]),
        ("conflict", [tie for tie in there if tie.kind == "conflict"]),
        ("missing", [tie for tie in told if tie.needed]),
    ):
        each = reports(found).values()
        ends = [" – ".join(kart[end].label for end in one[0].ends) for one in each]
        if len(each) > _MOST_TIES:
            sentences.append(text(f"figure.alt_{code}", lang, n=len(each)))
        elif found:
            sentences.append(text(f"figure.alt_ties.{code}", lang, ties=sorted(set(ends))))
    return sentences


def told_first(findings: Sequence[Finding], lang: str, *, most: int = 5) -> list[str]:
    """Say what was found, of many the first: what nobody knows is not told here."""
    known = [one.text(lang) for one in findings if one.level != "unknown"]
    more = len(known) - most
    return [*known[:most], *([f"{text('common.more', lang, n=more)}."] if more > 0 else [])]


def sentence(heading: str) -> str:
    """Return a heading as a sentence: with a full stop, unless it asks."""
    return heading if not heading or heading.endswith("?") else f"{heading}."
