"""Issue 11, section 3: answers of a questionnaire become a map of each who has answered."""

from __future__ import annotations

import datetime as dt
import warnings
from typing import TYPE_CHECKING, Any

import pytest

import aktorkart as ak
import exports
from aktorkart.errors import AktorkartError
from aktorkart.files.read_survey import Surveyed, load_survey
from aktorkart.files.sheets import Grid
from aktorkart.files.survey.answers import Asked
from aktorkart.i18n import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, text: str, **options: Any) -> Surveyed:
    path.write_text(text, "utf-8")
    return load_survey(path, Asked(**options))


def said(kart: ak.ActorMap) -> list[tuple[str, str, float | None]]:
    return [(tie.source, tie.target, tie.strength) for tie in kart.ties]


def codes(found: Surveyed) -> list[str]:
    return [note.code for note in found.notes]


def refused(path: Path, text: str, **options: Any) -> list[ak.errors.Problem]:
    with pytest.raises(AktorkartError) as caught:
        read(path, text, **options)
    for problem in caught.value.problems:
        assert all(problem.text(lang) for lang in LANGUAGES)
    return list(caught.value.problems)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "svar.csv"


ANSWERS = {
    "NAV": {"DPS Nord": "Tett", "Fastlegen": "Vet ikke"},
    "DPS Nord": {"NAV": "Svært tett", "Fastlegen": "Ikke"},
}


@pytest.mark.parametrize("tool", sorted(exports.WIDE))
def test_whatever_the_tool_nothing_personal_is_read(path: Path, tool: str) -> None:
    found = read(path, exports.WIDE[tool](ANSWERS))
    written = repr([kart.model_dump() for kart in found.maps.values()])
    assert "example.org" not in written
    assert "Kari" not in written
    assert "2026" not in written
    assert [said(kart) for kart in found.maps.values()] == [
        [("NAV", "DPS Nord", 4.0)],
        [("DPS Nord", "NAV", 5.0)],
    ]
    personal = [note for note in found.notes if note.code == "survey_personal"]
    assert bool(personal) == (tool != "nettskjema")
    assert "survey_left_out" not in codes(found)


# --- what each tool has of its own


def test_likert_statements_of_microsoft_forms_are_partners(path: Path) -> None:
    text = (
        "ID;Starttidspunkt;Fullføringstidspunkt;E-postadresse;Navn;Hvem svarer du for?;"
        "NAV;DPS;Fastlegen;Andre kommentarer?;Alder\n"
        "1;1.3.2026;1.3.2026;a@b.no;Kari;NAV;;4 – tett;5 – svært tett;Nei;45\n"
        "2;1.3.2026;1.3.2026;a@b.no;Ola;DPS;Noe;;2 – lite;Spør Kari;33\n"
    )
    found = read(path, text)
    assert said(found.maps["NAV"]) == [("NAV", "DPS", 4), ("NAV", "Fastlegen", 5)]
    (left,) = [note for note in found.notes if note.code == "survey_left_out"]
    assert left.values["columns"] == ["Andre kommentarer?", "Alder"]


def test_choices_of_several_are_ties_whose_strength_nobody_has_said(path: Path) -> None:
    text = (
        "ID,Start time,Which organisation do you represent?,Who do you work with?,"
        "Who should you work more with?\n"
        "1,x,NAV,DPS;Fastlegen;,BUP;\n2,x,DPS,NAV;,\n"
    )
    found = read(path, text)
    assert said(found.maps["NAV"]) == [("NAV", "DPS", None), ("NAV", "Fastlegen", None)]
    assert "BUP" not in found.maps["NAV"]
    (left,) = [note for note in found.notes if note.code == "survey_left_out"]
    assert left.values["columns"] == ["Who should you work more with?"]


