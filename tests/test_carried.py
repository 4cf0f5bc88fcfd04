"""What we drew or wrote carries its map: the picture is the file."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import docx
import pdfua
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import aktorkart as ak
from aktorkart import cli
from aktorkart.cli.draw import FIGURES
from aktorkart.errors import UnreadableFile, UnsupportedFile, WrongArgument
from aktorkart.figures.drawing.saving import to_bytes
from aktorkart.files.carried import payload
from aktorkart.files.carried.payload import MARK, packed, plain
from aktorkart.files.carried.putting import attached, block, element, put_into_word
from aktorkart.files.load import load
from aktorkart.files.read import load_bytes, load_files
from aktorkart.files.sheets import Reading
from aktorkart.files.word_file import saved
from aktorkart.i18n import LANGUAGES, text
from aktorkart.privacy.shown import shown
from aktorkart.strategies import actor_maps
from drawn import draw, example
from personal import PERSONAL, renamed
from refused import read_or_refused
from reports_of import around, nasty

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PICTURES = (".svg", ".png", ".pdf")
REPORTS = (".html", ".docx", ".pdf")


@cache
def blank(ending: str) -> bytes:
    """Make an empty picture of matplotlib's."""
    stream = io.BytesIO()
    Figure((1, 1)).savefig(stream, format=ending[1:])
    return stream.getvalue()


def in_png(kart: ak.ActorMap) -> bytes:
    stream = io.BytesIO()
    Figure((1, 1)).savefig(stream, format="png", dpi=10, metadata={MARK: packed(kart)})
    return stream.getvalue()


def in_word(kart: ak.ActorMap | None, template: bytes | None = None) -> bytes:
    document = docx.Document(io.BytesIO(template) if template is not None else None)
    put_into_word(document, kart)
    return saved(document)


CARRIERS: dict[str, Callable[[ak.ActorMap], bytes]] = {
    ".svg": lambda kart: f"<svg><metadata>{element(kart)}</metadata><g/></svg>".encode(),
    ".html": lambda kart: f"<!DOCTYPE html><html>{block(kart)}</html>".encode(),
    ".png": in_png,
    ".pdf": lambda kart: attached(blank(".pdf"), kart),
    ".docx": in_word,
}


def opened(data: bytes) -> ak.ActorMap:
    return load_bytes(data, name="kart", format="carried").kart


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(data, name="kart.svg", format="carried")
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert problem.place.file == "kart.svg"
    return problem.code


@settings(max_examples=25, deadline=None)
@given(actor_maps())
def test_what_was_put_in_is_taken_out(kart: ak.ActorMap) -> None:
    """All in one: drawing the maps takes more time than the rest."""
    for make in CARRIERS.values():
        data = make(kart)
        assert opened(data) == kart
        assert make(kart) == data


@pytest.mark.parametrize("ending", CARRIERS)
def test_damaged_files_are_read_whole_or_refused_in_words(ending: str) -> None:
    kart = nasty()
    data = CARRIERS[ending](kart)

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, len(data) - 1), st.integers(0, 255), st.booleans())
    def holds(at: int, byte: int, cut: bool) -> None:  # noqa: FBT001 - drawn
        broken = data[:at] if cut else data[:at] + bytes([byte]) + data[at + 1 :]
        with read_or_refused():
            assert load_bytes(broken, name="kart", format="carried").kart == kart

    holds()


