"""The map itself, drawn: ``figures.network``."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from aktorkart.errors import InvalidMap, Problem, language, one_of
from aktorkart.figures.drawing.graph import onto
from aktorkart.figures.drawing.stage import new_axes
from aktorkart.privacy.shown import shown
from aktorkart.scene.alt_text import alt_text, emphasis
from aktorkart.scene.groups import groups
from aktorkart.scene.hulls import HULLS, outlines
from aktorkart.scene.layout import layout
from aktorkart.scene.scene import Scene
from aktorkart.scene.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.scene.groups import Groups
    from aktorkart.scene.hulls import Hull
    from aktorkart.scene.layout import Layout

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
    highlight: str | None = None,
    hulls: str | None = None,
    backbone: float | None = None,
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
    highlight : str, optional
        Id of an actor that stands out with its ties; the others are faded, but can be read.
    hulls : {"line", "organisation", "community"}, optional
        Soft outlines around groups of two or more; they go round others who stand among them. A
        group spread too far among others gets none, and the footer says so.
    backbone : float, optional
        The share of the ties that is drawn, the strongest first: above 0, up to 1. Those as
        strong as the weakest drawn are drawn too; the footer says how many are not. Places and
        sizes are those of the whole map.
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
    UnknownActor
        If the actor to highlight is not on the map.
    InvalidMap
        If the share of ties is not above 0 and up to 1.

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
    said = language(lang, kart.lang)
    if size is not None:
        one_of(size, SIZES, option="size")
    if hulls is not None:
        one_of(hulls, HULLS, option="hulls")
    if backbone is not None and not 0 < backbone <= 1:
        limits = {"value": str(backbone), "low": 0, "high": 1}
        raise InvalidMap(Problem(code="out_of_range", values=limits))
    if highlight is not None:
        kart[highlight]
    may_show = shown(kart, names=names, lang=said)
    seen = may_show.kart
    placed = layout(kart, like=like)

    @cache
    def measured() -> Measures:
        from aktorkart.network.measures import measures as compute

        return measures if measures is not None else compute(kart)

    back = {new: old for old, new in may_show.ids.items()}

    def grouped(by: str | None, most: int) -> Groups:
        if by != "community":
            return groups(seen, by, lang=said, measures=measured, most=most)
        found = groups(kart, by, lang=said, measures=measured, most=most)
        return replace(
            found, members={may_show.ids[id_]: mine for id_, mine in found.members.items()}
        )

    values = _values(kart, size, measured)
    lit = may_show.ids[highlight] if highlight is not None else None
    scene = Scene(
        kart=seen,
        style=look,
        lang=said,
        places={may_show.ids[id_]: place for id_, place in placed.positions.items()},
        strip=tuple(may_show.ids[id_] for id_ in placed.strip),
        grouped=grouped(color, len(look.palette)),
        values={id_: values.get(back[id_]) for id_ in back},
        size=size,
        highlight=lit,
        backbone=backbone,
    )
    drawn: tuple[Hull, ...] = ()
    skipped: tuple[str, ...] = ()
    if hulls is not None:
        drawn, skipped = outlines(scene, grouped(hulls, len(kart.actors) + 1), scene.radii())
    notes, told = emphasis(
        seen,
        highlight=lit,
        outlined=[hull.name for hull in drawn] if hulls is not None else None,
        skipped=skipped,
        hidden=len(scene.hidden),
        bare=len(scene.bare),
        lang=said,
    )
    scene = replace(scene, hulls=drawn, notes=tuple(notes))
    axes = ax if ax is not None else new_axes(look)
    heading = title if title is not None else seen.title or ""
    described = " ".join(
        [alt_text(kart, lang=said, names=names, measures=measured()), *told],
    )
    onto(scene, axes, labels=labels, legend=legend, heading=heading, alt=described)
    return axes


def _values(
    kart: ActorMap, size: str | None, measured: Callable[[], Measures]
) -> dict[str, float | None]:
    if size is None:
        return {}
    if size in JUDGEMENTS:
        return {actor.id: getattr(actor, size) for actor in kart.actors}
    found = measured()
    return {actor.id: getattr(found[actor.id], size) for actor in kart.actors}
