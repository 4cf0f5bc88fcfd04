"""What the columns of a table of actors or ties mean, and what their cells say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Problem, guesses
from aktorkart.files import cells, headings, words
from aktorkart.files.cells import text_of
from aktorkart.files.likert import strengths_of
from aktorkart.model import Actor, Tie
from aktorkart.model.scales import STEPPED, SUPPORTS, judgement
from aktorkart.model.vocabulary import RATINGS, STANCES, USUAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aktorkart.files.sheets import Sheet

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "actors": headings.ACTORS,
    "ties": headings.TIES,
}
NEEDED = {"actors": ("id",), "ties": ("source", "target")}
LISTS = {"line", "level", "linkage", "open", "tasks", "changed_practice", *SUPPORTS}
_NUMBERS = frozenset({*RATINGS, *STANCES, "strength", *STEPPED})
_BOOLEANS = frozenset({"mutual", "needed", "directed"})
_DATES = frozenset({"since", "until"})
_MAPPINGS = frozenset({"trust", "value", "support", "damour", "publics", "tags"})
_CHOICES = frozenset({"line", "level", "linkage", "open", "quality", "communication", "bound_to"})
_ENDS = frozenset({"id", "source", "target"})
_IDS = _ENDS | {"name"}
_MODELS: Mapping[str, type[Actor | Tie]] = {"actors": Actor, "ties": Tie}

_UNKNOWABLE = _NUMBERS | _BOOLEANS | _DATES | {"direction"}
_READERS: tuple[tuple[frozenset[str], Callable[[str], Any]], ...] = (
    (_NUMBERS, cells.read_number),
    (_BOOLEANS, cells.read_boolean),
    (_DATES, cells.read_date),
)

Meaning = str | tuple[str, str]
"""A field, ``trust.openness``, or a tag by its name."""


@dataclass
class Columns:
    """What the columns of a sheet mean.

    ``named`` says so for some of them, a heading for a field. Of a sheet of our own every
    heading is known; of others' two may mean the same, and then one of them is a tag. Where a
    form ``asked``, cells that do not fit are wrong and no column of somebody's own.
    """

    table: str
    sheet: Sheet
    named: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    asked: bool = False
    fields: list[Meaning | None] = field(default_factory=list)
    worded: list[str] = field(default_factory=list)  # what words of strength are read as
    one_way: bool = False  # the two ends are called what only goes one way: ego and alter
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = self.sheet.headings
        asked = {heading: name for name, heading in self.named.items()}
        means: list[Meaning | None] = [
            asked.get(heading) or self._meaning(heading, column)
            for heading, column in zip(names, self.sheet.columns, strict=True)
        ]
        if self.table == "ties" and not self.own:
            self._find_ends(means)
            self._find_strength(means)
        for place, meant in enumerate(tuple(means)):
            if isinstance(meant, str) and means.count(meant) > 1:
                self._settle(means, meant)
            elif meant is None and not all(map(cells.is_empty, self.sheet.columns[place])):
                means[place] = self._without_heading(place)
        self.fields = self._apart(means)
        # A list of names is a list of actors too: the names are their ids.
        if self.table == "actors" and "id" not in self.fields and "name" in self.fields:
            self.fields[self.fields.index("name")] = "id"
        self._look_for_needed()

    def _meaning(self, heading: str, column: Sequence[Any]) -> Meaning | None:
        name = " ".join(heading.split())
        if not name:
            return None
        if name == "tags" and all(isinstance(cell, (dict, type(None))) for cell in column):
            return name
        if name.startswith("tags."):
            return ("tags", name.removeprefix("tags."))
        if self.own and self.sheet.typed:  # frames and graphs have the file format's own names
            known = name in FIELDS[self.table] or name in _MODELS[self.table].model_fields
            return name if known else ("tags", name)
        if not self.own and self.table == "ties":
            extra = headings.field_of(headings.DIRECTION, name)
            if extra:
                return extra
        found = headings.field_of(FIELDS[self.table], name)
        if found is None and name in _MODELS[self.table].model_fields and name != "tags":
            return name  # what only a graph can hold, such as how somebody sees an issue
        return found or ("tags", name)

    def _find_ends(self, means: list[Meaning | None]) -> None:
        """Find the two ends where their headings are ends only together."""
        if {"source", "target"} <= {one for one in means if isinstance(one, str)}:
            return
        simple = [headings.simple(heading) for heading in self.sheet.headings]
        for one, other, one_way in headings.PAIRS:
            if one in simple and other in simple:
                means[simple.index(one)] = "source"
                means[simple.index(other)] = "target"
                self.one_way = one_way
                return

    def _find_strength(self, means: list[Meaning | None]) -> None:
        """Take numbers that may be a strength for one where no other column is."""
        if "strength" in means:
            return
        for place, heading in enumerate(self.sheet.headings):
            column = [one for one in self.sheet.columns[place] if not cells.is_empty(one)]
            numbers = column and all(isinstance(cells.as_number(one), float) for one in column)
            if headings.simple(heading) in headings.LAST and numbers:
                means[place] = "strength"
                return

    def _settle(self, means: list[Meaning | None], meant: str) -> None:
        """Let one of the columns that mean the same have the field; the others become tags."""
        same = [place for place, one in enumerate(means) if one == meant]
        names = self.sheet.headings
        by_name = self.named.get(meant)

        def rank(place: int) -> tuple[bool, bool, int]:
            heading = names[place]
            known = FIELDS[self.table].get(meant, ())
            exact = bool(known) and headings.is_exact(FIELDS[self.table], meant, heading)
            return heading != by_name, not exact, place

        first = min(same, key=rank)
        for place in same:
            if place == first:
                continue
            if self.sheet.columns[place] == self.sheet.columns[first] and not self.own:
                means[place] = None
                self._note("column_twice", names[place])
            else:
                means[place] = ("tags", " ".join(names[place].split()))
                self._note("column_also", names[place], other=names[first])

    def _without_heading(self, place: int) -> Meaning | None:
        """Leave out a column without heading that only counts the rows; else give it a name."""
        column = self.sheet.columns[place]
        if counts_up(column) and not self.own:
            return None
        name = str(place + 1)
        self._note("column_without_heading", None, value=name, example=_short(column))
        return ("tags", name)

    def _apart(self, means: Sequence[Meaning | None]) -> list[Meaning | None]:
        """Give columns of the same heading names of their own."""
        apart: list[Meaning | None] = []
        for place, meant in enumerate(means):
            taken = [*apart, *(means[place + 1 :] if meant in apart else ())]
            apart.append(_unused(meant, taken) if isinstance(meant, tuple) else meant)
        return apart

    def _look_for_needed(self) -> None:
        for needed in NEEDED[self.table]:
            if needed not in self.fields:
                known = list(dict.fromkeys(FIELDS[self.table][needed]))
                if needed == "id":  # a list of names is one too
                    known[4:] = dict.fromkeys(headings.ACTORS["name"])
                there = [heading for heading in self.sheet.headings if heading]
                near = [one for name in known for one in guesses(name, there)]
                self.problems.append(
                    Problem(
                        code="csv_no_column",
                        place=self.sheet.place(),
                        values={"field": needed, "known": known[:8]},
                        guesses=tuple(dict.fromkeys(near)),
                    )
                )

    def _note(self, code: str, heading: str | None, **values: Any) -> None:
        place = self.sheet.place(None, heading)
        self.notes.append(Problem(code=code, place=place, values={"field": heading, **values}))

    def heading(self, path: Sequence[str | int]) -> str | None:
        """Return the heading of the column that a value came from."""
        means: Any = tuple(path[:2]) if path and path[0] == "tags" else path[0] if path else None
        if means not in self.fields:
            means = ".".join(map(str, path[:2]))  # an item of a scale
        return self.sheet.headings[self.fields.index(means)] if means in self.fields else None

    def column(self, meaning: Meaning) -> list[Any] | None:
        """Return the cells of the column with a meaning, as they were found."""
        if meaning not in self.fields:
            return None
        return self.sheet.columns[self.fields.index(meaning)]

    # --- cells

    def items(self) -> list[dict[str, Any]]:
        """Read every row into the fields of an actor or a tie, and two of our own: direction."""
        plain: list[tuple[str, list[Any]]] = []
        nested: list[tuple[str, str, list[Any]]] = []
        for place, found in enumerate(self.fields):
            if found is None:
                continue
            values = self._read(place, found)
            meant = self.fields[place]  # a column that does not fit is a tag
            if isinstance(meant, tuple):
                nested.append((*meant, values))
            elif meant is not None and "." in meant:
                scale, _, part = meant.partition(".")
                nested.append((scale, part, values))
            elif meant is not None:
                plain.append((meant, values))
        names = [name for name, _ in plain]
        rows: Iterator[tuple[Any, ...]] = zip(*(values for _, values in plain), strict=True)
        items = [
            {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
            if None in row
            else dict(zip(names, row, strict=True))
            for row in (rows if plain else [()] * len(self.sheet))
        ]
        for outer, inner, values in nested:
            for one, cell in zip(items, values, strict=True):
                if cell is not None:
                    one.setdefault(outer, {})[inner] = cell
        return items

    def _read(self, place: int, meant: Meaning) -> list[Any]:
        column = self.sheet.columns[place]
        read = self._reader(place, meant, column)
        if read is None:
            values = _texts(column, typed=self.sheet.typed)
        else:
            values = _each_once(column, lambda cell: None if cells.is_empty(cell) else read(cell))
        kept = self.own or self.asked or meant in NEEDED[self.table]
        if kept or not isinstance(meant, str):
            return values
        found = [value for value in values if value is not None]
        if not _most_fit(self.table, meant, found):
            # A column of people's own that happens to be called as one of ours.
            tag = _unused(("tags", " ".join(self.sheet.headings[place].split())), self.fields)
            self._note("column_does_not_fit", self.sheet.headings[place], value=_short(found))
            self.fields[place] = tag
            as_tag = self._tag_reader(column)
            return [None if cells.is_empty(cell) else as_tag(cell) for cell in column]
        return values

    def _reader(
        self, place: int, meant: Meaning, column: Sequence[Any]
    ) -> Callable[[Any], Any] | None:
        """Return what reads the cells of a column; None where each stays the text that it is."""
        if isinstance(meant, tuple):
            return self._tag_reader(column)
        if meant in _ENDS and not self.own and _are_floats(column):
            return lambda cell: str(cell).strip().removesuffix(".0")
        if meant == "strength" and not self.own and (words_ := _words_of_steps(column)):
            self._note("steps_with_words", self.sheet.headings[place], value=words_)
            return lambda cell: cells.as_number(_step_of(cell))
        if meant == "strength" and not self.own and (said := self._words_of_strength(place)):
            self.worded = [f"{word} = {one:g}" for word, one in said.items() if one is not None]
            return lambda cell: said.get(text_of(cell))
        if _word_reader(self.table, meant, own=self.own) is None and {*map(type, column)} == {str}:
            return None
        return reader_of(self.table, meant, own=self.own, typed=self.sheet.typed)

    def _words_of_strength(self, place: int) -> dict[str | None, float | None]:
        if headings.stated_scale(self.sheet.headings[place]) not in {None, USUAL}:
            return {}  # words say where they stand on the usual scale only
        return strengths_of(self.sheet.columns[place])

    def _tag_reader(self, column: Sequence[Any]) -> Callable[[Any], Any]:
        typed = self.sheet.typed

        def read(cell: Any) -> Any:
            return cells.tag(cell) if typed or not isinstance(cell, str) else cells.read_tag(cell)

        if self.own:
            return read
        filled = [cell for cell in column if not cells.is_empty(cell)]
        known = [read(cell) for cell in filled if not _is_not_known(cell)]
        numbers = bool(known) and all(type(one) in (int, float) for one in known)
        whole = numbers and len(filled) < len(column)
        whole = whole and all(isinstance(one, int) or one.is_integer() for one in known)

        def lenient(cell: Any) -> Any:
            if numbers and _is_not_known(cell):
                return None
            value = read(cell)
            return int(value) if whole and isinstance(value, float) else value

        return lenient


def _texts(column: Sequence[str], *, typed: bool) -> list[str | None]:
    """Read the cells of a column of texts that stay as they are."""
    if typed:
        return [cell.strip() or None for cell in column]
    words_ = map(str.strip, column)
    return [cells.read_text(word) if word[:1] == "'" else word or None for word in words_]


def _each_once(column: Sequence[Any], read: Callable[[Any], Any]) -> list[Any]:
    """Read each different cell of a column once: most repeat a few words."""
    if set(map(type, column)) <= {str, type(None)}:
        words_ = {cell: read(cell) for cell in dict.fromkeys(column)}
        return [words_[cell] for cell in column]
    seen: dict[Any, Any] = {}
    values = []
    for cell in column:
        # 1, 1.0 and True are equal and not the same.
        key = (type(cell), cell)
        if not _hashable(cell):
            values.append(read(cell))
            continue
        if key not in seen:
            seen[key] = read(cell)
        values.append(seen[key])
    return values


def reader_of(table: str, field: str, *, own: bool, typed: bool) -> Callable[[Any], Any]:
    """Return what reads a cell of a field; what does not fit stays, for the map to refuse."""
    read_word = _word_reader(table, field, own=own)
    unknown = not own and (field in _UNKNOWABLE or headings.group_of(table, field) is not None)

    def read(cell: Any) -> Any:
        if not isinstance(cell, str):
            return _native(field, cells.native(cell))
        word = cell.strip() if typed else cells.read_text(cell.strip())
        if unknown and _is_not_known(word):
            return None
        return read_word(word) if read_word is not None else word

    return read


def _word_reader(table: str, field: str, *, own: bool) -> Callable[[str], Any] | None:
    """Return what reads a word of a field; None where it stays as it is."""
    if field in LISTS:

        def read(word: str) -> list[str]:
            if field in SUPPORTS and cells.is_none(word):
                return []
            # What is written with bars has no other sign between its words.
            found = word.split("|" if own or "|" in word else ";")
            parts = [part for one in found if (part := one.strip())]
            if len(parts) == 1 and field == "changed_practice":
                parts = [word.strip(" |")]  # an id may end in a semicolon
            return [headings.code_of(table, field, part) for part in parts]

        return read
    if field == "direction":
        return lambda word: word if (said := words.direction_of(word)) is None else said
    if headings.group_of(table, field) is not None:
        return lambda word: headings.code_of(table, field, word)
    return next((read for fields, read in _READERS if field in fields), None)


def _native(field: str, cell: Any) -> Any:
    """Read a cell that is no text."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer() and field not in _NUMBERS:
        cell = int(cell)  # a column of whole numbers with a gap
    if field in _MAPPINGS and isinstance(cell, dict):
        return dict(cell)
    if field in _BOOLEANS and isinstance(cell, int) and cell in (0, 1):
        return bool(cell)
    if field in _DATES and isinstance(cell, int):
        return str(cell)
    return str(cell) if field in _IDS and isinstance(cell, int) else cell


