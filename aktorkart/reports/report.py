"""Reports: what a map says, in one order for all formats.

First what it means for the user, then what is missing, then what works, then the tables.
"""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.content import Topics, of_level
from aktorkart.content.methods import written
from aktorkart.content.strong_ties import strong_ties
from aktorkart.errors import language
from aktorkart.i18n import text
from aktorkart.model import expect_map
from aktorkart.privacy import shown
from aktorkart.privacy.consent import lacking
from aktorkart.reports.pages import Report, Section
from aktorkart.reports.report_tables import tables_of
from aktorkart.reports.worth_drawing import WORTH_DRAWING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.tables import Table


_FOR_THE_USER = ("tellings", "one_door", "coordinator", "drop_out", "coverage", "user_voice")
"""Analyses whose answers matter most to the person it is about, in this order."""

_OF_ANY_MAP = ("contents", "centrality", "bridges", "cohesion", "reach", "arenas", "informants")
"""Topics that have sections of their own."""

_BETWEEN_SERVICES = (
    ("content", "needed"),
    ("content", "troubled"),
    ("cohesion", "unlinked"),
    ("arenas", "meet_nowhere"),
)
"""What other topics find of gaps between services; it is told under that heading."""

_SUMMARY = (
    ("content", "empty"),
    ("content", "holds"),
    ("tellings", None),
    ("centrality", "broker"),
    ("centrality", "broker_apart"),
    ("centrality", "shared_broker"),
    ("centrality", "shared_broker_apart"),
    ("coordinator", None),
    ("drop_out", None),
    ("coverage", None),
    ("bridges", "cut_points"),
    ("reach", "isolates"),
    ("reach", "pieces"),
    ("cohesion", "inward"),
    ("cohesion", "outward"),
)
"""What a reader with one minute should know, in this order; None is the first of an analysis."""

_MOST_IN_SUMMARY = 7

_BESIDE_FINDINGS = {"informants": "disagreement", "next_steps": "missing"}
"""Figures of sections that have no table: they show what the sentences are about."""

_FIGURES = {
    "centrality": ("ranking",),
    "cohesion": ("levels", "matrix"),
    "arenas": ("arenas",),
    "stakeholders": ("linkages", "influence", "salience", "priorities"),
    "publics": ("publics",),
    "toolbox": ("goals",),
    "scales": ("stages",),
}
_OVER_TIME = ("timeline", "pathway")
"""Figures that have a section of their own, where a person's map has dates."""

_TABLES = {
    "stakeholders": ("linkages", "priorities", "cooperation", "communication"),
    "publics": ("publics",),
    "toolbox": ("goals", "plan", "checklist"),
    "scales": ("scales", "support"),
}


def report(  # noqa: PLR0913 - keyword-only, and each has a default
    kart: ActorMap,
    *,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    today: dt.date | None = None,
    exempt: bool = False,
    arenas: str = "actors",
) -> Report:
    """Write a report on a map.

    Parameters
    ----------
    kart : ActorMap
        The map.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out, else Norwegian bokmål.
    names : bool, optional
        True shows names, False shows roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds. What is wrong with it
        stands on top of the report either way.
    today : datetime.date, optional
        The day to judge the consent by; SOURCE_DATE_EPOCH's or the clock's if left out.
    exempt : bool
        Whether to say on top that it is exempt from public disclosure (offentleglova § 13,
        forvaltningsloven § 13).
    arenas : {"actors", "links", "out"}
        What an arena is where something is measured, as for `aktorkart.measures`.

    Returns
    -------
    Report
        Shows itself in a notebook; ``save`` writes it.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language, or arenas can be no such thing.
    WrongArgument
        If it is given something else than a map.

    Examples
    --------
    >>> import aktorkart as ak
    >>> print(ak.report(ak.examples.two_brokers(), lang="en")["centrality"].rows[0][0])
    strong
    """
    expect_map(kart)
    lang = language(lang, kart.lang)
    hidden = shown(kart, names=names, lang=lang, consent=consent, today=today)
    seen = hidden.kart
    topics = Topics(seen, arenas)
    told = written(topics, topics.measures, lang)
    tables = tables_of(topics, lang)
    if seen.actors:
        tables["references"] = told.table()
    return Report(
        title=seen.title or text("report.default_title", lang),
        lang=lang,
        sections=_sections(topics, tables),
        tables=MappingProxyType(tables),
        kart=seen,
        measures=topics.measures,
        methods=told,
        roles=seen is not kart,
        notes=hidden.notes,
        consent=lacking(kart, today=today),
        exempt=exempt,
    )


