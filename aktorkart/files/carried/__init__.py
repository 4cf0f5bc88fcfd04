"""Pictures, pages and documents that carry the map that they were made of.

A figure that is found in a report years later can be opened again: ``read("kart.svg")``. The map
is the text of its YAML file, as it was shown: with roles where names were hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from aktorkart.errors import Place, Problem, UnsupportedFile
from aktorkart.files.carried.taking import taken
from aktorkart.files.decoding import File
from aktorkart.files.yaml import load as load_yaml
from aktorkart.i18n import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.formats import Loaded
    from aktorkart.files.sheets import Reading
    from aktorkart.model import ActorMap


def told(maps: Sequence[ActorMap], lang: str) -> str:
    """Say that a map is in the file: of several, the latest."""
    return text("common.last_map_in_file" if len(maps) > 1 else "common.map_in_file", lang)


def load(file: File, *, reading: Reading | None = None) -> Loaded:
    """Read the map that a file carries; of an attachment there is only the text, nothing runs."""
    # Places in the map are lines of its own text.
    return load_yaml(File(f"{file.name}#kart.yaml", taken(file)), reading=reading)


def dump(_: ActorMap, path: str) -> NoReturn:
    """Say how a map comes into such a file."""
    raise UnsupportedFile(Problem(code="carried_is_drawn", place=Place(file=path)))
