"""``aktorkart report``: what a map says, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.cli.at_work import at_work, tell
from aktorkart.cli.parts import (
    NOTHING,
    arenas_option,
    at_option,
    beside,
    for_reader,
    force_option,
    format_option,
    give,
    input_options,
    on_date,
    option,
    output_option,
    read_since,
    reading_options,
    sharing_options,
    spoken,
    tell_notes,
    today_option,
)
from aktorkart.errors import Problem, WrongArgument
from aktorkart.i18n import text

if TYPE_CHECKING:
    import datetime as dt

    import click

    from aktorkart.reports import Report


FORMATS = ("html", "md", "docx", "pdf", "json")
"""What a report can be written as, whatever the ending of its file."""


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    kart, input_format = input_options(lang)
    formats = format_option(lang, "report_format", *FORMATS)
    output = output_option(lang, "report_output")
    exempt = option(lang, "--exempt", help="exempt", is_flag=True)
    parts = option(lang, "--parts", help="parts", metavar="summary,user,…")
    summary = option(lang, "--summary", help="summary", is_flag=True)
    easy = option(lang, "--easy", help="easy", is_flag=True)
    title = option(lang, "--title", help="report_title", metavar="TEXT")
    earlier = option(lang, "--earlier", help="earlier_map", metavar=text("cli.metavar.file", lang))
    logo = option(lang, "--logo", help="logo", metavar=text("cli.metavar.file", lang))
    template = option(lang, "--template", help="template", metavar="FILE")
    embed = option(lang, "--embed", help="embed", is_flag=True)
    shared = sharing_options(lang)
    return [
        kart,
        output,
        parts,
        summary,
        easy,
        title,
        earlier,
        logo,
        template,
        embed,
        *shared,
        exempt,
        arenas_option(lang),
        at_option(lang),
        today_option(lang),
        formats,
        force_option(lang),
        input_format,
        *reading_options(lang),
    ]


def call(  # noqa: PLR0913 - one for each option
    *,
    map: tuple[str, ...],  # noqa: A002
    output: str | None,
    lang: str | None,
    names: bool | None,
    reader: str | None,
    consent: str,
    exempt: bool,
    parts: str | None,
    summary: bool,
    easy: bool,
    title: str | None,
    earlier: str | None,
    logo: str | None,
    template: str | None,
    embed: bool,
    arenas: str,
    at: str | None,
    today: dt.date | None,
    force: bool,
    format: str | None,  # noqa: A002
    input_format: str | None,
) -> int:
    """Write a report to a file or to stdout."""
    from aktorkart.reports import report
    from aktorkart.reports.pages import expect_carrier, expect_template

    chosen = _parts(parts, summary=summary, easy=easy)
    target = output or beside(map, f"-report.{format or 'html'}")
    # Say that an ending is unknown before any work is done.
    ending = ending_asked(target, format)
    expect_template(ending or target, template)
    expect_carrier(ending or target, embed=embed)
    loaded, was = read_since(map, earlier, input_format, target, lang)
    lang = spoken(lang, loaded.kart)
    seen: dict[str, Any] = {"reader": reader, "consent": consent, "today": today}
    before = None if was is None else for_reader(was, names=names, **seen)[0]
    kart, names = for_reader(on_date(loaded.kart, at), names=names, **seen)
    with at_work(lang):
        made = report(
            kart,
            lang=lang,
            names=names,
            consent=consent,
            today=today,
            exempt=exempt,
            embed=embed,
            parts=chosen,
            easy=easy,
            title=title,
            earlier=before,
            logo=logo,
            template=template,
            arenas=arenas,
        )
        tell_notes(made.notes, lang)
        return write_report(made, target, ending, force=force)


def ending_asked(target: str, format: str | None) -> str:  # noqa: A002
    """Return the ending that a report is written as: that of the format, or the file's own."""
    from aktorkart.files import ending_of
    from aktorkart.reports import ENDINGS
    from aktorkart.reports.pages import is_folder

    if is_folder(target) and format is None:
        return ""  # slides
    if format is not None:
        return f".{format}"
    return ".md" if target == "-" else ending_of(target, ENDINGS)


def write_report(made: Report, target: str, ending: str, *, force: bool) -> int:
    """Write a report to a file, or to stdout for ``-``, and say so."""
    from aktorkart.files import ending_of
    from aktorkart.reports import ENDINGS

    if target == "-" or (ending and ending_of(target, ENDINGS) != ending):
        private = made.kart.scope == "individual"
        give(made.to_bytes(ending), target, made.lang, private=private)
        return NOTHING
    made.save(target, force=force)
    tell(text("cli.wrote", made.lang, file=target))
    return NOTHING


def _parts(named: str | None, *, summary: bool, easy: bool) -> list[str] | None:
    """Return the parts of a report that are asked for; all of them if none is named."""
    if named is not None and (summary or easy):
        option = "--summary" if summary else "--easy"
        values = {"option": option, "other": "--parts"}
        raise WrongArgument(Problem(code="page_or_parts", values=values))
    if summary:
        return ["summary"]
    return None if named is None else [one.strip() for one in named.split(",")]
