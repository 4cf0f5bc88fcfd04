"""Rows along time or steps, put on axes: names at the left, remarks at the right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Polygon

from aktorkart.figures.drawing.area import Mark, parts
from aktorkart.figures.drawing.board import Page, in_points
from aktorkart.figures.drawing.course_marks import SAYS, SIGNS, bar_look, key, outline, ruled
from aktorkart.figures.drawing.course_marks import sign as mark_of
from aktorkart.figures.drawing.fields import readable
from aktorkart.figures.drawing.lettering import LINE_SPACING, extent, writable
from aktorkart.figures.drawing.paragraphs import SPACING, filled, shortened
from aktorkart.figures.drawing.stage import quietly
from aktorkart.scene.course import ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    from aktorkart.scene.course import Course, Link, Row, Sign, Span, Upright
    from aktorkart.scene.style import Style

# Of the width: names and remarks at the most.
_NAMES, _REMARKS = 0.34, 0.27
# In the size of the letters: a row around its lines, a row at the most, headings, the axis.
_PAD, _TIGHT, _HIGHEST, _HEAD, _AXIS, _TOP = 0.7, 0.3, 3.8, 1.9, 2.0, 1.7
_STEP = 0.96
_LINES, _FEW_LINES = 4, 2
# Notes and keys are not smaller than this, in points.
_SMALL = 7.0


@dataclass
class _Drawn:
    """A row with its artists."""

    row: Row
    label: Text
    remark: Text
    marks: list[Polygon] = field(default_factory=list)
    spans: list[tuple[Span, list[Polygon], Line2D]] = field(default_factory=list)
    signs: list[tuple[Sign, Line2D, Text]] = field(default_factory=list)
    bar: Line2D | None = None
    rule: Line2D | None = None

    @property
    def artists(self) -> list[Any]:
        """All of them."""
        found: list[Any] = [self.label, self.remark, self.rule, self.bar, *self.marks]
        for _, shapes, line in self.spans:
            found += [*shapes, line]
        for _, mark, text in self.signs:
            found += [mark, text]
        return [one for one in found if one is not None]


@dataclass
class Chart:
    """A course on axes."""

    page: Page
    course: Course
    rows: list[_Drawn] = field(default_factory=list)
    links: list[tuple[Link, Line2D, Line2D]] = field(default_factory=list)
    uprights: list[tuple[Upright, Line2D, Text]] = field(default_factory=list)
    grid: list[tuple[Line2D, Text]] = field(default_factory=list)
    keys: list[tuple[str, Line2D | Polygon, Text]] = field(default_factory=list)
    foot: Text | None = None
    fitting: int = 0
    pad: float = _PAD
    lines: int = _LINES
    widths: dict[tuple[float, float], tuple[float, float]] = field(default_factory=dict)
    words: dict[tuple[str, float, float], tuple[str, str]] = field(default_factory=dict)

    @property
    def style(self) -> Style:
        """The look."""
        return self.page.style

    # --- artists

    def onto(self, axes: Axes) -> None:
        """Add the artists; `arrange` puts them where they belong."""
        for _ in range(_MOST_TICKS):
            line = quietly(axes, ruled(self.style.rule, 0.5, zorder=0.5), f"rule:{_}")
            name = self.page.words(axes, f"tick:{_}", ha="center", muted=True)
            self.grid.append((line, name))
        for upright in self.course.uprights:
            line = ruled(self.style.ink, 1.0, look=upright.look, zorder=1.5)
            text = self.page.words(axes, f"label:{upright.gid}", ha="center")
            self.uprights.append((upright, quietly(axes, line, upright.gid), text))
        for row in self.course.rows:
            self.rows.append(self._row(axes, row))
        for link in self.course.links:
            look = "apart" if link.look == "apart" else "link"
            line = ruled(self.style.ink, 1.1, look=look, zorder=3.5)
            line.set_solid_joinstyle("miter")
            head = ruled(self.style.ink, 1.0, zorder=3.6)
            head.set(marker=">", markersize=4.5, markeredgewidth=0, linestyle="")
            quietly(axes, head, f"head:{link.gid}")
            self.links.append((link, quietly(axes, line, link.gid), head))
        for look, meaning in self.course.keys:
            text = self.page.words(axes, f"meaning:{look}", muted=True)
            text.set_text(writable(meaning, self.style))
            sample = quietly(axes, key(self.style, look), f"key:{look}")
            self.keys.append((look, sample, text))
        self.foot = self.page.words(axes, "footer", va="bottom", muted=True)
        self.foot.set_linespacing(SPACING)

    def _row(self, axes: Axes, row: Row) -> _Drawn:
        label = self.page.words(axes, f"label:{row.gid}")
        label.set_fontweight("bold" if row.bold or row.head else "normal")
        made = _Drawn(row, label, self.page.words(axes, f"remark:{row.gid}", muted=True))
        if not row.head:
            made.rule = quietly(axes, ruled(self.style.rule, 0.4, zorder=0.4), f"row:{row.gid}")
        if row.shape:
            mark = Mark(row.shape, self.style.plain, self.style.ink)
            for _, look in parts(mark, self.style):
                patch = Polygon([(0, 0)], closed=True, zorder=4, **look)
                made.marks.append(quietly(axes, patch, f"actor:{row.gid}"))
        for span in row.spans:
            made.spans.append((span, self._bars(axes, span), self._open(axes, span)))
        if row.bar is not None:
            line = ruled(self.style.muted, 1.0, zorder=2.5)
            made.bar = quietly(axes, line, f"bar:{row.gid}")
        for sign in row.signs:
            text = self.page.words(axes, f"label:{sign.gid}", ha="center")
            text.set_text(sign.label)
            made.signs.append((sign, quietly(axes, mark_of(self.style, sign.look), sign.gid), text))
        return made

    def _bars(self, axes: Axes, span: Span) -> list[Polygon]:
        """Make what is sure of a time, and what may come before and after it."""
        made = []
        for part in ("", ":before", ":after"):
            patch = Polygon(
                [(0, 0)],
                closed=True,
                zorder=2 if part else 2.2,
                **bar_look(self.style, span.look, sure=not part),
            )
            made.append(quietly(axes, patch, f"{span.gid}{part}"))
        return made

    def _open(self, axes: Axes, span: Span) -> Line2D:
        line = ruled(self.style.ink, 1.8, look="open", zorder=2.1)
        made: Line2D = quietly(axes, line, f"{span.gid}:open")
        return made

    # --- arranging, in points from the lower left corner of the axes

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Find the largest letters with which every row has room; else leave rows out."""
        in_points(axes, width, height)
        self.fitting, self.pad, self.lines = len(self.rows), _PAD, _LINES
        largest = self.style.font_size * 1.25
        size = largest
        while size * _STEP >= readable(self.style) and not self._fits(width, height, size):
            size *= _STEP
        if not self._fits(width, height, size):
            self.pad, self.lines = _TIGHT, _FEW_LINES
            self.words.clear()
        while self.fitting > 1 and not self._fits(width, height, size):
            self.fitting -= 1
        self._set(width, height, size)

    def _fits(self, width: float, height: float, size: float) -> bool:
        room = height - self._foot(width, size)[1] - (_AXIS + _TOP) * size
        return sum(self._heights(width, size)) <= room

    def _columns(self, width: float, size: float) -> tuple[float, float]:
        """Return how wide names and remarks are."""
        if (width, size) not in self.widths:
            self.widths[width, size] = self._measured(width, size)
        return self.widths[width, size]

    def _measured(self, width: float, size: float) -> tuple[float, float]:
        wide = [
            extent(writable(one.row.label, self.style), self.style, size, bold=one.row.bold)[0]
            for one in self.rows
            if not one.row.head
        ]
        names = min(max(wide, default=0.0) + 2.2 * size, _NAMES * width)
        told = [extent(one.row.remark, self.style, size)[0] for one in self.rows if one.row.remark]
        remarks = min(max(told) + 1.2 * size, _REMARKS * width) if told else 0.6 * size
        return names, remarks

    def _words(self, one: _Drawn, width: float, size: float) -> tuple[str, str]:
        """Return name and remark of a row, in the lines that they take."""
        key = one.row.gid, width, size
        if key not in self.words:
            self.words[key] = self._broken(one, width, size)
        return self.words[key]

    def _broken(self, one: _Drawn, width: float, size: float) -> tuple[str, str]:
        names, remarks = self._columns(width, size)
        if one.row.head:
            return shortened(
                writable(one.row.label, self.style), self.style, size, width, lines=1
            ), ""
        label = writable(one.row.label, self.style)
        room = names - 2.2 * size
        return (
            shortened(label, self.style, size, room, lines=self.lines),
            shortened(
                writable(one.row.remark, self.style), self.style, size, remarks - size, lines=_LINES
            )
            if one.row.remark
            else "",
        )

    def _heights(self, width: float, size: float) -> list[float]:
        found = []
        for one in self.rows[: self.fitting]:
            if one.row.head:
                found.append(_HEAD * size)
                continue
            lines = max(words.count("\n") + 1 for words in self._words(one, width, size))
            found.append((1.12 * lines + self.pad) * size)
        return found

    def _foot(self, width: float, size: float) -> tuple[str, float, float]:
        """Return the notes, how high everything below is, and how high the notes are."""
        style, page = self.style, self.page
        small = max(min(style.legend_size, size), min(size, _SMALL))
        notes = [*self.course.notes]
        if left_out := sum(not one.row.head for one in self.rows[self.fitting :]):
            notes.insert(0, page.say("course_left_out", n=left_out))
        lines = [" ".join(notes), page.footer()]
        whole = "\n".join(filled(writable(one, style), style, small, width) for one in lines if one)
        high = extent(whole, style, small)[1] * SPACING / LINE_SPACING
        keys = len(self._key_lines(width, small)) * 1.5 * small
        return whole, high + keys + 0.8 * small, high

    def _key_lines(self, width: float, size: float) -> list[list[tuple[int, float]]]:
        """Set the keys in lines: which, and where it begins."""
        lines: list[list[tuple[int, float]]] = []
        at = 0.0
        shown = {sign.look for one in self.rows[: self.fitting] for sign in one.row.signs}
        for place, (look, _, text) in enumerate(self.keys):
            if look in SIGNS and look not in shown:
                continue
            wide = 3.0 * size + extent(text.get_text(), self.style, size)[0]
            if not lines or at + wide > width:
                lines.append([])
                at = 0.0
            lines[-1].append((place, at))
            at += wide + 1.4 * size
        return lines

    def _set(self, width: float, height: float, size: float) -> None:
        """Put everything in its place, with letters of a size in points."""
        course = self.course
        names, remarks = self._columns(width, size)
        whole, below, high = self._foot(width, size)
        small = max(min(self.style.legend_size, size), min(size, _SMALL))
        assert self.foot is not None  # noqa: S101 - written with the rows
        self.foot.set(text=whole, fontsize=small, position=(0, 0))
        self._set_keys(width, high + 0.5 * small, small)
        left, right = names, width - remarks
        unit = (right - left) / max(course.stop - course.start, 1e-9)

        def across(at: float) -> float:
            return float(left + (min(max(at, course.start), course.stop) - course.start) * unit)

        heights = self._heights(width, size)
        top = height - _TOP * size
        room = top - below - _AXIS * size
        rows = [one for one in heights if one != _HEAD * size]
        more = max(room - sum(heights), 0.0) / max(len(rows), 1)
        at: dict[str, float] = {}
        y = top
        for place, one in enumerate(self.rows):
            seen = place < self.fitting
            for artist in one.artists:
                artist.set_visible(seen)
            if not seen:
                continue
            own = heights[place]
            if not one.row.head:
                own = min(own + more, max(own, _HIGHEST * size))
            y -= own
            at[one.row.gid] = y + own / 2
            self._set_row(one, (y, own), (left, right, width), across, size)
        self._set_axis(across, (top, y), (left, right, width), size)
        self._set_links(at, across, size)

    def _set_keys(self, width: float, bottom: float, size: float) -> None:
        lines = self._key_lines(width, size)
        explained = {place for line in lines for place, _ in line}
        for place, (_, sample, text) in enumerate(self.keys):
            sample.set_visible(place in explained)
            text.set_visible(place in explained)
        for number, line in enumerate(lines):
            y = bottom + (len(lines) - number - 0.5) * 1.5 * size
            for place, x in line:
                look, sample, text = self.keys[place]
                text.set(fontsize=size, position=(x + 2.7 * size, y))
                if isinstance(sample, Polygon):
                    sample.set_xy(
                        outline(x, x + 2.1 * size, y, 0.36 * size, pointed=look == "works")
                    )
                elif look in SIGNS:
                    sample.set_data([x + 1.1 * size], [y])
                    sample.set_markersize((1.3 if look in SAYS else 0.85) * size)
                else:
                    sample.set_data([x, x + 2.1 * size], [y, y])

    def _set_row(
        self,
        one: _Drawn,
        where: tuple[float, float],
        edges: tuple[float, float, float],
        across: Any,
        size: float,
    ) -> None:
        bottom, own = where
        _, right, width = edges
        y = bottom + own / 2
        label, remark = self._words(one, width, size)
        if one.row.head:
            one.label.set(text=label, fontsize=size, position=(0, bottom + 0.75 * size))
            return
        one.label.set(text=label, fontsize=size, position=(1.7 * size if one.row.shape else 0.0, y))
        one.remark.set(text=remark, fontsize=size, position=(right + 0.8 * size, y))
        if one.rule is not None:
            one.rule.set_data([0, width], [bottom, bottom])
        for patch in one.marks:
            corners, _ = parts(Mark(one.row.shape, "", ""), self.style)[0]
            patch.set_xy(corners * (0.5 * size) + (0.65 * size, y))
        half = min(0.3 * own, 0.72 * size)
        for span, (sure, before, after), line in one.spans:
            self._set_span(span, (sure, before, after), line, across, (y, half, size))
        if one.bar is not None and one.row.bar is not None:
            one.bar.set_data([across(end) for end in one.row.bar], [y, y])
        taken: list[tuple[float, float]] = []
        for sign, mark, text in reversed(one.signs):
            x = across(sign.at)
            wide = extent(sign.label, self.style, size)[0] if sign.label else 0.0
            high = (1.55 if sign.label or sign.look in SAYS else 0.95) * size
            mark.set_data([x], [y])
            mark.set_markersize(max(high, wide + 0.5 * size) if sign.label else high)
            box = x - wide / 2 - 0.4 * size, x + wide / 2 + 0.4 * size
            free = all(box[1] <= start or box[0] >= stop for start, stop in taken)
            if sign.label:
                text.set(fontsize=size, position=(x, y), visible=free)
                mark.set_markersize(mark.get_markersize() if free else 0.5 * size)
                taken.append(box)

    def _set_span(
        self,
        span: Span,
        patches: tuple[Polygon, ...],
        line: Line2D,
        across: Any,
        where: tuple[float, float, float],
    ) -> None:
        y, half, size = where
        sure, before, after = patches
        course = self.course
        end = across(span.end)
        start = (
            across(span.start)
            if span.start is not None
            else max(end - 3.2 * size, across(course.start))
        )
        outside = span.end <= course.start or (span.start or course.start) >= course.stop
        one, other = across(span.sure[0]), across(span.sure[1])
        if span.start is None:
            one = max(end - 0.6 * size, start)
        # However short, a time is seen.
        end = max(end, start + 1.2)
        known = span.sure[0] < span.sure[1]
        one, other = (one, max(other, one + 1.2)) if known else (end, end)
        sure.set_xy(outline(one, end if span.goes_on else other, y, half, pointed=span.goes_on))
        before.set_xy(outline(start, one, y, half, pointed=False))
        after.set_xy(outline(other, end, y, half, pointed=False))
        sure.set_visible(known and not outside)
        before.set_visible(span.start is not None and one > start + 0.8 and not outside)
        after.set_visible(known and not span.goes_on and end > other + 0.8 and not outside)
        line.set_data([start, one], [y, y])
        line.set_visible(span.start is None and not outside)

    def _set_axis(
        self, across: Any, span: tuple[float, float], edges: tuple[float, float, float], size: float
    ) -> None:
        course, style = self.course, self.style
        top, bottom = span
        if course.steps:
            found = [(place + 0.4, name) for place, name in enumerate(course.steps)]
            found = found if self._beside(found, across, size) else []
        else:
            found = ticks(
                course.start,
                course.stop,
                self.page.lang,
                lambda one: self._beside(one, across, size),
            )
        for place, (line, text) in enumerate(self.grid):
            seen = place < len(found)
            line.set_visible(seen and not course.steps)
            text.set_visible(seen)
            if seen:
                x = across(found[place][0])
                half = extent(found[place][1], style, size)[0] / 2
                line.set_data([x, x], [bottom, top])
                # Beneath names and remarks there is room at the ends.
                x = min(max(x, half), edges[2] - half)
                text.set(text=found[place][1], fontsize=size, position=(x, bottom - 0.9 * size))
        taken: list[tuple[float, float]] = []
        for upright, line, text in self.uprights:
            x = across(upright.at)
            line.set_data([x, x], [bottom, top + 0.3 * size])
            half = extent(upright.label, style, size)[0] / 2
            middle = min(max(x, half), edges[2] - half)
            box = middle - half - size / 2, middle + half + size / 2
            free = all(box[1] <= start or box[0] >= stop for start, stop in taken)
            text.set(text=upright.label, fontsize=size, position=(middle, top + 0.95 * size))
            text.set_visible(free and half < edges[2] / 2)
            if free:
                taken.append(box)

    def _beside(self, found: Sequence[tuple[float, str]], across: Any, size: float) -> bool:
        """Tell whether the names of the ticks have room beside each other."""
        if len(found) > _MOST_TICKS:
            return False
        places = [across(at) for at, _ in found]
        halves = [extent(name, self.style, size)[0] / 2 for _, name in found]
        return all(
            places[row + 1] - places[row] >= halves[row] + halves[row + 1] + 0.8 * size
            for row in range(len(found) - 1)
        )

    def _set_links(self, at: dict[str, float], across: Any, size: float) -> None:
        for link, line, head in self.links:
            seen = link.source in at and link.target in at
            line.set_visible(seen)
            head.set_visible(seen)
            if not seen:
                continue
            one, other = at[link.source], at[link.target]
            start, turn, end = across(link.start), across(link.turn), across(link.end)
            reach = 0.42 * size
            if link.end != link.turn:
                reach = min(reach, 0.7 * abs(end - turn))
                line.set_data([start, turn, turn, end - reach], [one, one, other, other])
                head.set_data([end - 0.6 * reach], [other])
                head.set_marker(">" if end > turn else "<")
            else:
                # Straight up or down, to the edge of the bar.
                way = 1 if other > one else -1
                line.set_data([start, turn, turn], [one, one, other - 1.6 * way * reach])
                head.set_data([turn], [other - 1.9 * way * reach])
                head.set_marker("^" if way > 0 else "v")
            head.set_markersize(0.62 * size)


_MOST_TICKS = 24
