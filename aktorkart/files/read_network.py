"""A network from a file, frames or a graph, without the map in between where it can be done."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from aktorkart.files.by_columns import Fields, fields_of_draft, fields_of_plain, network_of
from aktorkart.files.coded import column_of
from aktorkart.files.load import are_paths, loaded
from aktorkart.files.read import files_of
from aktorkart.files.sheets import Reading
from aktorkart.network.network import Network
from aktorkart.paused import collector_paused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aktorkart.files.decoding import File
    from aktorkart.files.formats import Format


def read_network(  # noqa: PLR0913 - one set of options for every table of others
    source: Any,
    *,
    format: str | None = None,  # noqa: A002
    directed: bool | None = None,
    columns: Mapping[str, str] | None = None,
    weights: str = "auto",
    repair: bool = False,
    count: bool = False,
) -> Network:
    r"""Read the network of a map, for what is too large to be looked at actor by actor.

    It is the network that ``ak.measures(ak.read(source))`` works on, with the same problems at
    the same places. Parquet, Feather, CSV, JSON and frames go into it by their columns, without
    an object for each actor and tie, as long as nothing in them has to be settled or corrected.

    Parameters
    ----------
    source : path, pair of paths, pair of data frames, data frame, graph or matrix
        As in `load`.
    format : str, optional
        What a file is, where neither ending nor content says so.
    directed, columns, weights, repair, count
        How other people's tables are read: as in `read`.

    Returns
    -------
    Network
        The channels as arrays: ties in force that work and are no conflicts. `measures` takes
        it as it takes a map. What was decided in reading is not said; `load` says it.

    Raises
    ------
    InvalidMap
        With everything that is wrong, each with its place.
    UnreadableFile
        If a file is missing, closed to us or not what it should be.
    UnsupportedFile
        If the format is not read.
    UnknownName
        If ``columns`` names no field of an actor or a tie.
    WrongArgument
        If it is none of these, or an option is none.
    MissingExtra
        If it takes narwhals or pyarrow, and they are not installed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "samarbeid.csv")
    ...     path.write_text("Fra;Til;Styrke\nNAV;DPS;4\nDPS;BUP;2\n", "utf-8")
    ...     network = read_network(path)
    35
    >>> network, network.ids
    (Network(3 actors, 4 arcs, undirected), ('BUP', 'DPS', 'NAV'))
    """
    reading = Reading(directed, columns or {}, weights, repair=repair, count=count)
    found = _by_columns(source, format, reading)
    return Network.from_map(loaded(source, format, reading).kart) if found is None else found


@collector_paused()
def _by_columns(source: Any, format: str | None, reading: Reading) -> Network | None:  # noqa: A002
    """Make a network of columns; None for what has none, or takes a closer look."""
    fields = _fields(source, format, reading)  # and the tables themselves are gone
    if fields is None:
        return None
    if arrow := sys.modules.get("pyarrow"):  # it keeps what they took, as if it read more
        arrow.default_memory_pool().release_unused()
    return network_of(fields)


def _fields(source: Any, format: str | None, reading: Reading) -> Fields | None:  # noqa: A002
    if isinstance(source, (str, os.PathLike)) or are_paths(source):
        known, files = files_of(source, format=format)
        return _of_files(known, files, reading)
    if not isinstance(source, (tuple, list)):
        if not hasattr(source, "columns") or hasattr(source, "index"):
            return None  # a matrix has names over its columns and in its index
        source = (None, source)
    return _of_frames(source, reading) if len(source) == 2 else None  # noqa: PLR2004 - actors and ties


def _of_files(known: Format, files: Sequence[File], reading: Reading) -> Fields | None:
    if known.name == "json":
        from aktorkart.files.json import read_own

        content = read_own(files[0])
        if content is None:
            return None
        del content["aktorkart"]
        return fields_of_plain(content, directed=reading.directed)
    if known.name == "csv":
        from aktorkart.files.csv import draft_of
        from aktorkart.files.csv_columns import draft_of_columns

        draft, cells_of = draft_of_columns(files, reading) or (draft_of(files, reading), None)
        return fields_of_draft(draft, cells_of, reading)
    if known.name == "parquet":
        from aktorkart.files.parquet import files_of as ordered
        from aktorkart.files.parquet import tables_of

        return _of_frames(tables_of(files), reading, ordered(files))
    return None


def _of_frames(
    source: Sequence[Any], reading: Reading, files: Sequence[File] = ()
) -> Fields | None:
    from aktorkart.files.frames import draft_of_frames, frame_of

    draft = draft_of_frames(*source, files=files, headings_only=True)
    pairs = zip(("actors", "ties"), source, strict=True)
    frames = {table: frame_of(table, frame) for table, frame in pairs if frame is not None}
    return fields_of_draft(draft, {table: _cells_of(frames[table]) for table in frames}, reading)


def _cells_of(frame: Any) -> Callable[[int], Any]:
    return lambda place: column_of(frame.get_column(frame.columns[place]))
