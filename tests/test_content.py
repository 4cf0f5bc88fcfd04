from __future__ import annotations

import importlib
import itertools
import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.content import TOPICS, Topics, of_level
from aktorkart.content.bridges import bridge_counts, bridges
from aktorkart.content.cohesion import cohesion
from aktorkart.content.contents import contents
from aktorkart.content.lines import lines
from aktorkart.content.reach import reach
from aktorkart.finding import Finding, Who
from aktorkart.i18n import LANGUAGES
from aktorkart.network.network import Network
from aktorkart.strategies import actor_maps


def chain(*ids: str) -> ak.ActorMap:
    """Tie each actor to the next."""
    ties = [ak.Tie(source=one, target=other, strength=3) for one, other in pairwise(ids)]
    return ak.ActorMap(actors=[ak.Actor(id=id_) for id_ in ids], ties=ties)


def everything(kart: ak.ActorMap) -> list[Finding]:
    """Return what is said of any map, without what only its judgements tell."""
    return Topics(kart).about("contents", "centrality", "bridges", "cohesion", "reach")


def told(kart: ak.ActorMap) -> list[Finding]:
    """Return what is said of who is central."""
    return Topics(kart).about("centrality")


def one(found: list[Finding], case: str) -> Finding:
    return next(finding for finding in found if finding.case == case)


def cases(found: list[Finding]) -> list[str]:
    return [finding.case for finding in found]


def test_content_says_what_is_held_and_what_is_lacking() -> None:
    actors = [ak.Actor(id="a", kind="nav"), ak.Actor(id="b"), ak.Actor(id="c", kind="gp")]
    kart = ak.ActorMap(
        date="2026-03-01",
        actors=actors,
        ties=[
            ak.Tie(source="a", target="b"),
            ak.Tie(source="b", target="c", needed=True),
            ak.Tie(source="a", target="c", quality="broken", strength=2),
            ak.Tie(source="a", target="c", kind="funding", until="2020"),
        ],
    )
    found = contents(kart)
    assert dict(one(found, "holds").numbers) == {"actors": 3, "channels": 1}
    assert one(found, "needed").ties == (("b", "c", "contact"),)
    assert one(found, "troubled").ties == (("a", "c", "contact"),)
    assert one(found, "not_in_force").text("nb").count("1. mars 2026") == 1
    assert one(found, "unknown_strength").numbers == {"n": 1}
    assert one(found, "unknown_kind").actors == ("b",)
    assert "no_date" not in cases(found)
    assert "no_focal" in cases(found)


def test_an_empty_map_is_said_to_be_empty() -> None:
    assert cases(everything(ak.ActorMap())) == ["empty"]


def test_a_lone_actor_is_said_to_be_alone() -> None:
    assert "alone" in cases(everything(ak.ActorMap(actors=[ak.Actor(id="a")])))


def test_a_first_place_is_firm_when_nobody_else_can_reach_it() -> None:
    found = told(chain("a", "b", "c"))
    firm = one(found, "broker")
    assert [more.case for more in firm.more] == ["few_pairs", "firm"]
    assert firm.more[0].numbers["n"] == 1
    assert firm.actors == ("b",)
    assert firm.numbers["share"] == 1
    assert one(found, "most_ties").numbers == {"degree": 2, "total": 2, "n": 1}


def test_a_first_place_that_others_may_have_names_them() -> None:
    kart = ak.ActorMap(
        actors=[ak.Actor(id=id_) for id_ in "sbct"],
        ties=[
            ak.Tie(source="s", target="b", strength=4),
            ak.Tie(source="b", target="t", strength=4),
            ak.Tie(source="s", target="c", strength=3),
            ak.Tie(source="c", target="t", strength=3),
        ],
    )
    found = one(told(kart), "broker")
    assert [more.case for more in found.more[:2]] == ["few_pairs", "uncertain"]
    assert found.actors[0] == "b"
    assert "c" in found.actors[1:]
    assert "c" in found.text("nb").split("I andre lå ")[1]
    assert 0 < (found.numbers["held"] or 0) < 200


def test_a_shared_place_is_told_as_one() -> None:
    kart = chain("a", "b", "c", "d")
    found = one(told(kart), "shared_broker")
    assert found.actors == ("b", "c")
    assert found.numbers["n"] == 2
    assert found.numbers["share"] == pytest.approx(2 / 3)


