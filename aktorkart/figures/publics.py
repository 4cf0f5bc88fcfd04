"""The situational theory of publics, drawn: ``figures.publics``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.figures.drawing.area import Area, Entry, Mark, Rect, Section
from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.fields import Fields, stacked
from aktorkart.figures.drawing.lettering import extent, written
from aktorkart.figures.drawing.stage import quietly
from aktorkart.grunig import wording
from aktorkart.i18n import capital, text
from aktorkart.model.vocabulary import HIGH_LOW
from aktorkart.scene.alt_text import publics as in_words
from aktorkart.scene.alt_text.publics import BEHAVIOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.model import Actor, ActorMap
    from aktorkart.scene.style import Size, Style


def publics(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
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
    """Draw who sees an issue, and who acts: the situational theory of publics.

    Upwards those who see the problem, to the right those who see obstacles; in each of the
    four fields those who are strongly affected (filled) and those who are little affected
    (open), with the public that follows (METHOD 3). Where a judgement is missing, the actor
    stands apart as unknown, with what is missing.

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
        The axes. Artists have gids: ``actor:<id>``.

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
    >>> kart = ActorMap(issues=[Issue(id="bolig")], actors=[Actor(id="nav", publics=seen)])
    >>> ax = publics(kart, ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid().startswith("actor:")]
    ['actor:nav']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    seen = page.kart
    if issue is None and not seen.issues:
        untitled = page.title(title, "publics_untitled")
        return only_a_note(page, page.say("publics_no_issue"), title=untitled)
    chosen = page.issue(kart, issue)
    found = grunig.publics(seen, issue=chosen)
    areas = _areas(page, found.of(chosen))
    aside = [name for name in ("key", "unknown") if name in areas]
    return _Scaled(page, areas, largest=1.35, aside=aside, lean=["key"]).draw(
        title=page.title(title, "publics_title", issue=found.titles[chosen]),
        alt=in_words.publics(seen, lang=page.lang, issue=chosen),
    )


# Upwards by problem recognition, across by constraint recognition.
_DEPTHS = {"problem_facing": 0.2, "constrained": 0.14, "routine": 0.09, "fatalistic": 0.04}


def _areas(page: Page, rows: Sequence[grunig.Public]) -> dict[str, Area]:
    seen, lang = page.kart, page.lang
    actors = {row.actor: seen[row.actor] for row in rows}
    order = page.sorted(list(actors.values()))
    by_actor = {row.actor: row for row in rows}
    whole = [actor for actor in order if not by_actor[actor.id].missing]
    partly = [a for a in order if by_actor[a.id].missing and by_actor[a.id].judged]
    areas: dict[str, Area] = {}
    for (problem, constraint), behaviour in BEHAVIOURS.items():
        name = capital(text(f"grunig.behaviour.{behaviour}", lang))
        mine = [
            actor
            for actor in whole
            if (by_actor[actor.id].problem, by_actor[actor.id].constraint) == (problem, constraint)
        ]
        sections = []
        for involvement in HIGH_LOW:
            fill = _fill(page, involvement)
            cell = grunig.PUBLICS[problem, constraint, involvement]
            named = [wording.public_name(one, lang) for one in cell.publics]
            public = wording.either(named, lang)
            sections.append(
                Section(
                    tuple(
                        Entry(actor.label, actor.id, _mark(page, actor, fill))
                        for actor in mine
                        if by_actor[actor.id].involvement == involvement
                    ),
                    head=text(f"figure.publics_involved.{involvement}", page.lang, public=public),
                    empty=page.say("publics_nobody"),
                )
            )
        areas[behaviour] = page.area(
            behaviour,
            *sections,
            head=name,
            color=page.style.palette[0],
            depth=_DEPTHS[behaviour],
        )
    if partly:
        lacking = sorted({by_actor[actor.id].missing for actor in partly})
        sections = [
            Section(
                tuple(
                    Entry(actor.label, actor.id, _mark(page, actor, page.style.neutral))
                    for actor in partly
                    if by_actor[actor.id].missing == missing
                ),
                head=page.say(
                    "publics_lacks",
                    judgements=[
                        text(f"figure.publics_judgement.{name}", page.lang) for name in missing
                    ],
                ),
            )
            for missing in lacking
        ]
        areas["unknown"] = page.area(
            "unknown",
            *sections,
            head=page.say("publics_unknown"),
            color=page.style.muted,
            depth=0.04,
            dashed=True,
            scale=page.small,
        )
    keys = tuple(
        Entry(
            text(f"figure.publics_key.{involvement}", page.lang),
            involvement,
            Mark("first", _fill(page, involvement), page.style.ink),
            key=True,
        )
        for involvement in HIGH_LOW
    )
    areas["key"] = page.area(
        "key",
        Section(keys, head=page.say("publics_key.title")),
        page.shape_keys([*whole, *partly]),
        scale=page.small,
    )
    unjudged = [actor.label for actor in order if not by_actor[actor.id].judged]
    told = page.say("publics_not_judged", n=len(unjudged), actors=unjudged) if unjudged else ""
    areas["note"] = page.note(told)
    counted = page.say("publics_alt_unknown", n=len(partly)) if partly else ""
    areas["counted"] = page.note(counted, told, gid="counted")
    return areas


