"""What a report says it says once, and under the heading where it belongs."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.content.strong_ties import strong_ties
from aktorkart.errors import WrongArgument
from aktorkart.i18n import LANGUAGES, catalogue, has_text
from aktorkart.model.vocabulary import STEPS
from aktorkart.reports.wording import Wording, behind, pieces_of
from aktorkart.strategies import actor_maps
from maps_of import hardly_between
from slowly import but_one_slow

if TYPE_CHECKING:
    from aktorkart.finding import Finding
    from aktorkart.reports import Report, Section

LONG_FIRST = sorted(ak.examples.names(), key=lambda name: name != "user_network")


class Said(HTMLParser):
    """Collects what stands in bullets and paragraphs, but for the ties behind a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.inside = False
        self.behind = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a bullet or a paragraph."""
        del attrs
        self.behind |= tag == "details"
        if tag in {"li", "p"} and not self.behind:
            self.parts.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self.behind &= tag != "details"
        if tag in {"li", "p"} and not self.behind:
            self.inside = False

    def handle_data(self, data: str) -> None:
        """Keep what is said in it."""
        if self.inside and not self.behind:
            self.parts[-1] += data


def twice(said: list[str]) -> list[str]:
    return [one for one, n in Counter(map(str.strip, said)).items() if one and n > 1]


def sections(report: Report) -> dict[str, Section]:
    return {section.code: section for section in report.sections}


def cases(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(found.code, found.case) for found in findings}


@pytest.mark.parametrize("name", but_one_slow(LONG_FIRST))
def test_nothing_is_said_twice(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def undrawn(*_: Any, **__: Any) -> str:
        return "<svg></svg>"

    monkeypatch.setattr("aktorkart.reports.figures.draw", undrawn)
    monkeypatch.setattr("aktorkart.figures.drawing.inline.inline_svg", undrawn)
    for lang in LANGUAGES:
        report = ak.report(ak.examples.read(name), lang=lang)
        page = Said()
        page.feed(report.to_html())
        assert len(page.parts) > len(report.sections)
        assert twice(page.parts) == []
        lines = report.to_markdown().splitlines()
        assert twice([line for line in lines if not line.startswith(("|", "#", "---"))]) == []


@given(kart=actor_maps(max_size=8))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_no_finding_stands_in_two_sections(kart: ak.ActorMap) -> None:
    """The first page says some of them briefly, and what it says as it stands is not repeated."""
    report = ak.report(kart, lang="nb")
    assert twice([found.text("nb") for found in report.findings]) == []
    said = [
        found.brief("nb") if section.brief else found.text("nb")
        for section in report.sections
        for found in section.findings
    ]
    assert twice(said) == []


def test_what_the_summary_says_is_among_the_findings() -> None:
    report = ak.report(ak.examples.user_network())
    summary = sections(report)["summary"].findings
    assert ("tellings", "count") in cases(summary)
    assert report.findings[: len(summary)] == summary
    assert 3 <= len(summary) <= 5


def test_findings_left_out_are_counted_once() -> None:
    report = ak.report(ak.examples.municipal_service(), lang="en")
    said = report.to_markdown().split("---\n\n")[-1]
    assert "findings like those told are left out" in said


def test_gaps_between_services_stand_under_their_heading() -> None:
    for name in ("user_network", "municipal_service", "skane"):
        found = sections(ak.report(ak.examples.read(name), lang="nb"))
        gaps = cases(found.pop("gaps").findings)
        wanted = {("content", "needed"), ("content", "troubled"), ("arenas", "meet_nowhere")}
        assert wanted - gaps <= {("arenas", "meet_nowhere")}
        elsewhere = set().union(
            *(cases(section.findings) for section in found.values() if not section.brief)
        )
        assert not elsewhere & {*wanted, ("cohesion", "unlinked"), ("grey_zones", "several_owners")}
        assert {code for code, _ in gaps}.isdisjoint({"toolbox", "salience", "publics"})


def test_what_people_have_judged_and_planned_has_its_own_headings() -> None:
    found = sections(ak.report(ak.examples.user_network(), lang="nb"))
    assert ("salience", "power_gap") in cases(found["stakeholders"].findings)
    assert ("toolbox", "overdue") in cases(found["goals"].findings)


@given(kart=actor_maps(max_size=8))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_what_works_is_never_empty_where_ties_are_strong(kart: ak.ActorMap) -> None:
    """By hand: the pairs with a channel no more than a step from the top of the scale."""
    found = sections(ak.report(kart, lang="nb", names=True, consent="ignore")).get("strengths")
    strong = set()
    if kart.strength_scale is not None:
        low, high = kart.strength_scale
        strong = {
            frozenset(tie.ends)
            for tie in kart.channels
            if tie.strength is not None and (high - tie.strength) * STEPS <= high - low
        }
    if strong:
        assert found is not None
    told = [one for one in (found.findings if found else ()) if one.case == "strong_ties"]
    for one in told:
        assert one.numbers["n"] == len(strong)
        assert {frozenset(tie[:2]) for tie in one.ties} == strong
        assert len(found.findings if found else ()) == 1


def test_strong_ties_are_named_and_many_counted() -> None:
    two = ak.ActorMap(
        actors=[ak.Actor(id=id_) for id_ in "abc"],
        ties=[
            ak.Tie(source="a", target="b", strength=5),
            ak.Tie(source="b", target="a", kind="information", strength=4),
            ak.Tie(source="b", target="c", strength=4, mutual=False),
            ak.Tie(source="a", target="c", strength=3),
            ak.Tie(source="c", target="a", strength=5, kind="referral", quality="strained"),
        ],
    )
    (found,) = sections(ak.report(two))["strengths"].findings
    assert found.text("en") == (
        "2 pairs of actors have a strong tie (strength at least 4 of 5): a – b and b → c."
    )
    star = ak.ActorMap(
        actors=[ak.Actor(id=f"{n:02}") for n in range(20)],
        ties=[ak.Tie(source="00", target=f"{n:02}", strength=4) for n in range(1, 20)],
    )
    (found,) = sections(ak.report(star))["strengths"].findings
    assert found.text("nb").startswith("19 par aktører har en sterk relasjon")
    assert found.text("nb").endswith("og 12 til.")
    weak = two.with_(ties=[ak.Tie(source="a", target="b", strength=3)])
    assert "strengths" not in sections(ak.report(weak))


MOST_WORDS = 170
"""On the first page, names included: about what is read in a minute."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_is_read_in_a_minute(lang: str) -> None:
    for name in [*LONG_FIRST[:1], "municipal_service"]:
        report = ak.report(ak.examples.read(name), parts=["summary"], lang=lang)
        assert [section.part for section in report.sections] == ["summary"] * 3
        said = [line.text for block in Wording(report).blocks for line in block.lines]
        assert sum(len(one.split()) for one in said) <= MOST_WORDS
        easy = ak.report(ak.examples.read(name), easy=True, lang=lang)
        lines = [line.text for block in Wording(easy).blocks for line in block.lines]
        assert len(lines) > len(said)
        assert max(len(line.split()) for line in lines) < max(len(one.split()) for one in said) + 5