@given(kart=actor_maps(min_size=3))
@settings(deadline=None, max_examples=60)
def test_shares_and_places_agree_with_another_way_of_counting(kart: ak.ActorMap) -> None:
    """Every pair of others that has a path, one by one, with exact lengths."""
    found = [f for f in told(kart) if "broker" in f.case]
    measures = ak.measures(Network.from_map(kart, without=kart.middle))
    if len(measures) < 3:
        assert not found
        return
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(measures)
    network = measures.network
    for tail, head, strength in zip(network.tails, network.heads, network.strengths, strict=True):
        ends = network.ids[tail], network.ids[head]
        graph.add_edge(*ends, length=Fraction(1) / Fraction(Decimal(repr(float(strength)))))
    passing: dict[str, Fraction] = dict.fromkeys(measures, Fraction(0))
    connected: Counter[str] = Counter()
    for one_end, other in itertools.permutations(measures, 2):
        if not nx.has_path(graph, one_end, other):
            continue
        paths = list(nx.all_shortest_paths(graph, one_end, other, weight="length"))
        for id_ in set(measures) - {one_end, other}:
            connected[id_] += 1
            passing[id_] += Fraction(sum(id_ in path for path in paths), len(paths))
    most = max(passing.values())
    first = sorted(id_ for id_, share in passing.items() if abs(share - most) < Fraction(1, 10**9))
    if not most:
        assert not [f for f in found if not f.case.startswith("no_")]
        return
    (said,) = [f for f in found if not f.case.startswith("no_")]
    assert list(said.actors[: len(first)]) == first
    assert said.numbers["share"] == pytest.approx(float(most / connected[first[0]]))


def test_firmness_that_was_not_computed_is_not_claimed() -> None:
    kart = chain(*(f"{n:04}" for n in range(1001)))
    found = one(told(kart), "broker")
    assert [more.case for more in found.more] == ["undrawn"]
    assert found.actors == ("0500",)
    assert found.numbers["lowest"] is None
    report = ak.report(chain(*"abc"))
    assert report["centrality"].rows[0][3] == "1"


def test_nobody_is_a_go_between_where_all_know_each_other() -> None:
    kart = chain("a", "b", "c").with_tie(source="a", target="c", strength=3)
    assert "no_broker" in cases(told(kart))


def test_whom_the_map_is_gathered_around_is_told_after_the_others() -> None:
    kart = chain("a", "b", "c", "d", "e").with_(focal="b")
    found = one(told(kart), "broker_apart")
    assert found.actors == ("d",)
    assert found.numbers["share"] == 1
    after = found.more[-1]
    assert (after.case, after.actors, after.numbers["rank"]) == ("with_other", ("b",), 2)
    assert after.text("nb").endswith("plass 2 av 5 når alle regnes med; først står c.")
    star = one(told(kart.with_(focal="c")), "no_broker_apart")
    assert star.more[-1].case == "with_first"


def test_bridges_count_the_pairs_that_only_meet_through_someone() -> None:
    kinds = {"gp1": "gp", "gp2": "gp", "b": "arena", "dps": "dps", "h": "hospital"}
    kart = ak.ActorMap(
        actors=[ak.Actor(id=id_, kind=kind) for id_, kind in kinds.items()],
        ties=[ak.Tie(source="b", target=id_) for id_ in ("gp1", "gp2", "dps", "h")]
        + [ak.Tie(source="dps", target="gp1")],
    )
    assert bridge_counts(kart)[0] == ("b", "first", "second", 3)
    found = bridges(kart, ak.measures(kart))
    assert (
        one(found, "between")
        .text("nb")
        .startswith("b knytter sammen førstelinjen og andrelinjen: 3 aktørpar")
    )
    assert one(found, "cut_points").actors == ("b",)


def test_a_persons_network_is_not_blamed_for_needing_the_person() -> None:
    star = chain("nav", "kari", "dps").with_(scope="individual", focal="kari")
    star = star.with_actor(id="kari", kind="user")
    assert not {"cut_points", "no_cut_points"} & set(cases(bridges(star, ak.measures(star))))
    longer = star.with_actor(id="x").with_tie(source="dps", target="x")
    found = one(bridges(longer, ak.measures(longer)), "cut_points")
    assert found.actors == ("dps",)


