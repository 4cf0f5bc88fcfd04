"""Levels as bands and lines of service as lanes, drawn: ``figures.levels``."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from aktorkart.errors import language
from aktorkart.figures.drawing.graph import Ground, onto
from aktorkart.figures.drawing.legends import Key, tie_key
from aktorkart.figures.drawing.lettering import extent, writable, written
from aktorkart.figures.drawing.stage import NOMINAL_SCALE, new_axes, points, quietly
from aktorkart.i18n import text
from aktorkart.model import vocabulary as words
from aktorkart.privacy.shown import shown
from aktorkart.scene import lanes
from aktorkart.scene.groups import Groups
from aktorkart.scene.labels import wrap
from aktorkart.scene.lanes import HEIGHT, ROOMY, TOP, UNKNOWN, Cells, band, crossing, lane
from aktorkart.scene.scene import DrawnTie, Scene
from aktorkart.scene.style import Style, mixed
from aktorkart.scene.words import capital

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from aktorkart.model import ActorMap

    Floats = NDArray[np.float64]

# Radius of a mark, and of one among many, in millimetres; so many are not yet many.
_RADIUS, _SMALL_RADIUS = 2.9, 1.5
_CROWD = 45
# How much of the page's colour is mixed into ties within a level.
_LIGHT = 0.52
# What the legend leaves of the axes, and the narrowest and the widest page, in millimetres.
_SHARE, _NARROWEST, _WIDEST = 0.84, 215.0, 360.0


@dataclass(frozen=True)
class _Bands(Scene):
    """A scene on bands: ties within a band are light."""

    def radii(self) -> dict[str, float]:
        share = math.sqrt(_CROWD / max(len(self.places), 1))
        return dict.fromkeys(self.places, max(_RADIUS * min(share, 1.0), _SMALL_RADIUS))

    def ties(self, radii: Mapping[str, float]) -> list[DrawnTie]:
        drawn = []
        for one in super().ties(radii):
            if crossing(self.kart, one.tie.source, one.tie.target):
                drawn.append((True, one))
                continue
            look = replace(one.look, color=mixed(one.look.color, self.style.background, _LIGHT))
            # The tip stays where it is.
            head = None if one.head is None else one.head[0] + 0.7 * (one.head - one.head[0])
            thin = max(one.width * 0.5, 0.5)
            drawn.append((False, replace(one, look=look, width=thin, head=head)))
        return [one for _, one in sorted(drawn, key=lambda pair: pair[0])]


def levels(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    lang: str | None = None,
    names: bool | None = None,
    style: Style | None = None,
    title: str | None = None,
) -> Axes:
    """Draw who meets across levels: governance above service above individual.

    Levels are bands, lines of service are lanes (METHOD 2). An actor with several levels or
    lines stands at the first of them. Ties from one level to another stand out; those within a
    level are light. Actors without a known level have a band of their own below, if there are
    any.

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
        The title; a standing one if left out, none if empty.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``, ``tie:<kind>:<source>→<target>``,
        ``band:<level>``, ``lane:<line>``.

    Raises
    ------
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> ax = levels(ActorMap(actors=[Actor(id="nav", kind="nav")]), ax=sheet())
    >>> [one.get_gid() for one in ax.patches if one.get_gid().startswith("band:")]
    ['band:governance', 'band:service', 'band:individual']
    """
    said = language(lang, kart.lang)
    look = style or Style()
    seen = shown(kart, names=names, lang=said).kart
    axes = ax if ax is not None else new_axes(look)
    cells = lanes.division(seen, look, lang=said, width=_width(axes))
    scene = _Bands(
        kart=seen,
        style=look,
        lang=said,
        places={actor.id: (0.0, 0.0) for actor in seen.actors},
        strip=(),
        grouped=Groups("", {}, {actor.id: () for actor in seen.actors}, {}),
        values={},
        size=None,
    )
    scene = replace(scene, places=lanes.places(scene, cells))
    captions, taken = _draw(axes, scene, cells)
    several = sum(len(seen.levels(actor.id)) > 1 for actor in seen.actors)
    note = text("figure.levels_several", said, n=several) if several else ""
    if seen.actors and all(band(seen, actor.id) == UNKNOWN for actor in seen.actors):
        note = text("figure.levels_unknown", said)
    heading = title if title is not None else text("figure.levels_title", said)
    ground = Ground(
        page=(0.0, -2.0, cells.lefts[-1], HEIGHT),
        obstacles=np.array(taken).reshape(-1, 4),
        captions=captions,
        rooms={id_: _room(cells, band(seen, id_)) for id_ in scene.ids},
        last=_last(scene),
        note=note,
    )
    alt = _alt(seen, cells, note, said)
    onto(scene, axes, labels=True, legend=True, heading=heading, alt=alt, ground=ground)
    return axes


def _width(axes: Axes) -> float:
    """Return how wide the bands are, to fill the page that they stand on."""
    wide, high = points(axes)
    return min(max(_SHARE * wide / max(high, 1.0) * HEIGHT, _NARROWEST), _WIDEST)


def _room(cells: Cells, name: str) -> tuple[float, float, float, float]:
    """Return where a name belongs: elsewhere it would seem to stand at another level."""
    row = cells.bands.index(name)
    return cells.lefts[0], cells.tops[row + 1], cells.lefts[-1], cells.tops[row]


def _draw(
    axes: Axes, scene: Scene, cells: Cells
) -> tuple[list[Text], list[tuple[float, float, float, float]]]:
    """Draw bands and lanes with their names."""
    style, lang, kart = scene.style, scene.lang, scene.kart
    captions = []
    levels_there = Counter(band(kart, one.id) for one in kart.actors)
    lanes_there = Counter(lane(kart, one.id) for one in kart.actors)
    edge = mixed(style.muted, style.background, 0.4)
    floor, ceiling = cells.tops[-1], cells.tops[0]
    side, end = cells.lefts[0], cells.lefts[-1]
    for place, name in enumerate(cells.bands):
        top, bottom = cells.tops[place], cells.tops[place + 1]
        depth = 0.0 if name == UNKNOWN else (0.26, 0.15, 0.06)[place]
        patch = Rectangle(
            (0.0, bottom),
            cells.lefts[-1],
            top - bottom,
            facecolor=mixed(style.background, style.palette[0], depth),
            edgecolor=edge,
            linewidth=0.7,
            linestyle="-" if name != UNKNOWN else (0, (4, 3)),
            zorder=0.5,
        )
        quietly(axes, patch, f"band:{name}")
        said = _head(capital(text(f"level.{name}", lang)), lang, there=levels_there[name] > 0)
        middle = (side / 2, (top + bottom) / 2)
        room = (side - 2.0, top - bottom - 2.0)
        written = _write(axes, style, said, middle, room, f"caption:band:{name}")
        captions.append(written)
    for place, name in enumerate(cells.lanes):
        left, right = cells.lefts[place], cells.lefts[place + 1]
        line = Line2D(
            [left, left],
            [floor, ceiling + 0.8 * TOP],
            color=edge,
            linewidth=0.7,
            marker="",
            linestyle="-",
            zorder=0.7,
        )
        quietly(axes, line, f"lane:{name}")
        said = _head(text(f"figure.levels_lane.{name}", lang), lang, there=lanes_there[name] > 0)
        middle = ((left + right) / 2, ceiling + TOP / 2)
        room = (right - left - 1.5, TOP - 1.0)
        captions.append(_write(axes, style, said, middle, room, f"caption:lane:{name}"))
    taken = [(0.0, floor, side, ceiling), (0.0, ceiling, end, HEIGHT)]
    return captions, taken


def _head(said: str, lang: str, *, there: bool) -> str:
    return said if there else f"{said} ({text('figure.levels_nobody', lang)})"


def _write(  # noqa: PLR0913, PLR0917 - a text and its room
    axes: Axes,
    style: Style,
    said: str,
    at: tuple[float, float],
    room: tuple[float, float],
    gid: str,
) -> Text:
    # The widest lines that fit: as few of them as can be.
    lines = writable(said, style)
    for near in range(26, 5, -1):
        lines = wrap(writable(said, style), near=near)
        wide, _ = extent(lines, style, style.legend_size, bold=True)
        if ROOMY * wide / NOMINAL_SCALE <= room[0]:
            break
    size, color = style.legend_size, style.ink
    made = written(lines, style, size, color=color, at=at, ha="center", bold=True, zorder=2.45)
    placed: Text = quietly(axes, made, gid)
    return placed


def _last(scene: Scene) -> list[Key]:
    found = {
        crossing(scene.kart, tie.source, tie.target)
        for tie in scene.kart.ties_in_force
        if UNKNOWN not in {band(scene.kart, tie.source), band(scene.kart, tie.target)}
    }
    style, lang = scene.style, scene.lang
    if not found:
        return []
    keys = [Key(text("figure.levels_crossing", lang))]
    if True in found:
        keys.append(tie_key(text("figure.levels_across", lang), color=style.ink, width=1.8))
    if False in found:
        light = mixed(style.ink, style.background, _LIGHT)
        keys.append(tie_key(text("figure.levels_within", lang), color=light, width=0.9))
    return keys


def _alt(kart: ActorMap, cells: Cells, note: str, lang: str) -> str:
    """Say how many stand at each level, and how many ties go between two of them."""
    said = [f"{text('figure.levels_title', lang)}."]
    counts = Counter(band(kart, one.id) for one in kart.actors)
    for name in cells.bands:
        level = capital(text(f"level.{name}", lang))
        actors = text("model.actors", lang, n=counts[name])
        said.append(text("figure.levels_alt_count", lang, level=level, actors=actors))
    between = Counter(
        frozenset({band(kart, tie.source), band(kart, tie.target)})
        for tie in kart.ties_in_force
        if not tie.needed
    )
    for lower, upper in itertools.combinations(words.LEVELS, 2):
        n = between[frozenset({lower, upper})]
        code = "levels_alt_ties" if n else "levels_alt_no_ties"
        names = {"lower": text(f"level.{lower}", lang), "upper": text(f"level.{upper}", lang)}
        said.append(text(f"figure.{code}", lang, n=n, **names))
    if note:
        said.append(f"{note}.")
    return " ".join(said)
