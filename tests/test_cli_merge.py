"""``aktorkart merge``: the joint map, the agenda, and who may be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart import cli
from aktorkart.cli.merge import _seen

if TYPE_CHECKING:
    from pathlib import Path

NAV = "Fra;Til;Styrke;Type\nNAV;DPS;4;Samarbeid\nNAV;Fastlegen;2;Samarbeid\n"
DPS = "Fra;Til;Styrke;Type\nnav;D.P.S.;1;Samarbeid\nD.P.S.;Fastlege;3;Henvisning\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nav.csv").write_text(NAV, "utf-8")
    (tmp_path / "dps.csv").write_text(DPS, "utf-8")


def run(*arguments: str) -> int:
    return cli.main(["merge", *arguments, "--lang", "nb"])


def test_proposals_are_written_edited_and_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("nav.csv", "dps.csv", "--propose", "like.yaml") == 0
    written = (tmp_path / "like.yaml").read_text("utf-8")
    assert '"D.P.S.": ["DPS"]' in written
    (tmp_path / "like.yaml").write_text(
        "\n".join(line for line in written.splitlines() if "Fastleg" not in line), "utf-8"
    )
    capsys.readouterr()
    table = ("--disagreements", "saker.csv")
    assert run("nav.csv", "dps.csv", "--same", "like.yaml", "-o", "samlet.yaml", *table) == 0
    kart = ak.read("samlet.yaml")
    assert {actor.id for actor in kart.actors} == {"NAV", "D.P.S.", "Fastlegen", "Fastlege"}
    assert {tie.informant for tie in kart.ties} == {"NAV", "D.P.S."}
    out = capsys.readouterr().out
    assert "3 trinn fra hverandre" in out
    assert "3 trinn fra hverandre" in (tmp_path / "saker.csv").read_text("utf-8-sig")


def test_nothing_is_joined_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nav.csv", "dps.csv", "-o", "samlet.yaml") == 0
    assert len(ak.load("samlet.yaml").kart.actors) == 6
    assert "--propose" in capsys.readouterr().err
    assert not (tmp_path / "like.yaml").exists()


def test_names_of_a_map_around_a_person_are_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, strength in (("kari", 5), ("ola", 1)):
        kart = ak.ActorMap(
            scope="individual",
            actors=[
                ak.Actor(id="p", name="Kari Nordmann", kind="user"),
                ak.Actor(id="l", name="Doktor Hansen", kind="gp"),
            ],
            ties=[ak.Tie(source="p", target="l", strength=strength)],
        )
        ak.write(kart, tmp_path / f"{name}.yaml")
    assert run("kari.yaml", "ola.yaml", "--disagreements", "saker.md") == 0
    out = capsys.readouterr().out + (tmp_path / "saker.md").read_text("utf-8")
    assert "trinn fra hverandre" in out
    for word in ("Nordmann", "Hansen", "Kari", "kari", "ola"):
        assert word not in out


def _told(names: list[str]) -> st.SearchStrategy[dict[str, ak.ActorMap]]:
    """Draw what informants tell of the same four."""
    pairs = st.sampled_from([("nav", "dps"), ("dps", "gp"), ("nav", "gp"), ("gp", "user")])
    strengths = st.none() | st.integers(1, 5)
    return st.fixed_dictionaries(
        {name: st.dictionaries(pairs, strengths, max_size=4) for name in names}
    ).map(
        lambda told: {
            name: ak.ActorMap(
                scope="individual",
                actors=[ak.Actor(id=id_) for id_ in ("nav", "dps", "gp", "user")],
                ties=[ak.Tie(source=a, target=b, strength=n) for (a, b), n in ties.items()],
            )
            for name, ties in told.items()
        }
    )


@settings(max_examples=40)
@given(_told(["nav", "dps", "utenfor"]))
def test_the_agenda_is_that_of_the_joint_map_with_roles(maps: dict[str, ak.ActorMap]) -> None:
    joint = ak.merge(maps)
    seen = _seen(maps, joint, names=None, consent="ignore", lang="nb")
    assert sorted((found.case, *found.numbers.items()) for found in seen.disagreements) == sorted(
        (found.case, *found.numbers.items()) for found in joint.disagreements
    )
    assert "utenfor" not in seen.text("nb")
    assert _seen(maps, joint, names=True, consent="ignore", lang="nb") is joint


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nav.csv"], "minst to kart"),
        (["nav.csv", "mangler.csv"], "finnes ikke"),
        (["nav.csv", "nav.csv"], "samme person"),
        (["nav.csv", "dps.csv", "--disagreements", "saker.doc"], ".xlsx"),
        (["nav.csv", "dps.csv", "-o", "nav.csv"], "ødelagt"),
        (["nav.csv", "dps.csv", "--same", "nav.csv"], "--propose"),
    ],
)
def test_what_is_wrong_is_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err
    assert (tmp_path / "nav.csv").read_text("utf-8") == NAV


def test_two_who_filled_in_under_one_name_are_kept_apart_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actors = [ak.Actor(id="NAV"), ak.Actor(id="DPS")]
    for name, strength in (("en", 4), ("to", 2)):
        tie = ak.Tie(source="NAV", target="DPS", strength=strength, informant="Kari")
        ak.write(ak.ActorMap(actors=actors, ties=[tie]), tmp_path / f"{name}.yaml")
    assert run("en.yaml", "to.yaml", "-o", "samlet.yaml") == 0
    printed = capsys.readouterr()
    who = {tie.informant for tie in ak.read("samlet.yaml").ties}
    assert who == {"Kari (en)", "Kari (to)"}
    assert all(str(name) in printed.out for name in who)
    assert "en.yaml og to.yaml" in printed.err
