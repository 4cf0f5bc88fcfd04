"""The situational theory of publics, drawn: ``figures.publics``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.figures.drawing.boards import Board, Drawing, Space, begin, capital, finish, shares
from aktorkart.figures.drawing.lettering import extent, written
from aktorkart.figures.drawing.panels import Entry, Mark, Panel, Rect, Section
from aktorkart.figures.drawing.stage import new_axes, quietly
from aktorkart.grunig import wording
from aktorkart.i18n import text
from aktorkart.model import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.model import Actor, ActorMap
    from aktorkart.scene.style import Style


def publics(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    issue: str | None = None,
    *,
    ax: Axes | None = None,
    lang: str | None = None,
    names: bool | None = None,
    title: str | None = None,
    style: Style | None = None,
) -> Axes:
    """Draw who sees an issue, and who acts: the situational theory of publics.

    Upwards those who see the problem, to the right those who see obstacles; in each of the
    four fields those who are strongly affected (filled) and those who are little affected
    (open), with the public that follows (METHOD 3). Where a judgement is missing, the actor
    stands apart as unknown, with what is missing.

    Parameters
    ----------
    kart : ActorMap
        The map.
    issue : str, optional
        Id of the issue; the map's first if left out.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new A4 page through pyplot if left out.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    title : str, optional
        The title; one that names the issue if left out, none if empty.
    style : Style, optional
        The look.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``.

    Raises
    ------
    UnknownName
        If the map has no such issue, or there is no such language.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap, Issue
    >>> seen = {"bolig": {"problem": "high", "constraint": "low", "involvement": "high"}}
    >>> kart = ActorMap(issues=[Issue(id="bolig")], actors=[Actor(id="nav", publics=seen)])
    >>> ax = publics(kart, ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("actor:")]
    ['actor:nav']
    """
    drawing = begin(kart, lang=lang, names=names, style=style)
    axes = ax if ax is not None else new_axes(drawing.style)
    if issue is None and not kart.issues:
        note = drawing.note(drawing.say("publics_no_issue"))
        board = Board(drawing.style, {"note": note}, _nothing_but_a_note)
        heading = drawing.say("publics_untitled") if title is None else title
        return finish(drawing, axes, board, heading=heading, alt=drawing.say("publics_no_issue"))
    chosen = kart.issues[0].id if issue is None else issue
    found = grunig.publics(drawing.kart, issue=chosen)
    named = drawing.say("publics_title", issue=found.titles[chosen])
    panels, alt = _public_panels(drawing, found.of(chosen))
    matrix = _Matrix(drawing, panels)
    board = Board(drawing.style, panels, matrix.compose, matrix.finish, largest=1.35)
    heading = named if title is None else title
    finish(drawing, axes, board, heading=heading, alt=f"{named}. {alt}")
    matrix.onto(axes)
    return axes


def _nothing_but_a_note(space: Space) -> dict[str, Rect]:
    return {"note": Rect(0, 0, space.width, space.height)}


# Upwards by problem recognition, across by constraint recognition.
_BEHAVIOURS: Mapping[tuple[str, str], str] = {
    (problem, constraint): cell.behaviour
    for (problem, constraint, _), cell in grunig.PUBLICS.items()
}
_DEPTHS = {"problem_facing": 0.2, "constrained": 0.14, "routine": 0.09, "fatalistic": 0.04}


def _public_panels(drawing: Drawing, rows: Sequence[grunig.Public]) -> tuple[dict[str, Panel], str]:
    seen, lang = drawing.kart, drawing.lang
    actors = {row.actor: seen[row.actor] for row in rows}
    order = drawing.sorted(list(actors.values()))
    by_actor = {row.actor: row for row in rows}
    whole = [actor for actor in order if not by_actor[actor.id].missing]
    partly = [a for a in order if by_actor[a.id].missing and by_actor[a.id].judged]
    panels: dict[str, Panel] = {}
    alt = []
    for (problem, constraint), behaviour in _BEHAVIOURS.items():
        name = capital(text(f"grunig.behaviour.{behaviour}", lang))
        mine = [
            actor
            for actor in whole
            if (by_actor[actor.id].problem, by_actor[actor.id].constraint) == (problem, constraint)
        ]
        if mine:
            alt.append(drawing.say("publics_alt", behaviour=name, actors=drawing.named(mine)))
        sections = []
        for involvement in words.HIGH_LOW:
            fill = _fill(drawing, involvement)
            cell = grunig.PUBLICS[problem, constraint, involvement]
            named = [wording.public_name(one, lang) for one in cell.publics]
            public = wording.either(named, lang)
            sections.append(
                Section(
                    tuple(
                        Entry(actor.label, actor.id, _mark(drawing, actor, fill))
                        for actor in mine
                        if by_actor[actor.id].involvement == involvement
                    ),
                    head=text(
                        f"figure.publics_involved.{involvement}", drawing.lang, public=public
                    ),
                    empty=drawing.say("publics_nobody"),
                )
            )
        panels[behaviour] = drawing.panel(
            behaviour,
            *sections,
            head=name,
            color=drawing.style.palette[0],
            depth=_DEPTHS[behaviour],
        )
    if partly:
        lacking = sorted({by_actor[actor.id].missing for actor in partly})
        sections = [
            Section(
                tuple(
                    Entry(actor.label, actor.id, _mark(drawing, actor, drawing.style.neutral))
                    for actor in partly
                    if by_actor[actor.id].missing == missing
                ),
                head=drawing.say(
                    "publics_lacks",
                    judgements=[
                        text(f"figure.publics_judgement.{name}", drawing.lang) for name in missing
                    ],
                ),
            )
            for missing in lacking
        ]
        panels["unknown"] = drawing.panel(
            "unknown",
            *sections,
            head=drawing.say("publics_unknown"),
            color=drawing.style.muted,
            depth=0.04,
            dashed=True,
            scale=drawing.small,
        )
        alt.append(drawing.say("publics_alt_unknown", n=len(partly)))
    keys = tuple(
        Entry(
            text(f"figure.publics_key.{involvement}", drawing.lang),
            involvement,
            Mark("first", _fill(drawing, involvement), drawing.style.ink),
            key=True,
        )
        for involvement in words.HIGH_LOW
    )
    panels["key"] = drawing.panel(
        "key",
        Section(keys, head=drawing.say("publics_key.title")),
        drawing.shape_keys([*whole, *partly]),
        scale=drawing.small,
    )
    unjudged = [actor.label for actor in order if not by_actor[actor.id].judged]
    said = ""
    if unjudged:
        said = drawing.say("publics_not_judged", n=len(unjudged), actors=unjudged)
        alt.append(drawing.say("publics_alt_not_judged", n=len(unjudged)))
    panels["note"] = drawing.note(said)
    return panels, " ".join(alt)


def _fill(drawing: Drawing, involvement: str) -> str:
    return drawing.style.palette[0] if involvement == "high" else drawing.style.background


def _mark(drawing: Drawing, actor: Actor, fill: str) -> Mark:
    return Mark(drawing.shape(actor), fill, drawing.style.ink)


class _Matrix:
    """Two by two fields with their scales, and a column beside them."""

    def __init__(self, drawing: Drawing, panels: Mapping[str, Panel]) -> None:
        self.drawing, self.panels = drawing, panels
        self.scales: dict[tuple[int, str], Text] = {}

    def onto(self, axes: Axes) -> None:
        """Add what the scales are called."""
        style = self.drawing.style
        for axis, code in enumerate(("publics_constraint", "publics_problem")):
            for end, said in (
                ("name", self.drawing.say(code)),
                ("low", self.drawing.say("publics_low")),
                ("high", self.drawing.say("publics_high")),
            ):
                color = style.ink if end == "name" else style.muted
                made = written(
                    said, style, style.font_size, color=color, ha="center", bold=end == "name"
                )
                made.set_rotation(90 * axis)
                self.scales[axis, end] = quietly(axes, made, f"axis:{axis}:{end}")

    def compose(self, space: Space) -> dict[str, Rect] | None:
        """Give both columns the same width, and rows what they need."""
        panels, (width, height, size, _) = self.panels, space
        note = panels["note"].height(width, size)
        if note > height / 3 and not space.must:
            return None
        note = min(note, height / 3)
        aside, scale, gap = 0.2 * width, 2.2 * size, 0.7 * size
        foot = note + 1.2 * size + scale
        across = (width - scale - aside - gap - 1.5 * size) / 2
        high = height - foot - gap
        rows = [
            max(
                panels[_BEHAVIOURS[problem, constraint]].height(across, size)
                for constraint in words.HIGH_LOW
            )
            for problem in words.HIGH_LOW
        ]
        beside = [name for name in ("key", "unknown") if name in panels]
        needed = [panels[name].height(aside, size) for name in beside]
        if (sum(rows) > high or sum(needed) + 2 * size > height - foot) and not space.must:
            return None
        # Alike if they can be.
        tall = [high / 2] * 2 if max(rows) <= high / 2 else shares(rows, high)
        rooms = {"note": Rect(0, 0, width, note)}
        bottom = height
        for problem, own in zip(words.HIGH_LOW, tall, strict=True):
            bottom -= own
            for column, constraint in enumerate(reversed(words.HIGH_LOW)):
                rooms[_BEHAVIOURS[problem, constraint]] = Rect(
                    scale + column * (across + gap), bottom, across, own
                )
            bottom -= gap
        top = height
        if sum(needed) + 2 * size > height - foot:
            needed = shares(needed, height - foot - 2 * size)
        for name, own in zip(beside, needed, strict=True):
            rooms[name] = Rect(width - aside, top - own, aside, own)
            top -= own + 2 * size
        return rooms

    def finish(self, rooms: Mapping[str, Rect], size: float) -> None:
        """Write the scales along the edges: their names in the middle, low and high at the ends."""
        first, last = rooms["routine"], rooms["fatalistic"]
        whole = Rect(
            first.left,
            first.bottom,
            last.right - first.left,
            rooms["problem_facing"].top - first.bottom,
        )
        for axis, start, length in ((0, whole.left, whole.width), (1, whole.bottom, whole.height)):
            texts = {end: said for (one, end), said in self.scales.items() if one == axis}
            wide = {
                end: extent(said.get_text(), self.drawing.style, size, bold=end == "name")[0]
                for end, said in texts.items()
            }
            # The longer end decides how much the middle has, on either side.
            needed = wide["name"] + 2 * max(wide["low"], wide["high"]) + 2 * size
            at = size * min(1.0, length / needed)
            places = {
                "low": start + wide["low"] * at / size / 2,
                "name": start + length / 2,
                "high": start + length - wide["high"] * at / size / 2,
            }
            for end, place in places.items():
                texts[end].set_fontsize(at)
                texts[end].set_position(
                    (place, whole.bottom - size) if axis == 0 else (whole.left - size, place)
                )
