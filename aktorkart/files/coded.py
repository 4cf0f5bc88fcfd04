"""Columns by their different values: each is read once, however many rows it stands in."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from aktorkart.files.lookup import order_of_names, places_among

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray
    from pydantic import BaseModel

LEFT_OUT: Any = object()
"""Stands where nothing is said."""

_SIMPLE = frozenset({str, int, float, bool, type(None), type(LEFT_OUT)})
_EQUAL = frozenset({int, float, bool})
"""Kinds whose values may be equal to those of another."""
_LETTERS = "!-~À-ÖØ-öø-ÿ"
_PLAIN = re.compile(
    rf"(?!')[{_LETTERS}]+(?: [{_LETTERS}]+)*(?:\n(?!')[{_LETTERS}]+(?: [{_LETTERS}]+)*)*"
)
"""Names, one below the other, that are read as they stand."""


class UnsureError(Exception):
    """Something takes a closer look."""


def sure(said: object) -> None:
    """Stop where something takes a closer look."""
    if not said:
        raise UnsureError


def are_plain(values: Sequence[str]) -> bool:
    """Tell whether all texts are names that are read as they stand."""
    joined = "".join(values)
    quick = joined.isascii() and joined.isprintable() and " " not in joined and "'" not in joined
    return (quick and all(values)) or _PLAIN.fullmatch("\n".join(values)) is not None


@dataclass(frozen=True)
class Coded:
    """A column: its different values, and which of them stands in each row."""

    values: Sequence[Any]
    codes: NDArray[np.integer[Any]]  # of as few bytes as will do, in large columns

    @classmethod
    def of(cls, column: Any) -> Coded:
        """Find the different values of a column; pyarrow does it sooner than we."""
        if not hasattr(column, "dictionary_encode"):
            return cls._of_cells(column)
        if str(column.type).startswith("dictionary"):
            return cls._of_categories(_whole(column))
        try:
            encoded = _whole(column.dictionary_encode("encode"))
        except NotImplementedError:  # lists
            return cls._of_cells(column.to_pylist())
        sure(hasattr(encoded, "dictionary"))  # else more text than one array holds
        values = _known(encoded.dictionary)
        codes = encoded.indices.to_numpy(zero_copy_only=False)
        return cls(values, codes.astype(np.min_scalar_type(len(values))))

    @classmethod
    def _of_categories(cls, column: Any) -> Coded:
        """Take the categories for values: those that are of some row, each of them once."""
        sure(hasattr(column, "dictionary"))
        values = [*_known(column.dictionary), None]
        indices = column.indices
        if indices.null_count:
            indices = indices.cast("int64").fill_null(len(values) - 1)
        codes = indices.to_numpy()
        met = np.flatnonzero(np.bincount(codes.astype(np.int64))).tolist()
        place = {one: at for at, one in enumerate(dict.fromkeys(values[at] for at in met))}
        places = np.zeros(len(values), dtype=np.min_scalar_type(len(place)))
        places[met] = [place[values[at]] for at in met]
        return cls([*place], places[codes])

    @classmethod
    def _of_cells(cls, column: Iterable[Any]) -> Coded:
        """Find the different values of some cells; 1, 1.0 and True are three."""
        column = list(column)
        try:
            found = cls._by_value(column)
        except TypeError:  # lists, which cannot be looked up
            column = [tuple(cell) if type(cell) is list else cell for cell in column]
            sure({str} >= {type(one) for cell in column if type(cell) is tuple for one in cell})
            sure({*map(type, column)} <= _SIMPLE | {tuple})
            return cls._by_value(column)
        kinds = {*map(type, found.values)}
        sure(kinds <= _SIMPLE)
        if not kinds.isdisjoint(_EQUAL) and len({*map(type, column)} & _EQUAL) > 1:
            found = cls._by_value([*zip(map(type, column), column, strict=True)])
            return cls([value for _, value in found.values], found.codes)
        return found

    @classmethod
    def _by_value(cls, column: Sequence[Any]) -> Coded:
        places: defaultdict[Any, int] = defaultdict()
        places.default_factory = places.__len__
        codes = np.fromiter(map(places.__getitem__, column), np.int64, len(column))
        return cls([*places], codes)

    def read(self, reader: Callable[[Any], Any]) -> Coded:
        """Read each different value."""
        try:
            values = [*map(reader, self.values)]
            places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        except (ValidationError, TypeError, ValueError, OverflowError):
            raise UnsureError from None
        if len(places) == len(values):
            return Coded(values, self.codes)
        return Coded([*places], self.rows(map(places.__getitem__, values), np.int64))

    def rows(self, values: Iterable[Any], kind: Any, places: Any = ...) -> NDArray[Any]:
        """Return an array of what stands for each different value, row by row, or in some rows."""
        each = np.fromiter(values, dtype=kind, count=len(self.values))
        told: NDArray[Any] = each[self.codes[places]]
        return told

    def ranks(self) -> NDArray[np.int64]:
        """Return the rank of each row's text; none is as no text."""
        order = {one: rank for rank, one in enumerate(sorted({one or "" for one in self.values}))}
        return self.rows((order[one or ""] for one in self.values), np.int64)


