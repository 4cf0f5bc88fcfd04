from __future__ import annotations

import aktorkart as ak
from aktorkart import toolbox
from aktorkart.privacy.shown import shown
from maps_of import cases, fields_of, goal, with_plan


def test_nothing_is_said_of_a_plan_that_fits() -> None:
    """Issue 3: silent where there is nothing to say; one channel either way is contact."""
    plan = [
        {"id": "a", "goal": "g", "responsible": "nav", "due": "2026-04-01"},
        {"id": "b", "goal": "g", "responsible": "koordinator", "due": "2026-04-01"},
        {"id": "c", "goal": "g", "responsible": "kari", "due": "2026-04-01"},
        {"id": "d", "goal": "g", "responsible": "dps", "done": "2026-02"},
    ]
    kart = with_plan(plan, goals=[goal("g")])
    assert toolbox.cross_checks(kart) == []


def test_a_responsible_actor_without_a_channel_to_the_user() -> None:
    """Issue 3: a responsible actor without a tie to the user; METHOD 7: broken is no channel."""
    plan = [
        {"id": "a", "title": "Samtaler", "responsible": "dps", "due": "2026-04"},
        {"id": "b", "title": "Tur", "responsible": "dps", "due": "2026-04"},
    ]
    (found,) = toolbox.cross_checks(with_plan(plan))
    assert (found.case, found.level) == ("responsible_without_channel", "gap")
    assert (found.actors, dict(found.numbers)) == (("dps",), {"n": 2})
    assert found.text("nb") == (
        "DPS er ansvarlig for «Samtaler» og «Tur», men har ingen virksom relasjon til brukeren."
    )
    mended = with_plan(plan).with_tie(source="kari", target="dps", kind="information")
    assert toolbox.cross_checks(mended) == []


def test_a_goal_without_action() -> None:
    """Issue 3: a goal without action."""
    titled = ak.Goal(id="korps", title="Spille i korps", direction="higher", actors=["nav"])
    plan = [{"id": "a", "goal": "g", "responsible": "nav", "due": "2026-04"}]
    (found,) = toolbox.cross_checks(with_plan(plan, goals=[titled, goal("g")]))
    assert (found.case, found.level, found.actors) == ("goal_without_action", "gap", ("nav",))
    assert found.text("en") == "1 of 2 goals has no action in the plan: 'Spille i korps'."


def test_actions_overdue_the_longest_first() -> None:
    """Issue 3: an action overdue."""
    plan = [
        {"id": "a", "responsible": "nav", "due": "2026-02-28"},
        {"id": "b", "title": "Kriseplan", "responsible": "nav", "due": "2026-02-01"},
        {"id": "c", "responsible": "nav", "due": "2026-03-01"},
    ]
    first, second = toolbox.cross_checks(with_plan(plan))
    assert (first.case, first.level, first.actors) == ("overdue", "gap", ("nav",))
    assert (first.numbers["days"], second.numbers["days"]) == (28, 1)
    assert first.text("nb") == (
        "«Kriseplan» skulle vært gjort innen 1. februar 2026, men var ikke gjort på kartets "
        "dato (1. mars 2026): 28 dager over fristen. Ansvarlig: NAV."
    )
    assert toolbox.cross_checks(with_plan(plan).at("2026-02-01")) == []


def test_an_action_without_responsible() -> None:
    """Issue 3: an action without anyone responsible; what is done needs nobody any more."""
    plan = [{"id": "a", "title": "Øve", "due": "2026-04"}, {"id": "b", "done": "2026-01"}]
    (found,) = toolbox.cross_checks(with_plan(plan))
    assert (found.case, found.level) == ("action_without_responsible", "gap")
    assert found.text("sv") == "1 åtgärd i planen har ingen ansvarig: ”Øve”."


def test_an_individual_plan_without_coordinator() -> None:
    """Issue 3: an individual plan without coordinator."""
    kart = with_plan([{"id": "a", "responsible": "nav", "due": "2026-04"}])
    alone = kart.without_actor("koordinator")
    (found,) = toolbox.cross_checks(alone)
    assert (found.case, found.level) == ("plan_without_coordinator", "gap")
    for silent in (kart, ak.ActorMap(**{**fields_of(alone), "scope": "service"})):
        assert toolbox.cross_checks(silent) == []


def test_more_goals_than_the_form_asks_for() -> None:
    """METHOD 5: 3–5 activities."""
    some = [goal(f"g{number}") for number in range(6)]
    plan = [{"id": g.id, "goal": g.id, "responsible": "nav", "due": "2026-04"} for g in some]
    (found,) = toolbox.cross_checks(with_plan(plan, goals=some))
    assert (found.case, found.level) == ("many_goals", "note")
    assert dict(found.numbers) == {"n": 6, "least": 3, "most": 5}
    assert toolbox.cross_checks(with_plan(plan[:5], goals=some[:5])) == []


def test_what_is_missing_is_unknown() -> None:
    """METHOD 6: absent data is not an absent tie; its level is unknown."""
    plan = [{"id": "a", "responsible": "nav", "due": "2026-02"}, {"id": "b", "responsible": "nav"}]
    without_date = toolbox.cross_checks(with_plan(plan, date=None))
    assert cases(without_date) == ["no_date", "no_due"]
    rough = toolbox.cross_checks(with_plan(plan, date="2026"))
    assert cases(rough) == ["rough_date", "no_due"]
    nobody = [ak.Actor(id="nav"), ak.Actor(id="k", kind="coordinator")]
    no_user = toolbox.cross_checks(with_plan(plan[1:], actors=nobody, ties=[]))
    assert cases(no_user) == ["no_user", "no_due"]
    assert cases(toolbox.cross_checks(with_plan([], goals=[goal("g")]))) == ["no_plan"]
    fitting = [{"id": "a", "responsible": "nav", "due": "2026-04"}]
    assert cases(toolbox.cross_checks(with_plan(fitting, checklist=[]))) == ["no_checklist"]
    assert cases(toolbox.cross_checks(ak.ActorMap())) == ["nothing"]
    for found in (*without_date, *rough, *no_user):
        assert found.level == "unknown"


def test_names_in_titles_are_hidden_with_the_others() -> None:
    """DESIGN: maps around a person show roles instead of names."""
    plan = [{"id": "a", "title": "Følge Kari på tur", "responsible": "nav", "due": "2026-02"}]
    kart = with_plan(plan)
    (found,) = toolbox.cross_checks(shown(kart, lang="nb").kart)
    hidden = found.text("nb")
    assert "Kari" not in hidden
    assert "«Følge Bruker på tur»" in hidden
