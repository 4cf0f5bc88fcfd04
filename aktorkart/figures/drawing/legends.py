"""What the marks mean: one legend beside or beneath the map, with only what is on it."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.legend_handler import HandlerBase
from matplotlib.offsetbox import DrawingArea, HPacker, VPacker
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from aktorkart.figures.drawing.badges import disc
from aktorkart.figures.drawing.lettering import extent, font, writable
from aktorkart.figures.drawing.plan import Beside
from aktorkart.figures.drawing.stage import points
from aktorkart.scene import lines, marks
from aktorkart.scene.hatching import hatched
from aktorkart.scene.labels import wrap
from aktorkart.scene.legend import (
    LEADER_DASHES,
    AreaSample,
    Key,
    MarkSample,
    SizeSample,
    TieSample,
)
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.scene.pages import upright

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
_CHARACTERS, _FEW_CHARACTERS = 25, 19
_SPACING = 0.42
# Between two columns, in letters; letters must become this much larger for there to be two.
_BETWEEN, _WORTH_IT = 2.0, 1.1
_SMALLEST = 0.4
# Radius of a sign on a tie, in points.
_BADGE = 4.6
# Of the axes: how wide a legend is at the right edge at most, in one column and in two,
# and how high beneath the map.
_MOST_WIDE, _TWO_WIDE, _MOST_HIGH = 0.42, 0.52, 0.4
_MOST_COLUMNS = 6
# What lines at the foot take of a low page at the most, in its smallest letters.
_FOOT = 9.0
# Between the legend and the map, in points.
_AIR = 12.0

_SPACE = Key(" ")
HOLE = 0.58
"""How large the hole is in the mark of somebody whose group is assumed."""


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


def add(axes: Axes, keys: Sequence[Key], style: Style, *, page: float) -> Beside:
    """Add a legend: at the right edge of wide axes, beneath the map in narrow or high ones."""
    columns, small, beneath, left_out = _set(keys, style, points(axes), page)
    if not any(columns):
        return Beside(left_out=True)
    size, handle, gap = style.legend_size * small, HANDLE_WIDTH * small, _TEXT_GAP * small
    # matplotlib parts the rows into columns of equal numbers.
    most = max(map(len, columns))
    rows = [row for column in columns for row in column + [_SPACE] * (most - len(column))]
    legend = axes.legend(
        list(rows),  # type: ignore[call-overload] # drawn by our own handler
        [row.label for row in rows],
        handler_map={Key: _KeyHandler()},
        loc="lower left" if beneath else "upper right",
        bbox_to_anchor=(0.0, 0.0) if beneath else (1.0, 1.0),
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
    wide, high = (side * small + _AIR for side in _size(columns, style))
    ties = tuple(
        (handle, row.sample.width)
        for handle, row in zip(legend.legend_handles, rows, strict=True)
        if isinstance(row.sample, TieSample) and row.sample.dashes != LEADER_DASHES
    )
    side = {"height": high} if beneath else {"width": wide}
    return Beside(legend, left_out=left_out, ties=ties, **side)


def _set(
    keys: Sequence[Key], style: Style, room: tuple[float, float], page: float
) -> tuple[list[list[Key]], float, bool, bool]:
    """Part a legend in columns; how large it is, whether beneath, and whether some is left out."""
    width, height = room
    # Layout engines make axes a little smaller before they are drawn.
    height *= 0.95
    least = min(1.0, style.smallest / style.legend_size)
    rows = _rows(keys, style)
    columns, small = _at_the_side(rows, style, (width, height), page)
    if len(columns) > 1:
        # Two columns leave little to the map: with shorter lines it has more.
        short = _rows(keys, style, _FEW_CHARACTERS)
        narrower, as_large = _at_the_side(short, style, (width, height), page)
        columns = narrower if as_large >= small else columns
    low = not upright(width, height)
    beneath = not low or small < least
    left_out = False
    if beneath:
        columns, small, left_out = _beneath(rows, style, (width, _MOST_HIGH * height), least)
        if left_out and low:
            # On a low page the map keeps more of its room with what fits beside it.
            room = width, height - _FOOT * style.smallest
            columns, small = _as_fits_aside(rows, style, room, page, least)
            beneath = False
    return columns, small, beneath, left_out


def _at_the_side(
    rows: list[Key], style: Style, room: tuple[float, float], page: float
) -> tuple[list[list[Key]], float]:
    """Set a legend in one column, or in two where that makes it larger; return how large."""
    width, height = room
    least = min(1.0, style.smallest / style.legend_size)
    columns = [rows]
    small = _scale(columns, style, _MOST_WIDE * width, height)
    wide = max(width - page * height, _TWO_WIDE * width)
    for parted in (_parted, _flowing):
        halves = parted(rows, style, 2)
        smaller = _scale(halves, style, wide, height)
        if smaller > _WORTH_IT * small or small < least <= smaller:
            columns, small = halves, smaller
    return columns, small


def _as_fits_aside(
    rows: list[Key], style: Style, room: tuple[float, float], page: float, least: float
) -> tuple[list[list[Key]], float]:
    """Leave out the last parts of a legend until it goes at the side; nothing may be left."""
    while rows := _but_the_last(rows):
        columns, small = _at_the_side(rows, style, room, page)
        if small >= least:
            return columns, small
    return [], least


def _but_the_last(rows: list[Key]) -> list[Key]:
    """Return the rows of a legend without its last part."""
    cuts = [place for place, row in enumerate(rows) if row is _SPACE]
    return rows[: cuts[-1]] if cuts else []


def _beneath(
    rows: list[Key], style: Style, room: tuple[float, float], least: float
) -> tuple[list[list[Key]], float, bool]:
    """Set a legend in as many columns as make it lowest; leave out the last parts if need be."""
    width, height = room
    whole = rows
    while rows:
        for small in (1.0, least):
            best: tuple[float, list[list[Key]]] | None = None
            for count in range(1, _MOST_COLUMNS + 1):
                for parted in (_parted, _flowing):
                    way = parted(rows, style, count)
                    wide, high = _size(way, style)
                    # Parts stay whole, unless that takes much more room.
                    high *= 1.0 if parted is _parted else _WORTH_IT
                    if wide * small <= width and (best is None or high < best[0]):
                        best = high, way
            if best is not None and _size(best[1], style)[1] * small <= height:
                return best[1], small, rows is not whole
        rows = _but_the_last(rows)
    return [], least, True


def _flowing(rows: list[Key], style: Style, count: int) -> list[list[Key]]:
    """Set rows in at most so many columns of about one height; none ends with a heading."""
    high = [_size([[row]], style)[1] for row in rows]
    limit = max(sum(high) / count, *high)
    while True:
        columns: list[list[Key]] = [[]]
        used = 0.0
        for place, row in enumerate(rows):
            heads = row.sample is None and place + 1 < len(rows)
            needed = high[place] + (high[place + 1] if heads else 0.0)
            if row is _SPACE:
                # A space is for the next heading, which does not stand last in a column.
                needed += sum(high[place + 2 : place + 3])
            if columns[-1] and used + needed > limit + 0.01:
                columns.append([])
                used = 0.0
            if row is _SPACE and not columns[-1]:
                continue
            columns[-1].append(row)
            used += high[place]
        if len(columns) <= count:
            return [column for column in columns if column] or [[]]
        limit *= 1.03


def row_of(axes: Axes, key: Key, style: Style) -> list[Artist]:
    """Hide a line of a legend, and return it to be shown where there is such a thing."""
    legend: Any = axes.get_legend()
    texts = legend.get_texts() if legend is not None else []
    called = {_rows([key], style, near)[0].label for near in (_CHARACTERS, _FEW_CHARACTERS)}
    place = next((at for at, one in enumerate(texts) if one.get_text() in called), None)
    if place is None:
        return []  # there was no room for it
    label = texts[place]
    packed = [one for one in legend.findobj(HPacker) if label in one.findobj(type(label))]
    found = [label, legend.legend_handles[place]]
    columns = [one.get_visible_children() for one in legend.findobj(VPacker)]
    # A column with nothing to see in it cannot be laid out.
    if not any(column == packed[:1] for column in columns):
        found.append(packed[0])
    for one in found:
        one.set_visible(False)
    return found


def _rows(keys: Sequence[Key], style: Style, near: int = _CHARACTERS) -> list[Key]:
    """Break the lines, with a space above each heading but the first."""
    rows: list[Key] = []
    for key in keys:
        if key.sample is None and rows:
            rows.append(_SPACE)
        wide = near if key.sample is not None else _CHARACTERS
        line = wrap(writable(key.label, style), near=wide, lines=5)
        # matplotlib leaves out labels that begin with an underscore.
        rows.append(Key("\u200a" + line if line.startswith("_") else line, key.sample))
    return rows


def _parted(rows: list[Key], style: Style, count: int) -> list[list[Key]]:
    """Part the rows at headings into at most so many columns, the highest as low as can be."""
    blocks: list[list[Key]] = [[]]
    for row in rows:
        if row is _SPACE:
            blocks.append([])
        else:
            blocks[-1].append(row)

    def columns(cuts: Sequence[int]) -> list[list[Key]]:
        ends = [0, *cuts, len(blocks)]
        return [
            [row for block in blocks[one:other] for row in (_SPACE, *block)][1:]
            for one, other in pairwise(ends)
        ]

    return min(
        (
            columns(cuts)
            for cuts in combinations(range(1, len(blocks)), min(count, len(blocks)) - 1)
        ),
        key=lambda way: max(_size([column], style)[1] for column in way),
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
    if sample.hole is not None:
        hole = whole * (HOLE * radius) + at
        drawn.append(_polygon(hole, facecolor=sample.hole, linewidth=0))
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
    badge = disc(sample.badge, sample.color, at, _BADGE * scale, sample.page)
    return [line, *heads, *badge]


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
