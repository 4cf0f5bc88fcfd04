"""The shapes in which people keep who works with whom: each is recognised, read and said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aktorkart.errors import InvalidMap, UnreadableFile
from aktorkart.files import load
from aktorkart.files.csv import load as load_csv
from aktorkart.files.decoding import File
from aktorkart.files.sheets import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from aktorkart.files.formats import Loaded


def loaded(*texts: str, **options: Any) -> Loaded:
    names = ("samarbeid.csv",) if len(texts) == 1 else ("noder.csv", "lenker.csv")
    files = [File(name, one.encode()) for name, one in zip(names, texts, strict=True)]
    return load_csv(*files, reading=Reading(**options))


def ties(found: Loaded) -> list[str]:
    return [
        f"{tie.source}{'-' if tie.mutual else '>'}{tie.target}"
        + (f" {tie.strength:g}" if tie.strength is not None else "")
        for tie in found.kart.ties
    ]


def ids(found: Loaded) -> list[str]:
    return [one.id for one in found.kart.actors]


def codes(found: Loaded) -> list[str]:
    return [note.code for note in found.notes]


def said(found: Loaded, code: str) -> str:
    return next(note.text("nb") for note in found.notes if note.code == code)


# --- lists


def test_a_list_of_ties_alone() -> None:
    found = loaded("Fra,Til,Hvorfor\nNAV,DPS,bolig\nDPS,Kor,\n")
    assert (ids(found), ties(found)) == (["NAV", "DPS", "Kor"], ["NAV-DPS", "DPS-Kor"])
    assert found.kart.ties[0].tags == {"Hvorfor": "bolig"}
    assert codes(found) == ["actors_from_ties"]


@pytest.mark.parametrize("first", ["actors", "ties"])
@pytest.mark.parametrize("between", ["", "\n", "\n;;\n\n"])
def test_one_sheet_with_both(first: str, between: str) -> None:
    parts = {"actors": "id;navn;type\na;NAV;NAV\nb;DPS;DPS\n", "ties": "fra;til;styrke\na;b;3\n"}
    other = "ties" if first == "actors" else "actors"
    found = loaded(parts[first] + between + parts[other])
    assert [(one.id, one.kind) for one in found.kart.actors] == [("a", "nav"), ("b", "dps")]
    assert (ties(found), codes(found)) == (["a-b 3"], [])


def test_the_other_table_of_a_sheet_may_stand_far_below() -> None:
    actors = "".join(f"a{n};Aktør {n};NAV\n" for n in range(40))
    for second in ("Fra;Til;Styrke\n", "from_id;to_id;Styrke (1–5)\n", " Fra : ;Til *;Styrke\n"):
        found = loaded(f"id;navn;type\n{actors}\n{second}a1;a39;3\n")
        assert (len(ids(found)), ties(found)) == (40, ["a1-a39 3"])


@pytest.mark.parametrize("sep", [" ", "\t", "   "])
def test_two_columns_without_headings(sep: str) -> None:
    found = loaded(f"NAV{sep}DPS{sep}3\nDPS{sep}BUP{sep}4\n")
    assert (ties(found), codes(found)[0]) == (["NAV-DPS 3", "DPS-BUP 4"], "no_headings")


def test_two_columns_with_other_headings_that_share_names() -> None:
    found = loaded("Avdeling;Naboavdeling\nNAV;DPS\nDPS;BUP\n")
    assert (ties(found), codes(found)[0]) == (["NAV-DPS", "DPS-BUP"], "ends_guessed")
    assert "Avdeling og Naboavdeling" in said(found, "ends_guessed")


def test_rows_of_two_ends_alone_are_counted() -> None:
    found = loaded("fra;til\na;b\nb;c\na;b\na;b\n")
    assert (ties(found), found.kart.strength_scale) == (["a-b 3", "b-c 1"], None)
    assert codes(found) == ["actors_from_ties", "rows_counted"]
    more = "fra;til;styrke\na;b;2\na;b;4\n"
    with pytest.raises(InvalidMap) as caught:
        loaded(more)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row) == ("row_twice", 3)
    assert "--count" in problem.text("nn")
    assert ties(loaded(more, count=True)) == ["a-b 6"]


@pytest.mark.parametrize("heading", ["antall", "Vekt", "count", "styrke (0–10)"])
def test_zero_in_a_count_is_no_tie_and_nobody_is_lost(heading: str) -> None:
    found = loaded(f"fra;til;{heading}\na;b;0\nb;c;7\n")
    assert (ids(found), ties(found)) == (["a", "b", "c"], ["b-c 7"])
    assert "rad 2" in said(found, "zero_is_no_tie")


@pytest.mark.parametrize("alone", ["navn\nNAV\nDPS\n", "id;navn;type\na;NAV;NAV\nb;DPS;DPS\n"])
def test_actors_alone(alone: str) -> None:
    found = loaded(alone)
    assert (len(ids(found)), ties(found), codes(found)) == (2, [], ["no_ties_found"])


def test_headings_alone_and_nothing_at_all() -> None:
    assert codes(loaded("fra;til;styrke\n")) == ["no_rows"]
    for nothing in ("", "\n\n", ";;\n;;\n", "sep=;\n"):
        with pytest.raises(InvalidMap) as caught:
            loaded(nothing)
        assert [one.code for one in caught.value.problems] == ["empty_file"]


def test_what_is_no_table_is_told_with_its_columns() -> None:
    with pytest.raises(InvalidMap) as caught:
        loaded("farge;pris\nrød;3\nblå;4\n")
    (problem,) = caught.value.problems
    assert problem.code == "no_table_known"
    assert "--column source=" in problem.text("sv")
    assert "farge" in problem.text("sv")
    for over in (["kolonne1", "x"], ["y", "z"]):  # an x is a cross too, and no less a heading
        with pytest.raises(InvalidMap) as caught:
            loaded(f"{';'.join(over)}\nNAV;a\nDPS;b\n")
        assert caught.value.problems[0].values["known"] == over


# --- what stands around


def test_titles_sums_and_blank_rows() -> None:
    found = loaded("Samarbeid i kommunen;;\n;;\nFra;Til;Styrke\na;b;3\n;;\nb;c;4\n;;\nSum;;7\n")
    assert ties(found) == ["a-b 3", "b-c 4"]
    assert "Samarbeid i kommunen" in said(found, "rows_above")
    assert "rad 8" in said(found, "sum_rows_left_out")
    with pytest.raises(InvalidMap) as caught:
        loaded("Samarbeid;;\n;;\nFra;Til;Styrke\na;b;3\n;;\nb;b;4\n")
    assert caught.value.problems[0].place.row == 6


# --- who is asked, and whom they name


def test_those_who_are_named_are_numbered_for_each_who_answers() -> None:
    found = loaded("egoID;alterID;hvem er det;tetthet\n1;1;Mor;5\n1;2;Fastlege;2\n2;1;Bror;3\n")
    assert ties(found) == ["1>1.1 5", "1>1.2 2", "2>2.1 3"]
    assert [tie.tags["hvem er det"] for tie in found.kart.ties] == ["Mor", "Fastlege", "Bror"]
    assert "1.1, 1.2 og 2.1" in said(found, "alters_apart")
    same = loaded("ego;alter\n1;2\n1;3\n2;1\n")
    assert (ties(same), "alters_apart" in codes(same)) == (["1>2", "1>3", "2>1"], False)


def test_ties_among_those_who_are_named() -> None:
    found = loaded("ego;alter1;alter2;tetthet\nOla;Mor;Far;5\nOla;Far;Lege;1\n")
    assert ties(found) == ["Mor-Far 5", "Far-Lege 1"]
    assert {tie.tags["ego"] for tie in found.kart.ties} == {"Ola"}


# --- matrices


@pytest.mark.parametrize("corner", ["", "Hvem", "fra \\ til"])
def test_a_square_matrix(corner: str) -> None:
    """Zero is no tie, other cells each way are two, the diagonal is nothing, the lonely stay."""
    found = loaded(f"{corner};A;B;C;D\nA;9;2;;0\nB;2;9;3;0\nC;0;4;9;0\nD;;;;9\n")
    assert (ids(found), ties(found)) == (["A", "B", "C", "D"], ["A-B 2", "B>C 3", "C>B 4"])
    assert "4 aktører" in said(found, "square_matrix")


@pytest.mark.parametrize("mark", ["x", "X", "1", "ja"])
def test_a_matrix_of_crosses_has_no_strengths(mark: str) -> None:
    found = loaded(f";A;B;C\nA;;{mark};\nB;{mark};;{mark}\nC;;;\n")
    assert ties(found) == ["A-B", "B>C"]


@pytest.mark.parametrize("names", ["Aktør 1;Aktør 2;Aktør 3", "v1;v2;v3", "Id;Navn;Type", "i;j;k"])
def test_those_over_a_matrix_may_be_called_as_headings_are(names: str) -> None:
    one, two, three = names.split(";")
    found = loaded(f";{names}\n{one};;1;\n{two};1;;4\n{three};;4;\n")
    assert ties(found) == [f"{one}-{two} 1", f"{two}-{three} 4"]


def test_the_order_of_a_matrix_is_free() -> None:
    assert ties(loaded(";C;A;B\nB;2;1;\nA;;;1\nC;;;2\n")) == ["B-A 1", "B-C 2"]


def test_a_matrix_without_names_before_its_rows_or_without_any() -> None:
    assert ties(loaded("NAV;DPS;BUP\n0;1;0\n1;0;4\n0;4;0\n")) == ["NAV-DPS 1", "DPS-BUP 4"]
    assert ties(loaded("0 1 0\n1 0 1\n0 1 0\n")) == ["1-2", "2-3"]


def test_what_stands_beside_a_matrix_is_kept_and_below_is_told() -> None:
    found = loaded(
        "Kartlegging;;;;;;\ngruppe;navn;A;B;C;Sum;Merknad\nøst;A;;1;;1;ny\nvest;B;1;;4;5;\n"
        "øst;C;;4;;4;\n;Sum;1;5;4;10;\n;Kilde: et møte;;;;;\n"
    )
    assert ties(found) == ["A-B 1", "B-C 4"]
    assert [one.tags.get("gruppe") for one in found.kart.actors] == ["øst", "vest", "øst"]
    assert found.kart["A"].note == "ny"
    assert codes(found) == [
        *("rows_above", "square_matrix", "sum_rows_left_out", "sum_columns_left_out"),
        "matrix_names_left_out",
    ]
    assert "Kilde: et møte" in said(found, "matrix_names_left_out")


@pytest.mark.parametrize("called", ["1;2;3", "A;B;C"])
def test_a_matrix_beside_a_list_of_actors(called: str) -> None:
    one, two, three = called.split(";")
    actors = "id;navn;type\n1;A;NAV\n2;B;DPS\n3;C;BUP\n"
    found = loaded(actors, f";{called}\n{one};;1;\n{two};1;;4\n{three};;4;\n")
    assert (ties(found), found.kart["2"].kind) == (["1-2 1", "2-3 4"], "dps")


def test_a_name_that_stands_twice_in_a_matrix() -> None:
    with pytest.raises(InvalidMap) as caught:
        loaded(";A;B;A\nA;;1;\nB;1;;4\nA;;4;\n")
    assert [(one.code, one.values["value"]) for one in caught.value.problems] == [
        ("matrix_twice", "A")
    ]


@pytest.mark.parametrize(
    "table", ["id;navn\n703;713\n7103;7113\n", "navn;p1;p2\nNAV;DPS;BUP\nDPS;NAV;\nBUP;;\n"]
)
def test_what_only_looks_square_is_no_matrix(table: str) -> None:
    assert "square_matrix" not in codes(loaded(table))


# --- people × arenas


@pytest.mark.parametrize(("yes", "no"), [("x", ""), ("1", "0"), ("Ja", "Nei"), ("TRUE", "FALSE")])
@pytest.mark.parametrize("corner", ["Navn", "", "Deltaker"])
def test_people_and_arenas(yes: str, no: str, corner: str) -> None:
    found = loaded(f"{corner};Møtet;Koret\nMor;{yes};{no}\nNAV;{yes};{yes}\nLege;{no};{yes}\n")
    assert ties(found) == ["Mor-Møtet", "NAV-Møtet", "NAV-Koret", "Lege-Koret"]
    assert {tie.kind for tie in found.kart.ties} == {"membership"}
    assert [one.id for one in found.kart.actors if one.kind == "arena"] == ["Møtet", "Koret"]
    assert "3 × 2" in said(found, "two_mode_matrix")


# --- nominations


def test_several_names_in_a_cell() -> None:
    found = loaded(
        "Navn,Type,Hvem samarbeider du med?\nNAV,NAV,DPS; Legevakten\nDPS,DPS,nav\nKor,Lag,\n"
    )
    assert ties(found) == ["NAV>DPS", "NAV>Legevakten", "DPS>NAV"]
    assert ids(found) == ["NAV", "DPS", "Kor", "Legevakten"]
    assert found.kart["DPS"].kind == "dps"
    assert {"nominations", "actors_named_only", "read_one_way"} <= set(codes(found))


def test_a_column_for_each_name() -> None:
    found = loaded("navn,partner 1,partner 2,partner 3\nNAV,DPS,BUP,\nDPS,NAV,,\nBUP,,,\n")
    assert ties(found) == ["NAV>DPS", "NAV>BUP", "DPS>NAV"]


def test_several_questions_are_several_kinds() -> None:
    found = loaded(
        "Navn;Hvem får du informasjon fra?;Hvem henviser du til?\nNAV;DPS;BUP\nDPS;NAV;\nBUP;DPS;\n"
    )
    assert [(tie.source, tie.target, tie.kind) for tie in found.kart.ties] == [
        *[("NAV", "DPS", "information"), ("NAV", "BUP", "referral")],
        *[("DPS", "NAV", "information"), ("BUP", "DPS", "information")],
    ]


def test_what_is_said_of_the_one_who_is_named() -> None:
    found = loaded("Navn;Type;Samarbeider med;Styrke\nNAV;NAV;DPS;3\nDPS;DPS;NAV;4\n")
    assert (ties(found), found.kart["NAV"].kind) == (["NAV>DPS 3", "DPS>NAV 4"], "nav")


def test_who_answers_must_be_known() -> None:
    with pytest.raises(InvalidMap) as caught:
        loaded("Navn;Hvem samarbeider du med?\nNAV;DPS\n;NAV\nDPS;NAV\n")
    assert [(one.code, one.place.row) for one in caught.value.problems] == [("missing", 3)]


def test_names_with_commas_stay_whole() -> None:
    found = loaded(
        'Navn;Hvem samarbeider du med?\n"Barn, unge og familie";NAV\nNAV;"Barn, unge og familie"\n'
    )
    assert ties(found) == ["Barn, unge og familie>NAV", "NAV>Barn, unge og familie"]


# --- 9, files

ACTORS, PAIRS = "id;navn\na;NAV\nb;DPS\n", "fra;til\na;b\n"


@pytest.mark.parametrize("ending", ["tsv", "txt", "csv"])
def test_tabs_and_plain_text(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"kart.{ending}"
    path.write_text("fra\ttil\tstyrke\na\tb\t3\n", "utf-8")
    assert ties(load(path)) == ["a-b 3"]


@pytest.mark.parametrize("order", [1, -1])
def test_two_files_in_any_order_and_whatever_they_are_called(tmp_path: Path, order: int) -> None:
    paths = [tmp_path / "den ene.csv", tmp_path / "den andre.csv"]
    for path, content in zip(paths, (ACTORS, PAIRS), strict=True):
        path.write_text(content, "utf-8")
    found = load(paths[::order])
    assert (found.kart["b"].name, ties(found)) == ("DPS", ["a-b"])
    assert ties(load(tmp_path)) == ["a-b"]


def test_a_folder_with_more_or_with_none(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load(tmp_path)
    assert caught.value.problems[0].code == "folder_without_tables"
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text(PAIRS, "utf-8")
    with pytest.raises(UnreadableFile) as caught:
        load(tmp_path)
    assert caught.value.problems[0].code == "folder_of_many"
    assert "a.csv, b.csv og c.csv" in caught.value.text("nb")
