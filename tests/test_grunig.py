"""METHOD 3 and 4: linkages, publics, communication, salience, influence, priorities."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart import grunig
from aktorkart.errors import UnknownName
from aktorkart.grunig import (
    PUBLICS,
    Cell,
    communication,
    communication_plan,
    cooperation,
    influence,
    linkages,
    priorities,
    publics,
    salience,
)
from aktorkart.i18n import LANGUAGES
from aktorkart.model.vocabulary import KINDS, LINKAGES
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from aktorkart.finding import Finding

HIGH_LOW = ("high", "low")


def one(found: tuple[Finding, ...], case: str) -> Finding:
    (match,) = [finding for finding in found if finding.case == case]
    return match


def cases(found: tuple[Finding, ...]) -> list[str]:
    return [finding.case for finding in found]


def judged(problem: str | None, constraint: str | None, involvement: str | None) -> ak.Judgement:
    return ak.Judgement(problem=problem, constraint=constraint, involvement=involvement)


def with_issue(*actors: ak.Actor, issues: tuple[str, ...] = ("bolig",)) -> ak.ActorMap:
    return ak.ActorMap(actors=actors, issues=[ak.Issue(id=id_) for id_ in issues])


ACTIVE = judged("high", "low", "high")
OPEN = judged("high", "high", "high")
AWARE = judged("high", "high", "low")
NONE = judged("low", "high", "low")


# --- linkages

TEAM = ak.Actor(id="team", kind="mental_health_team")


def full_service() -> ak.ActorMap:
    kinds = {"authority": "authority", "nav": "nav", "rio": "user_organisation"}
    actors = [TEAM, *(ak.Actor(id=id_, kind=kind) for id_, kind in kinds.items())]
    return ak.ActorMap(focal="team", actors=actors)


def test_linkages_say_where_they_are_from() -> None:
    """METHOD 2: "a map may override any of it per actor, and may add kinds of its own"."""
    kart = ak.ActorMap(
        focal="team",
        kinds={"fiskemottak": ak.KindSpec(linkage="diffused"), "tomt": ak.KindSpec(line="first")},
        actors=[
            TEAM,
            ak.Actor(id="a", kind="gp", linkage=["enabling", "normative"]),
            ak.Actor(id="b", kind="fiskemottak"),
            ak.Actor(id="c", kind="gp"),
            ak.Actor(id="d"),
            ak.Actor(id="e", kind="tomt"),
            ak.Actor(id="forum", kind="arena"),
        ],
    )
    found = linkages(kart)
    assert [(row.actor, row.linkages, row.basis) for row in found.rows] == [
        ("a", ("enabling", "normative"), "actor"),
        ("b", ("diffused",), "own_kind"),
        ("c", ("functional_input", "functional_output"), "kind"),
        ("d", (), None),
        ("e", (), None),
    ]
    assert found.unknown == ("d", "e")
    assert found.of("enabling") == ("a",)
    assert one(found.findings, "basis").numbers == {"stated": 2, "from_kind": 1, "n": 3}
    assert one(found.findings, "unknown").actors == ("d", "e")


def test_an_actor_stands_under_each_of_its_linkages() -> None:
    """METHOD 2: "Linkages are *multiple*"."""
    kart = ak.ActorMap(actors=[ak.Actor(id="hf", name="HF", kind="trust_management")])
    table = linkages(kart).table("en")
    records = {row["linkage"]: row for row in table.to_records()}
    assert records["enabling"]["actors"] == records["normative"]["actors"] == "HF"
    assert records["diffused"]["count"] == 0
    assert records["diffused"]["actors"] is None
    assert len(linkages(kart).actors_table("nb")) == 1


def test_a_linkage_that_nobody_has_is_a_gap() -> None:
    """METHOD 3: "The first three kinds are fairly constant; diffused varies"."""
    assert not {"lacks", "may_lack"} & set(cases(linkages(full_service()).findings))
    found = one(linkages(full_service().without_actor("rio")).findings, "lacks")
    assert (found.level, found.actors, found.numbers["known"]) == ("gap", ("team",), 2)
    assert "normativ" in found.text("nb")
    assert all("1984" in found.text(lang) for lang in LANGUAGES)


def test_a_linkage_that_nobody_is_known_to_have_is_unknown() -> None:
    """METHOD 6: "Absent data is not an absent tie"."""
    kart = full_service().without_actor("rio").with_actor(id="x")
    found = one(linkages(kart).findings, "may_lack")
    assert (found.level, dict(found.numbers)) == ("unknown", {"known": 2, "n": 1})


def test_defaults_are_seen_from_a_municipal_service() -> None:
    """METHOD 2: "seen from a municipal service as the focal actor"."""
    assert "not_municipal" not in cases(linkages(full_service()).findings)
    person = ak.ActorMap(
        focal="kari", actors=[ak.Actor(id="kari", kind="user"), ak.Actor(id="nav", kind="nav")]
    )
    found = linkages(person)
    assert cases(found.findings) == ["all_usual", "not_municipal"]
    trust = ak.ActorMap(
        focal="dps",
        actors=[ak.Actor(id="dps", kind="dps"), ak.Actor(id="nav", linkage=LINKAGES)],
    )
    assert cases(linkages(trust).findings) == ["all_stated"]
    nobody = ak.ActorMap(actors=[ak.Actor(id="nav", kind="nav")])
    assert cases(linkages(nobody).findings) == ["all_usual", "no_focal"]


# --- publics


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
    assert (record["behaviour"], record["public"]) == ("hindret", "nesten_aktiv")


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
    assert (record["issue_type"], record["not_judged_on"]) == (None, "y")


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


# --- communication


def talk(*ties: dict[str, Any]) -> grunig.Communication:
    actors = [ak.Actor(id=id_) for id_ in "abc"]
    return communication(ak.ActorMap(actors=actors, ties=[ak.Tie(**tie) for tie in ties]))


SYMMETRIC = {"source": "a", "target": "b", "communication": "two_way_symmetric"}


def test_symmetry_needs_both_directions() -> None:
    """METHOD 3: "Symmetry needs both directions and that both sides have changed practice"."""
    found = talk({**SYMMETRIC, "mutual": False, "changed_practice": ["a", "b"]})
    assert found.rows[0].symmetric is False
    assert cases(found.findings) == ["one_way", "models"]
    assert found.findings[0].level == "gap"
    back = {"source": "b", "target": "a", "kind": "information", "mutual": False}
    both = talk({**SYMMETRIC, "mutual": False, "changed_practice": ["a", "b"]}, back)
    assert both.rows[0].symmetric is True
    assert cases(both.findings) == ["symmetric", "models"]


def test_symmetry_needs_that_both_sides_have_changed() -> None:
    """METHOD 3: "both sides have changed practice"."""
    found = talk({**SYMMETRIC, "changed_practice": ["a"]})
    assert found.rows[0].symmetric is False
    gap = one(found.findings, "one_side")
    assert (gap.level, gap.actors) == ("gap", ("a", "b"))
    # A third actor's change does not make the two equal, and silence is not a no.
    for changed in ([], ["c"]):
        silent = talk({**SYMMETRIC, "changed_practice": changed})
        assert silent.rows[0].symmetric is None
        assert one(silent.findings, "unconfirmed").level == "unknown"
        assert "symmetric" not in cases(silent.findings)


def test_each_side_may_report_its_own_change() -> None:
    found = talk(
        {**SYMMETRIC, "informant": "a", "changed_practice": ["a"]},
        {**SYMMETRIC, "informant": "b", "changed_practice": ["b"]},
    )
    assert one(found.findings, "symmetric").numbers == {"n": 1}


def test_different_models_between_two_are_kept() -> None:
    found = talk(
        {**SYMMETRIC, "informant": "a", "changed_practice": ["a", "b"]},
        {**SYMMETRIC, "informant": "b", "communication": "two_way_asymmetric"},
    )
    assert cases(found.findings) == ["several_models", "models"]
    assert found.counts() == {
        "press_agentry": 0,
        "public_information": 0,
        "two_way_asymmetric": 1,
        "two_way_symmetric": 1,
    }
    assert len(found.table("sv")) == 2


def test_a_model_is_never_inferred() -> None:
    """METHOD 3: "A judgement on a tie; never inferred from its strength"."""
    found = talk({"source": "a", "target": "b", "strength": 5})
    assert found.rows == ()
    assert [(one.case, one.level) for one in found.findings] == [("unknown", "unknown")]
    assert cases(talk({**SYMMETRIC, "needed": True}).findings) == ["unknown"]


# --- salience, influence, cooperation


@pytest.mark.parametrize(
    ("power", "legitimacy", "urgency", "expected"),
    [
        (5, 1, 1, "dormant"),
        (1, 5, 1, "discretionary"),
        (1, 1, 5, "demanding"),
        (5, 4, 1, "dominant"),
        (4, 1, 5, "dangerous"),
        (3, 4, 4, "dependent"),
        (4, 4, 4, "definitive"),
        (3, 3, 3, "nonstakeholder"),
    ],
)
def test_salience(power: float, legitimacy: float, urgency: float, expected: str) -> None:
    """METHOD 4: "P dormant, L discretionary, U demanding, PL dominant …"."""
    actor = ak.Actor(id="a", power=power, legitimacy=legitimacy, urgency=urgency)
    row = salience(ak.ActorMap(actors=[actor])).rows[0]
    assert (row.salience, row.missing) == (expected, ())


def test_the_threshold_of_salience_is_an_option() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="a", power=3, legitimacy=3, urgency=3)])
    assert salience(kart, threshold=3).rows[0].salience == "definitive"


def test_users_without_power_are_a_power_gap() -> None:
    """METHOD 4: "Users are often *dependent* (LU): report it as a power gap"."""
    fields: dict[str, Any] = {"power": 1, "legitimacy": 5, "urgency": 5}
    actors = [ak.Actor(id="a", **fields), ak.Actor(id="kari", kind="user", **fields)]
    kart = ak.ActorMap(focal="kari", actors=actors)
    gap = one(salience(kart).findings, "power_gap")
    assert (gap.level, gap.actors) == ("gap", ("kari", "a"))
    assert gap.numbers["threshold"] == 4
    stronger = kart.with_actor(id="kari", kind="user", **{**fields, "power": 4})
    assert one(salience(stronger).findings, "power_gap").actors == ("a",)


def test_a_missing_rating_is_unknown() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="a", power=5, legitimacy=5)])
    row = salience(kart).rows[0]
    assert (row.salience, row.attributes, row.missing) == (None, None, ("urgency",))
    assert cases(salience(kart).findings) == ["unrated"]
    assert influence(kart).rows[0].missing == ("interest",)
    assert one(influence(kart).findings, "unrated").level == "unknown"


@pytest.mark.parametrize(
    ("power", "interest", "expected"),
    [
        (4, 4, "key_player"),
        (4, 3, "keep_satisfied"),
        (3, 4, "keep_informed"),
        (3, 3, "minimal_effort"),
    ],
)
def test_influence(power: float, interest: float, expected: str) -> None:
    """METHOD 4: "high/high key player; high power, low interest keep satisfied …"."""
    kart = ak.ActorMap(actors=[ak.Actor(id="a", power=power, interest=interest)])
    assert influence(kart).rows[0].cell == expected
    assert influence(kart).findings == ()
    assert influence(kart, threshold=2).rows[0].cell == "key_player"


@pytest.mark.parametrize(
    ("power", "stance", "expected"),
    [
        (4, 1, ("mixed_blessing", "collaborate")),
        (4, -1, ("non_supportive", "defend")),
        (3, 2, ("supportive", "involve")),
        (1, -2, ("marginal", "monitor")),
        (4, 0, (None, None)),
        (None, 1, (None, None)),
    ],
)
def test_cooperation(
    power: float | None, stance: float, expected: tuple[str | None, str | None]
) -> None:
    """METHOD 4: "high/high mixed blessing → collaborate; high/low non-supportive → defend …"."""
    row = cooperation(ak.ActorMap(actors=[ak.Actor(id="a", power=power, stance=stance)])).rows[0]
    assert (row.type, row.strategy) == expected


@pytest.mark.parametrize("high", ["high", True, 4, 4.5, " High "])
def test_tags_come_before_what_is_derived(high: str | float) -> None:
    actor = ak.Actor(id="a", power=1, stance=-2, tags={"threat": high, "cooperation": "low"})
    found = cooperation(ak.ActorMap(actors=[actor]))
    assert found.rows[0].type == "non_supportive"
    assert (found.rows[0].threat_basis, found.rows[0].cooperation_basis) == ("tag", "tag")
    assert found.findings == ()


@pytest.mark.parametrize("said", ["kanskje", 9, ("high", "low")])
def test_a_tag_that_says_something_else_is_not_guessed_at(said: Any) -> None:
    found = cooperation(ak.ActorMap(actors=[ak.Actor(id="a", power=5, tags={"threat": said})]))
    assert found.rows[0].missing == ("threat", "cooperation")


def test_the_judgement_can_be_replaced() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="a")])
    found = cooperation(kart, judge=lambda _: (False, True))
    assert found.rows[0].strategy == "involve"
    assert one(found.findings, "derived").actors == ("a",)


# --- priorities and the plan


@pytest.mark.parametrize(
    ("judgement", "stance", "expected"),
    [
        (ACTIVE, 2, ("advocate",)),
        (ACTIVE, -1, ("adversarial",)),
        (AWARE, 1, ("dormant",)),
        (NONE, -2, ("apathetic",)),
        (OPEN, 1, ("dormant", "advocate")),
        (ACTIVE, 0, ()),
        (ACTIVE, None, ()),
        (judged("high", "low", None), 1, ()),
    ],
)
def test_priorities(
    judgement: ak.Judgement, stance: float | None, expected: tuple[str, ...]
) -> None:
    """METHOD 4: "active & supportive = *advocate* … inactive & non-supportive = *apathetic*"."""
    kart = with_issue(ak.Actor(id="a", stance=stance, publics={"bolig": judgement}))
    assert priorities(kart).rows[0].groups == expected


def test_every_place_has_its_reason() -> None:
    """METHOD 4: four steps: linkage → attributes → situation → strategy."""
    actor = ak.Actor(
        id="a",
        kind="gp",
        power=4,
        legitimacy=5,
        urgency=2,
        stance=1,
        publics={"bolig": AWARE},
    )
    kart = with_issue(actor)
    assert priorities(kart).rows[0].reason("en") == (
        "Linkage: functional input and functional output (usual for the kind). "
        "Salience: dominant (power and legitimacy). "
        "Public: latent or aware, counted here as not active. "
        "Supports it (stance 1). Hence: dormant."
    )
    bare = priorities(with_issue(ak.Actor(id="a"))).rows[0]
    assert bare.missing == ("problem", "constraint", "involvement", "stance")
    assert "power, legitimacy and urgency" in bare.reason("en")


def test_folding_aware_and_latent_is_said() -> None:
    """METHOD 4: "Folding aware/latent into 'inactive' is our choice: say so"."""
    sleepy = with_issue(ak.Actor(id="a", stance=1, publics={"bolig": AWARE}))
    assert cases(priorities(sleepy).findings) == ["dormant", "folded"]
    awake = with_issue(ak.Actor(id="a", stance=1, publics={"bolig": ACTIVE}))
    assert cases(priorities(awake).findings) == ["advocate"]


def test_users_without_power_are_not_of_low_priority() -> None:
    """METHOD 4: "report it as a power gap, not as low priority"."""
    kart = with_issue(
        ak.Actor(id="a", power=4, legitimacy=5, urgency=2),
        ak.Actor(id="b", power=4, legitimacy=5, urgency=5),
        ak.Actor(id="c"),
        ak.Actor(id="user", kind="user", power=1, legitimacy=5, urgency=5),
    )
    rows = priorities(kart).rows
    assert [row.actor for row in rows] == ["b", "user", "a", "c"]
    assert "power gap" in rows[1].reason("en")


def test_what_places_nobody_is_said() -> None:
    kart = with_issue(
        ak.Actor(id="a", stance=0, publics={"bolig": ACTIVE}),
        ak.Actor(id="b", publics={"bolig": ACTIVE}),
    )
    found = priorities(kart).findings
    assert cases(found) == ["neutral", "unplaced"]
    assert found[1].text("en").endswith("there is no judgement of stance.")
    assert cases(priorities(ak.ActorMap()).findings) == ["nothing"]


def test_issues_of_one_title_are_kept_apart() -> None:
    seen = {"x": ACTIVE, "y": ACTIVE}
    kart = ak.ActorMap(
        issues=[ak.Issue(id="x", title="Bolig"), ak.Issue(id="y", title="Bolig")],
        actors=[ak.Actor(id="a", stance=1, publics=seen)],
    )
    assert cases(priorities(kart).findings) == ["advocate", "advocate"]
    assert [row.issue for row in priorities(kart).of("y")] == ["y"]


def test_the_plan_has_ten_steps_with_two_filled() -> None:
    """METHOD 4: "The library fills the fourth from the map … with the rest as columns to fill"."""
    kart = ak.examples.municipal_service()
    plan = communication_plan(kart, issue="bolig")
    steps = [column.title.partition(".")[0] for column in plan.columns[1:]]
    assert list(dict.fromkeys(steps)) == [str(n) for n in range(1, 11)]
    records = plan.to_records()
    filled = {"issue", "target_group", "actors", "strategy"}
    assert all(not row[key] for row in records for key in set(row) - filled)
    assert [row["target_group"] for row in records] == [
        "Pådrivere",
        "Motparter",
        "Sovende støtte",
        "Likegyldige",
        "Ikke plassert",
    ]
    assert all(row["strategy"] for row in records[:-1])
    assert not records[-1]["strategy"]
    # Nobody is lost on the way.
    placed = priorities(kart, issue="bolig").rows
    for row in placed:
        assert any(kart[row.actor].label in str(record["actors"]) for record in records)
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
    assert [row["target_group"] for row in records] == ["Ikke plassert"]
    assert len(communication_plan(ak.ActorMap())) == 0


# --- all of them

ANALYSES: tuple[Any, ...] = (
    linkages,
    publics,
    communication,
    salience,
    influence,
    cooperation,
    priorities,
)


def everything(kart: ak.ActorMap) -> list[Any]:
    return [analysis(kart) for analysis in ANALYSES]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actor_maps())
def test_every_map_gets_its_sentences_and_tables(kart: ak.ActorMap) -> None:
    """The order of the file never changes a result, and nothing raises on a valid map."""
    other = kart.with_(actors=kart.actors[::-1], ties=kart.ties[::-1])
    for found, again in zip(everything(kart), everything(other), strict=True):
        assert found.rows == again.rows
        assert found.findings == again.findings
        for lang in LANGUAGES:
            assert [one.text(lang) for one in found.findings] == [
                one.text(lang) for one in again.findings
            ]
            assert found.table(lang) == again.table(lang)
    assert len(communication_plan(kart).to_csv().splitlines()) > 0


def test_empty_maps_are_unknown_everywhere() -> None:
    for found in everything(ak.ActorMap()):
        assert [one.level for one in found.findings] == ["unknown"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["user_network", "municipal_service"])
def test_the_examples_are_said_in_every_language(name: str, lang: str) -> None:
    kart = ak.examples.read(name)
    for found in everything(kart):
        for finding in found.findings:
            said = finding.text(lang)
            assert said.endswith(".")
            assert not set("{}") & set(said)
        assert found.table(lang).to_text()


def test_every_kind_has_a_known_linkage() -> None:
    kinds = [kind for kind in KINDS if kind not in {"arena", "unknown"}]
    kart = ak.ActorMap(actors=[ak.Actor(id=kind, kind=kind) for kind in kinds])
    assert linkages(kart).unknown == ()
    assert all(row.linkages for row in linkages(kart).rows)
