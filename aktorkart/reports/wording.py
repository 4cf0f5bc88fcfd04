"""What the writers of a report have in common: its headings, sentences, captions and notes."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from aktorkart import __version__
from aktorkart.comparison.sides import order
from aktorkart.files.carried import told as told_carried
from aktorkart.i18n import capital, has_text, integer, listing, number, period, text
from aktorkart.reports.sections import worth_showing
from aktorkart.reports.worth_drawing import too_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap, Tie
    from aktorkart.reports.pages import Report
    from aktorkart.reports.sections import Section
    from aktorkart.tables import Table

MOST_ALIKE = 3
"""So many findings of one case are said in a section; the JSON has them all."""

SIGNS = {"strength": "✓", "gap": "!", "unknown": "?", "note": ""}
"""What stands before a sentence, by what it means for the reader."""

_MOST_COLUMNS = 8
"""A table with more is cut in two, so that it goes on an upright page."""

_OF_AN_ACTOR = ("centrality", "coordinator", "drop_out", "bridges")
"""Analyses that find something about an actor because of the ties it has."""

_MOST_TIES = 8
"""So many ties are listed behind a sentence; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sentence, what it means for the reader, and the ties behind it."""

    text: str
    level: str
    why: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """What stands before it."""
        return SIGNS[self.level]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A figure, by its key, with its number and what it shows."""

    key: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class Tabled:
    """A table, or a piece of one, with its number and what it shows."""

    table: Table
    caption: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """What stands under a heading: own words, sentences, then figures, then tables."""

    code: str
    part: str
    heading: str
    """Of the part, where this is the first of it."""
    title: str
    paragraphs: tuple[str, ...]
    lead: str
    lines: tuple[Line, ...]
    figures: tuple[Drawn, ...]
    tables: tuple[Tabled, ...]
    see: str


def told(section: Section) -> list[Finding]:
    """Return the findings of a section that are said, where many are alike."""
    seen: Counter[Any] = Counter()
    found = []
    for one in section.findings:
        # What is filled in once answers all that asks for it.
        asks = one.level == "unknown" and one.field is not None
        # "No longer so" is said of one thing after the other: what they are counts.
        what = one.more[0] if one.code == "compared" and one.more else one
        kind = one.field if asks else (what.code, what.case)
        seen[kind] += 1
        if seen[kind] <= (1 if asks else MOST_ALIKE):
            found.append(one)
    return found


def behind(kart: ActorMap, found: Finding) -> list[Tie]:
    """Return the ties behind a finding: its own, or those of the actor that it is about.

    What the user has to tell is behind the number of tellings.
    """
    if found.ties:
        keys = {(frozenset(key[:2]), key[2]) for key in found.ties}
        own = [tie for tie in kart.ties if (frozenset(tie.ends), tie.kind) in keys]
        return sorted(own, key=_in_order)
    if found.code == "tellings":
        told = {frozenset((kart.user, one)) for one in found.actors}
        ties = [tie for tie in kart.channels if frozenset(tie.ends) in told]
    else:
        first = found.actors[0] if found.actors and found.code in _OF_AN_ACTOR else None
        ties = [] if first is None else [tie for tie in kart.channels if first in tie.ends]
    return sorted(ties, key=_in_order)


def _in_order(tie: Tie) -> tuple[Any, ...]:
    """Return what ties are sorted by: who it is between, and then whatever tells two apart."""
    return tie.key, order(tie)


def _tabled(section: Section) -> bool:
    """Tell whether the ties that a section names stand in a table, or on the map beside it."""
    return "changed_ties" in section.see or "change" in section.figures


def titled(kart: ActorMap, kind: str, key: str, lang: str) -> str:
    """Say what a figure or a table is, and whom it leaves out, where it does."""
    code = f"report.{kind}.{key}"
    if key in {"ranking", "centrality"} and kart.middle is not None:
        return text(f"{code}_apart", lang, middle=kart[kart.middle].label)
    return text(code, lang)


def _heading(part: str, lang: str) -> str:
    """Return what stands above a part; a report on a change has sections for parts."""
    code = f"report.part.{part}"
    return text(code if has_text(code) else f"report.section.{part}", lang)


