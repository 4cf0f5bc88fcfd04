"""Maps to learn from: real ones from public documents, typical ones, and tiny ones.

Read one with :func:`read`, or by its name: ``ak.examples.learning_network()``. Many at once, made
up, are in :func:`municipalities`.
"""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from aktorkart.errors import one_of
from aktorkart.examples.municipalities import municipalities as municipalities

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.model import ActorMap

DEMO = (
    "learning_network",
    "helsedialog",
    "skane",
    "municipal_service",
    "user_network",
)
"""The maps of real work, in the order a newcomer would look at them."""


def names() -> tuple[str, ...]:
    """Return the names of all example maps.

    Returns
    -------
    tuple of str
        Sorted.

    Examples
    --------
    >>> "kite" in names()
    True
    """
    folder = files(__name__)
    return tuple(
        sorted(
            item.name[: -len(".yaml")] for item in folder.iterdir() if item.name.endswith(".yaml")
        )
    )


def source(name: str) -> str:
    """Return an example map as the text of its file.

    Parameters
    ----------
    name : str
        One of :func:`names`.

    Returns
    -------
    str
        YAML with its comments.

    Raises
    ------
    UnknownName
        If there is no such example.

    Examples
    --------
    >>> "Krackhardt" in source("kite")
    True
    """
    one_of(name, names(), option="name")
    return files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")


def read(name: str) -> ActorMap:
    """Return an example map.

    Parameters
    ----------
    name : str
        One of :func:`names`.

    Returns
    -------
    ActorMap
        The map.

    Raises
    ------
    UnknownName
        If there is no such example.

    Examples
    --------
    >>> len(read("kite").actors)
    10
    """
    from aktorkart.files import read_bytes

    return read_bytes(source(name).encode(), name=f"{name}.yaml", format="yaml")


def __getattr__(name: str) -> Callable[[], ActorMap]:
    if name.startswith("_") or name not in names():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return partial(read, name)


def __dir__() -> list[str]:
    return ["DEMO", "municipalities", "names", "read", "source", *names()]