def _unused(tag: tuple[str, str], taken: Sequence[Meaning | None]) -> tuple[str, str]:
    """Return a tag, with a number after it where another column has its name."""
    name, number = tag[1], 1
    while (tag[0], name) in taken:
        number += 1
        name = f"{tag[1]} {number}"
    return tag[0], name


def _are_floats(column: Sequence[Any]) -> bool:
    """Tell whether a column of texts has whole numbers that a gap has made floats of."""
    some = False
    for cell in column:
        if not cells.is_empty(cell):
            some = True
            if not (isinstance(cell, str) and FLOAT.fullmatch(cell)):
                return False
    return some


FLOAT = re.compile(r"\s*[0-9]+\.0\s*")
_STOPS = ".:=)–-"
_STEP = re.compile(rf"\s*([0-9]+)(?:\s*[{_STOPS}]\s*|\s+)(?=[^\W\d])(.+)")


def _step_of(cell: Any) -> Any:
    found = _STEP.fullmatch(cell) if isinstance(cell, str) else None
    return found.group(1) if found else cell


def _words_of_steps(column: Sequence[Any]) -> str | None:
    """Return the first of the words after the steps of a scale: «5 – svært tett»."""
    filled = [one for one in dict.fromkeys(filter(_hashable, column)) if not cells.is_empty(one)]
    found = [_STEP.fullmatch(cell) if isinstance(cell, str) else None for cell in filled]
    plain = [isinstance(cells.as_number(cell), float) for cell in filled]
    if not any(found) or not all(one or number for one, number in zip(found, plain, strict=True)):
        return None
    return next(one.group(0).strip() for one in found if one)


