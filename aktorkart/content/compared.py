"""What has become of a map since an earlier one: what a report on the change says, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.care.grey_zones import missing_ties
from aktorkart.care.improvement import improvement
from aktorkart.comparison.compare import compare
from aktorkart.comparison.same_actors import same_actors
from aktorkart.comparison.sides import named_ties, reports
from aktorkart.content.findings_compared import findings_compared
from aktorkart.content.goals_compared import OUTCOMES, PLANNED, goals_compared, plans_compared
from aktorkart.content.key_numbers import key_numbers
from aktorkart.content.ranks_compared import ranks_compared
from aktorkart.content.summary import weightiest
from aktorkart.content.topics import Topics
from aktorkart.errors import Problem
from aktorkart.finding import Coded, Period, Quoted, Who, finding, some
from aktorkart.model.fields import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aktorkart.comparison.compare import Change, Judged
    from aktorkart.comparison.sides import TieKey
    from aktorkart.content.findings_compared import Gaps
    from aktorkart.content.goals_compared import GoalCompared, StepCompared
    from aktorkart.content.ranks_compared import Moved, Ranks
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap, Tie

_QUALITY = ("broken", "strained", "good")
"""From worst to best."""


_STRENGTHS = ("strengths_known", "strengths_unknown")
"""Strengths that only one of the maps knows: no change of a tie, but of what is known."""

_MOST_RANKS = 6
"""So many actors' places are told; the table has them all."""

_MOST_REMAINING = 5
"""So many things that are still lacking are told; the table has them all."""


@dataclass(frozen=True)
class Compared:
    """What has become of a map; each part is worked out once, when somebody asks for it.

    Both maps are as they may be shown, with who is the same called the same.
    """

    before: ActorMap
    after: ActorMap
    counted: str = "actors"
    """What an arena is where something is measured."""
    proposed: tuple[tuple[str, str], ...] = ()
    """Actors of the earlier map that may be one of the later, under another id."""

    @cached_property
    def change(self) -> Change:
        """The ties, actors and judgements that differ."""
        return compare(self.before, self.after)

    @cached_property
    def topics(self) -> tuple[Topics, Topics]:
        """What each of the maps says."""
        return Topics(self.before, self.counted), Topics(self.after, self.counted)

    @cached_property
    def ranks(self) -> Ranks:
        """Whose places have moved firmly."""
        return ranks_compared(*self.topics)

    @cached_property
    def gaps(self) -> Gaps:
        """What is no longer lacking, newly lacking, and still lacking."""
        return findings_compared(*self.topics)

    @cached_property
    def needed(self) -> Mapping[str, Sequence[Tie]]:
        """Ties needed and not there: ``met`` since, ``still``, ``new``, or ``unsaid`` now."""
        was, now = (_by_need(kart) for kart in (self.before, self.after))
        there = {(arc, tie.kind) for tie in self.after.channels for arc in tie.arcs}
        gone = [tie for key, tie in was.items() if key not in now]
        met = [tie for tie in gone if all((arc, tie.kind) in there for arc in tie.arcs)]
        return {
            "met": met,
            "still": [tie for key, tie in now.items() if key in was],
            "new": [tie for key, tie in now.items() if key not in was],
            "unsaid": [tie for tie in gone if tie not in met],
        }

    @cached_property
    def goals(self) -> tuple[GoalCompared, ...]:
        """Points of the goals, then and now."""
        return goals_compared(self.before, self.after)

    @cached_property
    def plan(self) -> tuple[StepCompared, ...]:
        """Actions that are done since, new, or left."""
        return plans_compared(self.before, self.after)

    @cached_property
    def numbers(self) -> Mapping[str, tuple[float | None, float | None]]:
        """Each map's key numbers, then and now."""
        was, now = (key_numbers(topics) for topics in self.topics)
        return {key: (was[key], now[key]) for key in was}

    @cached_property
    def _improvement(self) -> list[Finding]:
        return improvement(self.before, self.after)

    def __bool__(self) -> bool:
        """Whether anything is said to have changed."""
        return bool(
            self.change
            or self.ranks.moved
            or self.gaps.closed
            or self.gaps.opened
            or self.gaps.unsure_before
            or self.gaps.unsure_after
            or any(goal.outcome != "unknown" for goal in self.goals)
            or any(step.outcome != "left" for step in self.plan)
        )

    def about(self, *sections: str) -> list[Finding]:
        """Return the findings of some of :data:`SECTIONS`, section by section."""
        return [found for section in sections for found in _TOLD[section](self)]

    def say(self, case: str, level: str, n: float = 0, **fields: Any) -> Finding:
        """Make a finding about the change."""
        numbers = {"n": n, **fields.pop("numbers", {})}
        found = finding(self.after, "compared", case, level, numbers=numbers, **fields)
        return replace(found, labels=self.change.labels)

    def of_cases(self, *cases: str) -> list[Finding]:
        """Return what the analysis of improvement has found, case by case."""
        return [found for case in cases for found in self._improvement if found.case == case]


