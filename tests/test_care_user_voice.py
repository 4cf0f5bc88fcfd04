"""User voice: METHOD 6.10."""

from __future__ import annotations

import aktorkart as ak
from aktorkart.care.user_voice import user_voice
from maps_of import actor, cases, one, tie

STEERING = actor("chief", "authority")


def test_each_arena_is_asked_for_a_peer_or_user_organisation() -> None:
    """METHOD 6.10: "Does each arena have a peer or user organisation as a member"."""
    kart = ak.ActorMap(
        actors=[
            STEERING,
            actor("nav", "nav"),
            actor("peer", "peer"),
            *(actor(id_, "arena") for id_ in ("empty", "with", "without")),
        ],
        ties=[
            tie("nav", "without", "membership"),
            tie("peer", "without", "membership", needed=True),
            tie("peer", "without", "contact"),
            tie("with", "peer", "membership"),
        ],
    )
    found = user_voice(kart)
    assert one(found, "not_in_arena").actors == ("without",)
    assert one(found, "in_arena").actors == ("with", "peer")
    assert one(found, "no_members").level == "unknown"


def test_a_user_organisation_reaches_governance_by_a_directed_path() -> None:
    """METHOD 6.10: "a directed channel path from a user organisation to a governance actor"."""
    actors = [actor("org", "user_organisation"), actor("nav", "nav"), STEERING]
    there = [tie("org", "nav", mutual=False), tie("nav", "chief", mutual=False)]
    path = one(user_voice(ak.ActorMap(actors=actors, ties=there)), "path")
    assert path.actors == ("org", "nav", "chief")
    assert path.numbers["steps"] == 2
    back = [tie("org", "nav"), tie("chief", "nav", mutual=False)]
    assert one(user_voice(ak.ActorMap(actors=actors, ties=back)), "no_path").level == "gap"
    direct = [tie("org", "chief")]
    assert one(user_voice(ak.ActorMap(actors=actors, ties=direct)), "direct").level == "strength"


def test_who_has_incoming_arcs_only() -> None:
    """METHOD 6.10: "which user, peer or next of kin has incoming arcs only"."""
    kart = ak.ActorMap(
        actors=[actor("kin", "next_of_kin"), actor("nav", "nav"), actor("u", "user")],
        ties=[tie("nav", "kin", mutual=False), tie("nav", "u")],
    )
    assert one(user_voice(kart), "only_spoken_to").actors == ("kin",)
    heard = kart.with_tie(source="kin", target="u", mutual=False)
    assert "only_spoken_to" not in cases(user_voice(heard))


def test_without_arenas_and_organisations_the_voice_is_unknown() -> None:
    found = user_voice(ak.ActorMap(actors=[actor("u", "user")]))
    assert cases(found) == ["no_arenas", "no_organisation"]
    assert {finding.level for finding in found} == {"unknown"}
    alone = ak.ActorMap(actors=[actor("org", "user_organisation")])
    assert "no_governance" in cases(user_voice(alone))