def test_a_damaged_map_and_none_are_told_apart() -> None:
    for make in CARRIERS.values():
        data = make(nasty())
        start = data.find(packed(nasty())[:40].encode())
        if start > 0:
            assert refused(data[: start + 20] + b"AAAA" + data[start + 24 :]) == "carried_damaged"
            assert refused(data[: start + 200]) == "carried_damaged"
    pdf = CARRIERS[".pdf"](nasty())
    assert refused(pdf[: pdf.find(b"endstream\nendobj", pdf.find(b"/EmbeddedFile")) - 20]) == (
        "carried_damaged"
    )
    word = CARRIERS[".docx"](nasty())
    assert refused(word[: len(word) // 2]) == "carried_damaged"
    foreign = [blank(ending) for ending in PICTURES]
    foreign += [in_word(None), b"<html><p>aktorkart-map</p></html>", b"", b"PNG", b"<svg></svg>"]
    assert {refused(data) for data in foreign} == {"carries_no_map"}


def test_what_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("payload", "taking"):
        monkeypatch.setattr(f"aktorkart.files.carried.{module}.MOST_BYTES", 10_000)
    long = nasty().with_(note="x" * 10_000)
    assert {refused(make(long)) for make in CARRIERS.values() if make is not in_word} == {
        "carried_too_large"
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "")
        package.writestr("customXml/item1.xml", b"<" * 10_001)
    assert refused(out.getvalue()) == "carried_too_large"
    assert payload.inflated(zlib.compress(b"x" * 9_999)) == b"x" * 9_999


def test_other_programs_may_save_it_anew(tmp_path: Path) -> None:
    """Texts of a PNG in other chunks, other prefixes in XML, and a PDF with packed objects."""
    kart = nasty()
    for compressed, kind in ((True, b"zTXt"), (False, b"iTXt"), (True, b"iTXt")):
        said = PngInfo()
        add: Any = said.add_text if kind == b"zTXt" else said.add_itxt
        add(MARK, packed(kart), zip=compressed)
        stream = io.BytesIO()
        Image.new("L", (3, 3)).save(stream, "png", pnginfo=said)
        assert kind in stream.getvalue()
        assert opened(stream.getvalue()) == kart
    ET.register_namespace("kept", "urn:aktorkart")
    assert b"<kept:aktorkart-map" in (svg := ET.tostring(ET.fromstring(CARRIERS[".svg"](kart))))  # noqa: S314
    assert opened(svg) == kart
    packing: Any = pikepdf.ObjectStreamMode.generate
    with pikepdf.open(io.BytesIO(CARRIERS[".pdf"](kart))) as pdf:
        pdf.save(tmp_path / "again.pdf", object_stream_mode=packing, linearize=True)
        assert opened((tmp_path / "again.pdf").read_bytes()) == kart
        pdf.save(tmp_path / "plain.pdf", compress_streams=False)
        found = load_files(str(tmp_path / "plain.pdf"), reading=Reading())
        assert found.kart == kart
    beside: Any = pikepdf.new()
    beside.attachments["tall.csv"] = pikepdf.AttachedFileSpec(beside, b"a;b")
    beside.attachments["kart.yaml"] = pikepdf.AttachedFileSpec(beside, plain(kart))
    beside.save(tmp_path / "by_hand.pdf")
    assert ak.read(tmp_path / "by_hand.pdf") == kart


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_knows_the_map_that_may_be_shown(name: str, tmp_path: Path) -> None:
    kart = example("user_network").with_(consent=None, goals=(), plan=())
    kart = renamed(kart.with_(scope="individual"))
    path = tmp_path / "kart.svg"
    ak.figures.save(draw(name, kart), path, embed=True)
    if name == "change":
        assert len(ak.read(path).ties) == len(kart.ties)
    else:
        assert ak.read(path) == shown(kart).kart
    assert not PERSONAL.search(plain(ak.read(path)).decode())
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("ending", PICTURES)
@pytest.mark.parametrize("size", ["a4", (85, 60)])
def test_a_figure_says_that_it_carries_its_map_and_nothing_moves(ending: str, size: Any) -> None:
    kart = nasty()
    axes = ak.figures.network(kart, ax=ak.figures.sheet(size), lang="nb")
    without = to_bytes(axes, ending)
    data = to_bytes(axes, ending, embed=True)
    assert opened(data) == kart
    assert to_bytes(axes, ending, embed=True) == data
    assert to_bytes(axes, ending) == without
    line = text("common.map_in_file", "nb")
    if ending == ".svg":
        svg, before = data.decode(), without.decode()
        assert line in svg
        assert line not in before
        same = re.findall(r'<path d="([^"]+)"', before)[2:]
        assert same == re.findall(r'<path d="([^"]+)"', svg)[2:]
    elif ending == ".png":
        images = [Image.open(io.BytesIO(one)).convert("RGB") for one in (without, data)]
        (wide, high), (_, higher) = (image.size for image in images)
        assert (higher > high) == (size != "a4")
        if size != "a4":
            return  # the strip is no whole number of pixels
        upper = (0, 0, wide, high - round(18 * 200 / 72))
        assert images[0].crop(upper).tobytes() == images[1].crop(upper).tobytes()
    else:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert pdf.check_pdf_syntax() == []
            (file,) = pdf.Root.AF
            assert file.AFRelationship == "/Source"
            assert pdf.attachments["kart.yaml"].get_file().read_bytes() == plain(kart)
            assert pdf.docinfo["/Creator"] == "aktorkart"


def test_of_several_maps_the_latest_is_carried(tmp_path: Path) -> None:
    before = nasty()
    after = before.with_tie(source="a", target="c", kind="referral")
    page = ak.figures.sheet()
    page.remove()
    path = tmp_path / "kart.svg"
    panels: Any = ak.figures.small_multiples([before, after], fig=page.figure, lang="en")
    for drawn in (panels, ak.figures.change(before, after, ax=ak.figures.sheet(), lang="en")):
        ak.figures.save(drawn, path, embed=True)
        assert ak.read(path) == after
        assert text("common.last_map_in_file", "en") in path.read_text("utf-8")
    view = ak.view(after, earlier=before, lang="en")
    assert opened(view.html.encode()) == after
    assert text("common.last_map_in_file", "en") in view.html


def test_namesakes_keep_their_names() -> None:
    """They are told apart in the picture only."""
    same = [ak.Actor(id=id_, name="NAV", organisation=id_) for id_ in ("a", "b")]
    kart = ak.ActorMap(actors=same).with_tie(source="a", target="b")
    assert (
        opened(to_bytes(ak.figures.network(kart, ax=ak.figures.sheet()), ".svg", embed=True))
        == kart
    )
    assert opened(ak.view(kart).html.encode()) == kart


def test_a_figure_without_a_map_has_none_to_carry() -> None:
    for drawn in (ak.figures.sheet(), Figure()):
        with pytest.raises(WrongArgument) as caught:
            to_bytes(drawn, ".svg", embed=True)
        assert caught.value.problems[0].code == "no_map_in_figure"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_carries_its_map_and_says_so(lang: str, tmp_path: Path) -> None:
    line = text("common.map_in_file", lang)
    report = ak.report(nasty(), lang=lang, parts=["summary"], embed=True)
    for ending in REPORTS:
        path = tmp_path / f"rapport{ending}"
        report.save(path)
        assert ak.read(path) == nasty()
        assert report.to_bytes(ending) == path.read_bytes()
        without = ak.report(nasty(), lang=lang, parts=["summary"]).to_bytes(ending)
        assert refused(without) == "carries_no_map"
    assert line in (tmp_path / "rapport.html").read_text("utf-8")
    with pikepdf.open(tmp_path / "rapport.pdf") as pdf:
        assert str(pdf.Root.AF[0].Desc) == line
    assert line in docx.Document(str(tmp_path / "rapport.docx")).paragraphs[-1].text
    assert line not in report._repr_html_()


def test_the_pdf_of_a_report_is_for_archives_and_read_aloud(tmp_path: Path) -> None:
    """PDF/A-3a and PDF/UA-1: typst refuses what breaks either."""
    path = tmp_path / "rapport.pdf"
    ak.report(nasty(), embed=True, lang="nb").save(path)
    assert not pdfua.validate(str(path)).findings
    with pikepdf.open(path) as pdf:
        assert pdf.open_metadata().pdfa_status == "3A"
        (file,) = pdf.Root.AF
        assert file.AFRelationship == "/Source"
        assert pdf.attachments["kart.yaml"].get_file().read_bytes() == plain(nasty())


def test_word_files_carry_nothing_of_their_template(tmp_path: Path) -> None:
    """A report that was made a template may hold a map with names."""
    mal = tmp_path / "mal.docx"
    mal.write_bytes(in_word(nasty().with_(note="gammelt")))
    kept = len(docx.Document(str(mal)).part.rels)
    for embed, more in ((True, 0), (False, 1)):
        report = ak.report(nasty(), parts=["summary"], lang="nb", template=mal, embed=embed)
        data = report.to_docx()
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            ours = [name for name in package.namelist() if MARK.encode() in package.read(name)]
            assert len(ours) == embed
        assert len(docx.Document(io.BytesIO(data)).part.rels) >= kept - more
        assert (opened(data) == nasty()) if embed else (refused(data) == "carries_no_map")


@pytest.mark.slow
def test_the_map_survives_another_word_processor(tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    ak.report(around(), parts=["summary"], embed=True).save(path)
    wanted = ["soffice", "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [*wanted, home, "--outdir", str(tmp_path / "again"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603
    assert ak.read(tmp_path / "again" / "rapport.docx") == shown(around()).kart


def test_what_cannot_carry_a_map_says_so(tmp_path: Path) -> None:
    report = ak.report(nasty(), parts=["summary"], embed=True)
    for name in ("rapport.md", "rapport.json", "bilder/"):
        with pytest.raises(UnsupportedFile) as caught:
            report.save(f"{tmp_path}/{name}")
        assert caught.value.problems[0].code == "no_carrier"
    for name in ("kart.svg", "kart.docx"):
        with pytest.raises(UnsupportedFile) as caught:
            ak.write(nasty(), tmp_path / name)
        assert caught.value.problems[0].code == "carried_is_drawn"
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=8, deadline=None)
@given(actor_maps(max_size=5))
def test_a_view_carries_what_may_be_shown(kart: ak.ActorMap) -> None:
    person = renamed(kart.with_(scope="individual"))
    view = ak.view(person)
    assert opened(view.html.encode()) == shown(person).kart
    assert not PERSONAL.search(plain(opened(view.html.encode())).decode())
    named = ak.view(person, names=True, consent="ignore")
    assert opened(named.html.encode()) == person
    assert refused(ak.view(kart, embed=False).html.encode()) == "carries_no_map"


def test_around_a_person_a_report_carries_roles_unless_names_are_asked_for() -> None:
    for ending in REPORTS:
        report = ak.report(around(), parts=["summary"], embed=True)
        assert opened(report.to_bytes(ending)) == shown(around()).kart
        named = ak.report(around(), parts=["summary"], embed=True, names=True, consent="ignore")
        assert opened(named.to_bytes(ending)) == around()


def test_the_command_line_opens_them_wherever_a_map_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ak.write(nasty(), "kart.yaml")

    def run(words: str) -> int:
        return cli.main([*words.split(), "--lang", "en"])

    assert run("draw kart.yaml --embed -o kart.png -o kart.svg -o kart.pdf") == 0
    assert run("report kart.yaml --parts summary --embed -o rapport.html") == 0
    assert run("view kart.yaml -o view.html") == 0
    expected = run("check kart.yaml")
    told = capsys.readouterr().out
    for name in ("kart.png", "kart.svg", "kart.pdf", "rapport.html", "view.html"):
        assert run(f"check {name}") == expected
        assert capsys.readouterr().out.endswith(told.partition("kart.yaml")[2])
        assert run(f"convert {name} -o igjen.yaml") == 0
        assert ak.read("igjen.yaml") == nasty()
        capsys.readouterr()
    assert run("draw kart.svg -o kart.svg") == 2
    assert run("report kart.yaml --embed -o rapport.md") == 2
    assert run("convert kart.yaml -o kart.html") == 2
    assert run("view kart.yaml --no-embed -o uten.html") == 0
    capsys.readouterr()
    assert run("check uten.html") == 2
    assert "There is no map in this file" in capsys.readouterr().err
    with io.TextIOWrapper((tmp_path / "kart.svg").open("rb")) as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert run("check -") == expected


def test_a_wrong_ending_is_said_and_a_folder_of_maps_has_no_pictures(tmp_path: Path) -> None:
    for ending in (".xml", ".yaml"):
        (tmp_path / f"kart{ending}").write_bytes(CARRIERS[".svg"](nasty()))
        found = load(tmp_path / f"kart{ending}")
        assert found.kart == nasty()
    assert [note.code for note in found.notes] == ["carried_by_content"]
    folder = tmp_path / "kommuner"
    folder.mkdir()
    for name in ("fjordvik", "storvik"):
        ak.write(nasty(), folder / f"{name}.yaml")
        (folder / f"{name}-view.html").write_bytes(CARRIERS[".html"](nasty()))
        (folder / f"{name}.docx").write_bytes(in_word(None))
    assert ak.portfolio(folder).n == 2
