from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings

import aktorkart as ak
from aktorkart.errors import UnknownName
from aktorkart.grunig import (
    PUBLICS,
    Cell,
    communication_plan,
    priorities,
    publics,
)
from aktorkart.strategies import actor_maps
from maps_of import ACTIVE, AWARE, NONE, OPEN, TEAM, cases, judged, one, with_issue

HIGH_LOW = ("high", "low")


def test_the_eight_cells() -> None:
    """METHOD 3: the table from problem, constraint and involvement to behaviour and public."""
    assert {key: (cell.behaviour, cell.publics) for key, cell in PUBLICS.items()} == {
        ("high", "low", "high"): ("problem_facing", ("active",)),
        ("high", "low", "low"): ("problem_facing", ("aware", "active")),
        ("high", "high", "high"): ("constrained", ("aware", "active")),
        ("high", "high", "low"): ("constrained", ("latent", "aware")),
        ("low", "low", "high"): ("routine", ("active_reinforcing",)),
        ("low", "low", "low"): ("routine", ("none", "latent")),
        ("low", "high", "high"): ("fatalistic", ("latent",)),
        ("low", "high", "low"): ("fatalistic", ("none",)),
    }
    for key in itertools.product(HIGH_LOW, HIGH_LOW, HIGH_LOW):
        row = publics(with_issue(ak.Actor(id="a", publics={"bolig": judged(*key)}))).rows[0]
        assert (row.behaviour, row.publics) == (PUBLICS[key].behaviour, PUBLICS[key].publics)
        assert not row.missing


def test_active_publics_seek_information() -> None:
    """METHOD 3: "Active publics *seek* information; the others at most *process*"."""
    actors = [
        ak.Actor(id="active", publics={"bolig": ACTIVE}),
        ak.Actor(id="open", publics={"bolig": OPEN}),
        ak.Actor(id="passive", publics={"bolig": AWARE}),
    ]
    rows = publics(with_issue(*actors)).rows
    assert [row.information for row in rows] == [
        ("seeks",),
        ("processes", "seeks"),
        ("processes",),
    ]


@pytest.mark.parametrize("missing", ["problem", "constraint", "involvement"])
def test_a_missing_judgement_is_unknown_never_low(missing: str) -> None:
    """METHOD 3: "Missing judgement → unknown, never 'low'"."""
    fields = {"problem": "high", "constraint": "low", "involvement": "low"} | {missing: None}
    kart = with_issue(ak.Actor(id="a", publics={"bolig": ak.Judgement(**fields)}))
    row = publics(kart).rows[0]
    assert (row.publics, row.information, row.missing) == ((), (), (missing,))
    # Involvement has no say in the behaviour.
    assert row.behaviour == ("problem_facing" if missing == "involvement" else None)
    assert one(publics(kart).findings, "unknown").actors == ("a",)


def test_an_actor_that_nobody_judged_is_kept_as_unknown() -> None:
    kart = with_issue(ak.Actor(id="a", publics={"bolig": ACTIVE}), ak.Actor(id="b"))
    found = publics(kart)
    assert [row.judged for row in found.of("bolig")] == [True, False]
    assert len(found.table("nb")) == 1
    unknown = one(found.findings, "unknown")
    assert (unknown.actors, unknown.numbers) == (("b",), {"n": 1, "total": 2})


def test_who_is_held_back_and_who_does_not_see_it() -> None:
    actors = [
        ak.Actor(id="held", publics={"bolig": OPEN}),
        ak.Actor(id="blind", publics={"bolig": judged("low", "high", "high")}),
        ak.Actor(id="active", publics={"bolig": ACTIVE}),
    ]
    found = publics(with_issue(*actors)).findings
    assert cases(found) == ["constrained", "unseen", "active"]
    assert [finding.actors for finding in found] == [("held",), ("blind",), ("active",)]


def test_the_mapping_is_a_value_that_can_be_replaced() -> None:
    """METHOD: "keep the mapping overridable"."""
    mine = {**PUBLICS, ("high", "high", "high"): Cell("hindret", ("nesten_aktiv",))}
    found = publics(with_issue(ak.Actor(id="a", publics={"bolig": OPEN})), mapping=mine)
    assert found.rows[0].publics == ("nesten_aktiv",)
    record = found.table("nb").to_records()[0]
    assert (record["behaviour"], record["public"]) == ("hindret", ["nesten_aktiv"])


def test_a_mapping_without_a_cell_leaves_it_unknown() -> None:
    actor = ak.Actor(id="a", stance=1, publics={"bolig": OPEN})
    assert publics(with_issue(actor), mapping={}).rows[0].publics == ()
    row = priorities(with_issue(actor), mapping={}).rows[0]
    assert row.groups == ()
    assert "table of publics" in row.reason("en")


