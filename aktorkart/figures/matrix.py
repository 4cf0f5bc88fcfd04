"""Who has a channel to whom, as a table of actors by actors: ``figures.matrix``."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aktorkart.figures.drawing.blocks import MOST, Block, Blocks
from aktorkart.figures.drawing.boards import Board, Drawing, Space, begin, capital, finish
from aktorkart.figures.drawing.lattice import Lattice
from aktorkart.figures.drawing.panels import Rect
from aktorkart.figures.drawing.pieces import Piece, sign, square
from aktorkart.figures.drawing.sidebar import Key, Sidebar
from aktorkart.figures.drawing.spans import Column, Row
from aktorkart.figures.drawing.stage import new_axes
from aktorkart.i18n import number, text
from aktorkart.privacy.shown import shown
from aktorkart.scene.footer import footer_text
from aktorkart.scene.groups import ATTRIBUTES, groups
from aktorkart.scene.style import on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap, Tie
    from aktorkart.network.measures import Measures
    from aktorkart.scene.style import Style

# Of several things that are wrong between two, the gravest is shown.
_WRONG = ("conflict", "broken", "strained", "missing")
_FEW = 5
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def matrix(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    group: str = "line",
    lang: str | None = None,
    names: bool | None = None,
    style: Style | None = None,
    title: str | None = None,
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
        Where to draw; a new A4 page through pyplot if left out.
    group : str
        What the actors are grouped by, as in `aktorkart.measures`: line, level, kind,
        organisation, community or a tag. Of several, an actor's first counts.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    style : Style, optional
        The look.
    title : str, optional
        The title; a general one if left out, none if empty.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Cells have the gid ``cell:<from>→<to>`` up to 500 of them, names
        ``label:<id>``.

    Raises
    ------
    UnknownName
        If there is nothing to group by under that name, or there is no such language.

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
    from aktorkart.network.measures import measures

    drawing = begin(kart, lang=lang, names=names, style=style)
    ids = shown(kart, names=names, lang=drawing.lang).ids
    measured = measures(kart, group=group)
    axes = ax if ax is not None else new_axes(drawing.style)
    heading = drawing.say("matrix") if title is None else title
    if not kart.actors:
        nobody = drawing.say("matrix_empty")
        board = Board(drawing.style, {"note": drawing.note(nobody)}, _nothing_but_a_note)
        return finish(drawing, axes, board, heading=heading, alt=nobody)
    table = _Table.of(drawing, measured, ids, group)
    lattice = table.lattice()
    board = Board(drawing.style, {}, lattice.compose, lattice.finish, largest=1.4)
    finish(drawing, axes, board, heading=heading, alt=table.alt())
    lattice.onto(axes)
    return axes


def _nothing_but_a_note(space: Space) -> dict[str, Rect]:
    return {"note": Rect(0, 0, space.width, space.height)}


@dataclass(frozen=True)
class _Between:
    """What there is from one actor to another."""

    channel: bool = False
    strength: float | None = None
    wrong: str | None = None

    def and_(self, tie: Tie) -> _Between:
        if tie.is_channel:
            known = [one for one in (self.strength, tie.strength) if one is not None]
            return _Between(True, max(known, default=None), self.wrong)  # noqa: FBT003 - a field
        wrong = (
            "missing" if tie.needed else "conflict" if tie.kind == "conflict" else str(tie.quality)
        )
        gravest = min((one for one in (self.wrong, wrong) if one), key=_WRONG.index)
        return _Between(self.channel, self.strength, gravest)


@dataclass(frozen=True)
class _Table:
    """Who stands where, and what is between them."""

    drawing: Drawing
    order: Sequence[str]
    member: Mapping[str, int]
    groups: Sequence[str]
    title: str
    between: Mapping[tuple[str, str], _Between]

    @classmethod
    def of(cls, drawing: Drawing, measured: Measures, ids: Mapping[str, str], group: str) -> _Table:
        seen = drawing.kart
        found: dict[str, str] = {}
        if group == "community":
            communities = measured.communities
            names = {}
            for place, members in enumerate(communities.groups if communities else (), start=1):
                names[str(place)] = drawing.say("community", number=str(place))
                found |= {ids[id_]: str(place) for id_ in members}
            title = drawing.say("by.community")
        else:
            # Organisations and tags are not shown where roles stand for names.
            tags = {tag for actor in seen.actors for tag in actor.tags}
            by = group if group in {*ATTRIBUTES, *tags} else None
            grouped = groups(
                seen, by, lang=drawing.lang, measures=lambda: measured, most=len(seen.actors)
            )
            names, title = dict(grouped.names), grouped.title
            found = {id_: several[0] for id_, several in grouped.members.items() if several}
        there = [name for name in names if name in found.values()]
        places = {name: at for at, name in enumerate(there)}
        member = {
            actor.id: places.get(found.get(actor.id, ""), len(there)) for actor in seen.actors
        }
        said = [capital(names[name]) for name in there]
        if len(there) in member.values():
            rest = {seen[id_].kind for id_, at in member.items() if at == len(there)}
            forums = group == "line" and rest == {"arena"}
            said.append(drawing.say("levels_lane.arena" if forums else "no_group"))
            said[-1] = capital(said[-1])
        value = {ids[id_]: measured[id_].betweenness or 0.0 for id_ in measured}
        by_name = {actor.id: at for at, actor in enumerate(drawing.sorted(seen.actors))}
        order = sorted(member, key=lambda id_: (member[id_], -value[id_], by_name[id_]))
        between: dict[tuple[str, str], _Between] = {}
        for tie in seen.ties_in_force:
            pairs = [(tie.source, tie.target), (tie.target, tie.source)]
            for pair in pairs if tie.mutual else pairs[:1]:
                between[pair] = between.get(pair, _Between()).and_(tie)
        return cls(drawing, order, member, said, title, between)

    def channels(self) -> list[tuple[str, str]]:
        return [pair for pair, what in self.between.items() if what.channel]

    def share(self, one: int, other: int) -> float | None:
        """Return the share of possible channels from one group to another; None if none."""
        sizes = [sum(mine == at for mine in self.member.values()) for at in (one, other)]
        possible = sizes[0] * (sizes[1] - (one == other))
        if not possible:
            return None
        return self.sums[one, other] / possible

    @cached_property
    def sums(self) -> Counter[tuple[int, int]]:
        """How many channels go from one group to another."""
        return Counter((self.member[tail], self.member[head]) for tail, head in self.channels())

    def lattice(self) -> Lattice:
        drawing = self.drawing
        seen = drawing.kart
        place = {id_: at for at, id_ in enumerate(self.order)}
        outward = dict.fromkeys(self.order, 0)
        inward = dict.fromkeys(self.order, 0)
        for tail, head in self.channels():
            outward[tail] += 1
            inward[head] += 1
        # Where not all can be named, those with most channels are, the first of each group before.
        firsts = {min(place[i] for i in self.order if self.member[i] == at) for at in self.used}
        ranked = sorted(
            self.order,
            key=lambda id_: (
                id_ != seen.focal,
                place[id_] not in firsts,
                -outward[id_] - inward[id_],
                place[id_],
            ),
        )
        rows = [
            Row(
                id=id_,
                said=seen[id_].label,
                group=self.member[id_],
                rank=ranked.index(id_),
                total=str(outward[id_]),
                number=str(place[id_] + 1),
                bold=id_ == seen.focal,
            )
            for id_ in self.order
        ]
        columns = [
            Column(id_, str(place[id_] + 1), self.member[id_], str(inward[id_]))
            for id_ in self.order
        ]
        cells = {
            (place[tail], place[head]): self.pieces(what)
            for (tail, head), what in self.between.items()
        }
        itself = square("itself", drawing.style.rule, drawing.style.rule)
        cells |= {(at, at): (itself,) for at in place.values()}
        several = len(self.groups) > 1
        letters = [_letter(at) for at in range(len(self.groups))] if several else []
        used = [letters[at] for at in self.used] if several else []
        return Lattice(
            drawing,
            rows,
            columns,
            cells,
            Sidebar(drawing.style, self.keys(), self.blocks(used) if several else None),
            (drawing.say("matrix_note"), footer_text(seen, lang=drawing.lang)),
            letters=used,
            heads=(drawing.say("matrix_out"), drawing.say("matrix_in"), ""),
        )

    def blocks(self, letters: Sequence[str]) -> Blocks:
        drawing, used = self.drawing, self.used
        sizes = Counter(self.member.values())
        few = len(used) <= MOST
        return Blocks(
            drawing.style,
            drawing.say("matrix_sums" if few else "matrix_groups", group=self.title),
            letters,
            [
                f"{self.groups[at]}: {text('model.actors', drawing.lang, n=sizes[at])}"
                for at in used
            ],
            {
                (row, column): Block(self.sums[one, other], self.share(one, other))
                for row, one in enumerate(used if few else ())
                for column, other in enumerate(used)
            },
        )

    @property
    def used(self) -> list[int]:
        """The groups that have members, in order."""
        return sorted(set(self.member.values()))

    # --- what stands in the cells

    @property
    def strengths(self) -> list[float]:
        return sorted(
            {
                what.strength
                for what in self.between.values()
                if what.channel and what.strength is not None
            }
        )

    def shade(self, strength: float) -> str:
        scale = self.drawing.kart.strength_scale
        if scale is not None:
            low, high = scale
            return self.drawing.style.shade((strength - low) / (high - low))
        # Counts without an upper end are compared by how many times as large they are.
        low, high = math.log(self.strengths[0]), math.log(self.strengths[-1])
        share = (math.log(strength) - low) / (high - low) if high > low else 0.5
        return self.drawing.style.shade(share)

    def pieces(self, what: _Between) -> tuple[Piece, ...]:
        style = self.drawing.style
        found: list[Piece] = []
        ground = style.background
        if what.channel and what.strength is None:
            found += [square("plain", style.background, style.muted), sign("unknown", style.muted)]
        elif what.channel and what.strength is not None:
            ground = self.shade(what.strength)
            found.append(square(f"strength:{what.strength:g}", ground, ground))
        if what.wrong:
            ink = on(ground, ink=style.ink, background=style.background)
            found.append(sign(what.wrong, ink))
        return tuple(found)

    def keys(self) -> list[Key]:
        drawing = self.drawing
        known = self.strengths
        there = list(self.between.values())
        lines: list[Key] = []
        unknown = any(what.channel and what.strength is None for what in there)
        if known or unknown:
            lines.append(Key(drawing.say("matrix_strength")))
        if len(known) > _FEW:
            known = [known[0], known[len(known) // 2], known[-1]]
        for strength in reversed(known):
            said = number(strength, drawing.lang)
            code = {known[-1]: "strongest", known[0]: "weakest"}.get(strength)
            if code and len(known) > 1:
                said = drawing.say(code, strength=said)
            lines.append(Key(said, self.pieces(_Between(channel=True, strength=strength))))
        if unknown:
            said = drawing.say("strength_unknown")
            lines.append(Key(said, self.pieces(_Between(channel=True))))
        signs = [
            Key(self.wrong_name(wrong), self.pieces(_Between(wrong=wrong)))
            for wrong in reversed(_WRONG)
            if any(what.wrong == wrong for what in there)
        ]
        if signs:
            lines += [Key(drawing.say("matrix_wrong")), *signs]
        return lines

    def wrong_name(self, wrong: str) -> str:
        if wrong == "missing":
            return self.drawing.say("missing")
        if wrong == "conflict":
            return self.drawing.kart.tie_kind_name(wrong, self.drawing.lang)
        return text(f"quality.{wrong}", self.drawing.lang)

    # --- in words

    def alt(self) -> str:
        drawing, n = self.drawing, len(self.order)
        said = [drawing.say("matrix") + "."]
        channels = len(self.channels())
        if n > 1:
            said.append(
                drawing.say(
                    "matrix_alt", n=channels, possible=n * (n - 1), share=channels / (n * (n - 1))
                )
            )
        if len(self.used) > 1 and channels:
            inside = [(share, at) for at in self.used if (share := self.share(at, at)) is not None]
            if inside:
                share, at = max(inside, key=lambda one: (one[0], -one[1]))
                said.append(drawing.say("matrix_alt_most", group=self.groups[at], share=share))
            apart = sum(
                self.share(one, other) == 0 and self.share(other, one) == 0
                for one in self.used
                for other in self.used
                if one < other
            )
            if apart:
                said.append(drawing.say("matrix_alt_apart", n=apart))
        ties = drawing.kart.ties_in_force
        for code, count in (
            ("strained", sum(tie.quality == "strained" and not tie.needed for tie in ties)),
            ("broken", sum(tie.quality == "broken" and not tie.needed for tie in ties)),
            ("missing", sum(tie.needed for tie in ties)),
        ):
            if count:
                said.append(drawing.say(f"alt_{code}", n=count))
        return " ".join(said)


def _letter(at: int) -> str:
    """Return the sign of a group: A to Z, then AA and so on."""
    first, last = divmod(at, len(_LETTERS))
    return (_LETTERS[first - 1] if first else "") + _LETTERS[last]
