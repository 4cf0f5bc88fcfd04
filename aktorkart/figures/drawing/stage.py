"""The page inside the axes, arranged when the figure is drawn: only then its size is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist

from aktorkart.figures.drawing.lettering import Lettering, extent, font, writable
from aktorkart.figures.drawing.settings import standard_settings
from aktorkart.scene import labels
from aktorkart.scene.fit import fit
from aktorkart.scene.footer import broken
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.scene.style import Style, style_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.collections import LineCollection, PolyCollection
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from aktorkart.scene.ground import Caption

    Floats = NDArray[np.float64]

_POINTS_PER_INCH = 72.0
# Names are not made smaller than this, in points.
_SMALLEST = 4.5
# On a crowded page they become smaller in steps of this share, and by a few steps where more than
# a few names stand far from their marks.
_STEP = 0.92
_FEW = 0.01
_MOST_STEPS = 3
# Letters of so many points are easily read: for nearness they do not become smaller.
_EASY = 7.0
# How much smaller a title may be to fit on one line.
_SMALLER_TITLE = 0.7


def sheet(*, style: Style | str | None = None) -> Axes:
    """Make an empty A4 page that no window knows of.

    Drawing into it loads no pyplot, which is most of the time that a single figure takes.

    Parameters
    ----------
    style : Style or str, optional
        Its size and background; a style of your own, or report, slide, print or dark.

    Returns
    -------
    matplotlib.axes.Axes
        The axes of a new figure, to be given as ``ax=``.

    Examples
    --------
    >>> ax = sheet()
    >>> ax.figure.get_size_inches().round(2).tolist()
    [11.69, 8.27]
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    style = style_of(style)
    with standard_settings():
        figure = Figure(figsize=style.size, dpi=100, facecolor=style.background)
        FigureCanvasAgg(figure)
        return page_axes(figure, style)


def page_axes(figure: Any, style: Style) -> Axes:
    """Add axes that fill a figure but for its margins and room for a title."""
    width, height = (inches * _POINTS_PER_INCH for inches in figure.get_size_inches())
    margin, top = 18.0, 22.0 + 1.3 * style.title_size
    axes: Axes = figure.add_axes(
        (
            margin / width,
            margin / height,
            1 - 2 * margin / width,
            1 - (margin + top) / height,
        )
    )
    return axes


def new_axes(style: Style) -> Axes:
    """Make a page that pyplot knows of: notebooks and ``plt.show()`` show it."""
    import matplotlib.pyplot as plt

    with standard_settings():
        return page_axes(plt.figure(figsize=style.size, facecolor=style.background), style)


def clear(axes: Axes, style: Style, *, heading: str) -> None:
    """Take away axis, frame and grid, and write the title."""
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
        near = max(16, int(width / (0.66 * size))) if wide * size / full > width else len(heading)
        axes.set_title(
            labels.wrap(writable(heading, style), near=near, lines=4),
            loc="left",
            fontproperties=font(style, size, bold=True),
            color=style.ink,
            pad=10,
            parse_math=False,
        )


def quietly(axes: Axes, artist: Any, gid: str) -> Any:
    """Add an artist without telling the axes to look for new limits."""
    artist.set_gid(gid)
    # Nothing reaches outside the axes, so layout engines need not measure it.
    artist.set_in_layout(False)
    return axes.add_artist(artist)


