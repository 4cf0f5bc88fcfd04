"""Reports: what a map says, in one order for all formats.

First a page with what matters most, then what it means for the user, what is missing, what
works; all tables, and how they were made, stand in the appendix.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.atomic import expect_path
from aktorkart.content import TOPICS, Topics
from aktorkart.content.compared import Compared, renamed, turned
from aktorkart.content.methods import written
from aktorkart.errors import Problem, WrongArgument, language, one_of
from aktorkart.expected import expect, expect_if_given
from aktorkart.i18n import text
from aktorkart.model import expect_map
from aktorkart.model.fields import short
from aktorkart.paused import collector_paused
from aktorkart.privacy.consent import lacking
from aktorkart.privacy.shown import shown_together
from aktorkart.progress import listening, told
from aktorkart.reports.change_tables import change_tables, sections_since
from aktorkart.reports.logo import logo_of
from aktorkart.reports.pages import Report
from aktorkart.reports.report_tables import tables_of
from aktorkart.reports.sections import PARTS, sections_of
from aktorkart.scene.style import style_of

if TYPE_CHECKING:
    import datetime as dt
    import os

    from aktorkart.model import ActorMap
    from aktorkart.progress import Told
    from aktorkart.scene.style import Style


@collector_paused()
def report(  # noqa: PLR0913 - keyword-only, and each has a default
    kart: ActorMap,
    *,
    lang: str | None = None,
    parts: Iterable[str] | None = None,
    title: str | None = None,
    earlier: ActorMap | None = None,
    easy: bool = False,
    style: Style | str | None = None,
    logo: str | os.PathLike[str] | None = None,
    template: str | os.PathLike[str] | None = None,
    names: bool | None = None,
    consent: str = "required",
    today: dt.date | None = None,
    exempt: bool = False,
    embed: bool = False,
    arenas: str = "actors",
    progress: Told | None = None,
) -> Report:
    """Write a report on a map.

    Parameters
    ----------
    kart : ActorMap
        The map.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out, else Norwegian bokmål.
    parts : iterable of str, optional
        What it holds of ``summary``, ``user``, ``gaps``, ``strengths``, ``centrality``,
        ``stakeholders``, ``goals``, ``time``, ``unknown`` and ``appendix`` (all tables, and how
        the numbers were made); all of them if left out. They come in this order.
    title : str, optional
        What stands on top; the map's title if left out.
    earlier : ActorMap, optional
        An earlier map of the same: part ``time`` says what has changed since. All of it, with
        what has begun to be lacking, is `report_change`.
    easy : bool
        Whether to write only the summary, in easy-to-read words and large letters, with one
        thought to a line.
    style : Style or str, optional
        The look of the figures: a style of your own, or report, slide, print or dark.
    logo : str or path-like, optional
        A picture (PNG, JPEG; SVG, but not for ``.docx``) that HTML, Word and PDF show on top.
    template : str or path-like, optional
        A Word file, ``.docx`` or ``.dotx``, whose styles a ``.docx`` takes over. In it,
        ``{{ title }}``, ``{{ date }}``, ``{{ summary }}`` and ``{{ report }}`` are filled; the
        report comes last where it has no place.
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
    embed : bool
        Whether HTML, Word and PDF carry the map, as it is shown and without the earlier one, for
        `aktorkart.read` to open again. A line at the end says so.
    arenas : {"actors", "links", "out"}
        What an arena is where something is measured, as for `aktorkart.measures`.
    progress : callable, optional
        Called with what is under way ("findings", "draws", "paths", "changes" or "figures"), how
        many parts of it are done, and of how many; also later, when the report is written.

    Returns
    -------
    Report
        Shows itself in a notebook; ``save`` writes it.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language or part, or arenas can be no such thing.
    UnreadableFile, UnsupportedFile
        If the logo cannot be read, or is no picture.
    WrongArgument
        If it is given something else than a map, or ``easy`` with other parts than the summary.

    Examples
    --------
    >>> import aktorkart as ak
    >>> print(ak.report(ak.examples.two_brokers(), lang="en")["centrality"].rows[0][0])
    strong
    >>> short = ak.report(ak.examples.two_brokers(), parts=["summary"], lang="en")
    >>> short.sections[0].findings[0].brief("en").split(".")[0]
    'strong most often stands between two others: on 33% of the shortest paths'
    >>> heard = []
    >>> _ = ak.report(ak.examples.kite(), progress=lambda *at: heard.append(at)).to_html()
    >>> heard[0], heard[-1]
    (('findings', 0, 11), ('figures', 2, 2))
    """
    expect_map(kart)
    expect("yes_or_no", easy=easy, exempt=exempt, embed=embed)
    expect_if_given("text", title=title)
    expect_if_given("function", progress=progress)
    lang = language(lang, kart.lang)
    wanted = _wanted(parts, easy=easy)
    maps = (kart,) if earlier is None else (earlier, kart)
    *was, hidden = shown_together(*maps, names=names, lang=lang, consent=consent, today=today)
    seen = hidden.kart
    with listening(progress):
        told("findings", 0, len(TOPICS))
        compared = None
        if earlier is not None:
            same = tuple((was[0].ids[old], hidden.ids[new]) for old, new in renamed(earlier, kart))
            compared = Compared(was[0].kart, seen, arenas, same)
        topics = Topics(seen, arenas) if compared is None else compared.topics[1]
        paragraph = written(topics, topics.measures, lang)
        tables = tables_of(topics, lang)
        if seen.actors:
            tables["references"] = paragraph.table()
        since = compared is not None
        sections = [*sections_of(topics, tables, parts=wanted, lang=lang, since=since)]
        if compared is not None:
            changes = change_tables(compared, lang)
            tables |= changes
            sections += sections_since(compared, changes, parts=wanted)
    return Report(
        title=title or seen.title or text("report.default_title", lang),
        lang=lang,
        sections=tuple(sorted(sections, key=lambda one: PARTS.index(one.part))),
        earlier=was[0].kart if was else None,
        easy=easy,
        style=style_of(style, None),
        tables=MappingProxyType(tables),
        kart=seen,
        measures=topics.measures,
        apart=topics.apart,
        methods=paragraph,
        roles=seen is not kart,
        notes=(
            *(() if earlier is None else turned(earlier, kart)),
            *(note for one in (*was, hidden) for note in one.notes),
        ),
        consent=lacking(kart, today=today),
        exempt=exempt,
        embed=embed,
        logo=None if logo is None else logo_of(expect_path(logo)),
        template=None if template is None else expect_path(template),
        progress=progress,
    )


def _wanted(parts: Iterable[str] | None, *, easy: bool) -> tuple[str, ...]:
    """Return the parts that are asked for, in the order of reading."""
    if parts is None:
        return PARTS[:1] if easy else PARTS
    if isinstance(parts, str) or not isinstance(parts, Iterable):
        raise WrongArgument(Problem(code="not_names", values={"value": short(parts)}))
    asked = {one_of(part, PARTS, option="parts") for part in parts}
    if easy and asked != {*PARTS[:1]}:
        values = {"option": "easy", "other": "parts"}
        raise WrongArgument(Problem(code="page_or_parts", values=values))
    return tuple(part for part in PARTS if part in asked)
