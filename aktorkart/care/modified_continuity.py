"""Modified, modified continuity, MMCI: how few providers the contacts are spread over. METHOD 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.contacts import counts

if TYPE_CHECKING:
    from aktorkart.care.contacts import Contacts


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
    each = counts(contacts)
    if not each:
        return None
    slack = sum(each) + 0.1
    return (1 - len(each) / slack) / (1 - 1 / slack)