@dataclass
class Plan:
    """What stands on the page, in millimetres, and what has to follow when it is arranged."""

    style: Style
    centres: Floats
    halves: Floats
    powers: Floats
    segments: Floats
    owners: NDArray[np.intp]
    importance: Floats
    texts: dict[int, Text]
    ways: dict[int, tuple[str, ...]]  # to break each name into lines, the best one first
    halos: PolyCollection
    leaders: LineCollection
    extent: tuple[float, float, float, float]
    widths: list[tuple[Any, Any]] = field(default_factory=list)
    obstacles: Floats = field(default_factory=lambda: np.empty((0, 4)))
    rooms: Floats | None = None
    legend_width: float = 0.0
    leader_row: list[Artist] | None = None  # of the legend
    captions: list[Text] = field(default_factory=list)
    fitted: list[tuple[Text, Caption]] = field(default_factory=list)
    footer: Text | None = None
    covering: int = 0

    def __post_init__(self) -> None:
        self._footer_text = self.footer.get_text() if self.footer is not None else ""
        self._widths_set = [np.array(artist.get_linewidth()) for artist, _ in self.widths]

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Fit the page into axes of this size, and place the names."""
        letters = Lettering(self.style)
        left, bottom, right, top = self.extent
        foot = 0.0
        if self.footer is not None:
            lines = broken(self._footer_text, letters, self.style.legend_size, width)
            foot = (0.6 + 1.1 * len(lines)) * self.style.legend_size
        room = max(width - self.legend_width, width / 3), max(height - foot, 1.0)
        scale = min(room[0] / (right - left), room[1] / (top - bottom))
        shift = np.array(
            [
                (room[0] - scale * (right - left)) / 2 - scale * left,
                height - (room[1] - scale * (top - bottom)) / 2 - scale * top,
            ]
        )
        axes.set_xlim(-shift[0] / scale, (width - shift[0]) / scale)
        axes.set_ylim(-shift[1] / scale, (height - shift[1]) / scale)
        weight = min(max(scale / NOMINAL_SCALE, 0.45), 1.8)
        for place, (artist, widths) in enumerate(self.widths):
            # What somebody else has changed since is theirs.
            if np.array_equal(artist.get_linewidth(), self._widths_set[place]):
                artist.set_linewidth(np.asarray(widths) * weight)
                self._widths_set[place] = np.array(artist.get_linewidth())
        smaller = min(1.0, max(scale / (NOMINAL_SCALE * 0.9), 0.55))
        # What stands in a room of its own on the page keeps within it, however small.
        for strip in self.captions:
            strip.set_fontsize(self.style.legend_size * min(1.0, scale / (NOMINAL_SCALE * 0.9)))
        self._fit_captions(letters, scale)
        if self.footer is not None:
            size = self.style.legend_size * max(smaller, 0.8)
            self.footer.set_fontsize(size)
            self.footer.set_text("\n".join(broken(self._footer_text, letters, size, width)))
        self._place_names(scale, shift, (*room, height))

    def _fit_captions(self, letters: Lettering, scale: float) -> None:
        """Make captions of a kind as large as the fullest of their rooms allows."""
        most = self.style.legend_size * min(1.0, scale / (NOMINAL_SCALE * 0.9))
        for kind in dict.fromkeys(caption.kind for _, caption in self.fitted):
            mine = [pair for pair in self.fitted if pair[1].kind == kind]
            least = most
            # Twice: what is written smaller has room for longer lines.
            for _ in range(2):
                size = least
                for made, caption in mine:
                    left, bottom, right, top = caption.box
                    room = scale * (right - left), scale * (top - bottom)
                    words, own = fit(caption.text, letters, room, size, bold=caption.bold)
                    made.set(text=words, fontsize=size)
                    least = min(least, own)

    def _place_names(self, scale: float, shift: Floats, room: tuple[float, float, float]) -> None:
        if not self.texts:
            return
        numbers = np.array(sorted(self.texts))
        move = np.concatenate([shift, shift])
        size = self.style.font_size * min(1.0, max(scale / (NOMINAL_SCALE * 0.9), 0.55))
        wide, foot, height = room[0], room[2] - room[1], room[2]

        def place(points: float) -> tuple[float, Floats, labels.Placement]:
            extents = np.array([self._extents(number, points) for number in numbers.tolist()])
            found = labels.place(
                self.centres * scale + shift,
                self.halves * scale,
                extents,
                bounds=(0.0, foot, wide, height),
                segments=self.segments * scale + move,
                owners=self.owners,
                importance=self.importance,
                obstacles=self.obstacles * scale + move,
                labelled=numbers,
                powers=self.powers,
                rooms=None if self.rooms is None else self.rooms * scale + move,
                over_marks=len(numbers) < len(self.centres),
            )
            return points, extents, found

        size, extents, found = _largest(place, size)
        self.covering = found.covering
        grounds = []
        for row, number in enumerate(numbers.tolist()):
            label, way = self.texts[number], int(found.shapes[row])
            if label.get_text() in self.ways[number]:
                label.set_text(self.ways[number][way])
            label.set_fontsize(size)
            label.set_position(tuple((found.centres[row] - shift) / scale))
            grounds += self._ground(label, found.centres[row], extents[row, way], size)
        self.halos.set_verts([(ground - shift) / scale for ground in grounds])
        self.leaders.set_segments(
            [[(np.asarray(point) - shift) / scale for point in line] for _, *line in found.leaders]
        )
        for artist in self.leader_row or ():
            artist.set_visible(bool(found.leaders))

    def _extents(self, number: int, size: float) -> list[tuple[float, float]]:
        """Measure each way to set a name; what somebody else has written is left as it is."""
        label, ways = self.texts[number], self.ways[number]
        if label.get_text() not in ways:
            ways = (label.get_text(),) * len(ways)
        bold = label.get_fontweight() == "bold"
        return [extent(way, self.style, size, bold=bold) for way in ways]

    def _ground(self, label: Text, centre: Floats, size: Floats, points: float) -> list[Floats]:
        """Return a box behind each line of a name."""
        lines = label.get_text().split("\n")
        bold = label.get_fontweight() == "bold"
        step = size[1] / len(lines)
        boxes = []
        for row, line in enumerate(lines):
            half = extent(line, self.style, points, bold=bold)[0] / 2 + 0.8
            top = centre[1] + size[1] / 2 - row * step
            boxes.append(
                np.array(
                    [
                        (centre[0] - half, top + 0.4),
                        (centre[0] + half, top + 0.4),
                        (centre[0] + half, top - step - 0.4),
                        (centre[0] - half, top - step - 0.4),
                    ]
                )
            )
        return boxes


_Placed = tuple[float, "Floats", "labels.Placement"]


def _largest(place: Callable[[float], _Placed], size: float) -> _Placed:
    """Find the largest letters at which no name covers anything."""
    best = place(size)
    if best[2].covering:
        smaller = []
        while size * _STEP >= _SMALLEST:
            size *= _STEP
            smaller.append(size)
        # By halving: every try costs as much as a whole page.
        low, high = 0, len(smaller)
        while low < high:
            middle = (low + high) // 2
            tried = place(smaller[middle])
            if tried[2].covering == 0:
                best, high = tried, middle
            else:
                low = middle + 1
                best = tried if best[2].covering else best
    few, size = _FEW * len(best[1]), best[0]
    for _ in range(0 if best[2].covering else _MOST_STEPS):
        size *= _STEP
        # Where letters are small already, a little smaller is the lesser evil.
        if _strays(best) <= few or size < _SMALLEST or size < _EASY <= best[0]:
            break
        nearer = place(size)
        if not nearer[2].covering and _strays(nearer) < _strays(best):
            best = nearer
    return best


def _strays(placed: _Placed) -> int:
    """Count the names of whom one may doubt whose they are."""
    return placed[2].doubtful + int(np.count_nonzero(placed[2].gaps >= labels.NEAR))


class Stage(Artist):
    """Arranges what stands in the axes, just before it is drawn."""

    def __init__(
        self,
        axes: Axes,
        arrange: Callable[[Axes, float, float], None],
        *,
        title: str,
        alt: str,
        private: bool,
    ) -> None:
        super().__init__()
        self.axes = axes
        self._where = axes
        self.title = title
        self.alt = alt
        self.private = private  # whether it is about a person
        self._arrange = arrange
        self._arranged_for: tuple[float, float] | None = None
        self.set_gid("stage")
        self.set_in_layout(False)
        # First of all artists, so that the others are drawn where it puts them.
        self.set_zorder(-10)

    def draw(self, renderer: Any) -> None:  # noqa: ARG002 - matplotlib's signature
        """Arrange if the axes have another size than last time."""
        size = points(self._where)
        if size != self._arranged_for and min(size) > 0:
            self._arranged_for = size
            with standard_settings():
                self._arrange(self._where, *size)
        self.stale = False


def points(axes: Axes) -> tuple[float, float]:
    """Return the width and height of axes in points."""
    per_pixel = _POINTS_PER_INCH / axes.figure.dpi
    return round(float(axes.bbox.width) * per_pixel, 2), round(
        float(axes.bbox.height) * per_pixel, 2
    )
