"""The network map around somebody, drawn: ``figures.ego``."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Wedge

from aktorkart.errors import language
from aktorkart.figures.drawing import spots
from aktorkart.figures.drawing.boards import capital
from aktorkart.figures.drawing.graph import Ground, onto
from aktorkart.figures.drawing.legends import Key, tie_key
from aktorkart.figures.drawing.lettering import extent, writable, written
from aktorkart.figures.drawing.stage import NOMINAL_SCALE, new_axes, quietly
from aktorkart.i18n import listing, sort_key, text
from aktorkart.model.actormap import part
from aktorkart.privacy.shown import shown
from aktorkart.scene import lines
from aktorkart.scene.circle import CENTRE_RADIUS, INNER, OUTER, Sector, division, places, point
from aktorkart.scene.groups import Groups
from aktorkart.scene.labels import wrap
from aktorkart.scene.rings import Ring, rings, steps
from aktorkart.scene.scene import DrawnTie, Scene
from aktorkart.scene.style import Style, mixed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from aktorkart.model import ActorMap, Tie

    Floats = NDArray[np.float64]

# In millimetres: the page, with room for the names of the spheres, and marks, few and many.
_PAGE = (-124.0, -101.0, 124.0, 101.0)
_RADIUS, _SMALL_RADIUS = 2.7, 1.5
_CROWD = 45
_MOST_NAMED = 5


@dataclass(frozen=True)
class _Rings(Scene):
    """A scene around somebody: the ties of the others are thin."""

    def radii(self) -> dict[str, float]:
        share = math.sqrt(_CROWD / max(len(self.places), 1))
        own = max(_RADIUS * min(share, 1.0), _SMALL_RADIUS)
        return {id_: CENTRE_RADIUS if id_ == self.kart.focal else own for id_ in self.places}

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
        Id of the one in the middle; the one that the map is about if left out. If the map does
        not say, it is whoever has ties with most others, and the footer says so; without any
        ties, only rings and sectors are drawn.
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
    >>> from aktorkart.model import Actor, ActorMap
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
    middle = actor or kart.focal or _best_connected(kart)
    centre = may_show.ids[middle] if middle is not None else None
    seen = may_show.kart
    found = rings(seen, centre, lang=said) if centre else _empty(seen, said)
    around = _around(seen, centre, found)
    axes = ax if ax is not None else new_axes(look)
    radii, sectors = division(around, found, lang=said)
    scene = _Rings(
        kart=around,
        style=look,
        lang=said,
        places={},
        strip=(),
        grouped=Groups("", {}, {one.id: () for one in around.actors}, {}),
        values={},
        size=None,
        middle="figure.ego_middle",
    )
    grounds = _Grounds(axes, scene, found, radii, sectors)
    captions = grounds.draw()
    scene = replace(scene, places=places(scene, found, radii, sectors, grounds.taken))
    left_out = len(seen.actors) - len(around.actors)
    notes = []
    if actor is None and kart.focal is None:
        notes.append(
            text(f"figure.{'ego_best_connected' if centre else 'linkages_no_focal'}", said)
        )
    if centre and left_out:
        notes.append(text("figure.ego_left_out", said, n=left_out))
    alt = _alt(around, found, sectors, notes, said)
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
        note=" · ".join(notes),
    )
    onto(scene, axes, labels=True, legend=True, heading=heading, alt=alt, ground=ground)
    return axes


def _best_connected(kart: ActorMap) -> str | None:
    near: dict[str, set[str]] = defaultdict(set)
    for tie in kart.ties_in_force:
        near[tie.source].add(tie.target)
        near[tie.target].add(tie.source)
    return min(near, key=lambda id_: (-len(near[id_]), id_), default=None)


def _empty(kart: ActorMap, lang: str) -> list[Ring]:
    return [Ring(said, ()) for *_, said in steps(kart, [], lang)]


def _around(kart: ActorMap, centre: str | None, found: Sequence[Ring]) -> ActorMap:
    """Return the part of the map that is drawn, with its own middle."""
    kept = {id_ for ring in found for id_ in ring.members} | ({centre} if centre else set())
    return part(kart, kept, focal=centre)


class _Grounds:
    """Rings and sectors, and what is written on them."""

    def __init__(
        self,
        axes: Axes,
        scene: Scene,
        found: Sequence[Ring],
        radii: Sequence[float],
        sectors: Sequence[Sector],
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
            (x, y), (far_x, far_y) = (point(sector.start, away) for away in (INNER, OUTER + 2.0))
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

    def _sphere(self, sector: Sector) -> Text:
        said = sector.said
        if not sector.actors:
            said = f"{said} ({text('figure.ego_nobody', self.scene.lang)})"
        said = wrap(writable(said, self.style), near=16)
        wide, high = self._room(said, bold=bool(sector.actors))
        angle = (sector.start + sector.end) / 2
        x, y = point(angle, OUTER + 2.5)
        # The box touches the circle with the corner or side that is nearest to it.
        left = x + wide / 2 * math.sin(angle) - wide / 2
        bottom = y + high / 2 * math.cos(angle) - high / 2
        reach = math.hypot(x, y)
        for _ in range(40):
            near_x = min(max(0.0, left), left + wide)
            near_y = min(max(0.0, bottom), bottom + high)
            if math.hypot(near_x, near_y) >= OUTER + 1.5:
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
        style, color = self.style, self.style.ink if bold else self.style.muted
        made = written(
            said, style, style.legend_size, color=color, at=at, ha="center", bold=bold, zorder=2.45
        )
        placed: Text = quietly(self.axes, made, gid)
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
                keys.append(spots.area_key(said, self.fill(place), edge, line=(0, (2.6, 1.8))))
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
            line=lines.Line(),
        ),
    ]


def _ends_at(tie: Tie, id_: str | None) -> bool:
    return id_ in {tie.source, tie.target}


def _alt(
    kart: ActorMap,
    found: Sequence[Ring],
    sectors: Sequence[Sector],
    notes: Sequence[str],
    lang: str,
) -> str:
    """Say who is close and which parts of life are empty."""
    if kart.focal is None:
        return ". ".join([text("figure.ego_untitled", lang), *notes, ""]).rstrip()
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
    said += [f"{note}." for note in notes]
    return " ".join(said)
