"""A report in Markdown, with its figures beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.reports import wording
from aktorkart.tables import markdown_escaped as escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.reports.pages import Report


def markdown(report: Report, *, pictures: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Write a report; ``pictures`` are addresses, ``words`` alternative texts, by figure."""
    parts = [f"# {escaped(report.title)}", escaped(" · ".join(report.facts))]
    parts += map(escaped, wording.remarks(report))
    for section in report.sections:
        parts.append(f"## {wording.heading(report, section)}")
        if section.findings:
            parts.append(
                "\n".join(
                    f"- {label and f'**{label}:** '}{escaped(sentence)}"
                    for _, label, sentence in wording.sentences(report, section)
                )
            )
        if lead := wording.lead(report, section):
            parts.append(lead)
        for key in section.figures:
            alt = escaped(words[key])
            parts.append(f"![{alt}]({pictures[key]})" if key in pictures else f"*{alt}*")
        parts += [report.tables[key].to_markdown() for key in section.tables]
    parts.append("---\n\n" + wording.footer(report))
    return "\n\n".join(parts) + "\n"
