"""What the marks mean: one legend beside the map, with only what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.legend_handler import HandlerBase
from matplotlib.offsetbox import DrawingArea, HPacker
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from aktorkart.figures.drawing.lettering import extent, font, writable
from aktorkart.figures.drawing.stage import points
from aktorkart.scene import lines, marks
from aktorkart.scene.hatching import hatched
from aktorkart.scene.labels import wrap
from aktorkart.scene.legend import AreaSample, Key, MarkSample, SizeSample, TieSample
from aktorkart.scene.letters import NOMINAL_SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend
    from numpy.typing import NDArray

    from aktorkart.scene.style import Style

    Floats = NDArray[np.float64]

HANDLE_WIDTH = 27.0
_TEXT_GAP = 6.0
_CHARACTERS = 25
_SPACING = 0.42
# Between two columns, in letters; letters must become this much larger for there to be two.
_BETWEEN, _WORTH_IT = 2.0, 1.1
_SMALLEST = 0.4

_SPACE = Key(" ")


class _KeyHandler(HandlerBase):
    def legend_artist(
        self,
        legend: Legend,  # noqa: ARG002 - matplotlib's signature
        orig_handle: Any,
        fontsize: float,  # noqa: ARG002
        handlebox: Any,
    ) -> Any:
        key: Key = orig_handle
        if key.sample is None:
            return None
        x = handlebox.width / 2 - handlebox.xdescent
        y = handlebox.height / 2 - handlebox.ydescent
        drawn = _drawn(key.sample, (x, y), handlebox.width / HANDLE_WIDTH)
        for artist in drawn:
            artist.set_transform(handlebox.get_transform())
        for artist in drawn:
            handlebox.add_artist(artist)
        return drawn[0]


def add(axes: Axes, keys: Sequence[Key], style: Style, *, page: float) -> float:
    """Add a legend at the right edge of the axes, in two columns where the axes are wide."""
    width, height = points(axes)
    # Layout engines make axes a little smaller before they are drawn.
    height *= 0.95
    rows = _rows(keys, style)
    columns = [rows]
    small = _scale(columns, style, 0.42 * width, height)
    halves = _halved(rows, style)
    smaller = _scale(halves, style, width - page * height, height)
    if smaller > _WORTH_IT * small:
        columns, small = halves, smaller
    size, handle, gap = style.legend_size * small, HANDLE_WIDTH * small, _TEXT_GAP * small
    # matplotlib parts the rows into columns of equal numbers.
    most = max(map(len, columns))
    rows = [row for column in columns for row in column + [_SPACE] * (most - len(column))]
    legend = axes.legend(
        list(rows),  # type: ignore[call-overload] # drawn by our own handler
        [row.label for row in rows],
        handler_map={Key: _KeyHandler()},
        loc="upper right",
        bbox_to_anchor=(1.0, 1.0),
        prop=font(style, size),
        labelcolor=style.ink,
        frameon=False,
        numpoints=1,
        scatterpoints=1,
        borderpad=0.0,
        borderaxespad=0.0,
        labelspacing=_SPACING,
        handlelength=handle / size,
        handleheight=1.25,
        handletextpad=gap / size,
        columnspacing=_BETWEEN,
        ncols=len(columns),
        shadow=False,
        alignment="left",
    )
    for line in legend.findobj(HPacker):
        children = line.get_children()
        if children and isinstance(children[0], DrawingArea) and not children[0].get_children():
            children[0].set_visible(False)
    for label, row in zip(legend.get_texts(), rows, strict=True):
        label.set_parse_math(False)
        label.set_usetex(False)
        label.set_linespacing(1.1)
        if row.sample is None:
            label.set_fontproperties(font(style, size * (0.45 if row is _SPACE else 1), bold=True))
    legend.set_in_layout(False)
    legend.set_gid("legend")
    legend.set_zorder(6)
    return _size(columns, style)[0] * small


def last_row(axes: Axes) -> list[Artist]:
    """Hide the last line of a legend, and return it to be shown where there is such a thing."""
    legend: Any = axes.get_legend()
    # In two columns there may be empty lines after it.
    texts = legend.get_texts()
    place = max(at for at, one in enumerate(texts) if one.get_text().strip())
    label = texts[place]
    packed = [one for one in legend.findobj(HPacker) if label in one.findobj(type(label))]
    found = [packed[0], label, legend.legend_handles[place]]
    for one in found:
        one.set_visible(False)
    return found


def _rows(keys: Sequence[Key], style: Style) -> list[Key]:
    """Break the lines, with a space above each heading but the first."""
    rows: list[Key] = []
    for key in keys:
        if key.sample is None and rows:
            rows.append(_SPACE)
        line = wrap(writable(key.label, style), near=_CHARACTERS, lines=5)
        # matplotlib leaves out labels that begin with an underscore.
        rows.append(Key("\u200a" + line if line.startswith("_") else line, key.sample))
    return rows


def _halved(rows: list[Key], style: Style) -> list[list[Key]]:
    """Part the rows at the heading that makes the higher half lowest."""
    cuts = [place for place, row in enumerate(rows) if row is _SPACE]
    if not cuts:
        return [rows]
    return min(
        ([rows[:cut], rows[cut + 1 :]] for cut in cuts),
        key=lambda halves: max(_size([half], style)[1] for half in halves),
    )


def _size(columns: Sequence[Sequence[Key]], style: Style) -> tuple[float, float]:
    """Return the width and height that columns need at their full size, in points."""
    size = style.legend_size
    wide, high = _BETWEEN * size * (len(columns) - 1), 0.0
    for column in columns:
        wide += max(
            extent(row.label, style, size, bold=row.sample is None)[0]
            + (0.0 if row.sample is None else HANDLE_WIDTH + _TEXT_GAP)
            for row in column
        )
        lines = sum(
            1.0 if row is _SPACE else max(row.label.count("\n") + 1.0, 1.25) * 1.12 + _SPACING
            for row in column
        )
        high = max(high, lines * size)
    return wide, high


def _scale(columns: Sequence[Sequence[Key]], style: Style, width: float, height: float) -> float:
    """Return how much smaller the legend must be to fit into a room."""
    wide, high = _size(columns, style)
    return min(1.0, max(_SMALLEST, min(height / high, width / wide)))


def _drawn(sample: object, at: tuple[float, float], scale: float) -> list[Artist]:
    """Draw a sample around a point."""
    if isinstance(sample, MarkSample):
        return _mark(sample, at, scale)
    if isinstance(sample, SizeSample):
        return [
            _polygon(
                marks.SHAPES["first"] * (radius * scale) + (at[0] + across * scale, at[1]),
                facecolor=sample.fill,
                edgecolor=sample.edge,
                linewidth=0.7 * scale,
            )
            for across, radius in ((-10.5, 2.2), (-3.2, 3.4), (7.0, 5.0))
        ]
    if isinstance(sample, TieSample):
        return _tie(sample, at, scale)
    assert isinstance(sample, AreaSample)  # noqa: S101 - there are no more
    wide, high = 0.8 * HANDLE_WIDTH * scale, 7.5 * scale
    return [
        Rectangle(
            (at[0] - wide / 2, at[1] - high / 2),
            wide,
            high,
            facecolor=to_rgba(sample.fill, sample.opacity),
            edgecolor=sample.edge,
            linewidth=0.7 * scale,
            linestyle=dashed(sample.dashes),
        )
    ]


def _polygon(points: Floats, **look: Any) -> Polygon:
    return Polygon(points, closed=True, **look)


def _mark(sample: MarkSample, at: tuple[float, float], scale: float) -> list[Artist]:
    # Pointed shapes are as high as the others here, whatever their area.
    radius = 4.6 / max(marks.half_extent(sample.shape)) * scale
    whole = marks.SHAPES[sample.shape]
    drawn: list[Artist] = [
        _polygon(
            whole * radius + at,
            facecolor=sample.fill,
            edgecolor=sample.edge,
            linewidth=0.7 * scale,
            linestyle=(0, (2.2, 1.4)) if sample.dashed else "-",
        )
    ]
    if sample.sign is not None:
        sign = sample.sign
        parts = hatched(whole, sign) if isinstance(sign, str) else marks.glyph(sign)
        drawn += [
            _polygon(part * radius + at, facecolor=sample.sign_color, linewidth=0) for part in parts
        ]
    if sample.ringed:
        drawn.append(
            _polygon(
                whole * (1.4 * radius) + at,
                fill=False,
                edgecolor=sample.edge,
                linewidth=1.3 * scale,
            )
        )
    return drawn


def _tie(sample: TieSample, at: tuple[float, float], scale: float) -> list[Artist]:
    per_millimetre = NOMINAL_SCALE * scale
    half = HANDLE_WIDTH / 2 / NOMINAL_SCALE
    body = middle = np.array([[-half, 0.0], [half, 0.0]])
    heads: list[Artist] = []
    if sample.arrow:
        head = lines.arrowhead(middle, length=2.8, width=2.5) * per_millimetre + at
        heads = [PolyCollection([head], facecolors=sample.color, linewidths=0)]
        body = lines.trimmed(middle, 0, 2.0)
    strokes = lines.strokes(body, sample.line, width=sample.width / NOMINAL_SCALE)
    path = compound([stroke * per_millimetre + at for stroke in strokes])
    line = PathPatch(path, **line_look(sample.color, sample.width * scale, sample.dashes))
    return [line, *heads]


def dashed(dashes: tuple[float, ...]) -> Any:
    """Return what matplotlib calls dashes."""
    return (0, dashes) if dashes else "-"


def compound(strokes: Sequence[Floats]) -> Path:
    """Join several lines into one path."""
    if not strokes:
        return Path(np.empty((0, 2)))
    codes = np.full(sum(map(len, strokes)), Path.LINETO, dtype=Path.code_type)
    codes[np.cumsum([0, *map(len, strokes[:-1])])] = Path.MOVETO
    return Path(np.concatenate(strokes), codes)


def line_look(color: str, width: float, dashes: tuple[float, ...]) -> dict[str, Any]:
    """Return what a patch needs to look like a tie."""
    return {
        "fill": False,
        "edgecolor": color,
        "linewidth": width,
        "linestyle": dashed(dashes),
        "capstyle": "round" if dashes and dashes[0] < 1 else "butt",
        "joinstyle": "round",
    }
