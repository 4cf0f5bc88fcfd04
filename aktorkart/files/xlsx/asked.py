"""What each form asks for, sheet by sheet, and in which words: to make forms and to read them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from aktorkart.files import headings
from aktorkart.files.rows import FIELDS
from aktorkart.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIES = ("source", "target", "kind", "strength", "quality", "mutual", "needed")
_RATED = (
    *("trust.reliability", "trust.shared_mission", "trust.openness"),
    *("value.power", "value.involvement", "value.resources"),
)
_TOOLBOX: Mapping[str, tuple[str, ...]] = {"goals": (), "plan": (), "checklist": ()}

ASKED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "service": {
        "actors": ("name", "kind", "level", "organisation", "tasks", "note"),
        "ties": (*_TIES, "note"),
        **_TOOLBOX,
    },
    "user": {
        "actors": ("name", "kind", "organisation", "open", "tasks", "note"),
        "ties": (*_TIES, "since", "until", "note"),
        **_TOOLBOX,
    },
    "mapping": {
        "actors": ("name", "kind", "organisation", "note"),
        "ties": ("source", "target", "kind", "strength", "note"),
        "goals": (),
        "checklist": (),
    },
    "ks": {
        "actors": ("name", "kind", "tags.essential", "tags.how", "note"),
        "ties": ("source", "target", "kind", "strength", "note"),
    },
    "interests": {
        "actors": (
            *("name", "kind", "power", "interest"),
            *("tags.affected", "stance", "wanted_stance", "tags.measure", "note"),
        ),
    },
    "partners": {"partners": ("name", "kind", "chosen", "strength", *_RATED, "note")},
    "plan": {"actors": ("name", "kind"), "goals": (), "plan": ()},
    "checklist": {"actors": ("name", "kind"), "checklist": ()},
}
"""The forms that are read as maps, and the columns of their sheets; the toolbox has its own."""

PAPERS = ("communication", "agenda", "cards")
"""The forms that people hold, and that say nothing a map has room for."""

FORMS = (*ASKED, *PAPERS, "xlsform")
"""All forms; the last is for phones, and asks as ODK and Kobo do."""

ABOUT = ("title", "respondent", "date", "focal", "scope")
"""What is asked of the map itself."""

CONSENT = ("consent.given", "consent.given_by", "consent.seen_by", "consent.stored")
"""What is asked beside that, where the map may be around a person."""

SCOPES: Mapping[str, str] = {"user": "individual", "service": "service", "ks": "service"}
"""What a blank form is about, where the form says so itself."""

OURS = ("chosen", *(f"tags.{name}" for name in ("essential", "how", "affected", "measure")))
"""Columns that only forms have."""


def asked_about(form: str, scope: str | None) -> tuple[str, ...]:
    """Return what a form asks of a map, whose scope may be known: consent where it is needed."""
    scope = scope or SCOPES.get(form)
    fields = [one for one in ABOUT if one != "scope" or scope is None]
    return (*fields, *(CONSENT if scope in {None, "individual"} else ()))


def about_label(field: str, lang: str) -> str:
    """Return the question for a field of the map."""
    return text(f"form.about.{field.replace('.', '_')}", lang)


def _simply(name: str) -> str:
    return " ".join(name.split()).casefold().strip(" :*?")


@cache
def _about_fields() -> Mapping[str, str]:
    fields = (*ABOUT, *CONSENT)
    return {_simply(about_label(field, lang)): field for field in fields for lang in LANGUAGES}


def about_field(question: str) -> str | None:
    """Tell the field of a question about the map, in any language."""
    return _about_fields().get(_simply(question))


@cache
def _titles() -> Mapping[str, str]:
    forms = (*ASKED, *PAPERS)
    return {text(f"form.title.{form}", lang): form for form in forms for lang in LANGUAGES}


def form_titled(title: str) -> str | None:
    """Tell which form has a title, in any language."""
    return _titles().get(title)


def over(table: str, field: str, lang: str) -> str:
    """Return the heading of a column of actors, ties or partners."""
    if field in OURS:
        return text(f"form.heading.{field.removeprefix('tags.')}", lang)
    known = FIELDS["ties" if table == "partners" and field in FIELDS["ties"] else table_of(table)]
    if table == "partners" and field in {"name", "kind"}:
        known = FIELDS["actors"]
    return headings.written(known, field, lang) if field in known else field


def table_of(sheet: str) -> str:
    """Return the table that a sheet's rows are of."""
    return "ties" if sheet == "ties" else "actors"


@cache
def ours() -> Mapping[str, str]:
    """Return the field of each heading that only forms have, in all languages."""
    return {headings.simple(over("actors", one, lang)): one for one in OURS for lang in LANGUAGES}


TOOLBOX: Mapping[str, tuple[str, ...]] = {
    "goals": ("title", "area", "direction", "health", "actor", "date", "points", "note"),
    "plan": ("title", "goal", "responsible", "phase", "due", "done", "note"),
    "checklist": ("title", "phase", "date", "points", "note"),
}
"""Columns of goals, plan and checklist; actors, dates and points stand several times."""


def toolbox_heading(sheet: str, field: str, lang: str, number: int | None = None) -> str:
    """Return the heading of a column of goals, plan or checklist."""
    name = text(f"form.{sheet}.{field}", lang)
    return name if number is None else f"{name} {number}"


@cache
def _toolbox_fields(sheet: str) -> Mapping[str, str]:
    return {
        _simply(toolbox_heading(sheet, field, lang)): field
        for field in TOOLBOX[sheet]
        for lang in LANGUAGES
    }


_NUMBERED = re.compile(r" (\d{1,6})$")


def toolbox_field(sheet: str, heading: str) -> str | None:
    """Tell the field of a heading of goals, plan or checklist, in any language."""
    return _toolbox_fields(sheet).get(_simply(_NUMBERED.sub("", heading.strip())))


def number_of(heading: str) -> int | None:
    """Return which of several columns a heading is over; None where it has no number."""
    found = _NUMBERED.search(heading.strip())
    return int(found[1]) if found else None


PARTS = ("guidance", "about", "actors", "ties", "partners", "goals", "plan", "checklist")
"""The sheets of a form, in their order."""


@cache
def part_of(name: str) -> str | None:
    """Tell which sheet of a form it is, by its name in any language."""
    names = {_simply(text(f"workbook.{part}", lang)): part for part in PARTS for lang in LANGUAGES}
    return names.get(_simply(name))
