"""A line for who waits: what is being done, and how much of it is done.

It stands on stderr after a second, only where that is a terminal, and goes away by itself.
"""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from aktorkart.i18n import percent, text
from aktorkart.progress import listening

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 1.0
"""Seconds of silence before the program says that it is at work."""

EVERY = 0.2
"""Seconds between two looks at how far it has come."""

_LINES: list[_Line] = []
"""The line that stands there now; more than one where one at work asks another."""


class _Line:
    """What stands on the last line of the terminal."""

    def __init__(self, lang: str, what: str) -> None:
        self._lang = lang
        self._what = text(f"cli.{what}", lang)
        self._words = self._what
        self._written = ""
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def told(self, phase: str, done: int, of: int) -> None:
        """Take in how far it has come; what is done gives way to what is not told of."""
        if done >= of:
            self._words = self._what
        else:
            share = percent(done / of, self._lang)
            self._words = f"{text(f'cli.phase.{phase}', self._lang)}: {share}"

    def _keep(self) -> None:
        patience = PATIENCE
        while not self._done.wait(patience):
            self._write(self._words)
            patience = EVERY

    def _write(self, words: str) -> None:
        with self._lock:
            if words != self._written:
                over = " " * (len(self._written) - len(words))
                click.echo(f"\r{words}{over}", err=True, nl=False)
                self._written = words

    def clear(self) -> None:
        """Take it away, for what is to stay; it comes back by itself."""
        if self._written:
            self._write("")
            click.echo("\r", err=True, nl=False)

    def end(self) -> None:
        self._done.set()
        self._thread.join()
        self.clear()


class _Compiling(logging.Handler):
    """Says once that something is compiled, or could be."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def emit(self, record: logging.LogRecord) -> None:
        tell(text(f"cli.{vars(record)['case']}", self._lang))


def tell(line: str) -> None:
    """Tell the person at the keyboard; what another program reads goes to stdout."""
    for one in _LINES:
        one.clear()
    click.echo(line, err=True)


@contextmanager
def at_work(lang: str, what: str = "working") -> Iterator[None]:
    """Say after a second what is being done, and how much is done, where somebody is looking."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    log, said = logging.getLogger("aktorkart.compiling"), _Compiling(lang)
    level = log.level
    log.addHandler(said)
    log.setLevel(logging.INFO)
    line = _Line(lang, what)
    _LINES.append(line)
    try:
        with listening(line.told):
            yield
    finally:
        _LINES.remove(line)
        line.end()
        log.removeHandler(said)
        log.setLevel(level)
