"""A pair of CSV files, one of actors and one of ties, as spreadsheets read and write them."""

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

from aktorkart.errors import AktorkartError, InvalidMap, Place, Problem, UnreadableFile
from aktorkart.files import cells, headings, rows
from aktorkart.files.decoding import File, neighbours
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap, KindSpec, Tie, vocabulary

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
    """One of the two files."""

    table: str
    name: str
    columns: rows.Columns | None = None
    items: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    heading_row: int = 1
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, row: int | None, heading: str | None = None, **values: Any) -> None:
        place = Place(file=self.name, row=row, field=heading)
        self.problems.append(Problem(code=code, place=place, values=values))


def load(actors: File, ties: File) -> Loaded:
    """Read a pair of CSV files."""
    sheets: list[_Sheet] = []
    unreadable: list[Problem] = []
    for table, file in (("actors", actors), ("ties", ties)):
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
    """Find both files, of actors and of ties, from one of them or from their common name."""
    given = Path(path)
    stem = _plain_name(given.stem)
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
        return [File(pair["actors"]), File(pair["ties"])]
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


def _map(actors: _Sheet, ties: _Sheet, *, own: bool = False) -> Loaded:
    """Build the map of two sheets; ``own`` for what we wrote ourselves."""
    problems = [*actors.problems, *ties.problems]
    content: dict[str, Any] = {"actors": actors.items, "ties": ties.items}
    if ties.columns is not None:
        content["strength_scale"] = ties.columns.scale()
    # Without ids nothing can be said of who is on the map.
    lacking = {problem.code for problem in actors.problems} & {"csv_no_column", "empty_file"}
    if lacking:
        raise InvalidMap(problems)
    notes = []
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
            notes.append(
                Problem(code="kinds_declared", place=Place(file=table.name), values=values)
            )
    if not any(problem.code == "csv_no_column" for problem in ties.problems):
        try:
            kart = ActorMap(**content)
        except InvalidMap as error:
            problems += [_placed(problem, actors, ties) for problem in error.problems]
        else:
            if not problems:
                return Loaded(kart, tuple(notes))
    order = [actors.name, ties.name]
    raise InvalidMap(
        sorted(problems, key=lambda one: (order.index(str(one.place.file)), one.place.row or 0))
    )


def _near(kind: str, section: str) -> bool:
    known = vocabulary.KINDS if section == "kinds" else vocabulary.TIE_KINDS
    prefix = section.removesuffix("s")
    names = {text(f"{prefix}.{word}", lang).casefold() for word in known for lang in LANGUAGES}
    # Stricter than for a guess: here being near is what makes it wrong.
    return bool(difflib.get_close_matches(kind.casefold(), names | set(known), n=1, cutoff=0.8))


def _placed(problem: Problem, actors: _Sheet, ties: _Sheet) -> Problem:
    """Turn the way inside the map into file, row and column."""
    path = problem.place.path
    sheet = ties if path[:1] in {("ties",), ("strength_scale",), ("tie_kinds",)} else actors
    row = heading = None
    if len(path) > 1 and path[0] == sheet.table and isinstance(path[1], int):
        row = sheet.numbers[path[1]]
        heading = sheet.columns.heading(path[2:]) if sheet.columns is not None else None
    place = Place(file=sheet.name, row=row, field=heading, path=path)
    return dataclasses.replace(problem, place=place)


# --- writing


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a pair of CSV files that Excel opens as they are."""
    texts = {table: _text(kart, table) for table in ENDINGS}
    names = _pair_names(Path(path))
    files = {names[table]: content.encode("utf-8-sig") for table, content in texts.items()}
    lost = _lost(kart, texts)
    values = {"fields": lost, "n": len(lost)}
    note = Problem(code="csv_not_carried", place=Place(file=path), values=values)
    return Dumped(files, (note,) if lost else ())


def _pair_names(path: Path) -> dict[str, str]:
    """Name both files after one of them, or after their common name."""
    stem = unicodedata.normalize("NFC", path.stem)
    base, language = f"{stem}_", 0
    for endings in ENDINGS.values():
        for index, ending in enumerate(endings):
            if stem.casefold().endswith(ending):
                base, language = stem[: -len(ending)], index
    return {
        table: str(path.with_name(f"{base}{endings[language]}.csv"))
        for table, endings in ENDINGS.items()
    }


def _text(kart: ActorMap, table: str) -> str:
    lang = kart.lang or LANGUAGES[0]
    items: Sequence[Actor | Tie] = kart.actors if table == "actors" else kart.ties
    fields, tags = rows.used(table, items), rows.tags(items)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="," if lang == "en" else ";", lineterminator="\r\n")
    names = [_heading(kart, table, name, lang) for name in fields]
    writer.writerow([*names, *(cells.write_text(rows.tag_heading(table, tag)) for tag in tags)])
    for item in items:
        row = [_cell(name, item, lang) for name in fields]
        row += [cells.write_tag(item.tags[tag], lang) if tag in item.tags else "" for tag in tags]
        writer.writerow(row)
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
    value = getattr(item, name)
    if value is None or value == type(item).model_fields[name].default:
        return ""
    if isinstance(value, bool):
        return text("common.yes" if value else "common.no", lang)
    if isinstance(value, float):
        return cells.write_number(value, lang)
    if name == "changed_practice":
        # An id with a bar would be read as two that are nobody's: it is left out, and said so.
        value = tuple(id_ for id_ in value if "|" not in id_)
    return cells.write_text("|".join(value) if isinstance(value, tuple) else value)


def _lost(kart: ActorMap, texts: dict[str, str]) -> list[str]:
    """List the fields that differ when what was written is read again."""
    sheets = [_read_sheet(table, table, content) for table, content in texts.items()]
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
