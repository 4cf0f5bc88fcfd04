"""The program: its commands, its help in four languages, and how it ends.

The commands are built when the program starts, since their help is in one of four
languages: the one asked for with ``--lang``, else the locale's, else Norwegian bokmål.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from aktorkart import __version__
from aktorkart.cli.at_work import tell
from aktorkart.cli.console import open_console
from aktorkart.cli.parts import INTERRUPTED, INVALID, NOTHING, language_option
from aktorkart.errors import AktorkartError, NoConsent, Problem, WrongArgument, guesses
from aktorkart.i18n import language_named, preferred_language, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

COMMANDS = (
    *("demo", "new", "check", "report", "draw", "view", "workshop", "form", "survey"),
    *("compare", "merge", "portfolio", "convert", "schema"),
)
"""In the order of use, not of the alphabet; each is a module of its name."""

_HEADINGS = {
    "Usage:": "cli.heading.usage",
    "Options:": "cli.heading.options",
    "Commands:": "cli.heading.commands",
    "[default:": "cli.heading.default",
    "[required]": "cli.heading.required",
}


class _InLanguage:
    """Help with headings in the reader's language; click has them in English only."""

    lang: str

    def get_help(self, ctx: click.Context) -> str:
        page: str = super().get_help(ctx)  # type: ignore[misc]
        for english, code in _HEADINGS.items():
            page = page.replace(english, text(code, self.lang))
        return page

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = text("cli.option.help", self.lang)
        return option


class _Command(_InLanguage, click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _refuse_said_twice(self.make_parser(ctx).parse_args(list(args))[2], args)
        return super().parse_args(ctx, args)

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
    """A command is made when it is asked for: only ``draw`` waits for the figures."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        return command(cmd_name, self.lang) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(
                [(n, text(f"cli.command.{n}", self.lang).splitlines()[0]) for n in COMMANDS]
            )


def _refuse_said_twice(said: Sequence[click.Parameter], args: Sequence[str]) -> None:
    """Refuse an option that is there twice, of which click takes the last and drops the rest."""
    for param in said:
        if not isinstance(param, click.Option) or param.multiple or said.count(param) == 1:
            continue
        off = [name for name in param.secondary_opts if name in args]
        on = [name for name in param.opts if name in args]
        if off and on:
            values = {"option": on[0], "other": off[0]}
            raise WrongArgument(Problem(code="not_together", values=values))
        if not param.is_flag:
            raise WrongArgument(Problem(code="option_twice", values={"option": param.opts[0]}))


def command(name: str, lang: str) -> click.Command:
    """Return one of :data:`COMMANDS` with its help in one language."""
    module = import_module(f"aktorkart.cli.{name}")
    made = _Command(
        name,
        callback=module.call,
        help=text(f"cli.command.{name}", lang),
        epilog=text(f"cli.example.{name}", lang),
        params=[*module.params(lang), language_option(lang)],
        options_metavar=text("cli.metavar.options", lang),
    )
    made.lang = lang
    return made


def _group(lang: str) -> click.Group:
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
        help=text("cli.option.version", lang),
    )
    group = _Group(
        "aktorkart",
        help=text("cli.about", lang),
        params=[version, language_option(lang)],
        callback=_nothing,
        options_metavar="",
        subcommand_metavar=text("cli.metavar.command", lang),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group.lang = lang
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
            asked = arguments[place + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
        else:
            continue
        if (named := language_named(asked)) is not None:
            return named
    return preferred_language()


def _bad_value(param: click.Option) -> Problem:
    """Say what an option takes."""
    values: dict[str, Any] = {"option": param.opts[0]}
    match param.type:
        case click.Choice(choices=known):
            return Problem(code="option_choice", values={**values, "known": list(known)})
        case click.IntRange(min=low, max=high):
            return Problem(code="option_whole", values={**values, "low": low, "high": high})
        case click.FloatRange(min=low, max=high):
            return Problem(code="option_above", values={**values, "low": low, "high": high})
        case click.DateTime():
            return Problem(code="option_day", values={**values, "form": param.metavar})
    return Problem(code="option_value", values=values)


def _usage_problem(error: click.ClickException, lang: str) -> str:
    """Say in the reader's language what click says in English."""
    at = error.ctx.command if isinstance(error, click.UsageError) and error.ctx else None
    param = getattr(error, "param", None)
    typed = error.message.split("'")[1] if error.message.count("'") > 1 else ""
    match error:
        case click.NoSuchOption():
            values: dict[str, Any] = {"value": error.option_name}
            near = tuple(error.possibilities or ())
            return Problem(code="no_such_option", values=values, guesses=near).text(lang)
        case click.MissingParameter() if param is not None:
            name = param.metavar if isinstance(param, click.Argument) else param.opts[0]
            return Problem(code="missing_argument", values={"value": name}).text(lang)
        case click.BadOptionUsage():
            needs = "requires" in error.message
            code = "option_without_value" if needs else "option_takes_no_value"
            return Problem(code=code, values={"option": error.option_name}).text(lang)
        case click.BadParameter() if isinstance(param, click.Option):
            return _bad_value(param).text(lang)
        case click.UsageError() if isinstance(at, click.Group):
            known = list(COMMANDS)
            values = {"value": typed, "known": known}
            near = guesses(typed, known)
            return Problem(code="no_such_command", values=values, guesses=near).text(lang)
    if "extra argument" in error.message:
        extra = error.message.partition("(")[2].rstrip(")")
        return Problem(code="extra_argument", values={"value": extra}).text(lang)
    return error.format_message()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = _asked_language(words)
    try:
        code = _called(words, lang)
    except Exception:
        if not _CTRL_C.is_set():
            raise
        code = NOTHING
    if _CTRL_C.is_set() and code != INTERRUPTED:
        # A library has swallowed it, or made something else of it.
        tell(text("cli.stopped", lang))
        return INTERRUPTED
    return code


def _called(words: list[str], lang: str) -> int:
    group = _group(lang)
    try:
        # A bare command name is a question, not a mistake.
        with group.make_context("aktorkart", words or ["--help"]) as context:
            code = group.invoke(context)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        tell(_usage_problem(error, lang))
        tell(text("cli.see_help", lang))
        return INVALID
    except AktorkartError as error:
        if len(error.problems) > 1:
            tell(text("cli.problems", lang, n=len(error.problems)))
        tell(error.text(lang))
        if isinstance(error, NoConsent) and error.overridable:
            tell(text("cli.override", lang))
        return INVALID
    except (click.Abort, KeyboardInterrupt):
        tell(text("cli.stopped", lang))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output, as `head`, has had enough; nothing is wrong, and there
        # is nobody left to flush the rest to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOTHING
    except OSError as error:
        from aktorkart.atomic import problem_of

        tell(problem_of("-", error).text(lang))
        return INVALID
    return code if isinstance(code, int) else NOTHING


_CTRL_C = threading.Event()
"""Whether somebody has pressed it: libraries may swallow it in the middle of being loaded."""


def _heard(number: int, frame: FrameType | None) -> None:
    _CTRL_C.set()
    signal.default_int_handler(number, frame)


def run() -> None:
    """Run the command line and leave with its exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _heard)
    # A short life: looking for garbage takes a tenth of it and finds next to none, at its end too.
    gc.disable()
    open_console()
    try:
        sys.exit(main())
    finally:
        gc.freeze()
