"""CSV files, one of actors and one of ties, as spreadsheets read and write them.

A third and small one beside them says what the map is: its title, its scope, its consent.
"""

from __future__ import annotations

import csv
import dataclasses
import difflib
import io
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aktorkart.errors import (
    AktorkartError,
    InvalidMap,
    Place,
    Problem,
    UnreadableFile,
    UnwritableFile,
)
from aktorkart.files import cells, headings, rows
from aktorkart.files.about import HEADINGS, individual, place_of, read, written
from aktorkart.files.decoding import File, neighbours
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap, KindSpec, Tie, vocabulary
from aktorkart.model.scales import SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENDINGS = {
    "actors": ("actors", "aktører", "aktorer", "aktørar", "aktörer", "nodes"),
    "ties": ("ties", "relasjoner", "relasjonar", "relationer", "bånd", "band", "edges"),
}
"""What the two files are called after their common name."""

_DELIMITERS = (";", ",", "\t")


@dataclass
class _Sheet:
    """One of the files."""

    table: str
    name: str
    columns: rows.Columns | None = None
    items: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    heading_row: int = 1
    problems: list[Problem] = field(default_factory=list)
    stated: dict[str, Any] = field(default_factory=dict)  # what the third says of the map
    places: dict[str, int] = field(default_factory=dict)

    def report(self, code: str, row: int | None, heading: str | None = None, **values: Any) -> None:
        place = Place(file=self.name, row=row, field=heading)
        self.problems.append(Problem(code=code, place=place, values=values))


def load(actors: File, ties: File, about: File | None = None) -> Loaded:
    """Read a pair of CSV files, and the one about the map if there is one."""
    sheets: list[_Sheet] = []
    unreadable: list[Problem] = []
    third = [("map", about)] if about is not None else []
    for table, file in (("actors", actors), ("ties", ties), *third):
        try:
            sheets.append(_read_sheet(table, file.name, file.text(fallback="cp1252")))
        except AktorkartError as error:
            unreadable += error.problems
    if unreadable:
        raise UnreadableFile(unreadable)
    return _map(*sheets)


def _plain_name(name: str) -> str:
    # macOS takes å apart into a and a ring.
    return unicodedata.normalize("NFC", name).casefold()


def find(path: str) -> list[File]:
    """Find the files from one of them or from their common name: of actors, of ties, of the map."""
    given = Path(path)
    stem = re.sub("[_ -]map$", "", _plain_name(given.stem))
    base = next(
        (
            stem.removesuffix(ending)
            for endings in ENDINGS.values()
            for ending in endings
            if stem.endswith(ending)
        ),
        None,
    )
    bases = [base] if base is not None else [f"{stem}_", f"{stem}-", f"{stem} "]
    try:
        there = {_plain_name(entry.name): entry for entry in sorted(given.parent.iterdir())}
    except OSError:
        there = {}
    pair = {}
    for table, endings in ENDINGS.items():
        names = [f"{start}{ending}.csv" for start in bases for ending in endings]
        # The file that was named is right, whatever else lies beside it.
        own = [name for name in names if name == _plain_name(given.name)]
        pair[table] = next((str(there[name]) for name in own + names if name in there), "")
    if pair["actors"] and pair["ties"]:
        # The base of the two that were found; another map may lie in the same folder.
        starts = [
            _plain_name(Path(pair[table]).stem).removesuffix(ending)
            for table, endings in ENDINGS.items()
            for ending in endings
            if _plain_name(Path(pair[table]).stem).endswith(ending)
        ]
        third = next((there[name] for one in starts if (name := f"{one}map.csv") in there), None)
        return [File(str(one)) for one in (pair["actors"], pair["ties"], third) if one is not None]
    if not any(pair.values()) and not given.exists():
        raise UnreadableFile(
            Problem(code="file_missing", place=Place(file=path), guesses=neighbours(path))
        )
    names, norwegian = (
        [f"{bases[0]}{endings[language]}.csv" for endings in ENDINGS.values()]
        for language in range(2)
    )
    values = {"names": names, "norwegian": norwegian}
    raise UnreadableFile(Problem(code="csv_pair_missing", place=Place(file=path), values=values))


