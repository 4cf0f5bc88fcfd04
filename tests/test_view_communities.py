"""The page of a map with too many actors to be seen at once, without a browser."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import aktorkart as ak
from aktorkart.cli.program import main
from aktorkart.i18n import LANGUAGES, catalogue, text
from aktorkart.scene.namesakes import told_apart
from aktorkart.strategies import actor_maps
from aktorkart.viewer import communities, gathered, scripts, seen
from aktorkart.viewer.gathered import gathered as gathered_of
from personal import PERSONAL, renamed
from test_view import HOSTILE, SETTINGS, data_of, hash_of


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every map with actors have too many, so that small ones can be tried."""
    monkeypatch.setattr(seen, "MOST_AT_ONCE", 0)


@cache
def page_of(name: str, lang: str | None = None) -> str:
    return ak.view(ak.examples.read(name), lang=lang).html


def named(**options: Any) -> list[str]:
    return [one["n"] for one in data_of(ak.view(ak.ActorMap(**options), lang="en").html)["c"]]


def ring(*ids: str, **fields: Any) -> list[ak.Tie]:
    """Tie some to each other, one after the other and back."""
    return [
        ak.Tie(source=one, target=other, **fields)
        for one, other in zip(ids, (*ids[1:], ids[0]), strict=True)
    ]


# --- when


def test_a_page_begins_with_communities_where_all_cannot_be_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """ISSUE 14.1: above about 3 000 actors communities first."""
    kart = ak.examples.user_network()
    monkeypatch.setattr(seen, "MOST_AT_ONCE", len(kart.actors))
    assert "findings" in ak.view(kart).html
    monkeypatch.setattr(seen, "MOST_AT_ONCE", len(kart.actors) - 1)
    html = ak.view(kart).html
    assert len(data_of(html)["c"]) > 1
    assert text("view.communities.why_head", "nb") in html


def test_the_limit_is_what_the_documents_say() -> None:
    assert communities.MOST_DRAWN == 3000


# --- what it holds


@pytest.mark.parametrize("name", ["learning_network", "municipal_service"])
def test_communities_are_those_of_the_measures_and_hold_everybody(name: str) -> None:
    kart = ak.examples.read(name)
    data = data_of(page_of(name))
    ids = [own or called for own, called in zip(data["a"]["i"], data["a"]["n"], strict=True)]
    assert sorted(ids) == sorted(actor.id for actor in kart.actors)
    found = ak.measures(kart).communities
    assert found is not None
    begin, groups = 0, []
    for one in data["c"]:
        groups.append(({*ids[begin : begin + one["size"]]}, one["k"]))
        begin += one["size"]
    own = [group for group, kind in groups if kind == "own"]
    assert own == [{*group} for group in found.groups if len(group) > 1]
    alone = [group for group, kind in groups if kind == "alone"]
    assert alone == [{id_ for group in found.groups if len(group) == 1 for id_ in group}]


@pytest.mark.parametrize("name", ["learning_network", "municipal_service"])
def test_every_tie_in_force_is_within_between_or_missing(name: str) -> None:
    kart = ak.examples.read(name)
    data = data_of(page_of(name))
    missing = sum(tie.needed for tie in kart.ties_in_force)
    within, between = sum(one["t"] for one in data["c"]), sum(n for *_, n in data["b"])
    assert within + between + missing == len(kart.ties_in_force) == len(data["t"]["a"])
    assert sum(one["out"] for one in data["c"]) == 2 * between
    assert within > 0
    assert between > 0


def test_ties_of_other_times_are_not_on_the_page() -> None:
    kart = ak.ActorMap(
        date="2025-03",
        actors=[ak.Actor(id="nav"), ak.Actor(id="dps")],
        ties=[
            ak.Tie(source="nav", target="dps", until="2024"),
            ak.Tie(source="nav", target="dps", since="2025", strength=4),
        ],
    )
    assert data_of(ak.view(kart).html)["t"]["s"] == [4]


def test_a_community_has_the_name_of_what_most_of_its_actors_share() -> None:
    """An organisation, or else a tag; where neither is shared by enough, its best connected."""
    actors = [ak.Actor(id=f"a{at}", organisation="Fjordvik kommune") for at in range(4)]
    actors += [ak.Actor(id=f"b{at}", tags={"place": "Lund", "beds": 3}) for at in range(4)]
    actors += [
        ak.Actor(id=f"c{at}", organisation="Only mine" if at == 0 else None)
        for at in (*range(4), 9)
    ]
    ties = [tie for one in "abc" for tie in ring(*(f"{one}{at}" for at in range(4)))]
    ties.append(ak.Tie(source="c9", target="c2"))
    assert sorted(named(actors=actors, ties=ties)) == ["Around c2", "Fjordvik kommune", "Lund"]


