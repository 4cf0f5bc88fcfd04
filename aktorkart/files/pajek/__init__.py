"""Networks of Pajek, read and written: ``*Vertices``, ``*Arcs``, ``*Edges`` and their relatives.

Pajek knows a vertex by its number, and so do we: two of the same label are two. In a file of
our own, lines of comment hold the ids and what the map says of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.files.drafted import carried
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.making import made
from aktorkart.files.pajek.reading import draft
from aktorkart.files.pajek.writing import written
from aktorkart.files.plainly import plainly

if TYPE_CHECKING:
    from aktorkart.files.decoding import File
    from aktorkart.files.sheets import Reading
    from aktorkart.model import ActorMap


def load(file: File, reading: Reading | None = None) -> Loaded:
    """Read a network."""
    return made(draft(file), reading)


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a network, each kind of tie a relation where there are several."""
    ties, notes = plainly(kart, path)
    text = "\n".join(written(kart, ties)) + "\n"
    # Pajek takes a file as UTF-8 where its mark says so.
    data = text.encode("utf-8" if text.isascii() else "utf-8-sig")
    return carried(kart, Dumped({path: data}, tuple(notes)), path, load, what="Pajek")
