"""Read and write maps: YAML, JSON, a pair of CSV files, data frames."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from aktorkart.errors import Place, Problem, UnsupportedFile, guesses
from aktorkart.files.frames import from_frames, to_frames
from aktorkart.files.reading import Loaded, load_bytes
from aktorkart.files.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap

__all__ = [
    "FORMATS",
    "Loaded",
    "ending_of",
    "format_of",
    "from_frames",
    "json_schema",
    "load",
    "load_bytes",
    "read",
    "read_bytes",
    "to_frames",
    "to_text",
    "write",
]

FORMATS = {"yaml": (".yaml", ".yml"), "json": (".json",), "csv": (".csv",)}
"""Formats and their endings; the first ending is the one to write."""


def ending_of(path: str | os.PathLike[str], known: Sequence[str]) -> str:
    """Return a file's ending, if it is one of those that can be handled."""
    ending = Path(path).suffix.lower()
    if ending in known:
        return ending
    raise _unknown_format(os.fspath(path), ending, known)


def _unknown_format(name: str, value: str, known: Sequence[str]) -> UnsupportedFile:
    return UnsupportedFile(
        Problem(
            code="unknown_format" if value else "no_ending",
            place=Place(file=name),
            values={"value": value, "known": list(known)},
            guesses=guesses(value, known),
        )
    )


def format_of(path: str | os.PathLike[str], *, format: str | None = None) -> str:  # noqa: A002
    """Tell a file's format from its ending."""
    name = os.fspath(path)
    if format is None:
        ending = ending_of(name, [one for endings in FORMATS.values() for one in endings])
        return next(one for one, endings in FORMATS.items() if ending in endings)
    said = format.lower().removeprefix(".")
    for one, endings in FORMATS.items():
        if said == one or f".{said}" in endings:
            return one
    raise _unknown_format(name, format, list(FORMATS))


def load(path: str | os.PathLike[str], *, format: str | None = None) -> Loaded:  # noqa: A002
    """Read a map, and what is to be said about the reading.

    Parameters
    ----------
    path : str or path-like
        A YAML or JSON file, or one of a pair of CSV files, or their common name: ``kart.csv``
        for ``kart_actors.csv`` and ``kart_ties.csv``.
    format : {"yaml", "json", "csv"}, optional
        What it is, where the ending does not say so.

    Returns
    -------
    Loaded
        The map and notes: what a migration could not carry over, for example.

    Raises
    ------
    InvalidMap
        With everything that is wrong, each with its place in the file.
    UnreadableFile
        If it is missing, a folder, closed to us or not text.
    UnsupportedFile
        If the format is not read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "kart.yaml")
    ...     path.write_text("actors: [{id: nav}]", "utf-8")
    ...     load(path).notes[0].code
    19
    'schema_missing'
    """
    from aktorkart.files.decoding import file_bytes

    name = os.fspath(path)
    if Path(name).suffix.lower() == ".csv" or format == "csv":
        from aktorkart.files.csv_pair import load_pair

        return load_pair(name)
    # What is not there, or is a folder, has no format to complain about.
    data = file_bytes(name)
    return load_bytes(data, name=name, format=format_of(name, format=format))


def read(path: str | os.PathLike[str], *, format: str | None = None) -> ActorMap:  # noqa: A002
    """Read a map.

    Parameters
    ----------
    path : str or path-like
        A YAML or JSON file, or one of a pair of CSV files, or their common name: ``kart.csv``
        for ``kart_actors.csv`` and ``kart_ties.csv``.
    format : {"yaml", "json", "csv"}, optional
        What it is, where the ending does not say so.

    Returns
    -------
    ActorMap
        The map.

    Raises
    ------
    InvalidMap
        With everything that is wrong, each with its place in the file.
    UnreadableFile
        If it is missing, a folder, closed to us or not text.
    UnsupportedFile
        If the format is not read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "kart.yaml")
    ...     path.write_text("actors: [{id: nav, power: 4}]", "utf-8")
    ...     read(path)["nav"].power
    29
    4.0
    """
    return load(path, format=format).kart


def read_bytes(data: bytes, *, name: str, format: str = "yaml") -> ActorMap:  # noqa: A002
    """Read a map from bytes, as from a pipe.

    Parameters
    ----------
    data : bytes
        The content.
    name : str
        What to call it in messages.
    format : {"yaml", "json"}
        What it is.

    Returns
    -------
    ActorMap
        The map.

    Raises
    ------
    InvalidMap
        With everything that is wrong, each with its line and column.
    UnreadableFile
        If it is not text.
    UnsupportedFile
        If the format is not read from one stream.

    Examples
    --------
    >>> read_bytes(b'{"actors": [{"id": "nav"}]}', name="-", format="json")
    ActorMap(1 actor, 0 ties)
    """
    return load_bytes(data, name=name, format=_one_text(format, name)).kart


def to_text(kart: ActorMap, *, format: str = "yaml") -> str:  # noqa: A002
    r"""Write a map as text.

    Parameters
    ----------
    kart : ActorMap
        The map.
    format : {"yaml", "json"}
        As what; a pair of CSV files is not one text.

    Returns
    -------
    str
        The same map always gives the same text.

    Raises
    ------
    UnsupportedFile
        If the format is not written as one text.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> to_text(ActorMap(title="Kart"))
    'aktorkart: 1\ntitle: Kart\n'
    """
    if _one_text(format, "-") == "json":
        from aktorkart.files.json_map import to_json

        return to_json(kart)
    from aktorkart.files.yaml_writing import to_yaml

    return to_yaml(kart)


def _one_text(format: str, name: str) -> str:  # noqa: A002 - as in read
    known = format_of(name, format=format)
    if known == "csv":
        raise UnsupportedFile(Problem(code="csv_is_pair", place=Place(file=name)))
    return known


def write(
    kart: ActorMap,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - as in read
    names: bool | None = None,
) -> tuple[Problem, ...]:
    """Write a map, whole or not at all.

    Parameters
    ----------
    kart : ActorMap
        The map.
    path : str or path-like
        Where to; its ending chooses the format. ``kart.csv`` writes ``kart_actors.csv`` and
        ``kart_ties.csv``.
    format : {"yaml", "json", "csv"}, optional
        The format, where the ending does not say so.
    names : bool, optional
        False writes roles instead of names. These are one's own files, so names are kept
        unless asked otherwise.

    Returns
    -------
    tuple of Problem
        What the format could not hold; empty for YAML and JSON.

    Raises
    ------
    UnwritableFile
        If it cannot be written; what stood there is untouched.
    UnsupportedFile
        If the format is not written.

    Examples
    --------
    >>> import tempfile
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav", kind="nav")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(kart, Path(folder, "kart.yaml"))
    ...     read(Path(folder, "kart.yaml")) == kart
    ()
    True
    """
    known = format_of(path, format=format)
    if names is False:
        from aktorkart.privacy.shown import shown

        kart = shown(kart, names=False, lang=kart.lang or "nb").kart
    if known == "csv":
        from aktorkart.files.csv_pair import write_pair

        return write_pair(kart, path)
    from aktorkart.atomic import write_bytes

    write_bytes(path, to_text(kart, format=known).encode())
    return ()
