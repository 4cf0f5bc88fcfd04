"""Equality: METHOD 6.5."""

from __future__ import annotations

import pytest

import aktorkart as ak
from aktorkart.care.equality import equality, rated_pairs
from maps_of import RATED, SERVICES, actor, one, tie


def test_reciprocity_is_taken_across_lines_and_levels() -> None:
    """METHOD 6.5: "Weighted reciprocity across lines and levels"; 7: "Σ min/Σ w"."""
    kart = ak.ActorMap(
        actors=[*SERVICES, actor("team", "mental_health_team")],
        ties=[
            tie("gp", "dps", strength=4, mutual=False),
            tie("dps", "gp", strength=2, mutual=False),
            tie("gp", "nav", strength=3),
            # Within the first line: not across.
            tie("gp", "team", strength=5, mutual=False),
        ],
    )
    found = one(equality(kart), "none_one_way")
    assert found.level == "note"
    assert found.numbers["reciprocity"] == pytest.approx((2 + 2 + 3 + 3) / (4 + 2 + 3 + 3))
    # Two that answer each other are one tie, and it goes both ways.
    assert (found.numbers["n"], found.numbers["one_way"]) == (2, 0)


def test_levels_alone_may_be_crossed() -> None:
    actors = [actor("a", level="individual"), actor("b", level="governance")]
    kart = ak.ActorMap(actors=actors, ties=[tie("a", "b", strength=3, mutual=False)])
    assert one(equality(kart), "reciprocity").numbers["reciprocity"] == 0


def test_without_direction_reciprocity_is_unknown() -> None:
    """METHOD 7: "None if no tie is directed"."""
    kart = ak.ActorMap(actors=SERVICES, ties=[tie("gp", "nav", strength=3)])
    found = one(equality(kart), "undirected")
    assert found.level == "unknown"
    assert found.numbers["reciprocity"] is None


def test_both_ratings_are_kept_and_shown() -> None:
    """METHOD 6.5: "over pairs rated by both sides the mean difference in steps and the list"."""
    kart = ak.ActorMap(actors=SERVICES, ties=RATED)
    assert [(p.one, p.other, p.ratings.one, p.ratings.other) for p in rated_pairs(kart)] == [
        ("nav", "u", 4, 1),
        ("dps", "gp", 2, 3),
    ]
    found = equality(kart)
    apart = one(found, "apart")
    assert found[0] is apart
    assert apart.level == "gap"
    assert apart.actors == ("nav", "u")
    assert apart.numbers["rating_gap"] == 2
    assert apart.text("en") == (
        "u rates the tie with nav at 1, while nav rates it at 4: 3 steps apart."
    )
    assert one(found, "ratings").numbers["apart"] == 1


def test_ratings_less_than_two_steps_apart_are_no_gap() -> None:
    """METHOD 6.5: "the list of those two or more apart"."""
    found = equality(ak.ActorMap(actors=SERVICES, ties=RATED[2:]))
    assert one(found, "close").level == "strength"
    assert not [finding for finding in found if finding.level == "gap"]


def test_no_pair_rated_by_both_is_unknown() -> None:
    """METHOD 6.5: "No pair rated by both: unknown"."""
    third = tie("u", "nav", strength=4, informant="gp")
    found = one(equality(ak.ActorMap(actors=SERVICES, ties=[RATED[0], third])), "no_ratings")
    assert found.level == "unknown"
    assert found.numbers["rating_gap"] is None


def test_informants_may_be_written_by_name_and_steps_are_factors_without_a_scale() -> None:
    actors = [actor("a", name="Avdeling A"), actor("b")]
    told = [
        tie("a", "b", strength=10, informant="avdeling a"),
        tie("a", "b", strength=10 * 1.25**2, informant="b"),
    ]
    kart = ak.ActorMap(actors=actors, ties=told, strength_scale=None)
    assert one(equality(kart), "apart").numbers["steps"] == 2


def test_ratings_of_different_kinds_are_not_compared() -> None:
    """METHOD 9: "Per tie and kind"."""
    told = [
        tie("gp", "nav", "information", strength=5, informant="gp"),
        tie("gp", "nav", strength=2, informant="nav"),
    ]
    kart = ak.ActorMap(actors=SERVICES, ties=told)
    assert rated_pairs(kart) == []
    assert one(equality(kart), "no_ratings").level == "unknown"
    kart = kart.with_tie(tie("gp", "nav", "information", strength=4, informant="nav"))
    assert [(pair.ratings.kind, pair.ratings.steps) for pair in rated_pairs(kart)] == [
        ("information", 1)
    ]


def test_share_of_symmetric_ties() -> None:
    """METHOD 6.5: "share of two-way symmetric ties among those with a `communication`"."""
    ties = [
        tie("u", "nav", communication="two_way_symmetric"),
        tie("u", "gp", communication="press_agentry"),
        tie("u", "dps"),
    ]
    found = one(equality(ak.ActorMap(actors=SERVICES, ties=ties)), "symmetric")
    assert found.numbers["share"] == 0.5
    none = equality(ak.ActorMap(actors=SERVICES, ties=ties[2:]))
    assert one(none, "no_communication").level == "unknown"
