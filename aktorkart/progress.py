"""How far a long computation has come, for whoever wants to know.

What takes long says so where it stands, with `told`; who listens, with `listening`, hears it in
the same thread. Nobody has to pass a listener on through all that lies between.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Told = Callable[[str, int, int], None]

PHASES = ("maps", "paths", "draws", "pairs", "changes", "findings", "figures")
"""What can be under way; in words as ``cli.phase.<phase>`` in the catalogues."""

_listener: ContextVar[Told | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Told | None) -> Iterator[None]:
    """Tell somebody how far what is done here has come; None leaves who listens already."""
    if listener is None:
        yield
        return
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def told(phase: str, done: int, of: int) -> None:
    """Say that so much of a phase is done."""
    listener = _listener.get()
    if listener is not None:
        listener(phase, done, of)
