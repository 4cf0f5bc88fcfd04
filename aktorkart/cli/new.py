"""``aktorkart new``: a file to start from."""

from __future__ import annotations

import os

import click

from aktorkart.cli.at_work import tell
from aktorkart.cli.parts import NOTHING, give, option, spoken
from aktorkart.errors import Place, Problem, UnwritableFile
from aktorkart.files.starter import SITUATIONS, starter
from aktorkart.i18n import text


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    metavar = f"[{text('cli.metavar.file', lang)}]"
    situation = option(
        lang,
        "--for",
        "situation",
        help="situation",
        type=click.Choice(SITUATIONS),
        default=SITUATIONS[0],
    )
    return [click.Argument(["path"], default="kart.yaml", metavar=metavar), situation]


def call(*, lang: str | None, path: str, situation: str) -> int:
    """Write the starter, unless the file exists."""
    lang = spoken(lang)
    if path != "-" and os.path.lexists(path):
        raise UnwritableFile(Problem(code="file_exists", place=Place(file=path)))
    give(starter(situation, lang).encode(), path, lang, private=situation == "user")
    if path != "-":
        tell(text("cli.new_next", lang, file=path))
    return NOTHING
