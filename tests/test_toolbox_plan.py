from __future__ import annotations

import pytest

import aktorkart as ak
from aktorkart import toolbox
from maps_of import with_plan


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
    kart = with_plan(plan, goals=[ak.Goal(id="g", title="Jobb", direction="higher")])
    records = toolbox.plan(kart).table("nb").to_records()
    assert [row["action_label"] for row in records] == ["Ringe", "b", "a", "c"]
    assert (records[0]["due"], records[0]["due_label"]) == ("2026-02", "feb. 2026")
    assert (records[0]["status_label"], records[0]["days"]) == ("over fristen", 1)
    assert (records[1]["responsible"], records[1]["goal_label"]) == ("nav", "Jobb")
