"""The way from service to service: ``figures.pathway``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from aktorkart.care.in_and_out import is_day
from aktorkart.care.pathway import pathway as followed
from aktorkart.errors import one_of
from aktorkart.figures.drawing.board import Page, only_a_note
from aktorkart.figures.drawing.course import Chart
from aktorkart.i18n import capital, period, text
from aktorkart.model.vocabulary import LINES
from aktorkart.scene.alt_text import pathway as in_words
from aktorkart.scene.course import (
    ALONG,
    LANES,
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from aktorkart.care.pathway import Pathway, Referral
    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Size, Style

# A step is as long as one; what stands at it leaves room for arrows.
_STEP = 0.66


def pathway(  # noqa: PLR0913 - keyword-only, and each has a default that is right for a report
    kart: ActorMap,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
    along: str | None = None,
    lanes: str = "actor",
    title: str | None = None,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    style: Style | str | None = None,
) -> Axes:
    """Draw the way from service to service: referrals, waits, and where the story is told again.

    A lane for each service. Arrows are referrals; a dotted bar is a wait, from the referral to
    the first day of the contact that follows, where the map has both dates. A speech bubble
    stands where the user must tell everything anew.

    Parameters
    ----------
    kart : ActorMap
        The map; all its dated ties, not only those in force on its date.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new page through pyplot if left out.
    size : str or tuple of float, optional
        The page: column (170 mm wide), a4, a4-portrait, slide or square, or width and height in
        millimetres; the style's if left out. Axes given with ``ax`` have theirs.
    along : {"time", "steps"}, optional
        What runs from left to right: time, or how many referrals lead there. Time if left out,
        where the map has dates.
    lanes : {"actor", "line"}
        Whether lanes stand in the order of the way, or by line of service.
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
        The axes. Artists have gids: ``time:<actor>:<n>``, ``wait:<one>→<other>:<n>``,
        ``referral:<one>→<other>:<n>``, ``told:<actor>``.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language, or no such ``along`` or ``lanes``.
    WrongArgument
        If the page has no such size, or is given together with axes.

    Notes
    -----
    A wait is the days between a referral's ``since`` and that of the receiving service's next
    tie with the user; none where the service was in contact with the user already. The story is
    told anew to a service if none that was there before it has a tie that carries the story to
    it, itself or through arenas, on the day it begins. Without dates, those are marked whom
    `aktorkart.care.tellings` names (METHOD 6.1).

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> kart = ActorMap(
    ...     actors=[Actor(id="bruker", kind="user"), Actor(id="gp", kind="gp"),
    ...             Actor(id="dps", kind="dps")],
    ...     ties=[Tie(source="bruker", target="gp", since="2025-01-01"),
    ...           Tie(source="bruker", target="dps", since="2025-11-17"),
    ...           Tie(source="gp", target="dps", kind="referral", mutual=False,
    ...               since="2025-10-20")],
    ... )
    >>> ax = pathway(kart, ax=sheet())
    >>> [artist.get_gid() for artist in ax.patches if artist.get_gid() == "wait:gp→dps:0"]
    ['wait:gp→dps:0']
    """
    page = Page.of(kart, ax=ax, size=size, lang=lang, names=names, consent=consent, style=style)
    if along is not None:
        one_of(along, ALONG, option="along")
    one_of(lanes, LANES, option="lanes")
    found = followed(page.kart)
    title = page.title(title, "pathway_title")
    alt = in_words.pathway(page.kart, lang=page.lang)
    if not found.stays and not found.referrals:
        return only_a_note(page, alt, title=title)
    over_time = found.dated if along is None else along == "time"
    if over_time and not found.dated:
        return only_a_note(page, page.say("pathway_no_dates"), title=title)
    course = _over_time(page, found) if over_time else _by_steps(page, found)
    if lanes == "line":
        course = _by_line(page, course)
    chart = Chart(page, course)
    return page.put(chart.onto, chart.arrange, title=title, alt=alt)


def _over_time(page: Page, found: Pathway) -> Course:
    """Place times and referrals by their dates."""
    kart = page.kart
    stated = [(one.since, middle(one.since)) for one in found.referrals if one.since]
    stated += [(one, begins(one)) for one, _ in (stay.written for stay in found.stays) if one]
    stated += [(one, ends(one)) for _, one in (stay.written for stay in found.stays) if one]
    now = ends(kart.date) if kart.date else max(ends(when) for when, _ in stated)
    start, stop = drawn_time(stated, now)
    spans: dict[str, list[Span]] = defaultdict(list)
    for stay in found.stays:
        gid = f"time:{stay.service}:{len(spans[stay.service])}"
        spans[stay.service].append(span(gid, *stay.written, now, look="works"))
    links, remarks = _referrals(page, found, spans, start)
    order = sorted(spans, key=lambda id_: (_first(spans[id_], links, id_), kart[id_].label, id_))
    rows = []
    for id_ in order:
        told = found.told.get(id_)
        first = min(
            (one.start for one in spans[id_] if one.look == "works" and one.start), default=None
        )
        signs: tuple[Sign, ...] = ()
        if told:
            remarks[id_].append(page.say("pathway_told"))
            if first is not None and first >= start:
                signs = (Sign(gid=f"told:{id_}", at=first, look="told"),)
        rows.append(
            _row(page, id_, tuple(spans[id_]), signs, remarks[id_], _since(page, found, id_, start))
        )
    uprights = []
    if kart.date:
        label = period(kart.date, page.lang, short=True)
        uprights.append(Upright(gid="today", at=now, label=label, look="today"))
    notes = [page.say("pathway_note")] if any(found.told.values()) else []
    if undated := [one for one in found.referrals if one.since is None]:
        notes.append(page.say("pathway_undated", n=len(undated)))
    return Course(
        rows=tuple(rows),
        start=start,
        stop=stop,
        links=tuple(links),
        uprights=tuple(uprights),
        keys=tuple(_keys(page, _looks(page, found, rows, links))),
        notes=(*notes, *in_words.not_dated(page, found)),
    )


def _referrals(
    page: Page, found: Pathway, spans: dict[str, list[Span]], start: float
) -> tuple[list[Link], dict[str, list[str]]]:
    """Return arrows and remarks for what has a date, and add the waits to the times."""
    links: list[Link] = []
    remarks: dict[str, list[str]] = defaultdict(list)
    for number, one in enumerate(found.referrals):
        if one.since is None:
            continue
        gid, at = f"{one.source}→{one.target}:{number}", middle(one.since)
        spans.setdefault(one.source, [])
        if one.wait is not None and one.wait[1] > 0:
            spans[one.target].append(_wait(one, f"wait:{gid}"))
            remarks[one.target].append(_waited(page, one))
        spans.setdefault(one.target, [])
        if at > start:
            ends_ = {"source": one.source, "target": one.target}
            links.append(Link(gid=f"referral:{gid}", **ends_, start=at, turn=at, end=at))
    return links, remarks


def _waited(page: Page, one: Referral) -> str:
    source = page.kart[one.source].label
    return page.say("pathway_waited", wait=in_words.days(page, one), source=source)


def _looks(
    page: Page, found: Pathway, rows: Sequence[Row], links: Sequence[Link]
) -> dict[str, bool]:
    """Return what there is to explain."""
    spans = [one for row in rows for one in row.spans]
    dates = [one for stay in found.stays for one in stay.written if one]
    return {
        "works": any(one.goes_on for one in spans),
        "rough": any(not is_day(one) for one in dates),
        "open": any(one.start is None for one in spans),
        "waits": any(one.look == "waits" for one in spans),
        "told": any(row.signs for row in rows),
        "link": bool(links),
        "today": page.kart.date is not None,
    }


def _first(spans: list[Span], links: list[Link], id_: str) -> float:
    """Return when a service comes in: with its first time, or its first referral."""
    times = [one.end if one.start is None else one.start for one in spans if one.look == "works"]
    return min(times or [one.start for one in links if id_ in {one.source, one.target}] or [0.0])


def _wait(one: Referral, gid: str) -> Span:
    """Return the time between a referral and the contact that follows."""
    since, received = str(one.since), str(one.received)
    return Span(
        gid=gid,
        start=begins(since),
        sure=(ends(since) - 1, begins(received)),
        end=ends(received) - 1,
        look="waits",
    )


def _since(page: Page, found: Pathway, id_: str, start: float) -> str:
    """Return the name, with when a time began or ended that the page does not show."""
    label = page.kart[id_].label
    mine = [stay.written for stay in found.stays if stay.service == id_]
    begun = min((since for since, _ in mine if since), key=begins, default=None)
    if begun and begins(begun) < start:
        return page.say("timeline_since", actor=label, since=period(begun, page.lang, short=True))
    over = [until for _, until in mine]
    if over and all(until is not None and ends(until) <= start for until in over):
        last = max((until for until in over if until), key=ends)
        return page.say("timeline_until", actor=label, until=period(last, page.lang, short=True))
    return label


def _row(  # noqa: PLR0913, PLR0917 - what a lane is made of
    page: Page,
    id_: str,
    spans: tuple[Span, ...],
    signs: tuple[Sign, ...],
    remarks: list[str],
    label: str,
) -> Row:
    return Row(
        gid=id_,
        label=label,
        shape=page.shape(page.kart[id_]),
        spans=spans,
        signs=signs,
        remark=capital("; ".join(dict.fromkeys(remarks))),
    )


def _by_steps(page: Page, found: Pathway) -> Course:
    """Place services by how many referrals lead to them."""
    kart = page.kart
    involved = {id_ for one in found.referrals for id_ in (one.source, one.target)}
    involved |= {id_ for id_, told in found.told.items() if told}
    steps = {id_: found.steps.get(id_, 0) for id_ in sorted(involved or set(found.steps))}
    order = sorted(steps, key=lambda id_: (steps[id_], kart[id_].label, id_))
    place = {id_: number for number, id_ in enumerate(order)}
    waits: dict[str, list[str]] = defaultdict(list)
    links = []
    for number, one in enumerate(found.referrals):
        first, last = steps[one.source], steps[one.target]
        # Each has a way of its own through the gap before the step it leads to.
        turn = last - (1 - _STEP) * (0.25 + 0.7 * (place[one.source] + 1) / (len(order) + 1))
        links.append(
            Link(
                gid=f"referral:{one.source}→{one.target}:{number}",
                source=one.source,
                target=one.target,
                start=first + _STEP if first < last else float(first),
                turn=turn,
                end=float(last),
            )
        )
        if one.wait is not None and one.wait[1] > 0:
            waits[one.target].append(_waited(page, one))
    rows = []
    told_code = "pathway_told" if found.stays else "pathway_hears"
    for id_ in order:
        told = found.told.get(id_)
        box = (float(steps[id_]), steps[id_] + _STEP)
        look = "told" if found.stays else "hears"
        signs = (Sign(gid=f"told:{id_}", at=box[0] + _STEP / 2, look=look),) if told else ()
        remarks = [*waits[id_], *([page.say(told_code)] if told else [])]
        whole = Span(gid=f"time:{id_}:0", start=box[0], sure=box, end=box[1])
        rows.append(_row(page, id_, (whole,), signs, remarks, kart[id_].label))
    most = max(steps.values(), default=0)
    telling = any(row.signs for row in rows)
    looks = {"told" if found.stays else "hears": telling, "link": bool(links)}
    note = "pathway_note" if found.stays else "pathway_note_steps"
    notes = [page.say(note)] if telling else []
    return Course(
        rows=tuple(rows),
        start=-0.3,
        stop=most + 1.0,
        links=tuple(links),
        keys=tuple(_keys(page, looks)),
        notes=tuple(notes),
        steps=tuple(page.say("pathway_step", n=step + 1) for step in range(most + 1)),
    )


def _keys(page: Page, looks: dict[str, bool]) -> Iterator[tuple[str, str]]:
    own = {"waits", "told", "hears", "link"}
    for look, shown in looks.items():
        if shown:
            yield look, page.say(f"pathway_key.{look}" if look in own else f"timeline_key.{look}")


def _by_line(page: Page, course: Course) -> Course:
    """Let lanes stand by line of service, in their order within each."""
    by: dict[str, list[Row]] = defaultdict(list)
    for row in course.rows:
        by[next(iter(page.kart.lines(row.gid)), "unknown")].append(row)
    rows: list[Row] = []
    for line in (*LINES, *sorted(set(by) - {*LINES})):
        if line in by:
            rows.append(
                Row(gid=f"head:{line}", label=capital(text(f"line.{line}", page.lang)), head=True)
            )
            rows += by[line]
    return replace(course, rows=tuple(rows))
