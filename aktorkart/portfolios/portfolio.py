"""Many maps side by side: ``ak.portfolio``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from aktorkart.errors import language, one_of
from aktorkart.expected import expect, expect_if_given
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model.fields import FrozenDict
from aktorkart.network.chunks import each
from aktorkart.portfolios import portfolio_findings, portfolio_tables
from aktorkart.portfolios.gathering import Entry, gathered
from aktorkart.portfolios.key_figures import KEY_FIGURES
from aktorkart.portfolios.learning import lessons, shared
from aktorkart.portfolios.profile import profile
from aktorkart.portfolios.spread import spread
from aktorkart.portfolios.standing_out import Outlier, held, outside, quartiles
from aktorkart.privacy.consent import CHOICES
from aktorkart.privacy.shown import shown_together
from aktorkart.progress import listening, told

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Executor

    from aktorkart.errors import Problem
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.portfolios.gathering import Failure, Source
    from aktorkart.portfolios.learning import Lesson, Shared
    from aktorkart.portfolios.profile import Profile, Then
    from aktorkart.portfolios.spread import Spread
    from aktorkart.portfolios.standing_out import Fences
    from aktorkart.progress import Told
    from aktorkart.reports.pages import Report
    from aktorkart.tables import Table


@dataclass(frozen=True, kw_only=True)
class Member:
    """A map among others.

    Parameters
    ----------
    name : str
        What it is called: its file's name without date, its key, or its title; a number for a
        map around a person.
    label : str
        What it is called in sentences and tables.
    kart : ActorMap
        The map as it may be shown.
    group : str or None
        The folder it lies in, as a network of municipalities.
    values : mapping of str to float or None
        Its key figures.
    reasons : mapping of str to str
        Why key figures are None: code.
    then : Then or None
        What has changed since an earlier map, where there is one.
    """

    name: str
    label: str
    kart: ActorMap = field(repr=False)
    group: str | None
    values: Mapping[str, float | None] = field(hash=False, repr=False)
    reasons: Mapping[str, str] = field(hash=False, repr=False)
    then: Then | None = field(hash=False, repr=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class Portfolio:
    """Many maps side by side: how they differ, and what they can learn from each other.

    Parameters
    ----------
    lang : {"nb", "nn", "en", "sv"}
        The language, if no other is asked for.
    n : int
        The number of maps.
    share : bool
        Whether only what tells of nobody is kept: then members, standing_out and lessons are
        empty, and what few maps have is hidden.
    failures : tuple of Failure
        Those that could not be read, or whose consent does not hold.
    notes : tuple of Problem
        What is to be said of how the others were read.
    files : tuple of str
        The files that were read.
    spreads : tuple of Spread
        How each key figure is spread.
    shared : tuple of Shared
        What maps lack, and who has it.
    members : tuple of Member
        The maps, by name.
    alone : tuple of str
        Names of earlier maps that no later one goes with.
    standing_out : tuple of Outlier
        Who is far from the others, on which key figure, and how firmly.
    lessons : tuple of Lesson
        From whom each could learn what it lacks.

    See Also
    --------
    aktorkart.portfolio : Makes one.
    """

    lang: str
    n: int
    share: bool
    failures: tuple[Failure, ...] = field(repr=False)
    notes: tuple[Problem, ...] = field(repr=False)
    files: tuple[str, ...] = field(repr=False)
    spreads: tuple[Spread, ...] = field(repr=False)
    shared: tuple[Shared, ...] = field(repr=False)
    members: tuple[Member, ...] = field(default=(), repr=False)
    alone: tuple[str, ...] = field(default=(), repr=False)
    standing_out: tuple[Outlier, ...] = field(default=(), repr=False)
    lessons: tuple[Lesson, ...] = field(default=(), repr=False)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the maps are called in sentences and tables, by name."""
        return FrozenDict({one.name: one.label for one in self.members})

    @property
    def findings(self) -> list[Finding]:
        """What is worth saying, with the code ``portfolio``; their actors are names of maps."""
        return portfolio_findings.findings(self)

    def text(self, lang: str | None = None) -> str:
        """Say it, a line for each thing.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; its own if left out.

        Returns
        -------
        str
            Plain sentences.

        Raises
        ------
        UnknownName
            If there is no such language.
        """
        lang = language(lang, self.lang)
        return "\n".join(found.text(lang) for found in self.findings)

    def tables(self, lang: str | None = None) -> dict[str, Table]:
        """Return the numbers behind it.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; its own if left out.

        Returns
        -------
        dict of str to Table
            ``key_figures`` with their spread, ``unknown`` with why some have none, ``shared``
            and, unless it is made to be shared, ``standing_out``, ``learn`` (who has what
            others lack), ``lessons`` (map by map), ``changes``, ``turned`` (gaps closed and
            opened), ``groups``, and ``shape`` and ``work`` with the key figures of each map.
            Those without rows are left out.

        Raises
        ------
        UnknownName
            If there is no such language.
        """
        return portfolio_tables.tables(self, language(lang, self.lang))

    def report(self, lang: str | None = None, *, title: str | None = None) -> Report:
        """Write a report.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; its own if left out.
        title : str, optional
            The title; one of ours if left out.

        Returns
        -------
        Report
            Shows itself in a notebook; ``save`` writes it. The maps are drawn side by side,
            nine on a page, unless it is made to be shared.

        Raises
        ------
        UnknownName
            If there is no such language.
        WrongArgument
            If the title is no text.
        """
        from aktorkart.portfolios.portfolio_report import report

        expect_if_given("text", title=title)
        return report(self, language(lang, self.lang), title=title)

    def save(
        self, path: str | os.PathLike[str], *, lang: str | None = None, force: bool = False
    ) -> None:
        """Write the report to a file; the ending chooses the format.

        Parameters
        ----------
        path : str or path-like
            As for :meth:`Report.save`.
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; its own if left out.
        force : bool
            Whether figures beside it may replace pictures that no report has made.

        Raises
        ------
        UnknownName
            If there is no such language.
        UnsupportedFile
            For other endings.
        UnwritableFile
            If it cannot be written.
        """
        self.report(lang).save(path, force=force)