def test_communities_that_would_have_one_name_are_told_apart() -> None:
    actors = [ak.Actor(id=f"{one}{at}", organisation="NAV") for one in "ab" for at in range(3)]
    ties = [tie for one in "ab" for tie in ring(*(f"{one}{at}" for at in range(3)))]
    assert named(actors=actors, ties=ties) == ["NAV (a0)", "NAV (b0)"]


def test_small_communities_beyond_what_can_be_drawn_are_put_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gathered, "MOST", 3)
    pairs = [(f"a{at}", f"b{at}") for at in range(5)]
    kart = ak.ActorMap(
        actors=[ak.Actor(id=id_) for pair in pairs for id_ in pair] + [ak.Actor(id="z")],
        ties=[ak.Tie(source=one, target=other) for one, other in pairs],
    )
    data = data_of(ak.view(kart, lang="en").html)
    assert [(one["k"], one["size"]) for one in data["c"]] == [
        ("own", 2),
        ("own", 2),
        ("rest", 6),
        ("alone", 1),
    ]
    assert [one["n"] for one in data["c"][2:]] == ["3 smaller communities", "In no community"]
    assert data["count"] == 5


def test_of_a_community_that_is_too_large_the_best_connected_are_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(communities, "MOST_DRAWN", 3)
    hub = [ak.Tie(source="a4", target=f"a{at}") for at in range(4)]
    kart = ak.ActorMap(actors=[ak.Actor(id=f"a{at}") for at in range(5)], ties=hub)
    data = data_of(ak.view(kart).html)
    assert [(one["size"], one["drawn"]) for one in data["c"]] == [(5, 3)]
    assert data["a"]["n"][0] == "a4"
    assert [x is None for x in data["a"]["x"]] == [False] * 3 + [True] * 2


def test_places_are_the_same_in_each_language_and_each_time() -> None:
    def placed(lang: str) -> Any:
        data = data_of(page_of("user_network", lang))
        by_id = zip(data["a"]["i"], data["a"]["n"], data["a"]["x"], data["a"]["y"], strict=True)
        spots = [(one["x"], one["y"], one["r"], one["size"]) for one in data["c"]]
        return spots, sorted((own or name, x, y) for own, name, x, y in by_id)

    assert placed("nb") == placed("en")
    assert ak.view(ak.examples.user_network(), lang="nb").html == page_of("user_network", "nb")


def test_marks_keep_their_distance_and_their_areas() -> None:
    kart = told_apart(ak.examples.learning_network(), "nb")
    found = gathered_of(kart, ak.measures(kart).communities, "nb")
    radii, places = found.radii(), [*found.as_map.positions.values()]
    for at, (x, y) in enumerate(places):
        for other, (far_x, far_y) in enumerate(places[:at]):
            apart = ((x - far_x) ** 2 + (y - far_y) ** 2) ** 0.5
            assert apart > radii[at] + radii[other]
    shares = [
        radius**2 / len(one.members)
        for radius, one in zip(radii, found.communities, strict=True)
        if radius > min(radii)
    ]
    assert max(shares) == pytest.approx(min(shares))


def test_the_smallest_page_that_can_be() -> None:
    alone = data_of(ak.view(ak.ActorMap(actors=[ak.Actor(id="nav")]), lang="nb").html)
    assert [(one["n"], one["size"]) for one in alone["c"]] == [("I ingen gruppering", 1)]


# --- what it asks for, and what it hides


@given(kart=actor_maps(min_size=1))
@settings(max_examples=6, **SETTINGS)
def test_a_page_can_be_made_of_any_map_and_holds_no_hidden_name(kart: ak.ActorMap) -> None:
    hidden = renamed(kart.with_(scope="individual", consent=ak.Consent(given="2020")))
    made = ak.view(hidden)
    assert not PERSONAL.search(made.html)
    data = data_of(made.html)
    assert len(data["a"]["n"]) == len(kart.actors)
    assert len(data["t"]["a"]) == len(kart.ties_in_force)


