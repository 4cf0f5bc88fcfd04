"""Continuity of care: whether it is the same people, and whether they share their patients.

Functions over counts of contacts and lists of providers, for those who have such data beside
the map. The formulas are METHOD 5's. What is undefined is None, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Contacts = Mapping[str, int] | Sequence[int]


def _counts(contacts: Contacts) -> list[int]:
    """Return the contacts with each provider that there were any with."""
    counts = list(contacts.values() if isinstance(contacts, Mapping) else contacts)
    if any(not count >= 0 or count % 1 for count in counts):
        raise ValueError(f"contacts are whole numbers from 0 up, not {counts!r}")
    return [int(count) for count in counts if count]


def continuity_of_care(contacts: Contacts) -> float | None:
    """Compute the continuity of care index, COC (Bice and Boxerman 1977).

    Parameters
    ----------
    contacts : mapping of str to int, or sequence of int
        How many contacts a person had with each provider.

    Returns
    -------
    float or None
        (Σn_i² − N)/(N(N − 1)): from 0, never the same provider twice, to 1, always the same.
        None with fewer than two contacts.

    Raises
    ------
    ValueError
        If a count is negative or not whole.

    Examples
    --------
    >>> round(continuity_of_care([4, 3, 2, 1]), 4)
    0.2222
    >>> continuity_of_care({"fastlege": 1}) is None
    True
    """
    counts = _counts(contacts)
    total = sum(counts)
    if total <= 1:
        return None
    return (sum(count * count for count in counts) - total) / (total * (total - 1))
