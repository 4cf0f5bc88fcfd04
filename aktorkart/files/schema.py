"""The number of the file's schema, and the way from older ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem, UnsupportedFile

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = 1
"""The schema that is written. It rises when a field is renamed, moved or given a new meaning."""

MIGRATIONS: dict[int, Callable[[dict[str, Any]], tuple[dict[str, Any], list[Problem]]]] = {}
"""From schema n to n + 1: plain data → plain data, and notes on what could not be carried over."""


def migrate(data: dict[str, Any], *, place: Place) -> tuple[dict[str, Any], list[Problem]]:
    """Bring the content of a file up to today's schema.

    Parameters
    ----------
    data : dict
        The content, with its schema number under ``aktorkart``; without one it is today's.
    place : Place
        The file.

    Returns
    -------
    tuple of dict and list of Problem
        The content without the number, and notes.

    Raises
    ------
    UnsupportedFile
        If the file is from a later version of this library.
    InvalidMap
        If the number is not one.

    Examples
    --------
    >>> migrate({"aktorkart": 1, "title": "Kart"}, place=Place())
    ({'title': 'Kart'}, [])
    """
    rest = {key: value for key, value in data.items() if key != "aktorkart"}
    number = data.get("aktorkart")
    notes: list[Problem] = []
    if number is None:
        return rest, [Problem(code="schema_missing", place=place, values={"known": SCHEMA})]
    if type(number) is not int or number < 1:
        values = {"value": str(number), "known": SCHEMA}
        place = Place(file=place.file, path=("aktorkart",))
        raise InvalidMap(Problem(code="schema_number", place=place, values=values))
    if number > SCHEMA:
        values = {"value": str(number), "known": SCHEMA}
        raise UnsupportedFile(Problem(code="schema_newer", place=place, values=values))
    if number < SCHEMA:
        values = {"value": str(number), "known": SCHEMA}
        notes.append(Problem(code="schema_older", place=place, values=values))
    for step in range(number, SCHEMA):
        rest, lost = MIGRATIONS[step](rest)
        notes += lost
    return rest, notes


def json_schema(lang: str = "en") -> dict[str, Any]:
    """Return the JSON Schema of a map file, for editors and other programs.

    Parameters
    ----------
    lang : {"nb", "nn", "en", "sv"}
        Language of the titles and descriptions.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12.

    Examples
    --------
    >>> json_schema()["required"]
    ['actors']
    """
    from aktorkart.model import ActorMap

    schema = ActorMap.model_json_schema()
    return schema
