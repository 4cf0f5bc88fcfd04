"""The command line: parse, call, print. What it says is in the reader's language.

The commands are built when the program starts, since their help is in one of four
languages: the one asked for with ``--lang``, else the locale's, else Norwegian bokmål.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aktorkart import __version__
from aktorkart.errors import (
    AktorkartError,
    Place,
    Problem,
    UnknownName,
    UnsupportedFile,
    UnwritableFile,
    guesses,
)
from aktorkart.files.formats import FORMATS
from aktorkart.i18n import LANGUAGES, preferred_language, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from matplotlib.axes import Axes

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap

NOTHING, FINDINGS, INVALID, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all well, findings on a valid map, something wrong, stopped with Ctrl-C."""

FIGURES = (
    "network",
    "ranking",
    "ego",
    "levels",
    "linkages",
    "influence",
    "publics",
    "goals",
    "matrix",
    "arenas",
)
"""What ``draw`` draws."""
_STYLES = ("report", "slide", "print", "dark")
"""The looks that are ready."""
_HULLS = ("line", "organisation", "community", "none")
"""What ``draw`` outlines."""

_ONLY_FOR = {
    "color": ("network",),
    "like": ("network",),
    "highlight": ("network",),
    "hulls": ("network",),
    "backbone": ("network",),
    "mark_size": ("network", "ranking"),
    "actor": ("ego",),
    "group": ("matrix",),
    "issue": ("publics",),
}
"""Options of ``draw`` that not all figures have."""

_PATIENCE = 1.0
"""Seconds of silence before the program says that it is at work."""


# --- words around the commands


_HEADINGS = {
    "Usage:": "cli.heading.usage",
    "Options:": "cli.heading.options",
    "Commands:": "cli.heading.commands",
    "[default:": "cli.heading.default",
}


class _InLanguage:
    """Help with headings in the reader's language; click has them in English only."""

    lang: str

    def get_help(self, ctx: click.Context) -> str:
        said = super().get_help(ctx)  # type: ignore[misc]
        for english, code in _HEADINGS.items():
            said = said.replace(english, text(code, self.lang))
        return str(said)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = text("cli.option.help", self.lang)
        return option


class _Command(_InLanguage, click.Command):
    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        # Examples are lines to copy: they are not to be wrapped.
        formatter.write(f"\n{text('cli.heading.examples', self.lang)}\n")
        for line in (self.epilog or "").splitlines():
            formatter.write(f"  {line}\n")

    def invoke(self, ctx: click.Context) -> Any:
        # The language may also stand before the command's name.
        if ctx.params["lang"] is None and ctx.parent is not None:
            ctx.params["lang"] = ctx.parent.params["lang"]
        return super().invoke(ctx)


class _Group(_InLanguage, click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)  # in the order of use, not of the alphabet


def _option(lang: str, *names: str, help: str, **kwargs: Any) -> click.Option:  # noqa: A002
    return click.Option(list(names), help=text(f"cli.option.{help}", lang), **kwargs)


def _lang(lang: str) -> click.Option:
    return _option(lang, "--lang", help="lang", type=click.Choice(LANGUAGES))


def _output(lang: str, help: str = "output", **kwargs: Any) -> click.Option:  # noqa: A002
    return _option(
        lang, "-o", "--output", help=help, metavar=text("cli.metavar.file", lang), **kwargs
    )


def _names(lang: str) -> click.Option:
    return _option(lang, "--names/--roles", help="names", default=None)


def _map_argument(lang: str) -> click.Argument:
    return click.Argument(["map"], metavar=text("cli.metavar.map", lang))


def _input_format(lang: str) -> click.Option:
    return _option(lang, "--from", "input_format", help="from", type=click.Choice(list(FORMATS)))


# --- reading, writing, waiting


def _read(path: str, format: str | None, lang: str) -> ActorMap:  # noqa: A002
    from aktorkart.files import load, read_bytes

    if path == "-":
        data = sys.stdin.buffer.read()
        is_json = data.lstrip()[:1] in {b"{", b"["}
        return read_bytes(data, name="-", format=format or ("json" if is_json else "yaml"))
    loaded = load(path, format=format)
    for note in loaded.notes:
        _say(note.text(lang))
    return loaded.kart


