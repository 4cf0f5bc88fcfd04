"""The methods paragraph: what was done, and nothing else."""

from __future__ import annotations

import platform
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings

import aktorkart as ak
from aktorkart.content import REFERENCES
from aktorkart.i18n import LANGUAGES, integer, text
from aktorkart.strategies import actor_maps

ROOT = Path(__file__).parent.parent


def said(kart: ak.ActorMap, **options: Any) -> str:
    return ak.methods(kart, lang="en", **options).text


def two(**fields: Any) -> ak.ActorMap:
    actors = [ak.Actor(id="a"), ak.Actor(id="b"), ak.Actor(id="c")]
    return ak.ActorMap(actors=actors, **fields)


def test_versions_are_those_that_ran() -> None:
    found = said(ak.examples.kite())
    assert f"aktorkart {ak.__version__} (Python {platform.python_version()}" in found
    assert f"numpy {np.__version__}" in found
    assert "scipy" not in found


def test_scipy_is_named_where_it_was_asked() -> None:
    """Eigenvector centrality asks it for parts of more than 500 actors."""
    actors = [ak.Actor(id=f"a{n}") for n in range(502)]
    ties = [ak.Tie(source=one.id, target="a501") for one in actors[:501]]
    found = said(ak.ActorMap(actors=actors, ties=ties))
    assert "scipy" in found
    assert "not tried how firm" in found or "200 random draws" in found


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-03-01", "The map's date is 1 March 2026."),
        ("2026-03", "The map's date is March 2026, taken as its last day."),
        (None, "The map gives no date, so all ties count as in force."),
    ],
)
def test_the_date_is_told_as_the_map_has_it(date: str | None, expected: str) -> None:
    assert expected in ak.methods(two(date=date), lang="en").sentences


def test_ties_and_unknown_strengths_are_counted_as_the_method_counts() -> None:
    """METHOD 7: "The report counts unordered pairs without any judged channel"."""
    ties = [
        ak.Tie(source="a", target="b", informant="x"),
        ak.Tie(source="b", target="a", kind="information", informant="y"),
        ak.Tie(source="b", target="c", strength=2),
        ak.Tie(source="b", target="c", kind="referral"),
        ak.Tie(source="a", target="c", needed=True),
        ak.Tie(source="a", target="c", kind="funding", until="2020"),
        ak.Tie(source="a", target="c", kind="referral", quality="broken"),
    ]
    sentences = ak.methods(two(date="2026", ties=ties), lang="en").sentences
    assert any(one.startswith("It shows 3 actors and 4 ties that work,") for one in sentences)
    assert (
        "Not counted: 1 broken, 1 needed but missing and 1 not in force on the date."
    ) in sentences
    assert (
        "For 1 of 2 pairs of actors in direct contact the strength is unknown and counts as 3."
    ) in sentences
    assert "2 informants reported 2 ties." in sentences


def test_what_arcs_say_decides_whether_it_is_directed() -> None:
    """METHOD 7: "What counts are the arcs, not whether a tie is flagged mutual"."""
    back = [
        ak.Tie(source="a", target="b", strength=2, mutual=False),
        ak.Tie(source="b", target="a", strength=2, mutual=False),
    ]
    assert "taken as undirected" in said(two(ties=back))
    assert "taken as directed" in said(two(ties=back[:1]))
    assert "directed" not in said(two())


def test_the_scale_is_the_maps_own() -> None:
    tie = ak.Tie(source="a", target="b", strength=7)
    assert "a count without an upper end" in said(two(ties=[tie], strength_scale=None))
    tie = ak.Tie(source="a", target="b", strength=3)
    assert "from 0.5 (weakest) to 3 (strongest)" in said(two(ties=[tie], strength_scale=(0.5, 3)))
    tie = ak.Tie(source="a", target="b")
    assert "No strength is judged." in said(two(ties=[tie]))


def test_alpha_is_the_one_that_was_used() -> None:
    kart = ak.examples.two_brokers()
    assert "α = 1 " in said(kart)
    assert "α = 0.5 " in said(kart, alpha=0.5)
    with pytest.raises(ak.InvalidMap):
        ak.methods(kart, alpha=-1)


def test_draws_are_told_where_there_were_some() -> None:
    kite = said(ak.examples.kite())
    assert "200 random draws (seed 20150615)" in kite
    assert "at most 300 variants" in kite
    shared = two(ties=[ak.Tie(source="a", target="b")])
    assert "at most 300 variants" not in said(shared)


