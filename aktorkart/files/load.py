"""A map from a file, frames or a graph, with what is to be said about the reading."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from aktorkart.files.making import made
from aktorkart.files.read import load_files
from aktorkart.files.sheets import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.files.formats import Loaded


def load(  # noqa: PLR0913 - one set of options for every table of others
    source: Any,
    *,
    format: str | None = None,  # noqa: A002
    directed: bool | None = None,
    columns: Mapping[str, str] | None = None,
    weights: str = "auto",
    repair: bool = False,
    count: bool = False,
) -> Loaded:
    r"""Make a map of what there is, and tell what was decided on the way.

    Parameters
    ----------
    source : path, pair of paths, pair of data frames, data frame, graph or matrix
        A file or folder, or both files of a map; a frame of actors and one of ties, or of ties
        alone; a graph of networkx or igraph; a square matrix of numpy or scipy, or a frame
        with the same names over its columns and in its index: zero is no tie, the diagonal is
        left out, and cells that differ each way are two ties.
    format : str, optional
        What a file is, where neither ending nor content says so.
    directed, columns, weights, repair, count
        How other people's tables are read: as in `read`.

    Returns
    -------
    Loaded
        ``kart``, the map, and ``notes``, each with a code, a place and a text in four
        languages; nothing is warned of.

    Raises
    ------
    InvalidMap
        With everything that is wrong, each with its place.
    UnreadableFile
        If a file is missing, closed to us or not text.
    UnsupportedFile
        If the format is not read.
    UnknownName
        If ``columns`` names no field of an actor or a tie.
    WrongArgument
        If it is none of these, or an option is none.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "samarbeid.csv")
    ...     path.write_text("Fra;Til\nNAV;DPS\nDPS;NAV\n", "utf-8")
    ...     loaded = load(path)
    24
    >>> loaded.kart, [note.code for note in loaded.notes]
    (ActorMap(2 actors, 1 tie), ['actors_from_ties', 'returns_joined'])
    """
    reading = Reading(directed, columns or {}, weights, repair=repair, count=count)
    return loaded(source, format, reading)


def loaded(source: Any, format: str | None, reading: Reading) -> Loaded:  # noqa: A002
    """Make a map of what there is, read as it is said to be."""
    if isinstance(source, (str, os.PathLike)) or are_paths(source):
        return load_files(source, format=format, reading=reading)
    if isinstance(source, (tuple, list)) and len(source) == 2:  # noqa: PLR2004 - actors and ties
        from aktorkart.files.frames import draft_of_frames

        return made(draft_of_frames(*source), reading)
    from aktorkart.files.objects import draft_of_object

    return made(draft_of_object(source), reading)


def are_paths(source: Any) -> bool:
    """Tell whether it is several paths."""
    return (
        isinstance(source, (tuple, list))
        and bool(source)
        and all(isinstance(one, (str, os.PathLike)) for one in source)
    )
