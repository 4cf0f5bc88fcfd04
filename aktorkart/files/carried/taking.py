"""The map taken out of the files that carry it: looked for, never run, and never without end."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from aktorkart.errors import Place, Problem, UnreadableFile
from aktorkart.files.carried.payload import (
    MARK,
    MOST_BYTES,
    OURS,
    Damaged,
    TooLarge,
    beginning,
    inflated,
    unpacked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.files.decoding import File

_MARK = MARK.encode()
_PNG = b"\x89PNG\r\n\x1a\n"
_NUMBER = 4  # bytes

# Programs that save a drawing anew may name the namespace in another way.
_ELEMENT = re.compile(
    rb"<(?:(?:[\w.-]{1,40}:)?%b\b|script\b[^<>]{0,200}\bid=[\"']?%b\b)[^<>]{0,400}>([^<]*)(<|\Z)"
    % (_MARK, _MARK)
)
_STREAM = re.compile(rb"/Type\s*/EmbeddedFile\b(?:(?!endobj).){0,1000}?stream\r?\n", re.DOTALL)

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, LookupError),
    *(NotImplementedError, OSError, RuntimeError, ValueError),
)
"""What is raised of a zip that is none, is broken or is locked."""


def taken(file: File) -> bytes:
    """Return the text of the map that a file carries."""
    data = file.data()
    if data.startswith(_PNG):
        found = _of_png(data)
    elif data.startswith(b"PK"):
        found = _of_word(data)
    elif data.lstrip().startswith(b"%PDF"):
        found = _of_pdf(data)
    else:
        found = _of_text(data)
    code = "carries_no_map"
    try:
        content = next(found, None)
        if content is not None:
            return content
    except TooLarge:
        code = "carried_too_large"
    except (Damaged, *_BROKEN):
        code = "carried_damaged"
    raise UnreadableFile(Problem(code=code, place=Place(file=file.name)))


def _of_text(data: bytes) -> Iterator[bytes]:
    """Look for our element in an SVG, a page or a part of a Word file."""
    for found in _ELEMENT.finditer(data):
        if not found[2]:
            raise Damaged  # it ends in the middle
        yield unpacked(found[1])


def _of_png(data: bytes) -> Iterator[bytes]:
    """Look for our field among those of texts, before the picture or behind it."""
    at = len(_PNG)
    kind = b""
    while at < len(data) and kind != b"IEND":
        length = int.from_bytes(data[at : at + _NUMBER])
        kind = data[at + _NUMBER : at + 2 * _NUMBER]
        begin = at + 2 * _NUMBER
        at = begin + length + _NUMBER
        content, check = data[begin : begin + length], data[begin + length : at]
        key, _, words = content.partition(b"\0")
        if kind not in {b"tEXt", b"zTXt", b"iTXt"} or key != _MARK:
            continue
        if int.from_bytes(check) != zlib.crc32(kind + content) or at > len(data):
            raise Damaged
        yield unpacked(_words(kind, words))


def _words(kind: bytes, content: bytes) -> bytes:
    """Return a text of a PNG without what says how it is written."""
    if kind == b"tEXt":
        return content
    if kind == b"zTXt":
        return inflated(content[1:])
    squeezed, rest = content[:1] == b"\1", content[2:]
    *_, words = rest.split(b"\0", 2)  # language, and the name in it
    return inflated(words) if squeezed else words


def _of_pdf(data: bytes) -> Iterator[bytes]:
    """Look through what is attached for the text of a map.

    A stream stands by itself in every PDF, however the rest is packed, and says where it ends.
    """
    for found in _STREAM.finditer(data):
        begin = found.end()
        content = memoryview(data)[begin:]
        if data.startswith(OURS, begin):
            yield data[begin : data.find(b"endstream", begin)]
        elif beginning(content) == OURS:
            yield inflated(content)


def _of_word(data: bytes) -> Iterator[bytes]:
    """Look through the data that a Word file has beside its text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for one in package.infolist():
            if one.filename.startswith("customXml/item"):
                if one.file_size > MOST_BYTES:
                    raise TooLarge
                yield from _of_text(package.read(one))
