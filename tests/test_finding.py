from __future__ import annotations

import json
import pickle

import pytest

import aktorkart as ak
from aktorkart.content.contents import contents
from aktorkart.finding import LEVELS, Coded, Finding, Who
from aktorkart.i18n import LANGUAGES

FOUND = [
    *ak.findings(ak.examples.user_network()),
    *contents(ak.examples.municipal_service()),
    *ak.grunig.publics(ak.examples.municipal_service()).findings,
]


def test_findings_hash_and_pickle() -> None:
    again = pickle.loads(pickle.dumps(FOUND))  # noqa: S301 - our own bytes
    assert again == FOUND
    assert {hash(one) for one in again} == {hash(one) for one in FOUND}
    assert len(set(FOUND)) == len(FOUND)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finding_tells_itself_to_other_programs(lang: str) -> None:
    for found in FOUND:
        told = found.to_dict(lang)
        keys = ["code", "case", "level", "actors", "ties", "numbers", "field", "text"]
        assert list(told) == keys
        assert told["field"] == found.field
        assert told["text"] == found.text(lang)
        assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_what_is_said_in_the_same_breath_is_part_of_the_text() -> None:
    more = Finding(code="reach", case="one_piece", level="strength", numbers={"n": 2})
    found = Finding(code="reach", case="one_piece", level="note", numbers={"n": 3}, more=(more,))
    assert found.to_dict("en")["text"] == f"{found.text('en')}"
    assert found.to_dict("en")["text"].count("are connected") == 2


def test_every_level_has_its_place_in_the_order() -> None:
    assert {found.level for found in FOUND} <= set(LEVELS)


def test_names_are_said_in_the_order_of_the_alphabet_and_the_rest_last() -> None:
    found = Finding(
        code="content",
        case="needed",
        level="gap",
        numbers={"n": 1},
        words={"ties": (Who("b"), Who("a"), Coded("common.more", 2))},
        labels={"a": "Anne", "b": "Bo"},
    )
    assert "Anne, Bo og 2 til" in found.text("nb")
