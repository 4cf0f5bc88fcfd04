"""One walk over a value, by what the marks of :mod:`~aktorkart.model.fields` say stands where."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from aktorkart.model.fields import Held, Holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

GONE: Any = object()
"""Leaves a value out; what cannot be without it is left out as well."""


@dataclass(frozen=True)
class Shape:
    """What a field is: a marked value, or something that has such values inside."""

    holds: Holds | None = None
    key: Shape | None = None
    item: Shape | None = None
    model: type[BaseModel] | None = None

    @cached_property
    def whats(self) -> frozenset[Held]:
        """What is held here or inside."""
        own = frozenset({self.holds.what} if self.holds else ())
        inside = [part for part in (self.key, self.item) if part is not None]
        inside += shapes(self.model).values() if self.model else ()
        return own.union(*(part.whats for part in inside))


class Spot(NamedTuple):
    """A marked value and where it stands."""

    holds: Holds
    value: Any  # None where an optional field is empty
    owner: BaseModel
    path: tuple[str | int, ...] = ()


@cache
def shapes(model: type[BaseModel]) -> dict[str, Shape]:
    """Return the shape of each field."""
    return {
        name: _shape(field.annotation, field.metadata) for name, field in model.model_fields.items()
    }


def _shape(annotation: Any, marks: Iterable[Any] = ()) -> Shape:
    holds = next((mark for mark in marks if isinstance(mark, Holds)), None)
    if holds is not None:
        return Shape(holds=holds)
    args = get_args(annotation)
    match get_origin(annotation):
        case None if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return Shape(model=annotation)
        case None:
            return Shape()
        case origin if origin is Annotated:
            return _shape(args[0], args[1:])
        case origin if origin is tuple:
            return Shape(item=_shape(args[0]))
        case origin if origin is Mapping:
            return Shape(key=_shape(args[0]), item=_shape(args[1]))
    # Of a union only what may be left out matters: the other part decides.
    stated = [arg for arg in args if arg is not type(None)]
    return _shape(stated[0]) if len(stated) == 1 else Shape()


@cache
def own_ids(model: type[BaseModel]) -> dict[Held, str]:
    """Return the sections of a map whose items have ids, by what they are."""
    found: dict[Held, str] = {}
    for section, shape in shapes(model).items():
        item = shape.item.model if shape.item else None
        for inside in shapes(item).values() if item else ():
            if inside.holds and inside.holds.own:
                found[inside.holds.what] = section
    return found


@cache
def _with(model: type[BaseModel], wanted: frozenset[Held]) -> tuple[tuple[str, Shape], ...]:
    return tuple((name, shape) for name, shape in shapes(model).items() if shape.whats & wanted)


def held(
    value: BaseModel,
    wanted: frozenset[Held],
    *,
    at: tuple[str | int, ...] = (),
    only: str | None = None,
) -> Iterator[Spot]:
    """Find everything that is marked so, and where it stands; the value itself stands at.

    With ``only``, in one of its fields.
    """
    return _held(value, type(value), wanted, at, only)


def _held(
    value: Any,
    model: type[BaseModel],
    wanted: frozenset[Held],
    path: tuple[str | int, ...],
    only: str | None = None,
) -> Iterator[Spot]:
    for name, shape in _with(model, wanted):
        if only is not None and name != only:
            continue
        inside = getattr(value, name)
        if inside is None:
            continue
        if shape.holds is not None:
            yield Spot(shape.holds, inside, value, (*path, name))
        else:
            yield from _inside(inside, shape, wanted, value, (*path, name))


def _inside(
    value: Any,
    shape: Shape,
    wanted: frozenset[Held],
    owner: Any,
    path: tuple[str | int, ...],
) -> Iterator[Spot]:
    if shape.holds is not None:
        if value is not None and shape.holds.what in wanted:
            yield Spot(shape.holds, value, owner, path)
    elif shape.model is not None:
        yield from _held(value, shape.model, wanted, path)
    elif shape.item is not None:
        for key, item in value.items() if shape.key else enumerate(value):
            at = (*path, key)
            if shape.key is not None:
                yield from _inside(key, shape.key, wanted, owner, at)
            yield from _inside(item, shape.item, wanted, owner, at)


def different(
    items: Sequence[BaseModel], model: type[BaseModel], wanted: frozenset[Held]
) -> dict[Held, set[Any]]:
    """Return the different values in items of a model that point to something, by what they are.

    It takes a tenth of the time of finding where each of them stands.
    """
    found: dict[Held, set[Any]] = {}
    for name, shape in _with(model, wanted):
        values: Iterable[Any] = map(operator.attrgetter(name), items)
        if shape.holds is not None:
            if not shape.holds.own:
                found.setdefault(shape.holds.what, set()).update(values)
            continue
        for value in filter(None, values):
            for spot in _inside(value, shape, wanted, None, ()):
                if not spot.holds.own:
                    found.setdefault(spot.holds.what, set()).add(spot.value)
    for values in found.values():
        values.discard(None)
    return found


def changed(
    value: BaseModel, change: Callable[[Spot], Any], wanted: frozenset[Held]
) -> dict[str, Any]:
    """Return the fields that differ when everything that is marked so is changed.

    A field that is :data:`GONE` has its default; an item that cannot be without it is gone.
    """
    fields = _changed(value, change, wanted)
    return {} if fields is None else fields


def _changed(
    value: BaseModel, change: Callable[[Spot], Any], wanted: frozenset[Held]
) -> dict[str, Any] | None:
    fields: dict[str, Any] = {}
    for name, shape in _with(type(value), wanted):
        old = getattr(value, name)
        new = _new(old, shape, change, wanted, value)
        if new is GONE:
            field = type(value).model_fields[name]
            if field.is_required():
                return None
            new = field.get_default(call_default_factory=True)
        if new is not old:
            fields[name] = new
    return fields


def _new(
    value: Any,
    shape: Shape,
    change: Callable[[Spot], Any],
    wanted: frozenset[Held],
    owner: BaseModel,
) -> Any:
    if shape.holds is not None:
        return change(Spot(shape.holds, value, owner)) if shape.holds.what in wanted else value
    if value is None or not shape.whats & wanted:
        return value
    if shape.model is not None:
        fields = _changed(value, change, wanted)
        if fields is None:
            return GONE
        return value.model_copy(update=fields) if fields else value
    assert shape.item is not None  # noqa: S101 - a shape without parts holds nothing
    if shape.key is not None:
        pairs = {
            _new(key, shape.key, change, wanted, owner): _new(
                item, shape.item, change, wanted, owner
            )
            for key, item in value.items()
        }
        return {key: item for key, item in pairs.items() if key is not GONE and item is not GONE}
    items = [_new(item, shape.item, change, wanted, owner) for item in value]
    if all(map(operator.is_, items, value)):
        return value
    return tuple(item for item in items if item is not GONE)
