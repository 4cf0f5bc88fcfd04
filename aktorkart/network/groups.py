"""Which groups actors belong to: of a line, a level, a kind, an organisation, a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.model import ActorMap

Code = str | bool | int | float
"""What a group is called on the map: a word of the vocabulary, a name, the value of a tag."""


def groups_of(kart: ActorMap, by: str) -> dict[str, tuple[Code, ...]]:
    """Return the groups of each actor by line, level, kind, organisation or else a tag."""
    return {actor.id: tuple(_groups(kart, actor.id, by)) for actor in kart.actors}


def _groups(kart: ActorMap, id_: str, by: str) -> Iterable[Code]:
    actor = kart[id_]
    if by in {"line", "level"}:
        return kart.lines(id_) if by == "line" else kart.levels(id_)
    if by == "kind":
        return () if actor.kind == "unknown" else (actor.kind,)
    if by == "organisation":
        return (actor.organisation,) if actor.organisation else ()
    value = actor.tags.get(by, ())
    return value if isinstance(value, tuple) else (value,)
