"""The statements that depend on judgements, and whether each holds on another map (METHOD 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from aktorkart.care.coordinator import unreached
from aktorkart.care.drop_out import drop_out
from aktorkart.care.one_door import STEPS, doors_of
from aktorkart.care.tellings import tellings, times_told
from aktorkart.content.centrality import how_drawn
from aktorkart.content.cohesion import cohesion
from aktorkart.errors import InvalidMap
from aktorkart.finding import Coded, Who, named
from aktorkart.network.measures import measures
from aktorkart.network.network import Network, channels_of, ordered_channels
from aktorkart.network.scores import DRAWS
from aktorkart.network.variants import between, drawn_paths, drawn_strengths, firsts, moved

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures

    Rows = NDArray[np.float64]

ALPHAS = (0.0, 0.5, 1.0)
"""How much strength may matter."""

STRENGTHS = ("steps", "unknown", "informants", "alpha")
"""The kinds of variants that differ in strengths alone, and move nothing but ranks."""


@dataclass(frozen=True)
class Statement:
    """Something that is said of the map, and that may hold of a variant or not."""

    case: str
    key: Any = None  # which of its analysis' values tells
    actors: tuple[str, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Analysis:
    """What an analysis says of a map, and whether that holds on others."""

    kart: ActorMap

    @property
    def statements(self) -> list[Statement]:
        """What it says."""
        raise NotImplementedError

    def values(self, maps: Sequence[ActorMap]) -> list[dict[Any, Any]]:
        """Return, for each map, by the statements' keys, what stays the same while they hold."""
        raise NotImplementedError

    def added(self) -> Iterable[tuple[str, str]]:
        """Return the pairs that a tie of information between could overturn a statement."""
        return ()


@dataclass
class _Tellings(Analysis):
    @cached_property
    def statements(self) -> list[Statement]:
        found = tellings(self.kart)[0]
        if found.case not in {"once", "count"}:
            return []
        return [Statement("tellings", words=found.words, numbers=found.numbers)]

    def values(self, maps: Sequence[ActorMap]) -> list[dict[Any, Any]]:
        return [{None: times_told(one)} for one in maps]

    def added(self) -> Iterable[tuple[str, str]]:
        return _unlinked(self.kart)


@dataclass
class _Doors(Analysis):
    @cached_property
    def statements(self) -> list[Statement]:
        user, kart = self.kart.user, self.kart
        if user is None or not kart.needs:
            return []
        if not any(tie.kind == "referral" for tie in kart.channels):
            return []
        return [
            Statement(
                "one_door",
                door.id,
                (door.id,),
                {"reachable": len(door.met), "needed": len(kart.needs), "steps": STEPS},
                {"actor": Who(door.id)},
            )
            for door in doors_of(kart, user, STEPS)
            if door.leads_on
        ]

    def values(self, maps: Sequence[ActorMap]) -> list[dict[Any, Any]]:
        user = self.kart.user or ""
        return [{door.id: len(door.met) for door in doors_of(one, user, STEPS)} for one in maps]


@dataclass
class _Coordinator(Analysis):
    @cached_property
    def who(self) -> tuple[str, ...]:
        return tuple(sorted(one.id for one in self.kart.actors if one.kind == "coordinator"))

    @cached_property
    def statements(self) -> list[Statement]:
        user, who = self.kart.user, self.who
        if user is None or not who:
            return []
        active, missing = unreached(self.kart, user, who)
        if not active:
            return []
        return [
            Statement(
                "coordinator_reaches_some" if missing else "coordinator_reaches_all",
                actors=(*who, *missing),
                numbers={"n": len(who)},
                words={"actors": named(who), "missing": named(missing), "user": Who(user)},
            )
        ]

    def values(self, maps: Sequence[ActorMap]) -> list[dict[Any, Any]]:
        return [{None: unreached(one, self.kart.user or "", self.who)[1]} for one in maps]

    def added(self) -> Iterable[tuple[str, str]]:
        return (pair for pair in _unlinked(self.kart) if {*pair} & {*self.who, self.kart.user})