def test_short_words_belong_to_findings() -> None:
    """A text under ``brief`` or ``easy`` that no finding has would never be said."""
    for code in catalogue("nb"):
        room, _, rest = code.partition(".")
        if room in {"brief", "easy"}:
            assert has_text(f"finding.{rest}"), code


def test_parts_are_chosen_and_come_in_their_order() -> None:
    kart = ak.examples.user_network()
    some = ak.report(kart, parts=["gaps", "user"], title="Til møtet")
    assert list(dict.fromkeys(one.part for one in some.sections)) == ["user", "gaps"]
    assert some.title == "Til møtet"
    whole = ak.report(kart)
    assert some.sections == tuple(one for one in whole.sections if one.part in {"user", "gaps"})
    with pytest.raises(ak.UnknownName, match="user"):
        ak.report(kart, parts=["users"])
    for wrong in ("user", 3):
        with pytest.raises(ak.WrongArgument):
            ak.report(kart, parts=wrong)  # type: ignore[arg-type]


def test_the_ties_behind_a_sentence_are_its_own() -> None:
    """By hand: each note names only ties of the finding, or of the actor that it is about."""
    report = ak.report(ak.examples.user_network(), lang="en")
    kart = report.kart
    noted = 0
    for found in report.findings:
        ties = behind(kart, found)
        noted += bool(ties)
        for tie in ties:
            own = {frozenset(key[:2]) for key in found.ties}
            about = {*found.actors} | ({kart.user} if found.code == "tellings" else set())
            assert frozenset(tie.ends) in own or {*tie.ends} & about
    assert noted > 10
    page = report.to_html()
    assert page.count("<details>") == sum(
        bool(line.why) for block in Wording(report).blocks for line in block.lines
    )


