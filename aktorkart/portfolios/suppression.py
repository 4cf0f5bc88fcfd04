"""Counts of few are hidden, and so many others that no sum gives them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 4
"""From 1 to so many are hidden; 0 is shown, since it tells of nobody."""


def suppressed(counts: Sequence[int], *, sum_known: bool) -> tuple[int | None, ...]:
    """Return counts with None for those that may not be shown.

    Where their sum is known, a hidden one could be told from the rest: then all but zeros are
    hidden, and the zeros too where there are so few to share out that they would tell.
    """
    if not any(0 < count <= FEW for count in counts):
        return tuple(counts)
    if not sum_known:
        return tuple(None if 0 < count <= FEW else count for count in counts)
    if sum(map(bool, counts)) == 1 or sum(counts) <= 2 * len(counts):
        return (None,) * len(counts)
    return tuple(None if count else 0 for count in counts)
