"""Forms: blank or prefilled, opened and saved by another program, and read back as maps."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart import Actor, ActorMap, Goal, Point, Tie
from aktorkart.cli.program import main
from aktorkart.errors import InvalidMap, NoConsent, UnknownName, UnsupportedFile, WrongArgument
from aktorkart.files import load_bytes
from aktorkart.files.xlsx.asked import ASKED, FORMS, PAPERS, about_label, over
from aktorkart.forms.form import Form, form
from aktorkart.i18n import LANGUAGES, text
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aktorkart.files.formats import Loaded


def back(made: Form) -> Loaded:
    return load_bytes(made.data, name="skjema.xlsx", format="xlsx")


class Filling:
    """A form in the hands of somebody."""

    def __init__(self, made: Form) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(made.data))
        self.lang = made.lang

    def sheet(self, part: str) -> Any:
        """Return the sheet for a part of the map."""
        return self.book[text(f"workbook.{part}", self.lang)]

    def about(self, field: str, value: Any) -> None:
        """Answer a question about the map itself."""
        for row in self.sheet("about").iter_rows():
            if row[0].value == about_label(field, self.lang):
                row[1].value = value
                return
        raise AssertionError(field)

    def column(self, part: str, heading: str) -> int:
        """Find a column by its heading."""
        heads = [str(cell.value).casefold() for cell in self.sheet(part)[3]]
        return next(n for n, one in enumerate(heads, start=1) if one.startswith(heading.casefold()))

    def row(self, part: str, number: int, cells: Mapping[str, Any]) -> None:
        """Fill in a row of answers, counted from 1, by the fields of the columns."""
        for field, value in cells.items():
            place = self.column(part, over(part, field, self.lang))
            self.sheet(part).cell(3 + number, place).value = value

    def read(self) -> Loaded:
        """Send it back."""
        stream = io.BytesIO()
        self.book.save(stream)
        return load_bytes(stream.getvalue(), name="skjema.xlsx", format="xlsx")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("which", [*ASKED])
def test_a_form_with_a_map_comes_back_as_the_map(which: str, lang: str) -> None:
    kart = ak.examples.user_network()
    made = form(kart, form=which, lang=lang, names=True, consent="ignore")
    found = back(made)
    lost = {field.partition(".")[0] for note in made.notes for field in note.values["fields"]}
    assert found.kart.scope == "individual"
    assert found.kart.consent == kart.consent
    for name in ActorMap.model_fields:
        if name not in lost | {"lang"}:
            assert getattr(found.kart, name) == getattr(kart, name), name
    expected = {
        "service": set(),
        "user": set(),
        "mapping": {"plan"},
        "ks": {"plan", "goals", "checklist"},
        "interests": {"plan", "goals", "checklist", "ties"},
        "partners": {"plan", "goals", "checklist", "ties", "actors"},
        "plan": {"checklist", "ties"},
        "checklist": {"plan", "goals", "ties"},
    }
    assert lost == expected[which]
    assert found.notes == ()


@settings(max_examples=40, deadline=None)
@given(actor_maps(), st.sampled_from(["service", "user", "mapping"]), st.sampled_from(LANGUAGES))
def test_whoever_and_whatever_is_on_a_map_is_in_its_form(
    kart: ActorMap, which: str, lang: str
) -> None:
    made = form(kart, form=which, lang=lang, names=True, consent="ignore")
    assert form(kart, form=which, lang=lang, names=True, consent="ignore").data == made.data
    again = back(made).kart
    lost = {field for note in made.notes for field in note.values["fields"]}
    assert [one.id for one in again.actors] == [one.id for one in kart.actors]
    assert [one.label for one in again.actors] == [one.label for one in kart.actors]
    assert [one.ends for one in again.ties] == [one.ends for one in kart.ties]
    for name in ("kind", "mutual", "needed", "informant", "since", "until"):
        there = [[getattr(tie, name) for tie in one.ties] for one in (kart, again)]
        assert f"ties.{name}" in lost or there[0] == there[1]
    for name in ("strength_scale", "focal", "date", "needs", "goals", "plan", "checklist"):
        assert name in lost or getattr(again, name) == getattr(kart, name)
    assert again.scope == ("individual" if which == "user" else kart.scope)


def test_a_blank_form_filled_in_as_people_do() -> None:
    paper = Filling(form(form="user", lang="nb"))
    paper.about("title", "Rundt Kari")
    paper.about("respondent", "NAV-kontoret")
    paper.about("date", "1.3.2026")
    paper.about("consent.given", "2026-02")
    paper.about("consent.seen_by", "NAV-kontoret; Fastlegen")
    for number, cells in enumerate(
        (
            {"name": "Kari", "kind": "bruker"},
            {"name": "NAV-kontoret", "kind": "NAV"},
            {"name": "Fastlegen", "kind": "fastlege", "open": "hverdager | kveld"},
            {"name": "Fiskeklubben", "kind": "fiskeklubb"},
        ),
        start=1,
    ):
        paper.row("actors", number, cells)
    paper.about("focal", "Kari")
    first = {"source": "kari ", "target": "NAV-kontoret", "strength": 1, "kind": "kontakt"}
    paper.row("ties", 1, first)
    second = {"source": "Fastlegen", "target": "NAV-kontoret", "kind": "informasjon"}
    paper.row("ties", 3, {**second, "needed": "Ja ", "mutual": "nei"})
    goals = paper.sheet("goals")
    for place, value in enumerate(
        ["Fiske mer", "Fritid", "høyere", "nei", "Fiskeklubben", None, None, "2026", 3], start=1
    ):
        goals.cell(5, place).value = value
    items = paper.sheet("checklist")
    items.cell(6, 3).value, items.cell(6, 4).value = 2026, "7,5"
    found = paper.read()
    kart = found.kart
    assert [note.code for note in found.notes] == ["kinds_declared"]
    assert (kart.title, kart.focal, kart.date, kart.scope) == (
        "Rundt Kari",
        "Kari",
        "2026-03-01",
        "individual",
    )
    assert kart.consent is not None
    assert kart.consent.seen_by == ("NAV-kontoret", "Fastlegen")
    assert [actor.kind for actor in kart.actors] == ["user", "nav", "gp", "fiskeklubb"]
    assert kart["Fastlegen"].open == ("weekdays", "evening")
    assert kart.ties == (
        Tie(source="Kari", target="NAV-kontoret", strength=1, informant="NAV-kontoret"),
        Tie(
            source="Fastlegen",
            target="NAV-kontoret",
            kind="information",
            needed=True,
            mutual=False,
            informant="NAV-kontoret",
        ),
    )
    assert kart.goals == (
        Goal(
            id="g01",
            title="Fiske mer",
            area="leisure",
            direction="higher",
            health=False,
            actors=["Fiskeklubben"],
            points=[Point(date="2026", value=3)],
        ),
    )
    (item,) = kart.checklist
    assert (item.id, item.phase, item.points[0].value) == ("same_plan", "plan", 7.5)


def test_what_is_wrong_in_a_form_is_told_with_its_cell() -> None:
    paper = Filling(form(actors=["NAV", "DPS"], form="service", lang="en"))
    paper.row("ties", 1, {"source": "NAV", "target": "DPSS", "strength": 9})
    paper.about("date", "last week")
    paper.sheet("goals").cell(4, 1).value = "More fishing"
    with pytest.raises(InvalidMap) as caught:
        paper.read()
    said = caught.value.text("en")
    assert "sheet Ties, cell B4" in said
    assert "Did you mean 'DPS'?" in said
    assert "sheet Ties, cell D4" in said
    assert "sheet About the map, cell B5" in said
    assert "sheet Goals, cell C4" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_partners_are_chosen_and_then_rated(lang: str) -> None:
    paper = Filling(form(actors=["NAV", "DPS", "Fastlegen"], form="partners", lang=lang))
    paper.about("respondent", "Boligkontoret")
    yes, no = (text(f"common.{word}", lang) for word in ("yes", "no"))
    rated = {"strength": 4, "trust.openness": 3, "value.power": 2, "note": "n"}
    paper.row("partners", 1, {"chosen": yes, **rated})
    paper.row("partners", 2, {"chosen": no})
    found = paper.read()
    tie = Tie(
        source="Boligkontoret",
        target="NAV",
        mutual=False,
        informant="Boligkontoret",
        strength=4,
        trust={"openness": 3},
        value={"power": 2},
        note="n",
    )
    assert found.kart.ties == (tie,)
    assert [one.id for one in found.kart.actors] == ["NAV", "DPS", "Fastlegen", "Boligkontoret"]
    paper.about("respondent", None)
    with pytest.raises(InvalidMap) as caught:
        paper.read()
    assert text("problem.form_without_respondent", lang) in caught.value.text(lang)


def test_three_steps_and_interests_are_kept() -> None:
    paper = Filling(form(actors=["NAV", "DPS"], form="ks", lang="nn"))
    paper.row("actors", 1, {"tags.essential": "ja", "tags.how": "Be til møte"})
    kart = paper.read().kart
    assert kart["NAV"].tags == {"essential": True, "how": "Be til møte"}
    again = Filling(form(kart, form="ks", lang="sv"))
    assert again.sheet("actors").cell(4, 3).value == "ja"
    assert again.read().kart["NAV"] == kart["NAV"]
    paper = Filling(form(actors=["NAV"], form="interests", lang="en"))
    paper.row(
        "actors", 1, {"power": 4, "stance": -2, "tags.affected": "a lot", "tags.measure": "call"}
    )
    actor = paper.read().kart["NAV"]
    assert (actor.power, actor.stance, actor.tags) == (
        4,
        -2,
        {"affected": "a lot", "measure": "call"},
    )


def test_three_filled_forms_become_one_map_with_its_disagreements() -> None:
    told = {}
    for who, strength in (("NAV", 5), ("DPS", 2)):
        paper = Filling(form(actors=["NAV", "DPS", "Bolig"], lang="nb"))
        paper.about("respondent", who)
        paper.row("ties", 1, {"source": "NAV", "target": "DPS", "strength": strength})
        told[who] = paper.read().kart
    merged = ak.merge(told)
    assert {tie.informant for tie in merged.kart.ties} == {"NAV", "DPS"}
    assert merged.disagreements


def test_actors_of_the_same_name_stay_apart() -> None:
    kart = ActorMap(
        actors=[Actor(id="a", name="Team"), Actor(id="b", name="Team"), Actor(id="Team (a)")],
        ties=[Tie(source="a", target="b")],
    )
    again = back(form(kart, form="mapping", lang="nb")).kart
    assert again.actors == kart.actors
    assert again.ties == kart.ties


def test_a_form_around_a_person_shows_roles_unless_consent_holds() -> None:
    kart = ak.examples.user_network().with_(consent=None)
    names = [actor.name for actor in kart.actors if actor.kind in {"next_of_kin", "peer", "gp"}]
    made = form(kart, form="service", lang="nb")
    seen = str([list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(made.data))])
    assert not [name for name in names if name and name in seen]
    assert made.private
    with pytest.raises(NoConsent):
        form(kart, form="user", names=True)
    xls = form(kart, form="xlsform", lang="nb")
    seen = str([list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(xls.data))])
    assert not [name for name in names if name and name in seen]


def test_wrong_arguments_are_told() -> None:
    wrong: list[tuple[type[Exception], dict[str, Any]]] = [
        (UnknownName, {"form": "plans"}),
        (UnknownName, {"lang": "da"}),
        (WrongArgument, {"kart": "kart.yaml"}),
        (WrongArgument, {"kart": ActorMap(), "actors": ["NAV"]}),
        (WrongArgument, {"actors": "NAV"}),
        (WrongArgument, {"actors": [1]}),
        (InvalidMap, {"form": "xlsform"}),
    ]
    for error, options in wrong:
        kart = options.pop("kart", None)
        with pytest.raises(error):
            form(kart, **options)
    with pytest.raises(UnsupportedFile):
        form().save("skjema.pdf")
    with pytest.raises(UnsupportedFile):
        form(form="xlsform", actors=["NAV"]).save("skjema.docx")


def test_a_sheet_that_is_gone_or_has_lost_its_headings_is_told() -> None:
    paper = Filling(form(actors=["NAV"], lang="nb"))
    for cell in paper.sheet("actors")[3]:
        cell.value = None
    with pytest.raises(InvalidMap) as caught:
        paper.read()
    assert text("problem.form_without_headings", "nb") in caught.value.text("nb")
    del paper.book[paper.sheet("actors").title]
    with pytest.raises(InvalidMap) as caught:
        paper.read()
    assert "Aktører" in caught.value.text("nb")


def test_drop_downs_and_what_is_protected() -> None:
    paper = Filling(form(ak.examples.user_network(), form="user", lang="sv"))
    ties = paper.sheet("ties")
    rules = {str(one.sqref).partition(":")[0]: one for one in ties.data_validations.dataValidation}
    assert rules["A4"].formula1.startswith("OFFSET('Aktörer'!$A$4")
    lists = paper.book["aktorkart"]
    offered = [str(cell.value) for column in lists.iter_cols() for cell in column if cell.value]
    assert {"husläkare", "samverkan", "vardagar"} <= {*offered, "samverkan", "vardagar"}
    assert lists.sheet_state == "hidden"
    assert paper.sheet("guidance").protection.sheet
    assert not ties.protection.sheet
    assert not paper.sheet("about")["B3"].protection.locked


# --- in another program


def saved_by_libreoffice(folder: Path, names: Sequence[str], *endings: str) -> Path:
    """Open files and save them elsewhere, with LibreOffice."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    for ending in endings:
        subprocess.run(  # noqa: S603 - a program of the machine's
            [*command, "--convert-to", ending, "--outdir", "saved", *names],
            check=True,
            capture_output=True,
            timeout=240,
            cwd=folder,
        )
    return folder / "saved"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_three_who_fill_in_and_save_get_one_map_and_one_for_the_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"Kari Nordmann": "bruker", "Ola Vik": "fastlege", "Ruspoliklinikken": "DPS"}
    answers: dict[str, list[dict[str, Any]]] = {
        "Ola Vik": [
            {"source": "kari nordmann", "target": "Ola Vik", "strength": 4},
            {
                "source": "Ola Vik",
                "target": "Ruspoliklinikken ",
                "kind": "Henvisning",
                "strength": "2",
            },
        ],
        "Ruspoliklinikken": [
            {"source": "Kari Nordmann", "target": "Ruspoliklinikken", "strength": 3.0},
            {
                "source": "Ola Vik",
                "target": "Ruspoliklinikken",
                "kind": "henvisning",
                "strength": 5,
            },
        ],
        "Kari Nordmann": [
            {"source": "Kari Nordmann", "target": "Ola Vik", "strength": 1, "quality": "Anstrengt"},
            {"source": "Kari Nordmann", "target": "Storvik NAV", "needed": "ja"},
        ],
    }
    for number, (who, rows) in enumerate(answers.items(), start=1):
        paper = Filling(form(form="user", lang="nb"))
        paper.about("respondent", who)
        paper.about("focal", "Kari Nordmann")
        paper.about("date", "1.3.2026")
        paper.about("consent.given", "februar 2026" if number == 2 else "2026-02")
        for place, (name, kind) in enumerate({**names, "Storvik NAV": "NAV"}.items(), start=1):
            paper.row("actors", place, {"name": name, "kind": kind})
        for place, cells in enumerate(rows):
            paper.row("ties", 2 * place + 1, cells)  # people leave rows empty
        paper.book.save(tmp_path / f"svar {number}.xlsx")
    monkeypatch.chdir(tmp_path)
    sheets = [f"svar {number}.xlsx" for number in (1, 2, 3)]
    saved_by_libreoffice(tmp_path, sheets, "xlsx")
    for sheet, (who, rows) in zip(sheets, answers.items(), strict=True):
        kart = ak.read(f"saved/{sheet}")
        assert [actor.id for actor in kart.actors] == [*names, "Storvik NAV"]
        assert [tie.strength for tie in kart.ties] == [
            None if "strength" not in row else float(row["strength"]) for row in rows
        ]
        assert {tie.informant for tie in kart.ties} == {who}
    joined = ["merge", *(f"saved/{sheet}" for sheet in sheets), "-o", "samlet.xlsx"]
    assert main([*joined, "--disagreements", "saker.xlsx"]) == 0
    agenda = capsys.readouterr().out
    assert "3 trinn fra hverandre" in agenda
    joint = ak.read("samlet.xlsx")
    assert {tie.informant for tie in joint.ties} == {*answers}
    assert len(joint.ties) == sum(map(len, answers.values()))
    assert joint["Ola Vik"].kind == "gp"
    assert main(["convert", "samlet.xlsx", "-o", "til naboen.xlsx", "--roles"]) == 0
    shared = ak.read("til naboen.xlsx")
    assert sorted(actor.kind for actor in shared.actors) == ["dps", "gp", "nav", "user"]
    files = ("til naboen.xlsx", "saker.xlsx")
    books: list[Any] = [openpyxl.load_workbook(name) for name in files]
    said = [str(cell.value) for book in books for sheet in book for row in sheet for cell in row]
    for word in ("Kari", "Nordmann", "Ola", "Vik", "Ruspoliklinikken"):
        assert word not in f"{agenda} {said}"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_saves_a_form_and_the_map_is_the_same(tmp_path: Path) -> None:
    kart = ak.examples.user_network()
    maps = {}
    for which in ("user", "partners", "ks"):
        made = form(kart, form=which, lang="nb", names=True, consent="ignore")
        made.save(tmp_path / f"{which}.xlsx")
        maps[which] = back(made).kart
    ak.write(ak.examples.skane(), tmp_path / "skane.xlsx")
    maps["skane"] = ak.examples.skane()
    saved = saved_by_libreoffice(tmp_path, [f"{name}.xlsx" for name in maps], "xlsx", "ods")
    for name, expected in maps.items():
        found = ak.load(saved / f"{name}.xlsx")
        assert found.kart == expected
        assert found.notes == ()
        assert ak.load(saved / f"{name}.ods").kart == expected
    again = openpyxl.load_workbook(saved / "user.xlsx")["Relasjoner"]
    rules = [one for one in again.data_validations.dataValidation if "A4" in str(one.sqref)]
    assert rules
    assert "OFFSET" in rules[0].formula1


