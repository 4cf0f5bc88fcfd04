"""A network straight from columns, where nothing in them takes a closer look.

Of what a map says of a tie a few words go into its network. So each different value of a column is
read once, by the reader of its field, and it is seen that the rules for other people's tables
have nothing to settle. As soon as one has, or something is wrong, there is None: whoever asked
makes the map itself, which settles it, or says what is wrong and where.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from aktorkart.errors import AktorkartError
from aktorkart.files import cells, headings
from aktorkart.files.making import named
from aktorkart.files.rows import FLOAT, Columns, reader_of
from aktorkart.files.rules.ends import SEVERAL
from aktorkart.files.rules.strengths import scale_of
from aktorkart.files.words import direction_of
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.model.fields import Tag, first_day, last_day
from aktorkart.model.vocabulary import KINDS, TIE_KINDS
from aktorkart.network.network import Network
from aktorkart.network.sorting import differ, sorted_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from pydantic import BaseModel

    from aktorkart.files.sheets import Draft, Reading

LEFT_OUT: Any = object()
"""Stands where nothing is said."""

_SIMPLE = frozenset({str, int, float, bool, type(None), type(LEFT_OUT)})
_OF_ACTORS = frozenset(Actor.model_fields) - {"publics", "tags"}
_OF_TIES = frozenset(Tie.model_fields) - {"changed_practice", "trust", "value", "support", "damour"}
_OF_MAPS = frozenset(
    {"title", "focal", "date", "lang", "scope", "strength_scale", "issues", "needs"}
) | {"kinds", "tie_kinds", "note", "source", "tags"}
_MODELS: Mapping[str, type[BaseModel]] = {"actors": Actor, "ties": Tie}
_ORDERED = ("until", "since", "informant", "kind")  # the last goes first
_MOST_TOGETHER = 1 << 24
_NAMES = frozenset({"id", "source", "target", "name", "organisation", "informant"})
_LETTERS = "!-~À-ÖØ-öø-ÿ"
_PLAIN = re.compile(
    rf"(?!')[{_LETTERS}]+(?: [{_LETTERS}]+)*(?:\n(?!')[{_LETTERS}]+(?: [{_LETTERS}]+)*)*"
)
"""Names, one below the other, that are read as they stand."""


class _UnsureError(Exception):
    """Something takes a closer look."""


def _sure(said: object) -> None:
    if not said:
        raise _UnsureError


@dataclass(frozen=True)
class Coded:
    """A column: its different values, and which of them stands in each row."""

    values: Sequence[Any]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, column: Iterable[Any]) -> Coded:
        """Find the different values of a column; 1, 1.0 and True are three."""
        column = list(column)
        kinds = {*map(type, column)}
        if list in kinds:
            column = [tuple(cell) if type(cell) is list else cell for cell in column]
            _sure({str} >= {type(one) for cell in column if type(cell) is tuple for one in cell})
            kinds = {*map(type, column)} - {tuple}
        _sure(kinds <= _SIMPLE)
        several = len(kinds - {type(None), type(LEFT_OUT)}) > 1
        keys: list[Any] = [*zip(map(type, column), column, strict=True)] if several else column
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        codes = np.fromiter(map(places.__getitem__, keys), np.int64, len(keys))
        return cls([key[1] for key in places] if several else [*places], codes)

    @classmethod
    def of_series(cls, series: Any) -> Coded:
        """Find the different values of a frame's column; pyarrow does it quicker than we."""
        try:
            column = series.to_arrow()
            if hasattr(column, "dictionary_decode"):  # categories may be of no row
                column = column.dictionary_decode()
            encoded = column.dictionary_encode("encode")
        except (ImportError, TypeError, ValueError, NotImplementedError):
            return cls.of(series.to_list())
        _sure(hasattr(encoded, "dictionary"))  # more text than one array holds
        kinds = {*map(type, values := encoded.dictionary.to_pylist())}
        _sure(kinds <= _SIMPLE | {dt.date, dt.datetime})
        return cls(values, encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64))

    def read(self, reader: Callable[[Any], Any]) -> Coded:
        """Read each different value."""
        try:
            values = [*map(reader, self.values)]
            places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        except (ValidationError, TypeError, ValueError, OverflowError):
            raise _UnsureError from None
        if len(places) == len(values):
            return Coded(values, self.codes)
        return Coded([*places], self.rows(map(places.__getitem__, values), np.int64))

    def rows(self, values: Iterable[Any], kind: Any) -> NDArray[Any]:
        """Return an array of what stands for each different value, row by row."""
        return np.fromiter(values, dtype=kind, count=len(self.values))[self.codes]

    def ranks(self) -> NDArray[np.int64]:
        """Return the rank of each row's text; none is as no text."""
        order = {one: rank for rank, one in enumerate(sorted({one or "" for one in self.values}))}
        return self.rows((order[one or ""] for one in self.values), np.int64)