def _say(line: str) -> None:
    """Tell the person at the keyboard; what another program reads goes to stdout."""
    click.echo(line, err=True)


def _give(said: str, output: str, lang: str) -> None:
    """Write a text to a file, or to stdout for ``-``."""
    if output == "-":
        click.echo(said.encode(), nl=False)
        return
    from aktorkart.atomic import write_bytes

    write_bytes(output, said.encode())
    _say(text("cli.wrote", lang, file=output))


@contextmanager
def _at_work(lang: str) -> Iterator[None]:
    """Say after a second that something is being done."""
    timer = threading.Timer(_PATIENCE, _say, [text("cli.working", lang)])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _beside(path: str, ending: str) -> str:
    """Return where to write when nothing is said: the working folder, named after the map."""
    stem = "kart" if path == "-" else Path(path).stem
    return f"{stem}{ending}"


def _language(asked: str | None, kart: ActorMap | None = None) -> str:
    return asked or (kart.lang if kart is not None else None) or preferred_language()


# --- the commands


def _demo(*, lang: str | None, output: str) -> int:
    from aktorkart import examples, figures
    from aktorkart.atomic import write_bytes
    from aktorkart.reports import report

    said = _language(lang)
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        code = "folder_is_file" if folder.exists() else "not_writable"
        values = {"folder": output, "reason": error.strerror or ""}
        problem = Problem(code=code, place=Place(file=output), values=values)
        raise UnwritableFile(problem) from None
    for number, name in enumerate(examples.DEMO, start=1):
        kart = examples.read(name)
        _say(
            text(
                "cli.demo_step",
                said,
                number=number,
                total=len(examples.DEMO),
                title=kart.title or name,
            )
        )
        made = report(kart, lang=lang)
        write_bytes(folder / f"{name}.yaml", examples.source(name).encode())
        made.save(folder / f"{name}.html")
        figures.save(made.figure("network"), folder / f"{name}.png", alt=made.alt_text("network"))
    first = folder / f"{examples.DEMO[0]}.html"
    click.echo(text("cli.demo_done", said, folder=str(folder), first=str(first)))
    return NOTHING


def _new(*, lang: str | None, path: str) -> int:
    from importlib.resources import files

    said = _language(lang)
    starter = files("aktorkart").joinpath("templates", f"starter.{said}.yaml").read_text("utf-8")
    if path != "-" and os.path.lexists(path):
        raise UnwritableFile(Problem(code="file_exists", place=Place(file=path)))
    _give(starter, path, said)
    if path != "-":
        _say(text("cli.new_next", said, file=path))
    return NOTHING


def _findings(kart: ActorMap) -> list[Finding]:
    """Return what a map lacks; what its analyses could tell if more were filled in is no lack."""
    from aktorkart import care, toolbox
    from aktorkart.care.findings import SAID_ELSEWHERE
    from aktorkart.content import overview
    from aktorkart.network.measures import measures

    values = measures(kart)
    found = [
        *overview.content(kart),
        *overview.bridges(kart, values),
        *overview.cohesion(kart, values),
        *overview.reach(kart, values),
    ]
    analysed = [*care.findings(kart), *toolbox.cross_checks(kart)]
    return [finding for finding in found if finding.level in {"gap", "unknown"}] + [
        finding
        for finding in analysed
        if finding.level == "gap" and (finding.code, finding.case) not in SAID_ELSEWHERE
    ]


