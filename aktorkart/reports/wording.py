"""What the writers of a report have in common: its facts, headings and sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aktorkart import __version__
from aktorkart.i18n import has_text, period, text

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report, Section

MOST_ALIKE = 4
"""So many findings of one case are said in a section; the JSON has them all."""


def facts(report: Report) -> list[str]:
    """Return what stands under the title: scope, date, focal actor, that roles are shown."""
    kart, lang = report.kart, report.lang
    scope = text(f"scope.{kart.scope}", lang)
    found = [scope[:1].upper() + scope[1:]]
    if kart.date is not None:
        code = "date" if kart.date.count("-") > 1 else "date_last_day"
        found.append(text(f"report.fact.{code}", lang, value=period(kart.date, lang)))
    if report.earlier is not None:
        was = report.earlier.date
        value = period(was, lang) if was is not None else None
        code = "earlier" if was is not None else "earlier_undated"
        found.append(text(f"report.fact.{code}", lang, value=value))
    if kart.focal is not None:
        found.append(text("report.fact.focal", lang, value=kart[kart.focal].label))
    if report.roles:
        found.append(text("report.roles_shown", lang))
    return found


def remarks(report: Report) -> list[str]:
    """Return what stands on top: exemption, consent, the maker's remark, and the source."""
    kart = report.kart
    found = [text("report.exempt", report.lang)] if report.exempt else []
    found += [report.consent.text(report.lang)] if report.consent is not None else []
    found += [kart.note] if kart.note else []
    if kart.source:
        found.append(text("report.fact.source", report.lang, value=kart.source))
    return found


def sentences(report: Report, section: Section) -> list[tuple[str, str, str]]:
    """Return level, its label (a mere note needs none) and sentence of each finding."""
    lang = report.lang
    labels = {
        level: text(f"report.level.{level}", lang) for level in ("strength", "gap", "unknown")
    }
    told: Counter[tuple[str, str]] = Counter()
    lines = []
    for found in section.findings:
        told[found.code, found.case] += 1
        if told[found.code, found.case] <= MOST_ALIKE:
            # In the section on what is unknown the heading says so.
            label = labels.get(found.level, "") if section.code != found.level else ""
            lines.append((found.level, label, found.text(lang)))
    return lines


def heading(report: Report, section: Section) -> str:
    """Return what stands above a section."""
    return text(f"report.section.{section.code}", report.lang)


def lead(report: Report, section: Section) -> str:
    """Return what a section's figures and tables show, where that needs a word."""
    if section.code == "definitions":
        return report.methods.text
    code = f"report.lead.{section.code}"
    return text(code, report.lang) if has_text(code) else ""


def footer(report: Report) -> str:
    """Say how many findings are left out, and what the report was made with."""
    told = sum(len(sentences(report, section)) for section in report.sections)
    found = [text("report.made_with", report.lang, version=__version__)]
    if left_out := len(report.findings) - told:
        found.insert(0, text("report.more_alike", report.lang, n=left_out))
    return " ".join(found)
