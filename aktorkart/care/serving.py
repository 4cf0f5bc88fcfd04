"""Who serves the user, and where the channels between them lead.

The actors with a channel to the user, one way or the other, on the map's date. The personal
network is left out, as METHOD 6.1 says, and so are other users: nobody expects a coordinator
or a form to involve every friend. An arena counts if the user has a channel to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.model.vocabulary import PERSONAL_NETWORK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from aktorkart.model import ActorMap, Tie
    from aktorkart.network.graph import Graph


def serving(
    kart: ActorMap, user: str, *, left_out: Collection[str] = PERSONAL_NETWORK
) -> list[str]:
    """Return who serves the user."""
    tied = neighbours(kart).get(user, set())
    return sorted(id_ for id_ in tied if kart[id_].kind not in left_out)


def arcs_among(ties: Iterable[Tie], *, both_ways: Collection[str] = ()) -> dict[str, set[str]]:
    """Return where ties lead from each actor; those of some kinds always both ways."""
    found: dict[str, set[str]] = {}
    for tie in ties:
        found.setdefault(tie.source, set()).add(tie.target)
        if tie.mutual or tie.kind in both_ways:
            found.setdefault(tie.target, set()).add(tie.source)
    return found


def as_graph(ids: Sequence[str], arcs: dict[str, set[str]]) -> Graph:
    """Return the arcs among some actors as lists of positions."""
    index = {id_: place for place, id_ in enumerate(ids)}
    return [sorted(index[other] for other in arcs.get(id_, ()) if other in index) for id_ in ids]


def neighbours(kart: ActorMap, *, without: str | None = None) -> dict[str, set[str]]:
    """Return who has a channel with whom, either way, perhaps with one actor left out."""
    found: dict[str, set[str]] = {}
    for tie in kart.channels:
        if without not in tie.ends:
            found.setdefault(tie.source, set()).add(tie.target)
            found.setdefault(tie.target, set()).add(tie.source)
    return found
