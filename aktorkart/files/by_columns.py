"""A network straight from columns, where nothing in them takes a closer look.

Of what a map says of a tie a few words go into its network. So each different value of a column is
read once, by the reader of its field, and it is seen that the rules for other people's tables
have nothing to settle. As soon as one has, or something is wrong, there is None: whoever asked
makes the map itself, which settles it, or says what is wrong and where.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from pydantic import TypeAdapter

from aktorkart.errors import AktorkartError
from aktorkart.files import cells, headings
from aktorkart.files.coded import (
    LEFT_OUT,
    Coded,
    UnsureError,
    are_plain,
    checked_as,
    in_one_order,
    in_one_order_plain,
    sure,
)
from aktorkart.files.making import named
from aktorkart.files.rows import FLOAT, NEEDED, Columns, reader_of
from aktorkart.files.rules.ends import SEVERAL
from aktorkart.files.rules.strengths import scale_of
from aktorkart.files.words import direction_of
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.model.fields import Tag, first_day, last_day
from aktorkart.model.vocabulary import KINDS, TIE_KINDS
from aktorkart.network.arcs import numbered, paired
from aktorkart.network.network import Network, of_pairs
from aktorkart.network.sorting import differ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from pydantic import BaseModel

    from aktorkart.files.rows import Meaning
    from aktorkart.files.sheets import Draft, Reading, Sheet
    from aktorkart.network.arcs import Pairs, Places

CellsOf = Callable[[int], Any]
"""Gives the cells of a column by its place: a list, or as Arrow has them."""

_OF_ACTORS = frozenset(Actor.model_fields) - {"publics", "tags"}
_OF_TIES = frozenset(Tie.model_fields) - {"changed_practice", "trust", "value", "support", "damour"}
_OF_MAPS = frozenset(
    {"title", "focal", "date", "lang", "scope", "strength_scale", "issues", "needs"}
) | {"kinds", "tie_kinds", "note", "source", "tags"}
_MODELS: Mapping[str, type[BaseModel]] = {"actors": Actor, "ties": Tie}
_ORDERED = ("until", "since", "informant", "kind")  # the last goes first
_MOST_TOGETHER = 1 << 24
_ENDS = ("id", "source", "target")
_NAMES = frozenset({"id", "source", "target", "name", "organisation", "informant"})


class Fields(NamedTuple):
    """What goes into a network: what the map says of itself, and columns of actors and of ties."""

    about: Mapping[str, Any]
    actors: Mapping[str, Coded] | None  # None where the ends of ties name them
    ties: Mapping[str, Coded]
    mutual: bool  # whether ties are, where nothing is said of one
    declared: bool  # whether kinds of one's own have to be


def fields_of_draft(
    draft: Draft, cells_of: Mapping[str, CellsOf] | None, reading: Reading
) -> Fields | None:
    """Read the columns of a draft; None if something takes a closer look.

    ``cells_of`` gives the cells of each column of a table, where the draft has not all of them.
    """
    try:
        sure(not draft.matrix and not draft.problems)
        problems: list[Any] = []
        names = named(draft, reading, problems)
        sure(not problems)
        about = {name: value for name, value in draft.about.items() if name != "aktorkart"}
        tables = {
            table: _columns(table, sheet, draft, names[table])
            for table, sheet in (("actors", draft.actors), ("ties", draft.ties))
            if sheet is not None
        }
        cells_of = cells_of or {
            table: columns.sheet.columns.__getitem__ for table, columns in tables.items()
        }
        numbered = _numbered(tables, cells_of)
        found = {
            table: _fields(columns, cells_of[table], numbered) for table, columns in tables.items()
        }
        listed, ties = found.get("actors"), found["ties"]
        heading = tables["ties"].heading(["strength"])
        if draft.own:
            if heading is not None:
                about = {"strength_scale": headings.scale_of(heading)} | about
        else:
            _check_words(draft, listed, ties)
            ties, about = _judged(heading, ties, about, reading)
        one_way = reading.directed if not draft.own else None
        if one_way is None and not draft.own:
            one_way = draft.one_way or None
        return Fields(about, listed, ties, mutual=not one_way, declared=False)
    except (UnsureError, AktorkartError):
        return None


def fields_of_plain(content: Mapping[str, Any], *, directed: bool | None) -> Fields | None:
    """Read a map's own fields by columns; None where something takes a closer look."""
    try:
        about = {name: content[name] for name in content if name not in {"actors", "ties"}}
        sure(all(type(content.get(table, [])) is list for table in ("actors", "ties")))
        actors, ties = content.get("actors", []), content.get("ties", [])
        sure({*map(type, actors), *map(type, ties)} <= {dict})
        ends = [_cells(ties, end) for end in NEEDED["ties"]]
        found = dict(zip(_ENDS, in_one_order_plain(_cells(actors, "id"), ends), strict=False))
        listed = _plain_fields(actors, Actor, _OF_ACTORS, found)
        linked = _plain_fields(ties, Tie, _OF_TIES, found)
        return Fields(about, listed, linked, mutual=not directed, declared=True)
    except (UnsureError, AktorkartError):
        return None


