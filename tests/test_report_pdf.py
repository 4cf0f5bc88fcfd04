"""The report as PDF: for archives, and for those who have it read aloud."""

from __future__ import annotations

import builtins
import io
import json
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import category

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.i18n import LANGUAGES, text
from reports_of import NAMES, around, nasty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@cache
def made(name: str, lang: str) -> bytes:
    """Make the PDF of an example once."""
    return ak.report(ak.examples.read(name), lang=lang).to_pdf()


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """Return the structure elements of a kind."""
    return [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and "/P" in one and one.get("/S") == f"/{kind}"
    ]


def fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what the fonts in the file are called."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one:
            yield str(one.BaseFont).rpartition("+")[2].lstrip("/")


def place(mark: Any) -> Any:
    """Return the page that a bookmark leads to."""
    found = mark.destination if mark.destination is not None else mark.action.D
    return found[0].objgen


def check(data: bytes, report: ak.Report, tmp_path: Path) -> None:
    """Hold a PDF against what archives and screen readers ask for."""
    import pdfua

    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    # pdfua looks into 16 of the 106 rules of PDF/UA-1, no more; typst refuses what breaks others.
    assert not pdfua.validate(str(path)).findings
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang)[:2] == report.lang
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["pdfuaid:part"] == "1"
        figures = elements(pdf, "Figure")
        drawn = [key for section in report.sections for key in section.figures]
        assert sorted(str(one.Alt) for one in figures) == sorted(map(report.alt_text, drawn))
        assert len(elements(pdf, "THead")) == len(elements(pdf, "Table"))
        assert elements(pdf, "TH")
        assert set(fonts(pdf)) == {"DejaVuSans", "DejaVuSans-Bold"}
        with pdf.open_outline() as outline:
            marks = [one.title for one in outline.root]
        parts = dict.fromkeys(section.part for section in report.sections)
        headings = [text(f"report.part.{part}", report.lang) for part in parts]
        assert [one for one in marks if one in headings] == headings


def test_a_small_map_is_written_as_it_stands_and_the_same_twice(tmp_path: Path) -> None:
    report = ak.report(nasty(), lang="nb", parts=["summary", "centrality", "appendix"])
    path = tmp_path / "x.pdf"
    report.save(path)
    data = path.read_bytes()
    check(data, report, tmp_path)
    with pikepdf.open(path) as pdf:
        # Nothing of the map is read as markup, and signs that no font has are boxes.
        said = str(pdf.docinfo.Title)
        assert said.startswith("#pagebreak() *x* <a> $1$ {{ title }} @b \\ ")
        assert str(pdf.docinfo.CreationDate).startswith("D:20260301")
    assert report.to_pdf() == data


def test_names_around_a_person_are_in_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import typst

    given_to: list[dict[str, bytes]] = []
    real = typst.compile

    def compile_(sources: Any, **options: Any) -> Any:
        given_to.append(sources)
        return real(sources, **options)

    monkeypatch.setattr(typst, "compile", compile_)
    report = ak.report(around(), parts=["summary", "user"])
    path = tmp_path / "x.pdf"
    report.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    told = json.loads(given_to[0]["data.json"])
    words = repr(told) + "".join(
        data.decode() for name, data in given_to[0].items() if name.endswith(".svg")
    )
    with pikepdf.open(path) as pdf:
        words += repr([str(one) for _, one in pdf.docinfo.items()])
        words += repr([str(one.Alt) for one in elements(pdf, "Figure")])
    assert "Bruker" in words
    assert not [name for name in NAMES if name in words]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "lang"),
    [
        *((name, "nb") for name in ak.examples.DEMO),
        *(("user_network", lang) for lang in LANGUAGES[1:]),
    ],
)
def test_examples_hold_what_archives_ask_for(name: str, lang: str, tmp_path: Path) -> None:
    report = ak.report(ak.examples.read(name), lang=lang)
    data = made(name, lang)
    check(data, report, tmp_path)
    # The first part is exactly one page: the contents begin the second.
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        pages: list[Any] = [page.objgen for page in pdf.pages]
        begins = [(one.title, pages.index(place(one))) for one in outline.root]
        assert begins[0][1] == 0
        assert {at for title, at in begins[1:3]} <= {1, 2}
        assert begins[1][1] == 1


@pytest.mark.slow
@pytest.mark.parametrize("kart", [ak.ActorMap(), ak.ActorMap(actors=[ak.Actor(id="a")])])
def test_next_to_nothing_is_a_pdf_too(kart: ak.ActorMap) -> None:
    assert ak.report(kart, lang="en").to_pdf().startswith(b"%PDF")


SIGNS = st.characters(categories=["L", "M", "N", "P", "S", "Zs", "Cf", "Co"])
# Signs that nobody sees are left out of a name, and alone they are none.
CALLED = st.text(SIGNS, min_size=1, max_size=8).filter(
    lambda name: any(category(sign) not in {"Cf", "Zs"} for sign in name)
)
ODD = (
    "👨\u200d👩\u200d👧 Familien",
    "👩\u200d⚕\ufe0f Legen",
    "a\u0308\u0323",
    "□\u0301",
    "ab\u0eb3",
    "\uef00",
)


# A mark of one font on a letter of another has no glyph in either: matplotlib draws a box.
@pytest.mark.filterwarnings("ignore:Glyph")
@given(st.lists(CALLED, min_size=12, max_size=12))
@example(list(ODD))
@settings(max_examples=6, deadline=None)
def test_whatever_people_are_called_there_is_a_pdf(names: list[str]) -> None:
    """Signs that join others, or stand on them, have no text of their own that typst could keep."""
    actors = [ak.Actor(id=f"a{place}", name=name) for place, name in enumerate(names)]
    ties = [ak.Tie(source="a0", target=actor.id, strength=2) for actor in actors[1:]]
    kart = ak.ActorMap(title=" ".join(names), actors=actors, ties=ties)
    assert ak.report(kart, parts=["summary", "centrality"]).to_pdf().startswith(b"%PDF")


def test_a_missing_library_is_said_with_the_command_that_fixes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ak.MissingExtra, match=r"pip install 'aktorkart\[pdf\]'"):
        ak.report(ak.ActorMap(), lang="en").to_pdf()
