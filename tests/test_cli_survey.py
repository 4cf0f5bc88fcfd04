"""``aktorkart survey``: a file for each who has answered, and one for all."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

import aktorkart as ak
import exports
from aktorkart import cli
from aktorkart.i18n import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = {
    "NAV": {"DPS": "Tett", "St. Olavs": "Ikke"},
    "DPS": {"NAV": "Svært tett", "St. Olavs": "Kjenner til"},
    "St. Olavs": {"NAV": "", "DPS": "Noe"},
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "svar.csv").write_text(exports.google(ANSWERS), "utf-8")
    return tmp_path


def run(*arguments: str, lang: str = "en") -> int:
    return cli.main(["survey", *arguments, "--lang", lang])


def test_a_file_for_each_and_one_for_all(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("svar.csv", "-o", "kart", "--merge", "alle.yaml", "--answer", "kjenner til=1") == 0
    told = capsys.readouterr().err
    assert sorted(one.name for one in (here / "kart").iterdir()) == [
        *("dps.yaml", "nav.yaml", "st-olavs.yaml"),
    ]
    dps = ak.read(here / "kart" / "dps.yaml")
    assert [(tie.target, tie.strength, tie.informant) for tie in dps.ties] == [
        ("NAV", 5, "DPS"),
        ("St. Olavs", 1, "DPS"),
    ]
    maps = {one.stem: ak.read(one) for one in (here / "kart").iterdir()}
    assert len(ak.read(here / "alle.yaml").ties) == sum(len(one.ties) for one in maps.values()) == 4
    assert "Tett = 4" in told
    assert "E-postadresse" in told
    assert "example.org" not in told
    assert "Wrote alle.yaml" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_is_said_and_nothing_written(
    here: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("svar.csv", "-o", "kart", lang=lang) == 2
    assert "Kjenner til=" in capsys.readouterr().err
    assert [one.name for one in here.iterdir()] == ["svar.csv"]


def test_columns_and_actors_can_be_said(here: Path) -> None:
    (here / "hvem.csv").write_text("Navn\nNAV\nDPS\nSt. Olavs\nBUP\n", "utf-8")
    said = ["--respondent", "Hvem svarer du for?", "--strength", exports.ASKED, "--shape", "wide"]
    said += ["--answer", "kjenner til=", "--keep", "Tidsmerke", "--from", "csv"]
    assert run("svar.csv", "-o", "kart", "--actors", "hvem.csv", *said) == 0
    kart = ak.read(here / "kart" / "dps.yaml")
    assert "BUP" in kart
    assert [tie.target for tie in kart.ties] == ["NAV"]
    assert kart["DPS"].tags == {"Tidsmerke": "2026/03/01 10:02:00 AM GMT+1"}


def test_around_a_person_no_name_is_in_the_name_of_a_file(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actors = [ak.Actor(id="kari", name="Kari Ås", kind="user"), ak.Actor(id="nav", kind="nav")]
    ak.write(ak.ActorMap(scope="individual", focal="kari", actors=actors), here / "kjent.yaml")
    (here / "svar.csv").write_text(
        "Hvem er du?,Hvor tett [Kari Ås],Hvor tett [NAV]\nKari Ås,,Tett\nNAV,Noe,\n", "utf-8"
    )
    assert run("svar.csv", "-o", "kart", "--actors", "kjent.yaml") == 0
    files = sorted((here / "kart").iterdir())
    assert [one.name for one in files] == ["a01.yaml", "a02.yaml"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    assert ak.read(files[0]).ties[0].informant == "kari"
    assert "kari" not in capsys.readouterr().err.casefold().replace("kari ås]", "")


def test_names_that_make_the_same_file_are_numbered(here: Path) -> None:
    answers = {"NAV A/B": {"NAV A+B": "Tett"}, "NAV A+B": {"NAV A/B": "Noe"}, "con": {}, "…": {}}
    (here / "svar.csv").write_text(exports.google(answers), "utf-8")
    assert run("svar.csv", "-o", "kart") == 0
    assert sorted(one.name for one in (here / "kart").iterdir()) == [
        *("con-.yaml", "nav-a-b-2.yaml", "nav-a-b.yaml", "svar.yaml"),
    ]


def test_nothing_that_was_read_is_written_over(here: Path) -> None:
    before = (here / "svar.csv").read_bytes()
    said = ["--answer", "kjenner til=1"]
    assert run("svar.csv", "-o", "svar.csv", *said) == 2
    (here / "nav.yaml").write_text("actors: [{id: NAV}]", "utf-8")
    assert run("svar.csv", "-o", "a", "--merge", "nav.yaml", "--actors", "nav.yaml", *said) == 2
    assert run("svar.csv", "-o", ".", "--actors", "nav.yaml", *said) == 2
    assert (here / "svar.csv").read_bytes() == before
    assert sorted(one.name for one in here.iterdir()) == ["nav.yaml", "svar.csv"]


@pytest.mark.parametrize("said", ["kjenner til", "=2", "a=b", "a=1=x"])
def test_an_answer_without_its_number_is_asked_about(
    said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("svar.csv", "-o", "kart", "--answer", said) == 2
    assert "knows of=2" in capsys.readouterr().err
