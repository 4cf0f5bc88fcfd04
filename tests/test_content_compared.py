"""What has become of a map since an earlier one: METHOD 6.12, 7 and 9."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.content.compared import SECTIONS, Compared, begun, renamed
from aktorkart.finding import Who
from aktorkart.i18n import LANGUAGES, catalogue
from aktorkart.model import Point
from aktorkart.strategies import actor_maps
from maps_of import (
    actor,
    among_partners,
    among_people,
    cases,
    changed,
    first,
    helped_by,
    linked,
    tie,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.finding import Finding

FEW = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def what(found: Iterable[Finding]) -> list[Any]:
    return sorted((one.code, one.case, one.actors, one.ties, one.text("en")) for one in found)


@given(kart=actor_maps())
@settings(FEW, max_examples=40)
def test_only_what_was_lacking_then_is_still_lacking(kart: ak.ActorMap) -> None:
    """A sentence of many is not *still* so because one of them was there before."""
    then = kart.with_(date="1500")
    compared = Compared(then, kart.with_(date="2500"))
    for one in compared.gaps.remaining:
        was, now = ({*found.actors} for found in (one.before, one.after))
        told = compared.about("remaining")
        if one.after.case == "isolates":
            assert one.is_still_so == (now <= was)
            assert {*one.new} == {Who(id_) for id_ in now - was}
        # Some are of actors, others of ties.
        fewer = now < was or {*one.after.ties} < {*one.before.ties}
        assert not one.is_still_so or one.before.text("en") == one.after.text("en") or fewer
        # What is newly so is said to be new, or at least not as it was.
        assert one.after not in told or one.is_still_so


def test_who_is_new_in_a_gap_that_remains_is_named() -> None:
    kart = among_partners(tie("nav", "dps", until="2025-06"), date="2025")
    compared = Compared(kart.with_(date="2025-01"), kart.with_(date="2026-01"))
    (grown,) = compared.about("remaining")
    assert grown.text("en") == (
        "This was lacking on the earlier map too, but it is new for dps and nav: "
        "3 actors have no working tie: dps, gp and nav."
    )
    assert begun(compared) == [grown] == compared.about("summary")[2:]
    assert "1 gap that remains now concerns others as well." in gaps_said(compared)
    back = Compared(compared.after, compared.before)
    assert [found.case for found in back.about("remaining")] == ["isolates"]
    # That the maps have changed places is said before all else.
    assert cases(back.about("summary"))[0] == "turned"
    assert gaps_said(back, 3) == "This is still lacking: 1 actor has no working tie: gp."


def gaps_said(compared: Compared, at: int = 1) -> str:
    return compared.about("summary")[at].text("en")


@given(kart=actor_maps())
@FEW
def test_a_map_has_not_changed_from_itself(kart: ak.ActorMap) -> None:
    same = Compared(kart, changed(kart, actors=kart.actors[::-1], ties=kart.ties[::-1]))
    assert not same
    gone = {"closed", "opened", "changed_ranks"}
    assert not [code for code in gone if same.about(code)]
    assert all(was == now for was, now in same.numbers.values())
    assert cases(same.about("summary"))[0] == "nothing"
    assert not any(one.moved for one in same.gaps.remaining)


@given(before=actor_maps(), after=actor_maps())
@FEW
def test_back_again_is_the_opposite_and_all_can_be_said(
    before: ak.ActorMap, after: ak.ActorMap
) -> None:
    there, back = Compared(before, after), Compared(after, before)
    assert what(there.gaps.closed) == what(back.gaps.opened)
    assert what(there.gaps.opened) == what(back.gaps.closed)
    assert what(there.gaps.unsure_before) == what(back.gaps.unsure_after)
    assert what(one.before for one in there.gaps.remaining) == what(
        one.after for one in back.gaps.remaining
    )
    assert {(one.actor, one.measure, one.before, one.after) for one in there.ranks.moved} == {
        (one.actor, one.measure, one.after, one.before) for one in back.ranks.moved
    }
    assert there.numbers == {key: (was, now) for key, (now, was) in back.numbers.items()}
    assert [one.change for one in there.goals] == [
        None if one.change is None else 0.0 - one.change for one in back.goals
    ]
    for lang in LANGUAGES:
        said = [found.text(lang) for found in there.about(*SECTIONS)]
        assert all(said)
        assert 2 <= len([one for one in there.about("summary") if one.case != "turned"]) <= 3


def test_a_gap_is_gone_where_the_new_map_shows_that_it_is() -> None:
    before = linked(helped_by("gp", "nav", "dps"), "gp-nav")
    compared = Compared(before, linked(before, "nav-dps"))
    assert ("tellings", "count") in {(one.code, one.case) for one in compared.gaps.closed}
    assert first(compared.about("summary"), "tellings_moved").numbers["now"] == 1
    closed = first(compared.about("closed"), "closed").text("en")
    assert closed.startswith("No longer so: ")


def test_what_nobody_has_filled_in_is_not_gone() -> None:
    """Unknown is told as unknown: a map without needs does not show that all are met."""
    before = changed(linked(helped_by("gp", "nav"), "gp>nav"), needs=["dental"])
    compared = Compared(before, changed(before, needs=[]))
    assert {one.code for one in compared.gaps.unsure_before} == {"one_door"}
    assert not [one for one in compared.gaps.closed if one.code == "one_door"]
    assert "cannot tell" in first(compared.about("incomparable"), "unsure_now").text("en")
    assert "cannot tell" in compared.about("summary")[1].text("en")


def test_what_is_said_in_another_way_still_stands() -> None:
    """A list that is another is the same gap, as long as somebody is on both."""
    alone = [actor(id_) for id_ in ("a", "b", "c", "d", "e")]
    before = ak.ActorMap(actors=alone, ties=[tie("a", "b")])
    (one,) = [
        one
        for one in Compared(before, before.with_tie(tie("b", "c"))).gaps.remaining
        if one.after.case == "isolates"
    ]
    assert one.moved
    assert (one.before.actors, one.after.actors) == (("c", "d", "e"), ("d", "e"))
    other = ak.ActorMap(actors=alone, ties=[tie("c", "d"), tie("d", "e")])
    found = Compared(changed(other, ties=[tie("a", "b"), tie("b", "c"), tie("c", "d")]), other)
    assert "isolates" in cases(found.gaps.closed)
    assert "isolates" in cases(found.gaps.opened)


def test_a_place_has_moved_where_the_possible_ones_do_not_overlap() -> None:
    """METHOD 7: "the interval runs from best to worst"; those who share a place share all."""
    ids = "abcdefgh"
    star = [tie("a", other, strength=3) for other in ids[1:]]
    before = ak.ActorMap(actors=[actor(id_) for id_ in ids], ties=star)
    after = changed(before, ties=[tie("b", other, strength=3) for other in ids if other != "b"])
    found = Compared(before, after).ranks
    assert {one.actor for one in found.moved} == {"a", "b"}
    up = next(one for one in found.moved if one.actor == "b" and one.measure == "betweenness")
    assert up.rises
    assert (up.before.possible, up.after.possible, up.size) == ("2–8", "1", 1)
    # Seven share a place: one more who shares it moves nobody.
    more = before.with_actor(actor("i")).with_tie(tie("a", "i", strength=3))
    assert not Compared(before, more).ranks.moved


def test_places_around_different_actors_are_not_compared() -> None:
    one = among_people(tie("u", "team"), focal="team")
    compared = Compared(one, changed(one, focal="home"))
    assert compared.ranks.reason == "other_middle"
    assert "other_middle" in cases(compared.about("incomparable"))


def test_needed_ties_one_by_one() -> None:
    def kart(*ties: ak.Tie) -> ak.ActorMap:
        return among_people(*ties)

    def needed(*ends: str) -> ak.Tie:
        return tie(*ends, needed=True)

    before = kart(needed("u", "team"), needed("u", "home"), needed("u", "dps"))
    after = kart(tie("u", "team"), needed("home", "u"), needed("u", "mum"))
    found = {
        key: [one.pair for one in ties] for key, ties in Compared(before, after).needed.items()
    }
    assert found == {
        "met": [("team", "u")],
        "still": [("home", "u")],
        "new": [("mum", "u")],
        "unsaid": [("dps", "u")],
    }
    for section, case, level in (
        ("closed", "needed_met", "strength"),
        ("opened", "needed_new", "gap"),
        ("remaining", "needed_still", "gap"),
        ("incomparable", "needed_unsaid", "unknown"),
    ):
        assert first(Compared(before, after).about(section), case).level == level
    numbers = first(Compared(before, after).about("summary"), "gaps").numbers
    assert numbers["was"] == numbers["closed"] + numbers["remaining"] + 1
    assert numbers["closed"] >= 1


def test_ties_of_other_quality() -> None:
    before = among_people(tie("u", "team", quality="strained"), tie("u", "home", quality="good"))
    after = among_people(tie("u", "team", quality="good"), tie("u", "home", quality="broken"))
    told = Compared(before, after).about("changed_ties")
    assert first(told, "quality_better").ties == (("u", "team", "contact"),)
    assert first(told, "quality_worse").ties == (("u", "home", "contact"),)
    unknown = Compared(before, among_people(tie("u", "team"), tie("u", "home")))
    assert not {"quality_better", "quality_worse"} & {*cases(unknown.about("changed_ties"))}
    # What is told by name is not counted as another judgement.
    assert "judged" not in cases(told)
    assert first(unknown.about("changed_ties"), "judged_unknown").numbers["n"] == 2


def test_of_much_that_remains_the_weightiest_is_told() -> None:
    """The person first; how much it is in all is said, and the table has it."""
    kart = ak.examples.municipal_service()
    found = Compared(kart, kart)
    told = [one for one in found.about("remaining") if one.case != "idle"]
    assert told[0].case == "remaining"
    assert told[0].numbers["n"] == first(found.about("summary"), "gaps").numbers["remaining"]
    assert (len(told), told[1].code) == (6, "coordinator")
    few = among_people(tie("u", "team"))
    assert "remaining" not in cases(Compared(few, few).about("remaining"))


def test_goals_and_plan_then_and_now() -> None:
    """METHOD 5: 2 points are the usual threshold, each map's points up to its date."""

    def goal(id_: str, *values: float, **fields: Any) -> ak.Goal:
        points = [Point(date=f"202{5 + n}-01", value=value) for n, value in enumerate(values)]
        return ak.Goal(id=id_, points=points, **{"direction": "higher"} | fields)

    goals = [
        goal("home", 3, 6),
        goal("worry", 8, 5, direction="lower"),
        goal("sleep", 5, 6),
        goal("band", 5),
    ]
    plan = [ak.Action(id="a", done="2025-06"), ak.Action(id="b"), ak.Action(id="c")]
    before = among_people(date="2025-03", goals=[*goals, goal("gone", 1)], plan=plan)
    after = changed(before, date="2026-03", goals=[*goals, goal("new", 1)], plan=plan[:2])
    compared = Compared(before, after)
    found = {one.id: (one.change, one.outcome) for one in compared.goals}
    assert found == {
        "home": (3, "better"),
        "worry": (3, "better"),
        "sleep": (1, "unclear"),
        "band": (None, "unknown"),
        "gone": (None, "gone"),
        "new": (None, "new"),
    }
    assert {one.id: one.outcome for one in compared.plan} == {"a": "done", "b": "left", "c": "gone"}
    assert "goals" in cases(compared.about("summary"))
    assert first(compared.about("summary"), "same_ties")


