"""Care density: how many patients the providers of a patient share. METHOD 5."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from aktorkart.expected import expect

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping


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
    expect("mapping", providers=providers)
    patients: dict[Hashable, set[str]] = {}
    of_patient = {patient: set(seen) for patient, seen in providers.items()}
    for patient, seen in of_patient.items():
        for provider in seen:
            patients.setdefault(provider, set()).add(patient)

    def density(seen: set[Hashable]) -> float | None:
        shared = [len(patients[one] & patients[other]) for one, other in combinations(seen, 2)]
        return sum(shared) / len(shared) if shared else None

    return {patient: density(seen) for patient, seen in of_patient.items()}
