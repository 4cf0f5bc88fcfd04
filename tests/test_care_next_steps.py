"""Next steps: METHOD 9."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

import aktorkart as ak
from aktorkart.care.next_steps import next_steps
from aktorkart.care.outcome import outcome_of
from aktorkart.care.serving import serving
from aktorkart.care.tellings import tellings
from aktorkart.content import Topics
from aktorkart.errors import WrongArgument
from aktorkart.model.vocabulary import PERSONAL_NETWORK, STORY
from aktorkart.strategies import actor_maps
from maps_of import MODEST, care_maps, cases, first, helped_by, linked, number

if TYPE_CHECKING:
    from aktorkart.finding import Finding

FIVE = ("fastlege", "dps", "nav", "bolig", "rus")


def five() -> ak.ActorMap:
    """Draw the map of ACCEPTANCE A17."""
    kart = helped_by(*FIVE)
    for source, target in (("fastlege", "dps"), ("dps", "nav")):
        kart = kart.with_tie(source=source, target=target, kind="information", mutual=False)
    return kart


def test_the_best_tie_and_how_many_do_the_same() -> None:
    """ACCEPTANCE A17: from 3 to 2, and seven of the eight pairs are equal."""
    (best,) = next_steps(five())
    assert number(five()) == best.numbers["tellings_before"] == 3
    assert (best.numbers["tellings_after"], best.numbers["equal"]) == (2, 7)
    assert best.text("nb") == (
        "Begynner bolig og dps å dele informasjon, må user fortelle historien sin 2 ganger, "
        "mot 3 nå. 7 slike steg gir det samme, og dette er ett av dem."
    )


def test_two_ties_are_taken_one_at_a_time_and_said_to_be() -> None:
    """ACCEPTANCE A17: the best two lead to 1."""
    (both,) = next_steps(five(), k=2)
    assert both.numbers["tellings_after"] == 1
    assert len(both.ties) == 2
    assert "one at a time" in both.text("en")
    assert next_steps(five(), k=3)[0].ties == both.ties, "nothing is left to improve"


def test_what_the_equals_share_is_said() -> None:
    kart = helped_by("a", "b", "c", "d", ties=("a-b", "c-d"))
    (best,) = next_steps(kart)
    assert best.numbers["equal"] == 4
    assert set(best.actors) == {"a", "b", "c", "d"}
    assert "any such tie between one of a and b and one of c and d" in best.text("en")


def test_a_door_may_refer_to_who_meets_a_need() -> None:
    kart = helped_by("gp", "dps", ties=("gp>dps",)).with_actor(id="nav", kind="nav")
    best = first(next_steps(kart.with_(needs=["nav", "dps"])), "referral")
    assert (best.numbers["reached_before"], best.numbers["reached_after"]) == (1, 2)
    assert best.numbers["equal"] == 2


def test_a_strained_tie_is_mended_whoever_told_of_it_and_not_drawn_twice() -> None:
    kart = helped_by("a", "b", "c", ties=("b-c",))
    for informant in ("a", "b"):
        kart = kart.with_tie(
            source="a", target="b", kind="information", quality="strained", informant=informant
        )
    found = next_steps(kart)
    mended = first(found, "mended")
    assert mended.ties == (("a", "b", "information"),)
    assert mended.numbers["tellings_after"] == 1
    shared = first(found, "information_tellings")
    assert shared.ties == (("a", "c", "information"),)
    assert shared.numbers["equal"] == 1


def test_a_seat_where_the_others_meet() -> None:
    kart = helped_by("a", "b", "c").with_actor(id="forum", kind="arena")
    for id_ in ("a", "b"):
        kart = kart.with_tie(source=id_, target="forum", kind="membership")
    seat = first(next_steps(kart), "seat")
    assert seat.ties == (("c", "forum", "membership"),)
    assert seat.numbers["tellings_after"] == 1


def between(*, middle: bool, agreement: bool) -> ak.ActorMap:
    """Draw two organisations with practice, and perhaps one more that has agreed with the first."""
    actors = [
        ak.Actor(id=f"{home}_{level}", organisation=home, level=[level])
        for home in ("x", "y", "z")
        for level in ("individual", "service")
    ]
    kart = linked(ak.ActorMap(actors=actors), "x_individual-y_individual")
    for one, other in (("x", "z"), *([("x", "y")] if agreement else [])):
        kart = kart.with_tie(source=f"{one}_service", target=f"{other}_service", kind="agreement")
    return linked(kart, "x_service-y_service") if middle else kart


def test_an_agreement_for_practice_and_contact_in_the_middle() -> None:
    agreed = first(next_steps(between(middle=True, agreement=False)), "agreement")
    assert agreed.ties == (("x_service", "y_service", "agreement"),)
    assert agreed.numbers["unaligned_after"] == agreed.numbers["unaligned_before"] - 1
    kart = between(middle=False, agreement=True)
    met = [found for found in next_steps(kart) if found.numbers["unaligned_after"] == 1]
    assert any(("x_service", "y_service", "information") in found.ties for found in met)


def test_none_between_kin_and_none_where_nothing_improves() -> None:
    kin = ak.ActorMap(
        actors=[ak.Actor(id="mor", kind="next_of_kin"), ak.Actor(id="venn", kind="friend")]
    )
    assert next_steps(kin) == []
    assert next_steps(helped_by("a", "b", ties=("a-b",))) == []
    assert next_steps(ak.ActorMap()) == []


@pytest.mark.parametrize("k", [0, 4, True, 1.0, "1", None])
def test_steps_are_one_two_or_three(k: Any) -> None:
    with pytest.raises(WrongArgument, match="1, 2"):
        next_steps(five(), k=k)


def test_a_report_shows_three_after_the_gaps_and_says_how_to_ask_of_large_maps() -> None:
    kart = ak.examples.municipal_service()
    codes = [section.code for section in ak.report(kart).sections]
    assert codes[codes.index("gaps") + 1] == "next_steps"
    assert len(Topics(kart).about("next_steps")) == 3
    large = ak.ActorMap(actors=[ak.Actor(id=f"a{n}") for n in range(501)])
    (left_out,) = Topics(large).about("next_steps")
    assert "ak.care.next_steps(kart)" in left_out.text("en")


def test_the_network_of_the_user() -> None:
    """True of the example: fewer tellings when those two share, by the analysis itself."""
    kart = ak.examples.user_network()
    best = next_steps(kart)[0]
    source, target, kind = best.ties[0]
    after = kart.with_tie(source=source, target=target, kind=kind)
    assert tellings(after)[0].numbers["tellings"] == best.numbers["tellings_after"] == 2
    assert tellings(kart)[0].numbers["tellings"] == best.numbers["tellings_before"] == 3


def told(kart: ak.ActorMap) -> tuple[float, ...]:
    return outcome_of(kart).order


def check(kart: ak.ActorMap, found: list[Finding]) -> None:
    """Compare with taking each step on the checked map, one by one."""
    before = outcome_of(kart)
    for one in (one for one in found if one.ties[0][2] == "information" and one.case != "mended"):
        source, target, kind = one.ties[0]
        after = vars(outcome_of(kart.with_tie(source=source, target=target, kind=kind)))
        for key, value in vars(before).items():
            if value is not None:
                assert one.numbers[f"{key}_after"] == after[key], key


@given(kart=care_maps())
@MODEST
def test_the_best_is_the_best_of_all_pairs(kart: ak.ActorMap) -> None:
    """Every pair tried for itself, without asking who stands alike."""
    found = next_steps(kart)
    check(kart, found)
    before = outcome_of(kart)
    drawn = {
        frozenset(tie.ends)
        for tie in kart.ties_in_force
        if tie.kind in STORY and not tie.needed and tie.quality != "broken"
    }
    user = kart.user
    assert user is not None
    around = kart.focal == user or kart.scope == "individual"
    ids = serving(kart, user) if around else [actor.id for actor in kart.actors]
    ids = [id_ for id_ in ids if kart[id_].kind != "arena"]
    better = {}
    for pair in combinations(sorted(ids), 2):
        if frozenset(pair) in drawn or all(kart[id_].kind in PERSONAL_NETWORK for id_ in pair):
            continue
        new = kart.with_tie(source=pair[0], target=pair[1], kind="information")
        known = {
            k: v if getattr(before, k) is not None else None
            for k, v in vars(outcome_of(new)).items()
        }
        after = type(before)(**known)
        if after.order < before.order:
            better[pair] = after.order
    shared = [one for one in found if one.case.startswith("information")]
    assert sum(one.numbers["equal"] for one in shared) == len(better)
    if better:
        assert better[shared[0].ties[0][:2]] == min(better.values())


@given(kart=actor_maps())
@MODEST
def test_any_map_gives_what_improves_and_says_it_in_every_language(kart: ak.ActorMap) -> None:
    check(kart, found := next_steps(kart))
    for one in [*found, *next_steps(kart, k=3)]:
        assert all(one.text(lang) for lang in ("nb", "nn", "en", "sv"))
        assert one.numbers["tellings_after"] is None or one.numbers["tellings_after"] > 0
    assert cases(found) == cases(next_steps(kart.with_(actors=kart.actors[::-1])))
