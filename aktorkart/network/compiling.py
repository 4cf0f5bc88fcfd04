"""Functions over arrays as numba compiles them, where it is installed; they work without it."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

LOG = logging.getLogger("aktorkart.compiling")


@cache
def _tell_of_compiling() -> None:
    """Say, the first time that one of our functions is compiled and not just loaded."""
    from numba.core import event

    class Said(event.Listener):
        def on_start(self, event: Any) -> None:
            if event.data["dispatcher"].__module__.startswith("aktorkart."):
                _say_compiling()

        def on_end(self, event: Any) -> None:
            pass

    register: Any = event.register
    register("numba:compile", Said())


@cache
def _say_compiling() -> None:
    LOG.info(
        "compiling for the first time on this machine, which takes some seconds",
        extra={"case": "compiling"},
    )


@cache
def _say_missing() -> None:
    LOG.info(
        "numba is missing: pip install 'aktorkart[fast]' makes this many times faster",
        extra={"case": "not_compiled"},
    )


@cache
def compiled(function: Callable[..., T]) -> Callable[..., T] | None:
    """Return a function over arrays as numba compiles it, or None where numba is missing."""
    try:
        import numba
    except ImportError:
        _say_missing()
        return None
    _tell_of_compiling()
    options: Any = {"nogil": True, "error_model": "numpy"}
    try:
        ready: Any = numba.njit(cache=True, **options)(function)
    except RuntimeError:  # neither the package's folder nor the user's can be written to
        ready = numba.njit(**options)(function)
    return ready  # type: ignore[no-any-return]
