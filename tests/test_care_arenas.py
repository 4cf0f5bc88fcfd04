"""Arenas as two-mode data: METHOD 9."""

from __future__ import annotations

import pickle
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care import arenas
from aktorkart.content import Topics
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from maps_of import MODEST, actor, cases, first, tie

HELPERS = ("dps", "gp", "nav")


def meeting(**members: str) -> ak.ActorMap:
    """Draw a user with three who help, and arenas with their members by first letter."""
    by_letter = {id_[0]: id_ for id_ in HELPERS}
    actors = [actor("user", "user"), *(actor(id_, id_) for id_ in HELPERS)]
    ties = [tie("user", id_) for id_ in HELPERS]
    for arena, letters in members.items():
        actors.append(actor(arena, "arena"))
        ties += [tie(by_letter[letter], arena, "membership") for letter in letters]
    return ak.ActorMap(actors=actors, ties=ties, focal="user")


def test_overlap_is_the_jaccard_index() -> None:
    """METHOD 9: "Overlap of two arenas: Jaccard of members"."""
    found = arenas(meeting(board="dg", group="gn", empty="", void=""))
    assert found.overlap == {
        ("board", "empty"): 0,
        ("board", "group"): pytest.approx(1 / 3),
        ("board", "void"): 0,
        ("empty", "group"): 0,
        ("empty", "void"): None,
        ("group", "void"): 0,
    }
    assert found.nearest("board") == (("group",), 1 / 3)
    assert found.nearest("void") is None
    assert "overlap" not in cases(found.findings)
    much = first(arenas(meeting(board="dg", group="dgn")).findings, "overlap")
    assert (much.numbers["shared"], much.numbers["n"]) == (2, 3)


def test_an_arena_whose_pairs_all_meet_elsewhere_is_redundant() -> None:
    """METHOD 9: "*redundant* where every pair of its members also meets elsewhere"."""
    found = arenas(meeting(all="dgn", some="dg", alone="d", empty=""))
    rows = {row.id: row for row in found.rows}
    assert found.could_go == ("some",)
    assert rows["all"].only_here == (("dps", "nav"), ("gp", "nav"))
    assert rows["all"].redundant is False
    # Where nobody meets, nothing is redundant.
    assert rows["alone"].redundant is rows["empty"].redundant is None
    said = first(found.findings, "redundant")
    assert said.actors == ("some", "all")
    assert said.text("en") == (
        "The 2 members of some meet each other in other arenas too: all."
        " As a meeting place it could go."
    )


def test_two_that_lean_on_each_other_cannot_both_go() -> None:
    found = arenas(meeting(one="dg", two="dg"))
    assert found.could_go == ("one", "two")
    assert first(found.findings, "not_all").numbers["n"] == 1
    third = arenas(meeting(one="dg", two="dg", third="dgn"))
    assert third.could_go == ("one", "two")
    assert "not_all" not in cases(third.findings)


def test_none_redundant_is_said() -> None:
    found = arenas(meeting(one="dg", two="gn"))
    said = first(found.findings, "none_redundant")
    assert (said.level, said.actors) == ("strength", ("one", "two"))


def test_who_serves_the_same_user_and_meets_nowhere() -> None:
    """METHOD 9: "pairs who meet nowhere although they serve the same user"."""
    kart = meeting(one="dg")
    found = arenas(kart)
    assert found.nowhere == (("dps", "nav"), ("gp", "nav"))
    said = first(found.findings, "meet_nowhere")
    assert (said.level, said.actors) == ("gap", ("dps", "gp", "nav"))
    assert (said.numbers["n"], said.numbers["total"], said.numbers["apart"]) == (2, 3, 2)
    # A channel is no meeting, but those who have none are the ones to name.
    said = first(arenas(kart.with_tie(tie("gp", "nav"))).findings, "meet_nowhere")
    assert (said.numbers["n"], said.numbers["apart"]) == (2, 1)
    assert said.actors == ("dps", "nav")
    in_touch = kart.with_tie(tie("gp", "nav")).with_tie(tie("dps", "nav"))
    assert first(arenas(in_touch).findings, "only_in_touch").level == "note"
    assert first(arenas(meeting(one="dgn")).findings, "all_meet").level == "strength"


def test_arenas_without_known_members_make_it_a_bound() -> None:
    """METHOD 6: "Absent data is not an absent tie: … a bound, its level `unknown`"."""
    said = first(arenas(meeting(one="dg", void="")).findings, "at_most")
    assert (said.level, said.numbers["n"], said.numbers["empty"]) == ("unknown", 2, 1)
    # Nobody meets less often for what is not known.
    assert "all_meet" in cases(arenas(meeting(one="dgn", void="")).findings)


def test_what_the_map_does_not_hold_is_unknown() -> None:
    assert cases(arenas(meeting()).findings) == ["no_arenas"]
    assert arenas(ak.ActorMap()).nowhere is None
    forum = ak.ActorMap(actors=[actor("a", "arena"), actor("b")])
    assert cases(arenas(forum).findings) == ["no_members", "no_user"]
    lone = ak.ActorMap(actors=[actor("a", "arena"), actor("user", "user")])
    assert cases(arenas(lone).findings) == ["no_members", "no_pairs"]
    for kart in (meeting(), forum, lone):
        assert {found.level for found in arenas(kart).findings} == {"unknown"}


