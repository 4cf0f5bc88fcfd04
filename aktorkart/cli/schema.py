"""``aktorkart schema``: the file format, for editors that help to fill it in."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from aktorkart.cli.parts import NOTHING, give, option, output_option, spoken
from aktorkart.errors import Place, Problem, UnwritableFile

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
    if output != "-" and os.path.lexists(output) and not _is_schema(output):
        raise UnwritableFile(Problem(code="file_exists", place=Place(file=output)))
    made = report_schema() if report else json_schema(lang)
    told = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    give(told.encode(), output, lang)
    return NOTHING


def _is_schema(path: str) -> bool:
    """Tell whether a file is a schema already, so that nothing is lost where it is written anew."""
    try:
        found = json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "$schema" in found
