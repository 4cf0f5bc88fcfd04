"""Levels as bands and lines of service as lanes, drawn: ``figures.levels``."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from aktorkart import vocabulary as words
from aktorkart.errors import language
from aktorkart.figures import spots
from aktorkart.figures.boards import capital
from aktorkart.figures.drawing import Ground, onto
from aktorkart.figures.groups import Groups
from aktorkart.figures.labels import wrap
from aktorkart.figures.legends import Key, tie_key
from aktorkart.figures.scene import DrawnTie, Scene
from aktorkart.figures.stage import (
    LINE_SPACING,
    NOMINAL_SCALE,
    extent,
    font,
    new_axes,
    quietly,
    writable,
)
from aktorkart.figures.style import Style, mixed
from aktorkart.i18n import text
from aktorkart.privacy import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from aktorkart.model import ActorMap

    Floats = NDArray[np.float64]

LANES = (
    "personal",
    "civil",
    "private",
    "first",
    "second",
    "county",
    "state",
    "arena",
    "unknown",
)
"""The lanes from the left; first and second line are always there."""

_ALWAYS = ("first", "second")
_UNKNOWN = "unknown"

# In millimetres: the page, and what heads of bands and lanes take.
_WIDTH, _HEIGHT, _SIDE, _TOP = 258.0, 206.0, 28.0, 12.0
_RADIUS, _SMALL_RADIUS = 2.9, 1.5
_CROWD = 45
# About what a mark with its name takes, and what an empty lane and band keep.
_MARK_AREA, _LEAST_WIDE, _LEAST_HIGH = 520.0, 20.0, 19.0
_ROUNDS = 60
# Letters are a little larger than this on the smallest page where they keep their size.
_ROOMY = 1.12


class _Cells(NamedTuple):
    """Bands from the top and lanes from the left, and where they end."""

    bands: tuple[str, ...]
    lanes: tuple[str, ...]
    tops: tuple[float, ...]
    lefts: tuple[float, ...]


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
            look = replace(one.look, color=mixed(one.look.color, self.style.background, 0.6))
            # The tip stays where it is.
            head = None if one.head is None else one.head[0] + 0.7 * (one.head - one.head[0])
            thin = max(one.width * 0.5, 0.5)
            drawn.append((False, replace(one, look=look, width=thin, head=head)))
        return [one for _, one in sorted(drawn, key=lambda pair: pair[0])]


def band(kart: ActorMap, id_: str) -> str:
    """Return the level that an actor is drawn at: the first of its levels.

    Parameters
    ----------
    kart : ActorMap
        The map.
    id_ : str
        The actor.

    Returns
    -------
    str
        A level, or ``unknown``.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> band(ActorMap(actors=[Actor(id="a", kind="gp")]), "a")
    'individual'
    """
    levels = kart.levels(id_)
    return levels[0] if levels else _UNKNOWN


def lane(kart: ActorMap, id_: str) -> str:
    """Return the lane that an actor is drawn in: the first of its lines of service.

    Parameters
    ----------
    kart : ActorMap
        The map.
    id_ : str
        The actor.

    Returns
    -------
    str
        One of :data:`LANES`.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> lane(ActorMap(actors=[Actor(id="a", kind="nav")]), "a")
    'state'
    """
    lines = kart.lines(id_)
    if lines:
        return lines[0]
    return "arena" if kart[id_].kind == "arena" else _UNKNOWN


def crossing(kart: ActorMap, one: str, other: str) -> bool:
    """Tell whether two actors are drawn at different known levels.

    Parameters
    ----------
    kart : ActorMap
        The map.
    one, other : str
        The actors.

    Returns
    -------
    bool
        Whether a tie between them crosses levels.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="a", kind="gp"), Actor(id="b", kind="authority")])
    >>> crossing(kart, "a", "b"), crossing(kart, "a", "a")
    (True, False)
    """
    bands = {band(kart, one), band(kart, other)}
    return len(bands) > 1 and _UNKNOWN not in bands


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
    places = _division(seen, look, said)
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
    scene = replace(scene, places=_places(scene, places))
    captions, taken = _draw(axes, scene, places)
    several = sum(len(seen.levels(actor.id)) > 1 for actor in seen.actors)
    heading = title if title is not None else text("figure.levels_title", said)
    ground = Ground(
        page=(0.0, -2.0, _WIDTH, _HEIGHT),
        obstacles=np.array(taken).reshape(-1, 4),
        captions=captions,
        last=_last(scene),
        note=text("figure.levels_several", said, n=several) if several else "",
    )
    alt = _alt(seen, places, several, said)
    onto(scene, axes, labels=True, legend=True, heading=heading, alt=alt, ground=ground)
    return axes


def _division(kart: ActorMap, style: Style, lang: str) -> _Cells:
    """Make bands and lanes so large that the fullest cell is as empty as can be."""
    counts = Counter((band(kart, one.id), lane(kart, one.id)) for one in kart.actors)
    there = {name for name, _ in counts}
    bands = (*reversed(words.LEVELS), *([_UNKNOWN] if _UNKNOWN in there else []))
    used = {name for _, name in counts}
    lanes = tuple(name for name in LANES if name in used or name in _ALWAYS)
    wanted = np.array([[counts[one, other] for other in lanes] for one in bands]) + 0.1
    narrow = np.array([_needed(text(f"figure.levels_lane.{name}", lang), style) for name in lanes])
    narrow *= min(1.0, (_WIDTH - _SIDE) / float(narrow.sum()))
    low = np.full(len(bands), _LEAST_HIGH)
    wide = np.full(len(lanes), 1.0)
    high = np.full(len(bands), 1.0)
    for _ in range(_ROUNDS):
        wide = _sized(wide, _WIDTH - _SIDE, narrow)
        high = _sized(high, _HEIGHT - _TOP, low)
        full = wanted * _MARK_AREA / np.outer(high, wide)
        wide = wide * np.maximum(full.max(axis=0), 0.02) ** 0.25
        high = high * np.maximum(full.max(axis=1), 0.02) ** 0.25
    wide = _sized(wide, _WIDTH - _SIDE, narrow)
    high = _sized(high, _HEIGHT - _TOP, low)
    lefts = np.concatenate([[_SIDE], _SIDE + np.cumsum(wide)])
    tops = np.concatenate([[_HEIGHT - _TOP], _HEIGHT - _TOP - np.cumsum(high)])
    return _Cells(bands, lanes, tuple(tops.tolist()), tuple(lefts.tolist()))


def _needed(said: str, style: Style) -> float:
    """Return how wide a lane must be for the longest word of its name."""
    longest = max(
        extent(writable(word, style), style, style.legend_size, bold=True)[0]
        for word in said.split()
    )
    return max(_LEAST_WIDE, _ROOMY * longest / NOMINAL_SCALE + 2.5)


def _sized(sizes: Floats, total: float, least: Floats) -> Floats:
    """Scale sizes to a total, none below its least."""
    found: Floats = sizes * total / sizes.sum()
    for _ in range(len(sizes)):
        small = found <= least
        rest = total - least[small].sum()
        found = np.where(small, least, sizes * rest / max(sizes[~small].sum(), 1e-9))
    whole: Floats = found * total / found.sum()
    return whole


def _places(scene: Scene, division: _Cells) -> dict[str, tuple[float, float]]:
    """Spread the actors over their cells, near those in other cells that they work with."""
    kart = scene.kart
    ids = scene.ids
    if not ids:
        return {}
    radius = scene.radii()[ids[0]]
    rows = np.array([division.bands.index(band(kart, id_)) for id_ in ids])
    columns = np.array([division.lanes.index(lane(kart, id_)) for id_ in ids])
    tops, lefts = np.array(division.tops), np.array(division.lefts)
    left, right = lefts[columns], lefts[columns + 1]
    top, bottom = tops[rows], tops[rows + 1]
    number = {id_: place for place, id_ in enumerate(ids)}
    near: list[list[int]] = [[] for _ in ids]
    for tie in kart.ties_in_force:
        one, other = number[tie.source], number[tie.target]
        near[one].append(other)
        near[other].append(one)
    centre = np.stack([(left + right) / 2, (top + bottom) / 2], axis=1)
    pull = np.array(
        [
            centre[around].mean(axis=0) if around else centre[place]
            for place, around in enumerate(near)
        ]
    )
    starts = centre.copy()
    for row, column in sorted(set(zip(rows.tolist(), columns.tolist(), strict=True))):
        mine = np.flatnonzero((rows == row) & (columns == column))
        wide, high = float((right - left)[mine[0]]), float((top - bottom)[mine[0]])
        # Names are about three times as wide as high.
        across = max(1, min(len(mine), round(math.sqrt(len(mine) * wide / high / 2.2))))
        order = mine[np.lexsort((mine, -pull[mine, 1].round(6)))]
        lines = np.array_split(order, math.ceil(len(mine) / across))
        for place, line in enumerate(lines):
            along = line[np.lexsort((line, pull[line, 0].round(6)))]
            # Every other line is shifted, so that ties find a way between.
            shift = (0.16 if place % 2 else -0.16) if len(lines) > 1 else 0.0
            for step, index in enumerate(along.tolist()):
                share = (step + 0.5 + shift) / len(along)
                starts[index] = (
                    left[index] + share * wide,
                    top[index] - (place + 0.5) / len(lines) * high,
                )
    names = spots.boxes([kart[id_].label for id_ in ids], radius, scene.style)
    pad = radius * 1.5 + 0.8

    def hold(there: Floats) -> Floats:
        half = np.minimum((names.left + names.right) / 2, (right - left) / 2 - 0.5)
        aside = np.maximum(half, pad)
        below = np.minimum(names.down + 0.6, np.maximum((top - bottom) - 2 * pad, pad))
        low = np.stack([left + aside, bottom + below], axis=1)
        # A name above its mark is to stand in the same band, where there is room for it.
        above = np.maximum(np.minimum(names.down, (top - bottom) / 3), pad)
        high = np.stack([right - aside, top - above], axis=1)
        held: Floats = np.clip(there, np.minimum(low, centre), np.maximum(high, centre))
        return held

    placed = spots.apart(starts, names, hold, fixed=spots.blocked([]), radius=radius)
    return {id_: (x, y) for id_, (x, y) in zip(ids, placed.tolist(), strict=True)}


def _draw(
    axes: Axes, scene: Scene, division: _Cells
) -> tuple[list[Text], list[tuple[float, float, float, float]]]:
    """Draw bands and lanes with their names."""
    style, lang, kart = scene.style, scene.lang, scene.kart
    captions = []
    levels_there = Counter(band(kart, one.id) for one in kart.actors)
    lanes_there = Counter(lane(kart, one.id) for one in kart.actors)
    edge = mixed(style.muted, style.background, 0.4)
    floor, ceiling = division.tops[-1], division.tops[0]
    for place, name in enumerate(division.bands):
        top, bottom = division.tops[place], division.tops[place + 1]
        depth = 0.0 if name == _UNKNOWN else (0.26, 0.15, 0.06)[place]
        patch = Rectangle(
            (0.0, bottom),
            _WIDTH,
            top - bottom,
            facecolor=mixed(style.background, style.palette[0], depth),
            edgecolor=edge,
            linewidth=0.7,
            linestyle="-" if name != _UNKNOWN else (0, (4, 3)),
            zorder=0.5,
        )
        quietly(axes, patch, f"band:{name}")
        said = _head(capital(text(f"level.{name}", lang)), lang, there=levels_there[name] > 0)
        middle = (_SIDE / 2, (top + bottom) / 2)
        room = (_SIDE - 2.0, top - bottom - 2.0)
        written = _write(axes, style, said, middle, room, f"caption:band:{name}")
        captions.append(written)
    for place, name in enumerate(division.lanes):
        left, right = division.lefts[place], division.lefts[place + 1]
        line = Line2D(
            [left, left],
            [floor, ceiling + 0.8 * _TOP],
            color=edge,
            linewidth=0.7,
            marker="",
            linestyle="-",
            zorder=0.7,
        )
        quietly(axes, line, f"lane:{name}")
        said = _head(text(f"figure.levels_lane.{name}", lang), lang, there=lanes_there[name] > 0)
        middle = ((left + right) / 2, ceiling + _TOP / 2)
        room = (right - left - 1.5, _TOP - 1.0)
        captions.append(_write(axes, style, said, middle, room, f"caption:lane:{name}"))
    taken = [(0.0, floor, _SIDE, ceiling), (0.0, ceiling, _WIDTH, _HEIGHT)]
    # A name across a border would stand at two levels.
    taken += [(_SIDE, border - 0.1, _WIDTH, border + 0.1) for border in division.tops[1:-1]]
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
        if _ROOMY * wide / NOMINAL_SCALE <= room[0]:
            break
    written = Text(
        *at,
        lines,
        fontproperties=font(style, style.legend_size, bold=True),
        color=style.ink,
        ha="center",
        va="center",
        multialignment="center",
        linespacing=LINE_SPACING,
        zorder=2.45,
        parse_math=False,
        usetex=False,
    )
    placed: Text = quietly(axes, written, gid)
    return placed


def _last(scene: Scene) -> list[Key]:
    found = {crossing(scene.kart, tie.source, tie.target) for tie in scene.kart.ties_in_force}
    style, lang = scene.style, scene.lang
    if not found:
        return []
    keys = [Key(text("figure.levels_crossing", lang))]
    if True in found:
        keys.append(tie_key(text("figure.levels_across", lang), color=style.ink, width=1.8))
    if False in found:
        light = mixed(style.ink, style.background, 0.6)
        keys.append(tie_key(text("figure.levels_within", lang), color=light, width=0.9))
    return keys


def _alt(kart: ActorMap, division: _Cells, several: int, lang: str) -> str:
    """Say how many stand at each level, and how many ties go between two of them."""
    said = [f"{text('figure.levels_title', lang)}."]
    counts = Counter(band(kart, one.id) for one in kart.actors)
    for name in division.bands:
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
    if several:
        said.append(f"{text('figure.levels_several', lang, n=several)}.")
    return " ".join(said)
