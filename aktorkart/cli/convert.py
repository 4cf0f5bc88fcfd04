"""``aktorkart convert``: the map in another format."""

from __future__ import annotations

import click

from aktorkart.cli.parts import (
    NOTHING,
    format_option,
    input_options,
    names_option,
    output_option,
    read,
    spoken,
    tell,
)
from aktorkart.files.formats import FORMATS
from aktorkart.i18n import text


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    kart, input_format = input_options(lang)
    output = output_option(lang, "convert_output", required=True)
    formats = format_option(lang, "convert_format", *FORMATS)
    return [kart, output, names_option(lang), formats, input_format]


def call(  # noqa: PLR0913 - one for each option
    *,
    map: str,  # noqa: A002
    output: str,
    lang: str | None,
    names: bool | None,
    format: str | None,  # noqa: A002
    input_format: str | None,
) -> int:
    """Read a map and write it, and tell what could not be carried over."""
    from aktorkart.files import format_of, to_text, write
    from aktorkart.privacy import shown

    if output != "-":
        format_of(output, format=format)
    kart = read(map, input_format, spoken(lang))
    lang = spoken(lang, kart)
    if output == "-":
        seen = shown(kart, names=names is not False, lang=lang).kart
        click.echo(to_text(seen, format=format or "yaml").encode(), nl=False)
        return NOTHING
    for note in write(kart, output, format=format, names=names):
        tell(note.text(lang))
    tell(text("cli.wrote", lang, file=output))
    return NOTHING
