"""Marks at two ratings, moved apart where they would cover each other, and their names."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Polygon, Rectangle

from aktorkart.figures.drawing.area import Mark, Rect, parts
from aktorkart.figures.drawing.lettering import extent, writable, written
from aktorkart.figures.drawing.stage import quietly
from aktorkart.scene import labels, spacing
from aktorkart.scene.labels import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from aktorkart.scene.style import Style

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_GOLDEN = math.pi * (3 - math.sqrt(5))
_STEP = 0.92
# Letters may become this much smaller for everybody to stand nearest to their own ratings.
_EASY = 0.72
# How far from its rating a mark starts at the most, in steps of the scale.
_NEAR = 0.25
# Where more of a field would be taken up, names cannot be moved apart.
_FULL = 0.74


@dataclass(frozen=True)
class Dot:
    """An actor at its ratings."""

    id: str
    label: str
    across: float
    up: float
    field: str
    mark: Mark


@dataclass(eq=False)
class Plane:
    """Two scales, four fields and the actors in them."""

    style: Style
    dots: Sequence[Dot]
    fields: Mapping[str, str]
    axes_names: tuple[str, str]
    ends: tuple[str, str]
    scale: tuple[float, float]
    limit: float
    covering: int = 0
    _grounds: dict[str, Rectangle] = field(default_factory=dict)
    _heads: dict[str, Text] = field(default_factory=dict)
    _ticks: list[tuple[int, float, Text]] = field(default_factory=list)
    _names: list[Text] = field(default_factory=list)
    _labels: list[Text] = field(default_factory=list)
    _shapes: list[Polygon] = field(default_factory=list)

    def onto(self, axes: Axes) -> None:
        """Add the artists; `arrange` puts them where they belong."""
        style = self.style
        for name, label in self.fields.items():
            depth = 0.05 + 0.05 * name.split("_").count("high")
            ground = Rectangle(
                (0, 0),
                1,
                1,
                facecolor=to_rgba(style.palette[0], depth),
                edgecolor=style.background,
                linewidth=2.0,
                zorder=1,
            )
            self._grounds[name] = quietly(axes, ground, f"panel:{name}")
            self._heads[name] = self._text(axes, label, f"head:{name}", bold=True)
        low, high = self.scale
        for axis, title in enumerate(self.axes_names):
            for value in range(math.ceil(low), math.floor(high) + 1):
                end = {low: self.ends[0], high: self.ends[1]}.get(value)
                label = (
                    f"{value}\n{end}"
                    if end and axis == 0
                    else f"{end} {value}"
                    if end
                    else str(value)
                )
                tick = self._text(axes, label, f"tick:{axis}:{value}", muted=True)
                self._ticks.append((axis, value, tick))
            self._names.append(self._text(axes, title, f"axis:{axis}", bold=True))
        self._names[1].set_rotation(90)
        for dot in self.dots:
            _, look = parts(dot.mark, style)[0]
            patch = Polygon([(0, 0)], closed=True, zorder=4, **look)
            self._shapes.append(quietly(axes, patch, f"actor:{dot.id}"))
            label = wrap(writable(dot.label, style), near=style.wrap)
            self._labels.append(self._text(axes, label, f"label:{dot.id}"))
        self._leaders = quietly(
            axes, LineCollection([], colors=style.muted, linewidths=0.5, zorder=3), "leaders"
        )

    def _text(
        self, axes: Axes, label: str, gid: str, *, bold: bool = False, muted: bool = False
    ) -> Text:
        color = self.style.muted if muted else self.style.ink
        made = written(label, self.style, self.style.font_size, color=color, ha="center", bold=bold)
        placed: Text = quietly(axes, made, gid)
        return placed

    def arrange(self, room: Rect, size: float) -> None:
        """Put everything into its room."""
        aside = max(extent(tick.get_text(), self.style, size)[0] for a, _, tick in self._ticks if a)
        left, below = aside + 2.6 * size, 4.6 * size
        plot = Rect(
            room.left + left,
            room.bottom + below,
            max(room.width - left, 1.0),
            max(room.height - below, 1.0),
        )
        self._frame(plot, room, size)
        rects = self._rects(plot)
        heads = self._set_heads(rects, size)
        # Everybody nearest to their own ratings, with letters a little smaller if need be; else
        # anywhere in their field.
        for strict, least in (
            (True, max(_EASY * size, self.style.smallest)),
            (False, self.style.smallest),
        ):
            at = size
            while self._fill(rects, at) > _FULL and at * _STEP >= least:
                at *= _STEP
            while True:
                radius, boxes = self._boxes(at)
                rooms = self._rooms(plot, rects, heads, at, strict=strict)
                fits = not strict or not any(_crammed(boxes.of(own), room) for own, room in rooms)
                if fits:
                    spots = self._spread(plot, boxes, rooms)
                    found = self._named(spots, radius, plot, heads, at)
                    fits = found.covering == 0 and not len(spacing.overlaps(spots, boxes)[0])
                if fits or at * _STEP < least:
                    break
                at *= _STEP
            if fits:
                break
        self.covering = found.covering
        for row, patch in enumerate(self._shapes):
            corners, _ = parts(self.dots[row].mark, self.style)[0]
            patch.set_xy(corners * radius + spots[row])
            self._labels[row].set_fontsize(at)
            self._labels[row].set_position(tuple(found.centres[row]))
        self._leaders.set_segments([line for _, *line in found.leaders])

    def _border(self, axis: int) -> float:
        """Return where the fields meet: between the last low and the first high rating."""
        found = [(dot.across, dot.up)[axis] for dot in self.dots]
        above = [rating for rating in found if rating > self.limit]
        return (self.limit + min([*above, self.limit + 1])) / 2

    def _along(self, axis: int, rating: float) -> float:
        """Return where a rating stands, from 0 to 1: the fuller half of a scale is larger."""
        ratings = [(dot.across, dot.up)[axis] for dot in self.dots]
        high = sum(rating > self.limit for rating in ratings) / max(len(ratings), 1)
        half = 0.5 if not ratings else min(max(1 - high, 0.36), 0.64)
        low, top, border = self.scale[0] - 0.5, self.scale[1] + 0.5, self._border(axis)
        return float(np.interp(rating, [low, border, top], [0, half, 1]))

    def _point(self, plot: Rect, across: float, up: float) -> tuple[float, float]:
        return (
            plot.left + plot.width * self._along(0, across),
            plot.bottom + plot.height * self._along(1, up),
        )

    def _centre(self, plot: Rect) -> tuple[float, float]:
        return self._point(plot, self._border(0), self._border(1))

    def _frame(self, plot: Rect, room: Rect, size: float) -> None:
        for axis, value, tick in self._ticks:
            x, y = self._point(plot, value, value)
            tick.set_fontsize(size)
            if axis == 0:
                tick.set_verticalalignment("top")
                tick.set_position((x, plot.bottom - 0.4 * size))
            else:
                tick.set_horizontalalignment("right")
                tick.set_position((plot.left - 0.5 * size, y))
        for name, place in zip(
            self._names,
            (
                (plot.left + plot.width / 2, room.bottom + 0.8 * size),
                (room.left + 0.9 * size, plot.bottom + plot.height / 2),
            ),
            strict=True,
        ):
            name.set_fontsize(size * 1.08)
            name.set_position(place)

    def _rects(self, plot: Rect) -> dict[str, Rect]:
        x, y = self._centre(plot)
        rects = {}
        for name in self.fields:
            up, across = name.split("_")
            left, right = (x, plot.right) if across == "high" else (plot.left, x)
            bottom, top = (y, plot.top) if up == "high" else (plot.bottom, y)
            rects[name] = Rect(left, bottom, right - left, top - bottom)
            self._grounds[name].set_bounds(*rects[name])
        return rects

    def _set_heads(self, rects: Mapping[str, Rect], size: float) -> dict[str, Rect]:
        """Write the names of the fields into their outer corners."""
        found = {}
        for name, rect in rects.items():
            up, across = name.split("_")
            head = self._heads[name]
            near = wrap(self.fields[name], near=200)
            at = size
            wide, high = extent(near, self.style, at, bold=True)
            if wide > rect.width - size:
                at = max(at * (rect.width - size) / wide, self.style.smallest)
                wide, high = extent(near, self.style, at, bold=True)
            head.set_fontsize(at)
            x = rect.right - 0.5 * size - wide if across == "high" else rect.left + 0.5 * size
            y = rect.top - 0.4 * size - high if up == "high" else rect.bottom + 0.4 * size
            head.set_position((x + wide / 2, y + high / 2))
            found[name] = Rect(x, y, wide, high)
        return found

    def _fill(self, rects: Mapping[str, Rect], size: float) -> float:
        """Return how much of the fullest field marks and names take up."""
        taken = dict.fromkeys(rects, 0.0)
        for dot, label in zip(self.dots, self._labels, strict=True):
            wide, high = extent(label.get_text(), self.style, size)
            taken[dot.field] += (wide + 2.5) * (high + 1.1 * size + 5)
        return max(
            taken[name] / max(rect.width * (rect.height - 1.8 * size), 1.0)
            for name, rect in rects.items()
        )

    def _boxes(self, size: float) -> tuple[float, spacing.Boxes]:
        """Return how large marks are, and the room of each with its name."""
        radius = 0.55 * size
        extents = [extent(label.get_text(), self.style, size) for label in self._labels]
        sizes = [(wide + 2.5, high + 2.0) for wide, high in extents]
        return radius, spacing.Boxes.beneath(sizes, radius + 1.0, 1.5)

    def _rooms(
        self,
        plot: Rect,
        rects: Mapping[str, Rect],
        heads: Mapping[str, Rect],
        size: float,
        *,
        strict: bool,
    ) -> list[tuple[Ints, spacing.Room]]:
        """Return who share a room: those of equal ratings, or those of a field."""
        together: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for row, dot in enumerate(self.dots):
            together[(dot.field, dot.across, dot.up) if strict else (dot.field,)].append(row)
        rooms = []
        for (name, *ratings), rows in together.items():
            rect, upper = rects[name], name.startswith("high")
            head = heads[name].height + 0.6 * size
            inside = spacing.Room(
                rect.left + 2,
                rect.bottom + (2 if upper else head),
                rect.right - 2,
                rect.top - (head if upper else 2),
            )
            if ratings:
                inside = self._nearest(plot, inside, *ratings)
            rooms.append((np.array(rows, dtype=np.int64), inside))
        return rooms

    def _spread(
        self, plot: Rect, boxes: spacing.Boxes, rooms: Sequence[tuple[Ints, spacing.Room]]
    ) -> Floats:
        """Move marks with their names apart, each within its room."""
        spots = np.zeros((len(self.dots), 2))
        met: dict[tuple[float, float], int] = {}
        steps = (
            plot.width / (self.scale[1] - self.scale[0] + 1),
            plot.height / (self.scale[1] - self.scale[0] + 1),
        )
        wide = float((boxes.left + boxes.right).mean()) if len(spots) else 0.0
        high = float((boxes.down + boxes.up).mean()) if len(spots) else 0.0
        for row, dot in enumerate(self.dots):
            # Those of equal ratings start as a sunflower's seeds, in the order of their ids:
            # about as far apart as names are wide and high, but nearer to their own rating
            # than to the next.
            number = met.get((dot.across, dot.up), 0)
            met[dot.across, dot.up] = number + 1
            away, turn = 0.55 * math.sqrt(number), number * _GOLDEN
            x, y = self._point(plot, dot.across, dot.up)
            aside, above = away * wide * math.cos(turn), away * high * math.sin(turn)
            spots[row] = (
                x + min(max(aside, -_NEAR * steps[0]), _NEAR * steps[0]),
                y + min(max(above, -_NEAR * steps[1]), _NEAR * steps[1]),
            )
        for members, inside in rooms:
            own, free = boxes.of(members), np.ones(len(members), dtype=bool)
            placed = spacing.spread(spots[members], own, inside, free)
            spots[members] = spacing.settle(placed, own, inside, free)
        return spots

    def _nearest(self, plot: Rect, inside: spacing.Room, across: float, up: float) -> spacing.Room:
        """Return the part of a field that is nearer to two ratings than to the next ones."""
        left, bottom = self._point(plot, across - 0.5, up - 0.5)
        right, top = self._point(plot, across + 0.5, up + 0.5)
        return spacing.Room(
            max(inside.left, left),
            max(inside.bottom, bottom),
            min(inside.right, right),
            min(inside.top, top),
        )

    def _named(
        self, spots: Floats, radius: float, plot: Rect, heads: Mapping[str, Rect], size: float
    ) -> labels.Placement:
        x, y = self._centre(plot)
        cross = np.array([[plot.left, y, plot.right, y], [x, plot.bottom, x, plot.top]])
        halves = np.array(
            [np.abs(parts(dot.mark, self.style)[0][0]).max(axis=0) * radius for dot in self.dots]
        ).reshape(-1, 2)
        return labels.place(
            spots,
            halves,
            np.array(
                [extent(label.get_text(), self.style, size) for label in self._labels]
            ).reshape(-1, 2),
            bounds=(plot.left, plot.bottom, plot.right, plot.top),
            segments=cross,
            owners=np.arange(2),
            obstacles=np.array(
                [[head.left, head.bottom, head.right, head.top] for head in heads.values()]
            ),
        )


def _crammed(boxes: spacing.Boxes, room: spacing.Room) -> bool:
    """Tell whether boxes cannot stand side by side in a room."""
    wide, high = boxes.left + boxes.right, boxes.down + boxes.up
    return bool(
        (wide > room.width).any()
        or (high > room.height).any()
        or (wide * high).sum() > _FULL * room.width * room.height
    )
