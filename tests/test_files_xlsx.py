"""Workbooks: our own come back as they were, and people's are read as people see them."""

from __future__ import annotations

import builtins
import contextlib
import datetime as dt
import io
import re
import zipfile
from functools import partial
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart import Actor, ActorMap, Tie
from aktorkart.errors import (
    AktorkartError,
    InvalidMap,
    MissingExtra,
    UnreadableFile,
    UnsupportedFile,
    UnwritableFile,
)
from aktorkart.files import load_bytes, to_text
from aktorkart.files.decoding import File
from aktorkart.files.sheets import Reading
from aktorkart.files.words import code_of, labels
from aktorkart.files.xlsx import dump, grids
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from aktorkart.files.formats import Loaded

Rows = list[list[Any]]


def workbook(sheets: Mapping[str, Rows], change: Callable[[Any], None] | None = None) -> bytes:
    """Make a workbook as somebody else's program does."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change is not None:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def loaded(
    sheets: Mapping[str, Rows], change: Callable[[Any], None] | None = None, **how: Any
) -> Loaded:
    data = workbook(sheets, change)
    return load_bytes(data, name="kart.xlsx", format="xlsx", reading=Reading(**how))


def codes(found: Loaded) -> set[str]:
    return {note.code for note in found.notes}


def said(found: Loaded, code: str, lang: str = "en") -> str:
    (note,) = [note for note in found.notes if note.code == code]
    return note.text(lang)


ACTORS: Rows = [["Id", "Navn", "Type"], ["nav", "NAV", "NAV"], ["dps", "DPS", "DPS"]]
TIES: Rows = [["Fra", "Til", "Styrke"], ["nav", "dps", 4]]
PAIR = {"Aktører": ACTORS, "Relasjoner": TIES}


# --- our own


@settings(max_examples=60, deadline=None)
@given(actor_maps())
def test_a_map_comes_back_as_it_was_or_what_is_lost_is_listed(kart: ActorMap) -> None:
    made = dump(kart, "kart.xlsx")
    lost = [field for note in made.notes for field in note.values["fields"]]
    assert dump(kart, "kart.xlsx").files == made.files
    (data,) = made.files.values()
    back = load_bytes(data, name="kart.xlsx", format="xlsx").kart
    assert back.scope == kart.scope
    for one, again in zip(kart.actors, back.actors, strict=True):
        for name in ("id", "name", "kind", "organisation"):
            assert getattr(one, name) == getattr(again, name)
    for tie, same in zip(kart.ties, back.ties, strict=True):
        for name in ("source", "target", "kind", "mutual", "needed", "since", "until", "quality"):
            assert getattr(tie, name) == getattr(same, name)
    for name in ActorMap.model_fields:
        told = any(field.partition(".")[0] == name for field in lost)
        # Reading declares the kinds that are met.
        assert told or name.endswith("kinds") or getattr(kart, name) == getattr(back, name)


@pytest.mark.parametrize("name", ["karate", "kite", "opsahl", "skane", "burt_directed"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_example_comes_back_whole_in_every_language(name: str, lang: str) -> None:
    kart = getattr(ak.examples, name)().with_(lang=lang)
    made = dump(kart, "kart.xlsx")
    assert made.notes == ()
    found = load_bytes(made.files["kart.xlsx"], name="kart.xlsx", format="xlsx")
    assert found.kart == kart
    assert found.notes == ()


def test_cells_are_words_numbers_and_text_that_nobody_runs() -> None:
    tags: Mapping[str, Any] = {"n": 2, "yes": True, "list": ("a",), "bar": "a|b", "quote": "'=a"}
    kart = ActorMap(
        lang="nb",
        actors=[
            Actor(id="=1+1", name="@nav", kind="gp", note="-1", tags=tags),
            Actor(id="b", kind="fiskemottak"),
        ],
        ties=[Tie(source="=1+1", target="b", strength=2.5, kind="referral", quality="strained")],
        kinds={"fiskemottak": ak.KindSpec()},
    )
    made = dump(kart, "kart.xlsx")
    assert made.notes == ()
    (data,) = made.files.values()
    assert load_bytes(data, name="k", format="xlsx").kart == kart
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Aktører", "Relasjoner", "Kartet", "aktorkart"]
    assert book["aktorkart"].sheet_state == "hidden"
    first, second = list(book["Aktører"].values)[:2]
    assert first[:3] == ("id", "navn", "type")
    assert second[:4] == ("=1+1", "@nav", "fastlege", "-1")
    assert {cell.data_type for cell in book["Aktører"][2][:4]} == {"s"}
    assert list(book["Relasjoner"].values)[1][2:5] == (2.5, "henvisning", "anstrengt")
    assert book["Aktører"].freeze_panes == "B2"
    rules = {
        str(rule.sqref).partition(":")[0]
        for rule in book["Relasjoner"].data_validations.dataValidation
    }
    assert {"D2", "E2"} <= rules


def test_labels_are_read_as_their_codes() -> None:
    groups = (
        "kind",
        "tie_kind",
        "line",
        "level",
        "linkage",
        "quality",
        "scope",
        "open",
        "bound_to",
    )
    for group in groups:
        for lang in LANGUAGES:
            said_ = labels(group, lang)
            assert len(set(said_.values())) == len(said_)
            assert all(code_of(group, word) == code for code, word in said_.items())


def test_what_was_changed_in_our_own_is_told_with_its_cell() -> None:
    (data,) = dump(ak.examples.kite(), "kart.xlsx").files.values()
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Ties"] if "Ties" in book.sheetnames else book["Relasjoner"]
    sheet["C3"] = "mye"
    stated = book["Kartet"] if "Kartet" in book.sheetnames else book["The map"]
    stated["A9"], stated["B9"] = "eier", "vi"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(InvalidMap) as caught:
        load_bytes(stream.getvalue(), name="kart.xlsx", format="xlsx")
    text = caught.value.text("nb")
    assert re.search(r"celle C3.*«mye» er ikke et tall", text)
    assert re.search(r"celle B9.*«eier» er ikke et kjent felt", text)


def test_text_that_no_cell_holds_is_refused_and_no_text_is_no_workbook() -> None:
    kart = ActorMap(actors=[Actor(id="a", note="n" * 32_768)])
    with pytest.raises(UnwritableFile, match="32,768 characters"):
        dump(kart, "kart.xlsx")
    with pytest.raises(UnsupportedFile, match="xlsx is not text"):
        to_text(kart, format="xlsx")


# --- people's


def test_titles_sums_dates_and_numbers_as_text() -> None:
    rows: list[list[Any]] = [
        ["Samarbeid i Fjordvik 2026"],
        [],
        ["Fra", "Til", "Styrke", "Siden", "Merknad"],
        [301.0, "NAV", "4", dt.date(2024, 2, 1), None],
        ["NAV", "DPS ", "2,5", dt.datetime(2025, 3, 1, tzinfo=None), "x"],  # noqa: DTZ001 - Excel's
        ["DPS", "301", 3, 2019, None],
        ["Sum", None, 9.5, None, None],
    ]
    found = loaded({"Ark1": rows})
    assert [actor.id for actor in found.kart.actors] == ["301", "NAV", "DPS"]
    assert [tie.strength for tie in found.kart.ties] == [4, 2.5, 3]
    assert [tie.since for tie in found.kart.ties] == ["2024-02-01", "2025-03-01", "2019"]
    assert "sum_rows_left_out" in codes(found)


def test_hidden_rows_and_sheets_and_those_to_ignore_are_left_out_and_said() -> None:
    def hide(book: Any) -> None:
        book["Relasjoner"].row_dimensions[3].hidden = True
        book["Gammelt"].sheet_state = "hidden"

    ties = [*TIES, ["nav", "hemmelig", 5], ["dps", "nav", 4]]
    sheets = {**PAIR, "Relasjoner": ties, "Gammelt": TIES, "Notater (ignore)": TIES}
    found = loaded(sheets, hide)
    assert [actor.id for actor in found.kart.actors] == ["nav", "dps"]
    assert len(found.kart.ties) == 1
    assert "row 3" in said(found, "hidden_rows")
    assert "Gammelt" in said(found, "hidden_sheets")
    assert "Notater (ignore)" in said(found, "ignored_sheets")
    with pytest.raises(InvalidMap, match=r"Notater \(ignore\)"):
        loaded({"Notater (ignore)": TIES})


def test_merged_cells_are_read_in_each_row_that_they_span() -> None:
    def merge(book: Any) -> None:
        book["Ark"].merge_cells("A2:A4")
        book["Ark"].merge_cells("D2:E2")

    rows: list[list[Any]] = [
        ["Fra", "Til", "Styrke", "Merknad"],
        ["NAV", "DPS", 4, "a"],
        [None, "BUP", 3],
        [None, "TSB", 2],
    ]
    found = loaded({"Ark": rows}, merge)
    assert [tie.ends for tie in found.kart.ties] == [("NAV", "DPS"), ("NAV", "BUP"), ("NAV", "TSB")]
    assert "cell A2" in said(found, "cells_merged")


def test_errors_and_formulas_that_were_never_calculated_are_told_with_their_cells() -> None:
    def spoil(book: Any) -> None:
        sheet = book["Relasjoner"]
        sheet["C2"] = "=1/0"
        sheet["C3"] = "#N/A"
        sheet["C3"].data_type = "e"

    found = loaded(
        {
            **PAIR,
            "Relasjoner": [*TIES, ["nav", "tsb", 1]],
            "Aktører": [*ACTORS, ["tsb", "TSB", "TSB"]],
        },
        spoil,
    )
    assert [tie.strength for tie in found.kart.ties] == [None, None]
    assert "cell C2" in said(found, "cells_uncalculated")
    assert "celle C3" in said(found, "cells_wrong", "nb")


def test_a_problem_names_sheet_cell_value_and_what_was_meant() -> None:
    rows: list[list[Any]] = [
        [None, None, None],
        [None, *TIES[0]],
        [None, "nav", "dps", "tre"],
        [None, "nva", "dps", 3],
    ]
    with pytest.raises(InvalidMap) as caught:
        loaded({**PAIR, "Relasjoner": rows})
    first, second = sorted(caught.value.text("nb").splitlines())
    assert first.startswith("kart.xlsx, ark Relasjoner, celle B4, kolonnen «Fra»: «nva» er ikke")
    assert "Mente du «nav»" in first
    assert second.startswith("kart.xlsx, ark Relasjoner, celle D3, kolonnen «Styrke»: «tre»")


def test_kumus_workbook() -> None:
    found = loaded(
        {
            "Elements": [
                ["Label", "Type", "Description", "Tags"],
                ["NAV", "Etat", "Arbeid", "stat|lokal"],
                ["DPS", "Sykehus", None, None],
                ["Fastlegen", "Fastlege", None, None],
            ],
            "Connections": [
                ["From", "To", "Type", "Direction", "Strength"],
                ["NAV", "DPS|Fastlegen", "samarbeid", "mutual", 3],
                ["DPS", "Fastlegen", "henvisning", "directed", 4],
            ],
        }
    )
    ties = {(tie.source, tie.target, tie.kind, tie.mutual) for tie in found.kart.ties}
    assert ties == {
        ("NAV", "DPS", "collaboration", True),
        ("NAV", "Fastlegen", "collaboration", True),
        ("DPS", "Fastlegen", "referral", False),
    }


def test_a_matrix_and_one_sheet_with_both() -> None:
    found = loaded({"Matrise": [[None, "a", "b"], ["a", 0, 3], ["b", 3, 0]]})
    assert [(tie.ends, tie.strength, tie.mutual) for tie in found.kart.ties] == [
        (("a", "b"), 3, True)
    ]
    both = loaded({"Alt": [*ACTORS, [], *TIES]})
    assert len(both.kart.actors) == 2
    assert [tie.ends for tie in both.kart.ties] == [("nav", "dps")]


def test_100_000_coloured_empty_rows_are_nothing(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "kart.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, look = book.add_worksheet(), book.add_format({"bg_color": "#ffff00"})
    for number, row in enumerate(TIES):
        sheet.write_row(number, 0, row)
    for number in range(len(TIES), 100_000):
        sheet.write_blank(number, 0, None, look)
    book.close()
    assert len(ak.load(path).kart.ties) == 1


def test_grids_are_what_is_seen() -> None:
    data = workbook({"Svar": [["Navn", "Dag", "Ja"], ["Åse", dt.date(2026, 3, 1), True]]})
    (grid,) = grids(File("svar.xlsx", data))
    assert (grid.file, grid.sheet, grid.typed) == ("svar.xlsx", "Svar", True)
    assert grid.rows == [(1, ["Navn", "Dag", "Ja"]), (2, ["Åse", dt.date(2026, 3, 1), True])]


def test_the_content_decides_whatever_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "kart.csv"
    path.write_bytes(workbook(PAIR))
    found = ak.load(path)
    assert len(found.kart.ties) == 1
    assert "by_content" in codes(found)
    macros = tmp_path / "kart.xlsm"
    macros.write_bytes(workbook(PAIR))
    assert ak.load(macros).kart == found.kart


# --- bad


def test_old_and_locked_workbooks_are_told_as_that() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(data, name="kart.xls", format="xlsx")
    assert "passordbeskyttet eller et gammelt .xls" in caught.value.text("nb")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"Fra;Til\na;b\n", workbook(PAIR)[:1500]],
    # A workbook holds the time it was made at, and every process needs the same names.
    ids=["empty", "two signs", "a table", "half a workbook"],
)
def test_what_is_no_workbook_is_told_as_that(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="no workbook, or it is broken"):
        load_bytes(data, name="kart.xlsx", format="xlsx")


def test_an_empty_workbook_is_empty() -> None:
    with pytest.raises(InvalidMap, match="The file is empty"):
        loaded({"Ark1": []})


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a workbook with the content of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


@pytest.mark.parametrize("address", ['r="XFD1048576"', 'r="ZZZ900000"'])
def test_a_cell_far_out_does_not_fill_the_memory(address: str) -> None:
    def move(name: str, part: bytes) -> bytes:
        return part.replace(b'r="C2"', address.encode()) if "sheet2" in name else part

    with pytest.raises(UnreadableFile, match="does not fit in memory"):
        load_bytes(rezipped(workbook(PAIR), move), name="kart.xlsx", format="xlsx")


def test_a_bomb_of_entities_is_not_unfolded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 12)
    )

    def arm(name: str, part: bytes) -> bytes:
        if "sheet1" not in name:
            return part
        return bomb + b"]>" + part.replace(b"<sheetData>", b'<sheetData><row hidden="1">&l;</row>')

    with pytest.raises(UnreadableFile, match="broken"):
        load_bytes(rezipped(workbook(PAIR), arm), name="kart.xlsx", format="xlsx")


@settings(max_examples=40, deadline=None)
@given(
    st.data(),
    st.lists(st.tuples(st.integers(0, 6000), st.binary(min_size=1, max_size=3)), max_size=6),
)
def test_mutated_workbooks_are_maps_or_words(draw: Any, changes: list[tuple[int, bytes]]) -> None:
    whole = dump(ak.examples.two_brokers(), "kart.xlsx").files["kart.xlsx"]
    inside = draw.draw(st.booleans())

    def spoil(_: str, part: bytes) -> bytes:
        spoilt = bytearray(part)
        for place, put in changes:
            at = place % max(len(spoilt), 1)
            spoilt[at : at + len(put)] = put
        return bytes(spoilt)

    data = rezipped(whole, spoil) if inside else spoil("", whole)
    with contextlib.suppress(AktorkartError):
        assert load_bytes(data, name="kart.xlsx", format="xlsx").kart is not None


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_words(noise: bytes) -> None:
    for data in (noise, b"PK\x03\x04" + noise):
        with pytest.raises(AktorkartError):
            load_bytes(data, name="kart.xlsx", format="xlsx")


@pytest.mark.parametrize("package", ["python_calamine", "xlsxwriter"])
def test_a_missing_library_is_said_with_the_command_that_fixes_it(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = workbook(PAIR)
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    asked: Callable[[], object] = (
        partial(dump, ak.examples.kite(), "kart.xlsx")
        if package == "xlsxwriter"
        else partial(load_bytes, data, name="kart.xlsx", format="xlsx")
    )
    with pytest.raises(MissingExtra, match=r"aktorkart\[excel\]"):
        asked()


@pytest.mark.parametrize("number", [2**53 + 1, -(2**60), 10**40])
def test_a_number_of_too_many_digits_keeps_them_all(number: int, tmp_path: Path) -> None:
    """A cell's number would be another one, and nobody would see it."""
    path = tmp_path / "kart.xlsx"
    ak.write(ActorMap(actors=[Actor(id="nav", tags={"number": number})]), path)
    assert ak.read(path)["nav"].tags["number"] == str(number)
