"""Forms that people hold: Word files and workbooks, blank and filled in from a map."""

from __future__ import annotations

import io
import stat
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart import Action, Actor, ActorMap, Goal, Point, Tie
from aktorkart.cli.program import main
from aktorkart.content.topics import TOPICS, Topics, of_level
from aktorkart.errors import InvalidMap, MissingExtra, NoConsent
from aktorkart.files import load_bytes
from aktorkart.files.xlsx.asked import PAPERS
from aktorkart.forms.form import form
from aktorkart.forms.papers import PAPERS as MADE
from aktorkart.forms.papers.questions import MOST, questions
from aktorkart.forms.word import _LETTERS, _size
from aktorkart.i18n import LANGUAGES, text
from aktorkart.strategies import actor_maps
from personal import PERSONAL, renamed
from reports_of import around, nasty
from slowly import but_one_slow

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS: Any = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def opened(data: bytes) -> Any:
    """Open a Word file."""
    return docx.Document(io.BytesIO(data))


def read(data: bytes) -> str:
    """Return everything that a Word file says, what is in its lists and said of it too."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


def written(data: bytes) -> list[str]:
    """Return the texts of a Word file in its order, cells and boxes included."""
    body = opened(data).element.body
    lines = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    return [line for line in lines if line.strip()]


def cells(data: bytes) -> list[Any]:
    """Return everything in the sheets of a workbook that are shown."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = [sheet for sheet in book if sheet.sheet_state == "visible"]
    return [cell for sheet in sheets for row in sheet.values for cell in row if cell is not None]


def said(code: str, lang: str = "nb", **values: Any) -> str:
    return text(f"form.paper.{code}", lang, **values)


# --- every form, blank and filled in


@pytest.mark.parametrize("filled", but_one_slow([True, False]))
@pytest.mark.parametrize("which", [*MADE])
def test_a_form_in_word_is_a_form(which: str, filled: bool) -> None:  # noqa: FBT001
    kart = ak.examples.user_network() if filled else None
    made = form(kart, form=which, lang="nn")
    data = made.to_bytes(".docx")
    assert data == form(kart, form=which, lang="nn").to_bytes(".docx")
    document = opened(data)
    assert document.paragraphs[0].text == text(f"form.title.{which}", "nn")
    assert document.paragraphs[0].style.name == "Title"
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"nn-NO"}
    assert document.core_properties.language == "nn-NO"
    section = document.sections[0]
    assert sorted([round(section.page_width.mm), round(section.page_height.mm)]) == [210, 297]
    inside = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        wide = sum(column.width for column in table.columns)
        assert abs(wide - inside) < 36_000
        look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - no other way
        heads = [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in table.rows]  # noqa: SLF001
        assert heads[0] == (which != "cards" and look.get(qn("w:firstRow")) == "1")
        assert not any(heads[1:])
    ids = [one.get(qn("w:val")) for one in document.element.body.iter(qn("w:id"))]
    assert len(ids) == len(set(ids))
    codes = [note.code for note in made.notes_for(".docx")]
    assert codes[-1] == "form_not_read"


@pytest.mark.parametrize("which", PAPERS)
def test_a_workbook_for_people_is_refused_as_a_map(which: str) -> None:
    for kart in (None, ak.examples.user_network()):
        made = form(kart, form=which, lang="sv")
        data = made.data
        assert data == form(kart, form=which, lang="sv").data
        assert made.notes[-1].code == "form_not_read"
        with pytest.raises(InvalidMap) as caught:
            load_bytes(data, name="skjema.xlsx", format="xlsx")
        assert "mapping" in caught.value.text("sv")


def test_an_empty_map_and_one_actor_alone_have_every_form() -> None:
    for kart in (ActorMap(), ActorMap(actors=[Actor(id="a", name="Kari")], focal="a")):
        for which in MADE:
            assert form(kart, form=which, lang="en")._paper.parts  # noqa: SLF001 - without Word
        for which in ("service", "agenda", "cards"):
            assert written(form(kart, form=which, lang="en").to_bytes(".docx"))
        for which in PAPERS:
            assert cells(form(kart, form=which, lang="en").data)


def test_names_that_look_like_markup_are_names() -> None:
    kart = nasty()
    name = kart["a"].label
    for which in ("service", "communication", "cards"):
        assert name in "\n".join(written(form(kart, form=which, lang="nb").to_bytes(".docx")))
    long = ActorMap(title="x" * 400, actors=[Actor(id="a", name="y" * 900)])
    assert opened(form(long, form="cards").to_bytes(".docx")).tables


