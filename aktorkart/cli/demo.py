"""``aktorkart demo``: a folder of examples."""

from __future__ import annotations

from pathlib import Path

import click

from aktorkart.cli.parts import NOTHING, output_option, spoken, tell
from aktorkart.errors import Place, Problem, UnwritableFile
from aktorkart.i18n import text


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    return [output_option(lang, "demo_output", default="aktorkart-demo", show_default=True)]


def call(*, lang: str | None, output: str) -> int:
    """Write each example as a map, a picture and a report."""
    from aktorkart import examples, figures
    from aktorkart.atomic import write_bytes
    from aktorkart.reports import report

    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        code = "folder_is_file" if folder.exists() else "not_writable"
        values = {"folder": output, "reason": error.strerror or ""}
        problem = Problem(code=code, place=Place(file=output), values=values)
        raise UnwritableFile(problem) from None
    total = len(examples.DEMO)
    for number, name in enumerate(examples.DEMO, start=1):
        kart = examples.read(name)
        title = kart.title or name
        tell(text("cli.demo_step", spoken(lang), number=number, total=total, title=title))
        made = report(kart, lang=lang)
        write_bytes(folder / f"{name}.yaml", examples.source(name).encode())
        made.save(folder / f"{name}.html")
        figures.save(made.figure("network"), folder / f"{name}.png")
    first = folder / f"{examples.DEMO[0]}.html"
    click.echo(text("cli.demo_done", spoken(lang), folder=str(folder), first=str(first)))
    return NOTHING
