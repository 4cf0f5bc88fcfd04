"""Marks at two ratings, on a grid with a cell for every pair of steps, and their names."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from aktorkart.figures.drawing.area import ALONE, Mark, Rect, parts
from aktorkart.figures.drawing.lettering import extent, writable, written
from aktorkart.figures.drawing.paragraphs import filled, is_broken
from aktorkart.figures.drawing.stage import quietly
from aktorkart.i18n import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.scene.style import Style

# The half of a mark, the air between what stands in a cell and round it: in the letters' size.
_RADIUS, _AIR, _PAD = 0.55, 0.3, 0.45
_LEAST_RADIUS = 0.25
# How high a step has to be.
_LINE = 1.3
# More columns of names in a cell would each be too narrow for a word.
_COLUMNS = 3
# Names beneath the plane take so much of the height at the most, in so many columns.
_KEY, _KEY_COLUMNS = 0.5, 8


# A mark, and where there is more of it, the arrow to what it is to become.
_PARTS = ("actor", "arrow", "wanted")


@dataclass(frozen=True)
class Dot:
    """An actor at its ratings."""

    id: str
    label: str
    across: float
    up: float
    field: str
    mark: Mark
    wanted: str = ""  # what the mark is to become, in words


class _Spot(NamedTuple):
    """Where a mark and its name stand."""

    mark: tuple[float, float]
    radius: float
    name: tuple[float, float]
    words: str
    ha: str
    va: str
    whole: bool = True  # whether there is room for the arrow to what the mark is to become


class _Laid(NamedTuple):
    """Where everything stands, and the key to the numbers."""

    plot: Rect
    head: float
    spots: Mapping[int, _Spot]
    numbered: int  # how many names stand in the key
    columns: Sequence[Sequence[str]]  # of the key, in lines
    key: float
    lost: int  # how many have neither name nor number, or are cut off from the key


@dataclass(eq=False)
class Plane:
    """Two scales of equal steps, four fields and the actors in their cells."""

    style: Style
    lang: str
    dots: Sequence[Dot]
    fields: Mapping[str, str]
    axes_names: tuple[str, str]
    ends: tuple[str, str]
    scale: tuple[int, int]
    limit: float
    _grounds: dict[str, Rectangle] = field(default_factory=dict)
    _heads: dict[str, Text] = field(default_factory=dict)
    _lines: list[tuple[int, int, Line2D]] = field(default_factory=list)
    _ticks: list[tuple[int, int, Text]] = field(default_factory=list)
    _names: list[Text] = field(default_factory=list)
    _labels: list[Text] = field(default_factory=list)
    _shapes: list[list[Polygon]] = field(default_factory=list)
    _key: list[Text] = field(default_factory=list)
    _found: dict[tuple[Rect, float], _Laid] = field(default_factory=dict)

    def onto(self, axes: Axes) -> None:
        """Add the artists; `arrange` puts them where they belong."""
        style = self.style
        for name, label in self.fields.items():
            depth = 0.05 + 0.05 * name.split("_").count("high")
            ground = Rectangle((0, 0), 1, 1, facecolor=to_rgba(style.palette[0], depth), zorder=1)
            self._grounds[name] = quietly(axes, ground, f"panel:{name}")
            self._heads[name] = self._text(axes, label, f"head:{name}", bold=True)
        low, high = self.scale
        for axis, title in enumerate(self.axes_names):
            for value in range(low, high + 1):
                end = {low: self.ends[0], high: self.ends[1]}.get(value, "")
                label = f"{value}\n{end}".strip() if axis == 0 else f"{end} {value}".strip()
                tick = self._text(axes, label, f"tick:{axis}:{value}", muted=True)
                self._ticks.append((axis, value, tick))
                if value > low:
                    between = value - 1 < self.limit < value
                    line = Line2D(
                        [], [], color=style.background, linewidth=2.6 if between else 1.0, zorder=2
                    )
                    line.set(linestyle="-", marker="")
                    self._lines.append((axis, value, quietly(axes, line, f"grid:{axis}:{value}")))
            self._names.append(self._text(axes, title, f"axis:{axis}", bold=True))
        self._names[1].set_rotation(90)
        for dot in self.dots:
            own = []
            for (_, look), part in zip(parts(dot.mark, style), _PARTS, strict=False):
                patch = Polygon([(0, 0)], closed=True, zorder=4, **look)
                own.append(quietly(axes, patch, f"{part}:{dot.id}"))
            self._shapes.append(own)
            self._labels.append(self._text(axes, dot.label, f"label:{dot.id}"))
        for column in range(_KEY_COLUMNS):
            self._key.append(self._text(axes, "", f"numbers:{column}"))
            self._key[-1].set(horizontalalignment="left", verticalalignment="top")

    def _text(
        self, axes: Axes, label: str, gid: str, *, bold: bool = False, muted: bool = False
    ) -> Text:
        style = self.style
        color = style.muted if muted else style.ink
        words = writable(label, style)
        made = written(words, style, style.font_size, color=color, ha="center", bold=bold)
        placed: Text = quietly(axes, made, gid)
        return placed

    # --- where everything stands

    def fits(self, room: Rect, size: float) -> bool:
        """Tell whether letters of a size leave as many names in their cells as small ones do."""
        least = self.style.smallest
        if size <= least:
            return True
        large, small = self._lay(room, size), self._lay(room, least)
        return large.numbered <= small.numbered and large.lost <= small.lost

    def arrange(self, room: Rect, size: float) -> None:
        """Put everything into its room."""
        size = max(size, self.style.smallest)
        laid = self._lay(room, size)
        self._frame(laid, room, size)
        for row, spot in laid.spots.items():
            drawn = parts(self.dots[row].mark, self.style)
            for shape, (corners, _) in zip(self._shapes[row], drawn, strict=True):
                shape.set_xy(corners * spot.radius + spot.mark)
                shape.set_visible(spot.whole or shape is self._shapes[row][0])
            self._labels[row].set(
                text=spot.words,
                position=spot.name,
                fontsize=size,
                horizontalalignment=spot.ha,
                verticalalignment=spot.va,
                visible=bool(spot.words),
            )
        self._write_key(laid, room, size)

    def _step(self, rating: float) -> int:
        """Return the step a rating stands at: the nearest one, of those of its field."""
        low, high = self.scale
        nearest = math.floor(rating + 0.5)
        if rating < self.limit + 0.5 and nearest > self.limit:
            nearest = math.floor(self.limit)
        return min(max(nearest, low), high)

    @property
    def between(self) -> bool:
        """Whether somebody's rating lies between two steps."""
        return any(rating != int(rating) for dot in self.dots for rating in (dot.across, dot.up))

    def _lay(self, room: Rect, size: float) -> _Laid:
        """Find everybody's place, once; arrows without room are words in the key."""
        if (room, size) not in self._found:
            laid = self._laid(room, size)
            if any(not spot.whole and self.dots[row].wanted for row, spot in laid.spots.items()):
                laid = self._laid(room, size, worded=True)
            self._found[room, size] = laid
        return self._found[room, size]

    def _laid(self, room: Rect, size: float, *, worded: bool = False) -> _Laid:
        """Find everybody's place; names without room are in the key, which takes its own."""
        cells: dict[tuple[int, int], list[int]] = {}
        for row, dot in enumerate(self.dots):
            cells.setdefault((self._step(dot.across), self._step(dot.up)), []).append(row)
        # From above, and from the left: as one reads.
        order = sorted(cells, key=lambda cell: (-cell[1], cell[0]))
        crowded: set[tuple[int, int]] = set()
        while True:
            numbered = [row for cell in order if cell in crowded for row in cells[cell]]
            columns, cut = self._columns(numbered, room, size, worded=worded)
            key = (1.25 * max(map(len, columns)) + 1.2) * size if columns else 0.0
            plot, head = self._plot(room, size, key)
            spots: dict[int, _Spot] = {}
            found = set(crowded)
            for cell in order:
                rect = self._cell(plot, cell)
                laid = None if cell in crowded else self._named(cells[cell], rect, size)
                if laid is None and cell not in crowded:
                    found.add(cell)
                spots |= laid or {}
            if found == crowded:
                break
            crowded = found
        first, lost = 1, 0
        for cell in order:
            if cell in crowded:
                rows = cells[cell]
                own = self._numbered(rows, self._cell(plot, cell), size, first)
                lost += sum(not spot.words for spot in own.values())
                spots |= own
                first += len(rows)
        if self._cell(plot, order[0]).height < _LINE * size:
            # Steps without room for a line: everybody lies on those above and below.
            lost = len(self.dots)
        return _Laid(plot, head, spots, len(numbered), columns, key, lost + cut)

    def _plot(self, room: Rect, size: float, key: float) -> tuple[Rect, float]:
        """Return where the grid is, and how high the strips with the fields' names are."""
        aside = max(extent(tick.get_text(), self.style, size)[0] for a, _, tick in self._ticks if a)
        left, below, head = aside + 2.6 * size, 4.6 * size + key, 1.7 * size
        wide, high = room.width - left, room.height - below - 2 * head
        plot = Rect(room.left + left, room.bottom + below + head, max(wide, 1.0), max(high, 1.0))
        return plot, head

    def _cell(self, plot: Rect, cell: tuple[int, int]) -> Rect:
        low, high = self.scale
        wide, tall = plot.width / (high - low + 1), plot.height / (high - low + 1)
        return Rect(
            plot.left + (cell[0] - low) * wide, plot.bottom + (cell[1] - low) * tall, wide, tall
        )

    def _breadth(self, rows: Sequence[int]) -> float:
        """Return how broad the broadest mark is, in halves of a mark."""
        return max(self.dots[row].mark.breadth for row in rows)

    def _named(self, rows: Sequence[int], cell: Rect, size: float) -> dict[int, _Spot] | None:
        """Set marks with their names into a cell; None if they have no room."""
        radius, air, pad = _RADIUS * size, _AIR * size, _PAD * size
        wide, high = cell.width - 2 * pad, cell.height - 2 * pad
        (x, y), style = cell.middle, self.style
        labels = [writable(self.dots[row].label, style) for row in rows]
        if len(rows) == 1:
            words = filled(labels[0], style, size, wide)
            own = extent(words, style, size)
            if own[0] <= wide and radius + air + own[1] <= high / 2:
                name = x, y - radius - air
                mark = x - (self._breadth(rows) / 2 - 1) * radius, y
                return {rows[0]: _Spot(mark, radius, name, words, "center", "top")}
        inset, gap = self._breadth(rows) * radius + air, 0.9 * size
        for columns in range(1, min(_COLUMNS, len(rows)) + 1):
            each = (wide - (columns - 1) * gap) / columns - inset
            if each < size:
                break
            set_ = [filled(label, style, size, each) for label in labels]
            extents = [extent(words, style, size) for words in set_]
            many = math.ceil(len(rows) / columns)
            steps = [max(own[1], 2 * radius) + air for own in extents]
            parted = [range(at, min(at + many, len(rows))) for at in range(0, len(rows), many)]
            within = any(map(is_broken, set_, labels))
            if max(own[0] for own in extents) > each or (within and columns > 1):
                break
            tall = max(sum(steps[at] for at in part) for part in parted) - air
            if tall > high:
                continue
            widths = [inset + max(extents[at][0] for at in part) for part in parted]
            left = x - (sum(widths) + gap * (len(parted) - 1)) / 2
            spots: dict[int, _Spot] = {}
            for part, own_width in zip(parted, widths, strict=True):
                top = y + tall / 2
                for at in part:
                    middle = top - (steps[at] - air) / 2
                    name = left + inset, middle
                    # What it ends in stands at the name.
                    mark = name[0] - air - (self._breadth([rows[at]]) - 1) * radius, middle
                    spots[rows[at]] = _Spot(mark, radius, name, set_[at], "left", "center")
                    top -= steps[at]
                left += own_width + gap
            return spots
        return None

    def _numbered(
        self, rows: Sequence[int], cell: Rect, size: float, first: int
    ) -> dict[int, _Spot]:
        """Set marks with numbers into a cell: each its own if they have room, else from and to."""
        pad, air = _PAD * size, _AIR * size
        wide, high = cell.width - 2 * pad, cell.height - 2 * pad
        last = first + len(rows) - 1
        number = max(extent(str(one), self.style, size)[0] for one in (first, last))
        radius, x, y, broad = _RADIUS * size, *cell.middle, self._breadth(rows)
        each, tall = broad * radius + 0.5 * air + number, max(1.15 * size, 2 * radius)
        columns = max(1, int((wide + air) / (each + air)))
        lines = math.ceil(len(rows) / columns)
        single = len(rows) == 1 or lines * (tall + air) - air <= high
        said = f"{first}\N{EN DASH}{last}"
        if not single:
            for breadth in dict.fromkeys((broad, ALONE)):
                on_one = self._on_one_line(rows, cell, size, said, breadth)
                if on_one is not None:
                    return on_one
            broad = ALONE
            # What is left beneath a line of text, for marks as large as they may be.
            high -= 1.3 * size
            each = tall = math.sqrt(max(wide * high, 1.0) / len(rows))
            while int(wide / each) * int(high / each) < len(rows) and each > 1.0:
                each *= 0.97
            tall, radius, air = each, min(0.84 * each / broad, radius), 0.0
            columns = max(1, int(wide / each))
            lines, y = math.ceil(len(rows) / columns), y + 0.65 * size
        # Even lines, in the middle of the cell.
        columns = math.ceil(len(rows) / lines)
        left = x - (columns * (each + air) - air) / 2
        top = y + (lines * (tall + air) - air) / 2
        spots: dict[int, _Spot] = {}
        for at, row in enumerate(rows):
            down, aside = divmod(at, columns)
            end = left + aside * (each + air) + broad * radius
            own = min(self._breadth([row]), broad)
            mark = end - (own - 1) * radius, top - down * (tall + air) - tall / 2
            name = end + 0.5 * _AIR * size, mark[1]
            words = str(first + at)
            spots[row] = _Spot(mark, radius, name, words, "left", "center", single)
        if not single:
            spots = {row: spot._replace(words="") for row, spot in spots.items()}
            under = x, cell.bottom + pad
            spots[rows[0]] = spots[rows[0]]._replace(
                words=said, name=under, ha="center", va="bottom"
            )
        return spots

    def _on_one_line(
        self, rows: Sequence[int], cell: Rect, size: float, said: str, broad: float
    ) -> dict[int, _Spot] | None:
        """Set marks in a row with from and to after it, in a cell that is low and wide."""
        pad, air, text = _PAD * size, _AIR * size, extent(said, self.style, size)[0]
        each = min(broad * _RADIUS * size + air, (cell.width - 2 * pad - text - air) / len(rows))
        radius = min((each - 0.5 * air) / broad, _RADIUS * size)
        if radius < _LEAST_RADIUS * size or 2 * radius > cell.height:
            return None
        left = cell.middle[0] - (len(rows) * each + air + text) / 2
        y = cell.middle[1]
        after = left + len(rows) * each + air, y
        first = left + each / 2 - (broad / 2 - 1) * radius
        spots = {
            row: _Spot((first + at * each, y), radius, after, "", "left", "center", broad > ALONE)
            for at, row in enumerate(rows)
        }
        spots[rows[0]] = spots[rows[0]]._replace(words=said)
        return spots

    # --- the key to the numbers

    def _columns(
        self, rows: Sequence[int], room: Rect, size: float, *, worded: bool
    ) -> tuple[list[list[str]], int]:
        """Return the names with their numbers, in columns of lines, and how many are left out."""
        if not rows:
            return [], 0
        style, gap = self.style, 1.6 * size
        told = [self.dots[row] for row in rows]
        names = [
            writable(f"{dot.label} → {dot.wanted}" if worded and dot.wanted else dot.label, style)
            for dot in told
        ]
        inset = extent(f"{len(names)} ", style, size)[0]
        best: list[list[list[str]]] | None = None
        for columns in range(1, min(_KEY_COLUMNS, len(names)) + 1):
            width = (room.width + gap) / columns - gap
            set_ = [filled(name, style, size, max(width - inset, 4 * size)) for name in names]
            if best is not None and any(
                extent(words, style, size)[0] > width - inset for words in set_
            ):
                break
            # A number stays with its name, and further lines stand beneath the name.
            lines = [
                f"{number} {words}".replace("\n", "\n" + 4 * "\N{NO-BREAK SPACE}").split("\n")
                for number, words in enumerate(set_, start=1)
            ]
            made = _parted(lines, columns)
            if best is None or _tallest(made) < _tallest(best):
                best = made
        assert best is not None  # noqa: S101 - there is always one column
        most = max(1, int(_KEY * room.height / (1.25 * size)))
        kept = best if _tallest(best) <= most else _first(best, most)
        left_out = len(names) - sum(map(len, kept))
        if left_out and kept:
            left_out += 1
            kept[-1][-1] = [text("figure.and_more", self.lang, n=left_out)]
        return [[line for entry in column for line in entry] for column in kept], left_out

    def _write_key(self, laid: _Laid, room: Rect, size: float) -> None:
        columns, gap = laid.columns, 1.6 * size
        for at, label in enumerate(self._key):
            seen = at < len(columns)
            label.set(text="\n".join(columns[at]) if seen else "", visible=seen, fontsize=size)
            x = room.left + at * (room.width + gap) / max(len(columns), 1)
            label.set_position((x, room.bottom + laid.key - 0.6 * size))

    # --- the grid

    def _frame(self, laid: _Laid, room: Rect, size: float) -> None:
        plot, head = laid.plot, laid.head
        low, _ = self.scale
        for axis, value, tick in self._ticks:
            x, y = self._cell(plot, (value, value)).middle
            tick.set_fontsize(size)
            if axis == 0:
                tick.set(verticalalignment="top", position=(x, plot.bottom - head - 0.4 * size))
            else:
                tick.set(horizontalalignment="right", position=(plot.left - 0.5 * size, y))
        for axis, value, line in self._lines:
            corner = self._cell(plot, (value, value))
            if axis == 0:
                line.set_data([corner.left] * 2, [plot.bottom - head, plot.top + head])
            else:
                line.set_data([plot.left, plot.right], [corner.bottom] * 2)
            line.set_visible(value > low)
        key = laid.key
        for title, place in zip(
            self._names,
            (
                (plot.left + plot.width / 2, room.bottom + key + 0.8 * size),
                (room.left + 0.9 * size, plot.bottom + plot.height / 2),
            ),
            strict=True,
        ):
            title.set(fontsize=size * 1.08, position=place)
        border = self._cell(plot, (math.ceil(self.limit),) * 2)
        for name, ground in self._grounds.items():
            up, across = name.split("_")
            left, right = (
                (border.left, plot.right) if across == "high" else (plot.left, border.left)
            )
            bottom, top = (
                (border.bottom, plot.top + head)
                if up == "high"
                else (plot.bottom - head, border.bottom)
            )
            rect = Rect(left, bottom, right - left, top - bottom)
            ground.set_bounds(*rect)
            self._set_head(name, rect, head, size)

    def _set_head(self, name: str, rect: Rect, head: float, size: float) -> None:
        """Write the name of a field into its strip, above or below the grid."""
        up, across = name.split("_")
        words, at = writable(self.fields[name], self.style), size
        wide = extent(words, self.style, at, bold=True)[0]
        at *= min(1.0, max((rect.width - size) / wide, 0.3))
        wide = extent(words, self.style, at, bold=True)[0]
        inset = 0.5 * size + wide / 2
        x = rect.right - inset if across == "high" else rect.left + inset
        y = rect.top - head / 2 if up == "high" else rect.bottom + head / 2
        self._heads[name].set(fontsize=at, position=(x, y))


def _parted(entries: Sequence[list[str]], columns: int) -> list[list[list[str]]]:
    """Divide entries of one line or more into columns of about the same height."""
    each = math.ceil(sum(map(len, entries)) / columns)
    made: list[list[list[str]]] = [[]]
    for own in entries:
        if len(made) < columns and sum(map(len, made[-1])) + len(own) > each:
            made.append([])
        made[-1].append(own)
    return made


def _first(columns: Sequence[Sequence[list[str]]], most: int) -> list[list[list[str]]]:
    """Return the first entries, as many as fill the same columns of so many lines."""
    kept: list[list[list[str]]] = [[] for _ in columns]
    at = 0
    for entry in (entry for column in columns for entry in column):
        while at < len(kept) and sum(map(len, kept[at])) + len(entry) > most:
            at += 1
        if at == len(kept):
            break
        kept[at].append(entry)
    return [column for column in kept if column]


def _tallest(columns: Sequence[Sequence[Sequence[str]]]) -> int:
    return max(sum(map(len, column)) for column in columns)
