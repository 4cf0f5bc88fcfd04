from __future__ import annotations

import aktorkart as ak
from aktorkart.grunig import (
    linkages,
)
from aktorkart.i18n import LANGUAGES
from aktorkart.model.vocabulary import KINDS, LINKAGES
from maps_of import TEAM, cases, one


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
    assert records["enabling"]["actors"] == records["normative"]["actors"] == ["hf"]
    assert records["enabling"]["actors_label"] == "HF"
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


def test_every_kind_has_a_known_linkage() -> None:
    kinds = [kind for kind in KINDS if kind not in {"arena", "unknown"}]
    kart = ak.ActorMap(actors=[ak.Actor(id=kind, kind=kind) for kind in kinds])
    assert linkages(kart).unknown == ()
    assert all(row.linkages for row in linkages(kart).rows)
