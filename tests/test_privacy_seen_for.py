"""METHOD 5: the map needs the person's consent, who may see it, where it is stored."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import aktorkart as ak
from aktorkart.privacy.consent import lacking, this_day

TODAY = dt.date(2026, 6, 1)


def around(**consent: Any) -> ak.ActorMap:
    return ak.ActorMap(
        scope="individual",
        focal="kari",
        consent=ak.Consent(**{"given": "2026-02-20", **consent}),
        issues=[ak.Issue(id="bolig")],
        actors=[
            ak.Actor(id="kari", name="Kari", kind="user"),
            ak.Actor(id="nav", name="NAV", kind="nav", organisation="NAV Storvik"),
            ak.Actor(
                id="mor",
                name="Mor",
                kind="next_of_kin",
                publics={"bolig": ak.Judgement(problem="high")},
            ),
            ak.Actor(id="lege", name="Legen", kind="gp"),
        ],
        ties=[ak.Tie(source="kari", target="nav"), ak.Tie(source="mor", target="kari")],
        goals=[ak.Goal(id="bo", direction="higher", actors=["lege"])],
        plan=[ak.Action(id="ring", goal="bo", responsible="nav")],
        checklist=[ak.ChecklistItem(id="mote")],
        needs=["nav", "lege"],
        positions={"kari": (1, 2), "mor": (3, 4)},
    )


@pytest.mark.parametrize(
    ("consent", "code"),
    [
        ({"given": None}, "consent_missing"),
        ({"until": "2026-05-31"}, "consent_over"),
        ({"until": "2026-05"}, "consent_over"),
        ({"withdrawn": "2026-05-01"}, "consent_withdrawn"),
        ({"until": "2026-06-01"}, None),
        ({"until": "2026-06"}, None),
        ({"until": "2026"}, None),
        ({}, None),
    ],
)
def test_a_consent_holds_while_given_and_neither_over_nor_withdrawn(
    consent: dict[str, Any], code: str | None
) -> None:
    kart = (
        around(**consent, seen_by=["nav"])
        if consent.get("given", "") is not None
        else around(given=None)
    )
    found = lacking(kart, today=TODAY)
    assert (found.code if found else None) == code
    if code:
        with pytest.raises(ak.NoConsent) as caught:
            ak.seen_for(kart, "nav", today=TODAY)
        assert caught.value.problems[0].code == code
    assert lacking(ak.ActorMap(), today=TODAY) is None


def test_today_is_asked_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert this_day() == dt.date(1970, 1, 2)
    assert this_day(TODAY) == TODAY
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs(this_day() - dt.datetime.now(dt.UTC).date()) <= dt.timedelta(days=1)


@pytest.mark.parametrize("who", ["nav", "NAV Storvik"])
@pytest.mark.parametrize("named", ["nav", "NAV Storvik"])
def test_an_actor_and_its_organisation_stand_for_each_other(who: str, named: str) -> None:
    assert ak.seen_for(around(seen_by=[named]), who, today=TODAY)["nav"].name == "NAV"


def test_others_are_told_who_may() -> None:
    with pytest.raises(ak.NoConsent, match="nav and lege"):
        ak.seen_for(around(seen_by=["nav", "lege"]), "mor", today=TODAY)
    with pytest.raises(ak.NoConsent, match="does not say who"):
        ak.seen_for(around(), "nav", today=TODAY)
    with pytest.raises(ak.NoConsent):
        ak.seen_for(around(seen_by=["nav"]), "mor", today=TODAY, consent="ignore")
    expired = around(seen_by=["nav"], until="2026-03")
    assert ak.seen_for(expired, "nav", today=TODAY, consent="ignore")["kari"].name == "Kari"


def test_parts_that_are_not_covered_are_empty() -> None:
    whole = ak.seen_for(around(seen_by=["nav"]), "nav", today=TODAY)
    assert whole == around(seen_by=["nav"])
    network = ak.seen_for(around(seen_by=["nav"], covers=["network"]), "nav", today=TODAY)
    assert (network.goals, network.plan, network.checklist, network.issues) == ((), (), (), ())
    assert len(network.ties) == 2
    assert not network["mor"].publics
    plan = ak.seen_for(around(seen_by=["nav"], covers=["plan"]), "nav", today=TODAY)
    assert [actor.id for actor in plan.actors] == ["kari", "nav"]
    assert (plan.ties, plan.needs, dict(plan.positions)) == ((), (), {"kari": (1, 2)})
    assert plan.plan[0].goal is None
    goals = ak.seen_for(around(seen_by=["nav"], covers=["goals", "plan"]), "nav", today=TODAY)
    assert [actor.id for actor in goals.actors] == ["kari", "nav", "lege"]
    assert goals.plan[0].goal == "bo"


def test_a_map_that_is_not_around_a_person_is_everybodys() -> None:
    kart = ak.examples.kite()
    assert ak.seen_for(kart, "anybody") is kart