def test_memberships_that_do_not_work_or_do_not_exist_are_no_meeting() -> None:
    kart = meeting(one="dg")
    for fields in ({"needed": True}, {"quality": "broken"}):
        more = kart.with_tie(tie("nav", "one", "membership", **fields))
        assert arenas(more) == arenas(kart)
    assert arenas(kart.with_tie(tie("nav", "one"))).rows == arenas(kart).rows


@st.composite
def meetings(draw: st.DrawFn) -> ak.ActorMap:
    letters = st.sets(st.sampled_from("dgn")).map(lambda some: "".join(sorted(some)))
    kart = meeting(**draw(st.dictionaries(st.sampled_from("ABCDE"), letters, max_size=4)))
    for pair in draw(st.sets(st.sampled_from([*combinations(HELPERS, 2)]))):
        kart = kart.with_tie(tie(*pair, kind="information"))
    return kart


@given(kart=meetings())
def test_it_is_what_going_through_all_pairs_gives(kart: ak.ActorMap) -> None:
    members = {
        one.id: {t.source for t in kart.ties if t.kind == "membership" and t.target == one.id}
        for one in kart.actors
        if one.kind == "arena"
    }

    def meet(one: str, other: str, *, without: str = "") -> bool:
        return any({one, other} <= some for arena, some in members.items() if arena != without)

    found = arenas(kart)
    assert {row.id: set(row.members) for row in found.rows} == members
    for row in found.rows:
        pairs = [*combinations(sorted(members[row.id]), 2)]
        assert row.pairs == len(pairs)
        assert row.only_here == tuple(p for p in pairs if not meet(*p, without=row.id))
        redundant = all(meet(*p, without=row.id) for p in pairs) if pairs else None
        assert row.redundant is redundant
    assert found.nowhere == tuple(p for p in combinations(HELPERS, 2) if not meet(*p))
    for (one, other), share in found.overlap.items():
        either = members[one] | members[other]
        both = members[one] & members[other]
        assert share == (pytest.approx(len(both) / len(either)) if either else None)
    # What could go does not part anybody; what could not go, does.
    for row in found.rows:
        left = arenas(kart.without_actor(row.id))
        assert (left.nowhere == found.nowhere) == (row.redundant is not False)
    lost = [
        pair
        for pair in combinations(HELPERS, 2)
        if meet(*pair)
        and not any({*pair} <= members[a] for a in members if a not in found.could_go)
    ]
    assert ("not_all" in cases(found.findings)) == bool(lost)


@given(kart=actor_maps())
@MODEST
def test_any_map(kart: ak.ActorMap) -> None:
    found = arenas(kart)
    assert found == arenas(kart.with_(actors=kart.actors[::-1], ties=kart.ties[::-1]))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own
    assert hash(found) == hash(arenas(kart))
    for lang in LANGUAGES:
        assert len(found.table(lang)) == len(found.rows)
        assert all(one.text(lang) for one in found.findings)


def test_the_table_and_its_frame() -> None:
    found = arenas(meeting(all="dgn", some="dg", alone="n", empty=""))
    rows = {row["arena"]: row for row in found.table("nb").to_records()}
    assert rows["some"] == {
        "arena": "some",
        "arena_label": "some",
        "members": 2,
        "pairs": 1,
        "only_here": 0,
        "redundant": True,
        "nearest": ["all"],
        "nearest_label": "all",
        "overlap": pytest.approx(2 / 3),
    }
    assert rows["empty"]["only_here"] is rows["empty"]["nearest"] is None
    assert rows["alone"]["redundant"] is None
    assert list(found.table("en").to_frame()["arena"]) == ["all", "alone", "empty", "some"]


def test_a_report_tells_who_meets_where() -> None:
    kart = ak.examples.skane()
    r = ak.report(kart, lang="sv")
    section = next(section for section in r.sections if section.code == "arenas")
    assert "redundant" in cases(section.findings)
    assert len(r["arenas"]) == 5
    # That there are no arenas, or no user, is told by others.
    assert Topics(meeting()).about("arenas") == []
    assert "arenas" not in [s.code for s in ak.report(ak.examples.kite()).sections]
    assert "no_user" not in cases(Topics(ak.examples.learning_network()).about("arenas"))


def test_around_a_person_a_report_tells_roles() -> None:
    kart = meeting(one="dg").with_(scope="individual")
    named = kart.with_(
        actors=[one.model_copy(update={"name": f"Kari {one.id}"}) for one in kart.actors]
    )
    r = ak.report(named, lang="nb")
    section = next(section for section in r.sections if section.code == "arenas")
    said = r["arenas"].to_text() + " ".join(found.text("nb") for found in section.findings)
    assert "Kari" not in said


@pytest.mark.parametrize("wrong", ["kart.yaml", None, [1]])
def test_something_else_is_refused(wrong: Any) -> None:
    with pytest.raises(ak.WrongArgument):
        arenas(wrong)


def test_each_arena_is_told_of_also_where_nobody_meets_there() -> None:
    """Who sits there is unknown, or there is nobody to meet."""
    found = arenas(meeting(one="d", void="")).findings
    void, alone = first(found, "no_members"), first(found, "one_member")
    assert (void.actors, void.level) == (("void",), "unknown")
    assert (alone.actors, alone.level) == (("one",), "note")
    kart = ak.ActorMap(actors=[ak.Actor(id="board", kind="arena"), ak.Actor(id="nav")])
    made = ak.report(kart, lang="en")
    (section,) = [one for one in made.sections if one.code == "arenas"]
    assert [one.case for one in section.findings] == ["no_members"]