def test_an_issue_that_nobody_defined_is_said_with_guesses() -> None:
    kart = with_issue(TEAM)
    functions: tuple[Any, ...] = (publics, priorities, communication_plan)
    for function in functions:
        with pytest.raises(UnknownName) as error:
            function(kart, issue="bolog")
        (problem,) = error.value.problems
        assert (problem.guesses, problem.place.path) == (("bolig",), ("issues",))
        assert "bolog" in error.value.text("nb")
    with pytest.raises(UnknownName):
        publics(kart, hot=["arbeid"])


def across(*judgements: ak.Judgement | None, hot: list[str] | None = None) -> tuple[str, ...]:
    issues = tuple(f"sak{n}" for n in range(len(judgements)))
    seen = {issue: one for issue, one in zip(issues, judgements, strict=True) if one is not None}
    return (
        publics(with_issue(ak.Actor(id="a", publics=seen), issues=issues), hot=hot).types[0].types
    )


def test_types_across_issues() -> None:
    """METHOD 3: "all-issue, single-issue, hot-issue and apathetic publics"."""
    assert across(ACTIVE, ACTIVE, ACTIVE) == ("all_issue",)
    assert across(NONE, AWARE) == ("apathetic",)
    assert across(ACTIVE, ACTIVE, NONE) == ("several_issues",)
    # The map does not say which issue is hot: both are kept.
    assert across(ACTIVE, NONE, NONE) == ("single_issue", "hot_issue")
    assert across(ACTIVE, NONE, hot=["sak0"]) == ("hot_issue",)
    assert across(ACTIVE, NONE, hot=["sak1"]) == ("single_issue",)
    assert across(ACTIVE, NONE, hot=[]) == ("single_issue",)


def test_an_ambiguous_cell_keeps_every_type_that_is_possible() -> None:
    """METHOD 3: "An ambiguous cell stays ambiguous in the output"."""
    assert across(OPEN, ACTIVE) == ("all_issue", "single_issue", "hot_issue")
    assert across(OPEN, NONE, hot=[]) == ("single_issue", "apathetic")
    assert across(OPEN, OPEN, hot=[]) == ("all_issue", "single_issue", "apathetic")
    assert across(OPEN, OPEN, NONE, hot=[]) == ("several_issues", "single_issue", "apathetic")
    assert across(ACTIVE, ACTIVE, OPEN) == ("all_issue", "several_issues")


def test_a_type_needs_every_issue_judged() -> None:
    assert across(ACTIVE, None) == ()
    kart = with_issue(ak.Actor(id="a", publics={"x": ACTIVE}), issues=("x", "y"))
    assert publics(kart).types[0].missing == ("y",)
    assert publics(with_issue(ak.Actor(id="a", publics={"bolig": ACTIVE}))).types == ()
    record = publics(kart).types_table("en").to_records()[0]
    assert (record["issue_type"], record["not_judged_on"]) == (None, ["y"])


@settings(max_examples=30, deadline=None)
@given(actor_maps(max_size=4))
def test_types_are_those_that_some_reading_of_the_cells_gives(kart: ak.ActorMap) -> None:
    found = publics(kart, hot=[])
    for row in found.types:
        answers = [one.active for one in found.rows if one.actor == row.actor]
        if not all(answers):
            assert row.types == ()
            continue
        possible = set()
        for reading in itertools.product(*answers):
            k = sum(reading)
            possible.add(
                "all_issue"
                if k == len(reading)
                else {0: "apathetic", 1: "single_issue"}.get(k, "several_issues")
            )
        assert set(row.types) == possible


def test_maps_without_issues_say_what_they_would_give() -> None:
    for found in (publics(ak.ActorMap(actors=[TEAM])), publics(ak.ActorMap())):
        assert [(one.case, one.level) for one in found.findings] == [("nothing", "unknown")]
    found = publics(with_issue(TEAM))
    assert cases(found.findings) == ["unjudged_issue"]


def test_issues_of_one_title_are_told_apart() -> None:
    issues = [ak.Issue(id="a", title="Bolig"), ak.Issue(id="b", title="Bolig"), ak.Issue(id="c")]
    kart = ak.ActorMap(actors=[ak.Actor(id="nav")], issues=issues)
    said = [found.text("en") for found in ak.publics(kart).findings]
    for name in ("Bolig (a)", "Bolig (b)"):
        assert sum(name in one for one in said) == 1
    alone = ak.publics(kart.with_(issues=issues[:1])).findings
    assert not any("(a)" in found.text("en") for found in alone)
