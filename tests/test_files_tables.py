"""Tables of others, rule by rule: direction, missing values, numbers, kinds, columns, weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aktorkart.errors import InvalidMap, UnknownName, WrongArgument
from aktorkart.files.csv import load as load_csv
from aktorkart.files.decoding import File
from aktorkart.files.sheets import Reading

if TYPE_CHECKING:
    from aktorkart.errors import Problem
    from aktorkart.files.formats import Loaded

CALLED = {1: ("samarbeid.csv",), 2: ("noder.csv", "lenker.csv")}


def loaded(*texts: str, **options: Any) -> Loaded:
    found = [File(name, one.encode()) for name, one in zip(CALLED[len(texts)], texts, strict=True)]
    return load_csv(*found, reading=Reading(**options))


def ties(found: Loaded) -> list[str]:
    """Write ties short: ``a>b 3``, or ``a-b`` where a mutual tie is not judged."""
    return [
        f"{tie.source}{'-' if tie.mutual else '>'}{tie.target}"
        + (f" {tie.strength:g}" if tie.strength is not None else "")
        for tie in found.kart.ties
    ]


def codes(found: Loaded) -> list[str]:
    return [note.code for note in found.notes if note.code != "actors_from_ties"]


def note(found: Loaded, code: str) -> Problem:
    (one,) = [one for one in found.notes if one.code == code]
    return one


def refused(*texts: str, **options: Any) -> list[tuple[str, str | None, int | None, str | None]]:
    with pytest.raises(InvalidMap) as caught:
        loaded(*texts, **options)
    return [
        (one.code, one.place.file, one.place.row, one.place.field) for one in caught.value.problems
    ]


# --- 1, direction


@pytest.mark.parametrize(
    ("heading", "one_way", "both"),
    [
        ("Type", "Directed", "Undirected"),
        ("kind", "one-way", "Mutual"),
        ("Retning", "enveis", "begge veier"),
        ("Retning", "einvegs", "gjensidig"),
        ("Riktning", "enkelriktad", "ömsesidig"),
        ("Direction", "->", "<->"),
        ("Edge Type", "ARC", "edge"),
        ("Type", "Orienté", "non orienté"),
    ],
)
def test_words_for_direction_are_no_kinds(heading: str, one_way: str, both: str) -> None:
    found = loaded(f"Fra;Til;{heading}\na;b;{one_way}\nb;c;{both}\n")
    assert ties(found) == ["a>b", "b-c"]
    assert {tie.kind for tie in found.kart.ties} == {"contact"}
    assert not found.kart.tie_kinds


def test_an_arrow_back_goes_back() -> None:
    assert ties(loaded("Fra;Til;Retning\na;b;<-\nb;c;->\nc;d;\n")) == ["b>a", "b>c", "c-d"]


def test_other_words_for_direction_are_told_or_kept() -> None:
    text = "fra;til;retning\na;b;enveis\nb;c;begge\nc;d;opp og ned\n"
    assert refused(text) == [("not_direction", "samarbeid.csv", 4, "retning")]
    found = loaded("fra;til;retning\na;b;nord\nb;c;sør\n")
    assert codes(found) == ["column_does_not_fit"]
    assert [tie.tags for tie in found.kart.ties] == [{"retning": "nord"}, {"retning": "sør"}]


def test_a_kind_beside_a_direction_is_a_kind() -> None:
    found = loaded("from,to,type,direction\na,b,Henvisning,directed\nb,c,Samarbeid,mutual\n")
    assert ties(found) == ["a>b", "b-c"]
    assert [tie.kind for tie in found.kart.ties] == ["referral", "collaboration"]


@pytest.mark.parametrize("flag", ["directed", "rettet", "Riktad"])
def test_a_column_says_yes_or_no(flag: str) -> None:
    assert ties(loaded(f"source,target,{flag}\na,b,1\nb,c,0\n")) == ["a>b", "b-c"]


def test_rows_both_ways() -> None:
    """Equal or missing strengths are one mutual tie, different ones two; nothing is refused."""
    found = loaded("fra;til;styrke\na;b;3\nb;a;3\nc;d;\nd;c;2\ne;f;1\nf;e;4\n")
    assert ties(found) == ["a-b 3", "c-d 2", "e>f 1", "f>e 4"]
    assert codes(found) == ["returns_joined", "returns_one_way"]
    assert all("--directed" in one.text("nb") for one in found.notes if "returns" in one.code)
    assert [place.row for place in note(found, "returns_one_way").places] == [6, 7]


def test_directed_and_mutual_read_every_row_so() -> None:
    text = "fra;til\na;b\nb;a\nb;c\n"
    assert ties(loaded(text, directed=True)) == ["a>b", "b>a", "b>c"]
    assert ties(loaded(text, directed=False)) == ["a-b", "b-c"]
    said = "fra;til;gjensidig\na;b;ja\nb;c;\n"
    assert ties(loaded(said, directed=True)) == ["a-b", "b>c"]


def test_who_names_whom_goes_one_way() -> None:
    found = loaded("ego;alter;tetthet\nNAV;DPS;3\nNAV;BUP;2\nDPS;NAV;4\n")
    assert ties(found) == ["NAV>DPS 3", "NAV>BUP 2", "DPS>NAV 4"]
    assert "read_one_way" in codes(found)


# --- 2, missing values


def test_what_stands_for_not_known() -> None:
    found = loaded(
        "id;navn;makt;merknad\n1;NA;n/a;NA\n2;-;-;hei\n3;Kor;3;-\n",
        "fra;til;styrke;siden;gjensidig;kvalitet\n1;2;NA;null;-;n/a\n2;3;2;2020;nei;god\n",
    )
    first, second, third = found.kart.actors
    assert (first.name, first.power, first.note) == ("NA", None, "NA")
    assert (second.name, second.power, third.note) == ("-", None, "-")
    assert found.kart.ties[0].model_dump(exclude_defaults=True) == {"source": "1", "target": "2"}
    assert ties(found)[1] == "2>3 2"
    assert [one.values["value"] for one in found.notes if one.code == "name_kept"] == ["NA", "-"]


# --- 3, numbers


def test_numbers_that_a_gap_has_made_floats() -> None:
    found = loaded(
        "Kode,Navn\n102.0,NAV\n103.0,DPS\n", "Fra,Til,siden,antall\n102,103,2019.0,7.0\n"
    )
    assert ties(found) == ["102-103 7"]
    assert found.kart.ties[0].since == "2019"


@pytest.mark.parametrize(
    ("yes", "no"),
    [("Ja ", "NEI"), ("x", "0"), ("1", "0"), ("Y", "n"), ("true", "FALSE"), ("✓", "N")],
)
def test_yes_and_no(yes: str, no: str) -> None:
    first, second = loaded(f"fra;til;trengs;gjensidig\na;b;{yes};{no}\nb;c;{no};{yes}\n").kart.ties
    assert (first.needed, first.mutual, second.needed, second.mutual) == (True, False, False, True)


@pytest.mark.parametrize(
    ("written", "number"),
    [("2,5 ", 2.5), (" 4", 4), ("4.0", 4), ("4,00", 4), ("\N{NO-BREAK SPACE}3", 3)],
)
def test_numbers_as_they_are_typed(written: str, number: float) -> None:
    assert loaded(f"fra;til;styrke\n NAV ;DPS;{written}\n").kart.ties[0].strength == number


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1.3.2024", "2024-03-01"),
        ("31.12.24", "2024-12-31"),
        ("2.1.98", "1998-01-02"),
        ("31/12/2024", "2024-12-31"),
        ("12/31/2024", "2024-12-31"),
        ("5/5/2024", "2024-05-05"),
        ("2024/5/6", "2024-05-06"),
        ("2024-05-06 00:00:00", "2024-05-06"),
        ("mars 2025", "2025-03"),
        ("1. Oktober 2025", "2025-10-01"),
        ("maj 2025", "2025-05"),
        ("12 Dec 2025", "2025-12-12"),
        ("2019.0", "2019"),
    ],
)
def test_dates_as_they_are_typed(written: str, date: str) -> None:
    assert loaded(f"fra;til;siden\na;b;{written}\nb;c;2020\n").kart.ties[0].since == date


def test_a_date_that_may_be_two_is_asked_about() -> None:
    text = "fra;til;siden\na;b;3/4/2024\nb;c;2020\nc;d;2021\n"
    assert refused(text) == [("not_date", "samarbeid.csv", 2, "siden")]


# --- 4, kinds


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        *[
            ("Skoler", "school"),
            ("skolen", "school"),
            ("Fastlegene", "gp"),
            ("Sykehus", "hospital"),
        ],
        *[("Pårørende", "next_of_kin"), ("Läkare", "gp"), ("Family", "next_of_kin")],
        *[("Organisation", "Organisation"), ("Politiker", "Politiker"), ("Skolegard", "Skolegard")],
    ],
)
def test_kinds_of_actors(written: str, kind: str) -> None:
    found = loaded(f"navn;type\nA;{written}\nB;{written}\n", "fra;til\nA;B\n")
    assert {one.kind for one in found.kart.actors} == {kind}
    own = [one.values["kinds"] for one in found.notes if one.code == "kinds_declared"]
    assert own == ([[kind]] if kind == written else [])
    assert set(found.kart.kinds) == ({kind} if kind == written else set())


def test_kinds_of_ties() -> None:
    found = loaded("fra;til;type\na;b;Avtaler\nb;c;E-post\nc;d;E-post\nd;e;henviser\n")
    assert [one.kind for one in found.kart.ties] == ["agreement", "E-post", "E-post", "referral"]
    assert codes(found) == ["kinds_declared"]


# --- 5, columns


def test_the_exact_heading_wins() -> None:
    found = loaded(
        "Code,ID,Navn,Name\nX,a,Ola,O.\nY,b,Per,P.\n", "from,to,weight,strength\na,b,7,2\n"
    )
    assert [(one.id, one.name) for one in found.kart.actors] == [("a", "Ola"), ("b", "Per")]
    assert found.kart["a"].tags == {"Code": "X", "Name": "O."}
    assert (ties(found), found.kart.ties[0].tags) == (["a-b 2"], {"weight": 7})
    assert codes(found) == ["column_also"] * 3


def test_row_names_of_other_programs() -> None:
    found = loaded(',"navn"\n"1","NAV"\n"2","DPS"\n', ",from,to\n0,NAV,DPS\n1,DPS,NAV\n")
    assert ties(found) == ["NAV-DPS"]
    assert [one.tags for one in found.kart.actors] == [{}, {}]


def test_a_column_without_heading_is_kept() -> None:
    found = loaded("id;;navn\na;rød;A\nb;;B\n", "fra;til;\na;b;hver uke\n")
    assert (found.kart["a"].tags, found.kart.ties[0].tags) == ({"2": "rød"}, {"3": "hver uke"})
    assert codes(found) == ["column_without_heading"] * 2


def test_columns_that_stand_twice() -> None:
    found = loaded("id;navn;by;by\na;A;Oslo;Bodø\nb;B;Oslo;Moss\n", "fra;til;til\na;b;b\n")
    assert found.kart["a"].tags == {"by": "Oslo", "by 2": "Bodø"}
    assert (ties(found), codes(found)) == (["a-b"], ["column_twice"])


def test_headings_again_further_down() -> None:
    found = loaded("fra;til\na;b\nFra;Til\nb;c\n")
    assert (ties(found), codes(found)) == (["a-b", "b-c"], ["headings_again"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("Vertex 1", "Vertex 2"), ("Node1", "Node2"), ("# source", "target"), ("Från", "Till")],
        *[("Fra aktør", "Til aktør"), ("Actor A", "Actor B"), ("person a", "person b")],
        *[("Kilde", "Mål"), ("FROM", "To"), ("source_id", "target id"), ("i", "j")],
    ],
)
def test_headings_of_the_ends(one: str, other: str) -> None:
    assert ties(loaded(f"{one},{other}\nx,y\ny,z\n")) == ["x-y", "y-z"]


def test_any_column_is_any_field_that_somebody_says() -> None:
    actors, pairs = "vertexnames;nr\nAgency;1\nInstitute;2\n", "x;y;collab\n1;2;41\n"
    columns = {"id": "nr", "name": "vertexnames", "source": "x", "target": "Y"}
    columns["strength"] = "collab"
    found = loaded(actors, pairs, columns=columns)
    assert (found.kart["1"].name, ties(found)) == ("Agency", ["1-2 41"])
    with pytest.raises(UnknownName) as unknown:
        loaded(actors, pairs, columns={"styrke": "collab"})
    assert unknown.value.problems[0].values["value"] == "styrke"
    for wrong in (["strength"], {"strength": 3}, "strength=collab"):
        with pytest.raises(WrongArgument):
            loaded(actors, pairs, columns=wrong)
    text = "fra;til;colab\na;b;2\n"
    with pytest.raises(InvalidMap) as caught:
        loaded(text, columns={"strength": "collab"})
    (problem,) = caught.value.problems
    assert (problem.code, problem.guesses) == ("column_not_found", ("colab",))


def test_columns_that_have_our_names_and_do_not_fit() -> None:
    found = loaded(
        "id;power;open\na;230 volt;døgnet rundt\nb;110 volt;ved behov\nc;12 volt;aldri\n",
        "fra;til;start;end\na;b;nord;sør\nb;c;vest;øst\n",
    )
    assert found.kart["a"].tags == {"power": "230 volt", "open": "døgnet rundt"}
    assert found.kart.ties[1].tags == {"start": "vest", "end": "øst"}
    assert codes(found) == ["column_does_not_fit"] * 4


def test_one_slip_is_a_slip() -> None:
    actors = "id;makt\na;2\nb;3\nc;høy\nd;4\n"
    assert refused(actors, "fra;til\na;b\n") == [("not_number", "noder.csv", 4, "makt")]


# --- 7, weights and scales


@pytest.mark.parametrize("heading", ["weight", "Vekt", "styrke", "value"])
def test_ones_throughout_are_no_judgement(heading: str) -> None:
    text = f"fra;til;{heading}\na;b;1\nb;c;1,0\n"
    found = loaded(text)
    assert (ties(found), codes(found)) == (["a-b", "b-c"], ["weight_one"])
    assert "--weights given" in note(found, "weight_one").text("sv")
    assert ties(loaded(text, weights="given")) == ["a-b 1", "b-c 1"]
    assert ties(loaded(f"fra;til;{heading}\na;b;1\n")) == ["a-b 1"]


@pytest.mark.parametrize(
    ("heading", "strengths", "scale", "told"),
    [
        ("styrke", "1 5 2,5", (1, 5), None),
        ("Styrke (1–7)", "1 5 2", (1, 7), None),
        ("styrke (0-10)", "2 10 7", (1, 10), None),
        ("styrke", "7 10 1", (1, 10), "scale_found"),
        ("Tetthet", "7 6 1", (1, 7), "scale_found"),
        ("styrke", "70 % 100% 5", (1, 100), "scale_found"),
        ("Tetthet", "2 4 3", (1, 5), "strength_column"),
        ("weight", "2 4 3", (1, 5), "strength_column"),
        ("value", "2 4 3", (1, 5), "strength_column"),
        ("weight", "2 41 3", None, "scale_open"),
        ("weight", "0,2 0,4 0,9", None, "scale_open"),
        ("Antall", "2 4 3", None, None),
        ("frekvens", "2 4 3", None, "scale_open"),
        ("styrke", "0,5 2 3", None, "scale_open"),
    ],
)
def test_scales_are_found_and_said(
    heading: str, strengths: str, scale: tuple[float, float] | None, told: str | None
) -> None:
    rows = [f"a;{end};{said}" for end, said in zip("bcd", _apart(strengths), strict=True)]
    found = loaded("\n".join([f"fra;til;{heading}", *rows]))
    assert found.kart.strength_scale == scale
    assert codes(found) == ([told] if told else [])
    if told:
        assert note(found, told).place.field == heading


def _apart(strengths: str) -> list[str]:
    return strengths.replace(" %", "%").split()


def test_a_column_that_is_nearly_called_a_weight_is_asked_about() -> None:
    found = loaded("fra;til;wieght\na;b;2\nb;c;4\n")
    asked = note(found, "meant_strength")
    assert (asked.place.field, asked.guesses) == ("wieght", ("weight",))
    assert "--column strength=wieght" in asked.text("en")
    assert [one.tags for one in found.kart.ties] == [{"wieght": 2}, {"wieght": 4}]
    assert codes(loaded("fra;til;start\na;b;nord\nb;c;sør\n")) == ["column_does_not_fit"]


def test_numbers_with_words_after_them() -> None:
    found = loaded("fra;til;styrke\na;b;5 – svært tett\nb;c;1 – løst\nc;d;3\n")
    assert (ties(found), codes(found)) == (["a-b 5", "b-c 1", "c-d 3"], ["steps_with_words"])


@pytest.mark.parametrize(
    ("strong", "middle", "weak", "none"),
    [
        ("Sterk", "middels", "svak", "ingen kontakt"),
        ("sterk ", "av og til", "sjeldan", "aldri"),
        ("close", "moderate", "rarely", "never"),
        ("ofta", "ibland", "sällan", "aldrig"),
    ],
)
def test_strengths_in_words(strong: str, middle: str, weak: str, none: str) -> None:
    rows = f"a;b;{strong}\nb;c;{middle}\nc;d;{weak}\nd;e;{none}\na;c;vet ikke\na;d;\n"
    found = loaded(f"fra;til;styrke\n{rows}")
    assert ties(found) == ["a-b 4", "b-c 3", "c-d 2", "a-c", "a-d"]
    assert found.kart.strength_scale == (1, 5)
    assert codes(found) == ["zero_is_no_tie", "strengths_in_words"]
    assert f"{strong.strip()} = 4, {middle} = 3" in note(found, "strengths_in_words").text("nb")
    assert ties(loaded(f"fra;til;hvor ofte\n{rows}")) == ties(found)


def test_words_of_strength_that_are_not_all_known_are_the_maps_own() -> None:
    found = loaded("fra;til;styrke\na;b;sterk\nb;c;på gang\nc;d;svak\n")
    assert codes(found) == ["column_does_not_fit"]
    assert [tie.tags["styrke"] for tie in found.kart.ties] == ["sterk", "på gang", "svak"]
    on_ten = loaded("fra;til;styrke (1–10)\na;b;sterk\nb;c;svak\n")
    assert [tie.strength for tie in on_ten.kart.ties] == [None, None]


# --- 8, what is refused, and mended on request


def test_ties_to_oneself_doubles_and_zeros_are_listed_or_mended() -> None:
    text = "fra;til;styrke\na;a;2\na;b;2\nb;c;0\nb;a;2\na;b;4\nc;c;1\n"
    assert refused(text) == [
        ("row_to_itself", "samarbeid.csv", 2, None),
        ("zero_strength", "samarbeid.csv", 4, "styrke"),
        ("row_twice", "samarbeid.csv", 6, None),
        ("row_to_itself", "samarbeid.csv", 7, None),
    ]
    found = loaded(text, repair=True)
    assert ties(found) == ["a>b 4", "b>a 2"]
    assert {one.id for one in found.kart.actors} == {"a", "b", "c"}
    listed = {one.code: [place.row for place in one.places] for one in found.notes}
    assert listed["self_ties_left_out"] == [2, 7]
    assert listed["zero_strength_left_out"] == [4]
    assert listed["doubles_joined"] == [6]


def test_every_refusal_names_the_way_out() -> None:
    with pytest.raises(InvalidMap) as caught:
        loaded("fra;til;styrke\na;a;2\na;b;2\na;b;3\nb;c;0\n")
    for lang in ("nb", "nn", "en", "sv"):
        assert all("--repair" in one.text(lang) for one in caught.value.problems)


def test_the_same_word_is_wrong_once() -> None:
    rows = "".join(f"nav;legen;{n}\nlegen;dps;{n}\n" for n in (1, 2, 3))
    found = "fra;til;informant\n" + rows
    with pytest.raises(InvalidMap) as caught:
        loaded("id;navn\nnav;NAV\ndps;DPS\nlege;Lege\n", found)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row, problem.place.field) == ("unknown_actor", 2, "til")
    assert (problem.guesses, len(problem.places), problem.more) == (("lege",), 2, 3)


def test_a_bad_quote_is_one_problem_and_the_next_one_another() -> None:
    pairs = "source,target\n1,2\n2,3\n3,1\n"
    assert refused('id,name\n1,"Ola" N\n2,Per\n3,"Kari" K\n', pairs) == [
        ("csv_syntax", "noder.csv", 2, None),
        ("csv_syntax", "noder.csv", 4, None),
    ]
    assert refused('id,name\n1,"Ola\n2,Per\n', pairs) == [("csv_quote", "noder.csv", 2, None)]
    mended = loaded('id,name\n1,"Ola \\"Mannen\\" N"\n2,Per\n3,Kari\n', pairs)
    assert mended.kart["1"].name == 'Ola "Mannen" N'
    inside = loaded('id,name\n1,Ola "Mannen" N\n2,Per\n3,K\n', pairs)
    assert inside.kart["1"].name == 'Ola "Mannen" N'


# --- 6, 10: who stands at the ends


def test_ends_by_name_and_several_in_a_cell() -> None:
    actors = "id;navn\n1;NAV\n2;Barne-, ungdoms- og familieetaten\n3;Kor\n"
    found = loaded(actors, 'fra;til\nnav;"Barne-, ungdoms- og familieetaten"\n3;NAV\n')
    assert ties(found) == ["1-2", "3-1"]
    assert codes(found) == ["ends_by_name"]
    assert ties(loaded(actors, 'fra;til\n1;"kor; 2"\n')) == ["1-3", "1-2"]
    alone = loaded("From,To\nA,B | C\nD,A\n")
    assert (ties(alone), codes(alone)) == (["A-B", "A-C", "D-A"], ["ends_split"])


def test_a_name_of_several_is_asked_about_once() -> None:
    actors, pairs = "id;navn\n1;Ola\n2;Ola\n3;Per\n", "fra;til\n3;Ola\nOla;Per\n1;2\n"
    with pytest.raises(InvalidMap) as caught:
        loaded(actors, pairs)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row, problem.place.field) == ("name_of_several", 2, "til")
    assert problem.values["ids"] == ["1", "2"]


@pytest.mark.parametrize(
    ("one", "other"), [("NAV", "N.A.V."), ("Nav", "NAV"), ("DPS Sør", "dps-sør"), ("Ola", "Ola")]
)
def test_those_who_may_be_one_are_pointed_out_and_never_merged(one: str, other: str) -> None:
    found = loaded(f"id;navn\n1;{one}\n2;{other}\n3;Per\n", "fra;til\n1;3\n2;3\n")
    assert (len(found.kart.actors), codes(found)) == (3, ["alike"])
    assert note(found, "alike").values["actors"] == [f"{one} (1)", f"{other} (2)"]


def test_numbers_tell_names_apart() -> None:
    found = loaded("navn\nTeam 1.2\nTeam 12\nTeam 1-2 nord\n", "fra;til\nTeam 12;Team 1.2\n")
    assert codes(found) == []


def test_a_row_that_says_the_same_is_joined_and_another_refused() -> None:
    pairs = "fra;til\na;b\n"
    found = loaded("id;navn;by\na;A;\nb;B;\na;A;Oslo\n", pairs)
    assert (found.kart["a"].tags, codes(found)) == ({"by": "Oslo"}, ["actor_rows_joined"])
    assert refused("id;navn\na;A\nb;B\na;C\n", pairs) == [("duplicate_actor", "noder.csv", 4, "id")]
