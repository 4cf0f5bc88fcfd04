"""Arenas in networks: METHOD 9."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.model.checks import same_tie
from aktorkart.network.memberships import ARENAS, links, seats
from aktorkart.network.network import Network
from aktorkart.network.scores import RANKABLE
from aktorkart.strategies import actor_maps
from maps_of import MODEST, actor, changed, tie

ACTORS = [actor(id_) for id_ in ("dps", "gp", "nav", "peer")]
FORUMS = [actor("board", "arena"), actor("group", "arena")]
KART = ak.ActorMap(
    actors=[*ACTORS, *FORUMS],
    ties=[
        tie("dps", "group", "membership", strength=4),
        tie("group", "nav", "membership", strength=2, mutual=False),
        tie("gp", "group", "membership"),
        tie("gp", "board", "membership", strength=5),
        tie("dps", "board", "membership", strength=1),
        tie("group", "board", "membership", strength=5),
        tie("peer", "group", "coordination", strength=5),
        tie("dps", "nav", strength=1),
        tie("gp", "nav", "referral", strength=3, mutual=False),
    ],
    focal="group",
)


def arcs(network: Network) -> dict[tuple[str, str], float]:
    ends = zip(network.tails.tolist(), network.heads.tolist(), strict=True)
    strengths = network.strengths.tolist()
    return {
        (network.ids[tail], network.ids[head]): strength
        for (tail, head), strength in zip(ends, strengths, strict=True)
    }


def test_an_arena_is_an_actor_unless_asked_otherwise() -> None:
    """METHOD 9: "In one-mode measures an arena is an actor (default…)"."""
    assert ak.measures(KART).network.ids == ak.measures(KART, arenas="actors").network.ids
    assert "group" in ak.measures(KART)
    assert ak.measures(KART).arenas == "actors"


def test_an_arena_links_its_members_by_the_weaker_membership() -> None:
    """METHOD 9: "each two members are linked with the weaker of their memberships"."""
    m = ak.measures(KART, arenas="links")
    assert arcs(m.network) == {
        # Weaker than the membership of nav, stronger than their contact.
        ("dps", "nav"): 2,
        ("nav", "dps"): 2,
        # By the board 1, by the group unknown: the judged one counts.
        ("dps", "gp"): 1,
        ("gp", "dps"): 1,
        # By the group unknown, the referral is judged; back it is what is judged this way.
        ("gp", "nav"): 3,
        ("nav", "gp"): 3,
    }
    assert list(m) == ["dps", "gp", "nav", "peer"]
    assert m["peer"].degree == 0


def test_an_arena_can_be_left_out() -> None:
    m = ak.measures(KART, arenas="out")
    assert arcs(m.network) == {("dps", "nav"): 1, ("nav", "dps"): 1, ("gp", "nav"): 3}
    assert m.ties == 2


def test_an_arena_that_is_no_actor_can_be_focal_and_have_a_group() -> None:
    for arenas in ("links", "out"):
        m = ak.measures(KART, arenas=arenas, group={"dps": "a", "group": "b"})
        assert m.key_players(1).sets
        assert m.ei_index({"dps": "a", "nav": "b", "group": "c"}) == 1
        with pytest.raises(ak.UnknownActor):
            m["group"]
        with pytest.raises(ak.UnknownActor):
            m.ei_index({"nobody": "a"})


@st.composite
def maps_with_arenas(draw: st.DrawFn) -> ak.ActorMap:
    """Draw any map, and make arenas of some actors and memberships of most ties."""
    kart = draw(actor_maps())
    arenas = draw(st.sets(st.sampled_from([one.id for one in kart.actors] or [""])))
    ties: list[ak.Tie] = []
    for one in kart.ties:
        kind = draw(st.sampled_from([one.kind, "membership", "membership"]))
        other = one.model_copy(update={"kind": kind, "quality": None, "needed": False})
        if not any(same_tie(other, earlier) for earlier in ties):
            ties.append(other)
    actors = [
        one.model_copy(update={"kind": "arena"} if one.id in arenas else {}) for one in kart.actors
    ]
    return changed(kart, actors=actors, ties=ties)


def by_hand(kart: ak.ActorMap, arena: str) -> dict[tuple[str, str], float | None]:
    """Go through the memberships of one arena, the plainest way."""
    members: dict[str, list[float]] = {}
    for one in kart.channels:
        ends = [one.source, one.target]
        if one.kind == "membership" and arena in ends:
            ends.remove(arena)
            if kart[ends[0]].kind != "arena":
                judged = members.setdefault(ends[0], [])
                judged += [] if one.strength is None else [one.strength]
    found = {}
    for pair in combinations(members, 2):
        best = [max(members[member], default=None) for member in pair]
        known = [one for one in best if one is not None]
        found[pair] = min(known) if len(known) == 2 else None
    return found


@given(kart=maps_with_arenas())
@MODEST
def test_links_are_what_going_through_all_pairs_gives(kart: ak.ActorMap) -> None:
    arenas = [one.id for one in kart.actors if one.kind == "arena"]
    told: dict[tuple[str, str], list[float | None]] = {}
    for one in kart.channels:
        if not {*arenas} & {*one.ends}:
            for arc in one.arcs:
                told.setdefault(arc, []).append(one.strength)
    assert arcs(ak.measures(kart, arenas="out").network).keys() == told.keys()
    for arena in arenas:
        for pair, weaker in by_hand(kart, arena).items():
            for arc in (pair, pair[::-1]):
                told.setdefault(arc, []).append(weaker)
    found = arcs(ak.measures(kart, arenas="links").network)
    assert found.keys() == told.keys()
    for arc, strength in found.items():
        known = [[one for one in told.get(way, ()) if one is not None] for way in (arc, arc[::-1])]
        if any(known):
            assert strength == max(known[0] or known[1])


@given(kart=maps_with_arenas())
@MODEST
def test_everything_measured_follows(kart: ak.ActorMap) -> None:
    for arenas in ARENAS:
        m = ak.measures(kart, arenas=arenas)
        kept = [one.id for one in kart.actors if arenas == "actors" or one.kind != "arena"]
        assert sorted(m) == sorted(kept)
        assert m.n == len(kept)
        try:
            rows = m.table().to_records()
        except ak.InvalidMap:
            continue  # strengths that are too far apart
        assert [row["actor"] for row in rows] == sorted(kept)
        same = ak.measures(m.network)
        for name in RANKABLE:
            assert [m.value(name, id_) for id_ in m] == [same.value(name, id_) for id_ in m]


def test_who_sits_where_with_what_strength() -> None:
    assert seats(KART) == {
        "board": {"dps": 1, "gp": 5, "group": 5},
        "group": {"dps": 4, "gp": None, "nav": 2},
    }
    assert {*links(KART)} == {
        ("dps", "gp", 1),
        ("dps", "gp", None),
        ("dps", "nav", 2),
        ("gp", "nav", None),
    }


@pytest.mark.parametrize("wrong", ["nodes", "", None, 1])
def test_another_word_is_refused(wrong: Any) -> None:
    with pytest.raises(ak.UnknownName):
        ak.measures(KART, arenas=wrong)


def test_a_network_has_its_arenas_as_it_was_made() -> None:
    network = Network.from_map(KART, arenas="links")
    assert ak.measures(network)["dps"].degree == pytest.approx(2 / 3)
    with pytest.raises(ak.WrongArgument, match="arenas"):
        ak.measures(network, arenas="out")
