"""Who is in the user's life when: ``figures.timeline``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from aktorkart.care.in_and_out import (
    Stay,
    handover,
    handovers,
    is_day,
    serving_ties,
    stays_of,
    times_of,
)
from aktorkart.comparison.sides import order, other_end
from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.course import Chart
from aktorkart.i18n import listing, period, text
from aktorkart.model.fields import has_begun
from aktorkart.scene.alt_text import goals as goals_in_words
from aktorkart.scene.alt_text import timeline as in_words
from aktorkart.scene.course import (
    Course,
    Link,
    Row,
    Sign,
    Span,
    Upright,
    begins,
    drawn_time,
    ends,
    middle,
    span,
)
from aktorkart.toolbox.goals import goals
from aktorkart.toolbox.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap, Tie
    from aktorkart.scene.style import Size, Style


def timeline(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
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
    """Draw who is in the user's life when, with the plan and the goals over the same time.

    A row for each actor that has a dated tie with the user, the first to come first; on a map
    without such ties, a row for each two actors with a dated tie. A month or a year is drawn
    as such: what is not sure of it is lighter. What has no end goes on, and ends in a point;
    what has no known beginning comes out of dots. Arrows lead from a service whose time ends
    to the one that takes over (METHOD 6.7), and the remark says how many days lay between.
    What begins after the map's date is drawn, and remarked, as planned.
    Below stand the actions of the plan, with due date and day done, and the goals' points.

    Parameters
    ----------
    kart : ActorMap
        The map; all its dated ties, not only those in force on its date.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    title : str, optional
        The title; one of ours if left out, none if empty.
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
        The axes. Artists have gids: ``time:<actor>:<n>`` for times with an actor,
        ``handover:<one>→<other>:<n>``, ``discharge:<date>``, ``action:<id>:due`` and
        ``action:<id>:done``, ``point:<goal>:<date>``.

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
    The page begins where days become as wide as they can be for how few dates stand before
    it (at most three in ten, and only where the rest becomes twice as wide). What began or
    ended earlier says so behind its name.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> kart = ActorMap(
    ...     actors=[Actor(id="bruker", kind="user"), Actor(id="dps", kind="dps")],
    ...     ties=[Tie(source="bruker", target="dps", since="2025-11-17", until="2026-02")],
    ... )
    >>> ax = timeline(kart, ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid() == "time:dps:0"]
    ['time:dps:0']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    title = page.title(title, "timeline_title")
    alt = in_words.timeline(page.kart, lang=page.lang)
    if not _dates(page.kart):
        return only_a_note(page, alt, title=title)
    chart = Chart(page, _Told(page).course())
    return page.put(chart.onto, chart.arrange, title=title, alt=alt)


def _dates(kart: ActorMap) -> list[tuple[str, float]]:
    """Return when something begins, ends or is measured, and the day at which that stands."""
    ties = in_words.dated(kart)
    stated = [(tie.since, begins(tie.since)) for tie in ties if tie.since]
    stated += [(tie.until, ends(tie.until)) for tie in ties if tie.until]
    return [*stated, *((when, middle(when)) for when in in_words.other_dates(kart))]


