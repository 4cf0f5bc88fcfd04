"""Commands write over nothing that they should not, and speak to any console."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import aktorkart as ak
from aktorkart import cli

if TYPE_CHECKING:
    from pathlib import Path

KART = """aktorkart: 1
actors: [{id: nav, name: Čáhci}, {id: dps}]
ties: [{source: nav, target: dps}]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kart.yaml").write_text(KART, "utf-8")
    (tmp_path / "kart.json").write_text(ak.read("kart.yaml").__class__.__name__, "utf-8")
    ak.write(ak.read("kart.yaml"), "kart.json")
    ak.write(ak.read("kart.yaml"), "kart.csv")
    return tmp_path


def run(*arguments: str) -> int:
    return cli.main([*arguments, "--lang", "en"])


@pytest.mark.parametrize(
    "words",
    [
        "report kart.json -o kart.json",
        "report kart.yaml -o kart.yaml --format html",
        "report kart.yaml -o ./sub/../kart.yaml --format md",
        "report kart.json -o link.json",
        "convert kart.yaml -o kart.yaml",
        "convert kart.yaml -o kart.yaml --roles",
        "convert kart.yaml -o hard.yaml",
        "convert kart.csv -o kart_actors.csv",
        "convert kart_ties.csv -o kart.csv --roles",
        "convert kart_map.csv -o kart_map.csv",
    ],
)
def test_what_was_read_is_never_written_over(
    words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "sub").mkdir()
    (here / "link.json").symlink_to("kart.json")
    (here / "hard.yaml").hardlink_to(here / "kart.yaml")
    before = {file: file.read_bytes() for file in here.iterdir() if file.is_file()}
    assert run(*words.split()) == 2
    assert "read from" in capsys.readouterr().err
    assert {file: file.read_bytes() for file in here.iterdir() if file.is_file()} == before


def test_a_pipe_from_the_file_itself_is_no_way_round(here: Path) -> None:
    before = (here / "kart.yaml").read_bytes()
    program = [sys.executable, "-m", "aktorkart.cli"]
    with (here / "kart.yaml").open("rb") as stream:
        command = [*program, "convert", "-", "-o", "kart.yaml", "--roles"]
        done = subprocess.run(command, stdin=stream, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 2
    assert (here / "kart.yaml").read_bytes() == before


def test_the_demo_leaves_what_differs_alone(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ak.examples, "DEMO", ("skane", "learning_network"))
    assert run("demo", "-o", "d") == 0
    assert run("demo", "-o", "d") == 0
    own = here / "d" / "skane.yaml"
    own.write_text(KART, "utf-8")
    (here / "d" / "skane.html").unlink()
    capsys.readouterr()
    assert run("demo", "-o", "d") == 2
    assert capsys.readouterr().err.count("--force") == 1
    assert own.read_text("utf-8") == KART
    assert (here / "d" / "skane.html").exists()
    assert run("demo", "-o", "d", "--force") == 0
    assert own.read_text("utf-8") == ak.examples.source("skane")


def test_a_report_replaces_its_own_figures_only(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", "kart.yaml", "-o", "r.md") == 0
    assert run("report", "kart.yaml", "-o", "r.md") == 0
    assert run("draw", "kart.yaml", "-o", "r-network.svg") == 0
    before = {file: file.read_bytes() for file in here.iterdir()}
    capsys.readouterr()
    assert run("report", "kart.yaml", "-o", "r.md") == 2
    assert "r-network.svg" in capsys.readouterr().err
    assert {file: file.read_bytes() for file in here.iterdir()} == before
    assert run("report", "kart.yaml", "-o", "r.md", "--force") == 0
    assert (here / "r-network.svg").read_bytes() != before[here / "r-network.svg"]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize(
    "words", ["check kart.yaml", "check kart.yaml --format json", "check mangler.yaml"]
)
def test_any_console_gets_all_of_it(encoding: str, words: str, here: Path) -> None:
    (here / "mangler.yaml").write_text("actors: [{id: đŋŧ−→č, kind: gpp}]\n", "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "aktorkart.cli", *words.split(), "--lang", "en"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == (2 if "mangler" in words else 1)
    assert b"Traceback" not in done.stderr
    if "json" in words:
        assert "Čáhci" in done.stdout.decode("utf-8")
    elif "mangler" in words:
        assert b"gpp" in done.stderr
    else:
        assert b"hci" in done.stdout.replace("á".encode(encoding, "ignore"), b"")


def test_closed_streams_are_told(here: Path) -> None:
    program = f"{sys.executable} -m aktorkart.cli"
    for words, code in (
        ("check - <&-", 2),
        ("convert kart.yaml -o - >&-", 2),
        ("schema >&-", 2),
        ("check kart.yaml --format json >&-", 2),
    ):
        done = subprocess.run(  # noqa: S602 - the shell closes the stream
            f"{program} {words}", shell=True, capture_output=True, check=False, cwd=here
        )
        assert done.returncode == code, words
        assert done.stderr
        assert b"Traceback" not in done.stderr


def test_names_of_files_in_other_letters(here: Path) -> None:
    name = b"kart-\xe5.yaml"
    with open(name, "wb") as stream:  # noqa: PTH123 - a name in Latin-1
        stream.write(b"actors: [{id: nav, kind: gpp}]")
    for words in (["check"], ["check", "--format", "json"], ["report"], ["draw"]):
        command: list[str | bytes] = [sys.executable, "-m", "aktorkart.cli", words[0], name]
        command += words[1:]
        done = subprocess.run(command, capture_output=True, check=False, cwd=here)  # noqa: S603
        assert done.returncode == 2
        assert b"gpp" in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("lang", "counts", "strength"),
    [
        (
            "nb",
            "3 aktører og 2 relasjoner",
            "kolonnen «Tetthet»: Kolonnen er lest som styrken, på skalaen 1–5",
        ),
        (
            "sv",
            "3 aktörer och 2 relationer",
            "kolumnen ”Tetthet”: Kolumnen har lästs som styrkan, på skalan 1–5",
        ),
    ],
)
def test_check_says_what_was_understood_of_a_table(
    lang: str, counts: str, strength: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "samarbeid.csv"
    path.write_text("Fra;Til;Tetthet\nNAV;DPS;4\nDPS;Kor;2\n", "utf-8")
    assert cli.main(["check", str(path), "--lang", lang]) == 1
    out, err = capsys.readouterr()
    assert counts in out
    assert strength in err
