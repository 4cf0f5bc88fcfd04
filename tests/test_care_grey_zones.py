"""Grey zones: METHOD 6.6."""

from __future__ import annotations

import aktorkart as ak
from aktorkart.care.grey_zones import grey_zones
from maps_of import SERVICES, actor, cases, one, tie


def test_needed_ties_are_missing_unless_they_are_there() -> None:
    """METHOD 6.6: "Ties needed but not there"."""
    kart = ak.ActorMap(
        actors=SERVICES,
        ties=[
            tie("nav", "gp", "information", needed=True),
            tie("nav", "gp", "information", needed=True, informant="gp"),
            tie("dps", "gp", "information", needed=True),
            tie("gp", "dps", "information", informant="dps"),
            tie("u", "dps", needed=True, until="2020"),
        ],
        date="2026",
    )
    found = one(grey_zones(kart), "missing")
    assert found.level == "gap"
    assert found.numbers["missing"] == 1
    assert found.ties == (("nav", "gp", "information"),)


def test_tasks_with_several_owners_or_none() -> None:
    """METHOD 6.6: "tasks with no owner or several"."""
    kart = ak.ActorMap(
        actors=[actor("a", tasks=["Medisiner", "plan"]), actor("b", tasks=["medisiner"])],
        plan=[
            ak.Action(id="ring", title="Ringe NAV"),
            ak.Action(id="done", done="2026"),
            ak.Action(id="mine", responsible="a"),
        ],
    )
    found = grey_zones(kart)
    assert one(found, "several_owners").actors == ("a", "b")
    assert one(found, "no_owner").text("nb") == (
        "1 tiltak i planen er ikke gjort og har ingen ansvarlig: «Ringe NAV»."
    )


def test_grey_zones_are_silent_where_all_is_in_place() -> None:
    kart = ak.ActorMap(
        actors=[actor("a", tasks=["x"]), actor("b", tasks=["y"])],
        ties=[tie("a", "b", needed=True), tie("a", "b", informant="b")],
    )
    assert grey_zones(kart) == []


def test_without_needed_ties_and_tasks_grey_zones_are_unknown() -> None:
    found = grey_zones(ak.ActorMap(actors=SERVICES, ties=[tie("gp", "nav")]))
    assert cases(found) == ["no_needed", "no_tasks"]
    assert {finding.level for finding in found} == {"unknown"}
