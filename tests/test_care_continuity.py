from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.care.care_density import care_density
from aktorkart.care.continuity_of_care import continuity_of_care
from aktorkart.care.modified_continuity import modified_continuity
from aktorkart.care.usual_provider import usual_provider

PATIENTS = {"1": "ACD", "2": "AD", "3": "AD", "4": "D", "5": "C"}


def test_the_published_numbers() -> None:
    """A8: contacts 4, 3, 2, 1: COC .2222, UPC .4, MMCI .670."""
    contacts = [4, 3, 2, 1]
    assert continuity_of_care(contacts) == pytest.approx(0.2222, abs=5e-5)
    assert usual_provider(contacts) == pytest.approx(0.4)
    assert modified_continuity(contacts) == pytest.approx(0.670, abs=5e-4)


def test_care_density_of_the_published_patients() -> None:
    """A8: C₁ = 1.6667, C₂ = C₃ = 3, 4 and 5 undefined."""
    density = care_density(PATIENTS)
    assert density["1"] == pytest.approx(5 / 3)
    assert (density["2"], density["3"], density["4"], density["5"]) == (3.0, 3.0, None, None)


def test_a_provider_named_twice_is_one_provider() -> None:
    assert care_density({"1": "AAB", "2": "AB"}) == {"1": 2.0, "2": 2.0}


def test_what_is_undefined_is_none() -> None:
    """METHOD 7: What is undefined is None, never 0."""
    assert continuity_of_care([]) is None
    assert continuity_of_care([1]) is None
    assert usual_provider({}) is None
    assert modified_continuity([0, 0]) is None
    assert care_density({}) == {}


def test_a_provider_without_contacts_does_not_count() -> None:
    for index in (continuity_of_care, usual_provider, modified_continuity):
        assert index({"a": 2, "b": 1, "c": 0}) == index([2, 1])


def test_contacts_are_whole_and_not_negative() -> None:
    for index in (continuity_of_care, usual_provider, modified_continuity):
        for wrong in (-1, 1.5, float("nan"), float("inf")):
            with pytest.raises(ValueError, match="whole numbers"):
                index([1, wrong])  # type: ignore[list-item]


@settings(max_examples=40)
@given(st.lists(st.integers(0, 50), max_size=6))
def test_indices_run_from_0_to_1_and_are_1_for_a_single_provider(contacts: list[int]) -> None:
    for index in (continuity_of_care, usual_provider, modified_continuity):
        value = index(contacts)
        assert value is None or -1e-12 <= value <= 1
        if value is not None and sum(map(bool, contacts)) == 1:
            assert value == pytest.approx(1)
