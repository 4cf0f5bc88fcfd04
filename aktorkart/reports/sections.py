"""What stands in a report, part by part: each thing that is found in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from aktorkart.content import of_level
from aktorkart.content.strong_ties import strong_ties
from aktorkart.content.summary import summary
from aktorkart.reports.worth_drawing import WORTH_DRAWING, too_small

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from aktorkart.content import Topics
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap

PARTS = (
    "summary",
    "user",
    "gaps",
    "strengths",
    "centrality",
    "stakeholders",
    "goals",
    "time",
    "unknown",
    "appendix",
)
"""The parts of a report, in the order of reading."""

_FOR_THE_USER = ("tellings", "one_door", "coordinator", "drop_out", "coverage", "user_voice")
"""Analyses whose answers matter most to the person it is about, in this order."""

_OF_ANY_MAP = ("contents", "centrality", "bridges", "cohesion", "reach", "arenas", "informants")
"""Topics that are told in places of their own."""

_BETWEEN_SERVICES = (
    ("content", "needed"),
    ("content", "troubled"),
    ("cohesion", "unlinked"),
    ("arenas", "meet_nowhere"),
)
"""What other topics find of gaps between services; it is told under that heading."""

_FIGURES = {
    "next_steps": ("missing",),
    "arenas": ("arenas",),
    "informants": ("disagreement",),
    "scales": ("stages",),
    "centrality": ("ranking",),
    "cohesion": ("levels", "matrix"),
    "stakeholders": ("linkages", "influence", "salience", "priorities"),
    "publics": ("publics",),
    "goals": ("goals",),
    "time": ("timeline", "pathway"),
}
"""What each section shows, where it would say something."""

_TABLES = {
    "arenas": ("arenas",),
    "scales": ("scales", "support"),
    "centrality": ("centrality",),
    "bridges": ("bridges",),
    "cohesion": ("cohesion",),
    "reach": ("reach",),
    "stakeholders": ("linkages", "priorities", "cooperation", "communication"),
    "publics": ("publics",),
    "goals": ("goals", "plan", "checklist"),
}
"""The tables in the appendix that belong to a section."""

_APPENDIX = (
    "contents",
    *chain(*_TABLES.values()),
    "firmness",
    "actors",
)

_MADE = ("definitions", "references")
"""Tables that stand last, with how the numbers are made."""

_UNKNOWN = {
    "unknown_user": (*_FOR_THE_USER, "in_and_out"),
    "unknown_services": (
        "equality",
        "grey_zones",
        "level_alignment",
        "perspective_gap",
        "improvement",
    ),
    "unknown_map": ("content", "bridges", "cohesion", "reach", "centrality", "informants"),
    "unknown_judged": (
        "linkages",
        "publics",
        "salience",
        "influence",
        "cooperation",
        "priorities",
        "communication",
    ),
    "unknown_plan": ("toolbox",),
}
"""What the map cannot answer, by what it is about."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A piece of a report under a heading.

    Parameters
    ----------
    code : str
        Stable English name.
    part : str
        The part of the report that it belongs to, one of :data:`PARTS`.
    findings : tuple of Finding
        Said as sentences.
    figures, tables : tuple of str
        Keys of the report's figures and tables that stand in it.
    see : tuple of str
        Keys of the tables in the appendix that it is told from.
    brief : bool
        Whether its findings are said briefly.
    title : str, optional
        A heading of your own, in the report's language.
    text : tuple of str
        Paragraphs of your own.
    """

    code: str
    part: str
    findings: tuple[Finding, ...] = ()
    figures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    brief: bool = False
    title: str | None = None
    text: tuple[str, ...] = ()


def sections_of(
    topics: Topics, tables: Container[str], *, parts: Container[str], lang: str, since: bool
) -> tuple[Section, ...]:
    """Return the sections of a report that stand in some of its parts.

    Where sections on what has changed since an earlier map stand beside them, it is not said
    that a map by itself cannot show that.
    """
    kart = topics.kart
    care = topics.held.beside(topics.about("care"))
    if since:
        care = [found for found in care if found.code != "improvement"]
    judged = topics.about("stakeholders", "toolbox")
    for_the_user = [found for found in care if found.code in _FOR_THE_USER]
    rest = [found for found in care if found.code not in _FOR_THE_USER]
    works = of_level([*rest, *judged], "strength") or strong_ties(kart)
    first = summary(topics, [*works, *of_level(for_the_user, "strength")])
    # What the summary says as it stands is not said again.
    said = [found for found in first.matters if found.brief(lang) == found.text(lang)]
    of_map = {topic: topics.about(topic) for topic in _OF_ANY_MAP}
    between = [found for found in chain(*of_map.values()) if _is_between(found)]
    own = {
        topic: [
            found
            for found in findings
            # Who sits where is told in one place, what nobody knows of it too.
            if (found.level != "unknown" or topic == "arenas") and not _is_between(found)
        ]
        for topic, findings in of_map.items()
    }
    notes = of_level(rest, "note")
    about_time = [found for found in notes if found.code == "in_and_out"]
    unknown = of_level([*care, *judged, *of_map["contents"], *of_map["cohesion"]], "unknown")

    def told(code: str, part: str, findings: Sequence[Finding] = ()) -> Section:
        see = tuple(key for key in _TABLES.get(code, ()) if key in tables)
        shown = bool(see) if code in _TABLES else bool(findings)
        return Section(
            code=code,
            part=part,
            findings=tuple(found for found in findings if found not in said),
            figures=_drawn(kart, code, told=shown),
            see=see,
        )

    def judged_of(code: str) -> list[Finding]:
        return [found for found in of_level(judged, "gap", "note") if _under(found) == code]

    # Around a person the network map comes first: who is close, and what is empty.
    maps = ("network",) if kart.person is None else ("ego", "network")
    first_map, second_map = maps[:1] if kart.actors else (), maps[1:]
    central = told("centrality", "centrality", own["centrality"])
    sections = [
        Section(
            code="summary",
            part="summary",
            findings=first.matters,
            figures=() if first.helps else first_map,
            brief=True,
        ),
        Section(
            code="helps",
            part="summary",
            findings=first.helps,
            figures=first_map if first.helps else (),
            brief=True,
        ),
        Section(code="sure", part="summary", findings=first.sure, brief=True),
        told("user", "user", [found for found in for_the_user if found.level != "unknown"]),
        told(
            "gaps",
            "gaps",
            [*between, *of_level(rest, "gap"), *(one for one in notes if one not in about_time)],
        ),
        told("next_steps", "gaps", topics.about("next_steps")),
        told("arenas", "gaps", own["arenas"]),
        told("informants", "gaps", own["informants"]),
        told("scales", "gaps", judged_of("scales")),
        told("strengths", "strengths", works),
        replace(central, figures=second_map + central.figures),
        *(told(code, "centrality", own[code]) for code in ("bridges", "cohesion", "reach")),
        told("stakeholders", "stakeholders", judged_of("stakeholders")),
        told("publics", "stakeholders", judged_of("publics")),
        told("goals", "goals", judged_of("goals")),
        told("time", "time", about_time),
        *(
            told(code, "unknown", [found for found in unknown if found.code in codes])
            for code, codes in _UNKNOWN.items()
        ),
        told("contents", "appendix", own["contents"]),
        *(
            Section(code=f"table_{key}", part="appendix", tables=(key,))
            for key in _APPENDIX
            if key in tables
        ),
        Section(
            code="definitions",
            part="appendix",
            tables=tuple(key for key in _MADE if key in tables),
        ),
    ]
    return tuple(one for one in sections if one.part in parts and _says_something(one))


def _is_between(found: Finding) -> bool:
    """Tell whether a map's own topics have found a gap between services."""
    return (found.code, found.case) in _BETWEEN_SERVICES


def _under(found: Finding) -> str:
    """Return the section on what people have judged that a finding belongs to."""
    return {"publics": "publics", "toolbox": "goals", "scales": "scales"}.get(
        found.code, "stakeholders"
    )


def _says_something(section: Section) -> bool:
    return bool(section.findings or section.figures or section.tables or section.see)


def _drawn(kart: ActorMap, code: str, *, told: bool) -> tuple[str, ...]:
    """Return the figures of a section that say something about the map and can be read.

    They go with a table or with sentences; who was there when needs neither.
    """
    if not told and code != "time":
        return ()
    worth = worth_showing(kart, code)
    return tuple(key for key in worth if too_small(key, kart) is None)


def worth_showing(kart: ActorMap, code: str) -> tuple[str, ...]:
    """Return the figures of a section that would say something, were there room for them."""
    return tuple(key for key in _FIGURES.get(code, ()) if WORTH_DRAWING[key](kart))
