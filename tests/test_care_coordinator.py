"""The coordinator: METHOD 6.3."""

from __future__ import annotations

from hypothesis import given, settings

import aktorkart as ak
from aktorkart.care.coordinator import coordinator
from aktorkart.care.serving import helping
from aktorkart.care.tellings import tellings
from aktorkart.strategies import actor_maps
from maps_of import cases, helped_by, linked


def test_the_coordinator_who_reaches_everyone_and_stands_between() -> None:
    """METHOD 6.3: «Exactly one named coordinator? Tied to every active actor?»."""
    kart = helped_by("a", "b", "k", "mor", ties=("k-a", "b>k"), k="coordinator", mor="next_of_kin")
    found = coordinator(kart)
    assert cases(found) == ["reaches_all", "same_broker"]
    assert all(finding.level == "strength" for finding in found)
    wanted = {"appointed": 1, "reached": 2, "active": 2}
    assert {key: found[0].numbers[key] for key in wanted} == wanted


def test_whom_the_coordinator_does_not_reach_and_who_stands_between_instead() -> None:
    """METHOD 6.3: «Is the structural broker someone else than the appointed one?»."""
    kart = helped_by("a", "b", "c", "k", ties=("a-b", "a-c", "a-k"), k="coordinator")
    found = coordinator(kart)
    assert cases(found) == ["reaches_some", "other_broker"]
    assert found[0].actors == ("k", "b", "c")
    assert found[0].numbers["reached"] == 1
    assert found[1].actors == ("a",)
    assert cases(coordinator(kart.without_tie("a", "k"))) == ["reaches_nobody", "other_broker"]


def test_meeting_in_an_arena_is_said_and_is_not_direct_contact() -> None:
    kart = helped_by("a", "b", "k", ties=("k-a",), k="coordinator").with_actor(id="t", kind="arena")
    kart = linked(kart, "k-t", "b-t", kind="membership")
    found = coordinator(kart)[0]
    assert (found.case, found.actors) == ("reaches_some", ("k", "b"))
    assert found.text("nb").endswith("b møter koordinatoren bare i t.")


def test_none_or_several_coordinators_are_gaps() -> None:
    found = coordinator(helped_by("a", "b", "c", ties=("a-b", "b-c")))
    assert cases(found) == ["none", "broker"]
    assert (found[0].level, found[0].numbers["appointed"]) == ("gap", 0)
    two = helped_by("a", "k", "l", ties=("k-a",), k="coordinator", l="coordinator")
    found = coordinator(two)
    assert (found[0].case, found[0].actors) == ("several", ("k", "l"))
    assert found[0].numbers["appointed"] == 2


def test_a_coordinator_without_a_channel_to_the_user() -> None:
    kart = helped_by("a").with_actor(id="k", kind="coordinator").with_tie(source="k", target="a")
    assert cases(coordinator(kart)) == ["no_channel", "reaches_all"]


def test_actors_without_kind_may_be_the_coordinator() -> None:
    """DESIGN 4: Unknown is not absent."""
    (found,) = coordinator(helped_by("a", a="unknown"))
    assert (found.case, found.level, found.actors) == ("none_known", "unknown", ("a",))
    (found,) = coordinator(ak.ActorMap(actors=[ak.Actor(id="k", kind="coordinator")]))
    assert (found.case, found.numbers["appointed"]) == ("no_user", 1)


def test_strengths_too_far_apart_for_paths_are_no_error() -> None:
    kart = helped_by("a", "b", "c").with_(strength_scale=None)
    kart = kart.with_tie(source="a", target="b", strength=1e-300)
    kart = kart.with_tie(source="b", target="c", strength=1e300)
    assert cases(coordinator(kart)) == ["none"]


@given(kart=actor_maps(min_size=2))
@settings(deadline=None, max_examples=60)
def test_who_helps_is_one_thing_to_all_who_count_them(kart: ak.ActorMap) -> None:
    """METHOD 6: an arena is somewhere to meet, and nobody who helps."""
    if kart.user is None:
        return
    helps = set(helping(kart, kart.user))
    assert not {id_ for id_ in helps if kart[id_].kind == "arena"}
    appointed = {actor.id for actor in kart.actors if actor.kind == "coordinator"}
    for found in coordinator(kart):
        assert found.numbers["active"] == len(helps - appointed)
    assert tellings(kart)[0].numbers["serving"] == len(helps)