def pieces_of(table: Table) -> list[Table]:
    """Cut a table that is too wide for an upright page; the first column stands in each piece."""
    first, *rest = (column.key for column in table.columns)
    pieces = math.ceil(len(rest) / (_MOST_COLUMNS - 1))
    if pieces <= 1:
        return [table]
    each = math.ceil(len(rest) / pieces)
    return [table.of([first, *rest[at : at + each]]) for at in range(0, len(rest), each)]


def facts_of(
    kart: ActorMap, lang: str, *, earlier: ActorMap | None = None, roles: bool = False
) -> list[str]:
    """Say what a map is about: scope, date, focal actor, that roles are shown."""
    scope = text(f"scope.{kart.scope}", lang)
    found = [capital(scope)]
    if kart.date is not None:
        code = "date" if kart.date.count("-") > 1 else "date_last_day"
        found.append(text(f"report.fact.{code}", lang, value=period(kart.date, lang)))
    if earlier is not None:
        was = earlier.date
        code = "earlier" if was is not None else "earlier_undated"
        value = period(was, lang) if was is not None else None
        found.append(text(f"report.fact.{code}", lang, value=value))
    if kart.focal is not None:
        found.append(text("report.fact.focal", lang, value=kart[kart.focal].label))
    if roles:
        found.append(text("report.roles_shown", lang))
    return found