def test_renamed_actors_are_proposed() -> None:
    before = ak.ActorMap(actors=[actor("dps", name="DPS Nord"), actor("nav")])
    after = ak.ActorMap(actors=[actor("dps_nord", name="D.P.S. nord"), actor("nav")])
    assert renamed(before, after) == (("dps", "dps_nord"),)
    assert renamed(after, before) == (("dps_nord", "dps"),)
    compared = Compared(before, after, proposed=renamed(before, after))
    assert "may be the same" in first(compared.about("incomparable"), "renamed").text("en")


@pytest.mark.parametrize(
    ("dates", "case"),
    [
        ((None, None), "undated"),
        ((None, "2026"), "undated"),
        (("2026", "2025"), "turned"),
        (("2026", "2026"), "same_date"),
        (("2025", "2026"), None),
    ],
)
def test_what_the_dates_allow(dates: tuple[str | None, str | None], case: str | None) -> None:
    was, now = dates
    compared = Compared(among_people(date=was), among_people(tie("u", "team"), date=now))
    told = cases(compared.about("incomparable"))
    assert told == ([case] if case else [])


def test_every_case_is_in_the_method() -> None:
    said = {code.split(".")[2] for code in catalogue("en") if code.startswith("finding.compared.")}
    page = Path(__file__).parent.parent / "docs" / "method" / "comparing.md"
    assert said <= {*re.findall(r"`(\w+)`", page.read_text("utf-8"))}


def test_places_on_very_large_maps_are_not_drawn_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("aktorkart.content.ranks_compared.MOST_DRAWN", 2)
    compared = Compared(among_people(), among_people(tie("u", "team")))
    assert cases(compared.about("changed_ranks")) == ["ranks_too_large"]
