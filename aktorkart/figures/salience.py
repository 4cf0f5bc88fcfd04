"""Power, legitimacy and urgency, drawn as three sets that overlap: ``figures.salience``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from matplotlib.patches import FancyBboxPatch

from aktorkart import grunig
from aktorkart.figures.drawing.area import Area, Entry, Mark, Rect, Section
from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.fields import Fields, stacked
from aktorkart.figures.drawing.lettering import written
from aktorkart.figures.drawing.stage import quietly
from aktorkart.grunig.salience import ATTRIBUTES, SALIENCE_CLASSES
from aktorkart.i18n import capital, text
from aktorkart.scene.alt_text import salience as in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.grunig.salience import ActorSalience
    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style


def salience(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
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
    """Draw who has power, legitimacy and urgency, and who has two of them, or all three.

    A Venn diagram of three rounded rectangles, so that each of its seven fields has room for
    names: Mitchell, Agle and Wood's (1997) classes (METHOD 4). Who has none of the three, and
    whom nobody has rated in all three, stand apart.

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
        The look, or the name of a ready one: "report", "slide", "print" or "dark".

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Artists have gids: ``actor:<id>`` for marks, ``panel:<class>`` for the seven
        fields, ``set:power``, ``set:legitimacy`` and ``set:urgency`` for the three outlines.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Notes
    -----
    A rating of four or more of five counts as having the attribute, as in
    :func:`~aktorkart.grunig.salience`.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap
    >>> nav = Actor(id="nav", power=4, legitimacy=5, urgency=2)
    >>> ax = salience(ActorMap(actors=[nav]), ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("actor:")]
    ['actor:nav']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    found = grunig.salience(page.kart)
    title = page.title(title, "salience_title")
    if all(row.salience is None for row in found.rows):
        return only_a_note(page, in_words.salience(page.kart, lang=page.lang), title=title)
    areas = _areas(page, found)
    aside = [name for name in ("nonstakeholder", "unknown", "key") if name in areas]
    lean = [name for name in aside if name != "unknown"]
    board = _Venn(page, areas, largest=1.3, aside=aside, lean=lean)
    return board.draw(title=title, alt=in_words.salience(page.kart, lang=page.lang))


# The rows of the fields, from above; power and legitimacy meet in the middle column.
_ROWS = (
    ("dormant", "dominant", "discretionary"),
    ("dangerous", "definitive", "dependent"),
    ("demanding",),
)


class _Line(NamedTuple):
    """How the outline of a set is drawn."""

    width: float
    dashes: tuple[float, ...]


_LINES: Mapping[str, _Line] = {
    "power": _Line(2.2, ()),
    "legitimacy": _Line(2.0, (5.0, 2.0)),
    "urgency": _Line(2.4, (1.0, 1.3)),
}
_COLORS = {"power": 0, "legitimacy": 3, "urgency": 6}
# Each attribute more makes a field a little darker.
_DEPTH = 0.06
# Between two outlines and between an outline and a field, in the size of the letters.
_STEP = 0.6


def _areas(page: Page, found: grunig.Salience) -> dict[str, Area]:
    by_class: dict[str | None, list[ActorSalience]] = {}
    for row in found.rows:
        by_class.setdefault(row.salience, []).append(row)
    areas = {
        name: page.area(
            name,
            Section(_entries(page, by_class.get(name, ())), empty=page.say("salience_nobody")),
            head=text(f"grunig.salience.{name}", page.lang),
            about=page.say("salience_power_gap") if name == "dependent" else "",
            color=page.style.palette[0],
            depth=_DEPTH * sum(has),
        )
        for has, name in SALIENCE_CLASSES.items()
        if any(has)
    }
    if none := by_class.get("nonstakeholder"):
        areas["nonstakeholder"] = page.area(
            "nonstakeholder",
            Section(_entries(page, none)),
            head=text("grunig.salience.nonstakeholder", page.lang),
            color=page.style.muted,
            depth=0.03,
            scale=page.small,
        )
    if unknown := by_class.get(None):
        lacking = dict.fromkeys(sorted((row.missing for row in unknown), key=_order))
        areas["unknown"] = page.area(
            "unknown",
            *(
                Section(
                    _entries(page, [row for row in unknown if row.missing == missing]),
                    head=page.say(
                        "salience_lacks",
                        missing=[text(f"grunig.field.{name}", page.lang) for name in missing],
                    ),
                )
                for missing in lacking
            ),
            head=page.say("salience_unknown"),
            color=page.style.muted,
            depth=0.03,
            dashed=True,
            scale=page.small,
        )
    shapes = page.shape_keys([page.kart[row.actor] for row in found.rows])
    if shapes.entries:
        areas["key"] = page.area("key", shapes, scale=page.small)
    note = page.say("salience_note", threshold=found.threshold)
    unrated = [one.text(page.lang) for one in found.findings if one.case == "unrated"]
    areas["note"] = page.note(note)
    areas["counted"] = page.note(" ".join([note, *unrated]), gid="counted")
    return areas


