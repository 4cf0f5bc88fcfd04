"""Continuity of care: whether it is the same people, and whether they share their patients.

Functions over counts of contacts and lists of providers, for those who have such data beside
the map. The formulas are METHOD 5's. What is undefined is None, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

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


def care_density(providers: Mapping[str, Iterable[Hashable]]) -> dict[str, float | None]:
    """Compute each patient's care density (Pollack, Weissman, Lemke, Hussey and Weiner 2013).

    Parameters
    ----------
    providers : mapping of str to iterable
        The providers of each patient.

    Returns
    -------
    dict of str to (float or None)
        Over the pairs of a patient's providers, the mean number of patients that the two
        share, this one included: 1 or more. None for fewer than two providers.

    Examples
    --------
    >>> density = care_density({"1": "ACD", "2": "AD", "3": "AD", "4": "D", "5": "C"})
    >>> round(density["1"], 4), density["2"], density["4"]
    (1.6667, 3.0, None)
    """
    patients: dict[Hashable, set[str]] = {}
    of_patient = {patient: set(seen) for patient, seen in providers.items()}
    for patient, seen in of_patient.items():
        for provider in seen:
            patients.setdefault(provider, set()).add(patient)

    def density(seen: set[Hashable]) -> float | None:
        shared = [len(patients[one] & patients[other]) for one, other in combinations(seen, 2)]
        return sum(shared) / len(shared) if shared else None

    return {patient: density(seen) for patient, seen in of_patient.items()}
