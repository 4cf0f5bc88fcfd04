"""A report on what has changed from one map to the next."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.content.compared import Compared, renamed, turned
from aktorkart.content.methods import compared_by
from aktorkart.errors import language
from aktorkart.expected import expect, expect_if_given
from aktorkart.i18n import text
from aktorkart.model import expect_map
from aktorkart.paused import collector_paused
from aktorkart.privacy.consent import lacking
from aktorkart.privacy.shown import shown_together
from aktorkart.progress import listening
from aktorkart.reports.change_tables import change_sections, change_tables
from aktorkart.reports.pages import Report
from aktorkart.reports.sections import Section
from aktorkart.scene.style import style_of

if TYPE_CHECKING:
    import datetime as dt

    from aktorkart.model import ActorMap
    from aktorkart.progress import Told
    from aktorkart.scene.style import Style


@collector_paused()
def report_change(  # noqa: PLR0913 - keyword-only, and each has a default
    before: ActorMap,
    after: ActorMap,
    *,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
    today: dt.date | None = None,
    exempt: bool = False,
    arenas: str = "actors",
    progress: Told | None = None,
) -> Report:
    """Write a report on what has changed from one map to the next.

    Three sentences first: ties, what is lacking, and what has changed most. Then the map with
    its changes, ties, places that have moved firmly, what is no longer, newly and still
    lacking, goals and plan, arenas, and what cannot be compared.

    Parameters
    ----------
    before, after : ActorMap
        The earlier and the later map.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the later map's if left out, else Norwegian bokmål.
    names : bool, optional
        True shows names, False shows roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    style : Style or str, optional
        The look of the figures: a style of your own, or report, slide, print or dark.
    today : datetime.date, optional
        The day to judge the consent by; SOURCE_DATE_EPOCH's or the clock's if left out.
    exempt : bool
        Whether to say on top that it is exempt from public disclosure.
    arenas : {"actors", "links", "out"}
        What an arena is where something is measured, as for `aktorkart.measures`.
    progress : callable, optional
        As for `report`.

    Returns
    -------
    Report
        Shows itself in a notebook; ``save`` writes it. Who is on both maps has the same name,
        or role, in all of it.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language, or arenas can be no such thing.
    WrongArgument
        If it is given something else than two maps.

    Notes
    -----
    A finding is the same on both maps by its code and case, and by the actors, ties and titles
    that its sentence names one at a time. What only the earlier map lacks is closed if the
    later one can answer as much; otherwise it stands among what cannot be compared. A place
    has moved if the possible places of the two maps do not overlap (METHOD 7).

    Examples
    --------
    >>> import aktorkart as ak
    >>> before = ak.examples.two_brokers()
    >>> after = before.with_tie(source="s", target="t", strength=2)
    >>> found = ak.report_change(before, after, lang="en")
    >>> print(found.findings[0].text("en"))
    Since the earlier map 1 working tie is new and 0 gone; 0 are stronger and 0 weaker.
    >>> found["then_now"].to_records()[1]
    {'number': 'ties that work', 'before': 4, 'after': 5}
    """
    for kart in (before, after):
        expect_map(kart)
    expect("yes_or_no", exempt=exempt)
    expect_if_given("function", progress=progress)
    lang = language(lang, after.lang)
    was, now = shown_together(before, after, names=names, lang=lang, consent=consent, today=today)
    same = tuple((was.ids[old], now.ids[new]) for old, new in renamed(before, after))
    compared = Compared(was.kart, now.kart, arenas, same)
    with listening(progress):
        tables = change_tables(compared, lang)
        sections = change_sections(compared, tables)
        told = compared_by(compared, lang)
    if now.kart.actors:
        tables["references"] = told.table()
        sections = (*sections, Section(code="definitions", part="appendix", tables=("references",)))
    seen = now.kart.title or was.kart.title
    return Report(
        title=text("report.change_title", lang, title=seen or text("report.default_title", lang)),
        lang=lang,
        sections=sections,
        tables=MappingProxyType(tables),
        kart=now.kart,
        earlier=was.kart,
        measures=compared.topics[1].measures,
        apart=compared.topics[1].apart,
        methods=told,
        roles=now.kart is not after,
        notes=(*turned(before, after), *was.notes, *now.notes),
        consent=lacking(after, today=today) or lacking(before, today=today),
        exempt=exempt,
        easy=False,
        style=style_of(style),
        progress=progress,
    )
