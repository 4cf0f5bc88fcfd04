"""With names hidden, nothing that we make holds a letter of them: all outputs, any map."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import tempfile
import zlib
from base64 import b64decode
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from matplotlib.text import Text
from PIL import Image

import aktorkart as ak
from aktorkart import cli
from aktorkart.cli.draw import FIGURES
from aktorkart.errors import WrongArgument
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from drawn import draw
from personal import PERSONAL, renamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SETTINGS: Any = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def around(kart: ak.ActorMap) -> ak.ActorMap:
    consent = ak.Consent(given="2020", until=str(dt.datetime.now(tz=dt.UTC).year + 1))
    return renamed(kart.with_(scope="individual", consent=consent))


def pdf_says(data: bytes) -> Iterator[str]:
    """Yield the texts of a PDF: its metadata, and the letters that its fonts are cut to."""
    for found in re.finditer(rb"<FEFF([0-9A-F]+)>|\((\xfe\xff(?:\\.|[^\\)])*)\)", data):
        raw = bytes.fromhex(found[1].decode()) if found[1] else re.sub(rb"\\(.)", rb"\1", found[2])
        yield raw.decode("utf-16-be", "replace")
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            plain = stream
        if plain.startswith(b"\0\1\0\0"):  # a font's own program: bytes, in which any letter may be
            continue
        yield plain.decode("utf-8", "replace")
        if b"beginbf" in plain:
            codes = re.findall(rb"<([0-9a-fA-F]{4})>", plain)
            yield "".join(chr(int(code, 16)) for code in codes)


def figure_says(drawn: Axes | Figure, folder: str) -> Iterator[str]:
    for artist in (drawn.figure or drawn).findobj():
        yield str(artist.get_gid())
        if isinstance(artist, Text):
            yield artist.get_text()
    for ending in ("svg", "png", "pdf"):
        path = Path(folder, f"x.{ending}")
        ak.figures.save(drawn, path, dpi=40)
        if ending == "svg":
            yield path.read_text("utf-8")
        elif ending == "png":
            with Image.open(path) as image:
                yield repr(image.info)
        else:
            yield from pdf_says(path.read_bytes())


def test_the_reader_of_pdfs_would_find_them() -> None:
    kart = ak.ActorMap(title="ქართული", actors=[ak.Actor(id="a", name="სახელი")])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.pdf")
        axes = ak.figures.network(kart, ax=ak.figures.sheet(), title="")
        ak.figures.save(axes, path, alt="x")
        assert any(map(PERSONAL.search, pdf_says(path.read_bytes())))
        ak.figures.save(ak.figures.network(ak.ActorMap(title="ა"), ax=ak.figures.sheet()), path)
        assert any(map(PERSONAL.search, pdf_says(path.read_bytes())))


@given(kart=actor_maps())
@settings(max_examples=12, **SETTINGS)
def test_no_report_tells_them(kart: ak.ActorMap) -> None:
    report = ak.report(around(kart))
    told = [report.to_html(), report.to_markdown(), report.to_json(), repr(report)]
    told += [str(report._repr_html_())]
    told += [report.alt_text(key) for section in report.sections for key in section.figures]
    told += [finding.text(lang) for finding in report.findings for lang in LANGUAGES]
    told += [table.to_csv() for table in report.tables.values()]
    assert not [one for one in told if PERSONAL.search(one)]


@given(kart=actor_maps())
@settings(max_examples=12, **SETTINGS)
def test_no_notebook_tells_them(kart: ak.ActorMap) -> None:
    kart = around(kart)
    bundle, about = kart._repr_mimebundle_()
    assert set(bundle) - {"image/png"} == {"text/html", "text/plain"}
    assert ("image/png" in bundle) == ("image/png" in about)
    picture = b64decode(bundle.pop("image/png", "")).decode("latin-1")
    alt = about.get("image/png", {}).get("alt", "")
    for told in (*bundle.values(), picture, alt, repr(kart), str(kart), repr(ak.report(kart))):
        assert not PERSONAL.search(told)


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_tells_them(name: str) -> None:
    @given(kart=actor_maps())
    @settings(max_examples=4, **SETTINGS)
    def holds(kart: ak.ActorMap) -> None:
        kart = around(kart)
        axes = draw(name, kart)
        with tempfile.TemporaryDirectory() as folder:
            assert not [one for one in figure_says(axes, folder) if PERSONAL.search(one)]
        assert not PERSONAL.search(ak.figures.alt_text(kart))

    holds()


@given(kart=actor_maps())
@settings(max_examples=12, **SETTINGS)
def test_no_file_with_roles_tells_them(kart: ak.ActorMap) -> None:
    kart = around(kart)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("kart.yaml", "kart.json", "kart.csv"):
            notes = ak.write(kart, Path(folder, name), names=False)
            assert not PERSONAL.search(" ".join(note.text("nb") for note in notes))
        for file in Path(folder).iterdir():
            assert not PERSONAL.search(file.read_text("utf-8"))
        again = ak.read(Path(folder, "kart.csv"))
        assert again.scope == "individual"


@given(before=actor_maps(), after=actor_maps())
@settings(max_examples=12, **SETTINGS)
def test_no_comparison_tells_them(before: ak.ActorMap, after: ak.ActorMap) -> None:
    change = ak.compare(around(before), around(after))
    told = [repr(change), change.table().to_html(), *map(change.text, LANGUAGES)]
    assert not [one for one in told if PERSONAL.search(one)]
    shown = change.shown()
    assert shown.numbers == change.numbers
    assert len(shown.actors_lost) == len(change.actors_lost)


@given(before=actor_maps(max_size=4), after=actor_maps(max_size=4))
@settings(max_examples=8, **SETTINGS)
def test_no_report_on_a_change_and_no_series_tells_them(
    before: ak.ActorMap, after: ak.ActorMap
) -> None:
    maps = around(before), around(after)
    report = ak.report_change(*maps)
    told = [report.to_markdown(), report.to_json(), repr(report), report.alt_text("change")]
    told += [finding.text(lang) for finding in report.findings for lang in LANGUAGES]
    series = ak.series(maps)
    told += [repr(series), series.text(), series.table().to_csv(), series.actors_table().to_csv()]
    assert not [one for one in told if PERSONAL.search(one)]


@given(kart=actor_maps())
@settings(max_examples=10, **SETTINGS)
def test_no_command_tells_them(kart: ak.ActorMap) -> None:
    kart = around(kart)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        ak.write(kart, "inn.yaml")
        for words in (
            "check inn.yaml",
            "check inn.yaml --format json",
            "report inn.yaml",
            "report inn.yaml -o -",
            "convert inn.yaml -o ut.json --roles",
            "convert inn.yaml -o - --roles",
            "draw inn.yaml -o ut.svg",
        ):
            told = said(words)
            assert not PERSONAL.search(told), words
        names = sorted(file.name for file in Path(folder).iterdir())
        assert names == ["inn-report.html", "inn.yaml", "ut.json", "ut.svg"]
        for name in set(names) - {"inn.yaml"}:
            assert not PERSONAL.search(Path(name).read_text("utf-8"))
        assert json.loads(Path("ut.json").read_text("utf-8"))["scope"] == "individual"


def said(words: str) -> str:
    """Return all that a command says, to the reader and to other programs."""
    import contextlib
    import io

    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert cli.main(words.split()) in {0, 1}
        out.flush()
        raw = out.buffer.getvalue()
    return str(raw.decode("utf-8")) + err.getvalue()


def tables_of_others(kart: ak.ActorMap) -> dict[str, str]:
    """Write a map as people do: a list of ties, nominations, a matrix, a page for Mermaid."""
    labels = {actor.id: actor.label for actor in kart.actors}
    pairs = sorted({(labels[tie.source], labels[tie.target]) for tie in kart.ties})
    first = labels[kart.actors[0].id]
    chosen = {name: [other for one, other in pairs if one == name] for name in labels.values()}
    some = dict([*chosen.items()][: len(chosen) // 2 + 1])
    kinds = {name: "bruker" if name == first else "fastlege" for name in chosen}
    return {
        "list.csv": "Fra;Til;Styrke\n" + "".join(f"{a};{b};3\n" for a, b in pairs),
        "nominations.csv": "Navn;Type;Samarbeider med\n"
        + "".join(f"{a};{kinds[a]};{', '.join(all_)}\n" for a, all_ in some.items()),
        "matrix.csv": ";".join(["", *chosen])
        + "\n"
        + "".join(";".join([a, *("01"[b in chosen[a]] for b in chosen)]) + "\n" for a in chosen),
        "sheet.csv": f"Navn;Type;Fra;Til;{first}\n"
        + "".join(f"{name.upper()};{kinds[name]};;;x\n" for name in chosen)
        + "".join(f";;{a};{b};\n" for a, b in pairs),
    }


@settings(max_examples=25, **SETTINGS)
@given(actor_maps(min_size=1, min_ties=1))
def test_what_is_told_of_reading_names_nobody_around_a_person(kart: ak.ActorMap) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in tables_of_others(around(kart)).items():
            path = Path(folder, name)
            path.write_text(content, "utf-8")
            try:
                loaded = ak.load(path)
            except ak.AktorkartError:
                continue
            if loaded.kart.scope == "individual":
                said = [note.text(lang) for note in loaded.notes for lang in LANGUAGES]
                assert not PERSONAL.search("\n".join(said)), (name, said)


def test_what_is_told_of_reading_has_roles_for_names(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(
        "Navn;Type;Samarbeider med\nKari Nordmann;bruker;Ola Vik, Lise Berg\nOla Vik;fastlege;\n",
        "utf-8",
    )
    said = " ".join(note.text("nb") for note in ak.load(tmp_path / "w.csv").notes)
    assert "Ukjent type er nevnt av andre" in said
    assert not re.search("Kari|Nordmann|Ola|Vik|Lise|Berg", said)


def _figure_of(name: str, kart: ak.ActorMap, names: Any) -> object:
    figure = getattr(ak.figures, name)
    if name == "small_multiples":
        return figure([kart, kart], names=names)
    return figure(kart, kart, names=names) if name == "change" else figure(kart, names=names)


DOORS: dict[str, Any] = {
    "report": lambda kart, names: ak.report(kart, names=names),
    "view": lambda kart, names: ak.view(kart, names=names),
    "form": lambda kart, names: ak.form(kart, names=names),
    "alt_text": lambda kart, names: ak.figures.alt_text(kart, names=names),
    "write": lambda kart, names: ak.write(kart, os.devnull, format="yaml", names=names),
    "compare": lambda kart, names: ak.compare(kart, kart).text(names=names),
    "report on a change": lambda kart, names: ak.report_change(kart, kart, names=names),
    **{name: partial(_figure_of, name) for name in FIGURES},
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("names", ["no", "False", "", 0, 1])
def test_a_word_is_no_permission_to_show_names(door: str, names: object) -> None:
    """``names="no"``, as in the query of a web page, would count as yes."""
    with pytest.raises(WrongArgument, match="names must be True or False"):
        DOORS[door](ak.examples.user_network(), names)
