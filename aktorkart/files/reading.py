"""From the bytes of a file to a map, with every problem and where it stands."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files.decoding import decode
from aktorkart.files.places import Spot, locate
from aktorkart.files.schema import migrate
from aktorkart.model import ActorMap

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Loaded:
    """A map as it was read, and what is to be said about the reading.

    Parameters
    ----------
    kart : ActorMap
        The map.
    notes : tuple of Problem
        What a migration could not carry over, and the like; none of it stops the reading.
    """

    kart: ActorMap
    notes: tuple[Problem, ...] = ()


def load_bytes(data: bytes, *, name: str, format: str = "yaml") -> Loaded:  # noqa: A002 - as in read
    """Read a map from bytes, as from a pipe."""
    source = decode(data, name=name)
    spots: Callable[[], Spot]
    if format == "json":
        from aktorkart.files.json_map import read_json

        content, spots, problems = read_json(source, name=name)
    else:
        from aktorkart.files.yaml_reading import read_yaml

        content, where, problems = read_yaml(source, name=name)

        def spots() -> Spot:
            return where

    if not isinstance(content, dict):
        code = "top_is_list" if isinstance(content, list) else "top_is_text"
        raise InvalidMap([*problems, Problem(code=code, place=Place(file=name, line=1))])
    try:
        content, notes = migrate(content, place=Place(file=name))
    except InvalidMap as error:
        raise InvalidMap([*problems, *locate(error.problems, spots(), name=name)]) from None
    try:
        kart = ActorMap(**content)
    except InvalidMap as error:
        found = locate(map(likelier, error.problems), spots(), name=name)
        raise InvalidMap(_in_order([*problems, *found])) from None
    if problems:
        raise InvalidMap(problems)
    return Loaded(kart, tuple(notes))


def likelier(problem: Problem) -> Problem:
    """Say a decimal comma where one was written."""
    value = str(problem.values.get("value", ""))
    if problem.code == "not_number" and re.fullmatch(r"[-+]?[0-9]+,[0-9]+", value):
        values: dict[str, Any] = {"value": value, "fix": value.replace(",", ".")}
        return dataclasses.replace(problem, code="decimal_comma", values=values)
    return problem


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda one: (one.place.line or 0, one.place.column or 0))
