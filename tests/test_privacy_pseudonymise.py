"""Pseudonyms: the same for the same secret, given back by the table alone."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

import aktorkart as ak
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from pathlib import Path

KEY = "a secret of ours"


def around(**fields: Any) -> ak.ActorMap:
    return ak.ActorMap(
        **{
            "scope": "individual",
            "title": "Rundt Kari",
            "date": "2026-03-01",
            "consent": ak.Consent(given="2026-02-20", seen_by=["nav"], stored="Skapet"),
            "actors": [
                ak.Actor(id="kari", name="Kari", kind="user", note="hemmelig"),
                ak.Actor(id="nav", name="NAV Storvik", kind="nav", organisation="NAV"),
            ],
            "ties": [
                ak.Tie(source="kari", target="nav", informant="Anne Hansen", since="2025-01-15")
            ],
            "goals": [ak.Goal(id="bo", title="Bo hjemme", direction="higher", actors=["nav"])],
            **fields,
        }
    )


def test_what_is_dropped_coarsened_and_given_back() -> None:
    kart = around()
    hidden, table = ak.pseudonymise(kart, key=KEY)
    assert hidden.title is None
    assert hidden.date == "2026-03"
    assert hidden.ties[0].since == "2025-01"
    assert hidden.consent == ak.Consent(given="2026-02")
    assert hidden.goals[0].title is None
    said = hidden.model_dump_json()
    for name in ("Kari", "kari", "Storvik", "Anne", "Skapet", "hemmelig", "hjemme", '"nav","name'):
        assert name not in said
    back = ak.reidentify(hidden, table)
    assert back["kari"].name == "Kari"
    assert back["nav"].organisation == "NAV"
    assert back.ties[0].informant == "Anne Hansen"
    assert back.title is None
    assert back["kari"].note is None


def test_the_same_secret_joins_services_and_never_people() -> None:
    one, other = around(), around(title="Et annet kart")
    first, second = (ak.pseudonymise(kart, key=KEY)[0] for kart in (one, other))
    assert first.actors[1].id == second.actors[1].id
    assert first.actors[0].id != second.actors[0].id
    joined, again = (ak.pseudonymise(kart, key=KEY, link="id")[0] for kart in (one, other))
    assert joined.actors[0].id == again.actors[0].id
    assert ak.pseudonymise(one, key="another secret")[0].actors[1].id != first.actors[1].id
    assert ak.pseudonymise(one, key=KEY) == ak.pseudonymise(one, key=KEY.encode())


@pytest.mark.parametrize("changed", [{"id": "nav2"}, {"name": "NAV Vik"}, {"kind": "dps"}])
def test_only_where_kind_id_and_name_agree(changed: dict[str, str]) -> None:
    service = {"id": "nav", "name": "NAV Storvik", "kind": "nav"}
    ids = {
        ak.pseudonymise(ak.ActorMap(actors=[ak.Actor(**fields)]), key=KEY)[0].actors[0].id  # type: ignore[arg-type]
        for fields in (service, {**service, **changed})
    }
    assert len(ids) == 2


def test_ties_that_followed_each_other_in_a_month_are_one() -> None:
    ties = [
        ak.Tie(source="kari", target="nav", since="2025-03-20"),
        ak.Tie(source="kari", target="nav", since="2025-01-01", until="2025-03-09"),
    ]
    hidden, _ = ak.pseudonymise(around(ties=ties), key=KEY)
    assert [(tie.since, tie.until) for tie in hidden.ties] == [("2025-01", None)]


def test_the_table_is_a_file_of_its_own(tmp_path: Path) -> None:
    _, table = ak.pseudonymise(around(), key=KEY)
    table.save(tmp_path / "key.csv")
    assert stat.S_IMODE((tmp_path / "key.csv").stat().st_mode) == 0o600
    assert ak.KeyTable.read(tmp_path / "key.csv") == table
    assert "Kari" not in repr(table)
    (tmp_path / "other.csv").write_text("id,name\n", "utf-8")
    for name in ("other.csv", "none.csv"):
        with pytest.raises(ak.UnreadableFile):
            ak.KeyTable.read(tmp_path / name)


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(ak.WrongArgument, match="at least 8"):
        ak.pseudonymise(around(), key="short")
    with pytest.raises(ak.UnknownName):
        ak.pseudonymise(around(), key=KEY, link="names")
    with pytest.raises(ak.NoConsent):
        ak.pseudonymise(around(consent=None), key=KEY)
    with pytest.raises(ak.WrongArgument):
        ak.reidentify(around(), "key.csv")  # type: ignore[arg-type]
    with pytest.raises(ak.WrongArgument):
        ak.pseudonymise("kart.yaml", key=KEY)  # type: ignore[arg-type]


@given(actor_maps())
def test_every_map_has_a_hidden_one_with_the_same_channels(kart: ak.ActorMap) -> None:
    hidden, table = ak.pseudonymise(kart, key=KEY, consent="ignore")
    assert len(hidden.actors) == len(kart.actors)
    back = ak.reidentify(hidden, table)
    assert [(a.id, a.name, a.organisation) for a in back.actors] == [
        (a.id, a.name, a.organisation) for a in kart.actors
    ]
    assert {tie.pair for tie in back.ties} == {tie.pair for tie in kart.ties}
