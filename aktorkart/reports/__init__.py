"""What a map says, as a page to send: HTML, Markdown, JSON."""

from __future__ import annotations

from aktorkart.reports.pages import ENDINGS, Report, Section
from aktorkart.reports.report import report

__all__ = ["ENDINGS", "Report", "Section", "report"]
