"""The agenda for the next meeting: up to five questions that the map asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.forms.paper import Grid, Line, Part
from aktorkart.forms.papers.questions import MOST, questions
from aktorkart.i18n import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking
    from aktorkart.forms.papers.questions import Question, Questions

_MINUTES, _AROUND = 10, 10
"""Minutes for each question, and for beginning and end together."""

_INVITED = 12
_MEETING = ("when", "place", "leads", "writes", "there")


def agenda(asking: Asking) -> Paper:
    """Return the agenda, with who should be there and what to decide."""
    found = None if asking.blank else questions(asking.kart)
    asked = [] if found is None else [_Said(asking, one) for one in found.asked]
    n = len(asked) or MOST
    meeting = _meeting(asking, asked)
    blocks = [one.part(place) for place, one in enumerate(asked, start=1)]
    if not asked:
        blocks = [_blank(asking, place) for place in range(1, n + 1)]
    last = Part(
        title=asking.said("part.end"),
        lines=(Line(asking.said("label.other"), room=2), Line(asking.said("label.next_meeting"))),
    )
    return asking.paper(
        Part(lines=meeting),
        *blocks,
        last,
        guide=asking.said("guide.agenda", n=n, minutes=n * _MINUTES + _AROUND, each=_MINUTES),
        sheets=(
            Part(title=asking.said("part.agenda"), grid=_sheet(asking, asked)),
            Part(title=asking.said("part.meeting"), lines=(*meeting, *last.lines)),
        ),
        notes=() if found is None else (_computed(asking, found),),
    )


class _Said:
    """A question in words."""

    def __init__(self, asking: Asking, question: Question) -> None:
        lang, theme = asking.lang, question.theme
        self.asking = asking
        unknown = question.level == "unknown"
        about = text(f"form.agenda.about.{theme}", lang) if unknown else ""
        key = "unknown" if unknown else theme
        self.question = text(f"form.agenda.question.{key}", lang, about=about)
        self.decide = text(f"form.agenda.decide.{key}", lang)
        self.why = [one.brief(lang) for one in question.found]
        self.actors = [asking.kart[id_].label for id_ in question.actors(asking.kart, lang)]

    def part(self, place: int) -> Part:
        """Return it as a block of a page."""
        asking = self.asking
        lines = (
            Line(asking.said("label.why"), "\n".join(self.why)),
            Line(asking.said("label.who"), asking.listed(self.actors)),
            *_decided(asking, self.decide),
        )
        return Part(title=f"{place}. {self.question}", lines=lines)


def _decided(asking: Asking, decide: str = "") -> tuple[Line, ...]:
    return (
        Line(asking.said("label.decide"), decide),
        Line(asking.said("label.decided"), room=2),
        Line(asking.said("label.responsible")),
    )


def _blank(asking: Asking, place: int) -> Part:
    question = asking.said("heading.question")
    why, who = (Line(asking.said(f"label.{one}")) for one in ("why", "who"))
    lines = (Line(question), why, who, *_decided(asking))
    return Part(title=f"{question} {place}", lines=lines)


def _meeting(asking: Asking, asked: Sequence[_Said]) -> tuple[Line, ...]:
    everyone = list(dict.fromkeys(name for one in asked for name in one.actors))
    invited = Line(asking.said("label.invited"), asking.listed(everyone, most=_INVITED))
    return (
        *(Line(asking.said(f"label.{one}")) for one in _MEETING[:-1]),
        invited,
        Line(asking.said("label.there")),
    )


def _sheet(asking: Asking, asked: Sequence[_Said]) -> Grid:
    """Return the questions as rows, for a workbook."""
    answers = tuple(asking.said(f"answer.{one}") for one in ("decided", "postponed", "dropped"))
    columns = (
        asking.column("question", 2.2),
        asking.column("why", 2.6),
        asking.column("who", 1.8),
        asking.column("minutes", 0.7, numeric=True),
        asking.column("decide", 2.0),
        asking.column("answer", 0.9, offered=answers),
        asking.column("decided", 2.0),
        asking.column("toolbox.column.responsible", 1.2, offered=_labels(asking)),
        asking.column("toolbox.column.due", 0.9),
    )
    rows = tuple(
        (
            one.question,
            "\n".join(one.why),
            asking.listed(one.actors),
            str(_MINUTES),
            one.decide,
            *[""] * 4,
        )
        for one in asked
    )
    return Grid(columns=columns, rows=rows, blank=MOST if not rows else 3)


def _labels(asking: Asking) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.label for one in asking.kart.actors))


def _computed(asking: Asking, found: Questions) -> str:
    """Say what the questions come from."""
    if not found.asked:
        return text("form.paper.computed.nothing", asking.lang)
    gaps, unknown = (sum(one.level == level for one in found.asked) for level in ("gap", "unknown"))
    return text(
        "form.paper.computed.asked",
        asking.lang,
        asked=gaps,
        gaps=found.gaps,
        steps=found.steps,
        asked_unknown=unknown,
        unknown=found.unknown,
    )