def test_choices_with_commas_in_their_names_stay_whole(path: Path) -> None:
    text = 'Hvem er du?,Hvem samarbeider du med?\nNAV,"DPS, Rus, psykiatri og vold"\nDPS,NAV\n'
    names = ["NAV", "DPS", "Rus, psykiatri og vold"]
    found = read(path, text.replace('"DPS, Rus', '"DPS; Rus'), actors=names)
    assert [tie.target for tie in found.maps["NAV"].ties] == ["DPS", "Rus, psykiatri og vold"]
    found = read(path, text.replace(", psykiatri og vold", ""))
    assert [tie.target for tie in found.maps["NAV"].ties] == ["DPS", "Rus"]


def test_ticks_are_ties(path: Path) -> None:
    for yes, no in (("Yes", "No"), ("Y", ""), ("1", "0"), ("Ja", ""), ("True", "False")):
        text = (
            '"Response ID","Hvem er du?","Hvem samarbeider du med? [NAV]",'
            f'"Hvem samarbeider du med? [DPS]"\n1,NAV,,{yes}\n2,DPS,{no},\n3,BUP,{yes},{no}\n'
        )
        found = read(path, text)
        assert {who: said(kart) for who, kart in found.maps.items()} == {
            "NAV": [("NAV", "DPS", None)],
            "DPS": [],
            "BUP": [("BUP", "NAV", None)],
        }


def test_limesurvey_answers_that_were_never_handed_in_are_left_out(path: Path) -> None:
    text = exports.limesurvey(ANSWERS).replace("2026-03-01 10:02:00", "")
    found = read(path, text)
    assert list(found.maps) == ["NAV"]
    (note,) = [note for note in found.notes if note.code == "survey_unfinished"]
    assert [place.row for place in note.places] == [3]


def test_a_repeated_group_of_kobo_has_a_sheet_of_its_own(tmp_path: Path) -> None:
    main, repeat = tmp_path / "svar.csv", tmp_path / "partner.csv"
    main.write_text("om/respondent;_id;_index\nNAV;11;1\nDPS;12;2\n", "utf-8")
    repeat.write_text(
        "partner/partner;partner/tetthet;_index;_parent_table_name;_parent_index\n"
        "DPS;4;1;svar;1\nFastlegen;2;2;svar;1\nNAV;5;3;svar;2\n",
        "utf-8",
    )
    found = load_survey([main, repeat], Asked())
    assert said(found.maps["NAV"]) == [("NAV", "DPS", 4), ("NAV", "Fastlegen", 2)]
    assert said(found.maps["DPS"]) == [("DPS", "NAV", 5)]


def test_codes_of_kobo_in_one_cell(path: Path) -> None:
    text = "respondent;partnere;partnere/nav;partnere/dps\nnav;dps;0;1\ndps;nav;1;0\n"
    found = read(path, text)
    assert said(found.maps["nav"]) == [("nav", "dps", None)]
    text = "respondent;partnere\nnav;dps bup\ndps;nav\nbup;nav dps\n"
    assert said(read(path, text).maps["nav"]) == [("nav", "dps", None), ("nav", "bup", None)]


