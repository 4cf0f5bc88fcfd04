"""CSV files: a pair of actors and ties as we write it, and whatever tables others keep in text.

A third and small one beside our pair says what the map is: its title, its scope, its consent.
It carries the number of the schema, by which a pair of our own is known.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import re
import unicodedata
from contextlib import suppress
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
from aktorkart.files.about import HEADINGS, place_of, read, written
from aktorkart.files.decoding import File, neighbours
from aktorkart.files.drafted import carried
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.making import made
from aktorkart.files.shapes import drafted_from
from aktorkart.files.sheets import Draft, Grid, Reading, Sheet
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model.scales import SUPPORTS
from aktorkart.model.vocabulary import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aktorkart.model import Actor, ActorMap, Tie

ENDINGS = {
    "actors": (
        *("actors", "aktører", "aktorer", "aktørar", "aktörer", "nodes"),
        *("noder", "vertices", "elements", "personer"),
    ),
    "ties": (
        *("ties", "relasjoner", "relasjonar", "relationer", "bånd", "band", "edges"),
        *("lenker", "lenkjer", "links", "connections", "relations", "länkar"),
    ),
}
"""What the two files are called after their common name."""

_SUFFIXES = (".csv", ".tsv", ".txt")
_DELIMITERS = (";", ",", "\t", "|")


def load(*files: File, reading: Reading | None = None) -> Loaded:
    """Read a pair of CSV files, with the one about the map if there is one, or any tables."""
    return made(draft_of(files, reading or Reading()), reading)


def draft_of(files: Sequence[File], reading: Reading) -> Draft:
    """Find the actors and the ties in the files, and what one says about the map."""
    grids: dict[str, Grid] = {}
    unreadable: list[Problem] = []
    kinds: set[type[AktorkartError]] = set()
    for file in files:
        try:
            grids[file.name] = grid(file.name, file.text(fallback="cp1252"))
        except AktorkartError as error:
            unreadable += error.problems
            kinds.add(type(error))
    if unreadable:
        raise kinds.pop()(unreadable) if len(kinds) == 1 else UnreadableFile(unreadable)
    return draft_of_grids(grids, reading)


def draft_of_grids(grids: dict[str, Grid], reading: Reading) -> Draft:
    """Find the actors and the ties in the cells of files."""
    third = next((name for name in grids if is_about(name)), None)
    stated = _stated(grids.pop(third)) if third is not None and len(grids) > 1 else []
    if any(name == "aktorkart" for _, name, _ in stated):
        draft = _own(grids)
    else:
        for one, table in zip(grids.values(), name_tables([*grids]), strict=False):
            one.table = table
        draft = drafted_from(list(grids.values()), reading)
    content, places, problems = read(stated)
    if third is not None and stated:
        draft.about |= content
        draft.problems += [
            dataclasses.replace(one, place=dataclasses.replace(one.place, file=third))
            for one in problems
        ]
        draft.place_of = lambda problem: place_of(problem, places, file=third)
    first, second = (draft.actors or draft.ties).file, draft.ties.file
    draft.about_file = names_of(Path(str(first)))["map"] if first != second else None
    return draft


def name_tables(names: Sequence[str]) -> list[str]:
    """Let two files say by their names which has the actors and which the ties; else nothing."""
    said = [
        next((table for table in ENDINGS if _ending_of(_plain_name(Path(name).stem), table)), "")
        for name in names
    ]
    return said if sorted(said) == sorted(ENDINGS) else []


def is_about(name: str) -> bool:
    """Tell whether a file says what the map is, by its name."""
    return re.search("(^|[_ -])map$", _plain_name(Path(name).stem)) is not None


def _own(grids: dict[str, Grid]) -> Draft:
    """Return the sheets of a pair that we wrote, as they stand."""
    sheets = []
    for grid in grids.values():
        (row, names), *below = grid.rows
        headings_ = [cells.read_text(cell.strip()) for cell in names]
        wide = len(names)
        lines = [
            line if len(line) == wide else [*line, *[""] * (wide - len(line))] for _, line in below
        ]
        columns = [*map(list, zip(*lines, strict=False))][:wide] or [[] for _ in names]
        numbers = [number for number, _ in below]
        sheets.append(Sheet(headings_, columns, file=grid.file, numbers=numbers, heading_row=row))
    actors, ties = sheets
    return Draft(actors, ties, own=True)


def _plain_name(name: str) -> str:
    # macOS takes å apart into a and a ring.
    return unicodedata.normalize("NFC", name).casefold()


def _ending_of(stem: str, table: str) -> str | None:
    """Return the word for a table that a name ends with."""
    return next((ending for ending in ENDINGS[table] if stem.endswith(ending)), None)


def find(path: str, suffixes: Sequence[str] = _SUFFIXES) -> list[File]:
    """Find the files from one of them or from their common name: of actors, of ties, of the map."""
    given = Path(path)
    if given.is_dir():
        return _in_folder(given)
    stem = re.sub("[_ -]map$", "", _plain_name(given.stem))
    base = next(
        (
            stem.removesuffix(ending)
            for table in ENDINGS
            if (ending := _ending_of(stem, table)) is not None
        ),
        None,
    )
    bases = [base] if base is not None else [f"{stem}_", f"{stem}-", f"{stem} "]
    try:
        there = {_plain_name(entry.name): entry for entry in sorted(given.parent.iterdir())}
    except OSError:
        there = {}
    suffix = given.suffix.lower() if given.suffix.lower() in suffixes else suffixes[0]
    pair = {}
    for table, endings in ENDINGS.items():
        names = [f"{start}{ending}{suffix}" for start in bases for ending in endings]
        # The file that was named is right, whatever else lies beside it.
        own = [name for name in names if name == _plain_name(given.name)]
        pair[table] = next((str(there[name]) for name in own + names if name in there), "")
    if pair["actors"] and pair["ties"]:
        # The base of the two that were found; another map may lie in the same folder.
        starts = [
            _plain_name(Path(pair[table]).stem).removesuffix(ending)
            for table in ENDINGS
            if (ending := _ending_of(_plain_name(Path(pair[table]).stem), table)) is not None
        ]
        third = next(
            (there[name] for one in starts if (name := f"{one}map{suffix}") in there), None
        )
        return [File(str(one)) for one in (pair["actors"], pair["ties"], third) if one is not None]
    if given.exists() and (base is None or _ending_of(stem, "ties") is not None):
        return [File(path)]  # one sheet with all there is
    if not any(pair.values()) and not given.exists():
        raise UnreadableFile(
            Problem(code="file_missing", place=Place(file=path), guesses=neighbours(path))
        )
    names, norwegian = (
        [f"{bases[0]}{endings[language]}{suffix}" for endings in ENDINGS.values()]
        for language in range(2)
    )
    kind = "CSV" if suffix in _SUFFIXES else suffix.removeprefix(".").capitalize()
    values = {"names": names, "norwegian": norwegian, "format": kind}
    raise UnreadableFile(Problem(code="csv_pair_missing", place=Place(file=path), values=values))


def _in_folder(folder: Path) -> list[File]:
    """Take the sheets that lie in a folder, where they are of one map."""
    try:
        there = sorted(one for one in folder.iterdir() if one.suffix.lower() in _SUFFIXES)
    except OSError:
        there = []
    sheets = [one for one in there if not is_about(one.name)]
    if len(sheets) not in {1, 2}:
        values = {"n": len(sheets), "names": [one.name for one in sheets[:6]]}
        code = "folder_of_many" if sheets else "folder_without_tables"
        raise UnreadableFile(Problem(code=code, place=Place(file=str(folder)), values=values))
    return [File(str(one)) for one in [*sheets, *(one for one in there if one not in sheets)]]


def grids(file: File) -> list[Grid]:
    """Read the cells of a file, whatever its headings are."""
    source = file.text(fallback="cp1252")
    return [grid(file.name, source, _widest(source))]


def _widest(source: str) -> str:
    """Tell the delimiter by which one takes the first rows apart equally, and into most cells."""

    def apart(delimiter: str) -> tuple[float, int]:
        start = itertools.islice(_records(source, delimiter), 12)
        try:
            widths = [len(row) for row in start if row]
        except csv.Error:
            return 0, 0
        most = max(widths, key=lambda width: (width > 1, widths.count(width)), default=0)
        return (widths.count(most) / len(widths), most) if most > 1 else (0, 0)

    return max(_DELIMITERS[:3], key=apart)


def grid(name: str, source: str, delimiter: str | None = None) -> Grid:
    """Read a text into rows of cells."""
    delimiter = delimiter or delimiter_of(source)
    found, problems = _rows(name, source, delimiter)
    if problems and '\\"' in source:  # other tools put a backslash before a quotation mark
        mended, left = _rows(name, source.replace('\\"', '""'), delimiter)
        found, problems = (mended, left) if not left else (found, problems)
    if problems:
        raise InvalidMap(problems)
    if not found:
        raise InvalidMap(Problem(code="empty_file", place=Place(file=name)))
    return Grid(name, None, found)


_MOST_FAULTS = 30
"""How many faulty rows of a file are told."""


def _rows(
    name: str, source: str, delimiter: str
) -> tuple[list[tuple[int, list[Any]]], list[Problem]]:
    """Return the rows that are not blank, and which cannot be read; further ones still can."""
    with suppress(csv.Error):
        records = _records(source, delimiter)
        if len(source) > _LONG:
            records = _shared(records)
        return _told(enumerate(records, start=1)), []
    found: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    reader, last = _records(source, delimiter), 0
    while len(problems) < _MOST_FAULTS:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            unclosed = "unexpected end" in str(error) or "field larger" in str(error)
            code = "csv_quote" if unclosed else "csv_syntax"
            problems.append(Problem(code=code, place=Place(file=name, row=last + 1)))
            if unclosed:
                break
            row = []
        last += 1
        found.append((last, row))
    return _told(found), problems


_LONG = 1 << 22
"""Letters of a text whose equal cells are to be held once."""


def _shared(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    cells_: dict[str, str] = {}
    for row in rows:
        yield [cells_.setdefault(cell, cell) for cell in row]


def _told(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[Any]]]:
    """Return the rows that say something."""
    # Excel's line about the sign is none of the table.
    return [
        (number, row)
        for number, row in rows
        if any(map(str.strip, row)) and not (number == 1 and _is_about_sign(row))
    ]


def _is_about_sign(row: Sequence[str]) -> bool:
    return re.fullmatch("sep=.?", next(filter(None, map(str.strip, row)))) is not None


def _stated(grid: Grid) -> list[tuple[int, str, str]]:
    """Return the rows about the map: number, field, value."""
    found = []
    for number, row in grid.rows:
        name, value = ([cell.strip() for cell in row] + [""])[:2]
        if (name, value) != HEADINGS and value:
            found.append((number, name, value))
    return found


def _records(source: str, delimiter: str) -> Iterator[list[str]]:
    """Return the rows of a text; it goes on after one that cannot be read."""
    if delimiter == " ":  # columns of a plain text, set apart by any white space
        source, delimiter = re.sub(r"[^\S\n]+", "\t", source), "\t"
    return csv.reader(
        io.StringIO(source, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )


def delimiter_of(source: str) -> str:
    """Tell the delimiter by which one gives headings that are known, else the most columns."""
    start = source.lstrip("\ufeff \n\r")
    if found := re.match("sep=(.)\r?\n", start):
        return found.group(1)
    lines = [line for line in start[:4000].split("\n")[:12] if line.strip()]
    known_to = [headings.ACTORS, headings.TIES]

    def known(delimiter: str) -> tuple[int, int]:
        best = 0
        for line in lines:
            parts = [part.strip().strip('"') for part in line.rstrip("\r").split(delimiter)]
            fields = [{headings.field_of(table, part) for part in parts} for table in known_to]
            best = max(best, *(len(one - {None}) for one in fields))
        return best, min((line.count(delimiter) for line in lines), default=0)

    best = max(_DELIMITERS, key=known)
    if known(best)[1] == 0 and known(best)[0] < 2 and lines:  # noqa: PLR2004 - one heading is no table
        counts = {len(line.split()) for line in lines}
        if len(counts) == 1 and counts.pop() > 1:
            return " "
    return best


# --- writing


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write CSV files that Excel opens as they are."""
    names = names_of(Path(path))
    files = {names[table]: _text(kart, table, names[table]).encode("utf-8-sig") for table in names}
    return carried(kart, Dumped(files), path, load, what="CSV")


def names_of(path: Path, suffixes: Sequence[str] = _SUFFIXES) -> dict[str, str]:
    """Name the files after one of them, or after their common name."""
    stem = re.sub("[_ -]map$", "", unicodedata.normalize("NFC", path.stem))
    base, language = f"{stem}_", 0
    for endings in ENDINGS.values():
        for index, ending in enumerate(endings):
            if stem.casefold().endswith(ending):
                base, language = stem[: -len(ending)], index
    words = {table: endings[language] for table, endings in ENDINGS.items()} | {"map": "map"}
    suffix = path.suffix.lower() if path.suffix.lower() in suffixes else suffixes[0]
    return {table: str(path.with_name(f"{base}{word}{suffix}")) for table, word in words.items()}


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
    tabs = Path(file).suffix.lower() in _SUFFIXES[1:]
    delimiter = "\t" if tabs else "," if lang == "en" else ";"
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return stream.getvalue()


def _heading(kart: ActorMap, table: str, name: str, lang: str) -> str:
    heading = headings.written(rows.FIELDS[table], name, lang)
    if name != "strength" or kart.strength_scale == USUAL:
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