def network_of_draft(
    draft: Draft, reading: Reading, frames: Mapping[str, Any] | None = None
) -> Network | None:
    """Return the network of the map that a draft would become; None if it takes a closer look.

    ``frames`` has the columns of each table where the draft has but their headings.
    """
    try:
        _sure(not draft.matrix and not draft.problems)
        problems: list[Any] = []
        names = named(draft, reading, problems)
        _sure(not problems)
        about = {name: value for name, value in draft.about.items() if name != "aktorkart"}
        listed = None
        if draft.actors is not None:
            columns = _columns("actors", draft, names)
            listed = _fields(columns, draft, (frames or {}).get("actors"))
        columns = _columns("ties", draft, names)
        ties = _fields(columns, draft, (frames or {}).get("ties"))
        heading = columns.heading(["strength"])
        if draft.own:
            if heading is not None:
                about = {"strength_scale": headings.scale_of(heading)} | about
        else:
            _check_words(draft, listed, ties)
            ties, about = _judged(heading, ties, about, reading)
        one_way = reading.directed if not draft.own else None
        if one_way is None and not draft.own:
            one_way = draft.one_way or None
        return _network(about, listed, ties, mutual=not one_way, declared=False)
    except (_UnsureError, AktorkartError):
        return None


def network_of_plain(content: Mapping[str, Any], *, directed: bool | None) -> Network | None:
    """Return the network of a map's own fields; None where it takes a closer look."""
    try:
        about = {name: content[name] for name in content if name not in {"actors", "ties"}}
        _sure(all(type(content.get(table, [])) is list for table in ("actors", "ties")))
        listed = _plain_fields(content.get("actors", []), Actor, _OF_ACTORS)
        ties = _plain_fields(content.get("ties", []), Tie, _OF_TIES)
        return _network(about, listed, ties, mutual=not directed, declared=True)
    except (_UnsureError, AktorkartError):
        return None


# --- reading columns


def _columns(table: str, draft: Draft, names: Mapping[str, dict[str, str]]) -> Columns:
    """Tell what the columns of a table mean, where their headings alone say so."""
    sheet = draft.actors if table == "actors" else draft.ties
    assert sheet is not None  # noqa: S101 - it was asked for
    bare = replace(sheet, columns=[[] for _ in sheet.headings])
    found = Columns(table, bare, names[table], own=draft.own)
    _sure(not found.problems and not found.notes and not found.one_way)
    _sure(all(map(str.strip, sheet.headings)))
    last = any(headings.simple(heading) in headings.LAST for heading in sheet.headings)
    _sure(table == "actors" or draft.own or "strength" in found.fields or not last)
    return found


def _fields(columns: Columns, draft: Draft, frame: Any) -> dict[str, Coded]:
    """Read the columns of a table, each different value once."""
    table, sheet = columns.table, draft.actors if columns.table == "actors" else draft.ties
    assert sheet is not None  # noqa: S101 - it was asked for
    known = _OF_ACTORS if table == "actors" else _OF_TIES
    found: dict[str, Coded] = {}
    for place, meant in enumerate(columns.fields):
        if frame is None:
            column = Coded.of(sheet.columns[place])
        else:
            column = Coded.of_series(frame.get_column(frame.columns[place]))
        if isinstance(meant, tuple):
            _sure(meant[0] == "tags")
            _of(Actor, "id")(meant[1])  # the name of a tag is a name
            column.read(lambda cell: _tag(cell, typed=sheet.typed))
        elif meant is not None:
            _sure(meant in known)
            found[meant] = _read(column, meant, columns)
    _sure(len({len(column.codes) for column in found.values()}) == 1)
    return found


def _read(column: Coded, meant: str, columns: Columns) -> Coded:
    table, own, typed = columns.table, columns.own, columns.sheet.typed
    values = column.values
    if meant in _NAMES and {*map(type, values)} == {str}:
        _sure(own or meant == "name" or not FLOAT.fullmatch(values[0]))
        if _PLAIN.fullmatch("\n".join(values)):
            return column
    reader, checked = reader_of(table, meant, own=own, typed=typed), _of(_MODELS[table], meant)

    def read(cell: Any) -> Any:
        value = LEFT_OUT if cells.is_empty(cell) else reader(cell)
        if meant == "strength":
            _sure(value in (LEFT_OUT, None) or type(value) in (int, float))
        made = checked(LEFT_OUT if value is None else value)
        _sure(meant not in {"id", "source", "target"} or made == value)
        return made

    return column.read(read)


