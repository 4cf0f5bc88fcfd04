"""What informants see differently, tie by tie: ``figures.disagreement``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.comparison.merge import Merged, merge
from aktorkart.errors import at_least, one_of
from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.dumbbells import Dumbbells
from aktorkart.figures.drawing.signs import Sign, sign, square
from aktorkart.figures.drawing.table import Column, Row, Table
from aktorkart.figures.drawing.table_legend import Key, TableLegend
from aktorkart.i18n import number
from aktorkart.scene.alt_text.disagreement import disagreement as in_words
from aktorkart.scene.ratings import Ratings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.ratings import Rated
    from aktorkart.scene.style import Size, Style

VIEWS = ("dumbbells", "heat")
"""How ratings are shown: on a line joined by a bar, or as shades in a table."""

_FEW = 5
# Of each end of a tie, in the heat map: rows are low.
_MOST_LETTERS = 16


def disagreement(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap | Merged | Mapping[str, ActorMap],
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    view: str = "dumbbells",
    most: int = 15,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
) -> Axes:
    """Draw what informants say of the same ties, the least alike first.

    A row for each kind of tie between two actors that two or more informants would have to know
    of, as in `aktorkart.informants` (METHOD 9). As dumbbells each informant's strength is a mark
    of its own, and a bar joins those that differ; as a heat map each informant has a column, and
    the darker a cell the stronger the tie. Who does not report the tie is shown too. Nothing is
    averaged.

    Parameters
    ----------
    kart : ActorMap, Merged or mapping of str to ActorMap
        A map whose ties say who reported them, several that are merged, or each informant's.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    view : {"dumbbells", "heat"}
        How the ratings are shown.
    most : int
        How many ties to show at the most, from 1. How many are left out is said below.
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
        The axes. Ratings have the gid ``rating:<one>–<other>:<kind>:<informant>``, bars
        ``apart:<one>–<other>:<kind>``; cells ``cell:<one>–<other>:<kind>→<informant>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such view, language or style.
    WrongArgument
        If ``most`` is no whole number from 1, or it is given something else than a map; if the
        page has no such size, or is given together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import ActorMap
    >>> ends = {"source": "nav", "target": "dps"}
    >>> kart = ActorMap(
    ...     actors=[{"id": "nav"}, {"id": "dps"}],
    ...     ties=[{**ends, "strength": 4, "informant": "nav"},
    ...           {**ends, "strength": 1, "informant": "dps"}],
    ... )
    >>> ax = disagreement(kart, ax=sheet())
    >>> [line.get_gid() for line in ax.lines if line.get_gid().startswith("rating:")]
    ['rating:dps–nav:contact:dps', 'rating:dps–nav:contact:nav']
    """
    if isinstance(kart, Merged):
        kart = kart.kart
    elif isinstance(kart, Mapping):
        kart = merge(kart).kart
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    one_of(view, VIEWS, option="view")
    at_least(most, 1, option="most")
    found = Ratings.of(page.kart)
    heading = page.title(title, "disagreement_title")
    alt = in_words(page.kart, lang=page.lang, found=found)
    if not found.rows:
        return only_a_note(page, alt, title=heading)
    if view == "heat":
        return _Cells(page, found, found.rows[:most]).table().draw(title=heading, alt=alt)
    chart = Dumbbells(page, found, found.rows[:most])
    return page.put(chart.onto, chart.arrange, title=heading, alt=alt)


@dataclass(frozen=True)
class _Cells:
    """Ties as rows, informants as columns, and what each says."""

    page: Page
    found: Ratings
    rows: tuple[Rated, ...]

    def table(self) -> Table:
        """Return the table of it, with legend and notes."""
        page, found = self.page, self.found
        left_out = len(found.rows) - len(self.rows)
        notes = [page.say("disagreement_left_out", n=left_out)] if left_out else []
        return Table(
            page=page,
            rows=[
                Row(
                    id=row.gid,
                    label=found.label(row, page.lang, _MOST_LETTERS),
                    group=0,
                    rank=at,
                    total="–" if row.apart is None else number(row.apart, page.lang),
                )
                for at, row in enumerate(self.rows)
            ],
            columns=[
                Column(name, found.called(name), 0, str(self.said(name))) for name in found.names
            ],
            cells={
                (at, place): self.signs(row, name)
                for at, row in enumerate(self.rows)
                for place, name in enumerate(found.names)
                if name in row.told.sees or name in row.told.misses
            },
            legend=TableLegend(page.style, self.keys()),
            notes=(" ".join(notes), page.footer()),
            upright=True,
            heads=(page.say("disagreement_apart"), page.say("disagreement_told"), ""),
        )

    def said(self, name: str) -> int:
        """Count the ties that an informant reports, of those shown."""
        return sum(name in row.told.sees for row in self.rows)

    def signs(self, row: Rated, name: str) -> tuple[Sign, ...]:
        """Return what stands in a cell."""
        if name in row.told.misses:
            return self.missed()
        strength = row.told.strengths[name]
        return self.unsaid() if strength is None else self.shaded(strength)

    def missed(self) -> tuple[Sign, ...]:
        style = self.page.style
        return (square("plain", style.background, style.muted), sign("conflict", style.ink))

    def unsaid(self) -> tuple[Sign, ...]:
        style = self.page.style
        return (square("plain", style.background, style.muted), sign("unknown", style.muted))

    def shaded(self, strength: float) -> tuple[Sign, ...]:
        """Return a shade for a strength, the darker the stronger."""
        scale, known = self.page.kart.strength_scale, self.found.strengths()
        low, high = scale or (known[0], known[-1])
        if scale is None and high > low:
            strength_share = math.log(strength / low) / math.log(high / low)
        else:
            strength_share = (strength - low) / (high - low) if high > low else 0.5
        color = self.page.style.shade(strength_share)
        return (square(f"strength:{strength:g}", color, color),)

    def keys(self) -> list[Key]:
        """Say what the shades and signs mean, as far as they are there."""
        page, known = self.page, self.found.strengths()
        if len(known) > _FEW:
            known = [known[0], known[len(known) // 2], known[-1]]
        keys = [Key(page.say("matrix_strength"))]
        keys += [Key(number(one, page.lang), self.shaded(one)) for one in reversed(known)]
        told = [row.told for row in self.rows]
        if any(one is None for row in told for one in row.strengths.values()):
            keys.append(Key(page.say("disagreement_unsaid"), self.unsaid()))
        if any(row.misses for row in told):
            keys.append(Key(page.say("disagreement_silent"), self.missed()))
        return keys
