"""Which groups an actor belongs to: its lines, levels, kind, organisation, or a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def groups_of(kart: ActorMap, id_: str, by: str) -> tuple[str | float, ...]:
    """Return the groups of an actor, the first counting where only one can."""
    actor = kart[id_]
    match by:
        case "line":
            return kart.lines(id_)
        case "level":
            return kart.levels(id_)
        case "linkage":
            return kart.linkages(id_)
        case "organisation":
            return (actor.organisation,) if actor.organisation else ()
        case "kind":
            return () if actor.kind == "unknown" else (actor.kind,)
    tag = actor.tags.get(by, ())
    return tag if isinstance(tag, tuple) else (tag,)


def group_of(kart: ActorMap, id_: str, by: str) -> str | None:
    """Return the group that an actor counts in; None if it has none."""
    return next(map(str, groups_of(kart, id_, by)), None)
