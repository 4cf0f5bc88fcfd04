"""The drop-out test: METHOD 6.4."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import assume, given

import aktorkart as ak
from aktorkart.care.drop_out import drop_out
from aktorkart.care.tellings import tellings
from aktorkart.finding import named
from maps_of import MODEST, care_maps, cases, helped_by, linked, number, of


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
    kart = helped_by("a", "b", "c", ties=("a-b", "b-c"))
    found = of(drop_out(kart), "b")
    assert found.numbers["fragmentation"] == 1
    assert found.numbers["cut_off"] == 0
    assert all(finding.actors[0] != "user" for finding in drop_out(kart))


def test_more_tellings_when_the_messenger_leaves() -> None:
    kart = helped_by("a", "b", "c", ties=("a>b", "a>c"))
    found = of(drop_out(kart), "a")
    assert (found.case, found.level) == ("more_tellings", "gap")
    assert (found.numbers["tellings_before"], found.numbers["tellings_after"]) == (1, 2)
    assert "2 ganger, mot 1 nå" in found.text("nb")


def test_an_arena_that_leaves_takes_the_sharing_with_it() -> None:
    kart = helped_by("a", "b").with_actor(id="team", kind="arena")
    kart = linked(kart, "a-team", "b-team", kind="membership")
    found = of(drop_out(kart), "team")
    assert (found.numbers["tellings_before"], found.numbers["tellings_after"]) == (1, 2)


def test_fewer_tellings_is_a_change_but_no_cost() -> None:
    """METHOD 6.4: A finding where any of the three changes."""
    found = of(drop_out(helped_by("a", "b", "c", ties=("b-c",))), "a")
    assert (found.case, found.level) == ("fewer_tellings", "note")


def test_a_bound_on_the_tellings_is_no_change() -> None:
    """Without a tie that carries, tellings are unknown, and so is any change in them."""
    assert drop_out(helped_by("a", "b", "c")) == []


def test_those_cut_off_are_reached_along_outgoing_channels() -> None:
    """METHOD 6.4: actors cut off (reachable from the focal actor before, not after)."""
    kart = helped_by("a", "b", ties=("a-b",)).with_actor(id="x").with_actor(id="y")
    kart = kart.with_tie(source="a", target="x").with_tie(source="y", target="a", mutual=False)
    found = drop_out(kart)[0]
    assert (found.actors, found.numbers["cut_off"]) == (("a", "x"), 1)
    assert found.text("nb").startswith("Faller a bort, mister user kontakten med x.")


def test_ties_that_hang_on_a_person_are_named() -> None:
    """METHOD 6.4: ties that hang on a person rather than a role are named."""
    kart = helped_by("a", "b", "c", ties=("a>b", "a>c"))
    kart = kart.with_tie(source="user", target="a", bound_to="person")
    kart = kart.with_tie(source="user", target="b", bound_to="person")
    kart = kart.with_tie(source="user", target="c", bound_to="role")
    found = drop_out(kart)
    assert of(found, "a").ties == (("user", "a", "contact"),)
    assert "henger på en person, ikke på en rolle: user – a." in of(found, "a").text("nb")
    assert found[-1].case == "on_person"
    assert found[-1].ties == (("user", "b", "contact"),)


def test_the_dearest_loss_comes_first() -> None:
    kart = helped_by("a", "b", "c", "d", ties=("a>b", "c>d")).with_actor(id="x").with_actor(id="y")
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
        known = tellings(kart)[0].case not in {"at_most", "nobody", "only_one"}
        changed = known and after is not None and after != number(kart)
        matters = bool(lost["cut"]) or lost["pieces"] > 0 or changed
        assert (id_ in found) == matters
        if id_ in found:
            assert found[id_].numbers["fragmentation"] == pytest.approx(lost["f"])
            assert found[id_].actors[1:] == tuple(lost["cut"])
            if known:
                assert found[id_].numbers["tellings_after"] == after


@MODEST
@given(kart=care_maps())
def test_who_loses_the_rest_is_named_once(kart: ak.ActorMap) -> None:
    """The smaller parts of a group that splits, and nobody twice in one breath."""
    for found in drop_out(kart):
        said = [found, *found.more]
        splits = [one for one in said if "splits" in one.case]
        cut = [one for one in said if one.case == "cut_off"]
        if cut and splits:
            assert cut[0].words["others"] != splits[0].words["others"]
        assert "fewer" not in "".join(one.case for one in found.more)


@MODEST
@given(kart=care_maps())
def test_nobody_is_spared_by_the_order_of_ids(kart: ak.ActorMap) -> None:
    """All who are not in the one largest part are named; where no part is that, everyone is."""
    for found in drop_out(kart):
        for said in (one for one in (found, *found.more) if "splits" in one.case):
            tied = nx.Graph(tie.ends for tie in kart.channels)
            tied.remove_nodes_from([kart.person] if kart.person else [])
            group = nx.node_connected_component(tied, found.actors[0]) - {found.actors[0]}
            parts = sorted(nx.connected_components(tied.subgraph(group)), key=len, reverse=True)
            even = len(parts[0]) == len(parts[1])
            apart = {id_ for part in (parts if even else parts[1:]) for id_ in part}
            assert said.words["others"] == named(sorted(apart))
            text = said.text("en")
            # Of a long part some are named and the rest counted.
            assert not even or " more" in text or all(id_ in text for id_ in group)
            assert ("rest of the group" in text) is not even


def test_a_group_without_a_larger_part_is_told_part_by_part() -> None:
    star = linked(ak.ActorMap(actors=[ak.Actor(id=id_) for id_ in "abcd"]), "a-b", "a-c", "a-d")
    said = "Faller a bort, har b, c og d ingen relasjon som virker, til hverandre."
    assert of(drop_out(star), "a").text("nb") == said
    chain = linked(ak.ActorMap(actors=[ak.Actor(id=f"{n:02}") for n in range(21)]))
    for n in range(1, 21):
        chain = linked(chain, f"00-{n:02}" if n % 2 else f"{n - 1:02}-{n:02}")
    assert of(drop_out(chain), "00").text("en").endswith("15 and 16; 2 more.")


def test_a_loss_is_never_told_as_a_gain() -> None:
    kart = linked(helped_by("a", "b", "c"), "a-b")
    for found in drop_out(kart):
        assert " 0 ganger" not in found.text("nb")
    (alone,) = [found for found in drop_out(kart) if found.actors[0] == "c"]
    assert alone.case == "fewer_tellings"
    assert (
        alone.text("nb") == "Faller c bort, mister user en som i dag må få historien fra user selv."
    )


def test_an_unrelated_tie_says_nothing_of_the_story() -> None:
    kart = helped_by("a", "b").with_actor(id="mor", kind="next_of_kin")
    kart = kart.with_actor(id="venn", kind="friend")
    before = tellings(kart)[0]
    after = tellings(linked(kart, "mor-venn"))[0]
    assert (before.case, before.level) == (after.case, after.level) == ("at_most", "unknown")
