"""How far collaboration has come, pair by pair: ``figures.stages``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from aktorkart.errors import at_least
from aktorkart.figures.drawing.board import Page, in_points, only_a_note
from aktorkart.figures.drawing.course_marks import ruled
from aktorkart.figures.drawing.lettering import LINE_SPACING, extent, fitted, writable
from aktorkart.figures.drawing.paragraphs import SPACING, cut, filled
from aktorkart.figures.drawing.stage import quietly
from aktorkart.model.scales import step_name
from aktorkart.model.vocabulary import SCALES
from aktorkart.scene.alt_text import stages as in_words
from aktorkart.scene.footer import DOT
from aktorkart.toolbox.stages import stages as by_pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style
    from aktorkart.toolbox.stages import Staged, Stages

_SCALE = SCALES["stage"]
_STAGES = range(_SCALE.low, _SCALE.high + 1)
_MARKS = ("o", "s", "D")
_OTHER = 2
_SIGN = "◇"
# In the size of the letters.
_MARK = 0.8
# Of the width: names at the most, and the stages at the least.
_NAMES, _MIDDLE = 0.36, 0.4
_GAP = 8.0
# A row has a line for each partner; more than this, in letters, only looks empty.
_ROW, _HIGHEST = 2.6, 4.2
_ABOUT_LINES = 4


def stages(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    most: int = 15,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
) -> Axes:
    """Draw how far collaboration has come, with both partners' ratings (Frey et al. 2006).

    A row for each two actors, the highest stage first. Each partner's rating stands on the
    line of its name, with the mark that the name has; a bar joins ratings that differ, and how
    many stages they are apart stands at the right. Nothing is averaged.

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    most : int
        How many pairs to show at the most, from 1. How many are left out is said below.
    title : str, optional
        The title; one of ours if left out, none if empty.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    style : Style or str, optional
        The look, or the name of a ready one: "report", "slide", "print" or "dark".

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Ratings have the gid ``rating:<one>–<other>:<stage>:<who>``, where who is an
        end's id, ``other`` for everybody else; bars ``apart:<one>–<other>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language.
    WrongArgument
        If ``most`` is no whole number from 1, or the page has no such size.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import ActorMap
    >>> ends = {"source": "nav", "target": "dps"}
    >>> kart = ActorMap(
    ...     actors=[{"id": "nav"}, {"id": "dps"}],
    ...     ties=[{**ends, "stage": 3, "informant": "nav"},
    ...           {**ends, "stage": 1, "informant": "dps"}],
    ... )
    >>> ax = stages(kart, ax=sheet())
    >>> [line.get_gid() for line in ax.lines if line.get_gid().startswith("rating:")]
    ['rating:dps–nav:1:dps', 'rating:dps–nav:3:nav']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    at_least(most, 1, option="most")
    found = by_pair(page.kart)
    title = page.title(title, "stages_title")
    if not found.pairs:
        return only_a_note(page, page.say("stages_none"), title=title)
    chart = _Chart(page, found, found.pairs[:most])
    alt = in_words.stages(page.kart, lang=page.lang)
    return page.put(chart.onto, chart.arrange, title=title, alt=alt)


@dataclass
class _Row:
    """Two actors: their names, their ratings, and how far these are apart."""

    pair: Staged
    labels: tuple[str, str]
    names: tuple[Text, Text]
    keys: tuple[Line2D, Line2D]
    apart: Text
    bar: Line2D | None = None
    marks: list[tuple[Line2D, int, int]] = field(default_factory=list)  # stage, and whose
    rule: Line2D | None = None

    @property
    def artists(self) -> list[Text | Line2D]:
        lines = [line for line in (self.bar, self.rule) if line is not None]
        return [*self.names, *self.keys, self.apart, *lines, *(mark for mark, _, _ in self.marks)]