def test_a_wide_table_is_cut_in_pieces_that_hold_all_of_it() -> None:
    table = ak.report(ak.examples.karate())["actors"]
    pieces = pieces_of(table)
    assert len(pieces) == 2
    keys = [column.key for piece in pieces for column in piece.columns]
    assert list(dict.fromkeys(keys)) == [column.key for column in table.columns]
    for row, *parts in zip(table.rows, *(piece.rows for piece in pieces), strict=True):
        assert (row[0], *(cell for part in parts for cell in part[1:])) == row


def test_the_page_alone_has_no_other_parts() -> None:
    kart = ak.examples.two_brokers()
    for parts in (["user", "gaps"], ["summary", "gaps"]):
        with pytest.raises(WrongArgument, match="easy gives one page"):
            ak.report(kart, easy=True, parts=parts)
    assert ak.report(kart, easy=True, parts=["summary"]).easy


def test_all_that_are_listed_are_not_among_them_and_a_disagreement_is_no_strength() -> None:
    """NAV rates its tie with the doctor at 5, the doctor at 1."""
    kart = ak.ActorMap(
        actors=[ak.Actor(id=id_) for id_ in ("dps", "gp", "nav", "x")],
        ties=[
            ak.Tie(source="gp", target="nav", strength=1, informant="gp"),
            ak.Tie(source="gp", target="nav", strength=5, informant="nav"),
            ak.Tie(source="dps", target="nav", strength=4, informant="nav"),
            ak.Tie(source="dps", target="nav", strength=5, informant="dps"),
            # A tie each way is no disagreement.
            ak.Tie(source="x", target="nav", strength=5, mutual=False),
            ak.Tie(source="nav", target="x", strength=1, mutual=False),
        ],
    )
    (found,) = strong_ties(kart)
    assert found.brief("en") == "2 pairs of actors have a strong tie: dps – nav and x → nav."
    assert found.ties == (("dps", "nav", "contact"), ("x", "nav", "contact"))


@given(kart=actor_maps(max_size=6))
@settings(deadline=None, max_examples=15)
def test_what_is_easy_to_read_says_no_more_than_the_whole(kart: ak.ActorMap) -> None:
    """Names and numbers of an easy line stand in the sentence that it says easily."""
    # An actor may be called as an ordinary word is: here nobody is.
    unmistakable = [
        actor.model_copy(update={"name": f"<{letter}>"})
        for actor, letter in zip(kart.actors, "abcdef", strict=False)
    ]
    kart = kart.with_(actors=unmistakable)
    report = ak.report(kart, parts=["summary"], names=True, consent="ignore", lang="en")
    called = sorted({actor.label for actor in report.kart.actors}, key=len, reverse=True)
    for section in report.sections:
        for found in section.findings:
            whole = found.text("en")
            for line in found.easy("en"):
                for name in called:
                    if name in line:
                        assert name in whole
                        line = line.replace(name, "")  # noqa: PLW2901 - shorter names are in it
                line = re.sub(r"\d+ more\b", "", line)  # noqa: PLW2901 - fewer are named
                assert {*re.findall(r"\d+", line)} <= {*re.findall(r"\d+", whole)}, line


HARD = {
    "nb": "henvisning|tilfeldig|variant|aktørpar|mellomledd|gjennom dem|trinn",
    "nn": "tilvising|tilfeldig|variant|aktørpar|mellomledd|gjennom dei|steget",
    "en": "referral|random|variant|pairs of actors|go-between|shortest path",
    "sv": "remiss|slumpmässig|variant|aktörspar|mellanled|något kan passera",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_easy_page_has_no_hard_words(lang: str) -> None:
    for name in ak.examples.DEMO:
        easy = ak.report(ak.examples.read(name), easy=True, lang=lang)
        lines = [line.text for block in Wording(easy).blocks for line in block.lines]
        assert not [line for line in lines if re.search(HARD[lang], line)], name


def test_a_first_place_is_told_easily_only_where_it_is_so() -> None:
    """Who is between two does not know many, and need not know those who do not know another."""
    kart = hardly_between()
    lines = [
        line.text
        for block in Wording(ak.report(kart, easy=True, lang="nb")).blocks
        for line in block.lines
    ]
    assert "Den korteste veien mellom to andre går oftere om bup enn om noen annen." in lines
    assert not [line for line in lines if "mange" in line]
