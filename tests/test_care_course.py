from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.care.coverage import coverage
from aktorkart.care.improvement import improvement
from aktorkart.care.in_and_out import in_and_out
from aktorkart.care.perspective_gap import perspective_gap
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from aktorkart.finding import Finding

PEOPLE = [
    ak.Actor(id="u", kind="user"),
    ak.Actor(id="ward", kind="hospital"),
    ak.Actor(id="dps", kind="dps"),
    ak.Actor(id="home", kind="home_care"),
    ak.Actor(id="team", kind="mental_health_team"),
    ak.Actor(id="mum", kind="next_of_kin"),
]


def tie(source: str, target: str, kind: str = "contact", **fields: Any) -> ak.Tie:
    return ak.Tie(source=source, target=target, kind=kind, **fields)


def changed(kart: ak.ActorMap, **fields: Any) -> ak.ActorMap:
    kept = {name: getattr(kart, name) for name in ak.ActorMap.model_fields}
    return ak.ActorMap(**kept | fields)


def around(*ties: ak.Tie, **fields: Any) -> ak.ActorMap:
    return ak.ActorMap(actors=PEOPLE, ties=ties, **fields)


def cases(found: list[Finding]) -> list[str]:
    return [finding.case for finding in found]


def one(found: list[Finding], case: str) -> Finding:
    (finding,) = [finding for finding in found if finding.case == case]
    return finding


# --- in and out of a life


@pytest.mark.parametrize(
    ("until", "since", "case", "numbers", "level"),
    [
        ("2025-10-24", "2025-11-17", "gap", {"gap_days": 23}, "gap"),
        ("2025-10-24", "2025-10-25", "seamless", {"gap_days": 0}, "strength"),
        ("2025-10-24", "2025-10-24", "overlap", {"overlap_days": 1}, "strength"),
        ("2025-10-24", "2025-10-15", "overlap", {"overlap_days": 10}, "strength"),
        ("2025-10", "2025-11-17", "gap_at_least", {"gap_days": 16}, "gap"),
        ("2025-10-24", "2025-11", "gap_at_least", {"gap_days": 7}, "gap"),
        ("2025", "2025-11", "perhaps", {"overlap_days": 61}, "unknown"),
    ],
)
def test_days_between_one_and_the_next(
    until: str, since: str, case: str, numbers: dict[str, int], level: str
) -> None:
    """METHOD 6.7: "overlap or gap in days at each handover"; both ends are inclusive."""
    kart = around(tie("u", "ward", since="2025-09-01", until=until), tie("dps", "u", since=since))
    found = one(in_and_out(kart), case)
    assert found.level == level
    assert numbers.items() <= found.numbers.items()
    assert found.actors == ("ward", "dps")


def test_a_referral_says_who_takes_over_and_else_the_same_line() -> None:
    ended = tie("u", "ward", since="2025-01-01", until="2025-03-01")
    others = [tie("u", "team", since="2025-03-03"), tie("u", "dps", since="2025-03-11")]
    kart = around(ended, *others)
    assert one(in_and_out(kart), "gap").actors == ("ward", "dps")
    referred = kart.with_tie(tie("ward", "team", "referral", mutual=False))
    assert one(in_and_out(referred), "gap").numbers["gap_days"] == 1
    assert one(in_and_out(kart.without_actor("dps")), "gap").actors == ("ward", "team")


def test_what_was_there_all_along_or_comes_much_later_does_not_take_over() -> None:
    kart = around(
        tie("u", "ward", since="2025-01-01", until="2025-03-01"),
        tie("u", "team", since="2019"),
        tie("u", "dps", since="2027-01-01"),
        tie("u", "mum", since="2025-03-05"),
    )
    assert "gap" not in cases(in_and_out(kart))
    assert one(in_and_out(kart, within=1000), "gap").actors == ("ward", "dps")


def test_a_service_that_comes_back_was_away() -> None:
    kart = around(
        tie("u", "dps", since="2025-01-01", until="2025-01-31", strength=1),
        tie("u", "dps", since="2025-02-01", until="2025-02-28", strength=2),
        tie("u", "dps", since="2025-03-11"),
    )
    found = one(in_and_out(kart), "pause")
    assert found.numbers["gap_days"] == 10
    assert (
        found.text("en") == "dps was away for 10 days: until 28 February 2025, and again from "
        "11 March 2025."
    )


