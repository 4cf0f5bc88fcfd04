"""How the goals go: ``figures.goals``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from aktorkart.figures.drawing.board import Page, in_points
from aktorkart.figures.drawing.lettering import LINE_SPACING, extent, fitted, writable, written
from aktorkart.figures.drawing.paragraphs import SPACING, filled, shortened
from aktorkart.figures.drawing.stage import quietly
from aktorkart.i18n import period
from aktorkart.model.fields import first_day, last_day
from aktorkart.scene.alt_text import goals as in_words
from aktorkart.scene.labels import apart
from aktorkart.toolbox import THRESHOLD
from aktorkart.toolbox.goals import goals as over_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style
    from aktorkart.toolbox import Progress

MARKERS = {"higher": "^", "lower": "v"}
"""Markers point where points are better."""

_SIGNS = {"higher": "▲", "lower": "▼"}
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.5, 1.5), (8, 2, 1.5, 2), (3, 1))
_BEST = 10
_LINE, _MARKER, _GAP = 1.6, 7.0, 14.0
# Letters of names and of the rest, in the style's size: those of figures.ranking.
_LARGE, _SMALL = 1.2, 1.05


def goals(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
) -> Axes:
    """Draw how the points of the goals go over time.

    Each goal is a line, with its name and what has changed at the line's end. Markers point
    up where higher points are better and down where lower ones are. Goals with the same
    points on the same date stand side by side.

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    title : str, optional
        The title; our own if left out, none if empty.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles in their place; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    style : Style or str, optional
        The look, or the name of a ready one: "report", "slide", "print" or "dark".

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Lines have the gid ``goal:<id>``, names ``label:<id>``, what has changed
        ``change:<id>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import ActorMap, Goal
    >>> sleep = Goal(id="sleep", direction="higher", points=[{"date": "2026-01", "value": 3}])
    >>> ax = goals(ActorMap(goals=[sleep]), ax=sheet())
    >>> [line.get_gid() for line in ax.lines if line.get_gid().startswith("goal:")]
    ['goal:sleep']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    chart = _Chart(page, over_time(page.kart).goals)
    return page.put(
        chart.onto,
        chart.arrange,
        title=page.title(title, "goals_title"),
        alt=in_words.goals(page.kart, lang=page.lang),
        needed=None
        if any(goal.series for goal in chart.goals)
        else lambda _: 6.0 * page.style.font_size,
    )


def middle(when: str) -> float:
    """Return where a day, month or year stands on an axis of days."""
    first, last = (dt.date.fromisoformat(day(when)) for day in (first_day, last_day))
    return (first.toordinal() + last.toordinal()) / 2


@dataclass
class _Line:
    """One goal on the chart."""

    goal: Progress
    mark: Line2D
    leader: Line2D
    label: Text
    change: Text
    title: str


