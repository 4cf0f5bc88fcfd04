"""Several people's views of the same network: where they disagree, by name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from aktorkart.comparison.sides import FAR_APART, existing, order, steps_apart
from aktorkart.finding import Between, Coded, Finding, Who, Word, finding
from aktorkart.model.scales import step_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from aktorkart.model import ActorMap, Tie

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class View:
    """What one informant has told."""

    name: str
    ties: tuple[Tie, ...]
    actors: frozenset[str]
    whole: bool

    def answers_for(self, pair: Pair) -> bool:
        """Tell whether silence about a pair means that the informant sees no tie there."""
        return self.name in pair or (self.whole and self.actors.issuperset(pair))


def informant_of(kart: ActorMap, tie: Tie) -> str | None:
    """Return who reported a tie: the actor's id also where its name was written."""
    name = tie.informant
    if name is None or name in kart:
        return name
    called = kart.ids_by_label.get(name.casefold(), ())
    return called[0] if len(called) == 1 else name


def views_in(kart: ActorMap) -> list[View]:
    """Split a map by the informants of its ties."""
    told: dict[str, list[Tie]] = defaultdict(list)
    reported: dict[str, set[str]] = defaultdict(set)
    whole: dict[str, bool] = defaultdict(bool)
    there = {id(tie) for tie in existing(kart)}
    reports = [
        (name, tie) for tie in kart.ties_in_force if (name := informant_of(kart, tie)) is not None
    ]
    for name, tie in sorted(reports, key=lambda report: order(report[1])):
        reported[name] |= {tie.source, tie.target}
        whole[name] |= name not in tie.pair
        if id(tie) in there:
            told[name].append(tie)
    return [
        View(
            name=name,
            ties=tuple(told[name]),
            actors=frozenset(reported[name]),
            whole=whole[name],
        )
        for name in sorted(reported)
    ]


def views_of(maps: Mapping[str, ActorMap]) -> list[View]:
    """Take each informant's own map as its view."""
    return [
        View(
            name=name,
            ties=tuple(sorted(existing(maps[name]), key=order)),
            actors=frozenset(actor.id for actor in maps[name].actors),
            whole=_is_about_others(name, maps[name]),
        )
        for name in sorted(maps)
    ]


def _is_about_others(name: str, kart: ActorMap) -> bool:
    """Tell whether an informant's map is of the whole, and not only of the informant's own ties.

    Who has answered a questionnaire has told of the own ties only, each with its informant, and
    says nothing of those between others.
    """
    if not kart.ties:
        return name not in kart
    return any(tie.informant != name or name not in tie.pair for tie in kart.ties)


class Rating(NamedTuple):
    """Two sides' ratings of the same tie."""

    steps: float
    one: float
    other: float
    kind: str


def rating(
    ones: Iterable[Tie], others: Iterable[Tie], scale: tuple[float, float] | None
) -> Rating | None:
    """Compare how two sides rate the ties between the same two actors, each kind by itself.

    A contact and a passing on of information are two ties: 5 for the one and 1 for the other
    is no disagreement. Of several kinds that both have rated, the one furthest apart is told.
    """
    one, other = ({}, {})  # type: tuple[dict[str, float], dict[str, float]]
    for ties, best in ((ones, one), (others, other)):
        for tie in ties:
            if tie.strength is not None:
                best[tie.kind] = max(tie.strength, best.get(tie.kind, 0.0))
    shared = sorted(one.keys() & other.keys())
    return max(
        (
            Rating(steps_apart(one[kind], other[kind], scale), one[kind], other[kind], kind)
            for kind in shared
        ),
        default=None,
    )


def informants(kart: ActorMap, names: Iterable[str]) -> tuple[Word, ...]:
    """Return informants to be said: by name where they are on the map."""
    return tuple(Who(name) if name in kart else name for name in names)