@dataclass
class _DropOut(Analysis):
    @cached_property
    def statements(self) -> list[Statement]:
        return [
            Statement(
                "drop_out",
                who,
                (who,),
                words={
                    "actor": Who(who),
                    "losses": tuple(Coded(f"finding.firmness.loss.{one}") for one in sorted(what)),
                },
            )
            for who, what in self.values([self.kart])[0].items()
        ]

    def values(self, maps: Sequence[ActorMap]) -> list[dict[Any, Any]]:
        return [
            {
                found.actors[0]: what
                for found in drop_out(one)
                if found.level == "gap"
                and (what := frozenset(_loss(each.case) for each in (found, *found.more)) - {""})
            }
            for one in maps
        ]

    def added(self) -> Iterable[tuple[str, str]]:
        return _unlinked(self.kart)


def _loss(case: str) -> str:
    """Return the kind of loss that a case of `drop_out` tells."""
    return next((one for one in ("cut_off", "more_tellings", "splits") if one in case), "")


_ACROSS = {"inward": "ei_inward", "outward": "ei_outward", "as_expected": "ei_as_expected"}
"""What `cohesion` may find by a permutation test, and what it is called here."""


@dataclass
class _Lines(Analysis):
    @cached_property
    def statements(self) -> list[Statement]:
        case = self.values([self.kart])[0][None]
        return [] if case is None else [Statement(_ACROSS[case])]

    def values(self, maps: Sequence[ActorMap]) -> list[dict[Any, Any]]:
        cases = ([found.case for found in cohesion(one, measures(one))] for one in maps)
        return [{None: next((case for case in told if case in _ACROSS), None)} for told in cases]


@dataclass
class Places:
    """Who stands first in betweenness when an actor is taken out: the one kind of rank."""

    kart: ActorMap
    without: str | None
    known: Measures | None = None  # where somebody has them already

    @cached_property
    def values(self) -> Measures:
        """The measures of what is left."""
        return self.known or measures(Network.from_map(self.kart, without=self.without))

    @property
    def network(self) -> Network:
        """The channels that are left."""
        return self.values.network

    @cached_property
    def leaders(self) -> tuple[str, ...]:
        """Return who stands first; nobody where none is a go-between."""
        own = between([self.network], 1.0)
        if not own.size or not np.isfinite(own).all():
            return ()
        first = np.flatnonzero(firsts(own)[0])
        return tuple(self.network.ids[at] for at in first)

    def rows(self, maps: Sequence[ActorMap]) -> Rows:
        """Return betweenness in variants of the map; who is not on one has none."""
        ids = self.network.ids
        networks = [
            Network.from_channels(
                ids, channels_of(one, without={self.without}), scale=one.strength_scale
            )
            for one in maps
        ]
        return between(networks, 1.0)

    def strengths(self, *, families: Collection[str] = STRENGTHS) -> Iterator[tuple[str, Rows]]:
        """Yield betweenness in variants of the strengths, family by family."""
        network = self.network
        known = network.tie_strengths

        def paths(strengths: Rows, alpha: float = 1.0) -> Rows:
            arcs = network.arc_strengths(strengths)
            return drawn_paths(network, arcs, alpha)[0].betweenness

        if "steps" in families:
            yield "steps", self.values.drawn("betweenness", draws=DRAWS)
        if "unknown" in families and network.tie_unknown.any():
            yield "unknown", paths(drawn_strengths(network, DRAWS, steps=False))
        ties = ordered_channels(self.kart, without=self.without)
        judged = [None if tie.strength is None else tie.informant for tie in ties]
        informants = sorted({one for one in judged if one is not None})
        if "informants" in families and informants:
            told_by = np.array([[one == each for one in judged] for each in informants])
            yield (
                "informants",
                paths(np.vstack([np.where(told_by, moved(network, by), known) for by in (-1, 1)])),
            )
        if "alpha" in families:
            yield "alpha", np.vstack([paths(known[None], alpha) for alpha in ALPHAS])


@dataclass
class Ranked(Analysis):
    """A statement on who stands first, which strengths move as well."""

    places: Places

    def hold(self, rows: Rows) -> NDArray[np.bool_]:
        """Tell in which rows the statement holds."""
        raise NotImplementedError

    def values(self, maps: Sequence[ActorMap]) -> list[dict[Any, Any]]:
        """Tell for each map whether the statement holds."""
        return [{None: held} for held in self.hold(self.places.rows(maps)).tolist()]


