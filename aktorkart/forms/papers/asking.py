"""What a form is made from, and what all forms on paper ask and say alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.files.xlsx.asked import CONSENT, about_label, over
from aktorkart.forms.paper import Column, Line, Paper
from aktorkart.i18n import capital, listing, number, period, text
from aktorkart.model import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.forms.paper import Part
    from aktorkart.model import Actor, ActorMap

EMPTY = 10
"""So many rows to write in, where nothing is known."""
FEW = 4
"""… and where a map has filled in some."""

_NAMED = 6
_MOST_STEPS = 10


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A form to be made: of which map, in which language, and whether it shows roles."""

    kart: ActorMap
    form: str
    lang: str
    blank: bool
    roles: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def empty(self) -> int:
        """How many rows are left to write in."""
        return EMPTY if not self.kart.actors else FEW

    def column(
        self,
        code: str,
        share: float = 1.0,
        *,
        offered: tuple[str, ...] = (),
        numeric: bool = False,
        **values: object,
    ) -> Column:
        """Return a column with a heading of the catalogues: ours, or one with dots."""
        code = code if "." in code else f"form.paper.heading.{code}"
        title = text(code, self.lang, **values)
        return Column(title=title, share=share, offered=offered, numeric=numeric)

    def field(
        self,
        field: str,
        share: float = 1.0,
        *,
        offered: tuple[str, ...] = (),
        numeric: bool = False,
    ) -> Column:
        """Return a column for a field of an actor, called as in the workbooks."""
        title = over("actors", field, self.lang)
        title = capital(title)
        return Column(title=title, share=share, offered=offered, numeric=numeric)

    def said(self, code: str, **values: object) -> str:
        """Return words for forms on paper."""
        return text(f"form.paper.{code}", self.lang, **values)

    def paper(
        self,
        *parts: Part,
        guide: str,
        landscape: bool = False,
        sheets: Iterable[Part] = (),
        notes: Iterable[str] = (),
    ) -> Paper:
        """Return the form with what stands at its top."""
        kart, lang = self.kart, self.lang
        facts = [] if self.blank or not kart.title else [kart.title]
        facts += [period(kart.date, lang)] if kart.date is not None else []
        facts += [text("report.roles_shown", lang)] if self.roles else []
        return Paper(
            title=text(f"form.title.{self.form}", lang),
            facts=tuple(facts),
            remarks=self.remarks,
            guide=guide,
            parts=parts,
            sheets=tuple(sheets),
            notes=tuple(notes),
            landscape=landscape,
            date=kart.date,
        )

    def about(self, *fields: str) -> tuple[Line, ...]:
        """Ask about the map itself; what a map says already stands above, under the title."""
        asked = [*(("title",) if self.blank else ()), *fields, "respondent", "date"]
        lines = [Line(about_label(field, self.lang)) for field in asked]
        if self.kart.focal is not None:
            focal = about_label("focal", self.lang)
            label = self.kart[self.kart.focal].label
            lines = [Line(focal, label) if one.label == focal else one for one in lines]
        return (*lines, *self._consent())

    def _consent(self) -> list[Line]:
        """Ask for the consent around a person; what roles hide is not asked for again."""
        around = self.form == "user" or self.kart.scope == "individual"
        if not around or self.roles:
            return []
        consent, lines = self.kart.consent, []
        for field in CONSENT:
            value = getattr(consent, field.partition(".")[2], None)
            if isinstance(value, tuple):
                value = self.listed([self._named(one) for one in value])
            elif field == "consent.given" and value is not None:
                value = period(value, self.lang)
            elif field == "consent.given_by" and value is not None:
                value = self._named(value)
            seen = field == "consent.seen_by"
            label = self.said("label.seen_by") if seen else about_label(field, self.lang)
            lines.append(Line(label, value or ""))
        return lines

    def _named(self, who: str) -> str:
        return self.kart[who].label if who in self.kart else who

    def listed(self, names: Sequence[str], *, most: int = _NAMED) -> str:
        """Return names in a row, the rest of them counted."""
        if len(names) > most:
            kept = most - 1
            names = [*names[:kept], text("common.more", self.lang, n=len(names) - kept)]
        return listing(names, self.lang)

    def kind(self, actor: Actor) -> str:
        """Return what somebody is; nothing where nobody has said it."""
        return "" if actor.kind == "unknown" else self.kart.kind_name(actor.kind, self.lang)

    def figure(self, value: float | None) -> str:
        """Return a judgement as people write it; nothing where nobody has judged."""
        return "" if value is None else number(value, self.lang)

    @property
    def scale(self) -> str:
        """What the strengths go from and to, in brackets; nothing where they have no scale."""
        if self.kart.strength_scale is None:
            return ""
        low, high = (number(one, self.lang) for one in self.kart.strength_scale)
        return f" ({low}–{high})"

    @property
    def steps(self) -> tuple[str, ...]:
        """The strengths to choose among, the strongest first; none on a scale of many."""
        low, high = self.kart.strength_scale or (0.0, 0.0)
        whole = low.is_integer() and high.is_integer() and 0 < high - low <= _MOST_STEPS
        found = range(int(high), int(low) - 1, -1) if whole else ()
        return tuple(number(one, self.lang) for one in found)


def kinds(lang: str) -> tuple[str, ...]:
    """Return the kinds of actors to choose among."""
    return tuple(text(f"kind.{one}", lang) for one in vocabulary.KINDS if one != "unknown")