def _is_not_known(cell: Any) -> bool:
    return isinstance(cell, str) and cell.strip().casefold() in words.NOT_KNOWN


_FEW = 2
"""So many values that do not fit may be slips, even where there are no others."""


def _most_fit(table: str, field: str, values: Sequence[Any]) -> bool:
    """Tell whether a column is what its heading says, slips apart."""
    if not (field in _UNKNOWABLE or field in _MAPPINGS or field in _CHOICES):
        return True
    numbers = field in _NUMBERS and {*map(type, values)} <= {int, float}
    wrong = 0 if numbers else sum(not _fits(table, field, value) for value in values)
    few = 1 if field in _MAPPINGS else _FEW  # a word is no slip for fields with values
    if wrong >= few and 2 * wrong > len(values):
        return False
    bounds = (1, 5) if field in RATINGS else (-2, 2) if field in STANCES else None
    if bounds is None or wrong:
        return True
    outside = sum(not bounds[0] <= value <= bounds[1] for value in values)
    return outside <= _FEW or 2 * outside <= len(values)


def _fits(table: str, field: str, value: Any) -> bool:
    """Tell whether a value is of the kind that a field has."""
    if field in _NUMBERS:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if field == "direction":
        return isinstance(value, bool) or value == words.BACK
    if field in _BOOLEANS:
        return isinstance(value, bool)
    if field in _DATES:
        return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", str(value)))
    if field in _MAPPINGS:
        return hasattr(value, "keys")
    if field in _CHOICES:
        listed = value if isinstance(value, (list, tuple)) else [value]
        group = headings.group_of(table, field) or field
        return all(isinstance(one, str) and words.code_of(group, one) == one for one in listed)
    return True


