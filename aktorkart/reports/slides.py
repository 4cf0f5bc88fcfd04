"""A report as pictures for slides, each with the words to be put beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.i18n import text
from aktorkart.reports.figures import own_words, tell

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report
    from aktorkart.reports.wording import Block

_DPI = 150
"""A slide of 13.33 in is 2 000 points wide: sharp on any screen."""

_MOST_LINES = 5
"""So many sentences go on a slide."""


def slides(report: Report) -> dict[str, bytes]:
    """Return the files of a folder of slides: a picture and a text for each figure."""
    from aktorkart.figures.drawing.saving import to_bytes

    made: dict[str, bytes] = {}
    part: list[Block] = []
    for block in report.wording.blocks:
        part = [block] if block.heading else [*part, block]
        for figure in block.figures:
            name = f"{len(made) // 2 + 1:02}-{figure.key}"
            drawn = report.slide(figure.key)
            picture = to_bytes(drawn, ".png", dpi=_DPI, alt=own_words(report, figure.key))
            made[f"{name}.png"] = picture
            tell(report, figure.key, drawn=1)
            made[f"{name}.txt"] = _words(report, part, figure.key).encode()
    return made


def _words(report: Report, part: list[Block], key: str) -> str:
    """Return what goes with a figure: its heading, a few sentences, and what it shows."""
    own = part[-1]
    # A figure shows what its own section says; on the first page, all that is said before it.
    whole = own.part == "summary" or not own.lines
    heading = part[0].heading if whole else own.title or part[0].heading
    said = [line for block in part for line in block.lines] if whole else own.lines
    lines = [f"{line.sign} {line.text}".strip() for line in said[:_MOST_LINES]]
    alt = text("report.alt", report.lang, words=report.alt_text(key))
    return "\n".join([heading, "", *lines, "", report.caption(key), alt, ""])
