"""Tellings, one door in, the coordinator and the drop-out test: METHOD 6.1–6.4."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care.coordinator import coordinator
from aktorkart.care.drop_out import drop_out
from aktorkart.care.one_door import one_door
from aktorkart.care.serving import serving
from aktorkart.care.tellings import tellings
from aktorkart.i18n import LANGUAGES
from aktorkart.model import vocabulary
from aktorkart.model.vocabulary import PERSONAL_NETWORK, STORY
from aktorkart.network.graph import distances, only_through, pieces_without, sources
from aktorkart.privacy.shown import shown
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from aktorkart.finding import Finding

ANALYSES = (tellings, one_door, coordinator, drop_out)


def around(*ids: str, ties: tuple[str, ...] = (), **kinds: str) -> ak.ActorMap:
    """Draw a map around a user: "a>b" is a referral one way, "a-b" information both ways."""
    actors = [ak.Actor(id="user", kind="user")]
    actors += [ak.Actor(id=id_, kind=kinds.get(id_, "service")) for id_ in ids]
    drawn = [ak.Tie(source="user", target=id_) for id_ in ids]
    return linked(ak.ActorMap(focal="user", actors=actors, ties=drawn), *ties)


def linked(kart: ak.ActorMap, *ties: str, **fields: Any) -> ak.ActorMap:
    for tie in ties:
        kind, mutual = ("referral", False) if ">" in tie else ("information", True)
        source, target = tie.replace(">", "-").split("-")
        about = {"kind": kind, "mutual": mutual} | fields
        kart = kart.with_tie(source=source, target=target, **about)
    return kart


def number(kart: ak.ActorMap, **options: Any) -> Any:
    return tellings(kart, **options)[0].numbers["tellings"]


def cases(found: list[Finding]) -> list[str]:
    return [one.case for one in found]


def one(found: list[Finding], case: str) -> Finding:
    return next(finding for finding in found if finding.case == case)


def of(found: list[Finding], id_: str) -> Finding:
    return next(finding for finding in found if finding.actors[:1] == (id_,))


# --- tellings


def test_tellings_count_the_sources_of_the_flow() -> None:
    """METHOD 6.1: the number of source strongly-connected components of what remains."""
    found = tellings(around("a", "b", "c", "d", ties=("a>b", "b>c")))
    assert cases(found) == ["count"]
    assert found[0].level == "gap"
    assert found[0].numbers["tellings"] == 2
    assert found[0].actors == ("a", "d")


def test_those_who_tell_each_other_are_one_and_any_of_them_will_do() -> None:
    """METHOD 6.1: strongly-connected components; name the actors that would have to be told."""
    (found,) = tellings(around("a", "b", "c", "d", ties=("a>b", "b>a", "b>c"), b="coordinator"))
    assert found.actors == ("b", "d")
    assert [more.actors for more in found.more] == [("a", "b")]
    assert found.text("nb") == (
        "user må fortelle historien sin 2 ganger før alle de 4 som hjelper, kjenner den: "
        "til b og d. Det holder å fortelle den til én av a og b. Derfra når den de andre."
    )


def test_without_a_coordinator_the_closest_is_told() -> None:
    kart = around("a", "b", ties=("a-b",)).with_tie(source="b", target="user", strength=5)
    assert tellings(kart)[0].actors == ("b",)


def test_once_is_a_strength() -> None:
    (found,) = tellings(around("a", "b", "c", ties=("b>a", "b>c")))
    assert (found.case, found.level, found.actors) == ("once", "strength", ("b",))


def test_the_user_carries_nothing() -> None:
    """METHOD 6.1: Take the user out."""
    kart = linked(around("a", "b", "c", ties=("b>c",)), "a-user", "user-b")
    assert number(kart) == 2


def test_the_personal_network_is_neither_told_nor_a_messenger() -> None:
    """METHOD 6.1: the personal network (next of kin, peers, friends, volunteers) left out."""
    kinds = {"mor": "next_of_kin", "p": "peer", "f": "friend", "kor": "community"}
    kart = around("a", "b", *kinds, ties=("a-mor", "mor-b", "p-a"), **kinds)
    assert number(kart) == 2
    assert number(kart, left_out=()) == 3


@pytest.mark.parametrize(
    ("kind", "carries"),
    [(kind, kind in STORY) for kind in vocabulary.TIE_KINDS if kind != "conflict"],
)
def test_what_carries(kind: str, *, carries: bool) -> None:
    """METHOD 6.1: What carries: information, referral, collaboration and coordination ties.

    And membership; not contact, agreement, funding or authority.
    """
    kart = around("a", "b", "c", ties=("b-c",)).with_tie(source="a", target="b", kind=kind)
    assert number(kart) == (1 if carries else 2)


def test_what_carries_is_the_callers_to_choose() -> None:
    """METHOD 6.1: Both are constants that a caller may replace."""
    kart = linked(around("a", "b"), "a-b", kind="contact")
    assert tellings(kart)[0].level == "unknown"
    assert number(kart, carrying=(*STORY, "contact")) == 1


def test_direction_counts_but_not_for_members() -> None:
    """METHOD 6.1: membership both ways through the arena."""
    assert number(around("a", "b", "c", ties=("a>c", "b>c"))) == 2
    kart = around("a", "b").with_actor(id="team", kind="arena")
    for member in "ab":
        kart = kart.with_tie(source=member, target="team", kind="membership", mutual=False)
    assert number(kart) == 1
    assert tellings(kart)[0].actors == ("a",)


def test_an_arena_is_told_only_by_those_who_help() -> None:
    """An arena that nobody who helps takes part in knows nothing, and so passes nothing on."""
    kart = around("a", "b", ties=("a-b",)).with_actor(id="team", kind="arena")
    kart = kart.with_actor(id="boss").with_tie(source="boss", target="team", kind="membership")
    assert number(linked(kart, "team>a")) == 1
    assert number(linked(kart.without_tie("a", "b"), "team>a")) == 2


def test_an_arena_that_the_user_belongs_to_is_one_to_tell() -> None:
    kart = around("a", "b", "team", team="arena")
    joined = linked(kart, "a-team", kind="membership")
    assert number(joined) == 2
    assert number(linked(joined, "b-team", kind="membership")) == 1


@pytest.mark.parametrize("fields", [{"quality": "strained"}, {"needed": True}, {"until": "2020"}])
def test_only_channels_on_the_maps_date_carry(fields: dict[str, Any]) -> None:
    kart = around("a", "b", "c", ties=("b-c",)).at("2026-03-01")
    assert number(linked(kart, "a-b")) == 1
    assert number(linked(kart, "a-b", **fields)) == 2


def test_without_a_tie_that_carries_the_number_is_a_bound() -> None:
    """METHOD 6: a number computed in spite of it is a bound, its level unknown."""
    (found,) = tellings(linked(around("a", "b", "c"), "a-b", kind="contact"))
    assert (found.level, found.case, found.numbers["tellings"]) == ("unknown", "at_most", 3)
    assert "høyst 3 ganger" in found.text("nb")


def test_no_user_or_nobody_who_helps_is_unknown() -> None:
    assert cases(tellings(ak.ActorMap())) == ["no_user"]
    two = ak.ActorMap(actors=[ak.Actor(id=id_, kind="user") for id_ in "ab"])
    assert cases(tellings(two)) == ["no_user"]
    (found,) = tellings(around("mor", mor="next_of_kin"))
    assert (found.case, found.level, found.numbers["tellings"]) == ("nobody", "unknown", 0)
    assert cases(tellings(linked(around("a").with_actor(id="b"), "a-b"))) == ["only_one"]


def reference(kart: ak.ActorMap) -> int:
    """Count the actors' groups by reachability, as METHOD words it."""
    user = kart.user
    graph: nx.DiGraph[str] = nx.DiGraph()
    helpers = serving(kart, user or "")
    arenas = {actor.id for actor in kart.actors if actor.kind == "arena"}
    graph.add_nodes_from(arenas.union(helpers))
    for tie in kart.channels:
        if tie.kind in STORY and {tie.source, tie.target} <= set(graph):
            graph.add_edge(tie.source, tie.target)
            if tie.mutual or tie.kind == "membership":
                graph.add_edge(tie.target, tie.source)
    knows = {a: {b for b in helpers if nx.has_path(graph, a, b)} for a in helpers}
    told_by = {b: frozenset(a for a in helpers if b in knows[a]) for b in helpers}
    return len({told_by[b] for b in helpers if told_by[b] <= knows[b]})


