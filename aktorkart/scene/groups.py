"""Which actors share a colour, and what the colours are called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.errors import one_of
from aktorkart.i18n import has_text, sort_key, text
from aktorkart.model import vocabulary as words
from aktorkart.network.groups import groups_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures

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


def groups(
    kart: ActorMap,
    by: str | None,
    *,
    lang: str,
    measures: Callable[[], Measures],
    most: int,
) -> Groups:
    """Sort the actors into groups."""
    if by is None:
        return Groups("", {}, {actor.id: () for actor in kart.actors}, {})
    tags = sorted({tag for actor in kart.actors for tag in actor.tags})
    one_of(by, [*ATTRIBUTES, *(tag for tag in tags if tag not in ATTRIBUTES)], option="color")
    members = _members(kart, by, lang, measures)
    found = Counter(group for mine in members.values() for group in mine)
    order = _order(by, found, lang)
    names = {group: _name(kart, by, group, lang) for group in order}
    title = text(f"figure.by.{by}", lang) if has_text(f"figure.by.{by}") else by
    if len(order) <= most:
        fixed = list(_VOCABULARY.get(by, ()))
        ranked = fixed + [group for group in order if group not in fixed]
        places = {group: ranked.index(group) % most for group in order}
        return Groups(title, names, members, places)
    kept = sorted(order, key=lambda group: (-found[group], order.index(group)))[:most]
    shown = [group for group in order if group in kept]
    return Groups(
        title,
        {group: names[group] for group in shown},
        members,
        {group: place for place, group in enumerate(shown)},
        rest=text("figure.smaller_groups", lang, n=len(order) - most),
    )


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
