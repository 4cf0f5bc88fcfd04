"""Figures that mark something on the map: what has changed, what is missing, who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from aktorkart.comparison.compare import compare
from aktorkart.errors import NoConsent, UnknownActor, WrongArgument
from aktorkart.figures import Style, change, drop_out, missing, network, sheet
from aktorkart.i18n import LANGUAGES, has_text
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.scene.change import BETTER, CASES, WORSE, Changed, tie_marks
from aktorkart.scene.leaving import Leaving
from aktorkart.scene.missing import Missing
from aktorkart.strategies import actor_maps
from drawn import by_gid, covering, drawn, example, legend_words, outside, said, stage

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DRAWING = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOLID = ("-", "solid")
ACTORS = [Actor(id=id_) for id_ in ("dps", "gp", "nav", "school", "user")]


def kart(*ties: Tie, **fields: Any) -> ActorMap:
    return ActorMap(actors=ACTORS, ties=ties, **fields)


def tie(source: str, target: str, **fields: Any) -> Tie:
    return Tie(source=source, target=target, **fields)


BEFORE = kart(
    tie("user", "gp", strength=3),
    tie("user", "nav", strength=4),
    tie("gp", "dps", strength=2, quality="strained"),
    tie("nav", "school", strength=2),
    tie("gp", "nav", kind="conflict"),
    tie("user", "dps", strength=5),
    tie("dps", "nav", needed=True),
    date="2025",
)
AFTER = kart(
    tie("user", "gp", strength=5),
    tie("user", "nav", strength=1),
    tie("gp", "dps", strength=2),
    tie("gp", "school", strength=2),
    tie("user", "dps", strength=5, quality="broken"),
    tie("school", "dps", kind="conflict"),
    tie("dps", "nav", needed=True),
    date="2026",
)


def signs(axes: Axes) -> set[str]:
    return set(by_gid(axes, "sign:tie:"))


def test_each_change_is_found_once() -> None:
    found = Changed.of(BEFORE, AFTER)
    assert {case: [one.pair for one in found.ties(case)] for case in CASES} == {
        "gained": [("gp", "school")],
        "stronger": [("gp", "user")],
        "mended": [("dps", "gp")],
        "settled": [("gp", "nav")],
        "lost": [("nav", "school")],
        "weaker": [("nav", "user")],
        "broken": [("dps", "user")],
        "conflict": [("dps", "school")],
    }
    # What works again is new to the comparison, and what no longer does is gone.
    change_ = compare(BEFORE, AFTER)
    numbers = found.numbers()
    assert len(change_.gained) == numbers["gained"] + numbers["mended"]
    assert len(change_.lost) == numbers["lost"] + numbers["broken"]


def test_every_case_has_a_word_a_sign_and_one_of_two_colors() -> None:
    marks = tie_marks(Style())
    assert {*CASES} == {*BETTER, *WORSE} == {*marks}
    assert all(has_text(f"figure.change_case.{case}") for case in CASES)
    # Never by colour alone: of one colour, only what says nearly the same shares a sign.
    for cases in (BETTER, WORSE):
        assert len({marks[case].color for case in cases}) == 1
        assert len({*cases.values()}) == 3


def test_a_changed_tie_has_a_sign_and_the_legend_counts() -> None:
    axes = drawn(change(BEFORE, AFTER, ax=sheet(), lang="en"))
    ties = by_gid(axes, "tie:")
    assert signs(axes) == {*ties} - {"contact:dps→nav"}
    words = legend_words(axes)
    for word in ("new (1)", "gone (1)", "stronger (1)", "weaker (1)", "works again (1)"):
        assert word in words
    assert "works no longer: strained or broken (1)" in words
    assert "needed, but missing" in words
    assert "as before" not in words  # nothing is
    dashed = {gid for gid, one in ties.items() if one.get_linestyle() not in SOLID}
    assert dashed == {"contact:nav→school", "conflict:gp→nav", "contact:dps→nav"}
    assert not covering(axes)
    assert not outside(axes)


def test_the_figure_says_what_the_comparison_says() -> None:
    axes = drawn(change(BEFORE, AFTER, ax=sheet(), lang="en"))
    sentence = compare(BEFORE, AFTER).findings[0].text("en")
    assert sentence.removesuffix(".") in said(axes)
    assert sentence in stage(axes).alt
    assert stage(axes).title == "Changes from 2025 to 2026"
    assert "Works no longer: dps – user." in stage(axes).alt
    assert "Before: 5 actors, 4 ties, 2025" in said(axes)


def test_everyone_stands_where_they_stood() -> None:
    later = AFTER.with_actor(id="new").with_tie(source="new", target="gp")
    axes = drawn(change(BEFORE, later, ax=sheet()))
    before = by_gid(network(BEFORE, ax=sheet(), mark_size=None), "actor:")
    for id_, mark in before.items():
        stood, stands = (one.get_xy() for one in (mark, by_gid(axes, "actor:")[id_]))
        middles = [(one.min(axis=0) + one.max(axis=0)) / 2 for one in (stood, stands)]
        assert middles[1] == pytest.approx(middles[0], abs=0.2)
    assert "new" in by_gid(axes, "actor:")


def test_who_is_gone_is_hollow_and_still_there() -> None:
    gone = kart(tie("user", "gp"))
    left = ActorMap(actors=ACTORS[:2], ties=[])
    axes = drawn(change(gone, left, ax=sheet(), lang="en"))
    assert set(by_gid(axes, "actor:")) == {actor.id for actor in ACTORS}
    assert "no longer on the map (3)" in legend_words(axes)
    assert "contact:user→gp" in signs(axes)


def test_the_legend_has_each_heading_once() -> None:
    later = PERSONAL.with_actor(id="eva", kind="unknown").with_tie(source="kari", target="eva")
    plain = ActorMap(actors=ACTORS, focal="gp", ties=[tie("gp", "nav"), tie("nav", "dps")])
    for axes in (
        change(PERSONAL, later, ax=sheet(), lang="en"),
        change(plain, plain.with_actor(id="new"), ax=sheet(), lang="en"),
        drop_out(plain, actor="nav", ax=sheet(), lang="en"),
        missing(plain, ax=sheet(), lang="en"),
    ):
        words = [word for word in legend_words(axes) if word.strip()]
        assert len(words) == len(set(words))


def test_maps_without_anything_are_told_so() -> None:
    for one in (ActorMap(), kart(), ActorMap(actors=[Actor(id="a")])):
        axes = drawn(change(one, one, ax=sheet(), lang="en"))
        assert "Nothing has changed since the earlier map." in stage(axes).alt
    assert "1 new actor" in stage(change(ActorMap(), one, ax=sheet(), lang="en")).alt


def test_other_scales_and_own_kinds_can_be_drawn() -> None:
    before = kart(
        tie("gp", "nav", kind="lunch", strength=90),
        strength_scale=(1, 100),
        tie_kinds={"lunch": "Lunsj"},
    )
    axes = drawn(change(before, kart(tie("gp", "dps", strength=3)), ax=sheet(), lang="en"))
    assert signs(axes) == {"lunch:gp→nav", "contact:gp→dps"}
    assert "different strength scales" in stage(axes).alt


@pytest.mark.parametrize("wrong", [None, "kart.yaml", 3])
def test_two_maps_are_needed(wrong: Any) -> None:
    with pytest.raises(WrongArgument):
        change(BEFORE, wrong)
    with pytest.raises(WrongArgument):
        change(wrong, AFTER)


PERSONAL = ActorMap(
    scope="individual",
    focal="kari",
    actors=[
        Actor(id="kari", name="Kari Nordmann", kind="user"),
        Actor(id="ola", name="Ola Berg", kind="gp"),
        Actor(id="per", name="Per Vik", kind="nav"),
    ],
    ties=[tie("kari", "ola", strength=3), tie("ola", "per", needed=True)],
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_around_a_person_no_name_is_shown(lang: str) -> None:
    later = PERSONAL.with_actor(id="eva", name="Eva Lie", kind="nav")
    later = later.with_tie(source="kari", target="eva")
    for axes in (
        change(PERSONAL, later, ax=sheet(), lang=lang),
        change(later, PERSONAL, ax=sheet(), lang=lang),
        missing(PERSONAL, ax=sheet(), lang=lang),
        drop_out(PERSONAL, actor="ola", ax=sheet(), lang=lang),
    ):
        everything = [said(drawn(axes)), stage(axes).alt, stage(axes).title, *by_gid(axes)]
        everything += [axes.get_title(loc="left"), *legend_words(axes)]
        for name in ("Kari", "Ola", "Per ", "Eva", "kari", "ola", "eva"):
            assert not any(name in one for one in everything), name
    with pytest.raises(NoConsent):
        change(PERSONAL, later, names=True)


def test_places_are_the_same_in_every_language() -> None:
    later = PERSONAL.with_actor(id="eva", name="Eva Lie", kind="school")
    later = later.with_tie(source="kari", target="eva")
    drawn_in = [change(PERSONAL, later, ax=sheet(), lang=lang) for lang in LANGUAGES]
    places = [
        {gid: one.get_xy().tolist() for gid, one in by_gid(axes, "actor:").items()}
        for axes in drawn_in
    ]
    assert all(one == places[0] for one in places)


# --- missing


def test_what_is_needed_is_dotted_and_steps_are_numbered() -> None:
    one = example("municipal_service")
    axes = drawn(missing(one, ax=sheet(), lang="en"))
    found = Missing.of(one)
    assert len(found.needed) == sum(tie.needed for tie in one.ties_in_force)
    assert len(signs(axes)) == len(found.steps) == 3
    words = legend_words(axes)
    assert f"needed, but missing ({len(found.needed)})" in words
    assert any(
        word.startswith("referral: ") and "7 needs reached, against 6" in word for word in words
    )
    for finding in found.findings:
        assert finding.text("en") in stage(axes).alt
    assert not covering(axes)


def test_the_steps_are_those_of_the_analysis() -> None:
    one = example("user_network")
    found = Missing.of(one)
    assert [tie.key for tie in found.steps] == [step.ties[0] for step in found.findings]
    assert all(tie in found.kart.ties_in_force for tie in found.steps)
    # Nothing is added to the map that is counted below.
    assert "40 actors · 106 ties" in said(
        drawn(missing(example("municipal_service"), ax=sheet(), lang="en"))
    )


def test_a_step_that_is_already_marked_as_needed_is_one_tie() -> None:
    one = kart(tie("gp", "nav", kind="information", needed=True))
    found = Missing.of(one)
    assert len({t.pair for t in found.kart.ties_in_force}) == len(found.kart.ties_in_force)


def test_nothing_missing_is_one_line() -> None:
    axes = drawn(missing(ActorMap(actors=[Actor(id="a")]), ax=sheet(), lang="en"))
    assert stage(axes).alt.startswith("No tie is marked as needed and missing")
    assert not by_gid(axes, "actor:")


# --- somebody leaves


def test_who_leaves_is_hollow_and_who_is_cut_off_is_marked() -> None:
    one = example("helsedialog")
    axes = drawn(drop_out(one, ax=sheet(), lang="en"))
    found = Leaving.of(one, None)
    assert found.actor == "brukerorganisasjonene"
    assert len(found.cut_off) == 8
    words = legend_words(axes)
    assert "loses touch with the one the map is about (8)" in words
    assert f"is lost ({len(found.ties)})" in words
    assert stage(axes).title == "Without Brukerorganisasjonene"
    assert found.finding is not None
    assert stage(axes).alt == found.finding.text("en")
    assert "The story is told 4 times, against 3" in said(axes)
    lost = {gid for gid, one in by_gid(axes, "tie:").items() if one.get_linestyle() not in SOLID}
    assert len(lost) == len(found.ties)


def test_the_parts_that_fall_away_are_marked() -> None:
    line = ActorMap(
        actors=[Actor(id=id_) for id_ in "abcde"],
        ties=[tie(one, other) for one, other in ("ab", "bc", "cd", "de")],
    )
    found = Leaving.of(line, "b")
    assert found.apart == ("a",)
    axes = drop_out(line, actor="b", ax=sheet(), lang="en")
    assert "no longer connected with the rest (1)" in legend_words(drawn(axes))


def test_why_nothing_is_lost_is_told() -> None:
    pair = kart(tie("gp", "nav"), focal="gp")
    told = {
        "nav": "Without nav, the others are connected as before.",
        "gp": "The map is about gp.",
    }
    for actor, sentence in told.items():
        assert sentence in stage(drop_out(pair, actor=actor, ax=sheet(), lang="en")).alt
    triangle = kart(tie("gp", "nav"), tie("nav", "dps"), tie("dps", "gp"))
    axes = drop_out(triangle, ax=sheet(), lang="en")
    assert "the others are connected as before" in stage(axes).alt
    assert "no working ties" in stage(drop_out(kart(), ax=sheet(), lang="en")).alt


def test_who_is_not_on_the_map_cannot_leave_it() -> None:
    with pytest.raises(UnknownActor):
        drop_out(BEFORE, actor="nobody", ax=sheet())


@given(one=actor_maps())
@DRAWING
def test_any_map_can_be_drawn(one: ActorMap) -> None:
    for axes in (
        missing(one, ax=sheet(), names=False),
        drop_out(one, ax=sheet(), names=False),
    ):
        assert stage(drawn(axes)).alt


@given(before=actor_maps(), after=actor_maps())
@DRAWING
def test_any_two_maps_are_one(before: ActorMap, after: ActorMap) -> None:
    found = Changed.of(before, after)
    ids = {actor.id for actor in (*before.actors, *after.actors)}
    assert {actor.id for actor in found.kart.actors} == ids
    assert {*found.cases} <= {*found.kart.ties_in_force}
    axes = drawn(change(before, after, ax=sheet(), names=False))
    assert stage(axes).alt
    assert len(by_gid(axes, "actor:")) == len(ids)
