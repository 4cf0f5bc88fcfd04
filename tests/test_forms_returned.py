"""Forms as they come back from people: nothing that was written is lost without a word."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

import aktorkart as ak
from aktorkart import Actor, ActorMap, Goal
from aktorkart.errors import InvalidMap, MapNote
from aktorkart.files import load_bytes
from aktorkart.files.xlsx.asked import ASKED, PARTS, about_label
from aktorkart.forms.form import form
from aktorkart.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOP = 3
"""The row of the headings."""


class Paper:
    """A form in the hands of somebody."""

    def __init__(self, which: str, lang: str, **known: Any) -> None:
        self.lang = lang
        made = form(form=which, lang=lang, **known)
        self.book = openpyxl.load_workbook(io.BytesIO(made.data))

    def sheet(self, part: str) -> Any:
        """Return the sheet for a part of the map."""
        return self.book[text(f"workbook.{part}", self.lang)]

    def fill(self, part: str, rows: Sequence[Mapping[str, Any]], *, top: int = TOP) -> None:
        """Write rows below the headings, by how these begin."""
        sheet = self.sheet(part)
        heads = {str(cell.value): cell.column for cell in sheet[TOP] if cell.value}
        for number, row in enumerate(rows, start=top + 1):
            for heading, value in row.items():
                column = next(at for name, at in heads.items() if name.startswith(heading))
                sheet.cell(number, column).value = value

    def answer(self, field: str, value: Any) -> None:
        """Answer a question about the map itself."""
        for row in self.sheet("about").iter_rows():
            if row[0].value == about_label(field, self.lang):
                row[1].value = value

    def read(self) -> tuple[ActorMap | None, list[str]]:
        """Send it back; return the map, if it is one, and all that is said in its language."""
        self.book.save(stream := io.BytesIO())
        try:
            found = load_bytes(stream.getvalue(), name="skjema.xlsx", format="xlsx")
        except InvalidMap as error:
            return None, [one.text(self.lang) for one in error.problems]
        return found.kart, [note.text(self.lang) for note in found.notes]


def service(lang: str = "nb") -> Paper:
    """Return a form that somebody has filled in, sheet by sheet."""
    assert lang == "nb"
    paper = Paper("service", lang)
    paper.answer("title", "Rusteam i Fjord")
    paper.answer("respondent", "Kari")
    paper.answer("focal", "Teamet")
    kinds = {"Teamet": "psykisk helse- og rusteam", "NAV": "NAV", "DPS": "DPS"}
    paper.fill("actors", [{"Navn": name, "Type": kind} for name, kind in kinds.items()])
    ties = [("Teamet", "NAV", 4), ("Teamet", "DPS", 3)]
    paper.fill("ties", [{"Fra": one, "Til": other, "Styrke": n} for one, other, n in ties])
    paper.fill("goals", [{"Hva som": "Bo trygt", "Bedre er": "høyere", "Hvem som bidrar 1": "NAV"}])
    paper.fill("plan", [{"Tiltak": "Ringe", "Mål": "Bo trygt", "Ansvarlig": "DPS"}])
    return paper


def test_a_form_as_it_is_meant_says_nothing() -> None:
    kart, said = service().read()
    assert said == []
    assert kart is not None
    assert (kart.focal, len(kart.ties), kart.plan[0].responsible) == ("Teamet", 2, "DPS")


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_whatever_is_written_anywhere_is_on_the_map_or_told(data: st.DataObject) -> None:
    """In any cell that was empty: beside, above and below the tables, in the guidance."""
    which = data.draw(st.sampled_from([*ASKED]))
    lang = data.draw(st.sampled_from(LANGUAGES))
    paper = Paper(which, lang, actors=["Teamet", "NAV"])
    shown = [one for one in paper.book if one.sheet_state == "visible"]
    sheet = data.draw(st.sampled_from(shown))
    empty = [
        (row, column)
        for row in (*range(1, 10), 40, 63, 90)
        for column in range(1, 30)
        if sheet.cell(row, column).value is None
    ]
    row, column = data.draw(st.sampled_from(empty))
    sheet.cell(row, column).value = "Sebra"
    kart, said = paper.read()
    cell = f"{get_column_letter(column)}{row}"
    where = cell if kart is not None else f"[A-Z]+{row}"  # what a row lacks is told of the row
    told = any(re.search(rf"\b{where}\b", line) for line in said)
    assert told or (kart is not None and "Sebra" in str(kart.model_dump())), (cell, said)


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["about", "actors", "ties", "goals", "plan"]),
        st.sampled_from(["hidden", "veryHidden", "renamed", "copied", "ignored", "gone"]),
        max_size=3,
    )
)
def test_a_sheet_that_is_not_read_as_it_was_is_told(done: dict[str, str]) -> None:
    paper = service()
    whole, _ = paper.read()
    sheets = {part: paper.sheet(part) for part in done}
    names = {}
    for part, what in done.items():
        sheet = sheets[part]
        name = sheet.title
        if what in {"hidden", "veryHidden"}:
            sheet.sheet_state = what
        elif what == "copied":
            copy = paper.book.copy_worksheet(sheet)
            copy.title = name = f"{sheet.title} (2)"
        elif what == "gone":
            del paper.book[sheet.title]
        else:
            name = f"Vårt {part}" if what == "renamed" else f"{sheet.title} (ignorer)"
            sheet.title = name
        names[part] = name
    kart, said = paper.read()
    for name in names.values():
        assert any(name in line for line in said), (done, said)
    if kart is not None and set(done.values()) <= {"renamed", "copied"}:
        assert kart == whole


@settings(max_examples=15, deadline=None)
@given(
    which=st.sampled_from(["mapping", "interests", "plan", "checklist"]),
    what=st.sampled_from(["hidden", "renamed", "gone", "row hidden", "question changed", "kept"]),
    answered=st.booleans(),
    kinds=st.lists(st.sampled_from(["bruker", "NAV", None]), min_size=2, max_size=3),
    beside=st.booleans(),
)
@example(which="mapping", what="renamed", answered=True, kinds=["bruker", "bruker"], beside=True)
def test_what_may_be_around_a_person_is_taken_so(
    *, which: str, what: str, answered: bool, kinds: list[str | None], beside: bool
) -> None:
    """Whatever becomes of the sheet about the map, names are never shown by mistake."""
    paper = Paper(which, "nb")
    paper.fill("actors", [{"Navn": f"N{n}", "Type": kind} for n, kind in enumerate(kinds)])
    if answered:
        paper.answer("scope", "rundt én person")
    sheet = paper.sheet("about")
    row = next(
        cell.row for (cell, *_) in sheet.iter_rows() if cell.value == about_label("scope", "nb")
    )
    if what == "hidden":
        sheet.sheet_state = "hidden"
    elif what == "renamed":
        sheet.title = "Om oss"
    elif what == "gone":
        del paper.book[sheet.title]
    elif what == "row hidden":
        sheet.row_dimensions[row].hidden = True
    elif what == "question changed":
        sheet.cell(row, 1).value = "Hva gjelder det?"
    if not beside and what != "gone":
        del paper.book["aktorkart"]
    kart, said = paper.read()
    if kart is None:
        return
    asked = answered or what in {"hidden", "gone", "row hidden", "question changed"}
    if asked or "bruker" in kinds:
        assert kart.scope == "individual"
    assert said or what == "kept"


def test_a_service_form_that_has_lost_what_it_hides_is_still_one() -> None:
    paper = service()
    del paper.book["aktorkart"]
    kart, said = paper.read()
    assert kart is not None
    assert (kart.scope, kart.title, len(kart.ties)) == ("service", "Rusteam i Fjord", 2)
    assert any("aktorkart" in line for line in said)


SPELT = ["Teamet", "teamet", "TEAMET", "NAV", "Nav", "DPS"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(SPELT), min_size=2, unique=True), st.data())
def test_a_tie_goes_to_the_actor_whose_name_is_written(names: list[str], data: Any) -> None:
    """Whatever else is on the map, in a form and in tables with ids or without."""
    pairs = data.draw(
        st.lists(
            st.permutations(names).map(lambda found: tuple(found[:2])), min_size=1, max_size=4
        ).map(lambda found: [*{frozenset(pair): pair for pair in found}.values()])
    )
    paper = Paper("mapping", "nb")
    paper.fill("actors", [{"Navn": name} for name in names])
    paper.fill("ties", [{"Fra": one, "Til": other} for one, other in pairs])
    paper.answer("focal", names[-1])
    kart, _ = paper.read()
    assert kart is not None
    assert [tie.ends for tie in kart.ties] == pairs
    assert kart.focal == names[-1]
    ids = {name: f"a{place}" for place, name in enumerate(names)}
    actors = "id,navn\n" + "".join(f"{id_},{name}\n" for name, id_ in ids.items())
    ties = "fra,til\n" + "".join(f"{one},{other}\n" for one, other in pairs)
    with warnings.catch_warnings(action="ignore", category=MapNote):
        tables = ak.from_frames(table(actors), table(ties))
    assert [tie.ends for tie in tables.ties] == [(ids[one], ids[other]) for one, other in pairs]


def table(written: str) -> Any:
    import pandas as pd

    return pd.read_csv(io.StringIO(written))


def test_a_name_in_other_letters_that_two_have_is_asked_about() -> None:
    paper = service()
    paper.fill("actors", [{"Navn": "teamet"}], top=TOP + 3)
    paper.fill("ties", [{"Fra": "TEAMET", "Til": "teamet", "Styrke": 2}], top=TOP + 2)
    kart, (said,) = paper.read()
    assert kart is None
    assert "celle A6" in said
    assert "«TEAMET» kan være Teamet og teamet" in said
    paper.sheet("ties")["A6"].value = "nav"
    kart, _ = paper.read()
    assert kart is not None
    assert [tie.ends for tie in kart.ties][-1] == ("NAV", "teamet")


def test_rows_that_a_map_has_keep_their_ids_and_new_ones_get_none_that_is_taken() -> None:
    kart = ActorMap(
        actors=[Actor(id="team", name="Teamet"), Actor(id="NAV", name="DPS")],
        goals=[Goal(id="g01", title="Bo trygt", direction="higher")],
    )
    paper = Paper("service", "nb", kart=kart)
    paper.fill("actors", [{"Navn": "TEAMET"}, {}, {"Navn": "NAV"}, {"Navn": "teamet"}])
    paper.fill("ties", [{"Fra": "NAV", "Til": "DPS"}, {"Fra": "teamet", "Til": "TEAMET"}])
    paper.fill("goals", [{"Hva som": "bo trygt"}, {"Hva som": "Bo Trygt", "Bedre er": "lavere"}])
    again, _ = paper.read()
    assert again is not None
    labels = {"TEAMET": "TEAMET", "NAV": "DPS", "NAV (2)": "NAV", "teamet": "teamet"}
    assert {one.id: one.label for one in again.actors} == labels
    assert [tie.ends for tie in again.ties] == [("NAV (2)", "NAV"), ("teamet", "TEAMET")]


FAULTS: dict[tuple[str, str], tuple[Any, str]] = {
    ("ties", "A4"): ("Temaet", "Fra"),
    ("ties", "B4"): (None, "Til"),
    ("ties", "D4"): (9, "Styrke (1–5)"),
    ("ties", "E4"): ("dårlig", "Kvalitet"),
    ("ties", "F4"): ("kanskje", "Gjensidig"),
    ("actors", "A5"): (None, "Navn"),
    ("actors", "C5"): ("mellomleder", "Nivå"),
    ("goals", "C4"): ("opp", "Bedre er"),
    ("goals", "F4"): ("Mor", "Hvem som bidrar 2"),
    ("goals", "I4"): (12, "Poeng (0–10) 1"),
    ("plan", "B4"): ("Bo utrygt", "Mål"),
    ("plan", "C4"): ("Per", "Ansvarlig"),
    ("plan", "E4"): ("snarest", "Frist"),
    ("about", "B5"): ("våren", "Dato"),
    ("about", "B6"): ("Rusteamet", "Hvem kartet er laget rundt"),
}
"""What people get wrong, and the heading under which it is told."""

FORMAT = ("id", "source", "target", "direction", "goals", "higher", "good", "true", "false")
"""Words of the file format, and of the command line, that a form never has."""


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([*FAULTS]), min_size=1, unique=True))
@example(faults=[*FAULTS])
def test_all_mistakes_are_told_at_once_with_cell_and_heading(faults: list[tuple[str, str]]) -> None:
    paper = service()
    for part, cell in faults:
        paper.sheet(part)[cell].value = FAULTS[part, cell][0]
    _, said = paper.read()
    for part, cell in faults:
        where = text("place.sheet", "nb", value=text(f"workbook.{part}", "nb"))
        there = f"{where}, {text('place.cell', 'nb', value=cell)}"
        heading = text("place.field", "nb", value=FAULTS[part, cell][1])
        told = [line for line in said if f"{there}, {heading}" in line]
        assert told, (part, cell, said)
    for line in said:
        assert "--" not in line
        assert not {*line.replace("«", " ").replace("»", " ").split()} & {*FORMAT}, line


def test_a_formula_that_was_never_calculated_is_what_is_told() -> None:
    paper = service()
    paper.sheet("actors")["A4"].value = "=B2"
    kart, said = paper.read()
    assert kart is None
    reason = text("problem.cells_uncalculated", "nb", n=1)
    assert any("celle A4" in line and reason in line for line in said)
    assert not any("«Navn» mangler" in line for line in said)


def test_what_is_left_out_is_said_beside_what_is_missing() -> None:
    paper = service()
    paper.sheet("actors").row_dimensions[5].hidden = True
    kart, said = paper.read()
    assert kart is None
    assert any("«NAV» er ikke en aktør" in line for line in said)
    assert any("skjult rad" in line and "rad 5" in line for line in said)


def test_a_comment_beside_a_cell_is_told() -> None:
    paper = service()
    paper.sheet("ties")["D4"].comment = Comment("Usikkert", "Kari")
    kart, (said,) = paper.read()
    assert kart is not None
    assert "ark Relasjoner" in said
    assert "celle D4" in said


def test_of_two_sheets_that_may_be_one_neither_is_chosen() -> None:
    paper = service()
    ties = paper.sheet("ties")
    paper.book.copy_worksheet(ties).title = "Nye"
    ties.title = "Gamle"
    kart, (said,) = paper.read()
    assert kart is None
    assert "Gamle og Nye" in said


def test_a_heading_that_was_changed_is_told_with_what_is_gone() -> None:
    paper = service()
    paper.sheet("ties")["D3"].value = "Hvor viktig"
    kart, said = paper.read()
    assert kart is not None
    assert kart.ties[0].tags == {"Hvor viktig": 4}
    assert any("Styrke" in line and "Hvor viktig" in line for line in said)


def test_partners_with_an_unclear_answer_are_asked_about() -> None:
    paper = Paper("partners", "nb", actors=["NAV", "DPS"])
    paper.answer("respondent", "Bolig")
    paper.fill("partners", [{"Vi samarbeider": "kanskje"}, {"Vi samarbeider": "nei", "Styrke": 4}])
    kart, said = paper.read()
    assert kart is None
    assert any("celle C4" in line and "må være ja eller nei" in line for line in said)
    assert any("celle D5" in line for line in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_is_known_again_by_what_it_asks(lang: str) -> None:
    from aktorkart.files.xlsx.filled_sheets import looks_like

    for which in ASKED:
        book = form(form=which, lang=lang).data
        for grid in grids_of(book):
            if grid.sheet != "aktorkart":
                part = next(p for p in PARTS if text(f"workbook.{p}", lang) == grid.sheet)
                assert looks_like(grid) == part, (which, lang, part)


def grids_of(data: bytes) -> list[Any]:
    from aktorkart.files.decoding import File
    from aktorkart.files.xlsx import grids

    return grids(File("skjema.xlsx", data))


@pytest.mark.parametrize("name", ["Sum", "Merk: Politiet mangler", "* ikke spurt", "OBS! Ring"])
def test_a_row_that_may_be_no_actor_is_kept_and_told(name: str) -> None:
    paper = service()
    paper.fill("actors", [{"Navn": name}], top=TOP + 6)
    kart, said = paper.read()
    assert kart is not None
    assert name in kart
    assert any("celle A10, kolonnen «Navn»" in line and name in line for line in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_names_no_file_that_there_may_not_be(lang: str) -> None:
    for which in ASKED:
        book = openpyxl.load_workbook(io.BytesIO(form(form=which, lang=lang).data))
        guidance = [str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True)]
        assert any("aktorkart check" in line for line in guidance)
        assert not any(".xlsx" in line for line in guidance)
