"""A report in Markdown, with its figures beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.tables import markdown_escaped as escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.reports.pages import Report
    from aktorkart.reports.wording import Line


def markdown(report: Report, *, pictures: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Write a report; ``pictures`` are addresses, ``words`` alternative texts, by figure."""
    wording = report.wording
    parts = [f"# {escaped(report.title)}", escaped(" · ".join(report.facts))]
    parts += map(escaped, wording.remarks)
    notes: list[str] = []
    for block in wording.blocks:
        parts += [f"## {block.heading}"] if block.heading else []
        parts += [f"### {block.title}"] if block.title else []
        parts += map(escaped, block.paragraphs)
        if block.lines:
            parts.append("\n".join(_line(line, notes) for line in block.lines))
        parts += [one for one in (block.lead, block.see) if one]
        for figure in block.figures:
            alt, key = escaped(words[figure.key]), figure.key
            parts.append(f"![{alt}]({pictures[key]})" if key in pictures else f"*{alt}*")
            parts.append(f"*{escaped(figure.caption)}*")
        for table in block.tables:
            parts += [f"*{escaped(table.caption)}*", table.table.to_markdown()]
    parts += notes
    parts += map(escaped, wording.about_map)
    parts.append(f"---\n\n{wording.key} {wording.footer}")
    return "\n\n".join(parts) + "\n"


def _line(line: Line, notes: list[str]) -> str:
    """Write a sentence; the ties behind it go into a footnote."""
    mark = ""
    if line.why:
        mark = f"[^{len(notes) + 1}]"
        notes.append(f"{mark}: {escaped('; '.join(line.why))}")
    return f"- {line.sign and f'{line.sign} '}{escaped(line.text)}{mark}"
