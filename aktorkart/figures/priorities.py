"""Whom to talk with about an issue, and how: ``figures.priorities``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.figures.drawing.area import Area, Entry, Mark, Rect, Section
from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.fields import Fields, stacked
from aktorkart.grunig.priorities import PRIORITY_GROUPS, counts_as_all
from aktorkart.grunig.salience import ATTRIBUTES
from aktorkart.i18n import text
from aktorkart.scene.alt_text import priorities as in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from aktorkart.grunig.priorities import Priorities, Priority
    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style


def priorities(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    issue: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
) -> Axes:
    """Draw who is an advocate, who opposes, and who is not active, with what to do about each.

    Rawlins' (2006) four groups: active ones above, supportive ones to the left (METHOD 4). In
    each group those whose claims weigh most come first, by how many of power, legitimacy and
    urgency they have. Who cannot be placed stands apart, with what is missing.

    Parameters
    ----------
    kart : ActorMap
        The map.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    issue : str, optional
        Id of the issue; the map's first if left out.
    title : str, optional
        The title; one that names the issue if left out, none if empty.
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
        The axes. Artists have gids: ``actor:<id>`` for marks (``actor:<id>:<group>`` for one
        that may belong to two groups), ``panel:<group>`` for the groups.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If the map has no such issue, or there is no such language.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap, Issue
    >>> seen = {"bolig": {"problem": "high", "constraint": "low", "involvement": "high"}}
    >>> rio = Actor(id="rio", stance=2, publics=seen)
    >>> ax = priorities(ActorMap(issues=[Issue(id="bolig")], actors=[rio]), ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("actor:")]
    ['actor:rio']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    seen = page.kart
    if issue is None and not seen.issues:
        untitled = page.title(title, "priorities_untitled")
        return only_a_note(page, in_words.priorities(seen, lang=page.lang), title=untitled)
    chosen = page.issue(kart, issue)
    found = grunig.priorities(seen, issue=chosen)
    title = page.title(title, "priorities_title", issue=found.titles[chosen])
    alt = in_words.priorities(seen, lang=page.lang, issue=chosen)
    rows = found.of(chosen)
    if not any(row.groups for row in rows):
        return only_a_note(page, alt, title=title)
    areas = _areas(page, found, rows)
    aside = [name for name in ("neutral", "unplaced", "key") if name in areas]
    lean = [name for name in aside if name != "unplaced"]
    return _Groups(page, areas, largest=1.3, aside=aside, lean=lean).draw(title=title, alt=alt)


# The groups as they stand: active ones above, supportive ones to the left.
_GRID = (("advocate", "adversarial"), ("dormant", "apathetic"))
_DEPTHS = {"advocate": 0.2, "adversarial": 0.14, "dormant": 0.09, "apathetic": 0.04}


def _areas(page: Page, found: Priorities, rows: Sequence[Priority]) -> dict[str, Area]:
    weigh = _weights(page)
    areas = {
        group: page.area(
            group,
            *_by_weight(page, [row for row in rows if group in row.groups], weigh, group),
            head=page.say(f"priorities_group.{group}"),
            about=text(f"grunig.strategy.{group}", page.lang) + ".",
            color=page.style.palette[0],
            depth=_DEPTHS[group],
        )
        for group in PRIORITY_GROUPS
    }
    neutral = [row for row in rows if row.active and row.stance == 0]
    if neutral:
        areas["neutral"] = page.area(
            "neutral",
            Section(_entries(page, neutral)),
            head=page.say("priorities_neutral"),
            color=page.style.muted,
            depth=0.03,
            scale=page.small,
        )
    if lacking := [row for row in rows if not row.groups and row not in neutral]:
        missings = {row.missing for row in lacking}
        areas["unplaced"] = page.area(
            "unplaced",
            *(
                Section(
                    _entries(page, [row for row in lacking if row.missing == missing]),
                    head=page.say(
                        "priorities_lacks",
                        missing=[text(f"grunig.field.{name}", page.lang) for name in missing],
                    )
                    if missing
                    else "",
                )
                for missing in sorted(missings, key=lambda one: (len(one), one))
            ),
            head=page.say("priorities_unplaced"),
            color=page.style.muted,
            depth=0.03,
            dashed=True,
            scale=page.small,
        )
    shapes = page.shape_keys([page.kart[row.actor] for row in rows])
    if shapes.entries:
        areas["key"] = page.area("key", shapes, scale=page.small)
    opens = any(len(row.groups) > 1 for row in rows)
    told = [
        page.say("priorities_note"),
        *([page.say("priorities_open")] if opens else []),
        *(one.text(page.lang) for one in found.findings if one.case == "folded"),
    ]
    unplaced = [one.text(page.lang) for one in found.findings if one.case == "unplaced"]
    areas["note"] = page.note(" ".join(told))
    areas["counted"] = page.note(" ".join([*unplaced, *told]), gid="counted")
    return areas


def _weights(page: Page) -> Callable[[Priority], str]:
    """Return what says how much each one's claims weigh: the headings of the lists."""
    attributes = {row.actor: row.attributes for row in grunig.salience(page.kart).rows}

    def weight(row: Priority) -> str:
        if counts_as_all(page.kart, row):
            return "gap"
        count = attributes[row.actor]
        return "unknown" if count is None else str(count)

    return weight


_WEIGHTS = (str(len(ATTRIBUTES)), "gap", "2", "1", "0", "unknown")


def _by_weight(
    page: Page, rows: Sequence[Priority], weigh: Callable[[Priority], str], group: str
) -> list[Section]:
    if not rows:
        return [Section((), empty=page.say("priorities_nobody"))]
    return [
        Section(
            _entries(page, mine, group=group),
            head=page.say(f"priorities_weight.{weight}"),
        )
        for weight in _WEIGHTS
        if (mine := [row for row in rows if weigh(row) == weight])
    ]


def _entries(page: Page, rows: Sequence[Priority], *, group: str = "") -> tuple[Entry, ...]:
    several = {row.actor for row in rows if len(row.groups) > 1}
    return tuple(
        Entry(
            page.say("priorities_either", actor=actor.label)
            if actor.id in several
            else actor.label,
            f"{actor.id}:{group}" if actor.id in several else actor.id,
            Mark(page.shape(actor), page.style.plain, page.style.ink),
        )
        for actor in page.sorted([page.kart[row.actor] for row in rows])
    )


@dataclass(eq=False, kw_only=True)
class _Groups(Fields):
    """Two by two groups, with what stands apart beside or beneath them."""

    def within(self, room: Rect, size: float, *, must: bool) -> dict[str, Rect] | None:
        """Give both columns the same width, and rows what they need."""
        gap = 0.7 * size
        across = (room.width - gap) / 2
        heights = [max(self.areas[name].height(across, size) for name in row) for row in _GRID]
        tall = stacked(heights, room.height, gap=gap, must=must)
        if tall is None:
            return None
        rooms: dict[str, Rect] = {}
        top = room.top
        for row, own in zip(_GRID, tall, strict=True):
            for column, name in enumerate(row):
                left = room.left + column * (across + gap)
                rooms[name] = Rect(left, top - own, across, own)
            top -= own + gap
        return rooms