@st.composite
def care_maps(draw: st.DrawFn, max_size: int = 7) -> ak.ActorMap:
    """Draw maps around a user where most actors help, and much is passed on."""
    ids = [f"a{n}" for n in range(draw(st.integers(2, max_size)))]
    kinds = st.sampled_from(["gp", "nav", "arena", "dps", "peer", "coordinator"])
    actors = [ak.Actor(id="user", kind="user")] + [ak.Actor(id=i, kind=draw(kinds)) for i in ids]
    ends = st.lists(st.sampled_from(["user", *ids]), min_size=2, max_size=2, unique=True)
    kart = ak.ActorMap(focal=draw(st.sampled_from([None, "user", ids[0]])), actors=actors)
    for id_ in draw(st.lists(st.sampled_from(ids), unique=True)):
        kart = kart.with_tie(source="user", target=id_)
    for source, target in draw(st.lists(ends, max_size=9)):
        kind = draw(st.sampled_from([*STORY, "contact"]))
        kart = kart.with_tie(source=source, target=target, kind=kind, mutual=draw(st.booleans()))
    return kart


MODEST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MODEST
@given(kart=care_maps())
def test_tellings_agree_with_reachability_and_never_exceed_the_helpers(kart: ak.ActorMap) -> None:
    """Issue 3: it never exceeds the number of such actors."""
    (found,) = tellings(kart)
    helpers = serving(kart, "user")
    assert found.numbers["tellings"] == reference(kart)
    assert found.numbers["tellings"] <= len(helpers)
    assert len(found.actors) == found.numbers["tellings"]
    assert set(found.actors) <= set(helpers)


