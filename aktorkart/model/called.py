"""What the actors of a map are called, by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.model.fields import FrozenDict
from aktorkart.tables import Labelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model.actormap import ActorMap


def called(kart: ActorMap) -> Mapping[str, Labelled]:
    """Return the actors' labels by id: texts that know whose they are."""
    return FrozenDict({actor.id: Labelled(actor.label, actor.id) for actor in kart.actors})
