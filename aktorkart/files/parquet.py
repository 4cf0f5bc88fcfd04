"""Parquet and Feather: the two frames of a map as files, or a table of ties alone.

They hold what frames of pyarrow hold: the columns of :func:`to_frames`, and what the map says
beside them in their schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aktorkart.errors import MissingExtra, Place, Problem, UnreadableFile
from aktorkart.files.csv import find as find_tables
from aktorkart.files.csv import name_tables, names_of
from aktorkart.files.drafted import carried
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.frames import draft_of_frames, to_frames
from aktorkart.files.making import made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.decoding import File
    from aktorkart.files.sheets import Reading
    from aktorkart.model import ActorMap

SUFFIXES = (".parquet", ".arrow", ".feather")


def load(*files: File, reading: Reading | None = None) -> Loaded:
    """Read a table of actors and one of ties, or ties alone."""
    return made(draft_of_frames(*tables_of(files), files=files_of(files)), reading)


def find(path: str) -> list[File]:
    """Find the two files from one of them or from their common name."""
    return find_tables(path, SUFFIXES)


def files_of(files: Sequence[File]) -> list[File]:
    """Return the files, that of actors first."""
    said = name_tables([file.name for file in files])
    return [*files][::-1] if said[:1] == ["ties"] else [*files]


def tables_of(files: Sequence[File]) -> list[Any]:
    """Read the tables of actors and of ties; None for actors where only ties are there."""
    tables = [_table(file) for file in files_of(files)]
    return [None, *tables] if len(tables) == 1 else tables


def _table(file: File) -> Any:
    pa = _pyarrow()
    from pyarrow import feather, parquet  # type: ignore[import-untyped]

    data = file.data()
    try:
        if data[:4] == b"PAR1":
            few = _words_of_few(parquet.ParquetFile(pa.BufferReader(data)))
            return parquet.read_table(pa.BufferReader(data), read_dictionary=few)
        return feather.read_table(pa.BufferReader(data))
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).partition("\n")[0][:200]
        place = Place(file=file.name)
        raise UnreadableFile(
            Problem(code="cannot_read", place=place, values={"reason": reason})
        ) from None


def _words_of_few(file: Any) -> list[str]:
    """Name the columns of texts whose cells take up to a byte each, so that each text comes once.

    They are a few texts that stand there again and again, and millions of them are not made.
    """
    known, schema = file.metadata, file.schema_arrow
    if known.num_columns != len(schema):
        return []  # some columns hold several
    groups = [known.row_group(number) for number in range(known.num_row_groups)]
    return [
        field.name
        for place, field in enumerate(schema)
        if str(field.type) in {"string", "large_string"}
        and sum(group.column(place).total_uncompressed_size for group in groups) <= known.num_rows
    ]


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write the two frames of a map."""
    pa = _pyarrow()
    from pyarrow import feather, parquet

    names = names_of(Path(path), SUFFIXES)
    files = {}
    for name, table in zip(
        (names["actors"], names["ties"]), to_frames(kart, backend="pyarrow"), strict=True
    ):
        sink = pa.BufferOutputStream()
        if name.endswith(SUFFIXES[0]):
            parquet.write_table(table, sink)
        else:
            feather.write_feather(table, sink)
        files[name] = sink.getvalue().to_pybytes()
    return carried(kart, Dumped(files), path, load, what="Parquet")


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        values = {"feature": "pyarrow", "command": "pip install aktorkart[frames]"}
        raise MissingExtra(Problem(code="missing_extra", values=values)) from None
    return pa
