"""The report on what has changed, and the command that writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import aktorkart as ak
from aktorkart.cli.program import main
from aktorkart.errors import NoConsent, WrongArgument
from aktorkart.i18n import LANGUAGES
from maps_of import among_people, changed, tie

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def around_a_user() -> tuple[ak.ActorMap, ak.ActorMap]:
    before = ak.examples.user_network()
    after = before.with_tie(source="bolig", target="nav", kind="information", strength=4)
    return before, changed(after, date="2026-09-01")


def test_three_sentences_first_and_then_what_they_are_about(
    around_a_user: tuple[ak.ActorMap, ak.ActorMap],
) -> None:
    found = ak.report_change(*around_a_user, lang="en")
    assert [section.code for section in found.sections][:2] == ["summary", "changed_ties"]
    assert found.sections[0].figures == ("change",)
    said = [one.text("en") for one in found.sections[0].findings]
    assert len(said) == 3
    assert said[2] == "User now has to tell the story 2 times, against 3 on the earlier map."
    every = [one.text("en") for one in found.findings]
    assert len(every) == len(set(every))
    assert {key for section in found.sections for key in section.tables} == set(found.tables)
    records = {row["number"]: row for row in found["then_now"].to_records()}
    times = records["times the user must tell the story"]
    assert (times["before"], times["after"]) == (3, 2)


def test_a_table_has_all_that_is_lacking_and_what_has_become_of_it() -> None:
    """As many rows as the summary counts; what is long stands last."""
    after = ak.examples.municipal_service()
    lost = ("fact", "akuttpsykiatrien", "information")
    kept = [one for one in after.ties if one.key != lost]
    needed = ak.Tie(source=lost[0], target=lost[1], kind=lost[2], needed=True)
    before = after.with_(ties=[*kept, needed], date="2025-03-01").without_actor(
        "erfaringskonsulent"
    )
    found = ak.report_change(before, after, lang="en")
    numbers = found.sections[0].findings[1].numbers
    outcomes = [row["outcome"] for row in found["gaps_then_now"].to_records()]
    assert numbers["closed"] == outcomes.count("gone") >= 1
    assert numbers["opened"] == outcomes.count("new") >= 1
    assert numbers["remaining"] == outcomes.count("left") >= 1
    assert "changed" not in outcomes
    assert "remaining_changed" not in found.tables
    parts = [section.part for section in found.sections]
    assert parts.index("lacking") < parts.index("appendix") == len(parts) - parts.count("appendix")
    assert "left out" not in found.to_markdown()


def test_roles_and_no_name(around_a_user: tuple[ak.ActorMap, ak.ActorMap]) -> None:
    """Who is on both maps has the same role; a renamed actor is proposed by role as well."""
    before, after = around_a_user
    ids = {"mor": "mamma"}
    renamed = changed(
        after,
        actors=[one.model_copy(update={"id": ids.get(one.id, one.id)}) for one in after.actors],
        ties=[
            one.model_copy(
                update={end: ids.get(getattr(one, end), getattr(one, end)) for end in _ENDS}
            )
            for one in after.ties
        ],
    )
    names = ["Sunniva Lianes", "Ragnhild Storvik", "Eivind Storvik"]
    assert {*names} <= {actor.name for actor in before.actors}
    found = ak.report_change(before, renamed, lang="nb")
    told = found.to_json() + found.to_markdown() + found.alt_text("change")
    assert not [name for name in names if name in told]
    assert "mamma" not in told
    assert "kan være den samme" in told
    with pytest.raises(NoConsent):
        ak.report_change(changed(before, consent=None), after, names=True)


_ENDS = ("source", "target", "informant")


def test_what_several_sentences_begin_with_is_said_once() -> None:
    after = ak.examples.user_network()
    found = ak.report_change(after.with_(date="2025-09-01"), after, lang="en")
    (closed,) = [one for one in found.sections if one.code == "closed"]
    told = [one for one in closed.findings if one.case == "closed"]
    assert len(told) > 3
    page = found.to_markdown()
    assert page.count("No longer so:") == 1
    assert all(f"- {one.more[0].text('en')}" in page for one in told[:3])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_has_changed(lang: str) -> None:
    kart = among_people(tie("u", "team"), date="2026")
    found = ak.report_change(kart, kart, lang=lang)
    assert found.sections[0].findings[0].case == "nothing"
    gone = {"changed_ties", "changed_ranks", "closed", "opened", "changed_goals"}
    assert not gone & {section.code for section in found.sections if section.findings}
    assert found.to_markdown()


def test_maps_without_anybody_are_compared_too() -> None:
    found = ak.report_change(ak.ActorMap(), ak.ActorMap(), lang="en")
    assert found.to_markdown().startswith("# Change: ")
    with pytest.raises(WrongArgument):
        ak.report_change(ak.ActorMap(), "kart.yaml")  # type: ignore[arg-type]


def run(*arguments: str) -> int:
    return main([*arguments, "--lang", "en"])


def test_one_command_writes_it(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    around_a_user: tuple[ak.ActorMap, ak.ActorMap],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, kart in zip(("2025.yaml", "2026.yaml"), around_a_user, strict=True):
        ak.write(kart, name)
    assert run("compare", "2025.yaml", "2026.yaml", "-o", "-", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["earlier"] == around_a_user[0].date
    places = [place for section in data["sections"] for place in section["findings"]]
    assert places == list(range(len(data["findings"])))
    assert run("compare", "2025.yaml", "2026.yaml") == 0
    page = (tmp_path / "2026-change.html").read_text("utf-8")
    assert "<svg" in page
    assert "Sunniva" not in page
    assert run("compare", "2025.yaml", "2026.yaml", "-o", "2025.yaml", "--format", "md") == 2
    assert "2025.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.yaml",), "Name two maps"),
        (("a.yaml", "b.yaml", "c.yaml"), "Here are 3"),
        (("a.yaml", "b.yaml", "-o", "x.txt"), ".txt"),
    ],
)
def test_what_is_wrong_is_said_first(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", *arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["user_network", "learning_network"])
def test_a_report_says_what_has_changed_since_an_earlier_map(name: str) -> None:
    """In its own part, with its tables last; what is lacking now stands where it belongs."""
    before = ak.examples.read(name)
    last = before.ties[-1]
    after = before.with_(ties=before.ties[:-1])
    made = ak.report(after, earlier=before, lang="nb", parts=["gaps", "time", "appendix"])
    alone = ak.report(after, lang="nb", parts=["gaps", "time", "appendix"])
    more = [one for one in made.sections if one not in alone.sections]
    assert {one.part for one in more} == {"time", "appendix"}
    assert more[0].figures == ("change",)
    said = [found.text("nb") for one in made.sections for found in one.findings]
    assert len(said) == len(set(said))
    assert ("changed_ties" in made.tables) == bool(last in before.channels)
    assert {key for one in more for key in one.tables} == {*made.tables} - {*alone.tables}
    assert set(alone.tables) <= set(made.tables)


@pytest.mark.slow
def test_a_year_in_a_municipality_is_a_word_file_and_a_pdf_to_send(tmp_path: Path) -> None:
    """Short, whole, and without an error that pdfua finds."""
    docx, pdfua = pytest.importorskip("docx"), pytest.importorskip("pdfua")
    after = ak.examples.municipal_service()
    before = after.with_(date="2025-03-01").without_actor("erfaringskonsulent")
    for name, kart in (("før.yaml", before), ("etter.yaml", after)):
        ak.write(kart, tmp_path / name)
    for ending in ("docx", "pdf"):
        names = ("før.yaml", "etter.yaml", f"endring.{ending}")
        one, other, out = (str(tmp_path / name) for name in names)
        assert run("compare", one, other, "-o", out) == 0
    assert not pdfua.validate(str(tmp_path / "endring.pdf")).findings
    written = docx.Document(str(tmp_path / "endring.docx"))
    said = [one.text for one in written.paragraphs if one.style.name == "List Paragraph"]
    assert 5 < len(said) < 25
    assert len(said) == len(set(said))
    rows = [row.cells[-1].text for table in written.tables for row in table.rows]
    assert rows.count("remains") > 20


def test_a_report_says_briefly_what_has_begun_to_be_lacking() -> None:
    after = ak.examples.municipal_service()
    before = after.with_tie(source="fastlegene", target="arbeidsgivere", kind="referral")
    made = ak.report(after, earlier=before, lang="en", parts=["time"])
    codes = [section.code for section in made.sections]
    assert codes.index("changed_ties") < codes.index("opened") < codes.index("then_now")
    new = made.sections[codes.index("opened")]
    assert new.brief
    said = [found.brief("en") for found in new.findings]
    assert said
    begun = (
        "This has come to be lacking: ",
        "This was lacking on the earlier map too, but it is new for ",
    )
    assert all(one.startswith(begun) and one[-1] == "." for one in said)
    # A needed tie says itself that it is new.
    needed = after.with_tie(source="nav", target="bup", kind="contact", needed=True)
    since = ak.report(needed, earlier=after, lang="en", parts=["time"])
    assert [
        found.case for one in since.sections if one.code == "opened" for found in one.findings
    ] == ["needed_new"]
    assert "opened" not in {one.code for one in ak.report(after, earlier=after).sections}


def test_maps_given_in_the_wrong_order_are_said_first_of_all() -> None:
    before = ak.ActorMap(date="2025", actors=[ak.Actor(id="nav"), ak.Actor(id="dps")])
    after = before.with_(date="2026").with_tie(source="nav", target="dps")
    swapped = ak.report_change(after, before, lang="nb")
    assert swapped.findings[0].case == "turned"
    assert [note.code for note in swapped.notes] == ["maps_turned"]
    assert "turned" not in {
        one.case for section in swapped.sections[1:] for one in section.findings
    }
    assert [note.code for note in ak.report(before, earlier=after).notes] == ["maps_turned"]
    assert not ak.report_change(before, after).notes


def test_who_was_not_on_the_earlier_map_has_not_begun_to_lack_anything() -> None:
    empty = ak.ActorMap(date="2025")
    actors = [ak.Actor(id=id_, kind=id_) for id_ in ("nav", "dps", "gp")]
    first = empty.with_(date="2026", actors=actors).with_tie(source="nav", target="dps")
    found = ak.report_change(empty, first, lang="nb")
    told = {one.case for section in found.sections for one in section.findings}
    assert "begun" not in told
    assert "unsure_then" in told
    assert all(
        section.findings or section.tables
        for section in found.sections
        if section.part == "lacking"
    )
    # One who was there, and alone only now, has.
    alone = first.with_(date="2027").without_tie("nav", "dps")
    later = ak.report_change(first, alone, lang="nb")
    assert "grown" in {one.case for section in later.sections for one in section.findings}


def test_a_report_with_an_earlier_map_does_not_say_that_one_map_shows_no_change() -> None:
    before = ak.examples.two_brokers()
    after = before.with_tie(source="s", target="t", strength=2)

    def improvements(earlier: ak.ActorMap | None = None) -> list[str]:
        made = ak.report(after, lang="nb", earlier=earlier)
        found = [one for section in made.sections for one in section.findings]
        return [one.case for one in found if one.code == "improvement"]

    assert improvements() == ["one_map"]
    assert "one_map" not in improvements(before)
