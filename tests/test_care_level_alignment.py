"""Level alignment: METHOD 6.8."""

from __future__ import annotations

import pytest

import aktorkart as ak
from aktorkart.care.level_alignment import level_alignment
from maps_of import RATED, SERVICES, actor, cases, one, tie

AT_HOME = [
    actor("chief", "authority", organisation="Kommunen"),
    actor("lead", level="service", organisation="Kommunen"),
    actor("nurse", level="individual", organisation="Kommunen"),
    actor("trust", "trust_management", organisation="HF"),
    actor("head", level="service", organisation="HF"),
    actor("doctor", level="individual", organisation="HF"),
]


AGREED = tie("chief", "trust", "agreement")


WORK = tie("nurse", "doctor", "collaboration")


MIDDLE = tie("lead", "head")


@pytest.mark.parametrize(
    ("ties", "case", "level"),
    [
        ([AGREED], "no_practice", "gap"),
        ([AGREED, WORK], "missing_middle", "gap"),
        ([AGREED, WORK, MIDDLE], "aligned", "strength"),
        ([WORK, MIDDLE], "no_agreements", "unknown"),
    ],
)
def test_levels_are_aligned_or_not(ties: list[ak.Tie], case: str, level: str) -> None:
    """METHOD 6.8: agreement without practice, practice without agreement, missing middle."""
    (found,) = level_alignment(ak.ActorMap(actors=AT_HOME, ties=ties))
    assert (found.case, found.level) == (case, level)


def test_practice_without_agreement_is_said_where_agreements_are_drawn() -> None:
    """METHOD 6.8: "practice without agreement"."""
    actors = [*AT_HOME, actor("gp", "gp", organisation="Legene")]
    kart = ak.ActorMap(actors=actors, ties=[AGREED, WORK, MIDDLE, tie("gp", "nurse", "referral")])
    found = one(level_alignment(kart), "no_agreement")
    assert found.words["one"] == "Kommunen"
    assert found.words["other"] == "Legene"
    assert found.ties == (("gp", "nurse", "referral"),)


def test_an_arena_at_service_level_is_a_middle_and_contact_is_no_practice() -> None:
    actors = [*AT_HOME, actor("forum", "arena", level="service")]
    members = [tie(id_, "forum", "membership") for id_ in ("lead", "head")]
    kart = ak.ActorMap(actors=actors, ties=[AGREED, WORK, *members])
    assert cases(level_alignment(kart)) == ["aligned"]
    contact = tie("nurse", "doctor", "contact")
    assert cases(level_alignment(kart.without_tie("nurse", "doctor").with_tie(contact))) == [
        "no_practice"
    ]


def test_no_organisations_is_unknown_and_organisations_apart_are_silent() -> None:
    """METHOD 6.8: "No organisations: unknown"."""
    (found,) = level_alignment(ak.ActorMap(actors=SERVICES, ties=RATED))
    assert (found.case, found.level) == ("no_organisations", "unknown")
    actors = [*AT_HOME, actor("gp", "gp", organisation="Legene")]
    kart = ak.ActorMap(actors=actors, ties=[AGREED, WORK, MIDDLE])
    assert all("Legene" not in found.words.values() for found in level_alignment(kart))