@dataclass
class _Chart:
    """Names at the left, stages in the middle, how far apart at the right."""

    page: Page
    found: Stages
    pairs: Sequence[Staged]
    rows: list[_Row] = field(default_factory=list)
    heads: dict[int, tuple[Text, Text, Line2D]] = field(default_factory=dict)
    head: Text | None = None
    foot: Text | None = None
    fitting: int = 0  # rows that there is room for

    @property
    def style(self) -> Style:
        return self.page.style

    @cached_property
    def colors(self) -> tuple[str, str, str]:
        strong = self.style.strong
        return strong[0], strong[1 % len(strong)], self.style.ink

    # --- artists

    def onto(self, axes: Axes) -> None:
        for stage in _STAGES:
            rule = quietly(axes, ruled(self.style.rule, 0.7), f"stage:{stage}")
            name = self.page.words(axes, f"head:{stage}", ha="center", va="bottom")
            about = self.page.words(axes, f"about:{stage}", ha="center", va="top", muted=True)
            self.heads[stage] = name, about, rule
        self.head = self.page.words(axes, "head:apart", ha="right", va="bottom", muted=True)
        self.head.set_text(self.page.say("stages_head"))
        for pair in self.pairs:
            self.rows.append(self._row(axes, pair))
        self.foot = self.page.words(axes, "footer", va="bottom", muted=True)
        self.foot.set_linespacing(SPACING)

    def _row(self, axes: Axes, pair: Staged) -> _Row:
        kart, name = self.page.kart, f"{pair.one}–{pair.other}"
        ends = (pair.one, pair.other)
        labels = [writable(kart[end].label, self.style) for end in ends]
        texts = [self.page.words(axes, f"label:{name}:{end}") for end in ends]
        keys = [self._mark(axes, f"key:{name}:{end}", side) for side, end in enumerate(ends)]
        apart = self.page.words(axes, f"steps:{name}", ha="right")
        apart.set_text(self._apart(pair))
        apart.set_fontweight("bold" if pair.apart else "normal")
        apart.set_color(self.style.ink if pair.apart else self.style.muted)
        row = _Row(pair, (labels[0], labels[1]), (texts[0], texts[1]), (keys[0], keys[1]), apart)
        if pair.apart:
            bar = ruled(self.style.shade(0), 1.0, zorder=2)
            bar.set_solid_capstyle("round")
            row.bar = quietly(axes, bar, f"apart:{name}")
        for who, stage in pair.ratings:
            side = ends.index(who) if who in ends else _OTHER
            gid = f"rating:{name}:{stage}:{who if side < _OTHER else 'other'}"
            row.marks.append((self._mark(axes, gid, side), stage, side))
        row.rule = quietly(axes, ruled(self.style.rule, 0.5), f"row:{name}")
        return row

    def _apart(self, pair: Staged) -> str:
        if pair.apart is None:
            return self.page.say("stages_once")
        return (
            self.page.say("stages_apart", n=pair.apart)
            if pair.apart
            else self.page.say("stages_same")
        )

    def _mark(self, axes: Axes, gid: str, side: int) -> Line2D:
        color, hollow = self.colors[side], side == _OTHER
        mark = Line2D(
            [],
            [],
            color=color,
            linestyle="",
            marker=_MARKS[side],
            markersize=_MARK * self.style.font_size,
            markerfacecolor=self.style.background if hollow else color,
            markeredgecolor=color if hollow else self.style.background,
            markeredgewidth=1.0 if hollow else 0.7,
            zorder=3,
        )
        return quietly(axes, mark, gid)  # type: ignore[no-any-return]

    # --- arranging, in points from the lower left corner of the axes

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Find the largest letters with which every row has room for its two names."""
        in_points(axes, width, height)
        largest = self.style.font_size * 1.3
        smallest = self.style.smallest
        sizes = [max(largest * 0.95**step, smallest) for step in range(40)]
        self.fitting = len(self.rows)
        fitting = (one for one in dict.fromkeys(sizes) if self._fits(width, height, one))
        size = next(fitting, smallest)
        # Rather a little smaller than without the stages' names.
        for one in (size, *fitting):
            if one < 0.85 * self.style.font_size:
                break
            if self._names(self._across(width, one)[1], one):
                size = one
                break
        # What cannot be read is left out, and the line below says how much that is.
        while self.fitting > 1 and not self._high_enough(width, height, size):
            self.fitting -= 1
        self._set(width, height, size)

    def _fits(self, width: float, height: float, size: float) -> bool:
        left, middle, _ = self._across(width, size)
        whole = size <= self.style.smallest or left < _NAMES * width
        wide = middle >= _MIDDLE * width and whole
        return wide and self._high_enough(width, height, size)

    def _high_enough(self, width: float, height: float, size: float) -> bool:
        middle = self._across(width, size)[1]
        foot = self._foot(width, size, spelled=self._names(middle, size) is None)[1]
        return (height - foot - self._above(middle, size)) / self.fitting >= _ROW * size

    def _across(self, width: float, size: float) -> tuple[float, float, float]:
        """Return how wide names, stages and differences are."""
        longest = max(
            extent(label, self.style, size)[0] for row in self.rows for label in row.labels
        )
        left = min(longest + 2.2 * size, _NAMES * width)
        words = [self.page.say("stages_head"), *(row.apart.get_text() for row in self.rows)]
        right = max(extent(word, self.style, size, bold=True)[0] for word in words) + _GAP
        return left, width - left - right, right

    def _names(self, middle: float, size: float) -> list[str] | None:
        """Return the stages' names in lines of their columns; None where these are too narrow."""
        room = middle / len(_STAGES) - 0.4 * size
        found = []
        for stage in _STAGES:
            name = filled(step_name("stage", stage, self.page.lang), self.style, size, room)
            if extent(name, self.style, size)[0] > room or "-" in name:
                return None
            found.append(name)
        return found

    def _abouts(self, middle: float, size: float) -> list[str] | None:
        """Return what the stages mean; None where that takes too many lines."""
        room = middle / len(_STAGES) - 0.5 * size
        small = self._small(size)
        found = [
            filled(self.page.say(f"stages_about.{stage}"), self.style, small, room)
            for stage in _STAGES
        ]
        wide = max(extent(one, self.style, small)[0] for one in found)
        lines = max(one.count("\n") for one in found) + 1
        return found if wide <= room and lines <= _ABOUT_LINES else None

    def _small(self, size: float) -> float:
        return max(0.82 * size, self.style.smallest)

    def _heights(self, middle: float, size: float) -> tuple[float, float]:
        """Return how high the stages' names are, and what is said of them."""
        names, abouts = self._names(middle, size), self._abouts(middle, size)
        high = max((extent(f"0\n{one}", self.style, size)[1] for one in names or []), default=0.0)
        small = self._small(size)
        about = max((extent(one, self.style, small)[1] for one in abouts or []), default=0.0)
        return high or 1.2 * size, about + 0.4 * size if names and abouts else 0.0

    def _above(self, middle: float, size: float) -> float:
        return sum(self._heights(middle, size)) + 0.8 * size

    def _foot(self, width: float, size: float, *, spelled: bool) -> tuple[str, float]:
        """Return what stands below, and how high it is."""
        style, page = self.style, self.page
        small = min(style.legend_size, size)
        notes = [page.say("stages_note")]
        if any(side == _OTHER for row in self.rows for _, _, side in row.marks):
            notes.append(page.say("stages_others", sign=_SIGN))
        if left_out := len(self.found.pairs) - self.fitting:
            notes.append(page.say("stages_left_out", n=left_out))
        notes += in_words.not_given(self.found, page.lang)
        named = (f"{one} {step_name('stage', one, page.lang)}" for one in _STAGES)
        told = [DOT.join(named)] if spelled else []
        told.append(" ".join(notes))
        lines = [filled(writable(one, style), style, small, width) for one in told]
        last = writable(page.footer(), style)
        lines.append(fitted(last, style, small, width))
        whole = "\n".join(line for line in lines if line)
        high = extent(whole, style, small)[1] * SPACING / LINE_SPACING
        return whole, high + 0.9 * small

    def _set(self, width: float, height: float, size: float) -> None:
        """Put everything in its place, with letters of a size in points."""
        left, middle, _ = self._across(width, size)
        names = self._names(middle, size)
        whole, foot = self._foot(width, size, spelled=names is None)
        assert self.foot is not None  # noqa: S101 - written with the rows
        assert self.head is not None  # noqa: S101
        self.foot.set(text=whole, fontsize=min(self.style.legend_size, size), position=(0, 0))
        above = self._above(middle, size)
        step = min(max((height - foot - above) / self.fitting, 0.5), _HIGHEST * size)
        top = height - above
        bottom = top - step * self.fitting
        at = {
            stage: left + (place + 0.5) * middle / len(_STAGES)
            for place, stage in enumerate(_STAGES)
        }
        self._set_heads(at, names, (top, bottom), middle, size)
        level = top + 0.5 * size + sum(self._heights(middle, size))
        self.head.set(position=(width, level), fontsize=size, va="top")
        for place, row in enumerate(self.rows):
            for artist in row.artists:
                artist.set_visible(place < self.fitting)
            self._set_row(row, at, (width, left), top - (place + 0.5) * step, step, size)

    def _set_heads(
        self,
        at: dict[int, float],
        names: list[str] | None,
        span: tuple[float, float],
        middle: float,
        size: float,
    ) -> None:
        abouts = self._abouts(middle, size) if names else None
        high, about_high = self._heights(middle, size)
        for place, (stage, (name, about, rule)) in enumerate(self.heads.items()):
            base = span[0] + 0.5 * size + about_high
            name.set(
                text=f"{stage}\n{names[place]}" if names else str(stage),
                position=(at[stage], base + high),
                fontsize=size,
                va="top",
            )
            about.set(
                text=abouts[place] if abouts else "",
                position=(at[stage], base - 0.4 * size),
                fontsize=self._small(size),
            )
            rule.set_data([at[stage], at[stage]], [span[0], span[1]])

    def _set_row(  # noqa: PLR0913, PLR0917 - where, how wide and how high
        self,
        row: _Row,
        at: dict[int, float],
        edges: tuple[float, float],
        y: float,
        step: float,
        size: float,
    ) -> None:
        width, left = edges
        half = min(0.25 * step, 0.62 * size)
        mark = min(_MARK * size, 1.5 * half)
        lines = (y + half, y - half, y)
        room = left - 2.2 * size

        def fits(label: str) -> bool:
            return extent(label, self.style, size)[0] <= room + 0.01

        for side in range(_OTHER):
            others = (name for one in self.rows for name in one.labels)
            label = cut(row.labels[side], fits, others=others)
            row.names[side].set(text=label, fontsize=size, position=(1.4 * size, lines[side]))
            row.keys[side].set_data([0.6 * size], [lines[side]])
            row.keys[side].set_markersize(mark)
        row.apart.set(fontsize=size, position=(width, y))
        if row.bar is not None:
            row.bar.set_data([at[row.pair.lowest], at[row.pair.highest]], [y, y])
            row.bar.set_linewidth(min(2.0 * half + 1.25 * mark, 0.86 * step))
        column = (at[_SCALE.high] - at[_SCALE.low]) / (_SCALE.high - _SCALE.low)
        met: dict[int, int] = {}
        for artist, stage, side in row.marks:
            x = at[stage]
            if side == _OTHER:
                x += self._aside(row, stage, met.get(stage, 0), mark, column)
                met[stage] = met.get(stage, 0) + 1
            artist.set_data([x], [lines[side]])
            artist.set_markersize(mark if side < _OTHER else 0.85 * mark)
        assert row.rule is not None  # noqa: S101 - made with the row
        row.rule.set_data([0, width], [y + step / 2, y + step / 2])

    def _aside(self, row: _Row, stage: int, place: int, mark: float, column: float) -> float:
        """Return how far from the middle of a stage others' marks stand, to cover nobody's."""
        here = [side for _, at, side in row.marks if at == stage]
        count = here.count(_OTHER)
        if min(here) == _OTHER:
            return (place - (count - 1) / 2) * min(1.1 * mark, 0.8 * column / count)
        # To the right and to the left of the partners' own by turns.
        step = min(1.1 * mark, 0.42 * column / ((count + 1) // 2))
        return step * (place // 2 + 1) * (-1 if place % 2 else 1)
