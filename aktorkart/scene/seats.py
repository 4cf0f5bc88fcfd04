"""Who sits in which arena, and where users have a voice: what the table of arenas shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aktorkart.care.user_voice import user_voice
from aktorkart.network.memberships import seat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import ActorMap
    from aktorkart.scene.words import Words

VOICE = ("representative", "user", "none")
"""Who speaks for users in an arena: a peer or a user organisation, whether or not users and next
of kin are there too; these alone; or nobody."""

WRONG = ("broken", "strained", "missing")
"""What may be wrong with a seat: of several, the first is shown."""


_CASES: Mapping[str, str] = {
    "in_arena": "representative",
    "not_in_arena": "none",
    "in_arena_unknown": "unknown",
    "no_members": "no_members",
}
# Those who speak for themselves or their own.
_USERS = frozenset({"user", "next_of_kin"})


@dataclass(frozen=True)
class Seats:
    """Who sits where, and where users have a voice."""

    kart: ActorMap
    sits: frozenset[tuple[str, str]]  # member and arena
    wrong: Mapping[tuple[str, str], str]  # member and arena to one of `WRONG`
    voices: Mapping[str, str]  # arena to one of `VOICE`, "unknown" or "no_members"

    @classmethod
    def of(cls, kart: ActorMap) -> Seats:
        """Find them on a map as it may be shown."""
        sits: set[tuple[str, str]] = set()
        wrong: dict[tuple[str, str], str] = {}
        for tie in kart.ties_in_force:
            taken = seat(kart, tie)
            if taken is None:
                continue
            if tie.is_channel:
                sits.add(taken)
                continue
            case = "missing" if tie.needed else str(tie.quality)
            wrong[taken] = min(wrong.get(taken, case), case, key=WRONG.index)
        users = {arena for member, arena in sits if kart[member].kind in _USERS}
        voices = {
            found.actors[0]: "user"
            if found.actors[0] in users and found.case != "in_arena"
            else _CASES[found.case]
            for found in user_voice(kart)
            if found.case in _CASES
        }
        return cls(kart, frozenset(sits), wrong, voices)

    @cached_property
    def counts(self) -> Counter[str]:
        """In how many arenas each actor sits."""
        return Counter(member for member, _ in self.sits)

    @property
    def rows(self) -> frozenset[str]:
        """Those who sit somewhere, or whose seat somewhere does not work."""
        return frozenset(member for member, _ in (*self.sits, *self.wrong))

    @property
    def nowhere(self) -> list[str]:
        """Actors that sit in no arena."""
        return sorted(
            actor.id
            for actor in self.kart.actors
            if actor.kind != "arena" and actor.id not in self.counts
        )

    def note(self, words: Words) -> str:
        """Say who sits nowhere, which arenas are empty and what is not counted."""
        empty = sum(case == "no_members" for case in self.voices.values())
        lines = []
        if self.nowhere:
            lines.append(words.say("arenas_nowhere", n=len(self.nowhere)))
        if empty:
            lines.append(words.say("arenas_empty", n=empty))
        if self.wrong:
            lines.append(words.say("arenas_counted"))
        return " ".join(lines)
