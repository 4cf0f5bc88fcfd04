"""``aktorkart convert``: the map in another format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.cli.at_work import at_work, tell
from aktorkart.cli.parts import (
    NOTHING,
    for_reader,
    format_option,
    give_text,
    input_options,
    output_option,
    read,
    reading_options,
    refuse_inputs,
    sharing_options,
    spoken,
    tell_notes,
)
from aktorkart.files.formats import FORMATS
from aktorkart.i18n import text

if TYPE_CHECKING:
    import click


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    kart, input_format = input_options(lang)
    output = output_option(lang, "convert_output", required=True)
    formats = format_option(lang, "convert_format", *FORMATS)
    return [kart, output, *sharing_options(lang), formats, input_format, *reading_options(lang)]


def call(  # noqa: PLR0913 - one for each option
    *,
    map: tuple[str, ...],  # noqa: A002
    output: str,
    lang: str | None,
    names: bool | None,
    reader: str | None,
    consent: str,
    format: str | None,  # noqa: A002
    input_format: str | None,
) -> int:
    """Read a map and write it, and tell what could not be carried over."""
    from aktorkart.atomic import write_files
    from aktorkart.files.formats import format_of, text_format
    from aktorkart.files.write import dumped

    if output == "-":
        format = text_format(format or "yaml", output).name  # noqa: A001
    else:
        format_of(output, format=format, to="write")
    loaded = read(map, input_format, spoken(lang))
    lang = spoken(lang, loaded.kart)
    kart, names = for_reader(loaded.kart, names=names, reader=reader, consent=consent)
    with at_work(lang):
        made = dumped(kart, output, format=format, names=names, consent=consent)
    tell_notes(made.notes, lang)
    if output == "-":
        give_text(made.files[output].decode())
        return NOTHING
    refuse_inputs(made.files, loaded.files)
    write_files(made.files, private=kart.scope == "individual")
    tell(text("cli.wrote", lang, file=output))
    return NOTHING