# --- reading columns


def _columns(table: str, sheet: Sheet, draft: Draft, named: Mapping[str, str]) -> Columns:
    """Tell what the columns of a table mean, where their headings alone say so."""
    bare = replace(sheet, columns=[[] for _ in sheet.headings])
    found = Columns(table, bare, named, own=draft.own)
    sure(not found.problems and not found.notes and not found.one_way)
    sure(all(map(str.strip, sheet.headings)))
    last = any(headings.simple(heading) in headings.LAST for heading in sheet.headings)
    sure(table == "actors" or draft.own or "strength" in found.fields or not last)
    found.sheet = sheet
    return found


def _numbered(
    tables: Mapping[str, Columns], cells_of: Mapping[str, CellsOf]
) -> dict[tuple[str, Meaning | None], Coded]:
    """Count those who are listed and those at the ends together, where that can be done."""
    fields = [(table, name) for table in tables for name in NEEDED[table]]
    found = [cells_of[table](tables[table].fields.index(name)) for table, name in fields]
    if not tables["ties"].own and any(len(one) and FLOAT.fullmatch(str(one[0])) for one in found):
        return {}  # whole numbers that a gap has made floats of, maybe
    listed = found[0] if "actors" in tables else None
    return dict(zip(fields, in_one_order(listed, found[-2:]), strict=False))


def _fields(
    columns: Columns, cells_of: CellsOf, numbered: Mapping[tuple[str, Meaning | None], Coded]
) -> dict[str, Coded]:
    """Read the columns of a table, each different value once."""
    known = _OF_ACTORS if columns.table == "actors" else _OF_TIES
    found: dict[str, Coded] = {}
    for place, meant in enumerate(columns.fields):
        if (columns.table, meant) in numbered:
            found[str(meant)] = numbered[columns.table, meant]
            continue
        column = Coded.of(cells_of(place))
        if isinstance(meant, tuple):
            sure(meant[0] == "tags")
            checked_as(Actor, "id")(meant[1])  # the name of a tag is a name
            column.read(partial(_tag, typed=columns.sheet.typed))
        elif meant is not None:
            sure(meant in known)
            found[meant] = _read(column, meant, columns)
    sure(len({len(column.codes) for column in found.values()}) == 1)
    return found


def _read(column: Coded, meant: str, columns: Columns) -> Coded:
    table, own, typed = columns.table, columns.own, columns.sheet.typed
    values = column.values
    if meant in _NAMES and {*map(type, values)} == {str}:
        sure(own or meant == "name" or not FLOAT.fullmatch(values[0]))
        if are_plain(values):
            return column
    reader, checked = (
        reader_of(table, meant, own=own, typed=typed),
        checked_as(_MODELS[table], meant),
    )

    def read(cell: Any) -> Any:
        value = LEFT_OUT if cells.is_empty(cell) else reader(cell)
        if meant == "strength":
            sure(value in (LEFT_OUT, None) or type(value) in (int, float))
        made = checked(LEFT_OUT if value is None else value)
        sure(meant not in {"id", "source", "target"} or made == value)
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


