"""A reader's own settings of matplotlib are for the reader's own figures."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_DRAWING = (
    *("agg", "axes", "figure", "font", "grid", "hatch", "image", "lines", "markers", "mathtext"),
    *("patch", "path", "pdf", "savefig", "svg", "text", "xaxis", "xtick", "yaxis", "ytick"),
)
"""Families of settings that a figure is made of."""

_OF_THE_READER = frozenset(
    {
        *("figure.dpi", "figure.hooks", "figure.max_open_warning", "figure.raise_window"),
        *("savefig.directory", "savefig.dpi"),
    }
)
"""What belongs to the screen and not to the figure."""

UNFITTED: Final[Any] = {"text.hinting": "none"}
"""Letters that are fitted to a coarse grid of dots are wider than they were measured."""

_LOCK = threading.RLock()


@cache
def _standard() -> dict[str, Any]:
    import matplotlib as mpl

    return {
        name: value
        for name, value in mpl.rcParamsDefault.items()
        if name.partition(".")[0] in _DRAWING and name not in _OF_THE_READER
    }


@contextmanager
def standard_settings(**own: Any) -> Iterator[None]:
    """Draw as matplotlib does for somebody who has set nothing."""
    import matplotlib as mpl

    # rcParams belong to the whole process: two threads would put back each other's.
    settings: Any = {**_standard(), **own}  # names are checked when they are set
    with _LOCK, mpl.rc_context(settings):
        yield


@contextmanager
def letters_as_measured() -> Iterator[None]:
    """Draw letters as wide as they were measured, however few dots there are, and nothing else."""
    import matplotlib as mpl

    with _LOCK, mpl.rc_context(UNFITTED):
        yield
