"""The lines of a network of Pajek, read into sheets."""

from __future__ import annotations

import html
import json
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, guesses
from aktorkart.files.drafted import own_draft
from aktorkart.files.faults import Faults
from aktorkart.files.positions import PAGE, on_page
from aktorkart.files.sheets import Draft, Sheet
from aktorkart.files.square import Cells, ties_of
from aktorkart.model.vocabulary import QUALITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aktorkart.files.decoding import File


MOST_ACTORS = 200_000
"""A file may say that there are so many; a slip of the pen must not fill the machine."""

_HEADER = re.compile(r"\*\s*([A-Za-z]+)\s*(.*)")
_RELATION = re.compile(r':?\s*(\d*)\s*:?\s*(?:"([^"]*)"|(.*))')
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|\[[^\]\s]{0,200}\]|\S+')
_INLINE_RELATION = re.compile(r"(\d+)\s*:\s*(?=\d)")
UNKNOWN = "?"
"""What stands in the label of a line of ours whose strength nobody has judged."""

_LINES = {"arc": False, "edge": True}


def draft(file: File) -> Draft:
    """Lay out the vertices and lines of a network as sheets."""
    return _Reader(file.name, Faults(file.name), Faults(file.name)).read(
        file.text(fallback="cp1252")
    )


@dataclass
class _Lines:
    """The columns of the ties' sheet, while they grow."""

    sources: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    mutual: list[bool] = field(default_factory=list)
    weights: list[float | None] = field(default_factory=list)
    kinds: list[str | None] = field(default_factory=list)
    labels: list[str | None] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


