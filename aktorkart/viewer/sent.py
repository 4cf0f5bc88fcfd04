"""A map as a page sends it back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from aktorkart.errors import InvalidMap, Place
from aktorkart.files.decoding import File
from aktorkart.files.json import read_json
from aktorkart.files.plain import from_plain

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def map_sent(data: bytes) -> ActorMap:
    """Read a map in our own JSON; what is wrong is placed by fields, since nobody sees lines."""
    try:
        content, walk, problems = read_json(File("", data).text(), name="")
        return from_plain(content, cache(walk), problems, name="").kart
    except InvalidMap as error:
        raise InvalidMap(
            replace(one, place=Place(path=one.place.path)) for one in error.problems
        ) from None
