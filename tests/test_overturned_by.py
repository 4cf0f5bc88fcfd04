"""What is said to overturn a first place does, within one step of every tie."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import aktorkart as ak
from aktorkart.content import Topics
from aktorkart.network.network import Network
from aktorkart.network.overturned_by import overturned_by
from aktorkart.network.variants import moved
from aktorkart.strategies import actor_maps
from maps_of import hardly_between


@given(kart=actor_maps(min_size=3))
@settings(deadline=None, max_examples=60)
def test_what_overturns_does_and_is_a_step_at_most(kart: ak.ActorMap) -> None:
    measures = ak.measures(kart)
    network = measures.network
    rows = measures.ranking("betweenness", draws=0)
    if not rows or not rows[0].value:
        return
    leader = rows[0].actor
    steps = overturned_by(network, leader)
    if steps is None:
        return
    assert steps
    strengths = network.tie_strengths.copy()
    for tie, old, new in steps:
        assert strengths[tie] == old != new
        strengths[tie] = new
        if network.scale is None:
            assert new / old == pytest.approx(1.25) or new / old == pytest.approx(0.8)
        else:
            low, high = network.scale
            assert low <= new <= high
            assert abs(new - old) <= (high - low) / 4 + 1e-9
    fields = {name: getattr(network, name) for name in Network.__dataclass_fields__}
    other = Network(**fields | {"tie_strengths": strengths})
    ranked = {row.actor: row for row in ak.measures(other).ranking("betweenness", draws=0)}
    assert not ranked[leader].is_first


def test_a_report_names_the_change() -> None:
    kart = ak.examples.user_network()
    (found,) = [one for one in Topics(kart).about("centrality") if "broker" in one.case]
    more = next(one for one in found.more if one.case == "overturned")
    assert more.text("nb") in found.text("nb")
    assert more.text("nb").startswith("Den minste endringen som er funnet, og som får ")
    assert len(more.ties) == more.numbers["n"]


@given(kart=actor_maps(min_size=3))
@settings(deadline=None, max_examples=40)
def test_any_single_change_that_overturns_is_found(kart: ak.ActorMap) -> None:
    measures = ak.measures(kart)
    network = measures.network
    leaders = [row for row in measures.ranking("betweenness", draws=0) if row.is_first]
    if len(leaders) != 1:
        return
    (leader,) = leaders
    fields = {name: getattr(network, name) for name in Network.__dataclass_fields__}
    falls = False
    for targets in (moved(network, -1), moved(network, 1)):
        for tie, target in enumerate(targets):
            strengths = network.tie_strengths.copy()
            strengths[tie] = target
            other = ak.measures(Network(**fields | {"tie_strengths": strengths}))
            own = other[leader.actor].betweenness or 0.0
            best = max(other[id_].betweenness or 0.0 for id_ in other if id_ != leader.actor)
            # Between nobody is not first, whoever else is between nobody.
            falls |= own == 0 or best > own + 1e-9
    steps = overturned_by(network, leader.actor, most=10_000)
    assert (steps is not None and len(steps) == 1) == falls


def test_who_is_between_nobody_is_not_first() -> None:
    three = hardly_between()
    rows = ak.measures(three).ranking("betweenness")
    assert [(row.actor, row.rank) for row in rows] == [("bup", 1), ("dps", 2), ("syk", 2)]
    drawn = ak.measures(three).drawn("betweenness")
    assert rows[0].held == (drawn[:, 0] > 0).sum() < rows[0].draws
    assert rows[0].highest == 2
    assert all(row.lowest == 2 for row in rows[1:])
    (said,) = [one for one in ak.firmness(three) if one.case == "first_place"]
    assert said.numbers["held"]["steps"] == rows[0].held
    assert len(said.numbers["overturned_by"]) == 1
    (told,) = [one for one in Topics(three).about("centrality") if one.case == "broker"]
    assert "In the rest, nobody stood between two others." in told.text("en")
    none = three.with_(ties=[tie.model_copy(update={"strength": 3.0}) for tie in three.ties])
    alike = ak.measures(none).ranking("betweenness")
    assert {row.rank for row in alike} == {1}
    assert not any(row.is_first for row in alike)
    assert "centrality" not in ak.report(none).tables
