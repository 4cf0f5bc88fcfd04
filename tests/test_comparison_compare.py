from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.comparison import compare
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from maps_of import among_partners as around
from maps_of import changed, tie


@given(before=actor_maps(), after=actor_maps())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_back_again_is_the_opposite_and_all_can_be_said(
    before: ak.ActorMap, after: ak.ActorMap
) -> None:
    there, back = compare(before, after), compare(after, before)
    assert there.gained == back.lost
    assert there.actors_gained == back.actors_lost
    assert {(s.before, s.after) for s in there.stronger} == {
        (s.after, s.before) for s in back.weaker
    }
    for lang in LANGUAGES:
        assert there.text(lang)
        assert there.table(lang).to_text()
    # A map has not changed from itself, whatever the order of its parts.
    turned = changed(before, actors=before.actors[::-1], ties=before.ties[::-1])
    for change in (compare(before, before), compare(before, turned)):
        assert not change
        assert not any(change.numbers.values())
        assert [found.case for found in change.findings] == ["nothing"]
        assert len(change.table("en")) == 0


def test_ties_are_the_same_whichever_end_is_named_first() -> None:
    change = compare(around(tie("dps", "nav", strength=2)), around(tie("nav", "dps", strength=2)))
    assert not change


def test_a_tie_that_breaks_is_lost_and_its_judgement_changed() -> None:
    """METHOD 7: "All measures use channels … not strained, broken"."""
    before = around(tie("dps", "nav", quality="good"))
    change = compare(before, around(tie("dps", "nav", quality="broken")))
    assert len(change.lost) == 1
    assert [(j.field, j.before, j.after) for j in change.changed] == [("quality", "good", "broken")]


def test_direction_is_part_of_a_tie() -> None:
    one_way, both = around(tie("dps", "nav", mutual=False)), around(tie("dps", "nav"))
    assert [judged.field for judged in compare(one_way, both).changed] == ["mutual"]
    other_way = around(tie("nav", "dps", mutual=False))
    assert len(compare(one_way, other_way).gained) == len(compare(one_way, other_way).lost) == 1
    two = around(tie("dps", "nav", mutual=False), tie("nav", "dps", mutual=False))
    # Two that answer each other are one tie that goes both ways.
    assert [judged.field for judged in compare(one_way, two).changed] == ["mutual"]
    assert not compare(one_way, two).gained
    assert not compare(both, two)


def test_each_informants_rating_is_compared_with_its_own() -> None:
    """METHOD 5: unequal ratings "are kept and shown, not averaged away"."""

    def rated(dps: float, nav: float) -> ak.ActorMap:
        return around(
            tie("dps", "nav", strength=dps, informant="dps"),
            tie("dps", "nav", strength=nav, informant="nav"),
        )

    change = compare(rated(1, 4), rated(3, 2))
    assert [shift.after.informant for shift in change.stronger] == ["dps"]
    assert [shift.after.informant for shift in change.weaker] == ["nav"]
    without = compare(rated(1, 4), around(tie("dps", "nav", strength=5)))
    assert [(s.before.strength, s.after.strength) for s in without.stronger] == [(4, 5)]


def test_ties_count_on_each_maps_date() -> None:
    kart = around(tie("dps", "nav", since="2025-06"), date="2025-01")
    assert len(compare(kart, changed(kart, date="2026-01")).gained) == 1


def test_actors_and_judgements() -> None:
    before = around(actors=[ak.Actor(id="nav", power=2), ak.Actor(id="dps")])
    after = around(actors=[ak.Actor(id="nav", name="NAV", power=4, kind="nav"), ak.Actor(id="gp")])
    change = compare(before, after)
    assert (change.actors_gained, change.actors_lost) == (("gp",), ("dps",))
    assert change.table("nb").to_records()[-1] == {
        "change": "changed",
        "change_label": "vurdert annerledes",
        "one": "nav",
        "one_label": "NAV",
        "other": None,
        "other_label": None,
        "kind": None,
        "kind_label": None,
        "field": "power",
        "field_label": "makt",
        "before": 2.0,
        "before_label": "2",
        "after": 4.0,
        "after_label": "4",
    }
    assert "1 new actor on the map: gp." in change.text("en")


