"""The example maps say what their sources say, and nothing about persons."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from aktorkart import examples
from aktorkart.model.vocabulary import LEVELS, QUALITIES, TIE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.model import ActorMap

TINY = sorted(set(examples.names()) - set(examples.DEMO))

# The persons named in the sources, so that a test can look for them without naming them again:
# the first half of SHA-256 of the surname in lower case.
SURNAMES = frozenset(
    {
        "0e8c608e651965a8",
        "1683c8cdce6afb26",
        "1c1c39e2b12e2b80",
        "24b9390a0657523f",
        "2ce2c277148ffa4b",
        "53733a06e2be1a70",
        "599bb2f1170d738a",
        "663b4263d251b63c",
        "76df3240473e400a",
        "8368ec5f1a153787",
        "8635b255361d3b2f",
        "8a4f4e15c8c7d4a0",
        "8f5f2fdb4e7d8901",
        "929e76305d6f935b",
        "96bc24dace332ca6",
        "978a727c76630076",
        "a9c824c5843e1a79",
        "adc37b3b8762a441",
        "afe5f8c2ce54802b",
        "b934eeb7fe755aab",
        "bd42ea82ed9f2cc2",
        "c14d9bf990296611",
        "c1648a718adc146e",
        "d1b0a495891fef2a",
        "d334a993b9784831",
        "d72712ee337f76ac",
        "ece73f02d0b8da97",
        "f11fa11d1f5b5b3d",
        "f8ef074876ad5791",
        "fba795188992fd0f",
    }
)


def members(kart: ActorMap, arena: str) -> set[str]:
    return {tie.source for tie in kart.ties if tie.target == arena and tie.kind == "membership"}


def pairs(kart: ActorMap) -> dict[tuple[str, str], float | None]:
    return {(tie.source, tie.target): tie.strength for tie in kart.ties}


def degrees(kart: ActorMap) -> Counter[str]:
    return Counter(end for tie in kart.channels for end in (tie.source, tie.target))


def published(notation: str) -> dict[tuple[str, str], float | None]:
    """Read ties as ACCEPTANCE writes them: ``AB4``, strength 1 where none is written."""
    return {(tie[0], tie[1]): float(tie[2:] or 1) for tie in notation.split()}


# --- all of them


@pytest.mark.parametrize("name", examples.names())
def test_it_reads_without_a_problem(name: str) -> None:
    kart = examples.read(name)
    assert kart.title
    assert kart.source
    assert kart.lang == ("en" if name in TINY else "sv" if name == "skane" else "nb")


@pytest.mark.parametrize("name", examples.names())
def test_one_actor_and_one_tie_a_line(name: str) -> None:
    """DESIGN: "One YAML file that a nurse can read and git can diff"."""
    lines = examples.source(name).splitlines()
    kart = examples.read(name)
    top = [line.split(":")[0] for line in lines if line and line[0].isalpha()]
    assert top[:2] == ["aktorkart", "title"]
    ties = [line for line in lines if line.startswith("  - {source: ")]
    assert len(ties) == len(kart.ties)
    written = {re.split(r'"?[,}]', line)[0] for line in lines if line.startswith("  - {id: ")}
    assert {actor.id for actor in kart.actors} <= {
        start.removeprefix("  - {id: ").removeprefix('"') for start in written
    }


@pytest.mark.parametrize("name", examples.names())
def test_no_person_of_the_sources_and_no_way_to_reach_one(name: str) -> None:
    """Issue 2: "roles and organisations instead of the persons … no phone or e-mail"."""
    text = examples.source(name)
    words = re.findall(r"[^\W\d_]+", text.lower())
    hashes = {hashlib.sha256(word.encode()).hexdigest()[:16] for word in words}
    assert not hashes & SURNAMES
    assert "@" not in text
    assert "http" not in text
    assert not re.search(r"(?<![\w-])(?:\d ?){8}(?![\w-])", text)


@pytest.mark.parametrize("name", examples.DEMO)
def test_it_cites_its_sources_by_file_name(name: str) -> None:
    """Issue 2: "each citing its seed by file name in a comment"."""
    comments = [line for line in examples.source(name).splitlines() if line.startswith("#")]
    cited = re.findall(r"seeds/(\d{3})_[0-9a-f]{16}\.txt", "\n".join(comments))
    assert set(cited) == {
        "learning_network": {"003"},
        "helsedialog": {"001"},
        "skane": {"002"},
        "municipal_service": {"000", "003", "004"},
        "user_network": {"003"},
    }.get(name)


@pytest.mark.parametrize("name", ["learning_network", "helsedialog", "skane"])
def test_every_tie_says_where_it_comes_from(name: str) -> None:
    """Issue 2: "our own judgements (strengths) marked as such in `source`"."""
    kart = examples.read(name)
    assert all(tie.basis for tie in kart.ties)
    assert "styrk" in str(kart.source)


@pytest.mark.parametrize("name", ["municipal_service", "user_network"])
def test_what_is_invented_is_said_to_be(name: str) -> None:
    assert "oppdiktet" in str(examples.read(name).source)


# --- the learning network


def test_learning_network_steering_and_project_group() -> None:
    """003, page 18 and page 8: who sits where."""
    kart = examples.read("learning_network")
    assert members(kart, "styringsgruppen") == {
        "hod",
        "ks",
        "helsedirektoratet",
        "mental_helse",
        "ms_forbundet",
        "kunnskapssenteret",
    }
    assert members(kart, "prosjektgruppen") == {
        "ks",
        "kunnskapssenteret",
        "mental_helse",
        "a_larm",
        "napha",
        "erfaringskompetanse",
    }
    assert kart.focal == "prosjektgruppen"


def test_learning_network_five_networks_with_municipalities() -> None:
    """003, page 20: "fem læringsnettverk som bestod av til sammen 61 kommuner"."""
    kart = examples.read("learning_network")
    municipalities = [actor for actor in kart.actors if actor.kind == "municipality"]
    networks = [actor for actor in kart.actors if str(actor.name).startswith("Læringsnettverk ")]
    assert len(municipalities) == len(networks) == 5
    for network in networks:
        assert members(kart, network.id) == {network.id.replace("nettverk", "kommuner")}
    # The number of municipalities is known for all five together only.
    assert all("61 kommuner deltok i alt" in str(actor.note) for actor in municipalities)
    places = " ".join(str(network.note) for network in networks)
    counted = [places.count(town) for town in ("Tromsø", "Stavanger", "Gardermoen", "Værnes")]
    assert counted == [1, 1, 2, 1]
    assert 25 <= len(kart.actors) <= 35


def test_learning_network_what_was_wanted_and_did_not_come() -> None:
    kart = examples.read("learning_network")
    reached = degrees(kart)
    assert {actor.id for actor in kart.actors if not reached[actor.id]} == {
        "forskningsmiljo",
        "nav",
        "lokale_brukerorganisasjoner",
    }


# --- Helsedialog and Skåne


def test_helsedialog_seats() -> None:
    """001: the forum has 6 + 3 + 4 + 4 seats, the board six members, and four resource groups."""
    kart = examples.read("helsedialog")
    seats = {tie.source: tie.tags["plasser"] for tie in kart.ties if "plasser" in tie.tags}
    assert seats == {
        "helse_og_sosial": 3,
        "fastleger": 2,
        "spesialist": 1,
        "helseforetakene": 3,
        "brukerorganisasjonene": 4,
        "tillitsvalgte_ks": 2,
        "tillitsvalgte_hf": 2,
    }
    assert members(kart, "helsedialogforum") == set(seats)
    assert len(members(kart, "programstyret")) == 6
    assert sum(actor.id.startswith("ressursgruppe_") for actor in kart.actors) == 4


def test_helsedialog_works_at_all_three_levels() -> None:
    """001: "Samtidig, koordinert fokus på" styringsfeltet, tjenestefeltet og individfeltet."""
    kart = examples.read("helsedialog")
    assert {level for actor in kart.actors for level in kart.levels(actor.id)} == set(LEVELS)


def test_skane_who_was_missing_and_what_is_wished_for() -> None:
    """002: "bör kunder, medborgare, Privata företag, Pensionärsorganisationer mfl bjudas in"."""
    kart = examples.read("skane")
    needed = {(tie.source, tie.target) for tie in kart.ties if tie.needed}
    invited = {source for source, target in needed if target == "intressentdialogen"}
    assert invited == {
        "patienten",
        "medborgarna",
        "privata_foretag",
        "pensionarsorganisationerna",
    }
    assert ("patienten", "en_vag_in") in needed
    strained = {frozenset((t.source, t.target)) for t in kart.ties if t.quality == "strained"}
    assert strained == {
        frozenset(("kommunerna", "slutenvarden")),
        frozenset(("kommunerna", "primarvarden")),
        frozenset(("primarvarden", "slutenvarden")),
    }


# --- the municipal service and the user


def test_municipal_service_is_typical_in_size_and_kind() -> None:
    """Issue 2: "a municipal mental-health-and-substance service with 30–45 actors"."""
    kart = examples.read("municipal_service")
    assert 30 <= len(kart.actors) <= 45
    assert {tie.kind for tie in kart.ties} == set(TIE_KINDS)
    reached = degrees(kart)
    isolates = {actor.id for actor in kart.actors if not reached[actor.id]}
    assert isolates == {"arbeidsgivere", "lokalavisa"}
    assert any(tie.strength is None for tie in kart.channels)
    assert len({line for actor in kart.actors for line in kart.lines(actor.id)}) >= 6


def test_municipal_service_has_pairs_rated_by_both_sides() -> None:
    """METHOD 6: "over pairs rated by both sides the mean difference in steps"."""
    kart = examples.read("municipal_service")
    ratings: dict[frozenset[str], dict[str, float | None]] = {}
    for tie in kart.ties:
        if tie.informant is not None:
            pair = frozenset((tie.source, tie.target))
            assert tie.informant in pair
            ratings.setdefault(pair, {})[tie.informant] = tie.strength
    assert len(ratings) == 4
    assert all(len(rating) == 2 for rating in ratings.values())


def test_user_network_is_dated_and_has_consent() -> None:
    """Issue 2: "one invented user's network with dated ties, consent, goals, plan, checklist"."""
    kart = examples.read("user_network")
    assert kart.scope == "individual"
    assert kart.consent is not None
    assert kart.consent.given is not None
    assert kart.discharge == ("2025-10-24",)
    assert 14 <= len(kart.actors) <= 20
    assert {goal.direction for goal in kart.goals} == {"higher", "lower"}
    assert [goal.id for goal in kart.goals if not goal.actors] == ["musikk"]
    assert [action.id for action in kart.plan if action.responsible is None] == ["prove_korps"]
    assert {item.phase for item in kart.checklist} == {
        "prepare",
        "plan",
        "do",
        "evaluate",
        "follow_up",
    }


def test_user_network_has_a_gap_after_the_hospital() -> None:
    """METHOD 6: "overlap or gap in days at each handover"."""
    kart = examples.read("user_network")

    def helpers(day: str) -> set[str]:
        return {
            tie.target
            for tie in kart.ties
            if tie.source == "bruker" and tie.since is not None and tie.in_force(day)
        }

    assert "dps_dogn" in helpers("2025-10-24")
    assert not {"dps_dogn", "dps", "bolig"} & helpers("2025-10-25")
    assert {"dps", "bolig"} <= helpers("2026-03-01")


def test_the_demo_shows_every_quality() -> None:
    seen = {tie.quality for name in examples.DEMO for tie in examples.read(name).ties}
    assert seen == {None, *QUALITIES}


# --- the tiny networks of ACCEPTANCE


@pytest.mark.parametrize(
    ("name", "notation"),
    [
        ("opsahl", "AB4 AC2 BC4 BD1 BE2 EF1"),
        ("kite", "01 02 03 05 13 14 16 23 25 34 35 36 46 56 57 67 78 89"),
        ("burt", "AB2 AF3 AG5 AE2 EG8 FG3 BG4 BD1 DG3 GC10"),
        ("burt_directed", "012 022 101 211"),
    ],
)
def test_tiny_network_is_the_published_one(name: str, notation: str) -> None:
    """ACCEPTANCE A1, A2 and A3."""
    kart = examples.read(name)
    assert pairs(kart) == published(notation)
    assert all(tie.mutual == (name != "burt_directed") for tie in kart.ties)


def unordered(edges: Iterable[Iterable[object]]) -> set[frozenset[str]]:
    return {frozenset(str(end).lower() for end in edge) for edge in edges}


def test_florentine_families_are_those_of_networkx() -> None:
    """ACCEPTANCE A5: "density 20/105"."""
    import networkx as nx

    kart = examples.read("florentine")
    edges: Iterable[Iterable[object]] = nx.florentine_families_graph().edges
    assert unordered(pairs(kart)) == unordered(edges)
    assert (len(kart.ties), len(kart.actors)) == (20, 15)


def test_karate_club_is_the_one_of_networkx() -> None:
    """ACCEPTANCE A6: E–I of Zachary's club is (11 − 67)/78, unweighted."""
    import networkx as nx

    kart = examples.read("karate")
    club = nx.karate_club_graph()
    edges: Iterable[Iterable[object]] = club.edges
    assert unordered(pairs(kart)) == unordered(edges)
    side = {actor.id: actor.organisation for actor in kart.actors}
    assert side == {str(node): data["club"] for node, data in club.nodes(data=True)}
    across = sum(side[one] != side[other] for one, other in pairs(kart))
    assert (across, len(kart.ties) - across) == (11, 67)
    assert {tie.strength for tie in kart.ties} == {1}


def test_brokerage_has_one_path_for_each_role() -> None:
    """METHOD 7: AAA coordinator, ABA consultant, ABB gatekeeper, AAB representative, ABC last."""
    kart = examples.read("brokerage")
    assert len(kart.actors) == 15
    assert not any(tie.mutual for tie in kart.ties)
    for role, pattern in {
        "coordinator": "AAA",
        "consultant": "ABA",
        "gatekeeper": "ABB",
        "representative": "AAB",
        "liaison": "ABC",
    }.items():
        path = (f"{role}_before", role, f"{role}_after")
        assert {path[:2], path[1:]} <= set(pairs(kart))
        groups = list(dict.fromkeys(kart.lines(id_)[0] for id_ in path))
        assert "".join("ABC"[groups.index(kart.lines(id_)[0])] for id_ in path) == pattern


def test_two_brokers_one_strong_one_weak() -> None:
    """ACCEPTANCE A9: "one with ties 5 and 5, one with 1 and 1"."""
    assert pairs(examples.read("two_brokers")) == {
        ("s", "strong"): 5,
        ("strong", "t"): 5,
        ("s", "weak"): 1,
        ("weak", "t"): 1,
    }