def test_cells_of_a_workbook_are_what_they_are(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers, times and ticks of a workbook come as such, and places name its sheet."""
    when = dt.datetime(2026, 3, 1, 10)  # noqa: DTZ001 - workbooks have no zones
    rows: list[list[Any]] = [
        ["ID", "Completion time", "Hvem er du?", "Hvor tett [NAV]", "Hvor tett [101]"],
        [1.0, when + dt.timedelta(days=1), "NAV", None, 4.0],
        [2.0, when, "NAV", None, 2.0],
        [3.0, when, 101.0, 5, None],
    ]
    ticked: list[list[Any]] = [
        ["Hvem svarer?", "Samarbeider med [A]", "Samarbeider med [B]"],
        ["A", None, True],
    ]
    sheets = {"Svar": rows, "Kryss": ticked}
    grids = [
        Grid(str(path), name, [*enumerate(told, start=1)], typed=True)
        for name, told in sheets.items()
    ]
    monkeypatch.setattr("aktorkart.files.csv.grids", lambda _: grids)
    found = read(path, "")
    assert said(found.maps["NAV"]) == [("NAV", "101", 4)]
    assert said(found.maps["101"]) == [("101", "NAV", 5)]
    assert said(found.maps["A"]) == [("A", "B", None)]
    (note,) = [note for note in found.notes if note.code == "survey_again"]
    assert (note.place.sheet, note.places[0].row) == ("Svar", 3)
    rows[1][4] = "kanskje"
    (problem,) = refused(path, "")
    assert (problem.place.sheet, problem.place.row, problem.place.field) == (
        *("Svar", 2),
        "Hvor tett [101]",
    )


# --- who, whom, how close


def test_of_two_answers_the_later_holds(path: Path) -> None:
    text = (
        "Completion time,Hvem er du?,Hvor tett [NAV],Hvor tett [DPS]\n"
        "2026-03-02 10:00,NAV,,Lite\n2026-03-01 10:00,nav,,Tett\n2026-03-01 10:00,DPS,Noe,\n"
    )
    found = read(path, text)
    assert said(found.maps["NAV"]) == [("NAV", "DPS", 2)]
    (note,) = [note for note in found.notes if note.code == "survey_again"]
    assert [place.row for place in note.places] == [3]
    # Where days and months may be mixed up, the one further down is later.
    found = read(path, text.replace("2026-03-02", "3/2/26").replace("2026-03-01", "3/1/26"))
    assert said(found.maps["NAV"]) == [("NAV", "DPS", 4)]


def test_later_rows_about_the_same_partner_hold(path: Path) -> None:
    found = read(path, "Respondent;Partner;Styrke\nNAV;DPS;4\nNAV;BUP;2\nDPS;NAV;5\nDPS;NAV;3\n")
    assert said(found.maps["NAV"]) == [("NAV", "DPS", 4), ("NAV", "BUP", 2)]
    assert said(found.maps["DPS"]) == [("DPS", "NAV", 3)]
    assert "survey_again" in codes(found)


def test_the_shape_can_be_said(path: Path) -> None:
    text = "Respondent;Partner\nNAV;DPS\nNAV;BUP\nDPS;NAV\n"
    assert len(read(path, text).maps["NAV"].ties) == 2
    assert len(read(path, text, shape="long").maps["NAV"].ties) == 2
    assert said(read(path, text, shape="wide").maps["NAV"]) == [("NAV", "BUP", None)]


def test_names_are_joined_only_where_letters_are_equal(path: Path) -> None:
    text = "Hvem er du?,Hvor tett [NAV Storvik],Hvor tett [Fastlegen]\n"
    found = read(path, text + "nav  storvik,,Tett\nfast-legen,Noe,\n")
    assert list(found.maps) == ["NAV Storvik", "Fastlegen"]
    problems = refused(path, text + "NAV Storvk,,Tett\nFastlege,Noe,Tett\nFastlege,,\n")
    assert [(one.code, one.place.row, one.place.field, one.guesses) for one in problems] == [
        ("survey_near", 2, "Hvem er du?", ("NAV Storvik",)),
        ("survey_near", 3, "Hvem er du?", ("Fastlegen",)),
    ]
    assert [place.row for place in problems[1].places] == [4]


def test_partners_of_one_question_were_told_apart_by_those_who_asked(path: Path) -> None:
    text = "Hvem er du?,Hvor tett [Skole],Hvor tett [Skolen],Hvor tett [skole!]\n"
    found = read(path, text + "Skole,,Tett,Noe\n")
    assert said(found.maps["Skole"]) == [("Skole", "Skolen", 4), ("Skole", "skole!", 3)]
    (problem,) = refused(path, text + "SKOLE,,Tett,Noe\n")
    assert (problem.code, problem.guesses) == ("survey_near", ("Skole", "skole!"))


def test_two_who_are_nearly_alike_are_two_where_both_are_given(path: Path) -> None:
    text = "Respondent;Partner;Styrke\nBarnevern;Barnevernet;4\nNAV;Barnevern;2\n"
    assert [one.code for one in refused(path, text)] == ["survey_near"]
    found = read(path, text, actors=["NAV", "Barnevern", "Barnevernet"])
    assert said(found.maps["Barnevern"]) == [("Barnevern", "Barnevernet", 4)]
    for one, other in (("Avdeling A", "Avdeling B"), ("Skole 1", "Skole 2"), ("NAV", "NOV")):
        rows = f"Respondent;Partner;Styrke\n{one};{other};4\n{other};{one};2\n"
        assert list(read(path, rows).maps) == [one, other]


def test_a_map_says_who_there_is_and_what_it_is_about(path: Path) -> None:
    known = ak.ActorMap(
        title="Rundt Kari",
        scope="individual",
        actors=[
            ak.Actor(id="nav", name="NAV Storvik", kind="nav"),
            ak.Actor(id="dps", kind="dps"),
            ak.Actor(id="lege", name="Fastlegen", kind="gp"),
        ],
        ties=[ak.Tie(source="nav", target="dps")],
    )
    text = "Hvem er du?,Hvor tett [NAV Storvik],Hvor tett [DPS],Hvor tett [Koret]\n"
    found = read(path, text + "NAV Storvik,,Tett,Lite\nfastlegen,Noe,,\n", actors=known)
    assert list(found.maps) == ["nav", "lege"]
    kart = found.maps["nav"]
    assert said(kart) == [("nav", "dps", 4), ("nav", "Koret", 2)]
    assert (kart.title, kart.scope, kart["lege"].kind) == ("Rundt Kari", "individual", "gp")
    (new,) = [note for note in found.notes if note.code == "survey_new_actors"]
    assert new.values["names"] == ["Koret"]
    # Where it is known who there is, part of a name is asked about.
    problems = refused(path, text + "NAV kontor,,Tett,\n", actors=known)
    assert [(one.code, one.guesses) for one in problems] == [("survey_near", ("nav",))]


def test_answers_that_are_not_known_are_asked_about_all_at_once(path: Path) -> None:
    text = (
        "Hvem er du?,Hvor tett [NAV],Hvor tett [DPS],Hvor tett [BUP]\n"
        "NAV,,Kjenner til,Tett\nDPS,kjenner  til,,Tett\nBUP,Tett,Samordner,Tett\n"
    )
    problems = refused(path, text)
    assert [(one.code, one.values["value"], one.place.row) for one in problems] == [
        ("survey_answer", "Kjenner til", 2),
        ("survey_answer", "Samordner", 4),
    ]
    assert (problems[0].places[0].row, problems[0].places[0].field) == (3, "Hvor tett [NAV]")
    found = read(path, text, answers={"kjenner til": 1, "samordner": None})
    assert said(found.maps["NAV"]) == [("NAV", "DPS", 1), ("NAV", "BUP", 4)]
    assert said(found.maps["BUP"]) == [("BUP", "NAV", 4)]
    assert {"survey_unknown", "survey_self"} <= {*codes(found)}
    (words,) = [note for note in found.notes if note.code == "survey_words"]
    assert words.values["answers"] == ["Tett = 4", "Kjenner til = 1", "kjenner til = 1"]


def test_a_matrix_of_words_that_nobody_knows_is_asked_about_too(path: Path) -> None:
    text = "Hvem er du?,Trinn [NAV],Trinn [DPS]\nNAV,,Kjennskap\nDPS,Samordning,\nBUP,Kjennskap,\n"
    assert {one.values["value"] for one in refused(path, text)} == {"Kjennskap", "Samordning"}
    found = read(path, text, answers={"kjennskap": 1, "samordning": 3})
    assert said(found.maps["DPS"]) == [("DPS", "NAV", 3)]


def test_the_scale_is_found_and_said(path: Path) -> None:
    text = "Respondent;Partner;Styrke\nNAV;DPS;8\nDPS;NAV;2\n"
    found = read(path, text)
    assert found.maps["NAV"].strength_scale == (1, 10)
    assert "scale_found" in codes(found)
    found = read(path, text.replace("Styrke", "Styrke (1–10)"))
    assert found.maps["NAV"].strength_scale == (1, 10)
    assert "scale_found" not in codes(found)
    (problem,) = refused(path, text.replace("Styrke", "Styrke (1–7)"))
    assert (problem.code, problem.place.row, problem.place.field) == (
        *("outside_scale", 2),
        "Styrke (1–7)",
    )
    found = read(path, text.replace("8", "2,5"))
    assert said(found.maps["NAV"]) == [("NAV", "DPS", 2.5)]
    assert refused(path, text.replace("8", "-1"))[0].code == "survey_answer"


@pytest.mark.parametrize(
    "heading",
    [
        *("Hva heter tjenesten din?", "Navn på virksomhet", "Organisasjonen din", "Enhet/tjeneste"),
        *("Kva teneste svarar du for?", "Vilken verksamhet tillhör du?", "Var arbetar du?"),
        *("Which organisation are you from?", "Hvem fyller ut skjemaet?", "Respondent"),
    ],
)
@pytest.mark.parametrize(
    "question",
    [
        *("Hvilke tjenester samarbeider dere med?", "Vilka samverkar ni med?", "Partner"),
        *("Who do you work with?", "Kven har de kontakt med?"),
    ],
)
def test_people_ask_in_many_words(path: Path, heading: str, question: str) -> None:
    found = read(path, f"ID;{heading};{question}\n1;NAV;DPS\n2;DPS;NAV\n")
    assert said(found.maps["NAV"]) == [("NAV", "DPS", None)]


def test_nobody_knows_whose_an_answer_is_without_a_name(path: Path) -> None:
    text = "Hvem er du?,Hvor tett [NAV],Hvor tett [DPS]\nNAV,,Tett\n,Tett,\n,,\n"
    (problem,) = refused(path, text)
    assert (problem.code, problem.place.row, problem.place.field) == (
        *("survey_nobody", 3),
        "Hvem er du?",
    )


# --- several questions, and what is kept


SEVERAL = (
    "Navn,Hvem er du?,Hvor tett [NAV],Hvor tett [DPS],Hvor ofte [NAV],Hvor ofte [DPS],Fritt\n"
    "Kari,NAV,,Tett,,Daglig,Ring Kari\nOla,DPS,Lite,,Årlig,,\n"
)


def test_several_questions_are_told_apart_or_asked_about(path: Path) -> None:
    (problem,) = refused(path, SEVERAL)
    assert problem.code == "survey_several_questions"
    assert problem.values["questions"] == ["Hvor tett", "Hvor ofte"]
    found = read(path, SEVERAL, strength="Hvor ofte")
    assert said(found.maps["NAV"]) == [("NAV", "DPS", 5)]
    kinds = "Hvem er du?,Hvem deler du informasjon med?,Hvem henviser du til?\nNAV,DPS;,DPS;\n"
    found = read(path, kinds)
    assert [tie.kind for tie in found.maps["NAV"].ties] == ["information", "referral"]


def test_what_is_asked_for_is_kept_as_tags(path: Path) -> None:
    found = read(path, SEVERAL, strength="Hvor tett", keep=["Navn", "Fritt", "Hvor ofte"])
    kart = found.maps["NAV"]
    assert kart["NAV"].tags == {"Navn": "Kari", "Fritt": "Ring Kari"}
    assert kart["DPS"].tags == {}
    assert kart.ties[0].tags == {"Hvor ofte": "Daglig"}
    assert not {"survey_left_out", "survey_personal"} & {*codes(found)}
    (problem,) = refused(path, SEVERAL, strength="Hvor tett", keep=["Fritekst"])
    assert (problem.code, problem.guesses[:1]) == ("column_not_found", ("Fritt",))


def test_what_cannot_be_seen_is_asked_for(path: Path) -> None:
    assert refused(path, "a,b\n1,2\n")[0].code == "survey_no_question"
    text = "Kode,Hvor tett [NAV],Hvor tett [DPS]\nx1,Tett,Tett\n"
    (problem,) = refused(path, text)
    assert (problem.code, "--respondent" in problem.text("nb")) == ("survey_no_respondent", True)
    assert list(read(path, text, respondent="kode").maps) == ["x1"]
    for option in ("respondent", "partner", "strength"):
        (problem,) = refused(path, text, **{"respondent": "Kode", option: "Hva?"})
        assert problem.code == "column_not_found"


def test_people_who_answer_by_their_name_are_found_among_the_partners(path: Path) -> None:
    text = "ID,Start time,Email,Name,Kari Ås,Ola Øy\n1,x,a@b,Kari Ås,,Tett\n2,x,a@b,Ola Øy,Noe,\n"
    assert list(read(path, text).maps) == ["Kari Ås", "Ola Øy"]


# --- merged, public, hostile


def test_silence_about_others_is_no_denial(path: Path) -> None:
    """Who has answered a questionnaire was not asked about the ties between others."""
    text = "Hvem er du?,Hvor tett [NAV],Hvor tett [DPS],Hvor tett [BUP]\n"
    text += "NAV,,Tett,Ikke\nDPS,Tett,,Lite\nBUP,Ikke,Ikke,\n"
    merged = ak.merge(read(path, text).maps)
    unseen = [one.text("en") for one in merged.disagreements if one.case == "unseen"]
    assert len(unseen) == 1
    assert "BUP" in unseen[0]
    assert "NAV" not in unseen[0]


def test_the_public_function_warns_once_for_each_note(path: Path) -> None:
    path.write_text(exports.google(ANSWERS), "utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        maps = ak.read_survey(path)
    assert list(maps) == ["NAV", "DPS Nord"]
    assert all(issubclass(one.category, ak.MapNote) for one in caught)
    assert {one.filename for one in caught} == {__file__}
    assert any(
        "Who answers was read from 'Hvem svarer du for?'" in str(one) for one in map(_said, caught)
    )


def _said(one: warnings.WarningMessage) -> str:
    return str(one.message)


@pytest.mark.parametrize(
    "options",
    [
        {"respondent": 1},
        {"partner": ["a"]},
        {"actors": "NAV"},
        {"actors": [1]},
        {"actors": 1},
        {"keep": "Navn"},
        {"answers": ["a"]},
        {"answers": {"a": "b"}},
        {"answers": {"a": -1}},
        {"answers": {"a": True}},
        {"answers": {"a": float("nan")}},
        {"answers": {1: 1}},
    ],
)
def test_wrong_arguments_are_said(path: Path, options: dict[str, Any]) -> None:
    path.write_text(exports.google(ANSWERS), "utf-8")
    with pytest.raises(ak.WrongArgument):
        ak.read_survey(path, **options)


def test_other_mistakes_of_those_who_call_are_ours_too(path: Path) -> None:
    with pytest.raises(ak.UnknownName):
        ak.read_survey(path, shape="tall")
    with pytest.raises(ak.UnreadableFile):
        ak.read_survey(path)
    with pytest.raises(ak.UnsupportedFile):
        ak.read_survey(path.with_suffix(".yaml"))
    with pytest.raises(ak.WrongArgument):
        ak.read_survey(4)  # type: ignore[arg-type]
    path.write_bytes(b"")
    with pytest.raises(ak.InvalidMap):
        ak.read_survey(path)


def test_questions_without_answers_are_no_empty_file(tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text("Hvem er du?,Hvem samarbeider dere med?\n", "utf-8")
    with pytest.raises(AktorkartError) as caught:
        load_survey(tmp_path / "svar.csv", Asked())
    assert [one.code for one in caught.value.problems] == ["survey_no_answers"]
