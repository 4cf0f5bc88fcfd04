"""Who sits together where: ``figures.arenas``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.care.user_voice import seat, user_voice
from aktorkart.figures.drawing.boards import Board, Drawing, Space, begin, finish
from aktorkart.figures.drawing.lattice import Lattice
from aktorkart.figures.drawing.panels import Mark, Rect
from aktorkart.figures.drawing.pieces import Piece, shape, sign
from aktorkart.figures.drawing.sidebar import Key, Sidebar
from aktorkart.figures.drawing.spans import Column, Row
from aktorkart.figures.drawing.stage import new_axes
from aktorkart.i18n import sort_key, text
from aktorkart.scene.footer import footer_text
from aktorkart.scene.marks import SHAPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Style

_WRONG = ("broken", "strained", "missing")
_SIZED = list(SHAPES)


def arenas(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    lang: str | None = None,
    names: bool | None = None,
    style: Style | None = None,
    title: str | None = None,
) -> Axes:
    """Draw who sits together where: members by arenas.

    A mark says that the actor has a membership in force in the arena; its shape is the line of
    service. Beneath each arena stands whether a peer or a user organisation is a member, as
    `aktorkart.care.user_voice` says it (METHOD 6.10). Memberships that are strained, broken or
    needed and missing are signs, and are not counted.

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new A4 page through pyplot if left out.
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
        The axes. Marks have the gid ``cell:<actor>→<arena>``, up to 500 of them.

    Raises
    ------
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav", kind="nav"), Actor(id="rad", kind="arena")])
    >>> ax = arenas(kart.with_tie(source="nav", target="rad", kind="membership"), ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("cell:")]
    ['cell:nav→rad']
    """
    drawing = begin(kart, lang=lang, names=names, style=style)
    axes = ax if ax is not None else new_axes(drawing.style)
    heading = drawing.say("arenas") if title is None else title
    seats = _Seats.of(drawing)
    if not seats.voices:
        nothing = drawing.say("arenas_none")
        board = Board(drawing.style, {"note": drawing.note(nothing)}, _nothing_but_a_note)
        return finish(drawing, axes, board, heading=heading, alt=nothing)
    lattice = seats.lattice()
    board = Board(drawing.style, {}, lattice.compose, lattice.finish, largest=1.4)
    finish(drawing, axes, board, heading=heading, alt=seats.alt())
    lattice.onto(axes)
    return axes


def _nothing_but_a_note(space: Space) -> dict[str, Rect]:
    return {"note": Rect(0, 0, space.width, space.height)}


@dataclass(frozen=True)
class _Seats:
    """Who sits where, and where users have a voice."""

    drawing: Drawing
    sits: frozenset[tuple[str, str]]
    wrong: Mapping[tuple[str, str], str]
    voices: Mapping[str, str]
    """What `user_voice` says of each arena."""

    @classmethod
    def of(cls, drawing: Drawing) -> _Seats:
        seen = drawing.kart
        voices = {
            found.actors[0]: found.case
            for found in user_voice(seen)
            if found.case in {"in_arena", "not_in_arena", "no_members"}
        }
        sits: set[tuple[str, str]] = set()
        wrong: dict[tuple[str, str], str] = {}
        for tie in seen.ties_in_force:
            taken = seat(seen, tie)
            if taken is None:
                continue
            if tie.is_channel:
                sits.add(taken)
                continue
            case = "missing" if tie.needed else str(tie.quality)
            wrong[taken] = min(wrong.get(taken, case), case, key=_WRONG.index)
        return cls(drawing, frozenset(sits), wrong, voices)

    def shape(self, id_: str) -> Mark:
        style = self.drawing.style
        actor = self.drawing.kart[id_]
        return Mark(self.drawing.shape(actor), style.plain, style.ink)

    def lattice(self) -> Lattice:
        drawing, seen, style = self.drawing, self.drawing.kart, self.drawing.style
        seats = Counter(member for member, _ in self.sits)
        members = Counter(arena for _, arena in self.sits)

        def name(id_: str) -> tuple[object, str]:
            return sort_key(seen[id_].label, drawing.lang), id_

        there = {member for member, _ in (*self.sits, *self.wrong)}
        group = {id_: _SIZED.index(self.shape(id_).shape) for id_ in there}
        order = sorted(there, key=lambda id_: (group[id_], -seats[id_], name(id_)))
        columns = sorted(self.voices, key=lambda id_: (-members[id_], name(id_)))
        ranked = sorted(order, key=lambda id_: (-seats[id_], order.index(id_)))
        cells: dict[tuple[int, int], tuple[Piece, ...]] = {}
        for row, member in enumerate(order):
            for column, arena in enumerate(columns):
                if (member, arena) in self.sits:
                    cells[row, column] = (shape(self.shape(member), style),)
                elif (member, arena) in self.wrong:
                    cells[row, column] = (sign(self.wrong[member, arena], style.ink),)
        return Lattice(
            drawing,
            [
                Row(
                    id=id_,
                    said=seen[id_].label,
                    group=group[id_],
                    rank=ranked.index(id_),
                    total=str(seats[id_]),
                    bold=id_ == seen.focal,
                )
                for id_ in order
            ],
            [
                Column(id_, seen[id_].label, 0, str(members[id_]), self.voice(self.voices[id_]))
                for id_ in columns
            ],
            cells,
            Sidebar(style, self.keys()),
            self.notes(),
            upright=True,
            heads=(
                drawing.say("arenas_sum"),
                drawing.say("arenas_members"),
                drawing.say("arenas_voice"),
            ),
        )

    def voice(self, case: str) -> tuple[Piece, ...]:
        """Return what stands beneath an arena: a dark dot, a cross, or nothing if unknown."""
        style = self.drawing.style
        if case == "in_arena":
            return (shape(Mark("first", style.ink, style.ink), style),)
        return (sign("conflict", style.conflict),) if case == "not_in_arena" else ()

    def keys(self) -> list[Key]:
        drawing, style = self.drawing, self.drawing.style
        found = {self.shape(member).shape for member, _ in self.sits}
        keys = []
        if found:
            keys.append(Key(drawing.say("shape")))
        for one in SHAPES:
            if one in found:
                said = drawing.say("arena") if one == "arena" else text(f"line.{one}", drawing.lang)
                keys.append(Key(said, (shape(Mark(one, style.plain, style.ink), style),)))
        if self.wrong:
            keys.append(Key(drawing.say("matrix_wrong")))
        for wrong in reversed(_WRONG):
            if wrong in self.wrong.values():
                said = (
                    drawing.say("missing")
                    if wrong == "missing"
                    else text(f"quality.{wrong}", drawing.lang)
                )
                keys.append(Key(said, (sign(wrong, style.ink),)))
        cases = [
            (code, case)
            for code, case in (("arenas_heard", "in_arena"), ("arenas_unheard", "not_in_arena"))
            if case in self.voices.values()
        ]
        if cases:
            keys.append(Key(drawing.say("arenas_about")))
            keys += [Key(drawing.say(code), self.voice(case)) for code, case in cases]
        return keys

    def notes(self) -> list[str]:
        drawing = self.drawing
        empty = sum(case == "no_members" for case in self.voices.values())
        said = []
        if self.nowhere:
            said.append(drawing.say("arenas_nowhere", n=len(self.nowhere)))
        if empty:
            said.append(drawing.say("arenas_empty", n=empty))
        if self.wrong:
            said.append(drawing.say("arenas_counted"))
        return [" ".join(said), footer_text(drawing.kart, lang=drawing.lang)]

    @property
    def nowhere(self) -> list[str]:
        """Actors that sit in no arena."""
        seated = {member for member, _ in self.sits}
        return sorted(
            actor.id
            for actor in self.drawing.kart.actors
            if actor.kind != "arena" and actor.id not in seated
        )

    def alt(self) -> str:
        drawing = self.drawing
        said = [drawing.say("arenas") + ".", drawing.say("arenas_alt", n=len(self.voices))]
        seats = Counter(member for member, _ in self.sits)
        if seats:
            most = max(seats.values())
            best = [drawing.kart[id_] for id_, count in seats.items() if count == most]
            if most > 1:
                named = drawing.named(best)
                said.append(drawing.say("arenas_alt_most", n=len(best), actors=named, count=most))
        unheard = [id_ for id_, case in self.voices.items() if case == "not_in_arena"]
        if unheard:
            labels = drawing.sorted([drawing.kart[id_] for id_ in unheard])
            said.append(drawing.say("arenas_alt_unheard", arenas=[actor.label for actor in labels]))
        elif "in_arena" in self.voices.values():
            said.append(drawing.say("arenas_alt_heard"))
        said += self.notes()[:1]
        return " ".join(one for one in said if one)
