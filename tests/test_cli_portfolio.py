"""``aktorkart portfolio``: a folder of maps becomes a report."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import aktorkart as ak
from aktorkart import cli
from aktorkart.cli import at_work


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for year in ("2025", "2026"):
        for name, kart in list(ak.examples.municipalities(year=year).items())[:2]:
            path = Path("kommuner" if year == "2026" else "sist", f"{name}.yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            ak.write(kart, path)


def run(*arguments: str) -> int:
    return cli.main(["portfolio", *arguments, "--lang", "nb"])


def test_a_folder_becomes_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("kommuner", "--earlier", "sist", "-o", "ut.json", "--title", "Nord") == 0
    told = json.loads(Path("ut.json").read_text("utf-8"))
    assert told["title"] == "Nord"
    assert len(told["tables"]["changes"]) == 2
    assert "Skrev ut.json" in capsys.readouterr().err


def test_without_a_name_the_report_is_called_after_the_folder() -> None:
    assert run("kommuner", "--format", "json") == 0
    assert Path("kommuner-portfolio.json").exists()


def test_a_broken_file_is_told_and_the_exit_code_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("kommuner", "ødelagt.yaml").write_text("actors: [", "utf-8")
    assert run("kommuner", "-o", "-") == 1
    out, err = capsys.readouterr()
    assert "Ikke tatt med: ødelagt.yaml: " in err
    assert "2 kart er satt side om side." in out
    assert "1 fil kunne ikke leses og er ikke med: ødelagt.yaml" in out.replace("\\", "")


def test_nothing_to_read_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tom").mkdir()
    assert run("tom", "-o", "-") == 2
    assert "Ingen kart" in capsys.readouterr().err
    assert run("borte") == 2


def test_a_map_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    (name,) = [str(one) for one in Path("kommuner").rglob("Alme*.yaml")]
    kart = ak.read(name)
    target = name.replace(".yaml", ".json")
    ak.write(kart, target)
    assert run("kommuner", "-o", target) == 2
    assert ak.read(target) == kart
    assert capsys.readouterr().err


def test_shared_has_no_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("kommuner", "--share", "-o", "-") == 0
    out = capsys.readouterr().out
    assert "Almefjord" not in out
    assert "skjult" in out


def test_who_looks_sees_how_far_it_has_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(at_work, "PATIENCE", 0.0)
    monkeypatch.setattr(at_work, "EVERY", 0.001)
    assert run("kommuner", "-o", "-") == 0
    assert "Kart: " in capsys.readouterr().err
