"""``aktorkart survey``: the answers of a questionnaire as a map of each who has answered."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aktorkart.atomic import made_folder
from aktorkart.cli.at_work import at_work, tell
from aktorkart.cli.parts import NOTHING, option, output_option, refuse_inputs, spoken, tell_notes
from aktorkart.errors import Problem, WrongArgument
from aktorkart.files.formats import FORMATS
from aktorkart.files.survey.answers import SHAPES
from aktorkart.i18n import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import ActorMap


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    file, column = text("cli.metavar.file", lang), text("cli.metavar.heading", lang)
    tables = [name for name in FORMATS if name in {"csv", "xlsx"}]
    return [
        click.Argument(["answers"], metavar=f"{file} …", nargs=-1, required=True),
        output_option(lang, "survey_output", required=True),
        option(lang, "--merge", "joint", help="survey_merge", metavar=file),
        option(lang, "--respondent", help="respondent", metavar=column),
        option(lang, "--partner", help="partner", metavar=column),
        option(lang, "--strength", help="strength", metavar=column),
        option(lang, "--actors", help="actors", metavar=text("cli.metavar.map", lang)),
        option(
            lang,
            "--answer",
            "meant",
            help="answer",
            metavar=text("cli.metavar.answer", lang),
            multiple=True,
            callback=lambda _ctx, _param, value: dict(map(_answer, value)),
        ),
        option(lang, "--keep", help="keep", metavar=column, multiple=True),
        option(lang, "--shape", help="shape", type=click.Choice(SHAPES)),
        option(lang, "--from", "input_format", help="from", type=click.Choice(tables)),
    ]


def _answer(said: str) -> tuple[str, float | None]:
    """Read «kjenner til=2»; nothing after the sign is unknown."""
    word, equals, number = said.rpartition("=")
    try:
        meant = float(number.replace(",", ".")) if number.strip() else None
    except ValueError:
        equals = ""
    if not equals or not word.strip():
        raise WrongArgument(Problem(code="option_answer", values={"value": said}))
    return word, meant


def call(  # noqa: PLR0913 - one for each option
    *,
    answers: tuple[str, ...],
    output: str,
    joint: str | None,
    respondent: str | None,
    partner: str | None,
    strength: str | None,
    actors: str | None,
    meant: dict[str, float | None],
    keep: tuple[str, ...],
    shape: str | None,
    input_format: str | None,
    lang: str | None,
) -> int:
    """Read the answers, and write a file for each who has answered and one for all."""
    from aktorkart.atomic import write_files
    from aktorkart.comparison.merge import merge
    from aktorkart.files import format_of, load_files
    from aktorkart.files.read_survey import load_survey
    from aktorkart.files.sheets import Reading
    from aktorkart.files.survey.answers import Asked
    from aktorkart.files.write import dumped

    if joint is not None:
        format_of(joint, to="write")
    known = load_files(actors, reading=Reading()) if actors is not None else None
    kart = known.kart if known is not None else None
    lang = spoken(lang, kart)
    asked = Asked(respondent, partner, strength, kart, meant, keep, shape)
    with at_work(lang):
        found = load_survey(answers, asked, format=input_format)
        tell_notes([*(known.notes if known is not None else ()), *found.notes], lang)
        written = {name: dumped(one, name) for name, one in _named(found.maps, output).items()}
        if joint is not None:
            written[joint] = dumped(merge(found.maps).kart, joint)
    files = {name: data for made in written.values() for name, data in made.files.items()}
    refuse_inputs(files, [*found.files, *(known.files if known is not None else ())])
    made_folder(output)
    private = any(one.scope == "individual" for one in found.maps.values())
    write_files(files, private=private)
    for name, made in written.items():
        tell_notes(made.notes, lang)
        tell(text("cli.wrote", lang, file=name))
    return NOTHING


def _named(maps: Mapping[str, ActorMap], folder: str) -> dict[str, ActorMap]:
    """Name a file after each who has answered; around a person, by what may be shown of them."""
    from aktorkart.privacy.shown import shown_together

    seen = shown_together(*maps.values(), consent="ignore")
    named: dict[str, ActorMap] = {}
    for (who, kart), one in zip(maps.items(), seen, strict=True):
        stem = _file_name(one.ids[who])
        taken = {Path(name).stem.casefold() for name in named}
        number = next(n for n in range(1, len(maps) + 1) if _numbered(stem, n) not in taken)
        named[str(Path(folder, f"{_numbered(stem, number)}.yaml"))] = kart
    return named


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


_LONGEST = 60


def _file_name(name: str) -> str:
    """Make a name that every system takes for a file."""
    plain = re.sub(r"[^\w-]+", "-", name.casefold()).strip("-_")[:_LONGEST]
    reserved = re.fullmatch("con|prn|aux|nul|com[0-9]|lpt[0-9]", plain)
    return f"{plain}-" if reserved else plain or "svar"
