"""``aktorkart report``: what a map says, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.cli.parts import (
    NOTHING,
    at_work,
    beside,
    format_option,
    give,
    input_options,
    names_option,
    output_option,
    read,
    spoken,
    tell,
)
from aktorkart.i18n import text

if TYPE_CHECKING:
    import click


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    kart, input_format = input_options(lang)
    formats = format_option(lang, "report_format", "html", "md", "json")
    return [kart, output_option(lang, "report_output"), names_option(lang), formats, input_format]


def call(  # noqa: PLR0913 - one for each option
    *,
    map: str,  # noqa: A002
    output: str | None,
    lang: str | None,
    names: bool | None,
    format: str | None,  # noqa: A002
    input_format: str | None,
) -> int:
    """Write a report to a file or to stdout."""
    from aktorkart.files import ending_of
    from aktorkart.reports import ENDINGS, report

    ending = f".{format}" if format else None
    target = output or beside(map, f"-report{ending or '.html'}")
    # Say that an ending is unknown before any work is done.
    ending = ending or (".md" if target == "-" else ending_of(target, ENDINGS))
    kart = read(map, input_format, spoken(lang))
    lang = spoken(lang, kart)
    with at_work(lang):
        made = report(kart, lang=lang, names=names)
        if target == "-" or ending_of(target, ENDINGS) != ending:
            writers = {".html": made.to_html, ".md": made.to_markdown, ".json": made.to_json}
            give(writers[ending](), target, lang)
            return NOTHING
        made.save(target)
    tell(text("cli.wrote", lang, file=target))
    return NOTHING