def counts_up(column: Sequence[Any]) -> bool:
    """Tell whether a column numbers the rows from 0 or 1, as R and pandas write them."""
    found = [str(cell).strip().removesuffix(".0") for cell in column if not cells.is_empty(cell)]
    if not found or found[0] not in {"0", "1"}:
        return False
    return found == [str(int(found[0]) + place) for place in range(len(found))]


def _short(column: Sequence[Any]) -> str:
    return next((str(cell)[:40] for cell in column if not cells.is_empty(cell)), "")


def _hashable(cell: Any) -> bool:
    return isinstance(cell, (str, int, float, bool, type(None)))


def used(table: str, items: Sequence[Actor | Tie]) -> list[str]:
    """List the fields to write as columns: those in use, and those that everybody expects."""
    always = (
        {"id", "name", "kind"} if table == "actors" else {"source", "target", "strength", "kind"}
    )
    return [
        name
        for name in FIELDS[table]
        if name in always or any(is_stated(one, name) for one in items)
    ]


def held(item: Actor | Tie, name: str) -> Any:
    """Return what an actor or a tie has in a column."""
    return judgement(item, name) if isinstance(item, Tie) and "." in name else getattr(item, name)


def is_stated(item: Actor | Tie, name: str) -> bool:
    """Tell whether that is anything else than what holds when nothing is said."""
    default = None if "." in name else type(item).model_fields[name].default
    return bool(held(item, name) != default)


def tag_heading(table: str, name: str) -> str:
    """Return the heading for a tag, told apart from the fields' headings."""
    taken = headings.field_of(FIELDS[table], name) or name in _MODELS[table].model_fields
    taken = taken or name.startswith(("tags.", "publics.")) or not name.strip()
    return f"tags.{name}" if taken else name


def tags(items: Sequence[Actor | Tie]) -> list[str]:
    """List the tags in use, each a column."""
    return list(dict.fromkeys(tag for item in items for tag in item.tags))
