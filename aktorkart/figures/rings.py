"""The network map around somebody, drawn: ``figures.ego``."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Wedge
from matplotlib.text import Text

from aktorkart.errors import language
from aktorkart.figures import marks, spots
from aktorkart.figures.boards import capital
from aktorkart.figures.closeness import SPHERES, Ring, rings, sphere, steps
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
from aktorkart.i18n import listing, sort_key, text
from aktorkart.model import ActorMap
from aktorkart.privacy import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from aktorkart.model import Tie

    Floats = NDArray[np.float64]

# In millimetres: the middle, the outermost ring, and room for the names of the spheres.
_INNER, _OUTER = 12.5, 90.0
_PAGE = (-124.0, -101.0, 124.0, 101.0)
_CENTRE_RADIUS, _RADIUS, _SMALL_RADIUS = 4.4, 2.7, 1.5
_CROWD = 45
# What an empty ring and an empty sphere keep: millimetres and degrees.
_LEAST_RING, _LEAST_ANGLE = 9.0, 24.0
_MOST_NAMED = 5


@dataclass(frozen=True)
class _Rings(Scene):
    """A scene around somebody: the ties of the others are thin."""

    def radii(self) -> dict[str, float]:
        share = math.sqrt(_CROWD / max(len(self.places), 1))
        own = max(_RADIUS * min(share, 1.0), _SMALL_RADIUS)
        return {id_: _CENTRE_RADIUS if id_ == self.kart.focal else own for id_ in self.places}

    def ties(self, radii: Mapping[str, float]) -> list[DrawnTie]:
        drawn = []
        for one in super().ties(radii):
            if self.kart.focal in {one.tie.source, one.tie.target}:
                drawn.append(one)
                continue
            look = replace(one.look, color=mixed(one.look.color, self.style.background, 0.45))
            thin = min(one.width * 0.4, 0.6) if not one.tie.needed else 0.9
            head = one.head
            if head is not None:
                # The tip stays where it is.
                head = head[0] + 0.65 * (head - head[0])
            drawn.append(replace(one, look=look, width=thin, head=head))
        # The others' ties lie beneath those of the middle.
        return sorted(drawn, key=lambda one: self.kart.focal in {one.tie.source, one.tie.target})


class _Sector(NamedTuple):
    """A sphere: what it is called, and its angles, clockwise from the top in radians."""

    name: str
    said: str
    start: float
    end: float
    actors: int


def ego(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    actor: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    style: Style | None = None,
    title: str | None = None,
) -> Axes:
    """Draw the network map: somebody in the middle, and how close the others are.

    Rings are closeness, the closest inside: the strongest tie to the middle counts. Sectors are
    the spheres of life, by the kind and else the first line of an actor. Empty rings and
    sectors stay, since they say something. Lines are those of the eco-map: as thick as the
    tie is strong, jagged where it is strained, interrupted where it is broken, dotted where it
    is needed and missing. Ties between the others are thin. Those without a tie to the middle
    are counted below (METHOD 5).

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new A4 page through pyplot if left out.
    actor : str, optional
        Id of the one in the middle; the one that the map is about if left out. If there is
        none, only rings and sectors are drawn.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    style : Style, optional
        The look.
    title : str, optional
        The title; one that names who stands in the middle if left out, none if empty.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``, ``tie:<kind>:<source>→<target>``,
        ``ring:<number>`` from the inside, ``sector:<sphere>``.

    Raises
    ------
    UnknownActor
        If the one in the middle is not on the map.
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor
    >>> kart = ActorMap(focal="user", actors=[Actor(id="user"), Actor(id="nav", kind="nav")])
    >>> ax = ego(kart.with_tie(source="user", target="nav", strength=5), ax=sheet())
    >>> [one.get_gid() for one in ax.patches if one.get_gid().startswith("actor:")]
    ['actor:nav', 'actor:user']
    """
    said = language(lang, kart.lang)
    look = style or Style()
    if actor is not None:
        kart[actor]
    may_show = shown(kart, names=names, lang=said)
    middle = actor or kart.focal
    centre = may_show.ids[middle] if middle is not None else None
    seen = may_show.kart
    found = rings(seen, centre, lang=said) if centre else _empty(seen, said)
    around = _around(seen, centre, found)
    axes = ax if ax is not None else new_axes(look)
    radii, sectors = _division(around, found, lang=said)
    scene = _Rings(
        kart=around,
        style=look,
        lang=said,
        places={},
        strip=(),
        grouped=Groups("", {}, {one.id: () for one in around.actors}, {}),
        values={},
        size=None,
    )
    grounds = _Grounds(axes, scene, found, radii, sectors)
    captions = grounds.draw()
    scene = replace(scene, places=_places(scene, found, radii, sectors, grounds.taken))
    left_out = len(seen.actors) - len(around.actors)
    note = ""
    if centre is None:
        note = text("figure.linkages_no_focal", said)
    elif left_out:
        note = text("figure.ego_left_out", said, n=left_out)
    alt = _alt(around, found, sectors, left_out, said)
    heading = title
    if heading is None:
        heading = (
            text("figure.ego_title", said, actor=around[centre].label)
            if centre
            else text("figure.ego_untitled", said)
        )
    ground = Ground(
        page=_PAGE,
        obstacles=np.array(grounds.taken).reshape(-1, 4),
        captions=captions,
        keys=grounds.keys(),
        last=_last(around, look, said),
        note=note,
    )
    onto(scene, axes, labels=True, legend=True, heading=heading, alt=alt, ground=ground)
    return axes


def _empty(kart: ActorMap, lang: str) -> list[Ring]:
    return [Ring(said, ()) for *_, said in steps(kart, [], lang)]


def _around(kart: ActorMap, centre: str | None, found: Sequence[Ring]) -> ActorMap:
    """Return the part of the map that is drawn, with its own middle."""
    kept = {id_ for ring in found for id_ in ring.members} | ({centre} if centre else set())
    fields = {name: getattr(kart, name) for name in type(kart).model_fields}
    fields |= {
        "focal": centre,
        "actors": tuple(one for one in kart.actors if one.id in kept),
        "ties": tuple(tie for tie in kart.ties if {tie.source, tie.target} <= kept),
    }
    # Checked already; and who reported a tie may be among those left out.
    return ActorMap.model_construct(**fields)


def _division(
    kart: ActorMap, found: Sequence[Ring], *, lang: str
) -> tuple[list[float], list[_Sector]]:
    """Divide the circle: more room where more actors are, something where there are none."""
    counts = np.array([len(ring.members) for ring in found], dtype=np.float64)
    share = (counts + 0.4) / (counts + 0.4).sum() if len(counts) else counts
    rims = np.sqrt(_INNER**2 + (_OUTER**2 - _INNER**2) * np.cumsum(share))
    widths = np.diff(np.concatenate([[_INNER], rims]))
    if len(widths):
        more = np.maximum(widths - _LEAST_RING, 0.0) + 1e-6
        free = _OUTER - _INNER - _LEAST_RING * len(widths)
        widths = _LEAST_RING + more * free / more.sum()
    radii = [_INNER, *(_INNER + np.cumsum(widths)).tolist()]
    weights: dict[str, float] = defaultdict(float)
    heads: Counter[str] = Counter()
    for ring, inner, outer in zip(found, radii, radii[1:], strict=False):
        for id_ in ring.members:
            # Close to the middle an angle is little room.
            weights[sphere(kart, id_)] += 100.0 / (inner + outer)
            heads[sphere(kart, id_)] += 1
    there = [name for name in SPHERES if name != "other" or heads[name]]
    total = sum(weights.values())
    free = 360.0 - _LEAST_ANGLE * len(there)
    sectors, start = [], 0.0
    for name in there:
        wide = _LEAST_ANGLE + (free * weights[name] / total if total else free / len(there))
        sectors.append(
            _Sector(
                name,
                _sphere_name(kart, name, lang),
                math.radians(start),
                math.radians(start + wide),
                heads[name],
            )
        )
        start += wide
    return radii, sectors


def _sphere_name(kart: ActorMap, name: str, lang: str) -> str:
    users = any(
        one.kind == "user" and one.id != kart.focal and sphere(kart, one.id) == name
        for one in kart.actors
    )
    if name == "personal" and users:
        return text("figure.ego_sphere.users", lang)
    return text(f"figure.ego_sphere.{name}", lang)


def _point(angle: float, radius: float) -> tuple[float, float]:
    return radius * math.sin(angle), radius * math.cos(angle)


def _places(
    scene: Scene,
    found: Sequence[Ring],
    radii: Sequence[float],
    sectors: Sequence[_Sector],
    taken: Sequence[tuple[float, float, float, float]],
) -> dict[str, tuple[float, float]]:
    """Spread the actors over their cells."""
    kart, style = scene.kart, scene.style
    own = replace(scene, places={one.id: (0.0, 0.0) for one in kart.actors}).radii()
    ids: list[str] = []
    starts: list[tuple[float, float]] = []
    limits: list[tuple[float, float, float, float]] = []
    sphere_of = {one.id: sphere(kart, one.id) for one in kart.actors}
    for ring, inner, outer in zip(found, radii, radii[1:], strict=False):
        for sector in sectors:
            members = [id_ for id_ in ring.members if sphere_of[id_] == sector.name]
            arc = (sector.end - sector.start) * (inner + outer) / 2
            rows = max(1, min(len(members), round(math.sqrt(len(members) * (outer - inner) / arc))))
            for row, chosen in enumerate(np.array_split(np.arange(len(members)), rows)):
                away = outer - (outer - inner) * (row + 0.5) / rows
                for place, index in enumerate(chosen.tolist()):
                    share = (place + 0.5) / len(chosen)
                    angle = sector.start + share * (sector.end - sector.start)
                    ids.append(members[index])
                    starts.append(_point(angle, away))
                    limits.append((inner, outer, sector.start, sector.end))
    places = {kart.focal: (0.0, 0.0)} if kart.focal else {}
    if not ids:
        return places
    bounds, pad = np.array(limits), own[ids[0]] + 0.9

    def hold(there: Floats) -> Floats:
        middle = (bounds[:, 0] + bounds[:, 1]) / 2
        away = np.clip(
            np.hypot(there[:, 0], there[:, 1]),
            np.minimum(bounds[:, 0] + pad, middle),
            np.maximum(bounds[:, 1] - pad, middle),
        )
        centre = (bounds[:, 2] + bounds[:, 3]) / 2
        half = np.maximum((bounds[:, 3] - bounds[:, 2]) / 2 - pad / away, 0.0)
        angle = np.arctan2(there[:, 0], there[:, 1])
        off = (angle - centre + np.pi) % (2 * np.pi) - np.pi
        turned = centre + np.clip(off, -half, half)
        held: Floats = np.stack([away * np.sin(turned), away * np.cos(turned)], axis=1)
        return held

    blocks = list(taken)
    if kart.focal:
        room = spots.boxes([kart[kart.focal].label], _CENTRE_RADIUS + 1.2, style)
        wide, down, high = float(room.left[0]), float(room.down[0]), float(room.up[0])
        blocks.append((-wide, -down, wide, high))
    placed = spots.apart(
        np.array(starts),
        spots.boxes([kart[id_].label for id_ in ids], own[ids[0]], style),
        hold,
        fixed=spots.blocked(blocks),
        radius=own[ids[0]],
    )
    return places | {id_: (x, y) for id_, (x, y) in zip(ids, placed.tolist(), strict=True)}


class _Grounds:
    """Rings and sectors, and what is written on them."""

    def __init__(
        self,
        axes: Axes,
        scene: Scene,
        found: Sequence[Ring],
        radii: Sequence[float],
        sectors: Sequence[_Sector],
    ) -> None:
        self.axes, self.scene, self.style = axes, scene, scene.style
        self.found, self.radii, self.sectors = found, radii, sectors
        self.taken: list[tuple[float, float, float, float]] = []

    def fill(self, place: int) -> str:
        """Return a ring's colour: the closer, the darker."""
        if self.found[place].kind != "known":
            return self.style.background
        known = sum(ring.kind == "known" for ring in self.found)
        depth = 0.05 + 0.18 * (known - place) / max(known, 1)
        return mixed(self.style.background, self.style.palette[0], depth)

    def draw(self) -> list[Text]:
        """Draw rings, borders and names; return the names."""
        style, captions = self.style, []
        for place, (inner, outer) in enumerate(itertools.pairwise(self.radii)):
            ring = Wedge(
                (0, 0),
                outer,
                0,
                360,
                width=outer - inner,
                facecolor=self.fill(place),
                edgecolor=mixed(style.muted, style.background, 0.3),
                linewidth=0.6,
                linestyle="-" if self.found[place].kind == "known" else (0, (4, 3)),
                zorder=0.5,
            )
            quietly(self.axes, ring, f"ring:{place + 1}")
        for sector in self.sectors:
            (x, y), (far_x, far_y) = (_point(sector.start, away) for away in (_INNER, _OUTER + 2.0))
            line = Line2D(
                [x, far_x],
                [y, far_y],
                color=mixed(style.muted, style.background, 0.3),
                linewidth=0.7,
                marker="",
                linestyle="-",
                zorder=0.7,
            )
            quietly(self.axes, line, f"sector:{sector.name}")
            captions.append(self._sphere(sector))
        for place, ring_ in enumerate(self.found):
            captions.append(self._chip(place, ring_))
        return captions

    def _sphere(self, sector: _Sector) -> Text:
        said = sector.said
        if not sector.actors:
            said = f"{said} ({text('figure.ego_nobody', self.scene.lang)})"
        said = wrap(writable(said, self.style), near=16)
        wide, high = self._room(said, bold=bool(sector.actors))
        angle = (sector.start + sector.end) / 2
        x, y = _point(angle, _OUTER + 2.5)
        # The box touches the circle with the corner or side that is nearest to it.
        left = x + wide / 2 * math.sin(angle) - wide / 2
        bottom = y + high / 2 * math.cos(angle) - high / 2
        reach = math.hypot(x, y)
        for _ in range(40):
            near_x = min(max(0.0, left), left + wide)
            near_y = min(max(0.0, bottom), bottom + high)
            if math.hypot(near_x, near_y) >= _OUTER + 1.5:
                break
            left += 0.5 * x / reach
            bottom += 0.5 * y / reach
        left = min(max(left, _PAGE[0] + 0.5), _PAGE[2] - wide - 0.5)
        bottom = min(max(bottom, _PAGE[1] + 0.5), _PAGE[3] - high - 0.5)
        self.taken.append((left, bottom, left + wide, bottom + high))
        return self._write(
            said,
            (left + wide / 2, bottom + high / 2),
            f"caption:sector:{sector.name}",
            bold=bool(sector.actors),
        )

    def _chip(self, place: int, ring: Ring) -> Text:
        said = wrap(writable(ring.said, self.style), near=12)
        wide, high = self._room(said, bold=False)
        middle = (self.radii[place] + self.radii[place + 1]) / 2
        self.taken.append((-wide / 2, middle - high / 2, wide / 2, middle + high / 2))
        written = self._write(said, (0.0, middle), f"caption:ring:{place + 1}", bold=False)
        written.set_bbox(
            {"boxstyle": "round,pad=0.12", "facecolor": self.fill(place), "edgecolor": "none"}
        )
        return written

    def _room(self, said: str, *, bold: bool) -> tuple[float, float]:
        wide, high = extent(said, self.style, self.style.legend_size, bold=bold)
        # On the smallest page where letters are not yet made smaller, and a little more.
        return 1.12 * wide / NOMINAL_SCALE + 0.6, 1.12 * high / NOMINAL_SCALE + 0.6

    def _write(self, said: str, at: tuple[float, float], gid: str, *, bold: bool) -> Text:
        written = Text(
            *at,
            said,
            fontproperties=font(self.style, self.style.legend_size, bold=bold),
            color=self.style.ink if bold else self.style.muted,
            ha="center",
            va="center",
            multialignment="center",
            linespacing=LINE_SPACING,
            zorder=2.45,
            parse_math=False,
            usetex=False,
        )
        placed: Text = quietly(self.axes, written, gid)
        return placed

    def keys(self) -> list[Key]:
        """Say in the legend what rings mean."""
        lang, style = self.scene.lang, self.style
        if not self.found:
            return []
        keys = [Key(text("figure.ego_rings", lang))]
        known = [place for place, ring in enumerate(self.found) if ring.kind == "known"]
        edge = mixed(style.muted, style.background, 0.3)
        for place, ring in enumerate(self.found):
            if ring.kind == "known":
                if place not in {known[0], known[-1]}:
                    continue
                code = "closest" if place == known[0] else "farthest"
                said = text(f"figure.ego_{code}", lang, strength=ring.said)
                keys.append(spots.area_key(said, self.fill(place), edge))
            else:
                said = text(f"figure.ego_{ring.kind}_ring", lang)
                keys.append(spots.area_key(said, self.fill(place), edge, dashed=True))
        return keys