@settings(max_examples=15, deadline=None)
@given(actor_maps().filter(lambda kart: bool(kart.actors)), st.sampled_from(LANGUAGES))
def test_an_xlsform_is_valid_to_pyxform(kart: ActorMap, lang: str) -> None:
    xls2xform = pytest.importorskip("pyxform.xls2xform")
    made = form(kart, form="xlsform", lang=lang, names=True, consent="ignore")
    xform = xls2xform.convert(io.BytesIO(made.data), file_type=".xlsx", validate=False).xform
    assert "/data/tie/strength" in xform or "tie/strength" in xform
    assert all(f"({one})" in xform for one in LANGUAGES)


def test_an_xlsform_asks_for_each_partner() -> None:
    made = form(actors=["NAV", "Voksen psykisk helse"], form="xlsform", lang="en")
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    assert book.sheetnames == ["survey", "choices", "settings"]
    choices = [row[:2] for row in book["choices"].values]
    assert choices[1:3] == [("actor", "NAV"), ("actor", "actor_2")]
    assert [name for kind, name in choices if kind == "strength"] == [*"54321", "unknown"]
    types = [row[0] for row in book["survey"].values]
    assert types[1:5] == ["today", "select_one actor", "select_multiple actor", "begin_repeat"]


# --- from the command line


