"""A report for another program: stable English codes, texts in the report's language."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from aktorkart import __version__

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report

SCHEMA = 1
"""Number of the JSON's layout; it changes when a key changes its meaning."""


def data(report: Report) -> str:
    """Return the findings and tables as JSON."""
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
        "sections": _sections(report),
        "findings": [finding.to_dict(report.lang) for finding in report.findings],
        "tables": {key: table.to_records() for key, table in report.tables.items()},
    }
    if report.earlier is not None:
        found["earlier"] = report.earlier.date
    return json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _sections(report: Report) -> list[dict[str, Any]]:
    """Return which of the findings, by their places, and which tables are in each section."""
    places = count()
    return [
        {
            "code": section.code,
            "findings": [next(places) for _ in section.findings],
            "tables": list(section.tables),
        }
        for section in report.sections
    ]
