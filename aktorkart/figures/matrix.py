"""Who has a channel to whom, as a table of actors by actors: ``figures.matrix``."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.signs import Sign, sign, square
from aktorkart.figures.drawing.table import Column, Row, Table
from aktorkart.figures.drawing.table_legend import MOST, Block, Groups, Key, TableLegend
from aktorkart.i18n import number, text
from aktorkart.scene.alt_text import matrix as in_words
from aktorkart.scene.channels import WRONG, Between, Channels, check_group
from aktorkart.scene.style import on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.scene.style import Size, Style

# Beyond these, names on end above the columns would be too small to read.
_MOST_NAMED = 16
_FEW = 5
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def matrix(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    group: str = "line",
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    measures: Measures | None = None,
    style: Style | str | None = None,
) -> Axes:
    """Draw who has a channel to whom: rows are from, columns are to.

    Actors stand in groups, in each of them those first who most often stand between others
    (METHOD 7, betweenness). The darker a cell, the stronger the strongest channel; signs mark
    what is strained, broken, in conflict or needed and missing. Sums stand at the edges, and
    beside the key how many channels there are within and between the groups, and their share
    of those possible.

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    group : str
        What the actors are grouped by, as in `aktorkart.measures`: line, level, kind,
        organisation, community or a tag. Of several, an actor's first counts.
    title : str, optional
        The title; a general one if left out, none if empty.
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
        The axes. Cells have the gid ``cell:<from>→<to>`` up to 500 of them, names
        ``label:<id>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is nothing to group by under that name, or there is no such language.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> ax = matrix(kart.with_tie(source="nav", target="dps", mutual=False), ax=sheet())
    >>> gids = {artist.get_gid() for artist in ax.patches}
    >>> "cell:nav→dps" in gids, "cell:dps→nav" in gids
    (True, False)
    """
    from aktorkart.network.measures import expect_measures
    from aktorkart.network.measures import measures as compute

    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    check_group(kart, group)
    expect_measures(measures)
    seen = page.kart
    heading = page.title(title, "matrix")
    if nothing := in_words.too_few(page):
        return only_a_note(page, nothing, title=heading)
    if measures is None or seen is not kart:
        measures = compute(seen)
    cells = _Cells(page, Channels.of(page, measures, group))
    alt = in_words.matrix(seen, lang=page.lang, group=group, measures=measures)
    return cells.table().draw(title=heading, alt=alt)


@dataclass(frozen=True)
class _Cells:
    """What is between the actors, as rows, columns and signs."""

    page: Page
    found: Channels

    def table(self) -> Table:
        """Return the table of it, with sums, legend and notes."""
        page, found = self.page, self.found
        seen, order, member = page.kart, found.order, found.member
        row_of = {id_: at for at, id_ in enumerate(order)}
        outward = Counter(tail for tail, _ in found.pairs)
        inward = Counter(head for _, head in found.pairs)
        # Where not all can be named, those with most channels are, the first of each group before.
        firsts = {min(row_of[id_] for id_ in order if member[id_] == at) for at in found.used}
        ranked = sorted(
            order,
            key=lambda id_: (
                id_ != seen.focal,
                row_of[id_] not in firsts,
                -outward[id_] - inward[id_],
                row_of[id_],
            ),
        )
        cells = {
            (row_of[tail], row_of[head]): self.signs(what)
            for (tail, head), what in found.between.items()
        }
        itself = square("itself", page.style.rule, page.style.rule)
        cells |= {(at, at): (itself,) for at in row_of.values()}
        letters = [_letter(at) for at in found.used] if len(found.groups) > 1 else []
        return Table(
            page=page,
            rows=[
                Row(
                    id=id_,
                    label=seen[id_].label,
                    group=member[id_],
                    rank=ranked.index(id_),
                    total=str(outward[id_]),
                    number=str(at + 1),
                    bold=id_ == seen.focal,
                )
                for at, id_ in enumerate(order)
            ],
            columns=[
                Column(id_, seen[id_].label, member[id_], str(inward[id_]), number=str(at + 1))
                for at, id_ in enumerate(order)
            ],
            cells=cells,
            legend=TableLegend(page.style, self.keys(), self.groups(letters) if letters else None),
            notes=(page.say("matrix_note"), page.footer()),
            # Where there is room names stand above their columns, else the numbers of their rows.
            upright=len(order) <= _MOST_NAMED,
            square=True,
            letters=letters,
            heads=(page.say("matrix_out"), page.say("matrix_in"), ""),
        )

    def groups(self, letters: Sequence[str]) -> Groups:
        """Return what the groups are called, and what is between them if they are few."""
        page, found = self.page, self.found
        sizes = Counter(found.member.values())
        few = len(found.used) <= MOST
        return Groups(
            page.style,
            page.say("matrix_sums" if few else "matrix_groups", group=found.title),
            letters,
            [
                f"{found.groups[at]}: {text('model.actors', page.lang, n=sizes[at])}"
                for at in found.used
            ],
            {
                (row, column): Block(found.sums[one, other], found.share(one, other))
                for row, one in enumerate(found.used if few else ())
                for column, other in enumerate(found.used)
            },
            named=page.say("matrix_groups", group=found.title),
        )

    # --- what stands in the cells

    @property
    def strengths(self) -> list[float]:
        return sorted({what.seen for what in self.found.between.values() if what.seen is not None})

    def shade(self, strength: float) -> str:
        scale = self.page.kart.strength_scale
        if scale is not None:
            low, high = scale
            return self.page.style.shade((strength - low) / (high - low))
        # Counts without an upper end are compared by how many times as large they are.
        low, high = math.log(self.strengths[0]), math.log(self.strengths[-1])
        share = (math.log(strength) - low) / (high - low) if high > low else 0.5
        return self.page.style.shade(share)

    def signs(self, what: Between) -> tuple[Sign, ...]:
        style = self.page.style
        signs: list[Sign] = []
        ground = style.background
        if what.channel and what.strength is None:
            signs += [square("plain", style.background, style.muted), sign("unknown", style.muted)]
        elif what.seen is not None:
            ground = self.shade(what.seen)
            signs.append(square(f"strength:{what.seen:g}", ground, ground))
        if what.wrong:
            ink = on(ground, ink=style.ink, background=style.background)
            signs.append(sign(what.wrong, ink))
        return tuple(signs)

    def keys(self) -> list[Key]:
        page = self.page
        known = self.strengths
        there = list(self.found.between.values())
        lines: list[Key] = []
        unknown = any(what.channel and what.strength is None for what in there)
        if known or unknown:
            lines.append(Key(page.say("matrix_strength")))
        if len(known) > _FEW:
            known = [known[0], known[len(known) // 2], known[-1]]
        for strength in reversed(known):
            label = number(strength, page.lang)
            code = {known[-1]: "strongest", known[0]: "weakest"}.get(strength)
            if code and len(known) > 1:
                label = page.say(code, strength=label)
            lines.append(Key(label, self.signs(Between(channel=True, strength=strength))))
        if unknown:
            lines.append(Key(page.say("strength_unknown"), self.signs(Between(channel=True))))
        wrong_keys = [
            Key(self.wrong_name(wrong), self.signs(Between(wrong=wrong)))
            for wrong in reversed(WRONG)
            if any(what.wrong == wrong for what in there)
        ]
        if wrong_keys:
            lines += [Key(page.say("matrix_wrong")), *wrong_keys]
        return lines

    def wrong_name(self, wrong: str) -> str:
        if wrong == "missing":
            return self.page.say("missing")
        if wrong == "conflict":
            return self.page.kart.tie_kind_name(wrong, self.page.lang)
        return text(f"quality.{wrong}", self.page.lang)


def _letter(at: int) -> str:
    """Return the sign of a group: A to Z, then AA and so on."""
    first, last = divmod(at, len(_LETTERS))
    return (_LETTERS[first - 1] if first else "") + _LETTERS[last]