@dataclass(frozen=True)
class Wording:
    """The words of a report, in its language."""

    report: Report

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What it says, in the order of reading."""
        found: list[Block] = []
        for section in self.report.sections:
            new = not found or found[-1].part != section.part
            found.append(self._block(section, new=new))
        return tuple(found)

    def _block(self, section: Section, *, new: bool) -> Block:
        lang = self.report.lang
        code = section.code
        titled = code != section.part and has_text(f"report.section.{code}")
        return Block(
            code=code,
            part=section.part,
            heading=_heading(section.part, lang) if new else "",
            title=section.title or (text(f"report.section.{code}", lang) if titled else ""),
            paragraphs=section.text,
            lead=self._lead(section),
            lines=tuple(self._lines(section)),
            figures=tuple(
                Drawn(key=key, caption=self._caption("figure", key)) for key in section.figures
            ),
            tables=tuple(one for key in section.tables for one in self._tables(key)),
            see=self._see(section),
        )

    def _lines(self, section: Section) -> Iterator[Line]:
        lang = self.report.lang
        for opening, alike in groupby(told(section), key=self._opening):
            several = [*alike]
            if self.report.easy:
                for found in several:
                    yield from (Line(text=words, level=found.level) for words in found.easy(lang))
            elif opening is None or len(several) == 1:
                yield from (self._line(section, found) for found in several)
            else:
                # What several begin with is said once, before them.
                yield Line(text=opening, level=several[0].level)
                for found in several:
                    line = self._line(section, found)
                    yield replace(line, text=line.text.removeprefix(opening).lstrip())

    def _line(self, section: Section, found: Finding) -> Line:
        lang = self.report.lang
        if section.brief:
            return Line(text=found.brief(lang), level=found.level)
        why = () if _tabled(section) else self._why(found)
        return Line(text=found.text(lang), level=found.level, why=why)

    def _opening(self, found: Finding) -> str | None:
        """Return what a finding begins with, where it says another one: "No longer so:"."""
        begins = replace(found, more=()).text(self.report.lang) if found.more else ""
        return begins if begins.endswith(":") else None

    def _why(self, found: Finding) -> tuple[str, ...]:
        ties = behind(self.report.kart, found)
        lines = [self._tie(tie) for tie in ties[:_MOST_TIES]]
        if len(ties) > _MOST_TIES:
            lines.append(text("common.more", self.report.lang, n=len(ties) - _MOST_TIES))
        return tuple(lines)

    def _tie(self, tie: Tie) -> str:
        kart, lang = self.report.kart, self.report.lang
        sign = "–" if tie.mutual else "→"
        about = [kart.tie_kind_name(tie.kind, lang)]
        if tie.strength is not None:
            about.append(text("report.why.strength", lang, value=number(tie.strength, lang)))
        if tie.quality is not None and tie.quality != "good":
            about.append(text(f"quality.{tie.quality}", lang))
        if tie.needed:
            about.append(text("report.why.needed", lang))
        return f"{kart[tie.source].label} {sign} {kart[tie.target].label}: {', '.join(about)}"

    def _lead(self, section: Section) -> str:
        if section.code == "definitions" or "references" in section.tables:
            return self.report.methods.text
        codes = [f"report.lead.{key}" for key in section.tables]
        return next((text(code, self.report.lang) for code in codes if has_text(code)), "")

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The numbers of figures and tables, by kind and key."""
        found: dict[tuple[str, str], int] = {}
        for kind in ("figure", "table"):
            keys = (key for section in self.report.sections for key in getattr(section, f"{kind}s"))
            found |= {(kind, key): at for at, key in enumerate(keys, start=1)}
        return found

    def _caption(self, kind: str, key: str) -> str:
        lang = self.report.lang
        n = integer(self.numbers[kind, key], lang)
        figure = kind == "figure"
        title = self.report.caption(key) if figure else titled(self.report.kart, "table", key, lang)
        return text(f"report.caption.{kind}", lang, n=n, title=title)

    def _tables(self, key: str) -> Iterator[Tabled]:
        """Return a table, in pieces that are narrow enough for a page."""
        pieces = pieces_of(self.report.tables[key])
        for at, piece in enumerate(pieces, start=1):
            caption = self._caption("table", key)
            if len(pieces) > 1:
                caption = text(
                    "report.caption.piece", self.report.lang, caption=caption, at=at, of=len(pieces)
                )
            yield Tabled(table=piece, caption=caption)

    def _see(self, section: Section) -> str:
        """Say in which tables of the appendix the numbers stand, and what is not drawn."""
        return " ".join(filter(None, (self._tables_to_see(section), self._too_small(section))))

    def _tables_to_see(self, section: Section) -> str:
        lang = self.report.lang
        there = [
            self.numbers["table", key] for key in section.see if ("table", key) in self.numbers
        ]
        if not there:
            return ""
        numbers = listing([integer(n, lang) for n in there], lang)
        return text("report.see", lang, n=len(there), tables=numbers)

    def _too_small(self, section: Section) -> str:
        """Say which figures are left out because nobody could read them on a page."""
        kart, lang = self.report.kart, self.report.lang
        counts = {key: too_small(key, kart) for key in worth_showing(kart, section.code)}
        left = [key for key, n in counts.items() if n and key not in section.figures]
        if not left:
            return ""
        titles = (text("common.quoted", lang, value=text(f"report.figure.{k}", lang)) for k in left)
        keys, n = f" {text('common.or', lang)} ".join(left), max(filter(None, counts.values()))
        return text("report.too_small", lang, n=n, figures=listing(titles, lang), keys=keys)

    @property
    def of_map(self) -> list[str]:
        """What stands under the title: scope, date, focal actor, that roles are shown."""
        report = self.report
        return facts_of(report.kart, report.lang, earlier=report.earlier, roles=report.roles)

    @property
    def remarks(self) -> list[str]:
        """What stands on top: exemption, consent, and the maker's remark if it is short."""
        report = self.report
        found = [text("report.exempt", report.lang)] if report.exempt else []
        found += [report.consent.text(report.lang)] if report.consent is not None else []
        note = report.kart.note
        return [*found, note] if note and len(note) <= _SHORT_NOTE else found

    @property
    def about_map(self) -> list[str]:
        """What ends the appendix: a long remark of the maker's, and where the map comes from."""
        kart = self.report.kart
        if all(section.part != "appendix" for section in self.report.sections):
            return []
        found = [kart.note] if kart.note and len(kart.note) > _SHORT_NOTE else []
        if kart.source:
            found.append(text("report.fact.source", self.report.lang, value=kart.source))
        return found

    @property
    def footer(self) -> str:
        """Say how many findings are left out, and what the report was made with."""
        report = self.report
        found = [text("report.made_with", report.lang, version=__version__)]
        left_out = sum(
            len(one.findings) - len(told(one))
            for one in report.sections
            if one.part != "lacking"  # a table has them all
        )
        if left_out:
            found.insert(0, text("report.more_alike", report.lang, n=left_out))
        return " ".join(found)

    @property
    def carried(self) -> str:
        """Say that the map is in the file, where it is."""
        maps = [one for one in (self.report.earlier, self.report.kart) if one is not None]
        return told_carried(maps, self.report.lang) if self.report.embed else ""

    @property
    def key(self) -> str:
        """Say what the signs before the sentences mean."""
        return text("report.signs", self.report.lang, **SIGNS)


_SHORT_NOTE = 160
"""A remark of so many signs stands on the first page; a longer one at the end."""
