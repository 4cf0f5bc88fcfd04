"""What a map says, as a page to send: HTML, Word, PDF, Markdown, JSON."""

from __future__ import annotations

from aktorkart.reports.json import report_schema
from aktorkart.reports.pages import ENDINGS, Report
from aktorkart.reports.report import report
from aktorkart.reports.report_change import report_change
from aktorkart.reports.sections import PARTS, Section

__all__ = ["ENDINGS", "PARTS", "Report", "Section", "report", "report_change", "report_schema"]
