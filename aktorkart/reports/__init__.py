"""What a map says, as a page to send: HTML, Markdown, JSON."""

from __future__ import annotations

from aktorkart.reports.pages import ENDINGS, Report, Section
from aktorkart.reports.report import report
from aktorkart.reports.report_change import report_change

__all__ = ["ENDINGS", "Report", "Section", "report", "report_change"]