def test_strengths_on_different_scales_are_not_compared() -> None:
    before = around(tie("dps", "nav", strength=3))
    change = compare(before, around(tie("dps", "nav", strength=3), strength_scale=(1, 10)))
    assert not change.stronger
    assert not change.weaker
    assert change.text("en") == (
        "Since the earlier map 0 working ties are new and 0 gone.\n"
        "The two maps have different strength scales, so what is stronger or weaker cannot be told."
    )


def test_a_strength_that_becomes_known_is_a_change_in_what_is_known() -> None:
    """DESIGN 4: unknown is not absent; nobody can say that such a tie is as it was."""
    unknown, known = around(tie("dps", "nav")), around(tie("dps", "nav", strength=4))
    there, back = compare(unknown, known), compare(known, unknown)
    assert there
    assert back
    assert [(j.field, j.before, j.after) for j in there.changed] == [("strength", None, 4)]
    assert there.numbers["stronger"] is there.numbers["weaker"] is None
    assert there.text("nb").splitlines() == [
        "Siden det forrige kartet er 0 virksomme relasjoner kommet til og 0 borte.",
        "1 styrke er kjent nå, men var det ikke på det forrige kartet: dps – nav.",
        (
            "For 1 relasjon er ikke styrken kjent på begge kartene, så det kan ikke sies om den "
            "er blitt sterkere eller svakere."
        ),
    ]
    assert "1 strength was known on the earlier map and is not now: dps – nav." in back.text("en")
    assert [row["change"] for row in there.table("en").to_records()] == ["known"]
    assert [row["change"] for row in back.table("en").to_records()] == ["unknown"]


def test_a_judgement_that_becomes_known_is_no_other_judgement() -> None:
    before = around(actors=[ak.Actor(id="nav", power=2, interest=3), ak.Actor(id="dps")])
    after = around(actors=[ak.Actor(id="nav", power=4, kind="nav"), ak.Actor(id="dps")])
    told = [one.case for one in compare(before, after).findings]
    assert told == ["change", "judged", "judged_known", "judged_unknown"]


@given(before=actor_maps(min_size=2, min_ties=1), data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_stronger_and_weaker_are_counted_only_where_it_can_be_told(
    before: ak.ActorMap, data: st.DataObject
) -> None:
    """METHOD 7: what is undefined is None, never 0; nothing is called as it was unseen."""
    known = data.draw(st.lists(st.booleans(), min_size=len(before.ties)))
    ties = [
        tie if kept else tie.model_copy(update={"strength": None})
        for tie, kept in zip(before.ties, known, strict=False)
    ]
    scale = data.draw(st.sampled_from([before.strength_scale, None]))
    after = changed(before, ties=ties, strength_scale=scale)
    change = compare(before, after)
    rated = [one for one in change.both if None not in {one.before.strength, one.after.strength}]
    told = before.strength_scale == after.strength_scale and (rated or not change.both)
    text = change.text("en")
    assert ("stronger and" in text) == bool(told and change)
    assert (change.numbers["weaker"] is None) != bool(told)
    assert ("cannot be told" in text) == (
        not change.same_scale or bool(change and len(rated) < len(change.both))
    )


def test_a_frame_holds_ids_and_codes() -> None:
    pytest.importorskip("pandas")
    before = around(tie("dps", "nav", strength=2, quality="good"))
    after = around(tie("dps", "nav", strength=4, quality="strained"), tie("dps", "gp", strength=3))
    frame = compare(before, after).to_frame()
    rows = [tuple(row) for row in frame.astype(object).where(frame.notna(), None).to_numpy()]
    assert rows == [
        ("gained", "dps", "gp", "contact", "strength", None, 3.0),
        ("lost", "dps", "nav", "contact", "strength", 2.0, None),
        ("changed", "dps", "nav", "contact", "quality", "good", "strained"),
    ]
