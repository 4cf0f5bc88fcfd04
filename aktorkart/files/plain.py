"""A map as plain values, and back: what YAML and JSON read and write."""

from __future__ import annotations

import dataclasses
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem, one_per_cause
from aktorkart.files.formats import Loaded
from aktorkart.files.people_words import Renamed
from aktorkart.files.places import in_order, located
from aktorkart.files.schema import SCHEMA, migrate
from aktorkart.model import ActorMap
from aktorkart.model.checks import alike
from aktorkart.model.fields import UNSEEN, UNSEEN_SIGNS
from aktorkart.privacy.shown import told_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aktorkart.files.places import Spot

DEEPEST = 40
"""How deep brackets may nest; a map needs six."""

_EXACT = 2**53
"""Up to here every whole float is the same number written without a decimal point."""

DATES = {"date", "given", "withdrawn", "until", "since", "due", "done", "discharge"}
"""Fields that hold dates."""


class Date(str):
    """A date: YAML writes it without quotes, as people do."""

    __slots__ = ()


def plain(kart: ActorMap) -> dict[str, Any]:
    """Return a map as dicts, lists, text and numbers, in the order of the file."""
    data = kart.model_dump(exclude_defaults=True)
    return {"aktorkart": SCHEMA} | {key: _plain(value, key) for key, value in data.items()}


def _plain(value: Any, key: str) -> Any:
    if key == "tags":  # 4 and 4.0 may differ to those who wrote them
        return {tag: list(one) if type(one) is tuple else one for tag, one in value.items()}
    if isinstance(value, dict):
        return {name: _plain(item, name) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item, key) for item in value]
    if isinstance(value, str):
        return Date(value) if key in DATES else value
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def from_plain(  # noqa: PLR0913 - where it comes from is of no one kind
    content: Any,
    spot: Callable[[], Spot],
    problems: list[Problem],
    *,
    name: str,
    directed: bool | None = None,
    source: str | None = None,
) -> Loaded:
    """Make a map of plain values; ``spot`` tells where they stand, should anyone ask.

    ``source`` is the text that they were read from, where there is one.
    """
    if not isinstance(content, dict):
        code = "top_is_list" if isinstance(content, list) else "top_is_text"
        raise InvalidMap([*problems, Problem(code=code, place=Place(file=name, line=1))])
    try:
        content, notes = migrate(content, place=Place(file=name))
    except InvalidMap as error:
        raise InvalidMap([*problems, *located(error.problems, spot(), name=name)]) from None
    renamed = Renamed()
    content = _with_directions(renamed.read(content), directed=directed)
    try:
        kart = ActorMap(**content)
    except InvalidMap as error:
        named = [renamed.placed(_likelier(problem)) for problem in error.problems]
        found = one_per_cause(located(named, spot(), name=name))
        raise InvalidMap(in_order([*problems, *found])) from None
    if problems:
        raise InvalidMap(problems)
    like = told_of(kart, alike(kart))
    if not _any_unseen(content, source):
        return Loaded(kart, (*notes, *like))  # where things stand takes long to find
    unseen = [Problem(code="unseen_signs", place=Place(path=path)) for path in _unseen(content)]
    return Loaded(kart, (*notes, *located(unseen, spot(), name=name), *like))


def _with_directions(content: dict[str, Any], *, directed: bool | None) -> dict[str, Any]:
    """Let the ties that say nothing of their direction have the one of the map as a whole."""
    mutual = content.get("mutual")
    if isinstance(mutual, bool):
        content = {name: value for name, value in content.items() if name != "mutual"}
    elif directed is not None:
        mutual = not directed
    ties = content.get("ties")
    if not isinstance(mutual, bool) or not isinstance(ties, list):
        return content
    return {
        **content,
        "ties": [{"mutual": mutual, **tie} if isinstance(tie, dict) else tie for tie in ties],
    }


_ESCAPE = re.compile(r"\\[xuU]")


def _any_unseen(content: Any, source: str | None) -> bool:
    """Tell whether signs that nobody sees are left out of any text, as of hardly any map."""
    if source is not None and not ("\\" in source and _ESCAPE.search(source)):
        return any(sign in source for sign in UNSEEN_SIGNS)
    texts = {
        one
        for level in levels(content)
        for holder in level
        for one in (holder.values() if isinstance(holder, dict) else holder)
        if type(one) is str and not one.isascii()
    }
    return UNSEEN.search("".join(texts)) is not None


def levels(content: Any) -> Iterator[list[Any]]:
    """Return the mappings and lists among plain values by how deep they stand, the whole first."""
    level = [content] if type(content) in _HOLDERS else []
    while level:
        yield level
        # Most levels are of one kind, and hold nothing but holders, or none: that is soon seen.
        kinds = {*map(type, level)}
        values = (
            [*map(dict.values, level)]
            if kinds == {dict}
            else [one.values() if type(one) is dict else one for one in level]
        )
        inside = {*map(type, chain.from_iterable(values))}
        level = [*chain.from_iterable(values)] if not inside.isdisjoint(_HOLDERS) else []
        if not inside <= _HOLDERS:
            level = [one for one in level if type(one) in _HOLDERS]


_HOLDERS = frozenset({dict, list})


def _unseen(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Find the texts from which signs that nobody sees are left out."""
    if isinstance(value, str) and UNSEEN.search(value):
        yield path
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _unseen(item, (*path, key))


def _likelier(problem: Problem) -> Problem:
    """Say a decimal comma where one was written."""
    value = str(problem.values.get("value", ""))
    if problem.code == "not_number" and re.fullmatch(r"[-+]?[0-9]+,[0-9]+", value):
        values: dict[str, Any] = {"value": value, "fix": value.replace(",", ".")}
        return dataclasses.replace(problem, code="decimal_comma", values=values)
    return problem
