"""A scene put into matplotlib axes: every mark, line and name as an artist with a gid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle, Wedge
from matplotlib.path import Path
from matplotlib.text import Text

from aktorkart.errors import language
from aktorkart.expected import expect
from aktorkart.figures.drawing import legends
from aktorkart.figures.drawing.actors import draw_actors
from aktorkart.figures.drawing.badges import draw_badges
from aktorkart.figures.drawing.lettering import Lettering, boxes_note, extent, writable, written
from aktorkart.figures.drawing.plan import NO_LEGEND, Beside, Plan
from aktorkart.figures.drawing.settings import standard_settings
from aktorkart.figures.drawing.sheet import expect_place, new_axes, room_on
from aktorkart.figures.drawing.stage import Stage, Subject, clear, points, quietly, slim
from aktorkart.figures.drawing.ties import draw_ties, segments_of
from aktorkart.i18n import text
from aktorkart.model import expect_map
from aktorkart.model.fields import writable as in_a_file
from aktorkart.privacy.shown import shown
from aktorkart.scene import marks
from aktorkart.scene.footer import DOT, footer_text
from aktorkart.scene.hulls import captions as hull_captions
from aktorkart.scene.labels import wrap
from aktorkart.scene.legend import LEADER_DASHES, LEADER_WIDTH, AreaSample, Key, leader_key
from aktorkart.scene.legend import keys as legend_keys
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.scene.namesakes import told_apart
from aktorkart.scene.pages import map_room
from aktorkart.scene.style import Style, mixed, style_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from aktorkart.model import ActorMap
    from aktorkart.scene.drawn_ties import DrawnTie
    from aktorkart.scene.ground import Caption, Ground
    from aktorkart.scene.hulls import Hull
    from aktorkart.scene.scene import Scene
    from aktorkart.scene.style import Size

    Floats = NDArray[np.float64]

_Around = tuple[tuple[float, float, float, float], "Floats", list[Text]]

# All names up to here; beyond, those of the best connected.
MOST_NAMES = 150
HUBS = 40
# How long the lines of a name are, as shares of the style's: as they read best, longer and shorter.
_WAYS = (1.0, 1.6, 0.65)
_OUTLINES: Sequence[tuple[float, ...]] = ((), (5, 2), (1.2, 1.6), (7, 2, 1.2, 2))


@dataclass(frozen=True)
class Begun:
    """What every scene starts from: the map as it may be shown, and its language and style."""

    kart: ActorMap
    ids: Mapping[str, str]  # of the original map → as they are shown
    lang: str
    style: Style
    maps: tuple[ActorMap, ...]  # as they may be shown, before namesakes are told apart
    steady: ActorMap  # the shown map in its own language, from which places are reckoned
    axes: tuple[float, float]  # width and height of the axes, in points

    @property
    def room(self) -> tuple[float, float]:
        """About how much of the axes is the map's, in points."""
        return map_room(*self.axes, self.style.smallest)

    @property
    def labels(self) -> dict[str, str]:
        """What the room of each name is reckoned from, the same in every language."""
        return {actor.id: actor.label for actor in self.steady.actors}


def begun(  # noqa: PLR0913 - what each figure is given
    kart: ActorMap,
    *,
    lang: str | None,
    names: bool | None,
    consent: str,
    style: Style | str | None,
    ax: Axes | None = None,
    size: Size | None = None,
) -> Begun:
    """Hide what may not be shown, before anything else."""
    expect_map(kart)
    expect_place(ax, size)
    lang = language(lang, kart.lang)
    seen = shown(kart, names=names, lang=lang, consent=consent)
    own = language(kart.lang)
    steady = seen.kart
    if seen.kart is not kart and lang != own:
        steady = shown(kart, names=names, lang=own).kart
    look = style_of(style, size)
    room = points(ax) if ax else room_on(look)
    return Begun(
        kart=told_apart(seen.kart, lang),
        ids=seen.ids,
        lang=lang,
        style=look,
        maps=(seen.kart,),
        steady=told_apart(steady, own),
        axes=room,
    )


