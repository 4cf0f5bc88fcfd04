"""Coverage of what matters: METHOD 6.11."""

from __future__ import annotations

import pytest

import aktorkart as ak
from aktorkart.care.coverage import coverage
from maps_of import among_people, cases, one, tie


def test_goals_nobody_works_on() -> None:
    """METHOD 6.11: "goals nobody works on, actors without a goal"."""
    kart = among_people(
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

    kart = among_people(
        goals=[goal("a", "higher", 3, 5), goal("b", "lower", 3, 9), goal("c", "lower", 1)]
    )
    found = one(coverage(kart), "points")
    assert found.level == "gap"
    assert (found.numbers["better"], found.numbers["worse"], found.numbers["n"]) == (1, 1, 2)
    assert found.numbers["change"] == -2
    assert cases(coverage(kart)) == ["points", "somebody", "no_health"]


def test_no_goals_is_unknown() -> None:
    (found,) = coverage(among_people(tie("u", "team")))
    assert (found.case, found.level) == ("no_goals", "unknown")
