from __future__ import annotations

import pytest

import aktorkart as ak
from aktorkart.grunig import (
    priorities,
)
from maps_of import ACTIVE, AWARE, NONE, OPEN, cases, judged, with_issue


@pytest.mark.parametrize(
    ("judgement", "stance", "expected"),
    [
        (ACTIVE, 2, ("advocate",)),
        (ACTIVE, -1, ("adversarial",)),
        (AWARE, 1, ("dormant",)),
        (NONE, -2, ("apathetic",)),
        (OPEN, 1, ("dormant", "advocate")),
        (ACTIVE, 0, ()),
        (ACTIVE, None, ()),
        (judged("high", "low", None), 1, ()),
    ],
)
def test_priorities(
    judgement: ak.Judgement, stance: float | None, expected: tuple[str, ...]
) -> None:
    """METHOD 4: "active & supportive = *advocate* … inactive & non-supportive = *apathetic*"."""
    kart = with_issue(ak.Actor(id="a", stance=stance, publics={"bolig": judgement}))
    assert priorities(kart).rows[0].groups == expected


def test_every_place_has_its_reason() -> None:
    """METHOD 4: four steps: linkage → attributes → situation → strategy."""
    actor = ak.Actor(
        id="a",
        kind="gp",
        power=4,
        legitimacy=5,
        urgency=2,
        stance=1,
        publics={"bolig": AWARE},
    )
    kart = with_issue(actor)
    assert priorities(kart).rows[0].reason("en") == (
        "Linkage: functional input and functional output (usual for the kind). "
        "Salience: dominant (power and legitimacy). "
        "Public: latent or aware, counted here as not active. "
        "Supports it (stance 1). Hence: dormant."
    )
    bare = priorities(with_issue(ak.Actor(id="a"))).rows[0]
    assert bare.missing == ("problem", "constraint", "involvement", "stance")
    assert "power, legitimacy and urgency" in bare.reason("en")


def test_folding_aware_and_latent_is_said() -> None:
    """METHOD 4: "Folding aware/latent into 'inactive' is our choice: say so"."""
    sleepy = with_issue(ak.Actor(id="a", stance=1, publics={"bolig": AWARE}))
    assert cases(priorities(sleepy).findings) == ["dormant", "folded"]
    awake = with_issue(ak.Actor(id="a", stance=1, publics={"bolig": ACTIVE}))
    assert cases(priorities(awake).findings) == ["advocate"]


def test_users_without_power_are_not_of_low_priority() -> None:
    """METHOD 4: "report it as a power gap, not as low priority"."""
    kart = with_issue(
        ak.Actor(id="a", power=4, legitimacy=5, urgency=2),
        ak.Actor(id="b", power=4, legitimacy=5, urgency=5),
        ak.Actor(id="c"),
        ak.Actor(id="user", kind="user", power=1, legitimacy=5, urgency=5),
    )
    rows = priorities(kart).rows
    assert [row.actor for row in rows] == ["b", "user", "a", "c"]
    assert "power gap" in rows[1].reason("en")


def test_what_places_nobody_is_said() -> None:
    kart = with_issue(
        ak.Actor(id="a", stance=0, publics={"bolig": ACTIVE}),
        ak.Actor(id="b", publics={"bolig": ACTIVE}),
    )
    found = priorities(kart).findings
    assert cases(found) == ["neutral", "unplaced"]
    assert found[1].text("en").endswith("there is no judgement of stance.")
    assert cases(priorities(ak.ActorMap()).findings) == ["nothing"]


def test_issues_of_one_title_are_kept_apart() -> None:
    seen = {"x": ACTIVE, "y": ACTIVE}
    kart = ak.ActorMap(
        issues=[ak.Issue(id="x", title="Bolig"), ak.Issue(id="y", title="Bolig")],
        actors=[ak.Actor(id="a", stance=1, publics=seen)],
    )
    assert cases(priorities(kart).findings) == ["advocate", "advocate"]
    assert [row.issue for row in priorities(kart).of("y")] == ["y"]
