"""The network map around somebody, drawn: ``figures.ego``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.scene import begun, drawn
from aktorkart.i18n import text
from aktorkart.scene.alt_text import ego as alt_text
from aktorkart.scene.ego import best_connected, ego_scene, notes_on, rings_around

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style


def ego(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    actor: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
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
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    actor : str, optional
        Id of the one in the middle; the one that the map is about if left out. If the map does
        not say, it is whoever has ties with most others, and the footer says so; without any
        ties, only rings and sectors are drawn.
    title : str, optional
        The title; one that names who stands in the middle if left out, none if empty.
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
        ``ring:<number>`` from the inside, ``sector:<sphere>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownActor
        If the one in the middle is not on the map.
    UnknownName
        If there is no such language or style.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(focal="user", actors=[Actor(id="user"), Actor(id="nav", kind="nav")])
    >>> ax = ego(kart.with_tie(source="user", target="nav", strength=5), ax=sheet())
    >>> [one.get_gid() for one in ax.patches if one.get_gid().startswith("actor:")]
    ['actor:nav', 'actor:user']
    """
    begin = begun(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    seen, lang = begin.kart, begin.lang
    asked = begin.ids[kart[actor].id] if actor is not None else None
    centre = asked or seen.focal or best_connected(seen)
    if title is None:
        title = (
            text("figure.ego_title", lang, actor=seen[centre].label)
            if centre
            else text("figure.ego_untitled", lang)
        )
    alt = alt_text.ego(seen, lang=lang, actor=asked)
    if not any(ring.members for ring in rings_around(seen, centre, lang)):
        return only_a_note(Page(seen, lang, begin.style, ax, begin.maps), alt, title=title)
    notes = notes_on(seen, centre, asked=asked is not None, lang=lang)
    scene = ego_scene(
        seen,
        centre,
        lang=lang,
        style=begin.style,
        labels=begin.labels,
        notes=notes,
        room=begin.room,
    )
    return drawn(scene, ax, maps=begin.maps, title=title, alt=alt)
