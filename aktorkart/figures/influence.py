"""Mendelow's power and interest, drawn: ``figures.influence``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.figures.drawing.area import Entry, Mark, Rect, Section
from aktorkart.figures.drawing.board import Board, Page, Space, only_a_note
from aktorkart.figures.drawing.plane import Dot, Plane
from aktorkart.i18n import text
from aktorkart.scene.alt_text import influence as in_words
from aktorkart.scene.style import mixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from aktorkart.model import Actor, ActorMap
    from aktorkart.scene.style import Size, Style


def influence(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
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
    """Draw power against interest: Mendelow's grid.

    Actors stand at their ratings, on a grid of equal steps; those of equal ratings share a
    cell, with numbers and a key where their names have no room in it. Shape and colour say how
    they stand towards the matter, and an arrow leads to how one would have them stand, where
    that is another way. Below it says whose power or interest nobody has judged (METHOD 4), and
    whose ties informants rate least alike.

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
        The title; one that says what is shown if left out, none if empty.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    style : Style or str, optional
        The style, or the name of a ready one: "report", "slide", "print" or "dark".

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> ax = influence(ActorMap(actors=[Actor(id="nav", power=4, interest=2)]), ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("actor:")]
    ['actor:nav']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    dots: list[Dot] = []
    missing: list[Actor] = []
    weighed = grunig.influence(page.kart)
    # Where nobody's stance is known, there is nothing to tell apart.
    stances = any(row.wanted or row.stance != "unknown" for row in weighed.rows)
    plain = Mark("first", page.style.plain, page.style.ink)
    drawn: set[str] = set()
    for row in weighed.rows:
        actor = page.kart[row.actor]
        if row.cell is None or row.power is None or row.interest is None:
            missing.append(actor)
            continue
        field = _FIELDS[row.cell]
        mark = plain
        if stances:
            wanted = None if row.wanted is None else _stance_mark(row.wanted, page.style)
            mark = replace(_stance_mark(row.stance, page.style), after=wanted)
            drawn |= {row.stance, row.wanted or row.stance}
        word = page.say(f"influence_stances.{row.wanted}") if row.wanted else ""
        dots.append(Dot(actor.id, actor.label, row.interest, row.power, field, mark, word))
    listed = [actor.label for actor in page.sorted(missing)]
    focal = page.kart.focal
    around = bool(weighed.rows) and focal not in {row.actor for row in weighed.rows}
    notes = [
        page.say("influence_not_judged", n=len(listed), actors=listed) if listed else "",
        in_words.least_alike(page.kart, page.lang),
        page.say("influence_around", actor=page.kart[focal].label)
        if focal is not None and around
        else "",
    ]
    heading = page.title(title, "influence_title")
    if not dots:
        nothing = [page.say("influence_empty"), *notes]
        return only_a_note(page, " ".join(one for one in nothing if one), title=heading)
    plane = Plane(
        style=page.style,
        lang=page.lang,
        dots=dots,
        fields={field: in_words.cell_name(cell, page.lang) for cell, field in _FIELDS.items()},
        axes_names=(
            page.say("influence_axis.interest"),
            page.say("influence_axis.power"),
        ),
        ends=(page.say("influence_low"), page.say("influence_high")),
        scale=(1, 5),
        limit=weighed.threshold - _HALF_A_STEP,
    )
    keys = [
        Entry(
            text(f"figure.influence_stances.{stance}", page.lang),
            stance,
            _stance_mark(stance, page.style),
            key=True,
        )
        for stance in _STANCES
        if stance in drawn
    ]
    if any(dot.mark.after for dot in dots):
        blank = Mark("first", page.style.background, page.style.ink)
        way = replace(blank, after=blank)
        keys.append(Entry(page.say("influence_wanted"), "wanted", way, key=True))
    areas = {
        "key": page.area(
            "key",
            Section(tuple(keys), head=page.say("influence_stance") if keys else ""),
            scale=page.small,
        ),
        "note": page.note(
            page.say("influence_between") if plane.between else "",
            *notes,
        ),
    }

    return _Field(page, areas, plane=plane).draw(
        title=heading,
        alt=in_words.influence(page.kart, lang=page.lang),
    )


@dataclass(eq=False, kw_only=True)
class _Field(Board):
    """The plane of power and interest, its legend beside it and the notes below."""

    plane: Plane

    def rooms(self, space: Space) -> dict[str, Rect] | None:
        """Give the legend a column if there is one, and the plane the rest."""
        width, height, size, _ = space
        note = self.areas["note"].height(width, size)
        if note > height / 4 and not space.must:
            return None
        note = min(note, height / 4)
        foot = note + size
        key, keys = self.areas["key"], bool(self.areas["key"].count)
        column = min(17 * size, width / 4) if keys else 0.0
        beside = Rect(width - column, foot, column, height - foot)
        plane = Rect(0, foot, width - column - (1.5 * size if keys else 0), height - foot)
        if keys and width < _NARROW * height:
            # Beneath the plane, which is narrow enough as it is.
            beside = Rect(0, foot, width, key.height(width, size))
            foot = min(beside.top, height / 2) + size
            plane = Rect(0, foot, width, height - foot)
        if not space.must and not self.plane.fits(plane, size):
            return None
        return {"note": Rect(0, 0, width, note), "key": beside, "plane": plane}

    def onto(self, axes: Axes) -> None:
        """Add the artists of the areas, then those of the plane."""
        super().onto(axes)
        self.plane.onto(axes)

    def finish(self, rooms: Mapping[str, Rect], size: float) -> None:
        """Put areas and plane in their places."""
        super().finish(rooms, size)
        self.plane.arrange(rooms["plane"], size)


_NARROW = 1.15
"""Where the page is narrower, beside its height, there is no column for a legend."""

_HALF_A_STEP = 0.5
"""The line between low and high runs between two ratings, so that no mark stands on it."""

# Upwards and across.
_FIELDS: Mapping[str, str] = {
    cell: "_".join("high" if high else "low" for high in highs)
    for highs, cell in grunig.INFLUENCE_CELLS.items()
}


# Shapes and fills that tell stances apart in grey too: upwards for, downwards against.
_STANCES: Mapping[str, tuple[str, int | None, float]] = {
    "strongly_for": ("personal", 0, 1.0),
    "for": ("personal", 0, 0.35),
    "neutral": ("first", None, 0.0),
    "against": ("private", 6, 0.35),
    "strongly_against": ("private", 6, 1.0),
    "unknown": ("unknown", None, 0.0),
}


def _stance_mark(stance: str, style: Style) -> Mark:
    shape, number, share = _STANCES[stance]
    if number is None:
        return Mark(shape, style.background, style.ink)
    # Without a colour of its own, against is told from for by its shape alone.
    color = style.palette[number] if style.palette[number] in style.strong else style.strong[0]
    return Mark(shape, mixed(style.background, color, share), style.ink)
