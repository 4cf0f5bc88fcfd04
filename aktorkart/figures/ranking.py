"""Charts of numbers: ``figures.ranking``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from aktorkart.errors import language, one_of
from aktorkart.figures.drawing.lettering import LINE_SPACING, extent, fitted, writable, written
from aktorkart.figures.drawing.paragraphs import SPACING
from aktorkart.figures.drawing.stage import Stage, clear, new_axes, quietly
from aktorkart.i18n import number, text
from aktorkart.privacy.shown import shown
from aktorkart.scene.footer import footer_text
from aktorkart.scene.labels import wrap
from aktorkart.scene.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.network.variants import Rank

MEASURES = (
    "betweenness",
    "closeness",
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
# How dark bars are: the dots on them are seen.
_FAINT = 0.15
# Where the headings stand, in rows above the first.
_HEAD = -0.62


def ranking(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    measure: str = "betweenness",
    *,
    ax: Axes | None = None,
    lang: str | None = None,
    names: bool | None = None,
    most: int = 15,
    title: str | None = None,
    measures: Measures | None = None,
    style: Style | None = None,
) -> Axes:
    """Draw who ranks highest, and how firm each rank is.

    A dot is an actor's place, the bar behind it the places it could have if every strength
    were one step off (METHOD 7, firmness of ranks). Its value stands at the right.

    Parameters
    ----------
    kart : ActorMap
        The map.
    measure : str
        One of :data:`MEASURES`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new A4 page through pyplot if left out.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    most : int
        How many actors to show at the most, from 1.
    title : str, optional
        The title; one that names the measure if left out, none if empty.
    measures : Measures, optional
        The measures of this map, if they are computed already.
    style : Style, optional
        The look.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Dots have the gid ``actor:<id>``, bars ``interval:<id>``.

    Raises
    ------
    UnknownName
        If there is no such measure or language.
    ValueError
        If ``most`` is below 1.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> ax = ranking(kart.with_tie(source="nav", target="dps"), "degree", ax=sheet())
    >>> [line.get_gid() for line in ax.lines if line.get_gid().startswith("actor:")]
    ['actor:dps', 'actor:nav']
    """
    if most < 1:
        raise ValueError(f"most is at least 1, not {most}")
    look = style or Style()
    said = language(lang, kart.lang)
    one_of(measure, MEASURES, option="measure")
    if measures is None:
        from aktorkart.network.measures import measures as compute

        measures = compute(kart)
    seen = shown(kart, names=names, lang=said)
    ranked = measures.ranking(measure)
    rows = ranked[:most]
    label = {row.actor: seen.kart[seen.ids[row.actor]].label for row in rows}
    name = text(f"measure.{measure}.name", said)
    axes = ax if ax is not None else new_axes(look)
    heading = text("figure.ranking", said, measure=name) if title is None else title
    clear(axes, look, heading=heading)
    chart = _Chart(
        look,
        said,
        name,
        rows,
        [wrap(writable(label[row.actor], look), near=34) for row in rows],
        footer_text(seen.kart, lang=said),
    )
    chart.onto(axes, [seen.ids[row.actor] for row in rows], left_out=len(ranked) - len(rows))
    alt = ranking_alt(rows, label, measure=name, lang=said)
    axes.add_artist(Stage(axes, chart.arrange, title=heading, alt=alt))
    return axes


def ranking_alt(rows: Sequence[Rank], label: dict[str, str], *, measure: str, lang: str) -> str:
    """Say in words what a ranking shows."""
    if not rows:
        return text("figure.ranking_empty", lang)
    said = [text("figure.alt_ranking", lang, measure=measure)]
    named = 3
    for row in rows[:named]:
        code = "alt_ranking_firm" if row.lowest == row.highest else "alt_ranking_row"
        if row.lowest is None:
            code = "alt_ranking_place"
        said.append(
            text(
                f"figure.{code}",
                lang,
                actor=label[row.actor],
                rank=row.rank,
                best=row.lowest,
                worst=row.highest,
            )
        )
    return " ".join(said)


@dataclass
class _Chart:
    """Names at the left, places in the middle, values at the right; arranged when drawn."""

    style: Style
    lang: str
    measure: str
    rows: Sequence[Rank]
    names: Sequence[str]
    footer: str
    sized: list[tuple[Text, float]] = field(default_factory=list)
    bars: list[Line2D] = field(default_factory=list)
    dots: list[Line2D] = field(default_factory=list)
    note: tuple[Text, list[str]] | None = None

    @property
    def size(self) -> float:
        return self.style.font_size * 1.2

    @property
    def small(self) -> float:
        return self.style.font_size * 1.05

    @property
    def last(self) -> int:
        return max((row.highest or row.rank for row in self.rows), default=1)

    def values(self) -> list[str]:
        largest = max((abs(row.value) for row in self.rows), default=0.0)
        few = 10
        digits = 3 if largest < 1 else 2 if largest < few else 1
        if all(float(row.value).is_integer() for row in self.rows):
            digits = 0
        return [
            f"{row.value:.{digits}f}".replace(".", number(0.5, self.lang)[1]) for row in self.rows
        ]

    def places(self) -> list[str]:
        return [
            str(row.rank)
            if row.lowest == row.highest
            else text(
                "figure.place_between",
                self.lang,
                rank=row.rank,
                best=row.lowest,
                worst=row.highest,
            )
            for row in self.rows
        ]

    def onto(self, axes: Axes, ids: Sequence[str], *, left_out: int) -> None:
        style = self.style
        self._add_note(axes, left_out)
        if not self.rows:
            nobody = text("figure.ranking_empty", self.lang)
            empty = self._text(nobody, "left", "top", self.size, style.muted)
            empty.set_transform(axes.transAxes)
            empty.set_position((0, 1))
            quietly(axes, empty, "empty")
            return
        for tick in self._ticks():
            quietly(
                axes,
                Line2D(
                    [tick, tick],
                    [-0.5, len(self.rows) - 0.5],
                    color=self.style.rule,
                    linewidth=0.8,
                    linestyle="-",
                    marker="",
                    zorder=1,
                ),
                f"tick:{tick}",
            )
            place = f"{text('figure.place', self.lang)} 1" if tick == 1 else str(tick)
            side = "right" if tick == 1 else "center"
            head = self._text(place, side, "bottom", self.small, style.muted)
            head.set_position((tick, _HEAD))
            quietly(axes, head, f"place:{tick}")
        values, places = self.values(), self.places()
        aside = self._width([*values, text("figure.value", self.lang)]) + _GAP
        for row, (rank, id_) in enumerate(zip(self.rows, ids, strict=True)):
            bar = Line2D(
                [rank.lowest or rank.rank, rank.highest or rank.rank],
                [row, row],
                color=self.style.shade(_FAINT),
                linewidth=_BAR,
                linestyle="-",
                marker="",
                solid_capstyle="round",
                zorder=2,
            )
            self.bars.append(quietly(axes, bar, f"interval:{id_}"))
            dot = Line2D(
                [rank.rank],
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
            self._beside(axes, 0.0, row, self.names[row], gid=f"label:{id_}")
            self._beside(axes, 1.0, row, places[row], gid=f"rank:{id_}", inward=aside)
            self._beside(axes, 1.0, row, values[row], gid=f"value:{id_}")
        for column, inward in (("place", aside), ("value", 0.0)):
            said = text(f"figure.{column}", self.lang)
            self._beside(axes, 1.0, _HEAD, said, gid=f"head:{column}", inward=inward)

    def _add_note(self, axes: Axes, left_out: int) -> None:
        """Say what the bars are and what is left out, and beneath it date, counts and source."""
        style = self.style
        loose = any(row.lowest != row.highest for row in self.rows)
        notes = [text("figure.ranking_note", self.lang)] if loose else []
        if any(row.lowest is None for row in self.rows):
            notes.append(text("figure.ranking_not_drawn", self.lang))
        if left_out:
            notes.append(text("figure.ranking_left_out", self.lang, n=left_out))
        lines = [writable(line, style) for line in (" ".join(notes), self.footer) if line]
        note = self._text("", "left", "bottom", style.legend_size, style.muted)
        note.set_transform(axes.transAxes)
        note.set(position=(0, 0), linespacing=SPACING)
        self.note = quietly(axes, note, "footer"), lines

    def _set_note(self, size: float, width: float) -> float:
        """Write the lines at the foot, and return how high they are."""
        assert self.note is not None  # noqa: S101 - added before anything is arranged
        note, lines = self.note
        note.set_text("\n".join(fitted(line, self.style, size, width) for line in lines))
        note.set_fontsize(size)
        return extent(note.get_text(), self.style, size)[1] * SPACING / LINE_SPACING

    def _width(self, texts: Sequence[str]) -> float:
        return max(extent(said, self.style, self.size)[0] for said in texts)

    def _beside(  # noqa: PLR0913 - where, what and what it is called
        self,
        axes: Axes,
        x: float,
        row: float,
        said: str,
        *,
        gid: str,
        inward: float = 0.0,
    ) -> None:
        """Write in a column at the left (0) or the right (1) edge, or points inside it."""
        head = row == _HEAD
        made = self._text(
            said,
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
        quietly(axes, made, gid)

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Give the middle what the columns leave, and every row the same height."""
        foot = self._set_note(self.style.legend_size, width) + 1.4 * self.style.legend_size
        if not self.rows:
            return
        head = 2.0 * self.size
        highest = 34.0
        step = min(highest, max(height - head - foot, 1.0) / len(self.rows))
        left = self._width(self.names) + 1.6 * _GAP
        columns = (
            [*self.values(), text("figure.value", self.lang)],
            [*self.places(), text("figure.place", self.lang)],
        )
        right = sum(self._width(column) + _GAP for column in columns) + 0.6 * _GAP
        # Smaller letters where rows are low or narrow: the middle keeps a third of the width.
        tallest = max(name.count("\n") for name in self.names) + 1.3
        smaller = min(1.0, step / (tallest * self.size), width / (1.5 * (left + right)))
        smaller = max(0.45, smaller)
        for artist, size in self.sized:
            artist.set_fontsize(size * smaller)
        for bar in self.bars:
            bar.set_linewidth(min(_BAR, 0.5 * step))
        for dot in self.dots:
            dot.set_markersize(min(_BAR, 0.6 * step))
        self._set_note(self.style.legend_size * smaller, width)
        left, right = left * smaller, (right - 2 * _GAP) * smaller + 2 * _GAP
        # Half a place at either end, and a little for the round ends of the bars.
        places = self.last - 1 + 0.6
        room = max(width - left - right, width / 5)
        unit = places / room
        axes.set_xlim(0.7 - left * unit, 0.7 + places + (width - left - room) * unit)
        top = -0.5 - head / step
        axes.set_ylim(top + height / step, top)

    def _ticks(self) -> list[int]:
        few, many = 8, 30
        step = 1 if self.last <= few else 5 if self.last <= many else 10
        return [1, *range(step if step > 1 else 2, self.last + 1, step)]

    def _text(self, said: str, ha: str, va: str, size: float, color: str) -> Text:
        made = written(said, self.style, size, color=color, ha=ha, va=va)
        self.sized.append((made, size))
        return made