def _plain_fields(
    items: list[Any],
    model: type[BaseModel],
    known: frozenset[str],
    numbered: Mapping[str, Coded],
) -> dict[str, Coded]:
    """Read a list of actors or ties as our own files have them, but for what is numbered."""
    if not items:
        return {name: Coded([], np.zeros(0, dtype=np.int64)) for name in _needed(model)}
    names: set[Any] = set().union(*items)
    sure(names <= known and names >= _needed(model))
    found = {name: column for name, column in numbered.items() if name in names}
    for name in names - found.keys():
        column = Coded.of(_cells(items, name))
        plain = name in _NAMES and {*map(type, column.values)} == {str}
        if not (plain and are_plain(column.values)):
            column = column.read(checked_as(model, name))
        found[name] = column
    return found


def _cells(items: list[dict[str, Any]], name: str) -> Iterable[Any]:
    return map(dict.get, items, repeat(name), repeat(LEFT_OUT))


def _needed(model: type[BaseModel]) -> set[str]:
    return {name for name, field in model.model_fields.items() if field.is_required()}


# --- that the rules for other people's tables have nothing to settle


def _check_words(draft: Draft, listed: dict[str, Coded] | None, ties: dict[str, Coded]) -> None:
    """See that no end is several names, and that no kind is a direction."""
    if listed is None:
        ends = "".join(end for side in ("source", "target") for end in ties[side].values)
        sure(not SEVERAL.search(ends))
    declared = draft.about.get("tie_kinds") or ()
    kinds = ties["kind"].values if "kind" in ties else ()
    sure(all(kind in declared or direction_of(kind) is None for kind in kinds))


def _judged(
    heading: str | None, ties: dict[str, Coded], about: dict[str, Any], reading: Reading
) -> tuple[dict[str, Coded], dict[str, Any]]:
    """Find the scale of the strengths as the rules do, where no tie is of strength zero."""
    if heading is None:
        return ties, about
    strengths = ties["strength"]
    numbers = [value for value in strengths.values if value is not None]
    sure(0 not in numbers)
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


def network_of(fields: Fields) -> Network | None:
    """Return the network of the map that there would be; None if something takes a closer look."""
    try:
        return _network(fields)
    except (UnsureError, AktorkartError):
        return None


def _network(fields: Fields) -> Network:
    about, listed, ties, mutual, declared = fields
    ids, source, target = _placed((listed or {}).get("id"), ties["source"], ties["target"])
    kart = _of_map(about, ids, (listed or {}).get("kind"), ties.get("kind"), declared=declared)
    n = len(source)
    both = np.full(n, mutual)
    if "mutual" in ties:
        said = ties["mutual"]
        both = said.rows((mutual if one is None else one for one in said.values), np.bool_)
    pairs = paired(len(ids), source, target, both)  # rows by their ends, as channels
    _check_pairs(pairs, ties)
    _order_close(pairs, ties)
    passing = _are_channels(kart, ties, n)
    if not passing.all():
        pairs = pairs.some(passing[pairs.number])
    channels = numbered(len(ids), pairs)
    strengths = np.full(len(pairs.number), np.nan)
    if (judged := ties.get("strength")) is not None:
        sure(_on_scale(kart, [one for one in judged.values if one is not None]))
        strengths[channels.number] = judged.rows(
            (np.nan if one is None else one for one in judged.values), float, pairs.number
        )
    return of_pairs(Network, tuple(ids), channels, strengths, scale=kart.strength_scale)