@cache
def checked_as(model: type[BaseModel], name: str) -> Callable[[Any], Any]:
    """Return what reads a field of a model: the field's own reader."""
    field = model.model_fields[name]
    kind: Any = (
        Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    )
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    required, default = field.is_required(), field.get_default(call_default_factory=True)
    if name == "mutual":
        default = None  # how it is read decides

    def read(value: Any) -> Any:
        if value is not LEFT_OUT:
            return adapter.validate_python(value)
        sure(not required)
        return default

    return read


def column_of(series: Any) -> Any:
    """Return a frame's column as Arrow has it; as a list where it does not."""
    native = series.to_native()
    if hasattr(native, "chunks"):
        return native  # of Arrow itself, in as many parts as it has
    try:
        return series.to_arrow()
    except (ImportError, TypeError, ValueError, NotImplementedError, OverflowError):
        return series.to_list()


def _known(dictionary: Any) -> list[Any]:
    """Return the values of a column's dictionary, if they are of kinds that we read."""
    values: list[Any] = dictionary.to_pylist()
    sure({*map(type, values)} <= _SIMPLE | {dt.date, dt.datetime})
    return values


def in_one_order(listed: Any | None, ends: Sequence[Any]) -> list[Coded]:
    """Find the place of ids and ends in one sorted list of names, which all of them then share.

    ``listed`` has the id of each actor; where it is None, the ends name them. The list is empty
    where these are no columns of Arrow with names that are read as they stand.
    """
    columns = [*ends] if listed is None else [listed, *ends]
    kinds = {str(getattr(column, "type", "")) for column in columns}
    if kinds not in ({"string"}, {"large_string"}) or any(
        len(column) == 0 or column.null_count for column in columns
    ):
        return []
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import compute

    if listed is None:
        parts = [part for column in columns for part in _parts(column)]
        encoded = _whole(pa.chunked_array(parts).dictionary_encode())
        sure(hasattr(encoded, "dictionary"))
        names, codes = encoded.dictionary, encoded.indices.to_numpy()
    else:
        names, codes = _whole(listed), np.empty(0, np.int32)
        sure(hasattr(names, "buffers"))
    order = order_of_names(names)
    names = names.take(pa.array(order))
    if not are_plain(values := names.to_pylist()):
        return []
    ranks = np.empty(len(values), dtype=np.int32)
    ranks[order] = np.arange(len(values), dtype=np.int32)
    if listed is None:
        found = np.split(ranks[codes], [len(columns[0])])
    else:
        sure(not compute.any(compute.equal(names[1:], names[:-1])).as_py())
        parts = [_parts(one) for one in ends]
        places = iter(places_among(names, [part for one in parts for part in one]))
        found = [ranks, *(np.concatenate([*islice(places, len(one))]) for one in parts)]
        sure(all((one >= 0).all() for one in found))  # no end is nobody
    return [Coded(values, places) for places in found]


def in_one_order_plain(listed: Iterable[Any], ends: Sequence[Iterable[Any]]) -> list[Coded]:
    """Find the place of ids and ends as `in_one_order` does, where they are plain values."""
    ids = [*listed]
    values = sorted(ids) if {*map(type, ids)} == {str} else []
    place = {name: at for at, name in enumerate(values)}
    if not place or len(place) != len(values) or not are_plain(values):
        return []
    try:
        found = [np.fromiter(map(place.__getitem__, column), np.int32) for column in (ids, *ends)]
    except (KeyError, TypeError):  # an end that is nobody, or no name
        return []
    return [Coded(values, places) for places in found]


def _whole(column: Any) -> Any:
    """Return a column in one part, if there is room for it."""
    parts = _parts(column)
    if len(parts) != 1:
        column = column.combine_chunks()
        parts = _parts(column)
    return parts[0] if len(parts) == 1 else column


def _parts(column: Any) -> list[Any]:
    return column.chunks if hasattr(column, "chunks") else [column]
