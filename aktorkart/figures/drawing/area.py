"""Areas with a heading and a list of actors, as large as their names need when drawn.

Everything is set in points: the axes' limits are their width and height, so that a name's
extent is its room. One size of letters serves all areas of a figure, the largest that fits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import FancyBboxPatch, Polygon

from aktorkart.figures.drawing.lettering import extent, writable, written
from aktorkart.figures.drawing.paragraphs import filled, is_broken
from aktorkart.figures.drawing.stage import quietly
from aktorkart.i18n import text
from aktorkart.scene import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.scene.style import Style

_STEP = 0.96
_COLUMNS = 5
_ABOUT = 0.9
ALONE = 2.0
"""How broad a mark is that is to become no other, in halves of it."""

# From the middle of a mark to that of what it is to become, in halves of a mark.
_NEXT = 4.2
_ARROW = np.array(
    [(1.3, 0.13), (2.2, 0.13), (2.2, 0.55), (3, 0), (2.2, -0.55), (2.2, -0.13), (1.3, -0.13)]
)
# From the top of a line to the foot of its letters, in their size.
_ASCENT = 0.84


class Rect(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bottom + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.left + self.width / 2, self.bottom + self.height / 2


@dataclass(frozen=True)
class Mark:
    """How an actor is marked."""

    shape: str
    fill: str
    edge: str
    ringed: bool = False
    after: Mark | None = None  # what it is to become: an arrow leads to it

    @property
    def breadth(self) -> float:
        """How broad it is, in halves of a mark."""
        return ALONE if self.after is None else _NEXT + ALONE


@dataclass(frozen=True)
class Entry:
    """One line of a list."""

    label: str
    gid: str
    mark: Mark | None = None
    bold: bool = False
    key: bool = False


@dataclass(frozen=True)
class Section:
    """A list with its own small heading."""

    entries: tuple[Entry, ...]
    head: str = ""
    empty: str = ""


class _Line(NamedTuple):
    """A piece of a area: its text, and where its columns are."""

    text: Text
    label: str
    mark: Mark | None
    shapes: tuple[Polygon, ...]
    factor: float
    bold: bool
    kind: str


class _Set(NamedTuple):
    """Where the pieces of a area stand: from its left and upper edge."""

    height: float
    places: tuple[tuple[float, float, float, str], ...]


def _inset(mark: Mark | None) -> float:
    """Return the room that a mark takes before a text, in the size of the letters."""
    if mark is None:
        return 0.0
    return (2.0 if mark.ringed else 1.55) + (mark.breadth - ALONE) / 2


@dataclass(eq=False)
class Area:
    """An area of a figure."""

    gid: str
    style: Style
    lang: str
    sections: Sequence[Section] = ()
    head: str = ""
    about: str = ""
    color: str | None = None
    depth: float = 0.13
    dashed: bool = False
    scale: float = 1.0
    lines: list[_Line] = field(default_factory=list)
    frame: FancyBboxPatch | None = None
    _sets: dict[tuple[float, float], _Set] = field(default_factory=dict)

    def onto(self, axes: Axes) -> None:
        """Add its artists to axes; `place` puts them where they belong."""
        style = self.style
        if self.color is not None:
            self.frame = FancyBboxPatch(
                (0, 0),
                1,
                1,
                boxstyle="round,pad=0,rounding_size=5",
                facecolor=to_rgba(self.color, self.depth),
                edgecolor=style.muted,
                linewidth=0.8,
                linestyle=(0, (4, 2.5)) if self.dashed else "-",
                zorder=1,
            )
            quietly(axes, self.frame, f"panel:{self.gid}")
        if self.head:
            self._add(axes, self.head, f"head:{self.gid}", "head", bold=True, factor=1.08)
        if self.about:
            self._add(axes, self.about, f"about:{self.gid}", "about", muted=True, factor=_ABOUT)
        for number, section in enumerate(self.sections):
            gid = f"{self.gid}:{number}"
            if section.head:
                self._add(axes, section.head, f"head:{gid}", "section", bold=True)
            for entry in section.entries:
                names = ("key", "meaning") if entry.key else ("actor", "label")
                self._add(
                    axes,
                    entry.label,
                    f"{names[1]}:{entry.gid}",
                    "entry",
                    mark=entry.mark,
                    marked=f"{names[0]}:{entry.gid}",
                    bold=entry.bold,
                )
            if section.empty and not section.entries:
                self._add(axes, section.empty, f"empty:{gid}", "about", muted=True)
        more = self._add(axes, "", f"more:{self.gid}", "more", muted=True)
        more.text.set_visible(False)

    def _add(  # noqa: PLR0913 - a piece of text has that many sides
        self,
        axes: Axes,
        label: str,
        gid: str,
        kind: str,
        *,
        mark: Mark | None = None,
        marked: str = "",
        bold: bool = False,
        muted: bool = False,
        factor: float = 1.0,
    ) -> _Line:
        style = self.style
        label = writable(label, style)
        color = style.muted if muted else style.ink
        made = written(label, style, style.font_size, color=color, va="top", bold=bold)
        quietly(axes, made, gid)
        shapes = []
        if mark is not None:
            for number, (_, look) in enumerate(parts(mark, style)):
                patch = Polygon([(0, 0)], closed=True, zorder=4, **look)
                # The ring around the focal actor is called as on the map.
                further = marked.replace("actor:", "focal:")
                further = f"{marked}:{number}" if further == marked else further
                shapes.append(quietly(axes, patch, further if number else marked))
        line = _Line(made, label, mark, tuple(shapes), factor, bold, kind)
        self.lines.append(line)
        return line

    @property
    def count(self) -> int:
        """How many actors are listed."""
        return sum(len(section.entries) for section in self.sections)

    def size(self, size: float) -> float:
        """Return the size of its letters, given the figure's."""
        return max(self.style.smallest, size * self.scale)

    def height(self, width: float, size: float) -> float:
        """Return the height that it needs."""
        return self._arranged(width, size).height

    def least(self, width: float, size: float) -> float:
        """Return the height at which it still has its first line, and how many are left out."""
        places = self._arranged(width, size).places
        if not places:
            return self.height(width, size)
        _, down, at, label = places[0]
        first = down + extent(label, self.style, at, bold=self.lines[0].bold)[1]
        more = 1.6 * self.size(size) if self.count else 0.0
        return min(first + self._padding(self.size(size)) + more, self.height(width, size))

    def _padding(self, size: float) -> float:
        return 0.75 * size if self.frame is not None else 0.0

    def _arranged(self, width: float, size: float) -> _Set:
        key = (round(width, 1), round(size, 3))
        if key not in self._sets:
            self._sets[key] = self._arrange(width, self.size(size))
        return self._sets[key]

    def _arrange(self, width: float, size: float) -> _Set:
        pad = self._padding(size)
        inner = max(width - 2 * pad, 1.0)
        places: list[tuple[float, float, float, str]] = []
        # Rings and dots reach above the first line.
        down = pad or 0.2 * size
        waiting: list[_Line] = []
        for line in [*self.lines, None]:
            if line is not None and line.kind == "entry":
                waiting.append(line)
                continue
            if waiting:
                # Beneath an explanation a list begins a little lower.
                down += 0.2 * size if places else 0.0
                listed, high = self._columns(waiting, inner, size)
                places += [(pad + x, down + y, at, label) for x, y, at, label in listed]
                down += high
                waiting = []
            if line is None:
                break
            if line.kind == "more":
                continue
            at = max(size * line.factor, self.style.smallest)
            if line.kind == "section" and places:
                down += 0.35 * size
            inset = _inset(line.mark) * size
            label = filled(line.label, self.style, at, inner - inset, bold=line.bold)
            wide, high = extent(label, self.style, at, bold=line.bold)
            places.append((pad + inset, down, at, label))
            # A word too wide for the area asks for smaller letters, as too little height does.
            down += high + 0.3 * size + (1e4 if wide > inner - inset + 0.01 else 0.0)
        # Less than between two lines, for what reaches below the last one.
        return _Set(down + pad - (0.12 * size if places else 0.0), tuple(places))

    def _columns(
        self, lines: Sequence[_Line], width: float, size: float
    ) -> tuple[list[tuple[float, float, float, str]], float]:
        """Set a list in as many columns as make it lowest."""
        best: tuple[float, list[tuple[float, float, float, str]]] | None = None
        inset = max(_inset(line.mark) for line in lines) * size
        gap = 1.2 * size
        for columns in range(1, min(_COLUMNS, len(lines)) + 1):
            each = (width - (columns - 1) * gap) / columns
            label = [
                filled(line.label, self.style, size, each - inset, bold=line.bold) for line in lines
            ]
            extents = [
                extent(one, self.style, size, bold=line.bold)
                for one, line in zip(label, lines, strict=True)
            ]
            wide = max(one for one, _ in extents) > each - inset + 0.01
            within = any(is_broken(one, line.label) for one, line in zip(label, lines, strict=True))
            if (wide or within) and best is not None:
                break
            step = [max(high, 1.25 * size) + 0.32 * size for _, high in extents]
            starts = _balanced(step, columns)
            high, placed = 0.0, []
            for column, (start, stop) in enumerate(starts):
                down = 0.0
                for row in range(start, stop):
                    placed.append((column * (each + gap) + inset, down, size, label[row]))
                    down += step[row]
                high = max(high, down)
            high += 1e4 if wide else 0.0
            # Another column must save something: one is easiest to read.
            if best is None or high < best[0] - 0.5 * size:
                best = (high, placed)
        assert best is not None  # noqa: S101 - there is always one column
        return best[1], best[0]

    def place(self, rect: Rect, size: float) -> None:
        """Put it where it belongs, and cut its list off where the room ends."""
        if self.frame is not None:
            # Half the line of the frame would be cut off at the edge of the axes.
            self.frame.set_bounds(
                rect.left + 0.5, rect.bottom + 0.5, rect.width - 1, rect.height - 1
            )
            self.frame.set_visible(rect.width > 0)
        places = self._arranged(rect.width, size).places
        mine = self.size(size)
        pad = self._padding(mine)
        shown = [line for line in self.lines if line.kind != "more"]
        lowest = rect.height - pad + 0.5

        def end(row: int) -> float:
            _, down, at, label = places[row]
            return down + extent(label, self.style, at)[1]

        def inside(row: int) -> bool:
            x, _, at, label = places[row]
            return x + extent(label, self.style, at, bold=shown[row].bold)[0] <= rect.width

        cut = any(end(row) > lowest or not inside(row) for row in range(len(shown)))
        room = lowest - (1.6 * mine if cut else 0.0)
        left_out = 0
        for row, line in enumerate(shown):
            x, down, at, label = places[row]
            seen = end(row) <= (lowest if line.kind == "head" else room) and inside(row)
            left_out += line.kind == "entry" and not seen
            line.text.set_visible(seen)
            line.text.set_text(label)
            line.text.set_fontsize(at)
            # By its foot a line stands where it should, whatever letters it has.
            single = "\n" not in label
            line.text.set_verticalalignment("baseline" if single else "top")
            foot = rect.top - down - _ASCENT * at
            line.text.set_position((rect.left + x, foot if single else rect.top - down))
            middle = rect.left + x - (_inset(line.mark) - 0.65) * at, foot + 0.36 * at
            for shape, (corners, _) in zip(
                line.shapes, parts(line.mark, self.style) if line.mark else (), strict=True
            ):
                shape.set_visible(seen)
                shape.set_xy(corners * (0.5 * at) + middle)
        more = self.lines[-1].text
        label = text("figure.and_more", self.lang, n=left_out)
        fits = extent(label, self.style, mine)[0] <= rect.width - 2 * pad and mine < lowest
        more.set_visible(bool(left_out) and fits)
        more.set_text(label)
        more.set_fontsize(mine)
        more.set_verticalalignment("baseline")
        # Where there is room for the heading alone, right beneath it.
        heads = [end(row) for row, line in enumerate(shown) if line.kind == "head"]
        beneath = rect.height - max(heads, default=0.0) - _ASCENT * mine
        foot = min(pad + 0.3 * mine, max(beneath, 0.25 * mine))
        more.set_position((rect.left + pad, rect.bottom + foot))


