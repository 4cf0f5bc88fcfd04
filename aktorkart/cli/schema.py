"""``aktorkart schema``: the file format, for editors that help to fill it in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aktorkart.cli.parts import NOTHING, give, output_option, spoken

if TYPE_CHECKING:
    import click


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    return [output_option(lang, "schema_output", default="-")]


def call(*, output: str, lang: str | None) -> int:
    """Write the JSON Schema."""
    from aktorkart.files import json_schema

    lang = spoken(lang)
    give(json.dumps(json_schema(lang), ensure_ascii=False, indent=2) + "\n", output, lang)
    return NOTHING
