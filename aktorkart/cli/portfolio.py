"""``aktorkart portfolio``: many maps side by side."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aktorkart.cli.at_work import at_work, tell
from aktorkart.cli.parts import (
    FINDINGS,
    INVALID,
    NOTHING,
    force_option,
    format_option,
    names_options,
    option,
    output_option,
    refuse_inputs,
    spoken,
    tell_notes,
    today_option,
)
from aktorkart.cli.report import FORMATS, ending_asked, write_report
from aktorkart.i18n import text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from concurrent.futures import Executor

_WORTH_PROCESSES = 8
"""From so many files on, starting processes takes less time than it saves."""


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    metavar = f"{text('cli.metavar.map', lang)} …"
    _, without_consent = names_options(lang)
    return [
        click.Argument(["maps"], metavar=metavar, nargs=-1, required=True),
        output_option(lang, "portfolio_output"),
        option(lang, "--earlier", help="earlier", metavar=text("cli.metavar.file", lang)),
        option(lang, "--share", help="share", is_flag=True),
        option(lang, "--title", help="report_title", metavar=text("cli.metavar.word", lang)),
        without_consent,
        today_option(lang),
        format_option(lang, "report_format", *FORMATS),
        force_option(lang),
    ]


def call(  # noqa: PLR0913 - one for each option
    *,
    maps: tuple[str, ...],
    output: str | None,
    earlier: str | None,
    share: bool,
    title: str | None,
    lang: str | None,
    consent: str,
    today: dt.date | None,
    format: str | None,  # noqa: A002
    force: bool,
) -> int:
    """Write a report on the maps, and tell which could not be read."""
    from aktorkart.portfolios import portfolio

    target = output or f"{Path(maps[0]).resolve().stem}-portfolio.{format or 'html'}"
    # Say that an ending is unknown before any work is done.
    ending = ending_asked(target, format)
    with _processes(maps) as executor, at_work(spoken(lang)):
        found = portfolio(
            maps[0] if len(maps) == 1 else maps,
            earlier=earlier,
            lang=lang,
            share=share,
            consent=consent,
            today=today,
            executor=executor,
        )
    lang = spoken(lang or found.lang)
    refuse_inputs([target], found.files)
    tell_notes(found.notes, lang)
    for one in found.failures:
        tell(text("cli.portfolio_failed", lang, what=one.text(lang)))
    if not found.n:
        tell(found.text(lang))
        return INVALID
    with at_work(lang):
        made = found.report(lang, title=title)
        write_report(made, target, ending, force=force)
    return FINDINGS if found.failures else NOTHING


@contextmanager
def _processes(maps: tuple[str, ...]) -> Iterator[Executor | None]:
    """Start processes where there are many maps, and a processor for each."""
    files = sum(1 for name in maps for _ in (Path(name).rglob("*") if Path(name).is_dir() else [0]))
    workers = os.cpu_count() or 1
    if files < _WORTH_PROCESSES or workers == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children

    from aktorkart.model import ActorMap

    executor = ProcessPoolExecutor(min(workers, files))
    try:
        # Ctrl-C goes to all processes of a terminal; this one sees to it that the others end.
        with _deaf():
            ActorMap()  # readies what reads maps, for all of them
            executor.submit(os.getpid).result()  # those begun now stay so
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for process in active_children():
            process.terminate()
        raise
    finally:
        executor.shutdown()


@contextmanager
def _deaf() -> Iterator[None]:
    """Hear Ctrl-C afterwards, where a system can do that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
