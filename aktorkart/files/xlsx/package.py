"""What a workbook's cells alone do not say: what is hidden, merged, wrong or never calculated.

A workbook is a zip of XML. It is looked through before its cells are read, with as little work as
the question takes: most sheets have nothing of the kind, and a search for a word tells.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from posixpath import normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MOST_BYTES = 400_000_000
"""A workbook that unpacks to more is refused: it fills the memory of a small machine."""

MOST_CELLS = 30_000_000
"""So many cells between the first and the last is a slip, or worse."""

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"')
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,9})"[^>]*[^/]>')
_BARE = re.compile(rb"<(?:\w+:)?c(?![^>]*\br=)[\s>]")
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[A-Z]{0,2}[0-9]{5})')
_TELLING = (b' hidden="', b' t="e"', b"<f", b":f", b"mergeCell")


@dataclass
class Inside:
    """What was found in the XML of a sheet.

    Parameters
    ----------
    hidden : set of int
        Numbers of the rows that are not shown.
    merged : list of (int, int, int)
        Column from 0, first and last row of cells that were made one across rows.
    wrong, unknown : list of str
        Cells with an error, and those with a formula that was never calculated.
    commented : list of str
        Cells that somebody has written a comment beside.
    """

    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    commented: list[str] = field(default_factory=list)


class TooLarge(Exception):  # noqa: N818 - a question answered, told in words by the reader
    """It would not fit in memory."""


def inside(data: bytes) -> dict[str, Inside]:
    """Look through the sheets of a workbook, by their names; empty for what is no xlsx.

    What is wrong with the zip or its XML raises what their readers raise.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        if sum(one.file_size for one in book.infolist()) > MOST_BYTES:
            raise TooLarge
        found = {}
        for name, part in _parts(book).items():
            found[name] = _sheet(book.read(part))
            found[name].commented = [*_commented(book, part)]
        return found


def _parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the zip that each sheet is."""
    there = set(book.namelist())
    if "xl/workbook.xml" not in there:
        return {}
    targets: dict[str | None, str] = {}
    for one in _parsed(book.read("xl/_rels/workbook.xml.rels")):
        target = one.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[one.get("Id")] = path
    found = {}
    for one in _parsed(book.read("xl/workbook.xml")).iter():
        if _local(one) == "sheet":
            ids = [value for name, value in one.attrib.items() if name.endswith("}id")]
            part = targets.get(ids[0]) if ids else None
            if part is not None and part in there:
                found[str(one.get("name"))] = part
    return found


def _commented(book: zipfile.ZipFile, part: str) -> Iterator[str]:
    """Find the cells of a sheet that have a comment beside them."""
    folder, _, name = part.rpartition("/")
    there = {*book.namelist()}
    beside = f"{folder}/_rels/{name}.rels"
    for one in _parsed(book.read(beside)) if beside in there else ():
        if one.get("Type", "").endswith("/comments"):
            target = one.get("Target", "")
            path = target.lstrip("/") if target[:1] == "/" else normpath(f"{folder}/{target}")
            for element in _elements(book.read(path)) if path in there else ():
                if _local(element) == "comment" and element.get("ref"):
                    yield str(element.get("ref"))


def _parsed(data: bytes) -> Element:
    from defusedxml.ElementTree import fromstring

    root: Element = fromstring(data)
    return root


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _sheet(data: bytes) -> Inside:
    _measure(data)
    found = Inside()
    if not any(sign in data for sign in _TELLING):
        return found
    for one in _elements(data):
        match _local(one):
            case "row":
                if one.get("hidden") in {"1", "true"}:
                    found.hidden.add(int(one.get("r", "0")))
                one.clear()
            case "c":
                _look_at(one, found)
            case "mergeCell":
                _merge(one.get("ref", ""), found)
    return found


def _elements(data: bytes) -> Iterator[Element]:
    from defusedxml.ElementTree import iterparse

    for _, one in iterparse(io.BytesIO(data), events=("end",)):
        yield one


def _look_at(cell: Element, found: Inside) -> None:
    """Tell whether a cell has no value that can be used, although it looks as if it had."""
    address = cell.get("r")
    if address is None:
        return
    if cell.get("t") == "e":
        found.wrong.append(address)
        return
    parts = {_local(part): part for part in cell}
    value = parts.get("v")
    if "f" in parts and (value is None or not (value.text or cell.get("t") == "str")):
        found.unknown.append(address)


def _merge(ref: str, found: Inside) -> None:
    ends = re.fullmatch(r"([A-Z]{1,3})(\d{1,9}):[A-Z]{1,3}(\d{1,9})", ref)
    if ends is not None and ends[2] != ends[3]:
        found.merged.append((place_of(ends[1]), int(ends[2]), int(ends[3])))


def place_of(name: str) -> int:
    """Return the place of a column by its letters: 0 for A."""
    place = 0
    for letter in name:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def _measure(data: bytes) -> None:
    """Refuse a sheet with a cell so far out that all between would fill the memory."""
    placed = data.count(b' r="') >= data.count(b"<row") + data.count(b"<c ") + data.count(b"<c>")
    if placed and b":c" not in data and _FAR.search(data) is None:
        return  # fewer than 10 000 rows of cells that all say where they are
    rows = max((int(found[1]) for found in _ROW.finditer(data)), default=0)
    columns = 0
    for found in _FILLED.finditer(data):
        columns = max(columns, place_of(found[1].decode()) + 1)
        rows = max(rows, int(found[2]))
    if rows * data.count(b"<") > MOST_CELLS and _BARE.search(data) is not None:
        # Cells that do not say where they are stand side by side.
        columns = max(columns, *(row.count(b"<") for row in re.split(rb"</(?:\w+:)?row>", data)))
    if rows * columns > MOST_CELLS:
        raise TooLarge