def test_days_of_the_first_and_the_second_line_together() -> None:
    """METHOD 6.7: "simultaneity of first and second line"."""
    kart = around(
        tie("u", "ward", since="2025-01-01", until="2025-01-10"),
        tie("u", "team", since="2025-01-08"),
        date="2025-02-01",
    )
    found = one(in_and_out(kart), "alone")
    assert (found.numbers["n"], found.numbers["together"], found.numbers["alone"]) == (10, 3, 7)
    unsure = kart.with_tie(tie("u", "home"))
    assert one(in_and_out(unsure), "together_at_least").level == "unknown"
    whole = kart.with_tie(tie("u", "home", since="2020"))
    assert one(in_and_out(whole), "together").level == "strength"


def test_what_is_in_place_on_the_day_of_discharge() -> None:
    """METHOD 6.7: "what is in place on the day of discharge"."""
    ward = tie("u", "ward", since="2025-01-01", until="2025-01-10")
    kart = around(ward, tie("u", "team", since="2024"), discharge="2025-01-10")
    found = one(in_and_out(kart), "discharge")
    assert (found.level, found.actors) == ("note", ("team",))
    alone = around(ward, tie("u", "home", since="2025-01-15"), discharge="2025-01-10")
    assert one(in_and_out(alone), "discharge_nobody").level == "gap"
    assert one(in_and_out(alone), "after_discharge").numbers["days"] == 5
    second = around(ward, tie("u", "dps", since="2024"), discharge="2025-01-10")
    assert one(in_and_out(second), "discharge_second").level == "gap"
    undated = around(ward, tie("u", "team"), discharge="2025-01-10")
    assert one(in_and_out(undated), "discharge_unknown").level == "unknown"


def test_without_user_or_dates_it_is_unknown() -> None:
    assert cases(in_and_out(ak.ActorMap())) == ["no_user"]
    found = in_and_out(around(tie("u", "team"), tie("u", "mum", since="2020", until="2021")))
    assert [(finding.case, finding.level) for finding in found] == [("no_dates", "unknown")]


def test_in_and_out_is_silent_where_nothing_ends() -> None:
    assert in_and_out(around(tie("u", "team", since="2020"))) == []


# --- perspective gap


def told(name: str, *ties: ak.Tie) -> list[ak.Tie]:
    return [one.model_copy(update={"informant": name}) for one in ties]


def test_ratings_two_or_more_steps_apart_are_on_the_agenda() -> None:
    """METHOD 6.9: "the disagreements, by name, as an agenda"."""
    kart = around(
        *told("u", tie("u", "dps", strength=1), tie("u", "team", strength=3)),
        *told("dps", tie("u", "dps", strength=4)),
        *told("team", tie("team", "u", strength=4)),
    )
    (found,) = perspective_gap(kart)
    assert (found.case, found.level, found.actors) == ("strength", "gap", ("dps", "u"))
    assert found.numbers["steps"] == 3
    assert found.text("nb") == (
        "u setter styrken på relasjonen dps – u til 1, dps til 4: 3 trinn fra hverandre."
    )


def test_only_who_would_have_to_know_disagrees_by_silence() -> None:
    kart = around(
        *told("u", tie("u", "dps"), tie("u", "home")),
        # The team draws only its own ties: it has not been asked about u – dps.
        *told("team", tie("team", "u")),
        *told("dps", tie("dps", "team")),
        tie("dps", "ward"),
    )
    found = {finding.actors: finding for finding in perspective_gap(kart)}
    assert set(found) == {("dps", "u"), ("team", "u"), ("dps", "team")}
    assert found["dps", "u"].text("en") == "The tie dps – u is reported by u, but not by dps."
    agreed = kart.with_tie(tie("dps", "u"))
    assert ("dps", "u") not in {finding.actors for finding in perspective_gap(agreed)}


def test_someone_from_outside_draws_others_ties() -> None:
    kart = around(
        *told("workshop", tie("dps", "team"), tie("team", "home")),
        *told("office", tie("team", "home"), tie("dps", "home")),
    )
    assert [(finding.case, finding.actors) for finding in perspective_gap(kart)] == [
        ("unseen", ("dps", "home")),
        ("unseen", ("dps", "team")),
    ]


