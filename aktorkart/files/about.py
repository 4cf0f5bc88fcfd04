"""What a table says of the map itself: a row for each field, with its value.

A pair of CSV files has it beside them, a workbook as a sheet. It holds what protects a person,
so that who reads the tables hides what was hidden before.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, guesses
from aktorkart.files import cells
from aktorkart.files.schema import SCHEMA
from aktorkart.model import ActorMap, Consent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEADINGS = ("field", "value")

FIELDS = (
    *("title", "focal", "date", "lang", "scope", "strength_scale", "needs", "discharge"),
    *("note", "source", *(f"consent.{name}" for name in Consent.model_fields)),
)
"""Fields of a map that a table can hold, beside its tags."""

_DATES = frozenset({"date", "consent.given", "consent.until", "consent.withdrawn"})
_LISTS = frozenset({"needs", "discharge", "consent.covers", "consent.seen_by"})
_NOTHING = "none"


def written(kart: ActorMap) -> list[tuple[str, str]]:
    """Return the rows for a map: what it states, and always its scope and scale."""
    lang = "en"
    rows = [("aktorkart", str(SCHEMA))]
    stated = kart.model_dump(include={name.partition(".")[0] for name in FIELDS})
    flat = {**stated, **{f"consent.{key}": one for key, one in (stated["consent"] or {}).items()}}
    for name in FIELDS:
        value = flat.get(name)
        if name == "strength_scale":
            low_high = [cells.write_number(bound, lang) for bound in value or ()]
            rows.append((name, "|".join(low_high) or _NOTHING))
        elif name in _LISTS:
            empty = () if name != "consent.covers" else None  # to cover nothing is not everything
            rows += [(name, _list(value))] if value != empty and value is not None else []
        elif value is not None:
            rows.append((name, cells.write_text(value)))
    if kart.consent is not None and not any(name.startswith("consent.") for name, _ in rows):
        rows.append(("consent", _NOTHING))
    rows += [(f"tags.{tag}", cells.write_tag(value, lang)) for tag, value in kart.tags.items()]
    return rows


def _list(items: tuple[str, ...]) -> str:
    plain = all(item and "|" not in item and item == item.strip() for item in items)
    clear = plain and items[:1] != (_NOTHING,) and not items[0].startswith("[") if items else True
    line = "|".join(items) or _NOTHING
    return cells.write_text(line) if clear else json.dumps(items, ensure_ascii=False)


def read(
    rows: Iterable[tuple[int, str, str]],
) -> tuple[dict[str, Any], dict[str, int], list[Problem]]:
    """Return the map's fields, the row of each, and what is wrong; of number, field, value."""
    content: dict[str, Any] = {}
    places: dict[str, int] = {}
    problems = []
    for number, name, cell in rows:
        place = Place(row=number, field=name)
        if name in places:
            values = {"field": name, "first": places[name]}
            problems.append(Problem(code="field_twice", place=place, values=values))
            continue
        places[name] = number
        if name.startswith("tags."):
            content.setdefault("tags", {})[name.removeprefix("tags.")] = cells.read_tag(cell)
        elif name in FIELDS:
            part, _, inside = name.partition(".")
            if inside:
                content.setdefault(part, {})[inside] = _value(name, cell)
            else:
                content[name] = _value(name, cell)
        elif name == "consent":
            content.setdefault("consent", {})
        elif name != "aktorkart":
            values = {"field": name, "known": list(FIELDS)}
            near = guesses(name, FIELDS)
            problems.append(Problem(code="unknown_field", place=place, values=values, guesses=near))
    return content, places, problems


def _value(name: str, cell: str) -> Any:
    word = cells.read_text(cell.strip())
    if name == "strength_scale":
        return None if word == _NOTHING else [cells.read_number(one) for one in word.split("|")]
    if name in _LISTS:
        items = () if word == _NOTHING else word.split("|")
        if word.startswith("["):
            with contextlib.suppress(ValueError):
                items = json.loads(word)
        return [cells.read_date(item) if name == "discharge" else item for item in items]
    return cells.read_date(word) if name in _DATES else word


def place_of(problem: Problem, places: Mapping[str, int], *, file: str) -> Problem | None:
    """Say where a problem of one of these fields stands; None for problems of other fields."""
    path = problem.place.path
    name = ".".join(map(str, path[: 2 if path[:1] in {("consent",), ("tags",)} else 1]))
    if name not in places:
        return None
    place = Place(file=file, row=places[name], field=name, path=path)
    return dataclasses.replace(problem, place=place)


def individual(content: Mapping[str, Any], actors: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether tables that do not say what they are about have to be taken as one person's."""
    kinds = [kind for one in actors if isinstance(kind := one.get("kind"), str)]
    return "scope" not in content and kinds.count("user") == 1
