from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.care.equality import equality, rated_pairs
from aktorkart.care.grey_zones import grey_zones
from aktorkart.care.level_alignment import level_alignment
from aktorkart.care.user_voice import user_voice
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from aktorkart.finding import Finding

FOUR = (equality, grey_zones, level_alignment, user_voice)


def actor(id_: str, kind: str = "unknown", **fields: Any) -> ak.Actor:
    return ak.Actor(id=id_, kind=kind, **fields)


def tie(source: str, target: str, kind: str = "contact", **fields: Any) -> ak.Tie:
    return ak.Tie(source=source, target=target, kind=kind, **fields)


def cases(found: list[Finding]) -> list[str]:
    return [finding.case for finding in found]


def one(found: list[Finding], case: str) -> Finding:
    (finding,) = [finding for finding in found if finding.case == case]
    return finding


# --- equality

SERVICES = [actor("dps", "dps"), actor("gp", "gp"), actor("nav", "nav"), actor("u", "user")]


def test_reciprocity_is_taken_across_lines_and_levels() -> None:
    """METHOD 6.5: "Weighted reciprocity across lines and levels"; 7: "Σ min/Σ w"."""
    kart = ak.ActorMap(
        actors=[*SERVICES, actor("team", "mental_health_team")],
        ties=[
            tie("gp", "dps", strength=4, mutual=False),
            tie("dps", "gp", strength=2, mutual=False),
            tie("gp", "nav", strength=3),
            # Within the first line: not across.
            tie("gp", "team", strength=5, mutual=False),
        ],
    )
    found = one(equality(kart), "reciprocity")
    assert found.level == "note"
    assert found.numbers["reciprocity"] == pytest.approx((2 + 2 + 3 + 3) / (4 + 2 + 3 + 3))
    assert found.numbers["one_way"] == 2
    assert found.numbers["n"] == 3


def test_levels_alone_may_be_crossed() -> None:
    actors = [actor("a", level="individual"), actor("b", level="governance")]
    kart = ak.ActorMap(actors=actors, ties=[tie("a", "b", strength=3, mutual=False)])
    assert one(equality(kart), "reciprocity").numbers["reciprocity"] == 0


def test_without_direction_reciprocity_is_unknown() -> None:
    """METHOD 7: "None if no tie is directed"."""
    kart = ak.ActorMap(actors=SERVICES, ties=[tie("gp", "nav", strength=3)])
    found = one(equality(kart), "undirected")
    assert found.level == "unknown"
    assert found.numbers["reciprocity"] is None


RATED = [
    tie("u", "nav", strength=1, informant="u"),
    tie("u", "nav", strength=4, informant="nav"),
    tie("gp", "dps", "referral", strength=3, informant="gp"),
    tie("gp", "dps", "referral", strength=2, informant="dps"),
]


def test_both_ratings_are_kept_and_shown() -> None:
    """METHOD 6.5: "over pairs rated by both sides the mean difference in steps and the list"."""
    kart = ak.ActorMap(actors=SERVICES, ties=RATED)
    assert [(p.one, p.other, p.ratings.one, p.ratings.other) for p in rated_pairs(kart)] == [
        ("nav", "u", 4, 1),
        ("dps", "gp", 2, 3),
    ]
    found = equality(kart)
    apart = one(found, "apart")
    assert found[0] is apart
    assert apart.level == "gap"
    assert apart.actors == ("nav", "u")
    assert apart.numbers["rating_gap"] == 2
    assert apart.text("en") == (
        "u rates the tie with nav at 1, while nav rates it at 4: 3 steps apart."
    )
    assert one(found, "ratings").numbers["apart"] == 1


def test_ratings_less_than_two_steps_apart_are_no_gap() -> None:
    """METHOD 6.5: "the list of those two or more apart"."""
    found = equality(ak.ActorMap(actors=SERVICES, ties=RATED[2:]))
    assert one(found, "close").level == "strength"
    assert not [finding for finding in found if finding.level == "gap"]


def test_no_pair_rated_by_both_is_unknown() -> None:
    """METHOD 6.5: "No pair rated by both: unknown"."""
    third = tie("u", "nav", strength=4, informant="gp")
    found = one(equality(ak.ActorMap(actors=SERVICES, ties=[RATED[0], third])), "no_ratings")
    assert found.level == "unknown"
    assert found.numbers["rating_gap"] is None


def test_informants_may_be_written_by_name_and_steps_are_factors_without_a_scale() -> None:
    actors = [actor("a", name="Avdeling A"), actor("b")]
    told = [
        tie("a", "b", strength=10, informant="avdeling a"),
        tie("a", "b", strength=10 * 1.25**2, informant="b"),
    ]
    kart = ak.ActorMap(actors=actors, ties=told, strength_scale=None)
    assert one(equality(kart), "apart").numbers["steps"] == 2