def test_maps_side_by_side() -> None:
    """METHOD 6.9: "The user's, the services' and the partners' maps side by side"."""
    user = around(tie("u", "dps"), tie("u", "team", quality="strained"))
    service = around(tie("u", "team"))
    found = perspective_gap({"u": user, "team": service})
    assert {finding.case: finding.actors for finding in found} == {
        "unseen": ("dps", "u"),
        "quality": ("team", "u"),
    }
    titled = [changed(user, title="A"), changed(service, title="B")]
    assert "A" in perspective_gap(titled)[-1].text("nb")
    assert cases(perspective_gap([user, service])) == cases(found)


def test_one_view_is_unknown_and_agreement_is_said() -> None:
    """METHOD 6: "Perspective gap and improvement need several maps"."""
    assert cases(perspective_gap(around(*told("u", tie("u", "dps"))))) == ["one_view"]
    assert cases(perspective_gap([])) == ["one_view"]
    assert cases(perspective_gap({"u": around(tie("u", "dps"))})) == ["one_view"]
    both = [*told("u", tie("u", "dps", strength=3)), *told("dps", tie("u", "dps", strength=4))]
    (found,) = perspective_gap(around(*both))
    assert (found.case, found.level) == ("agreed", "strength")
    apart = [*told("ward", tie("ward", "dps")), *told("home", tie("home", "team"))]
    assert [found.level for found in perspective_gap(around(*apart))] == ["unknown"]


def test_maps_with_different_scales_are_compared_without_strengths() -> None:
    maps = [
        around(tie("u", "dps", strength=1)),
        around(tie("u", "dps", strength=9), strength_scale=(1, 10)),
    ]
    assert cases(perspective_gap(maps)) == ["scales"]


# --- coverage


def test_goals_nobody_works_on() -> None:
    """METHOD 6.11: "goals nobody works on, actors without a goal"."""
    kart = around(
        tie("u", "team"),
        tie("u", "dps"),
        tie("u", "mum"),
        goals=[
            ak.Goal(id="choir", title="Synge i kor", direction="higher", health=False),
            ak.Goal(id="sleep", direction="lower", actors=["team"], health=True),
            ak.Goal(id="work", direction="higher", health=False),
        ],
        plan=[ak.Action(id="a", goal="work", responsible="home"), ak.Action(id="b", goal="choir")],
    )
    found = coverage(kart)
    assert all((f.numbers["goals"], f.numbers["without_actor"]) == (3, 1) for f in found)
    assert one(found, "nobody").text("nb") == (
        "Ingen på kartet arbeider med 1 av 3 mål: «Synge i kor»."
    )
    assert one(found, "no_goal").actors == ("dps",)
    assert one(found, "outside_health").numbers["share"] == pytest.approx(2 / 3)
    assert one(found, "no_points").level == "unknown"


def test_change_in_points_goes_with_the_direction() -> None:
    """METHOD 5: "`direction` is mandatory … a change of 2 points"."""

    def goal(id_: str, direction: str, *values: float) -> ak.Goal:
        points = [ak.Point(date=f"202{n}", value=value) for n, value in enumerate(values)]
        return ak.Goal(id=id_, direction=direction, points=points[::-1], actors=["team"])

    kart = around(
        goals=[goal("a", "higher", 3, 5), goal("b", "lower", 3, 9), goal("c", "lower", 1)]
    )
    found = one(coverage(kart), "points")
    assert found.level == "gap"
    assert (found.numbers["better"], found.numbers["worse"], found.numbers["n"]) == (1, 1, 2)
    assert found.numbers["change"] == -2
    assert cases(coverage(kart)) == ["points", "somebody", "no_health"]


def test_no_goals_is_unknown() -> None:
    (found,) = coverage(around(tie("u", "team")))
    assert (found.case, found.level) == ("no_goals", "unknown")


# --- improvement


