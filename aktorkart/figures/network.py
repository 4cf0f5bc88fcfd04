"""The map itself, drawn: ``figures.network``."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING

from aktorkart.errors import InvalidMap, Problem, language, one_of
from aktorkart.figures.drawing.scene import begun, drawn
from aktorkart.model import expect_map
from aktorkart.network.measures import expect_measures
from aktorkart.network.measures import measures as compute
from aktorkart.paused import collector_paused
from aktorkart.privacy.shown import shown
from aktorkart.scene.alt_text import network as alt_text
from aktorkart.scene.counts import told
from aktorkart.scene.groups import AUTO, groups, numeric, usual
from aktorkart.scene.hulls import HULLS, outlines
from aktorkart.scene.layout import Layout, layout
from aktorkart.scene.marks import MOST_COLORED
from aktorkart.scene.pages import laid_on
from aktorkart.scene.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.scene.hulls import Hull
    from aktorkart.scene.style import Size, Style

MEASURES = (
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
)
JUDGEMENTS = ("power", "interest", "legitimacy", "urgency")

SIZES = (*MEASURES, *JUDGEMENTS)
"""What the size of a mark can stand for: a measure, or a judgement of the actor."""


@collector_paused()
def network(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    like: ActorMap | Layout | None = None,
    highlight: str | None = None,
    color: str | None = "auto",
    mark_size: str | None = "auto",
    hulls: str | None = None,
    backbone: float | None = None,
    labels: bool = True,
    legend: bool = True,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    measures: Measures | None = None,
    style: Style | str | None = None,
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
        Where to draw; a new page through pyplot if left out. :func:`sheet` makes a page
        without pyplot.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    like : ActorMap or Layout, optional
        An earlier map: everyone who was there keeps their place.
    highlight : str, optional
        Id of an actor that stands out with its ties; the others are faded, but can be read.
    color : str or None
        What the colours stand for: linkage, line, level, kind, organisation, community or a
        tag of the actors; numbers of a tag are a scale. ``"auto"`` is linkage where most are
        stated, else level on a map of governance and line on others. None for one colour.
        Linkages that follow from the kind of actor are hollow.
    mark_size : str or None
        What the size of the marks stands for: one of :data:`SIZES`, or a tag with numbers
        from 0 up. ``"auto"`` is betweenness, and degree beyond 5000 actors, where betweenness
        takes long. None for equal sizes, as where the differences are nothing.
    hulls : {"line", "organisation", "community"}, optional
        Soft outlines around groups of two or more; they go round others who stand among them. A
        group spread too far among others gets none, and the footer says so.
    backbone : float, optional
        The share of the ties that is drawn, the strongest first: above 0, up to 1. Those as
        strong as the weakest drawn are drawn too; the footer says how many are not. Places and
        sizes are those of the whole map.
    labels : bool
        Whether to write names: all up to 150 actors, beyond that those of the 40 best
        connected.
    legend : bool
        Whether to draw a legend, with only what is on the map.
    title : str, optional
        The title; the map's own if left out, none if empty.
    lang : {"nb", "nn", "en", "sv"}, optional
        Language of the legend; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    measures : Measures, optional
        The measures of this map, if they are computed already.
    style : Style or str, optional
        A style, or report, slide, print or dark; the report's if left out.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``, ``tie:<kind>:<source>→<target>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If the map has no such attribute, measure, language or style.
    UnknownActor
        If the actor to highlight is not on the map.
    InvalidMap
        If the share of ties is not above 0 and up to 1.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> ax = network(kart.with_tie(source="nav", target="dps", strength=3), ax=sheet())
    >>> sorted(artist.get_gid() for artist in ax.patches)
    ['actor:dps', 'actor:nav', 'tie:contact:nav→dps']
    """
    begin = begun(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    seen, lang = begin.kart, begin.lang
    if mark_size == AUTO:
        mark_size = alt_text.central_measure(seen)
    elif mark_size is not None:
        one_of(mark_size, [AUTO, *SIZES, *numeric_tags(seen)], option="mark_size")
    if hulls is not None:
        one_of(hulls, HULLS, option="hulls")
    expect_measures(measures)
    if backbone is not None and not (isinstance(backbone, Real) and 0 < float(backbone) <= 1):
        limits = {"value": str(backbone), "low": 0, "high": 1}
        raise InvalidMap(Problem(code="out_of_range", values=limits))
    lit = begin.ids[kart[highlight].id] if highlight is not None else None

    @cache
    def measured() -> Measures:
        return measures if measures is not None and seen is kart else compute(seen)

    placed = layout(begin.steady, like=_like(like, begin.ids, names=names))
    places, page = laid_on(placed, begin.axes, begin.style.smallest)
    scene = Scene(
        kart=seen,
        style=begin.style,
        lang=lang,
        places=places,
        page=page,
        strip=placed.strip,
        grouped=groups(
            seen,
            usual(seen) if color == AUTO else color,
            lang=lang,
            measures=measured,
            most=len(begin.style.palette) if begin.style.hatching else MOST_COLORED,
            scaled=True,
        ),
        values=values_of(seen, mark_size, measured),
        size=mark_size,
        normalized=mark_size not in MEASURES or measured().normalized,
        highlight=lit,
        backbone=backbone,
    )
    outlined: tuple[Hull, ...] = ()
    skipped: tuple[str, ...] = ()
    if hulls is not None:
        everyone = len(seen.actors) + 1
        grouped = groups(seen, hulls, lang=lang, measures=measured, most=everyone)
        outlined, skipped = outlines(scene, grouped, scene.radii())
    notes, emphasised = alt_text.emphasis(
        seen,
        highlight=lit,
        outlined=[hull.name for hull in outlined] if hulls is not None else None,
        skipped=skipped,
        hidden=len(scene.hidden),
        bare=len(scene.bare),
        lang=lang,
    )
    scene = replace(scene, hulls=outlined, notes=tuple(notes))
    alt = " ".join([alt_text.network(seen, lang=lang, measures=measured()), *emphasised])
    title = title if title is not None else seen.title or ""
    measured.cache_clear()  # of thousands, what was measured takes room that drawing needs
    return drawn(scene, ax, maps=begin.maps, title=title, alt=alt, labels=labels, legend=legend)


def _like(
    like: ActorMap | Layout | None, ids: Mapping[str, str], *, names: bool | None
) -> Layout | None:
    """Return where an earlier map was drawn, in the ids of what is shown now."""
    if like is None:
        return None
    back: Mapping[str, str] = {}
    if not isinstance(like, Layout):
        expect_map(like)
        seen = shown(like, names=names, lang=language(like.lang), consent="ignore")
        like, back = layout(seen.kart), {new: old for old, new in seen.ids.items()}
    own = {id_: ids.get(back.get(id_, id_)) for id_ in like.positions}
    return replace(
        like,
        positions={own[id_] or "": place for id_, place in like.positions.items() if own[id_]},
        strip=tuple(own[id_] or "" for id_ in like.strip if own.get(id_)),
    )


def values_of(
    kart: ActorMap, size: str | None, measured: Callable[[], Measures]
) -> dict[str, float | None]:
    """Return what the size of each actor's mark stands for."""
    if size is None:
        return {}
    if size in JUDGEMENTS:
        return {actor.id: getattr(actor, size) for actor in kart.actors}
    if size not in SIZES:
        return dict(numeric(kart, size))
    found = measured()
    values = {actor.id: getattr(found[actor.id], size) for actor in kart.actors}
    return {
        id_: None if value is None else told(size, value, found) for id_, value in values.items()
    }


def numeric_tags(kart: ActorMap) -> list[str]:
    """Return the tags whose values can be sizes."""
    tags = sorted({tag for actor in kart.actors for tag in actor.tags} - {*SIZES})
    return [tag for tag in tags if (found := numeric(kart, tag)) and min(found.values()) >= 0]