def renamed(before: ActorMap, after: ActorMap) -> tuple[tuple[str, str], ...]:
    """Propose which actors of the earlier map are those of the later under another id.

    Names decide: ask before names are hidden.
    """
    found = []
    for one, others in same_actors({"before": before, "after": after}).items():
        for other in others:
            old, new = (one, other) if one in before else (other, one)
            found.append((old, new))
    return tuple(sorted(found))


# --- what each section says


def _summary(of: Compared) -> list[Finding]:
    """Say in three sentences what matters: ties, gaps, and the largest effect.

    Whoever has given the later map first must read that before all else.
    """
    swapped = [found for found in _dates(of) if found.case == "turned"]
    first = of.of_cases("change", "change_of_ties", "nothing")[:1]
    if of and not of.change and of.change.same_scale:
        first = [of.say("same_ties", "note")]
    return [*swapped, *first, _gaps_in_short(of), *_largest(of)[:1]]


def _gaps_in_short(of: Compared) -> Finding:
    gaps, needed = of.gaps, of.needed
    counts = {
        "closed": len(gaps.closed) + len(needed["met"]),
        "opened": len(gaps.opened) + len(needed["new"]),
        "remaining": len(gaps.remaining) + len(needed["still"]),
    }
    unsure_then = len(gaps.unsure_before) + len(needed["unsaid"])
    unsure = unsure_then + len(gaps.unsure_after)
    was = counts["closed"] + counts["remaining"] + unsure_then
    more = (of.say("gaps_unsure", "note", unsure),) if unsure else ()
    if grown := sum(not one.is_still_so and bool(one.new) for one in gaps.remaining):
        more = (of.say("gaps_grown", "note", grown), *more)
    if was:
        return of.say("gaps", "note", was, numbers={"was": was, **counts}, more=more)
    if n := counts["opened"]:
        return of.say("gaps_new", "note", n, more=more)
    return more[0] if more else of.say("no_gaps", "note")


def _largest(of: Compared) -> list[Finding]:
    """Return what may be the third sentence, the one that matters most first."""
    found = []
    user = of.after.user
    for key in ("tellings", "needs"):
        was, now = of.numbers[key]
        if was is not None and now is not None and was != now and user is not None:
            numbers = {"was": was, "now": now}
            about = {"actors": (user,), "words": {"user": Who(user)}}
            found.append(of.say(f"{key}_moved", "note", now, numbers=numbers, **about))
    counts = {one: _outcomes(of.goals, one) for one in ("better", "worse", "unclear")}
    if n := sum(map(len, counts.values())):
        numbers = {key: len(goals) for key, goals in counts.items()}
        found.append(of.say("goals", "note", n, numbers=numbers))
    # Going between others is what people ask about; the other places stand in their section.
    found += [_moved(of, one) for one in of.ranks.moved[:1] if one.measure == "betweenness"]
    found += _closed(of)[:1]
    found += _begun(of)[:1]
    for still in weightiest([one.after for one in of.gaps.remaining], 1):
        told = _standing(of)[still]
        found.append(of.say("still", "note", more=(told,)) if told is still else told)
    shared = sum(actor.id in of.before for actor in of.after.actors)
    found.append(of.say("shared", "note", shared))
    return found


