"""Rows and columns with marks where they meet, fitted into the axes when it is drawn.

Everything is set in points: the axes' limits are their width and height. Names stand at the
left, sums at the edges, the key at the right or beneath, notes at the foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from aktorkart.figures.drawing.area import Rect
from aktorkart.figures.drawing.board import Board, Space
from aktorkart.figures.drawing.legends import compound
from aktorkart.figures.drawing.lettering import LINE_SPACING, extent, fitted, writable, written
from aktorkart.figures.drawing.paragraphs import SPACING, cut, filled
from aktorkart.figures.drawing.signs import SQUARE, Sign
from aktorkart.figures.drawing.stage import quietly
from aktorkart.scene.pages import upright
from aktorkart.scene.scene import MOST_ARTISTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from aktorkart.figures.drawing.table_legend import TableLegend

    Floats = NDArray[np.float64]

# Names take no more of the width than this; in the smallest letters longer ones are cut.
_NAMES = 0.36
_KEYS = 0.235
# Of the height: how much the table of groups takes at most beneath.
_TALL = 0.3
_LINE = 1.22
# How high a row may become, in the size of the letters.
_HIGHEST = 2.3
_HEADS = (0.14, 0.18, 0.22, 0.26, 0.3, 0.34)

# How far apart groups are, in the size of the letters.
_GAP = 0.35


@dataclass(frozen=True)
class Row:
    """A row."""

    id: str
    label: str
    group: int
    rank: int
    total: str
    number: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Column:
    """A column."""

    id: str
    label: str
    group: int
    total: str
    foot: tuple[Sign, ...] = ()
    number: str = ""  # that stands above it where names have no room


Lines = Sequence[Row] | Sequence[Column]
"""Rows, or columns."""


@dataclass(frozen=True)
class Spans:
    """Where rows or columns are: the middle of each, and half their size."""

    middles: Floats
    half: float

    def band(self, members: Sequence[int]) -> tuple[float, float]:
        """Return where a group of them begins and ends."""
        ends = self.middles[[members[0], members[-1]]]
        return float(ends.min() - self.half), float(ends.max() + self.half)


@dataclass(eq=False, kw_only=True)
class Table(Board):
    """Rows, columns, and what stands where they meet."""

    rows: Sequence[Row]
    columns: Sequence[Column]
    cells: Mapping[tuple[int, int], tuple[Sign, ...]]
    legend: TableLegend
    notes: Sequence[str]
    upright: bool = False  # whether names stand above the columns where they have room
    square: bool = False  # whether cells are about as wide as high
    letters: Sequence[str] = ()
    heads: tuple[str, str, str] = ("", "", "")
    largest: float = 1.4
    named: int = 0
    _standing: bool = False  # whether names do stand above the columns
    _texts: dict[str, Text] = field(default_factory=dict)
    _signs: list[tuple[PathPatch, list[tuple[int, int, Sign]]]] = field(default_factory=list)
    _lines: dict[str, PathPatch] = field(default_factory=dict)
    _foots: list[tuple[int, PathPatch, Sign]] = field(default_factory=list)

    # --- artists

    def onto(self, axes: Axes) -> None:
        """Add the artists; `rooms` and `finish` put them where they belong."""
        style = self.page.style
        for gid, look in (
            ("grid", {"edgecolor": style.rule, "linewidth": 0.5}),
            ("blocks", {"edgecolor": style.muted, "linewidth": 0.8}),
        ):
            patch = PathPatch(Path(SQUARE), fill=False, zorder=1 if gid == "grid" else 4, **look)
            self._lines[gid] = quietly(axes, patch, gid)
        self._add_lines(axes)
        for place, letter in enumerate(self.letters):
            for side in ("rows", "columns"):
                self._write(axes, f"group:{side}:{place}", letter, ha="center", bold=True)
        for place, label in enumerate(self.heads):
            self._write(axes, f"heading:{place}", label, ha="right", muted=True)
        self._write(axes, "footer", "", muted=True)
        self._texts["footer"].set(va="bottom", linespacing=SPACING)
        self._add_cells(axes)
        self.legend.onto(axes)

    def _add_lines(self, axes: Axes) -> None:
        for row in self.rows:
            self._write(axes, f"label:{row.id}", row.label, bold=row.bold)
            self._write(axes, f"number:{row.id}", row.number, ha="right", muted=True)
            self._write(axes, f"total:{row.id}", row.total, muted=True)
        for place, column in enumerate(self.columns):
            gid = f"head:{column.id}"
            self._write(axes, gid, column.label, ha="center", muted=not self.upright)
            self._write(axes, f"sum:{column.id}", column.total, ha="center", muted=True)
            for number, sign in enumerate(column.foot):
                patch = quietly(axes, sign.patch(), f"foot:{column.id}:{number}")
                self._foots.append((place, patch, sign))

    def _add_cells(self, axes: Axes) -> None:
        few = sum(map(len, self.cells.values())) <= MOST_ARTISTS
        together: dict[str, list[tuple[int, int, Sign]]] = {}
        for (row, column), signs in sorted(self.cells.items()):
            for number, sign in enumerate(signs):
                gid = f"cell:{self.rows[row].id}→{self.columns[column].id}"
                gid += f":{number}" if number else ""
                together.setdefault(gid if few else f"cells:{sign.name}", []).append(
                    (row, column, sign)
                )
        for gid, members in together.items():
            self._signs.append((quietly(axes, members[0][2].patch(), gid), members))

    def _write(  # noqa: PLR0913 - a text has that many sides
        self,
        axes: Axes,
        gid: str,
        label: str,
        *,
        ha: str = "left",
        bold: bool = False,
        muted: bool = False,
    ) -> None:
        style = self.page.style
        color = style.muted if muted else style.ink
        made = written(
            writable(label, style), style, style.font_size, color=color, ha=ha, bold=bold
        )
        if label or gid == "footer":
            self._texts[gid] = quietly(axes, made, gid)

    # --- arranging

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Put everything in its place, with numbers above the columns if not all names fit."""
        self._standing = self.upright
        if self.upright and all(column.number for column in self.columns):
            least = Space(width, height, self.page.style.smallest)
            self._standing = self.rooms(least) is not None
        super().arrange(axes, width, height)

    def rooms(self, space: Space) -> Mapping[str, Rect] | None:
        """Return the room of the cells, and of the key; None if letters must be smaller."""
        width, height, size, must = space
        names = self._names_width(size)
        if names > _NAMES * width:
            if size > self.page.style.smallest and not must:
                return None
            names = _NAMES * width
        front = self._front(size) + names + 0.7 * size
        totals = [self.heads[0], *(row.total for row in self.rows)]
        back = max(self._wide(total, size) for total in totals) + 0.5 * size
        small = self._small(size)
        beneath = upright(width, height)
        keys = (0.0, 0.0) if beneath else self.legend.extent(small, _KEYS * width)
        beside = keys[0] if not must or keys[0] < width / 3 else 0.0
        note = self._footer(small, width, must=must)[1] + 0.7 * size
        if (aside := self.legend.aside) is not None:
            aside.bare = False
            tall = aside.extent(small, width / 2)[1]
            aside.bare = bool(aside.blocks) and beneath and tall > _TALL * height
            note = self._footer(small, width, must=must)[1] + 0.7 * size
        high = self.legend.beneath(small, width) + size if beneath else 0.0
        # However long the key is, the table keeps half of the page.
        foot = note + min(high, max(height / 2 - note, 0.0))
        if foot < note + high and not must:
            return None
        sums = (1.4 * size if self.heads[1] else 0.0) + (1.7 * size if self.heads[2] else 0.0)
        across = width - front - back - beside - 2.0 * size
        gaps = [_gaps(lines, size) for lines in (self.columns, self.rows)]
        wide = (across - gaps[0]) / max(len(self.columns), 1)
        # How wide square cells become is known only when it is known how high the names are.
        line = min(wide, 1.5 * size) if self.square else wide
        top = self._heads_height(size, line, height, must=must)
        if top is None:
            return None
        high = (height - foot - sums - top - gaps[1]) / max(len(self.rows), 1)
        tight = high < _LINE * size or wide < (1.3 if self._standing else 0.62 * _LINE) * size
        if (tight or keys[1] > height - foot) and not must:
            return None
        high = max(min(high, _HIGHEST * size), 0.2)
        wide = max(min(wide, 1.45 * high if self.square else 6.0 * size), 0.2)
        inner = wide * len(self.columns) + gaps[0], high * len(self.rows) + gaps[1]
        cells = Rect(front, height - top - inner[1], *inner)
        right = cells.right + back + 2.0 * size
        return {
            "cells": cells,
            "names": Rect(self._front(size), cells.bottom, names, inner[1]),
            "heads": Rect(front, cells.top, inner[0], top),
            "keys": Rect(0, note, width, foot - note - size)
            if beneath
            else Rect(right, foot, width - right, height - foot),
            "footer": Rect(0, 0, width, note),
        }

    def finish(self, rooms: Mapping[str, Rect], size: float) -> None:
        """Put everything in its place."""
        cells = rooms["cells"]
        across = _spread(self.columns, cells.left, cells.width, size, way=1)
        down = _spread(self.rows, cells.top, cells.height, size, way=-1)
        whole = across.half, down.half
        # Signs and shapes grow with the letters, not with the cells.
        part = (min(*whole, 0.95 * size),) * 2
        for patch, members in self._signs:
            paths = [
                sign.at(
                    float(across.middles[column]),
                    float(down.middles[row]),
                    whole if sign.fills else part,
                )
                for row, column, sign in members
            ]
            patch.set_path(Path.make_compound_path(*paths))
            patch.set_linewidth(members[0][2].look["linewidth"] * min(1.0, part[0] / 4.5))
        self._ground(across, down)
        self._set_rows(rooms, down, size)
        self._set_columns(rooms, across, size)
        small = self._small(size)
        beneath = rooms["keys"].left == 0
        told = self.legend.place(rooms["keys"], small, beneath=beneath)
        footer = self._texts["footer"]
        crowded = self.named < len(self.rows)
        footer.set(
            text=self._footer(small, rooms["footer"].width, must=crowded, whole=told)[0],
            fontsize=small,
            position=(0, 0),
        )

    def _ground(self, across: Spans, down: Spans) -> None:
        columns, rows = _members(self.columns), _members(self.rows)
        boxes, lines = [], []
        for tall in rows:
            bottom, top = down.band(tall)
            for broad in columns:
                left, right = across.band(broad)
                corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
                boxes.append(np.array([*corners, corners[0]]))
                lines += [
                    np.array([(left, y), (right, y)])
                    for y in (float(down.middles[row]) - down.half for row in tall[:-1])
                ]
                lines += [
                    np.array([(x, bottom), (x, top)])
                    for x in (float(across.middles[at]) + across.half for at in broad[:-1])
                ]
        self._lines["blocks"].set_path(compound(boxes))
        self._lines["grid"].set_visible(bool(lines) and min(across.half, down.half) > 2)  # noqa: PLR2004 - points
        if lines:
            self._lines["grid"].set_path(compound(lines))

    def _set_rows(self, rooms: Mapping[str, Rect], down: Spans, size: float) -> None:
        names, cells = rooms["names"], rooms["cells"]
        taken: list[float] = []
        for place in sorted(range(len(self.rows)), key=lambda at: self.rows[at].rank):
            row, y = self.rows[place], float(down.middles[place])
            seen = all(abs(y - other) >= 1.15 * size for other in taken)
            if seen:
                taken.append(y)
            foot = y - 0.36 * size
            label = self._fit(row, size, names.width)
            self._put(f"label:{row.id}", label, (names.left, foot), size, seen=seen)
            edge = names.left - 0.5 * size
            numbered = seen and not self._standing
            self._put(f"number:{row.id}", row.number, (edge, foot), size, seen=numbered)
            end = cells.right + 0.5 * size
            self._put(f"total:{row.id}", row.total, (end, foot), size, seen=seen)
        self.named = len(taken)
        self._put_letters("rows", down, self._letters_width(size) / 2 - 0.1 * size, size)
        # The heading of the rows' sums stands above them.
        first = float(down.middles[0]) if len(down.middles) else cells.top
        above = max(cells.top + 0.35 * size, first + 0.9 * size)
        self._put("heading:0", self.heads[0], (cells.right + 0.5 * size, above))
        if "heading:0" in self._texts:
            self._texts["heading:0"].set(ha="left", fontsize=size)

    def _set_columns(self, rooms: Mapping[str, Rect], across: Spans, size: float) -> None:
        cells = rooms["cells"]
        step, letters = (1, size) if self._standing else self._numbers(2 * across.half, size)
        for place, column in enumerate(self.columns):
            x, seen = float(across.middles[place]), (place + 1) % step == 0
            if self._standing:
                room = rooms["heads"].height - 0.8 * size - self._over(size)
                label = self._head(column.label, size, room, 2 * across.half)
                at = x, cells.top + 0.45 * size
                self._put(f"head:{column.id}", label, at, size, seen=bool(label))
                self._turn(f"head:{column.id}", 90, ha="left", va="center")
            else:
                at = x, cells.top + 0.35 * size
                # The last one must not reach into the heading beside it.
                ends = x + self._wide(_number(column), letters) / 2
                seen = seen and ends <= cells.right + 0.3 * size
                self._put(f"head:{column.id}", _number(column), at, letters, seen=seen)
                self._turn(f"head:{column.id}", 0, ha="center", va="baseline")
            at = x, cells.bottom - 1.05 * size
            self._put(f"sum:{column.id}", column.total, at, letters, seen=seen)
        over = rooms["heads"].height - 1.1 * size if self._standing else 1.45 * size
        self._put_letters("columns", across, cells.top + over, size)
        for place, patch, sign in self._foots:
            middle = float(across.middles[place]), cells.bottom - 2.15 * size
            patch.set_path(sign.at(*middle, (0.6 * size,) * 2))
        for place, lower in ((1, 1.05), (2, 2.45)):
            at = cells.left - 0.7 * size, cells.bottom - lower * size
            room = cells.left - 0.7 * size
            label = fitted(self.heads[place], self.page.style, size, room)
            self._put(f"heading:{place}", label, at, size, seen=bool(label))

    def _put_letters(self, side: str, along: Spans, level: float, size: float) -> None:
        for place, group in enumerate(_members(self.rows) if self.letters else ()):
            low, high = along.band(group)
            middle = (low + high) / 2
            at = (level, middle - 0.36 * size) if side == "rows" else (middle, level)
            letter = self.letters[place]
            wide = self._wide(letter, size, bold=True) if side == "columns" else 0.0
            needed = max(0.8 * size, wide)
            seen = high - low + 0.3 * size >= needed
            self._put(f"group:{side}:{place}", letter, at, size, seen=seen)

    def _put(
        self,
        gid: str,
        label: str,
        at: tuple[float, float],
        size: float | None = None,
        *,
        seen: bool = True,
    ) -> None:
        if gid not in self._texts:
            return
        put = self._texts[gid]
        put.set(text=writable(label, self.page.style), position=at, visible=seen)
        if size is not None:
            put.set_fontsize(size)
        # By its foot a line stands where it should, whatever letters it has.
        put.set_verticalalignment("baseline")

    def _turn(self, gid: str, degrees: float, *, ha: str, va: str) -> None:
        if gid in self._texts:
            self._texts[gid].set(rotation=degrees, rotation_mode="anchor", ha=ha, va=va)

    # --- measuring

    def _wide(self, label: str, size: float, *, bold: bool = False) -> float:
        style = self.page.style
        return extent(writable(label, style), style, size, bold=bold)[0] if label else 0.0

    def _small(self, size: float) -> float:
        return max(self.page.style.smallest, size * self.page.small)

    def _name_width(self, label: str, size: float, *, bold: bool) -> float:
        # Letters fitted to pixels make names wider, the more so the smaller they are.
        return self._wide(label, size, bold=bold) * (1 + 0.45 / size)

    def _names_width(self, size: float) -> float:
        return max([self._name_width(row.label, size, bold=row.bold) for row in self.rows] or [0.0])

    def _front(self, size: float) -> float:
        numbers = 0.0
        if not self._standing:
            numbers = max([self._wide(row.number, size) for row in self.rows] or [0.0])
        return numbers + 0.5 * size + self._letters_width(size)

    def _letters_width(self, size: float) -> float:
        wide = [self._wide(letter, size, bold=True) for letter in self.letters]
        return max(1.2 * size, max(wide) + 0.4 * size) if wide else 0.0

    def _footer(
        self, size: float, width: float, *, must: bool, whole: bool = True
    ) -> tuple[str, float]:
        style = self.page.style
        notes = list(self.notes)
        if self.legend.aside is not None and self.legend.aside.bare:
            notes[0] = f"{self.page.say('matrix_sums_left_out')} {notes[0]}"
        if not whole:
            notes[0] = f"{self.page.say('legend_left_out')} {notes[0]}"
        if must and self.rows:
            notes.insert(0, self.page.say("lattice_unnamed", n=len(self.rows)))
        lines = "\n".join(
            filled(writable(note, style), style, size, width) for note in notes if note
        )
        return lines, extent(lines, style, size)[1] * SPACING / LINE_SPACING

    def _heads_height(self, size: float, wide: float, height: float, *, must: bool) -> float | None:
        if not self._standing:
            return (2.75 if self.letters else 1.5) * size
        for share in _HEADS:
            room = share * height - self._over(size)
            label = [self._head(one.label, size, room, wide) for one in self.columns]
            if all(label):
                longest = max(self._wide(line, size) for one in label for line in one.split("\n"))
                # Lines are filled a little short of their room.
                return longest * (1 + 0.5 / size) + 1.1 * size + self._over(size)
        return _HEADS[-1] * height if must else None

    def _over(self, size: float) -> float:
        """Return the room of the groups' letters above names that stand on end."""
        return 1.2 * size if self._standing and self.letters else 0.0

    def _head(self, label: str, size: float, room: float, wide: float) -> str:
        """Set a column's name in lines; empty if it is too long."""
        style = self.page.style
        lines = filled(writable(label, style), style, size, room)
        length, depth = extent(lines, style, size)
        return lines if length <= room + 0.5 and depth <= wide - 0.1 * size else ""

    def _fit(self, row: Row, size: float, width: float) -> str:
        """Cut a name that is too long for its room."""

        def fits(label: str) -> bool:
            return self._name_width(label, size, bold=row.bold) <= width + 0.01

        return cut(row.label, fits, others=(one.label for one in self.rows))

    def _numbers(self, wide: float, size: float) -> tuple[int, float]:
        """Return how many columns there are to each with a number, and its size."""
        label = {one for column in self.columns for one in (_number(column), column.total)}
        largest = max(self.page.style.smallest, 0.84 * size)
        longest = max(self._wide(one, largest) for one in label)
        # Rather a little smaller than every other one left out.
        smaller = largest * min(1.0, (wide - 0.4) / longest)
        if smaller >= self.page.style.smallest:
            return 1, smaller
        steps = (1, 2, 5, 10, 20, 50)
        return next((step for step in steps if longest + 0.6 <= step * wide), steps[-1]), largest


def _number(column: Column) -> str:
    """Return what stands above a column that has no name there."""
    return column.number or column.label


def _members(lines: Lines) -> list[list[int]]:
    """Return the places of each group's members, group by group."""
    found: dict[int, list[int]] = {}
    for place, group in enumerate(_groups(lines)):
        found.setdefault(group, []).append(place)
    return list(found.values())


def _gaps(lines: Lines, size: float) -> float:
    """Return the room between all groups together."""
    return _GAP * size * sum(_changes(lines))


def _spread(lines: Lines, start: float, length: float, size: float, *, way: int) -> Spans:
    """Give each the same room, and groups a gap between them."""
    each = (length - _gaps(lines, size)) / max(len(lines), 1)
    before = np.cumsum([0, *_changes(lines)])[: len(lines)]
    along = (np.arange(len(lines)) + 0.5) * each + before * _GAP * size
    return Spans(start + way * along, each / 2)


def _changes(lines: Lines) -> list[bool]:
    return [one != other for one, other in pairwise(_groups(lines))]


def _groups(lines: Lines) -> list[int]:
    return [one.group for one in lines]
