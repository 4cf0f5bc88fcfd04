"""A map as a workbook: actors, ties, and what the map is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, UnwritableFile
from aktorkart.files import about, headings, rows, words
from aktorkart.files.drafted import carried
from aktorkart.files.formats import Dumped
from aktorkart.files.xlsx.book import MOST_ROWS, Book
from aktorkart.files.xlsx.own import sheet_name, written_tag
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model.scales import SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import Actor, ActorMap, Tie

_MORE = 200
"""So many rows below the last have drop-downs too."""

_NARROWEST, _WIDEST = 8, 45  # columns, in characters
_LOOKED_AT = 300  # rows that the width of a column is told from


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a workbook; the same map gives the same bytes."""
    from aktorkart.files.xlsx.reading import load

    lang = kart.lang or LANGUAGES[0]
    most = max(len(kart.actors), len(kart.ties)) + 1
    if most > MOST_ROWS:
        values = {"n": most, "most": MOST_ROWS}
        raise UnwritableFile(Problem(code="too_many_rows", place=Place(file=path), values=values))
    book = Book(path)
    for table, items in (("actors", kart.actors), ("ties", kart.ties)):
        _write(book, kart, table, items, lang)
    sheet = book.sheet(sheet_name("map", lang))
    for row, cells in enumerate([about.HEADINGS, *about.written(kart)]):
        for column, cell in enumerate(cells):
            book.put(sheet, row, column, cell, "heading" if row == 0 else "cell")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 60)
    data = book.data()
    return carried(kart, Dumped({path: data}), path, load, what="Excel")


def _write(book: Book, kart: ActorMap, table: str, items: Sequence[Actor | Tie], lang: str) -> None:
    fields, tags = rows.used(table, items), rows.tags(items)
    over = [heading(kart, table, name, lang) for name in fields]
    over += [rows.tag_heading(table, tag) for tag in tags]
    sheet = book.sheet(sheet_name(table, lang))
    sheet.freeze_panes(1, 1)
    columns = [[written(table, name, one, lang) for one in items] for name in fields]
    columns += [[written_tag(one.tags.get(tag)) for one in items] for tag in tags]
    for place, (head, column) in enumerate(zip(over, columns, strict=True)):
        book.put(sheet, 0, place, head, "heading")
        for row, cell in enumerate(column, start=1):
            if cell is not None:
                book.put(sheet, row, place, cell)
        widest = max((len(str(cell)) for cell in [head, *column[:_LOOKED_AT]]), default=0)
        sheet.set_column(place, place, min(max(widest + 2, _NARROWEST), _WIDEST))
    last = len(items) + _MORE
    for place, name in enumerate(fields):
        choices = choices_of(table, name, lang)
        if choices and name not in rows.LISTS:
            book.choose(sheet, (1, place, last, place), book.source(choices))
    if items:
        sheet.autofilter(0, 0, len(items), len(over) - 1)


def heading(kart: ActorMap, table: str, name: str, lang: str) -> str:
    """Return what stands over a column; over strengths their scale too."""
    head = headings.written(rows.FIELDS[table], name, lang)
    if name != "strength":
        return head
    if kart.strength_scale is None:
        return headings.COUNTS[LANGUAGES.index(lang)]
    low, high = kart.strength_scale
    return f"{head} ({low:g}–{high:g})"


def choices_of(table: str, name: str, lang: str) -> tuple[str, ...]:
    """Return the words that a column takes; none where it takes any."""
    if name in {"mutual", "needed"}:
        return text("common.yes", lang), text("common.no", lang)
    group = headings.group_of(table, name)
    return () if group is None else tuple(words.labels(group, lang).values())


def written(table: str, name: str, item: Actor | Tie, lang: str) -> Any:
    """Return the cell for a field: words in the language, numbers as numbers."""
    value = rows.held(item, name)
    if value is None or not rows.is_stated(item, name):
        return None
    if isinstance(value, bool):
        return text("common.yes" if value else "common.no", lang)
    if value == () and name in SUPPORTS:
        return text("common.none", lang)
    group = headings.group_of(table, name)
    said = words.labels(group, lang) if group is not None else {}
    if isinstance(value, tuple):
        # An id with a bar would be read as two that are nobody's: it is left out, and said so.
        kept = [one for one in value if name != "changed_practice" or "|" not in one]
        return "|".join(said.get(one, one) for one in kept) or None
    return said.get(value, value) if isinstance(value, str) else value