@standard_settings()
def drawn(  # noqa: PLR0913 - see the parameters
    scene: Scene,
    axes: Axes | None,
    *,
    maps: tuple[ActorMap, ...],
    title: str,
    alt: str,
    labels: bool = True,
    legend: bool = True,
) -> Axes:
    """Draw a scene, of ``maps`` if it is no part of a figure, into axes or on a new page."""
    expect("text", title=title)
    expect("yes_or_no", labels=labels)
    expect("yes_or_no", legend=legend)
    heading, ground = in_a_file(title), scene.ground
    new = axes is None
    axes = axes if axes is not None else new_axes(scene.style)
    style = scene.style
    clear(axes, style, heading=heading)
    radii = scene.radii()
    ties = scene.ties(radii)
    widths: list[tuple[Any, Any]] = []
    draw_ties(scene, axes, ties, widths)
    named = _named(scene)
    draw_actors(scene, axes, radii, widths, {scene.ids[place] for place in named})
    lines: Sequence[Key] = []
    if legend and scene.places:
        lines = legend_keys(scene, ties) if scene.keys is None else scene.keys
    texts = _names(scene, axes, named) if labels else {}
    most = len(scene.ids) - len(scene.unnamed) if labels else 0
    fitted: list[tuple[Text, Caption]] = []
    if ground is None:
        page, obstacles, captions = _draw_strip(scene, axes, radii)
        if scene.hulls:
            lines = [*lines, *_hull_keys(scene)] if legend else lines
            page, obstacles, captions = _draw_hulls(
                scene, axes, radii, ties, (page, obstacles, captions)
            )
    else:
        page, obstacles, captions = ground.page, np.array(ground.taken).reshape(-1, 4), []
        fitted = _draw_ground(ground, axes, style)
        lines = [*ground.keys, *lines, *ground.last] if legend else []
    if badges := scene.badges(ties):
        obstacles = np.concatenate([obstacles, draw_badges(axes, badges, style)])
    led = leader_key(scene) if lines and texts else None
    lines = [*lines, led] if led else lines
    beside = _draw_legend(axes, lines, style, page)
    segments, owners = segments_of(ties)
    del ties  # thousands of them take more room than all that follows
    shapes = [scene.shape(id_) for id_ in scene.ids]
    centres = np.array([scene.places[id_] for id_ in scene.ids]).reshape(-1, 2)
    widths += beside.ties
    plan = Plan(
        style=style,
        lang=scene.lang,
        centres=centres,
        halves=_halves(scene, shapes, radii),
        powers=np.array([marks.power(shape) for shape in shapes]),
        rims=_rims(shapes, np.array([radii[id_] for id_ in scene.ids]), centres),
        segments=segments,
        owners=owners,
        importance=_importance(scene),
        texts=texts,
        of=len(scene.ids) if len(texts) < most else None,
        names={place: _name(scene, place) for place in texts},
        ways={place: _ways(scene, place) for place in texts},
        halos=quietly(
            axes,
            PolyCollection(
                [],
                facecolors=to_rgba(style.background, 0.8),
                linewidths=0,
                # Above the marks where names cannot but cover some.
                zorder=2.5 if len(texts) == len(scene.ids) else 4,
            ),
            "halos",
        ),
        leaders=quietly(
            axes,
            LineCollection(
                [],
                colors=style.muted,
                linewidths=LEADER_WIDTH,
                linestyles=[(0, LEADER_DASHES)],
                capstyle="round",
                zorder=2.6,
            ),
            "leaders",
        ),
        extent=page,
        widths=widths,
        obstacles=obstacles,
        rooms=np.array([ground.rooms[id_] for id_ in scene.ids]).reshape(-1, 4)
        if ground and ground.rooms
        else None,
        legend=beside,
        leader_row=legends.row_of(axes, led, style) if led else [],
        captions=captions,
        fitted=fitted,
        footer=_footer(scene, axes, heading),
    )
    subject = Subject(maps, scene.lang, style)
    stage = Stage(axes, plan.arrange, title=heading, alt=alt, subject=subject, told=plan.said)
    axes.add_artist(stage)
    if not scene.places and ground is None:
        stage.needed = 5.0 * style.legend_size
        if new:
            slim(axes)
    axes.set_xlim(page[0], page[2])
    axes.set_ylim(page[1], page[3])
    return axes


def _draw_ground(ground: Ground, axes: Axes, style: Style) -> list[tuple[Text, Caption]]:
    """Draw rings or bands and the lines between, and return what is written there."""
    for area in ground.areas:
        look: dict[str, Any] = {
            "facecolor": area.fill,
            "edgecolor": area.edge,
            "linewidth": area.width,
            "linestyle": legends.dashed(area.dashes),
            "zorder": 0.5,
        }
        if area.ring is not None:
            inner, outer = area.ring
            quietly(axes, Wedge((0, 0), outer, 0, 360, width=outer - inner, **look), area.gid)
        elif area.box is not None:
            left, bottom, right, top = area.box
            patch = Rectangle((left, bottom), right - left, top - bottom, **look)
            quietly(axes, patch, area.gid)
    for rule in ground.rules:
        (x, y), (end_x, end_y) = rule.start, rule.end
        line = Line2D(
            [x, end_x],
            [y, end_y],
            color=rule.color,
            linewidth=0.7,
            marker="",
            linestyle="-",
            zorder=0.7,
        )
        quietly(axes, line, rule.gid)
    found = []
    for caption in ground.captions:
        left, bottom, right, top = caption.box
        made = written(
            writable(caption.text, style),
            style,
            style.legend_size,
            color=caption.color,
            at=((left + right) / 2, (bottom + top) / 2),
            ha="center",
            bold=caption.bold,
            zorder=2.45,
        )
        if caption.fill is not None:
            behind = {"boxstyle": "round,pad=0.12", "facecolor": caption.fill, "edgecolor": "none"}
            made.set_bbox(behind)
        found.append((quietly(axes, made, caption.gid), caption))
    return found


