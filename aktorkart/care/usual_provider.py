"""Usual provider of care, UPC: the share of contacts with the most used provider. METHOD 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.contacts import counts

if TYPE_CHECKING:
    from aktorkart.care.contacts import Contacts


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
    each = counts(contacts)
    return max(each) / sum(each) if each else None