def _placed(
    listed: Coded | None, source: Coded, target: Coded
) -> tuple[Sequence[str], Places, Places]:
    """Return the ids, sorted, and where the ends of each tie are among them."""
    if source.values is target.values is (listed or source).values:  # they are numbered so
        return source.values, source.codes, target.codes
    ids = sorted({*source.values, *target.values} if listed is None else listed.values)
    place = {id_: at for at, id_ in enumerate(ids)}
    sure(len(place) == len(ids) and (listed is None or len(listed.codes) == len(ids)))
    try:
        one, other = (
            end.rows(map(place.__getitem__, end.values), np.int64) for end in (source, target)
        )
    except KeyError:
        raise UnsureError from None
    return ids, one, other


def _of_map(
    about: Mapping[str, Any],
    ids: Sequence[str],
    kinds: Coded | None,
    tie_kinds: Coded | None,
    *,
    declared: bool,
) -> ActorMap:
    """Make the map without its actors and ties, to see that its own fields are right."""
    sure(about.keys() <= _OF_MAPS)
    listed = about.get("needs") or []
    sure(isinstance(listed, (list, tuple)))
    pointed = dict.fromkeys(one for one in (about.get("focal"), *listed) if isinstance(one, str))
    there = {*ids} if pointed else set()
    kart = ActorMap(**about, actors=[Actor(id=one) for one in pointed if one in there])
    if declared:
        sure(kinds is None or {*kinds.values} <= {*KINDS, *kart.kinds})
        sure(tie_kinds is None or {*tie_kinds.values} <= {*TIE_KINDS, *kart.tie_kinds})
    return kart


def _on_scale(kart: ActorMap, strengths: Sequence[float]) -> bool:
    low, high = kart.strength_scale or (0, np.inf)
    return all(low <= one <= high and one > 0 for one in strengths)


def _check_pairs(pairs: Pairs, ties: Mapping[str, Coded]) -> None:
    """See that no tie is to oneself, and that none is there twice or in both its directions."""
    sure((pairs.low != pairs.high).all())
    several = _several(pairs)
    if not len(several):
        return
    low, high, rows, both, against = pairs.some(several)
    keys = [low, high]
    keys += [ties[name].codes[rows] for name in ("kind", "informant") if name in ties]
    inside = np.lexsort(keys)
    same = np.all([key[inside][1:] == key[inside][:-1] for key in keys], axis=0)
    sure(not (same[1:] & same[:-1]).any())
    first, second = inside[:-1][same], inside[1:][same]
    sure(not (both[first] | both[second] | (against[first] == against[second])).any())


def _are_channels(kart: ActorMap, ties: Mapping[str, Coded], n: int) -> NDArray[np.bool_]:
    """Tell which ties are channels in force: each different one is asked, as a tie."""
    passing = np.ones(n, dtype=np.bool_)
    for names in (("needed", "kind", "quality"), ("since", "until")):
        columns = {name: ties[name] for name in names if name in ties}
        if not columns:
            continue
        shape = [len(column.values) for column in columns.values()]
        sure(np.prod(shape, dtype=float) < _MOST_TOGETHER)
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
                sure(last_day(tie.until) >= first_day(tie.since))
            answers[at] = tie.is_channel and tie.in_force(kart.date)
        passing &= answers[code]
    return passing


def _order_close(pairs: Pairs, ties: Mapping[str, Coded]) -> None:
    """Put those of the same two in the order of `ordered_channels`, by the last key first."""
    close = _several(pairs)
    if len(close):
        low, high, rows, both, against = pairs.some(close)
        keys = [ties[name].ranks()[rows] for name in _ORDERED if name in ties]
        among = close[np.lexsort([*keys, both, against, high, low])]
        for column in (pairs.number, pairs.both, pairs.against):
            column[close] = column[among]


def _several(pairs: Pairs) -> NDArray[np.int64]:
    """Return where channels stand whose two have several."""
    again = ~differ(pairs.low, pairs.high)
    return np.flatnonzero(np.append(again, [False]) | np.append([False], again))[: len(pairs.low)]
