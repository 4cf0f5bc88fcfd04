"""``aktorkart compare``: what has changed from one map to the next, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aktorkart.cli.at_work import at_work
from aktorkart.cli.parts import (
    arenas_option,
    beside,
    for_reader,
    force_option,
    format_option,
    option,
    output_option,
    read_each,
    reading_options,
    refuse_inputs,
    sharing_options,
    spoken,
    tell_notes,
    today_option,
)
from aktorkart.cli.report import FORMATS, ending_asked, write_report
from aktorkart.errors import Problem, WrongArgument
from aktorkart.i18n import text

if TYPE_CHECKING:
    import datetime as dt


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    return [
        click.Argument(["maps"], metavar=text("cli.metavar.two_maps", lang), nargs=-1),
        output_option(lang, "compare_output"),
        *sharing_options(lang),
        option(lang, "--exempt", help="exempt", is_flag=True),
        arenas_option(lang),
        today_option(lang),
        format_option(lang, "report_format", *FORMATS),
        force_option(lang),
        *reading_options(lang),
    ]


def call(  # noqa: PLR0913 - one for each option
    *,
    maps: tuple[str, ...],
    output: str | None,
    lang: str | None,
    names: bool | None,
    reader: str | None,
    consent: str,
    exempt: bool,
    arenas: str,
    today: dt.date | None,
    force: bool,
    format: str | None,  # noqa: A002
) -> int:
    """Write what has changed to a file or to stdout."""
    from aktorkart.reports import report_change

    if len(maps) != 2:  # noqa: PLR2004 - an earlier map and a later one
        raise WrongArgument(Problem(code="compare_needs_two", values={"n": len(maps)}))
    target = output or beside(maps[1:], f"-change.{format or 'html'}")
    # Say that an ending is unknown before any work is done.
    ending = ending_asked(target, format)
    was, now = read_each(maps, spoken(lang))
    refuse_inputs([target], [*was.files, *now.files])
    lang = spoken(lang, now.kart)
    (before, asked), (after, _) = (
        for_reader(one.kart, names=names, reader=reader, consent=consent, today=today)
        for one in (was, now)
    )
    with at_work(lang):
        made = report_change(
            before,
            after,
            lang=lang,
            names=asked,
            consent=consent,
            today=today,
            exempt=exempt,
            arenas=arenas,
        )
        tell_notes(made.notes, lang)
        return write_report(made, target, ending, force=force)
