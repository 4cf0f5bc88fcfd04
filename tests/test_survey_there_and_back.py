"""Answers that are made of a known map come back as it, and whatever a file holds gives words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import aktorkart as ak
import exports
from aktorkart.errors import AktorkartError
from aktorkart.files.read_survey import Surveyed, load_survey
from aktorkart.files.survey.answers import Asked
from aktorkart.i18n import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {
    "nb": {5: "Svært tett", 4: "Tett", 3: "Noe", 2: "Lite", 1: "Svært lite", 0: "Ikke"},
    "nn": {5: "Svært tett", 4: "Tett", 3: "Noko", 2: "Lite", 1: "Ikkje tett", 0: "Ingen kontakt"},
    "en": {5: "Very close", 4: "Close", 3: "Somewhat", 2: "A little", 1: "Not close", 0: "Never"},
    "sv": {5: "Mycket nära", 4: "Nära", 3: "Något", 2: "Lite", 1: "Inte nära", 0: "Inte alls"},
    "numbers": {5: "5", 4: "4", 3: "3", 2: "2", 1: "1", 0: "0"},
    "both": {
        n: f"{n} – {said}" for n, said in enumerate(("ingen", "kjenner til", "lite", "", "a", "b"))
    },
}
UNSAID = ["", "", "Vet ikke", "ikke aktuelt", "N/A"]
NAMES = [
    *("NAV", "DPS Nord", "DPS Sør", "Fastlegen", "St. Olavs", "Rus- og psykisk helse", "Kor 1"),
    *("Helse/omsorg", "Barnevern: mottak", "Kommunen - bolig", "Kor 2", "Ærlig Øst AS"),
]


ANSWERS = {
    "NAV": {"DPS Nord": "Tett", "Fastlegen": "Vet ikke"},
    "DPS Nord": {"NAV": "Svært tett", "Fastlegen": "Ikke"},
}


def read(path: Path, text: str) -> Surveyed:
    path.write_text(text, "utf-8")
    return load_survey(path, Asked())


# --- there and back


@st.composite
def surveyed(draw: st.DrawFn) -> tuple[ak.ActorMap, dict[str, dict[str, str]]]:
    """Draw a map of nominations, and answers that say it in words."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=6, unique=True))
    words = WORDS[draw(st.sampled_from(sorted(WORDS)))]
    ties: list[ak.Tie] = []
    answers: dict[str, dict[str, str]] = {}
    for who in names:
        answers[who] = {}
        for whom in names:
            if who == whom:
                continue
            strength = draw(st.sampled_from([0, 0, 1, 2, 3, 4, 5]))
            unsaid = (
                draw(st.sampled_from(UNSAID)) if strength == 0 and draw(st.booleans()) else None
            )
            answers[who][whom] = words[strength] if unsaid is None else unsaid
            if strength:
                tie = ak.Tie(
                    source=who, target=whom, strength=strength, mutual=False, informant=who
                )
                ties.append(tie)
    # Nothing but ones and noughts are crosses, and a table in which nothing is said is none.
    assume(any(tie.strength != 1 for tie in ties))
    return ak.ActorMap(actors=[ak.Actor(id=one) for one in names], ties=ties), answers


def in_order(kart: ak.ActorMap) -> ak.ActorMap:
    return ak.ActorMap(
        strength_scale=kart.strength_scale,
        actors=sorted(kart.actors, key=lambda one: one.id),
        ties=sorted(kart.ties, key=lambda one: (one.source, one.target)),
    )


@settings(max_examples=60, deadline=None)
@given(drawn=surveyed(), tool=st.sampled_from(sorted(exports.WIDE)))
def test_answers_of_any_tool_come_back_as_the_map_they_were_made_of(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[ak.ActorMap, dict[str, dict[str, str]]],
    tool: str,
) -> None:
    kart, answers = drawn
    if tool == "forms_norwegian":  # of one partner whom nobody rates, nothing tells it is one
        assume(all(any(told.get(one) for told in answers.values()) for one in answers))
    path = tmp_path_factory.mktemp("survey") / "svar.csv"
    found = read(path, exports.WIDE[tool](answers))
    assert list(found.maps) == list(answers)
    for who, one in found.maps.items():
        assert {tie.informant for tie in one.ties} <= {who}
        assert len(one.actors) == len(kart.actors)
    merged = ak.merge(found.maps)
    assert in_order(merged.kart) == in_order(kart)


@settings(max_examples=40, deadline=None)
@given(drawn=surveyed())
def test_a_row_for_each_partner_comes_back_too(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[ak.ActorMap, dict[str, dict[str, str]]],
) -> None:
    kart, answers = drawn
    told = {word for one in answers.values() for word in one.values()}
    # A partner who is named, and no more, is a tie where all who are named were chosen.
    assume("" not in told or told & {words[0] for words in WORDS.values()})
    found = read(tmp_path_factory.mktemp("survey") / "svar.csv", exports.long(answers))
    assert in_order(ak.merge(found.maps).kart) == in_order(kart)


# --- hostile


PIECES = [
    *exports.google(ANSWERS).split(","),
    *exports.forms_norwegian(ANSWERS).split(";"),
    *("_parent_index", "_index", "Partner", "Styrke (0-1)", "[", "]", "[]", "a [b [c]]", ".", "?"),
    *("\r\n", ",", ";", '"', "\t", "=1+1", "1e9", "-3", "", " ", "\x07", "ა", "5 –", "(5)", "x y"),
]


@settings(max_examples=40, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60),
    delimiter=st.sampled_from([",", ";", "\n", ""]),
)
def test_whatever_stands_in_the_file_there_are_words(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("survey") / "svar.csv"
    path.write_bytes(delimiter.join(pieces).encode("utf-8", "replace"))
    maps: dict[str, ak.ActorMap] = {}
    try:
        found = load_survey(path, Asked())
        problems, maps = found.notes, found.maps
    except AktorkartError as error:
        problems = error.problems
    assert problems
    assert all(problem.text(lang) for problem in problems for lang in LANGUAGES)
    assert len(ak.merge(maps).kart.ties) == sum(len(kart.ties) for kart in maps.values())


@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=300))
def test_whatever_bytes_there_are_there_are_words(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("survey") / "svar.csv"
    path.write_bytes(data)
    with pytest.raises(AktorkartError):
        load_survey(path, Asked(respondent="a", partner="b"))