def test_ratings_of_different_kinds_are_compared_by_the_strongest() -> None:
    told = [
        tie("gp", "nav", "information", strength=5, informant="gp"),
        tie("gp", "nav", strength=2, informant="nav"),
    ]
    assert rated_pairs(ak.ActorMap(actors=SERVICES, ties=told))[0].ratings.steps == 3


def test_share_of_symmetric_ties() -> None:
    """METHOD 6.5: "share of two-way symmetric ties among those with a `communication`"."""
    ties = [
        tie("u", "nav", communication="two_way_symmetric"),
        tie("u", "gp", communication="press_agentry"),
        tie("u", "dps"),
    ]
    found = one(equality(ak.ActorMap(actors=SERVICES, ties=ties)), "symmetric")
    assert found.numbers["share"] == 0.5
    none = equality(ak.ActorMap(actors=SERVICES, ties=ties[2:]))
    assert one(none, "no_communication").level == "unknown"


# --- grey zones


def test_needed_ties_are_missing_unless_they_are_there() -> None:
    """METHOD 6.6: "Ties needed but not there"."""
    kart = ak.ActorMap(
        actors=SERVICES,
        ties=[
            tie("nav", "gp", "information", needed=True),
            tie("nav", "gp", "information", needed=True, informant="gp"),
            tie("dps", "gp", "information", needed=True),
            tie("gp", "dps", "information", informant="dps"),
            tie("u", "dps", needed=True, until="2020"),
        ],
        date="2026",
    )
    found = one(grey_zones(kart), "missing")
    assert found.level == "gap"
    assert found.numbers["missing"] == 1
    assert found.ties == (("nav", "gp", "information"),)


def test_tasks_with_several_owners_or_none() -> None:
    """METHOD 6.6: "tasks with no owner or several"."""
    kart = ak.ActorMap(
        actors=[actor("a", tasks=["Medisiner", "plan"]), actor("b", tasks=["medisiner"])],
        plan=[
            ak.Action(id="ring", title="Ringe NAV"),
            ak.Action(id="done", done="2026"),
            ak.Action(id="mine", responsible="a"),
        ],
    )
    found = grey_zones(kart)
    assert one(found, "several_owners").actors == ("a", "b")
    assert one(found, "no_owner").text("nb") == (
        "1 tiltak i planen er ikke gjort og har ingen ansvarlig: «Ringe NAV»."
    )


def test_grey_zones_are_silent_where_all_is_in_place() -> None:
    kart = ak.ActorMap(
        actors=[actor("a", tasks=["x"]), actor("b", tasks=["y"])],
        ties=[tie("a", "b", needed=True), tie("a", "b", informant="b")],
    )
    assert grey_zones(kart) == []


def test_without_needed_ties_and_tasks_grey_zones_are_unknown() -> None:
    found = grey_zones(ak.ActorMap(actors=SERVICES, ties=[tie("gp", "nav")]))
    assert cases(found) == ["no_needed", "no_tasks"]
    assert {finding.level for finding in found} == {"unknown"}


# --- level alignment

AT_HOME = [
    actor("chief", "authority", organisation="Kommunen"),
    actor("lead", level="service", organisation="Kommunen"),
    actor("nurse", level="individual", organisation="Kommunen"),
    actor("trust", "trust_management", organisation="HF"),
    actor("head", level="service", organisation="HF"),
    actor("doctor", level="individual", organisation="HF"),
]
AGREED = tie("chief", "trust", "agreement")
WORK = tie("nurse", "doctor", "collaboration")
MIDDLE = tie("lead", "head")


@pytest.mark.parametrize(
    ("ties", "case", "level"),
    [
        ([AGREED], "no_practice", "gap"),
        ([AGREED, WORK], "missing_middle", "gap"),
        ([AGREED, WORK, MIDDLE], "aligned", "strength"),
        ([WORK, MIDDLE], "no_agreements", "unknown"),
    ],
)
def test_levels_are_aligned_or_not(ties: list[ak.Tie], case: str, level: str) -> None:
    """METHOD 6.8: agreement without practice, practice without agreement, missing middle."""
    (found,) = level_alignment(ak.ActorMap(actors=AT_HOME, ties=ties))
    assert (found.case, found.level) == (case, level)


def test_practice_without_agreement_is_said_where_agreements_are_drawn() -> None:
    """METHOD 6.8: "practice without agreement"."""
    actors = [*AT_HOME, actor("gp", "gp", organisation="Legene")]
    kart = ak.ActorMap(actors=actors, ties=[AGREED, WORK, MIDDLE, tie("gp", "nurse", "referral")])
    found = one(level_alignment(kart), "no_agreement")
    assert found.words["one"] == "Kommunen"
    assert found.words["other"] == "Legene"
    assert found.ties == (("gp", "nurse", "referral"),)


