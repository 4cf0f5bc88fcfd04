from __future__ import annotations

from typing import Any

import pytest

import aktorkart as ak
from aktorkart import toolbox
from aktorkart.errors import InvalidMap
from aktorkart.model import Point
from maps_of import goal, points


def test_a_team_replaces_the_wheel() -> None:
    """METHOD 5: the items are configuration that a team replaces."""
    kart = ak.ActorMap(
        goals=[
            ak.Goal(id="a", direction="higher", area="home"),
            ak.Goal(id="b", direction="higher", area="sea"),
            ak.Goal(id="c", direction="higher", area="Fiske"),
        ]
    )

    def said(found: toolbox.Goals) -> list[Any]:
        return [row["area_label"] for row in found.table("nn").to_records()]

    assert said(toolbox.goals(kart)) == ["Bustad", "sea", "Fiske"]
    own = [toolbox.Area("sea", "Havet")]
    assert said(toolbox.goals(kart, areas=own)) == ["home", "Havet", "Fiske"]


@pytest.mark.parametrize(
    ("direction", "last", "change", "outcome"),
    [
        ("higher", 6, 2.0, "better"),
        ("lower", 6, -2.0, "worse"),
        ("lower", 2, 2.0, "better"),
        ("higher", 5.9, 1.9, "unclear"),
        ("higher", 4, 0.0, "unclear"),
    ],
)
def test_change_follows_the_direction(
    direction: str, last: float, change: float, outcome: str
) -> None:
    """METHOD 5: versions run in opposite directions; a change of 2 points is the threshold."""
    kart = ak.ActorMap(goals=[goal("a", direction, points(on_2026_01_10=4, on_2026_02_10=last))])
    (found,) = toolbox.goals(kart).goals
    assert (found.change, found.outcome) == (change, outcome)
    assert found.clear == (abs(change) >= 2)
    assert str(found.change) != "-0.0"


def test_floats_do_not_decide_the_threshold() -> None:
    kart = ak.ActorMap(goals=[goal("a", "higher", points(on_2026_01_10=0.1, on_2026_02_10=2.1))])
    assert toolbox.goals(kart).goals[0].outcome == "better"


def test_points_come_in_the_order_of_their_dates() -> None:
    given = [("2026-03", 7), ("2025", 1), ("2026-03", 8)]
    kart = ak.ActorMap(
        goals=[goal("a", "higher", [Point(date=date, value=value) for date, value in given])]
    )
    (found,) = toolbox.goals(kart).goals
    assert found.series == (toolbox.Dated("2025", 1.0), toolbox.Dated("2026-03", 7.5, 2))
    assert (found.first, found.last) == found.series


@pytest.mark.parametrize("given", [[], points(on_2026_01_10=4)])
def test_fewer_than_two_dates_is_unknown(given: list[Point]) -> None:
    """METHOD 6: absent data is unknown, not zero."""
    found = toolbox.goals(ak.ActorMap(goals=[goal("a", "higher", given)]))
    assert found.goals[0].change is None
    assert found.goals[0].clear is None
    assert found.goals[0].outcome == "unknown"
    assert (found.change, found.changed) == (None, 0)
    row = found.table("en").to_records()[0]
    assert (row["last"], row["change"], row["outcome"]) == (None, None, "unknown")


def test_mean_over_goals_turns_only_goals_that_run_opposite_ways() -> None:
    """METHOD 5: 0–10, mean; direction is mandatory because versions differ."""
    low = goal("a", "lower", points(on_2026_01_10=8, on_2026_02_10=6))
    low_too = goal("b", "lower", points(on_2026_01_10=4))
    high = goal("c", "higher", points(on_2026_01_10=3, on_2026_02_10=6))
    alike = toolbox.goals(ak.ActorMap(goals=[low, low_too]))
    assert alike.direction == "lower"
    assert [(mean.date, mean.value, mean.n) for mean in alike.means] == [
        ("2026-01-10", 6.0, 2),
        ("2026-02-10", 6.0, 1),
    ]
    mixed = toolbox.goals(ak.ActorMap(goals=[low, high]))
    assert mixed.direction == "higher"
    assert [mean.value for mean in mixed.means] == [(2 + 3) / 2, (4 + 6) / 2]
    # Only goals with two points have changed: + 2 and + 3.
    every = toolbox.goals(ak.ActorMap(goals=[low, low_too, high]))
    assert (every.change, every.changed) == (2.5, 2)


def test_points_without_direction_cannot_be() -> None:
    """METHOD 5: ``direction`` is mandatory."""
    with pytest.raises(InvalidMap, match="direction"):
        ak.Goal(id="a", points=[Point(date="2026", value=3)])  # type: ignore[call-arg]
