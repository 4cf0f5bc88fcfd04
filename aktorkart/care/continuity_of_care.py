"""Continuity of care, COC: how often contacts are with the same provider. METHOD 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.contacts import counts

if TYPE_CHECKING:
    from aktorkart.care.contacts import Contacts


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
    each = counts(contacts)
    total = sum(each)
    if total <= 1:
        return None
    return (sum(count * count for count in each) - total) / (total * (total - 1))