@MODEST
@given(kart=care_maps(), data=st.data())
def test_an_information_tie_never_raises_the_tellings(kart: ak.ActorMap, data: Any) -> None:
    """Issue 3: tellings never rises when an information tie is added."""
    others = [actor.id for actor in kart.actors if actor.id != "user"]
    pair = data.draw(st.lists(st.sampled_from(others), min_size=2, max_size=2, unique=True))
    mutual = data.draw(st.booleans())
    # with_tie puts a tie in place of the same one: that would also take one away.
    more = kart.with_tie(
        source=pair[0], target=pair[1], kind="information", mutual=mutual, informant="new"
    )
    assert len(more.ties) == len(kart.ties) + 1
    assert number(more) <= number(kart)


# --- one door


def doors() -> ak.ActorMap:
    kart = around("gp", "home", "mor", mor="next_of_kin", gp="gp")
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


def test_needs_that_no_door_leads_to_come_first() -> None:
    first = one_door(doors())[0]
    assert (first.case, first.level, first.numbers["n"]) == ("never", "gap", 2)
    assert first.actors == ("far",)
    assert first.text("nb") == "Ingen dør inn fører til far og bolig innen 2 henvisninger."


def test_dead_ends_are_reached_and_refer_nobody_on_while_needs_remain() -> None:
    """METHOD 6.2: dead ends (reached, no outgoing referral while needs remain)."""
    kart = doors()
    assert "stops" not in cases(list(of(one_door(kart), "gp").more))
    ended = of(one_door(kart.without_tie("nav", "far")), "gp")
    assert one(list(ended.more), "stops").actors == ("nav",)
    content = kart.with_(needs=["dps", "nav"])
    assert "stops" not in cases(list(of(one_door(content), "gp").more))


def test_a_door_that_leads_nowhere_is_named_but_next_of_kin_are_not() -> None:
    found = one(one_door(doors()), "nowhere")
    assert (found.actors, found.level, found.numbers["reachable"]) == (("home",), "gap", 0)


def test_a_door_that_only_meets_a_need_itself() -> None:
    kart = doors().with_tie(source="user", target="housing1")
    found = one(one_door(kart), "only_itself")
    assert (found.actors, found.numbers["reachable"]) == (("housing1",), 1)


def test_every_need_from_one_door_is_a_strength() -> None:
    """003: «det er «en dør inn» til tjenestene»."""
    kart = doors().with_(needs=["gp", "nav"])
    found = one_door(kart)
    assert (found[0].level, found[0].case) == ("gap", "nowhere")
    best = one(found, "all")
    assert (best.actors[0], best.level, best.numbers["reachable"]) == ("gp", "strength", 2)


