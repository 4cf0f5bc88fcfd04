from __future__ import annotations

import aktorkart as ak
from aktorkart import toolbox
from maps_of import points


def test_a_default_item_without_a_title_speaks_the_language() -> None:
    items = [ak.ChecklistItem(id="same_plan"), ak.ChecklistItem(id="own")]
    found = toolbox.checklist(ak.ActorMap(checklist=items))
    titles = [row["item_label"] for row in found.table("sv").to_records()]
    assert titles == ["own", "Alla arbetar efter samma plan, och brukaren har den själv."]


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
        {"phase": "prepare", "phase_label": "forberede", "2026-01-01": None, "2026-02-01": None},
        {"phase": "do", "phase_label": "utføre", "2026-01-01": 3.5, "2026-02-01": 6.0},
        {"phase": None, "phase_label": None, "2026-01-01": None, "2026-02-01": 1.0},
    ]
