"""``aktorkart view``: the map as a page that answers when it is touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aktorkart.cli.at_work import at_work
from aktorkart.cli.parts import (
    NOTHING,
    at_option,
    beside,
    for_reader,
    give,
    input_options,
    on_date,
    option,
    output_option,
    read_since,
    reading_options,
    sharing_options,
    spoken,
)
from aktorkart.errors import Problem, WrongArgument
from aktorkart.i18n import text

_STDOUT = "-"


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    from aktorkart.scene.style import STYLES

    kart, input_format = input_options(lang)
    return [
        kart,
        output_option(lang, "view_output"),
        option(lang, "--earlier", help="view_earlier", metavar=text("cli.metavar.file", lang)),
        option(lang, "--edit", help="view_edit", is_flag=True),
        option(lang, "--style", help="view_style", type=click.Choice(STYLES)),
        option(lang, "--no-embed", help="no_embed", is_flag=True),
        *sharing_options(lang),
        at_option(lang),
        input_format,
        *reading_options(lang),
    ]


def call(  # noqa: PLR0913 - one for each option
    *,
    map: tuple[str, ...],  # noqa: A002
    output: str | None,
    earlier: str | None,
    edit: bool,
    style: str | None,
    no_embed: bool,
    lang: str | None,
    names: bool | None,
    reader: str | None,
    consent: str,
    at: str | None,
    input_format: str | None,
) -> int:
    """Write the page to a file or to stdout."""
    from aktorkart.files import ending_of
    from aktorkart.viewer import view
    from aktorkart.viewer.edit import edit_page
    from aktorkart.viewer.view import ENDINGS

    for name, value in (("--earlier", earlier), ("--at", at), ("--for", reader)):
        if edit and value is not None:
            # What is not on the page would be lost when the map is saved from it.
            raise WrongArgument(Problem(code="edit_whole", values={"option": name}))
    target = output or beside(map, "-view.html")
    if target != _STDOUT:
        # Say that an ending is unknown before any work is done.
        ending_of(target, ENDINGS)
    loaded, was = read_since(map, earlier, input_format, target, lang)
    lang = spoken(lang, loaded.kart)
    seen: dict[str, Any] = {"names": names, "reader": reader, "consent": consent}
    before = None if was is None else for_reader(was, **seen)[0]
    kart, names = for_reader(on_date(loaded.kart, at), **seen)
    look: dict[str, Any] = {"lang": lang, "style": style, "names": names, "consent": consent}
    with at_work(lang):
        if edit:
            file = None if map[0] == _STDOUT else Path(map[0]).name
            html = edit_page(kart, **look, embed=not no_embed, file=file).html()
        else:
            html = view(kart, earlier=before, **look, embed=not no_embed).html
    give(html.encode(), target, lang, private=kart.scope == "individual")
    return NOTHING
