"""Reports: what a map says, in one order for all formats.

First what it means for the user, then what is missing, then what works, then the tables.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart import care, grunig, toolbox
from aktorkart.care.findings import SAID_ELSEWHERE
from aktorkart.content import overview
from aktorkart.errors import language
from aktorkart.i18n import text
from aktorkart.network.measures import measures as measure
from aktorkart.privacy.shown import shown
from aktorkart.reports.pages import Report, Section
from aktorkart.reports.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.tables import Table


_FOR_THE_USER = ("tellings", "one_door", "coordinator", "drop_out", "coverage", "user_voice")
"""Analyses whose answers matter most to the person it is about, in this order."""

_SUMMARY = (
    ("content", "empty"),
    ("content", "holds"),
    ("tellings", None),
    ("centrality", "firm_broker"),
    ("centrality", "uncertain_broker"),
    ("centrality", "broker"),
    ("coordinator", None),
    ("drop_out", None),
    ("coverage", None),
    ("bridges", "cut_points"),
    ("content", "needed"),
    ("content", "troubled"),
    ("reach", "isolates"),
    ("reach", "pieces"),
    ("cohesion", "inward"),
    ("cohesion", "outward"),
)
"""What a reader with one minute should know, in this order; None is the first of an analysis."""

_MOST_IN_SUMMARY = 7

_FIGURES = {
    "centrality": ("ranking",),
    "stakeholders": ("linkages", "influence"),
    "publics": ("publics",),
    "toolbox": ("goals",),
}
_TABLES = {
    "stakeholders": ("linkages", "priorities", "communication"),
    "publics": ("publics",),
    "toolbox": ("goals", "plan", "checklist"),
}


def report(kart: ActorMap, *, lang: str | None = None, names: bool | None = None) -> Report:
    """Write a report on a map.

    Parameters
    ----------
    kart : ActorMap
        The map.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out, else Norwegian bokmål.
    names : bool, optional
        True shows names, False shows roles; roles around a person if left out.

    Returns
    -------
    Report
        Shows itself in a notebook; ``save`` writes it.

    Raises
    ------
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> import aktorkart as ak
    >>> print(ak.report(ak.examples.two_brokers(), lang="en")["centrality"].rows[0][0])
    strong
    """
    said = language(lang, kart.lang)
    seen = shown(kart, names=names, lang=said)
    values = measure(seen.kart)
    tables = tables_of(seen.kart, values, said)
    return Report(
        title=seen.kart.title or text("report.default_title", said),
        lang=said,
        sections=_sections(seen.kart, values, tables),
        tables=MappingProxyType(tables),
        kart=kart,
        measures=values,
        _seen=seen,
    )


def _sections(kart: ActorMap, values: Measures, tables: Mapping[str, Table]) -> tuple[Section, ...]:
    topics = {
        "contents": overview.content(kart),
        "centrality": overview.centrality(kart, values),
        "bridges": overview.bridges(kart, values),
        "cohesion": overview.cohesion(kart, values),
        "reach": overview.reach(kart, values),
    }
    analyses = [found for found in care.findings(kart) if _is_told(kart, found)]
    rest = [found for found in analyses if found.code not in _FOR_THE_USER]
    rest += _stakeholders(kart) + toolbox.cross_checks(kart)
    told = {
        "user": [found for found in analyses if found.code in _FOR_THE_USER],
        "gaps": _of_level(rest, "gap"),
        "strengths": _of_level(rest, "strength"),
        "more": _of_level(rest, "note"),
    }
    unknown = _of_level([*told["user"], *rest], "unknown")
    told["user"] = [found for found in told["user"] if found.level != "unknown"]
    summary = _summary([*told["user"], *(found for part in topics.values() for found in part)])
    sections = [
        Section(code="summary", findings=summary, figures=("network",) if kart.actors else ())
    ]
    for code, findings in {**told, **topics}.items():
        keys = [code] if code in tables else []
        drawn = _FIGURES.get(code, ()) if keys else ()
        if findings or keys:
            sections.append(
                Section(code=code, findings=tuple(findings), figures=drawn, tables=tuple(keys))
            )
    for code, wanted in _TABLES.items():
        if keys := [key for key in wanted if key in tables]:
            drawn = tuple(key for key in _FIGURES[code] if _is_worth_drawing(key, kart))
            sections.append(Section(code=code, figures=drawn, tables=tuple(keys)))
    if unknown:
        sections.append(Section(code="unknown", findings=tuple(unknown)))
    sections += [
        Section(code=code, tables=(code,)) for code in ("actors", "definitions") if code in tables
    ]
    return tuple(sections)


def _is_told(kart: ActorMap, found: Finding) -> bool:
    """Leave out what is said elsewhere, and that a map of steering shows no single user."""
    no_wonder = kart.scope == "governance" and found.case == "no_user"
    return not no_wonder and (found.code, found.case) not in SAID_ELSEWHERE


def _of_level(findings: Iterable[Finding], level: str) -> list[Finding]:
    return [found for found in findings if found.level == level]


def _stakeholders(kart: ActorMap) -> list[Finding]:
    return [
        *grunig.linkages(kart).findings,
        *grunig.publics(kart).findings,
        *grunig.communication(kart).findings,
        *grunig.salience(kart).findings,
        *grunig.influence(kart).findings,
        *grunig.priorities(kart).findings,
    ]


def _is_worth_drawing(figure: str, kart: ActorMap) -> bool:
    """Tell whether a figure would show something."""
    match figure:
        case "influence":
            return any(actor.power and actor.interest for actor in kart.actors)
        case "publics":
            return any(actor.publics for actor in kart.actors)
        case "goals":
            return any(goal.points for goal in kart.goals)
    return kart.focal is not None


def _summary(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Pick what a reader with one minute should know."""
    first: dict[tuple[str, str | None], Finding] = {}
    for found in findings:
        first.setdefault((found.code, found.case), found)
        first.setdefault((found.code, None), found)
    chosen = [first[wanted] for wanted in _SUMMARY if wanted in first]
    return tuple(chosen[:_MOST_IN_SUMMARY])
