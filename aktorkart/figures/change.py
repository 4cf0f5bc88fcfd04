"""What has changed from one map to the next, drawn on one: ``figures.change``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.errors import language
from aktorkart.figures.drawing.scene import drawn
from aktorkart.figures.drawing.sheet import refuse_both, room_on
from aktorkart.figures.drawing.stage import points
from aktorkart.i18n import text
from aktorkart.model import expect_map
from aktorkart.privacy.shown import shown_together
from aktorkart.scene import change as changes
from aktorkart.scene.alt_text import change as in_words
from aktorkart.scene.layout import layout
from aktorkart.scene.legend import Key
from aktorkart.scene.overlay import Overlay, about_actors, needed_key, plain_key, ungrouped
from aktorkart.scene.pages import laid_on
from aktorkart.scene.style import style_of
from aktorkart.scene.words import sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style


def change(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    before: ActorMap,
    after: ActorMap,
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
    """Draw what has changed from one map to the next: both on one, everyone where they stood.

    Ties that are new, gone, stronger or weaker, that work again or no longer do, have a colour,
    a line and a sign; what is as it was is thin. Who is only on the earlier map keeps the
    place and is hollow; newcomers find a place among the others (METHOD 7, comparison of two
    maps). The sentence of the comparison stands below.

    Parameters
    ----------
    before, after : ActorMap
        The earlier and the later map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    labels : bool
        Whether to write names.
    legend : bool
        Whether to draw a legend, with how many there are of each change.
    title : str, optional
        The title; one with the maps' dates if left out, none if empty.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the later map's if left out.
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
        the signs ``sign:tie:…``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language or style.
    WrongArgument
        If it is given something else than two maps; if the page has no such size, or is given
        together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> before = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> ax = change(before, before.with_tie(source="nav", target="dps"), ax=sheet())
    >>> [one.get_gid() for one in ax.patches if one.get_gid().startswith("sign:")]
    ['sign:tie:contact:nav→dps']
    """
    for kart in (before, after):
        expect_map(kart)
    refuse_both(ax, size)
    lang, style = language(lang, after.lang), style_of(style, size)
    was, now = (
        one.kart for one in shown_together(before, after, names=names, lang=lang, consent=consent)
    )
    changed = changes.Changed.of(was, now)
    # Places are reckoned from the maps in their own language, the same whoever reads them.
    own = language(after.lang)
    old, new = (
        one.kart for one in shown_together(before, after, names=names, lang=own, consent=consent)
    )
    placed = layout(changes.Changed.of(old, new).kart, like=layout(old))
    axes = points(ax) if ax is not None else room_on(style)
    places, page = laid_on(placed, axes, style.smallest)
    looks = changes.tie_marks(style)
    scene = Overlay(
        kart=changed.kart,
        style=style,
        lang=lang,
        places=places,
        page=page,
        strip=placed.strip,
        grouped=ungrouped(changed.kart),
        values={},
        size=None,
        marked={tie: looks[case] for tie, case in changed.cases.items()},
        actors=changes.actor_looks(changed, style),
        foot=in_words.foot(changed, lang=lang),
    )
    scene = scene.with_keys(_keys(scene, changed))
    heading = title if title is not None else in_words.title(was, now, lang)
    told = in_words.change(changed, lang=lang)
    alt = f"{sentence(in_words.title(was, now, lang))} {told}"
    return drawn(scene, ax, maps=(was, now), title=heading, alt=alt, labels=labels, legend=legend)


def _keys(scene: Overlay, changed: changes.Changed) -> list[Key]:
    """Say what has a sign, and how many there are."""
    lang, style = scene.lang, scene.style
    looks = changes.tie_marks(style)
    keys = [Key(text("figure.change_ties", lang))] if scene.kart.ties_in_force else []
    keys += [
        looks[case].key(text(f"figure.change_case.{case}", lang, n=n), style)
        for case, n in changed.numbers().items()
    ]
    keys += plain_key(scene, text("figure.change_same", lang))
    keys += needed_key(scene)
    who = changes.actor_looks(changed, style)
    people = []
    for code, ids in (
        ("actors_gained", changed.change.actors_gained),
        ("actors_lost", changed.change.actors_lost),
    ):
        if ids:
            label = text(f"figure.change_case.{code}", lang, n=len(ids))
            people.append(who[ids[0]].key(label, style))
    return [*keys, *about_actors(scene, people)]
