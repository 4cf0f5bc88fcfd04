"""Goals, plan, checklist and the checks across them, on cases known by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart import toolbox
from aktorkart.errors import InvalidMap, UnknownName
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Point
from aktorkart.model.vocabulary import PHASES
from aktorkart.privacy.shown import shown
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.finding import Finding


def points(**values: float) -> list[Point]:
    """Make points on days: ``on_2026_01_10=3``."""
    return [Point(date=day[3:].replace("_", "-"), value=value) for day, value in values.items()]


def goal(id_: str, direction: str = "higher", given: Sequence[Point] = ()) -> ak.Goal:
    """Make a goal."""
    return ak.Goal(id=id_, direction=direction, points=given)


def around(plan: list[dict[str, Any]], **fields: Any) -> ak.ActorMap:
    """Make a map around Kari with NAV tied to her, a coordinator, and DPS apart from her."""
    values: dict[str, Any] = {
        "scope": "individual",
        "date": "2026-03-01",
        "actors": [
            ak.Actor(id="kari", name="Kari", kind="user"),
            ak.Actor(id="nav", name="NAV", kind="nav"),
            ak.Actor(id="dps", name="DPS", kind="dps"),
            ak.Actor(id="koordinator", name="Koordinatoren", kind="coordinator"),
        ],
        "ties": [
            ak.Tie(source="kari", target="nav"),
            ak.Tie(source="koordinator", target="kari", mutual=False),
            ak.Tie(source="kari", target="dps", quality="broken"),
            ak.Tie(source="nav", target="dps"),
        ],
        "checklist": toolbox.new_checklist("nb"),
        "plan": plan,
    }
    return ak.ActorMap(**values | fields)


def cases(found: list[Finding]) -> list[str]:
    return [finding.case for finding in found]


def one(found: list[Finding], case: str) -> Finding:
    (finding,) = (finding for finding in found if finding.case == case)
    return finding


# --- the defaults


@pytest.mark.parametrize("lang", LANGUAGES)
def test_defaults_are_said_to_be_ours(lang: str) -> None:
    """METHOD 5: ship a small default set written by us and marked as ours."""
    items, areas = toolbox.new_checklist(lang), toolbox.wheel(lang)
    assert all("aktorkart" in str(item.note) for item in items)
    assert all("aktorkart" in str(area.note) for area in areas)
    assert list(dict.fromkeys(item.phase for item in items)) == list(PHASES)
    assert len({item.title for item in items}) == len(items)
    assert len({area.title for area in areas}) == len(areas)
    assert ak.ActorMap(checklist=items).checklist == items


@pytest.mark.parametrize("make", [toolbox.wheel, toolbox.new_checklist])
def test_a_language_nobody_wrote_is_named(make: Any) -> None:
    with pytest.raises(UnknownName, match="da"):
        make("da")


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
        return [row["area"] for row in found.table("nn").to_records()]

    assert said(toolbox.goals(kart)) == ["Bustad", "sea", "Fiske"]
    own = [toolbox.Area("sea", "Havet")]
    assert said(toolbox.goals(kart, areas=own)) == ["home", "Havet", "Fiske"]


def test_a_default_item_without_a_title_speaks_the_language() -> None:
    items = [ak.ChecklistItem(id="same_plan"), ak.ChecklistItem(id="own")]
    found = toolbox.checklist(ak.ActorMap(checklist=items))
    titles = [row["item"] for row in found.table("sv").to_records()]
    assert titles == ["own", "Alla arbetar efter samma plan, och brukaren har den själv."]


# --- goals


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


# --- the plan


@pytest.mark.parametrize(
    ("action", "date", "status"),
    [
        ({"due": "2026-02-28"}, "2026-03-01", "overdue"),
        ({"due": "2026-03-01"}, "2026-03-01", "open"),
        ({"due": "2026-03"}, "2026-03-15", "open"),
        ({"due": "2026-03-10"}, "2026-03", "unknown"),
        ({"due": "2026-03-10"}, "2026-04", "overdue"),
        ({"due": "2000-01-01"}, None, "unknown"),
        ({"due": "2026-02-01", "done": "2026-02-20"}, "2026-03-01", "done"),
        ({"due": "2026-02-01", "done": "2026-03-02"}, "2026-03-01", "overdue"),
        ({"done": "2026-02-20"}, None, "done"),
        ({}, None, "open"),
    ],
)
def test_status_is_that_of_the_maps_date(
    action: dict[str, str], date: str | None, status: str
) -> None:
    """Issue 3: overdue on the map's date; without one it is unknown, and never today's."""
    kart = ak.ActorMap(date=date, plan=[ak.Action(id="a", **action)])
    (step,) = toolbox.plan(kart).steps
    assert step.status == status
    assert (step.days is not None) == (status == "overdue")
    assert toolbox.plan(kart).counts[status] == 1


def test_plan_is_a_table_by_phase_and_due_date() -> None:
    plan = [
        {"id": "a", "phase": "evaluate"},
        {"id": "b", "phase": "plan", "responsible": "nav", "goal": "g"},
        {"id": "c"},
        {"id": "d", "phase": "plan", "due": "2026-02", "title": "Ringe"},
    ]
    kart = around(plan, goals=[ak.Goal(id="g", title="Jobb", direction="higher")])
    records = toolbox.plan(kart).table("nb").to_records()
    assert [row["action"] for row in records] == ["Ringe", "b", "a", "c"]
    assert records[0]["due"] == "feb. 2026"
    assert (records[0]["status"], records[0]["days"]) == ("over fristen", 1)
    assert (records[1]["responsible"], records[1]["goal"]) == ("NAV", "Jobb")


# --- the checklist


def test_checklist_means_by_phase_and_date() -> None:
    """METHOD 6.12: checklist points by phase."""

    def item(id_: str, phase: str | None, **values: float) -> ak.ChecklistItem:
        return ak.ChecklistItem(id=id_, phase=phase, points=points(**values))

    kart = ak.ActorMap(
        checklist=[
            item("c", None, on_2026_02_01=1),
            item("b", "do", on_2026_01_01=2, on_2026_02_01=6),
            item("a", "do", on_2026_01_01=5),
            item("p", "prepare"),
        ]
    )
    found = toolbox.checklist(kart)
    assert [one.id for one in found.items] == ["p", "a", "b", "c"]
    assert [one.change for one in found.items] == [None, None, 4.0, None]
    assert list(found.phases) == ["prepare", "do", None]
    assert found.phases["do"] == (
        toolbox.Dated("2026-01-01", 3.5, 2),
        toolbox.Dated("2026-02-01", 6.0),
    )
    assert found.means_table("nb").to_records() == [
        {"phase": "forberede", "2026-01-01": None, "2026-02-01": None},
        {"phase": "utføre", "2026-01-01": 3.5, "2026-02-01": 6.0},
        {"phase": None, "2026-01-01": None, "2026-02-01": 1.0},
    ]


# --- checks across them


def test_nothing_is_said_of_a_plan_that_fits() -> None:
    """Issue 3: silent where there is nothing to say; one channel either way is contact."""
    plan = [
        {"id": "a", "goal": "g", "responsible": "nav", "due": "2026-04-01"},
        {"id": "b", "goal": "g", "responsible": "koordinator", "due": "2026-04-01"},
        {"id": "c", "goal": "g", "responsible": "kari", "due": "2026-04-01"},
        {"id": "d", "goal": "g", "responsible": "dps", "done": "2026-02"},
    ]
    kart = around(plan, goals=[goal("g")])
    assert toolbox.cross_checks(kart) == []


def test_a_responsible_actor_without_a_channel_to_the_user() -> None:
    """Issue 3: a responsible actor without a tie to the user; METHOD 7: broken is no channel."""
    plan = [
        {"id": "a", "title": "Samtaler", "responsible": "dps", "due": "2026-04"},
        {"id": "b", "title": "Tur", "responsible": "dps", "due": "2026-04"},
    ]
    (found,) = toolbox.cross_checks(around(plan))
    assert (found.case, found.level) == ("responsible_without_channel", "gap")
    assert (found.actors, dict(found.numbers)) == (("dps",), {"n": 2})
    assert found.text("nb") == (
        "DPS er ansvarlig for «Samtaler» og «Tur», men har ingen relasjon til brukeren som virker."
    )
    mended = around(plan).with_tie(source="kari", target="dps", kind="information")
    assert toolbox.cross_checks(mended) == []


def test_a_goal_without_action() -> None:
    """Issue 3: a goal without action."""
    titled = ak.Goal(id="korps", title="Spille i korps", direction="higher", actors=["nav"])
    plan = [{"id": "a", "goal": "g", "responsible": "nav", "due": "2026-04"}]
    (found,) = toolbox.cross_checks(around(plan, goals=[titled, goal("g")]))
    assert (found.case, found.level, found.actors) == ("goal_without_action", "gap", ("nav",))
    assert found.text("en") == "1 of 2 goals has no action in the plan: 'Spille i korps'."


def test_actions_overdue_the_longest_first() -> None:
    """Issue 3: an action overdue."""
    plan = [
        {"id": "a", "responsible": "nav", "due": "2026-02-28"},
        {"id": "b", "title": "Kriseplan", "responsible": "nav", "due": "2026-02-01"},
        {"id": "c", "responsible": "nav", "due": "2026-03-01"},
    ]
    first, second = toolbox.cross_checks(around(plan))
    assert (first.case, first.level, first.actors) == ("overdue", "gap", ("nav",))
    assert (first.numbers["days"], second.numbers["days"]) == (28, 1)
    assert first.text("nb") == (
        "«Kriseplan» skulle vært gjort innen 1. februar 2026, men var ikke gjort på kartets "
        "dato (1. mars 2026): 28 dager over fristen. Ansvarlig: NAV."
    )
    assert toolbox.cross_checks(around(plan).at("2026-02-01")) == []


def test_an_action_without_responsible() -> None:
    """Issue 3: an action without anyone responsible; what is done needs nobody any more."""
    plan = [{"id": "a", "title": "Øve", "due": "2026-04"}, {"id": "b", "done": "2026-01"}]
    (found,) = toolbox.cross_checks(around(plan))
    assert (found.case, found.level) == ("action_without_responsible", "gap")
    assert found.text("sv") == "1 åtgärd i planen har ingen ansvarig: ”Øve”."


def test_an_individual_plan_without_coordinator() -> None:
    """Issue 3: an individual plan without coordinator."""
    kart = around([{"id": "a", "responsible": "nav", "due": "2026-04"}])
    alone = kart.without_actor("koordinator")
    (found,) = toolbox.cross_checks(alone)
    assert (found.case, found.level) == ("plan_without_coordinator", "gap")
    for silent in (kart, ak.ActorMap(**{**_fields(alone), "scope": "service"})):
        assert toolbox.cross_checks(silent) == []


def _fields(kart: ak.ActorMap) -> dict[str, Any]:
    return {name: getattr(kart, name) for name in type(kart).model_fields}


def test_more_goals_than_the_form_asks_for() -> None:
    """METHOD 5: 3–5 activities."""
    some = [goal(f"g{number}") for number in range(6)]
    plan = [{"id": g.id, "goal": g.id, "responsible": "nav", "due": "2026-04"} for g in some]
    (found,) = toolbox.cross_checks(around(plan, goals=some))
    assert (found.case, found.level) == ("many_goals", "note")
    assert dict(found.numbers) == {"n": 6, "least": 3, "most": 5}
    assert toolbox.cross_checks(around(plan[:5], goals=some[:5])) == []


def test_what_is_missing_is_unknown() -> None:
    """METHOD 6: absent data is not an absent tie; its level is unknown."""
    plan = [{"id": "a", "responsible": "nav", "due": "2026-02"}, {"id": "b", "responsible": "nav"}]
    without_date = toolbox.cross_checks(around(plan, date=None))
    assert cases(without_date) == ["no_date", "no_due"]
    rough = toolbox.cross_checks(around(plan, date="2026"))
    assert cases(rough) == ["rough_date", "no_due"]
    nobody = [ak.Actor(id="nav"), ak.Actor(id="k", kind="coordinator")]
    no_user = toolbox.cross_checks(around(plan[1:], actors=nobody, ties=[]))
    assert cases(no_user) == ["no_user", "no_due"]
    assert cases(toolbox.cross_checks(around([], goals=[goal("g")]))) == ["no_plan"]
    fitting = [{"id": "a", "responsible": "nav", "due": "2026-04"}]
    assert cases(toolbox.cross_checks(around(fitting, checklist=[]))) == ["no_checklist"]
    assert cases(toolbox.cross_checks(ak.ActorMap())) == ["nothing"]
    for found in (*without_date, *rough, *no_user):
        assert found.level == "unknown"


def test_the_users_network_is_known_by_hand() -> None:
    """The example has one action past its date and one that nobody is responsible for."""
    kart = ak.examples.read("user_network")
    assert cases(toolbox.cross_checks(kart)) == ["overdue", "action_without_responsible"]
    assert {goal.id: goal.outcome for goal in toolbox.goals(kart).goals} == {
        "arbeid": "better",
        "hjem": "better",
        "musikk": "unclear",
        "uro": "unclear",
    }
    assert dict(toolbox.plan(kart).counts) == {"done": 2, "open": 2, "overdue": 1, "unknown": 0}
    assert toolbox.checklist(kart).phases["do"][-1] == toolbox.Dated("2026-02-23", 5.5, 2)


def test_names_in_titles_are_hidden_with_the_others() -> None:
    """DESIGN: maps around a person show roles instead of names."""
    plan = [{"id": "a", "title": "Følge Kari på tur", "responsible": "nav", "due": "2026-02"}]
    kart = around(plan)
    (found,) = toolbox.cross_checks(shown(kart, lang="nb").kart)
    hidden = found.text("nb")
    assert "Kari" not in hidden
    assert "«Følge Bruker på tur»" in hidden


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kart=actor_maps(max_size=6))
def test_any_map_is_told_whatever_the_order_of_its_parts(lang: str, kart: ak.ActorMap) -> None:
    """Order of anything in the file never changes a result; no valid map raises."""
    parts = ("actors", "ties", "goals", "plan", "checklist")
    turned = ak.ActorMap(**{**_fields(kart), **{name: getattr(kart, name)[::-1] for name in parts}})
    results = []
    for one_map in (kart, turned):
        found = toolbox.cross_checks(one_map)
        assert all(finding.text(lang) for finding in found)
        tables = [
            toolbox.goals(one_map).table(lang),
            toolbox.goals(one_map).means_table(lang),
            toolbox.plan(one_map).table(lang),
            toolbox.checklist(one_map).table(lang),
            toolbox.checklist(one_map).means_table(lang),
        ]
        results.append((found, tables))
    assert results[0] == results[1]
    levels = [finding.level for finding in results[0][0]]
    order = ["gap", "note", "unknown"]
    assert levels == sorted(levels, key=order.index)
