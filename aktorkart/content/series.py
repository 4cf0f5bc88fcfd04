"""The same network at several dates: what has risen, fallen, or gone both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aktorkart.comparison.compare import compare
from aktorkart.content.key_numbers import KEY_NUMBERS, key_numbers
from aktorkart.content.topics import Topics
from aktorkart.errors import Problem, WrongArgument, language
from aktorkart.finding import MOST_NAMED, Coded, Finding, Period, finding
from aktorkart.i18n import period
from aktorkart.model import ActorMap, expect_map
from aktorkart.model.fields import first_day, has_begun, last_day
from aktorkart.privacy.shown import shown_together
from aktorkart.tables import headed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from aktorkart.comparison.compare import Change
    from aktorkart.tables import Cell, Table

TOLD = ("channels", "missing", "tellings", "needs", "cut_off", "gaps")
"""Numbers whose course is said in a sentence; the table has them all."""

OF_ACTORS = ("degree", "strength", "betweenness", "closeness")
"""Measures of each actor that the table of actors has."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Series:
    """Maps of the same network at several dates.

    Parameters
    ----------
    maps : tuple of ActorMap
        Those that have a date, the earliest first.
    undated : int
        How many maps were left out because they have none: nobody knows where they belong.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> first = ActorMap(date="2024", actors=[Actor(id="nav"), Actor(id="dps")])
    >>> later = first.with_(date="2026").with_tie(source="nav", target="dps")
    >>> found = series([later, first])
    >>> found.dates
    ('2024', '2026')
    >>> [numbers["channels"] for numbers in found.numbers]
    [0, 1]
    >>> found.findings[0].text("en").partition(". ")[0]
    'The number of ties that work has risen from each map to the next'
    """

    maps: tuple[ActorMap, ...] = field(repr=False)
    undated: int = 0

    def __len__(self) -> int:
        return len(self.maps)

    def __repr__(self) -> str:
        return f"Series({', '.join(self.dates)})"

    @property
    def dates(self) -> tuple[str, ...]:
        """The maps' dates, as they are written there."""
        return tuple(kart.date or "" for kart in self.maps)

    @cached_property
    def numbers(self) -> tuple[Mapping[str, float | None], ...]:
        """Each map's key numbers; None is not known, or not defined."""
        return tuple(key_numbers(topics) for topics in self._topics)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What has changed from each map to the next."""
        return tuple(compare(one, other) for one, other in pairwise(self.maps))

    @cached_property
    def _topics(self) -> tuple[Topics, ...]:
        return tuple(Topics(kart) for kart in self.maps)

    @property
    def findings(self) -> list[Finding]:
        """The course of what matters most, in sentences; they name nobody."""
        found = [self._course(key) for key in TOLD] if len(self) > 1 else []
        kept = [one for one in found if one is not None]
        if not kept:
            kept = [self._say("too_few", "unknown", len(self))]
        if self.undated:
            kept.append(self._say("undated", "unknown", self.undated))
        if len({kart.middle for kart in self.maps}) > 1:
            kept.append(self._say("other_middle", "unknown", len(self)))
        return kept

    def _say(self, case: str, level: str, n: int, **fields: Any) -> Finding:
        # A sentence that names nobody needs no actors either.
        numbers = {"n": n, **fields.pop("numbers", {})}
        return finding(ActorMap(), "series", case, level, numbers=numbers, **fields)

    def _course(self, key: str) -> Finding | None:
        """Say how a number has gone, where two maps or more have it."""
        known = [
            (date, value)
            for date, numbers in zip(self.dates, self.numbers, strict=True)
            if (value := numbers[key]) is not None
        ]
        if len(known) <= 1:
            return None
        values = tuple(value for _, value in known)
        words = {"first": Period(known[0][0]), "last": Period(known[-1][0])}
        numbers: dict[str, Any] = {"values": values}
        if len(values) > MOST_NAMED:
            numbers = {"start": values[0], "end": values[-1]}
            numbers |= {"low": min(values), "high": max(values)}
        behind = self._say(
            "values" if "values" in numbers else "range",
            "note",
            len(known),
            numbers=numbers,
            words=words,
        )
        what = {"what": Coded(f"key_number.{key}")}
        return self._say(_case(values), "note", len(known), words=what, more=(behind,))

    def text(self, lang: str | None = None) -> str:
        """Say how the numbers have gone, a line for each.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the last map's own, or bokmål, if left out.

        Returns
        -------
        str
            Plain sentences that name nobody. They say what was counted on each map, and
            nothing of what lies between two maps.
        """
        lang = self._language(lang)
        return "\n".join(found.text(lang) for found in self.findings)

    def table(self, lang: str | None = None) -> Table:
        """Return the key numbers as a table, a row for each map.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the last map's own, or bokmål, if left out.

        Returns
        -------
        Table
            The date, and a column for each of the key numbers.
        """
        lang = self._language(lang)
        rows = [
            (period(date, lang, short=True), *numbers.values())
            for date, numbers in zip(self.dates, self.numbers, strict=True)
        ]
        return headed(lang, rows, "date", *_numeric(KEY_NUMBERS), prefix="key_number")

    def to_frame(self) -> Any:
        """Return the key numbers as a tidy pandas DataFrame, a row for each map.

        Returns
        -------
        pandas.DataFrame
            The columns are ``date``, as written on the map, and the names of the key numbers.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        rows = [(date, *one.values()) for date, one in zip(self.dates, self.numbers, strict=True)]
        keys = _numeric(KEY_NUMBERS)
        return headed("en", rows, "date", *keys, prefix="key_number").to_frame()

    def actors_table(
        self, lang: str | None = None, *, names: bool | None = None, consent: str = "required"
    ) -> Table:
        """Return the measures of the actors as a table, a row for each actor on each map.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the last map's own, or bokmål, if left out.
        names : bool, optional
            True keeps names, False shows roles; roles around a person if left out.
        consent : {"required", "ignore"}
            Whether names of a map around a person need a consent that holds.

        Returns
        -------
        Table
            Date, actor and measures (METHOD 7). Who is on several maps has one name, or role.

        Raises
        ------
        NoConsent
            If names are asked for, and no consent holds.
        """
        lang = self._language(lang)
        if not self.maps:
            return headed(lang, (), *_ACTOR_KEYS, prefix="series.column")
        seen = shown_together(*self.maps, names=names, lang=lang, consent=consent)
        labels = [{actor.id: actor.label for actor in one.kart.actors} for one in seen]
        rows = [
            (period(self.dates[at], lang, short=True), labels[at][seen[at].ids[id_]], *values)
            for at, id_, values in self._actors()
        ]
        return headed(lang, rows, *_ACTOR_KEYS, prefix="series.column")

    def actors_frame(self) -> Any:
        """Return the same rows as a tidy pandas DataFrame, with ids and dates as written.

        It stays in memory, and keeps the ids of the maps; ``actors_table().to_frame()`` is what
        may be shown.

        Returns
        -------
        pandas.DataFrame
            With the columns ``date``, ``actor``, ``degree``, ``strength``, ``betweenness`` and
            ``closeness``.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        rows = [(self.dates[at], id_, *values) for at, id_, values in self._actors()]
        return headed("en", rows, *_ACTOR_KEYS, prefix="series.column").to_frame()

    def _actors(self) -> Iterator[tuple[int, str, tuple[Cell, ...]]]:
        """Return the measures of each actor on each map, by the map's place."""
        for at, topics in enumerate(self._topics):
            for id_ in topics.measures:
                of = topics.measures[id_]
                yield at, id_, tuple(getattr(of, name) for name in OF_ACTORS)

    def _language(self, lang: str | None) -> str:
        return language(lang, self.maps[-1].lang if self.maps else None)


