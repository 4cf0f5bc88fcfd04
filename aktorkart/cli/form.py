"""``aktorkart form``: a form to fill in, blank or with what a map says already."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aktorkart.cli.at_work import at_work, tell
from aktorkart.cli.parts import (
    NOTHING,
    force_option,
    input_options,
    names_options,
    option,
    output_option,
    read,
    reading_options,
    refuse_inputs,
    spoken,
    tell_notes,
    today_option,
)
from aktorkart.errors import Place, Problem, UnwritableFile
from aktorkart.files.xlsx.asked import FORMS
from aktorkart.i18n import text

if TYPE_CHECKING:
    import datetime as dt


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    _, input_format = input_options(lang)
    metavar = f"[{text('cli.metavar.map', lang)}]"
    kinds = click.Choice(FORMS)
    return [
        click.Argument(["map"], metavar=metavar, nargs=-1),
        option(lang, "--form", help="form", type=kinds, default=FORMS[0]),
        option(
            lang,
            "--actor",
            "actors",
            help="form_actor",
            metavar=text("cli.metavar.name", lang),
            multiple=True,
        ),
        output_option(lang, "form_output"),
        *names_options(lang),
        today_option(lang),
        force_option(lang),
        input_format,
        *reading_options(lang),
    ]


def call(  # noqa: PLR0913 - one for each option
    *,
    map: tuple[str, ...],  # noqa: A002
    form: str,
    actors: tuple[str, ...],
    output: str | None,
    lang: str | None,
    names: bool | None,
    consent: str,
    today: dt.date | None,
    force: bool,
    input_format: str | None,
) -> int:
    """Make a form, and tell what of the map it has no room for."""
    from aktorkart.files import ending_of
    from aktorkart.forms.form import endings_of
    from aktorkart.forms.form import form as make

    stem = Path(map[0]).stem if map and map[0] != "-" else "kart"
    target = output or f"{stem}-{form}{endings_of(form)[0]}"
    ending = ending_of(target, endings_of(form))
    kart = None
    if map:
        loaded = read(map, input_format, spoken(lang))
        kart = loaded.kart
        refuse_inputs([target], loaded.files)
    # What stands there may be a form that somebody has filled in.
    if not force and os.path.lexists(target):
        raise UnwritableFile(Problem(code="form_exists", place=Place(file=target)))
    lang = spoken(lang, kart)
    with at_work(lang):
        made = make(
            kart,
            form=form,
            lang=lang,
            actors=actors or None,
            names=names,
            consent=consent,
            today=today,
        )
        tell_notes(made.notes_for(ending), lang)
        made.save(target)
    tell(text("cli.wrote", lang, file=target))
    return NOTHING
