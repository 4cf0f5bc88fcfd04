"""Ties are counted, not reports of them: however many tell, and each way or both at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given

import aktorkart as ak
from aktorkart.care import equality, grey_zones
from aktorkart.comparison.compare import compare
from aktorkart.content.contents import contents
from aktorkart.content.counted import counted
from aktorkart.content.key_numbers import key_numbers
from aktorkart.content.topics import Topics
from maps_of import MODEST, care_maps, one, tie

if TYPE_CHECKING:
    from aktorkart.finding import Finding

ENDS = [ak.Actor(id="a", kind="nav"), ak.Actor(id="b", kind="dps"), ak.Actor(id="c", kind="gp")]


def _numbers(kart: ak.ActorMap) -> Any:
    """Return the numbers of ties that sentences and tables tell."""

    def told(found: list[Finding]) -> list[Any]:
        return [(each.case, each.numbers.get("n")) for each in found]

    numbers = key_numbers(Topics(kart))
    # With every tie mutual it is not defined, however the arcs answer each other (METHOD 7).
    del numbers["reciprocity"], numbers["gaps"]
    across = [found for found in told(equality(kart)) if found[0] == "symmetric"]
    return numbers, counted(kart, "en"), told(contents(kart)), told(grey_zones(kart)), across


def _told_by_two(kart: ak.ActorMap) -> ak.ActorMap:
    return kart.with_(
        ties=[
            each.model_copy(update={"informant": name})
            for each in kart.ties
            for name in ("first", "second")
        ]
    )


def _each_way(kart: ak.ActorMap) -> ak.ActorMap:
    """Return the map with two one-way ties for each mutual one."""
    ties = {
        ((source, target), each.kind): each.model_copy(
            update={"source": source, "target": target, "mutual": False}
        )
        for each in kart.ties
        for source, target in each.arcs
    }
    return kart.with_(ties=list(ties.values()))


@MODEST
@given(care_maps())
def test_who_tells_of_a_tie_and_in_which_way_changes_no_count(kart: ak.ActorMap) -> None:
    for same in (_told_by_two(kart), _each_way(kart)):
        assert _numbers(same) == _numbers(kart)
        change = compare(kart, same)
        assert (change.numbers["gained"], change.numbers["lost"]) == (0, 0)


@MODEST
@given(care_maps(), care_maps())
def test_the_numbers_of_ties_then_and_now_differ_by_what_is_gained_and_lost(
    before: ak.ActorMap, after: ak.ActorMap
) -> None:
    """The sentence and the table say the same."""
    change = compare(before, after).numbers
    was, now = (key_numbers(Topics(kart))["channels"] or 0 for kart in (before, after))
    assert now - was == (change["gained"] or 0) - (change["lost"] or 0)


def test_a_pair_that_answers_each_other_does_not_go_one_way() -> None:
    ties = [tie("a", "b", strength=5, mutual=False), tie("b", "a", strength=1, mutual=False)]
    kart = ak.ActorMap(actors=ENDS, ties=[*ties, tie("b", "c", mutual=False)])
    assert one(equality(kart), "reciprocity").numbers["one_way"] == 1
    assert counted(kart, "en")[1] == "2 ties"


def test_what_was_otherwise_at_another_time_and_is_there_now_is_not_left_out() -> None:
    ended = tie("a", "b", until="2025-04-30")
    kart = ak.ActorMap(actors=ENDS, ties=[ended, tie("a", "b", since="2025-05-01")], date="2026")
    assert counted(kart, "en") == ["3 actors", "1 tie"]
    assert counted(kart.with_(ties=[ended]), "en")[2] == "1 not in force on the date"


def test_a_needed_tie_that_two_miss_each_their_way_is_one() -> None:
    ties = [
        tie("a", "b", needed=True, mutual=False, informant="a"),
        tie("b", "a", needed=True, mutual=False, informant="b"),
    ]
    found = one(grey_zones(ak.ActorMap(actors=ENDS, ties=ties)), "missing")
    assert found.text("en").startswith("1 tie is needed but not there: a – b")