def _read_sheet(table: str, name: str, source: str) -> _Sheet:
    sheet = _Sheet(table, name)
    if table == "map":
        _read_about(sheet, source)
        return sheet
    delimiter = _delimiter(table, source)
    last = 1
    try:
        for number, row in _records(source, delimiter):
            last = number + 1
            if sheet.columns is None:
                sheet.heading_row = number
                names = [cells.read_text(cell.strip()) for cell in row]
                sheet.columns = rows.Columns(table, names)
            else:
                _read_row(sheet, sheet.columns, number, row)
    except csv.Error as error:
        unclosed = "unexpected end" in str(error) or "field larger" in str(error)
        sheet.report("csv_quote" if unclosed else "csv_syntax", last)
    if sheet.columns is None:
        if not sheet.problems:
            sheet.report("empty_file", None)
        return sheet
    for problem in sheet.columns.problems:
        place = Place(file=name, row=sheet.heading_row, field=problem.place.field)
        sheet.problems.append(dataclasses.replace(problem, place=place))
    return sheet


def _read_about(sheet: _Sheet, source: str) -> None:
    start = source.lstrip().split("\n", 1)[0]
    found: list[tuple[int, str, str]] = []
    last = 1
    try:
        for number, row in _records(source, max(_DELIMITERS, key=start.count)):
            last = number + 1
            name, value = ([cell.strip() for cell in row] + [""])[:2]
            if (name, value) != HEADINGS and value:
                found.append((number, name, value))
    except csv.Error:
        sheet.report("csv_quote", last)
    sheet.stated, sheet.places, problems = read(found)
    for problem in problems:
        place = dataclasses.replace(problem.place, file=sheet.name)
        sheet.problems.append(dataclasses.replace(problem, place=place))


