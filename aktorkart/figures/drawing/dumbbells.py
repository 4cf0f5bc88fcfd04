"""Ratings of the same thing on a line, joined by a bar: a row for each, fitted when drawn.

Everything is set in points: the axes' limits are their width and height.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from aktorkart.figures.drawing.board import in_points
from aktorkart.figures.drawing.course_marks import ruled
from aktorkart.figures.drawing.lettering import LINE_SPACING, extent, fitted, writable
from aktorkart.figures.drawing.paragraphs import SPACING, cut, filled
from aktorkart.figures.drawing.stage import quietly
from aktorkart.i18n import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.figures.drawing.board import Page
    from aktorkart.scene.ratings import Rated, Ratings
    from aktorkart.scene.style import Style

_MARKS = ("o", "s", "D", "^", "v", "P", "X", "p")
# In the size of the letters: a mark, a row at the least and at the most, a line.
_MARK = 0.85
_ROW, _HIGHEST = 2.5, 4.0
_LINE = 1.45
# Of the width, for names at the most; between columns, in letters.
_NAMES = 0.38
_GAP = 1.0
# A scale with more steps than this has only some of them named.
_FEW = 9
# Characters of each end of a tie, where the whole names have no room.
_SHORTER = (40, 32, 26, 21, 17, 13, 10)
_SILENT, _UNSAID = "silent", "unsaid"


@dataclass
class _Row:
    rated: Rated
    label: str
    name: Text
    apart: Text
    rule: Line2D
    bar: Line2D
    marks: list[tuple[Line2D, str, float | None]] = field(default_factory=list)

    @property
    def artists(self) -> list[Text | Line2D]:
        marks = [mark for mark, _, _ in self.marks]
        return [self.name, self.apart, self.rule, self.bar, *marks]


@dataclass
class Dumbbells:
    """Ties at the left, strengths in the middle, how far apart at the right."""

    page: Page
    found: Ratings
    pairs: Sequence[Rated]
    rows: list[_Row] = field(default_factory=list)
    keys: list[tuple[Line2D, Text, str]] = field(default_factory=list)
    heads: dict[str | float, tuple[Text, Line2D]] = field(default_factory=dict)
    head: Text | None = None
    foot: Text | None = None
    fitting: int = 0

    @property
    def style(self) -> Style:
        """The look of the page."""
        return self.page.style

    # --- artists

    def onto(self, axes: Axes) -> None:
        """Add the artists; `arrange` puts them where they belong."""
        for place, name in enumerate(self.found.names):
            mark = self._mark(axes, f"key:{name}", place)
            made = self.page.words(axes, f"informant:{name}")
            self.keys.append((mark, made, writable(self.found.called(name), self.style)))
        for column in self.columns:
            self.heads[column] = (
                self.page.words(axes, f"head:{column}", ha="center", va="bottom", muted=True),
                quietly(axes, ruled(self.style.rule, 0.7), f"column:{column}"),
            )
        self.head = self.page.words(axes, "head:apart", ha="right", va="bottom", muted=True)
        for rated in self.pairs:
            self.rows.append(self._row(axes, rated))
        self.foot = self.page.words(axes, "footer", va="bottom", muted=True)
        self.foot.set_linespacing(SPACING)

    def _row(self, axes: Axes, rated: Rated) -> _Row:
        name = self.page.words(axes, f"label:{rated.gid}")
        apart = self.page.words(axes, f"steps:{rated.gid}", ha="right")
        apart.set_text(self._apart(rated))
        apart.set_fontweight("bold" if rated.apart else "normal")
        apart.set_color(self.style.ink if rated.apart else self.style.muted)
        rule = quietly(axes, ruled(self.style.rule, 0.5), f"row:{rated.gid}")
        bar = ruled(self.style.shade(0), 3.0, zorder=2)
        bar.set_solid_capstyle("round")
        label = self._label(rated)
        row = _Row(rated, label, name, apart, rule, quietly(axes, bar, f"apart:{rated.gid}"))
        told = rated.told
        for place, who in enumerate(self.found.names):
            if who in told.sees:
                strength = told.strengths[who]
                column = _UNSAID if strength is None else ""
            elif who in told.misses:
                strength, column = None, _SILENT
            else:
                continue
            gid = f"rating:{rated.gid}:{who}"
            row.marks.append((self._mark(axes, gid, place), column, strength))
        return row

    def _label(self, rated: Rated, most: int | None = None) -> str:
        return writable(self.found.label(rated, self.page.lang, most), self.style)

    def _apart(self, rated: Rated) -> str:
        if rated.apart is None:
            return "–"
        return number(rated.apart, self.page.lang)

    def _mark(self, axes: Axes, gid: str, place: int) -> Line2D:
        colors = self.style.strong
        color = colors[place % len(colors)]
        hollow = place // len(_MARKS) % 2 == 1
        mark = Line2D(
            [],
            [],
            color=color,
            linestyle="",
            marker=_MARKS[place % len(_MARKS)],
            markerfacecolor=self.style.background if hollow else color,
            markeredgecolor=color if hollow else self.style.background,
            markeredgewidth=1.1 if hollow else 0.7,
            zorder=3,
        )
        return quietly(axes, mark, gid)  # type: ignore[no-any-return]

    # --- the columns

    @cached_property
    def span(self) -> tuple[float, float]:
        """Where the strengths begin and end."""
        scale, known = self.page.kart.strength_scale, self.found.strengths()
        if scale is not None:
            return scale
        return (known[0], known[-1]) if known else (1.0, 1.0)

    @cached_property
    def columns(self) -> list[str | float]:
        """What has a line of its own: not seen, strength not stated, and named strengths."""
        told = [one.told for one in self.pairs]
        found: list[str | float] = []
        if any(one.misses for one in told):
            found.append(_SILENT)
        if any(one is None for row in told for one in row.strengths.values()):
            found.append(_UNSAID)
        low, high = self.span
        if self.page.kart.strength_scale is not None and high - low <= _FEW:
            steps = math.floor(high - low) + 1
            return found + [low + step for step in range(steps)]
        return [*found, *dict.fromkeys((low, high))] if self.found.strengths() else found

    def _share(self, strength: float) -> float:
        """Return how far along the scale a strength stands."""
        low, high = self.span
        if high <= low:
            return 0.5
        if self.page.kart.strength_scale is not None:
            return (strength - low) / (high - low)
        # Counts without an upper end are compared by how many times as large they are.
        return math.log(strength / low) / math.log(high / low)

    def _places(self, left: float, middle: float) -> dict[str | float, float]:
        """Return where each column stands: what is no strength before the scale."""
        words = [one for one in self.columns if isinstance(one, str)]
        scaled = len(self.columns) - len(words)
        each = middle / max(len(words) * 1.5 + max(scaled, 2), 1)
        at: dict[str | float, float] = {
            word: left + (1.5 * place + 0.75) * each for place, word in enumerate(words)
        }
        start = left + 1.5 * len(words) * each + 0.5 * each
        end = left + middle - 0.5 * each
        for one in self.columns:
            if not isinstance(one, str):
                at[one] = start + self._share(one) * (end - start)
        self._scale = (start, end)
        return at

    # --- arranging, in points from the lower left corner of the axes

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Find the largest letters with which every row has room."""
        in_points(axes, width, height)
        largest = self.style.font_size * 1.3
        sizes = list(
            dict.fromkeys(max(largest * 0.95**step, self.style.smallest) for step in range(40))
        )
        self.fitting = len(self.rows)
        size = next((one for one in sizes if self._high_enough(width, height, one)), sizes[-1])
        # What cannot be read is left out, and the line below says how much that is.
        if size <= self.style.smallest:
            while self.fitting > 1 and not self._high_enough(width, height, size):
                self.fitting -= 1
        self._set(width, height, size)

    def _high_enough(self, width: float, height: float, size: float) -> bool:
        room = height - self._foot(width, size)[1] - self._above(width, size)
        return room / self.fitting >= _ROW * size

    def _across(self, width: float, size: float) -> tuple[float, float]:
        """Return how wide names and differences are."""
        longest = max(extent(row.label, self.style, size)[0] for row in self.rows)
        words = [self.page.say("disagreement_apart"), *(row.apart.get_text() for row in self.rows)]
        right = max(extent(word, self.style, size, bold=True)[0] for word in words) + _GAP * size
        return min(longest, _NAMES * width) + _GAP * size, right

    def _heads(self, width: float, size: float) -> dict[str | float, str]:
        left, right = self._across(width, size)
        at = self._places(left, width - left - right)
        small = self._small(size)
        each = (width - left - right) / max(len(at), 1)
        return {
            column: filled(self.page.say(f"disagreement_{column}"), self.style, small, 1.2 * each)
            if isinstance(column, str)
            else number(column, self.page.lang)
            for column in at
        }

    def _key_lines(self, width: float, size: float) -> int:
        return max((line for line, *_ in self._keys_at(width, size)), default=0) + 1

    def _keys_at(self, width: float, size: float) -> list[tuple[int, float, str]]:
        """Return in which line, and how far in it, each informant's mark stands."""
        line, x, found = 0, 0.0, []
        for _, _, whole in self.keys:
            label = fitted(whole, self.style, size, width - 2 * size) or whole
            wide = extent(label, self.style, size)[0] + 2.6 * size
            if x and x + wide - size > width:
                line, x = line + 1, 0.0
            found.append((line, x, label))
            x += wide
        return found

    def _small(self, size: float) -> float:
        return max(0.88 * size, self.style.smallest)

    def _above(self, width: float, size: float) -> float:
        heads = self._heads(width, size).values()
        high = max(extent(one, self.style, self._small(size))[1] for one in [*heads, "0"])
        return self._key_lines(width, size) * _LINE * size + high + 1.2 * size

    def _foot(self, width: float, size: float) -> tuple[str, float]:
        style, page = self.style, self.page
        small = min(style.legend_size, size)
        notes = [page.say("disagreement_note")]
        if left_out := len(self.found.rows) - self.fitting:
            notes.append(page.say("disagreement_left_out", n=left_out))
        lines = [filled(writable(" ".join(notes), style), style, small, width)]
        last = writable(page.footer(), style)
        lines.append(fitted(last, style, small, width))
        whole = "\n".join(line for line in lines if line)
        return whole, extent(whole, style, small)[1] * SPACING / LINE_SPACING + 0.9 * small

    def _set(self, width: float, height: float, size: float) -> None:
        """Put everything in its place, with letters of a size in points."""
        left, right = self._across(width, size)
        whole, foot = self._foot(width, size)
        assert self.foot is not None  # noqa: S101 - written with the rows
        assert self.head is not None  # noqa: S101
        self.foot.set(text=whole, fontsize=min(self.style.legend_size, size), position=(0, 0))
        for (mark, made, _), (line, x, label) in zip(
            self.keys, self._keys_at(width, size), strict=True
        ):
            y = height - (line + 0.5) * _LINE * size
            mark.set_data([x + 0.5 * size], [y])
            mark.set_markersize(_MARK * size)
            # By its foot a line stands where it should, whatever letters it has.
            at_foot = x + 1.4 * size, y - 0.36 * size
            made.set(text=label, fontsize=size, position=at_foot, va="baseline")
        above = self._above(width, size)
        step = min(max((height - foot - above) / self.fitting, 0.5), _HIGHEST * size)
        top = height - above
        bottom = top - step * self.fitting
        at = self._places(left, width - left - right)
        for column, label in self._heads(width, size).items():
            made, rule = self.heads[column]
            made.set(
                text=label, fontsize=self._small(size), position=(at[column], top + 0.3 * size)
            )
            rule.set_data([at[column], at[column]], [bottom, top])
        self.head.set(
            text=self.page.say("disagreement_apart"),
            fontsize=self._small(size),
            position=(width, top + 0.3 * size),
        )
        for place, row in enumerate(self.rows):
            for artist in row.artists:
                artist.set_visible(place < self.fitting)
            self._set_row(row, at, (width, left), top - (place + 0.5) * step, step, size)

    def _set_row(  # noqa: PLR0913, PLR0917 - where, how wide and how high
        self,
        row: _Row,
        at: Mapping[str | float, float],
        edges: tuple[float, float],
        y: float,
        step: float,
        size: float,
    ) -> None:
        width, left = edges
        room = left - _GAP * size

        def fits(label: str) -> bool:
            wide, high = extent(filled(label, self.style, size, room), self.style, size)
            return wide <= room + 0.01 and high <= step

        tried = (row.label, *(self._label(row.rated, most) for most in _SHORTER))
        label = next((one for one in tried if fits(one)), cut(tried[-1], fits))
        label = filled(label, self.style, size, room)
        row.name.set(text=label, fontsize=size, position=(0, y))
        row.apart.set(fontsize=size, position=(width, y))
        row.rule.set_data([0, width], [y - step / 2, y - step / 2])
        mark = _MARK * size
        start, end = self._scale
        spots = [
            at[column] if strength is None else start + self._share(strength) * (end - start)
            for _, column, strength in row.marks
        ]
        known = [x for x, (_, _, strength) in zip(spots, row.marks, strict=True) if strength]
        row.bar.set_data([min(known), max(known)] if known[1:] else [], [y, y] if known[1:] else [])
        row.bar.set_linewidth(0.55 * mark)
        for (artist, _, _), (x, down) in zip(row.marks, _apart(spots, mark, step), strict=True):
            artist.set_data([x], [y + down])
            artist.set_markersize(mark)


def _apart(spots: Sequence[float], mark: float, step: float) -> list[tuple[float, float]]:
    """Put marks of the same rating above each other, as far as the row is high."""
    found = []
    for place, x in enumerate(spots):
        same = [other for other, one in enumerate(spots) if abs(one - x) < 0.9 * mark]
        each = min(0.95 * mark, (step - mark) / max(len(same) - 1, 1))
        found.append((x, (same.index(place) - (len(same) - 1) / 2) * -each))
    return found
