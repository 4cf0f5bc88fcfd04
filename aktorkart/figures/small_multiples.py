"""The same map several times, one part at a time: ``figures.small_multiples``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aktorkart.comparison.sides import reports
from aktorkart.errors import Problem, WrongArgument, language, one_of
from aktorkart.expected import expect, expect_if_given
from aktorkart.figures.drawing.grid import Grid, grid, panel_letters
from aktorkart.figures.drawing.scene import drawn
from aktorkart.figures.drawing.settings import standard_settings
from aktorkart.figures.drawing.sheet import expect_place, new_figure
from aktorkart.figures.drawing.stage import Subject, points, slim
from aktorkart.i18n import sort_key, text
from aktorkart.model import ActorMap, expect_map
from aktorkart.model.fields import writable
from aktorkart.privacy.shown import shown_together
from aktorkart.scene import panels as parted
from aktorkart.scene.alt_text.small_multiples import small_multiples as in_words
from aktorkart.scene.footer import DOT, footer_text
from aktorkart.scene.layout import PAGE, layout
from aktorkart.scene.legend import Key, mark_key
from aktorkart.scene.legend import keys as legend_keys
from aktorkart.scene.overlay import ungrouped
from aktorkart.scene.pages import laid_on
from aktorkart.scene.panels import WAYS, Panel, Part
from aktorkart.scene.style import style_of
from aktorkart.scene.words import sentence

if TYPE_CHECKING:
    from matplotlib.figure import Figure, SubFigure

    from aktorkart.scene.style import Size, Style

    Laid = tuple[Mapping[str, tuple[float, float]], tuple[float, float]]

# Names are written on panels at least so wide (points) with at most so many actors.
_WIDE, _FEW = 230.0, 12
# Panels are not narrower than this, rather fewer of them; those with many actors are wider.
_NARROWEST, _MANY, _NARROWEST_OF_MANY = 100.0, 20, 140.0
# How much of the page panels have beside the legend and above the list.
_SHARE = 0.68


@standard_settings()
def small_multiples(  # noqa: PLR0913 - keyword-only, and each has a default
    kart: ActorMap | Sequence[ActorMap],
    *,
    fig: Figure | SubFigure | None = None,
    size: Size | None = None,
    by: str | None = None,
    legend: bool = True,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
) -> Figure | SubFigure:
    """Draw the same map several times, one part at a time, everyone in the same place.

    One map is parted by its ties: a panel for each kind, informant or level, or for the end of
    each year (or month) in which a tie begins or ends. Several maps have a panel each. Who has
    no tie on a panel is a small open mark, so that what is empty is seen. Where there are many,
    numbers stand for names, and a list says which.

    Parameters
    ----------
    kart : ActorMap or sequence of ActorMap
        A map, or several maps of the same: those of an earlier one keep their places.
    fig : matplotlib.figure.Figure or SubFigure, optional
        An empty figure to draw into; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. A figure given with ``fig`` has its own.
    by : {"kind", "informant", "level", "period"}, optional
        What the ties of one map are parted by; kind if left out. By level, ties stand with the
        level of both ends, or among those between levels (METHOD 8).
    legend : bool
        Whether to draw a legend.
    title : str, optional
        The title; one of ours if left out, none if empty.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the last map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    style : Style or str, optional
        A style, or report, slide, print or dark; the report's if left out.

    Returns
    -------
    matplotlib.figure.Figure or SubFigure
        The figure. The first of its axes holds title, legend and list; the others are panels,
        with gids as in :func:`network`.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such way to part a map, language or style.
    WrongArgument
        If it is given no map, or ``by`` with several; if the page has no such size, or is given
        together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> kart = kart.with_tie(source="nav", target="dps", kind="referral")
    >>> kart = kart.with_tie(source="nav", target="dps", kind="information")
    >>> fig = sheet().figure
    >>> fig.clear()
    >>> panels = small_multiples(kart, fig=fig, lang="en").axes[1:]
    >>> [ax.get_title(loc="left") for ax in panels]
    ['Information (1)', 'Referral (1)']
    """
    maps = (kart,) if isinstance(kart, ActorMap) else _several(kart)
    if len(maps) > 1 and by is not None:
        raise WrongArgument(Problem(code="by_of_one_map", values={"value": repr(by)}))
    by = one_of(by or "kind", WAYS, option="by")
    expect_place(fig, size, figure=True)
    expect("yes_or_no", legend=legend)
    expect_if_given("text", title=title)
    lang, look = language(lang, maps[-1].lang), style_of(style, size)
    seen = tuple(one.kart for one in shown_together(*maps, names=names, lang=lang, consent=consent))
    own = language(maps[-1].lang)
    steady = [one.kart for one in shown_together(*maps, names=names, lang=own, consent=consent)]
    placed = layout(parted.whole(steady), like=layout(steady[0]) if len(steady) > 1 else None)
    whole = parted.whole(seen)
    left_out = 0
    if len(seen) > 1:
        panels = parted.several(seen, lang)
    else:
        panels, left_out = parted.parts(seen[0], by, lang)
    code = "maps" if len(seen) > 1 else by
    heading = writable(title if title is not None else text(f"figure.small_title.{code}", lang))
    told = in_words(panels, lang=lang)
    own_page = fig is None
    fig = fig if fig is not None else new_figure(look)
    order = _order(whole, lang)
    many = max((len(panel.tied) for panel in panels), default=0)
    page = Grid(
        figure=fig,
        style=look,
        title=heading,
        alt=f"{sentence(heading)} {told}".strip(),
        count=len(panels),
        keys=_keys(_part(whole, whole, (placed.positions, placed.page), look, lang), panels)
        if legend and panels
        else [],
        names=_list(whole, panels, order) if many > _FEW or not _is_wide(panels, fig) else [],
        foot="" if panels else told,
        subject=Subject(seen, lang, look),
    )
    if not panels:
        if own_page:
            slim(page.frame)
        return page.figure  # type: ignore[no-any-return]
    page.fit(_NARROWEST if many <= _MANY else _NARROWEST_OF_MANY)
    largest = sorted(panels, key=lambda one: -len(one.ties))[: page.count]
    left_out += len(panels) - len(largest)
    notes = [text("figure.small_left_out", lang, n=left_out)] if left_out else []
    alone = len(seen) == 1
    page.foot = footer_text(seen[0], lang=lang, notes=notes) if alone else DOT.join(notes)
    font_size, title_size = panel_letters(look, page.scale)
    small = replace(look, font_size=font_size, title_size=title_size)
    numbers = {id_: at for at, id_ in enumerate(order, start=1)}
    spots = [page.panel() for _ in largest]
    # All have the room of the first, so that everyone stands in the same place.
    laid = laid_on(placed, points(spots[0]), look.smallest, bare=True)
    for panel, spot in zip([one for one in panels if one in largest], spots, strict=True):
        shown_as = parted.numbered(panel.kart, numbers) if page.names else panel.kart
        name = text("figure.small_panel", lang, name=panel.name, n=len(reports(panel.ties)))
        part = _part(shown_as, whole, laid, small, lang)
        drawn(part, spot, maps=(), title=name, alt="", legend=False)
    return page.figure  # type: ignore[no-any-return]


def _several(maps: Sequence[ActorMap]) -> tuple[ActorMap, ...]:
    """Refuse what is no sequence of maps."""
    if isinstance(maps, str) or not isinstance(maps, Sequence) or not maps:
        expect_map(maps)
    for one in maps:
        expect_map(one)
    return tuple(maps)


def _part(kart: ActorMap, whole: ActorMap, laid: Laid, style: Style, lang: str) -> Part:
    places, page = laid
    return Part(
        kart=kart,
        whole=whole,
        style=style,
        lang=lang,
        places={id_: at for id_, at in places.items() if id_ in kart},
        page=page,
        strip=(),
        grouped=ungrouped(kart),
        values={},
        size=None,
        foot="",
    )


def _order(kart: ActorMap, lang: str) -> list[str]:
    """Return everyone by name, as the list of numbers has them."""
    actors = sorted(kart.actors, key=lambda one: (sort_key(one.label, lang), one.id))
    return [actor.id for actor in actors]


def _list(kart: ActorMap, panels: Sequence[Panel], order: Sequence[str]) -> list[str]:
    """Return number and name of those who have a tie on some panel."""
    tied = {id_ for panel in panels for id_ in panel.tied}
    return [f"{at} {kart[id_].label}" for at, id_ in enumerate(order, start=1) if id_ in tied]


def _is_wide(panels: Sequence[Panel], fig: Figure | SubFigure) -> bool:
    """Tell whether panels of this number are wide enough for names: beside a legend, about."""
    per_pixel = 72.0 / fig.dpi
    room = _SHARE * fig.bbox.width * per_pixel, _SHARE * fig.bbox.height * per_pixel
    return grid(len(panels), *room)[2] * PAGE[0] >= _WIDE


def _keys(scene: Part, panels: Sequence[Panel]) -> list[Key]:
    """Return the legend of all panels, with what a small open mark is."""
    keys = legend_keys(scene, scene.ties(scene.radii()))
    if any(len(panel.tied) < len(panel.kart.actors) for panel in panels):
        label = text("figure.small_no_tie", scene.lang)
        fill = scene.style.background
        keys.append(Key(text("figure.actors", scene.lang)))
        keys.append(mark_key(label, shape="first", fill=fill, style=scene.style))
    return keys