def portfolio(  # noqa: PLR0913 - keyword-only, and each has a default
    maps: Source,
    *,
    earlier: Source | None = None,
    lang: str | None = None,
    share: bool = False,
    consent: str = "required",
    today: dt.date | None = None,
    executor: Executor | None = None,
    progress: Told | None = None,
) -> Portfolio:
    """Set many maps side by side, as those of the municipalities in a learning network.

    Parameters
    ----------
    maps : path, mapping of str to ActorMap, or iterable of ActorMap or path
        A folder, in which every map is read, also in the folders below it; or maps. A map's
        name is its file's or its key, else its title. Maps of one name but for the date in it
        (``fjordvik-2025.yaml``), each with a date of its own, are the same at several times:
        the last counts, and is compared with the one before.
    earlier : path, mapping or iterable, optional
        The maps of last time, found again by name or else by title.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the one that most maps have if left out.
    share : bool
        Whether it is to be shared with others: then no map is named or drawn, what 1 to 4 maps
        have is hidden (as in `aktorkart.shareable`), and no value is shown that fewer than five
        maps are above or below.
    consent : {"required", "ignore"}
        Whether a map around a person whose consent does not hold is left out.
    today : datetime.date, optional
        The day to judge consents by; the clock's if left out.
    executor : concurrent.futures.Executor, optional
        Where the maps are worked on, as a ``ProcessPoolExecutor``; the result is the same.
    progress : callable, optional
        Called with "maps", how many of them are done, and of how many, each time one is.

    Returns
    -------
    Portfolio
        What is not there or cannot be read is among its ``failures`` and stops nothing.

    Raises
    ------
    UnknownName
        If there is no such language or way to treat consent.
    UnreadableFile
        If the folder is not there.
    WrongArgument
        If it is given something else.

    Notes
    -----
    A map stands out on a key figure, among five or more maps that have it, where it is more
    than one and a half times the distance between the quartiles beyond them (Tukey 1977), and
    at most one map in ten is so to that side. Whether firmly is tried on variants of that map,
    the others staying as they are (METHOD 7 and 8): 100 in which a tenth of its ties is left
    out, evenly from every kind, and for key figures that strength moves, 200 in which every
    strength is a step weaker, as it was or a step stronger. It is firm where it stood out in
    95 % of each. What is only counted on the map is not tried. Quartiles lie between two values
    in proportion (Hyndman & Fan 1996, type 7).

    A map could learn from another that has a strength where it has a gap, by the code and case
    of the analyses, or a working tie between two kinds of actors where it needs one and has
    none. A gap outweighs a strength of the same sort on the same map.

    Examples
    --------
    >>> import aktorkart as ak
    >>> one = ak.ActorMap(title="Lillevik", actors=[ak.Actor(id="nav"), ak.Actor(id="dps")])
    >>> other = one.with_tie(source="nav", target="dps").with_(title="Storvik")
    >>> found = portfolio([one, other])
    >>> [(lesson.name, lesson.matter, lesson.teachers) for lesson in found.lessons]
    [('Lillevik', 'whole', ('Storvik',))]
    """
    one_of(consent, CHOICES, option="consent")
    if lang is not None:
        lang = language(lang)
    expect("yes_or_no", share=share)
    expect_if_given("executor", executor=executor)
    expect_if_given("function", progress=progress)
    expect_if_given("day", today=today)
    found = gathered(maps, earlier, consent=consent, today=today)
    lang = lang or _usual([entry.kart for entry in found.entries])
    entries = _without_persons(found.entries, lang)
    with listening(progress):
        made = _profiles(entries, executor)
    spreads = [spread(figure.key, made) for figure in KEY_FIGURES]
    lacked = shared(made)
    n = len(entries)
    kept = Portfolio(
        lang=lang,
        n=n,
        share=share,
        failures=found.failures,
        notes=found.notes,
        files=found.files,
        spreads=tuple(one.hidden(n) if share else one for one in spreads),
        shared=tuple(one.hidden() if share else one for one in lacked),
    )
    if share:
        return kept
    return replace(
        kept,
        alone=found.alone,
        members=_members(entries, made),
        standing_out=_standing_out(entries, made, executor),
        lessons=lessons(lacked),
    )


