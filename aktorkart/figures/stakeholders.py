"""The stakeholder model, drawn: ``figures.linkages``, ``figures.publics``, ``figures.influence``.

The definitions are METHOD 3's and 4's: Grunig and Hunt's (1984) linkages after Esman, their
situational theory of publics, and Mendelow's power and interest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matplotlib.colors import to_hex, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text

from aktorkart import vocabulary as words
from aktorkart.errors import one_of
from aktorkart.figures import marks
from aktorkart.figures.grid import Dot, Grid
from aktorkart.figures.groups import language
from aktorkart.figures.panels import Board, Entry, Mark, Panel, Rect, Section, shares
from aktorkart.figures.scene import shape_of, shapeless, swatch
from aktorkart.figures.stage import Stage, clear, font, new_axes, quietly
from aktorkart.figures.style import Style
from aktorkart.figures.words import footer
from aktorkart.i18n import listing, sort_key, text
from aktorkart.privacy import shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import Actor, ActorMap, Judgement

# A column beside the middle gets between a quarter and two fifths of the width.
_COLUMN_SHARES = (0.24, 0.28, 0.32, 0.36, 0.4)
_MOST_NAMED = 5
_PLAIN = "#D0D0D0"


@dataclass(frozen=True)
class _Drawing:
    """What all three figures start from: the map as it may be shown, and its look."""

    kart: ActorMap
    lang: str
    style: Style

    def say(self, code: str, **values: object) -> str:
        return text(f"figure.{code}", self.lang, **values)

    def sorted(self, actors: Sequence[Actor]) -> list[Actor]:
        return sorted(actors, key=lambda actor: (sort_key(actor.label, self.lang), actor.id))

    def shape(self, actor: Actor) -> str:
        return "first" if shapeless(self.kart) else shape_of(self.kart, actor.id)

    def named(self, actors: Sequence[Actor]) -> str:
        """Name a few actors, count many."""
        if len(actors) > _MOST_NAMED:
            return text("model.actors", self.lang, n=len(actors))
        return listing([actor.label for actor in self.sorted(actors)], self.lang)

    def panel(  # noqa: PLR0913 - see Panel
        self,
        gid: str,
        *sections: Section,
        head: str = "",
        about: str = "",
        color: str | None = None,
        depth: float = 0.13,
        dashed: bool = False,
        scale: float = 1.0,
    ) -> Panel:
        return Panel(
            gid=gid,
            style=self.style,
            lang=self.lang,
            sections=sections,
            head=head[:1].upper() + head[1:],
            about=about,
            color=color,
            depth=depth,
            dashed=dashed,
            scale=scale,
        )

    def note(self, *said: str) -> Panel:
        """Make the lines at the foot of the figure: what it leaves out, its date and source."""
        lines = [line for line in (*said, footer(self.kart, lang=self.lang)) if line]
        sections = (Section((), empty=line) for line in lines)
        return self.panel("note", *sections, scale=self.small)

    @property
    def small(self) -> float:
        return self.style.legend_size / self.style.font_size

    def shape_keys(self, actors: Sequence[Actor]) -> Section:
        """Say what the shapes of the marks mean, as far as they are there."""
        found = {self.shape(actor) for actor in actors}
        if shapeless(self.kart):
            found = set()
        keys = tuple(
            Entry(
                self.say("arena") if shape == "arena" else text(f"line.{shape}", self.lang),
                f"key:{shape}",
                Mark(shape, _PLAIN, self.style.ink),
            )
            for shape in marks.SHAPES
            if shape in found
        )
        return Section(keys, head=self.say("shape") if keys else "")


def _begin(kart: ActorMap, lang: str | None, names: bool | None, style: Style | None) -> _Drawing:
    said = language(lang, kart)
    return _Drawing(shown(kart, names=names, lang=said).kart, said, style or Style())


def _finish(drawing: _Drawing, axes: Axes, board: Board, *, heading: str, alt: str) -> Axes:
    clear(axes, drawing.style, heading=heading)
    for panel in board.panels.values():
        panel.onto(axes)
    axes.add_artist(Stage(axes, board.arrange, title=heading, alt=alt))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return axes


# --- linkages


def linkages(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    lang: str | None = None,
    names: bool | None = None,
    title: str | None = None,
    style: Style | None = None,
) -> Axes:
    """Draw who is linked to the focal actor, and how: Grunig and Hunt's diagram.

    The focal actor stands in the middle: above it those who enable it, to its left those who
    give input, to its right those who receive its output, below it those who share its values
    or problems, and in the corner, in a dashed frame, the diffused linkages (METHOD 3). An
    actor with several linkages stands in each area. A filled mark says that the linkage is
    stated on the map, an open one that it follows from the kind of actor.

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
        The title; one that names the focal actor if left out, none if empty.
    style : Style, optional
        The look.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``, and ``actor:<id>:<linkage>`` for an actor
        with several linkages.

    Raises
    ------
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(focal="nav", actors=[Actor(id="nav"), Actor(id="ks", linkage="normative")])
    >>> ax = linkages(kart, ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("actor:")]
    ['actor:nav', 'actor:ks']
    """
    drawing = _begin(kart, lang, names, style)
    seen = drawing.kart
    focal = seen[seen.focal] if seen.focal else None
    others = drawing.sorted([actor for actor in seen.actors if actor.id != seen.focal])
    linked = {
        linkage: [actor for actor in others if linkage in seen.linkages(actor.id)]
        for linkage in words.LINKAGES
    }
    unknown = [
        actor for actor in others if not seen.linkages(actor.id) and actor.kind != "arena"
    ]
    arenas = [actor for actor in others if not seen.linkages(actor.id) and actor.kind == "arena"]
    panels = {
        "focal": _focal_panel(drawing, focal),
        **{linkage: _linkage_panel(drawing, linkage, linked[linkage]) for linkage in linked},
    }
    if unknown:
        entries = tuple(
            Entry(actor.label, actor.id, _open(drawing, actor)) for actor in unknown
        )
        panels["unknown"] = drawing.panel(
            "unknown",
            Section(entries),
            head=drawing.say("linkages_unknown"),
            color=drawing.style.muted,
            depth=0.04,
        )
    panels["key"] = _linkage_keys(drawing, focal, linked, unknown)
    several = any(len(seen.linkages(actor.id)) > 1 for actor in others)
    panels["note"] = drawing.note(
        " ".join(
            said
            for said, there in (
                (drawing.say("linkages_several"), several),
                (drawing.say("linkages_arenas", n=len(arenas)), bool(arenas)),
            )
            if there
        )
    )
    axes = ax if ax is not None else new_axes(drawing.style)
    heading = title
    if heading is None:
        heading = (
            drawing.say("linkages_title", actor=focal.label)
            if focal
            else drawing.say("linkages_untitled")
        )
    diagram = _Diagram(drawing, panels)
    board = Board(drawing.style, panels, diagram.compose, diagram.finish)
    alt = _linkages_alt(drawing, focal, linked, unknown)
    _finish(drawing, axes, board, heading=heading, alt=alt)
    diagram.onto(axes)
    return axes


def _focal_panel(drawing: _Drawing, focal: Actor | None) -> Panel:
    style = drawing.style
    entry = Entry(drawing.say("linkages_no_focal"), "focal")
    if focal is not None:
        mark = Mark(drawing.shape(focal), style.plain, style.ink, ringed=True)
        entry = Entry(focal.label, focal.id, mark, bold=True)
    return drawing.panel("focal", Section((entry,)), color=style.background, depth=1.0, scale=1.3)


def _color(drawing: _Drawing, linkage: str) -> tuple[str, int | None]:
    return swatch(drawing.style, words.LINKAGES.index(linkage))


def _open(drawing: _Drawing, actor: Actor) -> Mark:
    return Mark(drawing.shape(actor), drawing.style.background, drawing.style.ink)


def _linkage_panel(drawing: _Drawing, linkage: str, actors: Sequence[Actor]) -> Panel:
    color, _ = _color(drawing, linkage)
    entries = []
    for actor in actors:
        several = len(drawing.kart.linkages(actor.id)) > 1
        gid = f"{actor.id}:{linkage}" if several else actor.id
        mark = _open(drawing, actor)
        if actor.linkage is not None:
            mark = replace(mark, fill=color)
        entries.append(Entry(actor.label, gid, mark))
    return drawing.panel(
        linkage,
        Section(tuple(entries), empty=drawing.say("linkages_none")),
        head=text(f"linkage.{linkage}", drawing.lang),
        about=drawing.say(f"linkages_about.{linkage}"),
        color=color,
        dashed=linkage == "diffused",
    )


def _linkage_keys(
    drawing: _Drawing,
    focal: Actor | None,
    linked: Mapping[str, Sequence[Actor]],
    unknown: Sequence[Actor],
) -> Panel:
    style = drawing.style
    listed = {actor.id: actor for actors in linked.values() for actor in actors}
    origins = {actor.linkage is not None for actor in listed.values()}
    keys = tuple(
        Entry(drawing.say(code), f"key:{code}", Mark("first", fill, style.ink))
        for code, fill, stated in (
            ("linkages_stated", "#8A8A8A", True),
            ("linkages_from_kind", style.background, False),
        )
        if stated in origins
    )
    everyone = [*listed.values(), *unknown, *([focal] if focal else [])]
    return drawing.panel(
        "key",
        Section(keys, head=drawing.say("linkages_key") if keys else ""),
        drawing.shape_keys(everyone),
        scale=drawing.small,
    )


def _linkages_alt(
    drawing: _Drawing,
    focal: Actor | None,
    linked: Mapping[str, Sequence[Actor]],
    unknown: Sequence[Actor],
) -> str:
    title = (
        drawing.say("linkages_title", actor=focal.label)
        if focal
        else drawing.say("linkages_untitled")
    )
    said = [f"{title}."]
    for linkage, actors in linked.items():
        if actors:
            name = text(f"linkage.{linkage}", drawing.lang)
            name = name[:1].upper() + name[1:]
            said.append(
                drawing.say("linkages_alt", linkage=name, actors=drawing.named(actors))
            )
    empty = [text(f"linkage.{linkage}", drawing.lang) for linkage in linked if not linked[linkage]]
    if empty:
        said.append(drawing.say("linkages_alt_none", linkages=empty))
    if unknown:
        name = drawing.say("linkages_unknown")
        said.append(drawing.say("linkages_alt", linkage=name, actors=drawing.named(unknown)))
    return " ".join(said)


class _Diagram:
    """Three columns: input; enabling, the focal actor and normative; output and the corner."""

    def __init__(self, drawing: _Drawing, panels: Mapping[str, Panel]) -> None:
        self.style, self.panels = drawing.style, panels
        self.lines: dict[str, Line2D] = {}
        self.heads: dict[str, Polygon] = {}

    def onto(self, axes: Axes) -> None:
        """Add the arrows between the areas and the focal actor."""
        color = self.style.muted
        for linkage in words.LINKAGES:
            line = Line2D(
                [],
                [],
                color=color,
                linewidth=1.6,
                linestyle=(0, (3, 2.2)) if linkage == "diffused" else "-",
                marker="",
                solid_capstyle="butt",
                zorder=0.8,
            )
            self.lines[linkage] = quietly(axes, line, f"arrow:{linkage}")
            for end in _HEADS[linkage]:
                head = Polygon([(0, 0)], closed=True, facecolor=color, linewidth=0, zorder=0.9)
                gid = f"arrowhead:{linkage}:{end}"
                self.heads[f"{linkage}:{end}"] = quietly(axes, head, gid)

    def compose(
        self, width: float, height: float, size: float, force: bool  # noqa: FBT001
    ) -> dict[str, Rect] | None:
        """Choose the widths of the columns, so that they come out as even as can be."""
        panels = self.panels
        note = panels["note"].height(width, size)
        foot = note + 1.2 * size
        high = height - foot
        gap, arrow = 1.2 * size, 3.6 * size
        best: tuple[float, dict[str, Rect]] | None = None
        for left_share in _COLUMN_SHARES:
            for right_share in _COLUMN_SHARES:
                left, right = left_share * width, right_share * width
                middle = width - left - right - 2 * arrow
                if middle < width / 5:
                    continue
                columns = (
                    (0.0, left, ("functional_input", "unknown")),
                    (left + arrow, middle, ("enabling", "focal", "normative")),
                    (width - right, right, ("key", "functional_output", "diffused")),
                )
                needed = {
                    name: panels[name].height(wide, size)
                    for _, wide, names in columns
                    for name in names
                    if name in panels
                }
                tall = [
                    sum(needed.get(name, 0.0) for name in names)
                    + (len(names) - 1) * (arrow if "focal" in names else gap)
                    for _, _, names in columns
                ]
                if max(tall) > high and not force:
                    continue
                cost = max(tall) + 0.2 * abs(left - right)
                if best is None or cost < best[0]:
                    rooms = _stacked(columns, needed, (foot, high), (gap, arrow))
                    rooms["note"] = Rect(0, 0, width, min(note, height / 4))
                    best = cost, rooms
        return best[1] if best is not None else None

    def finish(self, rooms: Mapping[str, Rect], size: float) -> None:
        """Draw the arrows from edge to edge."""
        if "focal" not in rooms:
            return
        focal = rooms["focal"]
        x, y = focal.middle
        for linkage, line in self.lines.items():
            room = rooms[linkage]
            gap = 0.35 * size
            if linkage == "enabling":
                path = [(x, room.bottom - gap), (x, focal.top + gap)]
            elif linkage == "normative":
                path = [(x, room.top + gap), (x, focal.bottom - gap)]
            elif linkage == "functional_input":
                level = min(max(y, room.bottom + size), room.top - size)
                path = [(room.right + gap, level), (focal.left - gap, y)]
            elif linkage == "functional_output":
                level = min(max(y, room.bottom + size), room.top - size)
                path = [(focal.right + gap, y), (room.left - gap, level)]
            else:
                # Around the corner, between the columns.
                aside = room.left - 1.8 * size
                start = focal.bottom + 0.22 * focal.height
                end = room.top - min(1.6 * size, room.height / 2)
                path = [(focal.right, start), (aside, start), (aside, end), (room.left, end)]
            line.set_data([p for p, _ in path], [p for _, p in path])
            for end_ in _HEADS[linkage]:
                import numpy as np

                way = np.array(path if end_ == "end" else path[::-1])
                self.heads[f"{linkage}:{end_}"].set_xy(
                    marks.arrowhead(way, length=1.0 * size, width=0.9 * size)
                )


# Resources flow in and out, values are shared, what is diffused goes no particular way.
_HEADS: Mapping[str, tuple[str, ...]] = {
    "enabling": ("end",),
    "functional_input": ("end",),
    "functional_output": ("end",),
    "normative": ("start", "end"),
    "diffused": (),
}


def _stacked(
    columns: Sequence[tuple[float, float, tuple[str, ...]]],
    needed: Mapping[str, float],
    span: tuple[float, float],
    gaps: tuple[float, float],
) -> dict[str, Rect]:
    """Put areas beneath each other: the main one at the height of the middle if it can be."""
    foot, high = span
    gap, arrow = gaps
    rooms: dict[str, Rect] = {}
    for x, wide, names in columns:
        there = [name for name in names if name in needed]
        between = arrow if "focal" in there else gap
        heights = [needed[name] for name in there]
        free = high - (len(there) - 1) * between
        if sum(heights) > free:
            heights = shares(heights, max(free, 1.0))
        tops = dict(zip(there, heights, strict=True))
        main = next(n for n in names if n in {"functional_input", "focal", "functional_output"})
        at = there.index(main)
        above = sum(heights[:at]) + at * between
        below = sum(heights[at + 1 :]) + (len(there) - at - 1) * between
        own = tops[main]
        centre = min(max(high / 2, below + own / 2), high - above - own / 2)
        rooms[main] = Rect(x, foot + centre - own / 2, wide, own)
        top = foot + high
        for name in there[:at]:
            rooms[name] = Rect(x, top - tops[name], wide, tops[name])
            top -= tops[name] + between
        bottom = foot
        for name in reversed(there[at + 1 :]):
            rooms[name] = Rect(x, bottom, wide, tops[name])
            bottom += tops[name] + between
    return rooms


# --- influence


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
    drawing = _begin(kart, lang, names, style)
    look = drawing.style
    dots, fields, missing = [], {}, []
    for actor in sorted(drawing.kart.actors, key=lambda actor: actor.id):
        if actor.power is None or actor.interest is None:
            missing.append(actor)
            continue
        field = "_".join("high" if one >= LIMIT else "low" for one in (actor.power, actor.interest))
        fields.setdefault(field, []).append(actor)
        mark = _stance_mark(_stance(actor), look)
        dots.append(Dot(actor.id, actor.label, actor.interest, actor.power, field, mark))
    grid = Grid(
        style=look,
        dots=dots,
        fields={
            field: text(f"figure.influence_fields.{name}", drawing.lang)
            for field, name in _FIELDS.items()
        },
        axes_names=(
            drawing.say("influence_axis.interest"),
            drawing.say("influence_axis.power"),
        ),
        ends=(drawing.say("influence_low"), drawing.say("influence_high")),
        scale=(1.0, 5.0),
        limit=LIMIT,
    )
    present = {_stance(actor) for actor in drawing.kart.actors if actor not in missing}
    keys = tuple(
        Entry(
            drawing.say(f"influence_stances.{stance}"),
            f"key:{stance}",
            _stance_mark(stance, look),
        )
        for stance in _STANCES
        if stance in present
    )
    listed = [actor.label for actor in drawing.sorted(missing)]
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
        ),
    }

    def compose(width: float, height: float, size: float, force: bool) -> dict[str, Rect] | None:  # noqa: FBT001
        note = panels["note"].height(width, size)
        if note > height / 4 and not force:
            return None
        note = min(note, height / 4)
        column = min(17 * size, width / 4) if keys else 0.0
        foot = note + size
        return {
            "note": Rect(0, 0, width, note),
            "key": Rect(width - column, foot, column, height - foot),
            "grid": Rect(0, foot, width - column - (1.5 * size if keys else 0), height - foot),
        }

    def finish(rooms: Mapping[str, Rect], size: float) -> None:
        grid.arrange(rooms["grid"], size)

    axes = ax if ax is not None else new_axes(look)
    heading = drawing.say("influence_title") if title is None else title
    said = [f"{drawing.say('influence_title')}."]
    said += [
        drawing.say(
            "influence_alt",
            quadrant=drawing.say(f"influence_fields.{name}"),
            actors=drawing.named(fields[field]),
        )
        for field, name in _FIELDS.items()
        if field in fields
    ]
    if missing:
        said.append(drawing.say("influence_alt_not_judged", n=len(missing)))
    board = Board(look, panels, compose, finish)
    _finish(drawing, axes, board, heading=heading, alt=" ".join(said))
    grid.onto(axes)
    return axes


LIMIT = 3.0
"""Power and interest from here on are high."""

_FIELDS: Mapping[str, str] = {
    "high_high": "key_player",
    "high_low": "keep_satisfied",
    "low_high": "keep_informed",
    "low_low": "minimal_effort",
}

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
    color = style.background if place is None else style.palette[place]
    fill = [
        share * one + (1 - share) * other
        for one, other in zip(to_rgb(color), to_rgb(style.background), strict=True)
    ]
    return Mark(shape, to_hex(fill), style.ink)
