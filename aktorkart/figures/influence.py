"""Mendelow's power and interest, drawn: ``figures.influence``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.figures.drawing.boards import Board, Space, begin, capital, finish
from aktorkart.figures.drawing.grid import Dot, Grid
from aktorkart.figures.drawing.panels import Entry, Mark, Rect, Section
from aktorkart.figures.drawing.stage import new_axes
from aktorkart.i18n import text
from aktorkart.scene.style import mixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from aktorkart.model import Actor, ActorMap
    from aktorkart.scene.style import Style


def influence(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    lang: str | None = None,
    names: bool | None = None,
    title: str | None = None,
    style: Style | None = None,
) -> Axes:
    """Draw power against interest: Mendelow's grid.

    Actors stand at their ratings. Those who would cover each other are moved apart, within
    their own field; shape and colour say how they stand towards the matter. Those whose power
    or interest nobody has judged are named below (METHOD 4).

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
    title : str, optional
        The title; one that says what is shown if left out, none if empty.
    style : Style, optional
        The look.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``.

    Raises
    ------
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> ax = influence(ActorMap(actors=[Actor(id="nav", power=4, interest=2)]), ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("actor:")]
    ['actor:nav']
    """
    drawing = begin(kart, lang=lang, names=names, style=style)
    look = drawing.style
    dots: list[Dot] = []
    fields: dict[str, list[Actor]] = {}
    missing: list[Actor] = []
    weighed = grunig.influence(drawing.kart)
    # Where nobody's stance is known, there is nothing to tell apart.
    stances = any(drawing.kart[row.actor].stance is not None for row in weighed.rows)
    for row in weighed.rows:
        actor = drawing.kart[row.actor]
        if row.cell is None or row.power is None or row.interest is None:
            missing.append(actor)
            continue
        field = _FIELDS[row.cell]
        fields.setdefault(row.cell, []).append(actor)
        plain = Mark("first", look.plain, look.ink)
        mark = _stance_mark(_stance(actor), look) if stances else plain
        dots.append(Dot(actor.id, actor.label, row.interest, row.power, field, mark))
    grid = Grid(
        style=look,
        dots=dots,
        fields={field: _cell_name(cell, drawing.lang) for cell, field in _FIELDS.items()},
        axes_names=(
            drawing.say("influence_axis.interest"),
            drawing.say("influence_axis.power"),
        ),
        ends=(drawing.say("influence_low"), drawing.say("influence_high")),
        scale=(1.0, 5.0),
        limit=weighed.threshold,
    )
    present = {_stance(drawing.kart[dot.id]) for dot in dots}
    keys = tuple(
        Entry(
            text(f"figure.influence_stances.{stance}", drawing.lang),
            stance,
            _stance_mark(stance, look),
            key=True,
        )
        for stance in _STANCES
        if stances and stance in present
    )
    listed = [actor.label for actor in drawing.sorted(missing)]
    focal = drawing.kart.focal
    around = bool(weighed.rows) and focal not in {row.actor for row in weighed.rows}
    panels = {
        "key": drawing.panel(
            "key",
            Section(keys, head=drawing.say("influence_stance") if keys else ""),
            scale=drawing.small,
        ),
        "note": drawing.note(
            drawing.say("influence_spread") if len(dots) > 1 else "",
            "" if dots else drawing.say("influence_empty"),
            drawing.say("influence_not_judged", n=len(listed), actors=listed) if listed else "",
            drawing.say("influence_around", actor=drawing.kart[focal].label)
            if focal is not None and around
            else "",
        ),
    }

    def compose(space: Space) -> dict[str, Rect] | None:
        width, height, size, _ = space
        note = panels["note"].height(width, size)
        if note > height / 4 and not space.must:
            return None
        note = min(note, height / 4)
        column = min(17 * size, width / 4) if keys else 0.0
        foot = note + size
        return {
            "note": Rect(0, 0, width, note),
            "key": Rect(width - column, foot, column, height - foot),
            "grid": Rect(0, foot, width - column - (1.5 * size if keys else 0), height - foot),
        }

    def arrange(rooms: Mapping[str, Rect], size: float) -> None:
        grid.arrange(rooms["grid"], size)

    axes = ax if ax is not None else new_axes(look)
    heading = drawing.say("influence_title") if title is None else title
    said = [f"{drawing.say('influence_title')}."]
    said += [
        drawing.say(
            "influence_alt",
            quadrant=_cell_name(cell, drawing.lang),
            actors=drawing.named(fields[cell]),
        )
        for cell in _FIELDS
        if cell in fields
    ]
    if not dots:
        said.append(drawing.say("influence_empty"))
    if missing:
        said.append(drawing.say("influence_alt_not_judged", n=len(missing)))
    board = Board(look, panels, compose, arrange)
    finish(drawing, axes, board, heading=heading, alt=" ".join(said))
    grid.onto(axes)
    return axes


# Upwards and across.
_FIELDS: Mapping[str, str] = {
    cell: "_".join("high" if high else "low" for high in highs)
    for highs, cell in grunig.INFLUENCE_CELLS.items()
}


def _cell_name(cell: str, lang: str) -> str:
    return capital(text(f"grunig.influence.{cell}", lang))


# Shapes and fills that tell stances apart in grey too: upwards for, downwards against.
_STANCES: Mapping[str, tuple[str, int | None, float]] = {
    "strongly_for": ("personal", 0, 1.0),
    "for": ("personal", 0, 0.35),
    "neutral": ("first", None, 0.0),
    "against": ("private", 6, 0.35),
    "strongly_against": ("private", 6, 1.0),
    "unknown": ("unknown", None, 0.0),
}


def _stance(actor: Actor) -> str:
    strong = 1.5
    if actor.stance is None:
        return "unknown"
    if actor.stance == 0:
        return "neutral"
    side = "for" if actor.stance > 0 else "against"
    return f"strongly_{side}" if abs(actor.stance) >= strong else side


def _stance_mark(stance: str, style: Style) -> Mark:
    shape, place, share = _STANCES[stance]
    if place is None:
        return Mark(shape, style.background, style.ink)
    # Without a colour of its own, against is told from for by its shape alone.
    color = style.palette[place] if style.palette[place] in style.strong else style.strong[0]
    return Mark(shape, mixed(style.background, color, share), style.ink)
