"""Several panels on a page, with one title, one legend and one list of numbers for all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.figures.drawing import legends
from aktorkart.figures.drawing.area import Rect
from aktorkart.figures.drawing.lettering import LINE_SPACING, Lettering, extent, writable, written
from aktorkart.figures.drawing.paragraphs import SPACING, filled
from aktorkart.figures.drawing.plan import NO_LEGEND, Beside
from aktorkart.figures.drawing.sheet import page_axes
from aktorkart.figures.drawing.stage import Stage, clear, points, quietly
from aktorkart.scene.footer import DOT, broken
from aktorkart.scene.layout import PAGE
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.scene.pages import TALLER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.figures.drawing.stage import Subject
    from aktorkart.scene.legend import Key
    from aktorkart.scene.style import Style

# Between panels, and for the title above each, in points.
_BETWEEN, _HEAD = 12.0, 26.0
# Titles of panels, in the size of the legend's letters.
_TITLE = 1.15


def grid(count: int, width: float, height: float) -> tuple[int, int, float]:
    """Return columns, rows and the scale at which pages of the nominal shape are largest."""
    best = (1, max(count, 1), 0.0)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        wide = (width - (columns - 1) * _BETWEEN) / columns
        high = (height - (rows - 1) * _BETWEEN) / rows - _HEAD
        scale = min(wide / PAGE[0], high / PAGE[1])
        if scale > best[2] + 1e-9:
            best = columns, rows, scale
    return best


@dataclass(eq=False)
class Grid:
    """The page around the panels: title, legend, list and footer, and where panels stand."""

    figure: Any
    style: Style
    title: str
    alt: str
    count: int
    keys: Sequence[Key]
    names: Sequence[str]
    """Numbers and what they stand for; empty where names are written."""
    foot: str
    subject: Subject
    panels: list[Axes] = field(default_factory=list)
    frame: Axes = field(init=False)
    listed: Text = field(init=False)
    footer: Text = field(init=False)
    _legend: Beside = NO_LEGEND

    def __post_init__(self) -> None:
        style = self.style
        self.frame = page_axes(self.figure, style)
        self.frame.set_gid("page")
        clear(self.frame, style, heading=self.title)
        # Arranged, and so drawn, before the panels that it makes room for.
        self.frame.set_zorder(-1)
        if self.keys:
            self._legend = legends.add(self.frame, self.keys, style, page=PAGE[0] / PAGE[1])
        size = style.legend_size
        self.listed = written("", style, size, color=style.ink, va="bottom")
        self.footer = written("", style, size, color=style.muted, va="bottom")
        for gid, made in (("numbers", self.listed), ("footer", self.footer)):
            made.set_linespacing(SPACING)
            quietly(self.frame, made, gid)
        stage = Stage(
            self.frame, self.arrange, title=self.title, alt=self.alt, subject=self.subject
        )
        self.frame.add_artist(stage)
        if not self.count:
            stage.needed = self._high(self._lines(points(self.frame)[0])[1])

    @property
    def scale(self) -> float:
        """How large panels are, in points per millimetre of the nominal page."""
        return self._divided(*points(self.frame))[1]

    def fit(self, narrowest: float) -> None:
        """Make so few panels that none is narrower than some points."""
        while self.count > 1 and self.scale * PAGE[0] < narrowest:
            self.count -= 1

    def panel(self) -> Axes:
        """Add axes for the next panel."""
        spot = self._divided(*points(self.frame))[0][len(self.panels)]
        axes: Axes = self.figure.add_axes(self._within(spot))
        axes.set_gid(f"panel:{len(self.panels)}")
        self.panels.append(axes)
        return axes

    def _within(self, spot: Rect) -> tuple[float, float, float, float]:
        """Return a room of the frame in shares of the figure."""
        box, (width, height) = self.frame.get_position(), points(self.frame)
        return (
            box.x0 + spot.left / width * box.width,
            box.y0 + spot.bottom / height * box.height,
            spot.width / width * box.width,
            spot.height / height * box.height,
        )

    def _lines(self, width: float) -> tuple[str, str]:
        """Return the list and the footer in lines."""
        style, size = self.style, self.style.legend_size
        wide = max(width - self._legend.width, width / 2)
        return _listed(self.names, style, size, wide), "\n".join(
            broken(writable(self.foot, style), Lettering(style), size, width)
        )

    def _high(self, lines: str) -> float:
        high = extent(lines, self.style, self.style.legend_size)[1] * SPACING / LINE_SPACING
        return high + 0.8 * self.style.legend_size if lines else 0.0

    def _divided(self, width: float, height: float) -> tuple[list[Rect], float]:
        """Return the rooms of the panels, and their scale."""
        below = sum(map(self._high, self._lines(width))) + self._legend.height
        wide = max(width - self._legend.width, width / 2)
        high = max(height - below, height / 4)
        columns, rows, scale = grid(self.count, wide, high)
        each = (wide - (columns - 1) * _BETWEEN) / columns
        step = (high + _BETWEEN) / rows
        tall = min(step - _BETWEEN - _HEAD, scale * PAGE[1] * TALLER)
        return [
            Rect(
                place % columns * (each + _BETWEEN),
                height - place // columns * min(step, tall + _HEAD + 2 * _BETWEEN) - _HEAD - tall,
                each,
                tall,
            )
            for place in range(self.count)
        ], scale

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Put panels, list and footer in their places."""
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        names, foot = self._lines(width)
        self.footer.set(text=foot, position=(0, 0))
        self.listed.set(text=names, position=(0, self._high(foot)))
        self._legend.lift(axes, sum(map(self._high, (names, foot))) / height)
        for panel, spot in zip(self.panels, self._divided(width, height)[0], strict=False):
            panel.set_position(self._within(spot))


def _listed(names: Sequence[str], style: Style, size: float, width: float) -> str:
    """Set a list in lines; what belongs together stays on one line."""
    lines: list[str] = []
    for name in (writable(one, style) for one in names):
        longer = f"{lines[-1]}{DOT}{name}" if lines else name
        if lines and extent(longer, style, size)[0] <= width:
            lines[-1] = longer
        else:
            lines.append(filled(name, style, size, width))
    return "\n".join(lines)


def panel_letters(style: Style, scale: float) -> tuple[float, float]:
    """Return the sizes of names and title that are read on a panel, however small it is drawn."""
    shrunk = min(1.0, max(scale / (NOMINAL_SCALE * 0.9), 0.55))
    return style.legend_size / shrunk, _TITLE * style.legend_size / 0.7