def _draw_legend(
    axes: Axes, lines: Sequence[Key], style: Style, page: tuple[float, float, float, float]
) -> Beside:
    if not lines:
        return NO_LEGEND
    left, bottom, right, top = page
    return legends.add(axes, lines, style, page=(right - left) / (top - bottom))


def _halves(scene: Scene, shapes: Sequence[str], radii: Mapping[str, float]) -> Floats:
    half = {shape: marks.half_extent(shape) for shape in set(shapes)}
    extents = np.array([half[shape] for shape in shapes]).reshape(-1, 2)
    reach: Floats = np.array([radii[id_] + scene.ring(id_) for id_ in scene.ids])
    return extents * reach[:, None]


def _rims(shapes: Sequence[str], radii: Floats, centres: Floats) -> Floats:
    """Return points on the rims of all marks, (n, points, 2)."""
    number = {shape: place for place, shape in enumerate(marks.RIMS)}
    rims: Floats = np.stack([*marks.RIMS.values()])[[number[shape] for shape in shapes]]
    rims *= radii[:, None, None]
    rims += centres[:, None]
    return rims


def _importance(scene: Scene) -> Floats:
    index = {id_: place for place, id_ in enumerate(scene.ids)}
    found = np.zeros(len(index))
    for tie in scene.kart.ties_in_force:
        found[index[tie.source]] += 1
        found[index[tie.target]] += 1
    if scene.kart.focal in index:
        found[index[scene.kart.focal]] += len(scene.kart.ties_in_force)
    if scene.highlight is not None:
        # Names of those who stand out are placed first, and never left out on large maps.
        found[[index[id_] for id_ in scene.lit]] += 4 * len(scene.kart.ties_in_force) + 1
        found[index[scene.highlight]] += len(scene.kart.ties_in_force) + 1
    return found


def _named(scene: Scene) -> list[int]:
    """Return the numbers of those whose names are written: all, or the best connected."""
    chosen = np.arange(len(scene.ids))
    if len(chosen) > MOST_NAMES:
        most = HUBS if scene.highlight is None else min(MOST_NAMES, max(HUBS, len(scene.lit)))
        chosen = np.lexsort((chosen, -_importance(scene)))[:most]
    return sorted(place for place in chosen.tolist() if scene.ids[place] not in scene.unnamed)


def _name(scene: Scene, place: int) -> str:
    return writable(scene.kart[scene.ids[place]].label, scene.style)


def _ways(scene: Scene, place: int) -> tuple[str, ...]:
    """Return the ways to break a name into lines: as it reads best, and flatter or narrower."""
    name = _name(scene, place)
    return tuple(wrap(name, near=round(scene.style.wrap * share)) for share in _WAYS)


def _names(scene: Scene, axes: Axes, named: Sequence[int]) -> dict[int, Text]:
    texts = {}
    boldest = scene.highlight or scene.kart.focal
    for place in named:
        id_ = scene.ids[place]
        label = written(
            _ways(scene, place)[0],
            scene.style,
            scene.style.font_size,
            color=scene.style.ink if id_ in scene.lit else scene.style.muted,
            at=scene.places[id_],
            ha="center",
            bold=id_ == boldest,
        )
        texts[place] = quietly(axes, label, f"label:{id_}")
    return texts


def _draw_strip(
    scene: Scene, axes: Axes, radii: Mapping[str, float]
) -> tuple[tuple[float, float, float, float], Floats, list[Text]]:
    """Say above those without ties why they stand aside."""
    page = (0.0, 0.0, *scene.page)
    if not scene.strip or len(scene.strip) == len(scene.places):
        return page, np.empty((0, 4)), []
    spots = np.array([scene.places[id_] for id_ in scene.strip])
    reach = max(radii[id_] for id_ in scene.strip) * 1.5
    left, right = spots[:, 0].min(), spots[:, 0].max()
    top = spots[:, 1].max() + reach + 1.5
    style, size = scene.style, scene.style.legend_size
    caption = written(
        text("figure.strip", scene.lang),
        style,
        size,
        color=style.muted,
        at=((left + right) / 2, top),
        ha="center",
        va="bottom",
    )
    quietly(axes, caption, "caption:strip")
    wide, high = extent(caption.get_text(), style, max(size, style.smallest))
    room = map_room(*points(axes), style.smallest)
    # On the smallest page where names are not yet made smaller, or on this one.
    scale = min(NOMINAL_SCALE, room[0] / page[2], room[1] / page[3])
    half, high = 0.6 * wide / scale, 1.2 * high / scale
    middle = min((left + right) / 2, max(page[2], right + reach) - half)
    caption.set_x(middle)
    box = (middle - half, top - 0.5, middle + half, top + high)
    return (
        (0.0, 0.0, max(page[2], box[2]), max(page[3], box[3])),
        np.array([box]),
        [caption],
    )


