"""What draws a figure of ours: it is arranged when it is drawn, as only then its size is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist

from aktorkart.figures.drawing.lettering import extent, font, writable
from aktorkart.figures.drawing.paragraphs import cut, filled
from aktorkart.figures.drawing.settings import standard_settings
from aktorkart.scene import labels
from aktorkart.scene.style import MM_PER_INCH

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Style

_POINTS_PER_INCH = 72.0
# How much smaller a title may be to fit on one line.
_SMALLER_TITLE = 0.7
# Between a title and the axes, in points, and how high its lines are, in their size.
_TITLE_PAD, _TITLE_LINE = 10, 1.2


def clear(axes: Axes, style: Style, *, heading: str) -> None:
    """Take away axis, frame, grid and a figure of ours drawn before, and write the title."""
    if any(isinstance(artist, Stage) for artist in axes.artists):
        axes.clear()
    axes.xaxis.set_visible(False)
    axes.yaxis.set_visible(False)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_facecolor(style.background)
    axes.set_autoscale_on(False)
    axes.set_aspect("auto")
    width, _ = points(axes)
    # A title as large as on a whole page would fill small axes.
    size = style.title_size * min(1.0, max(0.7, width / 500.0))
    if heading:
        # A little smaller rather than on two lines: there is room for one above the axes.
        full = size
        wide = extent(writable(heading, style), style, full, bold=True)[0]
        size *= min(1.0, max(_SMALLER_TITLE, width / max(wide, 1.0)))
        size = max(size, style.smallest)
        near = max(16, int(width / (0.66 * size))) if wide * size / full > width else len(heading)
        axes.set_title(
            _fitted(axes, writable(heading, style), style, size, near=near),
            loc="left",
            fontproperties=font(style, size, bold=True),
            color=style.ink,
            pad=_TITLE_PAD,
            parse_math=False,
        )


def _fitted(axes: Axes, words: str, style: Style, size: float, *, near: int) -> str:
    """Break a title into lines, and leave out its last words where there is no room for all."""
    lines = labels.wrap(words, near=near, lines=4)
    figure: Any = axes.figure
    width, _ = points(axes)
    above = (figure.bbox.y1 - axes.bbox.y1) * _POINTS_PER_INCH / figure.dpi
    most = max(int((above - _TITLE_PAD) / (_TITLE_LINE * size)), 1)
    if figure.get_layout_engine() is not None:
        most = len(words)  # it makes the room that a title needs

    def fits(line: str) -> bool:
        return extent(line, style, size, bold=True)[0] <= width

    if lines.count("\n") < most and all(map(fits, lines.split("\n"))):
        return lines
    rows = filled(words, style, size, width, bold=True).split("\n")
    last = [cut(" ".join(rows[most - 1 :]), fits)] if len(rows) >= most else []
    return "\n".join([*rows[: most - 1], *last])


def quietly(axes: Axes, artist: Any, gid: str) -> Any:
    """Add an artist without telling the axes to look for new limits."""
    artist.set_gid(gid)
    # Nothing reaches outside the axes, so layout engines need not measure it.
    artist.set_in_layout(False)
    return axes.add_artist(artist)


@dataclass(frozen=True)
class Subject:
    """What is drawn: the maps as they may be shown, the latest last, in a language and a style."""

    maps: tuple[ActorMap, ...]
    lang: str
    style: Style

    @property
    def private(self) -> bool:
        """Whether it is about a person."""
        return any(kart.scope == "individual" for kart in self.maps)


class Stage(Artist):
    """Arranges what stands in the axes, just before it is drawn."""

    def __init__(  # noqa: PLR0913 - what is arranged, and what it says
        self,
        axes: Axes,
        arrange: Callable[[Axes, float, float], None],
        *,
        title: str,
        alt: str,
        subject: Subject,
        told: Callable[[], str] = str,
    ) -> None:
        super().__init__()
        self.axes = axes
        self._where = axes
        self.title = title
        self._alt = alt
        self._told = told
        self.subject = subject
        self.needed: float | None = None  # how high axes with nothing but a line in them are
        self.wanted: Callable[[float, float, float], float] | None = None  # see `grown`
        self._arrange = arrange
        self._arranged_for: tuple[float, float] | None = None
        self.set_gid("stage")
        self.set_in_layout(False)
        # First of all artists, so that the others are drawn where it puts them.
        self.set_zorder(-10)

    @property
    def alt(self) -> str:
        """What the figure shows, and what it leaves out at the size at which it was arranged."""
        self.settle()
        return " ".join(part for part in (self._alt, self._told()) if part)

    def draw(self, renderer: Any) -> None:  # noqa: ARG002 - matplotlib's signature
        """Arrange if the axes have another size than last time."""
        self.settle()

    def settle(self) -> None:
        """Put everything where it belongs, unless it stands there."""
        size = points(self._where)
        if size != self._arranged_for and min(size) > 0:
            self._arranged_for = size
            with standard_settings():
                self._arrange(self._where, *size)
        self.stale = False


def slim(axes: Axes) -> None:
    """Make a page of our own no higher than a figure with nothing but a line in it needs."""
    for stage in axes.artists:
        if isinstance(stage, Stage) and stage.needed is not None:
            _heighten(axes, min(stage.needed, points(axes)[1]))


def grown(axes: Axes, most: float) -> None:
    """Make a page of our own as high as lists need that would be cut, up to a height in mm."""
    for stage in axes.artists:
        if isinstance(stage, Stage) and stage.wanted is not None:
            width, height = points(axes)
            whole = axes.figure.bbox.height / axes.bbox.height * height
            highest = height + most * _POINTS_PER_INCH / MM_PER_INCH - whole
            if highest > height:
                _heighten(axes, stage.wanted(width, height, highest))


def _heighten(axes: Axes, height: float) -> None:
    """Give axes another height, in points; what is above and below them stays as it is."""
    figure: Any = axes.figure
    box = axes.get_position()
    high = figure.get_figheight() * _POINTS_PER_INCH
    below, above = box.y0 * high, (1 - box.y1) * high
    whole = below + height + above
    figure.set_size_inches(figure.get_figwidth(), whole / _POINTS_PER_INCH)
    axes.set_position((box.x0, below / whole, box.width, 1 - (below + above) / whole))


def points(axes: Axes) -> tuple[float, float]:
    """Return the width and height of axes in points."""
    per_pixel = _POINTS_PER_INCH / axes.figure.dpi
    return round(float(axes.bbox.width) * per_pixel, 2), round(
        float(axes.bbox.height) * per_pixel, 2
    )
