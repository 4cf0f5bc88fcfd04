"""What a map amounts to, in the numbers that a new tie may change (METHOD 9, next steps)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.care.drop_out import surrounded
from aktorkart.care.level_alignment import level_alignment
from aktorkart.care.one_door import STEPS, doors_of
from aktorkart.care.tellings import story_of
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

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from aktorkart.care.tellings import Story
    from aktorkart.model import ActorMap


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

    def same_but_for_parts(self, other: Outcome) -> bool:
        """Tell whether only fragmentation differs."""
        return self.order[:-1] == other.order[:-1]


def outcome_of(kart: ActorMap) -> Outcome:
    """Work the numbers out."""
    return Outcome(**{key: count(kart) for key, count in COUNTED.items()})


def story(kart: ActorMap) -> Story | None:
    """Return the story of the user, where it can be followed past the first who helps."""
    if kart.user is None:
        return None
    found = story_of(kart, kart.user, carrying=STORY, left_out=PERSONAL_NETWORK)
    return found if found.goes_on else None


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

    told_by: frozenset[str]  # one name for each group that must be told for it to know
    to_tell: bool
    beyond: int | None  # the strong component, if the middle does not reach it
    part: int | None
    home: str | None
    levels: tuple[str, ...]

    def changes(self, other: Standing) -> list[str]:
        """Return which numbers a tie between the two can change."""
        told = self.told_by != other.told_by and (self.to_tell or other.to_tell)
        beyond = self.beyond != other.beyond and None in {self.beyond, other.beyond}
        apart = self.part != other.part and None not in {self.part, other.part}
        across = self.home != other.home and None not in {self.home, other.home}
        can = {"tellings": told, "cut_off": beyond, "unaligned": across, "fragmentation": apart}
        return [key for key, value in can.items() if value]

    def aspect(self, key: str, other: Standing) -> Hashable:
        """Return what one number after a tie with the other depends on, as far as this one goes."""
        match key:
            case "tellings":
                return self.told_by, self.to_tell
            case "cut_off":
                return self.beyond
            case "unaligned":
                return self.home, *sorted({*self.levels} & {*other.levels})
        return self.part


def standings(kart: ActorMap, before: Outcome) -> dict[str, Standing]:
    """Say how everybody stands."""
    ids = sorted(actor.id for actor in kart.actors)
    told_by, to_tell = _flow(story(kart))
    out = as_graph(ids, arcs_among(kart.channels))
    strong = strong_components(out)
    met = (
        set(range(len(ids)))
        if kart.middle is None
        else set(distances(out, [ids.index(kart.middle)]))
    )
    part = {id_: n for n, ids_ in enumerate(_pieces(kart)) for id_ in ids_}
    homes = before.unaligned is not None
    return {
        id_: Standing(
            told_by=told_by.get(id_, frozenset()),
            to_tell=id_ in to_tell,
            beyond=None if place in met else strong[place],
            part=part.get(id_),
            # An arena is like no other: what meets there depends on its members.
            home=(id_ if kart[id_].kind == "arena" else kart[id_].organisation) if homes else None,
            levels=kart.levels(id_) if homes else (),
        )
        for place, id_ in enumerate(ids)
    }


def _flow(told: Story | None) -> tuple[dict[str, frozenset[str]], set[str]]:
    """Return which groups' stories reach each one, and who belongs to such a group."""
    if told is None:
        return {}, set()
    ids = [*told.serving, *sorted(told.arenas.difference(told.serving))]
    out = as_graph(ids, told.arcs)
    known = sorted(distances(out, range(len(told.serving))))
    place = {actor: number for number, actor in enumerate(known)}
    among = [[place[other] for other in out[actor]] for actor in known]
    groups = sources(among)
    heard: dict[str, set[str]] = {id_: set() for id_ in ids}
    for group in groups:
        for one in distances(among, group):
            heard[ids[known[one]]].add(ids[known[group[0]]])
    to_tell = {ids[known[one]] for group in groups for one in group}
    # An arena nobody has told anything stands for itself: with a seat, it tells all it reaches.
    silent = {id_ for id_, by in heard.items() if not by}
    return {id_: frozenset(by or {id_}) for id_, by in heard.items()}, to_tell | silent


def _tellings(kart: ActorMap) -> int | None:
    told = story(kart)
    return None if told is None else len(told.to_tell())


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
    found = level_alignment(kart)
    if any(one.level == "unknown" for one in found):
        return None
    return sum(one.level == "gap" for one in found)


def _pieces(kart: ActorMap) -> list[list[str]]:
    around = surrounded(kart)
    rest = sorted(actor.id for actor in kart.actors if actor.id != around)
    near = neighbours(kart.channels, without=around)
    return [[rest[one] for one in piece] for piece in components(as_graph(rest, near))]


def _fragmentation(kart: ActorMap) -> float | None:
    sizes = [len(piece) for piece in _pieces(kart)]
    return fragmentation(connected_pairs(sizes), sum(sizes))


COUNTED: dict[str, Callable[[ActorMap], Any]] = {
    "tellings": _tellings,
    "reached": _reached,
    "cut_off": _cut_off,
    "unaligned": _unaligned,
    "fragmentation": _fragmentation,
}
"""How each number is counted, in the order in which they matter."""
