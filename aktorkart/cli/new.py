"""``aktorkart new``: a file to start from."""

from __future__ import annotations

import os

import click

from aktorkart.cli.parts import NOTHING, give, spoken, tell
from aktorkart.errors import Place, Problem, UnwritableFile
from aktorkart.i18n import text


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    metavar = f"[{text('cli.metavar.file', lang)}]"
    return [click.Argument(["path"], default="kart.yaml", metavar=metavar)]


def call(*, lang: str | None, path: str) -> int:
    """Write the starter, unless the file exists."""
    from importlib.resources import files

    lang = spoken(lang)
    starter = files("aktorkart").joinpath("templates", f"starter.{lang}.yaml").read_text("utf-8")
    if path != "-" and os.path.lexists(path):
        raise UnwritableFile(Problem(code="file_exists", place=Place(file=path)))
    give(starter, path, lang)
    if path != "-":
        tell(text("cli.new_next", lang, file=path))
    return NOTHING