def test_names_are_shown_where_they_are_asked_for() -> None:
    small = ak.ActorMap(scope="individual", actors=[ak.Actor(id="kari", name="Kari Nordmann")])
    assert "Nordmann" in ak.view(small, names=True, consent="ignore").html
    assert "Nordmann" not in ak.view(small).html


def test_the_policy_lets_through_its_own_script_and_style_and_nothing_comes_from_outside() -> None:
    html = page_of("learning_network")
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(style) == len(script) == 1
    policy = f"script-src {hash_of(script[0])}; style-src {hash_of(style[0])}"
    assert f"default-src 'none'; {policy}" in html
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w[^\s\"'<]*", html))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert not re.search(r"<[^>]+\son\w+=", html)
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "localStorage", "eval("):
        assert word not in script[0]


def test_names_are_never_taken_for_markup() -> None:
    kart = ak.ActorMap(
        title=HOSTILE[0],
        actors=[
            ak.Actor(id=f"a{at}", name=name, organisation=HOSTILE[1])
            for at, name in enumerate(HOSTILE)
        ],
        ties=ring("a0", "a1", "a2"),
    )
    html = ak.view(kart).html
    assert html.count("<script") == 3  # ours, what it knows, and the map
    assert "<img" not in html
    assert sorted(data_of(html)["a"]["n"]) == sorted(HOSTILE)


def test_the_page_carries_the_map_unless_it_is_told_not_to(tmp_path: Path) -> None:
    kart = ak.examples.learning_network()
    ak.view(kart).save(tmp_path / "kart.html")
    assert ak.read(tmp_path / "kart.html") == kart
    ak.view(kart, embed=False).save(tmp_path / "bare.html")
    with pytest.raises(ak.UnreadableFile):
        ak.read(tmp_path / "bare.html")


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_the_page_is_in_the_language_of_the_reader(lang: str) -> None:
    html = page_of("user_network", lang)
    assert f'<html lang="{lang}">' in html
    assert data_of(html)["words"]["all"] == catalogue(lang)["view.communities.said.all"]


def test_every_text_of_the_script_is_said_there_and_every_one_it_says_exists() -> None:
    said = "view.communities.said."
    own = {code.removeprefix(said) for code in catalogue("nb") if code.startswith(said)}
    script = scripts.script("communities")
    for word in own:
        assert f'"{word}"' in script or word in {"within", "leaving"}, word
    shared = {
        code.removeprefix("view.said.") for code in catalogue("nb") if code.startswith("view.said.")
    }
    assert {*re.findall(r'say\("(\w+)"', script)} <= own | shared


# --- what so many cannot have


def test_a_page_to_build_in_and_one_of_before_and_now_are_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seen, "MOST_AT_ONCE", 3)
    kart, small = ak.examples.two_brokers(), ak.ActorMap(actors=[ak.Actor(id="nav")])
    with pytest.raises(ak.WrongArgument, match="4 actors, and a page to build it in has room"):
        ak.view(kart, edit=True)
    for before, after in ((kart, small), (small, kart)):
        with pytest.raises(ak.WrongArgument, match="4 actors, and a page with before and now"):
            ak.view(after, earlier=before)
    assert ak.view(small, edit=True).title
    assert ak.view(small, earlier=small).title


@pytest.mark.parametrize("command", ["workshop", "view"])
def test_the_command_line_refuses_too(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kart.yaml"
    ak.write(ak.examples.two_brokers(), path)
    options = {"workshop": ["--serve", "--no-open"], "view": ["--edit"]}[command]
    assert main([command, str(path), *options, "--lang", "en"]) == 2
    assert "has room for" in capsys.readouterr().err


def test_a_cell_has_a_picture_of_the_communities() -> None:
    made = ak.view(ak.examples.learning_network(), lang="en")
    cell = made._repr_html_()
    alt = re.search(r'alt="([^"]+)"', cell)
    assert alt is not None
    assert "35 actors" in alt[1]
    assert "4 communities" in alt[1]


# --- how large, and how long


@pytest.mark.slow
def test_a_map_of_3500_has_a_page_that_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """ISSUE 14.1: under 150 KB + 0.5 KB per actor + 0.2 KB per tie."""
    monkeypatch.syspath_prepend(Path(__file__).parent / "benchmarks")
    from maps import judged

    monkeypatch.setattr(seen, "MOST_AT_ONCE", 3000)
    kart = judged(3500)
    html = ak.view(kart).html
    assert len(html.encode()) < 150_000 + 500 * len(kart.actors) + 200 * len(kart.ties)
    assert len(data_of(html)["c"]) > 20
