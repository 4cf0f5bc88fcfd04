"""What the marks mean: one legend beside the map, with only what is on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.legend_handler import HandlerBase
from matplotlib.offsetbox import DrawingArea, HPacker
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from aktorkart.figures.drawing.lettering import extent, font, writable
from aktorkart.figures.drawing.stage import NOMINAL_SCALE, points
from aktorkart.scene import lines, marks
from aktorkart.scene.hatching import hatched
from aktorkart.scene.labels import wrap
from aktorkart.scene.style import on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend
    from matplotlib.transforms import Transform
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

Drawer = Callable[[float, float, float, "Transform"], "list[Artist]"]


@dataclass(frozen=True, eq=False)
class Key:
    """One line of the legend."""

    label: str
    draw: Drawer | None = None


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
        if key.draw is None:
            return None
        x = handlebox.width / 2 - handlebox.xdescent
        y = handlebox.height / 2 - handlebox.ydescent
        drawn = key.draw(x, y, handlebox.width / HANDLE_WIDTH, handlebox.get_transform())
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
    for said, row in zip(legend.get_texts(), rows, strict=True):
        said.set_parse_math(False)
        said.set_usetex(False)
        said.set_linespacing(1.1)
        if row.draw is None:
            said.set_fontproperties(font(style, size * (0.45 if row is _SPACE else 1), bold=True))
    legend.set_in_layout(False)
    legend.set_gid("legend")
    legend.set_zorder(6)
    return _size(columns, style)[0] * small


def _rows(keys: Sequence[Key], style: Style) -> list[Key]:
    """Break the lines, with a space above each heading but the first."""
    rows: list[Key] = []
    for key in keys:
        if key.draw is None and rows:
            rows.append(_SPACE)
        line = wrap(writable(key.label, style), near=_CHARACTERS, lines=5)
        # matplotlib leaves out labels that begin with an underscore.
        rows.append(Key("\u200a" + line if line.startswith("_") else line, key.draw))
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
            extent(row.label, style, size, bold=row.draw is None)[0]
            + (0.0 if row.draw is None else HANDLE_WIDTH + _TEXT_GAP)
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


def node_key(  # noqa: PLR0913 - a mark has that many sides
    label: str,
    *,
    shape: str,
    fill: str,
    style: Style,
    glyph: int | str | None = None,
    dashed: bool = False,
    ringed: bool = False,
) -> Key:
    """Make a line of the legend that shows an actor's mark."""
    # Pointed shapes are as high as the others here, whatever their area.
    radius = 4.6 / max(marks.half_extent(shape))

    sign = on(fill, ink=style.ink, background=style.background)

    def draw(x: float, y: float, scale: float, transform: Transform) -> list[Artist]:
        def polygon(points: Floats, size: float, **look: Any) -> Polygon:
            return Polygon(
                points * (size * scale) + (x, y), closed=True, transform=transform, **look
            )

        drawn: list[Artist] = [
            polygon(
                marks.SHAPES[shape],
                radius,
                facecolor=fill,
                edgecolor=style.ink,
                linewidth=0.7 * scale,
                linestyle=(0, (2.2, 1.4)) if dashed else "-",
            )
        ]
        if glyph is not None:
            parts = (
                hatched(marks.SHAPES[shape], glyph)
                if isinstance(glyph, str)
                else marks.glyph(glyph)
            )
            drawn += [polygon(part, radius, facecolor=sign, linewidth=0) for part in parts]
        if ringed:
            drawn.append(
                polygon(
                    marks.SHAPES[shape],
                    radius * 1.4,
                    fill=False,
                    edgecolor=style.ink,
                    linewidth=1.3 * scale,
                )
            )
        return drawn

    return Key(label, draw)


def size_key(label: str, style: Style) -> Key:
    """Make a line of the legend that shows marks of growing size."""

    def draw(x: float, y: float, scale: float, transform: Transform) -> list[Artist]:
        return [
            Polygon(
                marks.SHAPES["first"] * (radius * scale) + (x + across * scale, y),
                closed=True,
                transform=transform,
                facecolor=style.neutral,
                edgecolor=style.ink,
                linewidth=0.7 * scale,
            )
            for across, radius in ((-10.5, 2.2), (-3.2, 3.4), (7.0, 5.0))
        ]

    return Key(label, draw)


def tie_key(  # noqa: PLR0913 - a tie has that many sides
    label: str,
    *,
    color: str,
    width: float,
    line: lines.Line | None = None,
    dashes: tuple[float, ...] = (),
    arrow: bool = False,
) -> Key:
    """Make a line of the legend that shows a tie."""
    form = line or lines.Line()

    def draw(x: float, y: float, scale: float, transform: Transform) -> list[Artist]:
        per_millimetre = NOMINAL_SCALE * scale
        half = HANDLE_WIDTH / 2 / NOMINAL_SCALE
        middle = np.array([[-half, 0.0], [half, 0.0]])
        drawn: list[Artist] = []
        body = middle
        if arrow:
            head = lines.arrowhead(middle, length=2.8, width=2.5)
            drawn.append(
                PolyCollection(
                    [head * per_millimetre + (x, y)],
                    facecolors=color,
                    linewidths=0,
                    transform=transform,
                )
            )
            body = lines.trimmed(middle, 0, 2.0)
        strokes = lines.strokes(body, form, width=width / NOMINAL_SCALE)
        drawn.insert(
            0,
            PathPatch(
                compound([stroke * per_millimetre + (x, y) for stroke in strokes]),
                transform=transform,
                **line_look(color, width * scale, dashes),
            ),
        )
        return drawn

    return Key(label, draw)


def compound(strokes: Sequence[Floats]) -> Path:
    """Join several lines into one path."""
    codes = np.full(sum(map(len, strokes)), Path.LINETO, dtype=Path.code_type)
    codes[np.cumsum([0, *map(len, strokes[:-1])])] = Path.MOVETO
    return Path(np.concatenate(strokes), codes)


def line_look(color: str, width: float, dashes: tuple[float, ...]) -> dict[str, Any]:
    """Return what a patch needs to look like a tie."""
    return {
        "fill": False,
        "edgecolor": color,
        "linewidth": width,
        "linestyle": (0, dashes) if dashes else "-",
        "capstyle": "round" if dashes and dashes[0] < 1 else "butt",
        "joinstyle": "round",
    }
