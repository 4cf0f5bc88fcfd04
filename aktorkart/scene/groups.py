"""Which actors share a colour, and what the colours are called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.errors import one_of
from aktorkart.i18n import has_text, sort_key, text
from aktorkart.model import vocabulary as words
from aktorkart.network.groups import basis_of, groups_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures

AUTO = "auto"
"""The attribute that says most of a map: see `usual`."""

ATTRIBUTES = ("linkage", "line", "level", "kind", "organisation", "community")
"""What actors can be coloured by, beside the map's own tags."""

_VOCABULARY: Mapping[str, Sequence[str]] = {
    "linkage": words.LINKAGES,
    "line": words.LINES,
    "level": words.LEVELS,
}


@dataclass(frozen=True)
class Groups:
    """Groups of actors, in the order in which they take colours."""

    title: str
    names: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    places: Mapping[str, int]
    rest: str | None = None
    by: str | None = None
    hollow: frozenset[str] = frozenset()
    """Actors whose group follows from their kind: an assumption of ours."""
    without: frozenset[str] = frozenset()
    """Actors that have no such group by their nature: nobody has failed to state it."""
    numbers: Mapping[str, float] = field(default_factory=dict)
    """The numbers that colours stand for instead of groups, where there are any."""


def usual(kart: ActorMap) -> str:
    """Return what colours stand for where nobody chooses.

    Linkages where most are stated, since the others are our assumption; else levels on a map of
    governance, where lines are few, and lines of service on others.
    """
    linked = [actor for actor in kart.actors if actor.kind != "arena" and actor.id != kart.focal]
    stated = sum(basis_of(kart, actor.id, "linkage") in {"actor", "own_kind"} for actor in linked)
    if 2 * stated > len(linked):
        return "linkage"
    return "level" if kart.scope == "governance" else "line"


def numeric(kart: ActorMap, tag: str) -> dict[str, float]:
    """Return the numbers of a tag by actor; nothing if any of its values is no number."""
    found = {actor.id: actor.tags[tag] for actor in kart.actors if tag in actor.tags}
    numbers = {
        id_: float(value)
        for id_, value in found.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    return numbers if len(numbers) == len(found) else {}


def groups(  # noqa: PLR0913 - keyword-only
    kart: ActorMap,
    by: str | None,
    *,
    lang: str,
    measures: Callable[[], Measures],
    most: int,
    scaled: bool = False,
) -> Groups:
    """Sort the actors into groups; where it is asked for, a tag of numbers is a scale."""
    nobody: dict[str, tuple[str, ...]] = {actor.id: () for actor in kart.actors}
    if by is None:
        return Groups("", {}, nobody, {})
    tags = sorted({tag for actor in kart.actors for tag in actor.tags})
    one_of(by, [*ATTRIBUTES, *(tag for tag in tags if tag not in ATTRIBUTES)], option="color")
    if scaled and by not in ATTRIBUTES and (numbers := numeric(kart, by)):
        return Groups(by, {}, nobody, {}, by=by, numbers=numbers)
    members = _members(kart, by, lang, measures)
    found = Counter(group for mine in members.values() for group in mine)
    order = _order(by, found, lang)
    names = {group: _name(kart, by, group, lang) for group in order}
    title = text(f"figure.by.{by}", lang) if has_text(f"figure.by.{by}") else by
    hollow, without = _assumed(kart, by), _without(kart, by)
    if len(order) <= most:
        fixed = list(_VOCABULARY.get(by, ()))
        ranked = fixed + [group for group in order if group not in fixed]
        places = {group: ranked.index(group) % most for group in order}
        return Groups(title, names, members, places, by=by, hollow=hollow, without=without)
    kept = sorted(order, key=lambda group: (-found[group], order.index(group)))[:most]
    shown = [group for group in order if group in kept]
    return Groups(
        title,
        {group: names[group] for group in shown},
        members,
        {group: place for place, group in enumerate(shown)},
        rest=text("figure.smaller_groups", lang, n=len(order) - most),
        by=by,
        hollow=hollow,
        without=without,
    )


def _assumed(kart: ActorMap, by: str) -> frozenset[str]:
    if by != "linkage":
        return frozenset()
    return frozenset(
        actor.id for actor in kart.actors if basis_of(kart, actor.id, by) == "kind"
    ) - {kart.focal or ""}


def _without(kart: ActorMap, by: str) -> frozenset[str]:
    """Arenas have members, not a line or a linkage; the focal actor is linked to the others."""
    found = {actor.id for actor in kart.actors if actor.kind == "arena"}
    if by == "linkage" and kart.focal:
        found.add(kart.focal)
    if by not in {"linkage", "line"}:
        return frozenset()
    return frozenset(id_ for id_ in found if by == "linkage" or not groups_of(kart, id_, by))


def _members(
    kart: ActorMap, by: str, lang: str, measures: Callable[[], Measures]
) -> dict[str, tuple[str, ...]]:
    if by == "community":
        found = measures().communities
        if found is None:
            return {actor.id: () for actor in kart.actors}
        return {
            id_: (str(number),)
            for number, community in enumerate(found.groups, start=1)
            for id_ in community
        }
    return {
        actor.id: tuple(_written(group, lang) for group in groups_of(kart, actor.id, by))
        for actor in kart.actors
    }


def _written(value: str | float, lang: str) -> str:
    if isinstance(value, bool):
        return text("common.yes" if value else "common.no", lang)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _order(by: str, found: Counter[str], lang: str) -> list[str]:
    fixed = _VOCABULARY.get(by, ())
    known = [group for group in fixed if group in found]
    rest = [group for group in found if group not in known]
    return known + sorted(rest, key=lambda group: (sort_key(group, lang), group))


def _name(kart: ActorMap, by: str, group: str, lang: str) -> str:
    if by in {"linkage", "line", "level"}:
        return text(f"{by}.{group}", lang)
    if by == "kind":
        return kart.kind_name(group, lang)
    if by == "community":
        return text("figure.community", lang, number=group)
    return group
