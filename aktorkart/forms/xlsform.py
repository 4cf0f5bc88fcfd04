"""An XLSForm for ODK and Kobo: who I am, whom we work with, and how closely with each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aktorkart.files.xlsx.book import Book
from aktorkart.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.errors import Problem
    from aktorkart.model import ActorMap

_LANGUAGES = {"nb": "Norsk bokmål", "nn": "Norsk nynorsk", "en": "English", "sv": "Svenska"}
"""What ODK and Kobo call them."""

_MOST_STEPS = 11
"""A scale with more whole numbers is asked for as a number."""


def xlsform(kart: ActorMap, lang: str) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the workbook; each text stands in all four languages."""
    book = Book("xlsform.xlsx")
    codes = _codes(kart)
    scale = kart.strength_scale
    steps = _steps(scale)
    _write(book, "survey", _questions(scale, steps))
    choices: list[dict[str, Any]] = [
        {
            "list_name": "actor",
            "name": codes[one.id],
            "label": dict.fromkeys(LANGUAGES, _plain(one.label)),
        }
        for one in kart.actors
    ]
    for step in steps:
        said = {one: _step(step, steps, one) for one in LANGUAGES}
        choices.append({"list_name": "strength", "name": str(step), "label": said})
    if steps:
        unknown = {one: text("form.ask.unknown", one) for one in LANGUAGES}
        choices.append({"list_name": "strength", "name": "unknown", "label": unknown})
    _write(book, "choices", choices)
    title = _plain(kart.title or text("form.title.xlsform", lang))
    settings = {
        "form_title": title,
        "form_id": "aktorkart_partners",
        "default_language": _language(lang),
    }
    _write(book, "settings", [settings])
    return book.data(), ()


def _questions(scale: tuple[float, float] | None, steps: Sequence[int]) -> list[dict[str, Any]]:
    def ask(code: str, **values: str) -> dict[str, str]:
        return {lang: text(f"form.ask.{code}", lang, **values) for lang in LANGUAGES}

    strength: dict[str, Any] = {"type": "decimal", "constraint": ". > 0"}
    if steps:
        strength = {"type": "select_one strength", "appearance": "minimal"}
    elif scale is not None:
        strength = {"type": "decimal", "constraint": f". >= {scale[0]:g} and . <= {scale[1]:g}"}
    return [
        {"type": "today", "name": "date"},
        {"type": "select_one actor", "name": "respondent", "label": ask("me"), "required": "yes"},
        {
            "type": "select_multiple actor",
            "name": "partners",
            "label": ask("partners"),
            "choice_filter": "name != ${respondent}",
        },
        {
            "type": "begin_repeat",
            "name": "tie",
            "label": ask("strength", partner="…"),
            "repeat_count": "count-selected(${partners})",
        },
        {
            "type": "calculate",
            "name": "partner",
            "calculation": "selected-at(${partners}, position(..) - 1)",
        },
        {
            "type": "calculate",
            "name": "partner_name",
            "calculation": "jr:choice-name(${partner}, '${partners}')",
        },
        {
            **strength,
            "name": "strength",
            "label": ask("strength", partner="${partner_name}"),
        },
        {"type": "end_repeat"},
        {"type": "text", "name": "others", "label": ask("others")},
    ]


def _write(book: Book, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write a sheet of records, a column for each language of what is translated."""
    flat = []
    for row in rows:
        line: dict[str, Any] = {}
        for key, value in row.items():
            if isinstance(value, dict):
                line |= {f"{key}::{_language(lang)}": said for lang, said in value.items()}
            else:
                line[key] = value
        flat.append(line)
    over = list(dict.fromkeys(key for line in flat for key in line))
    sheet = book.sheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(over), 24)
    for column, head in enumerate(over):
        book.put(sheet, 0, column, head, "heading")
        for row_, line in enumerate(flat, start=1):
            if line.get(head) is not None:
                book.put(sheet, row_, column, line[head])


def _language(lang: str) -> str:
    return f"{_LANGUAGES[lang]} ({lang})"


def _plain(name: str) -> str:
    """Return a name that no form takes for a reference to an answer."""
    return name.replace("${", "$ {")


def _codes(kart: ActorMap) -> dict[str, str]:
    """Return a name without blanks for each actor: its id where that is one."""
    plain = {one.id for one in kart.actors if re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*", one.id)}
    codes = {}
    for number, actor in enumerate(kart.actors, start=1):
        code = actor.id if actor.id in plain else f"actor_{number}"
        while code != actor.id and code in plain:
            code += "_"
        codes[actor.id] = code
    return codes


def _steps(scale: tuple[float, float] | None) -> list[int]:
    """Return the whole numbers of a scale, from the strongest down; none where it has others."""
    if scale is None or not all(bound.is_integer() for bound in scale):
        return []
    steps = list(range(int(scale[0]), int(scale[1]) + 1))
    return steps[::-1] if len(steps) <= _MOST_STEPS else []


def _step(step: int, steps: Sequence[int], lang: str) -> str:
    ends = {steps[0]: "near", steps[-1]: "far"}
    return f"{step} – {text(f'form.ask.{ends[step]}', lang)}" if step in ends else str(step)
