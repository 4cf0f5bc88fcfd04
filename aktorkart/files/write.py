"""Write a map, whatever the format."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from aktorkart.atomic import write_files
from aktorkart.errors import language, one_of
from aktorkart.files.formats import Dumped, format_of, text_format

if TYPE_CHECKING:
    from aktorkart.errors import Problem
    from aktorkart.model import ActorMap


def write(
    kart: ActorMap,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - as in read
    names: bool | None = None,
    consent: str = "required",
) -> tuple[Problem, ...]:
    """Write a map, whole or not at all.

    New files of a map around a person can be read by their owner only.

    Parameters
    ----------
    kart : ActorMap
        The map.
    path : str or path-like
        Where to; its ending chooses the format. ``kart.csv`` writes ``kart_actors.csv``,
        ``kart_ties.csv`` and ``kart_map.csv``, which says what the map is about.
    format : {"yaml", "json", "csv", "xlsx", "graphml", "gexf"}, optional
        The format, where the ending does not say so.
    names : bool, optional
        False writes roles instead of names. These are one's own files, so names are kept
        unless asked otherwise.
    consent : {"required", "ignore"}
        Whether a map around a person needs a consent that holds to be written as anything but
        YAML and JSON, which are one's own.

    Returns
    -------
    tuple of Problem
        What the format could not hold, and with roles the texts that are left out because a
        name may stand in them.

    Raises
    ------
    NoConsent
        If one is needed, and none holds.
    UnwritableFile
        If it cannot be written; what stood there is untouched.
    UnsupportedFile
        If the format is not written.
    WrongArgument
        If it is no map, or no path.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from aktorkart.files import read
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="nav", kind="nav")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(kart, Path(folder, "kart.yaml"))
    ...     read(Path(folder, "kart.yaml")) == kart
    ()
    True
    """
    made = dumped(kart, path, format=format, names=names, consent=consent)
    write_files(made.files, private=kart.scope == "individual")
    return made.notes


def dumped(
    kart: ActorMap,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - as in read
    names: bool | None = None,
    consent: str = "required",
) -> Dumped:
    """Make everything that is to be written, and hide first what is to be hidden."""
    from aktorkart.model import expect_map
    from aktorkart.privacy.consent import CHOICES, require
    from aktorkart.privacy.shown import shown

    expect_map(kart)
    one_of(consent, CHOICES, option="consent")
    known = format_of(path, format=format, to="write")
    if known.exchange:
        require(kart, consent)
    names = True if names is None and known.own else names
    hidden = shown(kart, names=names, lang=language(None, kart.lang), consent="ignore")
    made = known.dump(hidden.kart, os.fspath(path))
    return replace(made, notes=(*hidden.notes, *made.notes))


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
    WrongArgument
        If it is no map.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> to_text(ActorMap(title="Kart"))
    'aktorkart: 1\ntitle: Kart\n'
    """
    from aktorkart.model import expect_map

    expect_map(kart)
    return text_format(format, "-").dump(kart, "-").files["-"].decode()
