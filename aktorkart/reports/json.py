"""A report for another program: stable English codes, texts in the report's language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aktorkart import __version__
from aktorkart.finding import LEVELS
from aktorkart.i18n import LANGUAGES
from aktorkart.model.vocabulary import SCOPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.finding import Finding
    from aktorkart.reports.pages import Report
    from aktorkart.reports.wording import Block

SCHEMA = 2
"""Number of the JSON's layout; it rises when a key goes or changes its meaning."""


def data(report: Report) -> str:
    """Return what a report says as JSON."""
    wording = report.wording
    findings = {found: at for at, found in enumerate(report.findings)}
    found = {
        "aktorkart": __version__,
        "schema": SCHEMA,
        "title": report.title,
        "lang": report.lang,
        "date": report.kart.date,
        "scope": report.kart.scope,
        "consent": report.consent.code if report.consent is not None else None,
        "exempt": report.exempt,
        "methods": report.methods.text,
        "sections": [
            _section(block, section.findings, section.tables, findings)
            for block, section in zip(wording.blocks, report.sections, strict=True)
        ],
        "findings": [one.to_dict(report.lang) for one in report.findings],
        "tables": {key: table.to_records() for key, table in report.tables.items()},
    }
    if report.earlier is not None:
        found["earlier"] = report.earlier.date
    return json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _section(
    block: Block,
    said: tuple[Finding, ...],
    tables: tuple[str, ...],
    findings: Mapping[Finding, int],
) -> dict[str, Any]:
    return {
        "code": block.code,
        "part": block.part,
        "title": block.title or block.heading or None,
        "paragraphs": list(block.paragraphs),
        "findings": [findings[found] for found in said],
        "lines": [
            {"level": line.level, "text": line.text, "why": list(line.why)} for line in block.lines
        ],
        "figures": [{"key": figure.key, "caption": figure.caption} for figure in block.figures],
        "tables": list(tables),
    }


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of a report's JSON, for those who read it with other programs.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12. ``schema`` in the JSON is the number of its layout, which
        rises when a key goes or changes its meaning; keys may be added without.

    Examples
    --------
    >>> report_schema()["properties"]["schema"]
    {'const': 2}
    """
    word, maybe = {"type": "string"}, {"type": ["string", "null"]}
    words = {"type": "array", "items": word}
    level = {"enum": list(LEVELS)}
    number = {"type": "integer", "minimum": 0}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "aktorkart report",
        **_object(
            aktorkart=word,
            schema={"const": SCHEMA},
            title=word,
            lang={"enum": list(LANGUAGES)},
            date=maybe,
            scope={"enum": list(SCOPES)},
            consent=maybe,
            exempt={"type": "boolean"},
            methods=word,
            sections=_list(
                code=word,
                part=word,
                title=maybe,
                paragraphs=words,
                findings={"type": "array", "items": number},
                lines=_list(level=level, text=word, why=words),
                figures=_list(key=word, caption=word),
                tables=words,
            ),
            findings=_list(
                code=word,
                case=word,
                level=level,
                actors=words,
                ties={"type": "array", "items": words},
                numbers={"type": "object"},
                field=maybe,
                text=word,
            ),
            tables={
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "object"}},
            },
        ),
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _object(**properties)}