# --- what they say


def test_the_mapping_tells_of_ties_to_the_one_in_the_middle_and_of_what_is_missing() -> None:
    kart = ActorMap(
        focal="team",
        actors=[
            Actor(id="team", name="Teamet"),
            Actor(id="nav", name="NAV", kind="nav", open=["weekdays"], organisation="Staten"),
            Actor(id="dps", name="DPS"),
        ],
        ties=[
            Tie(source="team", target="nav", kind="referral", strength=2, quality="strained"),
            Tie(source="team", target="nav", kind="information", strength=3),
            Tie(source="nav", target="dps", kind="information", needed=True),
        ],
    )
    document = opened(form(kart, form="mapping", lang="nb").to_bytes(".docx"))
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert rows[0][3] == said("heading.tie_to", who="Teamet")
    told = "henvisning (anstrengt), informasjon"
    # Words in a list to choose from are no runs of the paragraph, for python-docx.
    assert rows[1] == ["NAV", "", "Staten\nhverdager", told, "", "DPS"]
    lines = written(form(kart, form="mapping", lang="nb").to_bytes(".docx"))
    assert lines[lines.index(told) + 1] == "3"
    assert rows[2][3] == said("no_tie")
    missing = [cell.text for cell in document.tables[2].rows[1].cells]
    assert missing == ["NAV", "DPS", "informasjon", "", ""]
    apart = [
        cell.text
        for cell in opened(
            form(kart.with_(focal=None), form="mapping", lang="nb").to_bytes(".docx")
        )
        .tables[1]
        .rows[1]
        .cells
    ]
    assert apart[0] == "Teamet"
    assert apart[3] == "NAV"


def test_the_plan_goes_goal_by_goal_and_says_how_it_is_measured() -> None:
    kart = ActorMap(
        date="2026-03-01",
        actors=[Actor(id="nav", name="NAV")],
        goals=[
            Goal(
                id="z",
                title="Sove",
                direction="higher",
                points=[Point(date="2025", value=2), Point(date="2026", value=5)],
            ),
            Goal(id="a", title="Jobbe", direction="lower", points=[Point(date="2026", value=7)]),
            Goal(id="b", title="Korps", direction="higher"),
        ],
        plan=[
            Action(id="p", title="Ringe", goal="a", responsible="nav", due="2026-02-01"),
            Action(id="q", title="Kaffe", done="2026-02-20"),
        ],
    )
    lines = written(form(kart, form="plan", lang="nb").to_bytes(".docx"))
    whole = "\n".join(lines)
    for row in (
        f"Sove\n{said('points_twice', first=2, last=5, better='høyere')}",
        "Jobbe\nRinge\nNAV\n1. feb. 2026",
        f"over fristen\n{said('points_once', last=7, better='lavere')}",
        f"Korps\n{said('points_none', better='høyere')}",
        "Kaffe\ngjort, 20. feb. 2026",
    ):
        assert row.replace("\n", "") in whole.replace("\n", "").replace("\u00a0" * 8, "")
    goals = written(form(kart, form="service", lang="nb").to_bytes(".docx"))
    assert goals[goals.index("Sove") + 1 :][:2].count(
        said("points_twice", first=2, last=5, better="høyere")
    )


def test_the_plan_comes_back_from_its_workbook_with_what_was_written() -> None:
    kart = ak.examples.user_network()
    made = form(kart, form="plan", lang="nb", names=True, consent="ignore")
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    plan = book[text("workbook.plan", "nb")]
    row = 4 + len(kart.plan)
    for column, value in enumerate(
        (
            "Ringe legen",
            "spille i korps igjen ",
            "Fastlegen",
            "planlegge",
            "1.5.2026",
            None,
            "snart",
        ),
        start=1,
    ):
        plan.cell(row, column).value = value
    goals = book[text("workbook.goals", "nb")]
    new = 4 + len(kart.goals)
    goals.cell(new, 1).value, goals.cell(new, 3).value = "Danse", "høyere"
    plan.cell(row + 1, 1).value, plan.cell(row + 1, 2).value = "Melde seg på", "Danse"
    stream = io.BytesIO()
    book.save(stream)
    again = load_bytes(stream.getvalue(), name="plan.xlsx", format="xlsx").kart
    assert again.plan[: len(kart.plan)] == kart.plan
    call, dance = again.plan[len(kart.plan) :]
    goal = next(one.id for one in kart.goals if one.title == "Spille i korps igjen")
    assert (call.title, call.goal, call.responsible, call.phase) == (
        *("Ringe legen", goal, "fastlege", "plan"),
    )
    assert (call.due, call.done, call.note) == ("2026-05-01", None, "snart")
    assert dance.goal == again.goals[-1].id
    assert len({one.id for one in again.plan}) == len(again.plan)
    plan.cell(row, 2).value = "Fly"
    book.save(stream := io.BytesIO())
    with pytest.raises(InvalidMap) as caught:
        load_bytes(stream.getvalue(), name="plan.xlsx", format="xlsx")
    assert f"ark Plan, celle B{row}" in caught.value.text("nb")


