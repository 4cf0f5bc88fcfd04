"""What the commands have in common: options, reading, writing, waiting."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aktorkart.files.formats import FORMATS
from aktorkart.i18n import LANGUAGES, preferred_language, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.model import ActorMap

NOTHING, FINDINGS, INVALID, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all well, findings on a valid map, something wrong, stopped with Ctrl-C."""

PATIENCE = 1.0
"""Seconds of silence before the program says that it is at work."""


# --- options


def option(lang: str, *names: str, help: str, **kwargs: Any) -> click.Option:  # noqa: A002
    """Make an option with its help from the catalogue."""
    return click.Option(list(names), help=text(f"cli.option.{help}", lang), **kwargs)


def language_option(lang: str) -> click.Option:
    """Make ``--lang``."""
    return option(lang, "--lang", help="lang", type=click.Choice(LANGUAGES))


def output_option(lang: str, help: str, **kwargs: Any) -> click.Option:  # noqa: A002
    """Make ``-o``."""
    metavar = text("cli.metavar.file", lang)
    return option(lang, "-o", "--output", help=help, metavar=metavar, **kwargs)


def names_option(lang: str) -> click.Option:
    """Make ``--names`` and ``--roles``."""
    return option(lang, "--names/--roles", help="names", default=None)


def format_option(lang: str, help: str, *formats: str, **kwargs: Any) -> click.Option:  # noqa: A002
    """Make ``--format``."""
    return option(lang, "--format", help=help, type=click.Choice(formats), **kwargs)


def input_options(lang: str) -> tuple[click.Argument, click.Option]:
    """Make the argument for a map, and the option for its format."""
    formats = click.Choice(list(FORMATS))
    return (
        click.Argument(["map"], metavar=text("cli.metavar.map", lang)),
        option(lang, "--from", "input_format", help="from", type=formats),
    )


# --- reading, writing, waiting


def read(path: str, format: str | None, lang: str) -> ActorMap:  # noqa: A002
    """Read a map from a file or, for ``-``, from stdin; its notes are told."""
    from aktorkart.files import load, read_bytes

    if path == "-":
        data = sys.stdin.buffer.read()
        is_json = data.lstrip()[:1] in {b"{", b"["}
        return read_bytes(data, name="-", format=format or ("json" if is_json else "yaml"))
    loaded = load(path, format=format)
    for note in loaded.notes:
        tell(note.text(lang))
    return loaded.kart


def tell(line: str) -> None:
    """Tell the person at the keyboard; what another program reads goes to stdout."""
    click.echo(line, err=True)


def give(content: str, output: str, lang: str) -> None:
    """Write a text to a file, or to stdout for ``-``."""
    if output == "-":
        click.echo(content.encode(), nl=False)
        return
    from aktorkart.atomic import write_bytes

    write_bytes(output, content.encode())
    tell(text("cli.wrote", lang, file=output))


@contextmanager
def at_work(lang: str) -> Iterator[None]:
    """Say after a second that something is being done."""
    timer = threading.Timer(PATIENCE, tell, [text("cli.working", lang)])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def beside(path: str, ending: str) -> str:
    """Return where to write when nothing is said: the working folder, named after the map."""
    stem = "kart" if path == "-" else Path(path).stem
    return f"{stem}{ending}"


def spoken(asked: str | None, kart: ActorMap | None = None) -> str:
    """Return the language asked for, or else the map's, or else the machine's."""
    return asked or (kart.lang if kart is not None else None) or preferred_language()
