"""What the page knows of each actor, tie and finding, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.content import TOPICS, of_level
from aktorkart.i18n import integer, number, sort_key, text
from aktorkart.model.fields import first_day, last_day
from aktorkart.reports.wording import SIGNS, behind
from aktorkart.scene.counts import told, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aktorkart.content import Topics
    from aktorkart.finding import Finding
    from aktorkart.model import Actor, ActorMap, Tie

LEVELS = ("gap", "strength", "note")
"""What findings mean for the reader, in the order in which they are listed."""

_JUDGED = ("power", "interest", "legitimacy", "urgency", "stance")
_MEASURED = ("degree", "betweenness")


@dataclass(frozen=True)
class Facts:
    """A map as it may be shown, in one language."""

    kart: ActorMap  # what is drawn
    topics: Topics  # of the map as it is now
    lang: str

    @cached_property
    def at(self) -> dict[str, int]:
        """The number of each actor."""
        return {actor.id: place for place, actor in enumerate(self.kart.actors)}

    def say(self, code: str, **values: Any) -> str:
        """Say one of the page's texts."""
        return text(f"view.{code}", self.lang, **values)

    # --- actors

    def of_actor(self, actor: Actor) -> list[tuple[str, str]]:
        """Return what is known of an actor beside its kind, line and level."""
        return [*self.stated(actor), *self._measured(actor)]

    def stated(self, actor: Actor) -> list[tuple[str, str]]:
        """Return the same without what must be measured."""
        lang = self.lang
        linkages = [text(f"linkage.{value}", lang) for value in self.kart.linkages(actor.id)]
        rows = [(_field("linkage", lang), ", ".join(linkages))] if linkages else []
        if actor.organisation:
            rows.append((_field("organisation", lang), actor.organisation))
        for key in _JUDGED:
            value = getattr(actor, key)
            if value is not None:
                rows.append((_field(key, lang), number(value, lang)))
        return rows + [(tag, _plain(value, lang)) for tag, value in actor.tags.items()]

    def _measured(self, actor: Actor) -> list[tuple[str, str]]:
        measures = self.topics.measures
        if actor.id not in self.topics.kart or not self.topics.kart.channels:
            return []
        rows = []
        for key in _MEASURED:
            value = getattr(measures[actor.id], key)
            if value is not None:
                said = written(
                    key, told(key, value, measures), self.lang, normalized=measures.normalized
                )
                rows.append((text(f"measure.{key}.name", self.lang), said))
        return rows

    # --- findings

    def findings(self, ties: Sequence[Tie]) -> list[dict[str, Any]]:
        """Return the findings, what is lacking first, with the actors and ties that they light."""
        places: dict[tuple[frozenset[str], str], list[int]] = {}
        for place, tie in enumerate(ties):
            places.setdefault((frozenset(tie.ends), tie.kind), []).append(place)
        found = self.topics.about(*TOPICS)
        there = {(frozenset(tie.ends), tie.kind) for tie in self.topics.kart.ties}
        return [
            self._finding(one, places, there)
            for level in LEVELS
            for one in _once(of_level(found, level))
        ]

    def _finding(
        self,
        found: Finding,
        places: dict[tuple[frozenset[str], str], list[int]],
        there: set[tuple[frozenset[str], str]],
    ) -> dict[str, Any]:
        # Those that a finding names are looked up: there are many findings, and many ties.
        named = {(frozenset(key[:2]), key[2]) for key in found.ties} & there
        others = [] if found.ties else behind(self.topics.kart, found)
        keys = named | {(frozenset(tie.ends), tie.kind) for tie in others}
        lit = sorted({place for key in keys for place in places.get(key, ())})
        new = [
            [self.at[one], self.at[other]]
            for one, other, kind in found.ties
            if (frozenset((one, other)), kind) not in places
        ]
        told = {"l": found.level, "x": found.brief(self.lang), "s": SIGNS[found.level]}
        return told | {
            "a": [self.at[one] for one in found.actors if one in self.at],
            "t": lit,
            "n": new,
        }


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Leave out what two topics say alike."""
    kept: dict[tuple[object, ...], Finding] = {}
    for one in found:
        kept.setdefault((one.code, one.case, one.actors, one.ties), one)
    return list(kept.values())


def _field(key: str, lang: str) -> str:
    return text(f"compare.field.{key}", lang)


def _plain(value: object, lang: str) -> str:
    if isinstance(value, bool):
        return text("common.yes" if value else "common.no", lang)
    if isinstance(value, int):
        return integer(value, lang)
    return number(value, lang) if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Filter:
    """What actors or ties are shown by: a title, the words, and which of them each one has."""

    key: str
    of: str  # "a", actors, or "t", ties
    title: str
    values: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]

    @property
    def chooses(self) -> bool:
        """Whether there is anything to choose between."""
        return len(self.values) > 1


def filters(facts: Facts, ties: Sequence[Tie]) -> list[Filter]:
    """Return the filters of a map; those that leave no choice as well, for their words."""
    kart, lang = facts.kart, facts.lang
    actors = [actor.id for actor in kart.actors]

    def made(
        key: str, of: str, title: str, has: Sequence[Sequence[str]], name: Callable[[str], str]
    ) -> Filter:
        there = {value for mine in has for value in mine}
        order = sorted(there, key=lambda one: (one == "", sort_key(name(one), lang)))
        at = {value: place for place, value in enumerate(order)}
        members = tuple(tuple(sorted(at[value] for value in mine)) for mine in has)
        return Filter(key, of, title, tuple(name(value) for value in order), members)

    def worded(prefix: str) -> Callable[[str], str]:
        return lambda value: text(f"{prefix}.{value}", lang) if value else not_stated

    not_stated = text("figure.no_group", lang)
    by_line = [kart.lines(id_) or ("",) for id_ in actors]
    by_level = [kart.levels(id_) or ("",) for id_ in actors]
    return [
        made("line", "a", _field("line", lang), by_line, worded("line")),
        made("level", "a", _field("level", lang), by_level, worded("level")),
        made(
            "kind",
            "a",
            text("figure.by.kind", lang),
            [(actor.kind,) for actor in kart.actors],
            lambda kind: kart.kind_name(kind, lang),
        ),
        made(
            "tie_kind",
            "t",
            facts.say("tie_kind"),
            [(tie.kind,) for tie in ties],
            lambda kind: kart.tie_kind_name(kind, lang),
        ),
        made(
            "quality",
            "t",
            facts.say("quality"),
            [("needed" if tie.needed else tie.quality or "",) for tie in ties],
            lambda value: (
                text("figure.missing", lang) if value == "needed" else worded("quality")(value)
            ),
        ),
        made(
            "informant",
            "t",
            facts.say("informant"),
            [(tie.informant or "",) for tie in ties],
            lambda value: (
                not_stated if not value else kart[value].label if value in kart else value
            ),
        ),
    ]


def days_of(tie: Tie) -> list[str]:
    """Return the first and the last day of a tie, empty where it has none."""
    begins = first_day(tie.since) if tie.since else ""
    return [begins, last_day(tie.until) if tie.until else ""]
