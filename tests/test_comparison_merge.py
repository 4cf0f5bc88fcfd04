from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.comparison import merge
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from maps_of import among_partners as around
from maps_of import changed, tie


def test_nothing_is_averaged_away() -> None:
    """METHOD 5: "Two partners' unequal ratings are kept and shown, not averaged away"."""
    merged = merge(
        {"nav": around(tie("nav", "dps", strength=4)), "dps": around(tie("dps", "nav", strength=1))}
    )
    assert [(tie.informant, tie.strength) for tie in merged.kart.ties] == [("dps", 1), ("nav", 4)]
    (found,) = merged.disagreements
    assert (found.case, found.level, found.numbers["steps"]) == ("strength", "gap", 3)
    assert len(merged.table("sv")) == 1


def test_a_small_difference_is_noted_too() -> None:
    merged = merge(
        {"a": around(tie("nav", "dps", strength=4)), "b": around(tie("dps", "nav", strength=3))}
    )
    assert [found.level for found in merged.disagreements] == ["note"]
    assert merged.text("en") == "b rates the tie dps – nav at 3, a at 4: 1 step apart."


def test_what_one_sees_and_another_does_not() -> None:
    merged = merge({"nav": around(tie("nav", "dps")), "gp": around(tie("nav", "dps", needed=True))})
    assert [found.case for found in merged.disagreements] == ["unseen"]
    assert "is reported by nav, but not by gp" in merged.text("en")


def test_actors_are_united_and_judged_by_themselves_first() -> None:
    nav = around(actors=[ak.Actor(id="nav", kind="nav", power=2, tasks=["penger"])])
    dps = around(actors=[ak.Actor(id="nav", kind="service", power=5), ak.Actor(id="dps")])
    merged = merge({"nav": nav, "dps": dps})
    assert [actor.id for actor in merged.kart.actors] == ["dps", "nav"]
    assert (merged.kart["nav"].kind, merged.kart["nav"].power) == ("nav", 2)
    assert merged.kart["nav"].tasks == ("penger",)
    said = merged.text("en").splitlines()
    assert (
        "nav and dps disagree about nav, kind: NAV (labour and welfare) against other service."
        in said
    )
    assert "nav and dps disagree about nav, power: 2 against 5." in said
    assert "dps is on the map of dps, but not on that of nav." in said


def test_unknown_kind_is_no_disagreement() -> None:
    """DESIGN: "Missing judgement → unknown"."""
    maps = {
        "a": around(actors=[ak.Actor(id="nav")]),
        "b": around(actors=[ak.Actor(id="nav", kind="nav")]),
    }
    assert merge(maps).disagreements == ()
    assert merge(maps).text("nb") == "Kartene sier det samme."


def test_different_scales_are_refused_with_their_place() -> None:
    maps = {"a": around(), "b": around(strength_scale=None), "c": around(strength_scale=(1, 10))}
    with pytest.raises(ak.InvalidMap) as caught:
        merge(maps)
    assert [problem.place.path for problem in caught.value.problems] == [
        ("b", "strength_scale"),
        ("c", "strength_scale"),
    ]
    assert "1–10" in caught.value.text("nb")


def test_what_a_third_person_said_is_kept_apart() -> None:
    said = {"informant": "mum"}
    merged = merge(
        {
            "a": around(tie("nav", "dps", strength=1, **said)),
            "b": around(tie("nav", "dps", strength=2, **said)),
            "c": around(tie("nav", "dps", strength=1, **said)),
        }
    )
    assert [tie.informant for tie in merged.kart.ties] == ["mum", "mum (b)"]


def test_the_whole_is_kept_where_all_agree_and_a_person_stays_protected() -> None:
    one = around(title="Vårt kart", date="2026", scope="individual", note="A")
    other = around(title="Vårt kart", date="2025", note="B")
    kart = merge({"a": one, "b": other}).kart
    assert (kart.title, kart.date, kart.scope, kart.note) == (
        "Vårt kart",
        None,
        "individual",
        "A\nB",
    )


def test_goals_that_are_filled_in_differently_are_said() -> None:
    maps = {
        name: around(goals=[ak.Goal(id="g", title="Sove", direction=direction)])
        for name, direction in (("a", "higher"), ("b", "lower"))
    }
    merged = merge(maps)
    assert merged.kart.goals[0].direction == "higher"
    assert [found.case for found in merged.disagreements] == ["item"]


def test_nothing_to_merge() -> None:
    assert merge({}).kart == ak.ActorMap()


@given(one=actor_maps(), other=actor_maps())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_maps_of_one_scale_can_be_merged(one: ak.ActorMap, other: ak.ActorMap) -> None:
    if one.strength_scale != other.strength_scale:
        other = changed(
            other,
            strength_scale=one.strength_scale,
            ties=[tie.model_copy(update={"strength": None}) for tie in other.ties],
        )
    merged = merge({"x": one, "y": other})
    assert merged == merge({"y": changed(other, ties=other.ties[::-1]), "x": one})
    ids = {actor.id for kart in (one, other) for actor in kart.actors}
    assert {actor.id for actor in merged.kart.actors} == ids
    assert all(tie.informant for tie in merged.kart.ties)
    for lang in LANGUAGES:
        assert merged.text(lang)


@pytest.mark.parametrize("wrong", ["kart.yaml", [], None])
def test_what_is_merged_is_maps_by_their_informants(wrong: Any) -> None:
    with pytest.raises(ak.WrongArgument, match="informant"):
        ak.merge(wrong)
