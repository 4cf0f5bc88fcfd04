"""Who sits together where: ``figures.arenas``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.figures.drawing.area import Mark
from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.signs import Sign, shape, sign
from aktorkart.figures.drawing.table import Column, Row, Table
from aktorkart.figures.drawing.table_legend import Key, TableLegend
from aktorkart.i18n import sort_key, text
from aktorkart.scene.alt_text import arenas as in_words
from aktorkart.scene.marks import SHAPES
from aktorkart.scene.seats import VOICE, WRONG, Seats

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style


def arenas(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
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
    """Draw who sits together where: members by arenas.

    A mark says that the actor has a membership in force in the arena; its shape is the line of
    service. Beneath each arena stands whether a peer or a user organisation is a member, as
    `aktorkart.care.user_voice` says it (METHOD 6.10), or else users or next of kin themselves.
    Memberships that are strained, broken or needed and missing are signs, and are not counted.

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
        The title; a general one if left out, none if empty.
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
        The axes. Marks have the gid ``cell:<actor>→<arena>``, up to 500 of them.

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
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav", kind="nav"), Actor(id="rad", kind="arena")])
    >>> ax = arenas(kart.with_tie(source="nav", target="rad", kind="membership"), ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("cell:")]
    ['cell:nav→rad']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    heading = page.title(title, "arenas")
    seats = Seats.of(page.kart)
    if not seats.rows:
        note = seats.note(page) if seats.voices else page.say("arenas_none")
        return only_a_note(page, note, title=heading)
    alt = in_words.arenas(page.kart, lang=page.lang)
    return _Cells(page, seats).table().draw(title=heading, alt=alt)


@dataclass(frozen=True)
class _Cells:
    """Seats as rows, columns and signs."""

    page: Page
    seats: Seats

    def mark(self, id_: str) -> Mark:
        style = self.page.style
        return Mark(self.page.shape(self.page.kart[id_]), style.plain, style.ink)

    def table(self) -> Table:
        """Return the table of them, with sums, legend and notes."""
        page, seen, style, seats = self.page, self.page.kart, self.page.style, self.seats
        members = Counter(arena for _, arena in seats.sits)

        def name(id_: str) -> tuple[object, str]:
            return sort_key(seen[id_].label, page.lang), id_

        group = {id_: list(SHAPES).index(self.mark(id_).shape) for id_ in seats.rows}
        order = sorted(group, key=lambda id_: (group[id_], -seats.counts[id_], name(id_)))
        columns = sorted(seats.voices, key=lambda id_: (-members[id_], name(id_)))
        ranked = sorted(order, key=lambda id_: (-seats.counts[id_], order.index(id_)))
        cells: dict[tuple[int, int], tuple[Sign, ...]] = {}
        for row, member in enumerate(order):
            for column, arena in enumerate(columns):
                if (member, arena) in seats.sits:
                    cells[row, column] = (shape(self.mark(member), style),)
                elif (member, arena) in seats.wrong:
                    cells[row, column] = (sign(seats.wrong[member, arena], style.ink),)
        return Table(
            page=page,
            rows=[
                Row(
                    id=id_,
                    label=seen[id_].label,
                    group=group[id_],
                    rank=ranked.index(id_),
                    total=str(seats.counts[id_]),
                    bold=id_ == seen.focal,
                )
                for id_ in order
            ],
            columns=[
                Column(id_, seen[id_].label, 0, str(members[id_]), self.voice(seats.voices[id_]))
                for id_ in columns
            ],
            cells=cells,
            legend=TableLegend(style, self.keys()),
            notes=(seats.note(page), page.footer()),
            upright=True,
            heads=(page.say("arenas_sum"), page.say("arenas_members"), page.say("arenas_voice")),
        )

    def voice(self, case: str) -> tuple[Sign, ...]:
        """Return what stands beneath an arena: a dark or an open mark, a cross, nothing."""
        style = self.page.style
        if case == "representative":
            return (shape(Mark("first", style.ink, style.ink), style),)
        if case == "user":
            return (shape(Mark("personal", style.background, style.ink), style),)
        return (sign("conflict", style.conflict),) if case == "none" else ()

    def keys(self) -> list[Key]:
        page, style, seats = self.page, self.page.style, self.seats
        found = {self.mark(member).shape for member, _ in seats.sits}
        keys = [Key(page.say("shape"))] if found else []
        keys += [
            Key(page.shape_name(one), (shape(Mark(one, style.plain, style.ink), style),))
            for one in SHAPES
            if one in found
        ]
        if seats.wrong:
            keys.append(Key(page.say("matrix_wrong")))
        for wrong in reversed(WRONG):
            if wrong in seats.wrong.values():
                missing = wrong == "missing"
                label = page.say("missing") if missing else text(f"quality.{wrong}", page.lang)
                keys.append(Key(label, (sign(wrong, style.ink),)))
        cases = [case for case in VOICE if case in seats.voices.values()]
        if cases:
            keys.append(Key(page.say("arenas_about")))
            keys += [
                Key(text(f"figure.arenas_voices.{case}", page.lang), self.voice(case))
                for case in cases
            ]
        return keys
