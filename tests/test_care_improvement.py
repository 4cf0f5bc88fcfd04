"""Improvement: METHOD 6.12."""

from __future__ import annotations

from typing import Any

import aktorkart as ak
from aktorkart.care.improvement import improvement
from maps_of import PEOPLE, among_people, cases, one, tie


def test_what_has_become_of_the_network() -> None:
    """METHOD 6.12: "ties gained, lost, stronger, weaker, idle"."""
    before = among_people(
        tie("u", "team", strength=2),
        tie("u", "home", strength=4),
        tie("u", "ward"),
        tie("u", "mum", quality="strained"),
        tie("team", "home", strength=1),
    )
    after = among_people(
        tie("team", "u", strength=4),
        tie("u", "home", strength=3),
        tie("u", "dps"),
        tie("u", "mum", quality="broken"),
        tie("team", "home", strength=1),
    )
    found = improvement(before, after)
    assert all(
        {"gained": 1, "lost": 1, "stronger": 1, "weaker": 1}.items() <= one.numbers.items()
        for one in found
    )
    assert one(found, "gained").ties == (("u", "dps", "contact"),)
    assert one(found, "lost").ties == (("u", "ward", "contact"),)
    assert one(found, "idle").ties == (("team", "home", "contact"), ("u", "mum", "contact"))
    assert found[0].case == "idle"


def test_arenas_that_connect_nobody_new() -> None:
    """METHOD 6.12: "arenas that connect nobody who is not already connected"."""
    actors = [*PEOPLE, ak.Actor(id="forum", kind="arena")]
    members = [tie(id_, "forum", "membership") for id_ in ("team", "dps")]
    kart = ak.ActorMap(actors=actors, ties=[*members, tie("team", "dps")])
    assert one(improvement(kart, kart), "idle_arena").actors == ("forum",)
    useful = kart.with_tie(tie("home", "forum", "membership"))
    assert "idle_arena" not in cases(improvement(useful, useful))


def test_checklist_points_by_phase() -> None:
    """METHOD 6.12: "checklist points by phase"."""

    def checked(*values: float, **fields: Any) -> ak.ChecklistItem:
        points = [ak.Point(date=f"202{n}", value=value) for n, value in enumerate(values)]
        return ak.ChecklistItem(points=points, **fields)

    before = among_people(
        checklist=[checked(9, 2, id="a", phase="do"), checked(4, id="b", phase="do")]
    )
    after = among_people(
        checklist=[
            checked(1, 5, id="a", phase="do"),
            checked(6, id="b", phase="do"),
            checked(0, id="new", phase="plan"),
        ]
    )
    found = one(improvement(before, after), "checklist")
    assert (found.numbers["before"], found.numbers["after"], found.numbers["n"]) == (3, 5.5, 2)
    assert found.text("nb") == "Sjekklisten, utføre: fra 3 til 5,5 poeng i snitt (2 punkter)."


def test_points_after_a_maps_date_are_not_counted_on_it() -> None:
    points = [ak.Point(date="2025-01", value=2), ak.Point(date="2026-01", value=7)]
    kart = among_people(checklist=[ak.ChecklistItem(id="a", points=points)], date="2026-03")
    found = one(improvement(kart.at("2025-06"), kart), "checklist")
    assert (found.numbers["before"], found.numbers["after"]) == (2, 7)
    assert found.text("sv") == "Checklistan, utan fas: från 2 till 7 poäng i snitt (1 punkt)."


def test_one_map_is_unknown_and_no_change_is_said() -> None:
    """METHOD 6: "Perspective gap and improvement need several maps"."""
    kart = among_people(tie("u", "team", strength=3))
    assert [(one.case, one.level) for one in improvement(kart)] == [("one_map", "unknown")]
    assert cases(improvement(kart, kart)) == ["nothing"]
