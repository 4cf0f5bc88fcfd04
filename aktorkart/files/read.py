"""Read a map, whatever the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.atomic import expect_path
from aktorkart.errors import Problem, UnsupportedFile, WrongArgument
from aktorkart.files.decoding import File
from aktorkart.files.formats import Loaded, format_of, piped_format

if TYPE_CHECKING:
    import os

    from aktorkart.model import ActorMap


def read(path: str | os.PathLike[str], *, format: str | None = None) -> ActorMap:  # noqa: A002
    """Read a map.

    Parameters
    ----------
    path : str or path-like
        A YAML or JSON file, or one of a set of CSV files, or their common name: ``kart.csv``
        for ``kart_actors.csv``, ``kart_ties.csv`` and, if it is there, ``kart_map.csv``.
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
    WrongArgument
        If it is no path.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "kart.yaml")
    ...     path.write_text("actors: [{id: nav, power: 4}]", "utf-8")
    ...     read(path)["nav"].power
    29
    4.0
    """
    return load(path, format=format).kart


def load(path: str | os.PathLike[str], *, format: str | None = None) -> Loaded:  # noqa: A002
    """Read a map, and what is to be said about the reading.

    Parameters
    ----------
    path : str or path-like
        A YAML or JSON file, or one of a set of CSV files, or their common name: ``kart.csv``
        for ``kart_actors.csv``, ``kart_ties.csv`` and, if it is there, ``kart_map.csv``.
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
    WrongArgument
        If it is no path.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "kart.yaml")
    ...     path.write_text("actors: [{id: nav}]", "utf-8")
    ...     load(path).notes[0].code
    19
    'schema_missing'
    """
    name = expect_path(path)
    try:
        known = format_of(name, format=format)
    except UnsupportedFile:
        File(name).data()  # what is not there, or is a folder, has no format to complain about
        raise
    return known.load(name)


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
    WrongArgument
        If it is not bytes.

    Examples
    --------
    >>> read_bytes(b'{"actors": [{"id": "nav"}]}', name="-", format="json")
    ActorMap(1 actor, 0 ties)
    """
    return load_bytes(data, name=name, format=format).kart


def load_bytes(data: bytes, *, name: str, format: str = "yaml") -> Loaded:  # noqa: A002
    """Read a map from bytes, and what is to be said about the reading."""
    if not isinstance(data, bytes | bytearray | memoryview):
        raise WrongArgument(Problem(code="not_bytes", values={"value": type(data).__name__}))
    return piped_format(format, name).load_bytes(bytes(data), name)