def _usual(maps: Iterable[ActorMap]) -> str:
    """Return the language that most of the maps have, the first of our four among equals."""
    counts = Counter(kart.lang for kart in maps)
    return max(LANGUAGES, key=lambda lang: (counts[lang], -LANGUAGES.index(lang)))


def _without_persons(entries: Sequence[Entry], lang: str) -> list[Entry]:
    """Return the maps as they may be shown: one around a person has neither names nor a name."""
    kept = [one for one in entries if not _is_personal(one)]
    taken = {one.name for one in kept}
    # Neither may its number tell where its name stands in a list of names.
    personal = sorted(filter(_is_personal, entries), key=_digest)
    numbers = count(1)
    for entry in personal:
        called = next(
            one for n in numbers if (one := text("portfolio.map", lang, n=n)) not in taken
        )
        maps = [kart for kart in (entry.before, entry.kart) if kart is not None]
        *before, now = (one.kart for one in shown_together(*maps, names=False, lang=lang))
        kept.append(Entry(called, now, before[0] if before else None, label=called))
    return kept


def _is_personal(entry: Entry) -> bool:
    maps = (entry.before, entry.kart)
    return any(kart is not None and kart.scope == "individual" for kart in maps)


def _digest(entry: Entry) -> str:
    return sha256(entry.kart.model_dump_json().encode()).hexdigest()


def _nobody(phase: str, done: int, of: int) -> None:
    del phase, done, of


def _profiles(entries: Sequence[Entry], executor: Executor | None) -> dict[str, Profile]:
    """Take of each map what it is set beside others by, in the order of their names."""
    todo = [one.kart for one in entries], [one.before for one in entries]
    results = each(profile, *todo, executor=executor)
    made: dict[str, Profile] = {}
    for entry in entries:
        with listening(_nobody):  # what a single map takes is no phase of its own
            made[entry.name] = next(results)
        told("maps", len(made), len(entries))
    return made


def _members(entries: Sequence[Entry], made: Mapping[str, Profile]) -> tuple[Member, ...]:
    titles = Counter(entry.kart.title for entry in entries)
    found = []
    for entry in entries:
        title, values = entry.kart.title, made[entry.name].values
        numbers = {key: value.number for key, value in values.items()}
        reasons = {key: one.reason for key, one in values.items() if one.reason is not None}
        found.append(
            Member(
                name=entry.name,
                label=entry.label or (title if title and titles[title] == 1 else entry.name),
                kart=entry.kart,
                group=entry.group,
                values=FrozenDict(numbers),
                reasons=FrozenDict(reasons),
                then=made[entry.name].then,
            )
        )
    return tuple(found)


def _standing_out(
    entries: Sequence[Entry], made: Mapping[str, Profile], executor: Executor | None
) -> tuple[Outlier, ...]:
    """Find who is far from the others, key figure by key figure, and try how firmly."""
    maps = {entry.name: entry.kart for entry in entries}
    found: list[tuple[str, str, str, Fences, float]] = []
    for figure in KEY_FIGURES:
        values = {name: one.values[figure.key].number for name, one in made.items()}
        known = {name: number for name, number in values.items() if number is not None}
        fences, sides = outside(known)
        if fences is not None:
            median = quartiles(list(known.values()))[1]
            found += [(name, figure.key, side, fences, median) for name, side in sides.items()]
    todo = (
        [maps[name] for name, *_ in found],
        [key for _, key, *_ in found],
        [fences for *_, fences, _ in found],
        [side for _, _, side, *_ in found],
    )
    counts = each(held, *todo, executor=executor)
    return tuple(
        Outlier(
            name=name,
            figure=key,
            value=made[name].values[key].number or 0.0,
            median=median,
            side=side,
            held=FrozenDict(dict(tried)),
        )
        for (name, key, side, _, median), tried in zip(found, counts, strict=True)
    )