def test_no_cut_point_is_a_strength() -> None:
    kart = chain("a", "b", "c", "a2").with_tie(source="a", target="a2")
    assert "no_cut_points" in cases(bridges(kart, ak.measures(kart)))


def test_cohesion_says_whether_contact_stays_within_the_lines() -> None:
    """A6, A11: Zachary's club has (11 − 67)/78 = −.7179 against +.030 by chance."""
    lines = {"0": "first", "1": "second"}
    karate = ak.examples.karate()
    clubs = sorted({str(actor.organisation) for actor in karate.actors})
    kart = karate.with_(
        actors=[
            ak.Actor(id=actor.id, line=lines[str(clubs.index(str(actor.organisation)))])
            for actor in karate.actors
        ]
    )
    found = one(cohesion(kart, ak.measures(kart)), "inward")
    assert found.numbers["between"] == pytest.approx(11 / 78)
    assert found.numbers["expected"] == pytest.approx(0.515, abs=5e-4)


def test_lines_without_any_channel_between_them_are_named() -> None:
    kart = ak.ActorMap(
        actors=[
            *(ak.Actor(id=f"gp{n}", kind="gp") for n in range(2)),
            *(ak.Actor(id=f"dps{n}", kind="dps") for n in range(2)),
        ],
        ties=[ak.Tie(source="gp0", target="gp1"), ak.Tie(source="dps0", target="dps1")],
    )
    found = one(cohesion(kart, ak.measures(kart)), "unlinked")
    assert found.text("nb") == "Ingen kanal går direkte mellom førstelinjen og andrelinjen."


def test_one_line_or_none_cannot_be_compared() -> None:
    same = chain("a", "b")
    assert cases(cohesion(same, ak.measures(same))) == ["unknown"]
    gps = ak.ActorMap(
        actors=[ak.Actor(id="a", kind="gp"), ak.Actor(id="b", kind="gp")], ties=same.ties
    )
    assert cases(cohesion(gps, ak.measures(gps))) == ["one_group"]


def test_parts_and_those_who_stand_alone() -> None:
    kart = chain("a", "b").with_actor(id="x")
    found = reach(kart, ak.measures(kart))
    assert one(found, "isolates").actors == ("x",)
    assert "one_piece" not in cases(found)
    two = chain("a", "b")
    for id_ in ("c", "d", "e"):
        two = two.with_actor(id=id_)
    two = two.with_tie(source="c", target="d").with_tie(source="d", target="e", mutual=False)
    found = reach(two, ak.measures(two))
    assert one(found, "pieces").numbers == {"n": 2, "largest": 3, "tops": 1}
    assert one(found, "one_way").numbers == {"n": 1}


def test_many_names_are_counted_rather_than_said() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id=f"a{n:02}", kind="gp") for n in range(20)])
    said = one(reach(kart, ak.measures(kart)), "isolates").text("nb")
    assert said.endswith("a05, a06 og 13 til.")


def test_names_are_said_in_the_order_of_the_alphabet() -> None:
    found = Finding(
        code="reach",
        case="isolates",
        level="gap",
        numbers={"n": 3},
        words={"actors": (Who("1"), Who("2"), Who("3"))},
        labels={"1": "Åse", "2": "Øst", "3": "Bo"},
    )
    assert found.text("nb").endswith("Bo, Øst og Åse.")
    assert found.text("sv").endswith("Bo, Åse och Øst.")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kart=actor_maps())
def test_everything_can_be_said_in_every_language(kart: ak.ActorMap) -> None:
    found = everything(kart)
    for lang in LANGUAGES:
        for finding in found:
            said = finding.text(lang)
            assert said.endswith(".")
            assert all(n is None or math.isfinite(n) for n in finding.numbers.values())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kart=actor_maps())
def test_the_order_of_the_file_changes_nothing(kart: ak.ActorMap) -> None:
    turned: dict[str, Any] = {"actors": kart.actors[::-1], "ties": kart.ties[::-1]}
    other = kart.with_(**turned)
    assert [f.text("nb") for f in everything(kart)] == [f.text("nb") for f in everything(other)]


def test_topics_are_told_in_order_and_worked_out_once() -> None:
    topics = Topics(ak.examples.municipal_service())
    parts = [topics.about(topic) for topic in TOPICS]
    assert topics.about(*TOPICS) == [found for part in parts for found in part]
    assert topics.measures is topics.measures
    assert topics.judged["linkages"] is topics.judged["linkages"]
    assert [found.code for found in topics.about("contents")[:1]] == ["content"]


