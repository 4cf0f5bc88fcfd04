"""The figures of a report: drawn, or said in words, when somebody asks for them."""

from __future__ import annotations

import math
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Problem, WrongArgument
from aktorkart.model.fields import short
from aktorkart.network.measures import measures
from aktorkart.progress import told
from aktorkart.reports.report_tables import shown_central
from aktorkart.scene.change import Changed
from aktorkart.scene.ratings import Ratings
from aktorkart.scene.style import style_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.reports.pages import Report
    from aktorkart.scene.style import Style


COLUMN = 170.0
"""Width of the text on a page of a report, in millimetres."""

_HIGHEST, _LOWEST = 180.0, 90.0
"""Heights of a map, in millimetres."""

_PER_ACTOR = 2.0
"""So much higher than `_LOWEST` is a map for each actor above ten."""

_PER_ROW, _AROUND_ROWS = 7.0, 42.0
"""Height of a row of figures, and of what is above and below the rows."""

_INSIDE = 258.0
"""Height of the text on an A4 page, in millimetres, with some to spare for other letters."""

_LINE, _SIGNS = 4.7, 88
"""Height of a line in millimetres, and how many letters go on it."""

_LOGO = 16.0
"""Height of a logo with what is below it, where it stands above the title."""

_HEADING, _TITLE, _BETWEEN = 10.5, 8.0, 1.2
"""Height of a heading and of a line of the title, and what is between two paragraphs."""


def height_on_first_page(report: Report) -> float:
    """Return how high the map may be, in millimetres, where it stands beneath the summary."""
    wording = report.wording
    blocks = [block for block in wording.blocks if block.part == "summary"]
    paragraphs = [" · ".join(report.facts), *wording.remarks]
    paragraphs += [line.text for block in blocks for line in block.lines]
    if len(blocks) == len(wording.blocks):
        paragraphs.append(f"{wording.key} {wording.footer}")
    lines = sum(math.ceil(len(one) / _SIGNS) for one in paragraphs)
    used = (
        _TITLE * math.ceil(len(report.title) / (_SIGNS / 2))
        + _HEADING * len(blocks)
        + _LINE * (lines + 1)  # the caption
        + _BETWEEN * len(paragraphs)
        + (_LOGO if report.logo is not None else 0)
    )
    return min(max(_INSIDE - used, _LOWEST), _HIGHEST)


def _height(report: Report, key: str) -> float:
    """Return how high a figure is drawn: by its rows, or by how many actors there are."""
    if key == "ranking":
        high = _AROUND_ROWS + _PER_ROW * shown_central(report.apart)
    elif key == "disagreement":
        high = _AROUND_ROWS + _PER_ROW * len(Ratings.of(report.kart).rows)
    else:
        high = max(_LOWEST + _PER_ACTOR * (len(report.kart.actors) - 10), _LOWEST)
    return min(high, _HIGHEST)


def _options(report: Report, key: str) -> dict[str, Any]:
    """Return what figure and words are given beside the map, which is the one to show already."""
    options: dict[str, Any] = {"lang": report.lang}
    if key in {"network", "matrix"}:
        options["measures"] = report.measures
    if key == "ego":
        options["actor"] = report.kart.person
    if key in {"network", "matrix"} and report.measures.arenas != "actors":
        # Both are drawn with their arenas, whatever these were when something was measured.
        options["measures"] = measures(report.kart)
    if key == "ranking":
        options |= {"measures": report.apart, "most": shown_central(report.apart)}
    return options


def on_slide(report: Report, key: str) -> Axes:
    """Draw one of the report's figures, with its title, for a slide."""
    from aktorkart import figures

    style = style_of(report.style, "slide")
    return _drawn(report, key, figures.sheet(style=style), style)


def draw(report: Report, key: str, *, width: float) -> Axes:
    """Draw one of the report's figures for a column of a page, so wide in millimetres."""
    from aktorkart import figures
    from aktorkart.figures.drawing.stage import grown, slim

    first = [
        one for section in report.sections if section.part == "summary" for one in section.figures
    ]
    # A narrower column has more lines, of whatever letters there are: as in Word.
    share = min(1.0, (width / COLUMN) ** 3)
    high = share * height_on_first_page(report) if key in first else _height(report, key)
    sheet = figures.sheet((width, high), style=report.style)
    # The caption says what it is: a title's room goes to the figure.
    box = sheet.get_position()
    sheet.set_position((box.x0, box.y0, box.width, 1 - 2 * box.y0))
    drawn = _drawn(report, key, sheet, report.style, title="")
    slim(drawn)
    grown(drawn, share * _HIGHEST)
    return drawn


def _drawn(report: Report, key: str, sheet: Axes, style: Style, **options: Any) -> Axes:
    """Draw a figure on a sheet; one that somebody has put in is as it was given."""
    if key in report.own:
        given: Axes = report.own[key].drawn
        return given
    from aktorkart import figures

    tell(report, key)
    # The report's maps are as they may be shown.
    options |= {"names": True, "consent": "ignore", **_options(report, key)}
    drawn: Axes = getattr(figures, key)(*_maps(report, key), ax=sheet, style=style, **options)
    return drawn


def tell(report: Report, key: str, *, drawn: int = 0) -> None:
    """Tell how many of a report's figures are drawn, this one included or not (0)."""
    keys = [one for section in report.sections for one in section.figures]
    told("figures", keys.index(key) + drawn, len(keys))


def alt_text(report: Report, key: str) -> str:
    """Say what a figure shows, without drawing it."""
    if (own := own_words(report, key)) is not None:
        return own
    words = getattr(import_module(f"aktorkart.scene.alt_text.{key}"), key)
    maps = _maps(report, key)
    shown = maps if len(maps) == 1 else (Changed.of(*maps),)
    sentences: str = words(*shown, **_options(report, key))
    return sentences


def own_words(report: Report, key: str) -> str | None:
    """Return the words of a figure that was put in; ours say theirs themselves."""
    return report.own[key].alt if key in report.own else None


def words_of(figure: Any, alt: str | None) -> str:
    """Return what somebody's figure shows: what they say, or what one of ours says of itself."""
    from aktorkart.figures.drawing.described import in_words

    if getattr(figure, "figure", None) is None:
        raise WrongArgument(Problem(code="not_a_figure", values={"value": short(figure)}))
    words = alt or in_words(figure.figure)[1]
    if not words:
        raise WrongArgument(Problem(code="no_alt_text"))
    return words


def _maps(report: Report, key: str) -> tuple[ActorMap, ...]:
    """Return the maps that a figure is of: what has changed is seen on two."""
    if key == "change" and report.earlier is not None:
        return report.earlier, report.kart
    return (report.kart,)