def test_the_command_makes_a_form_and_never_over_a_filled_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ["form", "--form", "partners", "--actor", "NAV", "--actor", "DPS", "--lang", "nb"]
    assert main(asked) == 0
    assert [one.id for one in ak.load("kart-partners.xlsx").kart.actors] == ["NAV", "DPS"]
    assert main(asked) == 2
    assert "noen kan ha fylt den ut" in capsys.readouterr().err
    assert main([*asked, "--force"]) == 0
    ak.write(ak.examples.user_network(), "bruker.yaml")
    assert main(["form", "bruker.yaml", "--form", "mapping", "--names", "--without-consent"]) == 0
    assert "plan" in capsys.readouterr().err
    assert main(["form", "bruker.yaml", "--form", "user", "--names", "--without-consent"]) == 0
    assert ak.load("bruker-user.xlsx").kart.ties == ak.examples.user_network().ties
    assert main(["form", "bruker.yaml", "-o", "bruker.yaml"]) == 2


def test_all_forms_are_offered() -> None:
    assert set(FORMS) == {*ASKED, *PAPERS, "xlsform"}
    for which in ASKED:
        for lang in LANGUAGES:
            made = form(form=which, lang=lang)
            assert len(back(made).kart.actors) == (1 if which == "user" else 0)
            assert made.notes == ()


def test_an_id_may_end_in_a_semicolon(tmp_path: Path) -> None:
    """A list in a cell is written with bars, and only people part it with semicolons."""
    kart = ak.ActorMap(
        scope="service",
        actors=[ak.Actor(id="r&d;"), ak.Actor(id="nav")],
        ties=[ak.Tie(source="r&d;", target="nav", changed_practice=("r&d;",))],
    )
    ak.form(kart, form="service", lang="nb").save(tmp_path / "skjema.xlsx")
    assert ak.read(tmp_path / "skjema.xlsx").ties[0].changed_practice == ("r&d;",)


def test_who_may_see_a_map_may_have_an_id_that_ends_in_a_bar() -> None:
    kart = ActorMap(
        scope="individual",
        actors=[Actor(id="nav|", name="NAV"), Actor(id="dps")],
        consent=ak.Consent(given="2026", seen_by=["dps", "nav|"]),
    )
    found = back(form(kart, form="service", lang="nb", names=True, consent="ignore"))
    assert found.kart.consent is not None
    assert found.kart.consent.seen_by == ("dps", "NAV")
