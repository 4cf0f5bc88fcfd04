"""What the commands have in common: options, reading, writing, waiting."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aktorkart.cli.at_work import at_work, tell
from aktorkart.errors import (
    InvalidMap,
    Place,
    Problem,
    UnreadableFile,
    UnwritableFile,
    WrongArgument,
    grouped,
)
from aktorkart.files.formats import FORMATS
from aktorkart.files.sheets import WEIGHTS, Reading
from aktorkart.i18n import LANGUAGES, language_named, preferred_language, text
from aktorkart.network.memberships import ARENAS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from aktorkart.files.formats import Loaded
    from aktorkart.model import ActorMap

NOTHING, FINDINGS, INVALID, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all well, findings on a valid map, something wrong, stopped with Ctrl-C."""


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


def at_option(lang: str) -> click.Option:
    """Make ``--at``."""
    return option(lang, "--at", help="at", metavar=text("cli.metavar.day", lang))


def arenas_option(lang: str) -> click.Option:
    """Make ``--arenas``."""
    kinds = click.Choice(ARENAS)
    return option(lang, "--arenas", help="arenas", type=kinds, default=ARENAS[0])


def format_option(lang: str, help: str, *formats: str, **kwargs: Any) -> click.Option:  # noqa: A002
    """Make ``--format``."""
    return option(lang, "--format", help=help, type=click.Choice(formats), **kwargs)


def input_options(lang: str) -> tuple[click.Argument, click.Option]:
    """Make the argument for a map, in one file or two, and the option for its format."""
    formats = click.Choice(list(FORMATS))
    metavar = text("cli.metavar.map", lang)
    return (
        click.Argument(["map"], metavar=metavar, nargs=-1, required=True),
        option(lang, "--from", "input_format", help="from", type=formats),
    )


def reading_options(lang: str) -> tuple[click.Option, ...]:
    """Make the options for reading other people's tables; `read` finds what they say."""

    def kept(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        ctx.meta[f"{_READING}.{param.name}"] = value

    flags = [("--directed/--mutual", None), ("--repair", False), ("--count", False)]
    named = option(
        lang,
        "--column",
        "columns",
        help="column",
        metavar=text("cli.metavar.column", lang),
        multiple=True,
        callback=lambda ctx, param, value: kept(ctx, param, dict(map(_column, value))),
        expose_value=False,
    )
    weights = option(
        lang,
        "--weights",
        help="weights",
        type=click.Choice(WEIGHTS),
        default=WEIGHTS[0],
        callback=kept,
        expose_value=False,
    )
    switches = [
        option(
            lang,
            names,
            help=names.strip("-").partition("/")[0],
            is_flag=True,
            default=default,
            callback=kept,
            expose_value=False,
        )
        for names, default in flags
    ]
    return (switches[0], named, weights, *switches[1:])


_READING = "aktorkart.reading"


def _column(said: str) -> tuple[str, str]:
    field, equals, heading = said.partition("=")
    if not (field and equals and heading):
        raise WrongArgument(Problem(code="option_column", values={"value": said}))
    return field.strip(), heading.strip()


def _reading() -> Reading:
    """Return how the tables of this command are to be read."""
    ctx = click.get_current_context(silent=True)
    meta = ctx.meta if ctx is not None else {}
    names = ("directed", "columns", "weights", "repair", "count")
    said = {name: meta[f"{_READING}.{name}"] for name in names if f"{_READING}.{name}" in meta}
    return Reading(**said)


# --- reading, writing, waiting


def read(paths: Sequence[str], format: str | None, lang: str) -> Loaded:  # noqa: A002
    """Read a map from a file, or two, or for ``-`` from stdin; its notes are told."""
    from aktorkart.files import load_bytes, load_files
    from aktorkart.files.sniff import sniffed

    if "-" in paths:
        if sys.stdin is None:
            raise UnreadableFile(Problem(code="no_stdin"))
        data = sys.stdin.buffer.read()
        is_json = data.lstrip()[:1] in {b"{", b"["}
        text_as = "json" if is_json else "yaml"
        known = format or ("carried" if sniffed(data) == "carried" else text_as)
        with at_work(lang, "reading"):
            loaded = load_bytes(data, name="-", format=known, reading=_reading())
    else:
        with at_work(lang, "reading"):
            loaded = load_files(paths, format=format, reading=_reading())
    tell_notes(loaded.notes, lang)
    return loaded


def read_each(
    names: Sequence[str],
    lang: str,
    format: str | None = None,  # noqa: A002
) -> list[Loaded]:
    """Read several maps, each of one file; what is wrong in all is said at once."""
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for name in names:
        try:
            loaded.append(read((name,), format, lang))
        except InvalidMap as error:
            problems += error.problems
    if problems:
        raise InvalidMap(problems)
    return loaded


def on_date(kart: ActorMap, at: str | None) -> ActorMap:
    """Return the map as it is on a date, where one was asked for."""
    return kart if at is None else kart.at(at)


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


def read_since(
    map: tuple[str, ...],  # noqa: A002 - the option's name
    earlier: str | None,
    input_format: str | None,
    target: str,
    lang: str | None,
) -> tuple[Loaded, ActorMap | None]:
    """Read a map, and an earlier one if there is one, neither of which may be written over."""
    loaded = read(map, input_format, spoken(lang))
    was = None if earlier is None else read((earlier,), None, spoken(lang))
    refuse_inputs([target], [*loaded.files, *(was.files if was else ())])
    return loaded, None if was is None else was.kart


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
    for line in grouped(notes, lang):
        tell(line)


def give_text(content: str) -> None:
    """Write what another program reads to stdout, in UTF-8 whatever the console has."""
    if sys.stdout is None:
        raise UnwritableFile(Problem(code="no_stdout"))
    data = content.encode(errors="replace")
    # A program that has called us may have put text of its own in the console's place.
    click.echo(data if hasattr(sys.stdout, "buffer") else data.decode(), nl=False)


def give(content: bytes, output: str, lang: str, *, private: bool = False) -> None:
    """Write what a file holds to it, or to stdout for ``-``."""
    if output == "-":
        if sys.stdout is None:
            raise UnwritableFile(Problem(code="no_stdout"))
        binary = hasattr(sys.stdout, "buffer")
        click.echo(content if binary else content.decode(errors="replace"), nl=False)
        return
    from aktorkart.atomic import write_bytes

    write_bytes(output, content, private=private)
    tell(text("cli.wrote", lang, file=output))


def beside(paths: Sequence[str], ending: str) -> str:
    """Return where to write when nothing is said: the working folder, named after the map."""
    stem = "kart" if "-" in paths else Path(paths[0]).stem
    return f"{stem}{ending}"


def spoken(asked: str | None, kart: ActorMap | None = None) -> str:
    """Return the language asked for, or else the map's, or else the machine's."""
    return asked or (kart.lang if kart is not None else None) or preferred_language()
