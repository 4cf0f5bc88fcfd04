"""One door in: METHOD 6.2."""

from __future__ import annotations

import aktorkart as ak
from aktorkart.care.one_door import one_door
from maps_of import cases, first, helped_by, linked, of


def doors() -> ak.ActorMap:
    kart = helped_by("gp", "home", "mor", mor="next_of_kin", gp="gp")
    for id_, kind in {"dps": "dps", "nav": "nav", "far": "dental", "housing1": "housing"}.items():
        kart = kart.with_actor(id=id_, kind=kind)
    kart = linked(kart, "gp>dps", "dps>nav", "nav>far", "home-user")
    return kart.with_(needs=["gp", "dps", "nav", "far", "housing"])


def test_needs_are_reached_within_two_referrals() -> None:
    """METHOD 6.2: needs reached in at most k = 2 referral arcs."""
    found = of(one_door(doors()), "gp")
    assert (found.case, found.level) == ("some", "note")
    wanted = {"reachable": 3, "needed": 5, "steps": 2}
    assert {key: found.numbers[key] for key in wanted} == wanted
    assert found.actors == ("gp", "dps", "nav")
    assert of(one_door(doors(), steps=3), "gp").numbers["reachable"] == 4
    assert of(one_door(doors(), steps=1), "gp").numbers["reachable"] == 2


def test_the_curve_counts_needs_within_one_two_and_three_referrals() -> None:
    """METHOD 6.2: the curve for k = 1, 2, 3 is part of the numbers."""
    for steps in (1, 2, 3, 4):
        assert of(one_door(doors(), steps=steps), "gp").numbers["curve"] == (2, 3, 4)


def test_needs_that_no_door_leads_to_come_first() -> None:
    first = one_door(doors())[0]
    assert (first.case, first.level, first.numbers["n"]) == ("never", "gap", 2)
    assert first.actors == ("far",)
    assert first.text("nb") == "Ingen dør inn fører til far og bolig med høyst 2 henvisninger."


def test_dead_ends_are_reached_and_refer_nobody_on_while_needs_remain() -> None:
    """METHOD 6.2: dead ends (reached, no outgoing referral while needs remain)."""
    kart = doors()
    assert "stops" not in cases(list(of(one_door(kart), "gp").more))
    ended = of(one_door(kart.without_tie("nav", "far")), "gp")
    assert first(list(ended.more), "stops").actors == ("nav",)
    content = kart.with_(needs=["dps", "nav"])
    assert "stops" not in cases(list(of(one_door(content), "gp").more))


def test_a_door_that_leads_nowhere_is_named_but_next_of_kin_are_not() -> None:
    found = first(one_door(doors()), "nowhere")
    assert (found.actors, found.level, found.numbers["reachable"]) == (("home",), "gap", 0)


def test_a_door_that_only_meets_a_need_itself() -> None:
    kart = doors().with_tie(source="user", target="housing1")
    found = first(one_door(kart), "only_itself")
    assert (found.actors, found.numbers["reachable"]) == (("housing1",), 1)


def test_every_need_from_one_door_is_a_strength() -> None:
    """003: «det er «en dør inn» til tjenestene»."""
    kart = doors().with_(needs=["gp", "nav"])
    found = one_door(kart)
    assert (found[0].level, found[0].case) == ("gap", "nowhere")
    best = first(found, "all")
    assert (best.actors[0], best.level, best.numbers["reachable"]) == ("gp", "strength", 2)


def test_a_channel_to_the_user_is_no_door_for_the_user() -> None:
    """METHOD 6.2: each entry (an actor with a channel from the user)."""
    kart = doors().without_tie("user", "gp")
    inward = kart.with_tie(source="gp", target="user", mutual=False)
    assert not any(found.actors[:1] == ("gp",) for found in one_door(inward))


def test_referrals_do_not_pass_through_the_user() -> None:
    kart = linked(doors(), "home>user", "user>gp", kind="referral")
    assert first(one_door(kart), "nowhere").actors == ("home",)


def test_a_door_that_refers_past_what_is_needed() -> None:
    kart = doors().with_(needs=["housing"])
    found = of(one_door(kart), "gp")
    assert (found.case, found.level, found.numbers["reachable"]) == ("leads_past", "gap", 0)


def opened(kart: ak.ActorMap, **hours: list[str]) -> ak.ActorMap:
    for id_, open_ in hours.items():
        kart = kart.with_actor(kart[id_].model_copy(update={"open": tuple(open_)}))
    return kart


def test_what_is_open_late_is_said_per_door_and_for_all() -> None:
    """METHOD 6.2: what is open evening, night, weekend."""
    kart = opened(
        doors(), gp=["weekdays"], home=["weekdays", "evening"], dps=["night"], nav=["weekdays"]
    )
    found = one_door(kart)
    door = of(found, "gp")
    assert [door.numbers[time] for time in ("evening", "night", "weekend")] == [0, 1, 0]
    assert first(list(door.more), "open_night").actors == ("dps",)
    assert (
        first(found, "shut").text("nb")
        == "Alle de 2 dørene til hjelp er stengt om natten og i helgen."
    )
    assert first(found, "late_doors").actors == ("home",)


def test_hours_that_nobody_has_stated_are_unknown() -> None:
    """METHOD 6: Absent data is not an absent tie."""
    assert first(one_door(doors()), "hours_unknown").level == "unknown"
    found = one_door(opened(doors(), gp=["weekdays"]))
    assert first(found, "shut_so_far").level == "unknown"
    assert first(found, "hours_unknown").actors == ("home",)
    assert of(found, "gp").numbers["night"] is None


def test_no_list_no_doors_or_no_referrals_is_unknown() -> None:
    """METHOD 6.2: No list: unknown."""
    assert cases(one_door(ak.ActorMap())) == ["no_user"]
    assert cases(one_door(helped_by("a"))) == ["no_needs"]
    alone = ak.ActorMap(actors=[ak.Actor(id="user", kind="user")], needs=["gp"])
    assert cases(one_door(alone)) == ["no_doors"]
    kart = helped_by("a", "b", a="gp").with_(needs=["gp", "nav"])
    found = one_door(kart)[0]
    assert (found.case, found.level, found.numbers["reachable"]) == ("no_referrals", "unknown", 1)