def _tag(cell: Any, *, typed: bool) -> None:
    if not cells.is_empty(cell):
        text = isinstance(cell, str) and not typed
        _tag_reader()(cells.read_tag(cell) if text else cells.tag(cell))


@cache
def _tag_reader() -> Callable[[Any], Any]:
    adapter: TypeAdapter[Any] = TypeAdapter(Tag)
    return adapter.validate_python


@cache
def _of(model: type[BaseModel], name: str) -> Callable[[Any], Any]:
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
        _sure(not required)
        return default

    return read


def _plain_fields(
    items: list[Any], model: type[BaseModel], known: frozenset[str]
) -> dict[str, Coded]:
    """Read a list of actors or ties as our own files have them."""
    if not items:
        return {name: Coded([], np.zeros(0, dtype=np.int64)) for name in _needed(model)}
    _sure({*map(type, items)} == {dict})
    names: set[Any] = set().union(*items)
    _sure(names <= known and names >= _needed(model))
    found = {}
    for name in names:
        column = Coded.of(map(dict.get, items, repeat(name), repeat(LEFT_OUT)))
        plain = name in _NAMES and {*map(type, column.values)} == {str}
        if not (plain and _PLAIN.fullmatch("\n".join(column.values))):
            column = column.read(_of(model, name))
        found[name] = column
    return found


def _needed(model: type[BaseModel]) -> set[str]:
    return {name for name, field in model.model_fields.items() if field.is_required()}


# --- that the rules for other people's tables have nothing to settle


def _check_words(draft: Draft, listed: dict[str, Coded] | None, ties: dict[str, Coded]) -> None:
    """See that no end is several names, and that no kind is a direction."""
    if listed is None:
        ends = "".join(end for side in ("source", "target") for end in ties[side].values)
        _sure(not SEVERAL.search(ends))
    declared = draft.about.get("tie_kinds") or ()
    kinds = ties["kind"].values if "kind" in ties else ()
    _sure(all(kind in declared or direction_of(kind) is None for kind in kinds))


def _judged(
    heading: str | None, ties: dict[str, Coded], about: dict[str, Any], reading: Reading
) -> tuple[dict[str, Coded], dict[str, Any]]:
    """Find the scale of the strengths as the rules do, where no tie is of strength zero."""
    if heading is None:
        return ties, about
    strengths = ties["strength"]
    numbers = [value for value in strengths.values if value is not None]
    _sure(0 not in numbers)
    if strengths.values == [1] and len(strengths.codes) > 1 and reading.weights == "auto":
        ties = {name: column for name, column in ties.items() if name != "strength"}
        numbers = []
    if "strength_scale" not in about:
        simple = headings.simple(heading)
        counted = simple in {*headings.COUNTS, *headings.LAST}
        weight = simple in {*headings.WEIGHTS, *headings.VALUES}
        stated = headings.stated_scale(heading)
        about = about | {
            "strength_scale": scale_of(numbers, stated, counted=counted, weight=weight)
        }
    return ties, about


# --- the network


def _network(
    about: Mapping[str, Any],
    listed: Mapping[str, Coded] | None,
    ties: Mapping[str, Coded],
    *,
    mutual: bool,
    declared: bool,
) -> Network:
    ends = [ties["source"], ties["target"]]
    if listed is None:
        ids = sorted({*ends[0].values, *ends[1].values})
    else:
        ids = sorted(listed["id"].values)
        _sure(len(listed["id"].codes) == len(ids) == len({*ids}))
    place = {id_: at for at, id_ in enumerate(ids)}
    kart = _of_map(about, place, (listed or {}).get("kind"), ties.get("kind"), declared=declared)
    try:
        source, target = (end.rows((place[id_] for id_ in end.values), np.int64) for end in ends)
    except KeyError:
        raise _UnsureError from None
    n = len(source)
    both = np.full(n, mutual)
    if "mutual" in ties:
        said = ties["mutual"]
        both = said.rows((mutual if one is None else one for one in said.values), np.bool_)
    strength = np.full(n, np.nan)
    if (judged := ties.get("strength")) is not None:
        _sure(_on_scale(kart, [one for one in judged.values if one is not None]))
        strength = judged.rows((np.nan if one is None else one for one in judged.values), float)
    _check_pairs(len(ids), source, target, both, ties)
    passing = np.flatnonzero(_are_channels(kart, ties, n))
    swapped = both[passing] & (target[passing] < source[passing])
    one = np.where(swapped, target[passing], source[passing])
    other = np.where(swapped, source[passing], target[passing])
    keys = [ties[name].ranks()[passing] for name in _ORDERED if name in ties]
    order = passing[_in_order(len(ids), (one, other), [*keys, both[passing]])]
    return Network.from_columns(
        tuple(ids),
        source[order],
        target[order],
        strength[order],
        both[order],
        scale=kart.strength_scale,
    )


