"""Continuity of care: whether it is the same people, and whether they share their patients.

Functions over counts of contacts and lists of providers, for those who have such data beside
the map. The formulas are METHOD 5's. What is undefined is None, never 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.continuity_of_care import _counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Contacts = Mapping[str, int] | Sequence[int]


def usual_provider(contacts: Contacts) -> float | None:
    """Compute the usual provider of care index, UPC (Breslau and Reeb 1975).

    Parameters
    ----------
    contacts : mapping of str to int, or sequence of int
        How many contacts a person had with each provider.

    Returns
    -------
    float or None
        max n_i/N: the share with the most used provider, above 0 up to 1. None without
        contacts.

    Raises
    ------
    ValueError
        If a count is negative or not whole.

    Examples
    --------
    >>> usual_provider([4, 3, 2, 1])
    0.4
    """
    counts = _counts(contacts)
    return max(counts) / sum(counts) if counts else None