def _last(kart: ActorMap, style: Style, lang: str) -> list[Key]:
    others = [tie for tie in kart.ties_in_force if not _ends_at(tie, kart.focal)]
    if not others:
        return []
    return [
        Key(text("figure.ego_among", lang)),
        tie_key(
            text("figure.ego_thin", lang),
            color=mixed(style.ink, style.background, 0.45),
            width=0.6,
            line=marks.Line(),
        ),
    ]


def _ends_at(tie: Tie, id_: str | None) -> bool:
    return id_ in {tie.source, tie.target}


def _alt(
    kart: ActorMap, found: Sequence[Ring], sectors: Sequence[_Sector], left_out: int, lang: str
) -> str:
    """Say who is close and which parts of life are empty."""
    if kart.focal is None:
        return f"{text('figure.ego_untitled', lang)}. {text('figure.linkages_no_focal', lang)}."
    said = [f"{text('figure.ego_title', lang, actor=kart[kart.focal].label)}."]
    for ring in found:
        if not ring.members:
            continue
        labels = sorted(
            (kart[id_].label for id_ in ring.members), key=lambda label: sort_key(label, lang)
        )
        actors = (
            listing(labels, lang)
            if len(labels) <= _MOST_NAMED
            else text("model.actors", lang, n=len(labels))
        )
        if ring.kind == "known":
            said.append(text("figure.ego_alt_ring", lang, ring=ring.said, actors=actors))
        else:
            said.append(f"{capital(text(f'figure.ego_{ring.kind}_ring', lang))}: {actors}.")
    empty = [sector.said for sector in sectors if not sector.actors]
    if empty:
        said.append(text("figure.ego_alt_empty", lang, spheres=empty))
    if left_out:
        said.append(f"{text('figure.ego_left_out', lang, n=left_out)}.")
    return " ".join(said)