def _ties(of: Compared) -> list[Finding]:
    quality = [*_quality(of)]
    return [
        *of.of_cases("gained", "lost", "stronger", "weaker", *_STRENGTHS),
        *quality,
        *of.of_cases("actors_gained", "actors_lost"),
        *_judged(of, told=sum(one.numbers["n"] for one in quality)),
        *of.of_cases("judged_known", "judged_unknown"),
    ]


def _judged(of: Compared, *, told: int) -> Iterator[Finding]:
    """Count the judgements that are others, but for those of quality that are told by name."""
    if n := len(of.change.judgements["judged"]) - told:
        yield of.change.finding("judged", "note", numbers={"n": n})


def _quality(of: Compared) -> Iterator[Finding]:
    """Say which ties are judged to work better, or worse, than then."""

    def rise(judged: Judged) -> int:
        known = judged.before is not None and judged.after is not None
        one, other = judged.before, judged.after
        return _QUALITY.index(other) - _QUALITY.index(one) if known else 0

    judged = [one for one in of.change.changed if one.field == "quality"]
    for case, level, chosen in (
        ("quality_better", "note", [one for one in judged if rise(one) > 0]),
        ("quality_worse", "gap", [one for one in judged if rise(one) < 0]),
    ):
        keys = {one.about for one in chosen}
        # Several informants may have judged the same tie.
        ties = [tie for tie in of.after.ties_in_force if tie.key in keys]
        if ties:
            told = {"ties": tuple(sorted(keys)), "words": {"ties": named_ties(ties)}}
            yield of.say(case, level, len(reports(ties)), **told)


def _needed(of: Compared, case: str) -> Iterator[Finding]:
    """Say which needed ties are there now (``met``), are not (``still``), or are ``new``."""
    levels = {"met": "strength", "still": "gap", "new": "gap", "unsaid": "unknown"}
    if ties := of.needed[case]:
        told = {"ties": tuple(tie.key for tie in ties), "words": {"ties": named_ties(ties)}}
        yield of.say(f"needed_{case}", levels[case], len(ties), **told)


def _by_need(kart: ActorMap) -> dict[TieKey, Tie]:
    return {(*tie.pair, tie.kind): tie for tie in missing_ties(kart)}


def _ranks(of: Compared) -> list[Finding]:
    found = of.ranks
    if found.reason == "too_large":
        return [of.say("ranks_too_large", "unknown")]
    if found.reason is not None or not of.change:
        return []
    if not found.moved:
        words = {"measures": tuple(_measure(name) for name in found.asked)}
        return [of.say("ranks_same", "note", found.shared, words=words)]
    return [_moved(of, one) for one in found.moved[:_MOST_RANKS]]


def _measure(name: str) -> Coded:
    return Coded(f"measure.{name}.name")


def _moved(of: Compared, one: Moved) -> Finding:
    when = {"then": one.before, "now": one.after}
    numbers = {
        f"{key}_{name}": getattr(place, key)
        for name, place in when.items()
        for key in ("rank", "best", "worst")
    }
    words = {"actor": Who(one.actor), "measure": _measure(one.measure)}
    words |= {name: place.possible for name, place in when.items()}
    case = "rank_up" if one.rises else "rank_down"
    n = one.after.of
    return of.say(case, "note", n, numbers=numbers, actors=(one.actor,), words=words)


def _with_more(of: Compared, case: str, level: str, found: Finding) -> Finding:
    """Say what becomes of a finding of one of the maps, and then the finding itself."""
    numbers = dict(found.numbers)
    about: dict[str, Any] = {"actors": found.actors, "ties": found.ties, "numbers": numbers}
    return of.say(case, level, **about, more=(found,))


def _closed(of: Compared) -> list[Finding]:
    gone = [_with_more(of, "closed", "note", found) for found in of.gaps.closed]
    return [*_needed(of, "met"), *gone]


def begun(of: Compared) -> list[Finding]:
    """Say of each thing that has begun to be lacking that it is new."""
    grown = [told for told in _standing(of).values() if told.case == "grown"]
    return [*_needed(of, "new"), *_begun(of), *grown]


def _begun(of: Compared) -> list[Finding]:
    return [_with_more(of, "begun", "gap", found) for found in of.gaps.opened]


