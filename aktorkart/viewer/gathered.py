"""A large map gathered into its communities: who is in each, what they share, and their ties."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.i18n import sort_key, text
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.scene.layout import PAGE, layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aktorkart.network.communities import Communities

MOST = 150
"""So many communities are drawn, the largest; smaller ones are put together."""

_SHARED = 1 / 3
"""A name that actors share is that of at least this share of them."""

_TOLD = 3
"""So many values of what a community's actors have are told, the most common."""

_LARGEST, _SMALLEST = 11.0, 2.6
"""Radius of the largest and the smallest mark, in millimetres."""

_INWARD = 0.92

_ROOM = "m" * 18 + " " + "m" * 18
"""What layouts keep room for beneath a mark, so that places are the same in each language."""


@dataclass(frozen=True)
class Community:
    """Actors of a large map that are seen together.

    ``members`` are ids, the best connected first. ``kind`` is "own", one of the map's communities,
    "rest", several small ones, or "alone", those who are in none; ``stability`` is of its own.
    Ties are those in force; ``missing`` are needed and not there, and count nowhere else.
    """

    kind: str
    members: tuple[str, ...]
    name: str
    about: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    stability: float | None
    within: tuple[Tie, ...]
    leaving: int
    missing: int


@dataclass(frozen=True)
class Gathered:
    """A map, its communities, the largest first, and how many ties there are between them."""

    kart: ActorMap
    lang: str
    communities: tuple[Community, ...]
    between: Mapping[tuple[int, int], int]
    count: int  # of the map's communities, those that are put together each by itself
    modularity: float | None

    @cached_property
    def as_map(self) -> ActorMap:
        """The communities as actors of a map of their own, their ties as its ties."""
        said = text("view.communities.size", self.lang)
        ids = [f"c{at:03}" for at in range(len(self.communities))]
        ties = [
            Tie(source=ids[one], target=ids[other], strength=n)
            for (one, other), n in self.between.items()
        ]
        bare = ActorMap(
            actors=[Actor(id=id_, name=_ROOM) for id_ in ids], ties=ties, strength_scale=None
        )
        actors = [
            Actor(id=id_, name=one.name, tags={said: len(one.members)})
            for id_, one in zip(ids, self.communities, strict=True)
        ]
        return bare.with_(
            title=self.kart.title,
            date=self.kart.date,
            lang=self.kart.lang,
            actors=actors,
            positions={id_: _inward(place) for id_, place in layout(bare).positions.items()},
        )

    def radii(self) -> list[float]:
        """Return the radius of each mark in millimetres: areas are as how many there are."""
        sizes = np.sqrt([len(one.members) for one in self.communities])
        places = np.array([*self.as_map.positions.values()]).reshape(-1, 2)
        largest = _LARGEST
        for one, other in combinations(range(len(places)), 2):
            apart = float(np.hypot(*(places[one] - places[other])))
            largest = min(largest, 0.9 * apart * sizes.max() / (sizes[one] + sizes[other]))
        found: list[float] = np.maximum(largest * sizes / sizes.max(), _SMALLEST).tolist()
        return found


def _inward(place: tuple[float, float]) -> tuple[float, float]:
    """Move a place towards the page's middle: marks are larger here than a layout expects."""
    (x, y), (wide, high) = place, PAGE
    return _INWARD * x + (1 - _INWARD) * wide / 2, _INWARD * y + (1 - _INWARD) * high / 2


