"""One map in parts, or several maps: a panel for each, everyone in the same place on all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aktorkart.comparison.views import informant_of
from aktorkart.i18n import capital, period, text
from aktorkart.model.actormap import retied
from aktorkart.model.fields import has_begun, has_ended
from aktorkart.model.vocabulary import TIE_KINDS
from aktorkart.scene.change import joined
from aktorkart.scene.lanes import band, bands_of
from aktorkart.scene.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.model import ActorMap, Tie

WAYS = ("kind", "informant", "level", "period")
"""What the ties of one map can be parted by."""

MOST = 9
"""Panels on a page: more could not be read."""

_BETWEEN = "between"
_YEAR, _MONTH = 4, 7


@dataclass(frozen=True)
class Panel:
    """A part: what it is called, and the map with its ties alone."""

    name: str
    kart: ActorMap

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The ties that are there, whatever their state: not those that are needed."""
        return tuple(tie for tie in self.kart.ties_in_force if not tie.needed)

    @cached_property
    def tied(self) -> frozenset[str]:
        """Those who have a tie in it, or need one."""
        return frozenset(end for tie in self.kart.ties_in_force for end in tie.ends)


@dataclass(frozen=True, kw_only=True)
class Part(Scene):
    """A panel's part of the map, on which whoever has no tie is only a place."""

    whole: ActorMap

    @property
    def lit(self) -> frozenset[str]:
        """Those who have a tie here."""
        return frozenset(end for tie in self.kart.ties_in_force for end in tie.ends)

    @property
    def unnamed(self) -> frozenset[str]:
        """Those whose name is not written."""
        return frozenset(self.places) - self.lit

    @cached_property
    def unknown_dashes(self) -> tuple[float, ...]:
        """Return the dashes of a tie of unknown strength, the same on every panel."""
        known = any(tie.strength is not None for tie in self.whole.ties_in_force)
        return (7.0, 2.5) if known else ()

    def fills(self, id_: str) -> list[tuple[str, int | str | None]]:
        """Return the fill of a mark: none where it is only a place."""
        return [(self.style.neutral if id_ in self.lit else self.style.background, None)]

    def radii(self) -> dict[str, float]:
        """Return each mark's radius: small where it is only a place."""
        least, most = (radius * self.scale for radius in self.style.node_radius)
        return {id_: (1.15 * most if id_ in self.lit else 0.7 * least) for id_ in self.places}


def parts(kart: ActorMap, by: str, lang: str) -> tuple[list[Panel], int]:
    """Part the ties of a map that may be shown; return the panels, and how many are left out."""
    if by == "period":
        return _periods(kart, lang)
    groups: dict[str, list[Tie]] = {name: [] for name in _order(kart, by)}
    for tie in kart.ties_in_force:
        groups[_group(kart, tie, by)].append(tie)
    there = {name: ties for name, ties in groups.items() if ties}
    largest = sorted(there, key=lambda name: -len(there[name]))[:MOST]
    return [
        Panel(_name(kart, by, name, lang), retied(kart, ties))
        for name, ties in there.items()
        if name in largest
    ], len(there) - len(largest)


def _order(kart: ActorMap, by: str) -> list[str]:
    if by == "kind":
        found = {tie.kind for tie in kart.ties_in_force}
        return [*(kind for kind in TIE_KINDS if kind in found), *sorted(found - {*TIE_KINDS})]
    if by == "level":
        return [*bands_of(kart), _BETWEEN]
    return sorted(
        {_group(kart, tie, by) for tie in kart.ties_in_force}, key=lambda one: (not one, one)
    )


def _group(kart: ActorMap, tie: Tie, by: str) -> str:
    if by == "kind":
        return tie.kind
    if by == "level":
        one, other = (band(kart, end) for end in tie.ends)
        return one if one == other else _BETWEEN
    return informant_of(kart, tie) or ""


def _name(kart: ActorMap, by: str, name: str, lang: str) -> str:
    if by == "kind":
        return capital(kart.tie_kind_name(name, lang))
    if by == "level":
        code = "figure.small_between" if name == _BETWEEN else f"level.{name}"
        return capital(text(code, lang))
    if not name:
        return capital(text("figure.no_group", lang))
    return kart[name].label if name in kart else name


def _periods(kart: ActorMap, lang: str) -> tuple[list[Panel], int]:
    """Return the map at the end of each year, or month, in which something begins or ends.

    The one in which the map's date lies is shown as on that date.
    """
    dates = [when for tie in kart.ties for when in (tie.since, tie.until) if when]
    if kart.date:
        # What is planned for later is not yet so.
        dates = [when for when in (*dates, kart.date) if has_begun(when, kart.date)]
    unit = _YEAR if len({when[:_YEAR] for when in dates}) > 1 else _MONTH
    times = sorted({when[:unit] for when in dates})
    left_out = max(0, len(times) - MOST)
    if left_out:
        # As evenly as can be, the first and the last among them.
        times = [times[round(at * (len(times) - 1) / (MOST - 1))] for at in range(MOST)]
    return [
        Panel(
            period(when, lang),
            retied(
                kart.with_(date=None),
                [
                    tie
                    for tie in kart.ties
                    if tie.in_force(when if has_ended(when, kart.date) else kart.date)
                ],
            ),
        )
        for when in times
    ], left_out


def several(maps: Sequence[ActorMap], lang: str) -> list[Panel]:
    """Return a panel for each map, called by its date where all have one of their own."""
    dates = [kart.date for kart in maps]
    dated = None not in dates and len({*dates}) == len(dates)
    titles = Counter(kart.title for kart in maps)
    return [
        Panel(
            period(kart.date, lang)
            if dated and kart.date
            else kart.title
            if kart.title and titles[kart.title] == 1
            else text("figure.small_map", lang, n=place),
            kart,
        )
        for place, kart in enumerate(maps, start=1)
    ]


def whole(maps: Sequence[ActorMap]) -> ActorMap:
    """Return everyone and every tie of several maps as one, to place them by."""
    made = maps[0]
    for kart in maps[1:]:
        made = joined(made, kart, [_plain(tie) for tie in made.ties_in_force])
    return made


def _plain(tie: Tie) -> Tie:
    """Return a tie of another map, whose strength may be on another scale."""
    return tie.model_copy(update={"since": None, "until": None, "strength": None})


def numbered(kart: ActorMap, numbers: Mapping[str, int]) -> ActorMap:
    """Return a map to be drawn with numbers in place of names."""
    actors = tuple(
        actor.model_copy(update={"name": str(numbers[actor.id])}) for actor in kart.actors
    )
    made = retied(kart, kart.ties)
    made.__dict__["actors"] = actors
    return made