def _check(*, map: str, lang: str | None, format: str, input_format: str | None) -> int:  # noqa: A002
    try:
        kart = _read(map, input_format, _language(lang))
    except AktorkartError as error:
        if format == "json":
            click.echo(_problems_as_json(error, _language(lang)))
            return INVALID
        raise
    said = _language(lang, kart)
    with _at_work(said):
        found = _findings(kart)
    if format == "json":
        data = {
            "valid": True,
            "problems": [],
            "findings": [
                {
                    "code": finding.code,
                    "case": finding.case,
                    "level": finding.level,
                    "actors": finding.actors,
                    "text": finding.text(said),
                }
                for finding in found
            ],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        counts = (
            text("model.actors", said, n=len(kart.actors)),
            text("model.ties", said, n=len(kart.ties)),
        )
        click.echo(text("cli.valid", said, counts=list(counts)))
        for finding in found:
            click.echo(f"- {finding.text(said)}")
    return FINDINGS if found else NOTHING


def _problems_as_json(error: AktorkartError, lang: str) -> str:
    problems = [
        {
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
        for problem in error.problems
    ]
    data = {"valid": False, "problems": problems, "findings": []}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _report(  # noqa: PLR0913 - one for each option
    *,
    map: str,  # noqa: A002
    output: str | None,
    lang: str | None,
    names: bool | None,
    format: str | None,  # noqa: A002
    input_format: str | None,
) -> int:
    from aktorkart.files import ending_of
    from aktorkart.reports import ENDINGS, report

    ending = f".{format}" if format else None
    target = output or _beside(map, f"-report{ending or '.html'}")
    # Say that an ending is unknown before any work is done.
    ending = ending or (".md" if target == "-" else ending_of(target, ENDINGS))
    kart = _read(map, input_format, _language(lang))
    said = _language(lang, kart)
    with _at_work(said):
        made = report(kart, lang=said, names=names)
        if target == "-" or ending_of(target, ENDINGS) != ending:
            writers = {".html": made.to_html, ".md": made.to_markdown, ".json": made.to_json}
            _give(writers[ending](), target, said)
            return NOTHING
        made.save(target)
    _say(text("cli.wrote", said, file=target))
    return NOTHING


def _draw(  # noqa: PLR0913 - one for each option
    *,
    map: str,  # noqa: A002
    output: tuple[str, ...],
    figure: str,
    lang: str | None,
    names: bool | None,
    color: str,
    mark_size: str,
    size: str | None,
    style: str,
    highlight: str | None,
    hulls: str | None,
    backbone: float | None,
    actor: str | None,
    group: str | None,
    title: str | None,
    dpi: int,
    input_format: str | None,
    like: str | None,
    issue: str | None,
) -> int:
    from dataclasses import replace

    from aktorkart import figures
    from aktorkart.figures.drawing.saving import ENDINGS
    from aktorkart.files import ending_of
    from aktorkart.scene.style import PAGES

    _options_fit(figure)
    targets = output or (_beside(map, f"-{figure}.png"),)
    for target in targets:
        if target == "-":
            raise UnsupportedFile(Problem(code="figure_to_stdout"))
        ending_of(target, ENDINGS)
    kart = _read(map, input_format, _language(lang))
    earlier = _read(like, None, _language(lang)) if like else None
    said = _language(lang, kart)
    look: figures.Style = getattr(figures.Style, style)()
    if size is not None:
        look = replace(look, size=PAGES[size])
    asked: dict[str, Any] = {
        "color": color,
        "mark_size": mark_size,
        "like": earlier,
        "highlight": highlight,
        "hulls": hulls,
        "backbone": backbone,
        "actor": actor,
        "group": group,
        "issue": issue,
    }
    options = _options_of(figure, asked) | {"lang": said, "names": names, "style": look}
    if title is not None:
        options["title"] = title
    with _at_work(said):
        ax: Axes = getattr(figures, figure)(kart, ax=figures.sheet(style=look), **options)
        for target in targets:
            figures.save(ax, target, dpi=dpi)
            _say(text("cli.wrote", said, file=target))
    return NOTHING


def _options_of(figure: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what was asked for as the figure's own options."""
    names = {"mark_size": "measure" if figure == "ranking" else "size"}
    found = {
        names.get(name, name): value
        for name, value in asked.items()
        if figure in _ONLY_FOR[name] and value is not None
    }
    for name in {"color", "size", "hulls"} & found.keys():
        found[name] = None if found[name] == "none" else found[name]
    if found.get("measure") == "none":
        del found["measure"]
    return found


def _options_fit(figure: str) -> None:
    """Refuse an option that the figure would ignore."""
    context = click.get_current_context()
    given = {
        param.opts[0]: param.name
        for param in context.command.params
        if context.get_parameter_source(str(param.name)) is click.core.ParameterSource.COMMANDLINE
    }
    wrong = [
        Problem(code="option_not_for_figure", values={"option": option, "figure": figure})
        for option, name in given.items()
        if name in _ONLY_FOR and figure not in _ONLY_FOR[name]
    ]
    if wrong:
        raise UnknownName(wrong)


def _convert(  # noqa: PLR0913 - one for each option
    *,
    map: str,  # noqa: A002
    output: str,
    lang: str | None,
    names: bool | None,
    format: str | None,  # noqa: A002
    input_format: str | None,
) -> int:
    from aktorkart.files import format_of, to_text, write
    from aktorkart.privacy.shown import shown

    if output != "-":
        format_of(output, format=format)
    kart = _read(map, input_format, _language(lang))
    said = _language(lang, kart)
    if output == "-":
        seen = shown(kart, names=names is not False, lang=said).kart
        click.echo(to_text(seen, format=format or "yaml").encode(), nl=False)
        return NOTHING
    for note in write(kart, output, format=format, names=names):
        _say(note.text(said))
    _say(text("cli.wrote", said, file=output))
    return NOTHING


def _schema(*, output: str, lang: str | None) -> int:
    from aktorkart.files import json_schema

    said = _language(lang)
    schema = json.dumps(json_schema(said), ensure_ascii=False, indent=2)
    _give(schema + "\n", output, said)
    return NOTHING


def build(lang: str) -> click.Group:
    """Build the commands with their help in one language."""
    group = _Group(
        "aktorkart",
        help=text("cli.about", lang),
        params=[
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help=text("cli.option.version", lang),
            ),
            _lang(lang),
        ],
        callback=_nothing,
        options_metavar="",
        subcommand_metavar=text("cli.metavar.command", lang),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group.lang = lang
    formats = click.Choice(("text", "json"))
    word = text("cli.metavar.word", lang)
    made: dict[str, tuple[Callable[..., int], list[click.Parameter]]] = {
        "demo": (
            _demo,
            [_output(lang, "demo_output", default="aktorkart-demo", show_default=True)],
        ),
        "new": (
            _new,
            [
                click.Argument(
                    ["path"], default="kart.yaml", metavar=f"[{text('cli.metavar.file', lang)}]"
                )
            ],
        ),
        "check": (
            _check,
            [
                _map_argument(lang),
                _option(lang, "--format", help="check_format", type=formats, default="text"),
            ],
        ),
        "report": (
            _report,
            [
                _map_argument(lang),
                _output(lang, "report_output"),
                _names(lang),
                _option(
                    lang,
                    "--format",
                    help="report_format",
                    type=click.Choice(("html", "md", "json")),
                ),
            ],
        ),
        "draw": (
            _draw,
            [
                _map_argument(lang),
                _output(lang, "draw_output", multiple=True),
                _option(
                    lang,
                    "--figure",
                    help="figure",
                    type=click.Choice(FIGURES),
                    default="network",
                    show_default=True,
                ),
                _names(lang),
                _option(
                    lang,
                    "--color",
                    help="color",
                    default="linkage",
                    show_default=True,
                    metavar=word,
                ),
                _option(
                    lang,
                    "--mark-size",
                    help="mark_size",
                    default="betweenness",
                    show_default=True,
                    metavar=word,
                ),
                _option(lang, "--highlight", help="highlight", metavar=word),
                _option(lang, "--hulls", help="hulls", type=click.Choice(_HULLS)),
                _option(
                    lang,
                    "--backbone",
                    help="backbone",
                    type=click.FloatRange(0, 1, min_open=True),
                    metavar=text("cli.metavar.number", lang),
                ),
                _option(lang, "--actor", help="actor", metavar=word),
                _option(lang, "--group", help="group", metavar=word),
                _option(
                    lang,
                    "--style",
                    help="style",
                    type=click.Choice(_STYLES),
                    default="report",
                    show_default=True,
                ),
                _option(lang, "--size", help="size", type=click.Choice(("a4", "slide"))),
                _option(
                    lang,
                    "--dpi",
                    help="dpi",
                    type=click.IntRange(30, 1200),
                    metavar=text("cli.metavar.number", lang),
                    default=200,
                    show_default=True,
                ),
                _option(lang, "--like", help="like", metavar=text("cli.metavar.map", lang)),
                _option(lang, "--issue", help="issue", metavar=word),
                _option(lang, "--title", help="title", metavar=word),
            ],
        ),
        "convert": (
            _convert,
            [
                _map_argument(lang),
                _output(lang, "convert_output", required=True),
                _names(lang),
                _option(
                    lang,
                    "--format",
                    help="convert_format",
                    type=click.Choice(list(FORMATS)),
                ),
            ],
        ),
        "schema": (_schema, [_output(lang, "schema_output", default="-")]),
    }
    for name, (call, params) in made.items():
        reads = any(isinstance(param, click.Argument) and param.name == "map" for param in params)
        if reads:
            params.append(_input_format(lang))
        command = _Command(
            name,
            callback=call,
            help=text(f"cli.command.{name}", lang),
            short_help=text(f"cli.command.{name}", lang).splitlines()[0],
            epilog=text(f"cli.example.{name}", lang),
            params=[*params, _lang(lang)],
            options_metavar=text("cli.metavar.options", lang),
        )
        command.lang = lang
        group.add_command(command)
    return group


def _nothing(*, lang: str | None) -> None:
    """Take the language given before a command; the command reads it."""
    del lang


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value and not ctx.resilient_parsing:
        click.echo(f"aktorkart {__version__}")
        ctx.exit()


def _asked_language(arguments: Sequence[str]) -> str:
    """Find ``--lang`` before the commands exist: their help is to be in that language."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            said = arguments[place + 1]
        elif argument.startswith("--lang="):
            said = argument.removeprefix("--lang=")
        else:
            continue
        if said in LANGUAGES:
            return said
    return preferred_language()


def _usage_problem(error: click.ClickException, lang: str) -> str:
    """Say in the reader's language what click says in English."""
    command = error.ctx.command if isinstance(error, click.UsageError) and error.ctx else None
    param = getattr(error, "param", None)
    said = error.message.split("'")[1] if error.message.count("'") > 1 else ""
    match error:
        case click.NoSuchOption():
            values: dict[str, Any] = {"value": error.option_name}
            near = tuple(error.possibilities or ())
            return Problem(code="no_such_option", values=values, guesses=near).text(lang)
        case click.MissingParameter() if param is not None:
            name = param.metavar if isinstance(param, click.Argument) else param.opts[0]
            return Problem(code="missing_argument", values={"value": name}).text(lang)
        case click.BadParameter() if isinstance(param, click.Option):
            known = list(getattr(param.type, "choices", ()))
            code = "option_choice" if known else "option_value"
            values = {"option": param.opts[0], "known": known}
            return Problem(code=code, values=values).text(lang)
        case click.UsageError() if isinstance(command, click.Group):
            known = list(command.commands)
            values = {"value": said, "known": known}
            near = guesses(said, known)
            return Problem(code="no_such_command", values=values, guesses=near).text(lang)
    if "extra argument" in error.message:
        extra = error.message.partition("(")[2].rstrip(")")
        return Problem(code="extra_argument", values={"value": extra}).text(lang)
    return error.format_message()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = _asked_language(words)
    group = build(lang)
    try:
        # A bare command name is a question, not a mistake.
        with group.make_context("aktorkart", words or ["--help"]) as context:
            code = group.invoke(context)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        _say(_usage_problem(error, lang))
        _say(text("cli.see_help", lang))
        return INVALID
    except AktorkartError as error:
        if len(error.problems) > 1:
            _say(text("cli.problems", lang, n=len(error.problems)))
        _say(error.text(lang))
        return INVALID
    except (click.Abort, KeyboardInterrupt):
        _say(text("cli.stopped", lang))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output, as `head`, has had enough; nothing is wrong, and there
        # is nobody left to flush the rest to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOTHING
    except OSError as error:
        from aktorkart.atomic import problem_of

        _say(problem_of("-", error).text(lang))
        return INVALID
    return code if isinstance(code, int) else NOTHING


def run() -> None:
    """Run the command line and leave with its exit code."""
    # A short life: looking for garbage takes a tenth of it and finds next to none.
    gc.disable()
    sys.exit(main())


if __name__ == "__main__":
    run()