def parts(mark: Mark, style: Style) -> list[tuple[Any, dict[str, Any]]]:
    """Return the areas that a mark is made of."""
    # Pointed shapes are as high as the others here, whatever their area.
    whole = marks.SHAPES[mark.shape] / max(marks.half_extent(mark.shape))
    dashed = mark.shape == "unknown"
    drawn: list[tuple[Any, dict[str, Any]]] = [
        (
            whole,
            {
                "facecolor": mark.fill,
                "edgecolor": mark.edge,
                "linewidth": 0.9,
                "linestyle": (0, (2.2, 1.4)) if dashed else "-",
            },
        )
    ]
    if mark.ringed:
        drawn.append((whole * 1.45, {"fill": False, "edgecolor": style.ink, "linewidth": 1.5}))
    if mark.after is not None:
        drawn.append((_ARROW, {"facecolor": style.ink, "linewidth": 0.0}))
        drawn += [
            (corners + np.array([_NEXT, 0]), look) for corners, look in parts(mark.after, style)
        ]
    return drawn


def _balanced(steps: Sequence[float], columns: int) -> list[tuple[int, int]]:
    """Divide a list into columns of about the same height, in its order."""
    limit = max(sum(steps) / columns, *steps)
    while True:
        cuts, high = [0], 0.0
        for row, step in enumerate(steps):
            if high + step > limit + 1e-6:
                cuts.append(row)
                high = 0.0
            high += step
        if len(cuts) <= columns:
            return list(zip(cuts, [*cuts[1:], len(steps)], strict=True))
        limit += 0.25 * min(steps)