def _order(missing: tuple[str, ...]) -> tuple[int, list[int]]:
    return len(missing), [ATTRIBUTES.index(name) for name in missing]


def _entries(page: Page, rows: Sequence[ActorSalience]) -> tuple[Entry, ...]:
    fill = page.style.plain
    return tuple(
        Entry(actor.label, actor.id, Mark(page.shape(actor), fill, page.style.ink))
        for actor in page.sorted([page.kart[row.actor] for row in rows])
    )


@dataclass(eq=False, kw_only=True)
class _Venn(Fields):
    """Seven fields, and the outlines of the three sets that they are made of."""

    outlines: dict[str, FancyBboxPatch] = field(default_factory=dict)
    names: dict[str, Text] = field(default_factory=dict)

    def onto(self, axes: Axes) -> None:
        """Add fields, outlines and what the sets are called."""
        super().onto(axes)
        style = self.page.style
        for name, line in _LINES.items():
            color = style.palette[_COLORS[name]]
            color = color if color in style.strong else style.ink
            outline = FancyBboxPatch(
                (0, 0),
                1,
                1,
                boxstyle="round,pad=0,rounding_size=8",
                fill=False,
                edgecolor=color,
                linewidth=line.width,
                linestyle=(0, line.dashes) if line.dashes else "-",
                zorder=2,
            )
            self.outlines[name] = quietly(axes, outline, f"set:{name}")
            label = capital(text(f"grunig.field.{name}", self.page.lang))
            made = written(label, style, style.font_size, color=style.ink, bold=True)
            self.names[name] = quietly(axes, made, f"head:set:{name}")

    def within(self, room: Rect, size: float, *, must: bool) -> dict[str, Rect] | None:
        """Give three columns and three rows what they need."""
        step, head = _STEP * size, 1.7 * size
        # Beside three columns run two outlines at either edge, and one between them.
        wide = (room.width - 6 * step - 2 * step) / 3
        high = room.height - 2 * head - 4 * step - 5 * step
        heights = [
            max(
                self.areas[name].height(wide if len(row) > 1 else room.width - 4 * step, size)
                for name in row
            )
            for row in _ROWS
        ]
        # One field across the page is as high as it needs to be, not as those above it.
        heights[2] = min(max(heights[2], min(4.5 * size, high / 4)), high / 3 if must else high)
        upper = stacked(heights[:2], high - heights[2], gap=0, must=must)
        if upper is None:
            return None
        tall = [*upper, heights[2]]
        rooms: dict[str, Rect] = {}
        top = room.top - head - 2 * step
        for row, own, below in zip(_ROWS, tall, (2 * step, 3 * step, 0.0), strict=True):
            across = wide if len(row) > 1 else room.width - 4 * step
            for column, name in enumerate(row):
                left = room.left + 2 * step + column * (wide + 2 * step)
                rooms[name] = Rect(left, top - own, across, own)
            top -= own + below
        return rooms

    def finish(self, rooms: Mapping[str, Rect], size: float) -> None:
        """Draw the outlines around the fields that each set is made of."""
        super().finish(rooms, size)
        step = _STEP * size
        # How far out each outline runs where it shares an edge with another's.
        corners = {
            "power": ("dormant", "definitive", (2, 2, 1, 2)),
            "legitimacy": ("dominant", "dependent", (1, 1, 2, 1)),
            "urgency": ("dangerous", "demanding", (1, 1, 1, 2)),
        }
        for name, (first, last, (left, above, right, below)) in corners.items():
            one, other = rooms[first], rooms[last]
            box = Rect(
                one.left - left * step + 1.5,
                other.bottom - below * step,
                other.right - one.left + (left + right) * step - 3,
                one.top - other.bottom + (above + below) * step,
            )
            self.outlines[name].set_bounds(*box)
            label = self.names[name]
            label.set_fontsize(size)
            match name:
                case "power":
                    label.set(position=(box.left + size, box.top + 0.85 * size), ha="left")
                case "legitimacy":
                    label.set(position=(box.right - size, box.top + step + 0.85 * size), ha="right")
                case _:
                    label.set(position=(box.left + size, box.bottom - 0.85 * size), ha="left")