def _records(source: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with their number, without the blank ones and Excel's line about the sign."""
    reader = csv.reader(
        io.StringIO(source, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    for number, row in enumerate(reader, start=1):
        filled = [cell for cell in row if cell.strip()]
        if filled and not (number == 1 and re.fullmatch("sep=.?", filled[0].strip())):
            yield number, row


def _read_row(sheet: _Sheet, columns: rows.Columns, number: int, row: list[str]) -> None:
    beyond = [cell for cell in row[len(columns.headings) :] if cell.strip()]
    if beyond:
        sheet.report("csv_extra_cell", number, value=beyond[0].strip())
    for heading, cell in zip(columns.headings, row, strict=False):
        if not heading and cell.strip():
            sheet.report("csv_no_heading", number, value=cell.strip())
    item = columns.item(row)
    if item:
        sheet.items.append(item)
        sheet.numbers.append(number)


def _delimiter(table: str, source: str) -> str:
    """Tell the delimiter by which one gives headings that are known."""
    start = source.lstrip()
    if found := re.match("sep=(.)\r?\n", start):
        return found.group(1)
    line = start.split("\n", 1)[0].rstrip("\r")

    def known(delimiter: str) -> tuple[int, int]:
        parts = [part.strip().strip('"') for part in line.split(delimiter)]
        fields = [headings.field_of(rows.FIELDS[table], part) for part in parts]
        return len(set(fields) - {None}), len(parts)

    return max(_DELIMITERS, key=known)


def _map(actors: _Sheet, ties: _Sheet, about: _Sheet | None = None, *, own: bool = False) -> Loaded:
    """Build the map of two or three sheets; ``own`` for what we wrote ourselves."""
    sheets = [sheet for sheet in (actors, ties, about) if sheet is not None]
    problems = [problem for sheet in sheets for problem in sheet.problems]
    content: dict[str, Any] = {"actors": actors.items, "ties": ties.items}
    if ties.columns is not None:
        content["strength_scale"] = ties.columns.scale()
    content |= about.stated if about is not None else {}
    # Without ids nothing can be said of who is on the map.
    lacking = {problem.code for problem in actors.problems} & {"csv_no_column", "empty_file"}
    if lacking:
        raise InvalidMap(problems)
    notes = [*_scope(content, actors), *_own_kinds(content, actors, ties, own=own)]
    if not any(problem.code == "csv_no_column" for problem in ties.problems):
        try:
            kart = ActorMap(**content)
        except InvalidMap as error:
            problems += [_placed(problem, *sheets) for problem in error.problems]
        else:
            if not problems:
                return Loaded(kart, tuple(notes))
    order = [sheet.name for sheet in sheets]
    raise InvalidMap(
        sorted(problems, key=lambda one: (order.index(str(one.place.file)), one.place.row or 0))
    )


def _scope(content: dict[str, Any], actors: _Sheet) -> Iterator[Problem]:
    """Take the map as one around a person where it may be one and does not say."""
    if individual(content, actors.items):
        content["scope"] = "individual"
        values = {"file": Path(_names(Path(actors.name))["map"]).name}
        place = Place(file=actors.name)
        yield Problem(code="taken_as_individual", place=place, values=values)


def _own_kinds(
    content: dict[str, Any], actors: _Sheet, ties: _Sheet, *, own: bool
) -> Iterator[Problem]:
    """Declare the kinds that are the map's own."""
    for table, section, known in (
        (actors, "kinds", tuple(vocabulary.KINDS)),
        (ties, "tie_kinds", vocabulary.TIE_KINDS),
    ):
        met = {str(item["kind"]): None for item in table.items if "kind" in item}
        # A word close to a known one is a slip; any other is a kind of the map's own.
        new = [kind for kind in met if kind not in known and (own or not _near(kind, section))]
        content[section] = {kind: KindSpec() if section == "kinds" else None for kind in new}
        if new:
            values = {"kinds": new, "n": len(new)}
            yield Problem(code="kinds_declared", place=Place(file=table.name), values=values)


def _near(kind: str, section: str) -> bool:
    known = vocabulary.KINDS if section == "kinds" else vocabulary.TIE_KINDS
    prefix = section.removesuffix("s")
    names = {text(f"{prefix}.{word}", lang).casefold() for word in known for lang in LANGUAGES}
    # Stricter than for a guess: here being near is what makes it wrong.
    return bool(difflib.get_close_matches(kind.casefold(), names | set(known), n=1, cutoff=0.8))


def _placed(problem: Problem, actors: _Sheet, ties: _Sheet, about: _Sheet | None = None) -> Problem:
    """Turn the way inside the map into file, row and column."""
    path = problem.place.path
    if about is not None and (placed := place_of(problem, about.places, file=about.name)):
        return placed
    sheet = ties if path[:1] in {("ties",), ("strength_scale",), ("tie_kinds",)} else actors
    row = heading = None
    if len(path) > 1 and path[0] == sheet.table and isinstance(path[1], int):
        row = sheet.numbers[path[1]]
        heading = sheet.columns.heading(path[2:]) if sheet.columns is not None else None
    place = Place(file=sheet.name, row=row, field=heading, path=path)
    return dataclasses.replace(problem, place=place)


# --- writing


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write CSV files that Excel opens as they are."""
    names = _names(Path(path))
    texts = {table: _text(kart, table, names[table]) for table in names}
    files = {names[table]: content.encode("utf-8-sig") for table, content in texts.items()}
    lost = _lost(kart, texts)
    values = {"fields": lost, "n": len(lost)}
    note = Problem(code="csv_not_carried", place=Place(file=path), values=values)
    return Dumped(files, (note,) if lost else ())


def _names(path: Path) -> dict[str, str]:
    """Name the files after one of them, or after their common name."""
    stem = re.sub("[_ -]map$", "", unicodedata.normalize("NFC", path.stem))
    base, language = f"{stem}_", 0
    for endings in ENDINGS.values():
        for index, ending in enumerate(endings):
            if stem.casefold().endswith(ending):
                base, language = stem[: -len(ending)], index
    words = {table: endings[language] for table, endings in ENDINGS.items()} | {"map": "map"}
    return {table: str(path.with_name(f"{base}{word}.csv")) for table, word in words.items()}


def _text(kart: ActorMap, table: str, file: str) -> str:
    lang = kart.lang or LANGUAGES[0]
    if table == "map":
        return _written([HEADINGS, *written(kart)], lang, file)
    items: Sequence[Actor | Tie] = kart.actors if table == "actors" else kart.ties
    fields, tags = rows.used(table, items), rows.tags(items)
    names = [_heading(kart, table, name, lang) for name in fields]
    lines = [[*names, *(cells.write_text(rows.tag_heading(table, tag)) for tag in tags)]]
    for item in items:
        row = [_cell(name, item, lang) for name in fields]
        row += [cells.write_tag(item.tags[tag], lang) if tag in item.tags else "" for tag in tags]
        lines.append(row)
    return _written(lines, lang, file)


MOST_LETTERS = 32_767
"""A cell of a spreadsheet holds no more; the rest would be lost without a word."""


def _written(lines: Sequence[Sequence[str]], lang: str, file: str) -> str:
    too_long = [
        Problem(
            code="cell_too_long",
            place=Place(file=file, row=number, field=heading),
            values={"n": len(cell), "most": MOST_LETTERS},
        )
        for number, line in enumerate(lines, start=1)
        for heading, cell in zip(lines[0], line, strict=True)
        if len(cell) > MOST_LETTERS
    ]
    if too_long:
        raise UnwritableFile(too_long)
    stream = io.StringIO()
    delimiter = "," if lang == "en" else ";"
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return stream.getvalue()


def _heading(kart: ActorMap, table: str, name: str, lang: str) -> str:
    heading = headings.written(rows.FIELDS[table], name, lang)
    if name != "strength" or kart.strength_scale == (1.0, 5.0):
        return heading
    if kart.strength_scale is None:
        return headings.COUNTS[LANGUAGES.index(lang)]
    low, high = (cells.write_number(bound, "en") for bound in kart.strength_scale)
    return f"{heading} ({low}–{high})"


def _cell(name: str, item: Actor | Tie, lang: str) -> str:
    value = rows.held(item, name)
    if value is None or not rows.is_stated(item, name):
        return ""
    if isinstance(value, bool):
        return text("common.yes" if value else "common.no", lang)
    if isinstance(value, (int, float)):
        return cells.write_number(float(value), lang)
    if value == () and name in SUPPORTS:
        return text("common.none", lang)
    if name == "changed_practice":
        # An id with a bar would be read as two that are nobody's: it is left out, and said so.
        value = tuple(id_ for id_ in value if "|" not in id_)
    return cells.write_text("|".join(value) if isinstance(value, tuple) else value)


def _lost(kart: ActorMap, texts: dict[str, str]) -> list[str]:
    """List the fields that differ when what was written is read again."""
    sheets = [_read_sheet(table, table, texts[table]) for table in ("actors", "ties", "map")]
    held = _map(*sheets, own=True).kart
    lost = []
    for name in ActorMap.model_fields:
        was, now = getattr(kart, name), getattr(held, name)
        if name in {"kinds", "tie_kinds"}:
            # A kind that is used and says nothing of itself is declared again by reading.
            if any(was[kind] not in (None, KindSpec()) or kind not in now for kind in was):
                lost.append(name)
        elif name in {"actors", "ties"}:
            model = Actor if name == "actors" else Tie
            lost += [
                f"{name}.{part}"
                for part in model.model_fields
                if any(
                    getattr(one, part) != getattr(two, part)
                    for one, two in zip(was, now, strict=True)
                )
            ]
        elif was != now:
            lost.append(name)
    return lost