def test_a_channel_to_the_user_is_no_door_for_the_user() -> None:
    """METHOD 6.2: each entry (an actor with a channel from the user)."""
    kart = doors().without_tie("user", "gp")
    inward = kart.with_tie(source="gp", target="user", mutual=False)
    assert not any(found.actors[:1] == ("gp",) for found in one_door(inward))


def test_referrals_do_not_pass_through_the_user() -> None:
    kart = linked(doors(), "home>user", "user>gp", kind="referral")
    assert one(one_door(kart), "nowhere").actors == ("home",)


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
    assert one(list(door.more), "open_night").actors == ("dps",)
    assert (
        one(found, "shut").text("nb")
        == "Alle de 2 dørene til hjelp er stengt om natten og i helgen."
    )
    assert one(found, "late_doors").actors == ("home",)


def test_hours_that_nobody_has_stated_are_unknown() -> None:
    """METHOD 6: Absent data is not an absent tie."""
    assert one(one_door(doors()), "hours_unknown").level == "unknown"
    found = one_door(opened(doors(), gp=["weekdays"]))
    assert one(found, "shut_so_far").level == "unknown"
    assert one(found, "hours_unknown").actors == ("home",)
    assert of(found, "gp").numbers["night"] is None


def test_no_list_no_doors_or_no_referrals_is_unknown() -> None:
    """METHOD 6.2: No list: unknown."""
    assert cases(one_door(ak.ActorMap())) == ["no_user"]
    assert cases(one_door(around("a"))) == ["no_needs"]
    alone = ak.ActorMap(actors=[ak.Actor(id="user", kind="user")], needs=["gp"])
    assert cases(one_door(alone)) == ["no_doors"]
    kart = around("a", "b", a="gp").with_(needs=["gp", "nav"])
    found = one_door(kart)[0]
    assert (found.case, found.level, found.numbers["reachable"]) == ("no_referrals", "unknown", 1)


# --- coordinator


def test_the_coordinator_who_reaches_everyone_and_stands_between() -> None:
    """METHOD 6.3: «Exactly one named coordinator? Tied to every active actor?»."""
    kart = around("a", "b", "k", "mor", ties=("k-a", "b>k"), k="coordinator", mor="next_of_kin")
    found = coordinator(kart)
    assert cases(found) == ["reaches_all", "same_broker"]
    assert all(finding.level == "strength" for finding in found)
    wanted = {"appointed": 1, "reached": 2, "active": 2}
    assert {key: found[0].numbers[key] for key in wanted} == wanted


def test_whom_the_coordinator_does_not_reach_and_who_stands_between_instead() -> None:
    """METHOD 6.3: «Is the structural broker someone else than the appointed one?»."""
    kart = around("a", "b", "c", "k", ties=("a-b", "a-c", "a-k"), k="coordinator")
    found = coordinator(kart)
    assert cases(found) == ["reaches_some", "other_broker"]
    assert found[0].actors == ("k", "b", "c")
    assert found[0].numbers["reached"] == 1
    assert found[1].actors == ("a",)
    assert cases(coordinator(kart.without_tie("a", "k"))) == ["reaches_nobody", "other_broker"]


def test_meeting_in_an_arena_is_said_and_is_not_direct_contact() -> None:
    kart = around("a", "b", "k", ties=("k-a",), k="coordinator").with_actor(id="t", kind="arena")
    kart = linked(kart, "k-t", "b-t", kind="membership")
    found = coordinator(kart)[0]
    assert (found.case, found.actors) == ("reaches_some", ("k", "b"))
    assert found.text("nb").endswith("b møter koordinatoren bare i t.")


def test_none_or_several_coordinators_are_gaps() -> None:
    found = coordinator(around("a", "b", "c", ties=("a-b", "b-c")))
    assert cases(found) == ["none", "broker"]
    assert (found[0].level, found[0].numbers["appointed"]) == ("gap", 0)
    two = around("a", "k", "l", ties=("k-a",), k="coordinator", l="coordinator")
    found = coordinator(two)
    assert (found[0].case, found[0].actors) == ("several", ("k", "l"))
    assert found[0].numbers["appointed"] == 2


