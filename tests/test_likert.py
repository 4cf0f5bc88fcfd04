"""What the answers of a questionnaire mean, in four languages."""

from __future__ import annotations

from typing import Any

import pytest

from aktorkart.files import likert
from aktorkart.files.likert import UNKNOWN, mark_of, meaning_of


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        ("Svært tett", 5),
        ("  svært  TETT ", 5),
        ("svaert tett", 5),
        ("i_stor_grad", 4),
        ("tett.", 4),
        ("Noko", 3),
        ("Something", None),
        ("A little", 2),
        ("Mycket nära", 5),
        ("Inte alls", 0),
        ("Ingen kontakt", 0),
        ("Ikke", 0),
        ("aldri", 0),
        ("Vet ikke", UNKNOWN),
        ("I don’t know", None),
        ("Don’t know", UNKNOWN),
        ("Ikke aktuelt", UNKNOWN),
        ("N/A", UNKNOWN),
        ("-", UNKNOWN),
        ("4", 4),
        ("2,5", 2.5),
        (3, 3),
        (3.0, 3),
        ("4 – tett", 4),
        ("4: kjenner til", 4),
        ("4. kjenner til", 4),
        ("(4) kjenner til", 4),
        ("4 tett", 4),
        ("2 ganger", None),
        ("Tett (4)", 4),
        ("Kjenner til [2]", 2),
        ("1 – Ingen kontakt", 0),
        ("6 = vet ikke", UNKNOWN),
        ("0 – ingen", 0),
        ("2026-03-01", None),
        ("1–2 ganger", None),
        ("Vi møtes ofte, og er i tett kontakt", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_an_answer_means(cell: Any, meaning: Any) -> None:
    assert meaning_of(cell) == meaning


def test_no_word_has_two_meanings() -> None:
    """A word that two languages share has one place on the scale."""
    lists: dict[Any, str] = {**likert._WORDS, "unknown": likert._NOT_SAID}  # noqa: SLF001 - what is tested
    meanings: dict[str, set[object]] = {}
    for meaning, listed in lists.items():
        for word in listed.split(", "):
            meanings.setdefault(likert._plain(word), set()).add(meaning)  # noqa: SLF001
    assert len(meanings) > 200
    assert {word: several for word, several in meanings.items() if len(several) > 1} == {}


def test_words_of_ones_own_go_before_those_that_are_known() -> None:
    own = {"kjennertil": 2.0, "ikke": 1.0, "tett": None}
    assert [meaning_of(one, own) for one in ("Kjenner til", "Ikke", "Tett", "Noe")] == [
        *(2, 1, UNKNOWN, 3),
    ]


@pytest.mark.parametrize(
    ("cell", "ticked"),
    [
        *(("x", True), ("Ja", True), (1, True), ("1.0", None), ("NAV", True), ("nav ", True)),
        *((True, True), (False, False), ("No", False), ("0", False), ("Tett", None), ("", None)),
    ],
)
def test_a_tick_is_known(cell: Any, ticked: Any) -> None:
    assert mark_of(cell, "NAV") is ticked
