"""Grunig and Hunt's linkages, drawn: ``figures.linkages``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from aktorkart import grunig
from aktorkart.figures.drawing.area import Area, Entry, Mark, Rect, Section
from aktorkart.figures.drawing.board import Board, Page, Space, only_a_note, shares
from aktorkart.figures.drawing.stage import quietly
from aktorkart.i18n import text
from aktorkart.model import vocabulary
from aktorkart.scene import lines
from aktorkart.scene.alt_text import linkages as in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from aktorkart.model import Actor, ActorMap
    from aktorkart.scene.style import Size, Style

    _Linked = Sequence[tuple[Actor, grunig.ActorLinkages]]

# A column beside the middle gets between a quarter and two fifths of the width.
_COLUMN_SHARES = (0.24, 0.28, 0.32, 0.36, 0.4)


def linkages(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
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
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    title : str, optional
        The title; one that names the focal actor if left out, none if empty.
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
        The axes. Artists have gids: ``actor:<id>``, and ``actor:<id>:<linkage>`` for an actor
        with several linkages.

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
    >>> kart = ActorMap(focal="nav", actors=[Actor(id="nav"), Actor(id="ks", linkage="normative")])
    >>> ax = linkages(kart, ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("actor:")]
    ['actor:nav', 'actor:ks']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    seen = page.kart
    heading = in_words.title(page) if title is None else title
    alt = in_words.linkages(seen, lang=page.lang)
    rows = {row.actor: row for row in grunig.linkages(seen).rows}
    if in_words.around_a_person(seen) or not rows:
        return only_a_note(page, alt, title=heading)
    focal = seen[seen.focal] if seen.focal else None
    others = page.sorted([seen[id_] for id_ in rows])
    linked = {
        linkage: [(actor, rows[actor.id]) for actor in others if linkage in rows[actor.id].linkages]
        for linkage in vocabulary.LINKAGES
    }
    unknown = [actor for actor in others if not rows[actor.id].linkages]
    arenas = [actor for actor in seen.actors if actor.id not in rows and actor is not focal]
    areas = {
        "focal": _focal_area(page, focal),
        **{linkage: _linkage_area(page, linkage, linked[linkage]) for linkage in linked},
    }
    if unknown:
        entries = tuple(Entry(actor.label, actor.id, _open(page, actor)) for actor in unknown)
        areas["unknown"] = page.area(
            "unknown",
            Section(entries),
            head=page.say("linkages_unknown"),
            color=page.style.muted,
            depth=0.04,
        )
    areas["key"] = _linkage_keys(page, focal, linked, unknown)
    several = any(len(row.linkages) > 1 for row in rows.values())
    areas["note"] = page.note(
        " ".join(
            sentence
            for sentence, there in (
                (page.say("linkages_several"), several),
                (page.say("linkages_arenas", n=len(arenas)), bool(arenas)),
            )
            if there
        )
    )
    return _Diagram(page, areas).draw(title=heading, alt=alt)


def _focal_area(page: Page, focal: Actor | None) -> Area:
    style = page.style
    entry = Entry(page.say("linkages_no_focal"), "focal")
    if focal is not None:
        mark = Mark(page.shape(focal), style.plain, style.ink, ringed=True)
        entry = Entry(focal.label, focal.id, mark, bold=True)
    return page.area("focal", Section((entry,)), color=style.background, depth=1.0, scale=1.3)


def _open(page: Page, actor: Actor) -> Mark:
    return Mark(page.shape(actor), page.style.background, page.style.ink)


def _linkage_area(page: Page, linkage: str, linked: _Linked) -> Area:
    color = page.style.palette[vocabulary.LINKAGES.index(linkage)]
    # Hatching tells groups apart where greys may be as light as the page.
    stated = page.style.muted if page.style.hatching else color
    entries = []
    for actor, row in linked:
        gid = f"{actor.id}:{linkage}" if len(row.linkages) > 1 else actor.id
        mark = _open(page, actor)
        if row.basis != "kind":
            mark = replace(mark, fill=stated)
        entries.append(Entry(actor.label, gid, mark))
    return page.area(
        linkage,
        Section(tuple(entries), empty=page.say("linkages_none")),
        head=text(f"linkage.{linkage}", page.lang),
        about=text(f"figure.linkages_about.{linkage}", page.lang),
        color=color,
        dashed=linkage == "diffused",
    )


def _linkage_keys(
    page: Page,
    focal: Actor | None,
    linked: Mapping[str, _Linked],
    unknown: Sequence[Actor],
) -> Area:
    style = page.style
    listed = {actor.id: actor for pairs in linked.values() for actor, _ in pairs}
    origins = {row.basis != "kind" for pairs in linked.values() for _, row in pairs}
    keys = tuple(
        Entry(page.say(code), code, Mark("first", fill, style.ink), key=True)
        for code, fill, stated in (
            ("linkages_stated", style.muted, True),
            ("linkages_from_kind", style.background, False),
        )
        if stated in origins
    )
    everyone = [*listed.values(), *unknown, *([focal] if focal else [])]
    return page.area(
        "key",
        Section(keys, head=page.say("linkages_key") if keys else ""),
        page.shape_keys(everyone),
        scale=page.small,
    )


@dataclass(eq=False)
class _Diagram(Board):
    """Three columns: input; enabling, the focal actor and normative; output and the corner."""

    lines: dict[str, Line2D] = field(default_factory=dict)
    heads: dict[str, Polygon] = field(default_factory=dict)

    def onto(self, axes: Axes) -> None:
        """Add the arrows between the areas and the focal actor; faint where nobody stands."""
        super().onto(axes)
        for linkage in vocabulary.LINKAGES:
            color = to_rgba(self.page.style.muted, 1.0 if self.areas[linkage].count else 0.35)
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

    def rooms(self, space: Space) -> dict[str, Rect] | None:
        """Choose the widths of the columns, so that they come out as even as can be."""
        areas, (width, height, size, _) = self.areas, space
        note = areas["note"].height(width, size)
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
                widths = {
                    name: wide for _, wide, names in columns for name in names if name in areas
                }
                needed = {name: areas[name].height(wide, size) for name, wide in widths.items()}
                tall = [
                    sum(needed.get(name, 0.0) for name in names)
                    + (len(names) - 1) * (arrow if "focal" in names else gap)
                    for _, _, names in columns
                ]
                if max(tall) > high and not space.must:
                    continue
                cost = max(tall) + 0.2 * abs(left - right)
                if best is None or cost < best[0]:
                    least = {name: areas[name].least(wide, size) for name, wide in widths.items()}
                    rooms = _stacked(columns, needed, least, (foot, high), (gap, arrow))
                    rooms["note"] = Rect(0, 0, width, min(note, height / 4))
                    best = cost, rooms
        return best[1] if best is not None else None

    def finish(self, rooms: Mapping[str, Rect], size: float) -> None:
        """Draw the arrows from edge to edge."""
        super().finish(rooms, size)
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
                way = np.array(path if end_ == "end" else path[::-1])
                self.heads[f"{linkage}:{end_}"].set_xy(
                    lines.arrowhead(way, length=1.0 * size, width=0.9 * size)
                )


# Resources flow in and out, values are shared, what is diffused goes no particular way.
_HEADS: Mapping[str, tuple[str, ...]] = {
    "enabling": ("end",),
    "functional_input": ("end",),
    "functional_output": ("end",),
    "normative": ("start", "end"),
    "diffused": (),
}


_KEY_SHARE = 0.5
"""Of its column, up to which the legend gives none of its room to others."""


def _stacked(
    columns: Sequence[tuple[float, float, tuple[str, ...]]],
    needed: Mapping[str, float],
    least: Mapping[str, float],
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
            # The one in the middle is always named; all that the marks mean is said where there is
            # room for as much besides.
            whole = {
                name: needed[name]
                for name in there
                if name == "focal" or (name == "key" and needed[name] <= _KEY_SHARE * free)
            }
            cut = [name for name in there if name not in whole]
            # Every heading has its room; what is left is shared as it is needed.
            spare = max(free - sum(whole.values()) - sum(least[name] for name in cut), 1.0)
            more = shares([needed[name] - least[name] for name in cut], spare)
            given = {name: least[name] + one for name, one in zip(cut, more, strict=True)}
            heights = [(whole | given)[name] for name in there]
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
