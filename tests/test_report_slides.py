"""A report as a folder of slides: a picture and a text for each figure."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import aktorkart as ak
from aktorkart.cli.program import main

if TYPE_CHECKING:
    from pathlib import Path


def test_each_figure_is_a_slide_with_its_words(tmp_path: Path) -> None:
    made = ak.report(ak.examples.user_network(), parts=["summary", "strengths"], lang="nb")
    made.save(f"{tmp_path}/bilder/")
    names = [path.name for path in sorted((tmp_path / "bilder").iterdir())]
    assert names == ["01-ego.png", "01-ego.txt"]
    with Image.open(tmp_path / "bilder" / "01-ego.png") as picture:
        assert picture.size == (2000, 1125)
    said = (tmp_path / "bilder" / "01-ego.txt").read_text("utf-8")
    assert said.startswith("Det viktigste\n\n! Bruker må fortelle historien sin 3 ganger")
    assert made.alt_text("ego") in said
    assert all(
        stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (tmp_path / "bilder").iterdir()
    )
    assert not any(
        actor.label in said
        for actor in ak.examples.user_network().actors
        if actor.kind in {"user", "next_of_kin", "peer", "friend"}
    )


def test_the_command_writes_into_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ak.write(ak.examples.two_brokers(), "kart.yaml")
    command = ["report", "kart.yaml", "--parts", "summary", "-o", "slides/", "--lang", "en"]
    assert main(command) == 0
    assert "slides/" in capsys.readouterr().err
    assert (tmp_path / "slides" / "01-network.png").exists()
    (tmp_path / "fil").write_text("")
    with pytest.raises(ak.UnwritableFile):
        ak.report(ak.examples.two_brokers(), parts=["summary"]).save("fil/")
