"""Levels as bands and lines of service as lanes, drawn: ``figures.levels``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.scene import begun, drawn
from aktorkart.i18n import text
from aktorkart.scene.alt_text import levels as alt_text
from aktorkart.scene.levels import levels_scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style


def levels(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
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
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    title : str, optional
        The title; a standing one if left out, none if empty.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    style : Style or str, optional
        A style, or report, slide, print or dark; the report's if left out.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``, ``tie:<kind>:<source>→<target>``,
        ``band:<level>``, ``lane:<line>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language or style.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> ax = levels(ActorMap(actors=[Actor(id="nav", kind="nav")]), ax=sheet())
    >>> [one.get_gid() for one in ax.patches if one.get_gid().startswith("band:")]
    ['band:governance', 'band:service', 'band:individual']
    """
    begin = begun(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    title = text("figure.levels_title", begin.lang) if title is None else title
    alt = alt_text.levels(begin.kart, lang=begin.lang)
    if not begin.kart.actors:
        return only_a_note(
            Page(begin.kart, begin.lang, begin.style, ax, begin.maps), alt, title=title
        )
    scene = levels_scene(
        begin.kart,
        lang=begin.lang,
        style=begin.style,
        labels=begin.labels,
        room=begin.room,
    )
    return drawn(scene, ax, maps=begin.maps, title=title, alt=alt)
