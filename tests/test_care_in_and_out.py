"""In and out of a life: METHOD 6.7."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care.in_and_out import in_and_out, stays_of, times_of
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


def around_the_user(*stays: tuple[str, str, str | None, str | None], **fields: Any) -> ak.ActorMap:
    ids = dict.fromkeys(service for service, *_ in stays)
    kinds = {"dps": "dps", "sykehus": "hospital", "lege": "gp", "team": "municipality"}
    return ak.ActorMap(
        actors=[ak.Actor(id="u", kind="user"), *(ak.Actor(id=one, kind=kinds[one]) for one in ids)],
        ties=[
            ak.Tie(source="u", target=service, since=since, until=until, informant=f"{number}")
            for number, (service, _, since, until) in enumerate(stays)
        ],
        **fields,
    )


def test_a14_a_service_that_was_still_there_leaves_no_gap() -> None:
    kart = around_the_user(
        ("dps", "", "2025-02-01", "2025-03-09"),
        ("sykehus", "", "2025-01-19", "2025-03-29"),
        ("sykehus", "", "2025-04-20", "2025-04-30"),
    )
    gaps = [found.numbers["gap_days"] for found in in_and_out(kart) if "gap_days" in found.numbers]
    assert gaps == [21]


def test_a14_unknown_and_known_starts_are_kept_apart() -> None:
    kart = around_the_user(("dps", "", None, "2025"), ("dps", "", "2024", None))
    assert in_and_out(kart)
    (stay,) = stays_of(times_of(kart.ties, "u"))
    assert (stay.since, stay.known, stay.until) == (None, dt.date(2024, 1, 1), None)


DAYS = st.integers(0, 40)
SPANS = st.tuples(st.sampled_from(["lege", "team", "dps", "sykehus"]), DAYS, DAYS)


def _day(number: int) -> str:
    return str(dt.date(2025, 1, 1) + dt.timedelta(days=number))


@given(st.lists(SPANS, min_size=2, max_size=5))
@settings(deadline=None)
def test_days_agree_with_counting_them(spans: list[tuple[str, int, int]]) -> None:
    """Brute force over days: those together, and those with neither of two."""
    spans = [(service, min(start, end), max(start, end)) for service, start, end in spans]
    kart = around_the_user(*((s, "", _day(start), _day(end)) for s, start, end in spans))
    there: dict[str, set[int]] = {}
    for service, start, end in spans:
        there.setdefault(service, set()).update(range(start, end + 1))
    lines = {"first": {"lege", "team"}, "second": {"dps", "sykehus"}}
    first, second = (
        set().union(*(there.get(service, set()) for service in lines[line])) for line in lines
    )
    for found in in_and_out(kart):
        numbers = found.numbers
        if "together" in numbers:
            assert numbers["n"] == len(second)
            assert numbers["together"] == numbers["together_at_most"] == len(first & second)
        elif gap := numbers.get("gap_days"):
            both = set().union(*(there[id_] for id_ in found.actors))
            silent = [day for day in range(min(both), max(both)) if day not in both]
            runs = [
                sum(1 for _ in run) for _, run in groupby(silent, key=lambda d: d - silent.index(d))
            ]
            assert gap <= sum(runs)
            assert gap in {
                sum(runs[i:j]) for i in range(len(runs)) for j in range(i + 1, len(runs) + 1)
            }


@given(st.lists(SPANS, min_size=1, max_size=5), st.data())
@settings(deadline=None)
def test_bounds_hold_whatever_the_unknown_dates_are(
    spans: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    """Leave out starts and days: what is said of the map holds for the map it was made from."""
    spans = [(service, min(start, end), max(start, end)) for service, start, end in spans]
    told = []
    for service, start, end in spans:
        unknown = service in {"lege", "team"} and data.draw(st.booleans())
        coarse = 7 if service in {"lege", "team"} and data.draw(st.booleans()) else 10
        told.append((service, "", None if unknown else _day(start)[:coarse], _day(end)[:coarse]))
    there: dict[str, set[int]] = {}
    for service, start, end in spans:
        there.setdefault(service, set()).update(range(start, end + 1))
    first = there.get("lege", set()) | there.get("team", set())
    second = there.get("dps", set()) | there.get("sykehus", set())
    for found in in_and_out(around_the_user(*told)):
        if "together" in found.numbers:
            true = len(first & second)
            fewest, most = found.numbers["together"], found.numbers["together_at_most"]
            assert fewest is not None
            assert most is not None
            assert fewest <= true <= most
