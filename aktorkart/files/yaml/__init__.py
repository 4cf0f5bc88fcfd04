"""YAML: one file that people read and write, with a map's every field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.plain import from_plain
from aktorkart.files.yaml.reading import read_yaml
from aktorkart.files.yaml.writing import to_yaml

if TYPE_CHECKING:
    from aktorkart.files.decoding import File
    from aktorkart.files.sheets import Reading
    from aktorkart.model import ActorMap


def load(file: File, *, reading: Reading | None = None) -> Loaded:
    """Read a map."""
    source = file.text()
    content, spot, problems = read_yaml(source, name=file.name)
    directed = reading.directed if reading is not None else None
    return from_plain(content, spot, problems, name=file.name, directed=directed, source=source)


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a map."""
    return Dumped({path: to_yaml(kart).encode()})