@dataclass
class _Chart:
    """Points at the left, dates below, names at the right; arranged when it is drawn."""

    page: Page
    goals: Sequence[Progress]
    lines: list[_Line] = field(default_factory=list)
    rules: dict[int, tuple[Line2D, Text]] = field(default_factory=dict)
    dates: dict[str, tuple[Line2D, Text]] = field(default_factory=dict)
    head: Text | None = None
    footer: Text | None = None

    @property
    def style(self) -> Style:
        return self.page.style

    def onto(self, axes: Axes) -> None:
        style = self.style
        drawn = [goal for goal in self.goals if goal.series]
        self.footer = self._text("", "footer", axes, va="bottom")
        if not drawn:
            nothing = written(
                in_words.nothing(self.goals, self.page.lang),
                style,
                style.font_size,
                color=style.muted,
                va="top",
            )
            nothing.set_transform(axes.transAxes)
            nothing.set_position((0, 1))
            quietly(axes, nothing, "empty")
            return
        for points in range(_BEST + 1):
            rule = quietly(axes, _ruled(style.rule, 0.8), f"rule:{points}")
            label = self._text(str(points), f"points:{points}", axes, ha="right")
            self.rules[points] = rule, label
        for date in sorted({point.date for goal in drawn for point in goal.series}, key=middle):
            tick = quietly(axes, _ruled(style.muted, 0.8), f"tick:{date}")
            label = self._text(
                period(date, self.page.lang, short=True),
                f"date:{date}",
                axes,
                ha="center",
                va="top",
            )
            self.dates[date] = tick, label
        self.head = self._text(self.page.say("goals_points"), "head:points", axes)
        colors = style.strong
        for place, goal in enumerate(drawn):
            color = colors[place % len(colors)]
            dashes = _DASHES[place % len(_DASHES)]
            mark = Line2D(
                [],
                [],
                color=color,
                linewidth=_LINE,
                linestyle=(0, dashes) if dashes else "-",
                marker=MARKERS[goal.direction],
                markersize=_MARKER,
                markeredgecolor=style.background,
                markeredgewidth=0.7,
                solid_joinstyle="round",
                dash_joinstyle="round",
                zorder=3,
            )
            leader = _ruled(color, 0.7, dashes=(1, 2))
            title = writable(goal.title, style)
            self.lines.append(
                _Line(
                    goal,
                    quietly(axes, mark, f"goal:{goal.id}"),
                    quietly(axes, leader, f"leader:{goal.id}"),
                    self._text(title, f"label:{goal.id}", axes, color=style.ink, va="top"),
                    self._text("", f"change:{goal.id}", axes, bold=bool(goal.clear), va="bottom"),
                    title,
                )
            )

    def _text(  # noqa: PLR0913 - what, where and how
        self,
        label: str,
        gid: str,
        axes: Axes,
        ha: str = "left",
        va: str = "center",
        *,
        color: str | None = None,
        bold: bool = False,
    ) -> Text:
        style = self.style
        made = written(
            label,
            style,
            style.font_size,
            color=color or style.muted,
            ha=ha,
            va=va,
            bold=bold,
        )
        quietly(axes, made, gid)
        return made

    # --- arranging, in points from the lower left corner of the axes

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Give names what they need at the right, and the lines the rest."""
        in_points(axes, width, height)
        if not self.lines:
            self._foot(width, self.style.legend_size)
            return
        scale = min(1.0, max(0.55, width / 500.0))
        size = max(self.style.font_size * _SMALL * scale, self.style.smallest)
        left = extent("10", self.style, size)[0] + 8.0
        top = height - 2.2 * size
        small = max(self.style.legend_size * scale, self.style.smallest)
        bottom = self._foot(width, small) + 2.0 * size
        names = self._names(0.4 * width, height - 1.4 * size - bottom, size)
        if unnamed := len(self.lines) - len(names.heights):
            bottom = self._foot(width, small, unnamed=unnamed) + 2.0 * size
        # Renderers that fit letters to pixels make some names a little wider.
        right = max(width - 1.03 * names.width - _GAP, left + width / 5)
        unit = max(top - bottom - _MARKER, 1.0) / _BEST
        low = bottom + _MARKER / 2
        self._rules(left, right, low, unit, size)
        at = self._dates(left + _MARKER, right - _MARKER, bottom, size)
        ends = self._points(at, low, unit)
        self._ends(ends, names, right + _GAP, (bottom - 1.2 * size, height))

    def _foot(self, width: float, size: float, *, unnamed: int = 0) -> float:
        """Write what the marks mean, date, counts and source, and return how high that is."""
        directions = dict.fromkeys(line.goal.direction for line in self.lines)
        label = [
            writable(f"{_SIGNS[way]} {self.page.say(f'goals_{way}')}.", self.style)
            for way in MARKERS
            if way in directions
        ]
        if any(line.goal.clear for line in self.lines):
            label.append(self.page.say("goals_note", threshold=int(THRESHOLD)))
        if unnamed:
            label.insert(0, self.page.say("names_left_out", n=unnamed))
        without = [goal.title for goal in self.goals if not goal.series]
        if without and self.lines:
            label.append(self.page.say("goals_without_points", goals=without))
        whole = writable(" ".join(label), self.style)
        most = 2
        lines = [shortened(whole, self.style, size, width, lines=most)] if label else []
        lines.append(
            fitted(
                writable(self.page.footer(), self.style),
                self.style,
                size,
                width,
            )
        )
        note = "\n".join(lines)
        assert self.footer is not None  # noqa: S101 - written with the lines
        self.footer.set_text(note)
        self.footer.set_fontsize(size)
        self.footer.set(position=(0, 0), linespacing=SPACING)
        return extent(note, self.style, size)[1] * SPACING / LINE_SPACING + 0.6 * size

    def _names(self, most: float, height: float, size: float) -> _Names:
        """Choose how large names are written, and how much of them."""
        # Smaller letters first, then less of a long title, then no second line.
        choices = [
            (factor, lines, second)
            for second in (True, False)
            for lines in (4, 2, 1)
            for factor in (1.0, 0.88, 0.76)
        ]
        for factor, lines, second in choices:
            small = max(size * factor, self.style.smallest)
            found = self._set(most, small, lines, second=second)
            if sum(found.heights) <= height:
                return found
        # More than the page holds: the last names are left out, and the line below says so.
        while found.heights and sum(found.heights) > height:
            found.heights.pop()
            found.label.pop()
        return found

    def _set(self, most: float, size: float, lines: int, *, second: bool) -> _Names:
        style = self.style
        found = _Names(max(size * _LARGE / _SMALL, style.smallest), size)
        for line in self.lines:
            title = shortened(line.title, style, found.size, most, lines=lines)
            direction = self.page.say(f"goals_{line.goal.direction}")
            change = f"{direction} · {in_words.change(line.goal, self.page.lang)}" if second else ""
            bold = bool(line.goal.clear)
            change = filled(change, style, size, most, bold=bold)
            boxes = [extent(title, style, found.size)]
            if second:
                boxes.append(extent(change, style, size, bold=bold))
            found.label.append((title, change))
            found.width = max(found.width, *(box[0] for box in boxes))
            found.heights.append(sum(box[1] for box in boxes) + (0.5 * size if second else 1.0))
        return found

    def _rules(self, left: float, right: float, low: float, unit: float, size: float) -> None:
        step = next(step for step in (1, 2, 5, 10) if step * unit >= 1.5 * size or step == _BEST)
        for points, (rule, label) in self.rules.items():
            y = low + points * unit
            rule.set_data([left, right], [y, y])
            label.set_position((left - 5.0, y))
            label.set_fontsize(size)
            for artist in (rule, label):
                artist.set_visible(points % step == 0)
        assert self.head is not None  # noqa: S101 - written with the lines
        self.head.set_position((0, low + _BEST * unit + _MARKER / 2 + 1.2 * size))
        self.head.set_fontsize(size)

    def _dates(self, left: float, right: float, bottom: float, size: float) -> dict[str, float]:
        """Write the dates there is room for, the last and the first before the others."""
        days = {date: middle(date) for date in self.dates}
        first, last = min(days.values()), max(days.values())
        if first == last:
            at = dict.fromkeys(days, (left + right) / 2)
        else:
            at = {
                date: left + (right - left) * (day - first) / (last - first)
                for date, day in days.items()
            }
        order = list(self.dates)
        taken: list[tuple[float, float]] = []
        for date in dict.fromkeys([order[-1], order[0], *reversed(order)]):
            tick, label = self.dates[date]
            half = extent(label.get_text(), self.style, size)[0] / 2
            # Dates at the ends stand inside, so that they need no room of their own.
            x = min(max(at[date], left - _MARKER + half), max(right + _GAP - half, half))
            box = x - half - 4.0, x + half + 4.0
            free = all(box[1] <= start or box[0] >= stop for start, stop in taken)
            label.set_visible(free)
            label.set_position((x, bottom - 5.0))
            label.set_fontsize(size)
            tick.set_data([at[date], at[date]], [bottom, bottom - 3.5])
            if free:
                taken.append(box)
        return at

    def _points(self, at: dict[str, float], low: float, unit: float) -> list[tuple[float, float]]:
        """Draw the lines, equal points side by side, and return where each line ends."""
        same: dict[tuple[str, float], list[int]] = {}
        for place, line in enumerate(self.lines):
            for point in line.goal.series:
                same.setdefault((point.date, point.value), []).append(place)
        ends = []
        for place, line in enumerate(self.lines):
            xs, ys = [], []
            for point in line.goal.series:
                together = same[point.date, point.value]
                # Never so far that equal points look like different ones.
                step = min(0.8 * _MARKER, 0.6 * unit / max(len(together) - 1, 1))
                shift = ((len(together) - 1) / 2 - together.index(place)) * step
                xs.append(at[point.date])
                ys.append(low + point.value * unit + shift)
            line.mark.set_data(xs, ys)
            ends.append((xs[-1], ys[-1]))
        return ends

    def _ends(
        self,
        ends: Sequence[tuple[float, float]],
        names: _Names,
        x: float,
        room: tuple[float, float],
    ) -> None:
        """Put each name as near to the end of its line as the others let it."""
        for line in self.lines[len(names.heights) :]:
            for artist in (line.label, line.change, line.leader):
                artist.set_visible(False)
        order = sorted(range(len(names.heights)), key=lambda place: (ends[place][1], -place))
        places = apart(
            [ends[place][1] for place in order],
            [names.heights[place] for place in order],
            low=room[0],
            high=room[1],
        )
        for place, y in zip(order, places, strict=True):
            line, (title, change) = self.lines[place], names.label[place]
            inner = names.heights[place] - (0.5 * names.small if change else 1.0)
            line.label.set_text(title)
            line.label.set_fontsize(names.size)
            line.label.set_position((x, y + inner / 2))
            line.change.set_text(change)
            line.change.set_fontsize(names.small)
            line.change.set_position((x, y - inner / 2))
            line.change.set_visible(bool(change))
            end = ends[place]
            line.leader.set_data(
                [end[0] + _MARKER / 2 + 1.5, x - _GAP / 2, x - 2.0], [end[1], end[1], y]
            )


@dataclass
class _Names:
    """Names as they are written: their sizes, lines, width and heights."""

    size: float
    small: float
    label: list[tuple[str, str]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    width: float = 0.0


def _ruled(color: str, width: float, *, dashes: tuple[float, ...] = ()) -> Line2D:
    look: dict[str, Any] = {"linestyle": (0, dashes) if dashes else "-"}
    return Line2D([], [], color=color, linewidth=width, marker="", zorder=1, **look)
