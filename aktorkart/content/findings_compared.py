"""What two maps lack: what is no longer lacking, what is new, what is as it was."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, product
from typing import TYPE_CHECKING, Any

from aktorkart.care.grey_zones import missing_ties
from aktorkart.content.topics import TOPICS, of_level
from aktorkart.finding import Between, Coded, Finding, Parts, Quoted, Who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.content.topics import Topics
    from aktorkart.finding import Word

_ONE_BY_ONE = frozenset({("content", "needed")})
"""Ties that are needed are compared one by one."""

_OF_ITS_OWN = frozenset({"content"})
"""Topics whose findings do not wait for each other: ties may lack without strengths known."""

_NO_GAPS = frozenset({"centrality", "next_steps"})
"""Topics that say who stands where, which is compared by place, or what could be done."""


@dataclass(frozen=True)
class Standing:
    """Something that both maps lack, as each of them says it."""

    before: Finding
    after: Finding

    @property
    def moved(self) -> bool:
        """Whether it is said in another way than it was: more, less, or of others."""
        return self.before.text("en") != self.after.text("en")

    @property
    def new(self) -> tuple[Word, ...]:
        """Whom the later list names and the earlier does not; nobody where that cannot be told."""
        was, now = _listed(self.before), _listed(self.after)
        if was is None or now is None or _cases(self.before) != _cases(self.after):
            return ()
        return tuple(word for key, word in now.items() if key not in was)

    @property
    def is_still_so(self) -> bool:
        """Whether all that is said now was so then: the same, or of fewer."""
        was, now = (_listed(one) for one in (self.before, self.after))
        if not self.moved:
            return True
        fewer = bool(was and now and was.keys() > now.keys())
        return fewer and _apart_from_n(self.before) == _apart_from_n(self.after)


@dataclass(frozen=True)
class Gaps:
    """What two maps lack, side by side.

    Parameters
    ----------
    closed, opened : tuple of Finding
        What only the earlier map, or only the later map lacks.
    remaining : tuple of Standing
        What both lack.
    unsure_before, unsure_after : tuple of Finding
        What only the earlier, or only the later map lacks, and the other cannot answer.
    """

    closed: tuple[Finding, ...] = ()
    opened: tuple[Finding, ...] = ()
    remaining: tuple[Standing, ...] = ()
    unsure_before: tuple[Finding, ...] = ()
    unsure_after: tuple[Finding, ...] = ()


def findings_compared(before: Topics, after: Topics) -> Gaps:
    """Put side by side what two maps lack.

    A finding is the same on both by its code and case, and by what its sentence names one at a
    time; what it lists may differ. What only one map lacks is closed, or opened, if the other
    knows as much: a gap is not closed because nobody has filled in what would show it, nor
    opened by those whom the earlier map did not have.
    """
    was, now = (_Answers.of(topics) for topics in (before, after))
    pairs = _matched(was.gaps, now.gaps)
    old, new = ({id(one[side]) for one in pairs} for side in (0, 1))
    gone = [found for found in was.gaps if id(found) not in old]
    come = [found for found in now.gaps if id(found) not in new]
    return Gaps(
        closed=tuple(found for found in gone if now.knows(found, was)),
        opened=tuple(found for found in come if was.knows(found, now)),
        remaining=tuple(Standing(one, other) for one, other in pairs),
        unsure_before=tuple(found for found in gone if not now.knows(found, was)),
        unsure_after=tuple(found for found in come if not was.knows(found, now)),
    )


def count_gaps(topics: Topics) -> int:
    """Count what a map lacks, each tie that is needed by itself."""
    return len(_gaps(_told(topics))) + len(missing_ties(topics.kart))


def _told(topics: Topics) -> list[Finding]:
    return topics.about(*(topic for topic in TOPICS if topic not in _NO_GAPS))


def _gaps(told: Sequence[Finding]) -> list[Finding]:
    return [found for found in of_level(told, "gap") if (found.code, found.case) not in _ONE_BY_ONE]


@dataclass(frozen=True)
class _Answers:
    """What a map lacks, and what it cannot answer."""

    gaps: tuple[Finding, ...]
    actors: frozenset[str] = frozenset()
    unknown: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, topics: Topics) -> _Answers:
        told = _told(topics)
        # What is told elsewhere in a report is unknown all the same.
        silent = [*topics.care, *topics.arenas.findings]
        unknown: dict[str, set[str]] = defaultdict(set)
        for found in of_level([*told, *silent], "unknown"):
            unknown[found.code].add(found.case)
        ids = frozenset(actor.id for actor in topics.kart.actors)
        return cls(tuple(_gaps(told)), ids, unknown)

    def knows(self, found: Finding, other: _Answers) -> bool:
        """Tell whether this map answers as much of an analysis as the one that found a gap.

        Of those who are not on it, it answers nothing.
        """
        if self.actors.isdisjoint(found.actors or other.actors):
            return False
        own, there = (one.unknown.get(found.code, set()) for one in (self, other))
        return found.code in _OF_ITS_OWN or own <= there


def _matched(was: Sequence[Finding], now: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """Pair the findings that are the same, those with most in common first."""
    groups: dict[tuple[Any, ...], tuple[list[Finding], list[Finding]]] = {}
    for side, told in enumerate((was, now)):
        for found in told:
            groups.setdefault(_identity(found), ([], []))[side].append(found)
    paired: dict[int, Finding] = {}
    for old, new in groups.values():
        taken: set[int] = set()
        likely = sorted(
            (pair for pair in product(old, new) if _is_same(*pair)),
            key=lambda pair: (-_in_common(*pair), sorted(map(_order, pair))),
        )
        for one, other in likely:
            if not taken & {id(one), id(other)}:
                taken |= {id(one), id(other)}
                paired[id(one)] = other
    return [(found, paired[id(found)]) for found in was if id(found) in paired]


def _named(found: Finding) -> list[tuple[str, str]]:
    """Return what a sentence names one at a time: actors, ties, titles."""
    return sorted(
        (key, repr(word))
        for key, word in found.words.items()
        if isinstance(word, Who | Between | Quoted | str)
    )


def _listed(found: Finding) -> dict[Any, Word] | None:
    """Return all whom a finding lists, by who they are; None where some are only counted."""
    listed: dict[Any, Word] = {}
    whole = True
    for one in (found, *found.more):
        for value in one.words.values():
            words = chain(*value.groups) if isinstance(value, Parts) else value
            for word in words if isinstance(words, tuple | chain) else ():
                match word:
                    case Who(id_):
                        listed[id_] = word
                    case Between(source, target, _):
                        listed[frozenset((source, target))] = word
                    case Coded(_, n):
                        whole &= n is None
    if whole:
        return listed
    every: dict[Any, Word] = {id_: Who(id_) for id_ in found.actors}
    return every if listed.keys() <= every.keys() else None


def _cases(found: Finding) -> list[str]:
    return [one.case for one in (found, *found.more)]


def _apart_from_n(found: Finding) -> list[tuple[str, dict[str, Any]]]:
    """Return what a finding says besides whom it lists, and how many they are."""
    said = (found, *found.more)
    return [(one.case, {**one.numbers, "n": None}) for one in said]


def _identity(found: Finding) -> tuple[Any, ...]:
    return found.code, found.case, *_named(found)


def _members(found: Finding) -> set[Any]:
    return {*found.actors, *((frozenset(tie[:2]), tie[2]) for tie in found.ties)}


def _in_common(one: Finding, other: Finding) -> float:
    """Return which share of all that two findings are about they have in common."""
    every = _members(one) | _members(other)
    return len(_members(one) & _members(other)) / len(every) if every else 1.0


def _is_same(one: Finding, other: Finding) -> bool:
    """Tell whether two of one identity are the same: lists of quite others are not."""
    return bool(_named(one)) or _in_common(one, other) > 0


def _order(found: Finding) -> tuple[Any, ...]:
    return found.actors, found.ties, sorted(map(repr, found.numbers.items()))
