"""What stands beside a table: what its marks mean, and something above that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from matplotlib.patches import Rectangle

from aktorkart.figures.drawing.area import Rect
from aktorkart.figures.drawing.lettering import extent, writable, written
from aktorkart.figures.drawing.paragraphs import filled
from aktorkart.figures.drawing.stage import quietly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.patches import PathPatch
    from matplotlib.text import Text

    from aktorkart.figures.drawing.signs import Sign
    from aktorkart.scene.style import Style

# Between what stands above and the key, in the size of the letters.
_BENEATH = 1.4
# Columns of a key beneath a table: how wide at the least, and how far apart.
_COLUMN, _APART = 19.0, 1.8


@dataclass(frozen=True)
class Key:
    """A line of the key: a heading if it has no signs."""

    label: str
    signs: tuple[Sign, ...] = ()


MOST = 12
"""Between more groups than these the numbers could not be read: they are only named."""

# Numbers are read on every shade up to this one.
_DARKEST = 0.3
# How large the sum and the share beneath it are, and how far from the middle of their cell.
_OF_THE_TABLE = ("column", "row", "sum", "share")
_LINES = (("sum", 0.95, 0.52), ("share", 0.8, -0.56))


class Block(NamedTuple):
    """What there is from one group to another."""

    channels: int
    share: float | None


class _Set(NamedTuple):
    """How the title and the names are set, and how large cells are."""

    title: str
    title_high: float
    names: Sequence[str]
    high: Sequence[float]
    wide: float
    tall: float


@dataclass(eq=False)
class Groups:
    """Letters and names of the groups, and beneath them a small table."""

    style: Style
    title: str
    letters: Sequence[str]
    names: Sequence[str]
    blocks: Mapping[tuple[int, int], Block]
    named: str = ""  # the title where there is no room for the table
    bare: bool = False  # whether there is none
    texts: dict[str, Text] = field(default_factory=dict)
    boxes: dict[tuple[int, int], Rectangle] = field(default_factory=dict)

    def onto(self, axes: Axes) -> None:
        """Add its artists; `place` puts them where they belong."""
        style = self.style
        self._write(axes, "title", self.title, bold=True)
        for at, (letter, name) in enumerate(zip(self.letters, self.names, strict=True)):
            self._write(axes, f"letter:{at}", letter, bold=True)
            self._write(axes, f"name:{at}", name)
            if self.blocks:
                self._write(axes, f"column:{at}", letter, bold=True, ha="center")
                self._write(axes, f"row:{at}", letter, bold=True)
        for (one, other), block in self.blocks.items():
            fill = style.shade(_DARKEST * block.share) if block.share else style.background
            box = Rectangle(
                (0, 0), 1, 1, facecolor=fill, edgecolor=style.rule, linewidth=0.5, zorder=2
            )
            self.boxes[one, other] = quietly(axes, box, f"block:{one}→{other}")
            if block.share is None:
                self._write(axes, f"share:{one}→{other}", "–", ha="center")
            else:
                self._write(axes, f"sum:{one}→{other}", str(block.channels), ha="center")
                share = f"{100 * block.share:.0f}"
                self._write(axes, f"share:{one}→{other}", share, ha="center")

    def _write(
        self, axes: Axes, gid: str, label: str, *, bold: bool = False, ha: str = "left"
    ) -> None:
        style = self.style
        made = written(
            writable(label, style), style, 1.0, color=style.ink, ha=ha, va="top", bold=bold
        )
        self.texts[gid] = quietly(axes, made, f"blocks:{gid}")

    def _inset(self, size: float) -> float:
        return size * (1.0 + 0.8 * max(map(len, self.letters)))

    def _set(self, size: float, width: float) -> _Set:
        style, inset = self.style, self._inset(size)
        words = self.named if self.bare else self.title
        title = filled(words, style, size, width, bold=True)
        names = [filled(name, style, size, width - inset) for name in self.names]
        wide = min(2.1 * size, (width - inset) / len(names))
        return _Set(
            title,
            extent(title, style, size, bold=True)[1],
            names,
            [extent(label, style, size)[1] for label in names],
            wide,
            min(wide, 1.7 * size) + 0.95 * size,
        )

    @property
    def table(self) -> bool:
        """Whether the small table is drawn."""
        return bool(self.blocks) and not self.bare

    def extent(self, size: float, width: float) -> tuple[float, float]:
        """Return the width and height that it takes, given how wide it may be."""
        made = self._set(size, width)
        high = made.title_high + sum(made.high) + (0.5 + 0.35 * len(self.names)) * size
        return width, high + (2.1 * size + len(self.names) * made.tall if self.table else 0.0)

    def place(self, rect: Rect | None, size: float) -> None:
        """Put it in its place; None if there is no room."""
        for artist in (*self.texts.values(), *self.boxes.values()):
            artist.set_visible(rect is not None)
        for label in self.texts.values():
            label.set_fontsize(size)
        if rect is None:
            return
        for gid, artist in (*self.texts.items(), *self.boxes.items()):
            inside = not isinstance(gid, str) or gid.split(":")[0] in _OF_THE_TABLE
            artist.set_visible(self.table or not inside)
        made = self._set(size, rect.width)
        left = rect.left + self._inset(size)
        self.texts["title"].set(text=made.title, position=(rect.left, rect.top))
        down = rect.top - made.title_high - 0.5 * size
        for at, (name, high) in enumerate(zip(made.names, made.high, strict=True)):
            self.texts[f"letter:{at}"].set_position((rect.left, down))
            self.texts[f"name:{at}"].set(text=name, position=(left, down))
            down -= high + 0.35 * size
        if self.table:
            self._place_table(rect.left, left, down - 0.4 * size, made, size)

    def _place_table(self, edge: float, left: float, top: float, made: _Set, size: float) -> None:
        down = top - 1.4 * size
        for at in range(len(self.names)):
            self.texts[f"column:{at}"].set_position((left + (at + 0.5) * made.wide, top))
            foot = down - (at + 0.5) * made.tall - 0.36 * size
            self.texts[f"row:{at}"].set(position=(edge, foot), va="baseline")
        for (one, other), box in self.boxes.items():
            x, y = left + other * made.wide, down - (one + 1) * made.tall
            box.set_bounds(x, y, made.wide, made.tall)
            for what, part, up in _LINES:
                if label := self.texts.get(f"{what}:{one}→{other}"):
                    rise = up if self.blocks[one, other].share is not None else 0.0
                    foot = y + made.tall / 2 + (rise - 0.36 * part) * size
                    letters = max(part * size, self.style.smallest)
                    label.set(position=(x + made.wide / 2, foot), fontsize=letters)
                    label.set_verticalalignment("baseline")


@dataclass(eq=False)
class TableLegend:
    """The key of a table, and what stands above it."""

    style: Style
    keys: Sequence[Key]
    aside: Groups | None = None
    _texts: list[Text] = field(default_factory=list)
    _samples: list[list[tuple[PathPatch, Sign]]] = field(default_factory=list)

    def onto(self, axes: Axes) -> None:
        """Add its artists; `place` puts them where they belong."""
        style = self.style
        for place, key in enumerate(self.keys):
            label = writable(key.label, style)
            bold = not key.signs
            made = written(label, style, style.legend_size, color=style.ink, va="top", bold=bold)
            self._texts.append(quietly(axes, made, f"meaning:{place}"))
            self._samples.append(
                [
                    (quietly(axes, sign.patch(), f"key:{place}:{number}"), sign)
                    for number, sign in enumerate(key.signs)
                ]
            )
        if self.aside is not None:
            self.aside.onto(axes)

    def extent(self, size: float, most: float) -> tuple[float, float]:
        """Return the width and height that it takes in one column."""
        wide = high = 0.0
        if self.aside is not None:
            wide, high = self.aside.extent(size, most)
            high += _BENEATH * size
        most = max(most, wide)
        for key in self.keys:
            _, one = self._filled(key, size, most)
            wide = max(wide, one[0] + 2.0)
            high += self._step(key, one[1], size)
        return wide, high

    def beneath(self, size: float, width: float) -> float:
        """Return the height that it takes in columns side by side."""
        columns, each = self._columns(size, width)
        return max((self._height(column, size, each) for column in columns), default=0.0)

    def _columns(self, size: float, width: float) -> tuple[list[list[int | None]], float]:
        """Part it into columns: what stands above the key first (None), then the key's parts."""
        parts: list[list[int | None]] = [[None]] if self.aside is not None else []
        for place, key in enumerate(self.keys):
            if not key.signs or not parts or parts[-1] == [None]:
                parts.append([])
            parts[-1].append(place)
        count = max(1, min(len(parts), int(width / (_COLUMN * size))))
        each = (width - (count - 1) * _APART * size) / count
        columns: list[list[int | None]] = [[] for _ in range(count)]
        for part in sorted(parts, key=lambda one: -self._height(one, size, each)):
            lowest = min(columns, key=lambda one: self._height(one, size, each))
            lowest += part
        return [column for column in columns if column], each

    def _height(self, column: Sequence[int | None], size: float, width: float) -> float:
        high = 0.0
        for place in column:
            if place is None:
                assert self.aside is not None  # noqa: S101 - it has a place
                high += self.aside.extent(size, width)[1] + _BENEATH * size
            else:
                key = self.keys[place]
                high += self._step(key, self._filled(key, size, width)[1][1], size)
        return high

    def _step(self, key: Key, high: float, size: float) -> float:
        return max(high, 1.2 * size) + (0.4 if key.signs else 1.2) * size

    def _filled(self, key: Key, size: float, width: float) -> tuple[str, tuple[float, float]]:
        """Set a line of the key, and measure it with the room for its sample."""
        inset, bold = _inset(key, size), not key.signs
        label = filled(key.label, self.style, size, width - inset, bold=bold)
        wide, high = extent(label, self.style, size, bold=bold)
        return label, (inset + wide, high)

    def place(self, rect: Rect, size: float, *, beneath: bool = False) -> bool:
        """Put it in its place, as much of it as there is room for; tell whether that is all."""
        if not beneath:
            above: list[int | None] = [None] if self.aside is not None else []
            return self._place_column([*above, *range(len(self.keys))], rect, size)
        columns, each = self._columns(size, rect.width)
        whole = True
        for at, column in enumerate(columns):
            left = rect.left + at * (each + _APART * size)
            own = Rect(left, rect.bottom, each, rect.height)
            whole &= self._place_column(column, own, size)
        return whole

    def _place_column(self, column: Sequence[int | None], rect: Rect, size: float) -> bool:
        down, whole = 0.0, True
        for place in column:
            if place is None:
                assert self.aside is not None  # noqa: S101 - it has a place
                wide, high = self.aside.extent(size, rect.width)
                fits = wide <= rect.width + 0.01 and high <= rect.height
                room = Rect(rect.left, rect.top - high, wide, high)
                self.aside.place(room if fits else None, size)
                down += high + _BENEATH * size if fits else 0.0
                whole &= fits
                continue
            key, words, samples = self.keys[place], self._texts[place], self._samples[place]
            down += 0.8 * size if not key.signs and down else 0.0
            label, (wide, high) = self._filled(key, size, rect.width)
            seen = down + high <= rect.height + 0.01 and wide <= rect.width + 0.01
            at = rect.left + _inset(key, size), rect.top - down
            words.set(text=writable(label, self.style), position=at, visible=seen, fontsize=size)
            for patch, sign in samples:
                middle = rect.left + 0.75 * size, rect.top - down - 0.52 * size
                patch.set_path(sign.at(*middle, (0.62 * size,) * 2))
                patch.set_visible(seen)
            down += max(high, 1.2 * size) + 0.4 * size
            whole &= seen
        return whole


def _inset(key: Key, size: float) -> float:
    return 2.0 * size if key.signs else 0.0
