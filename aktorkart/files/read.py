"""Read a map, whatever the format."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aktorkart.atomic import expect_path
from aktorkart.errors import MapNote, Place, Problem, UnsupportedFile, WrongArgument, grouped
from aktorkart.files.decoding import File
from aktorkart.files.formats import FORMATS, Loaded, format_of, piped_format
from aktorkart.files.sheets import Reading
from aktorkart.files.sniff import sniffed

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from aktorkart.files.formats import Format
    from aktorkart.model import ActorMap


def read(  # noqa: PLR0913 - one set of options for every table of others
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    format: str | None = None,  # noqa: A002
    directed: bool | None = None,
    columns: Mapping[str, str] | None = None,
    weights: str = "auto",
    repair: bool = False,
    count: bool = False,
) -> ActorMap:
    r"""Read a map.

    Parameters
    ----------
    path : str or path-like, or two of them
        A file of any format that is known, or a picture, a page or a document that we made and
        that carries its map; one of a set of CSV files, or their common name:
        ``kart.csv`` for ``kart_actors.csv``, ``kart_ties.csv`` and, if it is there,
        ``kart_map.csv``; a folder with such files; or both files named.
    format : str, optional
        What it is, where neither ending nor content says so.
    directed : bool, optional
        In other people's tables, True reads every tie that says nothing of its direction as
        one way, False as mutual. None lets the file speak.
    columns : mapping of str to str, optional
        The column for a field where its heading is none that is known:
        ``{"strength": "collab"}``.
    weights : {"auto", "given"}
        A weight of 1 on every tie is no judgement; "given" keeps it.
    repair : bool
        Leave out ties to oneself and of strength zero, and join doubles, instead of refusing.
    count : bool
        Read rows that repeat a tie as how often it was met.

    Returns
    -------
    ActorMap
        The map.

    Warns
    -----
    MapNote
        One for each thing that was decided in reading other people's tables, with its first
        places: which way ties go, which kinds are their own. `load` returns them instead.

    Raises
    ------
    InvalidMap
        With everything that is wrong, each with its place in the file.
    UnreadableFile
        If it is missing, closed to us or not text, or carries no map or a damaged one.
    UnsupportedFile
        If the format is not read.
    UnknownName
        If ``columns`` names no field of an actor or a tie.
    WrongArgument
        If it is no path, or an option is none.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "kart.yaml")
    ...     path.write_text("aktorkart: 1\nactors: [{id: nav, power: 4}]", "utf-8")
    ...     read(path)["nav"].power
    42
    4.0
    """
    reading = Reading(directed, columns or {}, weights, repair=repair, count=count)
    return noted(load_files(path, format=format, reading=reading))


def noted(loaded: Loaded) -> ActorMap:
    """Return the map, and warn of what is to be said about the reading."""
    for line in grouped(loaded.notes, "en"):
        warnings.warn(MapNote(line), stacklevel=3)
    return loaded.kart


def load_files(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    format: str | None = None,  # noqa: A002
    reading: Reading,
) -> Loaded:
    """Read a map of a file, a folder or two files, and what is to be said about the reading."""
    if isinstance(path, (list, tuple)):
        names = [expect_path(one) for one in path]
        if len(names) == 1:
            return load_files(names[0], format=format, reading=reading)
        return _together(names, format, reading)
    name = expect_path(path)
    known = _format(name, format)
    if format is not None or not Path(name).is_file():
        return known.load(name, reading)
    file = File(name, File(name).data())  # once, however many look at it
    found = _by_content(file.data(), known)
    if found is None:
        if known.single:
            return known.load_files([file], reading)
        return _told_beside(known.load(name, reading), name)
    loaded = found.load_files([file], reading)
    values = {"value": Path(name).suffix, "format": found.name}
    code = "carried_by_content" if found.carrier else "by_content"
    note = Problem(code=code, place=Place(file=name), values=values)
    return replace(loaded, notes=(note, *loaded.notes))


def files_of(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    format: str | None = None,  # noqa: A002
) -> tuple[Format, Sequence[File]]:
    """Return the format of a file, a folder or two files, by its content, and the files read."""
    if isinstance(path, (list, tuple)) and len(path) != 1:
        names = [expect_path(one) for one in path]
        return _format_of_several(names, format), [File(name) for name in names]
    name = expect_path(path[0] if isinstance(path, (list, tuple)) else path)
    known = _format(name, format)
    if format is None and Path(name).is_file():
        file = File(name, File(name).data())
        found = _by_content(file.data(), known)
        if found is not None or known.single:
            return found or known, [file]
    return known, known.find(name)


def _told_beside(loaded: Loaded, name: str) -> Loaded:
    """Say which other file was read where one of two was named; of ours there are three."""
    others = [one for one in loaded.files if not Path(one).samefile(name)]
    if len(loaded.files) != 2 or len(others) != 1:  # noqa: PLR2004 - actors and ties
        return loaded
    values = {"file": Path(others[0]).name}
    note = Problem(code="read_beside", place=Place(file=name), values=values)
    return replace(loaded, notes=(note, *loaded.notes))


def _by_content(data: bytes, known: Format) -> Format | None:
    """Return the format that a content is of, where it is another than the ending says."""
    found = FORMATS.get(sniffed(data) or "")
    if found is None or found is known or found.name in known.alike:
        return None
    return found


def _together(names: Sequence[str], format: str | None, reading: Reading) -> Loaded:  # noqa: A002
    """Read the files of one map, each of which is named."""
    known = _format_of_several(names, format)
    return known.load_files([File(name) for name in names], reading)


def _format_of_several(names: Sequence[str], format: str | None) -> Format:  # noqa: A002
    found = [_format(name, format) for name in names]
    if not names or any(known.single for known in found):
        first = next((name for name, one in zip(names, found, strict=True) if one.single), "")
        values = {"n": len(names)}
        raise UnsupportedFile(
            Problem(code="several_files", place=Place(file=first or None), values=values)
        )
    return found[0]


def _format(name: str, format: str | None) -> Format:  # noqa: A002
    if format is None and Path(name).is_dir():
        return FORMATS["csv"]
    try:
        return format_of(name, format=format)
    except UnsupportedFile:
        # What is not there, or is a folder, has no format to complain about.
        found = FORMATS.get(sniffed(File(name).data()) or "") if format is None else None
        if found is None:
            raise
        return found


def read_bytes(data: bytes, *, name: str, format: str = "yaml") -> ActorMap:  # noqa: A002
    """Read a map from bytes, as from a pipe.

    Parameters
    ----------
    data : bytes
        The content.
    name : str
        What to call it in messages.
    format : str
        What it is: the name of a format that is one file.

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


def load_bytes(
    data: bytes,
    *,
    name: str,
    format: str = "yaml",  # noqa: A002
    reading: Reading | None = None,
) -> Loaded:
    """Read a map from bytes, and what is to be said about the reading."""
    if not isinstance(data, bytes | bytearray | memoryview):
        raise WrongArgument(Problem(code="not_bytes", values={"value": type(data).__name__}))
    file = File(name, bytes(data))
    return piped_format(format, name).load_files([file], reading or Reading())
