"""What a map amounts to, in the numbers that a new tie may change (METHOD 9, next steps)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.care.level_alignment import (
    adds,
    between_organisations,
    fit,
    two_homes,
)
from aktorkart.care.one_door import STEPS, doors_of
from aktorkart.care.tellings import story, times_told
from aktorkart.model.vocabulary import PERSONAL_NETWORK, STORY
from aktorkart.network.graph import (
    arcs_among,
    as_graph,
    components,
    connected_pairs,
    distances,
    fragmentation,
    neighbours,
    sources,
    strong_components,
)
from aktorkart.network.memberships import seats

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from aktorkart.care.level_alignment import Dealings, Homes
    from aktorkart.care.tellings import Story
    from aktorkart.model import ActorMap
    from aktorkart.network.memberships import Seats


@dataclass(frozen=True)
class Outcome:
    """The numbers, in the order in which they matter; None where the map cannot tell."""

    tellings: int | None
    reached: int | None
    cut_off: int | None
    unaligned: int | None
    fragmentation: float | None

    @property
    def order(self) -> tuple[float, ...]:
        """The better, the lower."""
        return (
            self.tellings or 0,
            -(self.reached or 0),
            self.cut_off or 0,
            self.unaligned or 0,
            self.fragmentation or 0.0,
        )

    def known_in(self, before: Outcome) -> Outcome:
        """Leave out what nobody knew before: it is no better known after."""
        known = {k: v for k, v in vars(self).items() if getattr(before, k) is not None}
        return replace(before, **known)

    def same_but_for_parts(self, other: Outcome) -> bool:
        """Tell whether only fragmentation differs."""
        return self.order[:-1] == other.order[:-1]


def outcome_of(kart: ActorMap) -> Outcome:
    """Work the numbers out."""
    return Outcome(**{key: count(kart) for key, count in COUNTED.items()})


def unmet(kart: ActorMap) -> list[str] | None:
    """Return the needs no door meets; None where the map has none, or no referrals."""
    referrals = (tie for tie in kart.ties_in_force if tie.kind == "referral" and not tie.needed)
    if kart.user is None or not kart.needs or next(referrals, None) is None:
        return None
    doors = doors_of(kart, kart.user, STEPS)
    return [need for need in kart.needs if not any(need in door.met for door in doors)]


@dataclass(frozen=True)
class Standing:
    """All about an actor that decides what a tie with it changes.

    Two actors that stand alike give the same numbers with any third.
    """

    told_by: frozenset[int]  # the groups to tell from which it gets the story
    tells: frozenset[int]  # those that would get it from this one, were it told anew
    beyond: int | None  # the strong component, if the middle does not reach it
    part: int | None
    home: str | None
    levels: tuple[str, ...]
    arena: str | None  # what a seat in it changes depends on who is there


class Ground:
    """A map, and what each of its numbers is after one more tie, without a new map for each.

    As exact as working all of it out anew, which the tests do. A new tie with the user may make
    somebody else one who serves, or a door.
    """

    def __init__(self, kart: ActorMap) -> None:
        self.kart = kart
        self._user = kart.user
        self.before = outcome_of(kart)
        self._told: dict[Any, Outcome] = {}
        self._improves: dict[Any, bool] = {}
        ids = [actor.id for actor in kart.actors]
        out = as_graph(ids, arcs_among(kart.channels))
        strong = strong_components(out)
        middle = kart.middle
        met = set(range(len(ids)) if middle is None else distances(out, [ids.index(middle)]))
        self._gained = {
            strong[place]: sum(other not in met for other in distances(out, [place]))
            for place in dict(zip(strong, range(len(ids)), strict=True)).values()
            if place not in met
        }
        pieces = _pieces(kart)
        part = {id_: n for n, piece in enumerate(pieces) for id_ in piece}
        self._sizes = [len(piece) for piece in pieces]
        none: frozenset[int] = frozenset()
        self._standing = {
            id_: Standing(
                *self._flow.get(id_, (none, none)),
                beyond=None if place in met else strong[place],
                part=part.get(id_),
                home=kart[id_].organisation,
                levels=kart.levels(id_),
                arena=id_ if kart[id_].kind == "arena" else None,
            )
            for place, id_ in enumerate(ids)
        }
        kinds = {standing: n for n, standing in enumerate(dict.fromkeys(self._standing.values()))}
        self._alike = {id_: kinds[standing] for id_, standing in self._standing.items()}

    def after(self, source: str, target: str, kind: str, *, mutual: bool = True) -> Outcome:
        """Return the numbers when there is one more tie; what was unknown stays so.

        The target of a membership is the arena.
        """
        if self._user in {source, target}:
            return self._worked_out(source, target, kind, mutual=mutual)
        # A referral leads to what its target meets, which is no matter of how it stands.
        leads_to = target if kind == "referral" else None
        key = self._alike[source], self._alike[target], kind, mutual, leads_to
        if key not in self._told:
            self._told[key] = self._worked_out(source, target, kind, mutual=mutual)
        return self._told[key]

    def improves(self, source: str, target: str, kind: str) -> bool:
        """Tell whether anything is better when there is one more mutual tie."""
        key: Any = self._alike[source], self._alike[target], kind
        if self._user in {source, target}:
            key = source, target, kind
        if (found := self._improves.get(key)) is None:
            found = self.after(source, target, kind).order < self.before.order
            self._improves[key] = found
        return found

    def mended(
        self, kart: ActorMap, source: str, target: str, kind: str, *, mutual: bool
    ) -> Outcome:
        """Return the numbers when a strained tie, whichever way it leads, works again as there."""
        one, other = self._standing[source], self._standing[target]
        member, arena = (other, one) if other.arena is None else (one, other)
        known = {key: COUNTED[key](kart) for key in ("tellings", "reached")}
        return Outcome(
            **known,
            cut_off=self._cut_off(one, other, mutual=mutual),
            unaligned=self._unaligned(member, arena, kind),
            fragmentation=self._fragmentation(one, other),
        ).known_in(self.before)

    def _worked_out(self, source: str, target: str, kind: str, *, mutual: bool) -> Outcome:
        one, other = self._standing[source], self._standing[target]
        new_helper = self._new_helper(source, target)
        return Outcome(
            tellings=self._tellings(one, other, kind, new_helper, mutual=mutual),
            reached=self._reached(source, target, kind),
            cut_off=self._cut_off(one, other, mutual=mutual),
            unaligned=self._unaligned(one, other, kind),
            fragmentation=self._fragmentation(one, other),
        )

    # --- the story

    @cached_property
    def _story(self) -> Story | None:
        return story(self.kart)

    @cached_property
    def _flow(self) -> dict[str, tuple[frozenset[int], frozenset[int]]]:
        """Return for each who may pass the story on from which groups it comes, and to which."""
        if self._story is None:
            return {}
        ids, out = self._story.known()
        groups = sources(out)
        of = {ids[one]: number for number, group in enumerate(groups) for one in group}
        told_by: dict[str, set[int]] = {id_: set() for id_ in ids}
        for number, group in enumerate(groups):
            for one in distances(out, group):
                told_by[ids[one]].add(number)
        found = {
            id_: (frozenset(by), frozenset({of[id_]} if id_ in of else ()))
            for id_, by in told_by.items()
        }
        # An arena that nobody has told anything: with a seat, it tells all that it leads to.
        carriers = sorted(self._story.carriers)
        leads = as_graph(carriers, self._story.arcs)
        for place, id_ in enumerate(carriers):
            if id_ not in found:
                beyond = {carriers[one] for one in distances(leads, [place])}
                found[id_] = frozenset(), frozenset(of[one] for one in beyond & of.keys())
        return found

    def _tellings(
        self, one: Standing, other: Standing, kind: str, new_helper: str | None, *, mutual: bool
    ) -> int | None:
        told, before = self._story, self.before.tellings
        if told is None or before is None:
            return None
        if new_helper is not None:
            serving = tuple(sorted({*told.serving, new_helper}))
            return replace(told, serving=serving).times()
        told_by, tells = one.told_by, other.tells
        if mutual:
            told_by, tells = told_by | other.told_by, tells | one.tells
        if kind not in STORY or not told_by:
            return before
        # Those that the tie feeds need not be told, but for one where it joins them in a ring
        # that nobody else feeds.
        return before - len(tells) + bool(tells and told_by <= tells)

    def _new_helper(self, source: str, target: str) -> str | None:
        """Return whom a tie with the user makes one who serves."""
        user = self._user
        if user not in {source, target}:
            return None
        id_ = target if source == user else source
        serves = self._story is not None and id_ in self._story.serving
        return None if serves or self.kart[id_].kind in PERSONAL_NETWORK else id_

    # --- the doors

    @cached_property
    def _referrals(self) -> dict[str, set[str]]:
        ties = (tie for tie in self.kart.channels if tie.kind == "referral")
        return arcs_among(tie for tie in ties if self._user not in tie.ends)

    @cached_property
    def _met_now(self) -> frozenset[str]:
        return frozenset(self.kart.needs).difference(unmet(self.kart) or ())

    def _reached(self, source: str, target: str, kind: str) -> int | None:
        if self.before.reached is None:
            return None
        user = self._user
        if user in {source, target}:  # a new door
            new = self._needs_within(target if source == user else source, STEPS)
        else:
            new = self._needs_within(target, STEPS - 1) if kind == "referral" else set()
        return len(self._met_now | new)

    def _needs_within(self, start: str, steps: int) -> set[str]:
        away = {start}
        for _ in range(steps):
            away |= {other for id_ in away for other in self._referrals.get(id_, ())}
        return {
            need
            for need in self.kart.needs
            if any(need in {id_, self.kart[id_].kind} for id_ in away)
        }

    # --- the rest

    def _cut_off(self, one: Standing, other: Standing, *, mutual: bool) -> int | None:
        before = self.before.cut_off
        if before is None:
            return None
        if one.beyond is None and other.beyond is not None:
            return before - self._gained[other.beyond]
        if mutual and other.beyond is None and one.beyond is not None:
            return before - self._gained[one.beyond]
        return before

    @cached_property
    def _between(self) -> dict[Homes, frozenset[str]]:
        return _ways(between_organisations(self.kart))

    @cached_property
    def _seats(self) -> Seats:
        return seats(self.kart)

    def _unaligned(self, one: Standing, other: Standing, kind: str) -> int | None:
        found = self.before.unaligned
        if found is None:
            return None
        new: dict[Homes, set[str]] = defaultdict(set)
        if (two := two_homes(one.home, other.home)) is not None:
            new[two].update(adds(kind, one.levels, other.levels))
        if kind == "membership" and "service" in other.levels:
            for id_ in self._seats.get(other.arena or "", ()):
                if (two := two_homes(one.home, self.kart[id_].organisation)) is not None:
                    new[two].add("middle")
        for two, ways in new.items():
            old = self._between.get(two, frozenset())
            found += _does_not_fit(old | ways) - _does_not_fit(old)
        return found

    def _fragmentation(self, one: Standing, other: Standing) -> float | None:
        if one.part is None or other.part is None or one.part == other.part:
            return self.before.fragmentation
        both = self._sizes[one.part] * self._sizes[other.part]
        return fragmentation(connected_pairs(self._sizes) + 2 * both, sum(self._sizes))


def _ways(between: dict[Homes, Dealings]) -> dict[Homes, frozenset[str]]:
    """Return what there is of agreements, practice and contact in the middle."""
    return {
        two: frozenset(way for way, ties in vars(what).items() if ties)
        for two, what in between.items()
    }


def _does_not_fit(ways: Collection[str]) -> bool:
    found = fit(**{way: way in ways for way in ("agreements", "practice", "middle")})
    return found not in {None, "aligned"}


def _reached(kart: ActorMap) -> int | None:
    left = unmet(kart)
    return None if left is None else len(kart.needs) - len(left)


def _cut_off(kart: ActorMap) -> int | None:
    if kart.middle is None:
        return None
    ids = [actor.id for actor in kart.actors]
    out = as_graph(ids, arcs_among(kart.channels))
    return len(ids) - len(distances(out, [ids.index(kart.middle)]))


def _unaligned(kart: ActorMap) -> int | None:
    between = between_organisations(kart)
    if not any(what.agreements for what in between.values()):
        return None
    return sum(map(_does_not_fit, _ways(between).values()))


def _pieces(kart: ActorMap) -> list[list[str]]:
    around = kart.person
    rest = sorted(actor.id for actor in kart.actors if actor.id != around)
    near = neighbours(kart.channels, without=around)
    return [[rest[one] for one in piece] for piece in components(as_graph(rest, near))]


def _fragmentation(kart: ActorMap) -> float | None:
    sizes = [len(piece) for piece in _pieces(kart)]
    return fragmentation(connected_pairs(sizes), sum(sizes))


COUNTED: dict[str, Callable[[ActorMap], Any]] = {
    "tellings": times_told,
    "reached": _reached,
    "cut_off": _cut_off,
    "unaligned": _unaligned,
    "fragmentation": _fragmentation,
}
"""How each number is counted, in the order in which they matter."""
