"""Who is a member of which arena, and what an arena links when it is not an actor itself."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.model import ActorMap, Tie

ARENAS = ("actors", "links", "out")
"""What an arena may be in a network (METHOD 9)."""

Seats = dict[str, dict[str, float | None]]
"""For each arena the strength of each membership, None where nobody has judged it."""


def seat(kart: ActorMap, tie: Tie) -> tuple[str, str] | None:
    """Tell who is a member of which arena by a tie, whichever way it is drawn."""
    if tie.kind == "membership":
        for member, arena in ((tie.source, tie.target), (tie.target, tie.source)):
            if kart[arena].kind == "arena":
                return member, arena
    return None


def arenas_of(kart: ActorMap) -> list[str]:
    """Return the arenas, sorted."""
    return sorted(actor.id for actor in kart.actors if actor.kind == "arena")


def seats(kart: ActorMap) -> Seats:
    """Return the members of every arena, with the strongest judged membership of each."""
    found: Seats = {arena: {} for arena in arenas_of(kart)}
    for tie in kart.channels:
        if (taken := seat(kart, tie)) is not None:
            member, arena = taken
            given = [one for one in (found[arena].get(member), tie.strength) if one is not None]
            found[arena][member] = max(given, default=None)
    return {arena: dict(sorted(members.items())) for arena, members in found.items()}


def links(kart: ActorMap) -> Iterator[tuple[str, str, float | None]]:
    """Give two members of each arena and the weaker of their memberships.

    Nobody knows which is the weaker where one of them is not judged. An arena that is a member
    of another is no actor either, and links nobody there.
    """
    found = seats(kart)
    for members in found.values():
        actors = [member for member in members if member not in found]
        for one, other in combinations(actors, 2):
            weaker = [s for s in (members[one], members[other]) if s is not None]
            yield one, other, min(weaker) if len(weaker) > 1 else None