def test_what_has_become_of_the_network() -> None:
    """METHOD 6.12: "ties gained, lost, stronger, weaker, idle"."""
    before = around(
        tie("u", "team", strength=2),
        tie("u", "home", strength=4),
        tie("u", "ward"),
        tie("u", "mum", quality="strained"),
        tie("team", "home", strength=1),
    )
    after = around(
        tie("team", "u", strength=4),
        tie("u", "home", strength=3),
        tie("u", "dps"),
        tie("u", "mum", quality="broken"),
        tie("team", "home", strength=1),
    )
    found = improvement(before, after)
    assert all(
        {"gained": 1, "lost": 1, "stronger": 1, "weaker": 1}.items() <= one.numbers.items()
        for one in found
    )
    assert one(found, "gained").ties == (("u", "dps", "contact"),)
    assert one(found, "lost").ties == (("u", "ward", "contact"),)
    assert one(found, "idle").ties == (("team", "home", "contact"), ("u", "mum", "contact"))
    assert found[0].case == "idle"


def test_arenas_that_connect_nobody_new() -> None:
    """METHOD 6.12: "arenas that connect nobody who is not already connected"."""
    actors = [*PEOPLE, ak.Actor(id="forum", kind="arena")]
    members = [tie(id_, "forum", "membership") for id_ in ("team", "dps")]
    kart = ak.ActorMap(actors=actors, ties=[*members, tie("team", "dps")])
    assert one(improvement(kart, kart), "idle_arena").actors == ("forum",)
    useful = kart.with_tie(tie("home", "forum", "membership"))
    assert "idle_arena" not in cases(improvement(useful, useful))


def test_checklist_points_by_phase() -> None:
    """METHOD 6.12: "checklist points by phase"."""

    def checked(*values: float, **fields: Any) -> ak.ChecklistItem:
        points = [ak.Point(date=f"202{n}", value=value) for n, value in enumerate(values)]
        return ak.ChecklistItem(points=points, **fields)

    before = around(checklist=[checked(9, 2, id="a", phase="do"), checked(4, id="b", phase="do")])
    after = around(
        checklist=[
            checked(1, 5, id="a", phase="do"),
            checked(6, id="b", phase="do"),
            checked(0, id="new", phase="plan"),
        ]
    )
    found = one(improvement(before, after), "checklist")
    assert (found.numbers["before"], found.numbers["after"], found.numbers["n"]) == (3, 5.5, 2)
    assert found.text("nb") == "Sjekklisten, utføre: fra 3 til 5,5 poeng i snitt (2 punkter)."


def test_points_after_a_maps_date_are_not_counted_on_it() -> None:
    points = [ak.Point(date="2025-01", value=2), ak.Point(date="2026-01", value=7)]
    kart = around(checklist=[ak.ChecklistItem(id="a", points=points)], date="2026-03")
    found = one(improvement(kart.at("2025-06"), kart), "checklist")
    assert (found.numbers["before"], found.numbers["after"]) == (2, 7)
    assert found.text("sv") == "Checklistan, utan fas: från 2 till 7 poäng i snitt (1 punkt)."


def test_one_map_is_unknown_and_no_change_is_said() -> None:
    """METHOD 6: "Perspective gap and improvement need several maps"."""
    kart = around(tie("u", "team", strength=3))
    assert [(one.case, one.level) for one in improvement(kart)] == [("one_map", "unknown")]
    assert cases(improvement(kart, kart)) == ["nothing"]


# --- all four


@given(kart=actor_maps(), other=actor_maps())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_depends_on_the_order_of_the_file_and_all_can_be_said(
    kart: ak.ActorMap, other: ak.ActorMap
) -> None:
    def turned(kart: ak.ActorMap) -> ak.ActorMap:
        lists = ("actors", "ties", "goals", "plan", "checklist", "discharge")
        return changed(kart, **{name: getattr(kart, name)[::-1] for name in lists})

    for found, again in (
        (in_and_out(kart), in_and_out(turned(kart))),
        (coverage(kart), coverage(turned(kart))),
        (perspective_gap(kart), perspective_gap(turned(kart))),
        (
            perspective_gap({"a": kart, "b": other}),
            perspective_gap({"b": other, "a": turned(kart)}),
        ),
        (improvement(kart, other), improvement(turned(kart), turned(other))),
    ):
        assert found == again
        for finding in found:
            assert finding.level in {"gap", "note", "strength", "unknown"}
            assert all(finding.text(lang) for lang in LANGUAGES)


def test_an_empty_map_gives_only_unknown() -> None:
    for analysis in (in_and_out, perspective_gap, coverage, improvement):
        assert {finding.level for finding in analysis(ak.ActorMap())} == {"unknown"}
