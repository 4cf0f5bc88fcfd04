from __future__ import annotations

from typing import Any

import pytest

import aktorkart as ak
from aktorkart.grunig import (
    cooperation,
)
from maps_of import one


@pytest.mark.parametrize(
    ("power", "stance", "expected"),
    [
        (4, 1, ("mixed_blessing", "collaborate")),
        (4, -1, ("non_supportive", "defend")),
        (3, 2, ("supportive", "involve")),
        (1, -2, ("marginal", "monitor")),
        (4, 0, (None, None)),
        (None, 1, (None, None)),
    ],
)
def test_cooperation(
    power: float | None, stance: float, expected: tuple[str | None, str | None]
) -> None:
    """METHOD 4: "high/high mixed blessing → collaborate; high/low non-supportive → defend …"."""
    row = cooperation(ak.ActorMap(actors=[ak.Actor(id="a", power=power, stance=stance)])).rows[0]
    assert (row.type, row.strategy) == expected


@pytest.mark.parametrize("high", ["high", True, 4, 4.5, " High "])
def test_tags_come_before_what_is_derived(high: str | float) -> None:
    actor = ak.Actor(id="a", power=1, stance=-2, tags={"threat": high, "cooperation": "low"})
    found = cooperation(ak.ActorMap(actors=[actor]))
    assert found.rows[0].type == "non_supportive"
    assert (found.rows[0].threat_basis, found.rows[0].cooperation_basis) == ("tag", "tag")
    assert found.findings == ()


@pytest.mark.parametrize("said", ["kanskje", 9, ("high", "low")])
def test_a_tag_that_says_something_else_is_not_guessed_at(said: Any) -> None:
    found = cooperation(ak.ActorMap(actors=[ak.Actor(id="a", power=5, tags={"threat": said})]))
    assert found.rows[0].missing == ("threat", "cooperation")


def test_the_judgement_can_be_replaced() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="a")])
    found = cooperation(kart, judge=lambda _: (False, True))
    assert found.rows[0].strategy == "involve"
    assert one(found.findings, "derived").actors == ("a",)
