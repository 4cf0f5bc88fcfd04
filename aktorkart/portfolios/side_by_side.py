"""Many maps drawn side by side: everyone, or every kind of actor, in the same place on each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aktorkart.care.grey_zones import missing_ties
from aktorkart.i18n import capital, text
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.model.vocabulary import KINDS
from aktorkart.scene.layout import layout
from aktorkart.scene.panels import MOST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.portfolios.portfolio import Member

Pair = tuple[str, str]

_CROWDED, _MOST_CROWDED = 24, 4
"""With more places than this, so many maps stand on a page: else some would be left out."""

_SCALE = (1.0, 5.0)
_OWN = "own"


def of_the_same(members: Sequence[Member]) -> bool:
    """Tell whether the maps are drawn by actor: where most of the actors are on several."""
    counts = Counter(actor.id for one in members for actor in one.kart.actors)
    personal = any(one.kart.scope == "individual" for one in members)
    return not personal and 2 * sum(n > 1 for n in counts.values()) >= len(counts)


def pages(members: Sequence[Member], lang: str) -> list[list[ActorMap]]:
    """Return the maps to draw, as many at a time as there are panels on a page.

    Where the maps are of different actors, the marks are kinds of actors: then a place says the
    same on each. Ties are the working ones, strongest first, and those that are needed.
    """
    by_id = of_the_same(members)
    names = _names(members, lang, by_id=by_id)
    drawn = [_pairs(one.kart, by_id=by_id) for one in members]
    placed = _places(names, drawn)
    alike = len({one.kart.strength_scale for one in members}) == 1
    scale = members[0].kart.strength_scale if members and alike else _SCALE
    maps = []
    for one, (channels, needed) in zip(members, drawn, strict=True):
        ties = [
            Tie(source=pair[0], target=pair[1], strength=strength if alike else None)
            for pair, strength in sorted(channels.items())
        ]
        ties += [
            Tie(source=pair[0], target=pair[1], needed=True)
            for pair in sorted(needed - channels.keys())
        ]
        maps.append(
            ActorMap(
                title=one.label,
                lang=lang,
                strength_scale=scale,
                actors=placed.actors,
                ties=ties,
                positions=placed.positions,
            )
        )
    most = MOST if len(names) <= _CROWDED else _MOST_CROWDED
    return [maps[first : first + most] for first in range(0, len(maps), most)]


def _names(members: Sequence[Member], lang: str, *, by_id: bool) -> dict[str, Actor]:
    """Return those who have a place: actors, or kinds of actors, by id."""
    found: dict[str, Actor] = {}
    for one in members:
        for actor in one.kart.actors:
            key = actor.id if by_id else _kind(actor)
            name = actor.label if by_id else _kind_name(key, lang)
            kind = actor.kind if actor.kind in KINDS else "unknown"
            found.setdefault(key, Actor(id=key, name=name, kind=kind))
    return dict(sorted(found.items()))


def _kind(actor: Actor) -> str:
    """Return a kind that is the same on every map: those of a map's own are one."""
    return actor.kind if actor.kind in KINDS else _OWN


def _kind_name(kind: str, lang: str) -> str:
    return capital(text("share.own_kind" if kind == _OWN else f"kind.{kind}", lang))


def _pairs(kart: ActorMap, *, by_id: bool) -> tuple[dict[Pair, float | None], set[Pair]]:
    """Return which two have a working tie, how strong it is, and which need one."""

    def ends(tie: Tie) -> Pair:
        one, other = sorted(end if by_id else _kind(kart[end]) for end in tie.ends)
        return one, other

    channels: dict[Pair, float | None] = {}
    for tie in kart.channels:
        pair, strength = ends(tie), channels.get(ends(tie))
        known = [value for value in (strength, tie.strength) if value is not None]
        if pair[0] != pair[1]:
            channels[pair] = max(known, default=None)
    return channels, {pair for tie in missing_ties(kart) if len({*(pair := ends(tie))}) > 1}


def _places(
    names: Mapping[str, Actor], drawn: Sequence[tuple[Mapping[Pair, float | None], set[Pair]]]
) -> ActorMap:
    """Place everyone by all the maps: near each other stand those who are tied on most of them."""
    counts = Counter(pair for channels, _ in drawn for pair in channels)
    low, high = _SCALE
    ties = [
        Tie(source=one, target=other, strength=low + (high - low) * n / len(drawn))
        for (one, other), n in sorted(counts.items())
    ]
    whole = ActorMap(actors=tuple(names.values()), ties=ties)
    return whole.with_(positions=dict(layout(whole).positions))
