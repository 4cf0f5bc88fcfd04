"""Many maps side by side: what they share, who stands out, who learns from whom."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.i18n import LANGUAGES, catalogue
from aktorkart.model.actormap import retied
from aktorkart.network.measures import measures
from aktorkart.network.network import ordered_channels
from aktorkart.network.variants import drawn_strengths
from aktorkart.portfolios.key_figures import BY_KEY, key_figures
from aktorkart.portfolios.matters import MATTERS
from aktorkart.portfolios.side_by_side import pages
from aktorkart.portfolios.standing_out import Fences, _other_strengths, held, outside, quartiles
from aktorkart.portfolios.suppression import FEW
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from matplotlib.axes import Axes

    from aktorkart.portfolios import Portfolio


BEFORE = ak.examples.municipalities(year="2025")


def bare(title: str, *, tied: bool = False) -> ak.ActorMap:
    """Return a map of two, who have a tie or not."""
    kart = ak.ActorMap(title=title, actors=[ak.Actor(id="nav", kind="nav"), ak.Actor(id="dps")])
    return kart.with_tie(source="nav", target="dps", strength=3) if tied else kart


def star(n: int, *, apart: int = 0) -> ak.ActorMap:
    """Return a star around a service, with some who have no tie."""
    ids = [f"a{at}" for at in range(n)]
    return ak.ActorMap(
        focal="a0",
        actors=[ak.Actor(id=id_) for id_ in [*ids, *(f"b{at}" for at in range(apart))]],
        ties=[ak.Tie(source="a0", target=id_, strength=3) for id_ in ids[1:]],
    )


def said(found: Portfolio) -> tuple[object, ...]:
    """Return everything that a portfolio tells."""
    tables = {key: table.to_records() for key, table in found.tables("en").items()}
    return found.text("en"), tables, found.standing_out, found.lessons, found.shared


def panels(ax: Axes) -> list[Axes]:
    """Return the panels of the page that axes stand on."""
    figure = ax.get_figure()
    assert figure is not None
    return figure.axes[1:]


@pytest.fixture(scope="module")
def network() -> dict[str, ak.ActorMap]:
    return dict(list(ak.examples.municipalities().items())[:14])


@pytest.fixture(scope="module")
def found(network: dict[str, ak.ActorMap]) -> Portfolio:
    return ak.portfolio(network, earlier=BEFORE)


# --- properties


@settings(max_examples=6)
@given(st.lists(actor_maps(), max_size=3), st.randoms())
def test_the_order_of_the_maps_changes_nothing(maps: list[ak.ActorMap], chance: Random) -> None:
    one = ak.portfolio(maps, consent="ignore")
    other = ak.portfolio(chance.sample(maps, len(maps)), consent="ignore")
    assert said(one) == said(other)


@settings(max_examples=10)
@given(actor_maps())
def test_one_map_is_compared_with_nothing(kart: ak.ActorMap) -> None:
    alone = ak.portfolio([kart], consent="ignore")
    assert [found.case for found in alone.findings] == ["one"]
    assert not alone.standing_out
    assert not alone.lessons
    for spread in alone.spreads:
        assert spread.n in {0, 1}
        assert spread.least == spread.median == spread.most
        assert sum(spread.reasons.values()) == 1 - spread.n


@settings(max_examples=10)
@given(actor_maps(), st.integers(5, 9))
def test_among_equal_maps_nobody_stands_out(kart: ak.ActorMap, n: int) -> None:
    alike = ak.portfolio([kart] * n, consent="ignore")
    assert alike.n == n
    assert not alike.standing_out
    assert not alike.lessons
    assert all(one.least == one.most for one in alike.spreads)


@settings(max_examples=10)
@given(st.lists(actor_maps(), min_size=2, max_size=4))
def test_every_number_is_a_number_or_has_a_reason(maps: list[ak.ActorMap]) -> None:
    for member in ak.portfolio(maps, consent="ignore").members:
        for key, value in member.values.items():
            assert (value is None) == (key in member.reasons)
            if value is not None and BY_KEY[key].percent:
                assert 0 <= value <= 100


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_who_stands_out_is_beyond_the_fences_and_few(numbers: list[int]) -> None:
    values = {str(at): float(number) for at, number in enumerate(numbers)}
    fences, sides = outside(values)
    assert (fences is None) == (len(numbers) < 5)
    for name, side in sides.items():
        assert fences is not None
        assert values[name] > fences.high if side == "high" else values[name] < fences.low
    for side in ("high", "low"):
        assert sum(one == side for one in sides.values()) <= max(1, len(numbers) // 10)
    assert quartiles(numbers) == tuple(np.percentile(numbers, (25, 50, 75)).round(9))


# --- what is found


def test_a_map_learns_from_those_that_have_what_it_lacks() -> None:
    maps = {
        "Lillevik": bare("x"),
        "Storvik": bare("y", tied=True),
        "Fjordvik": bare("z", tied=True),
    }
    found = ak.portfolio(maps, lang="en")
    (lesson,) = found.lessons
    assert (lesson.name, lesson.matter) == ("Lillevik", "whole")
    assert lesson.teachers == ("Fjordvik", "Storvik")
    assert found.tables()["lessons"].to_records() == [
        {
            "map": "Lillevik",
            "gap": "Some are out of contact with the rest",
            "teachers": "Fjordvik and Storvik",
        }
    ]


def test_a_needed_tie_is_learnt_from_who_has_one_between_the_same_kinds() -> None:
    actors = [ak.Actor(id="n", kind="nav"), ak.Actor(id="e", kind="employer")]
    lacks, has = (
        ak.ActorMap(actors=actors, ties=[ak.Tie(source="n", target="e", needed=needed)])
        for needed in (True, False)
    )
    found = ak.portfolio({"a": lacks, "b": has, "c": lacks})
    tie = next(one for one in found.shared if one.kinds)
    assert (tie.kinds, tie.lacking, tie.having) == (("nav", "employer"), ("a", "c"), ("b",))
    assert tie.common
    assert "På 2 av 3 kart trengs en relasjon mellom NAV og arbeidsgiver" in found.text("nb")
    assert "b har en som virker" in found.text("nb")


def test_a_strength_beside_a_gap_of_the_same_sort_teaches_nobody() -> None:
    matter = next(one for one in MATTERS if one.key == "voice")
    assert matter.seen([("user_voice", "in_arena")]) == "strength"
    assert matter.seen([("user_voice", "in_arena"), ("user_voice", "not_in_arena")]) == "gap"
    assert matter.seen([("user_voice", "in_arena_unknown")]) is None


def test_every_case_of_the_matters_is_one_that_an_analysis_has() -> None:
    texts = catalogue("en")
    for matter in MATTERS:
        for code, case in matter.gaps | matter.strengths:
            assert f"finding.{code}.{case}" in texts
        assert not matter.gaps & matter.strengths


def test_one_who_stands_out_is_told_and_how_firmly() -> None:
    maps = {f"m{at}": star(8) for at in range(9)} | {"far": star(8, apart=6)}
    found = ak.portfolio(maps, lang="en")
    out = {one.figure: one for one in found.standing_out if one.name == "far"}
    assert {one.name for one in found.standing_out} == {"far"}
    assert (out["isolates"].value, out["isolates"].median, out["isolates"].side) == (6, 0, "high")
    assert out["isolates"].held == {"ties_missing": (100, 100)}
    assert out["isolates"].firm
    assert out["actors"].firm is None
    assert not out["actors"].held
    assert "That held in 100 of 100 variants in which a tenth of the ties" in found.text()


def test_who_hangs_on_one_tie_does_not_stand_out_firmly() -> None:
    kart = star(6).with_actor(ak.Actor(id="z")).with_tie(source="a1", target="z", strength=3)
    fences = Fences(low=-0.5, high=1.5)
    counted = held(kart, "alone", fences, "high")["ties_missing"]
    assert key_figures(kart)["alone"].number == 1
    assert counted == (0, 100)


@pytest.mark.parametrize("kart", [ak.examples.kite(), ak.examples.skane()], ids=["kite", "skane"])
def test_moved_strengths_move_key_figures_as_a_moved_map_does(kart: ak.ActorMap) -> None:
    drawn = drawn_strengths(measures(kart).network, 200)
    for key in ("centralization", "returned"):
        tried = list(_other_strengths(kart, key))
        assert len(tried) == 200
        for row in (0, 7):
            ties = [
                tie.model_copy(update={"strength": strength})
                for tie, strength in zip(ordered_channels(kart), drawn[row].tolist(), strict=True)
            ]
            number = key_figures(retied(kart, ties))[key].number
            assert number is None or tried[row] == pytest.approx(number)


def test_what_has_changed_since_last_time(found: Portfolio) -> None:
    for member in found.members:
        assert member.then is not None
        change = ak.compare(BEFORE[member.name], member.kart)
        assert (member.then.gained, member.then.lost) == (len(change.gained), len(change.lost))
    rows = found.tables("en")["changes"].to_records()
    assert len(rows) == found.n
    assert any(one.case == "changes" for one in found.findings)


def test_two_dated_files_are_the_same_at_two_times(tmp_path: Path) -> None:
    for year, tied in (("2025", False), ("2026", True)):
        kart = bare("Fjordvik", tied=tied).with_(date=year)
        ak.write(kart, tmp_path / f"fjordvik-{year}.yaml")
    (member,) = ak.portfolio(tmp_path).members
    assert member.name == "fjordvik"
    assert member.kart.date == "2026"
    assert member.then is not None
    assert (member.then.gained, member.then.closed) == (1, ("whole",))


def test_earlier_maps_are_found_by_name_or_by_title() -> None:
    now = {"a": bare("Lillevik", tied=True), "b": bare("Storvik", tied=True)}
    was = {"a": bare("Other"), "x": bare("Storvik"), "gone": bare("Gone")}
    found = ak.portfolio(now, earlier=was, lang="en")
    assert [one.then is not None for one in found.members] == [True, True]
    assert found.alone == ("gone",)
    assert "1 earlier map has no later one to be compared with: gone." in found.text()


# --- files


def test_a_broken_file_is_listed_and_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "nord").mkdir()
    ak.write(bare("Lillevik"), tmp_path / "nord" / "lillevik.yaml")
    ak.write(bare("Storvik"), tmp_path / "storvik.csv")
    (tmp_path / "broken.yaml").write_text("actors: [", "utf-8")
    (tmp_path / "notes.docx").write_text("not a map", "utf-8")
    found = ak.portfolio(tmp_path, lang="en")
    assert [(one.name, one.group) for one in found.members] == [
        ("nord/lillevik", "nord"),
        ("storvik", None),
    ]
    assert [one.name for one in found.failures] == ["broken.yaml"]
    assert "1 file could not be read and is not included: broken.yaml." in found.text()
    assert found.failures[0].text("en").startswith("broken.yaml: ")


def test_no_maps_are_told(tmp_path: Path) -> None:
    assert ak.portfolio(tmp_path).text("en") == "There are no maps to set side by side."
    with pytest.raises(ak.UnreadableFile):
        ak.portfolio(tmp_path / "nowhere")


@pytest.mark.parametrize("wrong", [7, None, bare("x"), [7], {"a": 7}])
def test_what_is_no_map_is_refused(wrong: object) -> None:
    with pytest.raises(ak.WrongArgument):
        ak.portfolio(wrong)


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ak.UnknownName):
        ak.portfolio([], lang="da")
    with pytest.raises(ak.UnknownName):
        ak.portfolio([], consent="never")


# --- privacy


def test_maps_around_a_person_have_no_names() -> None:
    kart = ak.ActorMap(
        title="Rundt Kari Nordmann",
        scope="individual",
        actors=[
            ak.Actor(id="kari", name="Kari Nordmann", kind="user"),
            ak.Actor(id="ola", name="Ola Nordmann", kind="next_of_kin"),
        ],
        ties=[ak.Tie(source="kari", target="ola", strength=3)],
    )
    maps = {"Kari Nordmann": kart, "Fjordvik": ak.examples.municipal_service()}
    before = {"Kari Nordmann": kart, "Ola Nordmann": kart}
    found = ak.portfolio(maps, earlier=before, consent="ignore", lang="nb")
    report = found.report()
    told = "".join(
        (found.text(), report.to_json(), report.to_markdown(), report.to_html(), repr(found))
    )
    assert [one.label for one in found.members] == ["Fjordvik", "Kart 1"]
    assert found.members[1].then is not None
    assert report.kart.scope == "individual"
    assert "nordmann" not in told.lower()


def test_without_consent_a_person_is_not_among_them() -> None:
    kart = ak.examples.user_network().with_(consent=None)
    found = ak.portfolio({"Kari Nordmann": kart, "a": bare("x")}, lang="en")
    assert [one.name for one in found.members] == ["a"]
    assert "1 map around a person is not included" in found.text()
    assert "Nordmann" not in found.text() + found.report().to_markdown()


def test_what_is_shared_tells_of_nobody(network: dict[str, ak.ActorMap]) -> None:
    found = ak.portfolio(network, share=True, lang="en")
    report = found.report()
    assert not found.members
    assert not found.standing_out
    assert not found.lessons
    assert not any(section.figures for section in report.sections)
    said = report.to_json() + report.to_markdown() + report.to_html()
    assert not [name for name in network if name.partition("/")[2] in said]
    for one in found.shared:
        for count in (one.n_lacking, one.n_having, one.n_unknown):
            assert count is None or count == 0 or count > FEW
        assert not one.lacking
        assert not one.having
    for spread in found.spreads:
        assert spread.least is None
        assert spread.most is None
        assert spread.low is None  # fewer than twenty maps
        assert spread.n is None or spread.n == 0 or spread.n > FEW


# --- report


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_in_every_language(found: Portfolio, lang: str) -> None:
    report = found.report(lang)
    words = report.to_markdown()
    assert "portfolio." not in words
    assert "{" not in words
    told = json.loads(report.to_json())
    assert told["lang"] == lang
    assert {"key_figures", "shared", "standing_out", "learn"} <= set(told["tables"])
    assert words.startswith(f"# {report.title}")


def test_the_summary_is_not_said_again(found: Portfolio) -> None:
    sentences = [one.text("nb") for one in found.report("nb").findings]
    assert len(sentences) == len(set(sentences))


def test_processes_and_progress_change_nothing(network: dict[str, ak.ActorMap]) -> None:
    few = dict(list(network.items())[:6])
    done: list[tuple[str, int, int]] = []
    with ThreadPoolExecutor(2) as executor:
        shared = ak.portfolio(few, executor=executor, progress=lambda *at: done.append(at))
    assert said(shared) == said(ak.portfolio(few))
    assert done == [("maps", at, 6) for at in range(1, 7)]
    assert said(pickle.loads(pickle.dumps(shared))) == said(shared)  # noqa: S301 - our own


@pytest.mark.slow
def test_several_processes_change_nothing() -> None:
    maps = dict(list(ak.examples.municipalities().items())[:9])
    with ProcessPoolExecutor(2) as executor:
        apart = ak.portfolio(maps, earlier=BEFORE, executor=executor)
    assert said(apart) == said(ak.portfolio(maps, earlier=BEFORE))
    assert apart.report().to_json() == ak.portfolio(maps, earlier=BEFORE).report().to_json()


def test_everyone_has_the_same_place_on_every_map(found: Portfolio) -> None:
    drawn = [kart for page in pages(found.members, "nb") for kart in page]
    assert [kart.title for kart in drawn] == [one.label for one in found.members]
    assert len({tuple(sorted(kart.positions.items())) for kart in drawn}) == 1
    for kart, member in zip(drawn, found.members, strict=True):
        pairs = {tie.pair for tie in member.kart.channels}
        assert {tie.pair for tie in kart.channels} == pairs


def test_maps_of_different_actors_are_drawn_by_kind() -> None:
    maps = [ak.examples.municipal_service(), ak.examples.skane()]
    (page,) = pages(ak.portfolio(maps).members, "en")
    ids = {actor.id for actor in page[0].actors}
    assert {"gp", "nav", "arena"} <= ids
    assert "fastlegene" not in ids


def test_a_page_of_maps_leaves_none_out(found: Portfolio) -> None:
    report = found.report()
    keys = [key for section in report.sections for key in section.figures]
    assert keys == ["side_by_side_1", "side_by_side_2"]
    assert len(panels(report.figure(keys[1]))) == found.n - 9
    assert report.caption(keys[1]).endswith("side 2 av 2")
    with pytest.raises(ak.UnknownName):
        report.figure("network")


@pytest.mark.slow
def test_a_page_of_large_maps_leaves_none_out() -> None:
    report = ak.portfolio({f"K{at}": ak.examples.municipal_service() for at in range(5)}).report()
    keys = [key for section in report.sections for key in section.figures]
    assert [len(panels(report.figure(key))) for key in keys] == [4, 1]


# --- the made-up network


def test_the_example_says_that_it_is_made_up() -> None:
    maps = ak.examples.municipalities()
    assert len(maps) == 61
    assert all("oppdiktet" in (kart.title or "") for kart in maps.values())
    assert all("finnes ikke" in (kart.note or "") for kart in maps.values())
    with pytest.raises(ak.UnknownName):
        ak.examples.municipalities(year="1999")
