"""Names in free text: replaced where they are names, and only then."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.privacy.names import Names

Actors = tuple[tuple[str, str, str], ...]

KARI: Actors = (("kari", "Kari Nordmann", "user"),)


def replaced(actors: Actors, text: str, **others: str) -> str | None:
    kart = ak.ActorMap(
        actors=[ak.Actor(id=id_, name=name, kind=kind) for id_, name, kind in actors]
    )
    return Names(kart.actors, {actor.id: actor.kind for actor in kart.actors}, others).replaced(
        text
    )


@pytest.mark.parametrize(
    ("actors", "text", "expected"),
    [
        (KARI, "Karis nettverk", "users nettverk"),
        (KARI, "Nordmanns plan", "users plan"),
        (KARI, "Kari Nordmann's plan", "user's plan"),
        (KARI, "K. N. og K.N. og Kari N.", "user og user og user"),
        (KARI, "K. Nordmann", "user"),
        (KARI, "Kari-gruppen", "user-gruppen"),
        (KARI, "KARIS PLAN", "userS PLAN"),
        (KARI, "skrevet av kari", "skrevet av user"),
        (KARI, "Kari  Nordmann", "user"),
        (KARI, "Karin og Nord kommer", "Karin og Nord kommer"),
        ((("a", "Anne-Marie Olsen", "user"),), "Anne-Maries plan", "users plan"),
        ((("a", "Anne-Marie Olsen", "user"),), "Marie ringer", "user ringer"),
        ((("b", "Bo Li", "user"),), "Bo Li kommer", "user kommer"),
        ((("h", "Hansen (Sentrum)", "gp"),), "Ring Hansen (Sentrum) snart", "Ring gp snart"),
        ((("x", "Kari", "unknown"),), "Kari kommer", "unknown kommer"),
        ((("x", "Storvik kommune", "unknown"),), "Storvik er fint", "Storvik er fint"),
        ((("n", "NAV Storvik", "nav"),), "Møte på NAV Storvik", "Møte på nav"),
        ((("n", "NAV", "nav"),), "NAV og nav", "NAV og nav"),
        ((("k", "korps", "community"),), "Spille i korps igjen", "Spille i korps igjen"),
    ],
)
def test_names_become_roles(actors: Actors, text: str, expected: str) -> None:
    assert replaced(actors, text) == expected


@pytest.mark.parametrize(
    ("actors", "text"),
    [
        ((("liv", "Liv", "user"), ("per", "Per", "friend")), "Et godt liv per dag"),
        ((("mor", "Mor til bruker", "next_of_kin"),), "Plan for bruker og mor til våren"),
        ((("mor", "Mor til bruker", "next_of_kin"),), "Mor til bruker ringer"),
        ((("b", "Brukeren", "user"),), "Brukeren bor hjemme"),
    ],
)
def test_words_stay_words(actors: Actors, text: str) -> None:
    assert replaced(actors, text) == text


@pytest.mark.parametrize(
    ("actors", "text"),
    [
        ((("d", "Dag", "friend"),), "Dag og natt"),
        ((("d", "Dag", "friend"),), "Dags plan"),
        ((("l", "Liv Berg", "user"),), "Liv kommer"),
        ((("h", "Hans Olsen", "friend"),), "Hans plan"),
        (KARI, "Karigruppen"),
        (KARI, "Nordmannfamilien"),
    ],
)
def test_what_may_be_a_name_is_given_up(actors: Actors, text: str) -> None:
    assert replaced(actors, text) is None


def test_either_form_of_a_letter_is_the_same() -> None:
    for name, text in (("Åse", "Åses plan"), ("Renée", "Renée bor her")):
        for form in ("NFC", "NFD"):
            for other in ("NFC", "NFD"):
                actors = (("x", unicodedata.normalize(form, name), "user"),)
                found = replaced(actors, unicodedata.normalize(other, text))
                assert found is not None
                assert found.startswith("user")


def test_two_of_one_family_share_what_may_be_either() -> None:
    both: Actors = (*KARI, ("t", "Torvald Nordmann", "next_of_kin"))
    assert replaced(both, "Nordmanns hus") == "user/next_of_kins hus"
    assert replaced(both, "Torvald ringer") == "next_of_kin ringer"


def test_others_are_replaced_too() -> None:
    assert replaced(KARI, "sagt av Anne Hansen", **{"Anne Hansen": "informant 1"}) == (
        "sagt av informant 1"
    )


LETTERS = st.text("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", min_size=3, max_size=8)


@given(LETTERS, LETTERS, st.sampled_from(["user", "gp", "nav", "unknown"]), st.sampled_from("- "))
def test_no_part_of_a_name_stays(first: str, last: str, kind: str, between: str) -> None:
    name = f"{first}{between}{last}"
    for written in (name, f"{name}s", first, last, f"{first[0]}. {last[0]}.", "x1"):
        found = replaced((("x1", name, kind),), f"Plan for {written} i vår")
        assert found is None or written not in found
        if written in {name, first, last} and found is not None:
            assert first not in found
            assert last not in found
