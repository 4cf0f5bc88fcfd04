"""What is said to hold so often does, and what is said to overturn a statement does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings

import aktorkart as ak
from aktorkart.content.firmness import EACH, FAMILIES, TIES_MISSING
from aktorkart.finding import Who
from aktorkart.i18n import LANGUAGES
from aktorkart.network.network import Network, ordered_channels
from aktorkart.network.variants import thinned
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from aktorkart.finding import Finding


def by_case(kart: ak.ActorMap) -> dict[str, Finding]:
    return {found.case: found for found in ak.firmness(kart)}


def changed(kart: ak.ActorMap, change: tuple[dict[str, Any], ...]) -> ak.ActorMap:
    """Make the change that is said to overturn a statement, on the whole map."""
    ties = list(kart.ties)
    for one in change:
        ends = {one["source"], one["target"]}
        same = [t for t in ties if t.kind == one["kind"] and {*t.ends} == ends and t.is_channel]
        if one["new"] is None:
            same = [t for t in same if t.mutual == one["mutual"]]
            same = [t for t in same if t.mutual or t.source == one["source"]]
            assert same
            ties = [tie for tie in ties if tie not in same]
        else:
            assert one["old"] is None
            ties.append(ak.Tie(source=one["source"], target=one["target"], kind=one["kind"]))
    return kart.with_(ties=ties)


@given(kart=actor_maps(min_size=3, max_size=7))
@settings(deadline=None, max_examples=15)
def test_counts_are_counts_and_what_overturns_does(kart: ak.ActorMap) -> None:
    for found in ak.firmness(kart):
        held, variants = found.numbers["held"], found.numbers["variants"]
        assert held.keys() == variants.keys() <= set(FAMILIES)
        assert all(0 <= held[family] <= variants[family] for family in held)
        assert all(variants.values())
        for lang in LANGUAGES:
            assert found.text(lang)
        change = found.numbers["overturned_by"]
        if found.case == "tellings" and change:
            after = ak.care.tellings(changed(kart, change))[0]
            told = after.case in {"once", "count"}
            assert not told or after.numbers["tellings"] != found.numbers["tellings"]
        if found.case.startswith("first_place"):
            # Who is taken out, if anybody, is the one in the middle or else the user.
            middle = found.words.get("middle")
            network = Network.from_map(kart, without=middle.id if isinstance(middle, Who) else None)
            rows = {row.actor: row for row in ak.measures(network).ranking("betweenness")}
            first = [id_ for id_ in rows if rows[id_].rank == 1]
            assert sorted(first) == sorted(found.actors)
            if len(first) == 1:
                assert held["steps"] == rows[first[0]].held


def test_missing_ties_are_those_of_whole_maps() -> None:
    """Every variant built and checked like any other map gives the same answer."""
    kart = ak.examples.user_network()
    found = by_case(kart)["tellings"]
    channels = ordered_channels(kart)
    others = [tie for tie in kart.ties if tie not in kart.channels]
    held = total = 0
    for share in TIES_MISSING:
        for row in thinned([tie.kind for tie in channels], share, EACH):
            kept = [channels[at] for at in np.flatnonzero(row)]
            total += 1
            told = ak.care.tellings(kart.with_(ties=[*others, *kept]))[0]
            held += told.case in {"once", "count"} and told.numbers["tellings"] == 3
    assert (held, total) == (
        found.numbers["held"]["ties_missing"],
        found.numbers["variants"]["ties_missing"],
    )


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 1.0])
def test_what_is_left_out_is_even_over_the_groups(share: float) -> None:
    groups = ["a"] * 20 + ["b"] * 10 + ["c"] * 7 + ["d"]
    kept = thinned(groups, share, 400)
    gone = max(1, round(share * len(groups)))
    assert ((~kept).sum(axis=1) == gone).all()
    for group in "abcd":
        places = np.array([one == group for one in groups])
        left_out = (~kept[:, places]).sum(axis=1)
        right = gone * places.sum() / len(groups)
        assert np.floor(right) <= left_out.min()
        assert left_out.max() <= np.ceil(right)


def test_families_that_cannot_move_a_statement_are_not_told() -> None:
    found = by_case(ak.examples.user_network())
    assert {"steps", "informants", "alpha"}.isdisjoint(found["tellings"].numbers["held"])
    assert found["first_place_apart"].numbers["variants"]["alpha"] == 3
    assert "unknown" not in by_case(ak.examples.two_brokers())["first_place"].numbers["held"]


def test_a_map_without_judgements_has_nothing_to_ask() -> None:
    assert ak.firmness(ak.ActorMap()) == []


def test_a_small_change_is_named_with_old_and_new_strength() -> None:
    found = by_case(ak.examples.user_network())["first_place_apart"]
    (change,) = found.numbers["overturned_by"]
    assert change["old"] - change["new"] == 1
    assert "fra 2 til 1" in found.text("nb")


def test_who_waits_hears_how_far_it_has_come() -> None:
    heard: list[tuple[str, int, int]] = []
    kart = ak.examples.user_network()
    assert ak.firmness(kart, progress=lambda *at: heard.append(at)) == ak.firmness(kart)
    changes = [(done, of) for phase, done, of in heard if phase == "changes"]
    assert any(done == of for done, of in changes)
    assert all(0 < done <= of for done, of in changes)
