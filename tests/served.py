"""The workshop's server, running in a thread of its own for as long as it is asked."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aktorkart.viewer.kept import KeptFile
from aktorkart.viewer.serving import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def served(
    path: Path, *, lang: str = "nb", consent: str = "required"
) -> Iterator[tuple[Workshop, list[str]]]:
    """Serve a map's file; what the program would say is listed beside the server."""
    told: list[str] = []
    workshop = Workshop(
        KeptFile(str(path), lang=lang, consent=consent), lang=lang, tell=told.append
    )
    thread = threading.Thread(target=workshop.serve_forever, args=[0.01])
    thread.start()
    try:
        yield workshop, told
    finally:
        workshop.shutdown()
        thread.join()
        workshop.server_close()