@dataclass
class FirstPlace(Ranked):
    """Who stands first; what overturns it is searched for among the strengths."""

    @cached_property
    def statements(self) -> list[Statement]:  # noqa: D102 - as in `Analysis`
        first = self.places.leaders
        if not first:
            return []
        without = self.places.without
        words: dict[str, Any] = {"actors": named(first)}
        words |= {"middle": Who(without)} if without else {}
        words["how"] = how_drawn(self.places.network)
        case = "first_place_apart" if without else "first_place"
        return [Statement(case, actors=first, numbers={"n": len(first)}, words=words)]

    def hold(self, rows: Rows) -> NDArray[np.bool_]:
        """Tell in which rows each who stands first is between others, and nobody above it."""
        first = [self.places.network.index[id_] for id_ in self.places.leaders]
        held: NDArray[np.bool_] = np.all(firsts(rows)[:, first], axis=1)
        return held


@dataclass
class _Broker(Ranked):
    """Whether the coordinator is the one who stands between, the user taken out."""

    coordinators: tuple[str, ...]

    @cached_property
    def statements(self) -> list[Statement]:
        first = self.places.leaders
        if not first or not self.coordinators:
            return []
        same = bool({*self.coordinators} & {*first})
        return [
            Statement(
                "same_broker" if same else "other_broker",
                actors=first,
                numbers={"n": len(first)},
                words={
                    "user": Who(str(self.places.without)),
                    "first": named(first),
                    "actors": named(self.coordinators),
                    "how": how_drawn(self.places.network),
                },
            )
        ]

    def hold(self, rows: Rows) -> NDArray[np.bool_]:
        same = bool({*self.coordinators} & {*self.places.leaders})
        at = [self.places.network.index[id_] for id_ in self.coordinators]
        first = firsts(rows)
        # Where nobody is between others, neither the coordinator nor somebody else is.
        held: NDArray[np.bool_] = first.any(axis=1) & (first[:, at].any(axis=1) == same)
        return held

    def added(self) -> Iterable[tuple[str, str]]:
        return (pair for pair in _unlinked(self.kart) if self.places.without not in pair)


def _unlinked(kart: ActorMap) -> Iterator[tuple[str, str]]:
    """Yield the pairs without a tie of information, those with the user last."""
    there = {frozenset(tie.ends) for tie in kart.channels if tie.kind == "information"}
    user = kart.user
    ids = sorted((actor.id for actor in kart.actors), key=lambda id_: (id_ == user, id_))
    pairs = (pair for pair in combinations(ids, 2) if frozenset(pair) not in there)
    return iter(sorted(pairs, key=lambda pair: user in pair))


def ranked_of(kart: ActorMap, apart: Places, beside: Places | None) -> list[Ranked]:
    """Return what is said of who stands first: on the map, and when its user is taken out.

    Who stands first without the user is a statement of its own where the user is not the one
    whom the map was gathered around, and the coordinator is compared with it.
    """
    coordinators = tuple(sorted(one.id for one in kart.actors if one.kind == "coordinator"))
    found: list[Ranked] = [FirstPlace(kart, apart)]
    if beside is not None:
        if coordinators:
            found.append(_Broker(kart, beside, coordinators))
        elif beside is not apart:
            found.append(FirstPlace(kart, beside))
    try:
        return [one for one in found if one.statements]
    except InvalidMap:  # strengths so far apart that the shortest paths cannot be told
        return []


def present_of(kart: ActorMap) -> list[Analysis]:
    """Return what is said of which ties there are, however strong."""
    every = (_Tellings(kart), _Doors(kart), _Coordinator(kart), _DropOut(kart))
    return [one for one in every if one.statements]


def analyses_of(kart: ActorMap) -> list[Analysis]:
    """Return the analyses that say something that depends on judgements, first places first."""
    user, apart = kart.user, Places(kart, kart.middle)
    beside = None if user is None else apart if user == kart.middle else Places(kart, user)
    rest = [_Lines(kart)]
    return [
        *ranked_of(kart, apart, beside),
        *present_of(kart),
        *(one for one in rest if one.statements),
    ]
