"""The formats that there are.

A new one is a module of its name in this room, with ``load`` and ``dump``, and a line in FORMATS.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from aktorkart.atomic import expect_path
from aktorkart.errors import Place, Problem, UnsupportedFile, guesses
from aktorkart.files.decoding import File
from aktorkart.paused import collector_paused

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from aktorkart.files.sheets import Reading
    from aktorkart.model import ActorMap


@dataclass(frozen=True)
class Loaded:
    """A map as it was read, and what is to be said about the reading.

    Parameters
    ----------
    kart : ActorMap
        The map.
    notes : tuple of Problem
        What a migration could not carry over, and the like; none of it stops the reading.
    files : tuple of str
        The files that it was read from.
    """

    kart: ActorMap
    notes: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dumped:
    """A map as it will be written: the files by their names, and what they could not hold."""

    files: Mapping[str, bytes]
    notes: tuple[Problem, ...] = ()


class _Module(Protocol):
    """What the module of a format has."""

    def load(self, *files: File, reading: Reading) -> Loaded: ...

    def dump(self, kart: ActorMap, path: str) -> Dumped: ...

    def find(self, path: str) -> Sequence[File]:
        """Find the files that a name stands for, where they are several."""


@dataclass(frozen=True)
class Format:
    """A way to write a map down; its module is loaded when it is used."""

    name: str
    endings: tuple[str, ...]  # the first is the one to write
    single: bool = field(default=True, kw_only=True)  # one file, so that a pipe can carry it
    lossless: bool = field(default=True, kw_only=True)  # whatever a map holds is read back
    own: bool = field(default=True, kw_only=True)  # one's own files: names stay, unless asked
    exchange: bool = field(default=False, kw_only=True)  # made for others: consent is asked for
    alike: tuple[str, ...] = field(default=(), kw_only=True)  # whose content it may have
    binary: bool = field(default=False, kw_only=True)  # no text, so that no screen shows it
    read_only: tuple[str, ...] = field(default=(), kw_only=True)  # endings that are not written
    carrier: bool = field(default=False, kw_only=True)  # drawn or told, perhaps with a map inside
    only: str | None = field(default=None, kw_only=True)  # "read" or "write", where not both

    def load(self, path: str, reading: Reading) -> Loaded:
        """Read the file, or the files, that a name stands for."""
        return self.load_files(self.find(path), reading)

    def find(self, path: str) -> Sequence[File]:
        """Find the file, or the files, that a name stands for."""
        return [File(path)] if self.single else self._module.find(path)

    @collector_paused()
    def load_files(self, files: Sequence[File], reading: Reading) -> Loaded:
        """Read these files, or what came through a pipe."""
        loaded = self._module.load(*files, reading=reading)
        return replace(loaded, files=tuple(file.name for file in files))

    def dump(self, kart: ActorMap, path: str) -> Dumped:
        """Make what is to be written under a name."""
        ending = Path(path).suffix.lower()
        if ending in self.read_only:
            known = [one for one in self.endings if one not in self.read_only]
            raise _unknown_format(path, ending, known)
        return self._module.dump(kart, path)

    @property
    def _module(self) -> _Module:
        return cast("_Module", import_module(f"aktorkart.files.{self.name}"))


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("yaml", (".yaml", ".yml"), alike=("json",)),
        Format("json", (".json",)),
        Format("csv", (".csv", ".tsv", ".txt"), single=False, lossless=False, exchange=True),
        Format(
            "xlsx",
            (".xlsx", ".xlsm", ".ods"),
            lossless=False,
            exchange=True,
            binary=True,
            read_only=(".xlsm", ".ods"),
        ),
        Format(
            *("parquet", (".parquet", ".arrow", ".feather")),
            single=False,
            lossless=False,
            exchange=True,
            binary=True,
        ),
        Format("pajek", (".net", ".paj"), lossless=False, exchange=True),
        Format("dl", (".dl",), lossless=False, exchange=True),
        Format("gml", (".gml",), lossless=False, exchange=True),
        Format("dot", (".dot", ".gv"), lossless=False, exchange=True, own=False, only="write"),
        Format(
            "mermaid", (".mmd", ".mermaid"), lossless=False, exchange=True, own=False, only="write"
        ),
        Format("easynwk", (".nwk",), lossless=False, alike=("json",), only="read"),
        Format("graphml", (".graphml",), lossless=False, exchange=True),
        Format("gexf", (".gexf",), lossless=False, exchange=True),
        Format("nodelink", (".nodelink.json",), exchange=True, alike=("json",)),
        Format("jgf", (".jgf", ".jgf.json"), exchange=True, alike=("json",)),
        Format(
            *("cytoscape", (".cyjs", ".cytoscape.json")),
            lossless=False,
            exchange=True,
            alike=("json",),
        ),
        Format("cx2", (".cx2",), lossless=False, exchange=True, alike=("json",)),
        Format("kumu", (".kumu.json",), lossless=False, exchange=True, alike=("json",)),
        Format(
            *("carried", (".svg", ".png", ".html", ".htm", ".pdf", ".docx")),
            lossless=False,
            binary=True,
            carrier=True,
            only="read",
        ),
    )
}
"""Formats by name, in the order in which they are offered."""


def ending_of(path: str | os.PathLike[str], known: Sequence[str]) -> str:
    """Return a file's ending, if it is one of those that can be handled."""
    name = expect_path(path)
    bare = Path(name).name.lower()
    fitting = [one for one in known if bare.endswith(one) and len(bare) > len(one)]
    if fitting:
        return max(fitting, key=len)  # kart.kumu.json is Kumu's
    raise _unknown_format(name, Path(name).suffix.lower(), known)


def format_of(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002
    to: str = "read",
) -> Format:
    """Tell a file's format from its ending, or from what the caller says that it is.

    ``to`` read or write: then those are told that can be, where it is none that is known.
    """
    name = expect_path(path)
    fitting = [one for one in FORMATS.values() if one.only in {None, to}]
    if format is None:
        try:
            word = ending_of(name, [ending for one in FORMATS.values() for ending in one.endings])
        except UnsupportedFile:
            out = {ending for one in fitting for ending in one.read_only if to == "write"}
            known = [ending for one in fitting for ending in one.endings if ending not in out]
            raise _unknown_format(name, Path(name).suffix.lower(), known) from None
    else:
        word = str(format).lower().removeprefix(".")
    for one in FORMATS.values():
        if word == one.name or f".{word.removeprefix('.')}" in one.endings:
            return one
    raise _unknown_format(name, str(format), [one.name for one in fitting])


def piped_format(format: str, name: str, *, to: str = "read") -> Format:  # noqa: A002 - as in read
    """Return a format of one file, by its name."""
    known = format_of(name, format=format, to=to)
    if not known.single:
        values = {"format": "CSV" if known.name == "csv" else known.name.capitalize()}
        raise UnsupportedFile(Problem(code="csv_is_pair", place=Place(file=name), values=values))
    return known


def text_format(format: str, name: str) -> Format:  # noqa: A002 - as in read
    """Return a format of one text, by its name."""
    known = piped_format(format, name, to="write")
    if known.binary:
        values = {"format": known.name}
        raise UnsupportedFile(Problem(code="not_one_text", place=Place(file=name), values=values))
    return known


def _unknown_format(name: str, value: str, known: Sequence[str]) -> UnsupportedFile:
    return UnsupportedFile(
        Problem(
            code="unknown_format" if value else "no_ending",
            place=Place(file=name),
            values={"value": value, "known": list(known)},
            guesses=guesses(value, known),
        )
    )