def _fill(page: Page, involvement: str) -> str:
    return page.style.palette[0] if involvement == "high" else page.style.background


def _mark(page: Page, actor: Actor, fill: str) -> Mark:
    return Mark(page.shape(actor), fill, page.style.ink)


@dataclass(eq=False, kw_only=True)
class _Scaled(Fields):
    """Two by two fields with their scales."""

    scales: dict[tuple[int, str], Text] = field(default_factory=dict)

    def onto(self, axes: Axes) -> None:
        """Add what the scales are called."""
        super().onto(axes)
        style = self.page.style
        for axis, code in enumerate(("publics_constraint", "publics_problem")):
            for end, label in (
                ("name", self.page.say(code)),
                ("low", self.page.say("publics_low")),
                ("high", self.page.say("publics_high")),
            ):
                color = style.ink if end == "name" else style.muted
                made = written(
                    label, style, style.font_size, color=color, ha="center", bold=end == "name"
                )
                made.set_rotation(90 * axis)
                self.scales[axis, end] = quietly(axes, made, f"axis:{axis}:{end}")

    def within(self, room: Rect, size: float, *, must: bool) -> dict[str, Rect] | None:
        """Give both columns the same width, and rows what they need."""
        scale, gap = 2.2 * size, 0.7 * size
        across = (room.width - scale - gap) / 2
        heights = [
            max(self.areas[BEHAVIOURS[problem, one]].height(across, size) for one in HIGH_LOW)
            for problem in HIGH_LOW
        ]
        tall = stacked(heights, room.height - scale, gap=gap, must=must)
        if tall is None:
            return None
        rooms: dict[str, Rect] = {}
        top = room.top
        for problem, own in zip(HIGH_LOW, tall, strict=True):
            for column, constraint in enumerate(reversed(HIGH_LOW)):
                left = room.left + scale + column * (across + gap)
                rooms[BEHAVIOURS[problem, constraint]] = Rect(left, top - own, across, own)
            top -= own + gap
        return rooms

    def finish(self, rooms: Mapping[str, Rect], size: float) -> None:
        """Write the scales along the edges: their names in the middle, low and high at the ends."""
        super().finish(rooms, size)
        first, last = rooms["routine"], rooms["fatalistic"]
        whole = Rect(
            first.left,
            first.bottom,
            last.right - first.left,
            rooms["problem_facing"].top - first.bottom,
        )
        for axis, start, length in ((0, whole.left, whole.width), (1, whole.bottom, whole.height)):
            texts = {end: label for (one, end), label in self.scales.items() if one == axis}
            wide = {
                end: extent(label.get_text(), self.page.style, size, bold=end == "name")[0]
                for end, label in texts.items()
            }
            # The longer end decides how much the middle has, on either side.
            needed = wide["name"] + 2 * max(wide["low"], wide["high"]) + 2 * size
            at = max(size * min(1.0, length / needed), self.page.style.smallest)
            # What the fields are called says which way is up where there is no room for the ends.
            ends = needed * at / size <= length + 1
            places = {
                "low": start + wide["low"] * at / size / 2,
                "name": start + length / 2,
                "high": start + length - wide["high"] * at / size / 2,
            }
            for end, middle in places.items():
                texts[end].set_fontsize(at)
                fits = wide["name"] * at / size <= length + 1 if end == "name" else ends
                texts[end].set_visible(fits)
                texts[end].set_position(
                    (middle, whole.bottom - size) if axis == 0 else (whole.left - size, middle)
                )