def disagreements(
    kart: ActorMap, views: Sequence[View], *, shared: Iterable[Tie] = ()
) -> list[Finding]:
    """Say about which ties informants disagree."""
    told: dict[Pair, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for view in views:
        for tie in view.ties:
            told[tie.pair][view.name].append(tie)
    agreed = {tie.pair for tie in shared}
    silent = _who_answers(views)
    found: list[Finding] = []
    for pair, by_name in sorted(told.items()):
        blind = [name for name in silent(pair) if name not in by_name]
        if blind and pair not in agreed:
            sides = {"sees": sorted(by_name), "misses": blind}
            found.append(_apart(kart, pair, by_name, "unseen", sides))
        found += _quality(kart, pair, by_name)
        found += _strength(kart, pair, by_name)
        found += _stage(kart, pair, by_name)
    return found


def _who_answers(views: Sequence[View]) -> Callable[[Pair], list[str]]:
    """Return what tells whose silence about a pair means that they see no tie there."""
    place = {view.name: number for number, view in enumerate(views)}
    knowing: dict[str, set[int]] = defaultdict(set)
    for number, view in enumerate(views):
        for actor in view.actors if view.whole else ():
            knowing[actor].add(number)

    def who(pair: Pair) -> list[str]:
        one, other = pair
        found = knowing[one] & knowing[other] | {place[name] for name in pair if name in place}
        return [views[number].name for number in sorted(found)]

    return who


def _keys(pair: Pair, by_name: Mapping[str, Sequence[Tie]]) -> tuple[tuple[str, str, str], ...]:
    kinds = sorted({tie.kind for ties in by_name.values() for tie in ties})
    return tuple((*pair, kind) for kind in kinds)


def _apart(
    kart: ActorMap,
    pair: Pair,
    by_name: Mapping[str, Sequence[Tie]],
    case: str,
    sides: Mapping[str, Sequence[str]],
) -> Finding:
    """Say who stands on which of two sides about the ties of a pair."""
    ones, others = sides.values()
    return finding(
        kart,
        "perspective_gap",
        case,
        "gap",
        actors=pair,
        ties=_keys(pair, by_name),
        numbers={"n": len(ones), "others": len(others)},
        words={"tie": Between(*pair, mutual=True)}
        | {side: informants(kart, names) for side, names in sides.items()},
    )


def _quality(kart: ActorMap, pair: Pair, by_name: Mapping[str, Sequence[Tie]]) -> Iterable[Finding]:
    """Say for whom a tie works and for whom it does not, each kind by itself."""
    for _, _, kind in _keys(pair, by_name):
        told = {
            name: ties
            for name, all_ties in by_name.items()
            if (ties := [tie for tie in all_ties if tie.kind == kind])
        }
        works = {name for name, ties in told.items() if any(tie.is_channel for tie in ties)}
        if works and len(works) < len(told):
            sides = {"works": sorted(works), "fails": sorted(told.keys() - works)}
            yield _apart(kart, pair, told, "quality", sides)


def _strength(
    kart: ActorMap, pair: Pair, by_name: Mapping[str, Sequence[Tie]]
) -> Iterable[Finding]:
    rated = [
        (ratings, one, other)
        for one, other in combinations(sorted(by_name), 2)
        if (ratings := rating(by_name[one], by_name[other], kart.strength_scale)) is not None
        and ratings.steps > 0
    ]
    if not rated:
        return
    # The names decide between equals, so that the order of the file does not.
    ratings, one, other = min(rated, key=lambda item: (-item[0].steps, item[1:]))
    values = ((ratings.one, one), (ratings.other, other))
    (low, lower), (high, higher) = sorted(values)
    yield finding(
        kart,
        "perspective_gap",
        "strength",
        "gap" if ratings.steps >= FAR_APART else "note",
        actors=pair,
        ties=((*pair, ratings.kind),),
        numbers={"steps": ratings.steps, "n": ratings.steps, "low": low, "high": high},
        words={
            "tie": Between(*pair, mutual=True),
            "lower": informants(kart, [lower])[0],
            "higher": informants(kart, [higher])[0],
        },
    )


def _stage(kart: ActorMap, pair: Pair, by_name: Mapping[str, Sequence[Tie]]) -> Iterable[Finding]:
    """Say how far apart two see the stage of their collaboration, each by its highest."""
    rated = [
        (max(stages), name, ties)
        for name, ties in sorted(by_name.items())
        if (stages := [tie.stage for tie in ties if tie.stage is not None])
    ]
    if not rated:
        return
    # Of equals the first by name.
    low, lower, _ = min(rated, key=lambda one: one[0])
    high, higher, ties = max(rated, key=lambda one: one[0])
    steps = high - low
    if not steps:
        return
    kind = min(tie.kind for tie in ties if tie.stage == high)
    yield finding(
        kart,
        "perspective_gap",
        "stage",
        "gap" if steps >= FAR_APART else "note",
        actors=pair,
        ties=((*pair, kind),),
        numbers={"steps": steps, "n": steps, "low": low, "high": high},
        words={
            "tie": Between(*pair, mutual=True),
            "lower": informants(kart, [lower])[0],
            "higher": informants(kart, [higher])[0],
            "low_stage": Coded(step_code("stage", low)),
            "high_stage": Coded(step_code("stage", high)),
        },
    )