class _Told:
    """What a map says of time, row by row."""

    def __init__(self, page: Page) -> None:
        kart = page.kart
        self.page = page
        stated = _dates(kart)
        self.now = ends(kart.date) if kart.date else max(ends(when) for when, _ in stated)
        self.last = max(self.now, *(at for _, at in stated))  # what is planned goes on so long
        self.start, self.stop = drawn_time(stated, self.now)
        self.around = in_words.around(kart)
        self.rough = self.open = self.troubled = self.going = False

    def course(self) -> Course:
        """Return all of it."""
        page, kart = self.page, self.page.kart
        actors = [*self._actors()]
        links, remarks = self._handovers()
        actors = [
            Row(
                gid=row.gid,
                label=row.label,
                shape=row.shape,
                spans=row.spans,
                remark=listing(remarks.get(row.gid, []), page.lang) or row.remark,
            )
            for row in actors
        ]
        sections = [
            ("timeline_actors" if self.around else "timeline_ties", actors),
            ("timeline_plan", [*self._plan()]),
            ("timeline_goals", [*self._goals()]),
        ]
        several = sum(bool(rows) for _, rows in sections) > 1
        rows: list[Row] = []
        for code, own in sections:
            if own and several:
                rows.append(Row(gid=f"head:{code}", label=page.say(code), head=True))
            rows += own
        uprights = [
            Upright(
                gid=f"discharge:{when}",
                at=middle(when),
                label=page.say(
                    f"timeline_discharge{'' if has_begun(when, kart.date) else '_planned'}",
                    date=period(when, page.lang, short=True),
                ),
                look="discharge",
            )
            for when in sorted(set(kart.discharge))
        ]
        if kart.date:
            uprights.append(
                Upright(
                    gid="today",
                    at=self.now,
                    label=period(kart.date, page.lang, short=True),
                    look="today",
                )
            )
        return Course(
            rows=tuple(rows),
            start=self.start,
            stop=self.stop,
            links=tuple(links),
            uprights=tuple(uprights),
            keys=tuple(self._keys({link.look for link in links})),
            notes=tuple(in_words.left_out(kart, page.lang)),
        )

    def _actors(self) -> Iterator[Row]:
        page, kart = self.page, self.page.kart
        by: dict[str, list[Tie]] = defaultdict(list)
        for tie in sorted(in_words.dated(kart), key=order):
            by[other_end(tie, self.around) if self.around else " – ".join(tie.pair)].append(tie)
        rows = []
        for gid, ties in by.items():
            spans = self._spans(gid, ties)
            ends_ = ties[0].pair
            label = (
                kart[gid].label
                if self.around
                else f"{kart[ends_[0]].label} – {kart[ends_[1]].label}"
            )
            shape = page.shape(kart[gid]) if self.around else ""
            planned = not any(has_begun(tie.since, kart.date) for tie in ties)
            row = Row(
                gid=gid,
                label=self._earlier(label, ties),
                shape=shape,
                spans=spans,
                remark=page.say("timeline_planned") if planned else "",
            )
            first = min(one.end if one.start is None else one.start for one in spans)
            rows.append((first, min(one.end for one in spans), label, row))
        for *_, row in sorted(rows, key=lambda one: one[:3]):
            yield row

    def _earlier(self, label: str, ties: Sequence[Tie]) -> str:
        """Say behind a name what began, or ended, before the page does."""
        page, lasts = self.page, [tie.until for tie in ties]
        since = min((tie.since for tie in ties if tie.since), key=begins, default=None)
        until = max((one for one in lasts if one), key=ends, default=None)
        begun = since if since and begins(since) < self.start else None
        over = until if until and all(one and ends(one) <= self.start for one in lasts) else None
        if not begun and not over:
            return label
        code = "from_to" if begun and over else "since" if begun else "until"
        dates = {
            key: period(when, page.lang, short=True)
            for key, when in (("since", begun), ("until", over))
            if when
        }
        return page.say(f"timeline_{code}", actor=label, **dates)

    def _spans(self, gid: str, ties: Sequence[Tie]) -> tuple[Span, ...]:
        """Return the times of a row, those that work and those that do not."""
        found: list[Span] = []
        for works in (True, False):
            mine = [tie for tie in ties if tie.is_channel is works]
            for stay in _joined(mine, gid):
                look = "works" if works else "troubled"
                now = self.now if has_begun(stay.written[0], self.page.kart.date) else self.last
                made = span(f"time:{gid}:{len(found)}", *stay.written, now, look=look)
                found.append(made)
                if made.end <= self.start:
                    continue  # what the page does not show needs no explanation
                self.troubled |= not works
                self.going |= made.goes_on
                self.open |= made.start is None
                self.rough |= any(one and not is_day(one) for one in stay.written)
        return tuple(found)

    def _handovers(self) -> tuple[list[Link], dict[str, list[str]]]:
        page, kart = self.page, self.page.kart
        user = kart.user
        links: list[Link] = []
        remarks: dict[str, list[str]] = defaultdict(list)
        if user is None or user != self.around:
            return links, remarks
        stays = stays_of(times_of(serving_ties(kart, user), user, by=kart.date))
        for one, other in handovers(kart, stays):
            found = handover(kart, stays, one, other)
            code = f"timeline_remark.{found.case}"
            n = found.numbers["n"]
            if found.case == "seamless" or one.until is None or other.since is None:
                remark = page.say(code)
            else:
                remark = page.say(code, n=n)
            if remark not in remarks[other.service]:
                remarks[other.service].append(remark)
            if one.service == other.service or one.until is None or other.since is None:
                continue
            last, first = one.until.toordinal() + 1.0, float(other.since.toordinal())
            if last <= self.start:
                continue
            turn = min(last, first) if first <= last else last
            links.append(
                Link(
                    gid=f"handover:{one.service}→{other.service}:{len(links)}",
                    source=one.service,
                    target=other.service,
                    start=turn,
                    turn=turn,
                    end=first,
                    look="apart" if first > last else "plain",
                )
            )
        return links, remarks

    def _plan(self) -> Iterator[Row]:
        page = self.page
        for step in plan(page.kart).steps:
            if not (step.due or step.done):
                continue
            signs = []
            if step.due:
                look = "overdue" if step.status == "overdue" else "due"
                signs.append(Sign(gid=f"action:{step.id}:due", at=middle(step.due), look=look))
            if step.done:
                signs.append(Sign(gid=f"action:{step.id}:done", at=middle(step.done), look="done"))
            status = text(f"toolbox.status.{step.status}", page.lang)
            late = step.status == "overdue" and step.days
            bar = (
                (middle(step.due), middle(step.done) if step.done else self.now)
                if step.due and (step.done or late)
                else None
            )
            yield Row(
                gid=f"action:{step.id}",
                label=step.title,
                signs=tuple(signs),
                bar=bar,
                remark=page.say("timeline_late", status=status, n=step.days) if late else status,
                bold=bool(late),
            )

    def _goals(self) -> Iterator[Row]:
        page = self.page
        for goal in goals(page.kart).goals:
            if not goal.series:
                continue
            points = tuple(
                Sign(
                    gid=f"point:{goal.id}:{point.date}",
                    at=middle(point.date),
                    look="point",
                    label=page.say("timeline_point", value=point.value),
                )
                for point in goal.series
            )
            yield Row(
                gid=f"goal:{goal.id}",
                label=goal.title,
                signs=points,
                remark=goals_in_words.change(goal, page.lang),
            )

    def _keys(self, links: set[str]) -> Iterator[tuple[str, str]]:
        page, kart = self.page, self.page.kart
        shown = {
            "works": self.going,
            "rough": self.rough,
            "open": self.open,
            "troubled": self.troubled,
            "link": "plain" in links,
            "apart": "apart" in links,
            "due": any(action.due for action in kart.plan),
            "overdue": any(step.status == "overdue" for step in plan(kart).steps),
            "done": any(step.done for step in plan(kart).steps),
            "point": any(goal.series for goal in goals(kart).goals),
            "discharge": bool(kart.discharge),
            "today": kart.date is not None,
        }
        for look, there in shown.items():
            if there:
                yield look, page.say(f"timeline_key.{look}")


def _joined(ties: Sequence[Tie], gid: str) -> list[Stay]:
    """Return the times of a row's ties, those without a pause between joined."""
    return stays_of([replace(stay, service=gid) for stay in times_of(ties, "")])
