"""All twelve analyses together."""

from __future__ import annotations

import time
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care.coordinator import coordinator
from aktorkart.care.coverage import coverage
from aktorkart.care.drop_out import drop_out
from aktorkart.care.equality import equality
from aktorkart.care.grey_zones import grey_zones
from aktorkart.care.improvement import improvement
from aktorkart.care.in_and_out import in_and_out
from aktorkart.care.level_alignment import level_alignment
from aktorkart.care.one_door import one_door
from aktorkart.care.perspective_gap import perspective_gap
from aktorkart.care.tellings import tellings
from aktorkart.care.user_voice import user_voice
from aktorkart.i18n import LANGUAGES
from aktorkart.model import vocabulary
from aktorkart.model.vocabulary import PERSONAL_NETWORK, STORY
from aktorkart.network.graph import distances, only_through, pieces_without, sources
from aktorkart.privacy.shown import shown
from aktorkart.strategies import actor_maps
from maps_of import MODEST, cases, changed, first, linked, number, of

ANALYSES = (tellings, one_door, coordinator, drop_out)
TWELVE = (
    *ANALYSES,
    equality,
    grey_zones,
    level_alignment,
    user_voice,
    in_and_out,
    perspective_gap,
    coverage,
    improvement,
)


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
    assert first(coordinator(without), "none").numbers["appointed"] == 0

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
            sentence = without.text(lang)
            assert not [actor.name for actor in kart.actors if f"{actor.name} " in sentence]


def test_personal_kinds_are_kinds() -> None:
    assert set(PERSONAL_NETWORK) <= set(vocabulary.KINDS)
    assert set(STORY) <= set(vocabulary.TIE_KINDS)


def test_forty_actors_take_no_time() -> None:
    kart = ak.examples.municipal_service()
    begun = time.perf_counter()
    for analysis in ANALYSES:
        analysis(kart)
    assert time.perf_counter() - begun < 2, "measured: 0.1 s"


@given(kart=actor_maps(), other=actor_maps())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_depends_on_the_order_of_the_file_and_all_can_be_said(
    kart: ak.ActorMap, other: ak.ActorMap
) -> None:
    """METHOD 6: each returns findings with one sentence that a nurse understands."""

    def turned(kart: ak.ActorMap) -> ak.ActorMap:
        lists = ("actors", "ties", "goals", "plan", "checklist", "discharge")
        return changed(kart, **{name: getattr(kart, name)[::-1] for name in lists})

    back, other_back = turned(kart), turned(other)
    alone = [analysis for analysis in TWELVE if analysis is not improvement]
    pairs = [(analysis(kart), analysis(back)) for analysis in alone]
    for found, again in pairs:
        assert found == again
        assert [one.labels for one in found] == [one.labels for one in again]
        assert all(id_ in kart for one in found for id_ in one.actors)
    several = (
        (
            perspective_gap({"a": kart, "b": other}),
            perspective_gap({"b": other, "a": back}),
        ),
        (improvement(kart, other), improvement(back, other_back)),
    )
    for found, again in (*pairs, *several):
        assert found == again
        for finding in found:
            assert finding.level in {"gap", "note", "strength", "unknown"}
            assert all(finding.text(lang) for lang in LANGUAGES)


def test_an_empty_map_gives_only_unknown() -> None:
    for analysis in TWELVE:
        found = analysis(ak.ActorMap())
        assert found
        assert {finding.level for finding in found} == {"unknown"}