def test_what_is_ticked_and_offered_in_word() -> None:
    kart = ActorMap(
        actors=[
            Actor(id="a", name="NAV", kind="nav", tags={"essential": True, "how": "Ring"}),
            Actor(id="b", name="DPS", power=4),
        ]
    )
    data = form(kart, form="ks", lang="nb").to_bytes(".docx")
    lines = written(data)
    assert lines.count("☒") == 1
    assert lines.count("☐") >= 1
    assert "Ring" in lines
    boxes = read(data).count("<w14:checkbox")
    assert boxes == lines.count("☒") + lines.count("☐")
    xml = read(form(kart, form="interests", lang="nb").to_bytes(".docx"))
    assert 'w:displayText="−2"' in xml
    shown = written(form(kart, form="interests", lang="nb").to_bytes(".docx"))
    assert shown.index("DPS") < shown.index("NAV")  # the most powerful first


def test_cards_are_of_two_kinds_and_their_names_have_room() -> None:
    kart = ActorMap(
        actors=[
            Actor(id="a", name="Folkehelsekoordinatoren"),
            Actor(id="b", name="Nav", kind="nav"),
        ],
        ties=[Tie(source="a", target="b", needed=True, kind="referral")],
    )
    data = form(kart, form="cards", lang="nb").to_bytes(".docx")
    lines = written(data)
    assert lines[-3:] == ["Folkehelsekoordinatoren – Nav", said("card.missing"), "Henvisning"]
    assert read(data).count('w:val="dashed"') == 4
    rows = [
        row[:2]
        for row in openpyxl.load_workbook(io.BytesIO(form(kart, form="cards", lang="nb").data))
        .worksheets[1]
        .iter_rows(min_row=4, values_only=True)
    ]
    assert rows == [
        ("Nav", said("card.actor")),
        ("Folkehelsekoordinatoren", said("card.actor")),
        ("Folkehelsekoordinatoren – Nav", said("card.missing")),
    ]
    for name in ("NAV", "Folkehelsekoordinatoren", "Spesialisthelsetjenesteavdelingen – NAV"):
        assert max(map(len, name.split())) <= _LETTERS[_size(name)]


def test_a_communication_plan_has_ten_steps_and_says_when_nobody_is_placed() -> None:
    kart = ak.examples.municipal_service()
    lines = written(form(kart, form="communication", lang="nb").to_bytes(".docx"))
    steps = [line for line in lines if line.partition(".")[0].isdecimal() and ". " in line]
    assert {step.partition(".")[0] for step in steps} >= set(map(str, range(1, 11)))
    assert text("grunig.strategy.advocate", "nb") in lines
    assert said("words.not_placed") not in lines
    alone = ActorMap(actors=[Actor(id="a")])
    assert said("words.not_placed") in written(
        form(alone, form="communication", lang="nb").to_bytes(".docx")
    )


# --- the agenda


