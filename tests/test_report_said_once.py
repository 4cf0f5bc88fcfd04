"""What a report says it says once, and under the heading where it belongs."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.i18n import LANGUAGES
from aktorkart.model.vocabulary import STEPS
from aktorkart.strategies import actor_maps
from slowly import but_one_slow

if TYPE_CHECKING:
    from aktorkart.finding import Finding
    from aktorkart.reports.pages import Report, Section

LONG_FIRST = sorted(ak.examples.names(), key=lambda name: name != "user_network")


class Said(HTMLParser):
    """Collects what stands in bullets and paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a bullet or a paragraph."""
        del attrs
        if tag in {"li", "p"}:
            self.parts.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in {"li", "p"}:
            self.inside = False

    def handle_data(self, data: str) -> None:
        """Keep what is said in it."""
        if self.inside:
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
    monkeypatch.setattr(ak.figures, "svg_text", undrawn)
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
    report = ak.report(kart, lang="nb")
    assert twice([found.text("nb") for found in report.findings]) == []


def test_what_the_summary_says_is_among_the_findings() -> None:
    report = ak.report(ak.examples.user_network())
    summary = sections(report)["summary"].findings
    assert ("tellings", "count") in cases(summary)
    assert report.findings[: len(summary)] == summary


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
        elsewhere = set().union(*(cases(section.findings) for section in found.values()))
        assert not elsewhere & {*wanted, ("cohesion", "unlinked"), ("grey_zones", "several_owners")}
        assert {code for code, _ in gaps}.isdisjoint({"toolbox", "salience", "publics"})


def test_what_people_have_judged_and_planned_has_its_own_headings() -> None:
    found = sections(ak.report(ak.examples.user_network(), lang="nb"))
    assert ("salience", "power_gap") in cases(found["stakeholders"].findings)
    assert ("toolbox", "overdue") in cases(found["toolbox"].findings)


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
