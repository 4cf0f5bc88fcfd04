"""In and out of a life: METHOD 6.7."""

from __future__ import annotations

import pytest

import aktorkart as ak
from aktorkart.care.in_and_out import in_and_out
from maps_of import among_people, cases, one, tie


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
    kart = among_people(
        tie("u", "ward", since="2025-09-01", until=until), tie("dps", "u", since=since)
    )
    found = one(in_and_out(kart), case)
    assert found.level == level
    assert numbers.items() <= found.numbers.items()
    assert found.actors == ("ward", "dps")


def test_a_referral_says_who_takes_over_and_else_the_same_line() -> None:
    ended = tie("u", "ward", since="2025-01-01", until="2025-03-01")
    others = [tie("u", "team", since="2025-03-03"), tie("u", "dps", since="2025-03-11")]
    kart = among_people(ended, *others)
    assert one(in_and_out(kart), "gap").actors == ("ward", "dps")
    referred = kart.with_tie(tie("ward", "team", "referral", mutual=False))
    assert one(in_and_out(referred), "gap").numbers["gap_days"] == 1
    assert one(in_and_out(kart.without_actor("dps")), "gap").actors == ("ward", "team")


def test_what_was_there_all_along_or_comes_much_later_does_not_take_over() -> None:
    kart = among_people(
        tie("u", "ward", since="2025-01-01", until="2025-03-01"),
        tie("u", "team", since="2019"),
        tie("u", "dps", since="2027-01-01"),
        tie("u", "mum", since="2025-03-05"),
    )
    assert "gap" not in cases(in_and_out(kart))
    assert one(in_and_out(kart, within=1000), "gap").actors == ("ward", "dps")


def test_a_service_that_comes_back_was_away() -> None:
    kart = among_people(
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
    kart = among_people(
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
    kart = among_people(ward, tie("u", "team", since="2024"), discharge="2025-01-10")
    found = one(in_and_out(kart), "discharge")
    assert (found.level, found.actors) == ("note", ("team",))
    alone = among_people(ward, tie("u", "home", since="2025-01-15"), discharge="2025-01-10")
    assert one(in_and_out(alone), "discharge_nobody").level == "gap"
    assert one(in_and_out(alone), "after_discharge").numbers["days"] == 5
    second = among_people(ward, tie("u", "dps", since="2024"), discharge="2025-01-10")
    assert one(in_and_out(second), "discharge_second").level == "gap"
    undated = among_people(ward, tie("u", "team"), discharge="2025-01-10")
    assert one(in_and_out(undated), "discharge_unknown").level == "unknown"


def test_without_user_or_dates_it_is_unknown() -> None:
    assert cases(in_and_out(ak.ActorMap())) == ["no_user"]
    found = in_and_out(among_people(tie("u", "team"), tie("u", "mum", since="2020", until="2021")))
    assert [(finding.case, finding.level) for finding in found] == [("no_dates", "unknown")]


def test_in_and_out_is_silent_where_nothing_ends() -> None:
    assert in_and_out(among_people(tie("u", "team", since="2020"))) == []
