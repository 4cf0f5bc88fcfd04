from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.grunig import cooperation
from aktorkart.strategies import actor_maps


@pytest.mark.parametrize(
    ("threat", "cooperates", "expected"),
    [
        (4, 4, ("mixed_blessing", "collaborate")),
        (5, 3.9, ("non_supportive", "defend")),
        (3.9, 5, ("supportive", "involve")),
        (1, 3, ("marginal", "monitor")),
        (None, 5, (None, None)),
        (5, None, (None, None)),
    ],
)
def test_cooperation(
    threat: float | None, cooperates: float | None, expected: tuple[str | None, str | None]
) -> None:
    """METHOD 4: "high/high mixed blessing → collaborate …"; 6: "High is 4 or more, everywhere"."""
    actor = ak.Actor(id="a", threat=threat, cooperation=cooperates)
    row = cooperation(ak.ActorMap(actors=[actor])).rows[0]
    assert (row.type, row.strategy) == expected


@given(actor_maps(), st.sampled_from([2.0, 3.0, 4.0]))
def test_power_and_stance_say_nothing_of_threat_and_cooperation(
    kart: ak.ActorMap, threshold: float
) -> None:
    """METHOD 9: "judgements of their own (`threat`, `cooperation`, 1–5), not power and stance"."""
    other = kart.with_(
        actors=[actor.model_copy(update={"power": 5, "stance": -2}) for actor in kart.actors]
    )
    found = cooperation(kart, threshold=threshold)
    assert cooperation(other, threshold=threshold).rows == found.rows
    for row in found.rows:
        assert (row.type is None) == bool(row.missing) == (row.strategy is None)


def test_a_missing_judgement_is_named() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="a", threat=5), ak.Actor(id="b", power=5, stance=2)])
    found = cooperation(kart)
    assert [row.missing for row in found.rows] == [("cooperation",), ("threat", "cooperation")]
    assert [(one.case, one.actors) for one in found.findings] == [("unrated", ("a", "b"))]


@pytest.mark.parametrize("lang", ["nb", "nn", "en", "sv"])
def test_the_report_shows_them_only_where_somebody_has_judged(lang: str) -> None:
    bare = ak.ActorMap(actors=[ak.Actor(id="a"), ak.Actor(id="b")])
    report = ak.report(bare, lang=lang)
    assert "cooperation" not in report.tables
    assert "cooperation" not in {found.code for found in report.findings}
    judged = bare.with_actor(ak.Actor(id="c", threat=4, cooperation=2))
    report = ak.report(judged, lang=lang)
    assert [row[0] for row in report["cooperation"].rows] == ["c"]
    assert "cooperation" in {found.code for found in report.findings}
