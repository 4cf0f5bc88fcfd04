"""The report as a Word file, with and without a template."""

from __future__ import annotations

import builtins
import io
import re
import subprocess
import zipfile
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn

import aktorkart as ak
from aktorkart.i18n import LANGUAGES
from reports_of import NAMES, around, nasty

if TYPE_CHECKING:
    from pathlib import Path


@cache
def made() -> tuple[ak.Report, bytes]:
    """Make a report and its Word file once."""
    report = ak.report(nasty(), lang="nb", parts=["summary", "centrality", "appendix"])
    return report, report.to_docx()


def parts(data: bytes) -> dict[str, str]:
    """Return the XML of a Word file, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if "xml" in name}


def texts(document: Any) -> list[str]:
    """Return the paragraphs of a document."""
    return [one.text for one in document.paragraphs]


def named(document: Any) -> list[str]:
    """Return the names of the paragraphs' styles."""
    return [one.style.name for one in document.paragraphs]


def test_it_has_styles_captions_alternative_texts_and_heads_that_come_back() -> None:
    report, data = made()
    document = docx.Document(io.BytesIO(data))
    styles = set(named(document))
    assert styles >= {"Title", "Subtitle", "Heading 1", "Caption", "List Paragraph"}
    captions = [
        one for one, name in zip(texts(document), named(document), strict=True) if name == "Caption"
    ]
    drawn = [key for section in report.sections for key in section.figures]
    tables = [key for section in report.sections for key in section.tables]
    numbered = [one for one in captions if re.match(r"(Figur|Tabell) \d+\. ", one)]
    assert len(dict.fromkeys(one.split(".")[0] for one in numbered)) == len(drawn) + len(tables)
    body = document.element.body
    # Numbers are fields, so that Word can make a list of figures, and counts them as we do.
    fields = [one.text.split() for one in body.iter(qn("w:instrText"))]
    assert {field[0] for field in fields} == {"SEQ"}
    counted: Counter[str] = Counter()
    for field, caption in zip(fields, numbered, strict=True):
        counted[field[1]] += "\\c" not in field
        assert caption.startswith(f"{field[1]} {counted[field[1]]}. ")
    alts = [one.get("descr") for one in body.iter(qn("wp:docPr"))]
    assert alts == [report.alt_text(key) for key in drawn]
    widths = {round(int(one.get("cx")) / 36000) for one in body.iter(qn("wp:extent"))}
    assert max(widths) == 160
    for table in document.tables:
        assert "<w:tblHeader/>" in table.rows[0]._tr.xml  # noqa: SLF001 - no other way
    spoken = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {"nb-NO"}


def test_it_is_dated_as_the_map_and_the_same_twice() -> None:
    report, data = made()
    about = docx.Document(io.BytesIO(data)).core_properties
    assert (about.author, about.language, about.created.isoformat()[:10]) == (
        "",
        "nb-NO",
        "2026-03-01",
    )
    assert report.to_docx() == data
    undated = ak.report(ak.ActorMap(), lang="en").to_docx()
    assert "dcterms:created" not in parts(undated)["docProps/core.xml"]


def test_notes_say_which_ties_are_behind_a_sentence() -> None:
    _, data = made()
    found = parts(data)
    said = found["word/footnotes.xml"].count("<w:footnoteRef/>")
    assert said == found["word/document.xml"].count("<w:footnoteReference ") > 0


def template(path: Path, *lines: str) -> Path:
    """Write a template with these lines, the last of them in the foot."""
    document = docx.Document()
    for line in lines[:-1]:
        document.add_paragraph(line)
    document.sections[0].footer.paragraphs[0].text = lines[-1]
    document.save(str(path))
    return path


