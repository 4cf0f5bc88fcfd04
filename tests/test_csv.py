"""A pair of CSV files: what spreadsheets make of them, and what they cannot hold."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktorkart.errors import InvalidMap, UnreadableFile, UnsupportedFile
from aktorkart.files import load, read, read_bytes, to_text, write
from aktorkart.files.cells import is_ambiguous, read_tag
from aktorkart.model import Actor, ActorMap, KindSpec, Tie

if TYPE_CHECKING:
    from pathlib import Path

ACTORS = "id,name,kind\nnav,NAV,nav\nfastlege,Fastlegen,gp\n"
TIES = "source,target,strength\nnav,fastlege,4\n"


def pair(folder: Path, actors: str | bytes, ties: str | bytes, stem: str = "kart") -> Path:
    for name, said in (("actors", actors), ("ties", ties)):
        data = said.encode() if isinstance(said, str) else said
        (folder / f"{stem}_{name}.csv").write_bytes(data)
    return folder / f"{stem}.csv"


def problems(path: Path) -> list[tuple[str, str, int | None, str | None]]:
    with pytest.raises(InvalidMap) as caught:
        read(path)
    return [
        (one.code, str(one.place.file)[len(str(path.parent)) + 1 :], one.place.row, one.place.field)
        for one in caught.value.problems
    ]


def test_norwegian_excel(tmp_path: Path) -> None:
    """Issue 2: decimal comma, semicolon, Windows-1252 and stray spaces are accepted."""
    path = pair(
        tmp_path,
        " Id ;Navn;Type ; Makt\r\nnav; NAV Øst ;NAV;2,5\r\n;;;\r\nlege;Bjørn;Fastlege;\r\n".encode(
            "cp1252"
        ),
        "sep=;\r\nFra;TIL;Styrke (1–5);Gjensidig;Fra dato;Kommune nr\r\n"
        "nav;lege ;4,0;Nei;1.3.2026;0301\r\n".encode("cp1252"),
    )
    kart = read(path)
    assert kart["nav"] == Actor(id="nav", name="NAV Øst", kind="nav", power=2.5)
    assert kart["lege"] == Actor(id="lege", name="Bjørn", kind="gp")
    assert kart.ties == (
        Tie(
            source="nav",
            target="lege",
            strength=4,
            mutual=False,
            since="2026-03-01",
            tags={"Kommune nr": "0301"},
        ),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    actors = "id,name\nå,Ås\nb,B\n".replace(",", delimiter).encode(encoding)
    ties = "source,target\nå,b\n".replace(",", delimiter).encode(encoding)
    assert read(pair(tmp_path, actors, ties))["å"].name == "Ås"


@pytest.mark.parametrize(
    ("actors", "ties", "ask"),
    [
        ("kart_actors.csv", "kart_ties.csv", "kart.csv"),
        ("kart_actors.csv", "kart_ties.csv", "kart_ties.csv"),
        ("kart_aktører.csv", "kart_relasjoner.csv", "kart.csv"),
        ("kart_aktorer.csv", "kart_band.csv", "kart_aktorer.csv"),
        ("KART-Aktører.csv", "KART-Relasjoner.csv", "kart.csv"),
        ("actors.csv", "ties.csv", "ties.csv"),
        (unicodedata.normalize("NFD", "kart_aktører.csv"), "kart_relasjoner.csv", "kart.csv"),
    ],
)
def test_both_files_are_found(tmp_path: Path, actors: str, ties: str, ask: str) -> None:
    (tmp_path / actors).write_text(ACTORS, "utf-8")
    (tmp_path / ties).write_text(TIES, "utf-8")
    found = load(tmp_path / ask)
    assert len(found.kart.ties) == 1
    other = {actors: ties, ties: actors}.get(ask)  # kart.csv asks for both
    assert [note.values["file"] for note in found.notes] == ([other] if other else [])


def test_half_a_pair_is_said(tmp_path: Path) -> None:
    (tmp_path / "kart_actors.csv").write_text(ACTORS)
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "kart.csv")
    assert "kart_ties.csv" in caught.value.text("nb")
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "kartt_actors.csv")
    assert caught.value.problems[0].guesses == (str(tmp_path / "kart_actors.csv"),)


def test_errors_in_both_files_at_once_with_row_and_column(tmp_path: Path) -> None:
    """Issue 2: Every error in one go, with row and column name in CSV."""
    path = pair(
        tmp_path,
        "id;navn;makt\nnav;NAV;sterk\n\nnav;Nav;3\nlege;x;7\n",
        "fra;til;styrke\nnav;legen;4\nnav;;9\n",
    )
    assert problems(path) == [
        ("not_number", "kart_actors.csv", 2, "makt"),
        ("duplicate_actor", "kart_actors.csv", 4, "id"),
        ("out_of_range", "kart_actors.csv", 5, "makt"),
        ("unknown_actor", "kart_ties.csv", 2, "til"),
        ("missing", "kart_ties.csv", 3, "til"),
    ]
    with pytest.raises(InvalidMap) as caught:
        read(path)
    said = caught.value.text("nb")
    assert "kart_ties.csv, rad 2, kolonnen «til»" in said
    assert "Mente du «lege»?" in said


@pytest.mark.parametrize(
    ("actors", "ties", "found"),
    [
        ("navnet\nx\n", TIES, ("csv_no_column", "kart_actors.csv", 1, None)),
        (ACTORS, "fra;styrke\nnav;3\n", ("csv_no_column", "kart_ties.csv", 1, None)),
        ("id;navn\nnav;NAV;x\n", "fra;til\n", ("csv_extra_cell", "kart_actors.csv", 2, None)),
        ('id;navn\nnav;"NAV\n', "fra;til\n", ("csv_quote", "kart_actors.csv", 2, None)),
        ('id;navn\nnav;"NAV" x\n', "fra;til\n", ("csv_syntax", "kart_actors.csv", 2, None)),
        ("", TIES, ("empty_file", "kart_actors.csv", None, None)),
        (ACTORS, "", ("empty_file", "kart_ties.csv", None, None)),
    ],
)
def test_what_is_wrong_with_a_table(
    tmp_path: Path, actors: str, ties: str, found: tuple[str, str, int | None, str | None]
) -> None:
    assert found in problems(pair(tmp_path, actors, ties))


def test_names_alone_are_ids(tmp_path: Path) -> None:
    kart = read(pair(tmp_path, "Navn\nNAV Øst\nFastlegen\n", "fra;til\nFastlegen;NAV Øst\n"))
    assert [actor.id for actor in kart.actors] == ["NAV Øst", "Fastlegen"]


def test_counts_have_no_scale_and_a_heading_may_state_one(tmp_path: Path) -> None:
    actors = "id\na\nb\n"
    assert read(pair(tmp_path, actors, "fra;til;antall\na;b;559\n")).strength_scale is None
    kart = read(pair(tmp_path, actors, "fra;til;styrke (1-10)\na;b;9\n"))
    assert kart.strength_scale == (1, 10)


def test_own_kinds_are_declared_with_a_note(tmp_path: Path) -> None:
    """A pair of CSV files has no place to declare kinds; a slip near a known word is an error."""
    loaded = load(pair(tmp_path, "id;type\na;fiskemottak\n", "fra;til\n"))
    assert loaded.kart.kinds == {"fiskemottak": KindSpec()}
    (note,) = [note for note in loaded.notes if note.code == "kinds_declared"]
    assert dict(note.values)["kinds"] == ["fiskemottak"]
    assert "fiskemottak" in note.text("sv")


def test_written_for_excel(tmp_path: Path) -> None:
    """DESIGN: cells that start with = + - @ are written as text."""
    kart = ActorMap(
        lang="nb",
        title="Kart",
        actors=[
            Actor(id="a", name="=cmd()", power=2.5, tags={"nr": "0301", "antall": 4, "merke": "4"}),
            Actor(id="b", name="+47", note="-x", tasks=["én", "to"]),
        ],
        ties=[Tie(source="a", target="b", strength=2.5, mutual=False)],
    )
    notes = write(kart, tmp_path / "kart.csv")
    assert (tmp_path / "kart_actors.csv").read_bytes().decode("utf-8-sig") == (
        "id;navn;type;makt;oppgaver;merknad;nr;antall;merke\r\n"
        "a;'=cmd();;2,5;;;0301;4;'4\r\n"
        "b;'+47;;;én|to;'-x;;;\r\n"
    )
    assert (tmp_path / "kart_ties.csv").read_bytes().decode("utf-8-sig") == (
        "fra;til;styrke;type;gjensidig\r\na;b;2,5;;nei\r\n"
    )
    assert notes == ()
    again = read(tmp_path / "kart.csv")
    assert again == kart
    write(kart, tmp_path / "x_aktører.csv")
    assert (tmp_path / "x_relasjoner.csv").exists()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8))
def test_text_in_a_tag_stays_text(said: str) -> None:
    bare = " ".join(said.split())
    written = "'" + bare if is_ambiguous(bare) else bare
    assert bare.startswith("'") or read_tag(written) == bare


def test_csv_is_not_one_text() -> None:
    with pytest.raises(UnsupportedFile):
        to_text(ActorMap(), format="csv")
    with pytest.raises(UnsupportedFile):
        read_bytes(b"", name="-", format="csv")


def test_an_id_with_a_bar_is_left_out_of_a_list_and_said(tmp_path: Path) -> None:
    """A bar parts the items of a list; half an id is nobody's."""
    kart = ActorMap(
        actors=(Actor(id="a|b"), Actor(id="c")),
        ties=(Tie(source="a|b", target="c", changed_practice=("a|b", "c")),),
    )
    (note,) = write(kart, tmp_path / "kart.csv")
    assert "changed_practice" in str(note.values)
    assert read(tmp_path / "kart.csv").ties[0].changed_practice == ("c",)
