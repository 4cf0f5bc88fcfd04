from __future__ import annotations

from typing import Any

import pytest

import aktorkart as ak
from aktorkart import grunig
from aktorkart.grunig import (
    communication,
)
from maps_of import cases, one


def talk(*ties: dict[str, Any]) -> grunig.Communication:
    actors = [ak.Actor(id=id_) for id_ in "abc"]
    return communication(ak.ActorMap(actors=actors, ties=[ak.Tie(**tie) for tie in ties]))


SYMMETRIC = {"source": "a", "target": "b", "communication": "two_way_symmetric"}


def test_symmetry_needs_both_directions() -> None:
    """METHOD 3: "Symmetry needs both directions and that both sides have changed practice"."""
    found = talk({**SYMMETRIC, "mutual": False, "changed_practice": ["a", "b"]})
    assert found.rows[0].symmetric is False
    assert cases(found.findings) == ["one_way", "models"]
    assert found.findings[0].level == "gap"
    back = {"source": "b", "target": "a", "kind": "information", "mutual": False}
    both = talk({**SYMMETRIC, "mutual": False, "changed_practice": ["a", "b"]}, back)
    assert both.rows[0].symmetric is True
    assert cases(both.findings) == ["symmetric", "models"]


def test_symmetry_needs_that_both_sides_have_changed() -> None:
    """METHOD 3: "both sides have changed practice"."""
    found = talk({**SYMMETRIC, "changed_practice": ["a"]})
    assert found.rows[0].symmetric is False
    gap = one(found.findings, "one_side")
    assert (gap.level, gap.actors) == ("gap", ("a", "b"))
    # Silence is not a no, and a third actor's change is none of theirs.
    silent = talk({**SYMMETRIC, "changed_practice": []})
    assert silent.rows[0].symmetric is None
    assert one(silent.findings, "unconfirmed").level == "unknown"
    assert "symmetric" not in cases(silent.findings)
    with pytest.raises(ak.InvalidMap, match="Only the two ends"):
        talk({**SYMMETRIC, "changed_practice": ["c"]})


def test_each_side_may_report_its_own_change() -> None:
    found = talk(
        {**SYMMETRIC, "informant": "a", "changed_practice": ["a"]},
        {**SYMMETRIC, "informant": "b", "changed_practice": ["b"]},
    )
    assert one(found.findings, "symmetric").numbers == {"n": 1}


def test_different_models_between_two_are_kept() -> None:
    found = talk(
        {**SYMMETRIC, "informant": "a", "changed_practice": ["a", "b"]},
        {**SYMMETRIC, "informant": "b", "communication": "two_way_asymmetric"},
    )
    assert cases(found.findings) == ["several_models", "models"]
    assert found.counts() == {
        "press_agentry": 0,
        "public_information": 0,
        "two_way_asymmetric": 1,
        "two_way_symmetric": 1,
    }
    assert len(found.table("sv")) == 2


def test_kinds_of_tie_may_each_have_a_model() -> None:
    """METHOD 9: "Per tie and kind"."""
    found = talk(
        {**SYMMETRIC, "changed_practice": ["a", "b"]},
        {**SYMMETRIC, "kind": "information", "communication": "public_information"},
    )
    assert cases(found.findings) == ["symmetric", "models"]
    # Disputed about contact, agreed about information: the pair is equal by the latter.
    found = talk(
        {**SYMMETRIC, "informant": "a", "changed_practice": ["a", "b"]},
        {**SYMMETRIC, "informant": "b", "communication": "press_agentry"},
        {**SYMMETRIC, "kind": "information", "informant": "a"},
    )
    assert cases(found.findings) == ["several_models", "symmetric", "models"]
    assert found.findings[1].ties == (("a", "b", "information"),)


def test_a_model_is_never_inferred() -> None:
    """METHOD 3: "A judgement on a tie; never inferred from its strength"."""
    found = talk({"source": "a", "target": "b", "strength": 5})
    assert found.rows == ()
    assert [(one.case, one.level) for one in found.findings] == [("unknown", "unknown")]
    assert cases(talk({**SYMMETRIC, "needed": True}).findings) == ["unknown"]
