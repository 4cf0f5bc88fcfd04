"""Who serves the user, and where the channels between them lead.

The actors with a channel to the user, one way or the other, on the map's date. The personal
network is left out, as METHOD 6.1 says, and so are other users: nobody expects a coordinator
or a form to involve every friend. An arena is somewhere to tell the story, if the user has a
channel to it, and nobody who helps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.comparison.sides import in_touch
from aktorkart.model.vocabulary import PERSONAL_NETWORK

if TYPE_CHECKING:
    from collections.abc import Collection

    from aktorkart.model import ActorMap


def serving(
    kart: ActorMap, user: str, *, left_out: Collection[str] = PERSONAL_NETWORK
) -> list[str]:
    """Return who serves the user, and the arenas that the user takes part in."""
    return sorted(id_ for id_ in in_touch(kart, user) if kart[id_].kind not in left_out)


def helping(kart: ActorMap, user: str) -> list[str]:
    """Return who helps the user: those who serve the user, without the arenas."""
    return [id_ for id_ in serving(kart, user) if kart[id_].kind != "arena"]
