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


def basis_of(kart: ActorMap, id_: str, by: str) -> str | None:
    """Tell where an actor's line, level or linkage is from; None where it is unknown.

    Stated on the actor (``actor``), on a kind that the map itself describes (``own_kind``), or
    what the built-in kind usually has (``kind``), which is an assumption of ours.
    """
    actor = kart[id_]
    if getattr(actor, by) is not None:
        return "actor"
    own = kart.kinds.get(actor.kind)
    if own is not None and getattr(own, by) is not None:
        return "own_kind"
    return "kind" if groups_of(kart, id_, by) else None
