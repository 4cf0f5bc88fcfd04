"""``aktorkart demo``: a folder of examples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aktorkart.cli.at_work import tell
from aktorkart.cli.parts import NOTHING, force_option, output_option, spoken
from aktorkart.errors import Place, Problem, UnwritableFile
from aktorkart.i18n import text

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    output = output_option(lang, "demo_output", default="aktorkart-demo", show_default=True)
    return [output, force_option(lang)]


def call(*, lang: str | None, output: str, force: bool) -> int:
    """Write each example as a map, a picture and a report, but over nothing that differs."""
    from aktorkart import examples
    from aktorkart.atomic import made_folder, write_files

    folder = made_folder(output)
    total = len(examples.DEMO)
    differing: list[Problem] = []
    for number, name in enumerate(examples.DEMO, start=1):
        kart = examples.read(name)
        title = kart.title or name
        tell(text("cli.demo_step", spoken(lang), number=number, total=total, title=title))
        files = {str(folder / file): data for file, data in _made(name, kart, lang).items()}
        kept = [] if force else [path for path, data in files.items() if _differs(path, data)]
        differing += [Problem(code="demo_differs", place=Place(file=path)) for path in kept]
        write_files(
            {path: data for path, data in files.items() if path not in kept},
            private=kart.scope == "individual",
        )
    if differing:
        raise UnwritableFile(differing)
    first = folder / f"{examples.DEMO[0]}.html"
    click.echo(text("cli.demo_done", spoken(lang), folder=str(folder), first=str(first)))
    return NOTHING


def _made(name: str, kart: ActorMap, lang: str | None) -> dict[str, bytes]:
    """Make the files of one example."""
    from aktorkart import examples, figures
    from aktorkart.figures.drawing.saving import to_bytes
    from aktorkart.reports import report

    made = report(kart, lang=lang)
    drawn = figures.network(
        made.kart,
        ax=figures.sheet(),
        lang=made.lang,
        measures=made.measures,
        names=True,  # the report's map is as it may be shown
        consent="ignore",
    )
    return {
        f"{name}.yaml": examples.source(name).encode(),
        f"{name}.html": made.to_html().encode(),
        f"{name}.png": to_bytes(drawn, ".png"),
    }


def _differs(path: str, data: bytes) -> bool:
    try:
        return Path(path).read_bytes() != data
    except OSError:
        return False  # nothing there, or nothing that can be read: writing will tell