def _hull_color(style: Style, hull: Hull) -> str:
    """Return the colour of an outline; dashes tell outlines apart where there are no colours."""
    return style.muted if style.hatching else style.palette[hull.place % len(style.palette)]


def _hull_sample(style: Style, hull: Hull) -> AreaSample:
    """Return how an outline looks: the same on the map and in the legend."""
    color = _hull_color(style, hull)
    dashes = _OUTLINES[hull.place % len(_OUTLINES)]
    return AreaSample(color, mixed(color, style.ink, 0.25), dashes, opacity=0.1)


def _hull_path(hull: Hull) -> Path:
    closed = [
        ring if (ring[0] == ring[-1]).all() else np.concatenate([ring, ring[:1]])
        for ring in (hull.corners, *hull.holes)
    ]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in closed))


def _hull_keys(scene: Scene) -> list[Key]:
    """Name the outlines in the legend."""
    named = [Key(hull.name, _hull_sample(scene.style, hull)) for hull in scene.hulls]
    return [Key(text("figure.outlines", scene.lang)), *named]


def _draw_hulls(
    scene: Scene,
    axes: Axes,
    radii: Mapping[str, float],
    ties: Sequence[DrawnTie],
    around: _Around,
) -> _Around:
    """Draw soft outlines around groups, and write their names beside them."""
    style = scene.style
    page, obstacles, texts = around
    for hull in scene.hulls:
        sample = _hull_sample(style, hull)
        outline = PathPatch(
            _hull_path(hull),
            facecolor=to_rgba(sample.fill, sample.opacity),
            edgecolor=sample.edge,
            linewidth=1.1,
            linestyle=legends.dashed(sample.dashes),
            zorder=0.5,
        )
        quietly(axes, outline, f"hull:{hull.group}")
    centres = np.array([scene.places[id_] for id_ in scene.ids]).reshape(-1, 2)
    halves = _halves(scene, [scene.shape(id_) for id_ in scene.ids], radii)
    share = np.linspace(0, 1, 24)[:, None]
    along = [
        start + share * (end - start)
        for one in ties
        for start, end in zip(one.path[:-1], one.path[1:], strict=True)
    ]
    found = hull_captions(
        scene.hulls,
        style,
        Lettering(style),
        marks=np.concatenate([np.hstack([centres - halves, centres + halves]), obstacles]),
        ties=np.concatenate([np.empty((0, 2)), *along]),
        page=page,
    )
    for hull, (name, box) in zip(scene.hulls, found, strict=True):
        caption = written(
            name,
            style,
            style.legend_size,
            color=mixed(_hull_color(style, hull), style.ink, 0.6),
            at=((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),
            ha="center",
            bold=True,
        )
        texts.append(quietly(axes, caption, f"caption:{hull.group}"))
    boxes = np.array([box for _, box in found])
    reached = np.concatenate([boxes[:, :2], boxes[:, 2:], *(hull.corners for hull in scene.hulls)])
    (left, bottom), (right, top) = reached.min(axis=0), reached.max(axis=0)
    wider = (min(page[0], left), min(page[1], bottom), max(page[2], right), max(page[3], top))
    return wider, np.concatenate([obstacles, boxes]), texts


def _footer(scene: Scene, axes: Axes, heading: str) -> Text:
    told = {
        (frozenset(tie.ends), tie.kind, tie.informant)
        for tie in scene.kart.ties_in_force
        if tie.informant
    }
    notes = list(scene.notes)
    if len({(pair, kind) for pair, kind, _ in told}) < len(told):
        notes.append(text("figure.several_informants", scene.lang))
    style = scene.style
    unwritten = boxes_note(scene.kart, style, scene.lang)
    said = scene.foot
    if said is None:
        notes.append(unwritten)
        said = footer_text(scene.kart, lang=scene.lang, notes=notes, heading=heading)
    elif unwritten:
        said = DOT.join([unwritten, said])
    line = writable(said, style)
    note = written(line, style, style.legend_size, color=style.muted, va="bottom")
    note.set_transform(axes.transAxes)
    quietly(axes, note, "footer")
    return note
