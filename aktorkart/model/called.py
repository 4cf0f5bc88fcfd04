"""What the actors of a map, its goals, actions and issues are called, by id."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from aktorkart.model.fields import FrozenDict
from aktorkart.tables import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.model.actormap import ActorMap


class Titled(Protocol):
    """What has a title of its own, or is called as its id."""

    @property
    def id(self) -> str:
        """Its id on the map."""

    @property
    def title(self) -> str | None:
        """What people wrote."""


def called(kart: ActorMap) -> Mapping[str, Labelled]:
    """Return the actors' labels by id: texts that know whose they are."""
    return FrozenDict({actor.id: Labelled(actor.label, actor.id) for actor in kart.actors})


def titled(things: Iterable[Titled]) -> Mapping[str, Labelled]:
    """Return what things are called, by id; those of one title by their ids as well."""
    named = {one.id: one.title or one.id for one in things}
    often = Counter(named.values())
    return FrozenDict(
        {
            id_: Labelled(title if often[title] == 1 else f"{title} ({id_})", id_)
            for id_, title in named.items()
        }
    )
