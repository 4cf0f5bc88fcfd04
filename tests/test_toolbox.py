"""Goals, plan, checklist and the checks across them, together."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart import toolbox
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from maps_of import cases, fields_of


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


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kart=actor_maps(max_size=6))
def test_any_map_is_told_whatever_the_order_of_its_parts(kart: ak.ActorMap) -> None:
    """Order of anything in the file never changes a result; no valid map raises."""
    parts = ("actors", "ties", "goals", "plan", "checklist")
    turned = ak.ActorMap(
        **{**fields_of(kart), **{name: getattr(kart, name)[::-1] for name in parts}}
    )
    results = []
    for one_map in (kart, turned):
        found = toolbox.cross_checks(one_map)
        assert all(finding.text(lang) for finding in found for lang in LANGUAGES)
        tables = [
            table
            for lang in LANGUAGES
            for table in (
                toolbox.goals(one_map).table(lang),
                toolbox.goals(one_map).means_table(lang),
                toolbox.plan(one_map).table(lang),
                toolbox.checklist(one_map).table(lang),
                toolbox.checklist(one_map).means_table(lang),
                toolbox.scales(one_map).table(lang),
                toolbox.scales(one_map).means_table(lang),
                toolbox.scales(one_map).support_table(lang),
            )
        ]
        results.append((found, tables, toolbox.stages(one_map)))
    assert results[0] == results[1]
    levels = [finding.level for finding in results[0][0]]
    order = ["gap", "note", "unknown"]
    assert levels == sorted(levels, key=order.index)


def test_goals_and_actions_of_one_title_are_told_apart() -> None:
    """By their ids, as issues are, wherever they are named; others keep their titles."""
    home = [ak.Goal(id=id_, title="Bo godt", direction="higher") for id_ in ("first", "second")]
    steps = [ak.Action(id=id_, title="Ringe") for id_ in ("call", "ring")]
    other = ak.Goal(id="work", title="Jobbe", direction="higher")
    kart = ak.ActorMap(goals=[*home, other], plan=[*steps, ak.Action(id="go", title="Dra")])
    named = ["Bo godt (first)", "Bo godt (second)", "Jobbe"]
    assert [goal.title for goal in ak.toolbox.goals(kart).goals] == named
    assert [step.title for step in ak.toolbox.plan(kart).steps] == [
        "Ringe (call)",
        "Dra",
        "Ringe (ring)",
    ]
    said = " ".join(
        found.text("nb") for found in (*ak.care.coverage(kart), *ak.toolbox.cross_checks(kart))
    )
    assert all(f"«{title}»" in said for title in (*named, "Ringe (call)", "Dra"))
    assert "«Bo godt»" not in said
    fewer = kart.with_(goals=[home[1]], plan=[steps[0]])
    compared = ak.report_change(fewer, kart, lang="nb")
    assert [row["goal_label"] for row in compared["changed_goals"].to_records()] == named


def test_ids_that_tell_titles_apart_hide_names_around_a_person() -> None:
    goals = [ak.Goal(id=f"kari-{n}", title="Bo godt", direction="higher") for n in (1, 2)]
    kart = ak.ActorMap(
        scope="individual",
        focal="kari",
        actors=[ak.Actor(id="kari", name="Kari Nordmann", kind="user")],
        goals=goals,
    )
    told = ak.report(kart, lang="nb").to_markdown()
    assert told.count("Bo godt (") >= 2
    assert "kari" not in told.casefold()
