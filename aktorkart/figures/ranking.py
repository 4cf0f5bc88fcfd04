"""Who ranks highest, and how firmly: ``figures.ranking``."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from aktorkart.errors import at_least, one_of
from aktorkart.figures.drawing.board import Page
from aktorkart.figures.drawing.lettering import LINE_SPACING, extent, fitted, writable, written
from aktorkart.figures.drawing.paragraphs import SPACING, filled
from aktorkart.figures.drawing.stage import quietly
from aktorkart.i18n import text
from aktorkart.scene.alt_text import ranking as in_words
from aktorkart.scene.counts import COUNTS, told
from aktorkart.scene.counts import written as value_text
from aktorkart.scene.labels import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.network.variants import Rank
    from aktorkart.scene.style import Size, Style

MEASURES = (
    "betweenness",
    "closeness",
    "clustering",
    "constraint",
    "core",
    "degree",
    "degree_alpha",
    "effective_size",
    "eigenvector",
    "farness",
    "harmonic",
    "in_degree",
    "out_degree",
    "pagerank",
    "strength",
)
"""What actors can be ranked by."""

_GAP = 14.0
_BAR = 8.0
# How dark bars are: the dots at their ends are seen.
_FAINT = 0.15
# About so many steps on the axis, of lengths that are easily read.
_STEPS, _LENGTHS = 5, (1.0, 2.0, 5.0, 10.0)
# Where the headings stand, in rows above the first.
_HEAD = -0.62


def ranking(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    measure: str = "betweenness",
    most: int = 15,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    measures: Measures | None = None,
    style: Style | str | None = None,
) -> Axes:
    """Draw who ranks highest, and how firm each rank is.

    A dot at the end of a bar is an actor's value, for degrees a count. At the right stand its
    place, with the best and the worst it had in random variants in which strengths were moved
    a step up, down or not (METHOD 7, firmness of ranks), and the value in figures.

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    measure : str
        One of :data:`MEASURES`.
    most : int
        How many actors to show at the most, from 1.
    title : str, optional
        The title; one that names the measure if left out, none if empty.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    measures : Measures, optional
        The measures of this map, if they are computed already.
    style : Style or str, optional
        The look, or the name of a ready one: "report", "slide", "print" or "dark".

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Dots have the gid ``actor:<id>``, bars ``bar:<id>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such measure or language.
    WrongArgument
        If ``most`` is no whole number from 1, or the page has no such size.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> ax = ranking(kart.with_tie(source="nav", target="dps"), measure="degree", ax=sheet())
    >>> [line.get_gid() for line in ax.lines if line.get_gid().startswith("actor:")]
    ['actor:dps', 'actor:nav']
    """
    from aktorkart.network.measures import expect_measures
    from aktorkart.network.measures import measures as compute

    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    one_of(measure, MEASURES, option="measure")
    at_least(most, 1, option="most")
    expect_measures(measures)
    seen = page.kart
    if measures is None or seen is not kart:
        measures = compute(seen)
    ranked = measures.ranking(measure)
    ranked = tuple(replace(row, value=told(measure, row.value, measures)) for row in ranked)
    name = text(f"measure.{measure}.name", page.lang)
    chart = _Chart(page, measures, measure, ranked[:most], ranked[most:])
    return page.put(
        chart.onto,
        chart.arrange,
        title=page.title(title, "ranking", measure=name),
        alt=in_words.ranking(seen, lang=page.lang, measure=measure, most=most, measures=measures),
        needed=None if ranked else lambda _: 6.0 * page.style.font_size,
    )


@dataclass
class _Chart:
    """Names at the left, values in the middle, places at the right; arranged when drawn."""

    page: Page
    measures: Measures
    measure: str
    rows: Sequence[Rank]
    left_out: Sequence[Rank]
    sized: list[tuple[Text, float]] = field(default_factory=list)
    bars: list[Line2D] = field(default_factory=list)
    dots: list[Line2D] = field(default_factory=list)
    note: tuple[Text, list[str]] | None = None
    of_rows: list[list[Artist]] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)
    fitting: int = 0  # rows that there is room for

    @property
    def style(self) -> Style:
        return self.page.style

    @cached_property
    def names(self) -> list[str]:
        labels = [self.page.kart[row.actor].label for row in self.rows]
        return [wrap(writable(label, self.style), near=34) for label in labels]

    @property
    def size(self) -> float:
        return self.style.font_size * 1.2

    @property
    def small(self) -> float:
        return self.style.font_size * 1.05

    def value(self, value: float) -> str:
        return value_text(self.measure, value, self.page.lang, normalized=self.measures.normalized)

    def values(self) -> list[str]:
        return [self.value(row.value) for row in self.rows]

    @cached_property
    def ticks(self) -> list[float]:
        """Steps of equal length from nothing to beyond the highest value."""
        top = max((row.value for row in self.rows), default=0.0)
        if top <= 0:
            return [0.0]
        size = 10.0 ** math.floor(math.log10(top / _STEPS))
        step = next(one * size for one in _LENGTHS if one * size >= top / _STEPS * (1 - 1e-9))
        if self.measure in COUNTS:
            step = max(1.0, round(step))
        return [step * place for place in range(math.ceil(top / step - 1e-9) + 1)]

    def places(self) -> list[str]:
        return [
            str(row.rank)
            if row.lowest == row.highest
            else self.page.say(
                "place_between",
                rank=row.rank,
                best=row.lowest,
                worst=row.highest,
            )
            for row in self.rows
        ]

    def onto(self, axes: Axes) -> None:
        style = self.style
        self._add_note(axes)
        if not self.rows:
            nobody = self.page.say("ranking_empty")
            empty = self._text(nobody, "left", "top", self.size, style.muted)
            empty.set_transform(axes.transAxes)
            empty.set_position((0, 1))
            quietly(axes, empty, "empty")
            return
        for place, tick in enumerate(self.ticks):
            line = Line2D(
                [tick, tick],
                [-0.5, len(self.rows) - 0.5],
                color=self.style.rule,
                linewidth=0.8,
                linestyle="-",
                marker="",
                zorder=1,
            )
            quietly(axes, line, f"tick:{place}")
            head = self._text(self.value(tick), "center", "bottom", self.small, style.muted)
            head.set_position((tick, _HEAD))
            quietly(axes, head, f"step:{place}")
        values, places = self.values(), self.places()
        aside = self._width([*values, self.page.say("value")]) + _GAP
        for row, rank in enumerate(self.rows):
            id_ = rank.actor
            bar = Line2D(
                [0.0, rank.value],
                [row, row],
                color=self.style.shade(_FAINT),
                linewidth=_BAR,
                linestyle="-",
                marker="",
                solid_capstyle="butt",
                zorder=2,
            )
            self.bars.append(quietly(axes, bar, f"bar:{id_}"))
            dot = Line2D(
                [rank.value],
                [row],
                color=style.palette[0],
                linestyle="",
                marker="o",
                markersize=_BAR,
                markeredgecolor=style.background,
                markeredgewidth=1.0,
                zorder=3,
            )
            self.dots.append(quietly(axes, dot, f"actor:{id_}"))
            written_ = self._beside(axes, 0.0, row, self.names[row], gid=f"label:{id_}")
            place_ = self._beside(axes, 1.0, row, places[row], gid=f"rank:{id_}", inward=aside)
            value_ = self._beside(axes, 1.0, row, values[row], gid=f"value:{id_}")
            self.labels.append(written_)
            self.of_rows.append([bar, dot, written_, place_, value_])
        for column, inward in (("place", aside), ("value", 0.0)):
            self._beside(
                axes, 1.0, _HEAD, self.page.say(column), gid=f"head:{column}", inward=inward
            )

    def _add_note(self, axes: Axes) -> None:
        """Say what stands in brackets, what is left out, and beneath it date, counts and source."""
        style = self.style
        loose = any(row.lowest != row.highest for row in self.rows)
        draws = max((row.draws for row in self.rows), default=0)
        notes = [self.page.say("ranking_note", draws=draws)] if loose else []
        if any(row.lowest is None for row in self.rows):
            notes.append(self.page.say("ranking_not_drawn"))
        middle = self.page.kart.middle
        if middle is not None and middle not in self.measures:
            notes.append(self.page.say("ranking_apart", middle=self.page.kart[middle].label))
        lines = [writable(line, style) for line in (" ".join(notes), self.page.footer()) if line]
        note = self._text("", "left", "bottom", style.legend_size, style.muted)
        note.set_transform(axes.transAxes)
        note.set(position=(0, 0), linespacing=SPACING)
        self.note = quietly(axes, note, "footer"), lines

    def _set_note(self, size: float, width: float) -> float:
        """Write the lines at the foot, and return how high they are."""
        assert self.note is not None  # noqa: S101 - added before anything is arranged
        note, lines = self.note
        size = max(size, self.style.smallest)
        if said := self._left_out():
            lines = [" ".join([*lines[:-1], *said]), lines[-1]]
        # What the bars are takes a second line on narrow pages.
        head = [filled(line, self.style, size, width) for line in lines[:-1]]
        last = fitted(lines[-1], self.style, size, width)
        note.set_text("\n".join(writable(line, self.style) for line in (*head, last) if line))
        note.set_fontsize(size)
        return extent(note.get_text(), self.style, size)[1] * SPACING / LINE_SPACING

    def _left_out(self) -> list[str]:
        """Say how many there is no room for, and who of them share the last place."""
        left_out = [*self.rows[self.fitting :], *self.left_out]
        if not left_out or not self.fitting:
            return []
        last = self.rows[self.fitting - 1].rank
        shared = [self.page.kart[row.actor] for row in left_out if row.rank == last]
        said = [self.page.say("ranking_left_out", n=len(left_out))]
        if shared:
            names = self.page.named(shared)
            said.append(self.page.say("ranking_shared", rank=last, actors=names))
        return said

    def _width(self, texts: Sequence[str]) -> float:
        return max(extent(line, self.style, self.size)[0] for line in texts)

    def _beside(  # noqa: PLR0913 - where, what and what it is called
        self,
        axes: Axes,
        x: float,
        row: float,
        label: str,
        *,
        gid: str,
        inward: float = 0.0,
    ) -> Text:
        """Write in a column at the left (0) or the right (1) edge, or points inside it."""
        head = row == _HEAD
        made = self._text(
            label,
            "right" if x else "left",
            "bottom" if head else "center",
            self.small if head else self.size,
            self.style.muted if head else self.style.ink,
        )
        made.set_transform(
            blended_transform_factory(axes.transAxes, axes.transData)
            + ScaledTranslation(-inward / 72, 0, axes.figure.dpi_scale_trans)
        )
        made.set_position((x, row))
        return quietly(axes, made, gid)  # type: ignore[no-any-return]

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Give the middle what the columns leave, and every row the same height."""
        style, self.fitting = self.style, len(self.rows)
        foot = self._set_note(style.legend_size, width) + 1.4 * style.legend_size
        if not self.rows:
            return
        names = self._wrapped(0.4 * width)
        for made, label in zip(self.labels, names, strict=True):
            made.set_text(label)
        head = 2.0 * self.size
        tallest = max(name.count("\n") for name in names) + 1.3
        lowest = tallest * style.smallest
        if len(self.rows) * lowest > height - head - foot:
            # What cannot be read is left out, and the line below says how much that is.
            self.fitting = max(1, int((height - head - foot) / lowest))
            foot = self._set_note(style.legend_size, width) + 1.4 * style.legend_size
        for place, artists in enumerate(self.of_rows):
            for artist in artists:
                artist.set_visible(place < self.fitting)
        highest = 34.0
        step = min(highest, max(height - head - foot, 1.0) / self.fitting)
        left = self._width(names) + 1.6 * _GAP
        columns = (
            [*self.values(), self.page.say("value")],
            [*self.places(), self.page.say("place")],
        )
        right = sum(self._width(column) + _GAP for column in columns) + 0.6 * _GAP
        # Smaller letters where rows are low or narrow: the middle keeps a third of the width.
        smaller = min(1.0, step / (tallest * self.size), width / (1.5 * (left + right)))
        smaller = max(smaller, style.smallest / self.size)
        for artist, size in self.sized:
            artist.set_fontsize(max(size * smaller, style.smallest))
        for bar in self.bars:
            bar.set_linewidth(min(_BAR, 0.5 * step))
        for dot in self.dots:
            dot.set_markersize(min(_BAR, 0.6 * step))
        self._set_note(style.legend_size * smaller, width)
        left, right = left * smaller, (right - 2 * _GAP) * smaller + 2 * _GAP
        # A little for the round ends: dots at nothing and at the highest step.
        values = max(self.ticks[-1], 1e-9)
        room = max(width - left - right - _BAR, width / 5)
        unit = values / room
        axes.set_xlim(-left * unit, values + (width - left - room) * unit)
        top = -0.5 - head / step
        axes.set_ylim(top + height / step, top)

    def _wrapped(self, room: float) -> list[str]:
        """Break names into lines short enough for their column."""
        labels = [writable(self.page.kart[row.actor].label, self.style) for row in self.rows]
        for near in (34, 26, 20, 16):
            found = [wrap(label, near=near) for label in labels]
            wide = max(extent(name, self.style, self.style.smallest)[0] for name in found)
            if wide <= room:
                break
        return found

    def _text(self, label: str, ha: str, va: str, size: float, color: str) -> Text:
        made = written(label, self.style, size, color=color, ha=ha, va=va)
        self.sized.append((made, size))
        return made
