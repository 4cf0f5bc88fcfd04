"""The figures of a report: drawn, or said in words, when somebody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.reports.report_tables import shown_central

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.reports.pages import Report


def draw(report: Report, key: str) -> Axes:
    """Draw one of the report's figures on a page of its own; the map is already the one to show."""
    from aktorkart import figures

    more: dict[str, Any] = {}
    if key in {"network", "ranking"}:
        more["measures"] = report.measures
    if key == "ranking":
        more["most"] = shown_central(report.measures)
    drawn: Axes = getattr(figures, key)(
        report.kart, ax=figures.sheet(), lang=report.lang, names=True, **more
    )
    return drawn


def alt_text(report: Report, key: str, drawn: Axes | None = None) -> str:
    """Say what a figure shows; one that is drawn already need not be drawn again."""
    from aktorkart.figures.drawing.saving import described

    return described(drawn if drawn is not None else draw(report, key))
