"""The head and the data of a DL file, read into sheets."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem, guesses
from aktorkart.files import words
from aktorkart.files.faults import Faults
from aktorkart.files.pajek.reading import MOST_ACTORS
from aktorkart.files.sheets import Draft, Sheet
from aktorkart.files.square import Cells, ties_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aktorkart.files.decoding import File

FORMATS = (
    *("fullmatrix", "lowerhalf", "upperhalf"),
    *("edgelist1", "edgelist2", "nodelist1", "nodelist1b", "nodelist2"),
)
"""What the data may be."""

_SHORT = {"fm": "fullmatrix", "lh": "lowerhalf", "uh": "upperhalf", "el1": "edgelist1",
          "el2": "edgelist2", "nl1": "nodelist1", "nl2": "nodelist2", "edgelist": "edgelist1",
          "nodelist": "nodelist1", "nl1b": "nodelist1b"}  # fmt: skip

_WHICH = r"(?:(row|col|column|matrix|level)\s+)?"
_PHRASES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("size", r"(nr|nc|nm|n)\s*[=:]?\s*(\d{1,9})\b"),
        ("format", r"format\s*[=:]?\s*([a-z0-9]+)"),
        ("diagonal", r"diagonal\s*[=:]?\s*(present|absent)"),
        ("embedded", _WHICH + r"labels?\s*[=:]?\s*embedded\s*:?"),
        ("labels", _WHICH + r"labels?\s*:"),
        ("title", r'title\s*[=:]?\s*("[^"]*"|\S.*)'),
        ("data", r"data\s*:"),
        ("dl", r"dl\b"),
    )
)
_IN_LABELS = frozenset({"size", "format", "diagonal", "embedded", "labels", "data"})
"""What ends a list of labels; it is told by its sign, since a label may be any word."""

_WORD = re.compile(r'"[^"]*"|[^\s,=;"]+|"')
_GAP = re.compile(r"[\s,=;]*")
NEXT_MATRIX = "!"
"""What stands between the lists of two matrices."""


def draft(file: File) -> Draft:
    """Lay out who is in the matrices, and what stands between them, as sheets."""
    return _Reader(file.name, Faults(file.name)).read(file.text(fallback="cp1252"))


Word = tuple[int, str]
"""A word of the data and its line."""


@dataclass
class _Reader:
    """What the head of a file says, and then its data."""

    file: str
    faults: Faults
    sizes: dict[str, int] = field(default_factory=dict)
    format: str = "fullmatrix"
    diagonal: bool | None = None
    embedded: set[str] = field(default_factory=set)
    labels: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None
    which: str = ""  # whose labels are being read
    turn: int = 0
    rows: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    number_of: dict[tuple[int, int, int], int] = field(default_factory=dict)  # lines of cells

    def read(self, source: str) -> Draft:
        lines = re.split("\r\n|\r|\n", source)
        begin = next((place for place, line in enumerate(lines) if line.strip()), None)
        if begin is None or not re.match(r"\s*dl\b", lines[begin], re.IGNORECASE):
            self.faults.report("dl_no_head", (begin or 0) + 1)
            raise InvalidMap(self.faults.all())
        data = self._head(lines)
        if data is None:
            self.faults.report("dl_no_data", len(lines))
        if self.faults.found:
            raise InvalidMap(self.faults.all())
        return self._draft(self._matrices(data or []))

    # --- the head

    def _head(self, lines: Sequence[str]) -> list[list[Word]] | None:
        """Read the head; return the words of each line of data, or None where there are none."""
        reading: list[str] | None = None  # the labels that are being read
        for number, line in enumerate(lines, start=1):
            at = _past_gap(line, 0)
            while at < len(line):
                name, found = _phrase(line, at, _IN_LABELS if reading is not None else None)
                if found is None:
                    word = _WORD.match(line, at)
                    at = word.end() if word is not None else at + 1
                    if word is not None and reading is not None and not self._is_full(reading):
                        reading.append(word.group().strip('"'))
                    elif word is not None:
                        self.faults.report("dl_word", number, value=word.group()[:40])
                else:
                    at = found.end()
                    if name == "data":
                        return _words([line[at:], *lines[number:]], number)
                    reading = self._say(name, found, number)
                at = _past_gap(line, at)
        return None

    def _say(self, name: str, found: re.Match[str], line: int) -> list[str] | None:
        """Take what the head says; return the list to put labels in, where they follow."""
        if name == "size":
            self._size(found.group(1).lower(), int(found.group(2)), line)
        elif name == "format":
            word = found.group(1).lower()
            self.format = _SHORT.get(word, word)
            if self.format not in FORMATS:
                near = guesses(word, FORMATS)
                self.faults.report("dl_format", line, guesses=near, value=word, known=list(FORMATS))
        elif name == "diagonal":
            self.diagonal = found.group(1).lower() == "present"
        elif name == "title":
            self.title = " ".join(found.group(1).strip('" ').split())
        elif name in {"embedded", "labels"}:
            which = {"column": "col", "level": "matrix"}.get(
                (found.group(1) or "").lower(), (found.group(1) or "").lower()
            )
            if name == "embedded":
                self.embedded |= {which} if which else {"row", "col"}
                return None
            self.which = which
            return self.labels.setdefault(which or "both", [])
        return None

    def _is_full(self, labels: list[str]) -> bool:
        """Tell whether there are as many labels as there may be."""
        size = {"matrix": "nm", "col": "nc"}.get(self.which, "nr")
        most = self.sizes.get(size, self.sizes.get("n") if size != "nm" else None)
        return len(labels) >= (MOST_ACTORS if most is None else most)

    def _size(self, name: str, n: int, line: int) -> None:
        if n > MOST_ACTORS:
            self.faults.report("too_many_actors", line, value=n, most=MOST_ACTORS)
        self.sizes[name] = n

    # --- the data

    def _matrices(self, lines: list[list[Word]]) -> list[Cells]:
        nr = self.sizes.get("nr", self.sizes.get("n"))
        nc = self.sizes.get("nc", self.sizes.get("n"))
        both = self.labels.get("both", [])
        self.rows = self.labels.get("row", both)[:nr]
        self.columns = self.labels.get("col", both)[:nc]
        if self._is_table:
            if nr is None and nc is None and self.rows:
                nr = nc = len(self.rows)
            if nr is None or nc is None:
                self.faults.report("dl_no_size")
                raise InvalidMap(self.faults.all())
            return self._tables(nr, nc, [word for line in lines for word in line])
        return self._lists(nr, nc, lines)

    @property
    def _is_table(self) -> bool:
        return self.format in FORMATS[:3]

    @property
    def _two_modes(self) -> bool:
        if self.format in {"edgelist2", "nodelist2"}:
            return True
        if self.format != "fullmatrix":
            return False
        if self.sizes.get("nr") != self.sizes.get("nc"):
            return True
        rows, columns = ([one.casefold() for one in names] for names in (self.rows, self.columns))
        return bool(rows and columns) and rows != columns

    def _tables(self, nr: int, nc: int, found: list[Word]) -> list[Cells]:
        """Read matrices, whole or half, one after the other."""
        many = self.sizes.get("nm", 1)
        names = nr * ("row" in self.embedded) + nc * ("col" in self.embedded)
        lengths = _row_lengths(self.format, nr, nc, absent=self.diagonal is False)
        if self.diagonal is None and self.format != "fullmatrix":
            # Some leave out the diagonal and do not say so.
            without = _row_lengths(self.format, nr, nc, absent=True)
            if sum(without) * many + names == len(found):
                lengths, self.diagonal = without, False
        each = sum(lengths)
        if len(found) == many * (each + names):
            embedded = [True] * many
        elif len(found) == many * each + names:
            embedded = [True] + [False] * (many - 1)
        else:
            line = found[0][0] if found else None
            cells = many * each + names
            self.faults.report(
                "matrix_cells", line, rows=nr, columns=nc, cells=cells, found=len(found)
            )
            raise InvalidMap(self.faults.all())
        data = iter(found)
        return [
            self._table(number, data, lengths, nc, labels) for number, labels in enumerate(embedded)
        ]

    def _table(
        self,
        number: int,
        data: Iterator[Word],
        lengths: Sequence[int],
        nc: int,
        labels: bool,  # noqa: FBT001
    ) -> Cells:
        cells: Cells = {}
        if labels and "col" in self.embedded:
            self.columns = [word.strip('"') for _, word in islice(data, nc)]
        before = []
        for row, length in enumerate(lengths):
            if labels and "row" in self.embedded:
                before.append(next(data)[1].strip('"'))
            columns = _columns_of(self.format, row, length, nc, absent=self.diagonal is False)
            for column, (line, word) in zip(columns, islice(data, length), strict=True):
                value = self._value(word, line)
                if value:
                    cells[row, column] = value
                    self.number_of[number, row, column] = line
                    if self.format != "fullmatrix":
                        cells[column, row] = value
        self.rows = before or self.rows
        return cells

    def _value(self, word: str, line: int) -> float | None:
        if word.casefold() in words.NOT_KNOWN or word == ".":
            return None
        value = _number(word)
        if value is None:
            self.faults.report("not_number", line, value=word[:40])
        return value

    def _lists(self, nr: int | None, nc: int | None, lines: list[list[Word]]) -> list[Cells]:
        """Read lists of pairs, or of whom each is tied to."""
        rows = _Names(self.rows, nr, embedded="row" in self.embedded)
        columns = (
            _Names(self.columns, nc, embedded="col" in self.embedded) if self._two_modes else rows
        )
        matrices: list[Cells] = [{}]
        for line in lines:
            (number, first), *rest = line
            if first == NEXT_MATRIX:
                matrices.append({})
                continue
            if not rest and self.format.startswith("edgelist"):
                self.faults.report("needs_two_ends", number, value=first[:40])
                continue
            if self.format == "nodelist1b":
                first, rest = str(self._turn(matrices)), line[1:]
            row = self._whom(rows, first, number)
            value: float | None = None
            if self.format.startswith("edgelist"):
                if len(rest) > 1:
                    value = self._value(rest[1][1], number)
                rest = rest[:1]
            for _, word in rest:
                column = self._whom(columns, word, number)
                if row is not None and column is not None and value != 0:
                    cells = matrices[-1]
                    self.number_of[len(matrices) - 1, row, column] = number
                    cells[row, column] = value
        self.rows, self.columns = rows.all(), columns.all()
        return matrices

    def _turn(self, matrices: list[Cells]) -> int:
        """Return the row whose turn it is, where rows are in order and have no number."""
        self.turn += 1
        return self.turn - (len(matrices) - 1) * self.sizes.get("nr", self.sizes.get("n", 0))

    def _whom(self, names: _Names, word: str, line: int) -> int | None:
        place = names.place(word.strip('"'))
        if place is None:
            near = () if "unknown_vertex" in self.faults.times else guesses(word, names.names)
            self.faults.report(
                "unknown_vertex", line, guesses=near, value=word[:40], last=len(names.names)
            )
        return place

    # --- the draft

    def _draft(self, matrices: list[Cells]) -> Draft:
        nr = max(self.sizes.get("nr", self.sizes.get("n", 0)), len(self.rows))
        nc = max(self.sizes.get("nc", self.sizes.get("n", 0)), len(self.columns))
        two = self._two_modes
        ids, names = _apart(_filled(self.rows, nr), _filled(self.columns, nc) if two else [])
        shift = nr if two else 0
        kinds = self.labels.get("matrix", [])
        records: list[dict[str, Any]] = []
        numbers: list[int] = []
        one_way = False
        for place, cells in enumerate(matrices):
            kind = (
                kinds[place]
                if place < len(kinds)
                else str(place + 1)
                if len(matrices) > 1
                else None
            )
            moved = {
                (row, column + shift): value
                for (row, column), value in cells.items()
                if two or row != column or not self._is_table  # the diagonal of a table is no tie
            }
            for tie in ties_of(moved):
                row, column = tie["source"], tie["target"]
                at = self.number_of.get((place, row, column - shift))
                numbers.append(at or self.number_of[place, column - shift, row])
                one_way = one_way or (tie["mutual"] is None and not two)
                records.append(
                    {
                        **tie,
                        "source": ids[row],
                        "target": ids[column],
                        "kind": kind or ("membership" if two else None),
                        "mutual": True if two else tie["mutual"],
                    }
                )
        actors: dict[str, list[Any]] = {"id": ids, "name": names}
        if two:
            actors["kind"] = [None] * nr + ["arena"] * nc
        draft = Draft(
            Sheet(
                list(actors),
                list(actors.values()),
                file=self.file,
                typed=True,
                item=ids.__getitem__,
            ),
            self._ties(records, numbers),
            one_way=one_way,
        )
        if self.title:
            draft.about["title"] = self.title
        if two:
            draft.notes.append(self._note("two_modes_read", people=nr, arenas=nc))
        draft.problems += self.faults.all()
        return draft

    def _ties(self, records: list[dict[str, Any]], numbers: list[int]) -> Sheet:
        names = ("source", "target", "mutual", "weight", "kind")
        columns = {name: [record[name] for record in records] for name in names}
        where: Any = {"file": self.file, "numbers": numbers, "lines": True, "typed": True}
        return Sheet.of_columns(columns, {"source", "target"}, **where)

    def _note(self, code: str, **values: Any) -> Problem:
        return Problem(code=code, place=Place(file=self.file), values=values)


def _past_gap(line: str, at: int) -> int:
    found = _GAP.match(line, at)
    return found.end() if found is not None else at


def _phrase(line: str, at: int, allowed: frozenset[str] | None) -> tuple[str, re.Match[str] | None]:
    """Find what begins here in a line of the head; among labels only what nobody is called."""
    for name, pattern in _PHRASES:
        found = pattern.match(line, at)
        if found is None or (allowed is not None and name not in allowed):
            continue
        if allowed is not None and not re.search("[:=]|embedded", found.group(), re.IGNORECASE):
            continue
        return name, found
    return "", None


def _words(lines: Sequence[str], first: int) -> list[list[Word]]:
    """Return the words of each line that is not empty, with its number."""
    found = []
    for number, line in enumerate(lines, start=first):
        parts = _WORD.findall(line) if '"' in line else re.split(r"[\s,=;]+", line)
        if words_ := [(number, part) for part in parts if part]:
            found.append(words_)
    return found


def _row_lengths(form: str, nr: int, nc: int, *, absent: bool) -> list[int]:
    """Return how many cells each row has."""
    if form == "fullmatrix":
        return [nc - absent] * nr
    there = [row + 1 - absent for row in range(nr)]
    return there if form == "lowerhalf" else there[::-1]


def _columns_of(form: str, row: int, size: int, nc: int, *, absent: bool) -> list[int]:
    """Return the columns of the cells of a row."""
    if form == "lowerhalf":
        return list(range(size))
    if form == "upperhalf":
        return list(range(nc - size, nc))
    return [column for column in range(nc) if not (absent and column == row)]


class _Names:
    """Who is called what, by number or by label; new ones where labels stand in the data."""

    def __init__(self, names: list[str], most: int | None, *, embedded: bool) -> None:
        self.names, self.most, self.embedded = list(names), most, embedded
        self.places: dict[str, int | None] = {}
        self.exact: dict[str, int | None] = {}
        for place, name in enumerate(names):
            for known, key in ((self.exact, name), (self.places, name.casefold())):
                known[key] = None if key in known else place

    def place(self, word: str) -> int | None:
        """Return the place of a number or a label; None if there is none."""
        if not self.embedded and word.isdecimal() and len(word) < 10:  # noqa: PLR2004 - digits
            number = int(word)
            if 0 < number <= (self.most if self.most is not None else MOST_ACTORS):
                if self.most is None and number > len(self.names):
                    self.names += [""] * (number - len(self.names))
                return number - 1
        if (place := self.exact.get(word)) is not None:
            return place
        key = word.casefold()  # UCINET has capitals only
        if key not in self.places and self.embedded and word:
            if self.most is not None and len(self.names) >= self.most:
                return None
            self.places[key] = len(self.names)
            self.names.append(word)
        return self.places.get(key)

    def all(self) -> list[str]:
        """Return the labels, of those who have none as empty text."""
        return self.names


def _filled(names: Sequence[str], n: int) -> list[str]:
    """Return a label for everybody: the number where there is no other."""
    return [(names[place] if place < len(names) else "") or str(place + 1) for place in range(n)]


def _apart(rows: list[str], columns: list[str]) -> tuple[list[str], list[str | None]]:
    """Return ids and names: labels are ids where each is somebody's own."""
    labels = [*rows, *columns]
    if len(set(labels)) == len(labels):
        return labels, [None] * len(labels)
    if len(set(rows)) == len(rows) and len(set(columns)) == len(columns):
        ids = [*rows, *(f"{name} (2)" if name in set(rows) else name for name in columns)]
        if len(set(ids)) == len(ids):
            return ids, list(labels)
    return [str(place + 1) for place in range(len(labels))], list(labels)


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in word else None
