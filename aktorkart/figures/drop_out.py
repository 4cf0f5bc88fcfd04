"""What is lost when somebody leaves, drawn: ``figures.drop_out``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.scene import begun, drawn
from aktorkart.i18n import capital, text
from aktorkart.scene.alt_text.drop_out import drop_out as in_words
from aktorkart.scene.layout import layout
from aktorkart.scene.leaving import Leaving
from aktorkart.scene.legend import Key
from aktorkart.scene.overlay import (
    DASHES,
    ActorLook,
    Mark,
    Overlay,
    about_actors,
    needed_key,
    plain_key,
    ungrouped,
)
from aktorkart.scene.pages import laid_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style

# Signs of `marks.glyph`: a bar across, one upright, and two dots.
_GONE, _CUT_OFF, _APART = 2, 0, 3


def drop_out(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    actor: str | None = None,
    ax: Axes | None = None,
    size: Size | None = None,
    labels: bool = True,
    legend: bool = True,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
) -> Axes:
    """Draw what is lost when somebody leaves: before and after, on one map.

    The one who leaves is hollow and the ties that go too are dashed. Who loses touch with the
    one in the middle has a dark mark, and who falls away from the rest another; everyone
    stands where they stand on the map. What it does is as in `aktorkart.care.drop_out`
    (METHOD 6.4), and stands below. As two panels it is :func:`small_multiples` of the map with
    and without the actor.

    Parameters
    ----------
    kart : ActorMap
        The map.
    actor : str, optional
        Id of the one who leaves; whoever's loss is dearest if left out.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    labels : bool
        Whether to write names.
    legend : bool
        Whether to draw a legend.
    title : str, optional
        The title; one that names who leaves if left out, none if empty.
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
        The axes. Artists have gids: ``actor:<id>``, ``tie:<kind>:<source>→<target>``. Where the
        map cannot show it, a sentence says why.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownActor
        If the one who leaves is not on the map.
    UnknownName
        If there is no such language or style.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Examples
    --------
    >>> import aktorkart as ak
    >>> from aktorkart.figures import sheet
    >>> ax = drop_out(ak.examples.kite(), ax=sheet(), lang="en")
    >>> ax.get_title(loc="left")
    'Without 7'
    """
    begin = begun(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    seen, lang, look = begin.kart, begin.lang, begin.style
    found = Leaving.of(seen, begin.ids[kart[actor].id] if actor is not None else None)
    alt = in_words(seen, lang=lang, found=found)
    heading = title
    if heading is None:
        code = "drop_out_title" if found.actor is not None else "drop_out_untitled"
        who = seen[found.actor].label if found.actor is not None else ""
        heading = text(f"figure.{code}", lang, actor=who)
    if not found.ties:
        return only_a_note(Page(seen, lang, look, ax, begin.maps), alt, title=heading)
    gone = Mark(look.conflict, dashes=DASHES)
    people = _looks(found, look)
    notes = [capital(one) for one in found.effects(lang)] or [alt.removesuffix(".")]
    placed = layout(begin.steady)
    places, page = laid_on(placed, begin.axes, look.smallest)
    scene = Overlay(
        kart=seen,
        style=look,
        lang=lang,
        places=places,
        page=page,
        strip=placed.strip,
        grouped=ungrouped(seen),
        values={},
        size=None,
        marked=dict.fromkeys(found.ties, gone),
        actors={id_: one for ids, one, _ in people for id_ in ids},
        notes=tuple(notes),
    )
    marked = [one.key(text(f"figure.{code}", lang, n=len(ids)), look) for ids, one, code in people]
    keys = [
        Key(text("figure.ties", lang)),
        gone.key(text("figure.drop_out_ties", lang, n=len(found.ties)), look),
        *plain_key(scene, text("figure.drop_out_left", lang)),
        *needed_key(scene),
        *about_actors(scene, marked),
    ]
    return drawn(
        scene.with_keys(keys),
        ax,
        maps=begin.maps,
        title=heading,
        alt=alt,
        labels=labels,
        legend=legend,
    )


def _looks(found: Leaving, style: Style) -> list[tuple[tuple[str, ...], ActorLook, str]]:
    """Return who is marked, how, and what the legend calls it."""
    those = [
        ((found.actor or "",), ActorLook(style.background, _GONE), "drop_out_gone"),
        (found.cut_off, ActorLook(style.conflict, _CUT_OFF), "drop_out_cut_off"),
        (found.apart, ActorLook(style.palette[1 % len(style.palette)], _APART), "drop_out_apart"),
    ]
    return [one for one in those if one[0]]
