from __future__ import annotations

import aktorkart as ak
from aktorkart.grunig import (
    communication_plan,
    priorities,
)
from maps_of import ACTIVE, TEAM, with_issue


def test_the_plan_has_ten_steps_with_two_filled() -> None:
    """METHOD 4: "The library fills the fourth from the map … with the rest as columns to fill"."""
    kart = ak.examples.municipal_service()
    plan = communication_plan(kart, issue="bolig")
    steps = [column.title.partition(".")[0] for column in plan.columns[1:]]
    assert list(dict.fromkeys(steps)) == [str(n) for n in range(1, 11)]
    records = plan.to_records()
    coded = ("issue", "target_group", "actors")
    plan_codes = {f"{key}{end}" for key in coded for end in ("", "_label")}
    filled = {"strategy", *plan_codes}
    assert all(not row[key] for row in records for key in set(row) - filled)
    assert [row["target_group_label"] for row in records] == [
        "Pådrivere",
        "Motparter",
        "Sovende støtte",
        "Uengasjerte",
        "Ikke plassert",
    ]
    assert all(row["strategy"] for row in records[:-1])
    assert not records[-1]["strategy"]
    # Nobody is lost on the way.
    placed = priorities(kart, issue="bolig").rows
    for row in placed:
        assert any(row.actor in record["actors"] for record in records)
    assert communication_plan(kart, lang="sv").columns[1].title == "1. Situation"


def test_the_plan_goes_to_csv_markdown_and_excel() -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    kart = with_issue(ak.Actor(id="a", name="=HYPERLINK(1)", stance=1, publics={"bolig": ACTIVE}))
    plan = communication_plan(kart)
    assert ";'=HYPERLINK(1);" in plan.to_csv()
    assert plan.to_markdown().count("\n") == 2
    sheet = load_workbook(BytesIO(plan.to_xlsx())).worksheets[0]
    cell = sheet.cell(2, 6)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_a_map_without_issues_still_gives_a_plan_to_fill_in() -> None:
    records = communication_plan(ak.ActorMap(actors=[TEAM])).to_records()
    assert [row["target_group"] for row in records] == ["not_placed"]
    assert len(communication_plan(ak.ActorMap())) == 0
