"""The figures of a report as SVG: drawn once, for the page as for the printed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.paused import collector_paused
from aktorkart.reports.figures import own_words, tell

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report


class Pictures:
    """Figures of a report, drawn when somebody asks for them, and what all of them look like."""

    def __init__(self, *, alone: bool) -> None:
        from aktorkart.figures.drawing.inline import Looks

        self._looks = Looks(alone=alone)
        self._drawn: dict[str, str] = {}

    @collector_paused()
    def svg(self, report: Report, key: str) -> str:
        """Return a figure as an element of a page that has the rules for its looks."""
        from aktorkart.figures import svg_text
        from aktorkart.figures.drawing.inline import inline_svg

        if key not in self._drawn:
            axes = report.figure(key)
            prefix = f"{key}-"
            if key in report.own:
                # Whatever is in it: matplotlib knows how to write it.
                drawn = svg_text(axes, prefix=prefix, alt=own_words(report, key))
            else:
                drawn = inline_svg(axes, self._looks, prefix=prefix)
            self._drawn[key] = drawn
            tell(report, key, drawn=1)
        return self._drawn[key]

    def css(self, within: str = "") -> str:
        """Return the rules for what the figures drawn so far look like, within an element."""
        return self._looks.css(within)
