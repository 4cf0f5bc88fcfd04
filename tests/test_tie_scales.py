"""The field's own scales of a tie: what is refused, what files keep, what is hidden and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

import aktorkart as ak
from aktorkart import toolbox
from aktorkart.files import json_schema, to_text
from aktorkart.files.headings import TIES
from aktorkart.i18n import LANGUAGES, has_text
from aktorkart.model.scales import JUDGEMENTS, STEPPED, judgement, judgement_name, step_code
from aktorkart.model.vocabulary import SCALES, SUPPORT
from aktorkart.privacy.shown import shown
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from pathlib import Path

WHOLE: dict[str, Any] = {
    "stage": 3,
    "trust": {"reliability": 4, "shared_mission": 2, "openness": 1},
    "value": {"power": 1, "involvement": 4, "resources": 3},
    "support": {"given": ["practical", "company"], "received": []},
    "damour": dict(zip(SCALES["damour"].items, (1, 2, 3, 4, 5) * 2, strict=True)),
}


def two(*ties: dict[str, Any], **fields: Any) -> ak.ActorMap:
    ends = {"source": "nav", "target": "dps"}
    actors = [ak.Actor(id="nav", name="NAV"), ak.Actor(id="dps", name="DPS")]
    return ak.ActorMap(actors=actors, ties=[ak.Tie(**(ends | tie)) for tie in ties], **fields)


def steps(**given: tuple[int, ...]) -> ak.ActorMap:
    """Draw a map where each of those has told of these stages, by kind of tie."""
    kinds = ("contact", "information", "referral")
    return two(
        *(
            {"informant": None if who == "nobody" else who, "stage": stage, "kind": kind}
            for who, stages in given.items()
            for stage, kind in zip(stages, kinds, strict=False)
        )
    )


# --- the fields


def test_what_a_tie_holds() -> None:
    (tie,) = two(WHOLE).ties
    assert (tie.stage, tie.trust["reliability"], tie.value["involvement"]) == (3, 4, 4)
    assert tie.support == {"given": ("practical", "company"), "received": ()}
    assert all(judgement(tie, name) is not None for name in JUDGEMENTS)
    assert {tie: 1}[tie] == 1  # values hash
    with pytest.raises(TypeError):
        tie.trust["openness"] = 2  # type: ignore[index]


def test_nothing_is_required_and_null_is_not_given() -> None:
    (tie,) = two({"trust": {"openness": None}, "stage": None, "support": {"given": None}}).ties
    assert tie == two({}).ties[0]
    assert all(judgement(tie, name) is None for name in JUDGEMENTS)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "trust.openness": ({"trust": {"openness": 5}}, "not_step"),
    "value.power": ({"value": {"power": 0}}, "not_step"),
    "stage": ({"stage": 2.5}, "not_step"),
    "damour.goals": ({"damour": {"goals": "mye"}}, "not_number"),
    "trust.opennes": ({"trust": {"opennes": 3}}, "not_choice"),
    "trust.Openness": ({"trust": {"Openness": 3}}, "not_choice"),
    "support.given.0": ({"support": {"given": ["practcal"]}}, "not_choice"),
    "support.taken": ({"support": {"taken": []}}, "not_choice"),
    "support.given": ({"support": {"given": 3}}, "not_list"),
    "value": ({"value": 3}, "not_mapping"),
}


@pytest.mark.parametrize("where", WRONG)
def test_what_is_wrong_is_said_with_its_place(where: str) -> None:
    fields, code = WRONG[where]
    wrong: dict[str, Any] = {
        "actors": [{"id": "nav"}, {"id": "dps"}],
        "ties": [{"source": "nav", "target": "dps", **fields}],
    }
    with pytest.raises(ak.InvalidMap) as caught:
        ak.ActorMap(**wrong)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert ".".join(map(str, problem.place.path)) == f"ties.0.{where}"
    said = {caught.value.text(lang) for lang in LANGUAGES}
    assert len(said) == len(LANGUAGES)


def test_the_likeliest_item_is_guessed() -> None:
    with pytest.raises(ak.InvalidMap) as caught:
        two({"damour": {"leadreship": 3}})
    assert caught.value.problems[0].guesses == ("leadership",)


def test_a_line_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "kart.yaml").write_text(
        "aktorkart: 1\nactors: [{id: nav}, {id: dps}]\nties:\n"
        "  - source: nav\n    target: dps\n    trust:\n      openness: 9\n"
    )
    with pytest.raises(ak.InvalidMap) as caught:
        ak.read(str(tmp_path / "kart.yaml"))
    assert caught.value.problems[0].place.line == 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_has_its_words(lang: str) -> None:
    names = {judgement_name(name, lang) for name in JUDGEMENTS}
    assert len(names) == len(JUDGEMENTS)
    for name in STEPPED:
        scale = SCALES[name.partition(".")[0]]
        assert all(has_text(step_code(name, s)) for s in range(scale.low, scale.high + 1))
    assert all(has_text(f"scale.support.{word}") for word in SUPPORT)


# --- files


@pytest.mark.parametrize("ending", ["yaml", "json", "csv"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_hold_all_of_it(ending: str, lang: str, tmp_path: Path) -> None:
    kart = two(WHOLE, {"kind": "referral"}, lang=lang)
    path = str(tmp_path / f"kart.{ending}")
    assert ak.write(kart, path) == ()
    assert ak.read(path) == kart


@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_frames_have_a_column_for_each_item(backend: str) -> None:
    kart = two(WHOLE, {"kind": "referral"})
    actors, ties = ak.to_frames(kart, backend=backend)
    assert {name for name in JUDGEMENTS if name in ties.columns} == set(JUDGEMENTS)
    assert ak.from_frames(actors, ties).ties == kart.ties


def test_networkx_keeps_them_and_takes_no_other_value_for_ours() -> None:
    import networkx as nx

    kart = two(WHOLE)
    assert ak.from_networkx(ak.to_networkx(kart)) == kart
    (tie,) = ak.load(nx.Graph([("a", "b", {"value": 7, "trust": "høy"})])).kart.ties
    assert (tie.value, tie.strength, tie.tags) == ({}, 7, {"trust": "høy"})


def test_spreadsheets_write_them_in_any_language(tmp_path: Path) -> None:
    (tmp_path / "k_actors.csv").write_text("id\nnav\ndps\n")
    (tmp_path / "k_ties.csv").write_text(
        "fra;til;Samarbeidstrinn;tillit: åpenhet;stöd givet;support received;steg\n"
        "nav;dps;4;2,0;Praktisk|sällskap;ingen;tre\n"
    )
    (tie,) = ak.read(str(tmp_path / "k.csv")).ties
    assert (tie.stage, tie.trust) == (4, {"openness": 2})
    assert tie.support == {"given": ("practical", "company"), "received": ()}
    assert tie.tags == {"steg": "tre"}


def test_a_wrong_cell_is_told_by_row_and_column(tmp_path: Path) -> None:
    (tmp_path / "k_actors.csv").write_text("id\nnav\ndps\n")
    (tmp_path / "k_ties.csv").write_text("fra;til;trust: openness\nnav;dps;9\n")
    with pytest.raises(ak.InvalidMap) as caught:
        ak.read(str(tmp_path / "k_ties.csv"))
    place = caught.value.problems[0].place
    assert (place.row, place.field) == (2, "trust: openness")


def test_every_item_has_a_heading_of_its_own() -> None:
    assert set(JUDGEMENTS) <= TIES.keys()
    written = [name for field in TIES for name in set(TIES[field][:4])]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_schema_offers_the_items(lang: str) -> None:
    tie = json_schema(lang)["$defs"]["Tie"]["properties"]
    for field, scale in SCALES.items():
        if scale.items:
            assert list(tie[field]["properties"]) == list(scale.items)
            one = tie[field]["properties"][scale.items[0]]
            assert (one["minimum"], one["maximum"]) == (scale.low, scale.high)
            assert one["description"] == judgement_name(f"{field}.{scale.items[0]}", lang)


def test_the_schema_takes_what_is_read_and_no_other() -> None:
    check = pytest.importorskip("jsonschema").Draft202012Validator(json_schema()).is_valid
    kart = {"actors": [{"id": "nav"}, {"id": "dps"}]}

    def tied(fields: dict[str, Any]) -> dict[str, Any]:
        return kart | {"ties": [{"source": "nav", "target": "dps", **fields}]}

    assert check(tied(WHOLE))
    assert check(tied({"support": {"given": "practical"}}))
    assert not any(check(tied(fields)) for fields, _ in WRONG.values())


@settings(max_examples=40, deadline=None)
@given(kart=actor_maps(min_size=2, min_ties=1))
def test_strategies_draw_them_and_yaml_keeps_them(kart: ak.ActorMap) -> None:
    again = ak.ActorMap(**{name: getattr(kart, name) for name in ak.ActorMap.model_fields})
    assert again == kart
    assert to_text(again) == to_text(kart)


# --- privacy


def test_hiding_keeps_the_judgements_and_no_name() -> None:
    kart = two(
        WHOLE | {"informant": "nav"},
        scope="individual",
        consent={"given": "2026", "seen_by": ["nav"]},
    )
    hidden = [
        shown(kart).kart,
        ak.pseudonymise(kart, key="correct horse", consent="ignore")[0],
        ak.seen_for(kart, "nav", consent="ignore"),
    ]
    for one in hidden:
        assert all(
            judgement(one.ties[0], name) == judgement(kart.ties[0], name) for name in JUDGEMENTS
        )
    only_goals = kart.with_(consent={"given": "2026", "seen_by": ["nav"], "covers": ["goals"]})
    assert ak.seen_for(only_goals, "nav", consent="ignore").ties == ()


# --- two maps


def test_compare_tells_each_item_that_changed() -> None:
    before = two(WHOLE)
    later = WHOLE | {"stage": 5, "trust": WHOLE["trust"] | {"openness": 3}, "support": {}}
    change = ak.compare(before, two(later))
    told = {one.field: (one.before, one.after) for one in change.changed}
    assert told == {
        "stage": (3, 5),
        "trust.openness": (1, 3),
        "support.given": (("practical", "company"), None),
        "support.received": ((), None),
    }
    rows = {row["field_label"]: row for row in change.table("nb").to_records()}
    assert rows["trinn i samarbeidet"]["after_label"] == "full samhandling"
    assert rows["støtte: mottatt"]["before_label"] == "ingen"
    assert rows["støtte: gitt"]["before_label"] == "praktisk og selskap"


def test_support_is_the_same_whichever_end_is_named_first() -> None:
    turned = {"source": "dps", "target": "nav", "support": {"given": [], "received": ["company"]}}
    assert not ak.compare(
        two({"support": {"given": ["company"], "received": []}}), two(turned)
    ).changed
    assert ak.compare(two({"support": {"given": ["company"]}}), two(turned)).changed


def test_merged_maps_keep_both_ratings_and_name_the_difference() -> None:
    merged = ak.merge({"nav": two({"stage": 4}), "dps": two({"stage": 1})})
    assert [(tie.informant, tie.stage) for tie in merged.kart.ties] == [("dps", 1), ("nav", 4)]
    (found,) = merged.disagreements
    assert (found.case, found.level, found.numbers["steps"]) == ("stage", "gap", 3)
    assert merged.text("en") == (
        "DPS puts the collaboration DPS – NAV at stage 1 (networking), NAV at stage 4 (coalition)."
    )
    assert "mellom" not in merged.text("nn")
    assert len({found.text(lang) for lang in LANGUAGES}) == len(LANGUAGES)


def test_one_stage_apart_is_a_note_and_no_gap() -> None:
    kart = steps(nav=(3,), dps=(2,))
    assert [one.case for one in ak.care.perspective_gap(kart)] == ["agreed"]
    assert [one.case for one in ak.care.perspective_gap(steps(nav=(4,), dps=(2,)))] == ["stage"]
    # Each by its highest: what one says of several kinds of tie is no disagreement.
    assert ak.merge({"a": steps(nav=(1, 3)), "b": steps(nav=(3,))}).disagreements == ()


# --- tables


def test_means_count_what_is_given_and_what_is_not() -> None:
    kart = two(
        {"informant": "nav", "stage": 4, "trust": {"openness": 2}},
        {"informant": "dps", "stage": 1},
        {"kind": "referral"},
        {"kind": "conflict"},
        {"kind": "agreement", "needed": True, "stage": 0},
    )
    found = {one.name: one for one in toolbox.scales(kart).means}
    stage = found["stage"]
    assert (stage.n, stage.lowest, stage.highest, stage.missing) == (3, 0, 4, 1)
    assert stage.mean == pytest.approx(5 / 3)
    assert (found["trust.openness"].mean, found["trust.openness"].missing) == (2, 2)
    assert (found["value.power"].mean, found["value.power"].n) == (None, 0)
    assert found.keys() == set(STEPPED)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_a_row_for_each_judgement(lang: str) -> None:
    kart = two(WHOLE | {"informant": "nav"}, {"informant": "Kari", "stage": 5})
    rows = toolbox.scales(kart).table(lang).to_records()
    assert len(rows) == len(JUDGEMENTS) + 1
    assert {row["informant"] for row in rows} == {"nav", None}
    assert {row["informant_label"] for row in rows} == {"NAV", "Kari"}
    assert all(row["words"] for row in rows)
    (given,) = (row for row in toolbox.scales(kart).support_table(lang).to_records()[:1])
    assert (given["given"], given["received"]) == (1, 0)


def test_only_ties_in_force_count() -> None:
    kart = two({"stage": 3, "until": "2024"}, {"stage": 5, "since": "2025"}, date="2026")
    assert [one.step for one in toolbox.scales(kart).ratings] == [5]
    assert toolbox.stages(kart).pairs[0].ratings == ((None, 5),)


def test_stages_keep_everybodys_rating_apart() -> None:
    """METHOD 5: "Two partners' unequal ratings are kept and shown, not averaged away"."""
    (pair,) = toolbox.stages(steps(nobody=(2,), Kari=(5,), nav=(3, 1), dps=(1,))).pairs
    assert pair.ratings == (("dps", 1), ("nav", 1), ("nav", 3), ("Kari", 5), (None, 2))
    assert (pair.lowest, pair.highest, pair.apart) == (1, 5, 4)
    (single,) = toolbox.stages(steps(nav=(0,))).pairs
    assert (single.lowest, single.apart) == (0, None)


def test_pairs_without_a_rating_are_counted_once() -> None:
    kart = two({}, {"kind": "referral"}).with_actor(id="gp")
    kart = kart.with_tie(source="gp", target="nav", stage=2).with_tie(
        source="gp", target="nav", kind="referral"
    )
    found = toolbox.stages(kart)
    assert ([(one.one, one.other) for one in found.pairs], found.without) == ([("gp", "nav")], 1)


@pytest.mark.parametrize("wrong", [None, "kart.yaml", 3])
def test_only_maps_have_scales(wrong: Any) -> None:
    for function in (toolbox.scales, toolbox.stages):
        with pytest.raises(ak.WrongArgument):
            function(wrong)