def _case(values: Sequence[float]) -> str:
    """Say in a word how a number goes from each map to the next."""
    steps = {(after > before) - (after < before) for before, after in pairwise(values)}
    ways = steps - {0}
    if not ways:
        return "same"
    if len(ways) > 1:
        return "mixed"
    if 0 in steps:
        return "never_falling" if 1 in ways else "never_rising"
    return "rising" if 1 in ways else "falling"


_ACTOR_KEYS = ("date", "actor", *(f"{name}#" for name in OF_ACTORS))


def _numeric(keys: Sequence[str]) -> list[str]:
    return [f"{key}#" for key in keys]


def series(
    maps: ActorMap | Sequence[ActorMap], *, dates: Sequence[str | dt.date] | None = None
) -> Series:
    """Put maps of the same network in order of their dates.

    A file for each date is what people have: last year's map, copied and changed. So strengths
    and other judgements of several dates stand in a map each, and no map needs a list of
    judgements for every tie. When ties begin and end stands in one map; such a map is a series
    too, of what was in force at each of its periods.

    Parameters
    ----------
    maps : ActorMap or sequence of ActorMap
        Maps with dates, in any order; those without are left out, and counted. One map is
        taken at the first day of each of its periods (`ActorMap.periods`) up to its date.
    dates : sequence of str or datetime.date, optional
        Of one map: the dates to take it at instead.

    Returns
    -------
    Series
        The earliest first. Maps of the same date stand as they were given.

    Raises
    ------
    InvalidMap
        If one of the dates is none.
    WrongArgument
        If it is given something else than maps, or dates of several maps.

    Examples
    --------
    >>> import aktorkart as ak
    >>> kart = ak.examples.user_network()
    >>> found = ak.series(kart, dates=["2025-06", "2026-03"])
    >>> [numbers["channels"] for numbers in found.numbers]
    [10, 26]
    """
    if dates is not None and (isinstance(dates, str) or not isinstance(dates, Sequence)):
        raise WrongArgument(Problem(code="not_dates", values={"value": str(dates)}))
    if isinstance(maps, ActorMap):
        # What begins after the map's date is planned: nothing has risen or fallen yet.
        begun = (day for day in maps.periods() if has_begun(day, maps.date))
        taken = tuple(maps.at(day) for day in (begun if dates is None else dates))
    else:
        if isinstance(maps, str) or not isinstance(maps, Sequence):
            expect_map(maps)
        for one in maps:
            expect_map(one)
        if dates is not None:
            raise WrongArgument(Problem(code="dates_of_one_map", values={"n": len(maps)}))
        taken = tuple(maps)
    dated = [kart for kart in taken if kart.date is not None]
    return Series(
        maps=tuple(sorted(dated, key=_when)),
        undated=len(taken) - len(dated),
    )


def _when(kart: ActorMap) -> tuple[str, str]:
    """Return a key that sorts maps by date: a year means its last day, as everywhere."""
    date = kart.date or ""
    return last_day(date), first_day(date)
