"""``aktorkart schema``: the file format, for editors that help to fill it in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aktorkart.cli.parts import NOTHING, give, option, output_option, spoken

if TYPE_CHECKING:
    import click


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    of_report = option(lang, "--report", help="of_report", is_flag=True)
    return [output_option(lang, "schema_output", default="-"), of_report]


def call(*, output: str, report: bool, lang: str | None) -> int:
    """Write the JSON Schema of a map's file, or of a report's JSON."""
    from aktorkart.files import json_schema
    from aktorkart.reports import report_schema

    lang = spoken(lang)
    made = report_schema() if report else json_schema(lang)
    told = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    give(told.encode(), output, lang)
    return NOTHING
