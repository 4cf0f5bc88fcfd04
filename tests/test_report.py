from __future__ import annotations

import copy
import json
import pickle
import re
from base64 import b64decode
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

import aktorkart as ak
from aktorkart.i18n import LANGUAGES, has_text, text
from aktorkart.privacy import shown
from aktorkart.progress import PHASES
from aktorkart.reports import report_schema
from aktorkart.strategies import actor_maps
from slowly import but_one_slow

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

REAL = ak.examples.DEMO


@cache
def made(name: str, lang: str | None = None) -> ak.Report:
    """Make an example's report once."""
    return ak.report(ak.examples.read(name), lang=lang)


@cache
def page(name: str) -> str:
    """Draw and write an example's page once."""
    return made(name).to_html()


class Addresses(HTMLParser):
    """Collects ids and everything that would be fetched from somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"src", "href", "xlink:href", "srcset", "action"} and value:
                self.fetched.append(value)
            if name == "id" and value:
                self.ids.append(value)


@pytest.mark.parametrize("name", but_one_slow(REAL[::-1]))
def test_the_page_needs_nothing_from_anywhere(name: str) -> None:
    report, whole = made(name), page(name)
    seen = Addresses()
    seen.feed(whole)
    assert [said for said in seen.fetched if not said.startswith("#")] == []
    assert "@import" not in whole
    assert "script" not in seen.tags
    assert seen.tags.count("svg") == sum(len(section.figures) for section in report.sections) >= 2
    assert len(seen.ids) == len(set(seen.ids))
    targets = {said[1:] for said in seen.fetched} | set(re.findall(r"url\(#([^)]+)\)", whole))
    assert targets <= set(seen.ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_is_in_the_language_asked_for(lang: str) -> None:
    said = made("municipal_service", lang).to_markdown()
    headings = {
        "nb": "Hvem er sentral",
        "nn": "Kven er sentral",
        "en": "Who is central",
        "sv": "Vem är central",
    }
    assert headings[lang] in said
    others = [heading for other, heading in headings.items() if other != lang]
    assert not [heading for heading in others if heading in said]


def test_the_language_follows_the_map_unless_asked_otherwise() -> None:
    assert made("skane").lang == "sv"
    assert made("skane", "en").lang == "en"
    with pytest.raises(ak.UnknownName):
        ak.report(ak.examples.skane(), lang="de")


def test_the_same_map_gives_the_same_report() -> None:
    kart = ak.examples.helsedialog()
    turned = ak.ActorMap(
        **{name: getattr(kart, name) for name in ak.ActorMap.model_fields}
        | {"actors": kart.actors[::-1], "ties": kart.ties[::-1]}
    )
    one, other = made("helsedialog"), ak.report(turned)
    assert one.to_markdown() == other.to_markdown()
    assert one.to_json() == other.to_json()
    assert page("helsedialog") == ak.report(kart).to_html()


def test_json_has_stable_codes_and_plain_numbers() -> None:
    report = made("learning_network", "en")
    data = json.loads(report.to_json())
    assert data["schema"] == 2
    keys = {"code", "case", "level", "actors", "ties", "numbers", "field", "text"}
    assert keys == set(data["findings"][0])
    for found in data["findings"]:
        assert has_text(f"finding.{found['code']}.{found['case']}")
    first = data["tables"]["centrality"][0]
    central = next(one for one in data["findings"] if one["case"] == "broker_apart")
    assert first["actor"] == central["actors"][0]
    assert first["actor_label"] == report.kart[first["actor"]].label
    assert isinstance(first["betweenness"], float)
    assert set(data["tables"]) == set(report.tables)


def test_tables_are_found_by_key() -> None:
    report = made("kite", "en")
    table = report["centrality"]
    assert table.to_records()[0]["betweenness"] == pytest.approx(14 / 36)
    assert table.to_frame()["actor_label"].tolist() == [row[0] for row in table.rows]
    with pytest.raises(ak.UnknownName, match="choose from") as stop:
        report["sentrality"]
    assert stop.value.problems[0].guesses == ("centrality",)


def test_actors_are_listed_as_the_language_sorts() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id=name) for name in ("Åse", "Øst", "Bo", "Ærlig")])
    listed = [row[0] for row in ak.report(kart, lang="nb")["actors"].rows]
    assert listed == ["Bo", "Ærlig", "Øst", "Åse"]


def test_what_people_write_cannot_break_the_page() -> None:
    evil = "<script>alert(1)</script>"
    kart = ak.ActorMap(
        title=evil,
        note=evil,
        source="a | b `c` *d*",
        actors=[ak.Actor(id="a", name=evil), ak.Actor(id="b", name='"><img src=x>')],
        ties=[ak.Tie(source="a", target="b", needed=True)],
    )
    report = ak.report(kart, lang="en")
    seen = Addresses()
    seen.feed(report.to_html())
    assert "script" not in seen.tags
    assert "img" not in seen.tags
    assert "<script>" not in report.to_markdown()
    assert "`c`" not in report.to_markdown()


@pytest.mark.parametrize(
    "kart",
    [
        ak.ActorMap(),
        ak.ActorMap(actors=[ak.Actor(id="a")]),
        ak.ActorMap(actors=[ak.Actor(id="a"), ak.Actor(id="b")]),
        ak.ActorMap(
            actors=[ak.Actor(id="a"), ak.Actor(id="b")], ties=[ak.Tie(source="a", target="b")]
        ),
        ak.examples.burt_directed(),
    ],
    ids=["empty", "one", "two", "pair", "directed"],
)
def test_small_maps_have_reports_too(kart: ak.ActorMap, tmp_path: Path) -> None:
    report = ak.report(kart, lang="nb")
    for ending in ("html", "md", "json"):
        report.save(tmp_path / f"r.{ending}")
    assert "nan" not in report.to_markdown().lower().split()


def test_markdown_has_its_figures_beside_it(tmp_path: Path) -> None:
    made("kite").save(tmp_path / "min rapport.md")
    said = (tmp_path / "min rapport.md").read_text("utf-8")
    assert "](min%20rapport-network.svg)" in said
    assert {path.name for path in tmp_path.iterdir()} == {
        "min rapport.md",
        "min rapport-network.svg",
        "min rapport-ranking.svg",
    }


def test_an_unknown_ending_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    report = made("two_brokers")
    with pytest.raises(ak.UnsupportedFile, match="html"):
        report.save(tmp_path / "rapport.htlm")
    with pytest.raises(ak.UnwritableFile):
        report.save(tmp_path / "missing" / "rapport.html")
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_called_by_its_title_language_and_parts() -> None:
    kart = ak.examples.read("two_brokers")
    told = repr(ak.report(kart, parts=["summary", "centrality"]))
    assert told.startswith("Report(title=")
    assert told.endswith("parts=['summary', 'centrality'])")


def test_a_report_shows_itself_in_a_notebook_without_touching_the_page() -> None:
    cell = made("two_brokers")._repr_html_()
    style = cell.split("</style>")[0].removeprefix("<style>")
    selectors = [rule.split("{")[0] for rule in style.splitlines() if "{" in rule]
    assert selectors
    for selector in selectors:
        assert all(part.strip().startswith(".aktorkart") for part in selector.split(","))


def test_a_map_shows_itself_in_a_notebook() -> None:
    kart = ak.examples.user_network()
    bundle, about = kart._repr_mimebundle_()
    html = bundle["text/html"]
    assert bundle["text/plain"] == repr(shown(kart, names=None, lang="nb").kart)
    assert html.count("<svg") == 1
    # For exports without HTML: the same picture, with the same words.
    assert b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert about["image/png"]["alt"] == ak.figures.alt_text(kart)
    assert "19 aktører" in html
    assert "trengs" in html
    assert html == kart._repr_mimebundle_()[0]["text/html"]
    personal = {"user", "next_of_kin", "peer", "friend", "coordinator"}
    for actor in kart.actors:
        if actor.kind in personal and len(actor.label.split()) > 1:
            assert actor.label not in html


def test_a_very_large_map_is_counted_and_not_drawn() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id=str(n)) for n in range(301)])
    assert "<svg" not in kart._repr_mimebundle_()[0]["text/html"]
    assert "<svg" not in ak.ActorMap()._repr_mimebundle_()[0]["text/html"]


def test_a_cell_does_not_tell_whose_map_it_is() -> None:
    """Neither in words nor by ids that come from what is hidden."""
    kart = ak.examples.user_network()
    noted = kart.with_(note="Kari Nordmann")
    one, other = kart._repr_mimebundle_(), noted._repr_mimebundle_()
    assert one == other


def test_a_report_can_go_to_another_process() -> None:
    report = made("kite", "en")
    for other in (pickle.loads(pickle.dumps(report)), copy.deepcopy(report)):  # noqa: S301 - our own bytes
        assert other.to_json() == report.to_json()
        assert other.alt_text("network") == report.alt_text("network")
        with pytest.raises(TypeError):
            other.tables["x"] = other["centrality"]  # type: ignore[index]
    assert hash(report)


def test_each_figure_is_drawn_once_for_markdown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = ak.figures.ranking
    drawn: list[str] = []

    def noted(kart: ak.ActorMap, **options: Any) -> Any:
        drawn.append("ranking")
        return draw(kart, **options)

    monkeypatch.setattr(ak.figures, "ranking", noted)
    made("kite").save(tmp_path / "r.md")
    assert drawn == ["ranking"]


@pytest.mark.parametrize("name", ["r.html", "r.md", "r.docx", "r.pdf", "slides/"])
def test_who_waits_hears_how_far_it_has_come(name: str, tmp_path: Path) -> None:
    """ISSUE 15: "nothing over a second without progress (phase and share done)"."""
    heard: list[tuple[str, int, int]] = []
    kart = ak.examples.two_brokers()
    r = ak.report(kart, progress=lambda *at: heard.append(at))
    assert heard[0] == ("findings", 0, 11)
    assert heard[-1] == ("findings", 11, 11)
    del heard[:]
    r.save(f"{tmp_path}/{name}")
    n = len(r._figures)  # noqa: SLF001
    drawn = [(done, of) for phase, done, of in heard if phase == "figures"]
    assert drawn == sorted(drawn)
    assert (drawn[0], drawn[-1]) == ((0, n), (n, n))
    assert {phase for phase, *_ in heard} <= {*PHASES}
    assert ak.report(kart).to_html() == r.to_html()
    assert pickle.loads(pickle.dumps(r)).progress is None  # noqa: S301 - our own


def test_who_waits_hears_of_what_has_changed() -> None:
    heard: list[tuple[str, int, int]] = []
    before = ak.examples.two_brokers()
    after = before.with_tie(source="s", target="t", strength=2)
    ak.report_change(before, after, progress=lambda *at: heard.append(at)).to_html()
    assert heard[-1][1] == heard[-1][2]
    assert {"findings", "figures"} <= {phase for phase, *_ in heard}


def test_only_a_map_can_be_reported_on() -> None:
    with pytest.raises(ak.WrongArgument):
        ak.report("kart.yaml")  # type: ignore[arg-type]


def sections(kart: ak.ActorMap, **options: Any) -> dict[str, Any]:
    return {section.code: section for section in ak.report(kart, **options).sections}


def test_what_nobody_has_told_of_has_no_section() -> None:
    """No arenas, informants or scales of ties: no heading for them."""
    plain = sections(ak.examples.opsahl())
    assert not {"arenas", "informants", "scales"} & plain.keys()


def test_the_scales_of_ties_that_are_given_have_a_section() -> None:
    ends = [ak.Actor(id=id_) for id_ in ("nav", "dps", "gp")]
    about: dict[str, Any] = {"source": "nav", "target": "dps", "kind": "contact"}
    kart = ak.ActorMap(actors=ends, ties=[ak.Tie(**about, trust={"openness": 4})])
    found = sections(kart)["scales"]
    assert (found.figures, found.see) == ((), ("scales",))
    assert [row[2] for row in ak.report(kart, lang="en")["scales"].rows] == [4]
    staged = kart.with_(ties=[ak.Tie(**about, stage=2, support={"given": ["practical"]})])
    found = sections(staged)["scales"]
    assert (found.figures, found.see) == (("stages",), ("scales", "support"))
    assert "stages" in ak.report(staged).to_html()


def test_informants_and_arenas_have_sections_where_there_are_any() -> None:
    found = sections(ak.examples.municipal_service())
    assert found["arenas"].figures == found["arenas"].see == ("arenas",)
    assert found["table_arenas"].tables == ("arenas",)
    assert [one.code for one in found["informants"].findings] == ["informants"] * len(
        found["informants"].findings
    )
    told = ak.comparison.informants(ak.examples.municipal_service()).findings
    assert found["informants"].findings == tuple(one for one in told if one.level != "unknown")


@pytest.mark.parametrize("arenas", ["actors", "links", "out"])
def test_a_report_measures_arenas_as_asked_and_says_so(arenas: str) -> None:
    kart = ak.examples.municipal_service()
    made = ak.report(kart, lang="en", arenas=arenas)
    own = ak.measures(kart, arenas=arenas)
    shown = {row[0]: row for row in made["actors"].rows}
    assert len(shown) == len(own)
    others = len(own) - 1
    for id_ in own:
        assert shown[kart[id_].label][3] == round((own[id_].degree or 0) * others)
        assert shown[kart[id_].label][5] == own[id_].betweenness
    sentence = {"actors": "like the others", "links": "channels between", "out": "left out of the"}
    told = [one for one in made.methods.sentences if "collaboration arenas" in one]
    assert len(told) == 1
    assert sentence[arenas] in told[0]
    assert told == [
        one
        for one in ak.methods(kart, lang="en", arenas=arenas).sentences
        if "collaboration arenas" in one
    ]
    assert made.to_markdown()
    assert made.to_html()


@pytest.mark.parametrize("arenas", ["actors", "links", "out"])
def test_a_map_of_nothing_but_an_arena_has_a_report(arenas: str) -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="team", kind="arena")])
    assert "numpy" in ak.report(kart, arenas=arenas).methods.text


@given(kart=actor_maps(), arenas=st.sampled_from(["links", "out"]))
@settings(max_examples=25, deadline=None)
def test_any_map_can_be_reported_on_with_its_arenas_counted_otherwise(
    kart: ak.ActorMap, arenas: str
) -> None:
    made = ak.report(kart, lang="en", arenas=arenas, consent="ignore")
    assert made.to_markdown()
    told = any("collaboration arena" in one for one in made.methods.sentences)
    assert told == any(actor.kind == "arena" for actor in kart.actors)


def test_arenas_can_be_no_other_thing() -> None:
    with pytest.raises(ak.UnknownName, match="links"):
        ak.report(ak.examples.kite(), arenas="rooms")


def test_words_and_figures_of_your_own_stand_where_you_put_them(tmp_path: Path) -> None:
    made = ak.report(ak.examples.two_brokers(), parts=["summary", "centrality"], lang="en")
    figure = Figure()
    figure.add_subplot().plot([1, 2])
    with pytest.raises(ak.WrongArgument, match="alt="):
        made.with_section("Costs", figure=figure)
    with pytest.raises(ak.WrongArgument, match="not 3"):
        made.with_section("Costs", figure=3)  # type: ignore[arg-type]
    with pytest.raises(ak.UnknownName):
        made.with_section("Costs", after="users")
    more = made.with_section(
        "Costs & <more>",
        text=["One *line*.", "Two."],
        figure=figure,
        alt="It rises.",
        after="summary",
    ).with_section("Map", figure=ak.figures.network(made.kart, ax=ak.figures.sheet()))
    codes = [section.code for section in more.sections]
    assert codes[: codes.index("centrality")][-2:] == ["own1", "own2"]
    assert made.own == {}
    page = more.to_html()
    assert "Costs &amp; &lt;more&gt;" in page
    assert "It rises." in page
    assert more.alt_text("own2") == ak.figures.alt_text(made.kart, lang="en")
    more.save(tmp_path / "r.md")
    assert (tmp_path / "r-own1.svg").exists()
    assert r"One \*line\*." in (tmp_path / "r.md").read_text("utf-8")
    told = json.loads(more.to_json())["sections"]
    assert ["One *line*.", "Two."] in [section["paragraphs"] for section in told]


@pytest.mark.parametrize("name", ["user_network", "kite"])
def test_the_json_keeps_to_its_schema(name: str) -> None:
    data = json.loads(made(name).to_json())
    pytest.importorskip("jsonschema").Draft202012Validator(report_schema()).validate(data)
    for section in data["sections"]:
        assert all(at < len(data["findings"]) for at in section["findings"])
        assert set(section["tables"]) <= set(data["tables"])
    said = [at for section in data["sections"] for at in section["findings"]]
    assert set(said) == set(range(len(data["findings"])))


def test_figures_that_nobody_could_read_on_a_page_are_named_and_not_drawn() -> None:
    """ISSUE 15: a report of hundreds of actors shows what can be read, and says what is left."""

    def so_many(n: int) -> ak.Report:
        """Report a service with its partners of four kinds, who sit in an arena."""
        kinds = ("gp", "dps", "nav", "authority")
        ids = [f"a{place}" for place in range(n - 2)]
        return ak.report(
            ak.ActorMap(
                focal="team",
                actors=[
                    ak.Actor(id="team", kind="mental_health_team"),
                    ak.Actor(id="meeting", kind="arena"),
                    *(ak.Actor(id=id_, kind=kinds[at % 4]) for at, id_ in enumerate(ids)),
                ],
                ties=[
                    *(ak.Tie(source="team", target=id_, strength=3) for id_ in ids[1:]),
                    *(ak.Tie(source=id_, target="meeting", kind="membership") for id_ in ids),
                ],
            ),
            lang="en",
        )

    few, more = so_many(150), so_many(153)
    drawn, left = (
        {key for section in report.sections for key in section.figures} for report in (few, more)
    )
    assert drawn - left == {"arenas", "levels", "matrix", "linkages"}
    assert "too small" not in few.to_markdown()
    said = more.to_markdown()
    assert "153 actors would be too small on a page" in said
    assert "aktorkart draw --figure levels or matrix draws it" in said
    for key in ("levels", "matrix"):
        assert text("common.quoted", "en", value=text(f"report.figure.{key}", "en")) in said
    # Two who are on the map sit in no meeting.
    assert "151 actors would be too small on a page" in said


def test_the_map_stands_beneath_what_matters_where_nothing_would_help() -> None:
    found = sections(ak.examples.municipal_service())
    assert (found["summary"].figures, found["helps"].figures) == ((), ("network",))
    everyone = ak.ActorMap(actors=[ak.Actor(id="a"), ak.Actor(id="b")])
    joined = sections(everyone.with_tie(source="a", target="b", kind="information"))
    assert joined["summary"].figures == ("network",)
    assert "helps" not in joined
    assert "helps" not in sections(ak.ActorMap())


@given(actor_maps(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_order_of_the_file_changes_no_word(kart: ak.ActorMap, dice: Random) -> None:
    """What two informants say of a tie has one name: it is sorted by all that tells it apart."""
    actors, ties = list(kart.actors), list(kart.ties)
    dice.shuffle(actors)
    dice.shuffle(ties)
    mixed = kart.with_(actors=actors, ties=ties)
    told, again = (ak.report(one, consent="ignore").to_markdown() for one in (kart, mixed))
    assert told == again