def test_a_coordinator_without_a_channel_to_the_user() -> None:
    kart = around("a").with_actor(id="k", kind="coordinator").with_tie(source="k", target="a")
    assert cases(coordinator(kart)) == ["no_channel", "reaches_all"]


def test_actors_without_kind_may_be_the_coordinator() -> None:
    """DESIGN 4: Unknown is not absent."""
    (found,) = coordinator(around("a", a="unknown"))
    assert (found.case, found.level, found.actors) == ("none_known", "unknown", ("a",))
    (found,) = coordinator(ak.ActorMap(actors=[ak.Actor(id="k", kind="coordinator")]))
    assert (found.case, found.numbers["appointed"]) == ("no_user", 1)


def test_strengths_too_far_apart_for_paths_are_no_error() -> None:
    kart = around("a", "b", "c").with_(strength_scale=None)
    kart = kart.with_tie(source="a", target="b", strength=1e-300)
    kart = kart.with_tie(source="b", target="c", strength=1e300)
    assert cases(coordinator(kart)) == ["none"]


# --- drop-out


def test_the_kite() -> None:
    """A2: Drop-out: without 7, F = .3889; without 3, F = 0."""
    found = drop_out(ak.examples.kite())
    assert [finding.actors for finding in found] == [("7",), ("8",)]
    assert found[0].numbers["fragmentation"] == pytest.approx(0.3889, abs=5e-5)
    assert found[1].numbers["fragmentation"] == pytest.approx(2 * 8 / 72)
    assert found[0].numbers["cut_off"] is None
    focal = drop_out(ak.examples.kite().with_(focal="0"))
    assert [finding.actors for finding in focal] == [("7", "8", "9"), ("8", "9")]


def test_around_a_person_the_user_is_not_counted() -> None:
    """METHOD 6.4: in a map around a person also without the user, or F is 0 in every star."""
    kart = around("a", "b", "c", ties=("a-b", "b-c"))
    found = of(drop_out(kart), "b")
    assert found.numbers["fragmentation"] == 1
    assert found.numbers["cut_off"] == 0
    assert all(finding.actors[0] != "user" for finding in drop_out(kart))


def test_more_tellings_when_the_messenger_leaves() -> None:
    kart = around("a", "b", "c", ties=("a>b", "a>c"))
    found = of(drop_out(kart), "a")
    assert (found.case, found.level) == ("more_tellings", "gap")
    assert (found.numbers["tellings_before"], found.numbers["tellings_after"]) == (1, 2)
    assert "2 ganger, mot 1 nå" in found.text("nb")


def test_an_arena_that_leaves_takes_the_sharing_with_it() -> None:
    kart = around("a", "b").with_actor(id="team", kind="arena")
    kart = linked(kart, "a-team", "b-team", kind="membership")
    found = of(drop_out(kart), "team")
    assert (found.numbers["tellings_before"], found.numbers["tellings_after"]) == (1, 2)


def test_fewer_tellings_is_a_change_but_no_cost() -> None:
    """METHOD 6.4: A finding where any of the three changes."""
    found = of(drop_out(around("a", "b", "c", ties=("b-c",))), "a")
    assert (found.case, found.level) == ("fewer_tellings", "note")


def test_a_bound_on_the_tellings_is_no_change() -> None:
    """Without a tie that carries, tellings are unknown, and so is any change in them."""
    assert drop_out(around("a", "b", "c")) == []


def test_those_cut_off_are_reached_along_outgoing_channels() -> None:
    """METHOD 6.4: actors cut off (reachable from the focal actor before, not after)."""
    kart = around("a", "b", ties=("a-b",)).with_actor(id="x").with_actor(id="y")
    kart = kart.with_tie(source="a", target="x").with_tie(source="y", target="a", mutual=False)
    found = drop_out(kart)[0]
    assert (found.actors, found.numbers["cut_off"]) == (("a", "x"), 1)
    assert found.text("nb").startswith("Faller a bort, mister user forbindelsen med x.")


