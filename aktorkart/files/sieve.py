"""Of a large table, what may be wrong: so that mistakes are told without an object for each row.

A map with mistakes is made twice to tell them all, and a million ties of it are a gigabyte. Here
each different value of a field is read once, and what is sure to be right is left out. What remains
is made into a map as ever, which says what is wrong with it.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from aktorkart.files.coded import LEFT_OUT, Coded, UnsureError, checked_as, sure
from aktorkart.model import Actor, Tie
from aktorkart.model.fields import first_day, last_day
from aktorkart.model.vocabulary import KINDS, TIE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from pydantic import BaseModel

    Kept = dict[str, NDArray[np.int64]]

LARGE = 20_000
"""From so many actors and ties on it is worth it."""

_OF_ACTORS = frozenset(Actor.model_fields) - {"publics"}
_OF_TIES = frozenset(Tie.model_fields) - {"changed_practice", "trust", "value", "support", "damour"}


def sieved(content: Mapping[str, Any], *, all_actors: bool) -> tuple[dict[str, Any], Kept] | None:
    """Return a map's fields with those actors and ties that may be wrong, and their places.

    Of the actors, also those that anything points to. None where that cannot be told.
    """
    try:
        actors, right = _read(content["actors"], Actor, _OF_ACTORS)
        ids = actors["id"]
        place: dict[Any, int] = {}
        at = ids.rows((place.setdefault(one, len(place)) for one in ids.values), np.int64)
        right &= np.bincount(at, minlength=len(place))[at] == 1
        right &= _among(actors, "kind", {*KINDS, *_declared(content, "kinds")})
        ties, fitting = _read(content["ties"], Tie, _OF_TIES)
        source, target = (
            ties[side].rows((place.get(one, -1) for one in ties[side].values), np.int64)
            for side in ("source", "target")
        )
        fitting &= (source >= 0) & (target >= 0) & (source != target)
        fitting &= _among(ties, "kind", {*TIE_KINDS, *_declared(content, "tie_kinds")})
        fitting &= _on_scale(ties, content["strength_scale"]) & _in_time(ties)
        fitting &= ~_twice(ties, source, target)
    except UnsureError:
        return None
    kept = {"ties": np.flatnonzero(~fitting)}
    pointed = {one for one in _texts(content) if one in place}
    wanted = np.zeros(len(place) + 1, dtype=np.bool_)  # the last is nobody
    wanted[[place[one] for one in pointed]] = True
    wanted[source[kept["ties"]]] = wanted[target[kept["ties"]]] = True
    kept["actors"] = np.flatnonzero(~right | wanted[at] | all_actors)
    some = {table: [content[table][row] for row in rows] for table, rows in kept.items()}
    return {**content, **some}, kept


def _read(
    items: Sequence[Any], model: type[BaseModel], known: frozenset[str]
) -> tuple[dict[str, Coded], NDArray[np.bool_]]:
    """Read each different value of each field, and tell which items have only right ones."""
    sure(items and {*map(type, items)} == {dict})
    names: set[Any] = {name for name, field in model.model_fields.items() if field.is_required()}
    sure(names.union(*items) <= known)
    right = np.ones(len(items), dtype=np.bool_)
    found = {}
    for name in sorted(names.union(*items)):
        check = checked_as(model, name)
        cells = map(dict.get, items, repeat(name), repeat(LEFT_OUT))
        if name == "tags":
            right &= np.fromiter((_fits(check, cell) for cell in cells), np.bool_, len(items))
            continue
        column = Coded.of(cells)
        fits = [_fits(check, value) for value in column.values]
        right &= column.rows(fits, np.bool_)
        made = [
            check(value) if one else None for value, one in zip(column.values, fits, strict=True)
        ]
        found[name] = Coded(made, column.codes)
    return found, right


def _fits(check: Callable[[Any], Any], value: Any) -> bool:
    try:
        check(value)
    except (ValidationError, UnsureError):  # it is wrong, or missing
        return False
    return True


def _declared(content: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    there = content.get(section) or {}
    sure(isinstance(there, dict))
    return dict(there)


def _among(columns: Mapping[str, Coded], name: str, known: set[str]) -> NDArray[np.bool_] | bool:
    if name not in columns:
        return True
    return columns[name].rows((one in known for one in columns[name].values), np.bool_)


def _on_scale(ties: Mapping[str, Coded], scale: Any) -> NDArray[np.bool_] | bool:
    if "strength" not in ties:
        return True
    sure(scale is None or (isinstance(scale, (list, tuple)) and len(scale) == 2))  # noqa: PLR2004 - its ends
    low, high = scale or (0, np.inf)
    sure(all(type(end) in (int, float) for end in (low, high)))
    strengths = ties["strength"]
    return strengths.rows(
        (one is None or (low <= one <= high and one > 0) for one in strengths.values), np.bool_
    )


def _in_time(ties: Mapping[str, Coded]) -> NDArray[np.bool_] | bool:
    """Tell which ties do not end before they begin."""
    if not {"since", "until"} <= ties.keys():
        return True
    since, until = ties["since"], ties["until"]
    both = since.codes.astype(np.int64) * len(until.values) + until.codes
    met, where = np.unique(both, return_inverse=True)
    periods = (
        (since.values[one // len(until.values)], until.values[one % len(until.values)])
        for one in met.tolist()
    )
    fits = [not (one and other) or last_day(other) >= first_day(one) for one, other in periods]
    return np.array(fits, dtype=np.bool_)[where]


def _twice(
    ties: Mapping[str, Coded], source: NDArray[np.int64], target: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell which ties there may be twice: between the same two, of one kind and informant."""
    keys = [np.minimum(source, target), np.maximum(source, target)]
    keys += [_numbers(ties[name]) for name in ("kind", "informant") if name in ties]
    order = np.lexsort(keys)
    same = np.all([np.diff(key[order]) == 0 for key in keys], axis=0)
    twice = np.zeros(len(source), dtype=np.bool_)
    twice[order[1:][same]] = twice[order[:-1][same]] = True
    return twice


def _numbers(column: Coded) -> NDArray[np.int64]:
    """Return a number for each value as it was read: two spellings of a name are one."""
    numbers: dict[Any, int] = {}
    return column.rows((numbers.setdefault(one, len(numbers)) for one in column.values), np.int64)


def _texts(value: Any) -> Iterator[str]:
    """Find every text in what a map says beside its actors and ties."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inside in value.items():
            if name not in {"actors", "ties"}:
                yield from _texts(name)
                yield from _texts(inside)
    elif isinstance(value, (list, tuple)):
        for inside in value:
            yield from _texts(inside)
