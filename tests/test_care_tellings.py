"""Tellings: METHOD 6.1."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care.serving import serving
from aktorkart.care.tellings import Story, story_of, tellings
from aktorkart.model import vocabulary
from aktorkart.model.vocabulary import PERSONAL_NETWORK, STORY
from maps_of import MODEST, care_maps, cases, helped_by, linked, number


def test_tellings_count_the_sources_of_the_flow() -> None:
    """METHOD 6.1: the number of source strongly-connected components of what remains."""
    found = tellings(helped_by("a", "b", "c", "d", ties=("a>b", "b>c")))
    assert cases(found) == ["count"]
    assert found[0].level == "gap"
    assert found[0].numbers["tellings"] == 2
    assert found[0].actors == ("a", "d")


def test_those_who_tell_each_other_are_one_and_any_of_them_will_do() -> None:
    """METHOD 6.1: strongly-connected components; name the actors that would have to be told."""
    (found,) = tellings(helped_by("a", "b", "c", "d", ties=("a>b", "b>a", "b>c"), b="coordinator"))
    assert found.actors == ("b", "d")
    assert [more.actors for more in found.more] == [("a", "b")]
    assert found.text("nb") == (
        "user må fortelle historien sin 2 ganger, til b og d, før alle de 4 som hjelper, "
        "kjenner den. Blant a og b er det nok å fortelle den til én. "
        "Derfra når den de andre av dem."
    )


def test_without_a_coordinator_the_closest_is_told() -> None:
    kart = helped_by("a", "b", ties=("a-b",)).with_tie(source="b", target="user", strength=5)
    assert tellings(kart)[0].actors == ("b",)


def test_once_is_a_strength() -> None:
    (found,) = tellings(helped_by("a", "b", "c", ties=("b>a", "b>c")))
    assert (found.case, found.level, found.actors) == ("once", "strength", ("b",))


def test_the_user_carries_nothing() -> None:
    """METHOD 6.1: Take the user out."""
    kart = linked(helped_by("a", "b", "c", ties=("b>c",)), "a-user", "user-b")
    assert number(kart) == 2


def test_the_personal_network_is_neither_told_nor_a_messenger() -> None:
    """METHOD 6.1: the personal network (next of kin, peers, friends, volunteers) left out."""
    kinds = {"mor": "next_of_kin", "p": "peer", "f": "friend", "kor": "community"}
    kart = helped_by("a", "b", *kinds, ties=("a-mor", "mor-b", "p-a"), **kinds)
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
    kart = helped_by("a", "b", "c", ties=("b-c",)).with_tie(source="a", target="b", kind=kind)
    assert number(kart) == (1 if carries else 2)


def test_what_carries_is_the_callers_to_choose() -> None:
    """METHOD 6.1: Both are constants that a caller may replace."""
    kart = linked(helped_by("a", "b"), "a-b", kind="contact")
    assert tellings(kart)[0].level == "unknown"
    assert number(kart, carrying=(*STORY, "contact")) == 1


def test_direction_counts_but_not_for_members() -> None:
    """METHOD 6.1: membership both ways through the arena."""
    assert number(helped_by("a", "b", "c", ties=("a>c", "b>c"))) == 2
    kart = helped_by("a", "b").with_actor(id="team", kind="arena")
    for member in "ab":
        kart = kart.with_tie(source=member, target="team", kind="membership", mutual=False)
    assert number(kart) == 1
    assert tellings(kart)[0].actors == ("a",)


def test_an_arena_is_told_only_by_those_who_help() -> None:
    """An arena that nobody who helps takes part in knows nothing, and so passes nothing on."""
    kart = helped_by("a", "b", ties=("a-b",)).with_actor(id="team", kind="arena")
    kart = kart.with_actor(id="boss").with_tie(source="boss", target="team", kind="membership")
    assert number(linked(kart, "team>a")) == 1
    assert number(linked(kart.without_tie("a", "b"), "team>a")) == 2


@st.composite
def stories(draw: st.DrawFn) -> Story:
    ids = "abcdefg"[: draw(st.integers(1, 7))]
    ends = st.tuples(st.sampled_from(ids + "z"), st.sampled_from(ids + "z"))
    arcs: dict[str, set[str]] = {}
    for tail, head in draw(st.lists(ends, max_size=14)):
        if tail != head:
            arcs.setdefault(tail, set()).add(head)
    some = st.sets(st.sampled_from(ids))
    return Story("u", tuple(sorted(draw(some))), frozenset(draw(some)), arcs)


@given(told=stories())
@settings(MODEST, max_examples=300)
def test_times_are_counted_as_groups_are_found(told: Story) -> None:
    assert told.times() == len(told.to_tell())
    for gone in "abcdefg":
        left = replace(
            told,
            serving=tuple(id_ for id_ in told.serving if id_ != gone),
            arenas=told.arenas - {gone},
        )
        assert told.times(without=gone) == len(left.to_tell())


def test_an_arena_that_the_user_belongs_to_is_one_to_tell() -> None:
    kart = helped_by("a", "b", "team", team="arena")
    joined = linked(kart, "a-team", kind="membership")
    assert number(joined) == 2
    assert number(linked(joined, "b-team", kind="membership")) == 1


@pytest.mark.parametrize("fields", [{"quality": "strained"}, {"needed": True}, {"until": "2020"}])
def test_only_channels_on_the_maps_date_carry(fields: dict[str, Any]) -> None:
    kart = helped_by("a", "b", "c", ties=("b-c",)).at("2026-03-01")
    assert number(linked(kart, "a-b")) == 1
    assert number(linked(kart, "a-b", **fields)) == 2


def test_without_a_tie_that_carries_the_number_is_a_bound() -> None:
    """METHOD 6: a number computed in spite of it is a bound, its level unknown."""
    (found,) = tellings(linked(helped_by("a", "b", "c"), "a-b", kind="contact"))
    assert (found.level, found.case, found.numbers["tellings"]) == ("unknown", "at_most", 3)
    assert "høyst 3 ganger" in found.text("nb")


def test_no_user_or_nobody_who_helps_is_unknown() -> None:
    assert cases(tellings(ak.ActorMap())) == ["no_user"]
    two = ak.ActorMap(actors=[ak.Actor(id=id_, kind="user") for id_ in "ab"])
    assert cases(tellings(two)) == ["no_user"]
    (found,) = tellings(helped_by("mor", mor="next_of_kin"))
    assert (found.case, found.level, found.numbers["tellings"]) == ("nobody", "unknown", 0)
    assert cases(tellings(linked(helped_by("a").with_actor(id="b"), "a-b"))) == ["only_one"]


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


@given(kart=care_maps())
@settings(deadline=None, max_examples=80)
def test_how_far_the_story_goes_and_how_many_hear_it_first_hand(kart: ak.ActorMap) -> None:
    """Against networkx, with arenas as places on the way that cost nothing."""
    found = tellings(kart)[0]
    if found.numbers.get("steps") is None:
        return
    story = story_of(kart, str(kart.user), carrying=STORY, left_out=PERSONAL_NETWORK)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(story.carriers)
    for one, others in story.arcs.items():
        for other in others & story.carriers:
            if one in story.carriers:
                graph.add_edge(one, other, weight=0 if other in story.arenas else 1)
    away = dict(nx.all_pairs_dijkstra_path_length(graph))
    last = max(min(away[one].get(id_, 99) for one in found.actors) for id_ in story.serving)
    assert found.numbers["steps"] == last
    fewest = next(
        size
        for size in range(1, len(story.serving) + 1)
        for some in itertools.combinations(story.serving, size)
        if all(any(away[one].get(id_, 99) <= 1 for one in some) for id_ in story.serving)
    )
    assert found.numbers["one_step"] == fewest
    assert fewest >= (found.numbers["tellings"] or 0)


def test_enough_for_a_group_is_not_enough_for_all() -> None:
    """What one telling reaches is said of its group alone, where there are several."""
    kart = helped_by("a", "b", "d", ties=("a-b",))
    for lang, among in (("nb", "Blant"), ("nn", "Blant"), ("en", "Among"), ("sv", "Bland")):
        assert tellings(kart)[0].text(lang).split(". ")[1].startswith(f"{among} a ")


def test_arenas_alone_help_nobody() -> None:
    kart = helped_by("a", "b", ties=("a-b",), a="arena", b="arena")
    (found,) = tellings(kart)
    assert (found.case, found.level, found.numbers["serving"]) == ("nobody", "unknown", 0)