def test_ties_that_hang_on_a_person_are_named() -> None:
    """METHOD 6.4: ties that hang on a person rather than a role are named."""
    kart = around("a", "b", "c", ties=("a>b", "a>c"))
    kart = kart.with_tie(source="user", target="a", bound_to="person")
    kart = kart.with_tie(source="user", target="b", bound_to="person")
    kart = kart.with_tie(source="user", target="c", bound_to="role")
    found = drop_out(kart)
    assert of(found, "a").ties == (("user", "a", "contact"),)
    assert "henger på en person, ikke på en rolle: user – a." in of(found, "a").text("nb")
    assert found[-1].case == "on_person"
    assert found[-1].ties == (("user", "b", "contact"),)


def test_the_dearest_loss_comes_first() -> None:
    kart = around("a", "b", "c", "d", ties=("a>b", "c>d")).with_actor(id="x").with_actor(id="y")
    kart = kart.with_tie(source="b", target="x").with_tie(source="d", target="y")
    lost = [len(finding.actors) for finding in drop_out(kart)]
    assert lost == sorted(lost, reverse=True)
    assert drop_out(kart)[0].actors == ("b", "x")


def test_leaving_out_someone_who_stands_alone_is_no_change() -> None:
    kart = ak.examples.kite().with_actor(id="alone")
    assert [finding.actors for finding in drop_out(kart)] == [("7",), ("8",)]


def test_nothing_to_lose_is_silent_and_no_channel_unknown() -> None:
    ids = "abc"
    actors = [ak.Actor(id=id_) for id_ in ids]
    ring = linked(ak.ActorMap(actors=actors, focal="a"), "a-b", "b-c", "c-a")
    assert drop_out(ring) == []
    assert cases(drop_out(ak.ActorMap(actors=actors))) == ["no_channels"]
    assert cases(drop_out(ak.ActorMap())) == ["no_channels"]


def losses(kart: ak.ActorMap) -> dict[str, dict[str, Any]]:
    """Take out one actor at a time, as METHOD words it."""
    user, focal = kart.user, kart.focal
    person = focal == user and user is not None
    tied: nx.Graph[str] = nx.Graph()
    arcs: Any = nx.DiGraph()
    for graph in (tied, arcs):
        graph.add_nodes_from(actor.id for actor in kart.actors)
    for tie in kart.channels:
        tied.add_edge(tie.source, tie.target)
        arcs.add_edge(tie.source, tie.target)
        if tie.mutual:
            arcs.add_edge(tie.target, tie.source)
    if person:
        tied.remove_node(user or "")
    found = {}
    for id_ in tied:
        if id_ == focal:
            continue
        rest = tied.copy()
        rest.remove_node(id_)
        sizes = [len(part) for part in nx.connected_components(rest)]
        n = len(rest)
        f = None if n < 2 else 1 - sum(s * (s - 1) for s in sizes) / (n * (n - 1))
        left = arcs.copy()
        left.remove_node(id_)
        cut = (
            sorted(nx.descendants(arcs, focal) - nx.descendants(left, focal) - {id_, focal})
            if focal
            else []
        )
        found[id_] = {
            "f": f,
            "cut": cut,
            "pieces": len(sizes) - nx.number_connected_components(tied),
        }
    return found


@MODEST
@given(kart=care_maps())
def test_drop_out_agrees_with_taking_each_actor_out(kart: ak.ActorMap) -> None:
    found = {finding.actors[0]: finding for finding in drop_out(kart) if finding.actors}
    assume(kart.channels)
    for id_, lost in losses(kart).items():
        after = number(kart.without_actor(id_)) if id_ != "user" else None
        known = tellings(kart)[0].case not in {"at_most", "nobody"}
        changed = known and after is not None and after != number(kart)
        matters = bool(lost["cut"]) or lost["pieces"] > 0 or changed
        assert (id_ in found) == matters
        if id_ in found:
            assert found[id_].numbers["fragmentation"] == pytest.approx(lost["f"])
            assert found[id_].actors[1:] == tuple(lost["cut"])
            if known:
                assert found[id_].numbers["tellings_after"] == after


# --- graphs


graphs = (
    st.integers(1, 9)
    .flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, n - 1), max_size=4, unique=True), min_size=n, max_size=n
        )
    )
    .map(lambda out: [sorted(set(others) - {i}) for i, others in enumerate(out)])
)