def _sections(topics: Topics, tables: Mapping[str, Table]) -> tuple[Section, ...]:
    kart = topics.kart
    care = topics.held.beside(topics.about("care"))
    for_the_user = [found for found in care if found.code in _FOR_THE_USER]
    rest = [found for found in care if found.code not in _FOR_THE_USER]
    judged = topics.about("stakeholders", "toolbox")
    of_map = {topic: topics.about(topic) for topic in _OF_ANY_MAP}
    between = [found for found in chain(*of_map.values()) if _is_between(found)]
    told = {
        "user": [found for found in for_the_user if found.level != "unknown"],
        "gaps": [*between, *of_level(rest, "gap")],
        "next_steps": topics.about("next_steps"),
        "strengths": of_level([*rest, *judged], "strength") or strong_ties(kart),
        "more": of_level(rest, "note"),
        **{
            topic: [found for found in findings if not _is_between(found)]
            for topic, findings in of_map.items()
        },
    }
    own = of_level(judged, "gap", "note")
    unknown = of_level([*for_the_user, *rest, *judged], "unknown")
    summary = _summary(found for code in ("user", *_OF_ANY_MAP) for found in told[code])
    # What the summary says is not said again.
    told = {
        code: [found for found in findings if found not in summary]
        for code, findings in told.items()
    }
    # Around a person the network map comes first: who is close, and what is empty.
    first = ("ego", "network") if kart.person is not None else ("network",)
    sections = [Section(code="summary", findings=summary, figures=first if kart.actors else ())]
    for code, findings in told.items():
        keys: tuple[str, ...] = (code,) if code in tables else ()
        wanted = _FIGURES.get(code, ()) if keys else ()
        if findings and (beside := _BESIDE_FINDINGS.get(code)):
            wanted = (beside,)
        drawn = tuple(key for key in wanted if WORTH_DRAWING[key](kart))
        if findings or keys:
            sections.append(
                Section(code=code, findings=tuple(findings), figures=drawn, tables=keys)
            )
        if code == "more" and (
            seen := tuple(one for one in _OVER_TIME if WORTH_DRAWING[one](kart))
        ):
            sections.append(Section(code="over_time", figures=seen))
    for code, wanted in _TABLES.items():
        keys = tuple(key for key in wanted if key in tables)
        drawn = tuple(key for key in _FIGURES[code] if keys and WORTH_DRAWING[key](kart))
        findings = [found for found in own if _under(found) == code]
        if findings or keys:
            sections.append(
                Section(code=code, findings=tuple(findings), figures=drawn, tables=keys)
            )
    if unknown:
        sections.append(Section(code="unknown", findings=tuple(unknown)))
    if "firmness" in tables:
        sections.append(Section(code="firmness", tables=("firmness",)))
    if kart.actors:
        sections += [
            Section(code="actors", tables=("actors",)),
            Section(code="definitions", tables=("definitions", "references")),
        ]
    return tuple(sections)


def _is_between(found: Finding) -> bool:
    """Tell whether a map's own topics have found a gap between services."""
    return (found.code, found.case) in _BETWEEN_SERVICES


def _under(found: Finding) -> str:
    """Return the section on what people have judged that a finding belongs to."""
    return found.code if found.code in _TABLES else "stakeholders"


def _summary(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Pick what a reader with one minute should know."""
    first: dict[tuple[str, str | None], Finding] = {}
    for found in findings:
        first.setdefault((found.code, found.case), found)
        first.setdefault((found.code, None), found)
    chosen = [first[wanted] for wanted in _SUMMARY if wanted in first]
    return tuple(chosen[:_MOST_IN_SUMMARY])