def test_the_agenda_asks_what_the_findings_say() -> None:
    kart = ak.examples.user_network()
    found = questions(kart)
    assert len(found.asked) == MOST
    assert [one.level for one in found.asked] == ["gap"] * 4 + ["note"]
    topics = Topics(kart)
    gaps = of_level([one for one in topics.about(*TOPICS) if one.code != "next_steps"], "gap")
    assert found.gaps == len(gaps)
    for one in found.asked[:4]:
        assert set(one.found) <= set(gaps)
    data = form(kart, form="agenda", lang="nb", names=True, consent="ignore").to_bytes(".docx")
    lines = written(data)
    for place, one in enumerate(found.asked, start=1):
        assert f"{place}. {text(f'form.agenda.question.{one.theme}', 'nb')}" in lines
        assert text(f"form.agenda.decide.{one.theme}", "nb") in lines
        assert all(finding.brief("nb") in lines for finding in one.found)
    # The workbook asks the same.
    book = openpyxl.load_workbook(io.BytesIO(form(kart, form="agenda", lang="nb").data))
    sheet = book.worksheets[1]
    asked = [row[0] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert asked == [text(f"form.agenda.question.{one.theme}", "nb") for one in found.asked]


def test_what_is_unknown_fills_the_agenda_and_nothing_is_invented() -> None:
    kart = ak.examples.two_brokers()
    found = questions(kart)
    assert found.gaps == 0
    assert {one.level for one in found.asked} == {"unknown"}
    assert len({one.theme for one in found.asked}) == len(found.asked) <= MOST
    lines = written(form(kart, form="agenda", lang="en").to_bytes(".docx"))
    about = text(f"form.agenda.about.{found.asked[0].theme}", "en")
    assert f"1. {text('form.agenda.question.unknown', 'en', about=about)}" in lines
    empty = questions(ActorMap())
    assert all(one.level == "unknown" for one in empty.asked)
    assert empty.asked[0].found[0].case == "empty"
    blank = written(form(form="agenda", lang="en").to_bytes(".docx"))
    assert not [line for line in blank if line.startswith("1.")]
    assert sum(line.startswith(said("heading.question", "en") + " ") for line in blank) == MOST


@settings(max_examples=15, **SETTINGS)
@given(actor_maps())
def test_an_agenda_asks_about_each_thing_once_and_only_about_what_was_found(
    kart: ActorMap,
) -> None:
    found = questions(kart)
    themes = [one.theme for one in found.asked]
    assert len(themes) == len(set(themes)) <= MOST
    told = [*Topics(kart).about(*TOPICS)]
    for one in found.asked:
        assert one.found
        assert set(one.found) <= set(told)
        assert set(one.actors(kart, "nb")) <= {actor.id for actor in kart.actors}
        for key in ("unknown",) if one.level == "unknown" else (one.theme,):
            assert text(f"form.agenda.question.{key}", "nb", about="")
    full = len(found.asked) == MOST
    missed = {one.theme for one in questions(kart, most=100).asked if one.level == "gap"}
    assert full or missed <= set(themes)


# --- what is hidden


@settings(max_examples=15, **SETTINGS)
@given(actor_maps(), st.sampled_from([*MADE]), st.sampled_from(LANGUAGES))
def test_around_a_person_no_paper_says_a_name(kart: ActorMap, which: str, lang: str) -> None:
    made = form(renamed(kart.with_(scope="individual")), form=which, lang=lang)
    assert not PERSONAL.search(read(made.to_bytes(".docx")))
    assert not PERSONAL.search(read(made.data))
    assert made.private


def test_names_and_their_consent_are_shown_where_asked_for(tmp_path: Path) -> None:
    kart = around()
    with pytest.raises(NoConsent):
        form(kart, form="agenda", names=True)
    made = form(kart, form="user", names=True, consent="ignore")
    lines = written(made.to_bytes(".docx"))
    assert "Torvald Nordmann" in lines
    assert text("problem.consent_missing", "nb") in lines
    made.save(tmp_path / "skjema.docx")
    assert stat.S_IMODE((tmp_path / "skjema.docx").stat().st_mode) == 0o600
    hidden = written(form(kart, form="user").to_bytes(".docx"))
    assert "Pårørende" in hidden
    assert any(text("report.roles_shown", "nb") in line for line in hidden)


def test_word_is_asked_for_only_where_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    made = form(form="checklist", lang="nb")
    assert made.data
    with pytest.raises(MissingExtra):
        made.to_bytes(".docx")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra):
        form(form="agenda").to_bytes(".xlsx")


# --- from the command line


def test_the_command_writes_what_people_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ak.write(ak.examples.user_network(), "kart.yaml")
    assert main(["form", "kart.yaml", "--form", "agenda", "--lang", "nb"]) == 0
    assert text("form.title.agenda", "nb") in capsys.readouterr().err
    assert written((tmp_path / "kart-agenda.docx").read_bytes())
    assert main(["form", "kart.yaml", "--form", "plan", "-o", "plan.docx"]) == 0
    assert main(["form", "kart.yaml", "--form", "cards", "-o", "kort.xlsx"]) == 0
    assert main(["check", "kort.xlsx", "--lang", "nb"]) == 2
    assert "kan ikke leses som et kart" in capsys.readouterr().err
    assert main(["form", "kart.yaml", "--form", "xlsform", "-o", "x.docx"]) == 2