def test_an_arena_at_service_level_is_a_middle_and_contact_is_no_practice() -> None:
    actors = [*AT_HOME, actor("forum", "arena", level="service")]
    members = [tie(id_, "forum", "membership") for id_ in ("lead", "head")]
    kart = ak.ActorMap(actors=actors, ties=[AGREED, WORK, *members])
    assert cases(level_alignment(kart)) == ["aligned"]
    contact = tie("nurse", "doctor", "contact")
    assert cases(level_alignment(kart.without_tie("nurse", "doctor").with_tie(contact))) == [
        "no_practice"
    ]


def test_no_organisations_is_unknown_and_organisations_apart_are_silent() -> None:
    """METHOD 6.8: "No organisations: unknown"."""
    (found,) = level_alignment(ak.ActorMap(actors=SERVICES, ties=RATED))
    assert (found.case, found.level) == ("no_organisations", "unknown")
    actors = [*AT_HOME, actor("gp", "gp", organisation="Legene")]
    kart = ak.ActorMap(actors=actors, ties=[AGREED, WORK, MIDDLE])
    assert all("Legene" not in found.words.values() for found in level_alignment(kart))


# --- user voice

STEERING = actor("chief", "authority")


def test_each_arena_is_asked_for_a_peer_or_user_organisation() -> None:
    """METHOD 6.10: "Does each arena have a peer or user organisation as a member"."""
    kart = ak.ActorMap(
        actors=[
            STEERING,
            actor("nav", "nav"),
            actor("peer", "peer"),
            *(actor(id_, "arena") for id_ in ("empty", "with", "without")),
        ],
        ties=[
            tie("nav", "without", "membership"),
            tie("peer", "without", "membership", needed=True),
            tie("peer", "without", "contact"),
            tie("with", "peer", "membership"),
        ],
    )
    found = user_voice(kart)
    assert one(found, "not_in_arena").actors == ("without",)
    assert one(found, "in_arena").actors == ("with", "peer")
    assert one(found, "no_members").level == "unknown"


def test_a_user_organisation_reaches_governance_by_a_directed_path() -> None:
    """METHOD 6.10: "a directed channel path from a user organisation to a governance actor"."""
    actors = [actor("org", "user_organisation"), actor("nav", "nav"), STEERING]
    there = [tie("org", "nav", mutual=False), tie("nav", "chief", mutual=False)]
    path = one(user_voice(ak.ActorMap(actors=actors, ties=there)), "path")
    assert path.actors == ("org", "nav", "chief")
    assert path.numbers["steps"] == 2
    back = [tie("org", "nav"), tie("chief", "nav", mutual=False)]
    assert one(user_voice(ak.ActorMap(actors=actors, ties=back)), "no_path").level == "gap"
    direct = [tie("org", "chief")]
    assert one(user_voice(ak.ActorMap(actors=actors, ties=direct)), "direct").level == "strength"


def test_who_has_incoming_arcs_only() -> None:
    """METHOD 6.10: "which user, peer or next of kin has incoming arcs only"."""
    kart = ak.ActorMap(
        actors=[actor("kin", "next_of_kin"), actor("nav", "nav"), actor("u", "user")],
        ties=[tie("nav", "kin", mutual=False), tie("nav", "u")],
    )
    assert one(user_voice(kart), "only_spoken_to").actors == ("kin",)
    heard = kart.with_tie(source="kin", target="u", mutual=False)
    assert "only_spoken_to" not in cases(user_voice(heard))


def test_without_arenas_and_organisations_the_voice_is_unknown() -> None:
    found = user_voice(ak.ActorMap(actors=[actor("u", "user")]))
    assert cases(found) == ["no_arenas", "no_organisation"]
    assert {finding.level for finding in found} == {"unknown"}
    alone = ak.ActorMap(actors=[actor("org", "user_organisation")])
    assert "no_governance" in cases(user_voice(alone))


# --- all four


@given(kart=actor_maps())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_depends_on_the_order_of_the_file_and_all_can_be_said(kart: ak.ActorMap) -> None:
    """METHOD 6: each returns findings with one sentence that a nurse understands."""
    turned = ak.ActorMap(
        **{name: getattr(kart, name) for name in ak.ActorMap.model_fields}
        | {"actors": kart.actors[::-1], "ties": kart.ties[::-1], "plan": kart.plan[::-1]}
    )
    for analysis in FOUR:
        found = analysis(kart)
        assert found == analysis(turned)
        for finding in found:
            assert finding.level in {"gap", "note", "strength", "unknown"}
            assert all(finding.text(lang) for lang in LANGUAGES)
            assert all(id_ in kart for id_ in finding.actors)


def test_an_empty_map_gives_only_unknown() -> None:
    for analysis in FOUR:
        found = analysis(ak.ActorMap())
        assert found
        assert {finding.level for finding in found} == {"unknown"}