def _of_map(
    about: Mapping[str, Any],
    ids: Mapping[str, int],
    kinds: Coded | None,
    tie_kinds: Coded | None,
    *,
    declared: bool,
) -> ActorMap:
    """Make the map without its actors and ties, to see that its own fields are right."""
    _sure(about.keys() <= _OF_MAPS)
    listed = about.get("needs") or []
    _sure(isinstance(listed, (list, tuple)))
    pointed = dict.fromkeys(one for one in (about.get("focal"), *listed) if isinstance(one, str))
    kart = ActorMap(**about, actors=[Actor(id=one) for one in pointed if one in ids])
    if declared:
        _sure(kinds is None or {*kinds.values} <= {*KINDS, *kart.kinds})
        _sure(tie_kinds is None or {*tie_kinds.values} <= {*TIE_KINDS, *kart.tie_kinds})
    return kart


def _on_scale(kart: ActorMap, strengths: Sequence[float]) -> bool:
    low, high = kart.strength_scale or (0, np.inf)
    return all(low <= one <= high and one > 0 for one in strengths)


def _check_pairs(
    n: int,
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    both: NDArray[np.bool_],
    ties: Mapping[str, Coded],
) -> None:
    """See that no tie is to oneself, and that none is there twice or in both its directions."""
    _sure((source != target).all())
    ends = np.minimum(source, target), np.maximum(source, target)
    low, high, order = sorted_pairs(n, (*ends, np.arange(len(source))))
    several = _several(low, high)
    if not len(several):
        return
    rows = order[several]
    keys = [low[several], high[several]]
    keys += [ties[name].codes[rows] for name in ("kind", "informant") if name in ties]
    inside = np.lexsort(keys)
    same = np.all([np.diff(key[inside]) == 0 for key in keys], axis=0)
    _sure(not (same[1:] & same[:-1]).any())
    first, second = rows[inside[:-1][same]], rows[inside[1:][same]]
    _sure(not (both[first] | both[second] | (source[first] == source[second])).any())


def _are_channels(kart: ActorMap, ties: Mapping[str, Coded], n: int) -> NDArray[np.bool_]:
    """Tell which ties are channels in force: each different one is asked, as a tie."""
    passing = np.ones(n, dtype=np.bool_)
    for names in (("needed", "kind", "quality"), ("since", "until")):
        columns = {name: ties[name] for name in names if name in ties}
        if not columns:
            continue
        shape = [len(column.values) for column in columns.values()]
        _sure(np.prod(shape, dtype=float) < _MOST_TOGETHER)
        code = np.zeros(n, dtype=np.int64)
        for column in columns.values():
            code = code * len(column.values) + column.codes
        met = np.flatnonzero(np.bincount(code))
        answers = np.zeros(met.max(initial=-1) + 1, dtype=np.bool_)
        for at, places in zip(met, zip(*np.unravel_index(met, shape), strict=True), strict=True):
            said = map(operator.getitem, (one.values for one in columns.values()), places)
            fields: dict[str, Any] = dict(zip(columns, said, strict=True))
            tie = Tie(source="a", target="b", **fields)
            if tie.since and tie.until:
                _sure(last_day(tie.until) >= first_day(tie.since))
            answers[at] = tie.is_channel and tie.in_force(kart.date)
        passing &= answers[code]
    return passing


def _in_order(
    n: int, ends: tuple[NDArray[np.int64], NDArray[np.int64]], keys: Sequence[NDArray[Any]]
) -> NDArray[np.int64]:
    """Return the order of `ordered_channels`: by the two ends and then by the last key first."""
    one, other, order = sorted_pairs(n, (*ends, np.arange(len(ends[0]))))
    close = _several(one, other)
    among = order[close]
    order[close] = among[np.lexsort([*(key[among] for key in keys), other[close], one[close]])]
    return order


def _several(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where a pair stands that is there several times, in sorted pairs."""
    again = ~differ(one, other)
    return np.flatnonzero(np.append(again, [False]) | np.append([False], again))[: len(one)]
