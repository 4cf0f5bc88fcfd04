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


def modified_continuity(contacts: Contacts) -> float | None:
    """Compute the modified, modified continuity index, MMCI (Magill and Senf 1987).

    Parameters
    ----------
    contacts : mapping of str to int, or sequence of int
        How many contacts a person had with each provider.

    Returns
    -------
    float or None
        (1 − M/(N + 0.1))/(1 − 1/(N + 0.1)) for N contacts with M providers: above 0 for as
        many providers as contacts, 1 for a single provider. None without contacts.

    Raises
    ------
    ValueError
        If a count is negative or not whole.

    Examples
    --------
    >>> round(modified_continuity([4, 3, 2, 1]), 3)
    0.67
    """
    counts = _counts(contacts)
    if not counts:
        return None
    slack = sum(counts) + 0.1
    return (1 - len(counts) / slack) / (1 - 1 / slack)
