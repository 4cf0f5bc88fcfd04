"""What the commands have in common: options, reading, writing, waiting."""

from __future__ import annotations

import os
import stat
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aktorkart.errors import Place, Problem, UnreadableFile, UnwritableFile
from aktorkart.files.formats import FORMATS
from aktorkart.i18n import LANGUAGES, language_named, preferred_language, text
from aktorkart.network.memberships import ARENAS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from aktorkart.files.formats import Loaded
    from aktorkart.model import ActorMap

NOTHING, FINDINGS, INVALID, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all well, findings on a valid map, something wrong, stopped with Ctrl-C."""

PATIENCE = 1.0
"""Seconds of silence before the program says that it is at work."""


# --- options


def option(lang: str, *names: str, help: str, **kwargs: Any) -> click.Option:  # noqa: A002
    """Make an option with its help from the catalogue."""
    return click.Option(list(names), help=text(f"cli.option.{help}", lang), **kwargs)


if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # older versions have no type to name


class _Language(_Choice):
    """One of the four languages, by its code or by its name."""

    def __init__(self) -> None:
        super().__init__(LANGUAGES)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found: str = super().convert(language_named(value) or value, param, ctx)
        return found


def language_option(lang: str) -> click.Option:
    """Make ``--lang``."""
    return option(lang, "--lang", help="lang", type=_Language())


def output_option(lang: str, help: str, **kwargs: Any) -> click.Option:  # noqa: A002
    """Make ``-o``."""
    metavar = text("cli.metavar.file", lang)
    return option(lang, "-o", "--output", help=help, metavar=metavar, **kwargs)


def names_options(lang: str) -> tuple[click.Option, ...]:
    """Make ``--names`` and ``--roles``, and ``--without-consent``."""
    return (
        option(lang, "--names/--roles", help="names", default=None),
        option(
            lang,
            "--without-consent",
            "consent",
            help="without_consent",
            is_flag=True,
            callback=lambda _ctx, _param, value: "ignore" if value else "required",
        ),
    )


def sharing_options(lang: str) -> tuple[click.Option, ...]:
    """Make the options for what is shown of a map, and to whom: ``--for`` as well."""
    metavar = text("cli.metavar.who", lang)
    names, without = names_options(lang)
    return names, option(lang, "--for", "reader", help="reader", metavar=metavar), without


def force_option(lang: str) -> click.Option:
    """Make ``--force``."""
    return option(lang, "--force", help="force", is_flag=True)


def today_option(lang: str) -> click.Option:
    """Make ``--today``."""
    return option(
        lang,
        "--today",
        help="today",
        metavar=text("cli.metavar.day", lang),
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda _ctx, _param, value: value.date() if value is not None else None,
    )


def arenas_option(lang: str) -> click.Option:
    """Make ``--arenas``."""
    kinds = click.Choice(ARENAS)
    return option(lang, "--arenas", help="arenas", type=kinds, default=ARENAS[0])


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


def read(path: str, format: str | None, lang: str) -> Loaded:  # noqa: A002
    """Read a map from a file or, for ``-``, from stdin; its notes are told."""
    from aktorkart.files import load, load_bytes

    if path == "-":
        if sys.stdin is None:
            raise UnreadableFile(Problem(code="no_stdin"))
        data = sys.stdin.buffer.read()
        is_json = data.lstrip()[:1] in {b"{", b"["}
        loaded = load_bytes(data, name="-", format=format or ("json" if is_json else "yaml"))
    else:
        loaded = load(path, format=format)
    tell_notes(loaded.notes, lang)
    return loaded


def for_reader(
    kart: ActorMap,
    *,
    names: bool | None,
    reader: str | None,
    consent: str,
    today: dt.date | None = None,
) -> tuple[ActorMap, bool | None]:
    """Return what the one that it is for may see of a map, with names unless asked otherwise."""
    if reader is None:
        return kart, names
    from aktorkart.privacy.seen_for import seen_for

    return seen_for(kart, reader, consent=consent, today=today), names is not False


def refuse_inputs(outputs: Iterable[str], inputs: Iterable[str]) -> None:
    """Refuse to write over what was read."""
    read_from = [found for name in inputs if (found := _identity(name)) is not None]
    wrong = [
        Problem(code="output_is_input", place=Place(file=name))
        for name in outputs
        if _identity(name) in read_from
    ]
    if wrong:
        raise UnwritableFile(wrong)


def _identity(name: str) -> tuple[int, int] | None:
    """Tell which file a name stands for, whatever the name; ``-`` may be one too."""
    try:
        found = os.fstat(sys.stdin.fileno()) if name == "-" else os.stat(name)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def tell_notes(notes: Iterable[Problem], lang: str) -> None:
    """Tell what is worth knowing and stops nothing."""
    for note in notes:
        tell(note.text(lang))


def tell(line: str) -> None:
    """Tell the person at the keyboard; what another program reads goes to stdout."""
    click.echo(line, err=True)


def give_text(content: str) -> None:
    """Write what another program reads to stdout, in UTF-8 whatever the console has."""
    if sys.stdout is None:
        raise UnwritableFile(Problem(code="no_stdout"))
    data = content.encode(errors="replace")
    # A program that has called us may have put text of its own in the console's place.
    click.echo(data if hasattr(sys.stdout, "buffer") else data.decode(), nl=False)


def give(content: str, output: str, lang: str, *, private: bool = False) -> None:
    """Write a text to a file, or to stdout for ``-``."""
    if output == "-":
        give_text(content)
        return
    from aktorkart.atomic import write_bytes

    write_bytes(output, content.encode(), private=private)
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
