"""What lies after a map's date is planned: it changes nothing that is told as having happened."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care.in_and_out import in_and_out
from aktorkart.care.pathway import pathway
from aktorkart.model import Point
from aktorkart.scene.alt_text.goals import goals as goals_in_words
from aktorkart.scene.alt_text.pathway import pathway as pathway_in_words
from aktorkart.scene.panels import parts
from aktorkart.toolbox import checklist, cross_checks, goals, plan
from maps_of import MODEST, actor, among_people, cases, one, tie

if TYPE_CHECKING:
    from aktorkart.finding import Finding

NOW = dt.date(2026, 6, 15)
PLANNED = {"to_come", "discharge_planned", "discharge_unplanned"}
"""What is said of the future, in the future tense."""


def _when(day: int, length: int) -> str:
    return str(NOW + dt.timedelta(days=day))[:length]


def _is_later(when: str | None) -> bool:
    return when is not None and when > str(NOW) and not str(NOW).startswith(when)


@st.composite
def dated_maps(draw: st.DrawFn) -> ak.ActorMap:
    """Draw maps around a user where much has a date, before the map's and after it."""
    kinds = {"gp": "gp", "team": "mental_health_team", "dps": "dps", "ward": "hospital"}
    services = st.sampled_from([*kinds])
    day, length = st.integers(-90, 90), st.sampled_from([10, 10, 7, 4])

    def period() -> dict[str, Any]:
        first, last = sorted((draw(day), draw(day)))
        rough = draw(length)
        return {
            "since": _when(first, rough) if draw(st.booleans()) else None,
            "until": _when(last, rough) if draw(st.booleans()) else None,
        }

    def points() -> list[Point]:
        days = draw(st.lists(day, max_size=4))
        value = st.integers(0, 10)
        return [Point(date=_when(at, draw(length)), value=draw(value)) for at in days]

    ties = [
        tie("u", draw(services), informant=f"{n}", **period())
        for n in range(draw(st.integers(1, 5)))
    ]
    for n in range(draw(st.integers(0, 4))):
        source, target = draw(st.lists(services, min_size=2, max_size=2, unique=True))
        kind = draw(st.sampled_from(["referral", "information"]))
        ties.append(tie(source, target, kind, mutual=False, informant=f"{n}", **period()))
    done = draw(st.none() | day)
    return ak.ActorMap(
        date=str(NOW),
        actors=[actor("u", "user"), *(actor(id_, kind) for id_, kind in kinds.items())],
        ties=ties,
        discharge=[_when(at, draw(length)) for at in draw(st.lists(day, max_size=2, unique=True))],
        goals=[ak.Goal(id="g", direction="lower", points=points())],
        checklist=[ak.ChecklistItem(id="same_plan", points=points())],
        plan=[ak.Action(id="call", goal="g", done=None if done is None else _when(done, 10))],
    )


def _moved(kart: ak.ActorMap, years: int) -> ak.ActorMap:
    """Move everything that lies after the map's date so many years on."""

    def later(when: str | None) -> str | None:
        return f"{int(when[:4]) + years}{when[4:]}" if when and _is_later(when) else when

    def moved(point: Any) -> Any:
        return point.model_copy(update={"date": later(point.date)})

    def course(one: Any) -> Any:
        return one.model_copy(update={"points": tuple(map(moved, one.points))})

    return kart.with_(
        ties=[
            one.model_copy(update={"since": later(one.since), "until": later(one.until)})
            for one in kart.ties
        ],
        discharge=[later(when) for when in kart.discharge],
        goals=[course(goal) for goal in kart.goals],
        checklist=[course(item) for item in kart.checklist],
        plan=[step.model_copy(update={"done": later(step.done)}) for step in kart.plan],
    )


def _past(kart: ak.ActorMap) -> Any:
    """Return all that is told as having happened, or as so on the map's date."""

    def said(found: list[Finding]) -> list[str]:
        return [one.text("en") for one in found if one.case not in PLANNED]

    followed = pathway(kart)
    return (
        said(ak.findings(kart)),
        said(cross_checks(kart)),
        said(ak.series(kart).findings),
        goals(kart),
        checklist(kart),
        plan(kart),
        (followed.referrals, followed.told, followed.undated, followed.steps),
        [(stay.service, stay.written) for stay in followed.stays],
        pathway_in_words(kart, lang="en"),
        goals_in_words(kart, lang="en"),
        [panel.name for panel in parts(kart, "period", "en")[0]],
    )


@MODEST
@given(dated_maps(), st.integers(1, 40))
def test_moving_what_is_planned_changes_nothing_told_as_past(kart: ak.ActorMap, years: int) -> None:
    assert _past(_moved(kart, years)) == _past(kart)


def test_nobody_has_come_or_been_away_until_a_day_after_the_map() -> None:
    kart = among_people(
        tie("u", "home", since="2025", until="2026-01-31"),
        tie("u", "team", since="2026-09-01"),
        date="2026-06-01",
        discharge=("2026-03-01", "2027-03-01"),
    )
    found = in_and_out(kart)
    assert not {"gap", "gap_at_least", "after_discharge", "discharge"}.intersection(cases(found))
    assert one(found, "to_come").text("en") == (
        "team is to come in from 1 September 2026, which is after the map's date (1 June 2026)."
    )
    assert one(found, "discharge_planned").actors == ("team",)
    later = in_and_out(kart.with_(date="2026-10-01"))
    assert one(later, "gap").numbers["gap_days"] == 212
    assert "to_come" not in cases(later)


def test_points_after_the_map_s_date_are_left_out_and_said_to_be() -> None:
    points = [Point(date="2026-01-01", value=5), Point(date="2027-01-01", value=9)]
    goal = ak.Goal(id="job", direction="higher", points=points)
    kart = ak.ActorMap(date="2026-03-01", goals=[goal])
    assert goals(kart).goals[0].outcome == "unknown"
    assert one(cross_checks(kart), "after_date").numbers["n"] == 1
    assert goals(kart.with_(date=None)).goals[0].outcome == "better"
    assert goals(kart.with_(date="2027")).goals[0].outcome == "better"