@MODEST
@given(out=graphs)
def test_graphs_agree_with_networkx(out: list[list[int]]) -> None:
    graph: Any = nx.DiGraph()
    graph.add_nodes_from(range(len(out)))
    graph.add_edges_from((i, j) for i, others in enumerate(out) for j in others)
    condensed = nx.condensation(graph)
    wanted = [
        sorted(condensed.nodes[c]["members"]) for c in condensed if not condensed.in_degree(c)
    ]
    assert sources(out) == sorted(wanted)
    assert distances(out, [0]) == dict(nx.single_source_shortest_path_length(graph, 0))
    through = only_through(out, 0)
    for gone in range(1, len(out)):
        left = graph.copy()
        left.remove_node(gone)
        lost = nx.descendants(graph, 0) - nx.descendants(left, 0) - {gone}
        assert through[gone] == sorted(lost)
    both = graph.to_undirected()
    pieces = pieces_without([sorted(both[i]) for i in range(len(out))])
    for gone in range(len(out)):
        part = nx.node_connected_component(both, gone) - {gone}
        sizes = [len(c) for c in nx.connected_components(both.subgraph(part))]
        assert sorted(pieces[gone]) == sorted(sizes)


# --- all four


def test_the_users_map_answers_and_the_answers_follow_the_edits() -> None:
    """Issue 3: every one of these answers changes when the map is edited accordingly."""
    kart = ak.examples.user_network()
    assert number(kart) == 3
    assert tellings(kart)[0].actors == ("fastlege", "nav", "sykkelverksted")
    told = linked(kart, "koordinator>nav")
    assert number(told) == 2
    assert number(linked(told, "nav>sykkelverksted")) == 1
    assert number(kart.without_tie("fastlege", "dps")) == 4

    reached = coordinator(kart)[0].numbers["reached"]
    assert isinstance(reached, int)
    assert coordinator(told)[0].numbers["reached"] == reached + 1
    without = kart.without_actor("koordinator")
    assert one(coordinator(without), "none").numbers["appointed"] == 0

    assert of(drop_out(kart), "fastlege").numbers["tellings_after"] == 4
    covered = linked(kart, "koordinator>tannlege", "koordinator>dps")
    assert not any(
        found.actors[0] == "fastlege" and found.level == "gap" for found in drop_out(covered)
    )

    assert of(one_door(kart), "fastlege").numbers["reachable"] == 2
    referred = linked(kart, "fastlege>nav")
    assert of(one_door(referred), "fastlege").numbers["reachable"] == 3
    assert "never" in cases(one_door(kart))
    assert "never" not in cases(one_door(linked(kart, "fastlege>korps")))
    assert cases(one_door(kart.with_(needs=[]))) == ["no_needs"]


@pytest.mark.parametrize("name", ["user_network", "municipal_service"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_are_told_in_four_languages_without_names(name: str, lang: str) -> None:
    kart = getattr(ak.examples, name)()
    hidden = shown(kart, names=False, lang=lang).kart
    for analysis in ANALYSES:
        named = list(analysis(kart))
        roles = list(analysis(hidden))
        assert [found.numbers for found in named] == [found.numbers for found in roles]
        for found, without in zip(named, roles, strict=True):
            assert found.text(lang).endswith(".")
            said = without.text(lang)
            assert not [actor.name for actor in kart.actors if f"{actor.name} " in said]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kart=actor_maps())
def test_no_valid_map_is_too_strange(kart: ak.ActorMap) -> None:
    """Analyses never raise on a valid map, and the order of the file changes nothing."""
    turned: dict[str, Any] = {"actors": kart.actors[::-1], "ties": kart.ties[::-1]}
    other = kart.with_(**turned)
    for analysis in ANALYSES:
        found, again = analysis(kart), analysis(other)
        assert [one.actors for one in found] == [one.actors for one in again]
        for lang in LANGUAGES:
            assert [one.text(lang) for one in found] == [one.text(lang) for one in again]


def test_personal_kinds_are_kinds() -> None:
    assert set(PERSONAL_NETWORK) <= set(vocabulary.KINDS)
    assert set(STORY) <= set(vocabulary.TIE_KINDS)


def test_forty_actors_take_no_time() -> None:
    kart = ak.examples.municipal_service()
    begun = time.perf_counter()
    for analysis in ANALYSES:
        analysis(kart)
    assert time.perf_counter() - begun < 2, "measured: 0.1 s"