@dataclass
class _Reader:
    """One pass over the lines of a file."""

    file: str
    faults: Faults
    notes: Faults
    n: int | None = None
    people: int | None = None  # in a network of two modes, those of the first
    start: int = 1  # the line of *Vertices
    title: str | None = None
    names: dict[int, str] = field(default_factory=dict)
    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    vertex_lines: dict[int, int] = field(default_factory=dict)
    lines: _Lines = field(default_factory=_Lines)
    kind: str | None = None
    relations: dict[str, str] = field(default_factory=dict)  # number → name
    both: bool = False  # whether the lines being read go both ways
    cells: list[tuple[int, str]] = field(default_factory=list)  # of a matrix
    matrices: list[tuple[str | None, list[tuple[int, str]]]] = field(default_factory=list)
    networks: int = 1
    dropped: dict[str, None] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)  # partitions and vectors
    column: str | None = None
    stated: list[tuple[str, str]] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)
    called: dict[str, int] | None = None  # vertices by label; 0 where several have it

    def read(self, source: str) -> Draft:
        section: Callable[[int, str], None] = self._outside
        for number, raw in enumerate(re.split("\r\n|\r|\n", source), start=1):
            line = raw.strip()
            if not line:
                continue
            if line[0] == "%":
                self._comment(line)
            elif line[0] == "*":
                section = self._header(number, line)
            else:
                section(number, line)
        if self.n is None:
            self.faults.report("pajek_no_vertices")
            raise InvalidMap(self.faults.all())
        for kind, cells in self.matrices:
            self._matrix(kind, cells)
        return self._draft()

    # --- sections

    def _header(self, number: int, line: str) -> Callable[[int, str], None]:
        found = _HEADER.match(line)
        word, rest = (found.group(1).lower(), found.group(2)) if found else (line, "")
        if word == "network":
            return self._network(rest)
        if word.startswith("vert"):
            return self._vertices(number, rest)
        if self.networks > 1:
            return self._skip
        if word in {"partition", "vector"}:
            self.column = rest.strip().strip('"') or word
            return self._skip
        self.column = None
        stem = word.removesuffix("list").removesuffix("s")
        if stem not in {*_LINES, "matrix"}:
            self.notes.report("part_left_out", number, value=f"*{word[:40]}")
            return self._skip
        if self.n is None:
            self.faults.report("pajek_no_vertices", number)
            return self._skip
        self.kind = self._relation(rest)
        if stem == "matrix":
            self.cells = []
            self.matrices.append((self.kind, self.cells))
            return self._matrix_row
        self.both = _LINES[stem]
        return self._list if word.endswith("list") else self._pair

    def _network(self, rest: str) -> Callable[[int, str], None]:
        if self.n is not None:
            self.networks += 1
        elif rest.strip():
            self.title = _label(rest.strip())
        return self._outside

    def _vertices(self, number: int, rest: str) -> Callable[[int, str], None]:
        if self.column is not None and self.networks == 1:
            return self._value
        if self.networks > 1:
            return self._skip
        if self.n is not None:  # another network, without a name
            return self._network("")
        counts = rest.split()
        if not counts or not all(one.isdecimal() for one in counts[:2]):
            self.faults.report("not_how_many", number, value=rest[:40])
            self.n = 0
            return self._skip
        self.start = number
        self.n = int(counts[0][:9])
        if self.n > MOST_ACTORS:
            self.faults.report("too_many_actors", number, value=self.n, most=MOST_ACTORS)
            self.n = 0
            return self._skip
        if len(counts) > 1:
            self.people = min(int(counts[1][:9]), self.n)
        return self._vertex

    def _relation(self, rest: str) -> str | None:
        """Return the kind of the lines that follow: the name of their relation."""
        found = _RELATION.match(rest)
        number, quoted, bare = found.groups() if found else ("", None, "")
        name = _label(quoted if quoted is not None else (bare or ""))
        if number:
            name = name or self.relations.get(number, number)
            self.relations[number] = name
        return name or None

    def _skip(self, number: int, line: str) -> None:
        """Read over what belongs to nothing that a map has."""

    def _outside(self, number: int, line: str) -> None:
        if self.networks == 1:
            self.faults.report("line_outside", number, value=line[:40])

    def _comment(self, line: str) -> None:
        """Read what we have written there ourselves."""
        for mark, store in (("%aktorkart ", self.stated), ("%id ", None)):
            if line.startswith(mark):
                try:
                    one, other = json.loads(line.removeprefix(mark))
                except (ValueError, TypeError, RecursionError):
                    return
                if store is not None and isinstance(one, str) and isinstance(other, str):
                    store.append((one, other))
                elif store is None and isinstance(one, int) and isinstance(other, str):
                    self.ids[one] = other

    # --- vertices

    def _vertex(self, number: int, line: str) -> None:
        words = _WORD.findall(line)
        vertex = _whole(words[0])
        if not 0 < vertex <= (self.n or 0):
            self.faults.report("unknown_vertex", number, value=words[0][:40], last=self.n)
            return
        if vertex in self.vertex_lines:
            self.faults.report("duplicate_actor", number, value=words[0])
            return
        self.vertex_lines[vertex] = number
        if len(words) > 1 and (name := _label(words[1])):
            self.names[vertex] = name
        spot = [_number(word) for word in words[2:4]]
        if len(spot) == 2 and None not in spot:  # noqa: PLR2004 - x and y
            self.places[vertex] = (spot[0], spot[1])  # type: ignore[assignment]
            words = words[4:]
            if words and _number(words[0]) is not None:
                words = words[1:]
        else:
            words = words[2:]
        if words:
            self._drop(words)

    def _value(self, _: int, line: str) -> None:
        if self.column is not None:
            self.columns.setdefault(self.column, []).append(line)

    def _drop(self, words: Sequence[str]) -> None:
        for word in words:
            if word[0].isalpha() or word[0] == "[":
                self.dropped.setdefault("[]" if word[0] == "[" else word[:20])

    # --- lines

    def _end(self, word: str, number: int) -> int | None:
        vertex = _whole(word)
        if 0 < vertex <= (self.n or 0):
            return vertex
        if self.called is None:  # all vertices have been read by now
            self.called = {}
            for one, name in self.names.items():
                self.called[name] = 0 if name in self.called else one
        if called := self.called.get(_label(word)):
            return called
        near = () if vertex or "unknown_vertex" in self.faults.times else guesses(word, self.called)
        self.faults.report("unknown_vertex", number, guesses=near, value=word[:40], last=self.n)
        return None

    def _pair(self, number: int, line: str) -> None:
        kind = self.kind
        if ":" in line and (found := _INLINE_RELATION.match(line)):
            kind = self.relations.get(found.group(1)) or found.group(1)
            line = line[found.end() :]
        words = _WORD.findall(line) if '"' in line or "[" in line else line.split()
        if len(words) < 2:  # noqa: PLR2004 - two ends
            self.faults.report("needs_two_ends", number, value=line[:40])
            return
        source, target = self._end(words[0], number), self._end(words[1], number)
        weight, label = None, None
        if len(words) > 2:  # noqa: PLR2004 - a value
            weight = _number(words[2])
            if weight is None and (words[2][:1].isdigit() or words[2][:1] in "-+."):
                self.faults.report("not_number", number, value=words[2][:40])
            rest = words[3:] if weight is not None else words[2:]
            if "l" in rest[:-1]:
                at = rest.index("l")
                label = _label(rest[at + 1])
                rest = rest[:at] + rest[at + 2 :]
            if rest:
                self._drop(rest)
        if source is not None and target is not None:
            ends = (source, target)
            self._add(number, ends, weight=weight, kind=kind, label=label, mutual=self.both)

    def _list(self, number: int, line: str) -> None:
        words = _WORD.findall(line)
        if len(words) < 2:  # noqa: PLR2004 - two ends
            self.faults.report("needs_two_ends", number, value=line[:40])
        source, *targets = (self._end(word.lstrip("-"), number) for word in words)
        for target in targets:
            if source is not None and target is not None:
                self._add(number, (source, target), kind=self.kind, mutual=self.both)

    def _add(  # noqa: PLR0913 - the columns of a row
        self,
        number: int,
        ends: tuple[int, int],
        *,
        weight: float | None = None,
        kind: str | None,
        label: str | None = None,
        mutual: bool,
    ) -> None:
        lines = self.lines
        lines.numbers.append(number)
        lines.sources.append(ends[0])
        lines.targets.append(ends[1])
        lines.weights.append(weight)
        lines.kinds.append(kind)
        lines.labels.append(label)
        lines.mutual.append(mutual)

    def _matrix_row(self, number: int, line: str) -> None:
        self.cells += [(number, word) for word in line.split()]

    def _matrix(self, kind: str | None, found: list[tuple[int, str]]) -> None:
        n, people = self.n or 0, self.people
        rows, across = (n, n) if people is None else (people, n - people)
        first = found[0][0] if found else self.start
        if len(found) != rows * across:
            self.faults.report(
                "matrix_cells",
                first,
                rows=rows,
                columns=across,
                cells=rows * across,
                found=len(found),
            )
            return
        cells: Cells = {}
        for place, (number, word) in enumerate(found):
            value = _number(word)
            row, column = divmod(place, across)
            if value is None:
                self.faults.report("not_number", number, value=word[:40])
            elif value and (people is not None or row != column):
                cells[row, column + (people or 0)] = value
        for tie in ties_of(cells):
            row, column = tie["source"], tie["target"]
            number = found[row * across + column - (people or 0)][0]
            mutual = people is not None or bool(tie["mutual"])
            ends = (row + 1, column + 1)
            self._add(number, ends, weight=tie["weight"], kind=kind, mutual=mutual)

    # --- the draft

    def _draft(self) -> Draft:
        every = range(1, (self.n or 0) + 1)
        own = dict(self.stated).get("aktorkart") is not None and self._ids_hold()
        ids = {vertex: self.ids[vertex] if own else str(vertex) for vertex in every}
        names = [self.names.get(vertex) for vertex in every]
        if own:
            names = [
                name if name != one else None for name, one in zip(names, ids.values(), strict=True)
            ]
        actors = self._sheet({"id": list(ids.values()), "name": names}, self._numbers())
        lines = self.lines
        if len(self.relations) == 1 and self.relations.keys() == {*self.relations.values()}:
            lines.kinds = [None] * len(lines.kinds)  # the one relation, and it has no name
        columns: dict[str, list[Any]] = {
            "source": [ids[one] for one in lines.sources],
            "target": [ids[one] for one in lines.targets],
            "mutual": lines.mutual,
            "strength" if own else "weight": lines.weights,
            "kind": lines.kinds,
        }
        if own:
            _read_own_labels(lines, columns)
            draft = own_draft(actors, self._sheet(columns, lines.numbers), self.stated)
            draft.about["positions"] = {
                ids[vertex]: (round(x * PAGE[0], 6), round((1 - y) * PAGE[1], 6))
                for vertex, (x, y) in self.places.items()
            }
        else:
            columns["label"] = lines.labels
            if self.people is not None:
                self._add_modes(actors, columns)
            self._add_columns(actors)
            draft = Draft(actors, self._sheet(columns, lines.numbers))
            if places := on_page({ids[one]: at for one, at in self.places.items()}, up=False):
                draft.about["positions"] = places
            if self.title:
                draft.about["title"] = self.title
        if self.networks > 1:
            named = self.title or "1"
            self.notes.report("first_network_read", value=named, n=self.networks - 1)
        if self.dropped:
            self.notes.report("looks_left_out", names=list(self.dropped)[:12])
        draft.notes += self.notes.all()
        draft.problems += self.faults.all()
        return draft

    def _ids_hold(self) -> bool:
        """Tell whether our comments still belong to these vertices."""
        return sorted(self.ids) == list(range(1, (self.n or 0) + 1))

    def _numbers(self) -> list[int]:
        return [self.vertex_lines.get(one, self.start) for one in range(1, (self.n or 0) + 1)]

    def _sheet(self, columns: dict[str, list[Any]], numbers: Sequence[int]) -> Sheet:
        where: Any = {"file": self.file, "numbers": numbers, "lines": True, "typed": True}
        return Sheet.of_columns(columns, {"id", "source", "target", "mutual"}, **where)

    def _add_modes(self, actors: Sheet, columns: dict[str, list[Any]]) -> None:
        """Make arenas of the second mode, and members of the first."""
        people, n = self.people or 0, self.n or 0
        actors.headings.append("kind")
        actors.columns.append([None] * people + ["arena"] * (n - people))
        columns["kind"] = [kind or "membership" for kind in columns["kind"]]
        columns["mutual"] = [True] * len(columns["kind"])
        self.notes.report("two_modes_read", self.start, people=people, arenas=n - people)

    def _add_columns(self, actors: Sheet) -> None:
        """Keep the partitions and vectors of a project, where they have a value for everybody."""
        for name, values in self.columns.items():
            if len(values) == self.n:
                actors.headings.append(name)
                actors.columns.append(
                    [_number(one) if _number(one) is not None else one for one in values]
                )
            else:
                self.notes.report("part_left_out", value=name[:40])


def _read_own_labels(lines: _Lines, columns: dict[str, list[Any]]) -> None:
    """Read how a tie works from the label that we gave its line."""
    columns["quality"] = [
        next((word for word in (label or "").split() if word in QUALITIES), None)
        for label in lines.labels
    ]
    columns["strength"] = [
        None if UNKNOWN in (label or "").split() else weight
        for label, weight in zip(lines.labels, lines.weights, strict=True)
    ]


def _label(word: str) -> str:
    """Return a label without its quotes; Pajek writes letters that it lacks as ``&#381;``."""
    quoted = len(word) > 1 and word[0] == word[-1] == '"'
    bare = word[1:-1].replace('\\"', '"') if quoted else word.strip('"')
    bare = re.sub(r"&#(\d{1,7}|x[0-9A-Fa-f]{1,6});", lambda one: html.unescape(one.group()), bare)
    return " ".join(bare.split())


def _whole(word: str) -> int:
    """Read the number of a vertex; 0 if it is none."""
    return int(word) if word.isdecimal() and len(word) < 10 else 0  # noqa: PLR2004 - digits


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in word else None