def test_theories_are_cited_only_where_somebody_has_judged() -> None:
    bare = ak.methods(two(ties=[ak.Tie(source="a", target="b")]), lang="en")
    assert {work.year for work in bare.references}.isdisjoint({1984, 1991, 1997, 2006})
    judged = two(ties=[ak.Tie(source="a", target="b", communication="press_agentry")]).with_actor(
        ak.Actor(id="d", threat=5, cooperation=1, power=5, stance=-2)
    )
    found = ak.methods(judged, lang="en")
    assert "reading them off a tie is our adaptation" in found.text
    assert "are judgements of their own, not read off power and stance" in found.text
    cited = {work.cited("en") for work in found.references}
    assert "Savage et al. 1991" in cited
    assert "Grunig and Hunt 1984" in cited
    assert "Mendelow 1991" not in cited


@settings(max_examples=25, deadline=None)
@given(actor_maps())
def test_every_map_has_a_paragraph_whose_citations_are_its_references(kart: ak.ActorMap) -> None:
    for lang in LANGUAGES:
        found = ak.methods(kart, lang=lang)
        for work in REFERENCES.values():
            assert (work.cited(lang) in found.text) == (work in found.references)
        assert len(found.table()) == len(found.references)
        assert str(found).startswith(found.text)
        assert not re.search(r"[{}]|\b(None|nan)\b", found.text)
    found = ak.methods(kart, lang="en")
    if kart.actors:
        assert text("model.actors", "en", n=len(kart.actors)) in found.text
        assert f"{integer(len(kart.channels), 'en')} tie" in found.text or not kart.ties
    again = kart.with_(actors=kart.actors[::-1], ties=kart.ties[::-1])
    assert ak.methods(again, lang="en") == found


def test_it_names_nobody() -> None:
    kart = ak.examples.user_network()
    found = ak.methods(kart, lang="nb").text
    assert not [a.label for a in kart.actors if re.search(rf"\b{re.escape(a.label)}\b", found)]


def test_something_else_than_a_map_is_told() -> None:
    wrong: Any = "kart.yaml"
    with pytest.raises(ak.WrongArgument):
        ak.methods(wrong)
    with pytest.raises(ak.UnknownName):
        ak.methods(two(), lang="de")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_has_it_among_its_definitions(lang: str) -> None:
    kart = ak.examples.two_brokers()
    report = ak.report(kart, lang=lang)
    assert report.methods == ak.methods(kart, lang=lang)
    last = report.sections[-1]
    assert (last.part, last.tables) == ("appendix", ("definitions", "references"))
    assert report.methods.text in report.to_markdown()
    assert report.methods.sentences[1] in report.to_html()
    assert '"methods": ' in report.to_json()
    assert len(report["references"]) == len(report.methods.references)


def test_references_are_those_of_the_documentation() -> None:
    literature = (ROOT / "docs" / "method.md").read_text("utf-8").split("## Literature")[1]
    for work in REFERENCES.values():
        line = next(
            one
            for one in literature.splitlines()
            if one.startswith(f"- {work.authors[0]}")
            and f"({work.year})" in one
            and work.title in one.replace("*", "")
        )
        assert all(author in line for author in work.authors)
        assert work.published is None or work.published in line.replace("*", "")


def test_a_doi_looks_like_one() -> None:
    given_ = [work.doi for work in REFERENCES.values() if work.doi]
    assert len(given_) == len(set(given_)) > 0
    assert all(re.fullmatch(r"10\.\d{4,}/\S+", doi) for doi in given_)


# --- citing the program itself


def test_the_citation_file_has_the_version_of_the_package() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == ak.__version__
    assert cited["license"] in (ROOT / "LICENSE").read_text("utf-8")


def test_the_citation_file_is_one() -> None:
    """CFF 1.2.0: four fields must be there, and nothing that the format does not know."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["cff-version"] == "1.2.0"
    needed = {"cff-version", "message", "title", "authors"}
    allowed = {"abstract", "doi", "identifiers", "keywords", "license", "type", "url", "version"}
    allowed |= {"date-released", "repository-code"}
    assert needed <= set(cited) <= needed | allowed
    assert cited["type"] == "software"
    for author in cited["authors"]:
        assert set(author) <= {"name", "website"} or "family-names" in author
    assert all(isinstance(word, str) for word in cited["keywords"])
