"""A logo on top of a report, in the files that can hold one."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import aktorkart as ak

if TYPE_CHECKING:
    from pathlib import Path

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    b'<rect width="40" height="20"/></svg>'
)


@pytest.fixture
def png(tmp_path: Path) -> Path:
    path = tmp_path / "merke.png"
    Image.new("RGB", (60, 30), "navy").save(path)
    return path


def short(logo: Path) -> ak.Report:
    return ak.report(ak.examples.two_brokers(), parts=["summary"], lang="nb", logo=logo)


def test_a_page_holds_its_logo_and_reads_it_to_nobody(png: Path) -> None:
    page = short(png).to_html()
    assert page.count('<img class="logo" alt="" src="data:image/png;base64,') == 1
    assert "<img" not in ak.report(ak.examples.two_brokers(), parts=["summary"]).to_html()


def test_word_and_pdf_show_it(png: Path, tmp_path: Path) -> None:
    made = short(png)
    word = made.to_docx()
    plain = ak.report(ak.examples.two_brokers(), parts=["summary"], lang="nb")
    with zipfile.ZipFile(io.BytesIO(word)) as opened:
        media = [name for name in opened.namelist() if name.startswith("word/media/")]
        assert png.read_bytes() in [opened.read(name) for name in media]
    assert len(made.to_pdf()) > len(plain.to_pdf())
    drawn = tmp_path / "merke.svg"
    drawn.write_bytes(SVG)
    assert short(drawn).to_pdf().startswith(b"%PDF")


def test_what_cannot_be_shown_is_told(png: Path, tmp_path: Path) -> None:
    for ending in ("md", "json"):
        with pytest.raises(ak.UnsupportedFile, match="HTML, Word"):
            short(png).save(tmp_path / f"r.{ending}")
    with pytest.raises(ak.UnsupportedFile, match=r"not .*bilder/"):
        short(png).save(f"{tmp_path}/bilder/")
    drawn = tmp_path / "merke.svg"
    drawn.write_bytes(SVG)
    with pytest.raises(ak.UnsupportedFile, match="PNG"):
        short(drawn).save(tmp_path / "r.docx")
    words = tmp_path / "merke.txt"
    words.write_text("Fjordvik")
    with pytest.raises(ak.UnsupportedFile, match="JPEG"):
        short(words)
    with pytest.raises(ak.UnreadableFile):
        short(tmp_path / "mangler.png")
    broken = tmp_path / "halv.png"
    broken.write_bytes(png.read_bytes()[:20])
    for ending in ("docx", "pdf"):
        with pytest.raises(ak.UnsupportedFile, match="broken"):
            short(broken).save(tmp_path / f"r.{ending}")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "halv.png",
        "merke.png",
        "merke.svg",
        "merke.txt",
    ]