def gathered(kart: ActorMap, found: Communities | None, lang: str) -> Gathered:
    """Gather a map that may be shown into its communities."""
    groups = list(zip(found.groups, found.stability, strict=True)) if found is not None else []
    several = [(ids, stability) for ids, stability in groups if len(ids) > 1]
    own = several if len(several) <= MOST else several[: MOST - 1]
    inside = {id_ for ids, _ in several for id_ in ids}
    rest = [id_ for ids, _ in several[len(own) :] for id_ in ids]
    alone = [actor.id for actor in kart.actors if actor.id not in inside]
    parts: list[tuple[str, Sequence[str], float | None]] = [
        *(("own", ids, stability) for ids, stability in own),
        *([("rest", rest, None)] if rest else []),
        *([("alone", alone, None)] if alone else []),
    ]
    number = {id_: at for at, (_, ids, _) in enumerate(parts) for id_ in ids}
    near: dict[str, set[str]] = {actor.id: set() for actor in kart.actors}
    within: list[list[Tie]] = [[] for _ in parts]
    between: Counter[tuple[int, int]] = Counter()
    missing: Counter[int] = Counter()
    for tie in kart.ties_in_force:
        one, other = sorted((number[tie.source], number[tie.target]))
        if one == other:
            within[one].append(tie)
        if tie.needed:
            missing.update({one, other})
            continue
        if one != other:
            between[one, other] += 1
        near[tie.source].add(tie.target)
        near[tie.target].add(tie.source)
    leaving: Counter[int] = Counter()
    for pair, n in between.items():
        leaving.update(dict.fromkeys(pair, n))
    ranked = [sorted(ids, key=lambda id_: (-len(near[id_]), id_)) for _, ids, _ in parts]
    named = _named(kart, parts, ranked, smaller=len(several) - len(own), lang=lang)
    return Gathered(
        kart=kart,
        lang=lang,
        communities=tuple(
            Community(
                kind=kind,
                members=tuple(ids),
                name=named[at],
                about=tuple(_about(kart, ids, lang)),
                stability=stability,
                within=tuple(within[at]),
                leaving=leaving[at],
                missing=missing[at],
            )
            for at, ((kind, _, stability), ids) in enumerate(zip(parts, ranked, strict=True))
        ),
        between=dict(sorted(between.items())),
        count=len(several),
        modularity=None if found is None else found.modularity,
    )


def _named(
    kart: ActorMap,
    parts: Sequence[tuple[str, Sequence[str], float | None]],
    ranked: Sequence[Sequence[str]],
    *,
    smaller: int,
    lang: str,
) -> list[str]:
    """Name communities after what their actors share, else after the best connected of them."""
    shared = [_shared(kart, ids) if kind == "own" else None for kind, ids, _ in parts]
    times = Counter(shared)
    found = []
    for (kind, _, _), ids, word in zip(parts, ranked, shared, strict=True):
        first = kart[ids[0]].label
        if kind != "own":
            found.append(text(f"view.communities.{kind}", lang, n=smaller))
        elif word is None:
            found.append(text("view.communities.named", lang, one=first))
        else:
            found.append(word if times[word] == 1 else f"{word} ({first})")
    return found


def _shared(kart: ActorMap, ids: Iterable[str]) -> str | None:
    """Return the organisation, or else the tag, of most who have one, if enough of all have it."""
    members = [kart[id_] for id_ in ids]
    tags = sorted({tag for actor in members for tag in actor.tags})
    words: list[list[object]] = [[actor.organisation for actor in members]]
    words += [[actor.tags.get(tag) for actor in members] for tag in tags]
    for every in words:
        stated = Counter(word for word in every if isinstance(word, str) and word)
        word, n = _common(stated)[0] if stated else ("", 0)
        if 2 * n > stated.total() and n >= _SHARED * len(members):
            return word
    return None


def _common(found: Counter[str]) -> list[tuple[str, int]]:
    """Return values and how many have them, the most common first."""
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _about(
    kart: ActorMap, ids: Iterable[str], lang: str
) -> Iterable[tuple[str, tuple[tuple[str, int], ...]]]:
    """Yield what the actors of a community are, the most common of each."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for actor in (kart[id_] for id_ in ids):
        found["kind"][kart.kind_name(actor.kind, lang)] += 1
        found["level"].update(text(f"level.{one}", lang) for one in kart.levels(actor.id))
        found["organisation"].update([actor.organisation] if actor.organisation else [])
    for key, values in found.items():
        order = sorted(values.items(), key=lambda one: (-one[1], sort_key(one[0], lang)))
        if order:
            yield text(f"figure.by.{key}", lang), tuple(order[:_TOLD])
