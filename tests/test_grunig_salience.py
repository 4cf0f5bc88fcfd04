from __future__ import annotations

from typing import Any

import pytest

import aktorkart as ak
from aktorkart.grunig import (
    influence,
    salience,
)
from maps_of import cases, one


@pytest.mark.parametrize(
    ("power", "legitimacy", "urgency", "expected"),
    [
        (5, 1, 1, "dormant"),
        (1, 5, 1, "discretionary"),
        (1, 1, 5, "demanding"),
        (5, 4, 1, "dominant"),
        (4, 1, 5, "dangerous"),
        (3, 4, 4, "dependent"),
        (4, 4, 4, "definitive"),
        (3, 3, 3, "nonstakeholder"),
    ],
)
def test_salience(power: float, legitimacy: float, urgency: float, expected: str) -> None:
    """METHOD 4: "P dormant, L discretionary, U demanding, PL dominant …"."""
    actor = ak.Actor(id="a", power=power, legitimacy=legitimacy, urgency=urgency)
    row = salience(ak.ActorMap(actors=[actor])).rows[0]
    assert (row.salience, row.missing) == (expected, ())


def test_the_threshold_of_salience_is_an_option() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="a", power=3, legitimacy=3, urgency=3)])
    assert salience(kart, threshold=3).rows[0].salience == "definitive"


def test_users_without_power_are_a_power_gap() -> None:
    """METHOD 4: "Users are often *dependent* (LU): report it as a power gap"."""
    fields: dict[str, Any] = {"power": 1, "legitimacy": 5, "urgency": 5}
    actors = [ak.Actor(id="a", **fields), ak.Actor(id="kari", kind="user", **fields)]
    kart = ak.ActorMap(focal="kari", actors=actors)
    gap = one(salience(kart).findings, "power_gap")
    assert (gap.level, gap.actors) == ("gap", ("kari", "a"))
    assert gap.numbers["threshold"] == 4
    stronger = kart.with_actor(id="kari", kind="user", **{**fields, "power": 4})
    assert one(salience(stronger).findings, "power_gap").actors == ("a",)


def test_a_missing_rating_is_unknown() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="a", power=5, legitimacy=5)])
    row = salience(kart).rows[0]
    assert (row.salience, row.attributes, row.missing) == (None, None, ("urgency",))
    assert cases(salience(kart).findings) == ["unrated"]
    assert influence(kart).rows[0].missing == ("interest",)
    assert one(influence(kart).findings, "unrated").level == "unknown"
