"""From the sheets of actors and ties to a map: one set of rules for every table of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aktorkart.files.formats import Loaded
    from aktorkart.files.sheets import Draft, Reading


def made(draft: Draft, reading: Reading) -> Loaded:
    """Make the map of what a reader found."""
    raise NotImplementedError