def _remaining(of: Compared) -> list[Finding]:
    """Say how much is still lacking, where that is a lot, and the few things that weigh most."""
    still = [*_needed(of, "still"), *(one.after for one in of.gaps.remaining)]
    standing = _standing(of)
    told = [standing.get(one, one) for one in weightiest(still, _MOST_REMAINING)]
    n = len(of.needed["still"]) + len(of.gaps.remaining)
    first = [of.say("remaining", "note", n)] if len(told) < len(still) else []
    return [*first, *told, *of.of_cases("idle")]


def _standing(of: Compared) -> dict[Finding, Finding]:
    """Return what both maps lack, by the finding of it: as it is, or with what is new in it."""
    found: dict[Finding, Finding] = {}
    for one in of.gaps.remaining:
        if one.is_still_so:
            found[one.after] = one.after
        elif one.new:
            grown = _with_more(of, "grown", "gap", one.after)
            found[one.after] = replace(grown, words={"new": some(one.new)})
        else:
            found[one.after] = _with_more(of, "otherwise", "gap", one.after)
    return found


def _goals(of: Compared) -> list[Finding]:
    levels = {"better": "strength", "worse": "gap", "done": "strength", "unknown": "unknown"}
    cases = {"goals": (of.goals, OUTCOMES), "plan": (of.plan, PLANNED)}
    found = []
    for what, (things, outcomes) in cases.items():
        for outcome in outcomes:
            if chosen := _outcomes(things, outcome):
                level = levels.get(outcome, "note")
                words = {"titles": some([Quoted(one.title) for one in chosen])}
                found.append(of.say(f"{what}_{outcome}", level, len(chosen), words=words))
    moved = [
        one for one in of.of_cases("checklist") if one.numbers["before"] != one.numbers["after"]
    ]
    return [*found, *moved]


def _outcomes(things: Iterable[Any], outcome: str) -> list[Any]:
    return [thing for thing in things if thing.outcome == outcome]


def _arenas(of: Compared) -> list[Finding]:
    return of.of_cases("idle_arena")


def _incomparable(of: Compared) -> list[Finding]:
    """Say what the two maps cannot be asked together."""
    before, after = of.before, of.after
    found = [*_dates(of), *of.of_cases("scales", "unrated")]
    if of.ranks.reason == "other_middle":
        found.append(of.say("other_middle", "unknown"))
    if before.scope != after.scope:
        words = {"was": Coded(f"scope.{before.scope}"), "now": Coded(f"scope.{after.scope}")}
        found.append(of.say("other_scope", "unknown", words=words))
    for old, new in of.proposed:
        two = {"one": Who(old), "other": Who(new)}
        found.append(of.say("renamed", "unknown", actors=(old, new), words=two))
    found += _needed(of, "unsaid")
    found += [_with_more(of, "unsure_now", "unknown", one) for one in of.gaps.unsure_before]
    found += [_with_more(of, "unsure_then", "unknown", one) for one in of.gaps.unsure_after]
    return found


def turned(before: ActorMap, after: ActorMap) -> list[Problem]:
    """Note that the earlier map is of a later date, as nobody means it to be."""
    was, now = before.date, after.date
    if was is None or now is None or first_day(was) <= last_day(now):
        return []
    return [Problem(code="maps_turned", values={"was": was, "now": now})]


def _dates(of: Compared) -> Iterator[Finding]:
    was, now = of.before.date, of.after.date
    if was is None or now is None:
        yield of.say("undated", "unknown", (was is None) + (now is None))
    elif turned(of.before, of.after):
        yield of.say("turned", "unknown", words={"was": Period(was), "now": Period(now)})
    elif was == now and of:
        yield of.say("same_date", "unknown", words={"date": Period(now)})


_TOLD: dict[str, Callable[[Compared], Sequence[Finding]]] = {
    "summary": _summary,
    "changed_ties": _ties,
    "changed_ranks": _ranks,
    "closed": _closed,
    "opened": lambda of: [*_needed(of, "new"), *of.gaps.opened],
    "remaining": _remaining,
    "changed_goals": _goals,
    "changed_arenas": _arenas,
    "incomparable": _incomparable,
    "then_now": lambda of: of.of_cases("alike", "unlike"),
}

SECTIONS = tuple(_TOLD)
"""In the order in which they are told."""
