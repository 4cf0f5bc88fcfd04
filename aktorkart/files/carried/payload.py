"""What is carried, and what it is called where it lies."""

from __future__ import annotations

import binascii
import zlib
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from aktorkart.files.yaml.writing import to_yaml

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

    Buffer = bytes | memoryview

MARK = "aktorkart-map"
"""Name of the element, of the field in a PNG, and of the block in a page."""

NAMESPACE = "urn:aktorkart"
ATTACHED = "kart.yaml"
MIME = "application/yaml"

OURS = b"aktorkart: "
"""How the text of a map begins."""

MOST_BYTES = 100_000_000
"""A map that unpacks to more is refused: it fills the memory of a small machine."""


class Damaged(Exception):  # noqa: N818 - said in words by the reader
    """There is something where the map should be, and it is not whole."""


class TooLarge(Exception):  # noqa: N818 - as above
    """It would not fit in memory."""


def plain(kart: ActorMap) -> bytes:
    """Return a map as its own file has it."""
    return to_yaml(kart).encode()


def packed(kart: ActorMap) -> str:
    """Return a map small, and in letters that mean nothing to XML, HTML or PNG."""
    return b64encode(zlib.compress(plain(kart), 9)).decode()


def unpacked(words: bytes) -> bytes:
    """Return what was packed."""
    try:
        return inflated(b64decode(b"".join(words.split()), validate=True))
    except binascii.Error:
        raise Damaged from None


def beginning(data: Buffer) -> bytes | None:
    """Return how something compressed begins, as long as ours does; None if it is not."""
    try:
        # What is not looked at would be copied.
        return zlib.decompressobj().decompress(data[:1000], len(OURS))
    except zlib.error:
        return None


def inflated(data: Buffer) -> bytes:
    """Decompress what lies at the beginning of some bytes, whole and not without end."""
    stream = zlib.decompressobj()
    try:
        found = stream.decompress(data, MOST_BYTES)
    except zlib.error:
        raise Damaged from None
    if not stream.eof:
        raise TooLarge if len(found) >= MOST_BYTES else Damaged
    return found
