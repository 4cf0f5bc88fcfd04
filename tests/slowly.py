"""Cases that take long: one of them is always tried, the others when slow tests are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable


def but_one_slow(cases: Iterable[Any], *, spread: bool = False) -> list[Any]:
    """Return the cases with all but the first marked slow; several arguments each if spread."""
    first, *others = cases
    return [
        first,
        *(pytest.param(*(one if spread else (one,)), marks=pytest.mark.slow) for one in others),
    ]
