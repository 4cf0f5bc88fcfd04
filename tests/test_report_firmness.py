"""A report says how firm its sentences are: sparingly, truly, and all of it in a table."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.content import Topics
from aktorkart.i18n import LANGUAGES
from aktorkart.network.network import Network
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from aktorkart.finding import Finding

PHRASES = {"steps", "one_less", "one_more"}


def phrases(found: Finding) -> list[Finding]:
    return [one for one in found.more if one.code == "firmness"]


def told(kart: ak.ActorMap, code: str, case: str) -> Finding:
    (found,) = [one for one in ak.report(kart).findings if (one.code, one.case) == (code, case)]
    return found


def around(*, coordinator: bool, focal: str = "user", strength: int = 4) -> ak.ActorMap:
    """Two who may stand between the others: b, and c when a strength is a step off."""
    kinds = {"b": "coordinator" if coordinator else "service", "user": "user"}
    ids = ["user", "s", "b", "c", "t"]
    ties = [
        *(ak.Tie(source="user", target=id_, strength=3) for id_ in "sbct"),
        ak.Tie(source="s", target="b", strength=4),
        ak.Tie(source="b", target="t", strength=4),
        ak.Tie(source="s", target="c", strength=strength),
        ak.Tie(source="c", target="t", strength=strength),
    ]
    actors = [ak.Actor(id=id_, kind=kinds.get(id_, "service")) for id_ in ids]
    return ak.ActorMap(actors=actors, ties=ties, focal=focal)


def as_often(kart: ak.ActorMap, id_: str) -> int:
    """Count the draws without the user in which nobody stands above an actor who has a place."""
    values = ak.measures(Network.from_map(kart, without="user"))
    rows = values.drawn("betweenness")
    own = rows[:, values.network.index[id_]]
    return int(((own >= rows.max(axis=1) - 1e-9) & (rows.max(axis=1) > 0)).sum())


def test_a_coordinator_who_may_not_stand_between_is_told_so() -> None:
    kart = around(coordinator=True, strength=3)
    found = told(kart, "coordinator", "same_broker")
    (phrase,) = phrases(found)
    held = as_often(kart, "b")
    assert phrase.numbers["held"] == held < 190
    assert f"It held in {held} of 200 random variants" in found.text("en")


def test_what_seldom_falls_is_told_without_a_word_on_how_often() -> None:
    kart = around(coordinator=True, strength=1)
    assert as_often(kart, "b") >= 190
    found = told(kart, "coordinator", "same_broker")
    assert "200" not in found.text("en")
    # But one tie decides it: without it the story goes by c.
    (phrase,) = phrases(found)
    (tie,) = phrase.ties
    fewer = kart.with_(ties=[one for one in kart.ties if one.key != tie])
    assert "same_broker" not in {one.case for one in ak.care.coordinator(fewer)}


def test_a_shared_first_place_is_not_said_to_be_searched() -> None:
    kart = around(coordinator=False)
    row = ak.report(kart, lang="en")["firmness"].to_records()[0]
    assert "share first place" in str(row["statement"])
    assert row["change"] is None


def test_a_first_place_always_says_how_often_it_held() -> None:
    kart = around(coordinator=False, focal="s", strength=1)
    found = told(kart, "coordinator", "broker")
    (phrase,) = phrases(found)
    assert (phrase.case, phrase.numbers["held"]) == ("steps", as_often(kart, "b"))
    assert "200" in told(kart, "centrality", "broker_apart").text("en")
    firm = [one for one in ak.firmness(kart) if one.case == "first_place_apart"]
    assert [one.text("en").split(",")[0] for one in firm] == [
        "With s left out",
        "With user left out",
    ]


def test_who_stands_between_is_said_in_one_place_where_the_user_is_in_the_middle() -> None:
    found = ak.report(around(coordinator=False, strength=1)).findings
    assert [one.case for one in found if "broker" in one.case] == ["broker_apart"]


def test_the_number_of_tellings_names_the_tie_that_it_hangs_on() -> None:
    kart = ak.ActorMap(
        actors=[
            ak.Actor(id="user", kind="user"),
            *(ak.Actor(id=id_, kind="service") for id_ in "abc"),
        ],
        ties=[
            *(ak.Tie(source="user", target=id_) for id_ in "abc"),
            ak.Tie(source="a", target="b", kind="information"),
            ak.Tie(source="b", target="c", kind="information"),
        ],
    )
    found = told(kart, "tellings", "once")
    (phrase,) = phrases(found)
    assert phrase.case == "one_less"
    (tie,) = phrase.ties
    assert "user" not in tie
    fewer = kart.with_(ties=[one for one in kart.ties if one.key != tie])
    assert ak.care.tellings(fewer)[0].numbers["tellings"] == 2
    for lang in LANGUAGES:
        assert phrase.text(lang) in found.text(lang)
    ring = kart.with_tie(source="a", target="c", kind="information")
    assert phrases(told(ring, "tellings", "once")) == []


@given(kart=actor_maps(min_size=3, max_size=7))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_the_table_says_what_firmness_says(kart: ak.ActorMap) -> None:
    """Each statement of the report is one of `ak.firmness`, with the same counts and changes."""
    report = ak.report(kart, lang="en", names=True, consent="ignore")
    held = Topics(report.kart).held
    assert ("firmness" in report.tables) == bool(held.rows)
    whole = [
        (one.case, one.actors, dict(one.numbers["held"]), one.numbers["overturned_by"])
        for one in ak.firmness(report.kart)
    ]
    for row in held.rows:
        one = row.statement
        same = [each for each in whole if each[:2] == (one.case, one.actors)]
        assert same
        assert any(one.numbers["held"].items() <= each[2].items() for each in same)
        if one.numbers["overturned_by"] is not None:
            assert row.searched
            assert one.numbers["overturned_by"] in [each[3] for each in same]
    if held.rows:
        records = report["firmness"].to_records()
        assert len(records) == len(held.rows)
        for record, row in zip(records, held.rows, strict=True):
            steps = row.held("steps")
            said = None if steps is None else f"{steps[0]} of {steps[1]}"
            assert record.get("steps") == said
            assert (record["change"] is None) == (row.changed is None and not row.searched)


@given(kart=actor_maps(min_size=3, max_size=7))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_a_sentence_has_at_most_one_phrase(kart: ak.ActorMap) -> None:
    report = ak.report(kart, lang="nb")
    firm = {one.case: one for one in ak.firmness(report.kart)}
    for found in report.findings:
        said = phrases(found)
        assert len(said) <= 1
        assert {one.case for one in said} <= PHRASES
        if (found.code, found.case) in {
            ("coordinator", "same_broker"),
            ("coordinator", "other_broker"),
        }:
            n, of = firm[found.case].numbers["held"]["steps"], 200
            falls = of - n > of / 20
            assert ("steps" in {one.case for one in said}) == falls
            change = firm[found.case].numbers["overturned_by"]
            assert falls or bool(said) <= (change is not None)


def chain(n: int) -> ak.ActorMap:
    ids = [f"{i:04}" for i in range(n)]
    return ak.ActorMap(
        actors=[ak.Actor(id=id_) for id_ in ids],
        ties=[ak.Tie(source=one, target=other, strength=3) for one, other in pairwise(ids)],
    )


@pytest.mark.parametrize(("n", "presence", "drawn"), [(60, True, True), (61, False, True)])
def test_large_maps_are_asked_less(n: int, presence: bool, drawn: bool) -> None:  # noqa: FBT001
    report = ak.report(chain(n), lang="en")
    records: list[dict[str, Any]] = report["firmness"].to_records()
    assert (len(records) > 1) == presence
    assert ("alpha" in records[0]) == presence
    assert (records[0]["steps"] is not None) == drawn
    if not presence:
        assert records[0]["change"] is None


def test_very_large_maps_are_not_asked_and_that_is_said() -> None:
    report = ak.report(chain(1001), lang="en")
    assert "firmness" not in report.tables
    assert all(section.code != "firmness" for section in report.sections)
    assert "how often" in " ".join(found.text("en") for found in report.findings)


def test_draws_are_those_that_a_ranking_has() -> None:
    values = ak.measures(ak.examples.opsahl())
    rows = values.drawn("betweenness")
    assert rows.shape == (200, 6)
    for row in values.ranking("betweenness"):
        own = rows[:, values.network.index[row.actor]]
        places = 1 + (rows > own[:, None] + 1e-9).sum(axis=1)
        assert (min(row.rank, places.min()), max(row.rank, places.max())) == (
            row.lowest,
            row.highest,
        )
    assert np.array_equal(values.drawn("betweenness", draws=7), rows[:7])
    assert len(values.drawn("degree")) == 0
    with pytest.raises(ak.WrongArgument):
        values.drawn("betweenness", draws=-1)
    with pytest.raises(ak.UnknownName):
        values.drawn("fame")


def at_random(*strengths: float | None, scale: tuple[float, float] | None = (1, 5)) -> ak.ActorMap:
    """Draw a chain from a to d, each tie one way, so that b and c share the first place."""
    ties = [
        ak.Tie(source=one, target=other, mutual=False, strength=strength)
        for (one, other), strength in zip(pairwise("abcd"), strengths, strict=True)
    ]
    return ak.ActorMap(actors=[ak.Actor(id=i) for i in "abcd"], ties=ties, strength_scale=scale)


def test_of_all_variants_is_not_at_least_all() -> None:
    said = ak.report(at_random(3, 4, 2), lang="nb").to_markdown()
    assert "Hver av dem lå øverst i alle 200 tilfeldige varianter" in said
    assert not re.search(r"minst (\d+) av (de )?\1\b", said)


@pytest.mark.parametrize(
    ("strengths", "scale", "how"),
    [
        ((3, 4, 2), (1, 5), "strengths were moved one step at most"),
        ((None, None, None), (1, 5), "unknown strengths were drawn from the whole scale"),
        ((None, None, None), None, "unknown strengths counted as equal"),
        ((3, None, 2), (1, 5), "most and unknown ones drawn from the whole scale"),
        ((3, None, 2), None, "most and unknown ones drawn among those on the map"),
    ],
)
def test_what_is_said_of_the_draws_is_what_they_do(
    strengths: tuple[float | None, ...], scale: tuple[float, float] | None, how: str
) -> None:
    """METHOD 7: what is said is what was done; a strength that nobody knows is not moved."""
    said = ak.report(at_random(*strengths, scale=scale), lang="en").to_markdown()
    assert said.count(how) >= 3  # in the summary, in its section and in the methods
    if not any(strengths):
        assert "moved" not in said
        assert "step up" not in said


def test_what_leaves_out_the_one_in_the_middle_says_so_everywhere() -> None:
    """METHOD 7: sentence, line on firmness, table and figure are of the same map."""
    kart = ak.ActorMap(
        focal="team",
        actors=[ak.Actor(id=id_) for id_ in ("team", "nav", "bol", "dps", "bup", "syk")],
        ties=[
            ak.Tie(source=source, target=target, strength=strength)
            for source, target, strength in (
                ("team", "nav", 4),
                ("nav", "bol", 3),
                ("team", "bol", 1),
                ("dps", "bup", 5),
                ("bup", "syk", 5),
            )
        ],
    )
    report = ak.report(kart, lang="en")
    assert [row[0] for row in report["centrality"].rows] == ["bup"]
    told = Topics(kart)
    first, *_ = told.about("centrality")
    assert first.numbers["share"] == 0.5
    assert told.apart.pairs_of_others("bup") == 2  # dps and syk, nav and bol
    (sure,) = [one for one in report.sections if one.code == "sure"]
    leaving_out = [
        first.text("en"),
        first.brief("en"),
        sure.findings[0].text("en"),
        report.caption("ranking"),
        report.alt_text("ranking"),
    ]
    assert all(
        re.search("team.* left out|([Ll]eaving out|without) team", one) for one in leaving_out
    )
    for said in leaving_out[:2]:
        assert "Only 2 pairs of others have a path between them." in said
    assert "*Table 2. The most important go-betweens with team left out*" in report.to_markdown()
