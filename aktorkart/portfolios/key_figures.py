"""Key figures of a map: numbers that maps of any size can be set side by side by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aktorkart.care.coordinator import unreached
from aktorkart.care.drop_out import drop_out
from aktorkart.care.one_door import STEPS, doors_of
from aktorkart.care.tellings import tellings
from aktorkart.care.user_voice import user_voice
from aktorkart.content import key_numbers
from aktorkart.content.counted import working
from aktorkart.network.measures import measures
from aktorkart.network.scores import ENOUGH_FOR_BETWEEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures


@dataclass(frozen=True)
class Value:
    """A number, or why there is none."""

    number: float | None
    reason: str | None = None
    """Code: the sentence is ``portfolio.reason.<code>``."""


@dataclass(frozen=True)
class KeyFigure:
    """A key figure: its name, how it is found, and what it may be asked to survive."""

    key: str
    of: Callable[[Seen], Value]
    percent: bool = False
    families: tuple[str, ...] = ("ties_missing",)
    """METHOD 8's kinds of variants that can move it; none where it is only counted."""


@dataclass(frozen=True)
class Seen:
    """A map that key figures are taken of."""

    kart: ActorMap

    @cached_property
    def measures(self) -> Measures:
        """The measures of the map."""
        return measures(self.kart)


def _known(value: float | None, reason: str, *, percent: bool = False) -> Value:
    if value is None:
        return Value(None, reason)
    return Value(key_numbers.percent(value) if percent else value)


def _actors(seen: Seen) -> Value:
    return Value(len(seen.kart.actors))


def _ties(seen: Seen) -> Value:
    return Value(working(seen.kart))


def _density(seen: Seen) -> Value:
    return _known(seen.measures.density, "few_actors", percent=True)


def _isolates(seen: Seen) -> Value:
    if not seen.kart.actors:
        return Value(None, "few_actors")
    return Value(sum(len(part) == 1 for part in seen.measures.components))


def _missing(seen: Seen) -> Value:
    return _known(key_numbers.missing(seen.kart), "none_needed")


def _alone(seen: Seen) -> Value:
    if not seen.kart.channels:
        return Value(None, "no_channels")
    if seen.kart.middle is None:
        return Value(None, "no_focal")
    return Value(sum(bool(found.numbers["cut_off"]) for found in drop_out(seen.kart)))


def _tellings(seen: Seen) -> Value:
    if seen.kart.user is None:
        return Value(None, "no_user")
    (found,) = tellings(seen.kart)
    number = None if found.level == "unknown" else found.numbers["tellings"]
    return _known(number, "story_unknown")


def _needs(seen: Seen) -> Value:
    kart = seen.kart
    if kart.user is None or not kart.needs:
        return Value(None, "no_user" if kart.user is None else "no_needs")
    if not any(tie.kind == "referral" and not tie.needed for tie in kart.ties_in_force):
        return Value(None, "no_referrals")
    met = {need for door in doors_of(kart, kart.user, STEPS) for need in door.met}
    return _known(len(met) / len(kart.needs), "no_needs", percent=True)


def _coordinator(seen: Seen) -> Value:
    kart = seen.kart
    appointed = [actor.id for actor in kart.actors if actor.kind == "coordinator"]
    if kart.user is None or not appointed:
        return Value(None, "no_user" if kart.user is None else "no_coordinator")
    active, missing = unreached(kart, kart.user, appointed)
    share = (len(active) - len(missing)) / len(active) if active else None
    return _known(share, "nobody_active", percent=True)


def _crossing(seen: Seen) -> Value:
    return _known(key_numbers.crossing(seen.measures), "no_lines", percent=True)


def _centralization(seen: Seen) -> Value:
    found = seen.measures.centralization["betweenness"]
    why = "few_actors" if seen.measures.n < ENOUGH_FOR_BETWEEN else "too_many_paths"
    return _known(found, why, percent=True)


def _returned(seen: Seen) -> Value:
    why = "all_mutual" if seen.measures.ties else "no_channels"
    return _known(seen.measures.reciprocity, why, percent=True)


def _voice(seen: Seen) -> Value:
    cases = [found.case for found in user_voice(seen.kart)]
    met, unmet = cases.count("in_arena"), cases.count("not_in_arena")
    return _known(met / (met + unmet) if met + unmet else None, "no_arenas", percent=True)


_STRENGTHS = ("steps", "ties_missing")

KEY_FIGURES = (
    KeyFigure("actors", _actors, families=()),
    KeyFigure("ties", _ties, families=()),
    KeyFigure("density", _density, percent=True),
    KeyFigure("isolates", _isolates),
    KeyFigure("missing", _missing, families=()),
    KeyFigure("alone", _alone),
    KeyFigure("tellings", _tellings),
    KeyFigure("needs", _needs, percent=True),
    KeyFigure("coordinator", _coordinator, percent=True),
    KeyFigure("crossing", _crossing, percent=True),
    KeyFigure("centralization", _centralization, percent=True, families=_STRENGTHS),
    KeyFigure("returned", _returned, percent=True, families=_STRENGTHS),
    KeyFigure("voice", _voice, percent=True),
)
"""In the order in which they are shown: first what the map holds, then how it works."""

SHAPE = ("actors", "ties", "density", "isolates", "missing", "alone")
"""Those that say what a map looks like; the others are about how it works."""

BY_KEY = {one.key: one for one in KEY_FIGURES}


def key_figures(kart: ActorMap) -> dict[str, Value]:
    """Return all key figures of a map, by key."""
    seen = Seen(kart)
    return {one.key: one.of(seen) for one in KEY_FIGURES}
