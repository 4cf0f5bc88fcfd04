"""The figures of a report: drawn, or said in words, when somebody asks for them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aktorkart.network.measures import measures
from aktorkart.reports.report_tables import shown_central
from aktorkart.scene.change import Changed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.reports.pages import Report


def _options(report: Report, key: str) -> dict[str, Any]:
    """Return what figure and words are given beside the map, which is the one to show already."""
    options: dict[str, Any] = {"lang": report.lang}
    if key in {"network", "ranking", "matrix"}:
        options["measures"] = report.measures
    if key == "ego":
        options["actor"] = report.kart.person
    if key in {"network", "matrix"} and report.measures.arenas != "actors":
        # Both are drawn with their arenas, whatever these were when something was measured.
        options["measures"] = measures(report.kart)
    if key == "ranking":
        options["most"] = shown_central(report.measures)
    return options


def draw(report: Report, key: str) -> Axes:
    """Draw one of the report's figures for its column: that of an A4 page, or of Word."""
    from aktorkart import figures
    from aktorkart.figures.drawing.stage import slim

    figure = getattr(figures, key)
    maps = _maps(report, key)
    options = {"names": True, "consent": "ignore", **_options(report, key)}
    drawn: Axes = figure(*maps, ax=figures.sheet("column"), **options)
    slim(drawn)
    return drawn


def alt_text(report: Report, key: str) -> str:
    """Say what a figure shows, without drawing it."""
    words = getattr(import_module(f"aktorkart.scene.alt_text.{key}"), key)
    maps = _maps(report, key)
    shown = maps if len(maps) == 1 else (Changed.of(*maps),)
    sentences: str = words(*shown, **_options(report, key))
    return sentences


def _maps(report: Report, key: str) -> tuple[ActorMap, ...]:
    """Return the maps that a figure is of: what has changed is seen on two."""
    if key == "change" and report.earlier is not None:
        return report.earlier, report.kart
    return (report.kart,)
