"""What the pages are written with: markup, style sheets and data that nothing breaks out of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aktorkart.files.carried import told
from aktorkart.files.carried.putting import block
from aktorkart.viewer.looks import is_dark, sheet_of
from aktorkart.viewer.scripts import style, template

if TYPE_CHECKING:
    from markupsafe import Markup

    from aktorkart.viewer.paints import Paints
    from aktorkart.viewer.seen import Seen

LOCALES = {"nb": ["nb"], "nn": ["nn", "nb"], "en": ["en-GB"], "sv": ["sv"]}
"""What browsers call our languages; one that does not know Nynorsk would list names in English."""


def ours(markup: str) -> Markup:
    """Let markup of our own writers through: they have escaped what the map holds."""
    import markupsafe

    return markupsafe.Markup(markup)  # noqa: S704


def filled(name: str, **values: Any) -> str:
    """Fill one of the pages; what is not said to be ours is escaped."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(template),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    document: str = environment.get_template(f"{name}.html").render(**values)
    return document


def carried(seen: Seen, *, embed: bool) -> dict[str, Any]:
    """Return the map's own file where a page carries it, and what is said of that."""
    maps = [one for one in (seen.earlier, seen.whole) if one is not None]
    return {
        "carried": ours(block(seen.whole) if embed else ""),
        "carried_told": told(maps, seen.scene.lang),
    }


def scheme_of(seen: Seen) -> str:
    """Return which schemes of colours a page has."""
    if seen.dark.style is not seen.scene.style:
        return "light dark"
    return "dark" if is_dark(seen.scene.style) else "light"


def sheets(seen: Seen, paints: Paints, *names: str) -> str:
    """Return the style sheets of a page, on light and on dark screens."""
    light, dark = seen.scene.style, seen.dark.style
    found = sheet_of(":root", light, paints.css()) + "".join(map(style, names))
    if dark is light:
        return found
    on_dark = sheet_of(":root", dark, paints.css(dark=True))
    return f"{found}@media screen and (prefers-color-scheme:dark){{{on_dark}}}"


def safe(data: dict[str, Any]) -> str:
    """Write data so that nothing in it ends the element that holds it."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return written