def test_what_two_topics_would_tell_is_told_by_one() -> None:
    told = {(found.code, found.case) for found in Topics(ak.examples.user_network()).about("care")}
    assert ("grey_zones", "missing") not in told
    assert ("grey_zones", "missing") in {
        (found.code, found.case) for found in ak.findings(ak.examples.user_network())
    }


def test_a_map_of_steering_is_not_blamed_for_showing_no_user() -> None:
    kart = ak.ActorMap(scope="governance", actors=[ak.Actor(id="a"), ak.Actor(id="b")])
    assert "no_user" not in cases(Topics(kart).about("care"))
    assert "no_user" in cases(Topics(kart.with_actor(id="c").with_(scope="service")).about("care"))


def test_findings_of_some_levels_keep_their_order() -> None:
    found = everything(chain("a", "b").with_actor(id="x"))
    chosen = of_level(found, "gap", "unknown")
    assert {one.level for one in chosen} == {"gap", "unknown"}
    assert [one for one in found if one in chosen] == chosen


# --- lines that nobody has stated


def test_a_line_that_follows_from_the_kind_is_said_to_be_an_assumption() -> None:
    actors = [
        ak.Actor(id="team", kind="mental_health_team", line="first"),
        ak.Actor(id="gp", kind="gp"),
        ak.Actor(id="leaders", kind="authority"),
        ak.Actor(id="mate", kind="peer"),
        ak.Actor(id="somebody"),
        ak.Actor(id="user", kind="user"),
        ak.Actor(id="forum", kind="arena"),
    ]
    (found,) = lines(ak.ActorMap(actors=actors))
    assert (found.case, found.level) == ("usual_lines", "note")
    assert found.actors == ("gp", "leaders", "mate")
    assert dict(found.numbers) == {"stated": 1, "from_kind": 3, "n": 3}
    assert found.text("en") == (
        "The line is stated on the map for 1 actor. For 3 actors it is only what is usual for the"
        " kind, and can be corrected. The kinds are peer supporter, governing authority and GP."
        " Which line an actor belongs to varies most for peer supporter and governing authority."
    )
    assert found.more[0].actors == ("leaders", "mate")


def test_a_line_that_the_map_states_is_no_assumption() -> None:
    kinds = {"authority": ak.KindSpec(line="first"), "boat": ak.KindSpec(line="private")}
    actors = [
        ak.Actor(id="a", kind="authority"),
        ak.Actor(id="b", kind="boat"),
        ak.Actor(id="c", kind="nav", line="state"),
    ]
    assert lines(ak.ActorMap(actors=actors, kinds=kinds)) == []
    (found,) = lines(ak.ActorMap(actors=[ak.Actor(id="a", kind="dps")]))
    assert (found.case, found.more) == ("all_lines_usual", ())


@given(actor_maps())
def test_every_line_is_stated_or_assumed_or_unknown(kart: ak.ActorMap) -> None:
    assumed = {id_ for found in lines(kart) for id_ in found.actors}
    for actor in kart.actors:
        stated = actor.line is not None
        own = kart.kinds.get(actor.kind)
        stated = stated or (own is not None and own.line is not None)
        expected = bool(kart.lines(actor.id)) and not stated and actor.kind != "user"
        assert (actor.id in assumed) == expected


def test_the_report_says_which_lines_are_assumed() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="x", kind="nav"), ak.Actor(id="y", kind="dps")])
    section = next(one for one in ak.report(kart).sections if one.code == "cohesion")
    assert [found.case for found in section.findings] == ["all_lines_usual"]


def test_next_steps_are_searched_for_once_in_a_report_with_its_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module: Any = importlib.import_module("aktorkart.care.next_steps")
    real, asked = module.next_steps, []

    def counting(kart: ak.ActorMap) -> list[Finding]:
        asked.append(kart)
        found: list[Finding] = real(kart)
        return found

    monkeypatch.setattr(module, "next_steps", counting)
    kart = ak.examples.user_network().with_(title="Searched once")
    report = ak.report(kart, lang="nb", parts=["summary", "gaps"])
    assert "missing" in {key for section in report.sections for key in section.figures}
    report.figure("missing")
    report.alt_text("missing")
    assert len(asked) == 1
