"""``aktorkart check``: what is wrong in a map, and what it lacks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from aktorkart.cli.at_work import at_work
from aktorkart.cli.parts import (
    FINDINGS,
    INVALID,
    NOTHING,
    arenas_option,
    at_option,
    format_option,
    give,
    give_text,
    input_options,
    names_options,
    on_date,
    option,
    read,
    reading_options,
    refuse_inputs,
    spoken,
    tell_notes,
    today_option,
)
from aktorkart.errors import AktorkartError, Problem
from aktorkart.i18n import text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap

SCHEMA = 1
"""Number of the JSON's layout; it changes when a key changes its meaning."""


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    kart, input_format = input_options(lang)
    formats = format_option(lang, "check_format", "text", "json", default="text")
    return [
        kart,
        formats,
        option(lang, "--problems", help="problems", metavar=text("cli.metavar.file", lang)),
        *names_options(lang),
        arenas_option(lang),
        at_option(lang),
        today_option(lang),
        input_format,
        *reading_options(lang),
    ]


def call(  # noqa: PLR0913 - one for each option
    *,
    map: tuple[str, ...],  # noqa: A002
    lang: str | None,
    names: bool | None,
    consent: str,
    arenas: str,
    at: str | None,
    today: dt.date | None,
    format: str,  # noqa: A002
    problems: str | None,
    input_format: str | None,
) -> int:
    """Say what must be mended, or else what is lacking."""
    from aktorkart.privacy import shown
    from aktorkart.privacy.consent import lacking

    if problems is not None:
        refuse_inputs([problems], _inputs(map, input_format))
    try:
        kart = on_date(read(map, input_format, spoken(lang)).kart, at)
    except AktorkartError as error:
        _write_all(error.problems, problems, spoken(lang))
        if format == "json":
            wrong = [_problem(problem, spoken(lang)) for problem in error.problems]
            _give_json(valid=False, problems=wrong, findings=[])
            return INVALID
        raise
    _write_all((), problems, spoken(lang))
    lang = spoken(lang, kart)
    no_consent = lacking(kart, today=today)
    hidden = shown(kart, names=names, lang=lang, consent=consent, today=today)
    seen = hidden.kart
    tell_notes(hidden.notes, lang)
    with at_work(lang):
        found = _lacks(seen, arenas)
    if format == "json":
        wrong = [_problem(no_consent, lang)] if no_consent is not None else []
        findings = [finding.to_dict(lang) for finding in found]
        _give_json(valid=True, problems=wrong, findings=findings)
    else:
        from aktorkart.content.counted import counted

        if no_consent is not None:
            click.echo(_with_field(no_consent.text(lang), "consent", lang))
        if found or no_consent is None:
            code = "cli.valid_lacks" if found else "cli.valid"
            click.echo(text(code, lang, counts=counted(seen, lang)))
        for finding in found:
            click.echo(f"- {_with_field(finding.text(lang), finding.field, lang)}")
    return FINDINGS if found or no_consent is not None else NOTHING


def _inputs(map: tuple[str, ...], input_format: str | None) -> list[str]:  # noqa: A002
    """Return what is read, also where something is wrong in it: of one table there are others."""
    from aktorkart.files.read import files_of

    if "-" in map:
        return [*map]
    try:
        return [*map, *(file.name for file in files_of(map, format=input_format)[1])]
    except AktorkartError:  # told when it is read
        return [*map]


def _write_all(problems: Sequence[Problem], path: str | None, lang: str) -> None:
    """Write all problems to a file, where one is asked for: a table may have thousands."""
    if path is not None:
        lines = "".join(f"{problem.text(lang)}\n" for problem in problems)
        give(lines.encode(errors="replace"), path, lang, private=True)  # names may stand in them


def _lacks(kart: ActorMap, arenas: str) -> list[Finding]:
    """Return what a map lacks; what its analyses could tell if more were filled in is no lack."""
    from aktorkart.content import Topics, of_level

    topics = Topics(kart, arenas)
    return [
        *of_level(topics.about("contents", "bridges", "cohesion", "reach"), "gap", "unknown"),
        *of_level(topics.about("arenas", "care", "toolbox"), "gap"),
    ]


def _with_field(sentence: str, field: str | None, lang: str) -> str:
    """Add the name of the field to fill in, which only those who see the file need."""
    if field is None:
        return sentence
    fields = ", ".join(in_words(one, lang) for one in field.split(", "))
    return f"{sentence} {text('cli.in_file', lang, field=fields)}"


def in_words(field: str, lang: str) -> str:
    """Say what people write for a field, with what the file calls it in brackets."""
    from aktorkart.files import headings
    from aktorkart.files.people_words import SECTIONS
    from aktorkart.files.words import labels

    name, _, value = field.partition(": ")
    tables = (headings.ACTORS, headings.TIES, SECTIONS)
    table = next((one for one in tables if name in one), None)
    label = headings.written(table, name, lang) if table else text(f"cli.field.{name}", lang)
    known = {
        "true": text("common.yes", lang),
        "false": text("common.no", lang),
        **labels("kind", lang),
        **labels("tie_kind", lang),
    }
    said = f"{label}: {known[value]}" if value else label
    return said if said == field else f"{said} ({field})"


def _problem(problem: Problem, lang: str) -> dict[str, Any]:
    return {
        "code": problem.code,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "row": problem.place.row,
        "field": problem.place.field,
        "path": list(problem.place.path),
        "guesses": list(problem.guesses),
        "text": problem.text(lang),
    }


def _give_json(**data: Any) -> None:
    content = json.dumps({"schema": SCHEMA, **data}, ensure_ascii=False, indent=2)
    give_text(f"{content}\n")
