"""What is said to overturn a first place does, within one step of every tie."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import aktorkart as ak
from aktorkart.content import Topics
from aktorkart.network.network import Network
from aktorkart.network.overturned_by import overturned_by
from aktorkart.strategies import actor_maps


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
    assert ranked[leader].rank > 1


def test_a_report_names_the_change() -> None:
    kart = ak.examples.user_network()
    (found,) = [one for one in Topics(kart).about("centrality") if "broker" in one.case]
    more = next(one for one in found.more if one.case == "overturned")
    assert more.text("nb") in found.text("nb")
    assert more.text("nb").startswith("Den minste endringen som er funnet, og som gir ")
    assert len(more.ties) == more.numbers["n"]
