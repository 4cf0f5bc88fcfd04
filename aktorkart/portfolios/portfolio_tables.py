"""The numbers behind many maps side by side, as tables."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from aktorkart.finding import MOST_NAMED
from aktorkart.i18n import capital, listing, period, sort_key, text
from aktorkart.portfolios.key_figures import BY_KEY, SHAPE
from aktorkart.portfolios.standing_out import quartiles
from aktorkart.tables import Column, Table, columns, headed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aktorkart.portfolios.learning import Lesson, Shared
    from aktorkart.portfolios.portfolio import Member, Portfolio
    from aktorkart.tables import Cell

_T = TypeVar("_T")

WORK = tuple(key for key in BY_KEY if key not in SHAPE)
"""Key figures of how a map works."""

_OF_GROUPS = ("alone", "tellings", "needs", "coordinator", "voice")
"""Key figures that groups of maps are set side by side by."""

_PREFIX = "portfolio.column"


def tables(found: Portfolio, lang: str) -> dict[str, Table]:
    """Return every table that has rows, by key."""
    made = {key: make(found, lang) for key, make in _TABLES.items()}
    return {key: table for key, table in made.items() if len(table)}


def figure_name(key: str, lang: str) -> str:
    """Return what a key figure is called where it stands alone; shares say that they are so."""
    name = capital(text(f"portfolio.figure.{key}", lang))
    return f"{name} (%)" if BY_KEY[key].percent else name


def phrase(one: Shared | Lesson, level: str, lang: str) -> str:
    """Return what is lacked (``gap``) or had (``strength``)."""
    kinds = {
        name: text(f"kind.{kind}", lang)
        for name, kind in zip(("one", "other"), one.kinds, strict=False)
    }
    return capital(text(f"portfolio.{level}.{one.matter}", lang, **kinds))


def _key_figures(found: Portfolio, lang: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            figure_name(one.figure, lang),
            *(one.least, one.low, one.median, one.high, one.most),
            text("share.hidden", lang) if one.n is None else one.n,
        )
        for one in found.spreads
        if one.n != 0
    ]
    keys = ("figure", "least#", "low#", "median#", "high#", "most#", "n#")
    return _short(headed(lang, rows, *keys, prefix=_PREFIX))


def _short(table: Table) -> Table:
    """Show one decimal: more would say nothing of how people work together."""
    return replace(table, columns=tuple(replace(one, digits=1) for one in table.columns))


def _unknown(found: Portfolio, lang: str) -> Table:
    rows = [
        (figure_name(one.figure, lang), text(f"portfolio.reason.{reason}", lang), n)
        for one in found.spreads
        for reason, n in one.reasons.items()
    ]
    return headed(lang, rows, "figure", "reason", "maps#", prefix=_PREFIX)


def _shared(found: Portfolio, lang: str) -> Table:
    hidden = text("share.hidden", lang)
    rows: list[tuple[Cell, ...]] = [
        (
            phrase(one, "gap", lang),
            *(hidden if n is None else n for n in (one.n_lacking, one.n_having, one.n_unknown)),
        )
        for one in sorted(_of_several(found), key=lambda one: -(one.n_lacking or 0))
    ]
    return headed(lang, rows, "gap", "lacking#", "having#", "unknown#", prefix=_PREFIX)


def _of_several(found: Portfolio) -> list[Shared]:
    """Return the matters, and the ties that more maps than one lack."""
    some = found.shared if found.n > 1 else ()
    return [one for one in some if not one.kinds or one.n_lacking is None or one.n_lacking > 1]


def _standing_out(found: Portfolio, lang: str) -> Table:
    def tried(held: tuple[int, int] | None) -> Cell:
        if held is None:
            return None
        return text("report.held", lang, held=held[0], variants=held[1])

    rows = [
        (
            found.labels[one.name],
            figure_name(one.figure, lang),
            one.value,
            one.median,
            tried(one.held.get("ties_missing")),
            tried(one.held.get("steps")),
            one.firm,
        )
        for one in sorted(
            found.standing_out, key=lambda one: (one.firm is not True, [*BY_KEY].index(one.figure))
        )
    ]
    keys = ("map", "figure", "value#", "median#", "ties_missing", "steps", "firm")
    return _short(headed(lang, rows, *keys, prefix=_PREFIX))


def _names(names: Sequence[str], found: Portfolio, lang: str) -> str:
    """Name as many maps as can be read, and count the others."""
    told = sorted((found.labels[name] for name in names), key=lambda name: sort_key(name, lang))
    if len(told) > MOST_NAMED:
        rest = len(told) - MOST_NAMED + 1
        told = [*told[: MOST_NAMED - 1], text("common.more", lang, n=rest)]
    return listing(told, lang)


def _learn(found: Portfolio, lang: str) -> Table:
    rows = [
        (phrase(one, "strength", lang), _names(one.having, found, lang), one.n_lacking)
        for one in _of_several(found)
        if one.having
    ]
    return headed(lang, rows, "strength", "teachers", "lacking#", prefix=_PREFIX)


def _lessons(found: Portfolio, lang: str) -> Table:
    rows = [
        (
            found.labels[one.name],
            phrase(one, "gap", lang),
            _names(one.teachers, found, lang),
        )
        for one in _sorted(found.lessons, lambda one: found.labels[one.name], lang)
    ]
    return headed(lang, rows, "map", "gap", "teachers", prefix=_PREFIX)


def _changes(found: Portfolio, lang: str) -> Table:
    rows = [
        (
            one.label,
            period(one.then.when, lang, short=True) if one.then.when else None,
            *(one.then.gained, one.then.lost, one.then.stronger, one.then.weaker),
        )
        for one in _by_label(found, lang)
        if one.then is not None
    ]
    keys = ("map", "when", "gained#", "lost#", "stronger#", "weaker#")
    return headed(lang, rows, *keys, prefix=_PREFIX)


def _turned(found: Portfolio, lang: str) -> Table:
    def said(keys: Iterable[str], level: str) -> str | None:
        words = [text(f"portfolio.{level}.{key}", lang) for key in keys]
        return capital("; ".join(words)) or None

    rows = [
        (one.label, said(one.then.closed, "strength"), said(one.then.opened, "gap"))
        for one in _by_label(found, lang)
        if one.then is not None and (one.then.closed or one.then.opened)
    ]
    return headed(lang, rows, "map", "closed", "opened", prefix=_PREFIX)


def _groups(found: Portfolio, lang: str) -> Table:
    members = sorted(
        (one for one in found.members if one.group), key=lambda one: sort_key(one.group or "", lang)
    )
    rows: list[tuple[Cell, ...]] = []
    for group, ones in groupby(members, key=lambda one: one.group):
        some = list(ones)
        values = [[one.values[key] for one in some] for key in _OF_GROUPS]
        known = [[number for number in each if number is not None] for each in values]
        middle = [quartiles(each)[1] if each else None for each in known]
        rows.append((group, len(some), *middle))
    first = columns(lang, "group", "maps#", prefix=_PREFIX)
    return Table(columns=(*first, *_figures(_OF_GROUPS, lang)), rows=tuple(rows), lang=lang)


def _of_maps(keys: Sequence[str]) -> Callable[[Portfolio, str], Table]:
    def made(found: Portfolio, lang: str) -> Table:
        rows = [(one.label, *(one.values[key] for key in keys)) for one in _by_label(found, lang)]
        first = columns(lang, "map", prefix=_PREFIX)
        return Table(columns=(*first, *_figures(keys, lang)), rows=tuple(rows), lang=lang)

    return made


def _figures(keys: Iterable[str], lang: str) -> tuple[Column, ...]:
    return tuple(
        Column(key=key, title=text(f"portfolio.short.{key}", lang), digits=1, numeric=True)
        for key in keys
    )


def _by_label(found: Portfolio, lang: str) -> list[Member]:
    return _sorted(found.members, lambda one: one.label, lang)


def _sorted(items: Iterable[_T], label: Callable[[_T], str], lang: str) -> list[_T]:
    return sorted(items, key=lambda one: sort_key(label(one), lang))


_TABLES: dict[str, Callable[[Portfolio, str], Table]] = {
    "key_figures": _key_figures,
    "unknown": _unknown,
    "shared": _shared,
    "standing_out": _standing_out,
    "learn": _learn,
    "lessons": _lessons,
    "changes": _changes,
    "turned": _turned,
    "groups": _groups,
    "shape": _of_maps(SHAPE),
    "work": _of_maps(WORK),
}
"""In the order of a report."""
