"""The map itself, drawn: ``figures.network``."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text

from aktorkart.errors import UnknownActor, one_of
from aktorkart.figures import legends, marks
from aktorkart.figures.groups import Groups, groups, language
from aktorkart.figures.labels import wrap
from aktorkart.figures.stage import NOMINAL_SCALE, Plan, Stage, font, page_axes
from aktorkart.figures.style import Style
from aktorkart.figures.words import alt_text, footer
from aktorkart.i18n import listing, number, text
from aktorkart.layout import PAGE, Layout, layout
from aktorkart.privacy import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from aktorkart.figures.legends import Key
    from aktorkart.measures import Measures
    from aktorkart.model import ActorMap, Tie

    Floats = NDArray[np.float64]

SIZES = (
    "betweenness",
    "closeness",
    "degree",
    "degree_alpha",
    "eigenvector",
    "harmonic",
    "in_degree",
    "out_degree",
    "pagerank",
    "strength",
    "power",
    "interest",
    "legitimacy",
    "urgency",
)
"""What the size of a mark can stand for: a measure, or a judgement of the actor."""

JUDGEMENTS = ("power", "interest", "legitimacy", "urgency")
CARRYING = ("information", "referral", "collaboration", "coordination")
FORMAL = ("agreement", "membership", "funding", "authority")
# One artist for each actor and tie up to here; collections beyond.
MOST_ARTISTS = 500
# All names up to here; beyond, those of the best connected.
MOST_NAMES = 150
HUBS = 40
LANE_APART = 5.0
DETOURS = (0.0, 4.0, -4.0, 8.0, -8.0, 13.0, -13.0, 18.0, -18.0)
RIM_GAP = 0.5
RING = 1.15


def network(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    lang: str | None = None,
    names: bool | None = None,
    like: ActorMap | Layout | None = None,
    color: str | None = "linkage",
    size: str | None = "betweenness",
    labels: bool = True,
    legend: bool = True,
    title: str | None = None,
    measures: Measures | None = None,
    style: Style | None = None,
) -> Axes:
    """Draw a map: who is on it, and who works with whom.

    Shape is the line of service, width of a tie its strength, and a tie's line how it works:
    solid, jagged where it is strained, interrupted where it is broken, dotted where it is
    needed and missing (the convention of the eco-map). Names are placed when the figure is
    drawn.

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new A4 page through pyplot if left out. :func:`sheet` makes a page
        without pyplot.
    lang : {"nb", "nn", "en", "sv"}, optional
        Language of the legend; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    like : ActorMap or Layout, optional
        An earlier map: everyone who was there keeps their place.
    color : str or None
        What the colours stand for: linkage, line, level, kind, organisation, community or a
        tag of the actors. None for one colour.
    size : str or None
        What the size stands for: one of :data:`SIZES`. None for equal sizes.
    labels : bool
        Whether to write names: all up to 150 actors, beyond that those of the 40 best
        connected.
    legend : bool
        Whether to draw a legend, with only what is on the map.
    title : str, optional
        The title; the map's own if left out, none if empty.
    measures : Measures, optional
        The measures of this map, if they are computed already.
    style : Style, optional
        The look.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``, ``tie:<kind>:<source>→<target>``.

    Raises
    ------
    UnknownName
        If the map has no such attribute, measure or language.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> ax = network(kart.with_tie(source="nav", target="dps", strength=3), ax=sheet())
    >>> sorted(artist.get_gid() for artist in ax.patches)
    ['actor:dps', 'actor:nav', 'tie:contact:nav→dps']
    """
    look = style or Style()
    said = language(lang, kart)
    if size is not None:
        one_of(size, SIZES, option="size")
    may_show = shown(kart, names=names, lang=said)
    seen = may_show.kart
    placed = layout(kart, like=like)

    @cache
    def measured() -> Measures:
        from aktorkart.measures import measures as compute

        return measures if measures is not None else compute(kart)

    back = {new: old for old, new in may_show.ids.items()}
    grouped = groups(
        seen if color != "community" else kart,
        color,
        lang=said,
        measures=measured,
        most=len(look.palette),
    )
    if color == "community":
        grouped = replace(
            grouped,
            members={may_show.ids[id_]: mine for id_, mine in grouped.members.items()},
        )
    values = _values(kart, size, measured)
    drawing = _Drawing(
        kart=seen,
        style=look,
        lang=said,
        places={may_show.ids[id_]: place for id_, place in placed.positions.items()},
        strip=tuple(may_show.ids[id_] for id_ in placed.strip),
        grouped=grouped,
        values={id_: values.get(back[id_]) for id_ in back},
        size=size,
    )
    axes = ax if ax is not None else _new_axes(look)
    heading = title if title is not None else seen.title or ""
    described = alt_text(kart, lang=said, names=names, measures=measured())
    drawing.onto(axes, labels=labels, legend=legend, heading=heading, alt=described)
    return axes


def _new_axes(style: Style) -> Axes:
    # A figure that pyplot knows of is shown by notebooks and by plt.show().
    import matplotlib.pyplot as plt

    return page_axes(plt.figure(figsize=style.size, facecolor=style.background), style)


def _values(
    kart: ActorMap, size: str | None, measured: Callable[[], Measures]
) -> dict[str, float | None]:
    if size is None:
        return {}
    if size in JUDGEMENTS:
        return {actor.id: getattr(actor, size) for actor in kart.actors}
    found = measured()
    return {actor.id: getattr(found[actor.id], size) for actor in kart.actors}


@dataclass(frozen=True)
class _Look:
    """How a tie is drawn; ties of the same look share a collection on large maps."""

    color: str
    line: marks.Line
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class _DrawnTie:
    tie: Tie
    gid: str
    look: _Look
    width: float
    path: Floats
    strokes: list[Floats]
    head: Floats | None


@dataclass(frozen=True, kw_only=True)
class _Drawing:
    kart: ActorMap
    style: Style
    lang: str
    places: Mapping[str, tuple[float, float]]
    strip: tuple[str, ...]
    grouped: Groups
    values: Mapping[str, float | None]
    size: str | None

    # --- actors

    @cached_property
    def ids(self) -> list[str]:
        return sorted(self.places)

    @cached_property
    def shapeless(self) -> bool:
        """Whether no actor's line of service is known: then none is marked as unknown."""
        return not any(self.kart.lines(id_) or self.kart[id_].kind == "arena" for id_ in self.ids)

    def shape(self, id_: str) -> str:
        if self.shapeless:
            return "first"
        if self.kart[id_].kind == "arena":
            return "arena"
        lines = self.kart.lines(id_)
        return lines[0] if lines else "unknown"

    def radii(self) -> dict[str, float]:
        """Return each mark's radius in millimetres; its area grows with the value."""
        least, most = self.style.node_radius
        if self.size is None:
            middle = (least + most) / 2.4
            return dict.fromkeys(self.places, middle)
        top = max((value for value in self.values.values() if value), default=0.0)
        return {
            id_: math.sqrt(
                least**2 + (most**2 - least**2) * ((self.values.get(id_) or 0.0) / top if top else 0)
            )
            for id_ in self.places
        }

    def fills(self, id_: str) -> list[tuple[str, int | None]]:
        """Return the colours of a mark, each with the sign it needs in grey."""
        if not self.grouped.names:
            return [(self.style.plain, None)]
        mine = self.grouped.members.get(id_, ())
        found = [
            self.fill(place) for group, place in self.grouped.places.items() if group in mine
        ]
        if not found and mine:
            return [(_REST, None)]
        return found[:3] or [(self.style.background, None)]

    def fill(self, place: int) -> tuple[str, int | None]:
        plain = 4
        return self.style.palette[place], place - plain if place >= plain else None

    # --- ties

    @cached_property
    def unknown_dashes(self) -> tuple[float, ...]:
        """Return the dashes of a tie of unknown strength; none if no strength is known."""
        known = any(tie.strength is not None for tie in self.kart.ties_in_force)
        return (7.0, 2.5) if known else ()

    def look(self, tie: Tie) -> _Look:
        style = self.style
        if tie.needed:
            return _Look(style.missing, marks.Line(), (0.1, 2.6))
        form = tie.quality if tie.quality in {"strained", "broken"} else "solid"
        if tie.kind == "conflict":
            return _Look(style.conflict, marks.Line(form=form, crossed=True))
        color = (
            style.carrying
            if tie.kind in CARRYING
            else style.formal
            if tie.kind in FORMAL
            else style.other
        )
        dashes = self.unknown_dashes if tie.strength is None and form == "solid" else ()
        return _Look(color, marks.Line(double=tie.kind in FORMAL, form=form), dashes)

    def widths(self) -> list[float]:
        """Return the width of every tie in points: the root of its strength."""
        ties = self.kart.ties_in_force
        known = sorted(tie.strength for tie in ties if tie.strength is not None)
        middle = known[len(known) // 2] if known else 1.0
        widths = []
        for tie in ties:
            if tie.needed:
                widths.append(1.5)
            elif tie.strength is None:
                widths.append(self.style.line_width * (0.75 if self.unknown_dashes else 1.2))
            elif self.kart.strength_scale is not None:
                low, high = self.kart.strength_scale
                share = (tie.strength - low) / (high - low) if high > low else 1.0
                widths.append(self.style.line_width * math.sqrt(1 + 4 * share))
            else:
                share = min(max(3 * tie.strength / middle, 0.5), 9.0)
                widths.append(self.style.line_width * math.sqrt(share))
        # Two thin lines side by side weigh as much as one.
        return [
            width * (0.62 if self.look(tie).line.double else 1.0)
            for tie, width in zip(ties, widths, strict=True)
        ]

    def ties(self, radii: Mapping[str, float]) -> list[_DrawnTie]:
        ties = self.kart.ties_in_force
        pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, tie in enumerate(ties):
            pairs[min(tie.source, tie.target), max(tie.source, tie.target)].append(index)
        bulge = self._bulges(pairs, radii)
        widths = self.widths()
        used: dict[str, int] = defaultdict(int)
        drawn = []
        for pair in sorted(pairs):
            members = sorted(
                pairs[pair],
                key=lambda index: (ties[index].kind, ties[index].source, ties[index].informant or ""),
            )
            for place, index in enumerate(members):
                tie = ties[index]
                gid = f"tie:{tie.kind}:{tie.source}→{tie.target}"
                used[gid] += 1
                if used[gid] > 1:
                    gid += f"#{used[gid]}"
                drawn.append(self._tie(tie, gid, pair, bulge[pair][place], widths[index], radii))
        # Strong ties over weak ones; the order of the file decides nothing.
        return sorted(drawn, key=lambda one: (one.width, one.gid))

    def _bulges(
        self, pairs: Mapping[tuple[str, str], Sequence[int]], radii: Mapping[str, float]
    ) -> dict[tuple[str, str], list[float]]:
        lanes = {
            pair: marks.bulges(len(members), apart=LANE_APART) for pair, members in pairs.items()
        }
        single = sorted(pair for pair, members in pairs.items() if len(members) == 1)
        if single and len(self.places) <= MOST_ARTISTS:
            ids = self.ids
            found = marks.detours(
                np.array([self.places[source] for source, _ in single]),
                np.array([self.places[target] for _, target in single]),
                np.array([self.places[id_] for id_ in ids]),
                np.array([radii[id_] * 1.15 + 0.8 for id_ in ids]),
                tries=DETOURS,
            )
            lanes |= {pair: [float(bend)] for pair, bend in zip(single, found, strict=True)}
        return lanes

    def _tie(  # noqa: PLR0913 - a tie and where it runs
        self,
        tie: Tie,
        gid: str,
        pair: tuple[str, str],
        bulge: float,
        width: float,
        radii: Mapping[str, float],
    ) -> _DrawnTie:
        path = marks.lane(self.places[pair[0]], self.places[pair[1]], bulge)
        if tie.source != pair[0]:
            path = path[::-1]
        start = self._rim(tie.source, path[1] - path[0], radii)
        end = self._rim(tie.target, path[-2] - path[-1], radii)
        path = marks.trimmed(path, start, end)
        look = self.look(tie)
        thick = width / NOMINAL_SCALE
        head, body = None, path
        if not tie.mutual:
            double = 0.7 if look.line.double else 0.0
            length = 2.3 + 1.6 * thick + double
            head = marks.arrowhead(path, length=length, width=0.85 * length)
            body = marks.trimmed(path, 0, 0.72 * length)
        return _DrawnTie(
            tie, gid, look, width, path, marks.strokes(body, look.line, width=thick), head
        )

    def _rim(self, id_: str, way: Floats, radii: Mapping[str, float]) -> float:
        ring = RING if id_ == self.kart.focal else 0.0
        rim = marks.rim(self.shape(id_), (float(way[0]), float(way[1])))
        return rim * (radii[id_] + ring) + RIM_GAP

    # --- onto the axes

    def onto(self, axes: Axes, *, labels: bool, legend: bool, heading: str, alt: str) -> None:
        style = self.style
        axes.xaxis.set_visible(False)
        axes.yaxis.set_visible(False)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.set_facecolor(style.background)
        axes.grid(visible=False)
        axes.set_autoscale_on(False)
        axes.set_aspect("auto")
        if heading:
            axes.set_title(
                wrap(heading, near=80, lines=2),
                loc="left",
                fontproperties=font(style, style.title_size, bold=True),
                color=style.ink,
                pad=10,
                parse_math=False,
            )
        radii = self.radii()
        ties = self.ties(radii)
        widths: list[tuple[Any, Any]] = []
        self._draw_ties(axes, ties, widths)
        self._draw_actors(axes, radii, widths)
        extent, obstacles = self._draw_strip(axes, radii)
        keys = self.keys(ties) if legend and self.places else []
        plan = Plan(
            style=style,
            centres=np.array([self.places[id_] for id_ in self.ids]).reshape(-1, 2),
            halves=self._halves(radii),
            powers=np.array([marks.power(self.shape(id_)) for id_ in self.ids]),
            segments=np.concatenate(
                [np.zeros((0, 4)), *(np.hstack([t.path[:-1], t.path[1:]]) for t in ties)]
            ),
            owners=np.repeat(np.arange(len(ties)), [len(t.path) - 1 for t in ties]).astype(np.intp),
            importance=self._importance(),
            texts=self._names(axes) if labels else {},
            halos=_quietly(
                axes,
                PolyCollection(
                    [], facecolors=to_rgba(style.background, 0.8), linewidths=0, zorder=2.5
                ),
                "halos",
            ),
            leaders=_quietly(
                axes,
                LineCollection([], colors=style.muted, linewidths=0.5, zorder=2.6),
                "leaders",
            ),
            extent=extent,
            widths=widths,
            obstacles=obstacles,
            legend_width=legends.add(axes, keys, style) + 12.0 if keys else 0.0,
            footer_height=self._footer(axes),
        )
        stage = Stage(axes, plan, title=heading, alt=alt)
        stage.set_gid("stage")
        axes.add_artist(stage)
        axes.set_xlim(extent[0], extent[2])
        axes.set_ylim(extent[1], extent[3])

    def _draw_ties(
        self, axes: Axes, ties: Sequence[_DrawnTie], widths: list[tuple[Any, Any]]
    ) -> None:
        if len(ties) <= MOST_ARTISTS:
            for one in ties:
                patch = PathPatch(
                    legends.compound(one.strokes),
                    **legends.line_look(one.look.color, one.width, one.look.dashes),
                    zorder=2,
                )
                widths.append((_quietly(axes, patch, one.gid), one.width))
        else:
            by_look: dict[_Look, list[_DrawnTie]] = defaultdict(list)
            for one in ties:
                by_look[one.look].append(one)
            for number_of_look, (look, members) in enumerate(by_look.items()):
                found = [one.width for one in members]
                collection = PathCollection(
                    [legends.compound(one.strokes) for one in members],
                    facecolors="none",
                    edgecolors=look.color,
                    linewidths=found,
                    linestyles=[(0, look.dashes)] if look.dashes else "-",
                    zorder=2,
                )
                widths.append((_quietly(axes, collection, f"ties:{number_of_look}"), found))
        heads = [one for one in ties if one.head is not None]
        if heads:
            collection = PolyCollection(
                [one.head for one in heads],
                facecolors=[one.look.color for one in heads],
                linewidths=0,
                zorder=2.1,
            )
            _quietly(axes, collection, "arrowheads")

    def _draw_actors(
        self, axes: Axes, radii: Mapping[str, float], widths: list[tuple[Any, Any]]
    ) -> None:
        style = self.style
        signs: list[Floats] = []
        many = len(self.places) > MOST_ARTISTS
        gathered: list[tuple[Floats, str]] = []
        for id_ in self.ids:
            shape, place = self.shape(id_), np.array(self.places[id_])
            fills = self.fills(id_)
            whole = marks.SHAPES[shape] * radii[id_] + place
            for part, (color, sign) in zip(
                marks.stripes(shape, len(fills)), fills, strict=True
            ):
                if sign is not None:
                    middle = part.mean(axis=0) if len(fills) > 1 else np.zeros(2)
                    signs += [
                        (piece / len(fills) + middle) * radii[id_] + place
                        for piece in marks.glyph(sign)
                    ]
                if many:
                    gathered.append((part * radii[id_] + place, color))
            if many:
                continue
            if len(fills) > 1:
                stripes = PolyCollection(
                    [part * radii[id_] + place for part in marks.stripes(shape, len(fills))],
                    facecolors=[color for color, _ in fills],
                    edgecolors=style.ink,
                    linewidths=0.45,
                    zorder=3,
                )
                _quietly(axes, stripes, f"colors:{id_}")
            patch = Polygon(
                whole,
                closed=True,
                facecolor=fills[0][0] if len(fills) == 1 else "none",
                edgecolor=style.ink,
                linewidth=0.8,
                linestyle=(0, (2.6, 1.6)) if shape == "unknown" else "-",
                zorder=3.1,
            )
            widths.append((_quietly(axes, patch, f"actor:{id_}"), 0.8))
            if id_ == self.kart.focal:
                ring = Polygon(
                    marks.SHAPES[shape] * (radii[id_] + RING) + place,
                    closed=True,
                    fill=False,
                    edgecolor=style.ink,
                    linewidth=1.5,
                    zorder=3.1,
                )
                widths.append((_quietly(axes, ring, f"focal:{id_}"), 1.5))
        if many:
            collection = PolyCollection(
                [points for points, _ in gathered],
                facecolors=[color for _, color in gathered],
                edgecolors=style.ink,
                linewidths=0.4,
                zorder=3,
            )
            widths.append((_quietly(axes, collection, "actors"), 0.4))
        if signs:
            _quietly(
                axes, PolyCollection(signs, facecolors=style.ink, linewidths=0, zorder=3.2), "signs"
            )

    def _halves(self, radii: Mapping[str, float]) -> Floats:
        return np.array(
            [
                np.array(marks.half_extent(self.shape(id_)))
                * (radii[id_] + (RING if id_ == self.kart.focal else 0.0))
                for id_ in self.ids
            ]
        ).reshape(-1, 2)

    def _importance(self) -> Floats:
        index = {id_: place for place, id_ in enumerate(self.ids)}
        found = np.zeros(len(index))
        for tie in self.kart.ties_in_force:
            found[index[tie.source]] += 1
            found[index[tie.target]] += 1
        if self.kart.focal in index:
            found[index[self.kart.focal]] += len(self.kart.ties_in_force)
        return found

    def _names(self, axes: Axes) -> dict[int, Text]:
        importance = self._importance()
        chosen = np.arange(len(self.ids))
        if len(chosen) > MOST_NAMES:
            chosen = np.lexsort((chosen, -importance))[:HUBS]
        texts = {}
        for place in sorted(chosen.tolist()):
            id_ = self.ids[place]
            actor = self.kart[id_]
            said = Text(
                *self.places[id_],
                wrap(actor.label, near=self.style.wrap),
                fontproperties=font(
                    self.style, self.style.font_size, bold=id_ == self.kart.focal
                ),
                color=self.style.ink,
                ha="center",
                va="center",
                multialignment="center",
                linespacing=1.08,
                zorder=5,
                parse_math=False,
                usetex=False,
            )
            texts[place] = _quietly(axes, said, f"label:{id_}")
        return texts

    def _draw_strip(
        self, axes: Axes, radii: Mapping[str, float]
    ) -> tuple[tuple[float, float, float, float], Floats]:
        """Say above those without ties why they stand aside."""
        page = (0.0, 0.0, *PAGE)
        if not self.strip or len(self.strip) == len(self.places):
            return page, np.empty((0, 4))
        spots = np.array([self.places[id_] for id_ in self.strip])
        reach = max(radii[id_] for id_ in self.strip) * 1.5
        left, right = spots[:, 0].min(), spots[:, 0].max()
        top = spots[:, 1].max() + reach + 1.5
        said = Text(
            (left + right) / 2,
            top,
            text("figure.strip", self.lang),
            fontproperties=font(self.style, self.style.legend_size),
            color=self.style.muted,
            ha="center",
            va="bottom",
            zorder=5,
        )
        _quietly(axes, said, "caption:strip")
        half = len(said.get_text()) * 0.9
        box = ((left + right) / 2 - half, top - 0.5, (left + right) / 2 + half, top + 4.5)
        return (
            (0.0, 0.0, max(page[2], box[2]), max(page[3], box[3])),
            np.array([box]),
        )

    def _footer(self, axes: Axes) -> float:
        said = footer(self.kart, lang=self.lang)
        if not said:
            return 0.0
        note = Text(
            0.0,
            0.0,
            said,
            transform=axes.transAxes,
            fontproperties=font(self.style, self.style.legend_size),
            color=self.style.muted,
            ha="left",
            va="bottom",
            zorder=5,
            parse_math=False,
            usetex=False,
        )
        _quietly(axes, note, "footer")
        return self.style.legend_size * 1.6

    # --- the legend

    def keys(self, ties: Sequence[_DrawnTie]) -> list[Key]:
        return [*self._actor_keys(), *self._tie_keys(ties)]

    def _actor_keys(self) -> list[Key]:
        style, lang = self.style, self.lang
        keys: list[Key] = []
        shapes = [shape for shape in marks.SHAPES if any(self.shape(i) == shape for i in self.ids)]
        plain = "#D0D0D0"
        if self.grouped.names:
            keys.append(legends.Key(text("figure.color", lang, what=self.grouped.title)))
            for group, name in self.grouped.names.items():
                fill, sign = self.fill(self.grouped.places[group])
                keys.append(
                    legends.node_key(name, shape="first", fill=fill, glyph=sign, style=style)
                )
            if self.grouped.rest:
                keys.append(
                    legends.node_key(self.grouped.rest, shape="first", fill=_REST, style=style)
                )
            if any(not self.grouped.members.get(id_) for id_ in self.ids):
                keys.append(
                    legends.node_key(
                        text("figure.no_group", lang),
                        shape="first",
                        fill=style.background,
                        style=style,
                    )
                )
        if not self.shapeless:
            keys.append(legends.Key(text("figure.shape", lang)))
            for shape in shapes:
                name = "figure.arena" if shape == "arena" else f"line.{shape}"
                keys.append(
                    legends.node_key(
                        text(name, lang),
                        shape=shape,
                        fill=plain,
                        style=style,
                        dashed=shape == "unknown",
                    )
                )
        if self.kart.focal:
            keys.append(
                legends.node_key(
                    text("figure.focal", lang),
                    shape=self.shape(self.kart.focal),
                    fill=plain,
                    style=style,
                    ringed=True,
                )
            )
        if self.size is not None and any(self.values.values()):
            keys.append(legends.Key(text("figure.size", lang)))
            keys.append(legends.size_key(text(f"figure.sizes.{self.size}", lang), style))
        return keys

    def _tie_keys(self, ties: Sequence[_DrawnTie]) -> list[Key]:
        if not ties:
            return []
        style, lang = self.style, self.lang
        keys = [legends.Key(text("figure.ties", lang))]
        there = [one.tie for one in ties if not one.tie.needed]
        for kinds, color, double in (
            (CARRYING, style.carrying, False),
            (FORMAL, style.formal, True),
        ):
            found = [kind for kind in kinds if any(tie.kind == kind for tie in there)]
            if found:
                keys.append(
                    legends.tie_key(
                        self._kind_names(found),
                        color=color,
                        width=1.0 if double else 1.6,
                        line=marks.Line(double=double),
                    )
                )
        others = sorted(
            {tie.kind for tie in there} - {*CARRYING, *FORMAL, "conflict"},
            key=lambda kind: (kind != "contact", kind),
        )
        if others:
            keys.append(legends.tie_key(self._kind_names(others), color=style.other, width=1.6))
        if any(tie.kind == "conflict" for tie in there):
            keys.append(
                legends.tie_key(
                    self.kart.tie_kind_name("conflict", lang),
                    color=style.conflict,
                    width=1.2,
                    line=marks.Line(crossed=True),
                )
            )
        for quality in ("strained", "broken"):
            if any(tie.quality == quality for tie in there):
                keys.append(
                    legends.tie_key(
                        text(f"quality.{quality}", lang),
                        color=style.ink,
                        width=1.2,
                        line=marks.Line(form=quality),
                    )
                )
        if any(one.tie.needed for one in ties):
            keys.append(
                legends.tie_key(
                    text("figure.missing", lang), color=style.missing, width=1.5, dashes=(0.1, 2.6)
                )
            )
        if any(not tie.mutual for tie in there):
            keys.append(
                legends.tie_key(text("figure.one_way", lang), color=style.ink, width=1.2, arrow=True)
            )
        return [*keys, *self._strength_keys(there)]

    def _strength_keys(self, ties: Sequence[Tie]) -> list[Key]:
        style, lang = self.style, self.lang
        known = sorted({tie.strength for tie in ties if tie.strength is not None})
        unknown = any(tie.strength is None for tie in ties)
        if len(known) + unknown <= 1:
            # One width for all says nothing.
            return []
        keys = [legends.Key(text("figure.strength", lang))]
        widths = dict(zip(self.kart.ties_in_force, self.widths(), strict=True)) if known else {}
        for strength in dict.fromkeys([known[-1], known[0]] if known else []):
            width = max(
                width / (0.62 if self.look(tie).line.double else 1.0)
                for tie, width in widths.items()
                if tie.strength == strength and not tie.needed
            )
            code = "figure.strongest" if strength == known[-1] else "figure.weakest"
            keys.append(
                legends.tie_key(
                    text(code, lang, strength=number(strength, lang)), color=style.ink, width=width
                )
            )
        if unknown:
            keys.append(
                legends.tie_key(
                    text("figure.strength_unknown", lang),
                    color=style.ink,
                    width=0.75 * style.line_width,
                    dashes=(7.0, 2.5),
                )
            )
        return keys

    def _kind_names(self, kinds: Sequence[str]) -> str:
        return listing([self.kart.tie_kind_name(kind, self.lang) for kind in kinds], self.lang)


_REST = "#C8C8C8"


def _quietly(axes: Axes, artist: Any, gid: str) -> Any:
    """Add an artist without telling the axes to look for new limits."""
    artist.set_gid(gid)
    # Names and lines never reach outside the page, so layout engines need not measure them.
    artist.set_in_layout(False)
    return axes.add_artist(artist)
