"""What is needed and not there, drawn: ``figures.missing``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.scene import begun, drawn
from aktorkart.i18n import text
from aktorkart.scene.alt_text.missing import missing as in_words
from aktorkart.scene.footer import footer_text
from aktorkart.scene.layout import layout
from aktorkart.scene.legend import Key
from aktorkart.scene.missing import Missing, needed_mark, step_mark
from aktorkart.scene.overlay import Overlay, about_actors, plain_key, ungrouped
from aktorkart.scene.pages import laid_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style


def missing(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
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
    """Draw what is needed and not there, and the next steps that would help most.

    Everyone stands where they stand on the map. Ties that are needed and missing are dotted;
    up to three next steps, found as `aktorkart.care.next_steps` does (METHOD 9), are dashed and
    have a number, and the legend says what each changes. What is there is thin.

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    labels : bool
        Whether to write names.
    legend : bool
        Whether to draw a legend, with the steps.
    title : str, optional
        The title; one of ours if left out, none if empty.
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
        The axes. Artists have gids: ``actor:<id>``, ``tie:<kind>:<source>→<target>``, and for
        the numbers of steps ``sign:tie:…``.

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
    >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> ax = missing(kart.with_tie(source="nav", target="dps", needed=True), ax=sheet())
    >>> sorted(one.get_gid() for one in ax.patches if one.get_gid().startswith("tie:"))
    ['tie:contact:nav→dps', 'tie:information:dps→nav']
    """
    begin = begun(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    seen, lang, look = begin.kart, begin.lang, begin.style
    found = Missing.of(seen)
    heading = title if title is not None else text("figure.missing_title", lang)
    alt = in_words(seen, lang=lang, found=found)
    if not found.needed and not found.steps:
        return only_a_note(Page(seen, lang, look, ax, begin.maps), alt, title=heading)
    placed = layout(begin.steady)
    places, page = laid_on(placed, begin.axes, look.smallest)
    scene = Overlay(
        kart=found.kart,
        style=look,
        lang=lang,
        places=places,
        page=page,
        strip=placed.strip,
        grouped=ungrouped(seen),
        values={},
        size=None,
        marked=found.marks(look),
        foot=footer_text(seen, lang=lang),
    )
    scene = scene.with_keys(_keys(scene, found))
    return drawn(scene, ax, maps=begin.maps, title=heading, alt=alt, labels=labels, legend=legend)


def _keys(scene: Overlay, found: Missing) -> list[Key]:
    """Say what dots are, what each number stands for, and what thin lines are."""
    lang, style = scene.lang, scene.style
    keys = [Key(text("figure.ties", lang))]
    needed = len(found.needed)
    if needed:
        keys.append(needed_mark(style).key(text("figure.missing_needed", lang, n=needed), style))
    keys += plain_key(scene, text("figure.missing_there", lang))
    if found.steps:
        keys.append(Key(text("figure.missing_steps", lang)))
        keys += [
            step_mark(style, place, needed=tie.needed).key(found.step(tie, lang), style)
            for tie, (place, _) in found.steps.items()
        ]
    elif found.findings:
        keys.append(Key(text("figure.missing_too_many", lang)))
    return [*keys, *about_actors(scene)]
