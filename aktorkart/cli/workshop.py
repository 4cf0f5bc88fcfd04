"""``aktorkart workshop``: the map as a page to build it in, alone or saved to its own file."""

from __future__ import annotations

import signal
import threading
import webbrowser
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aktorkart.cli.at_work import at_work, tell
from aktorkart.cli.parts import (
    NOTHING,
    beside,
    give,
    names_options,
    option,
    output_option,
    refuse_inputs,
    spoken,
    tell_notes,
)
from aktorkart.errors import Problem, WrongArgument
from aktorkart.i18n import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.model import ActorMap
    from aktorkart.viewer.kept import KeptFile

_STDOUT = "-"


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    metavar = f"[{text('cli.metavar.file', lang)}]"
    return [
        click.Argument(["path"], default="kart.yaml", metavar=metavar),
        output_option(lang, "workshop_output"),
        option(lang, "--serve", help="serve", is_flag=True),
        option(
            lang,
            "--port",
            help="port",
            metavar=text("cli.metavar.number", lang),
            type=click.IntRange(0, 65535),
        ),
        option(lang, "--no-open", "unopened", help="no_open", is_flag=True),
        names_options(lang)[1],
    ]


def call(  # noqa: PLR0913 - one for each option
    *,
    path: str,
    output: str | None,
    serve: bool,
    port: int | None,
    unopened: bool,
    consent: str,
    lang: str | None,
) -> int:
    """Write the page to a file, or serve it until somebody stops it."""
    from aktorkart.files import ending_of
    from aktorkart.privacy.consent import require
    from aktorkart.viewer.edit import edit_page
    from aktorkart.viewer.kept import KeptFile
    from aktorkart.viewer.seen import refuse_crowd
    from aktorkart.viewer.view import ENDINGS

    serve = serve or port is not None
    target = output or beside((path,), "-workshop.html")
    if serve and output is not None:
        values = {"option": "-o", "other": "--serve"}
        raise WrongArgument(Problem(code="not_together", values=values))
    if not serve and target != _STDOUT:
        ending_of(target, ENDINGS)
    file = KeptFile(path, lang=spoken(lang), consent=consent)
    loaded, _ = file.read()
    lang = spoken(lang, loaded.kart)
    require(loaded.kart, consent)
    refuse_crowd(loaded.kart, code="edit_too_many")
    tell_notes(loaded.notes, lang)
    if not file.exists:
        tell(text("cli.workshop_new", lang, file=path))
    if loaded.kart.scope == "individual":
        tell(text("cli.workshop_names", lang))
    if serve:
        return _serve(file, loaded.kart, lang=lang, port=port or 0, unopened=unopened)
    refuse_inputs([target], loaded.files)
    with at_work(lang):
        page = edit_page(loaded.kart, lang=lang, names=True, consent=consent, file=Path(path).name)
        html = page.html()
    give(html.encode(), target, lang, private=loaded.kart.scope == "individual")
    if target != _STDOUT and not unopened:
        webbrowser.open(Path(target).absolute().as_uri())
    return NOTHING


def _serve(file: KeptFile, kart: ActorMap, *, lang: str, port: int, unopened: bool) -> int:
    """Serve the page until somebody stops it."""
    from aktorkart.viewer.serving import Workshop

    if file.written_anew(kart):
        tell(text("cli.workshop_anew", lang, file=file.path))
    with _stoppable():
        workshop = Workshop(file, lang=lang, port=port, tell=tell)
        tell(text("cli.workshop_serves", lang, file=file.path, address=workshop.address))
        if not unopened:
            # A browser in the console would keep us from answering it.
            address = [workshop.first_address]
            threading.Thread(target=webbrowser.open, args=address, daemon=True).start()
        workshop.run()
    return NOTHING


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a system that ends the program end it as Ctrl-C does."""

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield  # only the first thread is told
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