def test_a_template_is_filled_wherever_its_places_stand(tmp_path: Path) -> None:
    path = tmp_path / "mal.docx"
    document = docx.Document()
    split = document.add_paragraph("Sak: {")
    for piece in ("{ ti", "tle }", "} (ny)"):
        split.add_run(piece).bold = True
    document.add_paragraph("{{ report }}")
    document.add_paragraph("Med hilsen")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "{{date}}"
    table.cell(0, 1).text = "{{ summary }}"
    document.sections[0].footer.paragraphs[0].text = "{{ title }}, side"
    document.save(str(path))
    kart = nasty().with_(title="Vårt {{ date }} kart")
    report = ak.report(kart, lang="nb", parts=["summary", "centrality"], template=path)
    target = tmp_path / "ut.docx"
    report.save(target)
    filled = docx.Document(str(target))
    lines = texts(filled)
    # What the map says is not looked into for places.
    assert lines[0] == "Sak: Vårt {{ date }} kart (ny)"
    assert filled.sections[0].footer.paragraphs[0].text == "Vårt {{ date }} kart, side"
    assert filled.tables[0].cell(0, 0).text == "mars 2026"
    first = report.sections[0].findings[0].brief("nb")
    assert first in filled.tables[0].cell(0, 1).text
    assert first not in lines
    assert "{{ report }}" not in lines
    assert "Hvem er sentral" in " ".join(lines[: lines.index("Med hilsen")])


def test_without_a_place_the_report_comes_last_and_styles_are_made(tmp_path: Path) -> None:
    path = tmp_path / "mal.docx"
    document = docx.Document()
    document.add_paragraph("Brevhode")
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"}
    for style in list(document.styles):
        if style.name not in kept:
            style.element.getparent().remove(style.element)
    document.save(str(path))
    report = ak.report(nasty(), lang="nb", parts=["summary", "appendix"], template=path)
    filled = docx.Document(io.BytesIO(report.to_docx()))
    assert texts(filled)[0] == "Brevhode"
    assert named(filled)[1] == "Title"
    assert "Heading 1" in named(filled)


def test_a_template_of_word_itself_is_taken_too(tmp_path: Path) -> None:
    made_of = io.BytesIO()
    docx.Document().save(made_of)
    path = tmp_path / "mal.dotx"
    with zipfile.ZipFile(made_of) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"document.main+xml", b"template.main+xml"))
    report = ak.report(ak.ActorMap(), lang="en", template=path)
    assert texts(docx.Document(io.BytesIO(report.to_docx())))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_a_broken_template_is_said_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mal.docx"
    path.write_bytes(content)
    for lang in LANGUAGES:
        with pytest.raises(ak.UnreadableFile) as stop:
            ak.report(ak.ActorMap(), lang=lang, template=path).to_docx()
        assert "mal.docx" in stop.value.text(lang)
    with pytest.raises(ak.UnreadableFile, match=r"nei\.docx"):
        ak.report(ak.ActorMap(), template=tmp_path / "nei.docx").to_docx()
    with pytest.raises(ak.WrongArgument):
        ak.report(ak.ActorMap(), template=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("ending", [".html", ".md", ".pdf", ".json"])
def test_only_word_takes_a_template(tmp_path: Path, ending: str) -> None:
    report = ak.report(ak.ActorMap(), lang="en", template=tmp_path / "mal.docx")
    with pytest.raises(ak.UnsupportedFile, match="template"):
        report.save(tmp_path / f"x{ending}")


def test_names_around_a_person_are_in_no_part_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    ak.report(around(), parts=["summary", "user", "appendix"]).save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    told = " ".join(parts(path.read_bytes()).values())
    assert "Bruker" in told
    assert not [name for name in NAMES if name in told]


def test_a_missing_library_is_said_with_the_command_that_fixes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "docx":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ak.MissingExtra, match=r"pip install 'aktorkart\[word\]'"):
        ak.report(ak.ActorMap(), lang="en").to_docx()


@pytest.mark.slow
@pytest.mark.parametrize("name", ak.examples.DEMO)
def test_another_program_opens_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    ak.report(ak.examples.read(name)).save(path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, timeout=300, capture_output=True)  # noqa: S603
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
